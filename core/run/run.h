/* run.h - running a plan: trials in blocks over threads, results in fixed order. What the command needs beyond roisim.h. */
#ifndef ROI_RUN_RUN_H
#define ROI_RUN_RUN_H

#include "base/bytes.h"
#include "graph/graph.h"
#include "roisim.h"
#include "stats/stats.h"

extern const char *const roi_sampling_names[ROI_SAMPLING_COUNT]; /* "mc", "lhs", "sobol" */

/* What is asked of a run. */
typedef struct roi_target {
  const char *name;
  roi_node node;        /* a scalar */
} roi_target;

typedef struct roi_pair { roi_node x, y; } roi_pair; /* for E[x] / E[y] */

typedef struct roi_progress {
  uint64_t done, total; /* trials of this pass */
  int pass, passes;     /* 1 of 1; further passes generate the draws again. passes is what is known now */
  uint64_t before;      /* trials of all passes that an earlier process had done, or that are another's */
  double seconds;       /* since the run began */
} roi_progress;

/* Where a run keeps its progress. Begin, put and commit are called between units, one progress after another: what was begun and not
 * committed counts for nothing. A failing begin, put or commit ends the run with the status that it returned in err. */
typedef struct roi_keeper {
  roi_status (*begin)(void *data, const roi_progress *at, roi_error *err);
  roi_byte_sink *to;                   /* what was begun is written to it */
  roi_status (*commit)(void *data, roi_error *err);
  void *data;
  roi_byte_source *from;               /* the progress to go on from, whoever wrote it; NULL: from the first trial. Where it does not
                                        * hold together the run ends with ROI_ERR_IO, and from->failed is 1 */
  double every;                        /* seconds from one progress to the next; 0: as often as costs less than a hundredth of the time */
} roi_keeper;

/* Trials that were computed before (run/ranges.c): what roi_run_range wrote of trials first .. end-1, for several such ranges. */
typedef struct roi_range { uint64_t first, end; } roi_range;
typedef struct roi_stored {
  const roi_range *range; size_t n;    /* in the order of first; they may overlap, none ends after the last trial */
  /* Reads n bytes at an offset of what was written of range i; called from several threads. 0, or -1. */
  int (*read)(void *data, size_t i, uint64_t offset, void *bytes, size_t n);
  /* After a failed read, from one thread: fills err if it had a cause other than what was written. NULL: unknown. */
  void (*why)(void *data, roi_error *err);
  void *data;
} roi_stored;

struct roi_tables; /* plan/plan.h */
struct roi_source; /* run/source.h */

typedef struct roi_request {
  roi_options options;
  uint32_t block;                      /* lanes a block; 0: chosen. Never changes a number */
  const roi_target *outputs; size_t n_outputs;   /* full statistics */
  size_t n_unlisted;                   /* of the outputs, the last ones: asked for by sheets alone, not listed as outputs */
  const roi_target *inputs; size_t n_inputs;     /* full statistics of the first input_trials trials */
  uint64_t input_trials;               /* 100,000; UINT64_MAX: all */
  const roi_target *shares; size_t n_shares;     /* conditions: the share of all trials where the value is not 0 (nor a state) */
  const roi_target *means; size_t n_means;       /* mean and its error only (components) */
  const roi_pair *ratios; size_t n_ratios;
  /* Called now and then from the calling thread's side, never from two threads at once; may be NULL. */
  void (*progress)(void *data, const roi_progress *p);
  void *progress_data;
  /* Called in trial order with the columns of listed outputs then inputs, for --samples; columns[i][0..n-1]. Non-zero stops the run with
   * that status. May be NULL. */
  roi_status (*rows)(void *data, uint64_t first_trial, size_t n, const double *const *columns, size_t n_columns, roi_error *err);
  void *rows_data;
  /* For models with per_trial functions: fills dst for one block; args is an array of argument columns (a series contributes one
   * for each period from period 1). Called from worker threads, worker < threads. 0; else the run ends with ROI_ERR_RUN, and whoever
   * was called knows why. */
  int (*external)(void *data, uint32_t extern_index, int worker, uint64_t first_trial, uint32_t lanes,
                  const double *const *args, const int *arg_is_constant, uint32_t n_args, double *dst);
  void *external_data;
  double deadline;                     /* seconds after the run's begin, 0: none */
  const roi_keeper *keeper;            /* NULL: progress is not kept */
  const roi_stored *stored;            /* every trial is taken from there instead of being computed; NULL: computed */
  struct roi_tables *tables;           /* of the graph, for several calls to share; NULL: each call builds its own */
} roi_request;

