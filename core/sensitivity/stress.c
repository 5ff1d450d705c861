#include "sensitivity/stress.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "graph/wire.h"
#include "sensitivity/drivers.h"

static roi_node draw_named(const roi_graph *g, const char *name) {
  for (size_t i = 0; i < g->n_nodes; i++)
    if (g->nodes[i].op == ROI_DRAW && strcmp(roi_graph_text(g, g->nodes[i].name), name) == 0) return (roi_node)i;
  return ROI_NONE;
}

/* Of the drivers those that can be correlated with each other: no draws made each period, none that stand in a group already. */
static void choose(const roi_graph *g, const roi_drivers *d, roi_stress *out, roi_node *node) {
  for (size_t i = 0; i < d->n && out->n < ROI_STRESS_DRAWS; i++) {
    roi_node draw = draw_named(g, d->row[i].name);
    if (draw == ROI_NONE || (g->nodes[draw].flags & ROI_EACH_PERIOD) || roi_graph_group_of(g, draw)) continue;
    out->draw[out->n] = roi_graph_text(g, g->nodes[draw].name);
    out->falls[out->n] = d->row[i].at_p90 < d->row[i].at_p10;
    node[out->n++] = draw;
  }
}

static roi_graph *copy_of(const roi_graph *g, roi_error *err) {
  size_t size;
  void *buffer = roi_graph_write(g, &size, err);
  roi_graph *copy = buffer ? roi_graph_read(buffer, size, err) : NULL;
  roi_free(buffer);
  return copy;
}

/* Correlates the draws of a copy pair by pair, and notes what came of it. */
static roi_status correlate(roi_graph *g, const roi_stress *s, const roi_node *node, roi_stress_case *c, roi_error *err) {
  roi_correlation_row row[ROI_STRESS_DRAWS * (ROI_STRESS_DRAWS - 1) / 2];
  int sign[sizeof row / sizeof *row];
  size_t n = 0, first = g->n_correlations;
  for (size_t i = 0; i < s->n; i++)
    for (size_t j = 0; j < i; j++) {
      roi_node a = node[i] < node[j] ? node[i] : node[j], b = node[i] < node[j] ? node[j] : node[i];
      sign[n] = s->falls[i] == s->falls[j] ? 1 : -1;
      row[n] = (roi_correlation_row){.a = a, .b = b, .kind = ROI_CORRELATION_SPEARMAN, .asked = sign[n] * c->asked};
      n++;
    }
  roi_status status = roi_graph_correlate_pairs(g, row, n, err);
  c->low = INFINITY, c->high = -INFINITY;
  for (size_t i = first; i < g->n_correlations && !status; i++)
    for (size_t k = 0; k < n; k++) {
      if (g->correlations[i].a != row[k].a || g->correlations[i].b != row[k].b) continue;
      double used = sign[k] * roi_graph_correlation_used(g, &g->correlations[i]);
      c->low = fmin(c->low, used);
      c->high = fmax(c->high, used);
    }
  c->repaired = !status && g->groups[g->n_groups - 1].note != 0;
  return status;
}

static void note(roi_stress_case *c, const roi_summary *s) {
  c->mean = s->mean, c->mean_se = s->mean_se;
  c->sd = s->sd, c->sd_se = s->sd_se;
  c->p_negative = s->p_negative, c->p_negative_se = s->p_negative_se;
}

/* Runs one case on a copy of the graph. */
static roi_status run_case(const roi_graph *g, const roi_request *request, const roi_stress *s, const roi_node *node,
                           roi_stress_case *c, roi_error *err) {
  roi_graph *copy = copy_of(g, err);
  if (!copy) return err->status;
  roi_report *report = NULL;
  roi_request q = {.options = request->options, .block = request->block, .outputs = &s->output, .n_outputs = 1,
                   .progress = request->progress, .progress_data = request->progress_data};
  q.options.trials = s->trials;
  roi_status status = c->asked != 0 ? correlate(copy, s, node, c, err) : ROI_OK;
  if (!status) status = roi_simulate(copy, &q, &report, err);
  if (!status) note(c, &report->outputs[0]);
  roi_report_free(report);
  roi_graph_free(copy);
  return status;
}

roi_status roi_stress_find(roi_graph *g, const roi_request *request, const roi_target *output, uint64_t trials, const roi_summary *base,
                           roi_stress *out, roi_error *err) {
  static const double asked[ROI_STRESS_CASES] = {0, 0.5, -0.5};
  roi_drivers *drivers = NULL;
  roi_node node[ROI_STRESS_DRAWS];
  roi_error own = {0};
  if (!err) err = &own;
  *out = (roi_stress){.output = *output, .trials = trials};
  roi_request one = *request;
  one.outputs = output, one.n_outputs = 1, one.n_unlisted = 0;
  roi_status status = roi_drivers_find(g, &one, 0, &drivers, err);
  if (status == ROI_ERR_USAGE) { /* in words for the report */
    snprintf(out->missing, sizeof out->missing, "%.290s", err->text);
    return ROI_OK;
  }
  if (drivers) choose(g, drivers, out, node);
  roi_drivers_free(drivers);
  if (!status && out->n < 2)
    snprintf(out->missing, sizeof out->missing, "not shown, for fewer than two of the inputs that move it are correlated with nothing yet");
  for (size_t i = 0; i < ROI_STRESS_CASES && !status && out->n >= 2; i++) {
    out->row[i] = (roi_stress_case){.asked = asked[i]};
    if (asked[i] == 0 && base) note(&out->row[i], base);
    else status = run_case(g, request, out, node, &out->row[i], err);
  }
  return status;
}
