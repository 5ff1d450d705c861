#include <math.h>

#include "dist/family.h"

static const char *check(const double *par, size_t n, char *buf, size_t size) {
  const char *bad = roi_rule_finite(buf, size, "min, mode, max", par, n);
  if (bad) return bad;
  if (par[0] > par[1]) return roi_rule_than(buf, size, "min", par[0], "is above mode", par[1]);
  return par[1] > par[2] ? roi_rule_than(buf, size, "mode", par[1], "is above max", par[2]) : NULL;
}

static double quantile(const double *par, size_t n, double p, double q) {
  (void)n;
  double width = par[2] - par[0], rise = par[1] - par[0];
  if (width == 0.0) return par[0];
  return p * width <= rise ? par[0] + sqrt(p * width * rise) : par[2] - sqrt(q * width * (par[2] - par[1]));
}

static void cdf(const double *par, size_t n, double x, double *p, double *q) {
  (void)n;
  if (x < par[0] || x >= par[2]) {
    roi_step_cdf(x, par[0], p, q);
    return;
  }
  double width = par[2] - par[0];
  if (x < par[1]) {
    double d = x - par[0];
    *p = d / (par[1] - par[0]) * (d / width);
    *q = 1.0 - *p;
  } else {
    double d = par[2] - x;
    *q = d / (par[2] - par[1]) * (d / width);
    *p = 1.0 - *q;
  }
}

static double mean(const double *par, size_t n) {
  (void)n;
  return par[0] / 3.0 + par[1] / 3.0 + par[2] / 3.0;
}

static double sd(const double *par, size_t n) {
  (void)n;
  double a = par[1] - par[0], b = par[2] - par[1];
  return sqrt((a * a + a * b + b * b) / 18.0);
}

const roi_family_row roi_family_row_TRIANGULAR = {"triangular", 3, 3, "min, mode, max", 0, check, quantile, cdf, mean, sd};
