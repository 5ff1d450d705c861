/* From options to what is asked of a run: which outputs, inputs, shares, means and ratios. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "command/command.h"

#define NAME_SIZE 300

static const char *output_name(const roi_graph *g, size_t i) { return roi_graph_text(g, g->outputs[i].name); }

static size_t find_output(const roi_graph *g, const char *name) {
  for (size_t i = 0; i < g->n_outputs; i++)
    if (!strcmp(output_name(g, i), name)) return i;
  return ROI_NO_INDEX;
}

static void add_output(roi_ask *a, const roi_graph *g, size_t i) {
  const char *name = output_name(g, i);
  for (size_t k = 0; k < a->request.n_outputs; k++)
    if (!strcmp(a->outputs[k].name, name)) return;
  a->outputs[a->request.n_outputs++] = (roi_target){name, g->outputs[i].node};
}

static roi_status unknown_output(const roi_graph *g, const char *name, roi_error *err) {
  for (size_t i = 0; i < g->n_inputs; i++)
    if (!strcmp(roi_graph_text(g, g->inputs[i].name), name))
      return roi_fail(err, ROI_ERR_USAGE, "'%s' is an input, not an output; --json and --samples report inputs", name);
  const char **known = roi_alloc(g->n_outputs, sizeof *known);
  if (!known) return roi_fail_memory(err, "looking for an output");
  roi_buffer list = {0};
  for (size_t i = 0; i < g->n_outputs; i++) {
    known[i] = output_name(g, i);
    if (i < 20) roi_buffer_print(&list, "%s%.60s", i ? ", " : "", known[i]);
  }
  const char *near = roi_nearest(name, known, g->n_outputs);
  roi_status status = near
                          ? roi_fail(err, ROI_ERR_USAGE, "the model has no output '%s'; did you mean '%s'?", name, near)
                          : roi_fail(err, ROI_ERR_USAGE, "the model has no output '%s'; it has %s", name,
                                     list.text ? list.text : "none");
  roi_buffer_free(&list);
  roi_free(known);
  return status;
}

size_t roi_ask_output(const roi_graph *g, const char *name, roi_error *err) {
  size_t i = find_output(g, name);
  if (i == ROI_NO_INDEX) unknown_output(g, name, err);
  return i;
}

/* A list of names. A whole item that is an output's name is taken as it stands, so that names need no brackets
 * unless they hold a comma. */
static roi_status listed_outputs(roi_ask *a, const roi_graph *g, const char *text, roi_error *err) {
  while (*text) {
    char name[NAME_SIZE];
    const char *end = text;
    int found = *text == '[' ? roi_read_name(&end, name, sizeof name) : 0;
    if (found <= 0) {
      end = text + strcspn(text, ",");
      if ((size_t)(end - text) >= sizeof name) return roi_fail(err, ROI_ERR_USAGE, "--outputs: the name is too long");
      memcpy(name, text, (size_t)(end - text));
      name[end - text] = '\0';
    }
    if (*end && *end != ',')
      return roi_fail(err, ROI_ERR_USAGE, "--outputs '%.200s': names are separated by commas", text);
    if (!*name) return roi_fail(err, ROI_ERR_USAGE, "--outputs: a name is empty; write --outputs npv,roi");
    size_t i = roi_ask_output(g, name, err);
    if (i == ROI_NO_INDEX) return err->status;
    add_output(a, g, i);
    text = *end ? end + 1 : end;
    if (*end && !*text) return roi_fail(err, ROI_ERR_USAGE, "--outputs: a name is missing after the last comma");
  }
  return ROI_OK;
}

/* The outputs whose errors are asked for are reported with the others. */
static void goal_outputs(roi_ask *a, const roi_graph *g) {
  for (size_t i = 0; i < a->until.n; i++) {
    roi_goal *goal = &a->until.goal[i];
    if (goal->condition) continue;
    add_output(a, g, goal->output);
    goal->index = 0;
    while (a->outputs[goal->index].node != g->outputs[goal->output].node ||
           strcmp(a->outputs[goal->index].name, output_name(g, goal->output)) != 0)
      goal->index++;
  }
}

