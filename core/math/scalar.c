#include "math/scalar.h"

#include <math.h>
#include <sleef.h>

#include "math/sleef_version.h"

/* A NaN goes through as it is: SLEEF may return another payload, and the payload tells which state it is. */
#define KEEP_NAN(x) \
  if (isnan(x)) return (x)

double roi_exp(double x) {
  KEEP_NAN(x);
  return Sleef_finz_expd1_u10purecfma(x);
}
double roi_log(double x) {
  KEEP_NAN(x);
  return Sleef_finz_logd1_u10purecfma(x);
}
double roi_log10(double x) {
  KEEP_NAN(x);
  return Sleef_finz_log10d1_u10purecfma(x);
}
double roi_log1p(double x) {
  KEEP_NAN(x);
  return Sleef_finz_log1pd1_u10purecfma(x);
}
double roi_expm1(double x) {
  KEEP_NAN(x);
  return Sleef_finz_expm1d1_u10purecfma(x);
}
double roi_pow(double x, double y) {
  KEEP_NAN(x);
  KEEP_NAN(y);
  return Sleef_finz_powd1_u10purecfma(x, y);
}
double roi_sin(double x) {
  KEEP_NAN(x);
  return Sleef_finz_sind1_u10purecfma(x);
}
double roi_cos(double x) {
  KEEP_NAN(x);
  return Sleef_finz_cosd1_u10purecfma(x);
}
double roi_tan(double x) {
  KEEP_NAN(x);
  return Sleef_finz_tand1_u10purecfma(x);
}
double roi_tanh(double x) {
  KEEP_NAN(x);
  return Sleef_finz_tanhd1_u10purecfma(x);
}
double roi_atan(double x) {
  KEEP_NAN(x);
  return Sleef_finz_atand1_u10purecfma(x);
}
double roi_asin(double x) {
  KEEP_NAN(x);
  return Sleef_finz_asind1_u10purecfma(x);
}
double roi_acos(double x) {
  KEEP_NAN(x);
  return Sleef_finz_acosd1_u10purecfma(x);
}
double roi_erfc(double x) {
  KEEP_NAN(x);
  return Sleef_finz_erfcd1_u15purecfma(x);
}
double roi_sigmoid(double x) { return 1.0 / (1.0 + roi_exp(-x)); }

double roi_mod(double a, double b) {
  KEEP_NAN(a);
  KEEP_NAN(b);
  double r = fmod(a, b);
  if (r != 0.0 && (r < 0.0) != (b < 0.0)) r += b;
  return r;
}
double roi_idiv(double a, double b) { return floor(a / b); }

double roi_round(double x) {
  double t = trunc(x);
  return fabs(x - t) >= 0.5 ? t + copysign(1.0, x) : t;
}

const char *roi_sleef_version(void) { return ROI_SLEEF_VERSION; }
