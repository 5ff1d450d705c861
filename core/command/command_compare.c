/* `roisim compare`: the model as written, each of its scenarios, and doing nothing, in one run.
 *
 * Each version is built by a child process of its own (host/host.h); their graphs are put together (graph/merge.h), and what is compared
 * (outputs, differences, who beats whom) are nodes of the whole. So one ordinary run gives exact quantiles and errors of all of it,
 * within one memory limit, under any design of points, and with the bits that `run --scenario` has. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/cpu.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/state.h"
#include "base/text.h"
#include "command/command.h"
#include "graph/merge.h"
#include "math/scalar.h"
#include "report/compare_report.h"

#define AS_WRITTEN "as written"
#define STATUS_QUO "status quo"
#define MOST_WORKERS 64 /* of all versions together, but one for each: every one is a process with the script's memory */
#define MOST_SCENARIOS 100u /* pairs of them, and columns of a report, grow with the square */

typedef struct version {
  const char *name;
  roi_graph *graph;      /* NULL: the status quo, which computes nothing */
  roi_host *host;
  roi_node *conditions;  /* of --prob, in its graph and then in the whole */
  roi_node output, npv, cost, payback; /* in the whole; ROI_NONE: there is none */
  uint32_t first_function, n_functions; /* its per-trial functions, among those of the whole */
  char *names[3];        /* of its targets, for messages */
} version;

typedef struct session {
  const roi_cli *cli;
  version *version; size_t n;
  roi_version *shown;    /* the same versions, for the report */
  roi_graph *whole;
  roi_request request;
  roi_target *outputs, *shares, *means;
  roi_pair *ratios;
  size_t *beats, *mean_of; /* by pair: row * n + column */
  size_t baseline;
  char prefix[300];      /* of the compared output's part: "entrant." */
  const char *output;
  roi_kind kind;
  int is_npv, lower_is_better;
  int is_counted;        /* 1: what is compared is standard and no period, so that it is a number even if a period it is made of is never */
  int may_never;         /* some version's may be never; then differences are of the trials in which neither is */
  roi_report *report;
  roi_outfile *json;
  const char *stopped;
  double begin;
} session;

/* -- Building ------------------------------------------------------------------------------------------------------------- */

/* What the scenario's model warns of and the model as written does not. */
static void print_new_warnings(roi_graph *g, const roi_graph *plain) {
  size_t kept = 0, all = g->n_warnings;
  for (size_t i = 0; i < all; i++) {
    const roi_warning_row *w = &g->warnings[i];
    int known = 0;
    for (size_t k = 0; k < plain->n_warnings && !known; k++)
      known = plain->warnings[k].line == w->line && !strcmp(roi_graph_text(plain, plain->warnings[k].text), roi_graph_text(g, w->text));
    if (!known) g->warnings[kept++] = *w;
  }
  g->n_warnings = kept;
  roi_print_warnings(g);
}

static roi_status build_version(session *s, size_t i, const char *scenario, roi_error *err) {
  version *v = &s->version[i];
  roi_cli own = *s->cli;
  own.scenario = scenario;
  own.silent = scenario != NULL;
  v->name = scenario ? scenario : AS_WRITTEN;
  roi_status status = roi_build_model(&own, &v->graph, &v->host, err);
  if (status) return status;
  if (scenario) print_new_warnings(v->graph, s->version[0].graph);
  else roi_print_warnings(v->graph);
  v->conditions = roi_alloc(s->cli->prob.n + 1, sizeof *v->conditions);
  if (!v->conditions) return roi_fail_memory(err, "comparing scenarios");
  for (size_t k = 0; k < s->cli->prob.n && !status; k++) {
    v->conditions[k] = roi_prob_compile(v->graph, s->cli->prob.item[k], err);
    if (v->conditions[k] == ROI_NONE) status = ROI_ERR_USAGE;
  }
  return status;
}

