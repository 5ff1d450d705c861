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

#define MOST_FIXED 12       /* named one by one that may be fixed */
#define ENOUGH 0.6          /* of the variance, explained by those that matter */
#define SMALL 0.03          /* a total share below which nothing matters by itself */
#define SURE 0.01           /* what a share has to be at least for its input to be named */
#define FAR_BEHIND 0.25     /* of the largest share */
#define FIXED_AT_MOST 0.05  /* of the variance, that fixing may take away */
#define MEAN_MAY_MOVE 0.1   /* standard deviations, when inputs are fixed at their medians */
#define SD_MAY_MOVE 0.05
#define LEAST_CASES 50      /* of a condition, true or false, that shares of its variance may rest on */
#define WIDE 0.25           /* half of an interval, also if more than half of the share, beyond which nothing is said */

static double clip(double x) { return isnan(x) || x < 0 ? 0 : x > 1 ? 1 : x; }

/* The share that is sure, in whole percents. */
static double sure(double x) { return floor(clip(x) * 100) / 100; }

/* The longer half of the interval. */
static double reach(const roi_estimate *e) { return fmax(e->high - e->value, e->value - e->low); }

/* -- What the shares allow to say --------------------------------------------------------------------------------- */

/* The row that ranks next after `previous` (n: the first of all); n if there is none. */
static size_t next_largest(const roi_estimate *rank, size_t n, size_t previous) {
  size_t best = n;
  for (size_t i = 0; i < n; i++) {
    if (isnan(rank[i].value)) continue;
    int after = previous == n || rank[i].value < rank[previous].value || (rank[i].value == rank[previous].value && i > previous);
    if (after && (best == n || rank[i].value > rank[best].value)) best = i;
  }
  return best;
}

/* The first inputs that explain enough, with all that can't be told apart from the last of them. Shares of inputs that are
 * correlated don't add up, so there it ends where an input is far behind the first. */
