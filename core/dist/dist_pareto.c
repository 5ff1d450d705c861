#include <math.h>

#include "dist/family.h"
#include "math/scalar.h"

static double quantile(const double *par, size_t n, double p, double q) {
  (void)n;
  return par[1] * roi_exp(roi_minus_log_q(p, q) / par[0]);
}

static void cdf(const double *par, size_t n, double x, double *p, double *q) {
  (void)n;
  double e = x > par[1] ? -par[0] * (x < 2.0 * par[1] ? roi_log1p((x - par[1]) / par[1]) : roi_log(x / par[1])) : 0.0;
  *p = -roi_expm1(e);
  *q = roi_exp(e);
}

static double mean(const double *par, size_t n) {
  (void)n;
  return par[0] > 1.0 ? par[1] * (par[0] / (par[0] - 1.0)) : (double)INFINITY;
}

static double sd(const double *par, size_t n) {
  (void)n;
  double a = par[0];
  return a > 2.0 ? par[1] / (a - 1.0) * sqrt(a / (a - 2.0)) : (double)INFINITY;
}

const roi_family_row roi_family_row_PARETO = {"pareto", 2, 2, "shape, scale", 0, roi_check_shape_scale, quantile, cdf, mean, sd};
