/* The best thresholds of gates. */
#include <math.h>
#include <stdio.h>

#include "report/page.h"

/* "Best threshold of triage.gate: triage.pilot.cut >= 0.14 (as good: 0.1 to 0.19), npv 8,120 ±210; at 0.2 it is 6,580 ±200" */
static void one(const roi_page *p, const roi_gate_threshold *t) {
  char gate[ROI_NAME], reading[ROI_NAME], best[ROI_NUMBER], worth[ROI_NUMBER], text[4 * ROI_NAME];
  roi_page_name(p, gate, roi_graph_text(p->v->graph, t->row->name), 40);
  roi_page_name(p, reading, t->reading, 40);
  roi_number_pm(worth, t->worth, t->worth_se, p->plus_minus);
  if (isinf(t->best)) {
    snprintf(text, sizeof text, "Best threshold of %s: never to go on, whatever %s reads; at %.6g npv is %s.", gate, reading,
             t->threshold, worth);
  } else {
    roi_number_pm(best, t->best_worth, t->best_worth_se, p->plus_minus);
    snprintf(text, sizeof text, "Best threshold of %s: %s %s %.3g (as good: %.3g to %.3g), npv %s; at %.6g it is %s.", gate, reading,
             t->below ? "<=" : ">=", t->best, t->low, t->high, best, t->threshold, worth);
  }
  roi_page_sentence(p, text);
}

void roi_page_thresholds(const roi_page *p) {
  const roi_gate_thresholds *t = p->v->thresholds;
  for (size_t i = 0; t && i < t->n; i++) one(p, &t->row[i]);
}
