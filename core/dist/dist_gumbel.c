#include <math.h>

#include "dist/family.h"
#include "math/scalar.h"

static double quantile(const double *par, size_t n, double p, double q) {
  (void)n;
  return par[0] - par[1] * roi_log(roi_minus_log_q(q, p));
}

static void cdf(const double *par, size_t n, double x, double *p, double *q) {
  (void)n;
  double e = -roi_exp(-(x - par[0]) / par[1]);
  *p = roi_exp(e);
  *q = -roi_expm1(e);
}

static double mean(const double *par, size_t n) {
  (void)n;
  return par[0] + par[1] * 0.57721566490153286061; /* Euler's constant */
}

static double sd(const double *par, size_t n) {
  (void)n;
  return par[1] * 1.2825498301618640955; /* pi / sqrt(6) */
}

const roi_family_row roi_family_row_GUMBEL = {"gumbel", 2, 2, "location, scale", 0, roi_check_location_scale, quantile, cdf, mean, sd};
