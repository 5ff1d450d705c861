#include "run/engine.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/memory.h"

/* Columns lie this many doubles further apart than their lanes, so that they do not all begin at the same place of a page: loads
 * that follow stores at a distance of 4,096 bytes wait for them. */
enum { STRIDE_PAD = 8 };
/* A block's columns should stay within the second-level cache. */
enum { BLOCK_LANES = 256, LEAST_LANES = 32, BLOCK_BYTES = 512 * 1024 };

uint32_t roi_choose_lanes(const roi_plan *plan, uint32_t wanted) {
  if (wanted) return wanted;
  uint32_t lanes = BLOCK_LANES;
  while (lanes > LEAST_LANES && (uint64_t)plan->n_columns * lanes * sizeof(double) > BLOCK_BYTES) lanes /= 2;
  return lanes;
}

/* The arrays that a source fills. */
static int make_uniforms(roi_workspace *w, const roi_source *source, size_t draws) {
  roi_uniforms *u = &w->uniforms;
  u->stride = w->block.stride;
  u->points = roi_alloc(draws + 1, sizeof *u->points);
  u->marginal = roi_alloc(draws + 1, sizeof *u->marginal);
  u->seeds = roi_alloc(draws + 1, sizeof *u->seeds);
  u->room = roi_alloc_aligned((source->room + 1) * u->stride, sizeof *u->room);
  w->source = source;
  w->draws = draws;
  return u->points && u->marginal && u->seeds && u->room ? 0 : -1;
}

int roi_workspace_new(roi_workspace *w, const roi_plan *plan, uint32_t lanes, uint64_t seed, int worker, const roi_source *source,
                      size_t draws) {
  memset(w, 0, sizeof *w);
  w->block.lanes = lanes;
  w->block.trials = lanes;
  w->block.stride = lanes + STRIDE_PAD;
  w->memory = roi_alloc_aligned((size_t)(plan->n_columns + 1) * w->block.stride, sizeof *w->memory);
  if (plan->scratch) w->scratch = roi_alloc(plan->scratch, sizeof *w->scratch);
  if (!w->memory || (plan->scratch && !w->scratch) || (source && make_uniforms(w, source, draws) != 0)) {
    roi_workspace_free(w);
    return -1;
  }
  w->block.columns = w->memory;
  w->block.scratch = w->scratch;
  w->block.constants = plan->constants;
  w->block.seed = seed;
  w->block.worker = worker;
  w->block.failed = &w->call_failed;
  return 0;
}

void roi_workspace_free(roi_workspace *w) {
  roi_free(w->memory);
  roi_free(w->scratch);
  roi_free(w->uniforms.points);
  roi_free(w->uniforms.marginal);
  roi_free(w->uniforms.seeds);
  roi_free(w->uniforms.room);
  memset(w, 0, sizeof *w);
}

static void ask_source(roi_workspace *w, uint64_t first_trial) {
  roi_uniforms *u = &w->uniforms;
  for (size_t i = 0; i < w->draws; i++) {
    u->points[i] = u->marginal[i] = NULL;
    u->seeds[i] = w->block.seed;
  }
  u->trial = first_trial;
  w->source->fill(w->source->data, first_trial, w->block.lanes, u);
  w->block.points = u->points;
  w->block.marginal = u->marginal;
  w->block.seeds = u->seeds;
  w->block.first_trial = u->trial;
}

void roi_block_run(const roi_plan *plan, const roi_kernel_set *kernels, roi_workspace *w, uint64_t first_trial) {
  w->block.first_trial = first_trial;
  w->block.constants = plan->constants;
  if (w->source) ask_source(w, first_trial);
  for (uint32_t i = 0; i < plan->n_instrs; i++) kernels->kernel[plan->instrs[i].op](&w->block, &plan->instrs[i]);
}

void roi_block_run_one(const roi_plan *plan, const roi_kernel_set *kernels, roi_workspace *w, uint64_t trial) {
  w->block.from = (uint32_t)(trial % ROI_LANE_UNIT);
  w->block.trials = w->block.from + 1;
  roi_block_run(plan, kernels, w, trial - w->block.from);
}

