/* sensitivity.h - which uncertainty matters: methods that say how much each input moves a target, and how sure that is.
 *
 * A factor is what is varied: a draw, or a group of draws that move together. A method fills a table, one row a factor and one column
 * a measure, each cell an estimate with its 95% interval where the method has one. What a method prints, writes to JSON and ranks by
 * is in its row of the table of methods, so a new method is a file and a row. */
#ifndef ROI_SENSITIVITY_SENSITIVITY_H
#define ROI_SENSITIVITY_SENSITIVITY_H

#include "run/run.h"

typedef struct roi_factor {
  const char *name;        /* of the draw, or the group */
  const uint32_t *draws;   /* their numbers among the graph's DRAW nodes, rising */
  size_t n_draws;
  roi_node node;           /* of a single draw: the value as a scalar (a draw made each period: its mean over the periods); else ROI_NONE */
  int yes_no;              /* a single draw, bernoulli */
  int each_period;         /* one of them is drawn anew each period */
} roi_factor;

typedef struct roi_estimate { double value, low, high; } roi_estimate; /* NaN where unknown; low..high is a 95% interval */

/* What a study is asked. */
typedef struct roi_study {
  const roi_graph *g;
  const roi_request *request;   /* options: trials (base points of sobol, trajectories of morris come from below), seed, threads, ... */
  roi_target target;            /* a scalar; a condition is a probability */
  const roi_factor *factors; size_t n_factors;
  uint64_t base;                /* sobol: base points; morris: trajectories; 0: the method's own default */
  int second_order;             /* sobol: pairs too */
  int bootstrap;                /* resamples; 0: the method's default */
  double never;                 /* what `never` counts as: horizon + 1 */
  int groups_elsewhere;         /* 1: a method on trials need not say that it can't look at groups */
  int correlated;               /* the model correlates draws, which are within one factor where a method needs independent ones */
} roi_study;

typedef struct roi_pair_estimate { size_t a, b; roi_estimate second; } roi_pair_estimate;

/* What comes back. Memory is owned; release with roi_sensitivity_free. */
typedef struct roi_sensitivity {
  const struct roi_method *method;
  const char *doc;              /* what it measured here, in place of the method's line for a user; NULL: that line */
  size_t n_factors;
  roi_estimate *cell;           /* [measure * n_factors + factor] */
  roi_pair_estimate *pairs; size_t n_pairs;
  uint64_t evaluations;         /* of the model */
  uint64_t n;                   /* trials or points that the estimates rest on */
  uint64_t undefined;           /* trials left out, for the target had no number in them */
  uint64_t never;               /* trials in which the target was never, counted as roi_study.never */
  double mean, variance;        /* of the target over the base points; NaN where there are none */
  double r2, rank_r2;           /* regression: of the linear model, and of the linear model of ranks; else NaN */
  double at_median;             /* tornado: the target with every input at its median; else NaN */
  char *notes[8]; size_t n_notes; /* sentences a reader must know: what was grouped, left out, unreliable */
} roi_sensitivity;

typedef struct roi_measure {
  const char *name;             /* the field of JSON: "first" */
  const char *heading;          /* of the terminal's column */
  int has_interval;             /* JSON writes NAME_ci */
  int is_target_unit;           /* a value of the target; else a pure number, or a value of the input if is_input_unit */
  int is_input_unit;
  int is_percent;               /* a share of 1 that people read as a percentage */
} roi_measure;

/* What of a study a method heeds, beside target, factors, seed and threads. */
enum { ROI_USES_TRIALS = 1, ROI_USES_BASE = 2, ROI_USES_SECOND = 4, ROI_USES_BOOTSTRAP = 8 };

typedef enum roi_method_id {
  ROI_METHOD_TORNADO, ROI_METHOD_BINNED, ROI_METHOD_RANK, ROI_METHOD_REGRESSION, ROI_METHOD_SOBOL, ROI_METHOD_MORRIS,
  ROI_METHOD_GIVEN_DATA, ROI_METHOD_THRESHOLD, ROI_METHOD_COUNT
} roi_method_id;

typedef struct roi_method {
  const char *name;             /* as --method takes it: "given-data" */
  const char *doc;              /* one line for a user: what it measures */
  const roi_measure *measures; size_t n_measures;
  size_t rank_by;               /* the measure that orders the table, by absolute value, largest first */
  uint64_t least;               /* the fewest trials (or base points, trajectories) that give an answer */
  uint64_t base;                /* the default of roi_study.base; 0: it works on the request's trials */
  int needs_independence;       /* correlated draws must be grouped */
  unsigned uses;                /* of the enum above */
  roi_status (*run)(const roi_study *s, roi_sensitivity *out, roi_error *err);
} roi_method;

extern const roi_method roi_methods[ROI_METHOD_COUNT];

void roi_sensitivity_free(roi_sensitivity *s);
/* Adds a sentence; printf-like. Silently none when memory is out. */
void roi_sensitivity_note(roi_sensitivity *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Runs a method: checks study->request trials or base against `least`, allocates, calls run. */
roi_status roi_sensitivity_run(const roi_study *s, roi_method_id m, roi_sensitivity **out, roi_error *err);

/* -- Fixing: what a result loses when inputs are set to their medians ----------------------------------------------------------- */

typedef struct roi_fixing {
  uint64_t n;                   /* trials in which the target is a number both times; NaN below where there are none */
  double mean, sd;              /* of the target as it is */
  double fixed_mean, fixed_sd;  /* in the same trials, with the factors at their median */
  uint64_t evaluations;         /* of the model */
} roi_fixing;
/* Runs the request's trials (at most a million) twice, by plain sampling: the second time with the factors which[0..n-1] at their
 * median. */
roi_status roi_fixing_run(const roi_study *s, const size_t *which, size_t n, roi_fixing *out, roi_error *err);

/* -- Trials already run: columns for the methods that need no points of their own ---------------------------------------------- */

typedef struct roi_trials {
  size_t n, n_factors;
  double **x;                   /* x[factor][0..n-1]: the factor's value; groups have none (NULL) */
  double *y;                    /* numbers; never counts as study->never */
  uint64_t undefined, never;    /* left out; counted */
} roi_trials;
/* Simulates request->options.trials trials (by the request's sampling design) and keeps those in which the target is a number. */
roi_status roi_trials_new(const roi_study *s, roi_trials **t, roi_error *err);
void roi_trials_free(roi_trials *t);

/* -- Estimators, from arrays; each in a file of its own with its reference ------------------------------------------------------ */

/* ranks.c: ranks of x, ties averaged, from 1; rank may be x. */
roi_status roi_ranks(const double *x, size_t n, double *rank, roi_error *err);

#endif
