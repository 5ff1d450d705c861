/* Checks a graph that came from elsewhere. Nothing in it is believed: every offset is bounded, every node is derived again from its
 * arguments, and what it claims must be what it is. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "graph/candidates.h"
#include "graph/fold.h"
#include "graph/graph.h"
#include "graph/sheets.h"

static roi_status bad(roi_error *err, const char *what, size_t index) {
  return roi_fail(err, ROI_ERR_MODEL, "the graph is damaged: %s (entry %zu)", what, index);
}

static int is_string(const roi_graph *g, uint32_t offset) {
  return offset < g->n_strings && (offset == 0 || g->strings[offset - 1] == 0);
}

static int is_number(const roi_graph *g, roi_node n) { return n < g->n_nodes && g->nodes[n].shape != ROI_DIST_SHAPE; }
static int is_scalar(const roi_graph *g, roi_node n) { return n < g->n_nodes && g->nodes[n].shape == ROI_SCALAR; }

static roi_status check_node(const roi_graph *g, size_t i, roi_error *err) {
  const roi_node_row *given = &g->nodes[i];
  if (given->op >= ROI_OP_COUNT || given->unused != 0) return bad(err, "unknown operation", i);
  if (given->op == ROI_PROMISE) return bad(err, "a promise that was not kept", i);
  if ((uint64_t)given->first_arg + given->n_args > g->n_args) return bad(err, "arguments outside the list", i);
  if ((uint64_t)given->first_data + given->n_data > g->n_data) return bad(err, "data outside the list", i);
  if (given->n_data && given->op != ROI_INTERP && given->op != ROI_DIST) return bad(err, "data where none belong", i);
  if (!is_string(g, given->name) || !is_string(g, given->file)) return bad(err, "a name outside the strings", i);
  for (uint32_t k = 0; k < given->n_args; k++)
    if (g->args[given->first_arg + k] >= i) return bad(err, "an argument that comes later", i);
  if (given->op != ROI_CONST && given->value != 0.0) return bad(err, "a value where none belongs", i);
  if ((given->op != ROI_DIST) && (given->family || given->form)) return bad(err, "a family where none belongs", i);
  roi_node_row derived = *given;
  roi_error why;
  if (roi_node_derive(g, &derived, &why) != ROI_OK) return bad(err, why.text, i);
  if (memcmp(&derived, given, sizeof derived) != 0) return bad(err, "a node that is not what it claims", i);
  if (given->shape == ROI_DIST_SHAPE && roi_dist_node_check(g, (roi_node)i, &why) != ROI_OK)
    return roi_fail(err, why.status, "%s", why.text);
  return ROI_OK;
}

static roi_status check_tables(const roi_graph *g, roi_error *err) {
  for (size_t i = 0; i < g->n_inputs; i++) {
    const roi_input_row *r = &g->inputs[i];
    if (!is_string(g, r->name) || !is_string(g, r->unit) || !is_string(g, r->doc) || !is_string(g, r->source) ||
        !is_string(g, r->file) || !is_number(g, r->node))
      return bad(err, "input", i);
  }
  if (g->n_outputs > ROI_MAX_OUTPUTS) return bad(err, "outputs", g->n_outputs);
  for (size_t i = 0; i < g->n_outputs; i++) {
    const roi_output_row *r = &g->outputs[i];
    if (!is_string(g, r->name) || !is_string(g, r->file) || !is_scalar(g, r->node) || r->standard > 1) return bad(err, "output", i);
  }
  for (size_t i = 0; i < g->n_components; i++) {
    const roi_component_row *r = &g->components[i];
    if (!is_string(g, r->name) || r->kind >= ROI_COMPONENT_KINDS || !is_scalar(g, r->pv)) return bad(err, "component", i);
  }
  if (g->n_warnings > ROI_MOST_FINDINGS + 1) return bad(err, "warnings", g->n_warnings);
  for (size_t i = 0; i < g->n_warnings; i++) {
    const roi_warning_row *r = &g->warnings[i];
    if (!is_string(g, r->file) || !is_string(g, r->text) || !is_string(g, r->rule) || !is_string(g, r->why) || r->level > 1 ||
        (r->when != ROI_NONE && !is_scalar(g, r->when)))
      return bad(err, "warning", i);
  }
  for (size_t i = 0; i < g->n_files; i++)
    if (!is_string(g, g->files[i].name) || !is_string(g, g->files[i].version) || !is_string(g, g->files[i].library) ||
        !is_string(g, g->files[i].license) || g->files[i].kind > 2)
      return bad(err, "file", i);
  for (size_t i = 0; i < g->n_settings; i++)
    if (!is_string(g, g->settings[i].name) || !is_string(g, g->settings[i].text)) return bad(err, "setting", i);
  for (size_t i = 0; i < g->n_labels; i++) {
    const roi_label_row *r = &g->labels[i];
    if (!is_string(g, r->name) || !is_string(g, r->file) || !is_number(g, r->node) || r->given > 1) return bad(err, "label", i);
  }
  for (size_t i = 0; i < g->n_expectations; i++) {
    const roi_expectation_row *r = &g->expectations[i];
    if (!is_string(g, r->name) || !is_string(g, r->file) || !is_string(g, r->text)) return bad(err, "an expectation's strings", i);
    if (roi_graph_check_expectation(g, r)) return bad(err, roi_graph_check_expectation(g, r), i);
  }
  for (size_t i = 0; i < g->n_scenarios; i++)
    if (!g->scenarios[i].name || !is_string(g, g->scenarios[i].name) || !is_string(g, g->scenarios[i].file))
      return bad(err, "scenario", i);
  for (size_t i = 0; i < g->n_decisions; i++) {
    const roi_decision_row *r = &g->decisions[i];
    if (!is_string(g, r->name) || !is_string(g, r->file) || !is_scalar(g, r->condition) || !is_scalar(g, r->pass) || !is_scalar(g, r->stop))
      return bad(err, "decision", i);
  }
  return ROI_OK;
}

static int is_draw(const roi_graph *g, roi_node n) { return n < g->n_nodes && g->nodes[n].op == ROI_DRAW; }

/* What is known while groups are checked: by node, the group's number + 1, and the draw's number; room for a factor. */
typedef struct group_check { uint32_t *group_of, *ordinal; double *factor; } group_check;

