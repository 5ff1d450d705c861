/* natural.c - parameters given as two quantiles or as mean and sd, turned into a family's own.
 *
 * REFERENCE Closed forms where there are any. gamma by quantiles: the ratio of two quantiles falls with the shape. weibull by
 *   mean and sd: so does the coefficient of variation. beta by quantiles: for each a there is one b that meets the first
 *   quantile, and along these pairs the probability below the second value rises with a, because the distribution narrows.
 * ACCURACY The stated quantiles are met within 1e-12 relative in the probability (tests/unit/dist_test.c). */
#include <math.h>
#include <stdio.h>

#include "base/error.h"
#include "base/text.h"
#include "dist/family.h"
#include "math/scalar.h"
#include "math/shape.h"
#include "math/special.h"

#define SQRT3 1.7320508075688772935
#define PI 3.14159265358979323846
#define SQRT6 2.4494897427831780982
#define EULER 0.57721566490153286061

typedef struct two { /* two quantiles */
  double p1, x1, p2, x2;
} two;

static double normal_at(double p) { return roi_normal_from(p, 1.0 - p); }

/* location + scale * z(p) through both points, z1 < z2. */
static void line_through(double x1, double z1, double x2, double z2, double *out) {
  out[1] = (x2 - x1) / (z2 - z1);
  out[0] = fabs(z1) <= fabs(z2) ? x1 - z1 * out[1] : x2 - z2 * out[1];
}

static double gamma_log_ratio(const void *context, double log_shape) {
  const two *t = context;
  roi_gamma_shape s;
  roi_walk w;
  roi_gamma_shape_set(&s, roi_exp(log_shape));
  roi_walk_gamma(&w, &s);
  double z1 = roi_walk_to(&w, t->p1, 1.0 - t->p1), z2 = roi_walk_to(&w, t->p2, 1.0 - t->p2);
  return roi_log(t->x2 / t->x1) - (z2 - z1);
}

static int gamma_from(const two *t, double *out) {
  double low = roi_log(1e-4), high = roi_log(1e12);
  double log_shape = roi_rising_root(gamma_log_ratio, t, low, high);
  if (log_shape <= low || log_shape >= high) return 0;
  roi_gamma_shape s;
  roi_walk w;
  out[0] = roi_exp(log_shape);
  roi_gamma_shape_set(&s, out[0]);
  roi_walk_gamma(&w, &s);
  out[1] = t->x1 * roi_exp(-roi_walk_to(&w, t->p1, 1.0 - t->p1));
  return out[1] > 0.0;
}

static double weibull_steadiness(const void *context, double log_shape) {
  double k = roi_exp(-log_shape), cv2 = *(const double *)context;
  return roi_log1p(cv2) - (roi_lgamma(1.0 + 2.0 * k) - 2.0 * roi_lgamma(1.0 + k));
}

static int weibull_from(double mean, double sd, double *out) {
  double cv2 = sd / mean * (sd / mean), low = roi_log(0.01), high = roi_log(1e4);
  double log_shape = roi_rising_root(weibull_steadiness, &cv2, low, high);
  if (log_shape <= low || log_shape >= high) return 0;
  out[0] = roi_exp(log_shape);
  out[1] = mean / roi_exp(roi_lgamma(1.0 + 1.0 / out[0]));
  return 1;
}

/* How far beta(a, b) of these logarithms is below p at x, on the logit scale: rising in b for the first quantile. */
static double beta_excess(double log_a, double log_b, double p, double x) {
  double bp, bq;
  roi_beta_pq(roi_exp(log_a), roi_exp(log_b), x, 1.0 - x, &bp, &bq);
  if (!(bp > 0.0)) return -700.0;
  if (!(bq > 0.0)) return 700.0;
  return roi_log(bp / bq) - roi_log(p / (1.0 - p));
}

typedef struct beta_search {
  const two *t;
  double log_a;
} beta_search;

#define BETA_LOW -9.0 /* logarithms of the smallest and largest parameter that are tried */
#define BETA_HIGH 25.0

