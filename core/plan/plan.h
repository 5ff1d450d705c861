/* plan.h - from a graph to a program: what to compute for a block of trials, in which order, in which columns.
 *
 * Steps: lower the nodes that the targets depend on to values, one number a trial each, periods unrolled (elements.c, draws.c,
 * running.c; equal values are one value, constants fold: lowering.c); order them period by period and give them columns, used
 * again after the last use (schedule.c); build the quantile tables (quantile_tables.c). Rewrites look at a node's own operands alone, so
 * what else is asked for changes no bit. Running a plan allocates nothing. */
#ifndef ROI_PLAN_PLAN_H
#define ROI_PLAN_PLAN_H

#include "graph/graph.h"
#include "kernel/kernel.h"

typedef struct roi_plan_target {
  roi_node node;
  uint32_t period; /* of a series; 0 for scalars */
} roi_plan_target;

typedef struct roi_plan_extern { /* a per_trial function; whoever runs the plan sets call.call and call.data */
  roi_extern call;
  uint32_t index;  /* of the EXTERN node among the graph's EXTERN nodes */
} roi_plan_extern;

/* Quantile tables, shared by the plans of one graph: each is built once. */
typedef struct roi_tables roi_tables;
/* stop, if given and not 0 any more, ends the building of plans with ROI_ERR_INTERRUPTED. NULL when memory is out. */
roi_tables *roi_tables_new(const roi_graph *g, const volatile int *stop);
void roi_tables_free(roi_tables *t);            /* after the plans that use them */
/* Seconds spent building tables so far. */
double roi_tables_seconds(const roi_tables *t);

typedef struct roi_plan {
  roi_instr *instrs;   uint32_t n_instrs;
  roi_node *origin;    /* the node each instruction came from */
  uint32_t *stage;     /* the period in whose turn each instruction runs */
  uint32_t n_columns;
  double *constants;   uint32_t n_constants; /* ROI_CONST_COPIES of each */
  int32_t *results;    uint32_t n_results;   /* operand of each target: a column, or ~constant */
  roi_plan_extern **externs; uint32_t n_externs;
  size_t scratch;      /* doubles of roi_block.scratch */
  void *pool;          /* streams and lists: what instructions point to beside tables */
} roi_plan;

/* tables: of this graph; they must outlive the plan. keep: every value has a column of its own, so that a replay can look at all of them.
 * Quantile tables are built on up to `threads` threads. Release with roi_plan_free. */
roi_plan *roi_plan_new(const roi_graph *g, const roi_plan_target *targets, size_t n, roi_tables *tables, int keep, int threads,
                       roi_error *err);
void roi_plan_free(roi_plan *p);

#endif
