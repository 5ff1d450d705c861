/* Values with weights, in any order; a value may occur more than once. With constant parameters draws come from the list of
 * steps.c; here, where every trial may have other values, each step looks for the next larger one. */
#include <math.h>
#include <stdio.h>

#include "dist/family.h"

static double total(const double *par, size_t n) {
  double s = 0.0;
  for (size_t i = 1; i < n; i += 2) s += par[i];
  return s;
}

static const char *check(const double *par, size_t n, char *buf, size_t size) {
  if (n % 2 != 0) {
    snprintf(buf, size, "every value needs a weight, but there are %zu numbers", n);
    return buf;
  }
  for (size_t i = 0; i < n; i += 2) {
    if (!(fabs(par[i]) < (double)INFINITY)) return roi_rule(buf, size, "value", par[i], "is not a finite number");
    if (!(fabs(par[i + 1]) < (double)INFINITY)) return roi_rule(buf, size, "weight", par[i + 1], "is not a finite number");
    if (par[i + 1] < 0.0) return roi_rule(buf, size, "weight", par[i + 1], "is below 0");
  }
  double sum = total(par, n);
  return sum > 0.0 && sum < (double)INFINITY ? NULL : roi_rule(buf, size, "the sum of the weights", sum, "is not above 0 and finite");
}

static void cdf(const double *par, size_t n, double x, double *p, double *q) {
  double below = 0.0, above = 0.0;
  for (size_t i = 0; i < n; i += 2) {
    if (par[i] <= x) {
      below += par[i + 1];
    } else {
      above += par[i + 1];
    }
  }
  double sum = below + above;
  *p = below / sum;
  *q = above / sum;
}

static double quantile(const double *par, size_t n, double p, double q) {
  double at = -(double)INFINITY;
  for (;;) {
    double next = (double)INFINITY, cp, cq;
    for (size_t i = 0; i < n; i += 2)
      if (par[i] > at && par[i] < next && par[i + 1] > 0.0) next = par[i];
    if (next == (double)INFINITY) return at;
    at = next;
    cdf(par, n, at, &cp, &cq);
    if (p <= q ? cp >= p : cq <= q) return at;
  }
}

static double mean(const double *par, size_t n) {
  double s = 0.0, sum = total(par, n);
  for (size_t i = 0; i < n; i += 2) s += par[i] * (par[i + 1] / sum);
  return s;
}

static double sd(const double *par, size_t n) {
  double s = 0.0, sum = total(par, n), m = mean(par, n);
  for (size_t i = 0; i < n; i += 2) s += (par[i] - m) * (par[i] - m) * (par[i + 1] / sum);
  return sqrt(s);
}

const roi_family_row roi_family_row_DISCRETE = {"discrete", 2, -1, "value, weight, ...", 1, check, quantile, cdf, mean, sd};
