/* What matters and what needs no more work, from total-effect indices.
 *
 * REFERENCE: Saltelli, Ratto, Andres, Campolongo, Cariboni, Gatelli, Saisana, Tarantola, Global Sensitivity Analysis: The Primer (2008),
 *   4.6: factor prioritisation and fixing.
 * What is said holds at the intervals' cautious ends. The variance that a set of inputs explains is at least the sum of its first-order
 * indices; what fixing a set takes away is, on average over the values it may be fixed at, at most the sum of its total ones. Such
 * a set is then tried at its medians (sensitivity/fixing.c). Neither holds of inputs that are correlated, of which only the shares
 * that single inputs explain are told. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/page.h"
#include "report/sensitivity_report.h"

#define MOST_NAMED 4        /* inputs that "matter" */
#define MOST_FIXED 12       /* named one by one that may be fixed */
#define ENOUGH 0.6          /* of the variance, explained by those */
#define SMALL 0.03          /* a total share below which nothing matters by itself */
#define FAR_BEHIND 0.25      /* of the largest share */
#define FIXED_AT_MOST 0.05  /* of the variance, that fixing may take away */
#define MEAN_MAY_MOVE 0.1   /* standard deviations, when inputs are fixed at their medians */
#define SD_MAY_MOVE 0.05

/* "a", "a and b", "a, b and c": names in the order given. */
static void add_names(const roi_page *p, roi_buffer *b, const roi_sensitivity_view *v, const size_t *which, size_t n) {
  for (size_t i = 0; i < n; i++) {
    char name[ROI_NAME];
    roi_buffer_print(b, "%s%s", i == 0 ? "" : i + 1 == n ? " and " : ", ",
                     roi_page_name(p, name, v->study->factors[which[i]].name, 40));
  }
}

static void target_text(const roi_page *p, char *buf, size_t size, const roi_sensitivity_view *v) {
  char name[ROI_NAME];
  roi_page_name(p, name, v->target, 60);
  snprintf(buf, size, "%s%s", v->kind == ROI_KIND_CONDITION ? "whether " : "", name);
}

static double clip(double x) { return isnan(x) || x < 0 ? 0 : x > 1 ? 1 : x; }

/* The first inputs of the order that explain enough, with all that can't be told apart from the last of them. Shares of inputs that
 * are correlated don't add up, so there it ends where an input is far behind the first. */
static size_t count_leaders(const roi_sensitivity_view *v, const size_t *order, const roi_estimate *first,
                            const roi_estimate *rank) {
  size_t n = 0;
  double explained = 0;
  while (n < v->study->n_factors && n < MOST_NAMED) {
    const roi_estimate *e = &rank[order[n]];
    if (!(e->value >= SMALL) || !(e->low > 0)) break;
    if (first == rank && e->value < FAR_BEHIND * rank[order[0]].value) break;
    if (first != rank && n > 0 && explained >= ENOUGH && !(e->high >= rank[order[n - 1]].low)) break;
    explained += clip(first[order[n++]].value);
  }
  return n;
}

/* The share that is sure, in whole percents. */
static double sure(double x) { return floor(clip(x) * 100) / 100; }

/* "Alone, a explains at least 40% of the variance of roi, and b at least 20%": each for itself. */
static void one_by_one(const roi_page *p, roi_buffer *text, const roi_sensitivity_view *v, const char *target, const size_t *order,
                       size_t n, const roi_estimate *first) {
  for (size_t i = 0; i < n; i++) {
    char name[ROI_NAME], share[ROI_NUMBER];
    roi_page_name(p, name, v->study->factors[order[i]].name, 40);
    roi_percent(share, sure(first[order[i]].low), 0);
    if (i == 0) roi_buffer_print(text, "Alone, %s explains at least %s of the variance of %s", name, share, target);
    else roi_buffer_print(text, "%s %s at least %s", i + 1 == n ? " and" : ",", name, share);
  }
  roi_buffer_print(text, ": measure %s first.", n == 1 ? "it" : "these");
}

/* The inputs at the end of the order whose total shares, at their upper ends, add up to no more than a little; each far behind the
 * first, for among equals none is less worth a look than the others. */
static size_t count_small(const roi_sensitivity_view *v, const size_t *order, const roi_estimate *total) {
  size_t n = v->study->n_factors, first = n;
  double taken = 0;
  while (first > 1) {
    double high = total[order[first - 1]].high;
    if (isnan(high) || high > FAR_BEHIND * total[order[0]].value || taken + fmax(high, 0) > FIXED_AT_MOST) break;
    taken += fmax(high, 0);
    first--;
  }
  return n - first;
}

void roi_sensitivity_conclude(const roi_sensitivity_view *v, const size_t *order, roi_conclusions *c) {
  *c = (roi_conclusions){.least = (double)NAN};
  const roi_sensitivity *s = v->parts[0];
  const roi_estimate *first = roi_sensitivity_column(s, "first"), *total = roi_sensitivity_column(s, "total");
  if (!first || v->method || s->variance == 0) return;
  c->n_first = count_leaders(v, order, first, total ? total : first);
  if (!total) return;
  c->least = 0;
  for (size_t i = 0; i < c->n_first; i++) c->least += clip(first[order[i]].low);
  c->least = clip(c->least);
  c->n_small = count_small(v, order, total);
}

