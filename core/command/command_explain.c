/* `roisim explain`: what a model computes, and the values of one trial. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/state.h"
#include "base/text.h"
#include "command/command.h"
#include "dist/dist.h"
#include "report/width.h"

#define NAME_SIZE 400

typedef struct page {
  roi_buffer out;
  roi_graph *g;
  const roi_cli *cli;
  roi_ask ask;
  unsigned char *used;   /* by node: the outputs in question depend on it */
} page;

/* What a replay shows: every input and named value, unless outputs were asked for by name. */
static int is_shown(const page *p, roi_node node) {
  return !p->cli->outputs || p->used[node];
}

/* Marks what the requested outputs depend on: arguments come before the nodes that use them. */
static roi_status mark_used(page *p, roi_error *err) {
  p->used = roi_alloc_zero(p->g->n_nodes, 1);
  if (!p->used) return roi_fail_memory(err, "explaining the model");
  for (size_t i = 0; i < p->ask.request.n_outputs; i++) p->used[p->ask.outputs[i].node] = 1;
  for (size_t i = p->g->n_nodes; i-- > 0;) {
    const roi_node_row *row = &p->g->nodes[i];
    for (uint32_t k = 0; p->used[i] && k < row->n_args; k++) p->used[p->g->args[row->first_arg + k]] = 1;
  }
  return ROI_OK;
}

static const char *safe(char *buf, const char *text, size_t width) {
  roi_text_fit(buf, NAME_SIZE, text, width, "...");
  return buf;
}

static void padded(page *p, const char *text, size_t width) {
  size_t own = roi_text_width(text);
  roi_buffer_text(&p->out, text);
  roi_buffer_repeat(&p->out, " ", own < width ? width - own : 0);
}

static int is_input(const roi_graph *g, roi_node node) {
  for (size_t i = 0; i < g->n_inputs; i++)
    if (g->inputs[i].node == node) return 1;
  return 0;
}

/* -- Distributions as text ---------------------------------------------------------------------------------------- */

static void describe(page *p, roi_node node, int depth);

static void describe_args(page *p, const roi_node_row *row, int depth) {
  for (uint32_t i = 0; i < row->n_args && i < 12; i++) {
    if (i) roi_buffer_text(&p->out, ", ");
    describe(p, p->g->args[row->first_arg + i], depth + 1);
  }
  if (row->n_args > 12) roi_buffer_print(&p->out, ", ... (%u in all)", row->n_args);
}

/* The family with its parameters in the form in which the script gave them. */
static void describe_family(page *p, const roi_node_row *row, int depth) {
  const roi_node *args = p->g->args + row->first_arg;
  char a[40], b[40];
  double p1, p2;
  roi_buffer_text(&p->out, roi_family_get((roi_family)row->family)->name);
  if (row->form == ROI_FORM_NATURAL) {
    roi_buffer_text(&p->out, "(");
    if (row->n_data) roi_buffer_print(&p->out, "%u values", row->n_data);
    else describe_args(p, row, depth);
    roi_buffer_text(&p->out, ")");
    return;
  }
  int quantiles = row->form == ROI_FORM_QUANTILES && row->n_args == 4;
  snprintf(a, sizeof a, "mean");
  snprintf(b, sizeof b, "sd");
  if (quantiles && roi_graph_constant(p->g, args[0], &p1) && roi_graph_constant(p->g, args[2], &p2)) {
    snprintf(a, sizeof a, "p%.6g", p1 * 100);
    snprintf(b, sizeof b, "p%.6g", p2 * 100);
  }
  roi_buffer_print(&p->out, "{%s=", a);
  describe(p, args[quantiles ? 1 : 0], depth + 1);
  roi_buffer_print(&p->out, ", %s=", b);
  describe(p, args[quantiles ? 3 : 1], depth + 1);
  roi_buffer_text(&p->out, "}");
}

static void describe(page *p, roi_node node, int depth) {
  const roi_node_row *row = &p->g->nodes[node];
  char text[NAME_SIZE];
  if (depth > 8) roi_buffer_text(&p->out, "...");
  else if (row->op == ROI_CONST) roi_buffer_text(&p->out, roi_format_shortest(text, row->value));
  else if (row->name) roi_buffer_text(&p->out, safe(text, roi_graph_text(p->g, row->name), 24));
  else if (row->op == ROI_DIST) describe_family(p, row, depth);
  else if (row->op == ROI_DRAW) describe(p, p->g->args[row->first_arg], depth + 1);
  else {
    roi_buffer_print(&p->out, "%s(", roi_op_rows[row->op].name);
    describe_args(p, row, depth);
    roi_buffer_text(&p->out, ")");
  }
}

