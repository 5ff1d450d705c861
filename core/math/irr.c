/* irr.c - internal rates of return: every positive root of a polynomial with the flows as coefficients.
 *
 * REFERENCE Descartes' rule of signs and Rolle's theorem. Let the coefficients change sign between p and p' and let m lie
 *   between. Then the derivative of v^-m P(v) has the coefficients (i - m) c_i, one change of sign less; and between two of its
 *   zeros v^-m P(v) is monotone, so P has at most one zero there. After as many such steps as there are changes nothing
 *   changes sign; on the way back the zeros of each step split the axis for the step before it. One change of sign means one
 *   root, which is solved at once.
 *   The axis is walked as v from 0 to 1, then w = 1 / v from 1 to 0 with the polynomial reversed, so nothing overflows.
 * ACCURACY Every zero at which the computed value changes sign by more than its rounding error is found, as is every zero that
 *   only touches: where the value at a splitting point is below the bound of its own rounding error (N. J. Higham, Accuracy and
 *   stability of numerical algorithms, 5.1), that point counts as a root, and neighbouring such points as one. Roots closer
 *   together than rounding lets them be told apart count as one. Well-conditioned roots to a few units in the last place.
 *   Intended for up to about a thousand flows; beyond that, coefficients of the steps may underflow. */
#include "math/irr.h"

#include <math.h>
#include <stdint.h>

#include "base/state.h"

/* A place on the axis is one number: x >= 0 (sign bit clear) for v = x, -w (sign bit set, also for w = 0) for v = 1 / w. */
typedef struct polynomial {
  const double *c;
  size_t n;
} polynomial;

/* The value at x of the polynomial (reversed: of its mirror), its derivative, and a bound of the value's rounding error. */
static double value(const polynomial *f, int reversed, double x, double *slope, double *error) {
  double s = 0.0, d = 0.0, e = 0.0;
  for (size_t i = 0; i < f->n; i++) {
    d = fma(d, x, s);
    s = fma(s, x, reversed ? f->c[i] : f->c[f->n - 1 - i]);
    e = fma(e, x, fabs(s));
  }
  *slope = d;
  *error = 1.2e-16 * e;
  return s;
}

static int sign_at(const polynomial *f, double place) {
  double slope, error, s = value(f, signbit(place), fabs(place), &slope, &error);
  return fabs(s) <= error ? 0 : s > 0.0 ? 1 : -1;
}

/* The zero between lo and hi, 0 <= lo < hi <= 1, of the polynomial or its mirror, which has sign_lo at lo and the other sign
 * at hi: Newton's method, with halving where it leaves the bracket or is slow. */
static double root_between(const polynomial *f, int reversed, double lo, double hi, int sign_lo) {
  double x = hi, before = hi - lo, step = before;
  for (int i = 0; i < 1200; i++) {
    double slope, error, s = value(f, reversed, x, &slope, &error);
    if (s == 0.0) return x;
    if ((s > 0.0) == (sign_lo > 0)) {
      lo = x;
    } else {
      hi = x;
    }
    double newton = s / slope, next = x - newton;
    if (!(next > lo && next < hi) || fabs(newton) > 0.5 * fabs(before)) {
      next = 0.5 * (lo + hi);
      newton = next - x;
    }
    before = step;
    step = newton;
    if (fabs(newton) <= 2e-16 * x || next == lo || next == hi) return next;
    x = next;
  }
  return x;
}

static size_t sign_changes(const double *c, size_t n) {
  size_t changes = 0;
  double last = 0.0;
  for (size_t i = 0; i < n; i++) {
    if (c[i] == 0.0) continue;
    if ((c[i] < 0.0) != (last < 0.0) && last != 0.0) changes++;
    last = c[i];
  }
  return changes;
}

/* Half-way between the two coefficients of the k-th change of sign, counted from 0. */
static double change_place(const double *c, size_t n, size_t k) {
  size_t before = 0;
  for (size_t i = 1; i < n; i++) {
    if (c[i] == 0.0) continue;
    if ((c[i] < 0.0) != (c[before] < 0.0) && k-- == 0) return 0.5 * (double)(before + i);
    before = i;
  }
  return 0.0;
}

