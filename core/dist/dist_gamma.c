#include <math.h>

#include "dist/family.h"
#include "math/special.h"

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

const roi_family_row roi_family_row_GAMMA = {"gamma", 2, 2, "shape, scale", 0, roi_check_shape_scale, quantile, cdf, mean, sd};
