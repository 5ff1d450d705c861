/* A whole run: plans, the first pass with moments, further passes for order statistics of columns that memory does not hold. */
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "base/cpu.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/memory.h"
#include "math/philox.h"
#include "run/engine.h"

/* Targets stand in this order in the plan: outputs, shares, means, ratios (x then y), inputs. The inputs come last, so that the
 * plan without them computes a prefix. */
typedef struct layout { size_t outputs, shares, means, ratios, inputs, total; } layout;

typedef struct unit_result { /* variable length: see sizes in result_size() */
  roi_moments *moments;      /* outputs, means, inputs, shares */
  roi_comoments *comoments;
  uint64_t *shares;
} unit_result;

typedef struct simulation {
  const roi_graph *g;
  const roi_request *q;
  roi_error *err;
  layout at;
  roi_tables *tables, *own_tables;
  roi_plan *plan, *early;       /* early: with the inputs; plan: without, NULL if every unit is early */
  const roi_kernel_set *kernels;
  uint64_t trials, input_trials, early_units;
  int threads;
  double begin;
  roi_moments *moments;         /* merged, as in unit_result */
  roi_comoments *comoments;
  uint64_t *shares;
  double **store;               /* by target: kept columns */
  uint64_t *store_trials;
  int streaming;                /* columns are not kept: rankers and more passes */
  roi_ranker **rankers;         /* by output, then by input; streaming only */
  roi_ranker_part **parts;      /* [thread][ranker] */
  size_t n_rankers;
  int pass;
  double last_progress;
  const roi_target *bad;        /* what was not a number, in which trial; NULL: nothing was */
  uint64_t bad_trial;
  double bad_value;
  roi_report *report;
} simulation;

static size_t n_moments(const simulation *s) {
  return s->q->n_outputs + s->q->n_means + s->q->n_inputs + s->q->n_shares;
}

static int is_input_moment(const simulation *s, size_t i) {
  size_t first = s->q->n_outputs + s->q->n_means;
  return i >= first && i < first + s->q->n_inputs;
}

static uint64_t half_of_memory(void) {
  long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGE_SIZE);
  return pages > 0 && size > 0 ? (uint64_t)pages * (uint64_t)size / 2 : UINT64_C(1) << 30;
}

static roi_status check_request(const roi_request *q, roi_error *err) {
  const roi_options *o = &q->options;
  if (o->trials < 1 || o->trials > ROI_MAX_TRIALS)
    return roi_fail(err, ROI_ERR_USAGE, "trials must be from 1 to %llu", (unsigned long long)ROI_MAX_TRIALS);
  if (o->threads < 0 || o->threads > 1024) return roi_fail(err, ROI_ERR_USAGE, "threads must be from 1 to 1024");
  if (q->block % ROI_LANE_UNIT || q->block > ROI_MAX_LANES)
    return roi_fail(err, ROI_ERR_USAGE, "a block must be a multiple of %d lanes, at most %d", ROI_LANE_UNIT, ROI_MAX_LANES);
  if (!roi_cpu_is_supported())
    return roi_fail(err, ROI_ERR_USAGE, "this processor lacks AVX2 and FMA (x86-64-v3), which roisim needs");
  return ROI_OK;
}

/* -- Plans -------------------------------------------------------------------------------------------------------------- */

static void set_layout(simulation *s) {
  const roi_request *q = s->q;
  s->at.outputs = 0;
  s->at.shares = q->n_outputs;
  s->at.means = s->at.shares + q->n_shares;
  s->at.ratios = s->at.means + q->n_means;
  s->at.inputs = s->at.ratios + 2 * q->n_ratios;
  s->at.total = s->at.inputs + q->n_inputs;
}

