/* designed.h - a design of points (sample/) as the source of a graph's uniforms.
 *
 * Its dimensions are the graph's draws in order. Those made anew each period have none, nor have those past the last dimension that
 * such a design can have: they are drawn plainly, as without a design. */
#ifndef ROI_RUN_DESIGNED_H
#define ROI_RUN_DESIGNED_H

#include "plan/plan.h"
#include "run/run.h"
#include "run/source.h"

typedef struct roi_designed roi_designed;

/* The design that the request's options name, of that many trials; *d is NULL for plain sampling. Release with roi_designed_free. */
roi_status roi_designed_new(roi_designed **d, const roi_graph *g, const roi_request *request, uint64_t trials,
                            const roi_kernel_set *kernels, roi_error *err);
void roi_designed_free(roi_designed *d);
/* Names a plan that will be run: points are computed for the draws that such plans use alone. */
void roi_designed_add_plan(roi_designed *d, const roi_plan *plan);
/* The source, once the plans are named; NULL for d NULL. It lasts as long as d. */
const roi_source *roi_designed_source(const roi_designed *d);
/* The nodes that the plans draw plainly, per-trial functions with them: *n of them. */
const roi_node *roi_designed_plain(const roi_designed *d, size_t *n);

#endif