static double beta_first(const void *context, double log_b) {
  const beta_search *s = context;
  return beta_excess(s->log_a, log_b, s->t->p1, s->t->x1);
}

/* The b beside an a: it goes as far beyond BETA_HIGH as the first quantile lies below the middle, or a large a would find none. */
static double beta_partner(const beta_search *s) {
  double x = s->t->x1;
  return roi_rising_root(beta_first, s, BETA_LOW, x < 0.5 ? BETA_HIGH + 1.0 + roi_log((1.0 - x) / x) : BETA_HIGH);
}

static double beta_second(const void *context, double log_a) {
  beta_search s = {context, log_a};
  double log_b = beta_partner(&s);
  return beta_excess(log_a, log_b, s.t->p2, s.t->x2);
}

static int beta_from(const two *t, double *out) {
  beta_search s = {t, roi_rising_root(beta_second, t, BETA_LOW, BETA_HIGH)};
  double log_b = beta_partner(&s);
  out[0] = roi_exp(s.log_a);
  out[1] = roi_exp(log_b);
  return fabs(beta_excess(s.log_a, log_b, t->p1, t->x1)) < 1e-9 && fabs(beta_excess(s.log_a, log_b, t->p2, t->x2)) < 1e-9;
}

static roi_status refuse(roi_error *err, roi_family f, const char *how, const char *what, double value, const char *rule) {
  char v[32];
  return roi_fail(err, ROI_ERR_MODEL, "%s by %s: %s %s %s", roi_family_get(f)->name, how, what,
                  roi_format_shortest(v, value), rule);
}

static roi_status no_member(roi_error *err, roi_family f, const char *how) {
  return roi_fail(err, ROI_ERR_MODEL, "%s by %s: no member of the family has these; try another family or less extreme values",
                  roi_family_get(f)->name, how);
}

static roi_status not_offered(roi_error *err, roi_family f, const char *how) {
  const roi_family_row *row = roi_family_get(f);
  return roi_fail(err, ROI_ERR_MODEL, "%s can't be given by %s; give its own parameters: %s(%s)", row->name, how, row->name,
                  row->params);
}