static roi_status make_plans(simulation *s) {
  const roi_request *q = s->q;
  roi_plan_target *targets = roi_alloc_zero(s->at.total + 1, sizeof *targets);
  s->tables = roi_request_tables(s->g, q, &s->own_tables, s->err);
  if (!targets || !s->tables) {
    roi_free(targets);
    return roi_fail_memory(s->err, "planning the model");
  }
  for (size_t i = 0; i < q->n_outputs; i++) targets[s->at.outputs + i].node = q->outputs[i].node;
  for (size_t i = 0; i < q->n_shares; i++) targets[s->at.shares + i].node = q->shares[i].node;
  for (size_t i = 0; i < q->n_means; i++) targets[s->at.means + i].node = q->means[i].node;
  for (size_t i = 0; i < q->n_ratios; i++) {
    targets[s->at.ratios + 2 * i].node = q->ratios[i].x;
    targets[s->at.ratios + 2 * i + 1].node = q->ratios[i].y;
  }
  for (size_t i = 0; i < q->n_inputs; i++) targets[s->at.inputs + i].node = q->inputs[i].node;
  roi_status status = ROI_OK;
  if (q->n_inputs) {
    s->early = roi_plan_new(s->g, targets, s->at.total, s->tables, 0, s->threads, s->err);
    if (!s->early) status = ROI_ERR_MODEL;
  }
  if (status == ROI_OK && (!s->early || s->early_units * ROI_UNIT < s->trials)) {
    s->plan = roi_plan_new(s->g, targets, s->at.inputs, s->tables, 0, s->threads, s->err);
    if (!s->plan) status = ROI_ERR_MODEL;
  }
  roi_free(targets);
  if (status != ROI_OK) return s->err && s->err->status != ROI_OK ? s->err->status : status;
  if (s->plan) roi_bind_externs(s->plan, s->q);
  if (s->early) roi_bind_externs(s->early, s->q);
  return ROI_OK;
}

/* -- One unit ----------------------------------------------------------------------------------------------------------- */

static size_t result_size(const simulation *s) {
  return sizeof(unit_result) + n_moments(s) * sizeof(roi_moments) + s->q->n_ratios * sizeof(roi_comoments) +
         s->q->n_shares * sizeof(uint64_t);
}

static unit_result *open_result(const simulation *s, void *memory) {
  unit_result *r = memory;
  r->moments = (roi_moments *)(r + 1);
  r->comoments = (roi_comoments *)(r->moments + n_moments(s));
  r->shares = (uint64_t *)(r->comoments + s->q->n_ratios);
  return r;
}

/* Inputs of this unit that count: all, fewer in the unit where input_trials ends, none after it. */
static size_t input_count(const simulation *s, const roi_unit *u) {
  if (s->q->n_inputs == 0 || u->first_trial >= s->input_trials) return 0;
  uint64_t left = s->input_trials - u->first_trial;
  return left < u->n ? (size_t)left : u->n;
}

static int may_be_never(const simulation *s, roi_node node) { return (s->g->nodes[node].flags & ROI_MAY_NEVER) != 0; }

static int is_bad(const roi_moments *m, int may_never) { return m->state[0] > 0 || (m->never > 0 && !may_never); }

/* The named values of a unit whose moments are taken, as (target, node, name). */
static const roi_target *moment_target(const simulation *s, size_t i, size_t *column) {
  const roi_request *q = s->q;
  if (i < q->n_outputs) return *column = s->at.outputs + i, &q->outputs[i];
  i -= q->n_outputs;
  if (i < q->n_means) return *column = s->at.means + i, &q->means[i];
  i -= q->n_means;
  if (i < q->n_inputs) return *column = s->at.inputs + i, &q->inputs[i];
  i -= q->n_inputs;
  return *column = s->at.shares + i, &q->shares[i];
}

