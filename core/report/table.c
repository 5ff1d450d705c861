/* The table of means and quantiles with their errors, and the figures below it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/page.h"

#define LABEL_WIDTH 12
#define CELL_WIDTH 11
#define CELLS 6

static const char *const headings[CELLS] = {"mean", "P5", "P25", "P50", "P75", "P95"};
static const int quantile_of[CELLS] = {-1, 1, 3, 4, 5, 7};

static void heading(const roi_page *p) {
  roi_buffer_repeat(p->out, " ", LABEL_WIDTH);
  for (int i = 0; i < CELLS; i++) roi_page_right(p, headings[i], CELL_WIDTH);
  roi_buffer_text(p->out, "\n");
}

static void row_label(const roi_page *p, size_t output, roi_kind kind, const char *suffix) {
  char name[ROI_NAME], unit[ROI_NAME], label[2 * ROI_NAME];
  roi_page_name(p, name, p->v->request->outputs[output].name, ROI_PAGE_WIDTH - 12);
  roi_page_unit(p, unit, sizeof unit, kind, suffix);
  snprintf(label, sizeof label, "%s%s%s", name, *unit ? " " : "", unit);
  if (roi_text_width(label) > LABEL_WIDTH) { /* a long name has a line of its own */
    roi_buffer_print(p->out, "%s\n", label);
    label[0] = '\0';
  }
  roi_page_left(p, label, LABEL_WIDTH);
}

/* Quantiles of periods are whole unless interpolated; then all of the row show it. */
static int period_decimals(const double *x) {
  for (int i = 1; i < CELLS; i++)
    if (isfinite(x[i]) && fabs(x[i] - rint(x[i])) >= 0.05) return 1;
  return 0;
}

/* 1 if the row is of counts: its mean need not be whole, its quantiles are. */
static int is_counts(const double *x, const roi_scale *scale) {
  for (int i = 1; i < CELLS; i++)
    if (isfinite(x[i]) && x[i] != rint(x[i])) return 0;
  return scale->unit == 1 && scale->decimals > 0;
}

static void cells(const roi_page *p, const double *x, roi_kind kind, const roi_scale *scale, int decimals) {
  char text[ROI_NUMBER];
  int of_periods = period_decimals(x), counts = is_counts(x, scale);
  for (int i = 0; i < CELLS; i++) {
    if (kind == ROI_KIND_PERCENT) roi_percent(text, x[i], decimals);
    else if (kind == ROI_KIND_PERIODS) roi_number_fixed(text, x[i], i == 0 && x[0] != rint(x[0]) ? 1 : of_periods);
    else if (counts && i > 0) roi_number_fixed(text, x[i], 0);
    else roi_number_scaled(text, x[i], scale);
    if (strlen(text) < CELL_WIDTH) roi_page_right(p, text, CELL_WIDTH);
    else roi_buffer_print(p->out, " %s", text);
  }
  roi_buffer_text(p->out, "\n");
}

/* Errors: as many digits as tell something, but never shown as 0 when they are not. */
static void error_cells(const roi_page *p, const double *se, roi_kind kind, const roi_scale *scale, int decimals) {
  char text[ROI_NUMBER], label[32];
  snprintf(label, sizeof label, "    %sse", p->plus_minus);
  roi_page_left(p, label, LABEL_WIDTH);
  for (int i = 0; i < CELLS; i++) {
    if (kind == ROI_KIND_PERCENT && isfinite(se[i]) && se[i] > 0) {
      int own = se[i] * 100 < 1 ? -roi_magnitude(se[i] * 100) : 0;
      roi_percent(text, se[i], own > decimals ? own : decimals);
    } else if (kind == ROI_KIND_PERIODS && isfinite(se[i]) && (se[i] == 0 || se[i] >= 0.005)) {
      roi_number_fixed(text, se[i], se[i] == 0 ? 0 : 2);
    } else {
      roi_number_error(text, se[i], scale);
    }
    roi_page_right(p, isinf(se[i]) ? "-" : text, CELL_WIDTH);
  }
  roi_buffer_text(p->out, "\n");
}

