/* normal.c - the standard normal distribution function and its inverse.
 *
 * REFERENCE Distribution function: erfc of scalar.h. Quantile: M. J. Wichura, Algorithm AS 241, PPND16: The percentage points
 *   of the normal distribution, Applied Statistics 37 (1988), 477-484 (his coefficients).
 * ACCURACY Against mpmath at 50 digits: distribution function below 2e-13 relative from x = -37.5
 *   (1e-308) up, most of it the rounding of x / sqrt(2) squared; quantile below 1e-15 relative for p from 1e-300 to 1 - 2^-53.
 * CHANGED Horner's rule with fma; the logarithm is scalar.h's; NaN passes through. */
#include <math.h>

#include "math/scalar.h"

double roi_normal_cdf(double x) {
  const double root_half = 0.70710678118654752440;
  return 0.5 * roi_erfc(-x * root_half);
}

/* num(r) / den(r) of degree 7 each. */
static double ratio(double r, const double num[8], const double den[8]) {
  double n = num[7], d = den[7];
  for (int i = 6; i >= 0; i--) {
    n = fma(n, r, num[i]);
    d = fma(d, r, den[i]);
  }
  return n / d;
}

double roi_normal_quantile(double p) {
  static const double a[8] = {3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3,
                              1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                              3.3430575583588128105e+4, 2.5090809287301226727e+3};
  static const double b[8] = {1.0, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
                              2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4,
                              5.2264952788528545610e+3};
  static const double c[8] = {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
                              3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
                              2.27238449892691845833e-2, 7.74545014278341407640e-4};
  static const double d[8] = {1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
                              1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
                              1.05075007164441684324e-9};
  static const double e[8] = {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
                              2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                              2.71155556874348757815e-5, 2.01033439929228813265e-7};
  static const double f[8] = {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
                              7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
                              2.04426310338993978564e-15};
  if (isnan(p)) return p;
  if (p < 0.0 || p > 1.0) return (double)NAN;
  double middle = p - 0.5;
  if (fabs(middle) <= 0.425) return middle * ratio(fma(-middle, middle, 0.180625), a, b);
  double tail = middle < 0.0 ? p : 1.0 - p;
  if (tail == 0.0) return copysign((double)INFINITY, middle);
  double r = sqrt(-roi_log(tail));
  double x = r <= 5.0 ? ratio(r - 1.6, c, d) : ratio(r - 5.0, e, f);
  return copysign(x, middle);
}
