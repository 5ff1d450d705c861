/* roisim.h - the public interface of libroisim.
 *
 * roisim evaluates models of uncertain quantities by simulation. A model is a graph: leaves are numbers, the period index
 * and draws from distributions; inner nodes are operations. Building a graph computes nothing; roi_run() compiles it to a
 * program over blocks of trials, runs it on every core and returns statistics.
 *
 * Shapes. A scalar is one number a trial. A series is one number a period a trial, over the periods start..horizon, start
 * being 0 or 1. A distribution is neither: it is what a draw draws from. They mix by broadcasting: a scalar takes the
 * periods of the series it meets; of two series the earlier start wins and the other counts as 0 before its own.
 *
 * Ownership. Every object returned by a *_new, *_read or roi_run() call belongs to the caller and is released by the
 * function named beside it; releasing NULL is allowed. Strings and arrays passed in are copied. Pointers returned by
 * accessors belong to the object asked and live as long as it.
 *
 * Errors. Functions that can fail return a status (ROI_OK is 0) or NULL/ROI_NONE and fill the roi_error the caller supplies
 * (which may be NULL): file, line and one line of text that says what was wrong and what to do. No global state; nothing is
 * printed.
 */
#ifndef ROISIM_H
#define ROISIM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ROISIM_VERSION "0.1.0"

typedef enum roi_status {
  ROI_OK = 0,
  ROI_ERR_MEMORY,      /* an allocation failed */
  ROI_ERR_USAGE,       /* the caller's request is wrong: an unknown option, name or value */
  ROI_ERR_MODEL,       /* the model is wrong: a bad parameter, a malformed graph */
  ROI_ERR_RUN,         /* a trial gave a number that is not finite */
  ROI_ERR_IO,          /* a file or stream could not be read or written */
  ROI_ERR_LIMIT,       /* a stated limit (time, memory) stopped the work */
  ROI_ERR_INTERRUPTED, /* the caller's stop flag was raised */
  ROI_ERR_INTERNAL     /* a broken promise of this library: please report it */
} roi_status;

typedef struct roi_error {
  roi_status status;
  int line;        /* of the model file, 0 when there is none */
  char file[256];  /* the model file, "" when there is none */
  char text[1024]; /* one line, no newline, control characters escaped */
} roi_error;

/* -- Graph ------------------------------------------------------------------------------------------------------------- */

typedef struct roi_graph roi_graph;
typedef uint32_t roi_node;           /* index of a node in its graph */
#define ROI_NONE ((roi_node)0xffffffffu)

/* Operation codes come from the table in graph/op.def, where each row says name, arguments, shape and meaning. */
typedef enum roi_opcode {
#define ROI_OP(id, name, min_args, max_args, cls, doc) ROI_##id,
#include "graph/op.def"
#undef ROI_OP
  ROI_OP_COUNT
} roi_opcode;

/* Distribution families come from the table in dist/family.def. */
typedef enum roi_family {
#define ROI_FAMILY(id, name, min_args, max_args, params, doc) ROI_FAMILY_##id,
#include "dist/family.def"
#undef ROI_FAMILY
  ROI_FAMILY_COUNT
} roi_family;

/* How the parameters of a distribution are given. */
typedef enum roi_form {
  ROI_FORM_NATURAL = 0,  /* the family's own parameters, in the order of dist/family.def */
  ROI_FORM_QUANTILES,    /* p1, x1, p2, x2: two quantiles, p1 < p2 in (0, 1), of a two-parameter family */
  ROI_FORM_MEAN_SD,      /* mean, sd of a two-parameter family */
  ROI_FORM_COUNT
} roi_form;

typedef enum roi_period { ROI_WEEK, ROI_MONTH, ROI_QUARTER, ROI_YEAR, ROI_PERIOD_COUNT } roi_period;

/* Makes an empty graph. horizon: the last period, 1 to 65535. Release with roi_graph_free. */
roi_graph *roi_graph_new(const char *name, int horizon, roi_period period, roi_error *err);
void roi_graph_free(roi_graph *g);

/* Node constructors. All simplify while building (constants fold, equal expressions are one node, draws excepted) and return
 * ROI_NONE on error; a ROI_NONE argument is passed on without touching err, so that expressions nest. */
roi_node roi_constant(roi_graph *g, double value, roi_error *err);
roi_node roi_time(roi_graph *g, int start, roi_error *err); /* the series start, ..., horizon; start 0 or 1 */
roi_node roi_apply(roi_graph *g, roi_opcode op, const roi_node *args, size_t n, roi_error *err);
/* For the operations that take a whole number beside their arguments: ELEMENT (the period), LAG (by how many periods),
 * SERIES (the first period: 0 or 1). */
roi_node roi_apply_at(roi_graph *g, roi_opcode op, const roi_node *args, size_t n, int32_t imm, roi_error *err);
/* interp(x; xs, ys): piecewise linear through n >= 1 points with rising xs, constant beyond both ends. */
roi_node roi_interp(roi_graph *g, roi_node x, const double *xs, const double *ys, size_t n, roi_error *err);

