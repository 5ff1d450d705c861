#include <math.h>

#include "dist/family.h"
#include "math/scalar.h"
#include "math/special.h"

static double quantile(const double *par, size_t n, double p, double q) {
  (void)n;
  return par[1] * roi_pow(roi_minus_log_q(p, q), 1.0 / par[0]);
}

static void cdf(const double *par, size_t n, double x, double *p, double *q) {
  (void)n;
  double e = x > 0.0 ? -roi_pow(x / par[1], par[0]) : 0.0;
  *p = -roi_expm1(e);
  *q = roi_exp(e);
}

static double mean(const double *par, size_t n) {
  (void)n;
  return par[1] * roi_exp(roi_lgamma(1.0 + 1.0 / par[0]));
}

static double sd(const double *par, size_t n) {
  /* The variance is (exp(d) - 1) mean^2; d cancels for large shapes, where its leading term pi^2 / 6 / shape^2 takes over. */
  double k = 1.0 / par[0];
  double d = k < 1e-5 ? 1.6449340668482264365 * k * k : roi_lgamma(1.0 + 2.0 * k) - 2.0 * roi_lgamma(1.0 + k);
  return mean(par, n) * sqrt(roi_expm1(d));
}

const roi_family_row roi_family_row_WEIBULL = {"weibull", 2, 2, "shape, scale", 0, roi_check_shape_scale, quantile, cdf, mean, sd};
