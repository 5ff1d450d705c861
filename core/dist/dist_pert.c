/* pert is beta(1 + lambda (mode - min) / width, 1 + lambda (max - mode) / width) stretched over [min, max]. */
#include <math.h>

#include "dist/family.h"
#include "math/special.h"

static const char *check(const double *par, size_t n, char *buf, size_t size) {
  const char *bad = roi_rule_finite(buf, size, "min, mode, max, lambda", par, n);
  if (bad) return bad;
  if (par[2] - par[0] == (double)INFINITY) return roi_rule(buf, size, "max - min", INFINITY, "is not a finite number");
  if (par[0] > par[1]) return roi_rule_than(buf, size, "min", par[0], "is above mode", par[1]);
  if (par[1] > par[2]) return roi_rule_than(buf, size, "mode", par[1], "is above max", par[2]);
  if (n > 3 && par[3] <= 0.0) return roi_rule(buf, size, "lambda", par[3], "is not above 0");
  /* The larger shape of the beta is nearly that: beyond it the incomplete beta function has no digits left. */
  return n > 3 && par[3] > 1e15 ? roi_rule(buf, size, "lambda", par[3], "is above 1e15, the largest that can be computed") : NULL;
}

static void shapes(const double *par, size_t n, double *a, double *b) {
  double lambda = n > 3 ? par[3] : 4.0, width = par[2] - par[0];
  *a = 1.0 + lambda * ((par[1] - par[0]) / width);
  *b = 1.0 + lambda * ((par[2] - par[1]) / width);
}

static double quantile(const double *par, size_t n, double p, double q) {
  double a, b, x, y, width = par[2] - par[0];
  if (width == 0.0) return par[0];
  shapes(par, n, &a, &b);
  roi_beta_quantile(a, b, p, q, &x, &y);
  return x < y ? par[0] + width * x : par[2] - width * y;
}

static void cdf(const double *par, size_t n, double x, double *p, double *q) {
  double a, b, width = par[2] - par[0];
  if (x < par[0] || x >= par[2]) {
    roi_step_cdf(x, par[0], p, q);
    return;
  }
  shapes(par, n, &a, &b);
  roi_beta_pq(a, b, (x - par[0]) / width, (par[2] - x) / width, p, q);
}

static double mean(const double *par, size_t n) {
  double a, b, width = par[2] - par[0];
  if (width == 0.0) return par[0];
  shapes(par, n, &a, &b);
  return par[0] + width * (a / (a + b));
}

static double sd(const double *par, size_t n) {
  double a, b, width = par[2] - par[0];
  if (width == 0.0) return 0.0;
  shapes(par, n, &a, &b);
  return width * sqrt(a / (a + b) * (b / (a + b)) / (a + b + 1.0));
}

const roi_family_row roi_family_row_PERT = {
    "pert", 3, 4, "min, mode, max, lambda = 4", 0, check, quantile, cdf, mean, sd};
