/* inverter.h - the quantile function of one distribution, prepared: bounds of truncations, coefficients of special functions
 * and the last point are kept, so that neighbouring probabilities in turn are cheap. Belongs to one thread; allocates
 * nothing; the distribution must outlive it. */
#ifndef ROI_DIST_INVERTER_H
#define ROI_DIST_INVERTER_H

#include "dist/family.h"
#include "math/shape.h"

/* What of the part below a truncation is kept: P(X < lo), P(X >= lo), P(X <= hi), P(X > hi), and the probability between. */
typedef struct roi_truncation {
  double p_lo, q_lo, p_hi, q_hi, mass;
} roi_truncation;

void roi_truncation_set(roi_truncation *t, const roi_distribution *truncate);

typedef struct roi_inverter {
  const roi_distribution *layer[ROI_DIST_MAX_DEPTH]; /* truncations and clamps, outermost first */
  roi_truncation truncation[ROI_DIST_MAX_DEPTH];
  int layers;
  const roi_distribution *core; /* what is below them: a family or a mixture */
  roi_walk walk;                /* beta, pert, gamma, student_t */
  union {
    roi_beta_shape beta;
    roi_gamma_shape gamma;
    double metalog[ROI_METALOG_MAX];
  } shape;
  size_t metalog_terms;
  struct { /* mixture: the last point, its tail's logarithm, and dx / dlog there; side 0: none yet, 1: lower tail, -1: upper */
    int side;
    double x, log_tail, slope;
  } last;
} roi_inverter;

void roi_inverter_set(roi_inverter *v, const roi_distribution *d);
double roi_inverter_at(roi_inverter *v, double p, double q);

#endif
