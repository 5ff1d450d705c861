/* The comparison on a terminal: which is best and how sure that is, each version by itself, differences, who beats whom. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/compare_report.h"
#include "report/page.h"

#define LABEL_WIDTH 21
#define CELL_WIDTH 10
#define BEATS_WIDTH 9
#define BEATS_COLUMNS ((ROI_PAGE_WIDTH - LABEL_WIDTH - 2) / BEATS_WIDTH)

enum { MEAN, P5, P50, P95, VALUES };
static const int quantile_of[VALUES] = {-1, 1, 4, 7};

static const roi_summary *summary_of(const roi_comparison *c, size_t index) {
  return index == ROI_NO_INDEX ? NULL : &c->report->outputs[index];
}

/* -- Who is best ------------------------------------------------------------------------------------------------------- */

/* A payback's mean would leave out the trials in which there was nothing to pay back, which are the best. */
static double mean_of(const roi_comparison *c, size_t version) {
  const roi_summary *s = summary_of(c, c->version[version].output);
  if (!s) return 0;
  return s->never || s->self_funded || s->n == 0 ? (double)NAN : s->mean;
}

void roi_comparison_lead(const roi_comparison *c, size_t row, size_t column, double *lead, double *se) {
  int turned = row > column;
  size_t index = row == column ? ROI_NO_INDEX : c->means[turned ? column * c->n + row : row * c->n + column];
  *lead = *se = NAN;
  if (index == ROI_NO_INDEX) return;
  *lead = turned ? -c->report->means[index].mean : c->report->means[index].mean;
  *se = c->report->means[index].se;
}

int roi_comparison_winner(const roi_comparison *c, roi_winner *w) {
  double sign = c->lower_is_better ? -1 : 1;
  size_t best = ROI_NO_INDEX, next = ROI_NO_INDEX;
  for (size_t i = 0; i < c->n; i++) {
    double mean = sign * mean_of(c, i);
    if (isnan(mean)) return 0;
    if (best == ROI_NO_INDEX || mean > sign * mean_of(c, best)) next = best, best = i;
    else if (next == ROI_NO_INDEX || mean > sign * mean_of(c, next)) next = i;
  }
  if (next == ROI_NO_INDEX) return 0;
  *w = (roi_winner){.best = best, .next = next, .beats = &c->report->shares[c->beats[best * c->n + next]]};
  roi_comparison_lead(c, best, next, &w->lead, &w->lead_se);
  w->lead *= sign;
  return 1;
}

/* -- Numbers of the compared kind ---------------------------------------------------------------------------------------- */

/* How all numbers of a table are written. */
typedef struct form { roi_kind kind; roi_scale scale; int decimals; } form;

static form form_of(roi_kind kind, const double *x, size_t n) {
  form f = {.kind = kind, .scale = roi_scale_of(x, n), .decimals = roi_percent_decimals(x, n)};
  if (roi_scale_hides(&f.scale, x, n)) f.scale = (roi_scale){1, "", -1};
  return f;
}

/* Of a condition, which is 0 or 1, the mean says everything. */
static int shown_values(roi_kind kind) { return kind == ROI_KIND_CONDITION ? 1 : VALUES; }

static int is_percent(roi_kind kind) { return kind == ROI_KIND_PERCENT || kind == ROI_KIND_CONDITION; }

static const char *value_text(char *buf, double x, const form *f) {
  if (is_percent(f->kind)) return roi_percent(buf, x, f->decimals);
  if (f->kind == ROI_KIND_PERIODS) return roi_number_fixed(buf, x, x == rint(x) ? 0 : fabs(x) < 10 ? 2 : 1);
  return roi_number_scaled(buf, x, &f->scale);
}

static const char *error_text(char *buf, double se, const form *f) {
  if (is_percent(f->kind)) {
    int own = isfinite(se) && se > 0 && se * 100 < 1 ? -roi_magnitude(se * 100) : 0;
    return roi_percent(buf, se, own > f->decimals ? own : f->decimals);
  }
  return roi_number_error(buf, se, &f->scale);
}

