#include <math.h>

#include "dist/family.h"

static const char *check(const double *par, size_t n, char *buf, size_t size) {
  const char *bad = roi_rule_finite(buf, size, "p", par, n);
  if (bad) return bad;
  if (par[0] < 0.0) return roi_rule(buf, size, "p", par[0], "is below 0");
  return par[0] > 1.0 ? roi_rule(buf, size, "p", par[0], "is above 1 (35% is written 0.35)") : NULL;
}

static double quantile(const double *par, size_t n, double p, double q) {
  (void)n;
  (void)q;
  return p > 1.0 - par[0] ? 1.0 : 0.0;
}

static void cdf(const double *par, size_t n, double x, double *p, double *q) {
  (void)n;
  *p = x < 0.0 ? 0.0 : x < 1.0 ? 1.0 - par[0] : 1.0;
  *q = x < 0.0 ? 1.0 : x < 1.0 ? par[0] : 0.0;
}

static double mean(const double *par, size_t n) {
  (void)n;
  return par[0];
}

static double sd(const double *par, size_t n) {
  (void)n;
  return sqrt(par[0] * (1.0 - par[0]));
}

const roi_family_row roi_family_row_BERNOULLI = {"bernoulli", 1, 1, "p", 1, check, quantile, cdf, mean, sd};