/* -- The summary -------------------------------------------------------------------------------------------------- */

static void place(page *p, uint32_t file, uint32_t line) {
  char text[NAME_SIZE];
  if (line) roi_buffer_print(&p->out, "  %s:%u", safe(text, roi_graph_text(p->g, file), 60), line);
}

static void one_draw(page *p, const char *name, roi_node node, const roi_input_row *input) {
  char text[NAME_SIZE];
  const roi_node_row *row = &p->g->nodes[node];
  roi_buffer_text(&p->out, "  ");
  padded(p, safe(text, name, 40), 20);
  roi_buffer_text(&p->out, "  ");
  if (row->op == ROI_DRAW) describe(p, p->g->args[row->first_arg], 0);
  else if (row->op == ROI_CONST) describe(p, node, 0);
  else roi_buffer_text(&p->out, row->shape == ROI_SERIES_SHAPE ? "an expression, a series" : "an expression");
  if (row->flags & ROI_EACH_PERIOD) roi_buffer_text(&p->out, ", anew each period");
  if (input) place(p, input->file, input->line);
  else place(p, row->file, row->line);
  roi_buffer_text(&p->out, "\n");
  if (!input) return;
  const struct { const char *title; uint32_t text; } notes[] = {
      {"unit", input->unit}, {"doc", input->doc}, {"source", input->source}};
  for (size_t i = 0; i < 3; i++)
    if (notes[i].text)
      roi_buffer_print(&p->out, "  %20s  %s: %s\n", "", notes[i].title,
                       safe(text, roi_graph_text(p->g, notes[i].text), 300));
}

/* Pairs that the script correlates, with what became of them. */
static void correlations(page *p) {
  const roi_graph *g = p->g;
  char text[2][NAME_SIZE], pair[2 * NAME_SIZE + 2], number[32];
  if (g->n_correlations) roi_buffer_text(&p->out, "\nCorrelations\n");
  for (size_t i = 0; i < g->n_correlations; i++) {
    const roi_correlation_row *r = &g->correlations[i];
    double used = roi_graph_correlation_used(g, r);
    snprintf(pair, sizeof pair, "%s, %s", safe(text[0], roi_graph_text(g, g->nodes[r->a].name), 40),
             safe(text[1], roi_graph_text(g, g->nodes[r->b].name), 40));
    roi_buffer_text(&p->out, "  ");
    padded(p, pair, 20);
    roi_buffer_print(&p->out, "  %s%s", roi_format_shortest(number, r->asked),
                     r->kind == ROI_CORRELATION_PEARSON ? " of normal scores" : " of ranks");
    if (used != r->asked) roi_buffer_print(&p->out, ", repaired to %.4f", used);
    place(p, r->file, r->line);
    roi_buffer_text(&p->out, "\n");
  }
}

static void summary(page *p) {
  const roi_graph *g = p->g;
  char text[NAME_SIZE];
  size_t draws = 0, used = 0;
  int by_period = g->has_flows != 0; /* else the horizon has no say */
  for (size_t i = 0; i < g->n_nodes; i++) {
    used += p->used[i];
    draws += p->used[i] && g->nodes[i].op == ROI_DRAW;
    by_period |= p->used[i] && g->nodes[i].shape == ROI_SERIES_SHAPE;
  }
  const char *name = *roi_graph_text(g, g->name) ? roi_graph_text(g, g->name) : p->cli->model;
  roi_buffer_print(&p->out, "%s", safe(text, name, 60));
  if (g->scenario) roi_buffer_print(&p->out, ", scenario '%s'", safe(text, roi_graph_text(g, g->scenario), 50));
  roi_buffer_text(&p->out, ": ");
  if (by_period) roi_buffer_print(&p->out, "%u %s; ", g->horizon, roi_period_text(g, g->horizon));
  roi_buffer_print(&p->out, "%zu nodes, %zu of them draws\n\nInputs\n", used, draws);
  for (size_t i = 0; i < g->n_inputs; i++)
    if (p->used[g->inputs[i].node]) one_draw(p, roi_graph_text(g, g->inputs[i].name), g->inputs[i].node, &g->inputs[i]);
  for (size_t i = 0; i < g->n_nodes; i++)
    if (p->used[i] && g->nodes[i].op == ROI_DRAW && !is_input(g, (roi_node)i))
      one_draw(p, roi_graph_text(g, g->nodes[i].name), (roi_node)i, NULL);
  correlations(p);
  roi_buffer_text(&p->out, "\nOutputs\n");
  for (size_t i = 0; i < p->ask.request.n_outputs; i++) {
    roi_node node = p->ask.outputs[i].node;
    roi_buffer_text(&p->out, "  ");
    padded(p, safe(text, p->ask.outputs[i].name, 40), 20);
    roi_buffer_print(&p->out, "  %s", roi_op_rows[g->nodes[node].op].name);
    place(p, g->nodes[node].file, g->nodes[node].line);
    roi_buffer_text(&p->out, "\n");
  }
}