void roi_block_result(const roi_plan *plan, const roi_workspace *w, uint32_t result, size_t n, double *values) {
  int32_t operand = plan->results[result];
  if (operand >= 0) {
    memcpy(values, w->block.columns + (size_t)operand * w->block.stride, n * sizeof *values);
    return;
  }
  double constant = plan->constants[(size_t)~operand * ROI_CONST_COPIES];
  for (size_t i = 0; i < n; i++) values[i] = constant;
}

/* -- Units over threads ------------------------------------------------------------------------------------------------- */

typedef struct slot {
  double *memory;   /* columns of the targets that have no store */
  double **columns;
  void *result;
  roi_status status;
  int done, thread;
  int call_failed;  /* no callback has seen the unit, nor may one */
} slot;

typedef struct engine {
  roi_pass *pass;
  slot *slots;
  uint32_t n_slots, n_targets;
  uint64_t n_units, next, merged; /* where the pass ends, units taken, units delivered; under the lock */
  roi_status status;              /* of the first unit that failed, or why the pass ends early */
  int given_up;                   /* a unit was given up: none after it counts */
  int call_failed;                /* the first unit that failed did so for a call of a per-trial function */
  pthread_mutex_t lock;
  pthread_cond_t moved;
} engine;

typedef struct worker { engine *e; int index; roi_workspace space; pthread_t thread; int failed; } worker;

static const roi_plan *plan_of(const roi_pass *p, uint64_t unit) {
  return p->early_plan && unit < p->plan_from_unit ? p->early_plan : p->plan;
}

/* Where the columns of a unit go: into the kept columns, or the slot's own memory. */
static void place_columns(const engine *e, slot *s, uint64_t unit, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    const roi_pass *p = e->pass;
    int kept = p->store && p->store[i] && unit * ROI_UNIT < p->store_trials[i];
    s->columns[i] = kept ? p->store[i] + unit * ROI_UNIT : s->memory + (size_t)i * ROI_UNIT;
  }
}

static void compute_unit(const engine *e, worker *w, slot *s, roi_unit *u) {
  const roi_pass *p = e->pass;
  const roi_plan *plan = plan_of(p, u->index);
  uint32_t lanes = w->space.block.lanes;
  place_columns(e, s, u->index, plan->n_results);
  for (size_t at = 0; at < u->n && !p->stored && !w->space.call_failed; at += lanes) {
    size_t n = u->n - at < lanes ? u->n - at : lanes;
    w->space.block.trials = (uint32_t)n;
    roi_block_run(plan, p->kernels, &w->space, u->first_trial + at);
    for (uint32_t i = 0; i < plan->n_results; i++) roi_block_result(plan, &w->space, i, n, s->columns[i] + at);
  }
  u->columns = s->columns;
  u->result = s->result;
  u->thread = w->index;
  s->thread = w->index;
  s->call_failed = w->space.call_failed;
  if (s->call_failed) s->status = ROI_ERR_RUN;
  else s->status = p->each_unit ? p->each_unit(p->data, u) : ROI_OK;
}

static roi_unit unit_of(const roi_pass *p, uint64_t index) {
  roi_unit u = {.index = index, .first_trial = index * ROI_UNIT, .n = ROI_UNIT};
  if (p->trials - u.first_trial < ROI_UNIT) u.n = (size_t)(p->trials - u.first_trial);
  return u;
}

