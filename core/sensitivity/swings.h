/* swings.h - one factor at a time from its 10th to its 90th percentile, all others at their median. A draw made each period
 * moves in all periods, as far as its mean over them does. */
#ifndef ROI_SENSITIVITY_SWINGS_H
#define ROI_SENSITIVITY_SWINGS_H

#include "sensitivity/sensitivity.h"

typedef struct roi_swing {
  double x_low, x_high; /* a single draw's values at P10 and P90, of a bernoulli no and yes; NaN of a group */
  double y_low, y_high; /* the target's values there, as they come: states, never */
} roi_swing;

/* What a target depends on: marks (n_nodes of them, the caller's to release with roi_free) are 1 for the node and for all nodes it
 * is computed from. NULL: no memory. */
unsigned char *roi_mark_sources(const roi_graph *g, roi_node node, roi_error *err);

/* 1 if it depends on a per-trial function: what that draws for itself differs from point to point. -1: no memory. */
int roi_is_per_trial(const roi_graph *g, roi_node node);

/* 1 if the draw is a bernoulli. */
int roi_is_yes_no(const roi_graph *g, roi_node draw);

/* Of a bernoulli draw: the chance of its yes; NaN if that is uncertain itself. */
double roi_chance_of(const roi_graph *g, roi_node draw);

/* Sets median[i] for each target, and swing[f] of targets[swung]. */
roi_status roi_swings_find(const roi_graph *g, const roi_request *request, const roi_target *targets, size_t n_targets, size_t swung,
                           const roi_factor *factors, size_t n_factors, double *median, roi_swing *swing, roi_error *err);

#endif
