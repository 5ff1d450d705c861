#include <math.h>

#include "dist/family.h"
#include "math/scalar.h"

static const char *check(const double *par, size_t n, char *buf, size_t size) {
  const char *bad = roi_rule_finite(buf, size, "location, scale", par, n);
  if (bad) return bad;
  return par[1] <= 0.0 ? roi_rule(buf, size, "scale", par[1], "is not above 0") : NULL;
}

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

const roi_family_row roi_family_row_GUMBEL = {"gumbel", 2, 2, "location, scale", 0, check, quantile, cdf, mean, sd};
