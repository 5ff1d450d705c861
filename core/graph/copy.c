#include "graph/copy.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "graph/fold.h"

static roi_status no_memory(roi_error *err) { return roi_fail_memory(err, "copying a part of the model"); }

/* -- Draws that are there already ----------------------------------------------------------------------------------------- */

static int has_stream(const roi_node_row *r) { return r->op == ROI_DRAW || r->op == ROI_EXTERN; }

static size_t slot(const roi_copy *c, const char *name) {
  size_t at = roi_hash_text(name) & (c->draws_size - 1);
  while (c->draws[at] != ROI_NONE && strcmp(roi_graph_text(c->to, c->to->nodes[c->draws[at]].name), name) != 0)
    at = (at + 1) & (c->draws_size - 1);
  return at;
}

static roi_status index_draws(roi_copy *c, roi_error *err) {
  size_t n = 0, size = 64;
  for (size_t i = 0; i < c->to->n_nodes; i++) n += (size_t)has_stream(&c->to->nodes[i]);
  while (size < 2 * (n + 1)) size *= 2;
  c->draws = roi_alloc(size, sizeof *c->draws);
  if (!c->draws) return no_memory(err);
  c->draws_size = size;
  memset(c->draws, 0xff, size * sizeof *c->draws);
  for (size_t i = 0; i < c->to->n_nodes; i++)
    if (has_stream(&c->to->nodes[i])) c->draws[slot(c, roi_graph_text(c->to, c->to->nodes[i].name))] = (roi_node)i;
  return ROI_OK;
}

roi_status roi_copy_begin(roi_copy *c, roi_graph *to, const roi_graph *from, roi_error *err) {
  *c = (roi_copy){.to = to, .from = from, .n = from->n_nodes, .same_strings = to == from};
  c->map = roi_alloc(c->n + 1, sizeof *c->map);
  if (!c->map) return no_memory(err);
  memset(c->map, 0xff, (c->n + 1) * sizeof *c->map);
  return to == from ? ROI_OK : index_draws(c, err);
}

void roi_copy_end(roi_copy *c) {
  roi_free(c->map);
  roi_free(c->draws);
  roi_free(c->stack);
  *c = (roi_copy){0};
}

/* -- One node ------------------------------------------------------------------------------------------------------------- */

/* A file's name in `to`. */
static uint32_t copy_file(roi_copy *c, uint32_t file) {
  if (c->same_strings || file == 0) return file;
  for (unsigned i = 0; i < 8; i++)
    if (c->file[0][i] == file) return c->file[1][i];
  uint32_t own = roi_graph_string(c->to, roi_graph_text(c->from, file));
  if (own == UINT32_MAX) return 0;
  c->file[0][c->next_file] = file;
  c->file[1][c->next_file] = own;
  c->next_file = (c->next_file + 1) % 8;
  return own;
}

/* A draw or per-trial function. */
static roi_node copy_stream(roi_copy *c, const roi_node_row *row, const roi_node *args, roi_error *err) {
  const char *name = roi_graph_text(c->from, row->name);
  if (c->to == c->from) {
    roi_fail(err, ROI_ERR_MODEL, "the draw \"%s\" depends on it", name);
    return ROI_NONE;
  }
  if (c->draws_size) {
    roi_node there = c->draws[slot(c, name)];
    const roi_node_row *own = there == ROI_NONE ? NULL : &c->to->nodes[there];
    if (own && own->op == row->op && own->n_args == row->n_args && own->shape == row->shape &&
        (row->n_args == 0 || memcmp(c->to->args + own->first_arg, args, row->n_args * sizeof *args) == 0))
      return there;
  }
  int each_period = (row->flags & ROI_EACH_PERIOD) != 0;
  if (c->same_strings) /* the whole graph again, which may hold several draws of one name */
    return row->op == ROI_EXTERN ? roi_extern_beside(c->to, name, args, row->n_args, err)
                                 : roi_draw_beside(c->to, args[0], name, each_period, err);
  if (row->op == ROI_EXTERN) return roi_extern_node(c->to, name, args, row->n_args, err);
  return roi_draw(c->to, args[0], name, each_period, err);
}

/* Builds a row, which may be about to move, over arguments in the new graph. */
static roi_node build(roi_copy *c, roi_node_row row, const roi_node *args, roi_error *err) {
  roi_graph *to = c->to;
  roi_node made = ROI_NONE;
  double *own = NULL;
  if (row.n_data) { /* the list of data may move while it grows */
    own = roi_alloc(row.n_data, sizeof *own);
    if (!own) return no_memory(err), ROI_NONE;
    memcpy(own, c->from->data + row.first_data, row.n_data * sizeof *own);
  }
  switch (row.op) {
    case ROI_CONST: made = roi_constant(to, row.value, err); break;
    case ROI_TIME: made = roi_time(to, row.imm, err); break;
    case ROI_PROMISE: made = roi_promise(to, row.imm, roi_graph_text(c->from, row.name), err); break;
    case ROI_DRAW:
    case ROI_EXTERN: made = copy_stream(c, &row, args, err); break;
    case ROI_INTERP: made = roi_interp(to, args[0], own, own + row.n_data / 2, row.n_data / 2, err); break;
    case ROI_DIST:
      made = row.n_data ? roi_dist_empirical(to, own, row.n_data, err)
                        : roi_dist(to, (roi_family)row.family, (roi_form)row.form, args, row.n_args, err);
      break;
    default: made = roi_apply_at(to, (roi_opcode)row.op, args, row.n_args, row.shape == ROI_DIST_SHAPE ? 0 : row.imm, err);
  }
  roi_free(own);
  return made;
}

