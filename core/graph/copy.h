/* copy.h - building what one graph has again: in another graph, or in the same one with some nodes replaced.
 *
 * Copies are made by the constructors, so they are simplified like anything that is built, and what is equal is one node. That serves
 * three ends: a value of another run of the script is taken over; "what if" values are made of a node without running the script
 * again; and promises (values that a script uses before it has said all that decides them) are settled when it has ended. */
#ifndef ROI_GRAPH_COPY_H
#define ROI_GRAPH_COPY_H

#include "graph/graph.h"

#define ROI_COPY_OPEN ((roi_node)-2) /* in roi_copy.map: being copied */

typedef struct roi_copy {
  roi_graph *to;
  const roi_graph *from;     /* may be the same */
  roi_node *map;             /* by node of from: its copy in to, ROI_NONE: not made yet; a caller may set what replaces a node */
  const roi_node *kept;      /* by node of from: what a promise stands for, ROI_NONE: left as it is; NULL: all are left */
  size_t n;                  /* nodes of from when it began: the size of map and kept */
  roi_node *draws;           /* draws and per-trial functions of to that were there, by hash of their name */
  size_t draws_size;
  uint32_t file[2][8];       /* file names met last: in from, in to */
  unsigned next_file;
  int same_strings;          /* string offsets of from hold in to as well */
  roi_node *stack; size_t n_stack, cap_stack;
} roi_copy;

/* Begins; both graphs must outlive it, and to changes only by this copying. Release with roi_copy_end, also after an error. */
roi_status roi_copy_begin(roi_copy *c, roi_graph *to, const roi_graph *from, roi_error *err);
void roi_copy_end(roi_copy *c);

/* The copy of a node with all that it depends on; ROI_NONE with the error. A draw of a name that `to` has already is that draw, and
 * must be of an equal distribution; likewise a per-trial function. In the same graph, what depends on nothing that was replaced is its
 * own copy; a draw that depends on something replaced is refused, since it can't be drawn from two distributions. A promise that
 * depends on itself is refused with its name and line. */
roi_node roi_copy_node(roi_copy *c, roi_node node, roi_error *err);

/* Puts what they stand for in place of all promises: every node is built again, in the same order but for what a promise needs first,
 * and all tables name the new nodes. kept: by node, what each promise stands for, of the same shape and start. map: room for n_nodes
 * nodes, filled with where each old node went. */
roi_status roi_graph_settle(roi_graph *g, const roi_node *kept, roi_node *map, roi_error *err);

#endif
