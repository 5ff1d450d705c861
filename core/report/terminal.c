/* The terminal report: its order, its frame and what its blocks share. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/page.h"

/* -- What blocks share -------------------------------------------------------------------------------------------- */

roi_paragraph roi_paragraph_begin(const roi_page *p, const char *beginning, const char *separator, size_t indent) {
  roi_buffer_text(p->out, beginning);
  return (roi_paragraph){p, separator, indent, roi_text_width(beginning), 1};
}

void roi_paragraph_add(roi_paragraph *q, const char *item) {
  roi_buffer *out = q->page->out;
  size_t width = roi_text_width(item), gap = q->empty ? 0 : strlen(q->separator);
  size_t mark = strcspn(q->separator, " "); /* its punctuation stays with the item before, on the same line */
  if (!q->empty && q->column + gap + width + mark > ROI_PAGE_WIDTH) {
    roi_buffer_add(out, q->separator, mark);
    roi_buffer_text(out, "\n");
    roi_buffer_repeat(out, " ", q->indent);
    q->column = q->indent;
  } else if (!q->empty) {
    roi_buffer_text(out, q->separator);
    q->column += gap;
  }
  roi_buffer_text(out, item);
  q->column += width;
  q->empty = 0;
}

void roi_paragraph_end(roi_paragraph *q) {
  if (q->column > 0) roi_buffer_text(q->page->out, "\n");
}

void roi_page_sentence(const roi_page *p, const char *text) {
  roi_paragraph q = roi_paragraph_begin(p, "", " ", 0);
  char word[ROI_NAME], safe[ROI_NAME];
  while (*text) {
    size_t n = strcspn(text, " ");
    snprintf(word, sizeof word, "%.*s", (int)(n < sizeof word ? n : sizeof word - 1), text);
    if (n) roi_paragraph_add(&q, roi_page_name(p, safe, word, ROI_PAGE_WIDTH));
    text += n + strspn(text + n, " ");
  }
  roi_paragraph_end(&q);
}

void roi_page_left(const roi_page *p, const char *text, size_t width) {
  size_t own = roi_text_width(text);
  roi_buffer_text(p->out, text);
  if (own < width) roi_buffer_repeat(p->out, " ", width - own);
}

void roi_page_right(const roi_page *p, const char *text, size_t width) {
  size_t own = roi_text_width(text);
  if (own < width) roi_buffer_repeat(p->out, " ", width - own);
  roi_buffer_text(p->out, text);
}

const char *roi_page_name(const roi_page *p, char *buf, const char *name, size_t width) {
  roi_text_fit(buf, ROI_NAME, name, width, p->cut);
  return buf;
}

roi_kind roi_page_kind(const roi_page *p, size_t output) {
  const roi_target *t = &p->v->request->outputs[output];
  return roi_output_kind(p->v->graph, t->name, t->node);
}

void roi_page_unit(const roi_page *p, char *buf, size_t size, roi_kind kind, const char *suffix) {
  const roi_graph *g = p->v->graph;
  char currency[ROI_NAME];
  roi_page_name(p, currency, roi_graph_text(g, g->currency), 8);
  const char *unit = kind == ROI_KIND_MONEY ? currency : kind == ROI_KIND_PERIODS ? roi_period_short(g) : "";
  snprintf(buf, size, "%s%s%s", suffix, *suffix && *unit ? " " : "", unit);
}

/* -- The frame ---------------------------------------------------------------------------------------------------- */

void roi_page_rule(const roi_page *p) {
  roi_buffer_repeat(p->out, p->style->utf8 ? "─" : "-", ROI_PAGE_WIDTH);
  roi_buffer_text(p->out, "\n");
}

