/* One pass over the trials. Where progress is kept, in stretches: between two of them no unit is under way, so what there is can be put
 * away as it stands. */
#include "base/clock.h"
#include "base/error.h"
#include "run/simulation.h"

/* Keeping progress takes this share of the time at most, half of what is promised, since what it will cost is a guess. */
#define COST_SHARE 0.005
/* The first guess: 0.01 s, and 300 MB/s. */
#define COST_AT_LEAST 0.01
#define FIRST_COST_A_BYTE (1 / 300e6)

static double keep_cost(const simulation *s) {
  return COST_AT_LEAST + roi_progress_size(s) * (s->keep_cost > 0.0 ? s->keep_cost : FIRST_COST_A_BYTE);
}

/* Puts the run's progress away. */
static roi_status keep(simulation *s) {
  const roi_keeper *k = s->q->keeper;
  double begin = roi_seconds();
  roi_progress at = {.done = s->reached, .total = s->trials, .pass = s->pass, .seconds = begin - s->begin};
  roi_status status = k->begin(k->data, &at, s->err);
  if (status == ROI_OK) roi_progress_save(s, k->to);
  if (status == ROI_OK) status = k->commit(k->data, s->err);
  s->kept_at = roi_seconds();
  s->report->timing.kept++;
  s->report->timing.keeping += s->kept_at - begin;
  double size = roi_progress_size(s), beyond = s->kept_at - begin - COST_AT_LEAST;
  if (size > 1e6) s->keep_cost = beyond > 0.0 ? beyond / size : FIRST_COST_A_BYTE / 10;
  return status;
}

/* When to keep progress again. It grows while trials are done, and with it what keeping costs: the pause may come too early, and is then
 * put off. */
static double next_time(const simulation *s) {
  const roi_keeper *k = s->q->keeper;
  return s->kept_at + (k->every > 0.0 ? k->every : keep_cost(s) / COST_SHARE);
}

/* At a stop what is done is kept whatever that costs, unless units were given up that rankers have seen. */
static roi_status keep_after(simulation *s, const roi_pass *p, roi_status ended) {
  int stopped = ended == ROI_ERR_INTERRUPTED || ended == ROI_ERR_LIMIT;
  if (p->cut || s->reached == 0 || (ended != ROI_OK && !stopped)) return ROI_OK;
  if (!stopped && (s->reached == p->trials || roi_seconds() < next_time(s))) return ROI_OK;
  return keep(s);
}

static roi_pass make_pass(const simulation *s, uint64_t trials) {
  const roi_request *q = s->q;
  return (roi_pass){.plan = s->plan ? s->plan : s->early, .early_plan = s->plan ? s->early : NULL, .plan_from_unit = s->early_units,
                    .kernels = s->kernels, .trials = trials, .seed = q->options.seed, .threads = s->threads, .block = q->block,
                    .source = roi_designed_source(s->designed), .draws = roi_graph_draws(s->g), .store = s->store,
                    .store_trials = s->store_trials, .result_size = roi_sums_size(s), .stop = q->options.stop,
                    .deadline = q->deadline > 0.0 ? s->begin + q->deadline : 0.0};
}

static roi_status run(simulation *s, roi_pass *p) {
  if (s->q->stored) {
    s->each = p->each_unit;
    p->each_unit = roi_unit_fetch;
    p->stored = 1;
  }
  p->data = s;
  roi_status status = roi_pass_run(p, s->err);
  if (s->q->stored) p->each_unit = s->each;
  if (s->q->stored && status == ROI_ERR_IO && s->err->status == ROI_OK)
    roi_fail(s->err, ROI_ERR_IO, "what was stored of the trials can't be read, or does not hold together");
  if (p->threads_used > s->report->timing.threads) s->report->timing.threads = p->threads_used;
  return status;
}

roi_status roi_run_pilot(simulation *s, uint64_t trials) {
  roi_pass p = make_pass(s, trials);
  return run(s, &p);
}

roi_status roi_run_pass(simulation *s, uint64_t trials, roi_status (*each)(void *, const roi_unit *),
                        roi_status (*in_order)(void *, const roi_unit *), uint64_t *done) {
  roi_pass p = make_pass(s, trials);
  roi_status status = ROI_OK;
  p.each_unit = each;
  p.in_order = in_order;
  while (status == ROI_OK && s->reached < trials) {
    p.first = s->reached;
    if (s->q->keeper) p.pause = next_time(s);
    status = run(s, &p);
    s->reached = p.done;
    roi_status kept = s->q->keeper ? keep_after(s, &p, status) : ROI_OK;
    if (kept != ROI_OK) status = kept;
  }
  *done = s->reached;
  if (status == ROI_OK) s->reached = 0;
  return status;
}
