/* incomplete_beta.c - the regularised incomplete beta function and its inverse.
 *
 * REFERENCE A. R. DiDonato, A. H. Morris, Algorithm 708, ACM TOMS 18 (1992): the even part of the continued fraction DLMF
 *   8.17.22, used from the nearer end; quadrature where both parameters are large; the density by Loader's deviance form where
 *   both are at least 10.
 * ACCURACY Against mpmath: below 1e-12 relative in both tails for parameters from 1e-2 to 1e9, p and
 *   q from 1e-300 up. With a below that, q loses digits as 1e-16 / a where it is itself of the order of a (and p with b).
 * CHANGED The fraction's coefficients are kept between calls, so that its forward recurrence needs one division in two terms. */
#include <math.h>

#include "math/scalar.h"
#include "math/shape.h"
#include "math/special.h"

#define LARGE 3000.0
#define INV_SQRT_2PI 0.39894228040143267794
#define MAX_TERMS 6000

void roi_beta_shape_set(roi_beta_shape *s, double a, double b) {
  s->a = a;
  s->b = b;
  s->low.a = s->high.b = a;
  s->low.b = s->high.a = b;
  s->low.ready = s->high.ready = 0;
  s->log_beta = roi_lbeta(a, b);
  s->scale = 0.0;
  if (a >= 10.0 && b >= 10.0)
    s->scale = sqrt(a / (a + b)) * sqrt(b) * INV_SQRT_2PI *
               roi_exp(roi_stirling_rest(a + b) - roi_stirling_rest(a) - roi_stirling_rest(b));
}

typedef struct place { /* x + y = 1, each with its logarithm */
  double x, y, log_x, log_y;
} place;

/* b x - a y without cancellation: each product's rounding is taken back. */
static double cross(double b, double x, double a, double y) {
  double w = a * y;
  return fma(b, x, -w) - fma(a, y, -w);
}

/* x^a y^b / B(a, b): the density of log(x / y). */
static double density(const roi_beta_shape *s, const place *at) {
  double a = s->a, b = s->b;
  if (s->scale == 0.0) return roi_exp(a * at->log_x + b * at->log_y - s->log_beta);
  double gap = cross(b, at->x, a, at->y); /* (a + b)(x - a / (a + b)) */
  double dx = gap / a, dy = -gap / b;
  double log_n = roi_log(a + b);
  double ex = dx < -0.3 ? dx - (at->log_x + log_n - roi_log(a)) : roi_log_gap(dx);
  double ey = dy < -0.3 ? dy - (at->log_y + log_n - roi_log(b)) : roi_log_gap(dy);
  return s->scale * roi_exp(-(a * ex + b * ey));
}

static roi_beta_term coefficients(double a, double b, int m) {
  double n = a + 2 * m - 1, w = (a + m - 1) / n * ((a + b + m - 1) / n) * m * (b - m);
  return (roi_beta_term){m * (b - m) / n, (a + m) / (a + 2 * m + 1), w};
}

/* I_x(a, b) / density = 1/(b0 + a1/(b1 + a2/(b2 + ...))), by its forward recurrence, rescaled as it goes. `gap` is a y - b x:
 * with it nothing cancels as long as m < b. */
static double fraction(roi_beta_side *s, double x, double gap) {
  double den1 = s->a * (gap + 1.0) / (s->a + 1.0), x2 = x * x, last = 1.0 / den1;
  double num0 = 0.0, num1 = 1.0, den0 = 1.0;
  for (int m = 1; m < MAX_TERMS; m += 2) {
    for (int k = m; k < m + 2; k++) {
      roi_beta_term c;
      if (k < ROI_SHAPE_TERMS) {
        if (k > s->ready) {
          s->term[k] = coefficients(s->a, s->b, k);
          s->ready = k;
        }
        c = s->term[k];
      } else {
        c = coefficients(s->a, s->b, k);
      }
      double numerator = c.w * x2, denominator = k + fma(c.u, x, c.v * fma(k, 2.0 - x, gap + 1.0));
      double num2 = fma(denominator, num1, numerator * num0), den2 = fma(denominator, den1, numerator * den0);
      num0 = num1;
      num1 = num2;
      den0 = den1;
      den1 = den2;
    }
    double r = 1.0 / den1, value = num1 * r;
    if (!(fabs(value - last) > 4e-16 * fabs(value))) return value; /* also where it is no number */
    last = value;
    num0 *= r;
    num1 = value;
    den0 *= r;
    den1 = 1.0;
  }
  return last;
}