static roi_status build_versions(session *s, roi_error *err) {
  s->version = roi_alloc_zero(1, sizeof *s->version);
  if (!s->version) return roi_fail_memory(err, "comparing scenarios");
  s->n = 1;
  roi_status status = build_version(s, 0, NULL, err);
  if (status) return status;
  const roi_graph *plain = s->version[0].graph;
  if (plain->n_scenarios == 0)
    return roi_fail(err, ROI_ERR_MODEL, "the model describes no scenario to compare with; one is made by model:scenario(\"cautious\", "
                    "{ price = 12 }), which names inputs or parameters and their other values");
  if (plain->n_scenarios > MOST_SCENARIOS)
    return roi_fail(err, ROI_ERR_MODEL, "the model describes %zu scenarios; at most %u can be compared", plain->n_scenarios,
                    MOST_SCENARIOS);
  version *more = roi_resize(s->version, plain->n_scenarios + 2, sizeof *more); /* and perhaps the status quo */
  if (!more) return roi_fail_memory(err, "comparing scenarios");
  s->version = more;
  memset(more + 1, 0, (plain->n_scenarios + 1) * sizeof *more);
  for (size_t i = 0; i < plain->n_scenarios && !status; i++) {
    s->n++;
    status = build_version(s, i + 1, roi_graph_text(plain, plain->scenarios[i].name), err);
  }
  return status;
}

/* -- What is compared ----------------------------------------------------------------------------------------------------- */

static const roi_output_row *find_output(const roi_graph *g, const char *name) {
  for (size_t i = 0; i < g->n_outputs; i++)
    if (!strcmp(roi_graph_text(g, g->outputs[i].name), name)) return &g->outputs[i];
  return NULL;
}

/* The last part of a standard output's name: "npv" of "entrant.npv"; the name's own part goes to s->prefix. */
static const char *split_name(session *s, const roi_output_row *row, const char *name) {
  const char *point = row->standard ? strrchr(name, '.') : NULL, *last = point ? point + 1 : name;
  snprintf(s->prefix, sizeof s->prefix, "%.*s", (int)(last - name), name);
  return last;
}

/* The output asked for, else npv, else the first that the model has. */
static roi_status choose_output(session *s, roi_error *err) {
  static const char *const lower[] = {"payback", "discounted_payback", "pv_cost", "peak_funding"};
  const roi_graph *g = s->version[0].graph;
  const roi_output_row *row = s->cli->outputs ? NULL : find_output(g, "npv");
  if (s->cli->outputs) {
    size_t i = roi_ask_output(g, s->cli->outputs, err);
    if (i == ROI_NO_INDEX) return err->status;
    row = &g->outputs[i];
  } else if (!row && g->n_outputs) {
    row = &g->outputs[0];
  }
  if (!row) return roi_fail(err, ROI_ERR_MODEL, "the model has no output to compare");
  s->output = roi_graph_text(g, row->name);
  if (strlen(s->output) >= sizeof s->prefix) return roi_fail(err, ROI_ERR_USAGE, "the output's name is too long to compare it");
  const char *last = split_name(s, row, s->output);
  s->kind = row->standard ? roi_output_kind(g, last, row->node) : roi_output_kind(g, s->output, row->node);
  s->is_npv = row->standard && !strcmp(last, "npv");
  if (s->is_npv) s->kind = ROI_KIND_MONEY;
  s->is_counted = row->standard && s->kind != ROI_KIND_PERIODS;
  for (size_t i = 0; row->standard && i < sizeof lower / sizeof *lower; i++) s->lower_is_better |= !strcmp(last, lower[i]);
  return ROI_OK;
}

/* Doing nothing is among what can be chosen, unless the script has a scenario that says what it is. */
static void add_status_quo(session *s) {
  if (!s->is_npv) return;
  for (size_t i = 0; i < s->n; i++)
    if (!strcmp(s->version[i].name, STATUS_QUO)) return;
  s->version[s->n++].name = STATUS_QUO;
}

/* Says what there is. */
static roi_status no_baseline(const char *name, const char *const *known, size_t n, roi_error *err) {
  roi_buffer list = {0};
  for (size_t i = 0; i < n && i < 20; i++) roi_buffer_print(&list, "%s%.60s", i ? ", " : "", known[i]);
  roi_status status = roi_fail(err, ROI_ERR_USAGE, "--baseline '%.200s': no version is called that; there are: %.1000s%s", name,
                               list.text ? list.text : "none", n > 20 ? ", ..." : "");
  roi_buffer_free(&list);
  return status;
}

static roi_status choose_baseline(session *s, roi_error *err) {
  const char *name = s->cli->baseline ? s->cli->baseline : AS_WRITTEN;
  const char **known = roi_alloc(s->n, sizeof *known);
  if (!known) return roi_fail_memory(err, "comparing scenarios");
  s->baseline = ROI_NO_INDEX;
  for (size_t i = 0; i < s->n; i++) {
    known[i] = s->version[i].name;
    if (!strcmp(name, known[i])) s->baseline = i;
  }
  const char *near = roi_nearest(name, known, s->n);
  roi_status status = ROI_OK;
  if (s->baseline == ROI_NO_INDEX && near)
    status = roi_fail(err, ROI_ERR_USAGE, "--baseline '%.200s': no version is called that; did you mean '%s'?", name, near);
  else if (s->baseline == ROI_NO_INDEX)
    status = no_baseline(name, known, s->n, err);
  roi_free(known);
  return status;
}