/* What the numbers are about, with everything that was not given and is taken as a default. */
void roi_page_model(const roi_page *p) {
  const roi_graph *g = p->v->graph;
  char text[ROI_NAME];
  const char *name = roi_graph_text(g, g->name);
  if (!*name && g->n_files) name = roi_graph_text(g, g->files[0].name);
  roi_paragraph q = roi_paragraph_begin(p, "", "  ", 2);
  if (*name) roi_paragraph_add(&q, roi_page_name(p, text, name, 60));
  if (g->scenario) {
    char scenario[ROI_NAME];
    roi_buffer item = {0};
    roi_buffer_print(&item, "scenario '%s'", roi_page_name(p, scenario, roi_graph_text(g, g->scenario), 50));
    if (item.failed) p->out->failed = 1;
    else roi_paragraph_add(&q, item.text);
    roi_buffer_free(&item);
  }
  if (g->has_flows) {
    double rate = 0;
    snprintf(text, sizeof text, "%u %s%s", g->horizon, roi_period_text(g, g->horizon),
             g->defaults & 1 ? " (default)" : "");
    roi_paragraph_add(&q, text);
    if (g->discount_rate == ROI_NONE) snprintf(text, sizeof text, "no discounting");
    else if (roi_graph_constant(g, g->discount_rate, &rate)) snprintf(text, sizeof text, "%.6g%%/year", rate * 100);
    else snprintf(text, sizeof text, "discounted at an uncertain rate");
    roi_paragraph_add(&q, text);
    if (g->currency == 0) roi_paragraph_add(&q, "no currency");
    roi_paragraph_add(&q, g->defaults & 8 ? "after tax" : g->defaults & 16 ? "no tax" : "no tax or terminal value");
    if (g->defaults & 24) roi_paragraph_add(&q, g->defaults & 16 ? "with a terminal value" : "no terminal value");
  }
  roi_paragraph_end(&q);
}

typedef struct component { size_t index; double size; } component;
static int larger_first(const void *a, const void *b) {
  const component *x = a, *y = b;
  if (x->size != y->size) return x->size > y->size ? -1 : 1;
  return x->index < y->index ? -1 : 1;
}

#define MOST_COMPONENTS 12

static void components(const roi_page *p) {
  const roi_graph *g = p->v->graph;
  size_t n = p->v->report->n_means < g->n_components ? p->v->report->n_means : g->n_components;
  if (n == 0) return;
  component *order = roi_alloc(n, sizeof *order);
  if (!order) { p->out->failed = 1; return; }
  for (size_t i = 0; i < n; i++) {
    double mean = p->v->report->means[i].mean;
    order[i] = (component){i, isnan(mean) ? 0 : fabs(mean)};
  }
  qsort(order, n, sizeof *order, larger_first);
  char name[ROI_NAME], text[ROI_NUMBER], item[2 * ROI_NAME];
  double largest = 0;
  for (size_t i = 0; i < n; i++) largest = order[i].size > largest ? order[i].size : largest;
  roi_scale scale = roi_scale_of(&largest, 1);
  roi_page_unit(p, name, sizeof name, ROI_KIND_MONEY, scale.suffix);
  snprintf(item, sizeof item, "\nMean PV%s%s: ", *name ? ", " : "", name);
  roi_paragraph q = roi_paragraph_begin(p, item, "; ", roi_text_width(item) - 1);
  q.column--;
  for (size_t i = 0; i < n && i < MOST_COMPONENTS; i++) {
    const roi_mean_result *m = &p->v->report->means[order[i].index];
    const roi_component_row *row = &g->components[order[i].index];
    double mean = row->kind == ROI_BENEFIT ? m->mean : -m->mean;
    if (*scale.suffix) roi_number_pm_in(text, mean, m->se, p->plus_minus, &scale);
    else roi_number_pm(text, mean, m->se, p->plus_minus);
    snprintf(item, sizeof item, "%s %s", roi_page_name(p, name, roi_graph_text(g, row->name), 40), text);
    roi_paragraph_add(&q, item);
  }
  if (n > MOST_COMPONENTS) {
    snprintf(item, sizeof item, "and %zu smaller ones", n - MOST_COMPONENTS);
    roi_paragraph_add(&q, item);
  }
  roi_paragraph_end(&q);
  roi_free(order);
}

static int larger_asked_first(const void *a, const void *b) {
  const roi_achieved_row *const *x = a, *const *y = b;
  double ax = fabs((*x)->pair->asked), ay = fabs((*y)->pair->asked);
  if (ax != ay) return ax > ay ? -1 : 1;
  return *x < *y ? -1 : *x > *y;
}

