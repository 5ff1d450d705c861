/* P(X <= k) is the upper incomplete gamma function of k + 1 at the mean. */
#include <math.h>

#include "dist/family.h"
#include "math/special.h"

static const char *check(const double *par, size_t n, char *buf, size_t size) {
  const char *bad = roi_rule_finite(buf, size, "mean", par, n);
  if (bad) return bad;
  return par[0] < 0.0 ? roi_rule(buf, size, "mean", par[0], "is below 0") : NULL;
}

static void cdf(const double *par, size_t n, double x, double *p, double *q) {
  (void)n;
  double k = floor(x);
  if (k < 0.0) {
    roi_step_cdf(k, 0.0, p, q);
  } else {
    roi_gamma_pq(k + 1.0, par[0], q, p);
  }
}

static double mean(const double *par, size_t n) {
  (void)n;
  return par[0];
}

static double sd(const double *par, size_t n) {
  (void)n;
  return sqrt(par[0]);
}

static double quantile(const double *par, size_t n, double p, double q) {
  return roi_whole_quantile(cdf, par, n, p, q, 0.0, par[0] + sqrt(par[0]) * roi_normal_from(p, q));
}

const roi_family_row roi_family_row_POISSON = {"poisson", 1, 1, "mean", 1, check, quantile, cdf, mean, sd};
