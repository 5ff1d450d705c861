/* The method `tornado`, and the points behind the drivers' picture of every run.
 *
 * A yes-or-no input goes from no to yes. An input drawn anew each period moves in all periods together, as far as
 * its mean does between its own P10 and P90. Correlation is left out: each input moves alone. */
#include "sensitivity/swings.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/state.h"
#include "sensitivity/matrices.h"
#include "sensitivity/methods.h"

#define ROOM 4000000 /* doubles for the points and values of one call */

typedef struct search {
  const roi_graph *g;
  const roi_factor *factors; size_t n_factors;
  roi_target *targets;          /* those asked for, then the factors that are single draws */
  size_t n_asked, n_targets, swung;
  size_t *target_of;            /* by factor; 0: a group has none */
  size_t draws;                 /* of the graph */
  unsigned char *each_period;   /* by draw */
  double *u, *values;           /* for `chunk` points */
  size_t chunk;
} search;

unsigned char *roi_mark_sources(const roi_graph *g, roi_node node, roi_error *err) {
  unsigned char *used = roi_alloc_zero(g->n_nodes, 1);
  if (!used) {
    roi_fail_memory(err, "looking for inputs");
    return NULL;
  }
  used[node] = 1;
  for (size_t i = (size_t)node + 1; i-- > 0;) { /* arguments come before the nodes that use them: one sweep back marks all */
    const roi_node_row *row = &g->nodes[i];
    for (uint32_t a = 0; used[i] && a < row->n_args; a++) used[g->args[row->first_arg + a]] = 1;
  }
  return used;
}

int roi_is_per_trial(const roi_graph *g, roi_node node) {
  unsigned char *used = roi_mark_sources(g, node, NULL);
  if (!used) return -1;
  int found = 0;
  for (size_t i = 0; i <= node; i++) found |= used[i] && g->nodes[i].op == ROI_EXTERN;
  roi_free(used);
  return found;
}

int roi_is_yes_no(const roi_graph *g, roi_node draw) {
  const roi_node_row *dist = &g->nodes[g->args[g->nodes[draw].first_arg]];
  return dist->op == ROI_DIST && dist->family == ROI_FAMILY_BERNOULLI;
}

double roi_chance_of(const roi_graph *g, roi_node draw) {
  double p;
  const roi_node_row *dist = &g->nodes[g->args[g->nodes[draw].first_arg]];
  return roi_graph_constant(g, g->args[dist->first_arg], &p) ? p : (double)NAN;
}

static roi_status set_up(search *s, const roi_target *targets, roi_error *err) {
  size_t points = 2 * s->n_factors + 1;
  s->targets = roi_alloc(s->n_asked + s->n_factors, sizeof *s->targets);
  s->target_of = roi_alloc_zero(s->n_factors + 1, sizeof *s->target_of);
  if (!s->targets || !s->target_of) return roi_fail_memory(err, "looking for drivers");
  memcpy(s->targets, targets, s->n_asked * sizeof *targets);
  s->n_targets = s->n_asked;
  for (size_t f = 0; f < s->n_factors; f++) {
    if (s->factors[f].node == ROI_NONE) continue;
    s->target_of[f] = s->n_targets;
    s->targets[s->n_targets++] = (roi_target){"", s->factors[f].node};
  }
  s->draws = roi_graph_draws(s->g);
  s->chunk = ROOM / (s->draws + s->n_targets);
  if (s->chunk < 1) s->chunk = 1;
  if (s->chunk > points) s->chunk = points;
  s->u = roi_alloc(s->chunk * s->draws, sizeof *s->u);
  s->values = roi_alloc(s->chunk * s->n_targets, sizeof *s->values);
  s->each_period = roi_each_period_draws(s->g, err);
  return s->u && s->values && s->each_period ? ROI_OK : roi_fail_memory(err, "looking for drivers");
}

/* Point 0 has every draw at its median; points 1 + 2 f and 2 + 2 f move factor f down and up. */
static void set_point(const search *s, double *u, size_t point) {
  for (size_t i = 0; i < s->draws; i++) u[i] = 0.5;
  if (point == 0) return;
  const roi_factor *f = &s->factors[(point - 1) / 2];
  int up = (point - 1) % 2 == 1;
  for (size_t i = 0; i < f->n_draws; i++) {
    double low = f->yes_no ? ROI_LEAST_UNIFORM : s->each_period[f->draws[i]] ? roi_in_each_period(0.1, s->g->horizon) : 0.1;
    u[f->draws[i]] = up ? 1 - low : low;
  }
}