static roi_status check_group(const roi_graph *g, size_t i, const uint64_t next[2], const group_check *c, roi_error *err) {
  const roi_group_row *r = &g->groups[i];
  uint64_t pairs = (uint64_t)r->n_members * (r->n_members - 1u) / 2;
  if (r->n_members < 2 || r->n_members > ROI_MAX_GROUP || r->first_member != next[0] || r->first_score != next[1] ||
      next[0] + r->n_members > g->n_members || next[1] + pairs > g->n_scores)
    return bad(err, "a group of draws outside the lists", i);
  if (!is_string(g, r->note) || !is_string(g, r->file)) return bad(err, "a group's strings", i);
  const roi_node *member = g->members + r->first_member;
  for (uint32_t k = 0; k < r->n_members; k++) {
    if (!is_draw(g, member[k]) || c->group_of[member[k]] || (k > 0 && c->ordinal[member[k]] <= c->ordinal[member[k - 1]]) ||
        ((g->nodes[member[k]].flags ^ g->nodes[member[0]].flags) & ROI_EACH_PERIOD))
      return bad(err, "a member of a group of draws", i);
    c->group_of[member[k]] = (uint32_t)i + 1;
  }
  for (uint64_t k = 0; k < pairs; k++)
    if (!(fabs(g->scores[r->first_score + k]) <= 1.0)) return bad(err, "a correlation outside [-1, 1]", i);
  return roi_graph_group_factor(g, r, c->factor) == 0 ? ROI_OK : bad(err, "correlations that can't be", i);
}

