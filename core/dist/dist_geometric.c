/* The number of trials up to and with the first success: P(X > k) = (1 - p)^k, k = 1, 2, ... */
#include <math.h>

#include "dist/family.h"
#include "math/scalar.h"

static const char *check(const double *par, size_t n, char *buf, size_t size) {
  const char *bad = roi_rule_finite(buf, size, "p", par, n);
  if (bad) return bad;
  if (par[0] <= 0.0) return roi_rule(buf, size, "p", par[0], "is not above 0");
  return par[0] > 1.0 ? roi_rule(buf, size, "p", par[0], "is above 1 (35% is written 0.35)") : NULL;
}

static void cdf(const double *par, size_t n, double x, double *p, double *q) {
  (void)n;
  double k = floor(x);
  if (k < 1.0 || par[0] == 1.0) {
    roi_step_cdf(k, 1.0, p, q);
    return;
  }
  double e = k * roi_log1p(-par[0]);
  *p = -roi_expm1(e);
  *q = roi_exp(e);
}

static double mean(const double *par, size_t n) {
  (void)n;
  return 1.0 / par[0];
}

static double sd(const double *par, size_t n) {
  (void)n;
  return sqrt(1.0 - par[0]) / par[0];
}

static double quantile(const double *par, size_t n, double p, double q) {
  if (par[0] == 1.0) return 1.0;
  return roi_whole_quantile(cdf, par, n, p, q, 1.0, ceil(roi_minus_log_q(p, q) / -roi_log1p(-par[0])));
}

const roi_family_row roi_family_row_GEOMETRIC = {"geometric", 1, 1, "p", 1, check, quantile, cdf, mean, sd};
