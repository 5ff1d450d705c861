/* number.h - numbers for people: a comma every three digits, digits chosen by magnitude or by the Monte Carlo
 * error. The locale has no say. NaN prints as "-", +infinity as "never". */
#ifndef ROI_REPORT_NUMBER_H
#define ROI_REPORT_NUMBER_H

#include <stddef.h>

#define ROI_NUMBER 80 /* bytes that any of these texts needs */

/* What a value is, which decides how it is shown. */
typedef enum roi_kind {
  ROI_KIND_NUMBER,
  ROI_KIND_MONEY,
  ROI_KIND_PERCENT,
  ROI_KIND_PERIODS,
  ROI_KIND_CONDITION
} roi_kind;

/* One way to write all numbers of a row. */
typedef struct roi_scale {
  double unit;        /* numbers are divided by this */
  const char *suffix; /* "", "M", "bn", "trn": what the unit is called */
  int decimals;       /* digits after the point; -1: as written with an exponent */
} roi_scale;

/* The decimal exponent of |x|: 3 for 1234, 0 for 0. x is finite. */
int roi_magnitude(double x);
/* With `decimals` digits after the point: "-1,234.50". */
char *roi_number_fixed(char *buf, double x, int decimals);
/* A scale for n numbers of at most ten columns each; those that are not finite have no say. */
roi_scale roi_scale_of(const double *x, size_t n);
/* 1 if at least half of the numbers would read as 0 and are not: one is far larger than the others. */
int roi_scale_hides(const roi_scale *scale, const double *x, size_t n);
char *roi_number_scaled(char *buf, double x, const roi_scale *scale);
/* An error on that scale: two significant digits. */
char *roi_number_error(char *buf, double se, const roi_scale *scale);
/* One number alone, five significant digits or so, with the suffix of its size: "1,234", "0.0125", "12.346 M". */
char *roi_number_short(char *buf, double x);
/* With as many digits as tell numbers apart that differ by `step`. */
char *roi_number_step(char *buf, double x, double step);
/* 1 if an error is what rounding leaves of a value that is the same in all trials. */
int roi_is_rounding(double x, double se);
/* A value with its error, digits up to the second of the error: "55,900 ±1,500", "12.35 ±0.15 M". */
char *roi_number_pm(char *buf, double x, double se, const char *plus_minus);

/* The same in the unit of a scale, without its suffix, for a row of them. The scale must not be one of exponents. */
char *roi_number_pm_in(char *buf, double x, double se, const char *plus_minus, const roi_scale *scale);

/* The same for shares: 0.841 is "84.1%". At most ten columns: beyond them with an exponent, "1.20e7%". */
char *roi_percent(char *buf, double x, int decimals);
/* Digits after the point for n shares. */
int roi_percent_decimals(const double *x, size_t n);
char *roi_percent_short(char *buf, double x);
/* A share of trials: one digit after the point, or the first that is not 0. */
char *roi_percent_share(char *buf, double x);
char *roi_percent_pm(char *buf, double x, double se, const char *plus_minus);

/* A number of periods: whole numbers as such, others with one digit. */
char *roi_periods(char *buf, double x);
/* One value of a kind, alone. */
char *roi_number_kind(char *buf, double x, roi_kind kind);

#endif