static roi_status choose_outputs(roi_ask *a, const roi_graph *g, const roi_cli *c, roi_error *err) {
  static const char *const standard[] = {"npv", "roi", "payback"};
  a->outputs = roi_alloc(g->n_outputs, sizeof *a->outputs);
  a->output_share = roi_alloc(g->n_outputs, sizeof *a->output_share);
  if (!a->outputs || !a->output_share) return roi_fail_memory(err, "listing outputs");
  if (c->outputs && strcmp(c->outputs, "all") != 0) return listed_outputs(a, g, c->outputs, err);
  for (size_t k = 0; k < 3; k++) {
    size_t i = find_output(g, standard[k]);
    if (i != ROI_NO_INDEX && g->outputs[i].standard) add_output(a, g, i);
  }
  for (size_t i = 0; i < g->n_outputs; i++)
    if (c->outputs || !g->outputs[i].standard) add_output(a, g, i);
  if (a->request.n_outputs == 0)
    return roi_fail(err, ROI_ERR_MODEL,
                    "the model has no output: add a benefit or a cost, or name one with model.outputs.NAME = value");
  return ROI_OK;
}

/* One column; what is made each period shows its mean over the periods. */
static roi_status add_input(roi_ask *a, roi_graph *g, uint32_t name, roi_node node, roi_error *err) {
  if (g->nodes[node].shape == ROI_SERIES_SHAPE) {
    roi_error cause = {0};
    node = roi_apply(g, ROI_MEAN, &node, 1, &cause);
    if (node == ROI_NONE) {
      *err = cause;
      return cause.status;
    }
  }
  a->inputs[a->request.n_inputs++] = (roi_target){roi_graph_text(g, name), node};
  return ROI_OK;
}

static int is_input(const roi_graph *g, roi_node node) {
  for (size_t i = 0; i < g->n_inputs; i++)
    if (g->inputs[i].node == node) return 1;
  return 0;
}

/* Inputs as columns; for samples also the draws that are no inputs, so that each trial can be followed. */
static roi_status choose_inputs(roi_ask *a, roi_graph *g, int with_inputs, roi_error *err) {
  if (!with_inputs) return ROI_OK;
  size_t n_nodes = g->n_nodes, most = g->n_inputs;
  for (size_t i = 0; i < n_nodes && with_inputs == 2; i++) most += g->nodes[i].op == ROI_DRAW;
  a->inputs = roi_alloc(most, sizeof *a->inputs);
  if (!a->inputs) return roi_fail_memory(err, "listing inputs");
  roi_status status = ROI_OK;
  for (size_t i = 0; i < g->n_inputs && !status; i++)
    status = add_input(a, g, g->inputs[i].name, g->inputs[i].node, err);
  for (size_t i = 0; i < n_nodes && with_inputs == 2 && !status; i++)
    if (g->nodes[i].op == ROI_DRAW && !is_input(g, (roi_node)i) && !roi_graph_is_replaced(g, (roi_node)i))
      status = add_input(a, g, g->nodes[i].name, (roi_node)i, err);
  if (status) return status;
  a->request.input_trials = with_inputs == 2 ? UINT64_MAX : 100000;
  return ROI_OK;
}

static roi_status add_condition(roi_ask *a, roi_graph *g, const char *text, roi_error *err) {
  roi_node node = roi_prob_compile(g, text, err);
  if (node == ROI_NONE) return ROI_ERR_USAGE;
  a->prob[a->n_prob++] = text;
  a->shares[a->request.n_shares++] = (roi_target){text, node};
  return ROI_OK;
}

/* The share of a goal that is a probability: one of --prob, or one more. */
static roi_status goal_condition(roi_ask *a, roi_graph *g, roi_goal *goal, roi_error *err) {
  for (goal->share = 0; goal->share < a->n_prob; goal->share++)
    if (!strcmp(a->prob[goal->share], goal->condition)) return ROI_OK;
  roi_error cause = {0};
  roi_status status = add_condition(a, g, goal->condition, &cause);
  static const char option[] = "--prob ";
  if (!status) return ROI_OK;
  if (strncmp(cause.text, option, sizeof option - 1) != 0) return *err = cause, status;
  return roi_fail(err, cause.status, "--until %s", cause.text + sizeof option - 1);
}

