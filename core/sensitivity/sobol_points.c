/* REFERENCE Saltelli, Annoni, Azzini, Campolongo, Ratto, Tarantola: Variance based sensitivity analysis of model output (2010),
 * section 3: A and B are the two halves of the coordinates of one quasi-random sequence. Scrambled after Owen (sample/sobol.h), so no
 * point needs to be left out.
 *
 * What was changed: a draw made anew each period has no one coordinate, and neither have draws past the table of direction numbers:
 * these are drawn from Philox with one seed for A and another for B. */
#include "sensitivity/sobol_points.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "kernel/kernel.h"
#include "sample/sobol.h"

#define MOST_KEPT ((size_t)1 << 28) /* bytes of points; more are computed where they are asked for */
#define NO_INDEX SIZE_MAX
#define OTHER_SAMPLE UINT64_C(0x9E3779B97F4A7C15) /* tells the seed of B from that of A */

/* Gives dimensions to the draws of factors, in the order of the graph; returns whether some of them have none. */
static int assign(roi_sobol_pair *p) {
  const roi_graph *g = p->s->g;
  for (size_t i = 0; i < p->draws; i++) p->factor[i] = p->dimension[i] = NO_INDEX;
  for (size_t f = 0; f < p->s->n_factors; f++)
    for (size_t k = 0; k < p->s->factors[f].n_draws; k++) p->factor[p->s->factors[f].draws[k]] = f;
  size_t draw = 0;
  for (size_t i = 0; i < g->n_nodes; i++) {
    if (g->nodes[i].op != ROI_DRAW) continue;
    if (p->factor[draw] != NO_INDEX) {
      if (g->nodes[i].flags & ROI_EACH_PERIOD) p->each_period++;
      else if (p->dimensions == ROI_SOBOL_DIMENSIONS / 2) p->beyond++;
      else p->dimension[draw] = p->dimensions++;
    }
    draw++;
  }
  return p->each_period + p->beyond > 0;
}

/* Points row .. row + n - 1 of a dimension of the pair. */
static void compute(const roi_sobol_pair *p, size_t dimension, uint64_t row, size_t n, double *u) {
  uint32_t x[ROI_MAX_LANES];
  uint64_t seed = roi_sobol_seed(p->s->request->options.seed, 0, dimension);
  for (size_t at = 0; at < n; at += ROI_MAX_LANES) {
    size_t part = n - at < ROI_MAX_LANES ? n - at : ROI_MAX_LANES;
    roi_sobol_points(p->directions[dimension], (uint32_t)(row + at), part, x);
    roi_sobol_scramble(x, part, seed, u + at);
  }
}

static void compute_dimension(void *data, size_t dimension) {
  const roi_sobol_pair *p = data;
  compute(p, dimension, 0, (size_t)p->stride, p->points + dimension * p->stride);
}

roi_status roi_sobol_pair_new(roi_sobol_pair *p, const roi_study *s, uint64_t rows, roi_error *err) {
  *p = (roi_sobol_pair){.s = s, .draws = roi_graph_draws(s->g), .rows = rows, .stride = roi_matrix_stride(rows)};
  p->factor = roi_alloc(p->draws + 1, sizeof *p->factor);
  p->dimension = roi_alloc(p->draws + 1, sizeof *p->dimension);
  if (!p->factor || !p->dimension) return roi_fail_memory(err, "the points of Sobol' indices");
  int by_seed = assign(p);
  p->seed[0] = s->request->options.seed;
  p->seed[1] = s->request->options.seed ^ OTHER_SAMPLE;
  /* The chance within per-trial functions goes with the trial's number, so that of B must have numbers of its own; what is drawn by
   * seed needs the same number in B and in the matrices mixed from it. */
  p->trial_of_b = roi_graph_per_trial(s->g) != ROI_NONE && !by_seed ? p->stride : 0;
  p->directions = roi_alloc(2 * p->dimensions + 1, sizeof *p->directions);
  if (!p->directions) return roi_fail_memory(err, "the points of Sobol' indices");
  for (size_t i = 0; i < 2 * p->dimensions; i++) roi_sobol_directions(i, p->directions[i]);
  p->room = p->dimensions;
  uint64_t allowed = s->request->options.max_memory ? s->request->options.max_memory / 2 : MOST_KEPT;
  if (2 * p->dimensions * p->stride <= (allowed < MOST_KEPT ? allowed : MOST_KEPT) / sizeof(double)) {
    p->room = 0;
    p->points = roi_alloc_aligned(2 * p->dimensions * p->stride + 1, sizeof *p->points);
    if (!p->points) return roi_fail_memory(err, "the points of Sobol' indices");
    roi_parallel(s->request->options.threads, 2 * p->dimensions, NULL, compute_dimension, p);
  }
  return ROI_OK;
}

void roi_sobol_pair_free(roi_sobol_pair *p) {
  roi_free(p->factor);
  roi_free(p->dimension);
  roi_free(p->directions);
  roi_free(p->points);
  memset(p, 0, sizeof *p);
}

void roi_sobol_pair_set(const void *pair, size_t matrix, uint64_t row, uint32_t lanes, roi_uniforms *u) {
  const roi_sobol_pair *p = pair;
  size_t k = p->s->n_factors, exchanged = matrix < 2 ? NO_INDEX - 1 : (matrix - 2) % k;
  size_t base = matrix < 2 ? matrix : (matrix - 2) / k;
  if (base == 1) u->trial += p->trial_of_b;
  for (size_t d = 0; d < p->draws; d++) {
    size_t side = p->factor[d] == exchanged ? 1 - base : base;
    u->seeds[d] = p->seed[side];
    if (p->dimension[d] == NO_INDEX) continue;
    size_t dimension = p->dimension[d] + side * p->dimensions;
    if (p->points) {
      u->points[d] = p->points + dimension * p->stride + row;
    } else {
      double *column = u->room + p->dimension[d] * u->stride;
      compute(p, dimension, row, lanes, column);
      u->points[d] = column;
    }
  }
}
