#include <string.h>

#include "report/report.h"

/* Of a part's output, such as "triage.npv", what stands after the point decides. */
static roi_kind standard_kind(const char *name) {
  const char *point = strrchr(name, '.');
  if (point) name = point + 1;
  static const struct { const char *name; roi_kind kind; } kinds[] = {
      {"npv", ROI_KIND_MONEY},        {"roi", ROI_KIND_PERCENT},     {"payback", ROI_KIND_PERIODS},
      {"irr", ROI_KIND_PERCENT},      {"bcr", ROI_KIND_NUMBER},      {"discounted_payback", ROI_KIND_PERIODS},
      {"pv_cost", ROI_KIND_MONEY},    {"pv_benefit", ROI_KIND_MONEY}, {"peak_funding", ROI_KIND_MONEY}};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (!strcmp(name, kinds[i].name)) return kinds[i].kind;
  return ROI_KIND_NUMBER;
}

roi_kind roi_output_kind(const roi_graph *g, const char *name, roi_node node) {
  const roi_output_row *same = NULL;
  for (size_t i = 0; i < g->n_outputs; i++) {
    const roi_output_row *row = &g->outputs[i];
    if (!row->standard) continue;
    if (!strcmp(roi_graph_text(g, row->name), name)) return standard_kind(name);
    if (row->node == node && !same) same = row;
  }
  if (g->nodes[node].flags & ROI_CONDITION) return ROI_KIND_CONDITION;
  return same && g->nodes[node].op != ROI_CONST ? standard_kind(roi_graph_text(g, same->name)) : ROI_KIND_NUMBER;
}

size_t roi_view_standard(const roi_view *v, const char *name) {
  for (size_t i = 0; i < v->graph->n_outputs; i++) {
    const roi_output_row *row = &v->graph->outputs[i];
    if (!row->standard || strcmp(roi_graph_text(v->graph, row->name), name) != 0) continue;
    for (size_t k = 0; k < roi_listed(v->request); k++)
      if (!strcmp(v->request->outputs[k].name, name)) return k;
  }
  return ROI_NO_INDEX;
}

roi_mean_result roi_view_mean(const roi_view *v, size_t cell) {
  const roi_cell_source *at = &v->cells[cell];
  if (at->from == ROI_FROM_MEAN) return v->report->means[at->index];
  const roi_summary *s = &v->report->outputs[at->index];
  return (roi_mean_result){.mean = s->mean, .se = s->mean_se, .n = s->n, .never = s->never};
}

const char *roi_period_text(const roi_graph *g, double n) {
  static const char *const many[ROI_PERIOD_COUNT] = {"weeks", "months", "quarters", "years"};
  return n == 1 ? roi_period_names[g->period] : many[g->period];
}

const char *roi_period_short(const roi_graph *g) {
  static const char *const texts[ROI_PERIOD_COUNT] = {"wk.", "mo.", "qtr.", "yr."};
  return texts[g->period];
}