static const char *pm_text(char *buf, const roi_page *p, double x, double se, roi_kind kind) {
  return is_percent(kind) ? roi_percent_pm(buf, x, se, p->plus_minus) : roi_number_pm(buf, x, se, p->plus_minus);
}

static int values_of(const roi_summary *s, double x[VALUES], double se[VALUES]) {
  for (int i = 0; i < VALUES; i++) {
    int q = quantile_of[i];
    int unknown = q < 0 ? s->never || s->n == 0 : s->n + s->never == 0;
    x[i] = unknown ? (double)NAN : q < 0 ? s->mean : s->quantile[q];
    se[i] = unknown ? (double)NAN : q < 0 ? s->mean_se : s->quantile_se[q];
  }
  return s->n > 0 && (s->n < s->trials || s->min < s->max || s->trials == 1);
}

/* The form that fits a summary of each version: of its output (which 0) or its difference (1). */
static form form_of_all(const roi_comparison *c, int which) {
  double x[VALUES], se[VALUES], largest[2] = {0, 0};
  for (size_t i = 0; i < c->n; i++) {
    const roi_summary *s = summary_of(c, which ? c->version[i].difference : c->version[i].output);
    if (!s) continue;
    values_of(s, x, se);
    for (int k = 0; k < VALUES; k++) {
      if (isfinite(x[k]) && fabs(x[k]) > fabs(largest[0])) largest[0] = x[k];
      if (isfinite(x[k]) && x[k] != rint(x[k])) largest[1] = x[k]; /* not all are whole */
    }
  }
  return form_of(c->kind, largest, fabs(largest[1]) > 0 ? 2 : 1);
}

/* -- The page ------------------------------------------------------------------------------------------------------------ */

static void headline(const roi_page *p, const roi_comparison *c) {
  roi_winner w;
  char text[6 * ROI_NAME], best[ROI_NAME], next[ROI_NAME], a[ROI_NUMBER], b[ROI_NUMBER], share[ROI_NUMBER], unit[ROI_NAME];
  char output[ROI_NAME];
  roi_page_name(p, output, c->output, 40);
  if (!roi_comparison_winner(c, &w)) {
    snprintf(text, sizeof text, "%s may be never or undefined, which has no mean: no version is best by that. Who beats whom is below.",
             output);
    roi_page_sentence(p, text);
    return;
  }
  roi_page_name(p, best, c->version[w.best].name, 40);
  roi_page_name(p, next, c->version[w.next].name, 40);
  const roi_summary *s = summary_of(c, c->version[w.best].output);
  roi_page_unit(p, unit, sizeof unit, c->kind, "");
  pm_text(a, p, s ? s->mean : 0, s ? s->mean_se : 0, c->kind);
  snprintf(text, sizeof text, "'%s' has the %s expected %s, %s%s%s.", best, c->lower_is_better ? "lowest" : "highest", output, a,
           *unit ? " " : "", unit);
  roi_page_sentence(p, text);
  roi_number_pm(b, is_percent(c->kind) ? 100 * w.lead : w.lead, is_percent(c->kind) ? 100 * w.lead_se : w.lead_se, p->plus_minus);
  if (is_percent(c->kind)) snprintf(unit, sizeof unit, "percentage points");
  const char *space = *unit ? " " : "";
  roi_percent_pm(share, w.beats->p, w.beats->se, p->plus_minus);
  if (w.lead == 0 && w.lead_se == 0)
    snprintf(text, sizeof text, "'%s' does as well.", next);
  else if (isfinite(w.lead_se) && fabs(w.lead) < 2 * w.lead_se)
    snprintf(text, sizeof text, "That is %s%s%s better than '%s', which more trials may turn; it is the better one in %s of trials.", b,
             space, unit, next, share);
  else
    snprintf(text, sizeof text, "That is %s%s%s better than '%s', the next; it is the better one in %s of trials.", b, space, unit, next,
             share);
  roi_page_sentence(p, text);
}

