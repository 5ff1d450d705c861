#include <math.h>

#include "dist/family.h"
#include "math/scalar.h"

static const char *check(const double *par, size_t n, char *buf, size_t size) {
  const char *bad = roi_rule_finite(buf, size, "mu, sigma", par, n);
  if (bad) return bad;
  return par[1] < 0.0 ? roi_rule(buf, size, "sigma", par[1], "is below 0") : NULL;
}

static double quantile(const double *par, size_t n, double p, double q) {
  (void)n;
  return roi_exp(par[0] + par[1] * roi_normal_from(p, q));
}

static void cdf(const double *par, size_t n, double x, double *p, double *q) {
  (void)n;
  if (par[1] == 0.0) {
    roi_step_cdf(x, roi_exp(par[0]), p, q);
  } else if (x <= 0.0) {
    *p = 0.0;
    *q = 1.0;
  } else {
    double z = (roi_log(x) - par[0]) / par[1];
    *p = roi_normal_cdf(z);
    *q = roi_normal_cdf(-z);
  }
}

static double mean(const double *par, size_t n) {
  (void)n;
  return roi_exp(par[0] + 0.5 * par[1] * par[1]);
}

static double sd(const double *par, size_t n) { return mean(par, n) * sqrt(roi_expm1(par[1] * par[1])); }

const roi_family_row roi_family_row_LOGNORMAL = {"lognormal", 2, 2, "mu, sigma", 0, check, quantile, cdf, mean, sd};
