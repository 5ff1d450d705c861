/* The report of a run, from sums and columns. */
#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "run/simulation.h"

roi_status roi_results_allocate(simulation *s) {
  const roi_request *q = s->q;
  roi_report *r = s->report = roi_alloc_zero(1, sizeof *r);
  if (!r) return roi_fail_memory(s->err, "the results");
  r->n_outputs = q->n_outputs;
  r->n_inputs = q->n_inputs;
  r->n_shares = q->n_shares;
  r->n_means = q->n_means;
  r->n_ratios = q->n_ratios;
  r->outputs = roi_alloc_zero(q->n_outputs + 1, sizeof *r->outputs);
  r->inputs = roi_alloc_zero(q->n_inputs + 1, sizeof *r->inputs);
  r->shares = roi_alloc_zero(q->n_shares + 1, sizeof *r->shares);
  r->means = roi_alloc_zero(q->n_means + 1, sizeof *r->means);
  r->ratios = roi_alloc_zero(q->n_ratios + 1, sizeof *r->ratios);
  s->of_replicates = roi_alloc_zero((s->groups - 1) * s->n_columns + 1, sizeof *s->of_replicates);
  void *memory = roi_alloc_zero(1, roi_sums_size(s) + 1);
  if (memory) s->sums = roi_sums_open(s, memory);
  if (!r->outputs || !r->inputs || !r->shares || !r->means || !r->ratios || !s->of_replicates || !memory)
    return roi_fail_memory(s->err, "the results");
  for (size_t i = 0; i < s->groups * s->n_moments; i++) roi_moments_clear(&s->sums.moments[i]);
  return ROI_OK;
}

/* -- Columns ------------------------------------------------------------------------------------------------------------ */

static roi_status summarise_kept(const simulation *s, size_t group, size_t column, uint64_t trials, roi_summary *x, roi_error *err) {
  const roi_moments *m = roi_column_moments(s, group, column);
  const double *values = s->store[roi_column_target(s, column)];
  size_t all = (size_t)roi_column_trials(s, column, trials), n = roi_group_count(group, all);
  if (group == 0) return roi_summarise_column(x, m, values, n, err);
  double *own = roi_alloc(n + 1, sizeof *own);
  if (!own) return roi_fail_memory(err, "summarising a column");
  roi_group_copy(group, values, all, own);
  roi_status status = roi_summarise_column(x, m, own, n, err);
  roi_free(own);
  return status;
}

/* Job group * n_columns + column. */
static roi_status summarise_one(simulation *s, size_t job, uint64_t trials, int ordered) {
  size_t outputs = s->q->n_outputs, group = job / s->n_columns, column = job % s->n_columns;
  roi_summary *x = group ? &s->of_replicates[(group - 1) * s->n_columns + column]
                   : column < outputs ? &s->report->outputs[column] : &s->report->inputs[column - outputs];
  x->name = column < outputs ? s->q->outputs[column].name : s->q->inputs[column - outputs].name;
  if (!s->streaming) return summarise_kept(s, group, column, trials, x, NULL);
  roi_summarise(x, roi_column_moments(s, group, column), ordered ? s->rankers[job] : NULL);
  return ROI_OK;
}

typedef struct jobs {
  simulation *s;
  uint64_t trials;
  int ordered;
  atomic_int failed; /* a status: no memory, or numbers that contradict each other */
} jobs;

static void summarise_job(void *data, size_t i) {
  jobs *x = data;
  roi_status status = summarise_one(x->s, i, x->trials, x->ordered);
  if (status != ROI_OK) atomic_store(&x->failed, (int)status);
}

static void count_job(void *data, size_t column) {
  jobs *x = data;
  roi_count_kept(x->s, column, x->trials);
}

static roi_status summarise(simulation *s, uint64_t trials, int ordered) {
  jobs x = {.s = s, .trials = trials, .ordered = ordered};
  roi_parallel(s->threads, s->groups * s->n_columns, NULL, summarise_job, &x);
  roi_status status = (roi_status)atomic_load(&x.failed);
  if (status == ROI_ERR_INTERNAL)
    return roi_fail(s->err, status, "the values of a column are not what its moments say; please report this");
  if (status != ROI_OK) return roi_fail_memory(s->err, "summarising a column");
  if (s->groups > 1 && !s->streaming) roi_parallel(s->threads, s->n_columns, NULL, count_job, &x);
  return ROI_OK;
}

/* -- The rest ----------------------------------------------------------------------------------------------------------- */

static void fill_small_results(simulation *s, uint64_t trials) {
  const roi_request *q = s->q;
  roi_report *r = s->report;
  for (size_t i = 0; i < q->n_means; i++) {
    const roi_moments *m = &s->sums.moments[q->n_outputs + i];
    r->means[i] = (roi_mean_result){.n = m->n, .never = m->never, .mean = m->n ? m->mean : NAN, .se = roi_mean_se(m)};
  }
  for (size_t i = 0; i < q->n_shares; i++) {
    roi_share_result *x = &r->shares[i];
    x->k = s->sums.shares[i];
    x->n = trials;
    if (trials) roi_share(x->k, x->n, &x->p, &x->se, &x->low, &x->high);
  }
  for (size_t i = 0; i < q->n_ratios; i++) {
    const roi_comoments *m = &s->sums.comoments[i];
    roi_ratio_of_means(m, &r->ratios[i].ratio, &r->ratios[i].se);
    r->ratios[i].n = m->n;
  }
}

roi_status roi_results_fill(simulation *s, uint64_t trials, int ordered) {
  roi_status status = summarise(s, trials, ordered);
  if (status != ROI_OK) return status;
  fill_small_results(s, trials);
  if (s->groups > 1) roi_replicate_errors(s);
  size_t n;
  const roi_node *plain = roi_designed_plain(s->designed, &n);
  s->report->replicates = s->groups - 1;
  s->report->plain_draws = roi_alloc(n + 1, sizeof *plain);
  if (!s->report->plain_draws) return roi_fail_memory(s->err, "the results");
  if (n) memcpy(s->report->plain_draws, plain, n * sizeof *plain);
  s->report->n_plain_draws = n;
  return ROI_OK;
}

void roi_report_free(roi_report *r) {
  if (!r) return;
  void *const parts[] = {r->outputs, r->inputs, r->shares, r->means, r->ratios, r->plain_draws, r};
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) roi_free(parts[i]);
}