/* A version's name beside its numbers, marked if it is the baseline; a letter in front where it is looked up by it. */
static void label(const roi_page *p, const roi_comparison *c, size_t version, int lettered) {
  char name[ROI_NAME], text[ROI_NAME + 8];
  char letter[4] = {(char)('A' + version % 26), version >= 26 ? (char)('0' + version / 26) : ' ', ' ', '\0'};
  if (version < 26) letter[1] = '\0', letter[2] = '\0';
  roi_page_name(p, name, c->version[version].name, LABEL_WIDTH - 1 - (lettered ? 3 : 0));
  snprintf(text, sizeof text, "%s%s%s", lettered ? letter : "", lettered ? " " : "", name);
  roi_page_left(p, text, LABEL_WIDTH);
}

static void cell(const roi_page *p, const char *text, size_t width) {
  if (strlen(text) < width) roi_page_right(p, text, width);
  else roi_buffer_print(p->out, " %s", text);
}

static void heading(const roi_page *p, const roi_comparison *c, const char *what, const form *f, const char *const *more, size_t n_more) {
  static const char *const names[VALUES] = {"mean", "P5", "P50", "P95"};
  char name[ROI_NAME], unit[ROI_NAME], text[3 * ROI_NAME];
  roi_page_unit(p, unit, sizeof unit, c->kind, is_percent(c->kind) ? "" : f->scale.suffix);
  roi_page_name(p, name, what, ROI_PAGE_WIDTH - 20);
  snprintf(text, sizeof text, "%s%s%s", name, *unit ? ", " : "", unit);
  if (roi_text_width(text) >= LABEL_WIDTH) {
    roi_buffer_print(p->out, "%s\n", text);
    text[0] = '\0';
  }
  roi_page_left(p, text, LABEL_WIDTH);
  for (int i = 0; i < shown_values(c->kind); i++) roi_page_right(p, names[i], CELL_WIDTH);
  for (size_t i = 0; i < n_more; i++) roi_page_right(p, more[i], CELL_WIDTH - 1);
  roi_buffer_text(p->out, "\n");
}

static void value_cells(const roi_page *p, const double x[VALUES], const form *f, int errors) {
  char text[ROI_NUMBER];
  for (int i = 0; i < shown_values(f->kind); i++) {
    const char *shown = errors ? error_text(text, x[i], f) : value_text(text, x[i], f);
    cell(p, errors && isinf(x[i]) ? "-" : shown, CELL_WIDTH);
  }
}

/* What an npv comes with: its ratio to the cost, the chance of a loss; errors of both. */
static void npv_cells(const roi_page *p, const roi_comparison *c, const roi_version *v, const roi_summary *s, int errors) {
  char text[ROI_NUMBER];
  const roi_ratio_result *r = v->ratio == ROI_NO_INDEX ? NULL : &c->report->ratios[v->ratio];
  form percent = {.kind = ROI_KIND_PERCENT, .decimals = 1};
  double ratio = r ? r->ratio : (double)NAN, ratio_se = r ? r->se : (double)NAN;
  cell(p, errors ? error_text(text, ratio_se, &percent) : roi_percent(text, ratio, 1), CELL_WIDTH - 1);
  cell(p, errors ? error_text(text, s->p_negative_se, &percent) : roi_percent_share(text, s->p_negative), CELL_WIDTH - 1);
}

static void one_version(const roi_page *p, const roi_comparison *c, size_t i, const form *f) {
  const roi_version *v = &c->version[i];
  const roi_summary *s = summary_of(c, v->output);
  double x[VALUES], se[VALUES];
  char text[ROI_NUMBER];
  label(p, c, i, 0);
  if (!s) {
    static const double nothing[VALUES];
    value_cells(p, nothing, f, 0);
    roi_buffer_text(p->out, "\n");
    return;
  }
  int varies = values_of(s, x, se);
  value_cells(p, x, f, 0);
  if (c->is_npv) npv_cells(p, c, v, s, 0);
  roi_buffer_text(p->out, "\n");
  if (!varies) return;
  snprintf(text, sizeof text, "   %sse", p->plus_minus);
  roi_page_left(p, text, LABEL_WIDTH);
  value_cells(p, se, f, 1);
  if (c->is_npv) npv_cells(p, c, v, s, 1);
  roi_buffer_text(p->out, "\n");
}