/* A distribution; parameters are scalar nodes. Constant parameters are checked at once, others in each trial. */
roi_node roi_dist(roi_graph *g, roi_family family, roi_form form, const roi_node *params, size_t n, roi_error *err);
/* empirical: the step quantile function of n >= 1 finite values, in any order. */
roi_node roi_dist_empirical(roi_graph *g, const double *values, size_t n, roi_error *err);
/* A draw from a distribution, named: the name fixes the random stream, so it must be unique in the graph. each_period: 0 for
 * one number a trial (a scalar), 1 for one a period (a series from period 1). */
roi_node roi_draw(roi_graph *g, roi_node dist, const char *name, int each_period, roi_error *err);

/* Draws that depend on each other, by a Gaussian copula: each keeps its own distribution, and the pairs have the
 * correlations asked for. matrix: n * n, symmetric, ones on the diagonal, in the order of draws. Draws stand in one call
 * each, all once a trial or all anew each period (then correlated within each). A matrix that is not positive semi-definite
 * is replaced by the nearest one that is; *moved (may be NULL) is how far that lies away, 0 as a rule. */
typedef enum roi_correlation {
  ROI_CORRELATION_SPEARMAN = 0, /* rank correlation */
  ROI_CORRELATION_PEARSON,      /* Pearson's, of the normal scores */
  ROI_CORRELATION_COUNT
} roi_correlation;
roi_status roi_graph_correlate(roi_graph *g, const roi_node *draws, size_t n, const double *matrix, roi_correlation kind,
                               double *moved, roi_error *err);

/* Lists a draw or expression as an input of the model, and a scalar as an output. Names are unique in their list. */
roi_status roi_graph_add_input(roi_graph *g, const char *name, roi_node node, roi_error *err);
roi_status roi_graph_add_output(roi_graph *g, const char *name, roi_node node, roi_error *err);

/* -- Run --------------------------------------------------------------------------------------------------------------- */

typedef enum roi_sampling {
  ROI_SAMPLING_MC = 0, /* independent trials */
  ROI_SAMPLING_LHS,    /* Latin hypercubes: each uncertain input stratified by itself */
  ROI_SAMPLING_SOBOL,  /* Sobol' points with Owen scrambling */
  ROI_SAMPLING_COUNT
} roi_sampling;

typedef struct roi_options {
  uint64_t trials;     /* at least 1 */
  uint64_t seed;       /* any value; 0 is a seed like any other */
  int threads;         /* 0: as many as the process may use */
  uint64_t max_memory; /* bytes for result columns; beyond it, draws are generated again. 0: half of the machine's memory */
  const char *isa;     /* "baseline", "avx2", "avx512" or NULL for the best this processor has */
  roi_sampling sampling;
  const volatile int *stop; /* when it becomes non-zero the run ends early with what is done; may be NULL */
} roi_options;

#define ROI_QUANTILES 9 /* 0.01 0.05 0.1 0.25 0.5 0.75 0.9 0.95 0.99 */
extern const double roi_quantile_levels[ROI_QUANTILES];
#define ROI_HISTOGRAM_BINS 60

/* What is known of one output or input after a run. Standard errors are Monte Carlo errors; under a design of points (any sampling but
 * ROI_SAMPLING_MC) they come from the spread of its 16 randomised replicates. Fields that n does not allow to know (a standard
 * deviation of one value) are NaN. */
typedef struct roi_summary {
  const char *name;
  uint64_t trials;      /* trials this rests on = n + never + undefined */
  uint64_t n;           /* trials with a number */
  uint64_t never;       /* trials whose period lies beyond the horizon; above every number in the quantiles */
  uint64_t self_funded; /* payback only: cumulative flow was never negative (also counted in undefined) */
  uint64_t no_cost, no_irr, many_irr; /* the other states by kind, likewise: no cost, no and several internal rates */
  uint64_t undefined;   /* trials in a state without a number: the sum of the four above */
  double mean, mean_se, sd, sd_se, min, max; /* of the n numbers */
  double quantile[ROI_QUANTILES];            /* R type 7, of n numbers and the nevers; +INFINITY is never */
  double quantile_se[ROI_QUANTILES];         /* NaN where a neighbouring rank is never or n is too small */
  double cvar5, cvar5_se; /* mean of the lowest 5% */
  double p_negative, p_negative_se; /* share of all trials below zero */
  double p_never, p_never_se;       /* share of all trials that are never */
  double loss_given_loss, loss_given_loss_se; /* minus the mean of the values below zero; NaN if there is none */
  int bins;               /* 0 when n is 0; the first and the last hold what lies beyond their outer edges too */
  double edges[ROI_HISTOGRAM_BINS + 1];
  uint64_t counts[ROI_HISTOGRAM_BINS];
} roi_summary;

typedef struct roi_result roi_result;

/* Runs the graph for its listed outputs. Complete runs return ROI_OK; a run cut short by `stop` returns
 * ROI_ERR_INTERRUPTED with a result over the trials done, NULL if it had not begun. Release the result with roi_result_free. */
roi_status roi_run(const roi_graph *g, const roi_options *options, roi_result **result, roi_error *err);
void roi_result_free(roi_result *r);
/* The summary of the output of that name; NULL if there is none. */
const roi_summary *roi_result_output(const roi_result *r, const char *name);

/* One line that names this library's version, that of SLEEF and the best kernel set of this processor; static, never NULL. */
const char *roi_version_text(void);

#ifdef __cplusplus
}
#endif
#endif