/* "Correlation achieved (asked): a, b 0.606 (0.6); b, c -0.294 (-0.9, repaired -0.3); and 2 more" */
static void correlations(const roi_page *p) {
  enum { MOST_PAIRS = 6 };
  const roi_achieved *a = p->v->achieved;
  const roi_graph *g = p->v->graph;
  char name[2][ROI_NAME], asked[ROI_NUMBER], got[ROI_NUMBER], used[ROI_NUMBER], item[4 * ROI_NAME];
  if (!a) return;
  const roi_achieved_row **order = roi_alloc(a->n, sizeof *order);
  if (!order) { p->out->failed = 1; return; }
  for (size_t i = 0; i < a->n; i++) order[i] = &a->row[i];
  qsort(order, a->n, sizeof *order, larger_asked_first);
  const char *heading = "Correlation achieved (asked): ";
  roi_paragraph q = roi_paragraph_begin(p, heading, "; ", 2);
  q.empty = 1;
  for (size_t i = 0; i < a->n && i < MOST_PAIRS; i++) {
    const roi_achieved_row *r = order[i];
    snprintf(asked, sizeof asked, "%.4g", r->pair->asked);
    used[0] = '\0';
    if (fabs(r->used - r->pair->asked) >= 5e-4) snprintf(used, sizeof used, ", repaired %.3f", r->used);
    if (isnan(r->achieved)) snprintf(got, sizeof got, "unknown");
    else snprintf(got, sizeof got, "%.3f", r->achieved);
    roi_page_name(p, name[0], roi_graph_text(g, g->nodes[r->pair->a].name), 24);
    roi_page_name(p, name[1], roi_graph_text(g, g->nodes[r->pair->b].name), 24);
    snprintf(item, sizeof item, "%s, %s %s (%s%s%s)", name[0], name[1], got, asked,
             r->pair->kind == ROI_CORRELATION_PEARSON ? " of scores" : "", used);
    roi_paragraph_add(&q, item);
  }
  if (a->n > MOST_PAIRS) {
    snprintf(item, sizeof item, "and %zu more", a->n - MOST_PAIRS);
    roi_paragraph_add(&q, item);
  }
  if (a->trials < p->v->report->trials) {
    snprintf(item, sizeof item, "of %s trials", roi_number_fixed(got, (double)a->trials, 0));
    roi_paragraph_add(&q, item);
  }
  roi_paragraph_end(&q);
  roi_free(order);
}

/* Draws that a design of points has no dimension for, by name if they are few, else counted by the reason. */
static void plain_draws(const roi_page *p) {
  enum { MOST_NAMED = 6 };
  enum { EACH_PERIOD, PER_TRIAL, BEYOND, REASONS };
  static const char *const one[REASONS] = {" (each period)", " (per trial)", " (past the last dimension)"};
  static const char *const many[REASONS] = {"made each period", "of per-trial functions", "past the last dimension"};
  const roi_view *v = p->v;
  size_t n = v->report->n_plain_draws, count[REASONS] = {0};
  char name[ROI_NAME], item[2 * ROI_NAME];
  if (n == 0) return;
  roi_paragraph q = roi_paragraph_begin(p, "Drawn plainly: ", ", ", 15);
  q.empty = 1;
  for (size_t i = 0; i < n; i++) {
    const roi_node_row *row = &v->graph->nodes[v->report->plain_draws[i]];
    int reason = row->op == ROI_EXTERN ? PER_TRIAL : row->flags & ROI_EACH_PERIOD ? EACH_PERIOD : BEYOND;
    count[reason]++;
    if (n > MOST_NAMED) continue;
    snprintf(item, sizeof item, "%s%s", roi_page_name(p, name, roi_graph_text(v->graph, row->name), 34), one[reason]);
    roi_paragraph_add(&q, item);
  }
  for (int k = 0; k < REASONS && n > MOST_NAMED; k++) {
    if (count[k] == 0) continue;
    snprintf(item, sizeof item, "%s %s", roi_number_fixed(name, (double)count[k], 0), many[k]);
    roi_paragraph_add(&q, item);
  }
  roi_paragraph_end(&q);
}

/* An error, or what was asked of it: two digits, or those that were typed. */
static void error_text(char *buf, double x, int share, int typed) {
  double shown = share ? 100 * x : x;
  if (typed) snprintf(buf, ROI_NUMBER, "%.6g%s", shown, share ? "%" : "");
  else if (isfinite(shown) && shown > 0 && shown < 100)
    snprintf(buf, ROI_NUMBER, "%.*f%s", roi_magnitude(shown) < 1 ? 1 - roi_magnitude(shown) : 0, shown, share ? "%" : "");
  else if (share) roi_percent_short(buf, x);
  else if (shown < 1e6) roi_number_fixed(buf, x, 0);
  else roi_number_short(buf, x);
}