static roi_status check_pairs(const roi_graph *g, const group_check *c, roi_error *err) {
  for (size_t i = 0; i < g->n_correlations; i++) {
    const roi_correlation_row *r = &g->correlations[i];
    if (!is_draw(g, r->a) || !is_draw(g, r->b) || c->ordinal[r->a] >= c->ordinal[r->b] || !c->group_of[r->a] ||
        c->group_of[r->a] != c->group_of[r->b] ||
        r->kind >= ROI_CORRELATION_COUNT || r->unused != 0 || !is_string(g, r->file) || !(fabs(r->asked) <= 1.0))
      return bad(err, "a correlation", i);
  }
  return ROI_OK;
}

static roi_status check_groups(const roi_graph *g, roi_error *err) {
  if (!g->n_groups && !g->n_members && !g->n_scores && !g->n_correlations) return ROI_OK;
  group_check c = {.group_of = roi_alloc_zero(g->n_nodes + 1, sizeof *c.group_of),
                   .ordinal = roi_alloc(g->n_nodes + 1, sizeof *c.ordinal),
                   .factor = roi_alloc((size_t)ROI_MAX_GROUP * ROI_MAX_GROUP, sizeof *c.factor)};
  roi_status s = ROI_OK;
  if (!c.group_of || !c.ordinal || !c.factor || roi_graph_ordinals(g, c.ordinal) != 0)
    s = roi_fail_memory(err, "checking the model's graph");
  uint64_t next[2] = {0, 0};
  for (size_t i = 0; i < g->n_groups && s == ROI_OK; i++) {
    s = check_group(g, i, next, &c, err);
    next[0] += g->groups[i].n_members;
    next[1] += (uint64_t)g->groups[i].n_members * (g->groups[i].n_members - 1u) / 2;
  }
  if (s == ROI_OK && (next[0] != g->n_members || next[1] != g->n_scores))
    s = bad(err, "members or scores of no group", g->n_groups);
  if (s == ROI_OK) s = check_pairs(g, &c, err);
  roi_free(c.group_of);
  roi_free(c.ordinal);
  roi_free(c.factor);
  return s;
}

/* Sheets lie in the lists of columns and cells one after the other and leave nothing over; what stands in them keeps the rules that
 * those who add one must keep. */
static roi_status check_sheets(const roi_graph *g, roi_error *err) {
  uint64_t column = 0, cell = 0;
  if (g->n_sheets > ROI_MAX_SHEETS || g->n_cells > ROI_MAX_CELLS) return bad(err, "too many sheets", g->n_sheets);
  for (size_t i = 0; i < g->n_columns; i++)
    if (!is_string(g, g->columns[i].key) || !is_string(g, g->columns[i].title)) return bad(err, "a column's strings", i);
  for (size_t i = 0; i < g->n_cells; i++)
    if (!is_string(g, g->cells[i].text)) return bad(err, "a cell's text", i);
  for (size_t i = 0; i < g->n_sheets; i++) {
    const roi_sheet_row *r = &g->sheets[i];
    roi_error why;
    if (!is_string(g, r->key) || !is_string(g, r->title) || !is_string(g, r->note)) return bad(err, "a sheet's strings", i);
    if (r->first_column != column || r->first_cell != cell) return bad(err, "a sheet outside the lists", i);
    column += r->n_columns;
    cell += (uint64_t)r->n_rows * r->n_columns;
    if (column > g->n_columns || cell > g->n_cells) return bad(err, "a sheet outside the lists", i);
    if (roi_sheet_check(g, i, &why) != ROI_OK) return bad(err, why.text, i);
  }
  return column == g->n_columns && cell == g->n_cells ? ROI_OK : bad(err, "columns or cells of no sheet", g->n_sheets);
}

static roi_status check_candidates(const roi_graph *g, roi_error *err) {
  for (size_t i = 0; i < g->n_candidates; i++)
    if (!is_string(g, g->candidates[i].name) || !is_string(g, g->candidates[i].file)) return bad(err, "a use case's strings", i);
  for (size_t i = 0; i < g->n_ceilings; i++)
    if (!is_string(g, g->ceilings[i].budget)) return bad(err, "a budget's name", i);
  roi_error why;
  return roi_candidates_check(g, &why) == ROI_OK ? ROI_OK : bad(err, why.text, 0);
}

/* Each stretch of arguments and data belongs to one node. Nodes that shared them could ask for work far beyond the buffer's size,
 * since each has its own checked. */
