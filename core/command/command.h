/* command.h - the command: its options, what it asks of a run, and the commands. */
#ifndef ROI_COMMAND_COMMAND_H
#define ROI_COMMAND_COMMAND_H

#include "graph/graph.h"
#include "host/host.h"
#include "report/report.h"
#include "run/run.h"

/* Process status. */
enum { ROI_EXIT_OK = 0, ROI_EXIT_FAILED = 1, ROI_EXIT_USAGE = 2, ROI_EXIT_LIMIT = 3, ROI_EXIT_SIGNAL = 128 };

typedef struct roi_list { const char **item; size_t n, cap; } roi_list; /* strings of argv */

typedef enum roi_command {
  ROI_COMMAND_RUN, ROI_COMMAND_EXPLAIN, ROI_COMMAND_SENSITIVITY, ROI_COMMAND_COMPARE, ROI_COMMAND_PORTFOLIO, ROI_COMMAND_TEST,
  ROI_COMMAND_INIT, ROI_COMMAND_CHECK, ROI_COMMAND_MERGE, ROI_COMMAND_HELP, ROI_COMMAND_VERSION
} roi_command;

typedef struct roi_cli {
  roi_command command;
  const char *model;        /* init: the name of what is made */
  roi_list files;           /* test: scripts and folders; merge: states */
  int testing;              /* test: the script at hand may expect something */
  int library;              /* init: a library, not a model */
  uint64_t trials, seed;
  roi_sampling sampling;
  int threads;
  roi_list set, prob, until, lib;
  int trials_given;         /* 1: --trials stood there */
  const char *scenario;     /* NULL: the model as written */
  int silent;               /* of compare's scenarios: what their scripts print was printed for the model as written */
  const char *outputs;      /* NULL: the default list; of a sensitivity or comparison: --output */
  const char *budget;       /* portfolio: whose ceilings count; NULL: the model's only one */
  double confidence;        /* portfolio: in which share of trials a choice is to stay within it */
  const char *baseline;     /* compare: what the others' differences are taken from; NULL: the model as written */
  const char *json, *samples;
  const char *checkpoint;   /* where progress is kept; NULL: it is not */
  int resume;               /* go on from there */
  double checkpoint_every;  /* seconds; 0: as often as costs little */
  roi_range range;          /* the trials first .. end-1 alone; end 0: all */
  const char *state;        /* where what they left goes */
  int quiet;
  int stress;               /* what correlations of the inputs that move npv most would do */
  int strict;               /* what would be repaired is an error */
  uint64_t max_memory, script_memory;
  double time_limit, script_time; /* seconds; time_limit 0: none */
  uint64_t trial;           /* explain: from 1; 0: none */
  const char *method;       /* sensitivity: NULL for the quick answer */
  roi_list group;
  uint64_t base, bootstrap; /* 0: the method's own */
  int second;
  const char *isa;          /* ROISIM_ISA */
} roi_cli;

/* Reads the arguments. ROI_ERR_USAGE with one line of advice. Release with roi_cli_free (also after an error). */
roi_status roi_cli_read(roi_cli *c, int argc, char **argv, roi_error *err); /* argv[argc] is NULL, as for main */
void roi_cli_free(roi_cli *c);
/* The help text, from the table of options. */
void roi_cli_help(roi_buffer *out);

/* -- Signals and limits ------------------------------------------------------------------------------------------- */

/* The first SIGINT, SIGTERM or SIGHUP, the end of the time limit or that of the system's processor time raises the stop flag; a second one
 * and SIGQUIT end the process at once and remove the temporary files named here. Signals that were ignored when the process began, as
 * nohup has it, stay so; the limit's own is heeded even if it was blocked. Call once, before anything is opened. grace_seconds after the
 * limit, from 1, whoever has not heeded the flag is ended at once. */
#define ROI_GRACE_SECONDS 30 /* a block of a large model, statistics of a billion trials or a slow disk may take so long */
void roi_signals_begin(double time_limit, int grace_seconds);
const volatile int *roi_signals_stop(void);
/* 0: nothing stopped us; the signal's number; or -1: the time limit. */
int roi_signals_cause(void);
/* Where one of the outputs keeps its temporary name (report/outfile.h), one at a time. */
typedef enum roi_temporary { ROI_TEMPORARY_JSON, ROI_TEMPORARY_SAMPLES, ROI_TEMPORARY_STATE, ROI_TEMPORARIES } roi_temporary;
roi_temporary_name *roi_signals_temporary(roi_temporary slot);
/* 1: what would end the process at once raises the stop flag instead, until 0, where the end follows; for steps that take milliseconds and
 * clear up after themselves. */
