/* The report of a run, from sums and columns. */
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
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
  roi_summary *x = group                ? &s->of_replicates[(group - 1) * s->n_columns + column]
                   : column < outputs ? &s->report->outputs[column]
                                        : &s->report->inputs[column - outputs];
  x->name = column < outputs ? s->q->outputs[column].name : s->q->inputs[column - outputs].name;
  if (!s->streaming) return summarise_kept(s, group, column, trials, x, NULL);
  roi_summarise(x, roi_column_moments(s, group, column), ordered ? s->rankers[job] : NULL);
  return ROI_OK;
}

typedef struct jobs {
  simulation *s;
  roi_status (*one)(simulation *s, size_t job, uint64_t trials, int ordered);
  size_t n;
  uint64_t trials;
  int ordered;
  atomic_size_t next;
  atomic_int status;
} jobs;

static void *do_some(void *data) {
  jobs *x = data;
  for (;;) {
    size_t i = atomic_fetch_add(&x->next, 1);
    if (i >= x->n) return NULL;
    roi_status status = x->one(x->s, i, x->trials, x->ordered);
    if (status != ROI_OK) atomic_store(&x->status, (int)status);
  }
}

/* Jobs are done one by one, by as many threads as there are; each depends on itself alone. */
static roi_status do_all(jobs *x) {
  enum { MOST = 64 };
  pthread_t thread[MOST];
  int started = 0;
  atomic_init(&x->next, 0);
  atomic_init(&x->status, ROI_OK);
  while (started < MOST && started + 1 < x->s->threads && (size_t)started + 1 < x->n)
    if (pthread_create(&thread[started], NULL, do_some, x) != 0) break; /* fewer threads give the same numbers */
    else started++;
  do_some(x);
  while (started > 0) pthread_join(thread[--started], NULL);
  return atomic_load(&x->status) == ROI_OK ? ROI_OK : roi_fail_memory(x->s->err, "summarising a column");
}

static roi_status count_one(simulation *s, size_t column, uint64_t trials, int ordered) {
  (void)ordered;
  roi_count_kept(s, column, trials);
  return ROI_OK;
}

static roi_status summarise(simulation *s, uint64_t trials, int ordered) {
  jobs summaries = {.s = s, .one = summarise_one, .n = s->groups * s->n_columns, .trials = trials, .ordered = ordered};
  jobs counts = {.s = s, .one = count_one, .n = s->n_columns, .trials = trials};
  roi_status status = do_all(&summaries);
  return status == ROI_OK && s->groups > 1 && !s->streaming ? do_all(&counts) : status;
}

/* -- The rest ----------------------------------------------------------------------------------------------------------- */

static void fill_small_results(simulation *s, uint64_t trials) {
  const roi_request *q = s->q;
  roi_report *r = s->report;
  for (size_t i = 0; i < q->n_means; i++) {
    const roi_moments *m = &s->sums.moments[q->n_outputs + i];
    r->means[i].n = m->n;
    r->means[i].mean = m->n ? m->mean : NAN;
    r->means[i].se = m->n > 1 ? sqrt(m->m2 / (double)(m->n - 1) / (double)m->n) : NAN;
  }
  for (size_t i = 0; i < q->n_shares; i++) {
    roi_share_result *x = &r->shares[i];
    x->k = s->sums.shares[i];
    x->n = trials;
    if (trials) roi_share(x->k, x->n, &x->p, &x->se, &x->low, &x->high);
  }
  for (size_t i = 0; i < q->n_ratios; i++) roi_ratio_of_means(&s->sums.comoments[i], &r->ratios[i].ratio, &r->ratios[i].se);
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
