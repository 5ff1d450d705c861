/* simulation.h - a whole run, as the files of core/run share it: simulate.c (plans and passes), units.c (what one unit of trials
 * leaves and how units are merged), rank_passes.c (kept columns, or order statistics in passes), results.c (the report), replicates.c
 * and quantile_errors.c (errors under a design).
 *
 * Under a design of points (sample/design.h) everything is also kept for each of its replicates: group 0 is all trials, group
 * 1 + r the trials i with i % ROI_REPLICATES = r. Units and blocks begin at multiples of ROI_REPLICATES. */
#ifndef ROI_RUN_SIMULATION_H
#define ROI_RUN_SIMULATION_H

#include "run/designed.h"
#include "run/engine.h"
#include "sample/design.h"

/* Targets stand in this order in the plan: outputs, shares, means, ratios (x then y), inputs. The inputs come last, so that the
 * plan without them computes a prefix. */
typedef struct layout { size_t outputs, shares, means, ratios, inputs, total; } layout;

/* What is added up over trials, by group: moments of outputs, means, inputs, shares; then comoments of ratios; counts of shares. */
typedef struct sums {
  roi_moments *moments;     /* [group * n_moments + i] */
  roi_comoments *comoments; /* [group * n_ratios + i] */
  uint64_t *shares;         /* [group * n_shares + i] */
} sums;

typedef struct simulation {
  const roi_graph *g;
  const roi_request *q;
  roi_error *err;
  layout at;
  size_t n_moments, n_columns;  /* columns: outputs, then inputs */
  size_t groups;                /* 1, or 1 + ROI_REPLICATES */
  roi_tables *tables, *own_tables;
  roi_plan *plan, *early;       /* early: with the inputs; plan: without, NULL if every unit is early */
  const roi_kernel_set *kernels;
  roi_designed *designed;       /* NULL: plain sampling */
  uint64_t trials, input_trials, early_units;
  int threads;
  double begin;
  sums sums;                    /* merged */
  double **store;               /* by target: kept columns */
  uint64_t *store_trials;
  int streaming;                /* columns are not kept: rankers and more passes */
  roi_ranker **rankers;         /* [group * n_columns + column]; streaming only */
  roi_ranker_part **parts;      /* [thread][ranker] */
  size_t n_rankers;
  int pass;
  double last_progress;
  const roi_target *bad;        /* what was not a number, in which trial; NULL: nothing was */
  uint64_t bad_trial;
  double bad_value;
  roi_summary *of_replicates;   /* [replicate * n_columns + column] */
  uint64_t *ranks;              /* by replicate, the trials below each quantile (quantile_errors.c) */
  roi_report *report;
} simulation;

/* The trials of one group among n in a row that begin at a multiple of ROI_REPLICATES, and a copy of their values. */
static inline size_t roi_group_count(size_t group, size_t n) {
  return group == 0 ? n : (n + ROI_REPLICATES - group) / ROI_REPLICATES;
}
void roi_group_copy(size_t group, const double *x, size_t n, double *own);

/* -- units.c ---------------------------------------------------------------------------------------------------------- */

size_t roi_sums_size(const simulation *s);              /* bytes */
sums roi_sums_open(const simulation *s, void *memory);  /* the arrays within such bytes */
/* Inputs of this unit that count: all, fewer in the unit where input_trials ends, none after it. */
size_t roi_unit_inputs(const simulation *s, const roi_unit *u);
/* Callbacks of the first pass. */
roi_status roi_unit_take(void *simulation, const roi_unit *u);
roi_status roi_unit_merge(void *simulation, const roi_unit *u);
void roi_show_progress(simulation *s, uint64_t done);

/* -- rank_passes.c ---------------------------------------------------------------------------------------------------- */

/* The target whose values a column holds, and how many of the first `trials` trials it has. */
size_t roi_column_target(const simulation *s, size_t column);
uint64_t roi_column_trials(const simulation *s, size_t column, uint64_t trials);
const roi_moments *roi_column_moments(const simulation *s, size_t group, size_t column);
/* Decides whether columns are kept and makes room for them, or the rankers with the run's first trials. */
roi_status roi_columns_begin(simulation *s);
void roi_columns_feed(simulation *s, const roi_unit *u); /* to the rankers */
roi_status roi_columns_finish(simulation *s);            /* the passes after the first */
void roi_columns_free(simulation *s);

/* -- simulate.c ------------------------------------------------------------------------------------------------------- */

roi_status roi_run_pass(simulation *s, uint64_t trials, roi_status (*each)(void *, const roi_unit *),
                        roi_status (*in_order)(void *, const roi_unit *), uint64_t *done);

/* -- results.c, replicates.c ------------------------------------------------------------------------------------------ */

roi_status roi_results_allocate(simulation *s);
/* Fills the report for the trials done. ordered: whether the order statistics are known (a pass that ended early leaves them open). */
roi_status roi_results_fill(simulation *s, uint64_t trials, int ordered);
/* Puts the errors that the replicates show in place of those of independent trials. */
void roi_replicate_errors(simulation *s);
/* The error of an estimate that the replicates give each by itself; unknown (NaN) if one of them has none. */
double roi_error_of_replicates(const double x[ROI_REPLICATES]);

/* -- quantile_errors.c: under a design, once the quantiles are known -------------------------------------------------------- */

roi_status roi_counts_allocate(simulation *s);
/* Counts a kept column's trials below its quantiles; of several columns at once, from several threads. */
void roi_count_kept(simulation *s, size_t column, uint64_t trials);
/* Counts those of all columns in one more pass. */
roi_status roi_count_again(simulation *s);
double roi_quantile_error(const simulation *s, size_t column, size_t level);

#endif
