/* gate_threshold.h - the threshold of a decision that is worth most.
 *
 * A gate goes on where a reading is at or past a threshold. In each trial the use case is worth `pass` if it goes on and `stop` if it
 * does not, whatever the reading is; the expected worth of any threshold is then the mean of one or the other, and the best one is
 * where that mean is highest. A threshold that was chosen on the trials on which it is measured flatters itself; so the worth
 * of the best is measured crosswise: each half of the trials by the threshold that is best in the other half. */
#ifndef ROI_SENSITIVITY_GATE_THRESHOLD_H
#define ROI_SENSITIVITY_GATE_THRESHOLD_H

#include "graph/graph.h"
#include "run/run.h"

typedef struct roi_gate_threshold {
  const roi_decision_row *row; /* the graph's */
  const char *reading;     /* what is compared, by its name; "the reading" if it has none */
  int below;               /* 1: goes on at or below the threshold, 0: at or above */
  double threshold;        /* as the model has it */
  uint64_t going_on;       /* trials in which it goes on with that threshold */
  double worth, worth_se;  /* mean npv with that threshold */
  double best;             /* the best of all readings in the trials; ROI_NEVER (or -ROI_NEVER where below): best never to go on */
  double low, high;        /* the outermost thresholds whose mean is at most a standard error (of the difference) below the best's */
  double best_worth, best_worth_se; /* measured crosswise */
} roi_gate_threshold;

typedef struct roi_gate_thresholds { roi_gate_threshold *row; size_t n; uint64_t trials; } roi_gate_thresholds;

/* For every decision of the graph whose condition compares a value with a number (others have no single threshold), over the first
 * 1,000,000 of the request's `trials` trials. *out is NULL with ROI_OK if there is none, or fewer than 4 trials. Release with
 * roi_gate_thresholds_free. */
roi_status roi_gate_thresholds_find(const roi_graph *g, const roi_request *request, uint64_t trials, roi_gate_thresholds **out,
                                    roi_error *err);
void roi_gate_thresholds_free(roi_gate_thresholds *t);

/* The estimate alone, of n trials given as columns; fills going_on, best, low, high, worths of *t, whose `below` and `threshold` are set. */
roi_status roi_gate_threshold_of(roi_gate_threshold *t, const double *reading, const double *pass, const double *stop, size_t n,
                                 roi_error *err);

#endif
