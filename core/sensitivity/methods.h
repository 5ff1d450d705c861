/* methods.h - inside core/sensitivity: what the table of methods (methods.c) is made of.
 *
 * To add a method: its function here, its measures and its row in methods.c, its estimator in a file of its own.
 * roi_sensitivity_run has allocated the table, all NaN, and checked the trials or base points against `least` when it
 * calls the function. */
#ifndef ROI_SENSITIVITY_METHODS_H
#define ROI_SENSITIVITY_METHODS_H

#include "sensitivity/sensitivity.h"

/* Columns of each method's table, in the order of its measures in methods.c. */
enum { ROI_TORNADO_LOW, ROI_TORNADO_HIGH, ROI_TORNADO_SWING, ROI_TORNADO_INPUT_LOW, ROI_TORNADO_INPUT_HIGH };
enum { ROI_BINNED_LOW, ROI_BINNED_HIGH, ROI_BINNED_SWING };
enum { ROI_RANK_SPEARMAN, ROI_RANK_PRCC };
enum { ROI_REGRESSION_SRC };
enum { ROI_SOBOL_FIRST, ROI_SOBOL_TOTAL };
enum { ROI_MORRIS_MU_STAR, ROI_MORRIS_MU, ROI_MORRIS_SIGMA };
enum { ROI_THRESHOLD_PERCENTILE, ROI_THRESHOLD_VALUE, ROI_THRESHOLD_CHANCE, ROI_THRESHOLD_AT_LOW, ROI_THRESHOLD_AT_HIGH };
enum { ROI_GIVEN_FIRST, ROI_GIVEN_DELTA, ROI_GIVEN_PAWN, ROI_GIVEN_PAWN_MAX };

roi_status roi_tornado_run(const roi_study *s, roi_sensitivity *out, roi_error *err);
roi_status roi_binned_run(const roi_study *s, roi_sensitivity *out, roi_error *err);
roi_status roi_rank_run(const roi_study *s, roi_sensitivity *out, roi_error *err);
roi_status roi_regression_run(const roi_study *s, roi_sensitivity *out, roi_error *err);
roi_status roi_sobol_run(const roi_study *s, roi_sensitivity *out, roi_error *err);
roi_status roi_morris_run(const roi_study *s, roi_sensitivity *out, roi_error *err);
roi_status roi_given_data_run(const roi_study *s, roi_sensitivity *out, roi_error *err);
roi_status roi_threshold_run(const roi_study *s, roi_sensitivity *out, roi_error *err);

static inline roi_estimate *roi_cell(const roi_sensitivity *s, size_t measure, size_t factor) {
  return &s->cell[measure * s->n_factors + factor];
}

#endif