void roi_signals_hold(int hold);
/* No time limit from here on: what is left to do is to write results. */
void roi_signals_end_limit(void);

/* -- --prob ------------------------------------------------------------------------------------------------------- */

/* Compiles a condition over the graph's outputs, inputs, draws and named values (looked for in this order) into nodes of
 * the graph; ROI_NONE with the column and what is wrong. Grammar, loosest first: or; and; not; one of < <= > >= == ~=;
 * + -; * /; unary minus; numbers, names, ["any name"], a name[12] of a series, never, parentheses. */
roi_node roi_prob_compile(roi_graph *g, const char *text, roi_error *err);
/* The same for a number or a condition (then *condition is 1); messages begin with the option's name. */
roi_node roi_value_compile(roi_graph *g, const char *option, const char *text, int *condition, roi_error *err);
/* Reads one name as --prob and --outputs take it from *text: letters, digits, _ and points, or ["any name"].
 * Copies it to buf; 1, or 0 with *text where it was if there is no name, or -1 if ["... is not closed or too long. */
int roi_read_name(const char **text, char *buf, size_t size);

/* -- --until ------------------------------------------------------------------------------------------------------ */

/* One error to reach: of a statistic of an output, or of a probability. */
typedef struct roi_goal {
  const char *text;      /* of --until, as typed */
  char *name;            /* "roi.mean", "P(npv < 0)" */
  char *condition;       /* of a probability; else NULL */
  size_t output;         /* else the output, among the graph's */
  size_t value, se;      /* where the statistic and its error stand in roi_summary */
  double error;          /* what is asked: of a statistic a share of its size if relative, else absolute */
  int relative;
  int is_share;          /* of a condition: its probability */
  size_t index, share;   /* the output among the request's, the condition among its shares; share else ROI_NO_INDEX */
} roi_goal;

typedef struct roi_until { roi_goal *goal; size_t n; } roi_until;

/* Reads the texts of --until. ROI_ERR_USAGE with one line of advice. Release with roi_until_free (also after an error). */
roi_status roi_until_read(roi_until *u, const roi_graph *g, const roi_list *texts, roi_error *err);
void roi_until_free(roi_until *u);

/* Runs with more and more trials until all errors are reached, they turn out not to be within reach (report->why says so), or
 * something stops it. Returns as roi_simulate does; then *report is of the last whole run, or of the one cut short if that has more
 * trials, request->options.trials what was asked of the last, and rows the results by goal, n of them, to release with roi_free. */
roi_status roi_until_run(const roi_until *u, const roi_graph *g, roi_request *request, roi_report **report, roi_until_report *result,
                         roi_error *err);

/* -- What is asked ------------------------------------------------------------------------------------------------ */

/* A request with the arrays that it points to. */
typedef struct roi_ask {
  roi_request request;
  roi_target *outputs, *inputs, *shares, *means;
  const char **prob;        /* conditions: those of --prob, then those of --until; they are the first shares */
  size_t n_prob;
  roi_until until;
  size_t *output_share;
  roi_pair *ratios;
  int has_ratio;            /* the first is E[npv] / E[pv_cost] */
  roi_cell_source *cells;   /* by cell of the graph's sheets; NULL: no sheets */
  char **names;             /* of what is asked for by sheets alone */
  size_t n_names;
} roi_ask;

/* Fills the request from the options; nodes of --prob are added to the graph. with_inputs: 0 none, 1 the first
 * 100,000 trials, 2 all trials, and after the inputs the draws that are none. Release with roi_ask_free (also after an error). */
roi_status roi_ask_make(roi_ask *a, roi_graph *g, const roi_cli *c, int with_inputs, roi_error *err);
void roi_ask_free(roi_ask *a);
/* Adds what the cells of the model's sheets need to the request: whatever it asks for already serves; of the rest, full statistics
 * become outputs that are not listed (roi_request.n_unlisted). Once, after roi_ask_make. */