/* Scales by a power of two so that the largest coefficient is about 1. */
static void normalise(double *c, size_t n) {
  double largest = 0.0;
  for (size_t i = 0; i < n; i++)
    if (fabs(c[i]) > largest) largest = fabs(c[i]);
  int e;
  frexp(largest, &e);
  for (size_t i = 0; i < n; i++) c[i] = ldexp(c[i], -e);
}

/* The zeros of f in `roots`, given `splits` (in the order of v, 1 among them, 0 and infinity not): between neighbours f has at
 * most one. for_splits: the place 1 is added, as splits must have it. Otherwise neighbouring splits where f is zero within
 * rounding are one zero. */
static size_t zeros(const polynomial *f, const double *splits, size_t n_splits, double *roots, int for_splits) {
  size_t n = 0;
  double a = 0.0;
  int sign_a = f->c[0] > 0.0 ? 1 : -1, touched = 0;
  for (size_t i = 0; i <= n_splits; i++) {
    double b = i < n_splits ? splits[i] : -0.0;
    int sign_b = i < n_splits ? sign_at(f, b) : f->c[f->n - 1] > 0.0 ? 1 : -1;
    if (sign_a * sign_b < 0) {
      /* The place 1 belongs to either half. */
      roots[n++] = signbit(b) ? -root_between(f, 1, -b, fabs(a), sign_b) : root_between(f, 0, a, b, sign_a);
    }
    int is_one = b == 1.0;
    if (for_splits ? sign_b == 0 || is_one : sign_b == 0 && !touched) roots[n++] = b;
    touched = sign_b == 0;
    a = b;
    sign_a = sign_b;
  }
  return n;
}

size_t roi_irr_scratch(size_t n) { return 6 * n + 16; }

static size_t several(const polynomial *whole, size_t changes, double *scratch, double *roots) {
  size_t n = whole->n;
  double *c = scratch, *m = c + n, *splits = m + n, *next = splits + n + 4;
  for (size_t i = 0; i < n; i++) c[i] = whole->c[i];
  for (size_t k = 0; k < changes; k++) {
    size_t left = sign_changes(c, n);
    m[k] = change_place(c, n, left / 2);
    for (size_t i = 0; i < n; i++) c[i] *= (double)i - m[k];
    normalise(c, n);
  }
  size_t n_splits = 1;
  splits[0] = 1.0;
  for (size_t k = changes - 1; k > 0; k--) {
    for (size_t i = 0; i < n; i++)
      if ((double)i != m[k]) c[i] /= (double)i - m[k];
    normalise(c, n);
    polynomial f = {c, n};
    size_t found = zeros(&f, splits, n_splits, next, 1);
    double *t = splits;
    splits = next;
    next = t;
    n_splits = found;
  }
  return zeros(whole, splits, n_splits, roots, 0);
}

size_t roi_irr_all(const double *flow, size_t n, double *rates, size_t max, double *scratch) {
  while (n > 0 && flow[n - 1] == 0.0) n--;
  while (n > 0 && flow[0] == 0.0) {
    flow++;
    n--;
  }
  size_t changes = sign_changes(flow, n), found = 1;
  if (changes == 0) return 0;
  double *c = scratch, *roots = c + n;
  for (size_t i = 0; i < n; i++) c[i] = flow[i];
  normalise(c, n);
  polynomial f = {c, n};
  if (changes == 1) {
    int at_one = sign_at(&f, 1.0), first = c[0] > 0.0 ? 1 : -1;
    roots[0] = at_one == 0       ? 1.0
               : at_one == first ? -root_between(&f, 1, 0.0, 1.0, -first)
                                 : root_between(&f, 0, 0.0, 1.0, first);
  } else {
    found = several(&f, changes, roots + n + 4, roots);
  }
  for (size_t i = 0; i < found && i < max; i++) { /* rates rise as v falls */
    double place = roots[found - 1 - i];
    rates[i] = signbit(place) ? -place - 1.0 : (1.0 - place) / place;
  }
  return found;
}

double roi_irr(const double *flow, size_t n, double *scratch) {
  double rate, sum = 0.0;
  for (size_t i = 0; i < n; i++) {
    if (isnan(flow[i])) return flow[i];
    sum += fabs(flow[i]);
  }
  if (!(sum < (double)INFINITY)) return (double)NAN;
  size_t found = roi_irr_all(flow, n, &rate, 1, scratch);
  return found == 1 ? rate : roi_state_value(found == 0 ? ROI_STATE_NO_IRR : ROI_STATE_MANY_IRR);
}
