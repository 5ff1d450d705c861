#include <math.h>

#include "dist/family.h"
#include "math/scalar.h"

static double quantile(const double *par, size_t n, double p, double q) {
  (void)n;
  return par[0] + par[1] * roi_log(p / q);
}

static void cdf(const double *par, size_t n, double x, double *p, double *q) {
  (void)n;
  double z = (x - par[0]) / par[1];
  *p = roi_sigmoid(z);
  *q = roi_sigmoid(-z);
}

static double mean(const double *par, size_t n) {
  (void)n;
  return par[0];
}

static double sd(const double *par, size_t n) {
  (void)n;
  return par[1] * 1.8137993642342178506; /* pi / sqrt(3) */
}

const roi_family_row roi_family_row_LOGISTIC = {"logistic", 2, 2, "location, scale", 0, roi_check_location_scale, quantile, cdf, mean, sd};
