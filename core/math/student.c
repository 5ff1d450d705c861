/* student.c - Student's t distribution, by way of the incomplete beta function.
 *
 * REFERENCE DLMF 8.17: P(|T| > t) = I_x(df / 2, 1 / 2), x = df / (df + t^2); both x and 1 - x are formed without cancellation.
 * ACCURACY As incomplete_beta.c, which does the work; measured against mpmath for df from 0.1 to 1e10. */
#include <math.h>

#include "math/scalar.h"
#include "math/special.h"

void roi_student_pq(double df, double t, double *p, double *q) {
  double r = fabs(t) / sqrt(df), tail, body;
  if (r > 1.0) {
    double s = 1.0 / r, s2 = s * s;
    roi_beta_pq(0.5 * df, 0.5, s2 / (1.0 + s2), 1.0 / (1.0 + s2), &tail, &body);
  } else {
    double r2 = r * r;
    roi_beta_pq(0.5 * df, 0.5, 1.0 / (1.0 + r2), r2 / (1.0 + r2), &tail, &body);
  }
  *(t < 0.0 ? p : q) = 0.5 * tail;
  *(t < 0.0 ? q : p) = 0.5 + 0.5 * body;
}

double roi_student_quantile(double df, double p, double q) {
  double tail = p < q ? p : q, x, y;
  if (p == q) return 0.0;
  roi_beta_quantile(0.5 * df, 0.5, 2.0 * tail, fabs(q - p), &x, &y);
  return copysign(sqrt(df * (y / x)), p - q);
}