static void row(const roi_page *p, size_t output) {
  const roi_summary *s = &p->v->report->outputs[output];
  roi_kind kind = roi_page_kind(p, output);
  double x[CELLS], se[CELLS];
  for (int i = 0; i < CELLS; i++) {
    int q = quantile_of[i];
    x[i] = q < 0 ? (s->never || s->n == 0 ? (double)NAN : s->mean) : s->n + s->never ? s->quantile[q] : (double)NAN;
    se[i] = q < 0 ? (s->never || s->n == 0 ? (double)NAN : s->mean_se) : s->quantile_se[q];
  }
  roi_scale scale = roi_scale_of(x, CELLS);
  if (roi_scale_hides(&scale, x, CELLS)) scale = (roi_scale){1, "", -1};
  int decimals = roi_percent_decimals(x, CELLS);
  int scaled = kind == ROI_KIND_NUMBER || kind == ROI_KIND_MONEY;
  row_label(p, output, kind, scaled ? scale.suffix : "");
  cells(p, x, kind, &scale, decimals);
  int varies = s->n > 0 && (s->n < s->trials || s->min < s->max || s->trials == 1);
  if (varies) error_cells(p, se, kind, &scale, decimals);
}

void roi_page_table(const roi_page *p) {
  int any = 0;
  for (size_t i = 0; i < roi_listed(p->v->request); i++) {
    if (p->v->output_share[i] != ROI_NO_INDEX || p->v->report->outputs[i].undefined == p->v->report->trials) continue;
    if (!any) heading(p);
    any = 1;
    row(p, i);
  }
}

/* -- Figures ------------------------------------------------------------------------------------------------------ */

/* Digits after the point that show the first digit of a small share. */
static int one_digit(double share) { return share >= 0.00095 || share <= 0 ? 1 : -roi_magnitude(share * 100); }

/* "12.2% ±0.3%"; where all trials or none agree the error is that of Wilson's interval: "0% (at most 0.04%)". */
static void share_text(const roi_page *p, char *buf, size_t size, const roi_share_result *r) {
  char a[ROI_NUMBER], b[ROI_NUMBER];
  if (r->k == 0) snprintf(buf, size, "0%% (at most %s)", roi_percent(b, r->high, one_digit(r->high)));
  else if (r->k == r->n) snprintf(buf, size, "100%% (at least %s)", roi_percent(b, r->low, one_digit(1 - r->low)));
  else snprintf(buf, size, "%s", roi_percent_pm(a, r->p, r->se, p->plus_minus));
}

/* k of n trials, with the error that the run knows of that share. */
static void count_share(const roi_page *p, char *buf, size_t size, const char *name, uint64_t k, uint64_t n, double se) {
  roi_share_result r = {.k = k, .n = n};
  char text[2 * ROI_NUMBER];
  roi_share(k, n, &r.p, &r.se, &r.low, &r.high);
  r.se = se;
  share_text(p, text, sizeof text, &r);
  snprintf(buf, size, "%s %s", name, text);
}

/* Each --prob has a line of its own: it was asked for. */
static void probabilities(const roi_page *p) {
  for (size_t i = 0; i < p->v->n_prob; i++) {
    char name[ROI_NAME], text[2 * ROI_NUMBER];
    share_text(p, text, sizeof text, &p->v->report->shares[i]);
    roi_page_name(p, name, p->v->prob[i], ROI_PAGE_WIDTH - 34);
    roi_buffer_print(p->out, "P(%s) %s\n", name, text);
  }
}

