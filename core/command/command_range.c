/* `roisim run --trials-range A:B --state FILE`: a part of a run's trials, for roisim merge. */
#include <string.h>
#include <unistd.h>

#include "base/error.h"
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
  for (size_t i = 0; i < g->n_nodes; i++)
    if (g->nodes[i].op == ROI_EXTERN)
      return roi_fail(err, ROI_ERR_USAGE,
                      "--trials-range: the model calls roi.per_trial functions ('%.100s'), which roisim merge could not call for its "
                      "report; run it whole, with --checkpoint if that takes long", roi_graph_text(g, g->nodes[i].name));
  return ROI_OK;
}

static roi_status compute(session *s, roi_error *err) {
  const roi_cli *c = s->cli;
  roi_request *r = &s->ask.request;
  roi_progress_line line = {0};
  if (!c->quiet && isatty(STDERR_FILENO)) {
    r->progress = roi_progress_show;
    r->progress_data = &line;
  }
  if (!c->trials_given) r->options.trials = ROI_MAX_TRIALS;
  roi_status status = roi_run_range(s->graph, r, c->range, &s->writer.to, err);
  roi_progress_erase(&line);
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
  if (!status) status = roi_state_create(&s->writer, c->state, &about, &s->key, s->graph, err);
  if (!status && roi_outfile_is(s->writer.file, c->model))
    status = roi_fail(err, ROI_ERR_USAGE, "--state %.200s: that is the model itself; name another file", c->state);
  if (!status) status = roi_ask_make(&s->ask, s->graph, c, 1, err);
  if (!status) status = roi_settle_median_cells(s->graph, &s->ask.request, err);
  if (!status) status = roi_ask_sheets(&s->ask, s->graph, err);
  if (!status) status = compute(s, err);
  return status ? status : roi_state_commit(&s->writer);
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
