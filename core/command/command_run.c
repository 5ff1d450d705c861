/* `roisim run`: model, request, trials, results. Files are opened before the first trial and take their names
 * after the last. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/memory.h"
#include "command/command.h"
#include "command/state_file.h"
#include "math/scalar.h"
#include "plan/plan.h"

typedef struct session {
  const roi_cli *cli;
  roi_graph *graph;
  roi_tables *tables;
  roi_host *host;
  roi_ask ask;
  roi_report *report;
  roi_until_report until;
  roi_drivers *drivers;
  roi_achieved *achieved;
  roi_gate_thresholds *thresholds;
  roi_stress stress;
  roi_outfile *json, *samples;
  roi_csv *csv;
  roi_checkpoint checkpoint;
  const roi_stored *stored;   /* the trials, where they were computed before; then host is NULL */
  int stopped;                /* the run is partial */
  int rest_stopped;           /* the run is whole, and what was to follow it was cut short */
  const char *drivers_missing;
  roi_error driver_error;
  double begin;
} session;

/* Whether results lack something for a stop: what they are then said to be. */
static int is_cut_short(const session *s) { return s->stopped || s->rest_stopped; }

static roi_status open_files(session *s, roi_error *err) {
  const roi_cli *c = s->cli;
  if (roi_open_json(c, &s->json, err)) return err->status;
  if (c->checkpoint && roi_checkpoint_open(&s->checkpoint, c, s->json, err)) return err->status;
  if (c->samples) {
    s->samples = roi_outfile_open(c->samples, roi_signals_stop(), roi_signals_temporary(ROI_TEMPORARY_SAMPLES), err);
    if (!s->samples) return err->status;
  }
  if (s->json && s->samples && roi_outfile_same(s->json, s->samples))
    return roi_fail(err, ROI_ERR_USAGE, "--json and --samples name the same file, %.200s", c->json);
  return ROI_OK;
}

/* Whether the header of the samples has this name before column i, an output or input. */
static int is_taken(const roi_request *r, size_t i, const char *name) {
  if (strcmp(name, "trial") == 0) return 1;
  for (size_t k = 0; i >= roi_listed(r) && k < roi_listed(r); k++)
    if (strcmp(r->outputs[k].name, name) == 0) return 1;
  return 0;
}

/* The header of the samples: outputs, then inputs. One that shares a name with a column before it says what it is. */
static roi_status begin_samples(session *s, roi_error *err) {
  const roi_request *r = &s->ask.request;
  size_t listed = roi_listed(r), n = listed + r->n_inputs;
  const char **names = roi_alloc(n, sizeof *names);
  char **own = roi_alloc_zero(n, sizeof *own);
  roi_status status = names && own ? ROI_OK : roi_fail_memory(err, "writing samples");
  for (size_t i = 0; i < n && !status; i++) {
    int is_output = i < listed;
    const char *name = is_output ? r->outputs[i].name : r->inputs[i - listed].name;
    names[i] = name;
    if (!is_taken(r, i, name)) continue;
    size_t size = strlen(name) + 16;
    own[i] = roi_alloc(size, 1);
    if (!own[i]) status = roi_fail_memory(err, "writing samples");
    else snprintf(own[i], size, "%s (%s)", name, is_output ? "output" : "input");
    names[i] = own[i];
  }
  if (!status) {
    s->csv = roi_csv_new(s->samples, names, n, err);
    if (!s->csv) status = err->status;
  }
  for (size_t i = 0; own && i < n; i++) roi_free(own[i]);
  roi_free(own);
  roi_free(names);
  s->ask.request.rows = roi_csv_rows;
  s->ask.request.rows_data = s->csv;
  return status;
}

/* Stresses npv, else the first output that is a number, with as many trials as the run had. */
static roi_status stress(session *s, roi_error *err) {
  const roi_graph *g = s->graph;
  const roi_request *r = &s->ask.request;
  roi_target target = {NULL, ROI_NONE};
  const roi_summary *base = NULL;
  for (size_t i = roi_listed(r); i-- > 0;)
    if (s->ask.output_share[i] == ROI_NO_INDEX) target = r->outputs[i];
  for (size_t i = 0; i < g->n_outputs; i++)
    if (g->outputs[i].standard && !strcmp(roi_graph_text(g, g->outputs[i].name), "npv"))
      target = (roi_target){roi_graph_text(g, g->outputs[i].name), g->outputs[i].node};
  if (!target.name) return ROI_OK;
  for (size_t i = 0; i < r->n_outputs; i++)
    if (r->outputs[i].node == target.node) base = &s->report->outputs[i];
  roi_status status = roi_stress_find(s->graph, r, &target, s->report->trials, base, &s->stress, err);
  s->rest_stopped = roi_is_stop(status);
  if (s->rest_stopped) snprintf(s->stress.missing, sizeof s->stress.missing, "stopped before its runs were done");
  else if (status == ROI_ERR_RUN) snprintf(s->stress.missing, sizeof s->stress.missing, "not shown; with correlations, %.250s", err->text);
  else return status;
  return ROI_OK;
}

