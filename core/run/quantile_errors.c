/* Errors of quantiles under a design of points.
 *
 * The quantiles that the replicates give each by itself are no guide to the error of the quantile of all trials: of few trials, of
 * values in steps (payback) or of a single dimension, where each replicate's is bound to a cell, they spread by another measure. Shares
 * are means over trials, so theirs is known: the spread over the replicates of the share of trials below the quantile says how sure its
 * rank is, and the values around it what that is worth, as for independent trials.
 *
 * REFERENCE Woodruff, Confidence intervals for medians and other position measures (1952), for samples of any design.
 * CHANGED   The values a standard error to either side are not looked up at that rank: half the distance of those that one of independent
 * trials reaches, known exactly, is taken in proportion. Where many trials share the quantile's value there is no proportion: a side counts
 * whole if the error of the rank leads out of the shared value, else not at all.
 * ACCURACY  An error of less than one trial's rank counts as one: between two trials nothing is known. */
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "run/simulation.h"
#include "stats/ranks.h"

/* Of a column: [level][below it, at it or below][replicate]. */
#define PER_COLUMN ((size_t)ROI_QUANTILES * 2 * ROI_REPLICATES)

/* The first of the n values belongs to the first replicate. */
static void count(const double *x, size_t n, const double *quantile, uint64_t *counts) {
  size_t whole = n - n % ROI_REPLICATES;
  for (size_t i = 0; i < ROI_QUANTILES; i++) {
    double edge = quantile[i];
    uint64_t *below = counts + 2 * i * ROI_REPLICATES, *upto = below + ROI_REPLICATES;
    for (size_t at = 0; at < whole; at += ROI_REPLICATES)
      for (size_t r = 0; r < ROI_REPLICATES; r++) {
        below[r] += x[at + r] < edge;
        upto[r] += x[at + r] <= edge;
      }
    for (size_t r = 0; whole + r < n; r++) {
      below[r] += x[whole + r] < edge;
      upto[r] += x[whole + r] <= edge;
    }
  }
}

static roi_summary *summary_of(const simulation *s, size_t column) {
  size_t outputs = s->q->n_outputs;
  return column < outputs ? &s->report->outputs[column] : &s->report->inputs[column - outputs];
}

void roi_count_kept(simulation *s, size_t column, uint64_t trials) {
  const double *x = s->store[roi_column_target(s, column)];
  size_t n = (size_t)roi_column_trials(s, column, trials);
  for (size_t i = 0; i < n; i += ROI_UNIT) /* as much as stays in the first cache for all levels */
    count(x + i, n - i < ROI_UNIT ? n - i : ROI_UNIT, summary_of(s, column)->quantile, s->ranks + column * PER_COLUMN);
}

/* -- Columns that are not kept ------------------------------------------------------------------------------------------ */

static void count_all(simulation *s, const roi_unit *u) {
  size_t inputs = roi_unit_inputs(s, u);
  for (size_t i = 0; i < s->n_columns; i++)
    count(u->columns[roi_column_target(s, i)], i < s->q->n_outputs ? u->n : inputs, summary_of(s, i)->quantile,
          s->ranks + ((size_t)u->thread * s->n_columns + i) * PER_COLUMN);
}

static roi_status count_unit(void *data, const roi_unit *u) {
  if (!roi_feeds_in_order(data)) count_all(data, u);
  return ROI_OK;
}

size_t roi_counts_size(const simulation *s) { return s->n_columns * PER_COLUMN; }

static roi_status end_unit(void *data, const roi_unit *u) {
  if (roi_feeds_in_order(data)) count_all(data, u);
  roi_show_progress(data, u->first_trial + u->n);
  return ROI_OK;
}

roi_status roi_count_again(simulation *s) {
  uint64_t done;
  size_t n = roi_counts_size(s);
  for (size_t i = 0; i < s->n_columns; i++) roi_summarise(summary_of(s, i), roi_column_moments(s, 0, i), s->rankers[i]);
  s->phase = PHASE_COUNTS;
  if (!s->taken_up) s->pass++;
  roi_status status = roi_run_pass(s, s->trials, count_unit, end_unit, &done);
  for (size_t i = n; i < n * (size_t)s->threads; i++) s->ranks[i % n] += s->ranks[i];
  if (status != ROI_OK) { /* cut short: the quantiles are known without their errors */
    roi_free(s->ranks);
    s->ranks = NULL;
  }
  return status;
}

roi_status roi_counts_allocate(simulation *s) {
  size_t parts = s->streaming ? (size_t)s->threads : 1;
  s->ranks = roi_alloc_zero(parts * roi_counts_size(s) + 1, sizeof *s->ranks);
  return s->ranks ? ROI_OK : roi_fail_memory(s->err, "the errors of quantiles");
}

/* -- Errors ------------------------------------------------------------------------------------------------------------- */

/* How sure a share is that counts[] are the replicates' trials of; *share: of all trials. */
static double rank_error(const simulation *s, size_t column, const uint64_t *counts, double n, double *share) {
  double x[ROI_REPLICATES];
  uint64_t all = 0;
  for (size_t r = 0; r < ROI_REPLICATES; r++) {
    const roi_moments *m = roi_column_moments(s, r + 1, column);
    x[r] = (double)counts[r] / (double)(m->n + m->never);
    all += counts[r];
  }
  *share = (double)all / n;
  double error = roi_error_of_replicates(x);
  return error < 1 / n ? 1 / n : error;
}

double roi_quantile_error(const simulation *s, size_t column, size_t level) {
  if (!s->ranks) return NAN;
  const roi_summary *x = summary_of(s, column);
  const uint64_t *counts = s->ranks + column * PER_COLUMN + 2 * level * ROI_REPLICATES;
  double p = roi_quantile_levels[level], n = (double)(x->n + x->never), plain = x->quantile_se[level], low, high, below, upto;
  if (isnan(plain) || !roi_levels_around(p, x->n + x->never, &low, &high)) return NAN;
  double under = rank_error(s, column, counts, n, &below), over = rank_error(s, column, counts + ROI_REPLICATES, n, &upto);
  if (isnan(under) || isnan(over)) return NAN;
  if ((upto - below) * n < 1.5) return plain * under / (high - p);
  int sides = (low < below) + (high > upto), left = (p - under < below) + (p + over > upto);
  return left < sides ? plain * left / sides : plain;
}