roi_status roi_ask_sheets(roi_ask *a, const roi_graph *g, roi_error *err);
/* Cells of sheets that rest on the model with every input at its median become what they stand for: a number (none where it has no
 * value there), or the share of trials at or below it. The request says how the model is run. */
roi_status roi_settle_median_cells(roi_graph *g, const roi_request *request, roi_error *err);
/* The graph's output of that name, or ROI_NO_INDEX with ROI_ERR_USAGE and the nearest name. */
size_t roi_ask_output(const roi_graph *g, const char *name, roi_error *err);
/* The part of a request that the options alone decide. */
roi_options roi_ask_options(const roi_cli *c);

/* -- The commands ------------------------------------------------------------------------------------------------- */

int roi_command_run(const roi_cli *c);
/* Reports on a run whose trials are stored (run/run.h); c as for the run, g its graph, which is released. */
int roi_command_run_stored(const roi_cli *c, roi_graph *g, const roi_stored *stored);
int roi_command_range(const roi_cli *c);
int roi_command_merge(const roi_cli *c);
int roi_command_compare(const roi_cli *c);
int roi_command_portfolio(const roi_cli *c);
int roi_command_explain(const roi_cli *c);
int roi_command_sensitivity(const roi_cli *c);
int roi_command_test(const roi_cli *c);
int roi_command_init(const roi_cli *c);
int roi_command_check(const roi_cli *c);

/* Writes whole lines to standard error; that it is closed changes no result. Allocates nothing. */
void roi_say(const char *line, size_t n);
/* Prints "roisim: [FILE:LINE: ]text" to standard error and returns the process status for the error. */
int roi_complain(const roi_error *err);
/* Leaves of the model's warnings that depend on a value those that hold with every input at its median. */
roi_status roi_decide_warnings(roi_graph *g, const roi_cli *c, roi_error *err);
/* The process status of a run that a signal or the time limit ended, with partial results. */
int roi_stopped_status(void);
/* Why it was ended, in words for reports. */
const char *roi_stopped_why(void);
/* Says on standard error that a run was cut short, where its report is not shown (--quiet, --json -). */
void roi_tell_partial(const roi_cli *c, const roi_report *r, uint64_t requested);
/* Prints the model's warnings to standard error. */
void roi_print_warnings(const roi_graph *g);
/* Runs the model's script with the options' limits; its warnings are decided. An output that is one of its files is refused. */
roi_status roi_build_model(const roi_cli *c, roi_graph **g, roi_host **h, roi_error *err);
/* Starts the workers of per-trial functions, if the model has any, and sets the request's threads and callback for
 * them. */
roi_status roi_start_per_trial(roi_graph *g, roi_host *h, roi_request *request, roi_error *err);
/* Writes text to standard output; checked. */
roi_status roi_print_output(const roi_buffer *text, roi_error *err);
/* The same when something before may have failed: what is known is shown all the same, for it may have taken hours. Returns the first
 * failure, of which err tells. */
roi_status roi_print_after(roi_status before, const roi_buffer *text, roi_error *err);
/* Writes JSON to its file, which then takes its name, or with no file to standard output. */
roi_status roi_deliver_json(const roi_buffer *text, roi_outfile *file, roi_error *err);
/* 1 if JSON goes alone to standard output. */
int roi_json_alone(const roi_cli *c);
/* Opens the file of --json, if one was named; the signals know its temporary name. */
roi_status roi_open_json(const roi_cli *c, roi_outfile **file, roi_error *err);
/* How reports are written on standard output: bold headings on a terminal that shows them and without NO_COLOR. */
roi_style roi_terminal_style(void);
/* 1 if messages and reports may use UTF-8. */
int roi_locale_is_utf8(void);

/* The progress line on standard error, for roi_request.progress: nothing unless it is a terminal and half a second
 * has passed. */
typedef struct roi_progress_line { int shown; double last; } roi_progress_line;
void roi_progress_show(void *line, const roi_progress *p);
/* Has the request show one, unless that is not wanted or standard error is no terminal. The line must stay while the request is run. */
void roi_progress_begin(roi_progress_line *line, const roi_cli *c, roi_request *request);
/* The same for any text. seconds: since the run began. */
void roi_progress_text(roi_progress_line *line, double seconds, const char *text);
void roi_progress_erase(roi_progress_line *line);

#endif
