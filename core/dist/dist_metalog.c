/* metalog: a quantile function that is a sum of n terms in the probability and its logit, made to pass through n points.
 *
 * REFERENCE T. W. Keelin, The metalog distributions, Decision Analysis 13 (2016): equations 6 and 10 for the terms, log and
 *   logit transforms for bounds.
 * ACCURACY The linear system is solved by elimination with row pivoting: points are met to about 1e-13 of the largest |x| for
 *   up to ten terms. The curve is a distribution only if it rises: its slope is tested at 300 probabilities evenly spaced in
 *   the logit from 1e-16 to 1 - 1e-16, and at the minimum of the parabola through each three where they dip. */
#include <math.h>
#include <stdio.h>

#include "dist/family.h"
#include "math/scalar.h"

#define NONE 0.0
#define MIN_ONLY 1.0
#define MAX_ONLY 2.0
#define BOTH 3.0

/* Term k (from 0) at y = p: alternating powers of y - 1/2 and such powers times the logit, in Keelin's order. */
static void terms_at(double p, double q, size_t n, double *t) {
  double c = 0.5 * (p - q), l = roi_log(p / q), power = 1.0;
  t[0] = 1.0;
  t[1] = l;
  if (n > 2) t[2] = c * l;
  if (n > 3) t[3] = c;
  power = c;
  for (size_t k = 4; k < n; k += 2) {
    power *= c;
    t[k] = power;
    if (k + 1 < n) t[k + 1] = power * l;
  }
}

static double to_line(const double *par, double x) {
  if (par[0] == MIN_ONLY) return roi_log(x - par[1]);
  if (par[0] == MAX_ONLY) return -roi_log(par[2] - x);
  if (par[0] == BOTH) return roi_log((x - par[1]) / (par[2] - x));
  return x;
}

static double from_line(const double *par, double m) {
  if (par[0] == MIN_ONLY) return par[1] + roi_exp(m);
  if (par[0] == MAX_ONLY) return par[2] - roi_exp(-m);
  if (par[0] == BOTH)
    return m < 0.0 ? par[1] + (par[2] - par[1]) * roi_sigmoid(m) : par[2] - (par[2] - par[1]) * roi_sigmoid(-m);
  return m;
}

size_t roi_metalog_fit(const double *par, size_t n, double *coef) {
  size_t m = (n - 3) / 2;
  double a[ROI_METALOG_MAX][ROI_METALOG_MAX + 1];
  for (size_t i = 0; i < m; i++) {
    double p = par[3 + 2 * i];
    terms_at(p, 1.0 - p, m, a[i]);
    a[i][m] = to_line(par, par[4 + 2 * i]);
  }
  for (size_t k = 0; k < m; k++) {
    size_t pivot = k;
    for (size_t i = k + 1; i < m; i++)
      if (fabs(a[i][k]) > fabs(a[pivot][k])) pivot = i;
    if (!(fabs(a[pivot][k]) > 0.0)) return 0;
    for (size_t j = k; j <= m; j++) {
      double t = a[k][j];
      a[k][j] = a[pivot][j];
      a[pivot][j] = t;
    }
    for (size_t i = k + 1; i < m; i++) {
      double f = a[i][k] / a[k][k];
      for (size_t j = k; j <= m; j++) a[i][j] -= f * a[k][j];
    }
  }
  for (size_t k = m; k-- > 0;) {
    double s = a[k][m];
    for (size_t j = k + 1; j < m; j++) s -= a[k][j] * coef[j];
    coef[k] = s / a[k][k];
    if (!(fabs(coef[k]) < (double)INFINITY)) return 0;
  }
  return m;
}

static double line(const double *coef, size_t m, double p, double q) {
  double t[ROI_METALOG_MAX], s = 0.0;
  terms_at(p, q, m, t);
  for (size_t k = m; k-- > 0;) s += coef[k] * t[k];
  return s;
}

double roi_metalog_value(const double *par, const double *coef, size_t m, double p, double q) {
  return from_line(par, line(coef, m, p, q));
}

/* dM/dz with z the logit of y: y' = y (1 - y). */
static double slope(const double *coef, size_t m, double z) {
  double p = roi_sigmoid(z), q = roi_sigmoid(-z), c = 0.5 * (p - q), w = p * q, s = coef[1], power = 1.0;
  if (m > 2) s += coef[2] * (c + w * z);
  if (m > 3) s += coef[3] * w;
  for (size_t k = 4; k < m; k += 2) { /* power = c^(e - 1) with e = k / 2 */
    double e = (double)(k / 2);
    power *= c;
    s += coef[k] * e * power * w;
    if (k + 1 < m) s += coef[k + 1] * (power * c + e * power * w * z);
  }
  return s;
}

