/* achieved.h - the correlations that the trials of a run have, beside those that the model asks for. */
#ifndef ROI_SENSITIVITY_ACHIEVED_H
#define ROI_SENSITIVITY_ACHIEVED_H

#include "graph/graph.h"
#include "run/run.h"

typedef struct roi_achieved_row {
  const roi_correlation_row *pair; /* the graph's */
  double used;                 /* what was asked for, or what the repair made of it */
  double achieved;             /* in the trials, in the pair's kind; NaN where one of them never varies */
} roi_achieved_row;

typedef struct roi_achieved {
  roi_achieved_row *row;       /* every pair that was asked for, in the graph's order */
  size_t n;
  uint64_t trials;             /* that they rest on */
} roi_achieved;

/* Of the first of the request's `trials` trials: 100,000, or fewer where many draws are correlated. Spearman: of
 * ranks; Pearson: of the normal scores of ranks. Of what is drawn each period, the first period. Adds nodes to the
 * graph for these. *out is NULL with ROI_OK if the model correlates nothing. Release with roi_achieved_free. */
roi_status roi_achieved_find(roi_graph *g, const roi_request *request, uint64_t trials, roi_achieved **out, roi_error *err);
void roi_achieved_free(roi_achieved *a);

#endif
