#include "sensitivity/gate_threshold.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/state.h"
#include "sensitivity/estimators.h"

#define MOST_TRIALS 1000000u

typedef struct columns {
  double *reading, *pass, *stop; /* of n trials; reading with its sign turned where the gate goes on below */
  size_t n;
  uint32_t *order;               /* by reading */
  uint64_t *room;
} columns;

static roi_status no_memory(roi_error *err) { return roi_fail_memory(err, "looking for the best threshold of a gate"); }

static int goes_on(double reading, double threshold) { return reading >= threshold; }

/* The readings as thresholds, from the highest down: the gain of going on at or above each is a running sum. Only trials `part` of 2 count
 * (part 2: all). Returns the threshold with the highest gain, infinite if none is above 0. */
static double best_threshold(const columns *c, size_t part) {
  double sum = 0, most = 0, best = INFINITY;
  for (size_t i = c->n; i-- > 0;) {
    uint32_t k = c->order[i];
    if (part < 2 && k % 2 != part) continue;
    sum += c->pass[k] - c->stop[k];
    int tied = i > 0 && c->reading[c->order[i - 1]] == c->reading[k]; /* equal readings go on together */
    if (!tied && sum > most) most = sum, best = c->reading[k];
  }
  return best;
}

/* Mean and standard error of what is got with a threshold for the trials of either half. */
static void worth(const columns *c, const double threshold[2], double *mean, double *se) {
  double sum = 0, squares = 0, n = (double)c->n;
  for (size_t k = 0; k < c->n; k++) sum += goes_on(c->reading[k], threshold[k % 2]) ? c->pass[k] : c->stop[k];
  *mean = sum / n;
  for (size_t k = 0; k < c->n; k++) {
    double d = (goes_on(c->reading[k], threshold[k % 2]) ? c->pass[k] : c->stop[k]) - *mean;
    squares += d * d;
  }
  *se = sqrt(squares / (n - 1) / n);
}

/* The outermost thresholds whose mean is at most a standard error of their difference to the best's lower. That difference comes from the
 * trials between the two alone. */
static void range(const columns *c, double best, double *low, double *high) {
  *low = *high = best;
  for (int up = 0; up < 2; up++) {
    double sum = 0, squares = 0, n = (double)c->n;
    for (size_t j = 0; j < c->n; j++) {
      uint32_t k = c->order[up ? j : c->n - 1 - j];
      double x = c->reading[k], d = c->pass[k] - c->stop[k];
      if (up ? x < best : x >= best) continue;
      sum += up ? d : -d; /* what moving past this trial costs */
      squares += d * d;
      if (sum <= sqrt(fmax(squares - sum * sum / n, 0))) *(up ? high : low) = x;
    }
  }
}

static roi_status estimate(roi_gate_threshold *t, columns *c, roi_error *err) {
  double sign = t->below ? -1 : 1;
  c->order = roi_alloc(c->n, sizeof *c->order);
  c->room = roi_alloc(2 * c->n, sizeof *c->room);
  if (!c->order || !c->room) return no_memory(err);
  for (size_t k = 0; k < c->n && t->below; k++) c->reading[k] = -c->reading[k];
  roi_sorted_order(c->reading, c->n, c->order, c->room);
  double now = sign * t->threshold, best = best_threshold(c, 2);
  for (size_t k = 0; k < c->n; k++) if (goes_on(c->reading[k], now)) t->going_on++;
  worth(c, (double[2]){now, now}, &t->worth, &t->worth_se);
  worth(c, (double[2]){best_threshold(c, 1), best_threshold(c, 0)}, &t->best_worth, &t->best_worth_se);
  range(c, best, &t->low, &t->high);
  t->best = sign * best;
  t->low *= sign;
  t->high *= sign;
  if (t->below) {
    double low = t->high;
    t->high = t->low;
    t->low = low;
  }
  return ROI_OK;
}

static void columns_end(columns *c) {
  roi_free(c->order);
  roi_free(c->room);
}