static roi_status from_quantiles(roi_family f, const two *t, double *out, roi_error *err) {
  const char *how = "two quantiles";
  char text[2][32];
  if (!(t->p1 > 0.0 && t->p1 < 1.0)) return refuse(err, f, how, "probability", t->p1, "is not between 0 and 1");
  if (!(t->p2 > 0.0 && t->p2 < 1.0)) return refuse(err, f, how, "probability", t->p2, "is not between 0 and 1");
  if (!(fabs(t->x1) < (double)INFINITY)) return refuse(err, f, how, "quantile", t->x1, "is not a finite number");
  if (!(fabs(t->x2) < (double)INFINITY)) return refuse(err, f, how, "quantile", t->x2, "is not a finite number");
  int constant_allowed = f == ROI_FAMILY_NORMAL || f == ROI_FAMILY_LOGNORMAL || f == ROI_FAMILY_UNIFORM;
  if (!(t->p1 < t->p2) || t->x1 > t->x2 || (t->x1 == t->x2 && !constant_allowed))
    return roi_fail(err, ROI_ERR_MODEL, "%s by %s: they don't rise: %s, then %s", roi_family_get(f)->name, how,
                    roi_format_shortest(text[0], t->x1), roi_format_shortest(text[1], t->x2));
  int positive = f == ROI_FAMILY_LOGNORMAL || f == ROI_FAMILY_GAMMA || f == ROI_FAMILY_WEIBULL || f == ROI_FAMILY_PARETO ||
                 f == ROI_FAMILY_BETA;
  if (positive && !(t->x1 > 0.0)) return refuse(err, f, how, "quantile", t->x1, "is not above 0, as its values are");
  double log_q1 = roi_log1p(-t->p1), log_q2 = roi_log1p(-t->p2);
  switch (f) {
    case ROI_FAMILY_NORMAL: line_through(t->x1, normal_at(t->p1), t->x2, normal_at(t->p2), out); return ROI_OK;
    case ROI_FAMILY_LOGNORMAL:
      line_through(roi_log(t->x1), normal_at(t->p1), roi_log(t->x2), normal_at(t->p2), out);
      return ROI_OK;
    case ROI_FAMILY_UNIFORM: {
      double width = (t->x2 - t->x1) / (t->p2 - t->p1);
      out[0] = t->x1 - t->p1 * width;
      out[1] = t->x2 + (1.0 - t->p2) * width;
      return ROI_OK;
    }
    case ROI_FAMILY_LOGISTIC:
      line_through(t->x1, roi_log(t->p1 / (1.0 - t->p1)), t->x2, roi_log(t->p2 / (1.0 - t->p2)), out);
      return ROI_OK;
    case ROI_FAMILY_GUMBEL:
      line_through(t->x1, -roi_log(-roi_log(t->p1)), t->x2, -roi_log(-roi_log(t->p2)), out);
      return ROI_OK;
    case ROI_FAMILY_WEIBULL:
      out[0] = roi_log(log_q2 / log_q1) / roi_log(t->x2 / t->x1);
      out[1] = t->x1 * roi_pow(-log_q1, -1.0 / out[0]);
      break;
    case ROI_FAMILY_PARETO:
      out[0] = (log_q1 - log_q2) / roi_log(t->x2 / t->x1);
      out[1] = t->x1 * roi_exp(log_q1 / out[0]);
      break;
    case ROI_FAMILY_GAMMA: return gamma_from(t, out) ? ROI_OK : no_member(err, f, how);
    case ROI_FAMILY_BETA:
      if (!(t->x2 < 1.0)) return refuse(err, f, how, "quantile", t->x2, "is not below 1, as its values are");
      return beta_from(t, out) ? ROI_OK : no_member(err, f, how);
    default: return not_offered(err, f, how);
  }
  return out[0] > 0.0 && out[0] < (double)INFINITY && out[1] > 0.0 ? ROI_OK : no_member(err, f, how);
}

