/* simulation.h - a whole run, as the files of core/run share it: simulate.c (plans and passes), units.c (what one unit of trials
 * leaves and how units are merged), rank_passes.c (kept columns, or order statistics in passes), results.c (the report), replicates.c
 * and quantile_errors.c (errors under a design), passes.c (one pass, in stretches between which progress is kept), keeping.c (when, and
 * which), progress.c (a run put away and taken up), ranges.c (a run of which parts are computed apart).
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

/* What a pass is for. */
typedef enum phase {
  PHASE_TRIALS, /* the first: moments, and what ranks need */
  PHASE_RANKS,  /* order statistics of columns that are not kept */
  PHASE_COUNTS, /* the errors of their quantiles under a design */
  PHASE_COUNT
} phase;

/* A place in the run, with the sums there. */
typedef struct place { uint64_t reached; void *sums; } place;
#define ROI_PLACES 64

/* What is known of keeping progress (keeping.c). */
typedef struct keeping {
  double begin, kept_at; /* when the run began, and when progress was kept last; on the clock */
  double spent;          /* seconds that count as spent on it */
  uint64_t kept;         /* the place that it was of */
  double each, a_byte;   /* seconds that any takes, and for a byte */
  place place[ROI_PLACES]; size_t n; /* remembered, in order; where columns are kept */
} keeping;

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
  phase phase;
  uint64_t reached;             /* trials of the pass at hand that are done, between its stretches */
  int taken_up;                 /* the pass at hand was begun by an earlier process: its parts are there */
  keeping keeping;
  roi_status (*each)(void *, const roi_unit *); /* of the pass at hand, where units come from stored trials */
  uint64_t before;              /* trials of all passes that were done when this process began */
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
/* Whether what the unit left holds a value that is not a number: ROI_ERR_RUN, and the trial is remembered. */
roi_status roi_unit_check(simulation *s, const roi_unit *u);
/* Whether a node may have such a value: a number, a state or, if that is possible, never. */
int roi_is_value(const simulation *s, roi_node node, double x);
/* Whether moments, whoever wrote them, can be of that many trials. */
int roi_moments_hold(const roi_moments *m, uint64_t trials);
/* ROI_OK if sums that were stored are those of a unit's columns, as far as these tell; else ROI_ERR_IO, or ROI_ERR_MEMORY. */
roi_status roi_unit_sums_check(const simulation *s, const roi_unit *u);
/* Whether share i's count, whoever wrote it, can be that of a group's trials among the n of these columns, by target; NULL: not known. */
int roi_share_holds(const simulation *s, size_t i, size_t group, uint64_t count, double *const *columns, size_t n);
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
/* Room for columns of so many trials: 0, or -1. Rankers' budget in bytes each. */
int roi_columns_keep(simulation *s, uint64_t trials);
size_t roi_ranker_budget(const simulation *s);
int roi_columns_fit(const simulation *s);
int roi_parts_make(simulation *s); /* of the pass at hand, for each thread and ranker that needs it: 0, or -1 */
void roi_columns_feed(simulation *s, const roi_unit *u); /* to the rankers */
/* Whether rankers and counts see units as they are delivered instead of as they are computed: where there are per-trial functions a stop
 * gives up units in the middle, and those computed after them, and what is kept must be of what was delivered. */
int roi_feeds_in_order(const simulation *s);
roi_status roi_columns_finish(simulation *s);            /* the passes after the first */
void roi_columns_free(simulation *s);

/* -- simulate.c ------------------------------------------------------------------------------------------------------- */

/* Says what stopped the run: status as roi_is_stop has it. */
void roi_tell_stop(simulation *s, roi_status status);
/* Checks the request, makes the plans and room for results; release in any case. */
roi_status roi_simulation_begin(simulation *s);
void roi_simulation_release(simulation *s);

/* -- passes.c --------------------------------------------------------------------------------------------------------- */

/* Runs the pass at hand from trial s->reached on; *done: its trials that are done. */
roi_status roi_run_pass(simulation *s, uint64_t trials, roi_status (*each)(void *, const roi_unit *),
                        roi_status (*in_order)(void *, const roi_unit *), uint64_t *done);
/* The same for the first trials of a run, of which nothing is kept. */
roi_status roi_run_pilot(simulation *s, uint64_t trials);

/* -- keeping.c -------------------------------------------------------------------------------------------------------- */

void roi_keeping_begin(simulation *s);
void roi_keeping_free(simulation *s);
/* When the pass is to pause, on the clock. */
double roi_keeping_pause(const simulation *s);
/* After a stretch that ended so: keeps progress if it is time. At a stop the latest is kept whatever that costs. */
roi_status roi_keeping_after(simulation *s, const roi_pass *p, roi_status ended);

/* -- progress.c ------------------------------------------------------------------------------------------------------- */

/* Writes where the run stands, between two units; or, where columns are kept, stood when its sums were `added`. */
void roi_progress_save(const simulation *s, uint64_t reached, const void *added, roi_byte_sink *to);
/* How many bytes that will be, about. */
double roi_progress_size(const simulation *s, uint64_t reached);
/* Takes up a run instead of roi_columns_begin and roi_counts_allocate. */
roi_status roi_progress_restore(simulation *s, roi_byte_source *from);

/* -- ranges.c --------------------------------------------------------------------------------------------------------- */

/* each_unit of a pass over stored trials: fills the unit's columns, then calls s->each. */
roi_status roi_unit_fetch(void *simulation, const roi_unit *u);

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
size_t roi_counts_size(const simulation *s); /* numbers for all columns; that many for each thread where columns are not kept */
/* Counts a kept column's trials below its quantiles; of several columns at once, from several threads. */
void roi_count_kept(simulation *s, size_t column, uint64_t trials);
/* Counts those of all columns in one more pass. */
roi_status roi_count_again(simulation *s);
double roi_quantile_error(const simulation *s, size_t column, size_t level);

#endif