static roi_status choose_shares(roi_ask *a, roi_graph *g, const roi_cli *c, roi_error *err) {
  size_t n = c->prob.n + a->until.n;
  a->shares = roi_alloc(n + a->request.n_outputs, sizeof *a->shares);
  a->prob = roi_alloc(n, sizeof *a->prob);
  if (!a->shares || !a->prob) return roi_fail_memory(err, "listing probabilities");
  roi_status status = ROI_OK;
  for (size_t i = 0; i < c->prob.n && !status; i++) status = add_condition(a, g, c->prob.item[i], err);
  for (size_t i = 0; i < a->until.n && !status; i++)
    if (a->until.goal[i].condition) status = goal_condition(a, g, &a->until.goal[i], err);
  if (status) return status;
  for (size_t i = 0; i < a->request.n_outputs; i++) {
    const roi_target *t = &a->outputs[i];
    a->output_share[i] = ROI_NO_INDEX;
    if (roi_output_kind(g, t->name, t->node) != ROI_KIND_CONDITION) continue;
    a->output_share[i] = a->request.n_shares;
    a->shares[a->request.n_shares++] = *t;
  }
  for (size_t i = 0; i < a->until.n; i++) {
    roi_goal *goal = &a->until.goal[i];
    if (goal->is_share && !goal->condition) goal->share = a->output_share[goal->index];
  }
  return ROI_OK;
}

static roi_status choose_means(roi_ask *a, const roi_graph *g, roi_error *err) {
  a->means = roi_alloc(g->n_components, sizeof *a->means);
  a->ratios = roi_alloc(1, sizeof *a->ratios);
  if (!a->means || !a->ratios) return roi_fail_memory(err, "listing components");
  for (size_t i = 0; i < g->n_components; i++)
    a->means[i] = (roi_target){roi_graph_text(g, g->components[i].name), g->components[i].pv};
  a->request.n_means = g->n_components;
  size_t npv = find_output(g, "npv"), cost = find_output(g, "pv_cost");
  double x;
  if (npv == ROI_NO_INDEX || cost == ROI_NO_INDEX || !g->outputs[npv].standard || !g->outputs[cost].standard)
    return ROI_OK;
  if (roi_graph_constant(g, g->outputs[cost].node, &x) && x == 0) return ROI_OK;
  for (size_t k = 0; k < a->request.n_outputs; k++)
    if (a->outputs[k].node == g->outputs[npv].node) a->has_ratio = 1; /* only beside npv itself */
  a->ratios[0] = (roi_pair){g->outputs[npv].node, g->outputs[cost].node};
  return ROI_OK;
}

roi_options roi_ask_options(const roi_cli *c) {
  return (roi_options){.trials = c->trials, .seed = c->seed, .threads = c->threads, .max_memory = c->max_memory,
                       .isa = c->isa, .sampling = c->sampling, .stop = roi_signals_stop()};
}

roi_status roi_ask_make(roi_ask *a, roi_graph *g, const roi_cli *c, int with_inputs, roi_error *err) {
  *a = (roi_ask){0};
  roi_request *r = &a->request;
  r->options = roi_ask_options(c);
  roi_status status = roi_until_read(&a->until, g, &c->until, err);
  if (!status) status = choose_outputs(a, g, c, err);
  if (!status) goal_outputs(a, g);
  if (!status) status = choose_inputs(a, g, with_inputs, err);
  if (!status) status = choose_shares(a, g, c, err);
  if (!status) status = choose_means(a, g, err);
  r->outputs = a->outputs;
  r->inputs = a->inputs;
  r->shares = a->shares;
  r->means = a->means;
  r->ratios = a->ratios;
  r->n_ratios = (size_t)a->has_ratio;
  return status;
}

void roi_ask_free(roi_ask *a) {
  roi_free(a->outputs);
  roi_free(a->output_share);
  roi_free(a->inputs);
  roi_free(a->shares);
  roi_free(a->means);
  roi_free(a->ratios);
  roi_free(a->prob);
  roi_free(a->cells);
  for (size_t i = 0; i < a->n_names; i++) roi_free(a->names[i]);
  roi_free(a->names);
  roi_until_free(&a->until);
}