static roi_status from_mean_sd(roi_family f, double m, double s, double *out, roi_error *err) {
  const char *how = "mean and sd";
  if (!(fabs(m) < (double)INFINITY)) return refuse(err, f, how, "mean", m, "is not a finite number");
  if (!(s < (double)INFINITY)) return refuse(err, f, how, "sd", s, "is not a finite number");
  int constant_allowed = f == ROI_FAMILY_NORMAL || f == ROI_FAMILY_LOGNORMAL || f == ROI_FAMILY_UNIFORM;
  if (s < 0.0) return refuse(err, f, how, "sd", s, "is below 0");
  if (s == 0.0 && !constant_allowed) return refuse(err, f, how, "sd", s, "is not above 0");
  int positive = f == ROI_FAMILY_LOGNORMAL || f == ROI_FAMILY_GAMMA || f == ROI_FAMILY_WEIBULL || f == ROI_FAMILY_PARETO ||
                 f == ROI_FAMILY_BETA || f == ROI_FAMILY_BINOMIAL || f == ROI_FAMILY_NEGATIVE_BINOMIAL;
  if (positive && !(m > 0.0)) return refuse(err, f, how, "mean", m, "is not above 0, as its values are");
  double cv = s / m;
  switch (f) {
    case ROI_FAMILY_NORMAL:
      out[0] = m;
      out[1] = s;
      return ROI_OK;
    case ROI_FAMILY_LOGNORMAL: {
      double variance = roi_log1p(cv * cv);
      out[0] = roi_log(m) - 0.5 * variance;
      out[1] = sqrt(variance);
      return ROI_OK;
    }
    case ROI_FAMILY_UNIFORM:
      out[0] = m - SQRT3 * s;
      out[1] = m + SQRT3 * s;
      return ROI_OK;
    case ROI_FAMILY_BETA: {
      if (!(m < 1.0)) return refuse(err, f, how, "mean", m, "is not below 1, as its values are");
      double n = m * (1.0 - m) / (s * s) - 1.0;
      if (!(n > 0.0)) return refuse(err, f, how, "sd", s, "is not below sqrt(mean (1 - mean)), the most a beta can have");
      out[0] = m * n;
      out[1] = (1.0 - m) * n;
      break;
    }
    case ROI_FAMILY_GAMMA:
      out[0] = 1.0 / (cv * cv);
      out[1] = s * cv;
      break;
    case ROI_FAMILY_WEIBULL:
      if (!weibull_from(m, s, out)) return no_member(err, f, how);
      break;
    case ROI_FAMILY_LOGISTIC:
      out[0] = m;
      out[1] = s * SQRT3 / PI;
      break;
    case ROI_FAMILY_GUMBEL:
      out[1] = s * SQRT6 / PI;
      out[0] = m - EULER * out[1];
      break;
    case ROI_FAMILY_PARETO:
      out[0] = 1.0 + sqrt(1.0 + 1.0 / (cv * cv));
      out[1] = m * ((out[0] - 1.0) / out[0]);
      break;
    case ROI_FAMILY_BINOMIAL: {
      double p = 1.0 - s * s / m, n = roi_round(m / p);
      if (!(p > 0.0)) return refuse(err, f, how, "sd", s, "is not below sqrt(mean), the most a binomial can have");
      if (fabs(m / p - n) > 1e-9 * n) return refuse(err, f, how, "n would be", m / p, "but must be a whole number");
      out[0] = n;
      out[1] = p;
      return ROI_OK;
    }
    case ROI_FAMILY_NEGATIVE_BINOMIAL: {
      double p = m / (s * s);
      if (!(p < 1.0)) return refuse(err, f, how, "sd", s, "is not above sqrt(mean), the least a negative_binomial can have");
      out[0] = m * p / (1.0 - p);
      out[1] = p;
      break;
    }
    default: return not_offered(err, f, how);
  }
  for (int i = 0; i < 2; i++)
    if (!(fabs(out[i]) < (double)INFINITY)) return no_member(err, f, how);
  return out[1] > 0.0 ? ROI_OK : no_member(err, f, how);
}

roi_status roi_dist_offers(roi_family f, roi_form form, roi_error *err) {
  const char *how = form == ROI_FORM_QUANTILES ? "two quantiles" : "mean and sd";
  if (form == ROI_FORM_NATURAL) return ROI_OK;
  switch (f) {
    case ROI_FAMILY_NORMAL:
    case ROI_FAMILY_LOGNORMAL:
    case ROI_FAMILY_UNIFORM:
    case ROI_FAMILY_LOGISTIC:
    case ROI_FAMILY_GUMBEL:
    case ROI_FAMILY_WEIBULL:
    case ROI_FAMILY_PARETO:
    case ROI_FAMILY_GAMMA:
    case ROI_FAMILY_BETA: return ROI_OK;
    case ROI_FAMILY_BINOMIAL:
    case ROI_FAMILY_NEGATIVE_BINOMIAL: return form == ROI_FORM_MEAN_SD ? ROI_OK : not_offered(err, f, how);
    default: return not_offered(err, f, how);
  }
}

roi_status roi_dist_natural(roi_family f, roi_form form, const double *in, size_t n, double *out, size_t *n_out,
                            roi_error *err) {
  *n_out = 2;
  if (form == ROI_FORM_QUANTILES && n == 4) {
    two t = {in[0], in[1], in[2], in[3]};
    return from_quantiles(f, &t, out, err);
  }
  if (form == ROI_FORM_MEAN_SD && n == 2) return from_mean_sd(f, in[0], in[1], out, err);
  return roi_fail(err, ROI_ERR_MODEL, "%s: two quantiles take four numbers, mean and sd two; %zu were given",
                  roi_family_get(f)->name, n);
}
