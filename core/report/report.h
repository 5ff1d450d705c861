/* report.h - what a run found, for people (terminal), programs (JSON) and spreadsheets (CSV).
 *
 * All of them print a roi_view: the graph, what was asked of it and what came back. Nothing here computes
 * statistics. */
#ifndef ROI_REPORT_REPORT_H
#define ROI_REPORT_REPORT_H

#include "graph/graph.h"
#include "report/buffer.h"
#include "report/number.h"
#include "report/outfile.h"
#include "run/run.h"
#include "sensitivity/achieved.h"
#include "sensitivity/drivers.h"
#include "sensitivity/gate_threshold.h"
#include "sensitivity/stress.h"

#define ROI_NO_INDEX ((size_t)-1)

/* What became of errors that were asked for. */
typedef struct roi_until_row {
  const char *name;    /* "roi.mean", "P(npv < 0)" */
  roi_kind kind;       /* of the value */
  double asked;        /* the error: a share of the value if relative */
  int relative;
  double value, se;
  int reached;
} roi_until_row;

typedef struct roi_until_report {
  roi_until_row *row;  /* NULL: nothing was asked */
  size_t n;
  int reached;         /* all of them */
  uint64_t runs, trials_total;
  char why[300];       /* why they are out of reach; empty if nothing says so */
} roi_until_report;

/* Where the report has what a cell of a sheet shows. */
typedef enum roi_cell_from { ROI_FROM_NOTHING, ROI_FROM_OUTPUT, ROI_FROM_SHARE, ROI_FROM_MEAN, ROI_FROM_RATIO } roi_cell_from;
typedef struct roi_cell_source { roi_cell_from from; size_t index; } roi_cell_source;

typedef struct roi_view {
  const roi_graph *graph;
  const roi_request *request; /* outputs in the order asked; shares: prob first, then the outputs that are conditions; sheets' last */
  const roi_report *report;
  const char *const *prob;        /* the texts of --prob: shares 0 to n_prob - 1 */
  size_t n_prob;
  const size_t *output_share;     /* for each output its index among shares if it is a condition, else ROI_NO_INDEX */
  int has_ratio;                  /* 1: ratio 0 is E[npv] / E[pv_cost] */
  const roi_cell_source *cells;   /* by cell of the graph's sheets; NULL: none are reported */
  const roi_drivers *drivers;     /* NULL: none were computed */
  const char *drivers_missing;    /* why there are none although the model has draws, or NULL */
  const roi_achieved *achieved;   /* of correlated draws; NULL: there are none */
  const roi_gate_thresholds *thresholds; /* of gates; NULL: there are none */
  const roi_stress *stress;       /* NULL: it was not asked for */
  const roi_until_report *until;  /* NULL: none was asked */
  const char *stopped;            /* NULL, or why the run, or what follows it, is not complete: "interrupted" */
  const char *lua_version, *sleef_version;
  double seconds_script, seconds_child, seconds_graph, seconds_total; /* for JSON's timing */
} roi_view;

typedef struct roi_style {
  int utf8;   /* 0: ASCII alone */
  int bold;   /* headings with terminal attributes */
} roi_style;

/* What an output is: by the standard output it is (or names again), else a condition or a plain number. */
roi_kind roi_output_kind(const roi_graph *g, const char *name, roi_node node);
/* The requested output that is the standard output of that name: its index, or ROI_NO_INDEX. */
size_t roi_view_standard(const roi_view *v, const char *name);
/* The mean that a cell shows: MEAN's, or a SUMMARY's. */
roi_mean_result roi_view_mean(const roi_view *v, size_t cell);
/* "month", or for n != 1 "months"; short: "mo.". */
const char *roi_period_text(const roi_graph *g, double n);
const char *roi_period_short(const roi_graph *g);

/* "partial: ..." of a run that was cut short and why, without a newline. */
void roi_report_partial(roi_buffer *out, const roi_report *r, uint64_t requested, const char *why);

/* The report of DESIGN's picture, at most 80 columns. */
void roi_report_terminal(roi_buffer *out, const roi_view *v, const roi_style *style);

/* Schema roisim.run/1, ending in a newline. */
roi_status roi_report_json(roi_buffer *out, const roi_view *v, roi_error *err);

/* Samples: a header, then one line a trial; fields quoted as RFC 4180 has it, lines ending in a newline alone. Names are escaped as
 * on a terminal (roi_escape); one that a spreadsheet would take for a formula (it starts with = + - @, or their wide forms, behind
 * any blanks, or has such a beginning after a separator) gets an apostrophe before that. Cells are numbers that read back exactly;
 * never is "never"; states are "no_cost", "no_irr", "several_irr", "self_funded". The first column counts trials from 1. */
typedef struct roi_csv roi_csv;
roi_csv *roi_csv_new(roi_outfile *file, const char *const *names, size_t n, roi_error *err);
roi_status roi_csv_rows(void *csv, uint64_t first_trial, size_t n, const double *const *columns, size_t n_columns,
                        roi_error *err); /* as roi_request.rows */
void roi_csv_free(roi_csv *c);

#endif