typedef struct around { /* x = mode_x + gap + sign t, of the density of x itself */
  double a1, b1, mode_x, mode_y, gap, sign;
} around;

static double around_log_density(const void *context, double t) {
  const around *c = context;
  double d = c->gap + c->sign * t;
  return -(c->a1 * roi_log_gap(d / c->mode_x) + c->b1 * roi_log_gap(-d / c->mode_y));
}

static void large_both(const roi_beta_shape *s, const place *at, double dens, double *p, double *q) {
  double a1 = s->a - 1.0, b1 = s->b - 1.0, n1 = a1 + b1;
  int lower = cross(s->b, at->x, s->a, at->y) < 0.0;
  around c = {a1, b1, a1 / n1, b1 / n1, cross(b1, at->x, a1, at->y) / n1, lower ? -1.0 : 1.0};
  double fall = fabs(c.gap) * n1 / (at->x * at->y);
  double tail = dens / (at->x * at->y) *
                roi_tail_integral(around_log_density, &c, fall, c.mode_x * c.mode_y / n1, lower ? at->x : at->y);
  *(lower ? p : q) = tail;
  *(lower ? q : p) = 1.0 - tail;
}

static double both_tails(roi_beta_shape *s, const place *at, double *p, double *q) {
  double a = s->a, b = s->b, dens = density(s, at);
  if (a >= LARGE && b >= LARGE && dens > 0.0) {
    large_both(s, at, dens, p, q);
  } else if (at->x * (a + b + 2.0) <= a + 1.0) {
    *p = dens * fraction(&s->low, at->x, cross(a, at->y, b, at->x));
    *q = 1.0 - *p;
  } else {
    *q = dens * fraction(&s->high, at->y, cross(b, at->x, a, at->y));
    *p = 1.0 - *q;
  }
  return dens;
}

void roi_beta_shape_at(roi_beta_shape *s, double z, roi_point *point) {
  double e = roi_exp(-fabs(z)), l = roi_log1p(e), big = 1.0 / (1.0 + e), small = e * big;
  place at = z < 0.0 ? (place){small, big, z - l, -l} : (place){big, small, -l, -z - l};
  point->z = z;
  point->density = both_tails(s, &at, &point->p, &point->q);
  point->slope = s->a * at.y - s->b * at.x;
  point->bend = -(s->a + s->b) * at.x * at.y;
}

void roi_beta_pq(double a, double b, double x, double y, double *p, double *q) {
  if (!(x > 0.0)) {
    *p = 0.0;
    *q = 1.0;
  } else if (!(y > 0.0)) {
    *p = 1.0;
    *q = 0.0;
  } else {
    roi_beta_shape s;
    roi_beta_shape_set(&s, a, b);
    place at = {x, y, x < 0.5 ? roi_log(x) : roi_log1p(-y), y < 0.5 ? roi_log(y) : roi_log1p(-x)};
    both_tails(&s, &at, p, q);
  }
}

/* The normal approximation of log(x / y), kept between the lines that log p and log q follow at -inf and inf. */
static double guess(void *shape, double p, double q) {
  const roi_beta_shape *s = shape;
  double a = s->a, b = s->b;
  double n = p < q ? roi_normal_quantile(p) : -roi_normal_quantile(q);
  double low = (roi_log(p) + roi_log(a) + s->log_beta) / a;
  double high = -(roi_log(q) + roi_log(b) + s->log_beta) / b;
  double z = roi_log(a / b) + n * sqrt(1.0 / a + 1.0 / b);
  if (z < low) z = low;
  return z > high ? high : z;
}

static void at_point(void *shape, double z, roi_point *point) { roi_beta_shape_at(shape, z, point); }

void roi_walk_beta(roi_walk *w, roi_beta_shape *s) {
  *w = (roi_walk){.at = at_point, .guess = guess, .shape = s};
}

void roi_beta_quantile(double a, double b, double p, double q, double *x, double *y) {
  if (p <= 0.0 || q <= 0.0) {
    *x = p <= 0.0 ? 0.0 : 1.0;
    *y = 1.0 - *x;
    return;
  }
  roi_beta_shape s;
  roi_walk w;
  roi_beta_shape_set(&s, a, b);
  roi_walk_beta(&w, &s);
  double z = roi_walk_to(&w, p, q), e = roi_exp(-fabs(z)), big = 1.0 / (1.0 + e), small = e * big;
  *x = z < 0.0 ? small : big;
  *y = z < 0.0 ? big : small;
}
