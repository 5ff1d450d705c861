#include <math.h>

#include "dist/family.h"

static const char *check(const double *par, size_t n, char *buf, size_t size) {
  const char *bad = roi_rule_finite(buf, size, "min, max", par, n);
  if (bad) return bad;
  if (par[1] - par[0] == (double)INFINITY) return roi_rule(buf, size, "max - min", INFINITY, "is not a finite number");
  return par[0] > par[1] ? roi_rule_than(buf, size, "min", par[0], "is above max", par[1]) : NULL;
}

static double quantile(const double *par, size_t n, double p, double q) {
  (void)n;
  double width = par[1] - par[0];
  return p <= q ? par[0] + p * width : par[1] - q * width;
}

static void cdf(const double *par, size_t n, double x, double *p, double *q) {
  (void)n;
  if (x < par[0] || x >= par[1]) {
    roi_step_cdf(x, par[0], p, q);
    return;
  }
  double width = par[1] - par[0];
  *p = (x - par[0]) / width;
  *q = (par[1] - x) / width;
}

static double mean(const double *par, size_t n) {
  (void)n;
  return 0.5 * par[0] + 0.5 * par[1];
}

static double sd(const double *par, size_t n) {
  (void)n;
  return (par[1] - par[0]) / sqrt(12.0);
}

const roi_family_row roi_family_row_UNIFORM = {"uniform", 2, 2, "min, max", 0, check, quantile, cdf, mean, sd};
