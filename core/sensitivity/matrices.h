/* matrices.h - points that a method chooses, as matrices with the same number of rows, evaluated one after the other in a single pass
 * of the engine. Row r of each matrix is trial r: what the method does not set is drawn by the same number in all of them. */
#ifndef ROI_SENSITIVITY_MATRICES_H
#define ROI_SENSITIVITY_MATRICES_H

#include "run/source.h"
#include "sensitivity/sensitivity.h"

/* The ends of the uniforms are this and 1 less this: where a yes-or-no draw is surely no, and surely yes. */
#define ROI_LEAST_UNIFORM 0x1p-53

typedef struct roi_matrices {
  size_t count;    /* of matrices */
  uint64_t rows;   /* of each */
  size_t room;     /* columns of u->room that `set` uses */
  /* As roi_source.fill, for rows `row` .. row + lanes - 1 of a matrix; u->trial is preset to row. */
  void (*set)(const void *data, size_t matrix, uint64_t row, uint32_t lanes, roi_uniforms *u);
  const void *data;
} roi_matrices;

/* From one matrix to the next in the results: rows, rounded up to whole blocks. */
uint64_t roi_matrix_stride(uint64_t rows);

/* Evaluates targets as they are, numbers or not: y[target][matrix * roi_matrix_stride(rows) + row], the caller's, count strides each. */
roi_status roi_matrices_evaluate(const roi_graph *g, const roi_request *request, const roi_matrices *m, const roi_target *targets,
                                 size_t n_targets, double *const *y, roi_error *err);

/* Evaluates the study's target: y[matrix * roi_matrix_stride(rows) + row], in the caller's array of count strides. A period that is
 * never counts as study->never. Adds to out->evaluations and out->never. ROI_ERR_RUN, in words for the user, where the target has no
 * number in some row. */
roi_status roi_matrices_run(const roi_study *s, const roi_matrices *m, double *y, roi_sensitivity *out, roi_error *err);

/* By draw: 1 if it is correlated with others. Release with roi_free; NULL: no memory. */
unsigned char *roi_correlated_draws(const roi_graph *g, roi_error *err);

/* By draw: 1 if it is made anew each period. Likewise. */
unsigned char *roi_each_period_draws(const roi_graph *g, roi_error *err);

/* Where a draw made anew each period stands in all its periods when as a whole it is to stand at p: the mean of its normal scores over
 * the periods is then at its own percentile p. (With every period at its P10 it would be where it never comes.) */
double roi_in_each_period(double p, uint32_t periods);

/* Puts a draw at its own probabilities p, whatever the others are, and without a change to those that it is correlated with: they go
 * on as if nothing was known of it. */
static inline void roi_hold(roi_uniforms *u, const unsigned char *correlated, size_t draw, const double *p) {
  if (correlated[draw]) u->marginal[draw] = p;
  else u->points[draw] = p;
}

#endif