static roi_status explain_plan(page *p, roi_error *err) {
  char *text = NULL;
  roi_status status = roi_explain_plan(p->g, &p->ask.request, &text, err);
  if (status) return status;
  summary(p);
  roi_buffer_print(&p->out, "\nPlan\n%s", text);
  roi_free(text);
  return ROI_OK;
}

/* -- One trial ---------------------------------------------------------------------------------------------------- */

typedef struct replay { /* the values to print, in order */
  roi_node *node;
  size_t *offset;
  const char **name;
  double *values;
  size_t n, n_values, inputs_end, values_end; /* inputs and draws, then named values, then outputs */
} replay;

static void add_value(page *p, replay *r, const char *name, roi_node node) {
  r->node[r->n] = node;
  r->name[r->n] = name;
  r->offset[r->n++] = r->n_values;
  r->n_values += p->g->nodes[node].shape == ROI_SERIES_SHAPE ? (size_t)p->g->horizon + 1 : 1;
}

static roi_status list_values(page *p, replay *r, roi_error *err) {
  const roi_graph *g = p->g;
  size_t most = g->n_inputs + g->n_labels + g->n_outputs;
  for (size_t i = 0; i < g->n_nodes; i++) most += g->nodes[i].op == ROI_DRAW || g->nodes[i].op == ROI_EXTERN;
  r->node = roi_alloc(most, sizeof *r->node);
  r->offset = roi_alloc(most, sizeof *r->offset);
  r->name = roi_alloc(most, sizeof *r->name);
  if (!r->node || !r->offset || !r->name) return roi_fail_memory(err, "replaying a trial");
  for (size_t i = 0; i < g->n_inputs; i++)
    if (is_shown(p, g->inputs[i].node)) add_value(p, r, roi_graph_text(g, g->inputs[i].name), g->inputs[i].node);
  for (size_t i = 0; i < g->n_nodes; i++)
    if (is_shown(p, (roi_node)i) && g->nodes[i].op == ROI_DRAW && !is_input(g, (roi_node)i))
      add_value(p, r, roi_graph_text(g, g->nodes[i].name), (roi_node)i);
  r->inputs_end = r->n;
  for (size_t i = 0; i < g->n_nodes; i++)
    if (is_shown(p, (roi_node)i) && g->nodes[i].op == ROI_EXTERN)
      add_value(p, r, roi_graph_text(g, g->nodes[i].name), (roi_node)i);
  for (size_t i = 0; i < g->n_labels; i++)
    if (is_shown(p, g->labels[i].node)) add_value(p, r, roi_graph_text(g, g->labels[i].name), g->labels[i].node);
  r->values_end = r->n;
  for (size_t i = 0; i < p->ask.request.n_outputs; i++) add_value(p, r, p->ask.outputs[i].name, p->ask.outputs[i].node);
  r->values = roi_alloc(r->n_values, sizeof *r->values);
  return r->values ? ROI_OK : roi_fail_memory(err, "replaying a trial");
}

static const char *value_text(char *buf, double x, int may_never) {
  if (isnan(x)) return roi_state_names[roi_state_of(x)];
  if (x == ROI_NEVER && may_never) return "never";
  return roi_format_shortest(buf, x);
}

/* Periods in rows of five, each row beginning with its first period. */
static void print_series(page *p, const roi_node_row *row, const double *x) {
  for (uint32_t first = row->start; first <= p->g->horizon; first += 5) {
    roi_buffer_print(&p->out, "    %5u ", first);
    for (uint32_t i = first; i < first + 5 && i <= p->g->horizon; i++) {
      char text[40];
      snprintf(text, sizeof text, "%.7g", x[i]);
      roi_buffer_print(&p->out, " %13s", isfinite(x[i]) ? text : value_text(text, x[i], row->flags & ROI_MAY_NEVER));
    }
    roi_buffer_text(&p->out, "\n");
  }
}

