/* components.h - what the value of a set of use cases is made of.
 *
 * For each quantity (npv; what is spent in each span of a budget; the ceilings) the terms of the graph (graph/candidates.h) fall into
 * components: terms that rest on common switches belong together, and a sum of components is the quantity of any set. A use case that
 * shares nothing is a component by itself, which needs one column of trials whatever sets are asked for; k use cases that share a pool
 * are one component, whose value must be evaluated for each of 2^k ways to take them. */
#ifndef ROI_PORTFOLIO_COMPONENTS_H
#define ROI_PORTFOLIO_COMPONENTS_H

#include "graph/graph.h"

typedef struct roi_component {
  size_t quantity;
  uint64_t mask;     /* the candidates whose switches it rests on: bit i is candidate i */
  int owned;         /* 1: it is 0 where none of these is taken, for all its terms are theirs */
  int constant;      /* 1: the same number in all trials, once the switches are set */
  roi_node node;
} roi_component;

/* Quantity 0 is npv; 1 .. spans is what is spent in each span; spans + 1 .. 2 spans is what may be. */
typedef struct roi_components {
  roi_component *list; size_t n;  /* by quantity */
  size_t *first;                  /* by quantity, its first; 2 spans + 2 entries */
  size_t spans, quantities;
  size_t cases;                   /* candidates */
  size_t *draws;                  /* by candidate: its switch among the graph's draws */
} roi_components;

/* Finds them; sums are added to the graph as nodes. budget: the name of the one whose ceilings count; NULL: none. Release with
 * roi_components_free (also after an error). */
roi_status roi_components_make(roi_components *c, roi_graph *g, const char *budget, roi_error *err);
void roi_components_free(roi_components *c);

/* How many of the bits are set. */
static inline int roi_count_bits(uint64_t x) {
  int n = 0;
  for (; x; x &= x - 1) n++;
  return n;
}

#endif
