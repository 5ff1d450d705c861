/* `roisim test`: runs test scripts, each as one model in a process of its own, and says of each expectation whether it holds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "command/command.h"
#include "command/judge.h"
#include "command/test_files.h"
#include "report/json_writer.h"

typedef struct session {
  const roi_cli *cli;
  roi_test_files files;
  roi_outfile *json;
  roi_json writer;
  cJSON *root, *list;     /* NULL without --json */
  size_t passed, failed;
} session;

/* One script's run. */
typedef struct script {
  const char *path;
  roi_graph *graph;
  roi_host *host;
  roi_request request;
  roi_target *columns, *shares;
  size_t *place;          /* of each expectation: in outputs, or in shares; unused by a plain one */
  roi_report *report;
} script;

static void script_free(script *t) {
  roi_report_free(t->report);
  roi_host_free(t->host);
  roi_graph_free(t->graph);
  roi_free(t->columns);
  roi_free(t->shares);
  roi_free(t->place);
}

/* Runs the script in its process: with --lib, and with what lies above its folder if that is called tests. */
static roi_status build(script *t, const roi_cli *c, roi_error *err) {
  char above[4096];
  roi_cli one = *c;
  one.model = t->path;
  one.lib = (roi_list){0};
  one.testing = 1;
  one.lib.item = roi_alloc(c->lib.n + 1, sizeof *one.lib.item);
  if (!one.lib.item) return roi_fail_memory(err, "starting a test");
  if (*roi_test_files_above(t->path, above, sizeof above)) one.lib.item[one.lib.n++] = above;
  for (size_t i = 0; i < c->lib.n; i++) one.lib.item[one.lib.n++] = c->lib.item[i];
  roi_status status = roi_build_model(&one, &t->graph, &t->host, err);
  roi_free(one.lib.item);
  return status;
}

/* What the run must find out. */
static roi_status make_request(script *t, const roi_cli *c, roi_error *err) {
  const roi_graph *g = t->graph;
  roi_request *q = &t->request;
  q->options = roi_ask_options(c);
  t->columns = roi_alloc(g->n_expectations, sizeof *t->columns);
  t->shares = roi_alloc(g->n_expectations, sizeof *t->shares);
  t->place = roi_alloc_zero(g->n_expectations, sizeof *t->place);
  if (!t->columns || !t->shares || !t->place) return roi_fail_memory(err, "starting a test");
  for (size_t i = 0; i < g->n_expectations; i++) {
    const roi_expectation_row *row = &g->expectations[i];
    int is_share = row->kind == ROI_EXPECT_PROBABILITY;
    if (row->kind == ROI_EXPECT_PLAIN) continue;
    t->place[i] = is_share ? q->n_shares : q->n_outputs;
    roi_target target = {roi_graph_text(g, row->name), row->node};
    if (is_share) t->shares[q->n_shares++] = target;
    else t->columns[q->n_outputs++] = target;
  }
  q->outputs = t->columns;
  q->shares = t->shares;
  return ROI_OK;
}

static roi_status simulate(script *t, roi_error *err) {
  if (t->request.n_outputs + t->request.n_shares == 0) return ROI_OK;
  roi_status status = roi_start_per_trial(t->graph, t->host, &t->request, err);
  if (!status) status = roi_simulate(t->graph, &t->request, &t->report, err);
  roi_error cause = {0};
  if (status && status != ROI_ERR_INTERRUPTED && roi_host_error(t->host, &cause)) *err = cause;
  return status ? err->status : ROI_OK;
}

/* -- What is said ------------------------------------------------------------------------------------------------------ */

/* "ok    FILE: NAME: TEXT" or "FAIL  FILE:LINE: NAME: TEXT". */
static void say_case(roi_buffer *out, const char *file, uint32_t line, const char *name, const roi_verdict *v) {
  char text[1200];
  roi_buffer_print(out, "%s  %s", v->passed ? "ok  " : "FAIL", roi_escape(text, sizeof text, file));
  if (!v->passed && line) roi_buffer_print(out, ":%u", line);
  if (*name) roi_buffer_print(out, ": %s", roi_escape(text, sizeof text, name));
  if (v->text[0]) roi_buffer_print(out, ": %s", roi_escape(text, sizeof text, v->text));
  roi_buffer_text(out, "\n");
}

