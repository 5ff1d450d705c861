/* The step quantile function of sorted data: data[ceil(n u) - 1]. */
#include <math.h>
#include <stdio.h>

#include "dist/family.h"

static const char *check(const double *par, size_t n, char *buf, size_t size) {
  if (n == 0) {
    snprintf(buf, size, "there is no value");
    return buf;
  }
  for (size_t i = 0; i < n; i++) {
    if (!(fabs(par[i]) < (double)INFINITY)) return roi_rule(buf, size, "value", par[i], "is not a finite number");
    if (i > 0 && par[i] < par[i - 1])
      return roi_rule_than(buf, size, "value", par[i], "is out of order: it stands after", par[i - 1]);
  }
  return NULL;
}

static double quantile(const double *par, size_t n, double p, double q) {
  (void)q;
  double k = ceil((double)n * p);
  return par[k < 1.0 ? 0 : k > (double)n ? n - 1 : (size_t)k - 1];
}

static void cdf(const double *par, size_t n, double x, double *p, double *q) {
  size_t low = 0, high = n; /* data[low - 1] <= x < data[high] */
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (par[middle] <= x) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  *p = (double)low / (double)n;
  *q = (double)(n - low) / (double)n;
}

static double mean(const double *par, size_t n) {
  double s = 0.0;
  for (size_t i = 0; i < n; i++) s += (par[i] - par[0]) / (double)n;
  return par[0] + s;
}

static double sd(const double *par, size_t n) {
  double s = 0.0, m = mean(par, n);
  for (size_t i = 0; i < n; i++) s += (par[i] - m) * (par[i] - m) / (double)n;
  return sqrt(s);
}

const roi_family_row roi_family_row_EMPIRICAL = {"empirical", 0, 0, "data", 1, check, quantile, cdf, mean, sd};
