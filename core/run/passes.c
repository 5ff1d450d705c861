/* One pass over the trials. Where progress is kept, in stretches: between two of them no unit is under way, so what there is can be put
 * away as it stands. */
#include "base/error.h"
#include "run/simulation.h"

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
  if (s->q->stored && status == ROI_ERR_MEMORY && s->err->status == ROI_OK) roi_fail_memory(s->err, "checking what was stored");
  if (s->q->stored && status == ROI_ERR_IO && s->err->status == ROI_OK) {
    roi_fail(s->err, ROI_ERR_IO, "what was stored of the trials can't be read, or does not hold together");
    if (s->q->stored->why) s->q->stored->why(s->q->stored->data, s->err);
  }
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
    if (s->q->keeper) p.pause = roi_keeping_pause(s);
    status = run(s, &p);
    s->reached = p.done;
    roi_status kept = s->q->keeper ? roi_keeping_after(s, &p, status) : ROI_OK;
    if (kept != ROI_OK) status = kept;
  }
  *done = s->reached;
  if (status == ROI_OK) s->reached = 0;
  return status;
}