int roi_fixing_is_harmless(const roi_fixing *f) {
  return fabs(f->fixed_mean - f->mean) <= MEAN_MAY_MOVE * f->sd && fabs(f->fixed_sd - f->sd) <= SD_MAY_MOVE * f->sd;
}

/* No input is large and sure. */
static void no_leader(roi_buffer *text, const char *target, const roi_estimate *largest) {
  char share[ROI_NUMBER];
  if (isnan(largest->low) && !isnan(largest->value))
    roi_buffer_print(text, "Shares of the variance don't tell what moves %s: too few trials decide about it.", target);
  else if (largest->low > 0)
    roi_buffer_print(text, "No single input stands out: the largest share of the variance of %s is %s.", target,
                     roi_percent(share, largest->value, 1));
  else
    roi_buffer_print(text, "No single input stands out: none is sure to move %s by itself.", target);
}

static void leaders(const roi_page *p, const roi_sensitivity_view *v, const size_t *order, const roi_conclusions *c) {
  const roi_estimate *rank = roi_sensitivity_rank(v);
  char target[ROI_NAME + 20], share[ROI_NUMBER];
  size_t n = c->n_first, all = v->study->n_factors;
  roi_buffer text = {0};
  target_text(p, target, sizeof target, v);
  if (all == 1) {
    add_names(p, &text, v, order, 1);
    roi_buffer_print(&text, " is the only uncertain input behind %s.", target);
  } else if (n == 0) {
    no_leader(&text, target, &rank[order[0]]);
  } else if (isnan(c->least)) {
    one_by_one(p, &text, v, target, order, n, rank);
  } else if (n == all && rank[order[0]].low > rank[order[1]].high) {
    add_names(p, &text, v, order, 1);
    roi_buffer_print(&text, " matters most for %s, but ", target);
    if (n == 2) roi_buffer_text(&text, "neither input can be left out.");
    else roi_buffer_print(&text, "none of the %zu inputs can be left out.", n);
  } else if (n == all) {
    add_names(p, &text, v, order, n);
    roi_buffer_print(&text, " %s matter for %s; which of them most is not sure.", n == 2 ? "both" : "all", target);
  } else if (sure(c->least) >= 0.1) {
    roi_buffer_print(&text, "At least %s of the variance of %s comes from ", roi_percent(share, sure(c->least), 0), target);
    add_names(p, &text, v, order, n);
    roi_buffer_print(&text, ": measure %s first.", n == 1 ? "it" : "these");
  } else {
    add_names(p, &text, v, order, n);
    roi_buffer_print(&text, " matter%s most for %s, but more through what inputs do together than alone.",
                     n == 1 ? "s" : "", target);
  }
  if (text.text) roi_page_sentence(p, text.text);
  p->out->failed |= text.failed;
  roi_buffer_free(&text);
}

/* "from 84.1% to 85.0%". */
static void moved(const roi_sensitivity_view *v, roi_buffer *text, const char *what, double from, double to) {
  char a[ROI_NUMBER], b[ROI_NUMBER];
  if (v->kind == ROI_KIND_CONDITION)
    roi_buffer_print(text, "%s from %s to %s", what, roi_percent_share(a, from), roi_percent_share(b, to));
  else
    roi_buffer_print(text, "%s from %s to %s", what, roi_number_kind(a, from, v->kind), roi_number_kind(b, to, v->kind));
}

static void fixing(const roi_page *p, const roi_sensitivity_view *v, const size_t *order) {
  const roi_fixing *f = v->fixing;
  size_t all = v->study->n_factors, n = v->n_fixed, first = all - n;
  char target[ROI_NAME + 20];
  roi_buffer text = {0};
  roi_page_name(p, target, v->target, 60);
  roi_buffer_text(&text, "Fixing ");
  if (n > MOST_FIXED) {
    char name[ROI_NAME];
    roi_page_name(p, name, v->study->factors[order[first]].name, 40);
    roi_buffer_print(&text, "all %zu inputs that rank from %s on", n, name);
  } else {
    add_names(p, &text, v, order + first, n);
  }
  roi_buffer_print(&text, " at %s moves ", n == 1 ? "its median" : "their medians");
  if (v->kind == ROI_KIND_CONDITION) {
    moved(v, &text, "the chance", f->mean, f->fixed_mean);
  } else {
    moved(v, &text, "the mean", f->mean, f->fixed_mean);
    moved(v, &text, " and the standard deviation", f->sd, f->fixed_sd);
  }
  roi_buffer_print(&text, ": %s no more work.", n == 1 ? "it needs" : "they need");
  if (text.text) roi_page_sentence(p, text.text);
  p->out->failed |= text.failed;
  roi_buffer_free(&text);
}

void roi_page_verdict(const roi_page *p, const roi_sensitivity_view *v, const size_t *order) {
  roi_conclusions c;
  if (!roi_sensitivity_column(v->parts[0], "first")) return;
  roi_sensitivity_conclude(v, order, &c);
  leaders(p, v, order, &c);
  if (v->fixing) fixing(p, v, order);
}
