/* walk.c - quantiles of a distribution whose log p and log q are concave in z.
 *
 * REFERENCE Inverse interpolation of third order (Householder's methods) on log p for the lower half, on log q for the upper;
 *   Newton's method on a concave function, which approaches from its low side without overshooting, far from the solution.
 * ACCURACY The last step is taken from a point whose tail probability is within 3e-4 of the one asked; what is left is of
 *   fourth order, below 1e-14 relative in the tail probability, plus the error of the distribution function itself. */
#include <math.h>

#include "math/scalar.h"
#include "math/shape.h"

#define NEAR 0.25 /* largest |log(p / p at the last point)| for the third-order step */
#define CLOSE 3e-4
#define SLOW 1e-90 /* log tail is a straight line where it falls so slowly, and the cube of its slope would be 0 */
#define MAX_STEPS 200

/* The step in z from `from` to where the lower (sign 1) or upper (sign -1) tail is `target`; NaN where there is no tail left
 * to divide by. *distance is the logarithm of target over the tail there. */
static double step(const roi_point *from, int sign, double target, double *distance) {
  double tail = sign > 0 ? from->p : from->q;
  double d = roi_log(target / tail);
  *distance = d;
  double r = from->density / tail; /* derivative of log tail along sign z */
  if (!(tail > 0.0) || !(r > 0.0)) {
    *distance = (double)INFINITY;
    return (double)NAN;
  }
  double newton = d / r;
  if (fabs(d) > NEAR || r < SLOW) return sign * newton;
  double slope = sign * from->slope;
  double h2 = r * (slope - r);
  double h3 = h2 * (slope - r) + r * (from->bend - h2);
  double c2 = -0.5 * h2 / (r * r), c3 = (3.0 * h2 * h2 - r * h3) / (6.0 * r * r * r * r);
  return sign * newton * (1.0 + d * (c2 + d * c3));
}

double roi_walk_to(roi_walk *w, double p, double q) {
  int sign = p <= q ? 1 : -1;
  double target = sign > 0 ? p : q, distance = 0.0, move = 0.0;
  double low = -(double)INFINITY, high = (double)INFINITY;
  if (w->warm) {
    move = step(&w->last, sign, target, &distance);
    if (fabs(distance) <= CLOSE) return w->last.z + move;
  }
  double z = w->warm && fabs(distance) <= NEAR ? w->last.z + move : w->guess(w->shape, p, q);
  w->warm = 1;
  double stride = 1.0;
  for (int i = 0; i < MAX_STEPS; i++) {
    w->at(w->shape, z, &w->last);
    move = step(&w->last, sign, target, &distance);
    double next = z + move;
    if (fabs(distance) <= CLOSE) return next;
    if ((sign > 0 ? w->last.p < p : w->last.q > q)) {
      low = z;
    } else {
      high = z;
    }
    if (!(next > low && next < high)) { /* no tail left here, or rounding: halve the bracket, or find its other end */
      if (low > -(double)INFINITY && high < (double)INFINITY) {
        next = 0.5 * (low + high);
        if (next == low || next == high) return next;
      } else {
        next = low > -(double)INFINITY ? z + stride : z - stride;
        stride *= 2.0;
      }
    }
    z = next;
  }
  return z;
}
