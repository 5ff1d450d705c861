/* The best thresholds of gates. */
#include <math.h>
#include <stdio.h>

#include "report/page.h"

/* "; every trial passes 0.05, so it decides nothing", of a gate at which trials don't part; else "". */
static void decides_nothing(char *text, size_t size, const roi_gate_threshold *t, uint64_t trials) {
  *text = '\0';
  if (t->going_on == 0) snprintf(text, size, "; no trial passes %.6g, so it decides nothing", t->threshold);
  if (t->going_on == trials) snprintf(text, size, "; every trial passes %.6g, so it decides nothing", t->threshold);
}

/* "Best threshold of triage.gate: triage.pilot.cut >= 0.14 (as good: 0.1 to 0.19), npv 8,120 ±210; at 0.2 it is 6,580 ±200" */
static void one(const roi_page *p, const roi_gate_threshold *t, uint64_t trials) {
  char gate[ROI_NAME], reading[ROI_NAME], best[ROI_NUMBER], worth[ROI_NUMBER], idle[100], text[4 * ROI_NAME];
  decides_nothing(idle, sizeof idle, t, trials);
  roi_page_name(p, gate, roi_graph_text(p->v->graph, t->row->name), 40);
  roi_page_name(p, reading, t->reading, 40);
  roi_number_pm(worth, t->worth, t->worth_se, p->plus_minus);
  if (isinf(t->best)) {
    snprintf(text, sizeof text, "Best threshold of %s: never to go on, whatever %s reads; at %.6g npv is %s%s.", gate, reading,
             t->threshold, worth, idle);
  } else {
    roi_number_pm(best, t->best_worth, t->best_worth_se, p->plus_minus);
    snprintf(text, sizeof text, "Best threshold of %s: %s %s %.3g (as good: %.3g to %.3g), npv %s; at %.6g it is %s%s.", gate,
             reading, t->below ? "<=" : ">=", t->best, t->low, t->high, best, t->threshold, worth, idle);
  }
  roi_page_sentence(p, text);
}

void roi_page_thresholds(const roi_page *p) {
  const roi_gate_thresholds *t = p->v->thresholds;
  for (size_t i = 0; t && i < t->n; i++) one(p, &t->row[i], t->trials);
}