/* A per-trial function's own error says more than that its values are missing. */
static void ask_host(const session *s, roi_error *err) {
  if (s->host) roi_host_error(s->host, err);
}

static roi_status simulate(session *s, roi_error *err) {
  const roi_cli *c = s->cli;
  roi_request *r = &s->ask.request;
  roi_progress_line line;
  roi_progress_begin(&line, c, r);
  /* The run and the drivers share them; without memory each builds its own. */
  r->tables = s->tables = roi_tables_new(s->graph, roi_signals_stop());
  roi_status status = s->ask.until.n ? roi_until_run(&s->ask.until, s->graph, r, &s->report, &s->until, err)
                                     : roi_simulate(s->graph, r, &s->report, err);
  r->keeper = NULL; /* what follows are runs of other points */
  r->stored = NULL;
  if (!status && s->cli->stress && (!s->cli->quiet || s->cli->json)) status = stress(s, err);
  roi_progress_erase(&line);
  roi_signals_end_limit();
  r->progress = NULL;
  int partial = roi_is_stop(status) && s->report && s->report->trials > 0;
  if (status && !partial) {
    ask_host(s, err);
    if (status == ROI_ERR_IO) roi_state_why(&s->checkpoint.reader, err); /* says more than that progress does not hold together */
    return err->status;
  }
  if (!status) return ROI_OK;
  s->stopped = 1;
  return ROI_OK;
}

/* Drivers of roi, else of npv, else of the first output that is a number: the first that has a value with every
 * input at its median. They are a help, not a result: where they can't be had the report says why and goes on. */
static roi_status find_drivers(session *s, roi_error *err) {
  roi_view v = {.graph = s->graph, .request = &s->ask.request};
  size_t tries[3] = {roi_view_standard(&v, "roi"), roi_view_standard(&v, "npv"), ROI_NO_INDEX};
  for (size_t i = roi_listed(&s->ask.request); i-- > 0;)
    if (s->ask.output_share[i] == ROI_NO_INDEX) tries[2] = i;
  for (size_t k = 0; k < 3 && !s->drivers && !s->stopped; k++) {
    if (tries[k] == ROI_NO_INDEX) continue;
    roi_error cause = {0};
    if (!roi_drivers_find(s->graph, &s->ask.request, tries[k], &s->drivers, &cause)) continue;
    if (cause.status == ROI_ERR_MEMORY) return *err = cause, ROI_ERR_MEMORY; /* nor can the rest */
    s->rest_stopped |= roi_is_stop(cause.status);
    if (s->drivers_missing) continue;
    s->driver_error = cause;
    s->drivers_missing = s->driver_error.text; /* of the first that could have been shown */
  }
  if (s->drivers) s->drivers_missing = NULL;
  return ROI_OK;
}

/* What sheets and gates show beside the trials; a stop leaves the rest out and changes no result. */
static roi_status find_rest(session *s, roi_error *err) {
  uint64_t trials = s->report->trials;
  roi_status status = roi_achieved_find(s->graph, &s->ask.request, trials, &s->achieved, err);
  if (!status) status = roi_gate_thresholds_find(s->graph, &s->ask.request, trials, &s->thresholds, err);
  s->rest_stopped |= roi_is_stop(status);
  if (roi_is_stop(status)) return ROI_OK;
  if (status) ask_host(s, err);
  return status ? err->status : ROI_OK;
}

static roi_view make_view(const session *s) {
  roi_host_timing t = s->host ? roi_host_times(s->host) : (roi_host_timing){0};
  return (roi_view){
      .graph = s->graph, .request = &s->ask.request, .report = s->report,
      .prob = s->ask.prob, .n_prob = s->ask.n_prob,
      .output_share = s->ask.output_share, .has_ratio = s->ask.has_ratio, .cells = s->ask.cells,
      .achieved = s->achieved, .thresholds = s->thresholds, .drivers = s->drivers, .drivers_missing = s->drivers_missing,
      .stopped = is_cut_short(s) ? roi_stopped_why() : NULL, .stress = s->stress.output.name ? &s->stress : NULL,
      .until = s->until.row ? &s->until : NULL,
      .lua_version = roi_host_lua_version(), .sleef_version = roi_sleef_version(),
      .seconds_child = t.child, .seconds_script = t.script, .seconds_graph = t.graph, .seconds_total = roi_seconds() - s->begin,
  };
}

