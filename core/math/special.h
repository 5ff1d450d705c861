/* special.h - the special functions that distributions need, on top of scalar.h, relative error below 1e-12 unless said
 * otherwise. Both tails are always given: p = P(X <= x) and q = P(X > x), each accurate in itself, never as 1 minus the other
 * where that would cancel. */
#ifndef ROI_MATH_SPECIAL_H
#define ROI_MATH_SPECIAL_H

double roi_lgamma(double x);                       /* log |Gamma(x)| for x > 0 */
double roi_lbeta(double a, double b);              /* log B(a, b), without cancellation for large a, b */
void roi_gamma_pq(double a, double x, double *p, double *q);          /* regularised incomplete gamma, a > 0, x >= 0 */
void roi_beta_pq(double a, double b, double x, double y, double *p, double *q); /* incomplete beta; y = 1 - x, both exact */
double roi_gamma_quantile(double a, double p, double q);  /* x with P(a, x) = p; p + q = 1 */
/* x with I_x(a, b) = p, and y = 1 - x, each accurate in itself. */
void roi_beta_quantile(double a, double b, double p, double q, double *x, double *y);
double roi_student_quantile(double df, double p, double q);
void roi_student_pq(double df, double t, double *p, double *q);

#endif