static void versions(const roi_page *p, const roi_comparison *c) {
  static const char *const more[] = {"npv/cost", "P(<0)"};
  form f = form_of_all(c, 0);
  heading(p, c, c->output, &f, more, c->is_npv ? 2 : 0);
  for (size_t i = 0; i < c->n; i++) one_version(p, c, i, &f);
}

/* "no funding needed in 50.1%, 23.8% never": the trials that the median or a mean says nothing of; "" if there are none. */
static const char *without_payback(char *buf, size_t size, const roi_summary *s) {
  char a[ROI_NUMBER];
  int n = 0;
  *buf = '\0';
  if (s->self_funded) n = snprintf(buf, size, "no funding needed in %s", roi_percent_share(a, (double)s->self_funded / (double)s->trials));
  if (s->never)
    snprintf(buf + n, size - (size_t)n, "%s%s never", n ? ", " : "", roi_percent_share(a, (double)s->never / (double)s->trials));
  return buf;
}

/* "Median payback, months: as written 19; ship now 17 (3.2% never)" */
static void paybacks(const roi_page *p, const roi_comparison *c) {
  char item[3 * ROI_NAME], name[ROI_NAME], a[ROI_NUMBER], rest[3 * ROI_NUMBER];
  if (!c->is_npv) return;
  snprintf(item, sizeof item, "Median payback, %s: ", roi_period_text(c->graph, 2));
  roi_paragraph q = roi_paragraph_begin(p, item, "; ", 2);
  q.empty = 1;
  for (size_t i = 0; i < c->n; i++) {
    const roi_summary *s = summary_of(c, c->version[i].payback);
    if (!s || (s->n + s->never > 0 && isnan(s->quantile[4]))) continue;
    roi_page_name(p, name, c->version[i].name, 26);
    without_payback(rest, sizeof rest, s);
    if (s->n + s->never == 0) snprintf(item, sizeof item, "%s none", name);
    else if (s->self_funded && isinf(s->quantile[4])) snprintf(item, sizeof item, "%s %s", name, rest); /* that of the rest is never */
    else if (*rest && isfinite(s->quantile[4])) snprintf(item, sizeof item, "%s %s (%s)", name, roi_periods(a, s->quantile[4]), rest);
    else snprintf(item, sizeof item, "%s %s", name, roi_periods(a, s->quantile[4]));
    roi_paragraph_add(&q, item);
  }
  roi_paragraph_end(&q);
}

/* A run that keeps no columns ranks its values in a second pass; cut short in the first it has none. */
static void unknown_ranks(const roi_page *p, const roi_comparison *c) {
  for (size_t i = 0; c->stopped && i < c->report->n_outputs; i++) {
    const roi_summary *s = &c->report->outputs[i];
    if (s->n == 0 || !isnan(s->quantile[0])) continue;
    roi_page_sentence(p, "Quantiles are unknown: the run was stopped before the end of its second pass.");
    return;
  }
}

/* What has no number is told, whatever the output. */
static void states(const roi_page *p, const roi_comparison *c) {
  for (size_t i = 0; i < c->n; i++) {
    const roi_summary *s = summary_of(c, c->version[i].output);
    char text[2 * ROI_NAME], name[ROI_NAME], a[ROI_NUMBER], rest[3 * ROI_NUMBER];
    if (!s || s->never + s->undefined == 0) continue;
    roi_page_name(p, name, c->version[i].name, 40);
    if (s->self_funded)
      snprintf(text, sizeof text, "'%s': %s%s.", name, without_payback(rest, sizeof rest, s), s->never ? "" : " of trials");
    else
      snprintf(text, sizeof text, "'%s': %s in %s of trials.", name, s->undefined ? "undefined" : "never",
               roi_percent_share(a, (double)(s->undefined ? s->undefined : s->never) / (double)s->trials));
    roi_page_sentence(p, text);
  }
}