/* The probability at which the curve does not rise; -1 when it rises everywhere. */
static double falls_at(const double *coef, size_t m) {
  const double step = 0.25;
  double s2 = 1.0, s1 = 1.0;
  for (int i = -148; i <= 148; i++) {
    double z = step * i, s = slope(coef, m, z);
    if (!(s > 0.0)) return roi_sigmoid(z);
    double bend = s2 - 2.0 * s1 + s;
    if (i >= -146 && s1 < s2 && s1 < s && bend > 0.0) {
      double at = z - step + 0.5 * step * (s2 - s) / bend;
      if (!(slope(coef, m, at) > 0.0)) return roi_sigmoid(at);
    }
    s2 = s1;
    s1 = s;
  }
  return -1.0;
}

static const char *check(const double *par, size_t n, char *buf, size_t size) {
  if (n < 7 || n % 2 == 0 || n > 3 + 2 * ROI_METALOG_MAX) {
    snprintf(buf, size, "it takes 2 to %d points (p, x), but there are %zu numbers", ROI_METALOG_MAX, n > 3 ? n - 3 : 0);
    return buf;
  }
  double bounds = par[0];
  int has_min = bounds == MIN_ONLY || bounds == BOTH, has_max = bounds == MAX_ONLY || bounds == BOTH;
  if (!has_min && !has_max && bounds != NONE) return roi_rule(buf, size, "bounds", bounds, "is not 0, 1, 2 or 3");
  if (has_min && !(fabs(par[1]) < (double)INFINITY)) return roi_rule(buf, size, "min", par[1], "is not a finite number");
  if (has_max && !(fabs(par[2]) < (double)INFINITY)) return roi_rule(buf, size, "max", par[2], "is not a finite number");
  if (bounds == BOTH && par[1] >= par[2]) return roi_rule_than(buf, size, "min", par[1], "is not below max", par[2]);
  for (size_t i = 3; i < n; i += 2) {
    double p = par[i], x = par[i + 1];
    if (!(p > 0.0 && p < 1.0)) return roi_rule(buf, size, "probability", p, "is not between 0 and 1");
    if (!(fabs(x) < (double)INFINITY)) return roi_rule(buf, size, "value", x, "is not a finite number");
    if (has_min && x <= par[1]) return roi_rule_than(buf, size, "value", x, "is not above min", par[1]);
    if (has_max && x >= par[2]) return roi_rule_than(buf, size, "value", x, "is not below max", par[2]);
    if (i > 3 && p <= par[i - 2]) return roi_rule_than(buf, size, "probability", p, "does not rise: it stands after", par[i - 2]);
    if (i > 3 && x <= par[i - 1]) return roi_rule_than(buf, size, "value", x, "does not rise: it stands after", par[i - 1]);
  }
  double coef[ROI_METALOG_MAX];
  size_t m = roi_metalog_fit(par, n, coef);
  if (m == 0) {
    snprintf(buf, size, "the probabilities are too close together for a curve through the points");
    return buf;
  }
  double p = falls_at(coef, m);
  return p < 0.0 ? NULL
                 : roi_rule(buf, size, "no metalog passes through these points: at probability", p,
                            "its quantile function would fall; use fewer or less uneven points, or set bounds");
}

static double quantile(const double *par, size_t n, double p, double q) {
  double coef[ROI_METALOG_MAX];
  size_t m = roi_metalog_fit(par, n, coef);
  return roi_metalog_value(par, coef, m, p, q);
}

typedef struct target {
  const double *coef;
  size_t m;
  double value;
} target;

static double above_target(const void *context, double z) {
  const target *t = context;
  return line(t->coef, t->m, roi_sigmoid(z), roi_sigmoid(-z)) - t->value;
}

static void cdf(const double *par, size_t n, double x, double *p, double *q) {
  if ((par[0] == MIN_ONLY || par[0] == BOTH) && x <= par[1]) {
    *p = 0.0;
    *q = 1.0;
    return;
  }
  if ((par[0] == MAX_ONLY || par[0] == BOTH) && x >= par[2]) {
    *p = 1.0;
    *q = 0.0;
    return;
  }
  double coef[ROI_METALOG_MAX];
  size_t m = roi_metalog_fit(par, n, coef);
  target t = {coef, m, to_line(par, x)};
  double z = roi_rising_root(above_target, &t, -700.0, 700.0);
  *p = roi_sigmoid(z);
  *q = roi_sigmoid(-z);
}

static double unknown(const double *par, size_t n) {
  (void)par;
  (void)n;
  return (double)NAN;
}

const roi_family_row roi_family_row_METALOG = {
    "metalog", 7, -1, "bounds, min, max, p, x, p, x, ...", 0, check, quantile, cdf, unknown, unknown};
