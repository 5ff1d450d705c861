/* scalar.h - the one set of elementary functions that may influence a number.
 *
 * They are SLEEF's deterministic functions (finz), whose scalar form gives the same bits as the AVX2 and AVX-512 forms that
 * the kernels use. libm's exp, pow, log, sin, ... give other bits on other processors and must not be called; of <math.h>
 * only what IEEE 754 fixes may be used: fabs, floor, ceil, trunc, rint, sqrt, fma, fmod, frexp, ldexp, copysign, isnan.
 *
 * A NaN argument is returned as it is (with its payload), so that states survive; see base/state.h. */
#ifndef ROI_MATH_SCALAR_H
#define ROI_MATH_SCALAR_H

double roi_exp(double x);
double roi_log(double x);
double roi_log10(double x);
double roi_log1p(double x);
double roi_expm1(double x);
double roi_pow(double x, double y);
double roi_sin(double x);
double roi_cos(double x);
double roi_tan(double x);
double roi_tanh(double x);
double roi_atan(double x);
double roi_asin(double x);
double roi_acos(double x);
double roi_sigmoid(double x);
double roi_erfc(double x);
double roi_normal_cdf(double x);      /* relative error below 1e-12 down to 1e-300 */
double roi_normal_quantile(double p); /* relative error below 1e-12; -inf at 0, inf at 1, NaN outside [0, 1] */
double roi_mod(double a, double b);   /* Lua's float %: a - floor(a / b) * b */
double roi_idiv(double a, double b);  /* floor(a / b) */
double roi_round(double x);           /* halves away from zero */

/* The version of SLEEF whose functions these are: "3.5.1"; bits are promised for one version. */
const char *roi_sleef_version(void);

#endif
