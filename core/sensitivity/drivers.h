/* drivers.h - which uncertainty moves an output: each draw set to its 10th and 90th percentile, all others at
 * their median. */
#ifndef ROI_SENSITIVITY_DRIVERS_H
#define ROI_SENSITIVITY_DRIVERS_H

#include <stddef.h>

#include "graph/graph.h"
#include "run/run.h"

typedef struct roi_driver {
  const char *name;    /* of the draw */
  int yes_no;          /* a bernoulli: no and yes stand for the percentiles */
  double chance;       /* of its yes; NaN if that is uncertain itself */
  double p10, p90;     /* the draw's values there */
  double at_p10, at_p90; /* the output's values there */
} roi_driver;

typedef struct roi_drivers {
  size_t output;       /* index of the output in the request */
  double at_median;    /* its value with every draw at its median */
  double *median;      /* the same for each output of the request */
  roi_driver *row;     /* the draws that move the output, the widest swing first, then those that leave it undefined */
  size_t n;            /* that move it */
  size_t n_undefined;  /* after these: the output has no value (base/state.h) at P10 or P90, so no swing either */
} roi_drivers;

/* Values that name a period count as one past the horizon when they are never. */
double roi_driver_swing(const roi_driver *d, double horizon);

#define ROI_DRIVERS_MAX 2000

/* Computes the drivers of request->outputs[output]. Adds nodes to the graph (a draw made each period is shown by
 * its first period). *drivers is NULL with ROI_OK if the output depends on no draw. ROI_ERR_USAGE, with the reason in words for
 * the report, if it has no value with every draw at its median, or depends on more than ROI_DRIVERS_MAX draws or on
 * per-trial functions, since what those draw for themselves would differ from point to point. Release with roi_drivers_free. */
roi_status roi_drivers_find(roi_graph *g, const roi_request *request, size_t output, roi_drivers **drivers,
                            roi_error *err);
void roi_drivers_free(roi_drivers *d);

#endif