static void differences(const roi_page *p, const roi_comparison *c) {
  char title[2 * ROI_NAME], name[ROI_NAME], text[ROI_NUMBER];
  form f = form_of_all(c, 1);
  roi_page_name(p, name, c->version[c->baseline].name, 40);
  snprintf(title, sizeof title, "Minus '%s', in the same trials", name);
  static const char *const better[] = {"P(>0)"}, *const lower[] = {"P(<0)"};
  heading(p, c, title, &f, c->lower_is_better ? lower : better, 1);
  for (size_t i = 0; i < c->n; i++) {
    const roi_summary *s = summary_of(c, c->version[i].difference);
    double x[VALUES], se[VALUES];
    if (!s) continue;
    const roi_share_result *beats = &c->report->shares[c->beats[i * c->n + c->baseline]];
    int varies = values_of(s, x, se);
    label(p, c, i, 0);
    value_cells(p, x, &f, 0);
    cell(p, roi_percent_share(text, beats->p), CELL_WIDTH - 1);
    roi_buffer_text(p->out, "\n");
    if (!varies) continue;
    form percent = {.kind = ROI_KIND_PERCENT, .decimals = 1};
    snprintf(text, sizeof text, "   %sse", p->plus_minus);
    roi_page_left(p, text, LABEL_WIDTH);
    value_cells(p, se, &f, 1);
    cell(p, error_text(text, beats->se, &percent), CELL_WIDTH - 1);
    roi_buffer_text(p->out, "\n");
  }
}

/* "Left out, where either is never: dearer 22.5%, ..." */
static void left_out(const roi_page *p, const roi_comparison *c) {
  char item[2 * ROI_NAME], name[ROI_NAME], a[ROI_NUMBER];
  roi_paragraph q = roi_paragraph_begin(p, "Left out, where either is never: ", "; ", 2);
  q.empty = 1;
  for (size_t i = 0; i < c->n; i++) {
    const roi_summary *s = summary_of(c, c->version[i].difference);
    if (!s) continue;
    snprintf(item, sizeof item, "%s %s", roi_page_name(p, name, c->version[i].name, 30),
             roi_percent_share(a, (double)s->no_cost / (double)s->trials));
    roi_paragraph_add(&q, item);
  }
  roi_paragraph_end(&q);
}

/* Columns first .. last - 1 of who beats whom. */
static void beats_block(const roi_page *p, const roi_comparison *c, size_t first, size_t last) {
  char text[ROI_NUMBER];
  roi_page_left(p, first ? "" : c->lower_is_better ? "P(row below column)" : "P(row above column)", LABEL_WIDTH + 2);
  for (size_t k = first; k < last; k++) {
    char letter[4] = {(char)('A' + k % 26), k >= 26 ? (char)('0' + k / 26) : '\0', '\0', '\0'};
    roi_page_right(p, letter, BEATS_WIDTH);
  }
  roi_buffer_text(p->out, "\n");
  for (size_t i = 0; i < c->n; i++) {
    label(p, c, i, 1);
    roi_buffer_text(p->out, "  ");
    for (size_t k = first; k < last; k++) {
      int same = i == k;
      cell(p, same ? "-" : roi_percent_share(text, c->report->shares[c->beats[i * c->n + k]].p), BEATS_WIDTH);
    }
    roi_buffer_text(p->out, "\n");
  }
}

