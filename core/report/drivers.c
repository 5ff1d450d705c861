#include "report/drivers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "report/report.h"

#define ROOM 4000000 /* doubles for the points and values of one call */
#define TINY 0x1p-53 /* the ends of the uniforms: surely no, surely yes */

typedef struct draw { roi_node node; size_t index; } draw; /* index: among all draws of the graph */

/* What one search works on. */
typedef struct search {
  const roi_request *request;
  const roi_graph *graph;
  draw *draws; size_t n_draws;    /* that the output depends on */
  size_t all_draws;               /* of the graph */
  roi_target *targets; size_t n_targets; /* the outputs, then the draws */
  double *u, *values;             /* for `chunk` points */
  size_t chunk;
} search;

/* Lists the draws that a node depends on: arguments come before the nodes that use them, so one sweep back marks
 * all. */
static roi_status find_draws(search *s, roi_node node, roi_error *err) {
  const roi_graph *g = s->graph;
  unsigned char *used = roi_alloc_zero(g->n_nodes, 1);
  if (!used) return roi_fail_memory(err, "looking for drivers");
  int per_trial = 0;
  used[node] = 1;
  for (size_t i = (size_t)node + 1; i-- > 0;) {
    const roi_node_row *row = &g->nodes[i];
    if (!used[i]) continue;
    for (uint32_t a = 0; a < row->n_args; a++) used[g->args[row->first_arg + a]] = 1;
    if (row->op == ROI_DRAW) s->n_draws++;
    if (row->op == ROI_EXTERN) per_trial = 1;
  }
  if (per_trial) {
    roi_free(used);
    return roi_fail(err, ROI_ERR_USAGE, "not shown, for roi.per_trial functions draw numbers of their own");
  }
  if (s->n_draws > ROI_DRIVERS_MAX) {
    roi_free(used);
    return roi_fail(err, ROI_ERR_USAGE, "not shown for %zu uncertain inputs, only for %d or fewer", s->n_draws,
                    ROI_DRIVERS_MAX);
  }
  s->draws = roi_alloc(s->n_draws, sizeof *s->draws);
  size_t k = 0;
  for (size_t i = 0; i < g->n_nodes && s->draws; i++) {
    if (g->nodes[i].op != ROI_DRAW) continue;
    if (used[i]) s->draws[k++] = (draw){(roi_node)i, s->all_draws};
    s->all_draws++;
  }
  roi_free(used);
  return s->draws ? ROI_OK : roi_fail_memory(err, "looking for drivers");
}

static int is_bernoulli(const roi_graph *g, roi_node node) {
  const roi_node_row *dist = &g->nodes[g->args[g->nodes[node].first_arg]];
  return dist->op == ROI_DIST && dist->family == ROI_FAMILY_BERNOULLI;
}

static double chance_of(const roi_graph *g, roi_node node) {
  double p;
  const roi_node_row *dist = &g->nodes[g->args[g->nodes[node].first_arg]];
  return roi_graph_constant(g, g->args[dist->first_arg], &p) ? p : (double)NAN;
}

/* The outputs and the draws as targets; a draw made each period is shown by its first period. */
static roi_status set_targets(search *s, roi_graph *g, roi_error *err) {
  size_t n_outputs = s->request->n_outputs;
  s->n_targets = n_outputs + s->n_draws;
  s->targets = roi_alloc(s->n_targets, sizeof *s->targets);
  if (!s->targets) return roi_fail_memory(err, "looking for drivers");
  memcpy(s->targets, s->request->outputs, n_outputs * sizeof *s->targets);
  for (size_t i = 0; i < s->n_draws; i++) {
    roi_node node = s->draws[i].node;
    if (g->nodes[node].shape == ROI_SERIES_SHAPE) {
      roi_error cause = {0};
      node = roi_apply_at(g, ROI_ELEMENT, &node, 1, 1, &cause);
      if (node == ROI_NONE) {
        if (err) *err = cause;
        return cause.status;
      }
    }
    s->targets[n_outputs + i] = (roi_target){"", node};
  }
  s->chunk = ROOM / (s->all_draws + s->n_targets);
  if (s->chunk < 1) s->chunk = 1;
  if (s->chunk > 2 * s->n_draws + 1) s->chunk = 2 * s->n_draws + 1;
  s->u = roi_alloc(s->chunk * s->all_draws, sizeof *s->u);
  s->values = roi_alloc(s->chunk * s->n_targets, sizeof *s->values);
  return s->u && s->values ? ROI_OK : roi_fail_memory(err, "looking for drivers");
}

/* Point 0 has every draw at its median; points 1 + 2 i and 2 + 2 i move draw i down and up. */
static void set_point(const search *s, double *u, size_t point) {
  for (size_t i = 0; i < s->all_draws; i++) u[i] = 0.5;
  if (point == 0) return;
  const draw *d = &s->draws[(point - 1) / 2];
  int up = (point - 1) % 2 == 1;
  double low = is_bernoulli(s->graph, d->node) ? TINY : 0.1;
  u[d->index] = up ? 1 - low : low;
}

