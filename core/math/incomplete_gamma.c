/* incomplete_gamma.c - the regularised incomplete gamma functions and their inverse.
 *
 * REFERENCE DLMF 8.7.1 and 8.11.4 (series), 8.9.2 (continued fraction), 8.7.1 in Gautschi's form for small a (W. Gautschi, A
 *   computational procedure for incomplete gamma functions, ACM TOMS 5, 1979); quadrature for large a.
 * ACCURACY Against mpmath: below 1e-12 relative in both tails for a from 1e-3 to 1e12, p and q from
 *   1e-300 up. The sum of the four terms of the exponent sets the error. */
#include <math.h>

#include "math/scalar.h"
#include "math/shape.h"
#include "math/special.h"

#define SMALL_A 0.3
#define LARGE_A 1000.0
#define INV_SQRT_2PI 0.39894228040143267794

void roi_gamma_shape_set(roi_gamma_shape *s, double a) {
  s->a = a;
  s->log_gamma = a < SMALL_A ? roi_lgamma1p(a) : roi_lgamma(a);
  s->ready = 0;
}

/* x^a e^-x / Gamma(a), z = log x: the density of log X. */
static double density(const roi_gamma_shape *s, double z, double x) {
  double a = s->a;
  if (a < SMALL_A) return a * roi_exp(a * z - x - s->log_gamma);
  if (a < 10.0) return roi_exp(a * z - x - s->log_gamma);
  double d = (x - a) / a;
  double gap = d < -0.3 ? d - (z - roi_log(a)) : roi_log_gap(d);
  return sqrt(a) * INV_SQRT_2PI * roi_exp(-roi_stirling_rest(a) - a * gap);
}

/* P / density * a = 1 + x/(a+1) + x^2/((a+1)(a+2)) + ... */
static double low_series(roi_gamma_shape *s, double x) {
  double sum = 1.0, term = 1.0;
  for (int i = 1; i < 2000; i++) {
    double r;
    if (i >= ROI_SHAPE_TERMS) {
      r = 1.0 / (s->a + i);
    } else {
      if (i > s->ready) {
        s->ratio[i] = 1.0 / (s->a + i);
        s->ready = i;
      }
      r = s->ratio[i];
    }
    term *= x * r;
    sum += term;
    if (term < 1e-17 * sum) break;
  }
  return sum;
}

/* Q / density = 1/(x+1-a - 1(1-a)/(x+3-a - 2(2-a)/(x+5-a - ...))), by its forward recurrence, rescaled as it goes. */
static double high_fraction(double a, double x) {
  double b = x + 1.0 - a;
  double num0 = 0.0, num1 = 1.0, den0 = 1.0, den1 = b, last = 1.0 / b;
  for (int n = 1; n < 2000; n += 4) {
    for (int k = n; k < n + 4; k++) {
      double c = k * (a - k);
      b += 2.0;
      double num2 = fma(b, num1, c * num0), den2 = fma(b, den1, c * den0);
      num0 = num1;
      num1 = num2;
      den0 = den1;
      den1 = den2;
    }
    double r = 1.0 / den1, value = num1 * r;
    if (!(fabs(value - last) > 2e-16 * fabs(value))) return value; /* also where it is no number */
    last = value;
    num0 *= r;
    num1 = value;
    den0 *= r;
    den1 = 1.0;
  }
  return last;
}

/* a < 0.3 and x below about 1: p = x^a / Gamma(1+a) (1 + a sum (-x)^n / (n! (a+n))), and q from the parts that are left when
 * the 1 is taken out. */
