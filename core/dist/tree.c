/* tree.c - checks, distribution function and mean of a tree of distributions; inverter.c has the quantiles. */
#include <math.h>
#include <stdio.h>

#include "base/error.h"
#include "base/text.h"
#include "dist/inverter.h"

static roi_status check_family(const roi_distribution *d, roi_error *err) {
  if ((unsigned)d->family >= ROI_FAMILY_COUNT) return roi_fail(err, ROI_ERR_MODEL, "a distribution of an unknown family");
  const roi_family_row *row = roi_family_get(d->family);
  size_t most = row->max_args < 0 || d->family == ROI_FAMILY_EMPIRICAL ? SIZE_MAX : (size_t)row->max_args;
  if (d->n_par < (size_t)row->min_args || d->n_par > most)
    return roi_fail(err, ROI_ERR_MODEL, "%s(%s): %zu parameters were given", row->name, row->params, d->n_par);
  char buf[256];
  const char *bad = row->check(d->par, d->n_par, buf, sizeof buf);
  return bad ? roi_fail(err, ROI_ERR_MODEL, "%s(%s): %s", row->name, row->params, bad) : ROI_OK;
}

static roi_status check_at(const roi_distribution *d, int depth, roi_error *err) {
  if (depth > ROI_DIST_MAX_DEPTH)
    return roi_fail(err, ROI_ERR_MODEL, "distributions are nested more than %d deep", ROI_DIST_MAX_DEPTH);
  if (d->kind == ROI_DIST_FAMILY) return check_family(d, err);
  if (d->kind == ROI_DIST_MIXTURE) {
    double sum = 0.0;
    char v[32];
    for (size_t i = 0; i < d->n_part; i++) {
      roi_status s = check_at(d->part[i], depth + 1, err);
      if (s) return s;
      if (!(d->weight[i] >= 0.0 && d->weight[i] < (double)INFINITY))
        return roi_fail(err, ROI_ERR_MODEL, "mixture: weight %s is not a finite number of at least 0",
                        roi_format_shortest(v, d->weight[i]));
      sum += d->weight[i];
    }
    if (!(sum > 0.0 && sum < (double)INFINITY))
      return roi_fail(err, ROI_ERR_MODEL, "mixture: the sum of the weights is %s; it must be above 0 and finite",
                      roi_format_shortest(v, sum));
    return ROI_OK;
  }
  roi_status s = check_at(d->part[0], depth + 1, err);
  if (s) return s;
  const char *name = d->kind == ROI_DIST_TRUNCATE ? "truncate" : "clamp";
  char lo[32], hi[32];
  roi_format_shortest(lo, d->lo);
  roi_format_shortest(hi, d->hi);
  if (!(d->lo <= d->hi)) return roi_fail(err, ROI_ERR_MODEL, "%s(lo, hi): lo %s is not below hi %s", name, lo, hi);
  if (d->kind == ROI_DIST_TRUNCATE) {
    roi_truncation t;
    roi_truncation_set(&t, d);
    if (!(t.mass > 1e-290))
      return roi_fail(err, ROI_ERR_MODEL, "truncate(lo, hi): the distribution has no probability between %s and %s", lo, hi);
  }
  return ROI_OK;
}

roi_status roi_dist_check(const roi_distribution *d, roi_error *err) { return check_at(d, 1, err); }

static void truncated_cdf(const roi_distribution *d, double x, double *p, double *q) {
  if (x < d->lo || x >= d->hi) {
    roi_step_cdf(x, d->lo, p, q);
    return;
  }
  roi_truncation t;
  roi_truncation_set(&t, d);
  double whole_p, whole_q;
  roi_dist_cdf(d->part[0], x, &whole_p, &whole_q);
  /* Each from the side where its two numbers are small. */
  *p = (t.q_lo < 0.5 ? t.q_lo - whole_q : whole_p - t.p_lo) / t.mass;
  *q = (t.p_hi < 0.5 ? t.p_hi - whole_p : whole_q - t.q_hi) / t.mass;
}

void roi_dist_cdf(const roi_distribution *d, double x, double *p, double *q) {
  switch (d->kind) {
    case ROI_DIST_FAMILY: roi_family_get(d->family)->cdf(d->par, d->n_par, x, p, q); return;
    case ROI_DIST_TRUNCATE: truncated_cdf(d, x, p, q); return;
    case ROI_DIST_CLAMP:
      if (x < d->lo || x >= d->hi) {
        roi_step_cdf(x, d->lo, p, q);
      } else {
        roi_dist_cdf(d->part[0], x, p, q);
      }
      return;
    case ROI_DIST_MIXTURE: break;
  }
  double sum = 0.0, sp = 0.0, sq = 0.0;
  for (size_t i = 0; i < d->n_part; i++) {
    if (!(d->weight[i] > 0.0)) continue;
    double pi, qi;
    roi_dist_cdf(d->part[i], x, &pi, &qi);
    sum += d->weight[i];
    sp += d->weight[i] * pi;
    sq += d->weight[i] * qi;
  }
  *p = sp / sum;
  *q = sq / sum;
}

double roi_dist_mean(const roi_distribution *d) {
  if (d->kind == ROI_DIST_FAMILY) return roi_family_get(d->family)->mean(d->par, d->n_par);
  if (d->kind == ROI_DIST_MIXTURE) {
    double sum = 0.0, mean = 0.0;
    for (size_t i = 0; i < d->n_part; i++) {
      if (!(d->weight[i] > 0.0)) continue;
      sum += d->weight[i];
      mean += d->weight[i] * roi_dist_mean(d->part[i]);
    }
    return mean / sum;
  }
  roi_truncation t;
  roi_truncation_set(&t, d);
  return t.p_lo == 0.0 && t.q_hi == 0.0 ? roi_dist_mean(d->part[0]) : (double)NAN;
}

int roi_dist_discrete(const roi_distribution *d) {
  if (d->kind == ROI_DIST_FAMILY) return roi_family_get(d->family)->discrete;
  if (d->kind != ROI_DIST_MIXTURE) return roi_dist_discrete(d->part[0]);
  for (size_t i = 0; i < d->n_part; i++)
    if (!roi_dist_discrete(d->part[i])) return 0;
  return 1;
}
