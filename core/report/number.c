#include "report/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

int roi_magnitude(double x) {
  int e = 0;
  x = fabs(x);
  if (x == 0) return 0;
  while (x >= 10) { x /= 10; e++; }
  while (x < 1) { x *= 10; e--; }
  return e;
}

static double power_of_ten(int e) {
  double p = 1;
  for (int i = 0; i < e; i++) p *= 10;
  return p;
}

/* Texts of what is no number: 1 if x was one of these. */
static int write_special(char *buf, double x) {
  if (isfinite(x)) return 0;
  snprintf(buf, ROI_NUMBER, "%s", isnan(x) ? "-" : x > 0 ? "never" : "-inf");
  return 1;
}

/* "1.5e-9": an exponent without the plus sign and zeros that C writes. */
static char *write_exponent(char *buf, long double x, int decimals) {
  snprintf(buf, ROI_NUMBER, "%.*Le", decimals, x);
  char *e = strchr(buf, 'e');
  char sign = e[1];
  const char *digits = e + 2;
  while (*digits == '0' && digits[1]) digits++;
  char *to = e + 1;
  if (sign == '-') *to++ = '-';
  memmove(to, digits, strlen(digits) + 1);
  return buf;
}

char *roi_number_fixed(char *buf, double x, int decimals) {
  if (write_special(buf, x)) return buf;
  if (fabs(x) >= 1e21) return write_exponent(buf, x, 3);
  if (decimals > 12) decimals = 12;
  char digits[64];
  int n = snprintf(digits, sizeof digits, "%.*f", decimals, fabs(x));
  int whole = decimals > 0 ? n - decimals - 1 : n;
  char *to = buf;
  if (x < 0 && strspn(digits, "0.") != (size_t)n) *to++ = '-'; /* what rounds to zero has no sign */
  for (int i = 0; i < n; i++) {
    if (i > 0 && i < whole && (whole - i) % 3 == 0) *to++ = ',';
    *to++ = digits[i];
  }
  *to = '\0';
  return buf;
}

roi_scale roi_scale_of(const double *x, size_t n) {
  static const roi_scale units[] = {{1, "", 0}, {1e6, "M", 0}, {1e9, "bn", 0}, {1e12, "trn", 0}};
  double largest = 0;
  int whole = 1;
  for (size_t i = 0; i < n; i++) {
    if (!isfinite(x[i])) continue;
    if (fabs(x[i]) > largest) largest = fabs(x[i]);
    if (x[i] != floor(x[i])) whole = 0;
  }
  roi_scale s = units[0];
  if (largest == 0 || (whole && largest < 1e7)) return s;
  if (largest >= 1e16 || largest < 1e-4) { s.decimals = -1; return s; }
  if (largest >= 1e7) s = units[largest < 1e10 ? 1 : largest < 1e13 ? 2 : 3];
  int magnitude = roi_magnitude(largest / s.unit);
  s.decimals = (s.unit > 1 ? 4 : 3) - magnitude; /* five digits where a suffix took the rest away, else four */
  if (s.decimals < 0) s.decimals = 0;
  return s;
}

int roi_scale_hides(const roi_scale *scale, const double *x, size_t n) {
  size_t hidden = 0;
  if (scale->decimals < 0) return 0;
  for (size_t i = 0; i < n; i++)
    hidden += x[i] != 0 && fabs(x[i]) / scale->unit * power_of_ten(scale->decimals) < 0.5;
  return 2 * hidden >= n;
}

#define COLUMNS 10 /* of a number in a row */

char *roi_number_scaled(char *buf, double x, const roi_scale *scale) {
  if (write_special(buf, x)) return buf;
  if (scale->decimals < 0 && x == 0) return roi_number_fixed(buf, 0, 0);
  if (scale->decimals < 0) return strlen(write_exponent(buf, x, 3)) > COLUMNS ? write_exponent(buf, x, 2) : buf;
  return roi_number_fixed(buf, x / scale->unit, scale->decimals);
}

/* x rounded to two significant digits, and the digits after the point that shows them. */
static double two_digits(double x, int *decimals) {
  int magnitude = roi_magnitude(x);
  *decimals = magnitude >= 1 ? 0 : 1 - magnitude;
  double place = power_of_ten(magnitude > 1 ? magnitude - 1 : 0);
  return magnitude > 1 ? rint(x / place) * place : x;
}

char *roi_number_error(char *buf, double se, const roi_scale *scale) {
  if (write_special(buf, se)) return buf;
  if (se == 0) return roi_number_fixed(buf, 0, 0);
  if (scale->decimals < 0) return write_exponent(buf, se, 1);
  int decimals;
  double v = two_digits(se / scale->unit, &decimals);
  if (decimals > 7 || strlen(roi_number_fixed(buf, v, decimals)) > COLUMNS) return write_exponent(buf, v, 1);
  return buf;
}

static char *add_suffix(char *buf, const char *suffix) {
  size_t n = strlen(buf);
  if (*suffix) snprintf(buf + n, ROI_NUMBER - n, " %s", suffix);
  return buf;
}

char *roi_number_short(char *buf, double x) {
  roi_scale s = roi_scale_of(&x, 1);
  roi_number_scaled(buf, x, &s);
  return isfinite(x) ? add_suffix(buf, s.suffix) : buf;
}

