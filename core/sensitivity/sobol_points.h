/* sobol_points.h - the two samples A and B behind Sobol' indices, and the matrices mixed from them. */
#ifndef ROI_SENSITIVITY_SOBOL_POINTS_H
#define ROI_SENSITIVITY_SOBOL_POINTS_H

#include "sensitivity/matrices.h"

/* Matrix 0 is A and 1 is B. Matrix 2 + f is A with the draws of factor f from B; 2 + k + f (of k factors) is B with those from A. */
typedef struct roi_sobol_pair {
  const roi_study *s;
  size_t draws;            /* of the graph */
  size_t *factor;          /* by draw; SIZE_MAX: in none */
  size_t *dimension;       /* by draw, in A: in B it is `dimensions` more; SIZE_MAX: no points, drawn by seed */
  size_t dimensions;       /* of A */
  uint32_t (*directions)[32];
  uint64_t rows, stride;
  double *points;          /* dimension after dimension, each of stride rows; NULL: computed where they are asked for */
  uint64_t seed[2];        /* Philox's, of A and of B */
  uint64_t trial_of_b;     /* what row 0 of B is to Philox and per-trial functions */
  size_t each_period, beyond; /* draws that are drawn by seed: anew each period; past the last dimension */
  size_t room;
} roi_sobol_pair;

roi_status roi_sobol_pair_new(roi_sobol_pair *p, const roi_study *s, uint64_t rows, roi_error *err);
void roi_sobol_pair_free(roi_sobol_pair *p);
void roi_sobol_pair_set(const void *pair, size_t matrix, uint64_t row, uint32_t lanes, roi_uniforms *u); /* as roi_matrices.set */

#endif
