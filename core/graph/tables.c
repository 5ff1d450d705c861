/* The graph's tables and strings: making, growing, releasing. */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "graph/graph.h"

#define GROW(g, field, count, capacity) roi_grow((void **)&(g)->field, (g)->count, &(g)->capacity, sizeof *(g)->field)

static roi_status no_memory(roi_error *err) { return roi_fail_memory(err, "building the model's graph"); }

roi_graph *roi_graph_new(const char *name, int horizon, roi_period period, roi_error *err) {
  roi_graph *g = roi_alloc_zero(1, sizeof *g);
  if (!g || GROW(g, strings, n_strings, cap_strings) != 0) {
    no_memory(err);
    roi_graph_free(g);
    return NULL;
  }
  g->strings[0] = 0;
  g->n_strings = 1;
  g->discount_rate = ROI_NONE;
  if (roi_graph_set_model(g, name, NULL, horizon, period, 0, err) != ROI_OK) {
    roi_graph_free(g);
    return NULL;
  }
  return g;
}

void roi_graph_free(roi_graph *g) {
  if (!g) return;
  for (size_t i = 0; i < g->n_fixed; i++) roi_free(g->fixed[i]);
  void *const parts[] = {g->nodes, g->args,  g->data,     g->strings, g->inputs, g->outputs, g->components,
                         g->files, g->names, g->warnings, g->hash,    g->labels, g->fixed,   g->settings,
                         g->groups, g->members, g->scores, g->correlations, g->sheets, g->columns, g->cells,
                         g->decisions, g->expectations, g->scenarios, g->candidates, g->ceilings, g->terms};
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) roi_free(parts[i]);
  roi_free(g);
}

roi_status roi_graph_set_model(roi_graph *g, const char *name, const char *currency, int horizon, roi_period period,
                               uint32_t defaults, roi_error *err) {
  if (horizon < 1 || horizon > ROI_MAX_HORIZON)
    return roi_fail(err, ROI_ERR_MODEL, "horizon %d: must be a whole number of periods from 1 to %d", horizon, ROI_MAX_HORIZON);
  if ((unsigned)period >= ROI_PERIOD_COUNT)
    return roi_fail(err, ROI_ERR_MODEL, "unknown period: must be week, month, quarter or year");
  for (size_t i = 0; i < g->n_nodes; i++)
    if (g->nodes[i].shape == ROI_SERIES_SHAPE && g->horizon != (uint32_t)horizon)
      return roi_fail(err, ROI_ERR_MODEL, "the horizon can't change after a series was made: call roi.model first");
  uint32_t n = roi_graph_string(g, name), c = roi_graph_string(g, currency);
  if (n == UINT32_MAX || c == UINT32_MAX) return no_memory(err);
  g->name = n;
  g->currency = c;
  g->horizon = (uint32_t)horizon;
  g->period = (uint32_t)period;
  g->defaults = defaults;
  return ROI_OK;
}

void roi_graph_here(roi_graph *g, uint32_t file, uint32_t line) {
  g->here_file = file;
  g->here_line = line;
}

uint32_t roi_graph_string(roi_graph *g, const char *s) {
  if (!s || !*s) return 0;
  size_t length = strlen(s) + 1;
  if (g->n_strings > length && memcmp(g->strings + g->n_strings - length, s, length) == 0 &&
      g->strings[g->n_strings - length - 1] == 0)
    return (uint32_t)(g->n_strings - length);
  if (g->n_strings + length > UINT32_MAX / 2) return UINT32_MAX;
  while (g->n_strings + length > g->cap_strings) {
    size_t wanted = g->cap_strings * 2 > g->n_strings + length ? g->cap_strings * 2 : g->n_strings + length;
    char *p = roi_resize(g->strings, wanted, 1);
    if (!p) return UINT32_MAX;
    g->strings = p;
    g->cap_strings = wanted;
  }
  memcpy(g->strings + g->n_strings, s, length);
  g->n_strings += length;
  return (uint32_t)(g->n_strings - length);
}

/* A string offset for a row, or a failure noted in *failed. */
static uint32_t text(roi_graph *g, const char *s, int *failed) {
  uint32_t offset = roi_graph_string(g, s);
  if (offset == UINT32_MAX) *failed = 1;
  return offset;
}

