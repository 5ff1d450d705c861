/* Failures before the r-th success: P(X <= k) = I_p(r, k + 1). */
#include <math.h>

#include "dist/family.h"
#include "math/special.h"

static const char *check(const double *par, size_t n, char *buf, size_t size) {
  const char *bad = roi_rule_finite(buf, size, "r, p", par, n);
  if (bad) return bad;
  if (par[0] <= 0.0) return roi_rule(buf, size, "r", par[0], "is not above 0");
  if (par[1] <= 0.0) return roi_rule(buf, size, "p", par[1], "is not above 0");
  return par[1] > 1.0 ? roi_rule(buf, size, "p", par[1], "is above 1 (35% is written 0.35)") : NULL;
}

static void cdf(const double *par, size_t n, double x, double *p, double *q) {
  (void)n;
  double k = floor(x);
  if (k < 0.0) {
    roi_step_cdf(k, 0.0, p, q);
  } else {
    roi_beta_pq(par[0], k + 1.0, par[1], 1.0 - par[1], p, q);
  }
}

static double mean(const double *par, size_t n) {
  (void)n;
  return par[0] * (1.0 - par[1]) / par[1];
}

static double sd(const double *par, size_t n) {
  (void)n;
  return sqrt(par[0] * (1.0 - par[1])) / par[1];
}

static double quantile(const double *par, size_t n, double p, double q) {
  return roi_whole_quantile(cdf, par, n, p, q, 0.0, mean(par, n) + sd(par, n) * roi_normal_from(p, q));
}

const roi_family_row roi_family_row_NEGATIVE_BINOMIAL = {
    "negative_binomial", 2, 2, "r, p", 1, check, quantile, cdf, mean, sd};
