/* Errors of estimates under a design of points.
 *
 * The trials of a design are not independent, so the formulas for independent trials don't hold. But its replicates are randomised
 * independently of each other: what each of them alone says of a quantity is a sample of ROI_REPLICATES independent estimates, and
 * the spread of these is the error of their mean, which the estimate from all trials is close to.
 *
 * REFERENCE Owen: Monte Carlo theory, methods and examples, section 17.3 (replicated quasi-Monte Carlo); Cochran, Sampling techniques
 * (1977), section 6.3, for ratios. The interval of a probability is Student's with ROI_REPLICATES - 1 degrees of freedom.
 * ACCURACY an error from 16 replicates is itself known to about 18%: its square has 15 degrees of freedom. Deviations, tails and
 * ratios, which aren't means, have a bias of the order of the inverse of a replicate's trials in each replicate, which all share: their
 * spread does not show it. Errors of quantiles: run/quantile_errors.c. */
#include <math.h>
#include <stddef.h>

#include "run/simulation.h"

double roi_error_of_replicates(const double x[ROI_REPLICATES]) {
  double sum = 0, squares = 0;
  for (size_t r = 0; r < ROI_REPLICATES; r++) sum += x[r] - x[0]; /* of large numbers that differ little */
  double mean = sum / ROI_REPLICATES;
  for (size_t r = 0; r < ROI_REPLICATES; r++) squares += (x[r] - x[0] - mean) * (x[r] - x[0] - mean);
  double se = sqrt(squares / (ROI_REPLICATES - 1) / ROI_REPLICATES);
  return isfinite(se) ? se : NAN;
}

static double summary_error(const simulation *s, size_t column, size_t field) {
  double x[ROI_REPLICATES];
  for (size_t r = 0; r < ROI_REPLICATES; r++)
    x[r] = *(const double *)((const char *)&s->of_replicates[r * s->n_columns + column] + field);
  return roi_error_of_replicates(x);
}

/* Not every replicate need have a loss for this: the error of a ratio of means, of losses and of their number, linear in both. With
 * losses in k replicates the deviations from their mean lack a k-th of their square, not a ROI_REPLICATES-th. */
static double loss_error(const simulation *s, size_t column, const roi_summary *all) {
  double x[ROI_REPLICATES], k = 0;
  for (size_t r = 0; r < ROI_REPLICATES; r++) {
    const roi_summary *own = &s->of_replicates[r * s->n_columns + column];
    x[r] = own->p_negative > 0 ? own->p_negative * (own->loss_given_loss - all->loss_given_loss) : 0;
    k += own->p_negative > 0;
  }
  if (k < 2) return NAN;
  return roi_error_of_replicates(x) / all->p_negative * sqrt(k / (k - 1) * (ROI_REPLICATES - 1) / ROI_REPLICATES);
}

static void column_errors(const simulation *s, size_t column, roi_summary *x) {
  x->mean_se = summary_error(s, column, offsetof(roi_summary, mean));
  x->sd_se = summary_error(s, column, offsetof(roi_summary, sd));
  for (size_t i = 0; i < ROI_QUANTILES; i++) x->quantile_se[i] = roi_quantile_error(s, column, i);
  x->cvar5_se = summary_error(s, column, offsetof(roi_summary, cvar5));
  x->p_negative_se = summary_error(s, column, offsetof(roi_summary, p_negative));
  x->p_never_se = summary_error(s, column, offsetof(roi_summary, p_never));
  x->loss_given_loss_se = loss_error(s, column, x);
}

static double mean_error(const simulation *s, size_t moments) {
  double x[ROI_REPLICATES];
  for (size_t r = 0; r < ROI_REPLICATES; r++) {
    const roi_moments *m = &s->sums.moments[(r + 1) * s->n_moments + moments];
    x[r] = m->n ? m->mean : NAN;
  }
  return roi_error_of_replicates(x);
}

/* Where fewer trials meet a condition, or fail it, than there are replicates, these say little: the interval stays that of independent
 * trials, which no design betters much at what is so rare. */
static void share_error(const simulation *s, size_t share, uint64_t trials, roi_share_result *result) {
  const double t = 2.131449545559323; /* the 97.5% quantile of Student's t with 15 degrees of freedom */
  double x[ROI_REPLICATES];
  _Static_assert(ROI_REPLICATES == 16, "t has ROI_REPLICATES - 1 degrees of freedom");
  for (size_t r = 0; r < ROI_REPLICATES; r++) {
    size_t n = roi_group_count(r + 1, (size_t)trials);
    x[r] = n ? (double)s->sums.shares[(r + 1) * s->q->n_shares + share] / (double)n : NAN;
  }
  result->se = roi_error_of_replicates(x);
  if (result->k < ROI_REPLICATES || result->n - result->k < ROI_REPLICATES) return;
  result->low = fmax(result->p - t * result->se, 0);
  result->high = fmin(result->p + t * result->se, 1);
}

static double ratio_error(const simulation *s, size_t ratio) {
  double x[ROI_REPLICATES], se;
  for (size_t r = 0; r < ROI_REPLICATES; r++) roi_ratio_of_means(&s->sums.comoments[(r + 1) * s->q->n_ratios + ratio], &x[r], &se);
  return roi_error_of_replicates(x);
}

void roi_replicate_errors(simulation *s) {
  const roi_request *q = s->q;
  roi_report *r = s->report;
  for (size_t i = 0; i < q->n_outputs; i++) column_errors(s, i, &r->outputs[i]);
  for (size_t i = 0; i < q->n_inputs; i++) column_errors(s, q->n_outputs + i, &r->inputs[i]);
  for (size_t i = 0; i < q->n_means; i++) r->means[i].se = mean_error(s, q->n_outputs + i);
  for (size_t i = 0; i < q->n_shares; i++) share_error(s, i, r->shares[i].n, &r->shares[i]);
  for (size_t i = 0; i < q->n_ratios; i++) r->ratios[i].se = ratio_error(s, i);
}