/* -- Putting the graphs together -------------------------------------------------------------------------------------------- */

static roi_status copy_output(session *s, roi_copy *c, const version *v, const char *name, int needed, roi_node *node, roi_error *err) {
  const roi_output_row *row = find_output(v->graph, name);
  *node = ROI_NONE;
  if (!row && needed) return roi_fail(err, ROI_ERR_MODEL, "scenario '%s': its model has no output '%s'", v->name, name);
  if (!row) return ROI_OK;
  *node = roi_copy_node(c, row->node, err);
  if (*node != ROI_NONE && !strcmp(name, s->output) && !s->is_counted)
    s->may_never |= (s->whole->nodes[*node].flags & ROI_MAY_NEVER) != 0;
  return *node == ROI_NONE ? err->status : ROI_OK;
}

static uint32_t count_functions(const roi_graph *g) {
  uint32_t n = 0;
  for (size_t i = 0; i < g->n_nodes; i++) n += g->nodes[i].op == ROI_EXTERN;
  return n;
}

static roi_status merge_version(session *s, version *v, roi_error *err) {
  roi_copy c;
  char cost[sizeof s->prefix + 16], payback[sizeof s->prefix + 16];
  v->output = v->npv = v->cost = v->payback = ROI_NONE;
  if (!v->graph) {
    v->output = roi_constant(s->whole, 0, err);
    return v->output == ROI_NONE ? err->status : ROI_OK;
  }
  v->first_function = count_functions(s->whole);
  roi_status status = roi_merge_begin(&c, s->whole, v->graph, err);
  v->n_functions = count_functions(s->whole) - v->first_function;
  snprintf(cost, sizeof cost, "%spv_cost", s->prefix);
  snprintf(payback, sizeof payback, "%spayback", s->prefix);
  if (!status) status = copy_output(s, &c, v, s->output, 1, &v->output, err);
  if (!status && s->is_npv) status = copy_output(s, &c, v, cost, 0, &v->cost, err);
  if (!status && s->is_npv) status = copy_output(s, &c, v, payback, 0, &v->payback, err);
  for (size_t k = 0; k < s->cli->prob.n && !status; k++) {
    v->conditions[k] = roi_copy_node(&c, v->conditions[k], err);
    if (v->conditions[k] == ROI_NONE) status = err->status;
  }
  roi_copy_end(&c);
  return status;
}

static roi_status merge_versions(session *s, roi_error *err) {
  const roi_graph *plain = s->version[0].graph;
  s->whole = roi_graph_new("", (int)plain->horizon, (roi_period)plain->period, err);
  roi_status status = s->whole ? ROI_OK : err->status;
  for (size_t i = 0; i < s->n && !status; i++) status = merge_version(s, &s->version[i], err);
  return status;
}

/* -- The request ------------------------------------------------------------------------------------------------------------ */

static roi_node of_two(roi_graph *g, roi_opcode op, roi_node a, roi_node b, roi_error *err) {
  const roi_node args[2] = {a, b};
  return roi_apply(g, op, args, 2, err);
}

static roi_node is_some(roi_graph *g, roi_node a, roi_error *err) {
  roi_node never = of_two(g, ROI_EQ, a, roi_constant(g, ROI_NEVER, err), err);
  return roi_apply(g, ROI_NOT, &never, 1, err);
}

/* a - b; where either is never, a state, which is left out of everything. */
static roi_node difference(const session *s, roi_node a, roi_node b, roi_error *err) {
  roi_graph *g = s->whole;
  roi_node d = of_two(g, ROI_SUB, a, b, err);
  return s->may_never ? of_two(g, ROI_STATE, d, of_two(g, ROI_AND, is_some(g, a, err), is_some(g, b, err), err), err) : d;
}

/* A name for messages: "npv of 'ship now'". */
static const char *name_target(version *v, int which, const char *output) {
  size_t size = strlen(output) + strlen(v->name) + 40;
  char *name = roi_alloc(size, 1);
  if (name) snprintf(name, size, "%s of '%s'", output, v->name);
  v->names[which] = name;
  return name ? name : output;
}

