#include <math.h>

#include "dist/family.h"
#include "math/special.h"

static const char *check(const double *par, size_t n, char *buf, size_t size) {
  const char *bad = roi_rule_finite(buf, size, "shape, scale", par, n);
  if (bad) return bad;
  if (par[0] <= 0.0) return roi_rule(buf, size, "shape", par[0], "is not above 0");
  return par[1] <= 0.0 ? roi_rule(buf, size, "scale", par[1], "is not above 0") : NULL;
}

static double quantile(const double *par, size_t n, double p, double q) {
  (void)n;
  return par[1] * roi_gamma_quantile(par[0], p, q);
}

static void cdf(const double *par, size_t n, double x, double *p, double *q) {
  (void)n;
  roi_gamma_pq(par[0], x / par[1], p, q);
}

static double mean(const double *par, size_t n) {
  (void)n;
  return par[0] * par[1];
}

static double sd(const double *par, size_t n) {
  (void)n;
  return sqrt(par[0]) * par[1];
}

const roi_family_row roi_family_row_GAMMA = {"gamma", 2, 2, "shape, scale", 0, check, quantile, cdf, mean, sd};