static void print_values(page *p, const replay *r, const char *title, size_t first, size_t end) {
  char text[NAME_SIZE];
  if (first == end) return;
  roi_buffer_print(&p->out, "\n%s\n", title);
  for (size_t i = first; i < end; i++) {
    const roi_node_row *row = &p->g->nodes[r->node[i]];
    const double *x = r->values + r->offset[i];
    roi_buffer_text(&p->out, "  ");
    if (row->shape == ROI_SERIES_SHAPE) {
      roi_buffer_print(&p->out, "%s, periods %u to %u\n", safe(text, r->name[i], 60), row->start, p->g->horizon);
      print_series(p, row, x);
    } else {
      padded(p, safe(text, r->name[i], 40), 20);
      roi_buffer_print(&p->out, "  %s\n", value_text(text, *x, row->flags & ROI_MAY_NEVER));
    }
  }
}

/* A Latin hypercube's trials depend on how many there are; Sobol' points go on. */
static roi_status check_trial(page *p, roi_error *err) {
  roi_options *o = &p->ask.request.options;
  uint64_t trial = p->cli->trial;
  if (trial <= o->trials || o->sampling == ROI_SAMPLING_MC) return ROI_OK;
  if (o->sampling == ROI_SAMPLING_LHS)
    return roi_fail(err, ROI_ERR_USAGE, "--trial %llu: a Latin hypercube of %llu trials has none; give the --trials of the run",
                    (unsigned long long)trial, (unsigned long long)o->trials);
  o->trials = trial;
  return ROI_OK;
}

static void trial_title(page *p) {
  const roi_cli *c = p->cli;
  char n[ROI_NUMBER];
  roi_buffer_print(&p->out, "Trial %llu of seed %llu", (unsigned long long)c->trial, (unsigned long long)c->seed);
  if (c->sampling == ROI_SAMPLING_SOBOL) roi_buffer_text(&p->out, ", sobol");
  if (c->sampling == ROI_SAMPLING_LHS) roi_buffer_print(&p->out, ", lhs of %s trials", roi_number_fixed(n, (double)c->trials, 0));
  roi_buffer_text(&p->out, "\n");
}

static roi_status explain_trial(page *p, roi_error *err) {
  replay r = {0};
  roi_status status = check_trial(p, err);
  if (!status) status = list_values(p, &r, err);
  if (!status)
    status = roi_replay(p->g, &p->ask.request, p->cli->trial - 1, r.node, r.offset, r.n, r.values, err);
  if (!status) {
    trial_title(p);
    print_values(p, &r, "Inputs", 0, r.inputs_end);
    print_values(p, &r, "Named values", r.inputs_end, r.values_end);
    print_values(p, &r, "Outputs", r.values_end, r.n);
  }
  roi_free(r.node);
  roi_free(r.offset);
  roi_free(r.name);
  roi_free(r.values);
  return status;
}

static roi_status explain(page *p, roi_host **host, roi_error *err) {
  roi_status status = roi_build_model(p->cli, &p->g, host, err);
  if (status) return status;
  roi_print_warnings(p->g);
  status = roi_ask_make(&p->ask, p->g, p->cli, 0, err);
  if (!status) status = mark_used(p, err);
  if (status) return status;
  if (!p->cli->trial) status = explain_plan(p, err);
  else {
    p->ask.request.options.threads = 1;
    status = roi_start_per_trial(p->g, *host, &p->ask.request, err);
    if (!status) status = explain_trial(p, err);
  }
  if (!status) status = roi_print_output(&p->out, err);
  return status ? status : roi_host_error(*host, err); /* what the trial had before a function of it failed is shown all the same */
}

int roi_command_explain(const roi_cli *c) {
  page p = {.cli = c};
  roi_host *host = NULL;
  roi_error err = {0};
  int code = explain(&p, &host, &err) ? roi_complain(&err) : ROI_EXIT_OK;
  roi_buffer_free(&p.out);
  roi_free(p.used);
  roi_ask_free(&p.ask);
  roi_host_free(host);
  roi_graph_free(p.g);
  return code;
}