char *roi_number_step(char *buf, double x, double step) {
  if (write_special(buf, x)) return buf;
  if (!isfinite(step) || step == 0) return roi_number_short(buf, x);
  double larger = fabs(x) > fabs(step) ? fabs(x) : fabs(step);
  roi_scale s = roi_scale_of(&larger, 1);
  if (s.decimals < 0) return x == 0 ? roi_number_fixed(buf, 0, 0) : write_exponent(buf, x, 1);
  int decimals;
  two_digits(step / s.unit, &decimals);
  roi_number_fixed(buf, x / s.unit, decimals);
  return add_suffix(buf, s.suffix);
}

int roi_is_rounding(double x, double se) { return se <= 1e-12 * fabs(x); }

static char *add_error(char *buf, const char *error, const char *plus_minus) {
  size_t n = strlen(buf);
  snprintf(buf + n, ROI_NUMBER - n, " %s%.20s", plus_minus, error);
  return buf;
}

char *roi_number_pm_in(char *buf, double x, double se, const char *plus_minus, const roi_scale *scale) {
  double v = x / scale->unit, e = se / scale->unit;
  char error[ROI_NUMBER];
  if (!isfinite(x)) return roi_number_fixed(buf, x, 0);
  if (!isfinite(e) || roi_is_rounding(v, e)) {
    if (x == 0) return roi_number_fixed(buf, 0, 0);
    int places = (scale->unit > 1 ? 4 : 3) - roi_magnitude(v);
    return roi_number_fixed(buf, v, places < 0 || (scale->unit == 1 && x == rint(x)) ? 0 : places > 6 ? 6 : places);
  }
  int decimals, magnitude = roi_magnitude(e);
  double place = magnitude > 1 ? power_of_ten(magnitude - 1) : 0;
  double shown = two_digits(e, &decimals);
  roi_number_fixed(error, shown, decimals);
  roi_number_fixed(buf, place > 0 ? rint(v / place) * place : v, decimals);
  return add_error(buf, error, plus_minus);
}

char *roi_number_pm(char *buf, double x, double se, const char *plus_minus) {
  if (!isfinite(x) || !isfinite(se) || roi_is_rounding(x, se)) return roi_number_short(buf, x);
  double larger = fabs(x) > se ? fabs(x) : se;
  roi_scale s = roi_scale_of(&larger, 1);
  if (s.decimals >= 0) return add_suffix(roi_number_pm_in(buf, x, se, plus_minus, &s), s.suffix);
  char error[ROI_NUMBER];
  write_exponent(error, se, 1);
  return add_error(write_exponent(buf, x, 3), error, plus_minus);
}

char *roi_percent(char *buf, double x, int decimals) {
  if (write_special(buf, x)) return buf;
  long double v = (long double)x * 100; /* which the largest numbers leave no room for in a double */
  int fits = v < 1e9L && v > -1e9L && strlen(roi_number_fixed(buf, (double)v, decimals)) < COLUMNS;
  if (!fits && strlen(write_exponent(buf, v, 2)) >= COLUMNS) write_exponent(buf, v, 1);
  size_t n = strlen(buf);
  snprintf(buf + n, ROI_NUMBER - n, "%%");
  return buf;
}

int roi_percent_decimals(const double *x, size_t n) {
  double largest = 0;
  for (size_t i = 0; i < n; i++)
    if (isfinite(x[i]) && fabs(x[i]) > largest) largest = fabs(x[i]);
  largest *= 100;
  if (largest == 0 || largest >= 1e5) return 0;
  int decimals = largest >= 1 ? 1 : 1 - roi_magnitude(largest);
  return decimals > 8 ? 8 : decimals;
}

char *roi_percent_short(char *buf, double x) { return roi_percent(buf, x, roi_percent_decimals(&x, 1)); }

char *roi_percent_share(char *buf, double x) {
  double rare = x < 0.5 ? x : 1 - x; /* what is nearly certain must not read as certain */
  int decimals = rare == 0 || rare >= 0.00095 ? 1 : -roi_magnitude(rare * 100);
  return roi_percent(buf, x, decimals > 10 ? 10 : decimals);
}

char *roi_percent_pm(char *buf, double x, double se, const char *plus_minus) {
  if (!isfinite(x) || !isfinite(se) || roi_is_rounding(x, se)) return roi_percent_short(buf, x);
  int decimals = se >= 0.00095 ? 1 : -roi_magnitude(se * 100);
  if (decimals > 10) decimals = 10;
  char error[ROI_NUMBER];
  roi_percent(buf, x, decimals);
  roi_percent(error, se, decimals);
  size_t n = strlen(buf);
  snprintf(buf + n, ROI_NUMBER - n, " %s%.20s", plus_minus, error);
  return buf;
}

char *roi_periods(char *buf, double x) {
  if (write_special(buf, x)) return buf;
  roi_number_fixed(buf, x, 1);
  size_t n = strlen(buf);
  if (n > 2 && !strcmp(buf + n - 2, ".0")) buf[n - 2] = '\0';
  return buf;
}

char *roi_number_kind(char *buf, double x, roi_kind kind) {
  switch (kind) {
    case ROI_KIND_PERCENT: return roi_percent_short(buf, x);
    case ROI_KIND_PERIODS: return roi_periods(buf, x);
    case ROI_KIND_CONDITION:
      snprintf(buf, ROI_NUMBER, "%s", isnan(x) ? "-" : x != 0 ? "yes" : "no");
      return buf;
    default: return roi_number_short(buf, x);
  }
}
