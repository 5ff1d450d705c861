#include <math.h>

#include "dist/family.h"
#include "math/scalar.h"

static const char *check(const double *par, size_t n, char *buf, size_t size) {
  const char *bad = roi_rule_finite(buf, size, "rate", par, n);
  if (bad) return bad;
  return par[0] <= 0.0 ? roi_rule(buf, size, "rate", par[0], "is not above 0") : NULL;
}

static double quantile(const double *par, size_t n, double p, double q) {
  (void)n;
  return roi_minus_log_q(p, q) / par[0];
}

static void cdf(const double *par, size_t n, double x, double *p, double *q) {
  (void)n;
  double e = x > 0.0 ? -x * par[0] : 0.0;
  *p = -roi_expm1(e);
  *q = roi_exp(e);
}

static double mean(const double *par, size_t n) {
  (void)n;
  return 1.0 / par[0];
}

const roi_family_row roi_family_row_EXPONENTIAL = {"exponential", 1, 1, "rate", 0, check, quantile, cdf, mean, mean};