/* values: of one point, target i at values[i * n]. */
static void keep_point(const search *s, size_t point, const double *values, size_t n, double *median, roi_swing *swing) {
  if (point == 0) {
    for (size_t i = 0; i < s->n_asked; i++) median[i] = values[i * n];
    return;
  }
  size_t f = (point - 1) / 2;
  double x = s->target_of[f] ? values[s->target_of[f] * n] : (double)NAN, y = values[s->swung * n];
  if ((point - 1) % 2) { swing[f].x_high = x; swing[f].y_high = y; }
  else { swing[f].x_low = x; swing[f].y_low = y; }
}

roi_status roi_swings_find(const roi_graph *g, const roi_request *request, const roi_target *targets, size_t n_targets, size_t swung,
                           const roi_factor *factors, size_t n_factors, double *median, roi_swing *swing, roi_error *err) {
  search s = {.g = g, .factors = factors, .n_factors = n_factors, .n_asked = n_targets, .swung = swung};
  size_t points = 2 * n_factors + 1;
  roi_status status = set_up(&s, targets, err);
  for (size_t first = 0; first < points && !status; first += s.chunk) {
    size_t n = points - first < s.chunk ? points - first : s.chunk;
    for (size_t i = 0; i < n; i++) set_point(&s, s.u + i * s.draws, first + i);
    status = roi_evaluate_at(g, request, s.targets, s.n_targets, s.u, n, s.values, err);
    for (size_t i = 0; i < n && !status; i++) keep_point(&s, first + i, s.values + i, n, median, swing);
  }
  roi_free(s.targets);
  roi_free(s.target_of);
  roi_free(s.u);
  roi_free(s.values);
  roi_free(s.each_period);
  return status;
}

/* -- The method ---------------------------------------------------------------------------------------------------------------- */

static roi_estimate exactly(double x) { return (roi_estimate){x, NAN, NAN}; }

/* A number, with never counted and the undefined as NaN. */
static double settled(const roi_study *s, roi_sensitivity *out, double y) {
  if (y == ROI_NEVER && s->g->nodes[s->target.node].flags & ROI_MAY_NEVER) {
    out->never++;
    return s->never;
  }
  if (isfinite(y)) return y;
  out->undefined++;
  return (double)NAN;
}

roi_status roi_tornado_run(const roi_study *s, roi_sensitivity *out, roi_error *err) {
  int per_trial = roi_is_per_trial(s->g, s->target.node);
  if (per_trial > 0)
    return roi_fail(err, ROI_ERR_USAGE, "tornado: %.100s depends on roi.per_trial functions, which draw numbers of their own, so that no "
                    "two points can be compared; '--method rank' or '--method morris' can be used", s->target.name);
  roi_swing *swing = roi_alloc(s->n_factors, sizeof *swing);
  if (!swing || per_trial < 0) {
    roi_free(swing);
    return roi_fail_memory(err, "looking for drivers");
  }
  double median;
  roi_status status =
      roi_swings_find(s->g, s->request, &s->target, 1, 0, s->factors, s->n_factors, &median, swing, err);
  if (!status) {
    out->evaluations = 2 * s->n_factors + 1;
    out->at_median = settled(s, out, median);
    for (size_t f = 0; f < s->n_factors; f++) {
      double low = settled(s, out, swing[f].y_low), high = settled(s, out, swing[f].y_high);
      *roi_cell(out, ROI_TORNADO_LOW, f) = exactly(low);
      *roi_cell(out, ROI_TORNADO_HIGH, f) = exactly(high);
      *roi_cell(out, ROI_TORNADO_SWING, f) = exactly(high - low);
      *roi_cell(out, ROI_TORNADO_INPUT_LOW, f) = exactly(swing[f].x_low);
      *roi_cell(out, ROI_TORNADO_INPUT_HIGH, f) = exactly(swing[f].x_high);
    }
    out->n = out->evaluations - out->undefined;
    if (isnan(median))
      roi_sensitivity_note(out, "%.100s has no value with every input at its median (%s)", s->target.name,
                           roi_state_words[roi_state_of(median)]);
    if (out->undefined > (isnan(median) ? 1u : 0u))
      roi_sensitivity_note(out, "where %.100s has no value at P10 or P90 of an input there is no swing", s->target.name);
    int each_period = 0;
    for (size_t f = 0; f < s->n_factors; f++) each_period |= s->factors[f].each_period && !s->factors[f].yes_no;
    if (each_period)
      roi_sensitivity_note(out, "an input drawn anew each period moves in all of them, as far as its mean over them does");
    if (s->correlated) roi_sensitivity_note(out, "each input moves alone here, whatever it is correlated with");
  }
  roi_free(swing);
  return status;
}