static roi_status in_range(const roi_graph *g, roi_node node, const char *what, const char *name, roi_error *err) {
  if (node < g->n_nodes && g->nodes[node].shape != ROI_DIST_SHAPE) return ROI_OK;
  return roi_fail(err, ROI_ERR_MODEL, "%s \"%s\" is not a value of this model", what, name);
}

roi_status roi_graph_add_input(roi_graph *g, const char *name, roi_node node, roi_error *err) {
  if (in_range(g, node, "input", name, err) != ROI_OK) return ROI_ERR_MODEL;
  for (size_t i = 0; i < g->n_inputs; i++)
    if (strcmp(roi_graph_text(g, g->inputs[i].name), name) == 0)
      return roi_fail(err, ROI_ERR_MODEL, "input \"%s\" is set twice: give the second one another name", name);
  int failed = GROW(g, inputs, n_inputs, cap_inputs) != 0;
  roi_input_row row = {.name = text(g, name, &failed), .node = node, .file = g->here_file, .line = g->here_line};
  if (failed) return no_memory(err);
  g->inputs[g->n_inputs++] = row;
  return ROI_OK;
}

roi_status roi_graph_annotate_input(roi_graph *g, size_t input, const char *unit, const char *doc, const char *source,
                                    uint32_t file, uint32_t line, roi_error *err) {
  if (input >= g->n_inputs) return roi_fail(err, ROI_ERR_INTERNAL, "annotation of input %zu of %zu", input, g->n_inputs);
  int failed = 0;
  roi_input_row row = g->inputs[input];
  if (unit) row.unit = text(g, unit, &failed);
  if (doc) row.doc = text(g, doc, &failed);
  if (source) row.source = text(g, source, &failed);
  if (failed) return no_memory(err);
  row.file = file;
  row.line = line;
  g->inputs[input] = row;
  return ROI_OK;
}

roi_status roi_graph_add_output(roi_graph *g, const char *name, roi_node node, roi_error *err) {
  if (in_range(g, node, "output", name, err) != ROI_OK) return ROI_ERR_MODEL;
  if (g->nodes[node].shape != ROI_SCALAR)
    return roi_fail(err, ROI_ERR_MODEL,
                    "output \"%s\" is a series: take one number of it, such as roi.sum(s), roi.last(s) or s[12]", name);
  for (size_t i = 0; i < g->n_outputs; i++)
    if (strcmp(roi_graph_text(g, g->outputs[i].name), name) == 0)
      return roi_fail(err, ROI_ERR_MODEL, "output \"%s\" is set twice: give the second one another name", name);
  if (g->n_outputs >= ROI_MAX_OUTPUTS)
    return roi_fail(err, ROI_ERR_MODEL, "output \"%s\" is one too many: a model can have %u outputs", name, ROI_MAX_OUTPUTS);
  int failed = GROW(g, outputs, n_outputs, cap_outputs) != 0;
  roi_output_row row = {.name = text(g, name, &failed), .file = g->here_file, .line = g->here_line, .node = node};
  if (failed) return no_memory(err);
  g->outputs[g->n_outputs++] = row;
  return ROI_OK;
}

roi_status roi_graph_add_component(roi_graph *g, const char *name, roi_component_kind kind, roi_node pv, roi_error *err) {
  if (in_range(g, pv, "component", name, err) != ROI_OK) return ROI_ERR_MODEL;
  if (g->nodes[pv].shape != ROI_SCALAR || (unsigned)kind >= ROI_COMPONENT_KINDS)
    return roi_fail(err, ROI_ERR_MODEL, "component \"%s\" needs a scalar present value and a known kind", name);
  int failed = GROW(g, components, n_components, cap_components) != 0;
  roi_component_row row = {.name = text(g, name, &failed), .kind = (uint32_t)kind, .pv = pv};
  if (failed) return no_memory(err);
  g->components[g->n_components++] = row;
  return ROI_OK;
}

roi_status roi_graph_add_finding(roi_graph *g, const roi_finding *f, roi_error *err) {
  const roi_finding more = {.rule = "model", .text = "there are more findings than are listed", .when = ROI_NONE};
  if (g->n_warnings > ROI_MOST_FINDINGS) return ROI_OK;
  if (g->n_warnings == ROI_MOST_FINDINGS) f = &more;
  if (f->when != ROI_NONE && (f->when >= g->n_nodes || g->nodes[f->when].shape != ROI_SCALAR))
    return roi_fail(err, ROI_ERR_MODEL, "what a warning (%s) depends on is not one number a trial", f->rule);
  int failed = GROW(g, warnings, n_warnings, cap_warnings) != 0;
  roi_warning_row row = {.file = f->file, .line = f->line, .text = text(g, f->text, &failed), .level = f->level, .when = f->when};
  row.rule = text(g, f->rule, &failed);
  row.why = text(g, f->why, &failed);
  if (failed) return no_memory(err);
  g->warnings[g->n_warnings++] = row;
  return ROI_OK;
}