/* Outputs that are listed as such. */
static inline size_t roi_listed(const roi_request *q) { return q->n_outputs - q->n_unlisted; }

typedef struct roi_mean_result { double mean, se; uint64_t n, never; } roi_mean_result; /* of the n numbers; never: trials */
typedef struct roi_share_result { uint64_t k, n; double p, se, low, high; } roi_share_result;
typedef struct roi_ratio_result { double ratio, se; uint64_t n; } roi_ratio_result; /* n: trials in which both have a number */

typedef struct roi_timing {
  double plan, tables, run, statistics;
  int threads;
  const char *isa;
  int passes;
  int kept;       /* how often progress was kept, */
  double keeping; /* and the seconds that took */
} roi_timing;

typedef struct roi_report {            /* what a run gives back */
  uint64_t trials;                     /* done */
  int complete;                        /* 0: cut short by a stop, a deadline or an error */
  roi_summary *outputs, *inputs;       /* names point into the request */
  roi_share_result *shares;
  roi_mean_result *means;
  roi_ratio_result *ratios;
  size_t replicates;                   /* of the design, which errors come from; 0: plain sampling */
  roi_node *plain_draws;               /* drawn plainly although there is a design: draws and per-trial functions */
  size_t n_plain_draws;
  roi_timing timing;
  size_t n_outputs, n_inputs, n_shares, n_means, n_ratios;
} roi_report;

/* Runs. On ROI_OK, ROI_ERR_INTERRUPTED and ROI_ERR_LIMIT (deadline) *report is set, to be released with roi_report_free; on
 * other errors, and when the stop came while the run was still being prepared, it is NULL. A number that is not finite gives
 * ROI_ERR_RUN; err names the trial, the place where it first arose and that trial's inputs. */
roi_status roi_simulate(const roi_graph *g, const roi_request *request, roi_report **report, roi_error *err);
void roi_report_free(roi_report *r);

/* Computes trials range.first .. range.end-1 of a run and writes what a run over them and the others needs (roi_stored). The request's
 * trials are those of the whole run; ROI_MAX_TRIALS where that is not known yet, which plain sampling alone allows. Per-trial functions
 * are possible, rows are not. Interrupted or over the deadline, what was written is of no use. */
roi_status roi_run_range(const roi_graph *g, const roi_request *request, roi_range range, roi_byte_sink *to, roi_error *err);

/* Evaluates targets at the n points that a source gives (NULL: in the first n trials of the run that the request describes, or of one
 * of n trials should that be more), over the request's threads. Fills columns[target][0..n-1], the caller's. ROI_ERR_INTERRUPTED:
 * stopped, with what is there of no use. Numbers that are not finite are left as they are. */
roi_status roi_evaluate(const roi_graph *g, const roi_request *request, const struct roi_source *source, const roi_target *targets,
                        size_t n_targets, uint64_t n, double *const *columns, roi_error *err);

/* The same at given uniforms: n points, each with one uniform for every draw in the graph's order, u[point * roi_graph_draws() +
 * draw], each the draw's own probability whether or not it is correlated (a draw made each period takes the same in all of them).
 * Writes values[target * n + point]. For the picture of drivers and "all inputs at median". */
roi_status roi_evaluate_at(const roi_graph *g, const roi_request *request, const roi_target *targets, size_t n_targets,
                           const double *u, size_t n, double *values, roi_error *err);

/* Replays one trial (from 0) of the run that the request describes, its number of trials included: node nodes[i] is written at
 * values + offsets[i], a scalar's one value or a series' values of the periods 0..horizon. Bit for bit what the run computed. */
roi_status roi_replay(const roi_graph *g, const roi_request *request, uint64_t trial, const roi_node *nodes,
                      const size_t *offsets, size_t n, double *values, roi_error *err);

/* The plan as text, for `roisim explain`: appends lines to a growing string; release *text with roi_free. */
roi_status roi_explain_plan(const roi_graph *g, const roi_request *request, char **text, roi_error *err);

#endif