static roi_node copy_row(roi_copy *c, roi_node node, roi_error *err) {
  const roi_node_row row = c->from->nodes[node];
  roi_node few[8], *args = row.n_args <= 8 ? few : roi_alloc(row.n_args, sizeof *args);
  if (!args) return no_memory(err), ROI_NONE;
  int same = c->to == c->from;
  for (uint32_t k = 0; k < row.n_args; k++) {
    roi_node arg = c->from->args[row.first_arg + k];
    args[k] = c->map[arg];
    same = same && args[k] == arg;
  }
  roi_node made = node;
  if (!same) {
    uint32_t file = c->to->here_file, line = c->to->here_line;
    roi_graph_here(c->to, copy_file(c, row.file), row.line);
    made = build(c, row, args, err);
    roi_graph_here(c->to, file, line);
    if (made == ROI_NONE && err && !err->file[0] && row.line)
      snprintf(err->file, sizeof err->file, "%s", roi_graph_text(c->from, row.file)), err->line = (int)row.line;
  }
  if (args != few) roi_free(args);
  return made;
}

/* -- All that a node depends on --------------------------------------------------------------------------------------------- */

static roi_node promised(const roi_copy *c, roi_node node) {
  return c->kept && c->from->nodes[node].op == ROI_PROMISE ? c->kept[node] : ROI_NONE;
}

static roi_status push(roi_copy *c, roi_node node, roi_error *err) {
  if (roi_grow((void **)&c->stack, c->n_stack, &c->cap_stack, sizeof *c->stack)) return no_memory(err);
  c->stack[c->n_stack++] = node;
  return ROI_OK;
}

/* Fails because what is being copied comes to need itself. Only a promise can come to that: the first on the way round is named. All
 * that is open stands on the stack, each after what needs it. */
static int fail_round(const roi_copy *c, roi_node need, roi_error *err) {
  size_t at = c->n_stack - 1;
  while (c->stack[at] != need) at--;
  while (at + 1 < c->n_stack && (c->map[c->stack[at]] != ROI_COPY_OPEN || c->from->nodes[c->stack[at]].op != ROI_PROMISE)) at++;
  const roi_node_row *row = &c->from->nodes[c->stack[at]];
  roi_fail_at(err, ROI_ERR_MODEL, roi_graph_text(c->from, row->file), (int)row->line,
              "%s depends on itself: what decides it is computed from it", roi_graph_text(c->from, row->name));
  return -1;
}

/* Puts what still has to be copied before a node on the stack; 0 if that is nothing, -1 with the error. */
static int push_needs(roi_copy *c, roi_node node, roi_error *err) {
  size_t n = c->n_stack;
  roi_node kept = promised(c, node);
  const roi_node_row *row = &c->from->nodes[node];
  for (uint32_t k = 0; k < (kept == ROI_NONE ? row->n_args : 1); k++) {
    roi_node need = kept == ROI_NONE ? c->from->args[row->first_arg + k] : kept;
    if (c->map[need] == ROI_COPY_OPEN) return fail_round(c, need, err);
    if (c->map[need] == ROI_NONE && push(c, need, err)) return -1;
  }
  return c->n_stack > n;
}

roi_node roi_copy_node(roi_copy *c, roi_node root, roi_error *err) {
  c->n_stack = 0;
  if (c->map[root] == ROI_NONE && push(c, root, err)) return ROI_NONE;
  while (c->n_stack > 0) {
    roi_node node = c->stack[c->n_stack - 1];
    if (c->map[node] != ROI_NONE && c->map[node] != ROI_COPY_OPEN) { /* wanted by several, and made for the first */
      c->n_stack--;
      continue;
    }
    c->map[node] = ROI_COPY_OPEN;
    int more = push_needs(c, node, err);
    if (more < 0) return ROI_NONE;
    if (more) continue;
    roi_node kept = promised(c, node);
    /* In the same graph a promise stays itself unless what it stands for has changed. */
    c->map[node] = kept == ROI_NONE ? copy_row(c, node, err) : c->to == c->from && c->map[kept] == kept ? node : c->map[kept];
    if (c->map[node] == ROI_NONE) return ROI_NONE;
    c->n_stack--;
  }
  return c->map[root];
}