static roi_status write_json(session *s, const roi_view *v, roi_error *err) {
  roi_buffer text = {0};
  roi_status status = roi_report_json(&text, v, err);
  if (!status) status = roi_deliver_json(&text, s->json, err);
  roi_buffer_free(&text);
  return status;
}

/* Samples carry no mark of being partial, so those of a run that was cut short are not kept. */
static roi_status finish_samples(session *s, roi_error *err) {
  if (s->stopped) {
    roi_error note = {0};
    roi_fail(&note, ROI_OK, "%.200s was not written: the run is partial", s->cli->samples);
    roi_complain(&note);
    return ROI_OK;
  }
  return roi_outfile_commit(s->samples, err);
}

static roi_status print_report(const session *s, const roi_view *v, roi_status before, roi_error *err) {
  roi_style style = roi_terminal_style();
  roi_buffer text = {0};
  if (s->cli->quiet || roi_json_alone(s->cli)) return before;
  roi_report_terminal(&text, v, &style);
  roi_status status = roi_print_after(before, &text, err);
  roi_buffer_free(&text);
  return status;
}

/* A file that fails keeps nothing else from being written. */
static roi_status write_results(session *s, roi_error *err) {
  roi_view v = make_view(s);
  roi_error of_json = {0};
  roi_status samples = s->samples ? finish_samples(s, err) : ROI_OK;
  roi_status json = s->cli->json ? write_json(s, &v, &of_json) : ROI_OK;
  if (samples && json) roi_complain(err); /* of both */
  if (json) *err = of_json;
  return print_report(s, &v, samples ? samples : json, err);
}

static roi_status run(session *s, roi_error *err) {
  const roi_cli *c = s->cli;
  roi_status status = open_files(s, err);
  if (!status && !s->stored) status = roi_build_model(c, &s->graph, &s->host, err);
  if (status) return status;
  roi_print_warnings(s->graph);
  roi_request *request = &s->ask.request;
  int in_parts = s->stored || c->checkpoint; /* whether there is a --json may change on the way */
  if (c->checkpoint) status = roi_checkpoint_key(&s->checkpoint, s->graph, err);
  if (!status) status = roi_ask_make(&s->ask, s->graph, c, c->samples ? 2 : c->json || in_parts ? 1 : 0, err);
  request->stored = s->stored;
  request->keeper = c->checkpoint ? &s->checkpoint.keeper : NULL;
  if (!status) status = roi_settle_median_cells(s->graph, &s->ask.request, err);
  if (!status) status = roi_ask_sheets(&s->ask, s->graph, err);
  if (!status && c->samples) status = begin_samples(s, err);
  if (!status && !s->stored) status = roi_start_per_trial(s->graph, s->host, request, err);
  if (!status) status = simulate(s, err);
  if (status) return status;
  request->rows = NULL;
  if (!c->quiet || c->json) status = find_drivers(s, err);
  if (!status && (!c->quiet || c->json) && !s->stopped) status = find_rest(s, err);
  if (status) return status;
  if (is_cut_short(s)) roi_tell_partial(c, s->report, request->options.trials);
  return write_results(s, err);
}

static int run_and_free(const roi_cli *c, roi_graph *graph, const roi_stored *stored) {
  session *s = roi_alloc_zero(1, sizeof *s);
  roi_error err = {0};
  if (!s) {
    roi_graph_free(graph);
    roi_fail_memory(&err, "starting");
    return roi_complain(&err);
  }
  s->cli = c;
  s->graph = graph;
  s->stored = stored;
  s->begin = roi_seconds();
  int code = ROI_EXIT_OK;
  roi_status status = run(s, &err);
  if (status) {
    code = roi_complain(&err);
  } else if (is_cut_short(s)) {
    code = roi_stopped_status();
  } else if (s->until.why[0]) {
    roi_fail(&err, ROI_ERR_RUN, "%s", s->until.why);
    code = roi_complain(&err);
  }
  roi_checkpoint_end(&s->checkpoint, code == ROI_EXIT_OK || status == ROI_ERR_RUN);
  roi_checkpoint_free(&s->checkpoint);
  roi_drivers_free(s->drivers);
  roi_achieved_free(s->achieved);
  roi_gate_thresholds_free(s->thresholds);
  roi_report_free(s->report);
  roi_free(s->until.row);
  roi_csv_free(s->csv);
  roi_outfile_free(s->json);
  roi_outfile_free(s->samples);
  roi_ask_free(&s->ask);
  roi_host_free(s->host);
  roi_tables_free(s->tables);
  roi_graph_free(s->graph);
  roi_free(s);
  return code;
}

int roi_command_run(const roi_cli *c) { return run_and_free(c, NULL, NULL); }

int roi_command_run_stored(const roi_cli *c, roi_graph *g, const roi_stored *stored) { return run_and_free(c, g, stored); }
