/* design.h - designs of points in the unit cube: Latin hypercubes and scrambled Sobol' points, by trial and dimension.
 *
 * A design of N trials is ROI_REPLICATES independent randomisations, interleaved: trial i is point i / ROI_REPLICATES of
 * replicate i % ROI_REPLICATES. So any first stretch of trials has as many points of each (but for one), and the spread of
 * the replicates' estimates is the error of their mean. Points are computed where they are asked for; nothing is stored by
 * trial. */
#ifndef ROI_SAMPLE_DESIGN_H
#define ROI_SAMPLE_DESIGN_H

#include "roisim.h"

#define ROI_REPLICATES 16

typedef struct roi_design roi_design;

/* sampling: ROI_SAMPLING_LHS or ROI_SAMPLING_SOBOL, of `trials` trials in `dimensions` dimensions; ROI_ERR_USAGE if there
 * are too few or too many trials or dimensions, in words for a user. Release with roi_design_free. */
roi_design *roi_design_new(roi_sampling sampling, uint64_t trials, size_t dimensions, uint64_t seed, roi_error *err);
void roi_design_free(roi_design *d);

/* The most dimensions that a design of that kind can have; the others of a model fall back to plain sampling. */
size_t roi_design_dimensions(roi_sampling sampling);

/* Uniforms in (0, 1) of trials first .. first + lanes - 1 in one dimension; first and lanes are multiples of ROI_REPLICATES.
 * Trials past the last are given some value in (0, 1). plain: Philox's uniforms of the same trials for the draw of this
 * dimension, which a Latin hypercube places within its cells. Safe from several threads. */
void roi_design_fill(const roi_design *d, size_t dimension, uint64_t first, uint32_t lanes, const double *plain, double *u);

#endif
