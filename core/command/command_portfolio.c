/* `roisim portfolio`: which use cases to take under a budget and the pools. The script is run with a switch for each use case; sets of
 * them are then measured on the same trials (portfolio/portfolio.h). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/cpu.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "command/command.h"
#include "kernel/kernel.h"
#include "math/scalar.h"
#include "report/portfolio_report.h"

typedef struct session {
  const roi_cli *cli;
  roi_graph *graph;
  roi_host *host;
  roi_request request;
  const char *budget;
  roi_portfolio *found;
  roi_outfile *json;
  double begin, choosing; /* seconds */
  roi_progress_line line;
} session;

/* The names of the model's budgets, each once: how many, in the caller's array of n_ceilings. */
static size_t list_budgets(const roi_graph *g, const char **names) {
  size_t n = 0;
  for (size_t i = 0; i < g->n_ceilings; i++) {
    const char *name = roi_graph_text(g, g->ceilings[i].budget);
    size_t k = 0;
    while (k < n && strcmp(names[k], name)) k++;
    if (k == n) names[n++] = name;
  }
  return n;
}

/* Says why none of the n budgets is the one that counts; asked: --budget, or NULL. */
static roi_status no_budget(const char *const *names, size_t n, const char *asked, roi_error *err) {
  if (!asked)
    return roi_fail(err, ROI_ERR_USAGE, "the model has %zu budgets, and a choice keeps to one: say --budget '%.200s' or another", n,
                    names[0]);
  if (n == 0)
    return roi_fail(err, ROI_ERR_USAGE, "--budget '%.200s': the model has no budget; one is made by model:budget(\"%.100s\", "
                    "{ ceiling = 50000 })", asked, asked);
  const char *near = roi_nearest(asked, names, n);
  return roi_fail(err, ROI_ERR_USAGE, "--budget '%.200s': no budget is called that; %s '%.200s'%s", asked,
                  near ? "did you mean" : "one is", near ? near : names[0], near ? "?" : "");
}

/* The budget asked for, or the only one; none, if the model has none. */
static roi_status choose_budget(session *s, roi_error *err) {
  const roi_graph *g = s->graph;
  const char **names = roi_alloc(g->n_ceilings + 1, sizeof *names), *asked = s->cli->budget;
  if (!names) return roi_fail_memory(err, "choosing among use cases");
  size_t n = list_budgets(g, names);
  for (size_t i = 0; i < n; i++)
    if (asked ? !strcmp(names[i], asked) : n == 1) s->budget = names[i];
  int is_settled = s->budget || (!asked && n == 0);
  roi_status status = is_settled ? ROI_OK : no_budget(names, n, asked, err);
  roi_free(names);
  return status;
}

static void show_progress(void *data, size_t sets) {
  session *s = data;
  char text[2 * ROI_NUMBER], done[ROI_NUMBER], all[ROI_NUMBER];
  size_t n = s->graph->n_candidates;
  roi_number_fixed(done, (double)sets, 0);
  if (n <= ROI_EXACT_CASES) snprintf(text, sizeof text, "%s of %s sets", done, roi_number_fixed(all, (double)((size_t)1 << n), 0));
  else snprintf(text, sizeof text, "%s sets tried", done);
  roi_progress_text(&s->line, roi_seconds() - s->begin, text);
}

static roi_status find(session *s, roi_error *err) {
  roi_portfolio_ask ask = {.request = &s->request, .budget = s->budget, .confidence = s->cli->confidence, .progress_data = s};
  if (!s->cli->quiet && isatty(STDERR_FILENO)) ask.progress = show_progress;
  double begin = roi_seconds();
  roi_status status = roi_portfolio_choose(s->graph, &ask, &s->found, err);
  roi_error cause = {0};
  if (status && roi_host_error(s->host, &cause)) *err = cause; /* a per-trial function's own says more */
  s->choosing = roi_seconds() - begin;
  roi_progress_erase(&s->line);
  roi_signals_end_limit();
  return status ? err->status : ROI_OK;
}

static roi_status write_results(session *s, roi_error *err) {
  const roi_cli *c = s->cli;
  const roi_kernel_set *kernels = roi_kernels(c->isa, err);
  roi_portfolio_view v = {.graph = s->graph, .request = &s->request, .found = s->found, .budget = s->budget,
                          .lua_version = roi_host_lua_version(), .sleef_version = roi_sleef_version(),
                          .isa = kernels ? kernels->name : "", .seconds_choice = s->choosing, .seconds_total = roi_seconds() - s->begin};
  roi_buffer text = {0};
  roi_status status = ROI_OK;
  if (c->json) {
    status = roi_report_portfolio_json(&text, &v, err);
    if (!status) status = roi_deliver_json(&text, s->json, err);
    roi_buffer_free(&text);
  }
  if (c->quiet || roi_json_alone(c)) return status;
  roi_style style = roi_terminal_style();
  text = (roi_buffer){0};
  roi_report_portfolio(&text, &v, &style);
  status = roi_print_after(status, &text, err);
  roi_buffer_free(&text);
  return status;
}

static roi_status portfolio(session *s, roi_error *err) {
  roi_status status = roi_open_json(s->cli, &s->json, err);
  if (!status) status = roi_build_model(s->cli, &s->graph, &s->host, err);
  if (status) return status;
  roi_print_warnings(s->graph);
  s->request.options = roi_ask_options(s->cli);
  if (s->request.options.threads == 0) s->request.options.threads = roi_cpu_count();
  status = choose_budget(s, err);
  if (!status) status = roi_start_per_trial(s->graph, s->host, &s->request, err);
  if (!status) status = find(s, err);
  return status ? status : write_results(s, err);
}

int roi_command_portfolio(const roi_cli *c) {
  session s = {.cli = c, .begin = roi_seconds()};
  roi_error err = {0};
  int code = portfolio(&s, &err) ? roi_complain(&err) : ROI_EXIT_OK;
  roi_portfolio_free(s.found);
  roi_outfile_free(s.json);
  roi_host_free(s.host);
  roi_graph_free(s.graph);
  return code;
}