static roi_status take_moments(void *data, const roi_unit *u) {
  simulation *s = data;
  const roi_request *q = s->q;
  unit_result *r = open_result(s, u->result);
  size_t inputs = input_count(s, u);
  roi_status status = ROI_OK;
  for (size_t i = 0; i < n_moments(s); i++) {
    size_t column, n = is_input_moment(s, i) ? inputs : u->n;
    const roi_target *t = moment_target(s, i, &column);
    roi_moments_clear(&r->moments[i]);
    int mean_only = (i >= q->n_outputs && i < q->n_outputs + q->n_means) || i >= n_moments(s) - q->n_shares;
    if (n) (mean_only ? roi_moments_mean_unit : roi_moments_unit)(&r->moments[i], u->columns[column], n);
    if (is_bad(&r->moments[i], may_be_never(s, t->node))) status = ROI_ERR_RUN;
  }
  for (size_t i = 0; i < q->n_ratios; i++)
    roi_comoments_unit(&r->comoments[i], u->columns[s->at.ratios + 2 * i], u->columns[s->at.ratios + 2 * i + 1], u->n);
  for (size_t i = 0; i < q->n_shares; i++) {
    const double *x = u->columns[s->at.shares + i];
    uint64_t k = 0;
    for (size_t t = 0; t < u->n; t++) k += x[t] != 0.0 && !isnan(x[t]); /* what is NaN here is a state: moments tell others */
    r->shares[i] = k;
  }
  return status;
}

static void feed_rankers(simulation *s, const roi_unit *u) {
  size_t inputs = input_count(s, u);
  for (size_t i = 0; i < s->n_rankers; i++) {
    size_t input = i - s->q->n_outputs;
    roi_ranker_part *part = s->parts[(size_t)u->thread * s->n_rankers + i];
    if (!part) continue;
    if (i < s->q->n_outputs) roi_ranker_feed(part, u->columns[s->at.outputs + i], u->n);
    else if (inputs) roi_ranker_feed(part, u->columns[s->at.inputs + input], inputs);
  }
}

static roi_status first_pass_unit(void *data, const roi_unit *u) {
  simulation *s = data;
  roi_status status = take_moments(s, u);
  if (status == ROI_OK && s->streaming) feed_rankers(s, u);
  return status;
}

static roi_status later_pass_unit(void *data, const roi_unit *u) {
  feed_rankers(data, u);
  return ROI_OK;
}

static void show_progress(simulation *s, uint64_t done) {
  if (!s->q->progress) return;
  double now = roi_seconds();
  if (now - s->last_progress < 0.1) return;
  s->last_progress = now;
  roi_progress p = {.done = done, .total = s->trials, .pass = s->pass, .passes = s->streaming ? (s->pass > 2 ? s->pass : 2) : 1,
                    .seconds = now - s->begin};
  s->q->progress(s->q->progress_data, &p);
}

/* Remembers the first trial of the unit in which something is not a number. It is explained when the pass has ended: that takes
 * plans and runs of their own, and the workers of per-trial functions, which other threads are using now. */
static roi_status remember_bad(simulation *s, const roi_unit *u, const unit_result *r) {
  size_t first = u->n;
  for (size_t i = 0; i < n_moments(s); i++) {
    size_t column;
    const roi_target *t = moment_target(s, i, &column);
    int never = may_be_never(s, t->node);
    if (!is_bad(&r->moments[i], never)) continue;
    for (size_t k = 0; k < first; k++) {
      double x = u->columns[column][k];
      if (isfinite(x) || roi_state_of(x) != ROI_STATE_NONE || (never && x == INFINITY)) continue;
      first = k;
      s->bad = t;
      s->bad_trial = u->first_trial + k;
      s->bad_value = x;
    }
  }
  return ROI_ERR_RUN;
}