static void find_leaders(roi_conclusions *c, const roi_estimate *first, const roi_estimate *rank, size_t most) {
  size_t n = c->study->n_factors;
  double explained = 0;
  for (size_t at = next_largest(rank, n, n); at < n && c->n_first < most; at = next_largest(rank, n, at)) {
    const roi_estimate *e = &rank[at];
    if (!(e->value >= SMALL) || !(e->low >= SURE)) break;
    if (first == rank && e->value < FAR_BEHIND * rank[c->first[0]].value) break;
    if (first != rank && c->n_first > 0 && explained >= ENOUGH && !(e->high >= rank[c->first[c->n_first - 1]].low)) break;
    explained += clip(first[at].value);
    c->first[c->n_first++] = at;
  }
  if (c->n_first == 0) return;
  double last = rank[c->first[c->n_first - 1]].low;
  for (size_t i = 0; i < c->n_first; i++) last = fmin(last, rank[c->first[i]].low);
  for (size_t i = 0; i < n; i++) {
    int named = 0;
    for (size_t k = 0; k < c->n_first; k++) named |= c->first[k] == i;
    c->n_tied += !named && !(rank[i].high < last) && !isnan(rank[i].value);
  }
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

/* Few trials in which a condition is so, or is not, tell little, whatever the intervals that are had from these. */
static roi_doubt find_doubt(const roi_sensitivity_view *v, const roi_sensitivity *s, const roi_estimate *rank) {
  size_t n = s->n_factors, largest = next_largest(rank, n, n);
  double rare = fmin(s->mean, 1 - s->mean);
  if (v->kind == ROI_KIND_CONDITION && rare * (double)s->n < LEAST_CASES) return ROI_DOUBT_RARE;
  if (largest < n && isnan(rank[largest].low)) return ROI_DOUBT_UNKNOWN;
  for (size_t i = 0; i < n; i++)
    if (reach(&rank[i]) > fmax(WIDE, rank[i].value / 2)) return ROI_DOUBT_WIDE;
  return ROI_DOUBT_NONE;
}

/* Sets of correlated inputs as one are independent, so their shares add up, unless there is but one set. */
static const roi_sensitivity *shares_of(const roi_sensitivity_view *v, const roi_study **study) {
  int sets = v->sets && v->sets->n_factors > 1 && v->sets->variance > 0;
  *study = sets ? v->sets_study : v->study;
  return sets ? v->sets : v->parts[0];
}

void roi_sensitivity_conclude(const roi_sensitivity_view *v, const size_t *order, roi_conclusions *c) {
  *c = (roi_conclusions){.least = (double)NAN};
  const roi_sensitivity *s = shares_of(v, &c->study);
  const roi_estimate *first = roi_sensitivity_column(s, "first"), *total = roi_sensitivity_column(s, "total");
  if (!first || v->method || v->parts[0]->variance == 0) return;
  c->doubt = find_doubt(v, s, total ? total : first);
  if (c->doubt) return;
  size_t may_matter = c->study->n_factors - v->n_fixed;
  find_leaders(c, first, total ? total : first, may_matter < ROI_MOST_NAMED ? may_matter : ROI_MOST_NAMED);
  if (!total) return;
  c->least = 0;
  for (size_t i = 0; i < c->n_first; i++) c->least += clip(first[c->first[i]].low);
  c->least = clip(c->least);
  if (s == v->parts[0]) c->n_small = count_small(v, order, total);
}

int roi_fixing_is_harmless(const roi_fixing *f) {
  return fabs(f->fixed_mean - f->mean) <= MEAN_MAY_MOVE * f->sd && fabs(f->fixed_sd - f->sd) <= SD_MAY_MOVE * f->sd;
}

/* -- In words ----------------------------------------------------------------------------------------------------- */

/* "a", "a and b", "a, b and c": names in the order given. */
static void add_names(const roi_page *p, roi_buffer *b, const roi_study *study, const size_t *which, size_t n) {
  for (size_t i = 0; i < n; i++) {
    char name[ROI_NAME];
    roi_buffer_print(b, "%s%s", i == 0 ? "" : i + 1 == n ? " and " : ", ",
                     roi_page_name(p, name, study->factors[which[i]].name, 40));
  }
}

static void target_text(const roi_page *p, char *buf, size_t size, const roi_sensitivity_view *v) {
  char name[ROI_NAME];
  roi_page_name(p, name, v->target, 60);
  snprintf(buf, size, "%s%s", v->kind == ROI_KIND_CONDITION ? "whether " : "", name);
}

/* 1 if the draw is a yes or no, or made anew each period: known only when it has happened. */
static int is_drawn_by_chance(const roi_graph *g, uint32_t number) {
  const roi_node_row *row = &g->nodes[roi_graph_draw_of(g, number)], *dist = &g->nodes[g->args[row->first_arg]];
  return row->shape == ROI_SERIES_SHAPE || (dist->op == ROI_DIST && dist->family == ROI_FAMILY_BERNOULLI);
}

static int is_chance(const roi_graph *g, const roi_factor *f) {
  size_t n = 0;
  for (size_t i = 0; i < f->n_draws; i++) n += (size_t)is_drawn_by_chance(g, f->draws[i]);
  return n > 0 && n == f->n_draws;
}

/* ": measure these first; 2 more may matter as much." Nobody can measure how a coin will fall. */
static void what_to_do(const roi_page *p, roi_buffer *text, const roi_sensitivity_view *v, const roi_conclusions *c) {
  size_t chance[ROI_MOST_NAMED], other[ROI_MOST_NAMED], n_chance = 0, n_other = 0;
  for (size_t i = 0; i < c->n_first; i++) {
    if (is_chance(v->graph, &c->study->factors[c->first[i]])) chance[n_chance++] = c->first[i];
    else other[n_other++] = c->first[i];
  }
  if (n_chance == 0) {
    int one = n_other == 1 && c->study->factors[other[0]].n_draws < 2;
    roi_buffer_print(text, ": measure %s first", one ? "it" : "these");
  } else if (n_other == 0) {
    roi_buffer_print(text, ": %s chance, which no measurement foretells", n_chance == 1 ? "this is" : "these are");
  } else {
    roi_buffer_text(text, ": measure ");
    add_names(p, text, c->study, other, n_other);
    roi_buffer_text(text, " first (");
    add_names(p, text, c->study, chance, n_chance);
    roi_buffer_print(text, " %s chance)", n_chance == 1 ? "is" : "are");
  }
  if (c->n_tied) roi_buffer_print(text, "; %zu more may matter as much", c->n_tied);
  roi_buffer_text(text, ".");
}

/* "Alone, a explains at least 40% of the variance of roi, and b at least 20%": each for itself. */
static void one_by_one(const roi_page *p, roi_buffer *text, const roi_sensitivity_view *v, const char *target,
                       const roi_conclusions *c, const roi_estimate *first) {
  for (size_t i = 0; i < c->n_first; i++) {
    char name[ROI_NAME], share[ROI_NUMBER];
    roi_page_name(p, name, c->study->factors[c->first[i]].name, 40);
    roi_percent(share, sure(first[c->first[i]].low), 0);
    if (i == 0) roi_buffer_print(text, "Alone, %s explains at least %s of the variance of %s", name, share, target);
    else roi_buffer_print(text, "%s %s at least %s", i + 1 == c->n_first ? " and" : ",", name, share);
  }
  what_to_do(p, text, v, c);
}

/* Which option gives more to rest on, and how much of it. */
static void add_way_out(roi_buffer *text, const roi_sensitivity *s, double times) {
  int points = s->method->base > 0;
  double most = points ? 0x1p22 : 1e8, asked = points ? 1 : 1000;
  while (asked < times * (double)s->n) asked *= points ? 2 : 10;
  if (asked > most) roi_buffer_print(text, "; not even --%s %.0f would tell.", points ? "base" : "trials", most);
  else roi_buffer_print(text, ". Try --%s %.0f.", points ? "base" : "trials", asked);
}

static void doubts(const roi_page *p, roi_buffer *text, const roi_sensitivity_view *v, const char *target,
                   const roi_conclusions *c, const roi_sensitivity *s, const roi_estimate *rank) {
  char a[ROI_NUMBER], b[ROI_NUMBER], name[ROI_NAME];
  size_t widest = 0;
  double wide = -1;
  if (c->doubt == ROI_DOUBT_RARE) {
    double rare = fmin(s->mean, 1 - s->mean);
    roi_buffer_print(text, "Too rare here to tell what decides it: %s is %s in %s of %s %s", roi_page_name(p, name, v->target, 60),
                     s->mean < 0.5 ? "so" : "not so", roi_percent_share(a, rare), roi_number_fixed(b, (double)s->n, 0),
                     s->method->base > 0 ? "points" : "trials");
    add_way_out(text, s, 2 * LEAST_CASES / fmax(rare * (double)s->n, 1));
    return;
  }
  if (c->doubt == ROI_DOUBT_UNKNOWN) {
    roi_buffer_print(text, "Shares of the variance don't tell what moves %s: too few trials decide about it.", target);
    return;
  }
  for (size_t i = 0; i < s->n_factors; i++) {
    if (!(reach(&rank[i]) > fmax(wide, rank[i].value / 2))) continue;
    wide = reach(&rank[i]);
    widest = i;
  }
  roi_buffer_print(text, "Too little is known to tell what moves %s: the share of %s is %s %s%s", target,
                   roi_page_name(p, name, c->study->factors[widest].name, 40), roi_percent(a, rank[widest].value, 1), p->plus_minus,
                   roi_percent(b, wide, 1));
  add_way_out(text, s, 16);
}

/* No input is large and sure. */
static void no_leader(const roi_page *p, roi_buffer *text, const char *target, const roi_estimate *largest) {
  char share[ROI_NUMBER], half[ROI_NUMBER];
  if (largest && largest->low > 0)
    roi_buffer_print(text, "No single input stands out: the largest share of the variance of %s is %s %s%s.", target,
                     roi_percent(share, largest->value, 1), p->plus_minus,
                     roi_percent(half, reach(largest), 1));
  else
    roi_buffer_print(text, "No single input stands out: none is sure to move %s by itself.", target);
}

/* None of them may be set to its median. */
static int all_needed(const roi_sensitivity_view *v, const roi_conclusions *c, const roi_estimate *total) {
  if (c->study != v->study) return 0; /* sets are not looked into */
  for (size_t i = 0; i < c->n_first; i++)
    if (!(total[c->first[i]].low > FIXED_AT_MOST)) return 0;
  return c->n_first > 1 && c->n_first == c->study->n_factors;
}

/* What they do with each other is more than what they do alone. */
static int mostly_together(const roi_conclusions *c, const roi_estimate *first, const roi_estimate *total) {
  for (size_t i = 0; i < c->n_first; i++)
    if (!(total[c->first[i]].low > 2 * first[c->first[i]].high)) return 0;
  return 1;
}

/* Of shares that add up. */
static void together(const roi_page *p, roi_buffer *text, const roi_sensitivity_view *v, const char *target,
                     const roi_conclusions *c, const roi_estimate *first, const roi_estimate *total) {
  char share[ROI_NUMBER];
  size_t n = c->n_first;
  if (all_needed(v, c, total)) {
    int one = total[c->first[0]].low > total[c->first[1]].high;
    add_names(p, text, c->study, c->first, one ? 1 : n);
    if (!one) roi_buffer_print(text, " %s matter for %s; which of them most is not sure.", n == 2 ? "both" : "all", target);
    else if (n == 2) roi_buffer_print(text, " matters most for %s, but neither input can be left out.", target);
    else roi_buffer_print(text, " matters most for %s, but none of the %zu inputs can be left out.", target, n);
  } else if (sure(c->least) >= 0.1) {
    roi_buffer_print(text, "At least %s of the variance of %s comes from ", roi_percent(share, sure(c->least), 0), target);
    add_names(p, text, c->study, c->first, n);
    what_to_do(p, text, v, c);
  } else {
    add_names(p, text, c->study, c->first, n);
    roi_buffer_print(text, " matter%s%s for %s%s.", n == 1 ? "s" : "", c->n_tied ? "" : " most", target,
                     mostly_together(c, first, total) ? ", but more through what inputs do together than alone" : "");
  }
}

static void leaders(const roi_page *p, const roi_sensitivity_view *v, const roi_conclusions *c) {
  const roi_study *study;
  const roi_sensitivity *s = shares_of(v, &study);
  const roi_estimate *first = roi_sensitivity_column(s, "first"), *total = roi_sensitivity_column(s, "total");
  const roi_estimate *rank = total ? total : first;
  size_t all = study->n_factors, largest = next_largest(rank, all, all);
  char target[ROI_NAME + 20];
  roi_buffer text = {0};
  target_text(p, target, sizeof target, v);
  if (all == 1 && study->factors[0].node == ROI_NONE) {
    char name[ROI_NAME];
    roi_buffer_print(&text, "%s holds every uncertain input behind %s.", roi_page_name(p, name, study->factors[0].name, 40), target);
  } else if (all == 1) {
    add_names(p, &text, study, (const size_t[]){0}, 1);
    roi_buffer_print(&text, " is the only uncertain input behind %s.", target);
  } else if (c->doubt) {
    doubts(p, &text, v, target, c, s, rank);
  } else if (c->n_first == 0) {
    no_leader(p, &text, target, largest < all ? &rank[largest] : NULL);
  } else if (!total) {
    one_by_one(p, &text, v, target, c, first);
  } else {
    together(p, &text, v, target, c, first, total);
  }
  if (text.text) roi_page_sentence(p, text.text);
  p->out->failed |= text.failed;
  roi_buffer_free(&text);
}

/* "moves the mean from 84.1% to 85.0%", or "leaves it at 84.1%" where that is what both read; the verb, unless it was said. */
static void moved(const roi_sensitivity_view *v, roi_buffer *text, const char *what, double from, double to, const char **said) {
  char a[ROI_NUMBER], b[ROI_NUMBER];
  if (v->kind == ROI_KIND_CONDITION) {
    roi_percent_share(a, from);
    roi_percent_share(b, to);
  } else if (v->kind == ROI_KIND_PERIODS) { /* alike, not "from 8.1 to 8" */
    roi_number_fixed(a, from, 1);
    roi_number_fixed(b, to, 1);
  } else {
    roi_number_kind(a, from, v->kind);
    roi_number_kind(b, to, v->kind);
  }
  int moves = strcmp(a, b) != 0;
  const char *verb = moves ? "moves " : "leaves ";
  roi_buffer_print(text, "%s%s", *said && !strcmp(verb, *said) ? "" : verb, what);
  *said = verb;
  if (moves) roi_buffer_print(text, " from %s to %s", a, b);
  else roi_buffer_print(text, " at %s", a);
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
    add_names(p, &text, v->study, order + first, n);
  }
  roi_buffer_print(&text, " at %s ", n == 1 ? "its median" : "their medians");
  const char *said = NULL;
  if (v->kind == ROI_KIND_CONDITION) {
    moved(v, &text, "the chance", f->mean, f->fixed_mean, &said);
  } else {
    char mean[2 * ROI_NUMBER] = "the mean", number[ROI_NUMBER];
    if (v->parts[0]->never)
      snprintf(mean, sizeof mean, "the mean (never counted as %s)", roi_periods(number, v->study->never));
    moved(v, &text, mean, f->mean, f->fixed_mean, &said);
    roi_buffer_text(&text, " and ");
    moved(v, &text, "the standard deviation", f->sd, f->fixed_sd, &said);
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
  leaders(p, v, &c);
  if (v->fixing) fixing(p, v, order);
}
