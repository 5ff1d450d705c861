/* irr.h - internal rates of return: every distinct real root above -100%.
 *
 * The rate r a period makes sum flow[p] (1 + r)^-p zero. With v = 1 / (1 + r) these are the positive real roots of a polynomial
 * whose coefficients are the flows. */
#ifndef ROI_MATH_IRR_H
#define ROI_MATH_IRR_H

#include <stddef.h>

/* Finds the distinct rates above -1 of flow[0..n-1], rising, at most max of them into rates; returns how many there are in
 * all (0 when every flow is zero). A root where the polynomial touches zero without crossing counts once. scratch has room for
 * roi_irr_scratch(n) doubles. Rates to 1e-12 relative of 1 + r where the root is well conditioned. Flows must be finite. */
size_t roi_irr_all(const double *flow, size_t n, double *rates, size_t max, double *scratch);
size_t roi_irr_scratch(size_t n);
/* The one rate, or the state ROI_STATE_NO_IRR or ROI_STATE_MANY_IRR (base/state.h); a NaN among the flows gives that NaN. */
double roi_irr(const double *flow, size_t n, double *scratch);

#endif
