/* source.h - where a run's uniforms come from when it is not Philox with the run's seed: designs of points (sample/), and the points
 * that analyses choose (sensitivity/).
 *
 * Draws are counted as DRAW nodes in the graph's order, from 0: roi_graph_draws() of them. */
#ifndef ROI_RUN_SOURCE_H
#define ROI_RUN_SOURCE_H

#include <stddef.h>
#include <stdint.h>

/* What a source says of one block of trials. All arrays have one entry for each draw and are set up before each call: points NULL,
 * marginal NULL, seeds the run's seed. */
typedef struct roi_uniforms {
  const double **points;   /* `lanes` uniforms of the draw, in (0, 1); NULL: Philox. A draw made each period takes the same in all */
  const double **marginal; /* in place of what correlation makes of it: the draw's own probability, whatever the others are; or NULL */
  uint64_t *seeds;         /* Philox's seed for the draw */
  uint64_t trial;          /* what Philox (and a per-trial function) takes for the first trial's number: a multiple of 16; preset */
  double *room;            /* this thread's own: `room` doubles a lane */
  size_t stride;           /* doubles between columns of room, at least `lanes`: column i at room + i * stride */
} roi_uniforms;

typedef struct roi_source {
  size_t room;             /* columns that fill uses */
  /* Sets the uniforms of trials first .. first + lanes - 1; lanes is a multiple of 16 and may pass the last trial. What points and
   * marginal point to must last until the next call with the same u. Called from several threads. */
  void (*fill)(const void *data, uint64_t first, uint32_t lanes, roi_uniforms *u);
  const void *data;
} roi_source;

#endif