roi_status roi_graph_add_warning(roi_graph *g, uint32_t file, uint32_t line, const char *message, roi_error *err) {
  const roi_finding f = {.file = file, .line = line, .rule = "model", .text = message, .when = ROI_NONE};
  return roi_graph_add_finding(g, &f, err);
}

roi_status roi_graph_explain_rule(roi_graph *g, const char *rule, const char *why, roi_error *err) {
  uint32_t offset = 0;
  for (size_t i = 0; i < g->n_warnings; i++) {
    if (g->warnings[i].why || strcmp(roi_graph_text(g, g->warnings[i].rule), rule) != 0) continue;
    if (!offset) offset = roi_graph_string(g, why);
    if (offset == UINT32_MAX) return no_memory(err);
    g->warnings[i].why = offset;
  }
  return ROI_OK;
}

roi_status roi_graph_add_file(roi_graph *g, const char *name, int kind, const char *version, const uint8_t sha256[32],
                              roi_error *err) {
  int failed = GROW(g, files, n_files, cap_files) != 0;
  roi_file_row row = {.name = text(g, name, &failed), .kind = (uint32_t)kind, .version = text(g, version, &failed)};
  if (failed) return no_memory(err);
  memcpy(row.sha256, sha256, sizeof row.sha256);
  g->files[g->n_files++] = row;
  return ROI_OK;
}

roi_status roi_graph_name_library(roi_graph *g, const char *library, const char *license, roi_error *err) {
  int failed = 0;
  uint32_t name = text(g, library, &failed), terms = text(g, license, &failed);
  if (failed) return no_memory(err);
  g->files[g->n_files - 1].library = name;
  g->files[g->n_files - 1].license = terms;
  return ROI_OK;
}

roi_status roi_graph_add_setting(roi_graph *g, const char *name, const char *expression, roi_error *err) {
  int failed = GROW(g, settings, n_settings, cap_settings) != 0;
  roi_setting_row row = {.name = text(g, name, &failed), .text = text(g, expression, &failed)};
  if (failed) return no_memory(err);
  g->settings[g->n_settings++] = row;
  return ROI_OK;
}

roi_status roi_graph_add_scenario(roi_graph *g, const char *name, uint32_t file, uint32_t line, roi_error *err) {
  int failed = GROW(g, scenarios, n_scenarios, cap_scenarios) != 0;
  roi_scenario_row row = {.name = text(g, name, &failed), .file = file, .line = line};
  if (failed) return no_memory(err);
  g->scenarios[g->n_scenarios++] = row;
  return ROI_OK;
}

roi_status roi_graph_add_label(roi_graph *g, const char *name, roi_node node, roi_error *err) {
  if (in_range(g, node, "label", name, err) != ROI_OK) return ROI_ERR_MODEL;
  int failed = GROW(g, labels, n_labels, cap_labels) != 0;
  roi_label_row row = {.name = text(g, name, &failed), .node = node, .file = g->here_file, .line = g->here_line};
  if (failed) return no_memory(err);
  g->labels[g->n_labels++] = row;
  return ROI_OK;
}

roi_status roi_graph_add_decision(roi_graph *g, const char *name, roi_node condition, roi_node pass, roi_node stop, roi_error *err) {
  const roi_node node[3] = {condition, pass, stop};
  for (int i = 0; i < 3; i++)
    if (node[i] >= g->n_nodes || g->nodes[node[i]].shape != ROI_SCALAR)
      return roi_fail(err, ROI_ERR_MODEL, "gate \"%s\" needs one number a trial", name);
  int failed = GROW(g, decisions, n_decisions, cap_decisions) != 0;
  roi_decision_row row = {.name = text(g, name, &failed), .file = g->here_file, .line = g->here_line, .condition = condition,
                          .pass = pass, .stop = stop};
  if (failed) return no_memory(err);
  g->decisions[g->n_decisions++] = row;
  return ROI_OK;
}
