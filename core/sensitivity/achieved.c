/* Correlations in the trials of a run.
 *
 * Normal scores of ranks are those of van der Waerden, Phi^-1((rank - 1/2) / n). A column is centred and given
 * length 1 once, so that a pair costs one sum of products; sums run in a fixed order. */
#include "sensitivity/achieved.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "math/scalar.h"
#include "sensitivity/sensitivity.h"

#define MOST_TRIALS 100000u
#define MOST_NUMBERS 5000000u /* of all columns together */

typedef struct work {
  const roi_graph *g;
  size_t n;             /* trials */
  double **column;      /* by member: values, then unit ranks */
  double **scores;      /* by member: unit normal scores of ranks; NULL as a whole: no pair asks for them */
  uint32_t *member_of;  /* by node: the member's number */
  roi_status *ranked;   /* by member */
  roi_achieved *out;
} work;

/* Makes the mean 0 and the length 1; a column that never varies becomes NaN. */
static void make_unit(double *x, size_t n) {
  double mean = 0, squares = 0;
  for (size_t i = 0; i < n; i++) mean += x[i];
  mean /= (double)n;
  for (size_t i = 0; i < n; i++) {
    x[i] -= mean;
    squares += x[i] * x[i];
  }
  double length = squares > 0 ? sqrt(squares) : (double)NAN;
  for (size_t i = 0; i < n; i++) x[i] /= length;
}

static double product(const double *x, const double *y, size_t n) {
  enum { LANES = 8 };
  double sum[LANES] = {0}, total = 0;
  size_t i = 0;
  for (; i + LANES <= n; i += LANES)
    for (size_t k = 0; k < LANES; k++) sum[k] += x[i + k] * y[i + k];
  for (; i < n; i++) sum[0] += x[i] * y[i];
  for (size_t k = 0; k < LANES; k++) total += sum[k];
  return total;
}

static void rank_member(void *data, size_t i) {
  work *w = data;
  double *x = w->column[i];
  w->ranked[i] = roi_ranks(x, w->n, x, NULL);
  if (w->ranked[i] != ROI_OK) return;
  if (w->scores) {
    double *z = w->scores[i];
    for (size_t k = 0; k < w->n; k++) z[k] = roi_normal_quantile((x[k] - 0.5) / (double)w->n);
    make_unit(z, w->n);
  }
  make_unit(x, w->n);
}

static void correlate_row(void *data, size_t i) {
  work *w = data;
  roi_achieved_row *r = &w->out->row[i];
  double **column = r->pair->kind == ROI_CORRELATION_PEARSON ? w->scores : w->column;
  r->used = roi_graph_correlation_used(w->g, r->pair);
  r->achieved = product(column[w->member_of[r->pair->a]], column[w->member_of[r->pair->b]], w->n);
}

static double **columns_new(size_t columns, size_t n) {
  double **x = roi_alloc_zero(columns + 1, sizeof *x);
  double *numbers = x ? roi_alloc(columns * n, sizeof *numbers) : NULL;
  for (size_t i = 0; numbers && i < columns; i++) x[i] = numbers + i * n;
  if (!numbers) roi_free(x);
  return numbers ? x : NULL;
}

static void columns_free(double **x) {
  if (x) roi_free(x[0]);
  roi_free(x);
}

/* The values of all members. */
static roi_status run_members(work *w, roi_graph *g, const roi_request *request, roi_error *err) {
  roi_target *targets = roi_alloc(g->n_members, sizeof *targets);
  if (!targets) return roi_fail_memory(err, "correlations of the trials");
  roi_status status = ROI_OK;
  for (size_t i = 0; i < g->n_members && status == ROI_OK; i++) {
    roi_node node = g->members[i];
    w->member_of[node] = (uint32_t)i;
    targets[i].name = roi_graph_text(g, g->nodes[node].name);
    if (g->nodes[node].shape == ROI_SERIES_SHAPE) node = roi_apply_at(g, ROI_ELEMENT, &node, 1, 1, err);
    if (node == ROI_NONE) status = err->status;
    targets[i].node = node;
  }
  if (status == ROI_OK) status = roi_evaluate(g, request, NULL, targets, g->n_members, w->n, w->column, err);
  roi_free(targets);
  return status;
}

static roi_status fill(work *w, roi_graph *g, const roi_request *request, roi_error *err) {
  roi_achieved *out = w->out;
  int any_scores = 0;
  for (size_t i = 0; i < g->n_correlations; i++) any_scores |= g->correlations[i].kind == ROI_CORRELATION_PEARSON;
  out->row = roi_alloc_zero(g->n_correlations, sizeof *out->row);
  w->member_of = roi_alloc_zero(g->n_nodes, sizeof *w->member_of);
  w->ranked = roi_alloc_zero(g->n_members, sizeof *w->ranked);
  w->column = columns_new(g->n_members, w->n);
  w->scores = any_scores ? columns_new(g->n_members, w->n) : NULL;
  if (!out->row || !w->member_of || !w->ranked || !w->column || (any_scores && !w->scores))
    return roi_fail_memory(err, "correlations of the trials");
  out->n = g->n_correlations;
  out->trials = w->n;
  for (size_t i = 0; i < out->n; i++) out->row[i].pair = &g->correlations[i];
  roi_status status = run_members(w, g, request, err);
  if (status != ROI_OK) return status;
  roi_parallel(request->options.threads, g->n_members, NULL, rank_member, w);
  for (size_t i = 0; i < g->n_members; i++)
    if (w->ranked[i] != ROI_OK) return roi_fail_memory(err, "correlations of the trials");
  roi_parallel(request->options.threads, out->n, NULL, correlate_row, w);
  return ROI_OK;
}

roi_status roi_achieved_find(roi_graph *g, const roi_request *request, uint64_t trials, roi_achieved **out, roi_error *err) {
  *out = NULL;
  if (g->n_correlations == 0 || trials < 2) return ROI_OK;
  roi_error own;
  if (!err) err = &own;
  work w = {.g = g, .n = trials < MOST_TRIALS ? (size_t)trials : MOST_TRIALS, .out = roi_alloc_zero(1, sizeof *w.out)};
  if (w.n > MOST_NUMBERS / g->n_members) w.n = MOST_NUMBERS / g->n_members;
  if (w.n < 2) w.n = 2;
  roi_status status = w.out ? fill(&w, g, request, err) : roi_fail_memory(err, "correlations of the trials");
  columns_free(w.column);
  columns_free(w.scores);
  roi_free(w.member_of);
  roi_free(w.ranked);
  if (status != ROI_OK) roi_achieved_free(w.out);
  else *out = w.out;
  return status;
}

void roi_achieved_free(roi_achieved *a) {
  if (a) roi_free(a->row);
  roi_free(a);
}