/* -- Promises --------------------------------------------------------------------------------------------------------------- */

static roi_status check_kept(const roi_graph *g, const roi_node *kept, roi_error *err) {
  for (size_t i = 0; i < g->n_nodes; i++) {
    const roi_node_row *row = &g->nodes[i], *value;
    if (row->op != ROI_PROMISE) continue;
    value = kept[i] == ROI_NONE ? NULL : &g->nodes[kept[i]];
    if (!value || value->shape != row->shape || (row->shape == ROI_SERIES_SHAPE && value->start != row->start))
      return roi_fail_at(err, ROI_ERR_INTERNAL, roi_graph_text(g, row->file), (int)row->line,
                         "%s was promised and not given", roi_graph_text(g, row->name));
  }
  return ROI_OK;
}

static void rename_nodes(roi_graph *g, const roi_node *map) {
  if (g->discount_rate != ROI_NONE) g->discount_rate = map[g->discount_rate];
  for (size_t i = 0; i < g->n_inputs; i++) g->inputs[i].node = map[g->inputs[i].node];
  for (size_t i = 0; i < g->n_outputs; i++) g->outputs[i].node = map[g->outputs[i].node];
  for (size_t i = 0; i < g->n_components; i++) g->components[i].pv = map[g->components[i].pv];
  for (size_t i = 0; i < g->n_labels; i++) g->labels[i].node = map[g->labels[i].node];
  for (size_t i = 0; i < g->n_expectations; i++)
    if (g->expectations[i].node != ROI_NONE) g->expectations[i].node = map[g->expectations[i].node];
  for (size_t i = 0; i < g->n_warnings; i++)
    if (g->warnings[i].when != ROI_NONE) g->warnings[i].when = map[g->warnings[i].when];
  for (size_t i = 0; i < g->n_decisions; i++) {
    roi_decision_row *d = &g->decisions[i];
    d->condition = map[d->condition], d->pass = map[d->pass], d->stop = map[d->stop];
  }
  for (size_t i = 0; i < g->n_candidates; i++) g->candidates[i].taken = map[g->candidates[i].taken];
  for (size_t i = 0; i < g->n_ceilings; i++) g->ceilings[i].node = map[g->ceilings[i].node];
  for (size_t i = 0; i < g->n_terms; i++) g->terms[i].node = map[g->terms[i].node];
  for (size_t i = 0; i < g->n_cells; i++) {
    if (g->cells[i].a != ROI_NONE) g->cells[i].a = map[g->cells[i].a];
    if (g->cells[i].b != ROI_NONE) g->cells[i].b = map[g->cells[i].b];
  }
}

static roi_graph *empty_like(const roi_graph *g, roi_error *err) {
  roi_graph *to = roi_graph_new("", (int)g->horizon, (roi_period)g->period, err);
  char *strings = to ? roi_alloc(g->n_strings, 1) : NULL;
  if (!strings) {
    if (to) no_memory(err);
    roi_graph_free(to);
    return NULL;
  }
  memcpy(strings, g->strings, g->n_strings);
  roi_free(to->strings);
  to->strings = strings;
  to->n_strings = to->cap_strings = g->n_strings;
  return to;
}

/* Exchanges what the nodes of two graphs consist of. */
static void swap_nodes(roi_graph *a, roi_graph *b) {
#define SWAP(field) do { roi_graph t = *a; a->field = b->field; b->field = t.field; } while (0)
  SWAP(nodes); SWAP(n_nodes); SWAP(cap_nodes);
  SWAP(args); SWAP(n_args); SWAP(cap_args);
  SWAP(data); SWAP(n_data); SWAP(cap_data);
  SWAP(strings); SWAP(n_strings); SWAP(cap_strings);
  SWAP(hash); SWAP(hash_size);
  SWAP(names); SWAP(names_size); SWAP(n_names);
  SWAP(fixed); SWAP(n_fixed);
#undef SWAP
}

roi_status roi_graph_settle(roi_graph *g, const roi_node *kept, roi_node *map, roi_error *err) {
  roi_copy c = {0};
  roi_status status = check_kept(g, kept, err);
  roi_graph *to = status ? NULL : empty_like(g, err);
  if (!to) return err->status;
  if (g->n_groups)
    status = roi_fail(err, ROI_ERR_INTERNAL, "promises are settled before draws are correlated");
  if (!status) status = roi_copy_begin(&c, to, g, err);
  c.kept = kept;
  c.same_strings = 1;
  for (size_t i = 0; i < g->n_nodes && !status; i++)
    if (roi_copy_node(&c, (roi_node)i, err) == ROI_NONE) status = err->status;
  if (!status) {
    memcpy(map, c.map, g->n_nodes * sizeof *map);
    swap_nodes(g, to);
    rename_nodes(g, map);
  }
  roi_copy_end(&c);
  roi_graph_free(to);
  return status;
}