static roi_status ask_version(session *s, size_t i, roi_error *err) {
  roi_request *r = &s->request;
  version *v = &s->version[i];
  roi_version *shown = &s->shown[i];
  *shown = (roi_version){v->name, !v->graph, ROI_NO_INDEX, ROI_NO_INDEX, ROI_NO_INDEX, ROI_NO_INDEX, ROI_NO_INDEX};
  if (v->graph) {
    shown->output = r->n_outputs;
    s->outputs[r->n_outputs++] = (roi_target){name_target(v, 0, s->output), v->output};
  }
  if (v->payback != ROI_NONE) {
    shown->payback = r->n_outputs;
    s->outputs[r->n_outputs++] = (roi_target){name_target(v, 1, "payback"), v->payback};
  }
  double x;
  if (v->cost != ROI_NONE && !(roi_graph_constant(s->whole, v->cost, &x) && x == 0)) {
    shown->ratio = r->n_ratios;
    s->ratios[r->n_ratios++] = (roi_pair){v->output, v->cost};
  }
  if (i != s->baseline) {
    roi_node node = difference(s, v->output, s->version[s->baseline].output, err);
    if (node == ROI_NONE) return err->status;
    shown->difference = r->n_outputs;
    s->outputs[r->n_outputs++] = (roi_target){name_target(v, 2, "difference"), node};
  }
  for (size_t k = 0; v->graph && k < s->cli->prob.n; k++) {
    if (k == 0) shown->prob = r->n_shares;
    s->shares[r->n_shares++] = (roi_target){s->cli->prob.item[k], v->conditions[k]};
  }
  return ROI_OK;
}

/* Who beats whom, and by how much in the mean. */
static roi_status ask_pair(session *s, size_t i, size_t k, roi_error *err) {
  roi_request *r = &s->request;
  roi_node a = s->version[i].output, b = s->version[k].output;
  roi_node wins = of_two(s->whole, s->lower_is_better ? ROI_LT : ROI_GT, a, b, err);
  if (wins == ROI_NONE) return err->status;
  s->beats[i * s->n + k] = r->n_shares;
  s->shares[r->n_shares++] = (roi_target){"who beats whom", wins};
  if (i > k) return ROI_OK;
  roi_node lead = difference(s, a, b, err);
  if (lead == ROI_NONE) return err->status;
  s->mean_of[i * s->n + k] = r->n_means;
  s->means[r->n_means++] = (roi_target){"mean difference", lead};
  return ROI_OK;
}

static roi_status ask(session *s, roi_error *err) {
  size_t n = s->n, pairs = n * n;
  s->shown = roi_alloc_zero(n, sizeof *s->shown);
  s->outputs = roi_alloc(3 * n, sizeof *s->outputs);
  s->shares = roi_alloc(pairs + n * s->cli->prob.n, sizeof *s->shares);
  s->means = roi_alloc(pairs, sizeof *s->means);
  s->ratios = roi_alloc(n, sizeof *s->ratios);
  s->beats = roi_alloc(pairs, sizeof *s->beats);
  s->mean_of = roi_alloc(pairs, sizeof *s->mean_of);
  if (!s->shown || !s->outputs || !s->shares || !s->means || !s->ratios || !s->beats || !s->mean_of)
    return roi_fail_memory(err, "comparing scenarios");
  roi_request *r = &s->request;
  r->options = roi_ask_options(s->cli);
  r->outputs = s->outputs;
  r->shares = s->shares;
  r->means = s->means;
  r->ratios = s->ratios;
  for (size_t i = 0; i < pairs; i++) s->beats[i] = s->mean_of[i] = ROI_NO_INDEX;
  roi_status status = ROI_OK;
  for (size_t i = 0; i < n && !status; i++) status = ask_version(s, i, err);
  for (size_t i = 0; i < pairs && !status; i++)
    if (i / n != i % n) status = ask_pair(s, i / n, i % n, err);
  return status;
}

/* -- The run ---------------------------------------------------------------------------------------------------------------- */

/* A per-trial function belongs to the script of its version. */
static int call_function(void *data, uint32_t index, int worker, uint64_t first_trial, uint32_t lanes, const double *const *args,
                         const int *arg_is_constant, uint32_t n_args, double *dst) {
  const session *s = data;
  size_t i = 0;
  while (index - s->version[i].first_function >= s->version[i].n_functions) i++;
  const version *v = &s->version[i];
  return roi_host_external(v->host, index - v->first_function, worker, first_trial, lanes, args, arg_is_constant, n_args, dst);
}

