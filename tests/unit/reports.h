/* reports.h - for tests: everything that a run can be asked for, and two reports that must be the same to the last bit. */
#ifndef ROI_TESTS_UNIT_REPORTS_H
#define ROI_TESTS_UNIT_REPORTS_H

#include "unit/model.h"

/* All fields but the name. */
static void same_summary(const roi_summary *a, const roi_summary *b) {
  const size_t from = offsetof(roi_summary, trials);
  if (memcmp((const char *)a + from, (const char *)b + from, sizeof *a - from) == 0) return;
  print_message("%s: mean %.17g, %.17g; its error %.17g, %.17g; sd %.17g, %.17g; median %.17g, %.17g; its error %.17g, %.17g; "
                "cvar %.17g, %.17g\n", a->name, a->mean, b->mean, a->mean_se, b->mean_se, a->sd, b->sd, a->quantile[4], b->quantile[4],
                a->quantile_se[4], b->quantile_se[4], a->cvar5, b->cvar5);
  fail();
}
static void same_reports(const roi_report *a, const roi_report *b) {
  for (size_t i = 0; i < a->n_outputs; i++) same_summary(&a->outputs[i], &b->outputs[i]);
  assert_int_equal(a->n_inputs, b->n_inputs);
  for (size_t i = 0; i < a->n_inputs; i++) same_summary(&a->inputs[i], &b->inputs[i]);
  assert_memory_equal(a->shares, b->shares, a->n_shares * sizeof *a->shares);
  assert_memory_equal(a->means, b->means, a->n_means * sizeof *a->means);
  assert_memory_equal(a->ratios, b->ratios, a->n_ratios * sizeof *a->ratios);
}

/* Everything that can be asked for. */
static roi_request everything(const r1 *m, uint64_t trials) {
  roi_request q = request_of(m, trials);
  q.inputs = m->in;
  q.n_inputs = m->n_in;
  q.input_trials = 20000;
  q.shares = m->share;
  q.n_shares = 2;
  q.means = m->out;
  q.n_means = 2;
  q.ratios = &m->ratio;
  q.n_ratios = 1;
  return q;
}

#endif
