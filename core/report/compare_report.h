/* compare_report.h - what a comparison of scenarios found, for people and for programs.
 *
 * All versions of the model were run in one run, on common random numbers, so a difference of two versions is a value of each trial
 * like any other and has its own distribution and errors. Nothing here computes statistics. */
#ifndef ROI_REPORT_COMPARE_REPORT_H
#define ROI_REPORT_COMPARE_REPORT_H

#include "graph/graph.h"
#include "report/buffer.h"
#include "report/report.h"

/* One version of the model. Indices are among the report's outputs, ratios and shares; ROI_NO_INDEX: there is none. */
typedef struct roi_version {
  const char *name;      /* "as written", a scenario's, "status quo" */
  int is_nothing;        /* 1: doing nothing, where the output is 0 in every trial and nothing else is known */
  size_t output;         /* what is compared */
  size_t payback;        /* where it is an npv: of the same flows */
  size_t ratio;          /* likewise E[npv] / E[pv_cost] */
  size_t difference;     /* output minus that of the baseline, which has none */
  size_t prob;           /* the first of its --prob */
} roi_version;

typedef struct roi_comparison {
  const roi_graph *graph;   /* of the model as written */
  const roi_request *request;
  const roi_report *report;
  const roi_version *version; size_t n; /* the baseline is one of them */
  size_t baseline;
  const char *output;       /* what is compared */
  roi_kind kind;
  int is_npv;               /* 1: of the model or of a part of it */
  int lower_is_better;      /* a cost or a period */
  int may_never;            /* differences have no number where either is never: these trials count as its state 'no cost' */
  const size_t *beats;      /* [row * n + column]: the share of trials in which row's output is better than column's, among the shares */
  const size_t *means;      /* [row * n + column], row < column: mean of row's output minus column's, among the means */
  const char *const *prob; size_t n_prob;
  const char *stopped;      /* NULL, or why the run is not complete */
  const char *lua_version, *sleef_version;
  double seconds_total;
} roi_comparison;

/* The version that is best in the mean, and the next; 0 if none can be told: an output that may be never has no mean, nor has a
 * payback where no funding is needed in some trials. */
typedef struct roi_winner { size_t best, next; double lead, lead_se; const roi_share_result *beats; } roi_winner;
int roi_comparison_winner(const roi_comparison *c, roi_winner *w);
/* The difference of two versions' means and its error; NaN where it is not known. */
void roi_comparison_lead(const roi_comparison *c, size_t row, size_t column, double *lead, double *se);

/* At most 80 columns. */
void roi_report_compare(roi_buffer *out, const roi_comparison *c, const roi_style *style);
/* Schema roisim.compare/1, ending in a newline. */
roi_status roi_report_compare_json(roi_buffer *out, const roi_comparison *c, roi_error *err);

#endif
