/* engine.h - how trials are run, inside core/run: blocks into units, units over threads, results in order.
 *
 * A pass computes the targets of a plan for trials first .. trials-1, a unit of ROI_UNIT trials at a time. Units are computed by any
 * thread and delivered strictly in order, each to `each_unit` on the thread that computed it and then to `in_order` under a lock. */
#ifndef ROI_RUN_ENGINE_H
#define ROI_RUN_ENGINE_H

#include "plan/plan.h"
#include "run/run.h"
#include "run/source.h"

typedef struct roi_unit {
  uint64_t index, first_trial;
  size_t n;                    /* trials, at most ROI_UNIT */
  double *const *columns;      /* one for each target; columns[i][0..n-1] */
  void *result;                /* what each_unit leaves for in_order: result_size bytes of this unit's own */
  int thread;
} roi_unit;

typedef struct roi_pass {
  const roi_plan *plan;            /* for units at and after plan_from_unit */
  const roi_plan *early_plan;      /* for the units before it; the same targets first, more after them; may be NULL */
  uint64_t plan_from_unit;
  const roi_kernel_set *kernels;
  uint64_t first, trials, seed;    /* first: a multiple of ROI_UNIT, before which all is done */
  const roi_source *source;        /* NULL: Philox with the seed */
  size_t draws;                    /* of the graph; needed with a source */
  int threads;                     /* at least 1 */
  uint32_t block;                  /* lanes; 0: chosen from the number of columns */
  double **store; uint64_t *store_trials; /* by target: the whole column (NULL: none kept), for trials below store_trials */
  size_t result_size;
  int stored;                      /* 1: nothing is computed, each_unit fills the columns itself from trials computed before */
  roi_status (*each_unit)(void *data, const roi_unit *u);
  roi_status (*in_order)(void *data, const roi_unit *u);
  void *data;
  const volatile int *stop;
  double deadline;                 /* on the clock of base/clock.h; 0: none */
  double pause;                    /* likewise: when to return with ROI_OK and what is done so far; 0: never. A unit is done at least */
  /* set by the pass */
  uint64_t done;                   /* trials delivered, those before first included */
  int threads_used;
} roi_pass;

/* Runs the pass. ROI_OK, ROI_ERR_INTERRUPTED or ROI_ERR_LIMIT when it ended early (done says where), the first failing callback's
 * status in trial order, ROI_ERR_RUN for a unit whose per-trial functions could not be called, or ROI_ERR_MEMORY. */
roi_status roi_pass_run(roi_pass *pass, roi_error *err);

/* One thread's room to run a plan's blocks. */
typedef struct roi_workspace {
  roi_block block;
  double *memory, *scratch;
  const roi_source *source; /* NULL: none */
  roi_uniforms uniforms;
  size_t draws;
  int call_failed; /* a per-trial function could not be called: what blocks hold since then are no results */
} roi_workspace;
/* 0, or -1: no memory, and nothing to free. draws: of the graph, for a source. */
int roi_workspace_new(roi_workspace *w, const roi_plan *plan, uint32_t lanes, uint64_t seed, int worker, const roi_source *source,
                      size_t draws);
void roi_workspace_free(roi_workspace *w);
/* Runs the block of w->block.lanes trials that begins at first_trial. */
void roi_block_run(const roi_plan *plan, const roi_kernel_set *kernels, roi_workspace *w, uint64_t first_trial);
/* Runs the block with a trial, of which alone per-trial functions are asked: its lane is trial % ROI_LANE_UNIT. For workspaces of
 * ROI_LANE_UNIT lanes. */
void roi_block_run_one(const roi_plan *plan, const roi_kernel_set *kernels, roi_workspace *w, uint64_t trial);
/* Lane values of a result of the plan after a block. */
void roi_block_result(const roi_plan *plan, const roi_workspace *w, uint32_t result, size_t n, double *values);
uint32_t roi_choose_lanes(const roi_plan *plan, uint32_t wanted);

/* Binds the plan's per_trial functions to the request's `external`; the request must outlive the plan's runs. */
void roi_bind_externs(roi_plan *plan, const roi_request *request);

/* The request's tables, or new ones in *own, which the caller releases (NULL if the request has some). NULL: no memory. */
roi_tables *roi_request_tables(const roi_graph *g, const roi_request *q, roi_tables **own, roi_error *err);

/* diagnose.c: explains why target `node` of a trial is not a number. Fills err with ROI_ERR_RUN. */
roi_status roi_diagnose(const roi_graph *g, const roi_request *request, const char *name, roi_node node, uint64_t trial,
                        double value, roi_error *err);

#endif
