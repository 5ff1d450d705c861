/* The first lines: what a decision-maker reads. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/page.h"

enum { P5 = 1, MEDIAN = 4, P95 = 7 };

static void label(const roi_page *p, const char *text, size_t width) {
  if (p->style->bold) roi_buffer_text(p->out, "\033[1m");
  roi_page_left(p, text, width);
  if (p->style->bold) roi_buffer_text(p->out, "\033[0m");
}

#define LABEL_WIDTH 9

static const char *share(char *buf, uint64_t k, uint64_t n) { return roi_percent_share(buf, (double)k / (double)n); }

static int is_constant(const roi_summary *s) { return s->n == s->trials && s->min == s->max; }

static void unit(const roi_page *p, roi_kind kind) {
  char text[ROI_NAME];
  roi_page_unit(p, text, sizeof text, kind, "");
  if (*text) roi_buffer_print(p->out, " %s", text);
}

/* 1 if the error of the mean is not small beside it: then the headline shows it too. */
static int is_rough(const roi_summary *s) { return s->mean_se > fabs(s->mean) / 20; }

/* "84.1% expected; 90% range -21.2% to 235.9%" for any output that is a number; `width` is the label's. */
static void expected(const roi_page *p, const roi_summary *s, roi_kind kind, size_t width) {
  char a[ROI_NUMBER], b[ROI_NUMBER], c[ROI_NUMBER], of[ROI_NAME], item[2 * ROI_NAME];
  double x[3] = {s->mean, s->quantile[P5], s->quantile[P95]};
  if (s->n == 0) {
    roi_buffer_text(p->out, s->never ? "never in any trial\n" : "undefined in every trial\n");
    return;
  }
  if (is_constant(s)) {
    roi_buffer_text(p->out, roi_number_kind(a, s->mean, kind));
    unit(p, kind);
    roi_buffer_text(p->out, " in every trial\n");
    return;
  }
  int percent = kind == ROI_KIND_PERCENT, decimals = roi_percent_decimals(x, 3);
  roi_scale scale = roi_scale_of(x, 3);
  const char *suffix = percent ? "" : scale.suffix, *space = *suffix ? " " : "";
  for (int i = 0; i < 3; i++) {
    char *to = i == 0 ? a : i == 1 ? b : c;
    if (percent) roi_percent(to, x[i], decimals);
    else roi_number_scaled(to, x[i], &scale);
  }
  int hidden = !percent && roi_scale_hides(&scale, x, 3);
  if (hidden) { /* a mean far beyond the range: in its unit the range would read as 0 */
    roi_number_short(a, x[0]);
    roi_number_short(b, x[1]);
    roi_number_short(c, x[2]);
    suffix = space = "";
  }
  if (is_rough(s) && percent) roi_percent_pm(a, s->mean, s->mean_se, p->plus_minus);
  else if (is_rough(s) && hidden) roi_number_pm(a, s->mean, s->mean_se, p->plus_minus);
  else if (is_rough(s) && scale.decimals >= 0) roi_number_pm_in(a, s->mean, s->mean_se, p->plus_minus, &scale);
  int ranked = !isnan(x[1]) && !isnan(x[2]); /* not so when the run was cut short before its ranks were known */
  roi_page_unit(p, of, sizeof of, kind, "");
  const char *gap = *of ? " " : "";
  roi_paragraph q = roi_paragraph_begin(p, "", "; ", width);
  q.column = width;
  if (!s->never) {
    snprintf(item, sizeof item, "%s%s%s%s%s expected", a, space, suffix, ranked ? "" : gap, ranked ? "" : of);
    roi_paragraph_add(&q, item);
  }
  if (ranked) {
    snprintf(item, sizeof item, "90%% range %s to %s%s%s%s%s", b, c, space, suffix, gap, of);
    roi_paragraph_add(&q, item);
  }
  if (s->never) {
    snprintf(item, sizeof item, "%s never", share(a, s->never, s->trials));
    roi_paragraph_add(&q, item);
  }
  if (s->undefined) { /* the numbers before are of the rest alone */
    snprintf(item, sizeof item, "in the %s of trials that have one", share(a, s->trials - s->undefined, s->trials));
    roi_paragraph_add(&q, item);
  }
  roi_paragraph_end(&q);
}

static void loss(const roi_page *p, const roi_summary *s) {
  char text[ROI_NUMBER], of[ROI_NAME], item[2 * ROI_NAME];
  int certain = is_constant(s) && s->trials > 1; /* one trial tells nothing of the others */
  if (s->n == 0) {
    roi_buffer_text(p->out, "undefined in every trial\n");
    return;
  }
  if (s->p_negative == 0) {
    roi_buffer_print(p->out, certain ? "none\n" : "none in %s trial%s\n", roi_number_fixed(text, (double)s->trials, 0),
                     s->trials == 1 ? "" : "s");
    return;
  }
  roi_paragraph q = roi_paragraph_begin(p, "", "; ", LABEL_WIDTH);
  q.column = LABEL_WIDTH;
  const char *when = "when it happens, ";
  if (s->p_negative == 1) {
    when = certain ? "certain: " : "in every trial: ";
  } else {
    snprintf(item, sizeof item, "%s chance", roi_percent_share(text, s->p_negative));
    roi_paragraph_add(&q, item);
  }
  roi_page_unit(p, of, sizeof of, ROI_KIND_MONEY, "");
  snprintf(item, sizeof item, "%s%s%s%s%s", when, roi_number_pm(text, s->loss_given_loss, s->loss_given_loss_se, p->plus_minus),
           *of ? " " : "", of, certain ? "" : " on average");
  roi_paragraph_add(&q, item);
  roi_paragraph_end(&q);
}