/* Delivers what is ready, in order; the lock is held. */
static void deliver(engine *e) {
  roi_pass *p = e->pass;
  while (e->merged < e->next) {
    slot *s = &e->slots[e->merged % e->n_slots];
    if (!s->done) break;
    roi_unit u = unit_of(p, e->merged);
    u.columns = s->columns;
    u.result = s->result;
    u.thread = s->thread;
    roi_status status = s->status;
    if (status == ROI_ERR_INTERRUPTED) e->given_up = 1;
    int failed_before = e->status != ROI_OK && !roi_is_stop(e->status);
    if (e->given_up) {
      if (!failed_before) e->status = ROI_ERR_INTERRUPTED;
    } else if (!failed_before) {
      int is_seen = status == ROI_OK || (status == ROI_ERR_RUN && !s->call_failed);
      if (p->in_order && is_seen) status = p->in_order(p->data, &u);
      e->call_failed = s->call_failed;
      if (status != ROI_OK) e->status = status;
      else p->done = u.first_trial + u.n;
    }
    s->done = 0;
    e->merged++;
  }
  pthread_cond_broadcast(&e->moved);
}

/* Takes the next unit; 0 when there is none left to take. */
static int take(engine *e, uint64_t *unit) {
  roi_pass *p = e->pass;
  pthread_mutex_lock(&e->lock);
  while (e->status == ROI_OK && e->next < e->n_units && e->next - e->merged >= e->n_slots)
    pthread_cond_wait(&e->moved, &e->lock);
  if (e->status == ROI_OK && p->stop && *p->stop) e->status = ROI_ERR_INTERRUPTED;
  if (e->status == ROI_OK && p->deadline > 0.0 && roi_seconds() > p->deadline) e->status = ROI_ERR_LIMIT;
  if (e->status == ROI_OK && p->pause > 0.0 && e->next > p->first / ROI_UNIT && roi_seconds() > p->pause) e->n_units = e->next;
  int go = e->status == ROI_OK && e->next < e->n_units;
  if (go) *unit = e->next++;
  pthread_mutex_unlock(&e->lock);
  return go;
}

/* A stop ends per-trial functions in the middle of a unit: what they left is no result. */
static int is_cut(const roi_pass *p, uint64_t unit) { return plan_of(p, unit)->n_externs > 0 && p->stop && *p->stop; }

static void *work(void *data) {
  worker *w = data;
  engine *e = w->e;
  uint64_t unit;
  while (take(e, &unit)) {
    slot *s = &e->slots[unit % e->n_slots];
    roi_unit u = unit_of(e->pass, unit);
    compute_unit(e, w, s, &u);
    if (is_cut(e->pass, unit)) s->status = ROI_ERR_INTERRUPTED;
    pthread_mutex_lock(&e->lock);
    s->done = 1;
    deliver(e);
    pthread_mutex_unlock(&e->lock);
  }
  return NULL;
}

static int make_slots(engine *e) {
  const roi_pass *p = e->pass;
  for (uint32_t i = 0; i < e->n_slots; i++) {
    slot *s = &e->slots[i];
    s->memory = roi_alloc_aligned((size_t)e->n_targets * ROI_UNIT + 1, sizeof *s->memory);
    s->columns = roi_alloc(e->n_targets + 1, sizeof *s->columns);
    s->result = roi_alloc_zero(1, p->result_size + 1);
    if (!s->memory || !s->columns || !s->result) return -1;
  }
  return 0;
}

static int make_worker(engine *e, worker *w, int index) {
  const roi_pass *p = e->pass;
  const roi_plan *larger = p->early_plan && p->early_plan->n_columns > p->plan->n_columns ? p->early_plan : p->plan;
  roi_plan shape = *larger; /* room for both plans */
  if (p->early_plan && p->early_plan->scratch > shape.scratch) shape.scratch = p->early_plan->scratch;
  if (p->plan->scratch > shape.scratch) shape.scratch = p->plan->scratch;
  w->e = e;
  w->index = index;
  return roi_workspace_new(&w->space, &shape, roi_choose_lanes(larger, p->block), p->seed, index, p->source, p->draws);
}

static void run_workers(engine *e, worker *workers, int n) {
  int started = 0;
  while (started + 1 < n) { /* fewer threads give the same numbers */
    if (pthread_create(&workers[started + 1].thread, NULL, work, &workers[started + 1]) != 0) break;
    started++;
  }
  e->pass->threads_used = started + 1;
  work(&workers[0]);
  for (int i = 1; i <= started; i++) pthread_join(workers[i].thread, NULL);
}