static roi_status merge_unit(void *data, const roi_unit *u) {
  simulation *s = data;
  const roi_request *q = s->q;
  unit_result *r = open_result(s, u->result);
  size_t inputs = input_count(s, u);
  for (size_t i = 0; i < n_moments(s); i++) {
    size_t column;
    const roi_target *t = moment_target(s, i, &column);
    if (is_bad(&r->moments[i], may_be_never(s, t->node))) return remember_bad(s, u, r);
  }
  for (size_t i = 0; i < n_moments(s); i++)
    if (!is_input_moment(s, i) || inputs) roi_moments_merge(&s->moments[i], &r->moments[i]);
  for (size_t i = 0; i < q->n_ratios; i++) roi_comoments_merge(&s->comoments[i], &r->comoments[i]);
  for (size_t i = 0; i < q->n_shares; i++) s->shares[i] += r->shares[i];
  if (q->rows) {
    const double *columns[64], **list = columns;
    size_t n = q->n_outputs + (inputs == u->n ? q->n_inputs : 0);
    if (n > 64 && !(list = roi_alloc(n, sizeof *list))) return roi_fail_memory(s->err, "writing samples");
    for (size_t i = 0; i < n; i++) list[i] = u->columns[i < q->n_outputs ? s->at.outputs + i : s->at.inputs + i - q->n_outputs];
    roi_status status = q->rows(q->rows_data, u->first_trial, u->n, list, n, s->err);
    if (list != columns) roi_free(list);
    if (status != ROI_OK) return status;
  }
  show_progress(s, u->first_trial + u->n);
  return ROI_OK;
}

static roi_status later_in_order(void *data, const roi_unit *u) {
  show_progress(data, u->first_trial + u->n);
  return ROI_OK;
}

/* -- Passes ------------------------------------------------------------------------------------------------------------- */

static roi_status run_pass(simulation *s, uint64_t trials, roi_status (*each)(void *, const roi_unit *),
                           roi_status (*in_order)(void *, const roi_unit *), double **store, uint64_t *store_trials, uint64_t *done) {
  roi_pass p = {.plan = s->plan ? s->plan : s->early, .early_plan = s->plan ? s->early : NULL, .plan_from_unit = s->early_units,
                .kernels = s->kernels, .trials = trials, .seed = s->q->options.seed, .threads = s->threads, .block = s->q->block,
                .store = store, .store_trials = store_trials, .result_size = result_size(s), .each_unit = each,
                .in_order = in_order, .data = s, .stop = s->q->options.stop,
                .deadline = s->q->deadline > 0.0 ? s->begin + s->q->deadline : 0.0};
  roi_status status = roi_pass_run(&p, s->err);
  s->report->timing.threads = p.threads_used > s->report->timing.threads ? p.threads_used : s->report->timing.threads;
  *done = p.done;
  return status;
}

/* Whether all columns fit; inputs up to input_trials. */
static int columns_fit(const simulation *s, uint64_t limit) {
  uint64_t inputs = s->input_trials < s->trials ? s->input_trials : s->trials;
  double bytes = 8.0 * ((double)s->q->n_outputs * (double)s->trials + (double)s->q->n_inputs * (double)inputs);
  return bytes * 1.15 + (double)(UINT64_C(4) << 20) <= (double)limit;
}

static int keep_columns(simulation *s, uint64_t trials) {
  size_t n = s->at.total + 1;
  s->store = roi_alloc_zero(n, sizeof *s->store);
  s->store_trials = roi_alloc_zero(n, sizeof *s->store_trials);
  if (!s->store || !s->store_trials) return -1;
  for (size_t i = 0; i < s->q->n_outputs + s->q->n_inputs; i++) {
    int input = i >= s->q->n_outputs;
    size_t target = input ? s->at.inputs + i - s->q->n_outputs : i;
    uint64_t count = input && s->early_units * ROI_UNIT < trials ? s->early_units * ROI_UNIT : trials;
    s->store[target] = roi_alloc_aligned(count, sizeof **s->store);
    if (!s->store[target]) return -1;
    s->store_trials[target] = count;
  }
  return 0;
}

static void drop_columns(simulation *s) {
  for (size_t i = 0; s->store && i < s->at.total; i++) roi_free(s->store[i]);
  roi_free(s->store);
  roi_free(s->store_trials);
  s->store = NULL;
  s->store_trials = NULL;
}

