/* family.c - the table of families and what their files share. */
#include "dist/family.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "math/scalar.h"

static const roi_family_row *const rows[ROI_FAMILY_COUNT] = {
#define ROI_FAMILY(id, name, min_args, max_args, params, doc) &roi_family_row_##id,
#include "dist/family.def"
#undef ROI_FAMILY
};

const roi_family_row *roi_family_get(roi_family f) { return rows[f]; }

int roi_family_find(const char *name) {
  for (int i = 0; i < ROI_FAMILY_COUNT; i++)
    if (strcmp(rows[i]->name, name) == 0) return i;
  return -1;
}

const char *roi_rule(char *buf, size_t size, const char *what, double value, const char *rule) {
  char v[32];
  snprintf(buf, size, "%s %s %s", what, roi_format_shortest(v, value), rule);
  return buf;
}

const char *roi_rule_than(char *buf, size_t size, const char *what, double value, const char *rule, double other) {
  char v[32], o[32];
  snprintf(buf, size, "%s %s %s %s", what, roi_format_shortest(v, value), rule, roi_format_shortest(o, other));
  return buf;
}

const char *roi_rule_finite(char *buf, size_t size, const char *names, const double *par, size_t n) {
  for (size_t i = 0; i < n; i++) {
    size_t length = strcspn(names, ", =");
    if (!(fabs(par[i]) < (double)INFINITY)) {
      char name[64];
      snprintf(name, sizeof name, "%.*s", (int)length, names);
      return roi_rule(buf, size, name, par[i], "is not a finite number");
    }
    const char *comma = strchr(names, ',');
    if (comma) names = comma + 2;
  }
  return NULL;
}

const char *roi_check_shape_scale(const double *par, size_t n, char *buf, size_t size) {
  const char *bad = roi_rule_finite(buf, size, "shape, scale", par, n);
  if (bad) return bad;
  if (par[0] <= 0.0) return roi_rule(buf, size, "shape", par[0], "is not above 0");
  return par[1] <= 0.0 ? roi_rule(buf, size, "scale", par[1], "is not above 0") : NULL;
}

const char *roi_check_location_scale(const double *par, size_t n, char *buf, size_t size) {
  const char *bad = roi_rule_finite(buf, size, "location, scale", par, n);
  if (bad) return bad;
  return par[1] <= 0.0 ? roi_rule(buf, size, "scale", par[1], "is not above 0") : NULL;
}

void roi_step_cdf(double x, double at, double *p, double *q) {
  *p = x < at ? 0.0 : 1.0;
  *q = x < at ? 1.0 : 0.0;
}

double roi_normal_from(double p, double q) { return p <= q ? roi_normal_quantile(p) : -roi_normal_quantile(q); }

double roi_minus_log_q(double p, double q) { return p <= q ? -roi_log1p(-p) : -roi_log(q); }

double roi_whole_quantile(void (*cdf)(const double *, size_t, double, double *, double *), const double *par, size_t n,
                          double p, double q, double low, double guess) {
  /* reached(k): P(X <= k) >= p, judged in the smaller tail. */
#define REACHED(k) (cdf(par, n, (k), &cp, &cq), p <= q ? cp >= p : cq <= q)
  double cp, cq, k = floor(guess), stride = 1.0, below, above;
  if (!(k > low)) k = low;
  if (REACHED(k)) {
    above = k;
    below = low - 1.0;
    while (above > low) {
      double t = fmax(above - stride, low);
      if (!REACHED(t)) {
        below = t;
        break;
      }
      above = t;
      stride *= 2.0;
    }
  } else {
    below = k;
    above = k + stride;
    while (!REACHED(above) && above < 1e300) {
      below = above;
      stride *= 2.0;
      above = below + stride;
    }
  }
  while (above - below > 1.0) {
    double t = floor(0.5 * (above + below));
    if (t <= below || t >= above) break; /* whole numbers beyond 2^53 have no neighbours */
    if (REACHED(t)) {
      above = t;
    } else {
      below = t;
    }
  }
#undef REACHED
  return above;
}

/* Between a and b: 0 where they have different signs, else the geometric mean, so that a root many orders away is near. */
static double middle(double a, double b) {
  const double least = 1e-307;
  if (a < 0.0 || b < 0.0) return a <= 0.0 && b <= 0.0 ? -sqrt(fmax(-a, least)) * sqrt(fmax(-b, least)) : 0.0;
  return sqrt(fmax(a, least)) * sqrt(fmax(b, least));
}

/* REFERENCE T. Chandrupatla, A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function without
 * using derivatives, Advances in Engineering Software 28 (1997). CHANGED Halving is geometric; of the last bracket the upper end
 * is returned, so that a jump is found where f is not negative. */
double roi_rising_root(double (*f)(const void *, double), const void *context, double low, double high) {
  double a = low, b = high, fa = f(context, a), fb = f(context, b);
  if (fa >= 0.0) return a;
  if (fb <= 0.0) return b;
  double x = middle(a, b), c = a, fc = fa;
  for (int i = 0; i < 1200; i++) {
    double fx = f(context, x);
    if ((fx < 0.0) == (fa < 0.0)) {
      c = a;
      fc = fa;
    } else {
      c = b;
      fc = fb;
      b = a;
      fb = fa;
    }
    a = x;
    fa = fx;
    double width = fabs(b - a), reach = 4e-16 * fabs(b) + 1e-306;
    if (fx == 0.0) return x;
    if (width <= reach) return fa >= 0.0 ? a : b;
    double xi = (a - b) / (c - b), phi = (fa - fb) / (fc - fb);
    if (!(phi * phi < xi && (1.0 - phi) * (1.0 - phi) < 1.0 - xi)) {
      x = middle(a, b);
      continue;
    }
    double t = fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb);
    double edge = 0.5 * reach / width;
    if (!(t > edge)) t = edge;
    if (t > 1.0 - edge) t = 1.0 - edge;
    x = a + t * (b - a);
  }
  return a;
}