static void add_case(session *s, cJSON *cases, const roi_graph *g, const roi_expectation_row *row, const roi_verdict *v) {
  cJSON *o = roi_json_object(&s->writer, cases, NULL);
  roi_json_text(&s->writer, o, "name", roi_graph_text(g, row->name));
  roi_json_count(&s->writer, o, "line", row->line);
  roi_json_attach(&s->writer, o, "passed", cJSON_CreateBool(v->passed));
  roi_json_text(&s->writer, o, "kind", roi_expectation_names[row->kind]);
  if (row->kind == ROI_EXPECT_QUANTILE) roi_json_number(&s->writer, o, "level", roi_quantile_levels[row->level]);
  if (row->kind == ROI_EXPECT_BOUNDS) {
    roi_json_number(&s->writer, o, "at_least", row->expected);
    roi_json_number(&s->writer, o, "at_most", row->within);
  } else if (row->kind != ROI_EXPECT_PLAIN) {
    roi_json_number(&s->writer, o, "value", v->value);
    roi_json_number(&s->writer, o, "se", v->se);
    roi_json_number(&s->writer, o, "expected", row->expected);
    roi_json_number(&s->writer, o, "within", row->within > 0 ? row->within : (double)NAN);
  }
  roi_json_text(&s->writer, o, "text", v->text);
}

/* A script that can't be run is one failed case, in the words of the error. */
static void say_failure(session *s, const script *t, const roi_error *err, roi_buffer *out, cJSON *cases) {
  roi_verdict v = {0};
  const char *slash = strrchr(t->path, '/'), *base = slash ? slash + 1 : t->path;
  int elsewhere = err->file[0] && strcmp(err->file, base) != 0; /* in a module */
  snprintf(v.text, sizeof v.text, "%s%.150s%s%.400s", elsewhere ? "in " : "", elsewhere ? err->file : "", elsewhere ? ": " : "", err->text);
  s->failed++;
  say_case(out, t->path, err->line > 0 && !elsewhere ? (uint32_t)err->line : 0, "", &v);
  if (!s->root) return;
  cJSON *o = roi_json_object(&s->writer, cases, NULL);
  roi_json_text(&s->writer, o, "name", "");
  roi_json_count(&s->writer, o, "line", err->line > 0 ? (uint64_t)err->line : 0);
  roi_json_attach(&s->writer, o, "passed", cJSON_CreateFalse());
  roi_json_text(&s->writer, o, "kind", "error");
  roi_json_text(&s->writer, o, "text", v.text);
}

/* The file's path as the case's script is named: an expectation may stand in a module that the script requires. */
static const char *file_of(const script *t, const roi_expectation_row *row) {
  const char *slash = strrchr(t->path, '/'), *base = slash ? slash + 1 : t->path, *file = roi_graph_text(t->graph, row->file);
  return strcmp(file, base) == 0 || !*file ? t->path : file;
}

static void say_cases(session *s, const script *t, roi_buffer *out, cJSON *cases) {
  const roi_graph *g = t->graph;
  for (size_t i = 0; i < g->n_expectations; i++) {
    const roi_expectation_row *row = &g->expectations[i];
    int is_share = row->kind == ROI_EXPECT_PROBABILITY, is_plain = row->kind == ROI_EXPECT_PLAIN;
    roi_verdict v = roi_judge(g, row, is_share || is_plain ? NULL : &t->report->outputs[t->place[i]],
                              is_share ? &t->report->shares[t->place[i]] : NULL);
    if (v.passed) s->passed++;
    else s->failed++;
    if (!v.passed || !s->cli->quiet) say_case(out, file_of(t, row), row->line, roi_graph_text(g, row->name), &v);
    if (s->root) add_case(s, cases, g, row, &v);
  }
}

/* -- The whole --------------------------------------------------------------------------------------------------------- */

/* Runs one script. An error is returned only if it ends the whole: a signal, memory, an option that can't be, output that can't be
 * written. */
