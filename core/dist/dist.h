/* dist.h - distributions by inversion: one uniform in, one value out, monotone.
 *
 * A distribution is a small tree of roi_dist: a family with its parameters in natural form at the leaves, TRUNCATE, CLAMP and
 * MIXTURE above. The tree and its arrays belong to whoever built it; nothing here allocates except where said.
 *
 * A probability is always given as the pair p, q with p + q = 1, both accurate, so that either tail keeps its precision. */
#ifndef ROI_DIST_DIST_H
#define ROI_DIST_DIST_H

#include "roisim.h"

typedef enum roi_dist_kind { ROI_DIST_FAMILY, ROI_DIST_TRUNCATE, ROI_DIST_CLAMP, ROI_DIST_MIXTURE } roi_dist_kind;

typedef struct roi_distribution roi_distribution;
struct roi_distribution {
  roi_dist_kind kind;
  roi_family family;     /* FAMILY */
  const double *par;     /* FAMILY: natural parameters, n_par of them, defaults filled in; EMPIRICAL: the sorted data */
  size_t n_par;
  double lo, hi;         /* TRUNCATE, CLAMP */
  const roi_distribution *const *part; /* TRUNCATE, CLAMP: part[0]; MIXTURE: n_part components */
  const double *weight;  /* MIXTURE: n_part weights >= 0 with a positive sum, not necessarily 1 */
  size_t n_part;
};

/* What a family provides. All functions are pure. quantile and cdf assume checked parameters. */
typedef struct roi_family_row {
  const char *name;
  int min_args, max_args;          /* max_args -1: any number */
  const char *params;              /* "mean, sd" */
  int discrete;                    /* 1: values at atoms, the quantile is a step function */
  /* Checks natural parameters: NULL, or the broken rule as text with the offending values, e.g. "mode 20 is above max 13",
   * written to buf. */
  const char *(*check)(const double *par, size_t n, char *buf, size_t size);
  double (*quantile)(const double *par, size_t n, double p, double q);
  void (*cdf)(const double *par, size_t n, double x, double *p, double *q); /* P(X <= x), P(X > x) */
  double (*mean)(const double *par, size_t n); /* may be infinite or NaN where it does not exist */
  double (*sd)(const double *par, size_t n);
} roi_family_row;

const roi_family_row *roi_family_get(roi_family f);
/* By name, e.g. "pert"; -1 if there is none. */
int roi_family_find(const char *name);

/* ROI_OK, or the error if the parameters of the family can't be given in this form. */
roi_status roi_dist_offers(roi_family f, roi_form form, roi_error *err);
/* Turns parameters in another form into natural ones (out has room for 4; n_out is set). Quantile forms are solved so that
 * the stated quantiles are met within 1e-12 relative; pairs that no member of the family has are refused. `in` is
 * p1, x1, p2, x2 or mean, sd. Returns ROI_OK, or ROI_ERR_MODEL with the rule in err->text (no place). */
roi_status roi_dist_natural(roi_family f, roi_form form, const double *in, size_t n, double *out, size_t *n_out,
                            roi_error *err);

/* Checks the whole tree: parameters, weights, lo <= hi, a truncation that leaves probability. The text reads like
 * "triangular(min, mode, max): mode 20 is above max 13". */
roi_status roi_dist_check(const roi_distribution *d, roi_error *err);

/* The value at probability p (q = 1 - p): relative error of the probability 1e-9 or better, p from 2^-53 to 1 - 2^-53. */
double roi_dist_quantile(const roi_distribution *d, double p, double q);
void roi_dist_cdf(const roi_distribution *d, double x, double *p, double *q);
double roi_dist_mean(const roi_distribution *d); /* of families and clamps of no effect; NaN where no formula is known */
/* 1 if the quantile function is a step function everywhere (a discrete family, or a truncation, clamp or mixture of only such). */
int roi_dist_discrete(const roi_distribution *d);
/* The largest depth and size the tree functions accept; deeper trees are refused by roi_dist_check. */
#define ROI_DIST_MAX_DEPTH 16

#endif