static void keep_point(const search *s, roi_drivers *d, size_t point, const double *values, size_t n) {
  size_t n_outputs = s->request->n_outputs;
  double y = values[d->output * n];
  if (point == 0) {
    d->at_median = y;
    for (size_t i = 0; i < n_outputs; i++) d->median[i] = values[i * n];
    return;
  }
  size_t i = (point - 1) / 2;
  roi_driver *row = &d->row[i];
  double x = values[(n_outputs + i) * n];
  if ((point - 1) % 2) { row->p90 = x; row->at_p90 = y; }
  else { row->p10 = x; row->at_p10 = y; }
}

static roi_status evaluate(search *s, roi_drivers *d, roi_error *err) {
  size_t points = 2 * s->n_draws + 1;
  for (size_t first = 0; first < points; first += s->chunk) {
    size_t n = points - first < s->chunk ? points - first : s->chunk;
    for (size_t i = 0; i < n; i++) set_point(s, s->u + i * s->all_draws, first + i);
    roi_status status = roi_evaluate_at(s->graph, s->request, s->targets, s->n_targets, s->u, n, s->values, err);
    if (status) return status;
    for (size_t i = 0; i < n; i++) keep_point(s, d, first + i, s->values + i, n);
  }
  return ROI_OK;
}

static double as_number(double x, double horizon) { return x == ROI_NEVER ? horizon + 1 : x; }

static int is_undefined(const roi_driver *d) { return isnan(d->at_p10) || isnan(d->at_p90); }

double roi_driver_swing(const roi_driver *d, double horizon) {
  double swing = fabs(as_number(d->at_p90, horizon) - as_number(d->at_p10, horizon));
  return isnan(swing) ? 0 : swing;
}

/* The same swings in the same order of draws as the graph's, so that two runs print the same. */
typedef struct ranked { double swing; size_t index; } ranked;
static int wider_first(const void *a, const void *b) {
  const ranked *x = a, *y = b;
  if (x->swing != y->swing) return x->swing > y->swing ? -1 : 1;
  return x->index < y->index ? -1 : 1;
}

/* Sorts by swing, with the draws that leave the output undefined after the others, and without those that move nothing. */
static roi_status rank(roi_drivers *d, double horizon, roi_error *err) {
  ranked *order = roi_alloc(d->n, sizeof *order);
  roi_driver *row = roi_alloc(d->n, sizeof *row);
  if (!order || !row) {
    roi_free(order);
    roi_free(row);
    return roi_fail_memory(err, "ranking drivers");
  }
  size_t n = 0, last = 0;
  for (size_t i = 0; i < d->n; i++) {
    double swing = roi_driver_swing(&d->row[i], horizon);
    if (swing > 0) order[n++] = (ranked){swing, i};
  }
  qsort(order, n, sizeof *order, wider_first);
  for (size_t i = 0; i < n; i++) row[i] = d->row[order[i].index];
  for (size_t i = 0; i < d->n; i++)
    if (is_undefined(&d->row[i])) row[n + last++] = d->row[i];
  d->n_undefined = last;
  roi_free(d->row);
  d->row = row;
  d->n = n;
  roi_free(order);
  return ROI_OK;
}

static roi_status find(search *s, roi_graph *g, size_t output, roi_drivers **drivers, roi_error *err) {
  roi_status status = find_draws(s, s->request->outputs[output].node, err);
  if (status || s->n_draws == 0) return status;
  status = set_targets(s, g, err);
  if (status) return status;
  roi_drivers *d = roi_alloc_zero(1, sizeof *d);
  if (!d) return roi_fail_memory(err, "looking for drivers");
  d->output = output;
  d->n = s->n_draws;
  d->row = roi_alloc_zero(d->n, sizeof *d->row);
  d->median = roi_alloc_zero(s->request->n_outputs, sizeof *d->median);
  if (!d->row || !d->median) {
    status = roi_fail_memory(err, "looking for drivers");
  } else {
    for (size_t i = 0; i < d->n; i++) {
      d->row[i].name = roi_graph_text(g, g->nodes[s->draws[i].node].name);
      d->row[i].yes_no = is_bernoulli(g, s->draws[i].node);
      d->row[i].chance = d->row[i].yes_no ? chance_of(g, s->draws[i].node) : (double)NAN;
    }
    status = evaluate(s, d, err);
    if (!status) status = rank(d, g->horizon, err);
  }
  if (!status && isnan(d->at_median))
    status = roi_fail(err, ROI_ERR_USAGE, "not shown, for %.100s has no value with every input at its median (%s)",
                      s->request->outputs[output].name, roi_state_words[roi_state_of(d->at_median)]);
  if (status) {
    roi_drivers_free(d);
    return status;
  }
  *drivers = d;
  return ROI_OK;
}

roi_status roi_drivers_find(roi_graph *g, const roi_request *request, size_t output, roi_drivers **drivers,
                            roi_error *err) {
  *drivers = NULL;
  search s = {.request = request, .graph = g};
  roi_status status = find(&s, g, output, drivers, err);
  roi_free(s.draws);
  roi_free(s.targets);
  roi_free(s.u);
  roi_free(s.values);
  return status;
}

void roi_drivers_free(roi_drivers *d) {
  if (!d) return;
  roi_free(d->median);
  roi_free(d->row);
  roi_free(d);
}