static roi_status run_script(session *s, const char *path, roi_error *err) {
  script t = {.path = path};
  roi_error why = {0};
  roi_buffer out = {0};
  roi_status status = build(&t, s->cli, &why);
  if (!status) status = roi_decide_warnings(t.graph, s->cli, &why);
  if (!status) roi_print_warnings(t.graph);
  if (!status) status = make_request(&t, s->cli, &why);
  if (!status) status = simulate(&t, &why);
  if (status == ROI_ERR_INTERRUPTED || status == ROI_ERR_MEMORY || status == ROI_ERR_USAGE || (status && roi_signals_cause() != 0)) {
    *err = why;
    script_free(&t);
    return status;
  }
  cJSON *o = NULL, *cases = NULL;
  if (s->root) {
    o = roi_json_object(&s->writer, s->list, NULL);
    roi_json_text(&s->writer, o, "file", path);
    cases = roi_json_array(&s->writer, o, "cases");
  }
  if (status) say_failure(s, &t, &why, &out, cases);
  else say_cases(s, &t, &out, cases);
  status = roi_json_alone(s->cli) ? ROI_OK : roi_print_output(&out, err);
  roi_buffer_free(&out);
  script_free(&t);
  return status;
}

static roi_status begin_json(session *s, roi_error *err) {
  const roi_cli *c = s->cli;
  if (!c->json) return ROI_OK;
  if (roi_open_json(c, &s->json, err)) return err->status;
  for (size_t i = 0; s->json && i < s->files.n; i++)
    if (roi_outfile_is(s->json, s->files.path[i]))
      return roi_fail(err, ROI_ERR_USAGE, "--json %.200s: that is one of the test scripts; name another file", c->json);
  s->root = roi_json_begin(&s->writer, "roisim.test/1");
  if (!s->root) return roi_fail_memory(err, "writing JSON");
  cJSON *run = roi_json_object(&s->writer, s->root, "run");
  roi_json_count(&s->writer, run, "trials", c->trials);
  roi_json_count(&s->writer, run, "seed", c->seed);
  s->list = roi_json_array(&s->writer, s->root, "files");
  return ROI_OK;
}

static roi_status end_json(session *s, int complete, roi_error *err) {
  roi_buffer text = {0};
  roi_json_attach(&s->writer, s->root, "complete", cJSON_CreateBool(complete));
  roi_json_count(&s->writer, s->root, "passed", s->passed);
  roi_json_count(&s->writer, s->root, "failed", s->failed);
  roi_status status = roi_json_end(&s->writer, s->root, &text, err);
  s->root = NULL;
  if (!status) status = roi_deliver_json(&text, s->json, err);
  roi_buffer_free(&text);
  return status;
}

/* The closing line and the JSON. stopped: the script in which a signal or the time limit ended the whole, or NULL. */
static roi_status finish(session *s, const char *stopped, roi_error *err) {
  char file[1200];
  roi_buffer out = {0};
  roi_status status = ROI_OK;
  roi_buffer_print(&out, "%zu passed, %zu failed", s->passed, s->failed);
  if (stopped) roi_buffer_print(&out, "; stopped in %s", roi_escape(file, sizeof file, stopped));
  roi_buffer_text(&out, "\n");
  if (!roi_json_alone(s->cli)) status = roi_print_output(&out, err);
  roi_buffer_free(&out);
  return status || !s->root ? status : end_json(s, !stopped, err);
}

static roi_status run(session *s, roi_error *err) {
  size_t i = 0;
  roi_status status = roi_test_files_find(&s->files, &s->cli->files, err);
  if (!status) status = begin_json(s, err);
  while (!status && i < s->files.n) {
    status = run_script(s, s->files.path[i], err);
    if (!status) i++;
  }
  if (!status) return finish(s, NULL, err);
  if (status == ROI_ERR_USAGE) return status;
  roi_error later = {0};
  if (roi_signals_cause() != 0 && i < s->files.n && finish(s, s->files.path[i], &later)) *err = later;
  return err->status;
}

int roi_command_test(const roi_cli *c) {
  session s = {.cli = c};
  roi_error err = {0};
  int code = run(&s, &err) ? roi_complain(&err) : s.failed ? ROI_EXIT_FAILED : ROI_EXIT_OK;
  if (s.root) {
    roi_buffer unused = {0};
    (void)roi_json_end(&s.writer, s.root, &unused, &err);
    roi_buffer_free(&unused);
  }
  roi_outfile_free(s.json);
  roi_test_files_free(&s.files);
  return code;
}