/* "irr: undefined in 3.1% (no rate 2.9%, several 0.2%)": no state is dropped in silence. */
static void states(const roi_page *p, roi_paragraph *q, size_t output) {
  const roi_summary *s = &p->v->report->outputs[output];
  const uint64_t count[ROI_STATE_COUNT] = {[ROI_STATE_NO_COST] = s->no_cost,
                                           [ROI_STATE_NO_IRR] = s->no_irr,
                                           [ROI_STATE_MANY_IRR] = s->many_irr,
                                           [ROI_STATE_SELF_FUNDED] = s->self_funded};
  char name[ROI_NAME], item[4 * ROI_NAME], a[ROI_NUMBER], reasons[4 * ROI_NUMBER] = "";
  if (s->undefined == 0) return;
  roi_page_name(p, name, p->v->request->outputs[output].name, 30);
  for (size_t i = 1; i < ROI_STATE_COUNT; i++) {
    size_t n = strlen(reasons);
    if (count[i] == s->trials) snprintf(reasons, sizeof reasons, "%s", roi_state_words[i]);
    else if (count[i])
      snprintf(reasons + n, sizeof reasons - n, "%s%s %s", n ? ", " : "", roi_state_words[i],
               roi_percent_share(a, (double)count[i] / (double)s->trials));
  }
  if (s->undefined == s->trials) snprintf(item, sizeof item, "%s undefined in every trial: %s", name, reasons);
  else snprintf(item, sizeof item, "%s undefined in %s: %s", name,
                roi_percent_share(a, (double)s->undefined / (double)s->trials), reasons);
  roi_paragraph_add(q, item);
}

static void output_figures(const roi_page *p, roi_paragraph *q, size_t i, size_t npv) {
  const roi_view *v = p->v;
  const roi_summary *s = &v->report->outputs[i];
  char item[3 * ROI_NAME], text[2 * ROI_NUMBER], name[ROI_NAME], unit[ROI_NAME];
  roi_page_name(p, name, v->request->outputs[i].name, 40);
  if (v->output_share[i] != ROI_NO_INDEX) {
    share_text(p, text, sizeof text, &v->report->shares[v->output_share[i]]);
    snprintf(item, sizeof item, "P(%s) %s", name, text);
    roi_paragraph_add(q, item);
    return;
  }
  if (i == npv && s->n > 0 && s->min < s->max) {
    uint64_t k = (uint64_t)rint(s->p_negative * (double)s->trials);
    count_share(p, item, sizeof item, "P(npv<0)", k, s->trials, s->p_negative_se);
    roi_paragraph_add(q, item);
  }
  if (i == npv && s->n > 0 && s->min < s->max && !isnan(s->cvar5)) {
    roi_number_pm(text, s->cvar5, s->cvar5_se, p->plus_minus);
    roi_page_unit(p, unit, sizeof unit, ROI_KIND_MONEY, "");
    snprintf(item, sizeof item, "worst 5%% of npv %s%s%s on average", text, *unit ? " " : "", unit);
    roi_paragraph_add(q, item);
  }
  if (s->never > 0 && s->never < s->trials) {
    snprintf(text, sizeof text, "%.60s never", name);
    count_share(p, item, sizeof item, text, s->never, s->trials, s->p_never_se);
    roi_paragraph_add(q, item);
  }
}

/* A run that keeps no columns ranks its values in a second pass; cut short in the first it has none. */
static void unknown_ranks(const roi_page *p) {
  const roi_view *v = p->v;
  for (size_t i = 0; v->stopped && i < roi_listed(v->request); i++) {
    const roi_summary *s = &v->report->outputs[i];
    if (s->n == 0 || !isnan(s->quantile[0])) continue;
    roi_buffer_text(p->out, "Quantiles are unknown: the run was stopped before the end of its second pass\n");
    return;
  }
}

void roi_page_figures(const roi_page *p) {
  const roi_view *v = p->v;
  unknown_ranks(p);
  size_t npv = roi_view_standard(v, "npv");
  probabilities(p);
  roi_paragraph q = roi_paragraph_begin(p, "", "   ", 0);
  for (size_t i = 0; i < roi_listed(v->request); i++) output_figures(p, &q, i, npv);
  if (v->has_ratio && isfinite(v->report->ratios[0].ratio)) {
    char item[ROI_NAME], text[ROI_NUMBER];
    const roi_ratio_result *r = &v->report->ratios[0];
    snprintf(item, sizeof item, "E[npv]/E[cost] %s", roi_percent_pm(text, r->ratio, r->se, p->plus_minus));
    roi_paragraph_add(&q, item);
  }
  for (size_t i = 0; i < roi_listed(v->request); i++) states(p, &q, i);
  roi_paragraph_end(&q);
}