static roi_status check_totals(const roi_graph *g, roi_error *err) {
  uint64_t args = 0, data = 0;
  for (size_t i = 0; i < g->n_nodes; i++) {
    args += g->nodes[i].n_args;
    data += g->nodes[i].n_data;
    if (args > g->n_args || data > g->n_data) return bad(err, "arguments or data that several nodes claim", i);
  }
  return ROI_OK;
}

/* The names of one kind of thing: the i-th, or 0 where there is none. */
typedef uint32_t (*name_of)(const roi_graph *g, size_t i);
static uint32_t stream_name(const roi_graph *g, size_t i) {
  return g->nodes[i].op == ROI_DRAW || g->nodes[i].op == ROI_EXTERN ? g->nodes[i].name : 0;
}
static uint32_t output_name(const roi_graph *g, size_t i) { return g->outputs[i].name; }
static uint32_t input_name(const roi_graph *g, size_t i) { return g->inputs[i].name; }

/* Under a scenario a draw may stand beside that of the plain model, whose stream and whose very string it shares. */
static int may_repeat(const roi_graph *g, name_of name, size_t i) {
  return g->scenario && name == stream_name && g->nodes[i].op == ROI_DRAW;
}

static roi_status check_unique(const roi_graph *g, name_of name, size_t n, const char *what, roi_error *err) {
  size_t size = 64;
  while (size < n * 2) size *= 2;
  uint32_t *table = roi_alloc_zero(size, sizeof *table);
  if (!table) return roi_fail_memory(err, "checking the model's graph");
  roi_status s = ROI_OK;
  for (size_t i = 0; i < n && s == ROI_OK; i++) {
    uint32_t offset = name(g, i);
    if (offset == 0) continue;
    size_t at = roi_hash_text(roi_graph_text(g, offset)) & (size - 1);
    for (; table[at] && s == ROI_OK; at = (at + 1) & (size - 1)) {
      if (table[at] == offset && may_repeat(g, name, i)) break;
      if (strcmp(roi_graph_text(g, table[at]), roi_graph_text(g, offset)) == 0) s = bad(err, what, i);
    }
    table[at] = offset;
  }
  roi_free(table);
  return s;
}

/* Streams of equal name would be equal draws; outputs and inputs are asked for by name. */
static roi_status check_names(const roi_graph *g, roi_error *err) {
  roi_status s = check_unique(g, stream_name, g->n_nodes, "a draw named twice", err);
  if (s == ROI_OK) s = check_unique(g, output_name, g->n_outputs, "an output named twice", err);
  if (s == ROI_OK) s = check_unique(g, input_name, g->n_inputs, "an input named twice", err);
  return s;
}

roi_status roi_graph_validate(const roi_graph *g, roi_error *err) {
  if (g->horizon < 1 || g->horizon > ROI_MAX_HORIZON || g->period >= ROI_PERIOD_COUNT || g->defaults > 31 || g->has_flows > 1)
    return bad(err, "its header", 0);
  if (g->n_strings < 1 || g->strings[0] != 0 || g->strings[g->n_strings - 1] != 0) return bad(err, "its strings", 0);
  if (!is_string(g, g->name) || !is_string(g, g->currency) || !is_string(g, g->scenario)) return bad(err, "its name", 0);
  if (g->n_nodes > ROI_MAX_NODES) return bad(err, "too many nodes", g->n_nodes);
  if (check_totals(g, err) != ROI_OK) return ROI_ERR_MODEL;
  for (size_t i = 0; i < g->n_nodes; i++) {
    roi_status s = check_node(g, i, err);
    if (s != ROI_OK) return s;
  }
  if (g->discount_rate != ROI_NONE && !is_scalar(g, g->discount_rate)) return bad(err, "its discount rate", 0);
  roi_status s = check_tables(g, err);
  if (s == ROI_OK) s = check_names(g, err);
  if (s == ROI_OK) s = check_groups(g, err);
  if (s == ROI_OK) s = check_candidates(g, err);
  return s == ROI_OK ? check_sheets(g, err) : s;
}