static void beats(const roi_page *p, const roi_comparison *c) {
  double widest = 0;
  for (size_t first = 0; first < c->n; first += BEATS_COLUMNS)
    beats_block(p, c, first, first + BEATS_COLUMNS < c->n ? first + BEATS_COLUMNS : c->n);
  for (size_t i = 0; i < c->n * c->n; i++) {
    if (i / c->n == i % c->n) continue;
    const roi_share_result *r = &c->report->shares[c->beats[i]];
    widest = fmax(widest, fmax(r->high - r->p, r->p - r->low));
  }
  char text[160], a[ROI_NUMBER];
  snprintf(text, sizeof text, "Equal values beat neither; 95%% intervals reach %s%s or less to either side.", p->plus_minus,
           roi_percent(a, widest, widest < 0.00095 && widest > 0 ? -roi_magnitude(widest * 100) : 1));
  roi_page_sentence(p, text);
}

static void probabilities(const roi_page *p, const roi_comparison *c) {
  char item[3 * ROI_NAME], name[ROI_NAME], a[ROI_NUMBER];
  for (size_t k = 0; k < c->n_prob; k++) {
    roi_page_name(p, name, c->prob[k], ROI_PAGE_WIDTH - 20);
    snprintf(item, sizeof item, "P(%s): ", name);
    roi_paragraph q = roi_paragraph_begin(p, item, "; ", 2);
    q.empty = 1;
    for (size_t i = 0; i < c->n; i++) {
      if (c->version[i].prob == ROI_NO_INDEX) continue;
      const roi_share_result *r = &c->report->shares[c->version[i].prob + k];
      snprintf(item, sizeof item, "%s %s", roi_page_name(p, name, c->version[i].name, 30), roi_percent_pm(a, r->p, r->se, p->plus_minus));
      roi_paragraph_add(&q, item);
    }
    roi_paragraph_end(&q);
  }
}

static void footer(const roi_page *p, const roi_comparison *c) {
  const roi_options *o = &c->request->options;
  char done[ROI_NUMBER], asked[ROI_NUMBER], item[4 * ROI_NUMBER];
  roi_page_libraries(p, c->graph);
  roi_paragraph q = roi_paragraph_begin(p, "", "  ", 2);
  roi_number_fixed(done, (double)c->report->trials, 0);
  if (c->stopped) snprintf(item, sizeof item, "%s: %s of %s trials", c->stopped, done, roi_number_fixed(asked, (double)o->trials, 0));
  else snprintf(item, sizeof item, "%s trials, the same for all", done);
  roi_paragraph_add(&q, item);
  snprintf(item, sizeof item, "seed %llu", (unsigned long long)o->seed);
  roi_paragraph_add(&q, item);
  int n = snprintf(item, sizeof item, "%s", roi_sampling_names[o->sampling]);
  if (c->report->replicates) snprintf(item + n, sizeof item - (size_t)n, ", %zu replicates", c->report->replicates);
  roi_paragraph_add(&q, item);
  if (c->graph->n_files) {
    const uint8_t *h = c->graph->files[0].sha256;
    snprintf(item, sizeof item, "model %02x%02x%02x%02x", h[0], h[1], h[2], h[3]);
    roi_paragraph_add(&q, item);
  }
  roi_paragraph_add(&q, "roisim " ROISIM_VERSION);
  roi_paragraph_end(&q);
}

void roi_report_compare(roi_buffer *out, const roi_comparison *c, const roi_style *style) {
  roi_view shared = {.graph = c->graph}; /* what the page's helpers look at */
  roi_page page = {out, &shared, style, style->utf8 ? "±" : "+-", style->utf8 ? "…" : "..."};
  if (c->stopped) {
    roi_report_partial(out, c->report, c->request->options.trials, c->stopped);
    roi_buffer_text(out, "\n");
  }
  headline(&page, c);
  roi_page_rule(&page);
  roi_page_model(&page);
  roi_buffer_text(out, "\n");
  versions(&page, c);
  unknown_ranks(&page, c);
  paybacks(&page, c);
  states(&page, c);
  probabilities(&page, c);
  roi_buffer_text(out, "\n");
  differences(&page, c);
  if (c->may_never) left_out(&page, c);
  roi_buffer_text(out, "\n");
  beats(&page, c);
  footer(&page, c);
}