roi_status roi_pass_run(roi_pass *p, roi_error *err) {
  engine e = {.pass = p, .n_units = (p->trials + ROI_UNIT - 1) / ROI_UNIT, .next = p->first / ROI_UNIT, .merged = p->first / ROI_UNIT};
  int threads = p->threads < 1 ? 1 : p->threads;
  if ((uint64_t)threads > e.n_units - e.next) threads = (int)(e.n_units - e.next);
  e.n_slots = threads == 1 ? 1 : (uint32_t)threads * 3;
  e.n_targets = p->plan->n_results;
  if (p->early_plan && p->early_plan->n_results > e.n_targets) e.n_targets = p->early_plan->n_results;
  p->done = p->first;
  e.slots = roi_alloc_zero(e.n_slots, sizeof *e.slots);
  worker *workers = roi_alloc_zero((size_t)threads, sizeof *workers);
  int failed = !e.slots || !workers || make_slots(&e) != 0;
  for (int i = 0; i < threads && !failed; i++) failed = make_worker(&e, &workers[i], i);
  if (failed) {
    e.status = roi_fail_memory(err, "the columns of a block of trials");
  } else {
    pthread_mutex_init(&e.lock, NULL);
    pthread_cond_init(&e.moved, NULL);
    run_workers(&e, workers, threads);
    pthread_cond_destroy(&e.moved);
    pthread_mutex_destroy(&e.lock);
  }
  for (int i = 0; workers && i < threads; i++) roi_workspace_free(&workers[i].space);
  for (uint32_t i = 0; e.slots && i < e.n_slots; i++) {
    roi_free(e.slots[i].memory);
    roi_free(e.slots[i].columns);
    roi_free(e.slots[i].result);
  }
  roi_free(workers);
  roi_free(e.slots);
  if (e.call_failed && e.status == ROI_ERR_RUN) /* whoever made the call knows more */
    return roi_fail(err, ROI_ERR_RUN, "a per-trial function could not be called");
  return e.status;
}

/* -- per_trial functions ------------------------------------------------------------------------------------------------ */

static int call_external(const roi_extern *x, const roi_block *b, double *dst) {
  const roi_request *request = x->data;
  const roi_plan_extern *self = (const roi_plan_extern *)(const void *)x; /* call is its first member */
  uint32_t n = x->args.n;
  const double **args = roi_alloc(n + 1, sizeof *args);
  int *constant = roi_alloc(n + 1, sizeof *constant);
  int failed = !args || !constant || !request->external;
  for (uint32_t i = 0; i < n && !failed; i++) {
    int32_t operand = x->args.arg[i];
    constant[i] = operand < 0;
    args[i] = operand >= 0 ? b->columns + (size_t)operand * b->stride + b->from : b->constants + (size_t)~operand * ROI_CONST_COPIES;
  }
  if (!failed)
    failed = request->external(request->external_data, self->index, b->worker, b->first_trial + b->from, b->trials - b->from, args,
                               constant, n, dst + b->from);
  for (uint32_t i = 0; i < b->from; i++) dst[i] = 0;
  for (uint32_t i = b->trials; i < b->lanes; i++) dst[i] = 0;
  if (failed && request->external && b->failed) *b->failed = 1; /* where there is none to call, its value is what is missing */
  roi_free(args);
  roi_free(constant);
  return failed ? -1 : 0;
}

void roi_bind_externs(roi_plan *plan, const roi_request *request) {
  for (uint32_t i = 0; i < plan->n_externs; i++) {
    plan->externs[i]->call.call = call_external;
    plan->externs[i]->call.data = (void *)(uintptr_t)request;
  }
}

roi_tables *roi_request_tables(const roi_graph *g, const roi_request *q, roi_tables **own, roi_error *err) {
  *own = NULL;
  if (q->tables) return q->tables;
  *own = roi_tables_new(g, q->options.stop);
  if (!*own) roi_fail_memory(err, "planning the model");
  return *own;
}