static void free_parts(simulation *s) {
  for (size_t i = 0; s->parts && i < (size_t)s->threads * s->n_rankers; i++) roi_ranker_part_free(s->parts[i]);
  roi_free(s->parts);
  s->parts = NULL;
}

static int make_parts(simulation *s) {
  s->parts = roi_alloc_zero((size_t)s->threads * s->n_rankers + 1, sizeof *s->parts);
  if (!s->parts) return -1;
  for (size_t i = 0; i < (size_t)s->threads * s->n_rankers; i++) {
    roi_ranker *r = s->rankers[i % s->n_rankers];
    if (s->pass > 1 && !roi_ranker_needs_pass(r)) continue;
    if (!(s->parts[i] = roi_ranker_part_new(r))) return -1;
  }
  return 0;
}

static roi_status end_parts(simulation *s) {
  roi_status status = ROI_OK;
  roi_ranker_part **mine = roi_alloc((size_t)s->threads + 1, sizeof(roi_ranker_part *));
  if (!mine) return roi_fail_memory(s->err, "order statistics");
  for (size_t i = 0; i < s->n_rankers && status == ROI_OK; i++) {
    if (!s->parts[i]) continue;
    for (int t = 0; t < s->threads; t++) {
      mine[t] = s->parts[(size_t)t * s->n_rankers + i];
      s->parts[(size_t)t * s->n_rankers + i] = NULL;
    }
    status = roi_ranker_end_pass(s->rankers[i], mine, (size_t)s->threads, s->err);
  }
  roi_free(mine);
  free_parts(s);
  return status;
}

/* The first trials of every column steer its search for ranks. */
static roi_status make_rankers(simulation *s, uint64_t limit) {
  uint64_t done, pilot = s->trials < ROI_PILOT ? s->trials : ROI_PILOT;
  s->n_rankers = s->q->n_outputs + s->q->n_inputs;
  s->rankers = roi_alloc_zero(s->n_rankers + 1, sizeof *s->rankers);
  if (!s->rankers || keep_columns(s, pilot) != 0) return roi_fail_memory(s->err, "the first trials");
  roi_status status = run_pass(s, pilot, NULL, NULL, s->store, s->store_trials, &done);
  if (status != ROI_OK) return status;
  uint64_t budget = limit / 2 / (s->n_rankers ? s->n_rankers : 1);
  for (size_t i = 0; i < s->n_rankers && status == ROI_OK; i++) {
    int input = i >= s->q->n_outputs;
    uint64_t n = input && s->input_trials < pilot ? s->input_trials : pilot;
    const double *x = s->store[input ? s->at.inputs + i - s->q->n_outputs : i];
    s->rankers[i] = roi_ranker_new(NULL, x, (size_t)n, (size_t)budget);
    if (!s->rankers[i]) status = roi_fail_memory(s->err, "order statistics");
  }
  drop_columns(s);
  return status;
}

static const roi_moments *ranker_moments(const simulation *s, size_t i) {
  return &s->moments[i < s->q->n_outputs ? i : i + s->q->n_means];
}

static roi_status finish_streaming(simulation *s, uint64_t trials) {
  for (size_t i = 0; i < s->n_rankers; i++) roi_ranker_set_moments(s->rankers[i], ranker_moments(s, i));
  roi_status status = end_parts(s);
  for (;;) {
    size_t left = 0;
    for (size_t i = 0; i < s->n_rankers && status == ROI_OK; i++) left += roi_ranker_needs_pass(s->rankers[i]) != 0;
    if (status != ROI_OK || left == 0) return status;
    s->pass++;
    uint64_t done;
    if (make_parts(s) != 0) return roi_fail_memory(s->err, "order statistics");
    status = run_pass(s, trials, later_pass_unit, later_in_order, NULL, NULL, &done);
    if (status == ROI_OK) status = end_parts(s);
  }
}

/* -- Results ------------------------------------------------------------------------------------------------------------ */

