#include <math.h>

#include "dist/family.h"

static const char *check(const double *par, size_t n, char *buf, size_t size) {
  const char *bad = roi_rule_finite(buf, size, "min, mode, max", par, n);
  if (bad) return bad;
  if (par[2] - par[0] == (double)INFINITY) return roi_rule(buf, size, "max - min", INFINITY, "is not a finite number");
  if (par[0] > par[1]) return roi_rule_than(buf, size, "min", par[0], "is above mode", par[1]);
  return par[1] > par[2] ? roi_rule_than(buf, size, "mode", par[1], "is above max", par[2]) : NULL;
}

/* On either side of the mode the value is a distance from the nearer bound. With the mode at or near the other bound that
 * distance is the difference of two like numbers, w - sqrt(q w fall), which is written w (rise + p fall) / (w + sqrt(q w fall)). */
static double quantile(const double *par, size_t n, double p, double q) {
  (void)n;
  double width = par[2] - par[0], rise = par[1] - par[0], fall = par[2] - par[1];
  if (width == 0.0) return par[0];
  if (p * width <= rise) {
    double up = sqrt(p * width * rise);
    return p <= q ? par[0] + up : par[2] - width * ((fall + q * rise) / (width + up));
  }
  double down = sqrt(q * width * fall);
  return p <= q ? par[0] + width * ((rise + p * fall) / (width + down)) : par[2] - down;
}

static void cdf(const double *par, size_t n, double x, double *p, double *q) {
  (void)n;
  if (x < par[0] || x >= par[2]) {
    roi_step_cdf(x, par[0], p, q);
    return;
  }
  /* e up from min, d down from max; both tails as sums of parts that are not negative. */
  double width = par[2] - par[0], rise = par[1] - par[0], fall = par[2] - par[1], e = x - par[0], d = par[2] - x;
  if (x < par[1]) {
    *p = e / rise * (e / width);
    *q = ((d - fall) + d * (e / width)) / rise;
  } else {
    *q = d / fall * (d / width);
    *p = ((e - rise) + e * (d / width)) / fall;
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