roi_status roi_gate_threshold_of(roi_gate_threshold *t, const double *reading, const double *pass, const double *stop, size_t n,
                                 roi_error *err) {
  columns c = {.n = n, .reading = roi_alloc(3 * n, sizeof *c.reading)};
  if (!c.reading || n < 4) {
    roi_free(c.reading);
    return n < 4 ? roi_fail(err, ROI_ERR_USAGE, "a threshold needs at least 4 trials") : no_memory(err);
  }
  c.pass = c.reading + n;
  c.stop = c.pass + n;
  memcpy(c.reading, reading, n * sizeof *reading);
  memcpy(c.pass, pass, n * sizeof *pass);
  memcpy(c.stop, stop, n * sizeof *stop);
  roi_status status = estimate(t, &c, err);
  columns_end(&c);
  roi_free(c.reading);
  return status;
}

/* The value and the number that a condition compares; 0 if it is no such condition. */
static int read_condition(const roi_graph *g, const roi_decision_row *d, roi_gate_threshold *t, roi_node *reading) {
  const roi_node_row *row = &g->nodes[d->condition];
  if (row->op < ROI_LT || row->op > ROI_GE) return 0;
  roi_node a = g->args[row->first_arg], b = g->args[row->first_arg + 1];
  int left = roi_graph_constant(g, a, &t->threshold), less = row->op == ROI_LT || row->op == ROI_LE;
  if (!left && !roi_graph_constant(g, b, &t->threshold)) return 0;
  *reading = left ? b : a;
  t->below = left ? !less : less;
  return isfinite(t->threshold) && g->nodes[*reading].shape == ROI_SCALAR && !(g->nodes[*reading].flags & ROI_FIXED);
}

static const char *label_of(const roi_graph *g, roi_node node) {
  for (size_t i = 0; i < g->n_labels; i++)
    if (g->labels[i].node == node) return roi_graph_text(g, g->labels[i].name);
  return "the reading";
}

static roi_status find_one(const roi_graph *g, const roi_request *request, const roi_decision_row *d, roi_node reading, size_t n,
                           roi_gate_threshold *t, roi_error *err) {
  columns c = {.n = n, .reading = roi_alloc(3 * n, sizeof *c.reading)};
  if (!c.reading) return no_memory(err);
  c.pass = c.reading + n;
  c.stop = c.pass + n;
  const char *name = t->reading = label_of(g, reading);
  roi_target targets[3] = {{name, reading}, {name, d->pass}, {name, d->stop}};
  roi_status status = roi_evaluate(g, request, NULL, targets, 3, n, (double *[3]){c.reading, c.pass, c.stop}, err);
  if (status == ROI_OK) status = estimate(t, &c, err);
  columns_end(&c);
  roi_free(c.reading);
  return status;
}

roi_status roi_gate_thresholds_find(const roi_graph *g, const roi_request *request, uint64_t trials, roi_gate_thresholds **out,
                                    roi_error *err) {
  *out = NULL;
  if (g->n_decisions == 0 || trials < 4) return ROI_OK;
  roi_gate_thresholds *all = roi_alloc_zero(1, sizeof *all);
  if (all) all->row = roi_alloc_zero(g->n_decisions, sizeof *all->row);
  roi_status status = all && all->row ? ROI_OK : no_memory(err);
  if (all) all->trials = trials < MOST_TRIALS ? trials : MOST_TRIALS;
  for (size_t i = 0; i < g->n_decisions && !status; i++) {
    roi_gate_threshold t = {.row = &g->decisions[i]};
    roi_node reading;
    if (!read_condition(g, t.row, &t, &reading)) continue;
    status = find_one(g, request, t.row, reading, (size_t)all->trials, &t, err);
    if (!status) all->row[all->n++] = t;
  }
  if (status || all->n == 0) roi_gate_thresholds_free(all);
  else *out = all;
  return status;
}

void roi_gate_thresholds_free(roi_gate_thresholds *t) {
  if (t) roi_free(t->row);
  roi_free(t);
}
