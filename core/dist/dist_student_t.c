#include <math.h>

#include "dist/family.h"
#include "math/special.h"

static const char *check(const double *par, size_t n, char *buf, size_t size) {
  const char *bad = roi_rule_finite(buf, size, "df, location, scale", par, n);
  if (bad) return bad;
  if (par[0] <= 0.0) return roi_rule(buf, size, "df", par[0], "is not above 0");
  return n > 2 && par[2] <= 0.0 ? roi_rule(buf, size, "scale", par[2], "is not above 0") : NULL;
}

static double location(const double *par, size_t n) { return n > 1 ? par[1] : 0.0; }
static double scale(const double *par, size_t n) { return n > 2 ? par[2] : 1.0; }

static double quantile(const double *par, size_t n, double p, double q) {
  return location(par, n) + scale(par, n) * roi_student_quantile(par[0], p, q);
}

static void cdf(const double *par, size_t n, double x, double *p, double *q) {
  roi_student_pq(par[0], (x - location(par, n)) / scale(par, n), p, q);
}

static double mean(const double *par, size_t n) { return par[0] > 1.0 ? location(par, n) : (double)NAN; }

static double sd(const double *par, size_t n) {
  if (par[0] <= 1.0) return (double)NAN;
  return par[0] > 2.0 ? scale(par, n) * sqrt(par[0] / (par[0] - 2.0)) : (double)INFINITY;
}

const roi_family_row roi_family_row_STUDENT_T = {
    "student_t", 1, 3, "df, location = 0, scale = 1", 0, check, quantile, cdf, mean, sd};
