/* gamma_function.c - logarithms of the gamma and beta functions, and the pieces that keep large arguments from cancelling.
 *
 * REFERENCE DLMF 5.7.3 (series of log Gamma(1 + z) with zeta values), 5.11.1 (Stirling's series); C. Loader, Fast and accurate
 *   computation of binomial probabilities (2000), for the deviance form that roi_log_gap serves.
 * ACCURACY Against mpmath: roi_lgamma below 1e-15 relative from 1e-300 to 1e300, zeros at 1 and 2 included; roi_lbeta below
 *   1e-14 of the larger of 1 and its value. */
#include <math.h>

#include "math/scalar.h"
#include "math/shape.h"
#include "math/special.h"

#define HALF_LOG_2PI 0.91893853320467274178
#define ONE_MINUS_EULER 0.42278433509846713939

/* log Gamma(2 + w), |w| <= 1/2: w (1 - euler) + sum over k >= 2 of (-1)^k (zeta(k) - 1) / k w^k. */
static double near_two(double w) {
  static const double c[] = {
      ONE_MINUS_EULER, 0.32246703342411321824, -0.067352301053198095133, 0.020580808427784547879,
      -0.0073855510286739852663, 0.0028905103307415232858, -0.0011927539117032609771, 0.00050966952474304242234,
      -0.00022315475845357937976, 0.000099457512781808533715, -0.0000449262367381331417, 0.000020507212775670691553,
      -9.439488275268395904e-6, 4.3748667899074878042e-6, -2.0392157538013662368e-6, 9.5514121304074198329e-7,
      -4.4924691987645660433e-7, 2.1207184805554665869e-7, -1.0043224823968099609e-7, 4.7698101693639805658e-8,
      -2.271109460894316491e-8, 1.0838659214896954091e-8, -5.1834750419700466551e-9, 2.4836745438024783172e-9,
      -1.1921401405860912074e-9, 5.7313672416788620133e-10, -2.7595228851242331452e-10};
  int i = (int)(sizeof c / sizeof *c) - 1;
  double s = c[i];
  while (i-- > 0) s = fma(s, w, c[i]);
  return s * w;
}

double roi_lgamma1p(double x) { return x <= 0.5 ? near_two(x) - roi_log1p(x) : near_two(x - 1.0); }

double roi_stirling_rest(double x) {
  static const double c[] = {0.083333333333333333333, -0.0027777777777777777778, 0.00079365079365079365079,
                             -0.0005952380952380952381, 0.00084175084175084175084, -0.0019175269175269175269,
                             0.0064102564102564102564, -0.02955065359477124183};
  double r = 1.0 / x, r2 = r * r;
  int i = 7;
  double s = c[i];
  while (i-- > 0) s = fma(s, r2, c[i]);
  return s * r;
}

double roi_lgamma(double x) {
  if (x < 0.5) return roi_lgamma1p(x) - roi_log(x);
  if (x < 1.5) return near_two(x - 1.0) - roi_log1p(x - 1.0);
  if (x >= 10.0) return fma(x - 0.5, roi_log(x) - 1.0, HALF_LOG_2PI - 0.5 + roi_stirling_rest(x));
  double product = 1.0;
  while (x > 2.5) {
    x -= 1.0;
    product *= x;
  }
  return roi_log(product) + near_two(x - 2.0);
}

double roi_lbeta(double a, double b) {
  if (a > b) return roi_lbeta(b, a);
  if (b < 10.0) return roi_lgamma(a) + (roi_lgamma(b) - roi_lgamma(a + b));
  double rest = roi_stirling_rest(b) - roi_stirling_rest(a + b);
  if (a < 10.0) /* log Gamma(b) - log Gamma(a + b) by Stirling, its large parts taken together */
    return roi_lgamma(a) + a * (1.0 - roi_log(a + b)) - (b - 0.5) * roi_log1p(a / b) + rest;
  return HALF_LOG_2PI - 0.5 * roi_log(b) + roi_stirling_rest(a) + rest - (a - 0.5) * roi_log1p(b / a) -
         b * roi_log1p(a / b);
}

double roi_log_gap(double d) {
  if (fabs(d) > 0.3) return d - roi_log1p(d);
  /* log(1 + d) = 2 artanh(s), s = d / (2 + d); d - 2 s = d s. */
  double s = d / (2.0 + d), s2 = s * s;
  double t = 1.0 / 21.0;
  for (int k = 19; k >= 3; k -= 2) t = fma(t, s2, 1.0 / k);
  return s * (d - 2.0 * s2 * t);
}