static void payback(const roi_page *p, const roi_summary *s) {
  const roi_graph *g = p->v->graph;
  char a[ROI_NUMBER], b[ROI_NUMBER];
  const char *period = roi_period_names[g->period], *horizon_word = roi_period_text(g, g->horizon);
  if (s->never == s->trials) {
    roi_buffer_print(p->out, "never within %u %s, in every trial\n", g->horizon, horizon_word);
    return;
  }
  if (s->self_funded == s->trials) {
    roi_buffer_text(p->out, "self-funded in every trial: the cumulative flow is never negative\n");
    return;
  }
  double median = s->quantile[MEDIAN];
  int same = s->never == 0 && s->min == s->max; /* in all trials that have one */
  if (s->undefined && median == ROI_NEVER) {
    roi_buffer_print(p->out, "no funding needed in %s", share(a, s->self_funded, s->trials));
    roi_buffer_print(p->out, "; %s never within %u %s\n", share(a, s->never, s->trials), g->horizon, horizon_word);
    return;
  }
  if (s->undefined) { /* the median is that of the rest */
    roi_buffer_print(p->out, "no funding needed in %s; else ", share(a, s->self_funded, s->trials));
  }
  if (isnan(median)) roi_buffer_text(p->out, "median unknown");
  else if (median == ROI_NEVER) roi_buffer_print(p->out, "never within %u %s (median)", g->horizon, horizon_word);
  else if (is_constant(s)) roi_buffer_print(p->out, "%s %s in every trial", period, roi_periods(a, median));
  else roi_buffer_print(p->out, same ? "%s %s" : "%s %s (median)", period, roi_periods(a, median));
  if (s->never) {
    roi_buffer_print(p->out, "; %s never", share(a, s->never, s->trials));
    if (median != ROI_NEVER && !s->undefined) roi_buffer_print(p->out, " within %u %s", g->horizon, horizon_word);
  } else if (!same && !isnan(median)) {
    roi_buffer_print(p->out, "; 90%% range %s to %s", roi_periods(a, s->quantile[P5]),
                     roi_periods(b, s->quantile[P95]));
  }
  roi_buffer_text(p->out, "\n");
}

static void condition(const roi_page *p, size_t output) {
  const roi_share_result *r = &p->v->report->shares[p->v->output_share[output]];
  char text[ROI_NUMBER];
  roi_buffer_print(p->out, "%s chance\n", roi_percent_pm(text, r->p, r->se, p->plus_minus));
}

/* Models without flows, or asked for other outputs: the first three that were asked for. */
static void first_outputs(const roi_page *p) {
  const roi_view *v = p->v;
  size_t n = roi_listed(v->request) < 3 ? roi_listed(v->request) : 3, width = LABEL_WIDTH;
  char name[ROI_NAME];
  for (size_t i = 0; i < n; i++) {
    size_t own = roi_text_width(roi_page_name(p, name, v->request->outputs[i].name, 22)) + 2;
    if (own > width) width = own;
  }
  for (size_t i = 0; i < n; i++) {
    label(p, roi_page_name(p, name, v->request->outputs[i].name, 22), width);
    if (v->output_share[i] != ROI_NO_INDEX) condition(p, i);
    else expected(p, &v->report->outputs[i], roi_page_kind(p, i), width);
  }
}

void roi_report_partial(roi_buffer *out, const roi_report *r, uint64_t requested, const char *why) {
  char done[ROI_NUMBER], asked[ROI_NUMBER];
  roi_number_fixed(done, (double)r->trials, 0);
  roi_number_fixed(asked, (double)requested, 0);
  if (r->complete) roi_buffer_print(out, "partial: all %s trials are done, not what follows them (%s)", done, why);
  else if (r->trials == requested) roi_buffer_print(out, "partial: all %s trials are done, their quantiles are not (%s)", done, why);
  else roi_buffer_print(out, "partial: %s of %s trials (%s)", done, asked, why);
}

void roi_page_headline(const roi_page *p) {
  const roi_view *v = p->v;
  size_t roi = roi_view_standard(v, "roi"), npv = roi_view_standard(v, "npv"), back = roi_view_standard(v, "payback");
  if (v->stopped) {
    roi_report_partial(p->out, v->report, v->request->options.trials, v->stopped);
    roi_buffer_text(p->out, "\n");
  }
  if (v->report->trials == 0) return;
  if (roi == ROI_NO_INDEX && npv == ROI_NO_INDEX && back == ROI_NO_INDEX) first_outputs(p);
  if (roi != ROI_NO_INDEX) {
    label(p, "ROI", LABEL_WIDTH);
    expected(p, &v->report->outputs[roi], ROI_KIND_PERCENT, LABEL_WIDTH);
  }
  if (npv != ROI_NO_INDEX) { label(p, "Loss", LABEL_WIDTH); loss(p, &v->report->outputs[npv]); }
  if (back != ROI_NO_INDEX) { label(p, "Payback", LABEL_WIDTH); payback(p, &v->report->outputs[back]); }
}
