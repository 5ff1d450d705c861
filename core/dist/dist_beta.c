#include <math.h>

#include "dist/family.h"
#include "math/special.h"

static const char *check(const double *par, size_t n, char *buf, size_t size) {
  const char *bad = roi_rule_finite(buf, size, "a, b", par, n);
  if (bad) return bad;
  if (par[0] <= 0.0) return roi_rule(buf, size, "a", par[0], "is not above 0");
  if (par[1] <= 0.0) return roi_rule(buf, size, "b", par[1], "is not above 0");
  /* Beyond it doubles near 1 are further apart than the values, and the incomplete beta function has no digits left. */
  if (par[0] > 1e15) return roi_rule(buf, size, "a", par[0], "is above 1e15, the largest that can be computed");
  return par[1] > 1e15 ? roi_rule(buf, size, "b", par[1], "is above 1e15, the largest that can be computed") : NULL;
}

static double quantile(const double *par, size_t n, double p, double q) {
  (void)n;
  double x, y;
  roi_beta_quantile(par[0], par[1], p, q, &x, &y);
  return x;
}

static void cdf(const double *par, size_t n, double x, double *p, double *q) {
  (void)n;
  roi_beta_pq(par[0], par[1], x, 1.0 - x, p, q);
}

static double mean(const double *par, size_t n) {
  (void)n;
  return par[0] / (par[0] + par[1]);
}

static double sd(const double *par, size_t n) {
  (void)n;
  double a = par[0], b = par[1], s = a + b;
  return sqrt(a / s * (b / s) / (s + 1.0));
}

const roi_family_row roi_family_row_BETA = {"beta", 2, 2, "a, b", 0, check, quantile, cdf, mean, sd};