static roi_status start_functions(session *s, roi_error *err) {
  roi_request *r = &s->request;
  if (count_functions(s->whole) == 0) return ROI_OK;
  if (r->options.threads == 0) r->options.threads = roi_cpu_count();
  r->external = call_function;
  r->external_data = s;
  int threads = r->options.threads, most = s->n < MOST_WORKERS ? MOST_WORKERS / (int)s->n : 1;
  roi_status status = ROI_OK;
  for (size_t i = 0; i < s->n && !status; i++)
    if (s->version[i].n_functions) status = roi_host_start_workers(s->version[i].host, threads, most, r->options.seed, err);
  return status;
}

static roi_status simulate(session *s, roi_error *err) {
  roi_progress_line line;
  roi_progress_begin(&line, s->cli, &s->request);
  roi_status status = roi_simulate(s->whole, &s->request, &s->report, err);
  roi_progress_erase(&line);
  roi_signals_end_limit();
  if (!status) return ROI_OK;
  if (roi_is_stop(status) && s->report && s->report->trials > 0) {
    s->stopped = roi_stopped_why();
    roi_tell_partial(s->cli, s->report, s->request.options.trials);
    return ROI_OK;
  }
  for (size_t i = 0; i < s->n; i++) { /* a per-trial function's own error says more than that its column is missing */
    roi_error cause = {0};
    if (s->version[i].host && roi_host_error(s->version[i].host, &cause)) *err = cause;
  }
  return err->status;
}

/* -- Results ---------------------------------------------------------------------------------------------------------------- */

static roi_comparison make_comparison(const session *s) {
  return (roi_comparison){
      .graph = s->version[0].graph, .request = &s->request, .report = s->report, .version = s->shown, .n = s->n,
      .baseline = s->baseline, .output = s->output, .kind = s->kind, .is_npv = s->is_npv, .lower_is_better = s->lower_is_better,
      .may_never = s->may_never, .beats = s->beats, .means = s->mean_of, .prob = s->cli->prob.item,
      .n_prob = s->cli->prob.n, .stopped = s->stopped,
      .lua_version = roi_host_lua_version(), .sleef_version = roi_sleef_version(), .seconds_total = roi_seconds() - s->begin,
  };
}

static roi_status write_results(session *s, roi_error *err) {
  const roi_cli *c = s->cli;
  roi_comparison found = make_comparison(s);
  roi_buffer text = {0};
  roi_status status = ROI_OK;
  if (c->json) {
    status = roi_report_compare_json(&text, &found, err);
    if (!status) status = roi_deliver_json(&text, s->json, err);
    roi_buffer_free(&text);
  }
  if (c->quiet || roi_json_alone(c)) return status;
  roi_style style = roi_terminal_style();
  text = (roi_buffer){0};
  roi_report_compare(&text, &found, &style);
  status = roi_print_after(status, &text, err);
  roi_buffer_free(&text);
  return status;
}

static roi_status compare(session *s, roi_error *err) {
  roi_status status = roi_open_json(s->cli, &s->json, err);
  if (!status) status = build_versions(s, err);
  if (!status) status = choose_output(s, err);
  if (!status) add_status_quo(s);
  if (!status) status = choose_baseline(s, err);
  if (!status) status = merge_versions(s, err);
  if (!status) status = ask(s, err);
  if (!status) status = start_functions(s, err);
  if (!status) status = simulate(s, err);
  return status ? status : write_results(s, err);
}

static void release(session *s) {
  roi_report_free(s->report);
  roi_outfile_free(s->json);
  for (size_t i = 0; i < s->n; i++) {
    version *v = &s->version[i];
    roi_host_free(v->host);
    roi_free(v->conditions);
    for (size_t k = 0; k < 3; k++) roi_free(v->names[k]);
  }
  for (size_t i = s->n; i-- > 0;) roi_graph_free(s->version[i].graph); /* the first holds the others' names */
  roi_graph_free(s->whole);
  void *const parts[] = {s->version, s->shown, s->outputs, s->shares, s->means, s->ratios, s->beats, s->mean_of, s};
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) roi_free(parts[i]);
}

int roi_command_compare(const roi_cli *c) {
  session *s = roi_alloc_zero(1, sizeof *s);
  roi_error err = {0};
  if (!s) {
    roi_fail_memory(&err, "starting");
    return roi_complain(&err);
  }
  s->cli = c;
  s->begin = roi_seconds();
  int code = ROI_EXIT_OK;
  if (compare(s, &err)) code = roi_complain(&err);
  else if (s->stopped) code = roi_stopped_status();
  release(s);
  return code;
}