/* ordered: whether the order statistics are known (a pass that ended early leaves them open). */
static roi_status summarise_one(simulation *s, size_t i, uint64_t trials, int ordered, roi_error *err) {
  int input = i >= s->q->n_outputs;
  size_t index = input ? i - s->q->n_outputs : i;
  roi_summary *x = input ? &s->report->inputs[index] : &s->report->outputs[index];
  const roi_moments *m = ranker_moments(s, i);
  uint64_t n = input && s->input_trials < trials ? s->input_trials : trials;
  roi_status status = ROI_OK;
  if (!s->streaming) {
    status = roi_summarise_column(x, m, s->store[input ? s->at.inputs + index : index], (size_t)n, err);
  } else {
    roi_summarise(x, m, ordered ? s->rankers[i] : NULL);
  }
  x->name = (input ? s->q->inputs : s->q->outputs)[index].name;
  return status;
}

typedef struct summaries {
  simulation *s;
  uint64_t trials;
  int ordered;
  atomic_size_t next;
  atomic_int status;
} summaries;

static void *summarise_some(void *data) {
  summaries *x = data;
  for (;;) {
    size_t i = atomic_fetch_add(&x->next, 1);
    if (i >= x->s->q->n_outputs + x->s->q->n_inputs) return NULL;
    roi_status status = summarise_one(x->s, i, x->trials, x->ordered, NULL);
    if (status != ROI_OK) atomic_store(&x->status, (int)status);
  }
}

/* Columns are summarised one by one, by as many threads as there are; each depends on itself alone. */
static roi_status summarise(simulation *s, uint64_t trials, int ordered) {
  enum { MOST = 64 };
  pthread_t thread[MOST];
  summaries x = {.s = s, .trials = trials, .ordered = ordered};
  size_t columns = s->q->n_outputs + s->q->n_inputs;
  int started = 0;
  atomic_init(&x.next, 0);
  atomic_init(&x.status, ROI_OK);
  while (started < MOST && started + 1 < s->threads && (size_t)started + 1 < columns)
    if (pthread_create(&thread[started], NULL, summarise_some, &x) != 0) break; /* fewer threads give the same numbers */
    else started++;
  summarise_some(&x);
  while (started > 0) pthread_join(thread[--started], NULL);
  return atomic_load(&x.status) == ROI_OK ? ROI_OK : roi_fail_memory(s->err, "summarising a column");
}

static void fill_small_results(simulation *s, uint64_t trials) {
  const roi_request *q = s->q;
  roi_report *r = s->report;
  for (size_t i = 0; i < q->n_means; i++) {
    const roi_moments *m = &s->moments[q->n_outputs + i];
    r->means[i].n = m->n;
    r->means[i].mean = m->n ? m->mean : NAN;
    r->means[i].se = m->n > 1 ? sqrt(m->m2 / (double)(m->n - 1) / (double)m->n) : NAN;
  }
  for (size_t i = 0; i < q->n_shares; i++) {
    roi_share_result *x = &r->shares[i];
    x->k = s->shares[i];
    x->n = trials;
    if (trials) roi_share(x->k, x->n, &x->p, &x->se, &x->low, &x->high);
  }
  for (size_t i = 0; i < q->n_ratios; i++) roi_ratio_of_means(&s->comoments[i], &r->ratios[i].ratio, &r->ratios[i].se);
}

static roi_status allocate(simulation *s) {
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
  s->moments = roi_alloc_zero(n_moments(s) + 1, sizeof *s->moments);
  s->comoments = roi_alloc_zero(q->n_ratios + 1, sizeof *s->comoments);
  s->shares = roi_alloc_zero(q->n_shares + 1, sizeof *s->shares);
  if (!r->outputs || !r->inputs || !r->shares || !r->means || !r->ratios || !s->moments || !s->comoments || !s->shares)
    return roi_fail_memory(s->err, "the results");
  for (size_t i = 0; i < n_moments(s); i++) roi_moments_clear(&s->moments[i]);
  return ROI_OK;
}

