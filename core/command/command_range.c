/* `roisim run --trials-range A:B --state FILE`: a part of a run's trials, for roisim merge. */
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/text.h"
#include "command/state_file.h"
#include "math/philox.h"

typedef struct session {
  const roi_cli *cli;
  roi_graph *graph;
  roi_host *host;
  roi_ask ask;
  roi_state_key key;
  roi_state_writer writer;
} session;

/* Merge has no script, so what calls one can't be told there. */
static roi_status refuse_per_trial(const roi_graph *g, roi_error *err) {
  roi_node call = roi_graph_per_trial(g);
  if (call == ROI_NONE) return ROI_OK;
  return roi_fail(err, ROI_ERR_USAGE,
                  "--trials-range: the model calls roi.per_trial functions ('%.100s'), which roisim merge could not call for its "
                  "report; run it whole, with --checkpoint if that takes long", roi_graph_text(g, g->nodes[call].name));
}

static roi_status compute(session *s, roi_error *err) {
  const roi_cli *c = s->cli;
  roi_request *r = &s->ask.request;
  roi_progress_line line;
  roi_progress_begin(&line, c, r);
  if (!c->trials_given) r->options.trials = ROI_MAX_TRIALS;
  roi_status status = roi_run_range(s->graph, r, c->range, &s->writer.to, err);
  roi_progress_erase(&line);
  roi_signals_end_limit(); /* what is done is worth the time that it takes to write it */
  if (roi_is_stop(status)) {
    const char *why = roi_signals_cause() < 0 ? "the time limit passed" : "interrupted";
    return roi_fail(err, status == ROI_ERR_LIMIT || roi_signals_cause() < 0 ? ROI_ERR_LIMIT : status,
                    "%s: %.300s was not written; a range begins anew when it is run again, so make it smaller if that may happen", why,
                    c->state);
  }
  return status;
}

/* What is there is replaced only if it is this range of this run, computed before, whole or damaged since. */
static roi_status check_state(const session *s, roi_error *err) {
  struct stat st;
  const roi_cli *c = s->cli;
  roi_state_reader r;
  char from[32], to[32];
  if (stat(c->state, &st) || (S_ISREG(st.st_mode) && st.st_size == 0)) return ROI_OK;
  roi_status status = roi_state_peek(&r, c->state, ROI_STATE_RANGE, err);
  if (!status) status = roi_state_key_same(&r.key, &s->key, c->state, "this run", "name another --state, or remove it", err);
  if (!status && (r.about.first != c->range.first || r.about.end != c->range.end))
    status = roi_fail(err, ROI_ERR_USAGE, "--state %.300s: trials %s to %s are there; name another file, or remove it", c->state,
                      roi_format_count(from, r.about.first + 1), roi_format_count(to, r.about.end));
  roi_state_close(&r);
  return status;
}

/* A range has no report; that it is there is worth a line. */
static roi_status tell(const roi_cli *c, roi_error *err) {
  roi_buffer text = {0};
  char from[32], to[32], of[32], name[4 * 4096];
  if (c->quiet) return ROI_OK;
  roi_buffer_print(&text, "%s: trials %s to %s", roi_escape(name, sizeof name, c->state), roi_format_count(from, c->range.first + 1),
                   roi_format_count(to, c->range.end));
  if (c->trials_given) roi_buffer_print(&text, " of %s", roi_format_count(of, c->trials));
  roi_buffer_text(&text, "\n");
  roi_status status = roi_print_output(&text, err);
  roi_buffer_free(&text);
  return status;
}

static roi_status run(session *s, roi_error *err) {
  const roi_cli *c = s->cli;
  roi_status status = roi_build_model(c, &s->graph, &s->host, err);
  if (!status) status = refuse_per_trial(s->graph, err);
  if (status) return status;
  roi_print_warnings(s->graph);
  const roi_state_about about = {.kind = ROI_STATE_RANGE, .first = c->range.first, .end = c->range.end};
  status = roi_state_key_make(&s->key, c, s->graph, ROI_STATE_RANGE, err);
  if (!status) status = check_state(s, err);
  if (!status) status = roi_state_create(&s->writer, c->state, &about, &s->key, s->graph, err);
  if (!status) status = roi_ask_make(&s->ask, s->graph, c, 1, err);
  if (!status) status = roi_settle_median_cells(s->graph, &s->ask.request, err);
  if (!status) status = roi_ask_sheets(&s->ask, s->graph, err);
  if (!status) status = compute(s, err);
  if (!status) status = check_state(s, err); /* again: others may have put something there meanwhile */
  if (!status) status = roi_state_commit(&s->writer);
  return status ? status : tell(c, err);
}

int roi_command_range(const roi_cli *c) {
  session s = {.cli = c};
  roi_error err = {0};
  int code = run(&s, &err) ? roi_complain(&err) : ROI_EXIT_OK;
  roi_state_abandon(&s.writer);
  roi_state_key_free(&s.key);
  roi_ask_free(&s.ask);
  roi_host_free(s.host);
  roi_graph_free(s.graph);
  return code;
}