/* "until: roi.mean ±0.41% of 84.1% (asked 0.5%); took 162,000 trials in 3 runs" */
static void until(const roi_page *p) {
  const roi_until_report *u = p->v->until;
  char name[ROI_NAME], value[ROI_NUMBER], se[ROI_NUMBER], asked[ROI_NUMBER], item[2 * ROI_NAME];
  if (!u) return;
  roi_paragraph q = roi_paragraph_begin(p, "until: ", "; ", 7);
  q.empty = 1;
  for (size_t i = 0; i < u->n; i++) {
    const roi_until_row *row = &u->row[i];
    int share = row->relative || row->kind == ROI_KIND_PERCENT;
    error_text(se, row->relative && row->value != 0 ? row->se / fabs(row->value) : row->se, share, 0);
    error_text(asked, row->asked, share, 1);
    roi_number_kind(value, row->value, row->kind);
    roi_page_name(p, name, row->name, 34);
    const char *missed = row->reached ? "" : ": not reached";
    if (!isfinite(row->se)) snprintf(item, sizeof item, "%s %s, error unknown (asked %s%s)", name, value, asked, missed);
    else if (row->relative && row->value != 0)
      snprintf(item, sizeof item, "%s %s%s of %s (asked %s%s)", name, p->plus_minus, se, value, asked, missed);
    else snprintf(item, sizeof item, "%s %s %s%s (asked %s%s)", name, value, p->plus_minus, se, asked, missed);
    roi_paragraph_add(&q, item);
  }
  snprintf(item, sizeof item, "took %s trials in %llu run%s", roi_number_fixed(value, (double)u->trials_total, 0),
           (unsigned long long)u->runs, u->runs == 1 ? "" : "s");
  roi_paragraph_add(&q, item);
  roi_paragraph_end(&q);
}

static void footer(const roi_page *p) {
  const roi_view *v = p->v;
  const roi_options *o = &v->request->options;
  char done[ROI_NUMBER], asked[ROI_NUMBER], item[4 * ROI_NUMBER];
  roi_paragraph q = roi_paragraph_begin(p, "", "  ", 2);
  roi_number_fixed(done, (double)v->report->trials, 0);
  if (!v->report->complete) snprintf(item, sizeof item, "%s of %s trials", done, roi_number_fixed(asked, (double)o->trials, 0));
  else snprintf(item, sizeof item, "%s trial%s", done, v->report->trials == 1 ? "" : "s");
  roi_paragraph_add(&q, item);
  snprintf(item, sizeof item, "seed %llu", (unsigned long long)o->seed);
  roi_paragraph_add(&q, item);
  int n = snprintf(item, sizeof item, "%s", roi_sampling_names[o->sampling]);
  if (v->report->replicates) snprintf(item + n, sizeof item - (size_t)n, ", %zu replicates", v->report->replicates);
  roi_paragraph_add(&q, item);
  if (v->graph->n_files) {
    const uint8_t *h = v->graph->files[0].sha256;
    snprintf(item, sizeof item, "model %02x%02x%02x%02x", h[0], h[1], h[2], h[3]);
    roi_paragraph_add(&q, item);
  }
  roi_paragraph_add(&q, "roisim " ROISIM_VERSION);
  roi_paragraph_end(&q);
}

void roi_report_terminal(roi_buffer *out, const roi_view *v, const roi_style *style) {
  roi_page page = {out, v, style, style->utf8 ? "±" : "+-", style->utf8 ? "…" : "..."};
  roi_page_headline(&page);
  roi_page_rule(&page);
  roi_page_model(&page);
  if (v->report->trials > 0) {
    roi_buffer_text(out, "\n");
    roi_page_table(&page);
    roi_page_figures(&page);
    roi_page_at_median(&page);
    roi_page_histogram(&page);
    roi_page_drivers(&page);
    components(&page);
    correlations(&page);
    roi_page_stress(&page);
    roi_page_sheets(&page);
  }
  until(&page);
  plain_draws(&page);
  roi_page_libraries(&page, v->graph);
  footer(&page);
}