static void release(simulation *s) {
  drop_columns(s);
  free_parts(s);
  for (size_t i = 0; s->rankers && i < s->n_rankers; i++) roi_ranker_free(s->rankers[i]);
  roi_free(s->rankers);
  roi_free(s->moments);
  roi_free(s->comoments);
  roi_free(s->shares);
  roi_plan_free(s->plan);
  roi_plan_free(s->early);
  roi_tables_free(s->own_tables);
}

static int is_partial(roi_status s) { return s == ROI_ERR_INTERRUPTED || s == ROI_ERR_LIMIT; }

/* Everything after the plans. Partial ends leave a report too. */
static roi_status simulate(simulation *s) {
  uint64_t limit = s->q->options.max_memory ? s->q->options.max_memory : half_of_memory(), done = 0;
  double start = roi_seconds();
  roi_status status = ROI_OK;
  s->pass = 1;
  s->streaming = !columns_fit(s, limit);
  if (s->streaming) status = make_rankers(s, limit);
  else if (keep_columns(s, s->trials) != 0) status = roi_fail_memory(s->err, "the columns of results: try a smaller --max-memory");
  if (status == ROI_OK && s->streaming && make_parts(s) != 0) status = roi_fail_memory(s->err, "order statistics");
  if (status == ROI_OK) status = run_pass(s, s->trials, first_pass_unit, merge_unit, s->store, s->store_trials, &done);
  if (s->bad) return roi_diagnose(s->g, s->q, s->bad->name, s->bad->node, s->bad_trial, s->bad_value, s->err);
  int ordered = !s->streaming;
  if (status == ROI_OK && s->streaming) ordered = (status = finish_streaming(s, s->trials)) == ROI_OK;
  if (status != ROI_OK && !is_partial(status)) return status;
  s->report->trials = done;
  s->report->complete = status == ROI_OK;
  double ran = roi_seconds();
  roi_status summary = summarise(s, done, ordered);
  if (summary != ROI_OK) return summary;
  fill_small_results(s, done);
  s->report->timing.run = ran - start;
  s->report->timing.statistics = roi_seconds() - ran;
  s->report->timing.passes = s->pass;
  if (status == ROI_ERR_INTERRUPTED) roi_fail(s->err, status, "interrupted");
  if (status == ROI_ERR_LIMIT) roi_fail(s->err, status, "the time limit of %g s is used up; raise it with --time-limit", s->q->deadline);
  return status;
}

roi_status roi_simulate(const roi_graph *g, const roi_request *request, roi_report **report, roi_error *err) {
  roi_error own;
  simulation s = {.g = g, .q = request, .err = err ? err : &own, .begin = roi_seconds(), .trials = request->options.trials};
  *report = NULL;
  s.err->status = ROI_OK;
  roi_status status = check_request(request, s.err);
  if (status != ROI_OK) return status;
  s.kernels = roi_kernels(request->options.isa, s.err);
  if (!s.kernels) return s.err->status;
  s.threads = request->options.threads ? request->options.threads : roi_cpu_count();
  s.input_trials = request->input_trials < s.trials ? request->input_trials : s.trials;
  s.early_units = request->n_inputs ? (s.input_trials + ROI_UNIT - 1) / ROI_UNIT : 0;
  set_layout(&s);
  status = allocate(&s);
  if (status == ROI_OK) status = make_plans(&s);
  if (status == ROI_OK) {
    s.report->timing.tables = roi_tables_seconds(s.tables);
    s.report->timing.plan = roi_seconds() - s.begin - s.report->timing.tables;
    s.report->timing.isa = s.kernels->name;
    status = simulate(&s);
  }
  release(&s);
  if (status == ROI_OK || (is_partial(status) && s.report->timing.passes)) {
    *report = s.report;
  } else {
    roi_report_free(s.report);
  }
  return status;
}

void roi_report_free(roi_report *r) {
  if (!r) return;
  void *const parts[] = {r->outputs, r->inputs, r->shares, r->means, r->ratios, r};
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) roi_free(parts[i]);
}
