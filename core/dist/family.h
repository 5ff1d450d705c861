/* family.h - what the families' files share. Each family is one file dist_NAME.c that defines its row. */
#ifndef ROI_DIST_FAMILY_H
#define ROI_DIST_FAMILY_H

#include "dist/dist.h"

#define ROI_FAMILY(id, name, min_args, max_args, params, doc) extern const roi_family_row roi_family_row_##id;
#include "dist/family.def"
#undef ROI_FAMILY

/* Broken rules as text in buf, which is returned: "sd -1 is below 0", "mode 20 is above max 13". */
const char *roi_rule(char *buf, size_t size, const char *what, double value, const char *rule);
const char *roi_rule_than(char *buf, size_t size, const char *what, double value, const char *rule, double other);
/* NULL if all parameters are finite; the names are read from a list such as "mean, sd". */
const char *roi_rule_finite(char *buf, size_t size, const char *names, const double *par, size_t n);

/* The checks that several families share: both finite, shape and scale above 0; both finite, scale above 0. */
const char *roi_check_shape_scale(const double *par, size_t n, char *buf, size_t size);
const char *roi_check_location_scale(const double *par, size_t n, char *buf, size_t size);

/* p and q of a function that jumps from 0 to 1 at `at`. */
void roi_step_cdf(double x, double at, double *p, double *q);
/* The standard normal quantile from the nearer tail. */
double roi_normal_from(double p, double q);
/* -log q, from the nearer tail. */
double roi_minus_log_q(double p, double q);
/* The smallest whole k >= low with P(X <= k) >= p, searched from `guess` outwards. */
double roi_whole_quantile(void (*cdf)(const double *, size_t, double, double *, double *), const double *par, size_t n,
                          double p, double q, double low, double guess);
/* The root of the rising function f in (low, high), to the last bits; an end where f does not change sign. */
double roi_rising_root(double (*f)(const void *context, double x), const void *context, double low, double high);

/* Metalog: the coefficients of its terms from natural parameters; the number of terms, 0 when no curve fits. */
#define ROI_METALOG_MAX 16
size_t roi_metalog_fit(const double *par, size_t n, double *coef);
/* The value of a fitted metalog. */
double roi_metalog_value(const double *par, const double *coef, size_t terms, double p, double q);

#endif
