/* shape.h - incomplete gamma and beta functions with their parameters prepared, for callers that need many values of one shape.
 *
 * Both distributions are looked at on a scale z that reaches from -inf to inf: z = log x for gamma, z = log(x / (1 - x)) for
 * beta. There log p and log q are concave for every parameter, which makes Newton's method safe, and no value near 0 or 1 is
 * ever rounded away.
 *
 * A shape keeps coefficients as they are first needed, so it belongs to one thread. */
#ifndef ROI_MATH_SHAPE_H
#define ROI_MATH_SHAPE_H

#define ROI_SHAPE_TERMS 64

/* One point of a distribution function: p = P(Z <= z), q = P(Z > z), density = dp/dz, and the first two derivatives of
 * log density. */
typedef struct roi_point {
  double z, p, q, density, slope, bend;
} roi_point;

typedef struct roi_gamma_shape {
  double a;
  double log_gamma;  /* of a, or of 1 + a where a is small */
  int ready;         /* how many of ratio are filled */
  double ratio[ROI_SHAPE_TERMS]; /* 1 / (a + i) */
} roi_gamma_shape;

typedef struct roi_beta_term { /* of the continued fraction: what its m-th pair has beside x */
  double u, v, w;
} roi_beta_term;

typedef struct roi_beta_side { /* I_x(a, b) from x = 0 */
  double a, b;
  int ready; /* how many of term are filled */
  roi_beta_term term[ROI_SHAPE_TERMS];
} roi_beta_side;

typedef struct roi_beta_shape {
  double a, b;
  double log_beta;
  double scale;          /* a, b >= 10: the density's factor at its centre; 0 otherwise */
  roi_beta_side low, high; /* from x = 0 and from x = 1 */
} roi_beta_shape;

void roi_gamma_shape_set(roi_gamma_shape *s, double a);
void roi_gamma_shape_at(roi_gamma_shape *s, double z, roi_point *point);

void roi_beta_shape_set(roi_beta_shape *s, double a, double b);
void roi_beta_shape_at(roi_beta_shape *s, double z, roi_point *point);

/* Walks from quantile to quantile: a request near the last one costs one evaluation. */
typedef struct roi_walk {
  void (*at)(void *shape, double z, roi_point *point);
  double (*guess)(void *shape, double p, double q); /* a start for a request that is far from the last one */
  void *shape;
  roi_point last;
  int warm; /* last holds a point */
} roi_walk;

void roi_walk_gamma(roi_walk *w, roi_gamma_shape *s);
void roi_walk_beta(roi_walk *w, roi_beta_shape *s);
/* The z with P(Z <= z) = p; p + q = 1, 0 < p, q. */
double roi_walk_to(roi_walk *w, double p, double q);

/* Pieces that the incomplete functions share. */
double roi_lgamma1p(double x);        /* log Gamma(1 + x), 0 <= x <= 1, relative accuracy at 0 */
double roi_stirling_rest(double x);   /* log Gamma(x) - ((x - 1/2) log x - x + log(2 pi) / 2), x >= 10 */
double roi_log_gap(double d);         /* d - log(1 + d), d > -1 */
/* Integral from t = 0 to where nothing is left of exp(log_density(t) - log_density(0)), a log-concave function that falls
 * from t = 0 on at the rate `fall` >= 0 and with a curvature of about 1 / variance; the integral ends at `end` at the latest. */
double roi_tail_integral(double (*log_density)(const void *context, double t), const void *context, double fall,
                         double variance, double end);

#endif