static void small_a(const roi_gamma_shape *s, double z, double x, double *p, double *q) {
  double a = s->a, sum = 0.0, power = 1.0;
  for (int n = 1; n < 40; n++) {
    power *= -x / n;
    double term = power / (a + n);
    sum += term;
    if (fabs(term) <= 1e-17 * fabs(sum)) break;
  }
  double e = a * z - s->log_gamma;
  if (e > -0.5) {
    double m = roi_expm1(e), rest = (1.0 + m) * a * sum;
    *q = -(m + rest);
    *p = (1.0 + m) + rest;
    return;
  }
  *p = roi_exp(e) * (1.0 + a * sum);
  *q = 1.0 - *p;
}

typedef struct around { /* x = mode + gap + sign t */
  double mode, gap, sign;
} around;

static double around_log_density(const void *context, double t) {
  const around *c = context;
  return -c->mode * roi_log_gap((c->gap + c->sign * t) / c->mode);
}

static void large_a(const roi_gamma_shape *s, double x, double dens, double *p, double *q) {
  around c = {s->a - 1.0, x - (s->a - 1.0), x < s->a ? -1.0 : 1.0};
  double fall = fabs(c.gap) / x; /* the slope of the logarithm of x's density */
  /* Between mode and mean the log-density still rises a little towards the mode; the range copes with that. */
  double tail = dens / x * roi_tail_integral(around_log_density, &c, fall, s->a, c.sign < 0.0 ? x : (double)INFINITY);
  *(c.sign < 0.0 ? p : q) = tail;
  *(c.sign < 0.0 ? q : p) = 1.0 - tail;
}

static double both_tails(roi_gamma_shape *s, double z, double x, double *p, double *q) {
  double a = s->a, dens = density(s, z, x);
  if (a >= LARGE_A && dens > 0.0) {
    large_a(s, x, dens, p, q);
  } else if (a < SMALL_A && x < 1.5) {
    small_a(s, z, x, p, q);
  } else if (x < a + 1.0) {
    *p = dens / a * low_series(s, x);
    *q = 1.0 - *p;
  } else {
    *q = dens * high_fraction(a, x);
    *p = 1.0 - *q;
  }
  return dens;
}

void roi_gamma_shape_at(roi_gamma_shape *s, double z, roi_point *point) {
  double x = roi_exp(z);
  point->z = z;
  point->density = both_tails(s, z, x, &point->p, &point->q);
  point->slope = s->a - x;
  point->bend = -x;
}

void roi_gamma_pq(double a, double x, double *p, double *q) {
  if (!(x > 0.0)) {
    *p = 0.0;
    *q = 1.0;
  } else if (x > 1e300) {
    *p = 1.0;
    *q = 0.0;
  } else {
    roi_gamma_shape s;
    roi_gamma_shape_set(&s, a);
    both_tails(&s, roi_log(x), x, p, q);
  }
}

/* Left of the solution by the line that log p follows at -inf, or Wilson and Hilferty's cube of a normal. */
static double guess(void *shape, double p, double q) {
  const roi_gamma_shape *s = shape;
  double a = s->a;
  double log_gamma1 = a < SMALL_A ? s->log_gamma : s->log_gamma + roi_log(a);
  double low = (roi_log(p) + log_gamma1) / a;
  double n = p < q ? roi_normal_quantile(p) : -roi_normal_quantile(q);
  double c = 1.0 - 1.0 / (9.0 * a) + n / (3.0 * sqrt(a));
  double cube = c > 0.0 ? roi_log(a * c * c * c) : low;
  return cube > low ? cube : low;
}

static void at(void *shape, double z, roi_point *point) { roi_gamma_shape_at(shape, z, point); }

void roi_walk_gamma(roi_walk *w, roi_gamma_shape *s) {
  *w = (roi_walk){.at = at, .guess = guess, .shape = s};
}

double roi_gamma_quantile(double a, double p, double q) {
  if (p <= 0.0) return 0.0;
  if (q <= 0.0) return (double)INFINITY;
  roi_gamma_shape s;
  roi_walk w;
  roi_gamma_shape_set(&s, a);
  roi_walk_gamma(&w, &s);
  return roi_exp(roi_walk_to(&w, p, q));
}
