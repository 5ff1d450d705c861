/* Constructors of nodes. They simplify while building: an operation on numbers alone is computed at once, equal expressions are
 * one node, and x * 1, x / 1, x - 0, x ^ 1 and -(-x), which change no bit, are x. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/state.h"
#include "dist/dist.h"
#include "graph/fold.h"
#include "graph/graph.h"

static roi_node no_memory(roi_error *err) {
  roi_fail_memory(err, "building the model's graph");
  return ROI_NONE;
}

static uint64_t mix(uint64_t h, uint64_t x) {
  h = (h ^ x) * UINT64_C(0x9E3779B97F4A7C15);
  return h ^ (h >> 29);
}

static uint64_t hash_row(const roi_graph *g, const roi_node_row *r) {
  uint64_t bits;
  memcpy(&bits, &r->value, sizeof bits);
  uint64_t h = mix(mix(bits, r->op | (uint64_t)r->family << 16 | (uint64_t)r->form << 24), (uint32_t)r->imm);
  for (uint32_t i = 0; i < r->n_args; i++) h = mix(h, g->args[r->first_arg + i]);
  for (uint32_t i = 0; i < r->n_data; i++) {
    memcpy(&bits, &g->data[r->first_data + i], sizeof bits);
    h = mix(h, bits);
  }
  return h;
}

static int same_row(const roi_graph *g, const roi_node_row *a, const roi_node_row *b) {
  return a->op == b->op && a->family == b->family && a->form == b->form && a->imm == b->imm && a->n_args == b->n_args &&
         memcmp(&a->value, &b->value, sizeof a->value) == 0 && a->n_data == b->n_data &&
         (a->n_args == 0 || memcmp(g->args + a->first_arg, g->args + b->first_arg, a->n_args * sizeof *g->args) == 0) &&
         (a->n_data == 0 || memcmp(g->data + a->first_data, g->data + b->first_data, a->n_data * sizeof *g->data) == 0);
}

/* Draws, promises and what calls the script are each their own. */
static int is_shared(const roi_node_row *r) { return r->op != ROI_DRAW && r->op != ROI_EXTERN && r->op != ROI_PROMISE; }

static int rehash(roi_graph *g) {
  size_t size = 1024;
  while (size < (g->n_nodes + 1) * 4) size *= 2;
  uint32_t *table = roi_alloc_zero(size, sizeof *table);
  if (!table) return -1;
  for (size_t i = 0; i < g->n_nodes; i++) {
    if (!is_shared(&g->nodes[i])) continue;
    size_t at = hash_row(g, &g->nodes[i]) & (size - 1);
    while (table[at]) at = (at + 1) & (size - 1);
    table[at] = (uint32_t)i + 1;
  }
  roi_free(g->hash);
  g->hash = table;
  g->hash_size = size;
  return 0;
}

/* Adds a derived row, or finds its equal. Its arguments and data are the last of g->args and g->data; they are taken back if it is found. */
static roi_node add_row(roi_graph *g, roi_node_row *row, roi_error *err) {
  size_t at = 0;
  if (is_shared(row)) {
    if ((g->n_nodes + 1) * 2 > g->hash_size && rehash(g) != 0) return no_memory(err);
    at = hash_row(g, row) & (g->hash_size - 1);
    for (; g->hash[at]; at = (at + 1) & (g->hash_size - 1))
      if (same_row(g, &g->nodes[g->hash[at] - 1], row)) {
        g->n_args = row->first_arg;
        if (row->n_data) g->n_data = row->first_data;
        return g->hash[at] - 1;
      }
  }
  if (g->n_nodes >= ROI_MAX_NODES) {
    roi_fail(err, ROI_ERR_LIMIT, "the model has more than %u operations, the most that one graph may have", ROI_MAX_NODES);
    return ROI_NONE;
  }
  if (roi_grow((void **)&g->nodes, g->n_nodes, &g->cap_nodes, sizeof *g->nodes) != 0) return no_memory(err);
  row->file = g->here_file;
  row->line = g->here_line;
  g->nodes[g->n_nodes] = *row;
  if (is_shared(row)) g->hash[at] = (uint32_t)g->n_nodes + 1;
  return (roi_node)g->n_nodes++;
}

/* Puts the arguments at the end of g->args and starts a row. */
static int begin_row(roi_graph *g, roi_node_row *row, unsigned op, const roi_node *args, size_t n, roi_error *err) {
  memset(row, 0, sizeof *row);
  row->op = (uint16_t)op;
  row->first_arg = (uint32_t)g->n_args;
  row->n_args = (uint32_t)n;
  if (g->n_args + n > UINT32_MAX / 2) return no_memory(err), -1;
  for (size_t i = 0; i < n; i++) {
    if (args[i] == ROI_NONE) return g->n_args = row->first_arg, -1;
    if (args[i] >= g->n_nodes) {
      g->n_args = row->first_arg;
      roi_fail(err, ROI_ERR_MODEL, "%s: argument %zu is not a node of this graph", roi_op_rows[op].name, i + 1);
      return -1;
    }
    if (roi_grow((void **)&g->args, g->n_args, &g->cap_args, sizeof *g->args) != 0) return no_memory(err), -1;
    g->args[g->n_args++] = args[i];
  }
  return 0;
}

/* Takes back the last node, just added, and its place in the hash table: nothing was added after it. */
static void drop_last(roi_graph *g) {
  const roi_node_row *row = &g->nodes[g->n_nodes - 1];
  if (is_shared(row)) {
    size_t at = hash_row(g, row) & (g->hash_size - 1);
    while (g->hash[at] != g->n_nodes) at = (at + 1) & (g->hash_size - 1);
    g->hash[at] = 0;
  }
  g->n_args = row->first_arg;
  if (row->n_data) g->n_data = row->first_data;
  g->n_nodes--;
}

uint64_t roi_graph_given(const roi_graph *g, const roi_node_row *row) {
  uint64_t n = 0;
  for (uint32_t a = 0; a < row->n_args; a++) n += g->nodes[g->args[row->first_arg + a]].shape == ROI_SCALAR ? 1 : g->horizon;
  return n;
}

roi_node roi_graph_per_trial(const roi_graph *g) {
  for (size_t i = 0; i < g->n_nodes; i++)
    if (g->nodes[i].op == ROI_EXTERN) return (roi_node)i;
  return ROI_NONE;
}

size_t roi_graph_draws(const roi_graph *g) {
  size_t n = 0;
  for (size_t i = 0; i < g->n_nodes; i++) n += g->nodes[i].op == ROI_DRAW;
  return n;
}

int roi_graph_ordinals(const roi_graph *g, uint32_t *ordinal) {
  uint32_t draws = 0, externs = 0;
  uint32_t *first = roi_alloc_zero(g->n_strings + 1, sizeof *first); /* by a name's offset: 1 + the number of its first draw */
  if (!first) return -1;
  for (size_t i = 0; i < g->n_nodes; i++) {
    const roi_node_row *row = &g->nodes[i];
    ordinal[i] = row->op == ROI_EXTERN ? externs++ : 0;
    if (row->op != ROI_DRAW) continue;
    if (!first[row->name]) first[row->name] = draws + 1;
    ordinal[i] = first[row->name] - 1;
    draws++;
  }
  roi_free(first);
  return 0;
}

roi_node roi_graph_draw_of(const roi_graph *g, uint32_t number) {
  roi_node found = ROI_NONE;
  for (size_t i = 0; i < g->n_nodes; i++) {
    if (g->nodes[i].op != ROI_DRAW) continue;
    if (found == ROI_NONE ? number-- == 0 : g->nodes[i].name == g->nodes[found].name) found = (roi_node)i;
    if (found != ROI_NONE && !g->scenario) break;
  }
  return found;
}

int roi_graph_is_replaced(const roi_graph *g, roi_node draw) {
  const char *name = roi_graph_text(g, g->nodes[draw].name);
  for (size_t i = 0; g->scenario && i < g->n_inputs; i++)
    if (strcmp(roi_graph_text(g, g->inputs[i].name), name) == 0) return g->inputs[i].node != draw;
  return 0;
}

void roi_graph_shrink(roi_graph *g, size_t n) {
  while (g->n_nodes > n) drop_last(g);
}

static roi_node end_row(roi_graph *g, roi_node_row *row, roi_error *err) {
  roi_node node = ROI_NONE;
  if (roi_node_derive(g, row, err) == ROI_OK) node = add_row(g, row, err);
  if (node == ROI_NONE) g->n_args = row->first_arg;
  return node;
}

/* A distribution that is refused leaves no node: a script may catch the error and go on with a graph that is valid. */
static roi_node end_dist(roi_graph *g, roi_node_row *row, roi_error *err) {
  size_t n = g->n_nodes;
  roi_node node = end_row(g, row, err);
  if (node == ROI_NONE || roi_dist_node_check(g, node, err) == ROI_OK) return node;
  if (g->n_nodes > n) drop_last(g);
  return ROI_NONE;
}

roi_node roi_constant(roi_graph *g, double value, roi_error *err) {
  roi_node_row row;
  if (isnan(value) && roi_state_of(value) == ROI_STATE_NONE) {
    roi_fail(err, ROI_ERR_MODEL, "a model can't hold \"not a number\" (nan): a plain calculation gave it, such as 0/0");
    return ROI_NONE;
  }
  if (begin_row(g, &row, ROI_CONST, NULL, 0, err) != 0) return ROI_NONE;
  row.value = value;
  return end_row(g, &row, err);
}

roi_node roi_time(roi_graph *g, int start, roi_error *err) {
  roi_node_row row;
  if (begin_row(g, &row, ROI_TIME, NULL, 0, err) != 0) return ROI_NONE;
  row.imm = start;
  return end_row(g, &row, err);
}

int roi_graph_constant(const roi_graph *g, roi_node n, double *value) {
  if (n >= g->n_nodes || g->nodes[n].op != ROI_CONST) return 0;
  *value = g->nodes[n].value;
  return 1;
}

/* The argument that the operation leaves as it is, or ROI_NONE. Only what is exact for every value, states included. */
static roi_node identity(const roi_graph *g, unsigned op, const roi_node *a, size_t n) {
  double c;
  if (op == ROI_NEG && n == 1 && g->nodes[a[0]].op == ROI_NEG) return g->args[g->nodes[a[0]].first_arg];
  if (n != 2) return ROI_NONE;
  if ((op == ROI_MUL || op == ROI_DIV || op == ROI_POW) && roi_graph_constant(g, a[1], &c) && c == 1.0) return a[0];
  if (op == ROI_MUL && roi_graph_constant(g, a[0], &c) && c == 1.0) return a[1];
  if (op == ROI_SUB && roi_graph_constant(g, a[1], &c) && c == 0.0 && !signbit(c)) return a[0];
  return ROI_NONE;
}

roi_node roi_apply(roi_graph *g, roi_opcode op, const roi_node *args, size_t n, roi_error *err) {
  return roi_apply_at(g, op, args, n, 0, err);
}

roi_node roi_apply_at(roi_graph *g, roi_opcode op, const roi_node *args, size_t n, int32_t imm, roi_error *err) {
  roi_node_row row;
  if ((unsigned)op >= ROI_OP_COUNT || roi_op_rows[op].cls == ROI_LEAF || op == ROI_INTERP || op == ROI_DIST) {
    roi_fail(err, ROI_ERR_USAGE, "this operation has a constructor of its own");
    return ROI_NONE;
  }
  if (begin_row(g, &row, op, args, n, err) != 0) return ROI_NONE;
  row.imm = imm;
  if (roi_node_derive(g, &row, err) != ROI_OK) return g->n_args = row.first_arg, ROI_NONE;
  roi_node same = identity(g, op, args, n);
  if (same != ROI_NONE && g->nodes[same].shape != ROI_DIST_SHAPE) return g->n_args = row.first_arg, same;
  if (row.shape == ROI_SCALAR && (row.flags & ROI_FIXED)) {
    double value;
    roi_status s = roi_fold(g, &row, &value, err);
    g->n_args = row.first_arg;
    if (s != ROI_OK) return ROI_NONE;
    if (!isnan(value) || roi_state_of(value) != ROI_STATE_NONE) return roi_constant(g, value, err);
    /* Kept as an operation: what is not a number must show at run time, as an error with its line. */
    if (begin_row(g, &row, op, args, n, err) != 0) return ROI_NONE;
    row.imm = imm;
  }
  return row.shape == ROI_DIST_SHAPE ? end_dist(g, &row, err) : end_row(g, &row, err);
}

/* Appends numbers to the data; their place, or -1. */
static int add_data(roi_graph *g, roi_node_row *row, const double *x, size_t n, roi_error *err) {
  if (g->n_data + n > UINT32_MAX / 2) return no_memory(err), -1;
  if (row->n_data == 0) row->first_data = (uint32_t)g->n_data;
  for (size_t i = 0; i < n; i++) {
    if (roi_grow((void **)&g->data, g->n_data, &g->cap_data, sizeof *g->data) != 0) return no_memory(err), -1;
    g->data[g->n_data++] = x[i];
  }
  row->n_data += (uint32_t)n;
  return 0;
}

roi_node roi_interp(roi_graph *g, roi_node x, const double *xs, const double *ys, size_t n, roi_error *err) {
  roi_node_row row;
  size_t data = g->n_data;
  roi_node node = ROI_NONE;
  if (begin_row(g, &row, ROI_INTERP, &x, 1, err) != 0) return ROI_NONE;
  if (add_data(g, &row, xs, n, err) == 0 && add_data(g, &row, ys, n, err) == 0 && roi_node_derive(g, &row, err) == ROI_OK) {
    double a;
    if (roi_graph_constant(g, x, &a)) {
      double y = roi_interp_value(g->data + row.first_data, g->data + row.first_data + n, n, a);
      g->n_data = data;
      g->n_args = row.first_arg;
      return roi_constant(g, y, err);
    }
    node = add_row(g, &row, err);
  }
  if (node == ROI_NONE) g->n_data = data, g->n_args = row.first_arg;
  return node;
}

static roi_node natural_dist(roi_graph *g, roi_family family, roi_form form, const roi_node *params, size_t n, roi_error *err) {
  double in[4], out[4];
  size_t n_out = 0;
  roi_node natural[4];
  if (n > 4) n = 4;
  for (size_t i = 0; i < n; i++)
    if (!roi_graph_constant(g, params[i], &in[i])) in[i] = NAN; /* a state */
  if (roi_dist_natural(family, form, in, n, out, &n_out, err) != ROI_OK) return ROI_NONE;
  for (size_t i = 0; i < n_out; i++) natural[i] = roi_constant(g, out[i], err);
  return roi_dist(g, family, ROI_FORM_NATURAL, natural, n_out, err);
}

roi_node roi_dist(roi_graph *g, roi_family family, roi_form form, const roi_node *params, size_t n, roi_error *err) {
  roi_node_row row;
  if (begin_row(g, &row, ROI_DIST, params, n, err) != 0) return ROI_NONE;
  row.family = (uint8_t)family;
  row.form = (uint8_t)form;
  if ((unsigned)family >= ROI_FAMILY_COUNT || (unsigned)form >= ROI_FORM_COUNT || family == ROI_FAMILY_EMPIRICAL) {
    g->n_args = row.first_arg;
    roi_fail(err, ROI_ERR_USAGE, "unknown family or form of a distribution");
    return ROI_NONE;
  }
  if (form != ROI_FORM_NATURAL && roi_node_derive(g, &row, err) == ROI_OK && (row.flags & ROI_FIXED)) {
    g->n_args = row.first_arg;
    return natural_dist(g, family, form, params, n, err);
  }
  return end_dist(g, &row, err);
}

static void sort_values(double *x, size_t n) { /* heap sort: no worst case, no memory */
  for (size_t end = n, root = n / 2; end > 1;) {
    double v;
    if (root > 0) v = x[--root];
    else v = x[--end], x[end] = x[0];
    size_t hole = root;
    for (size_t child = 2 * hole + 1; child < end; hole = child, child = 2 * hole + 1) {
      if (child + 1 < end && x[child] < x[child + 1]) child++;
      if (!(v < x[child])) break;
      x[hole] = x[child];
    }
    x[hole] = v;
  }
}

roi_node roi_dist_empirical(roi_graph *g, const double *values, size_t n, roi_error *err) {
  roi_node_row row;
  for (size_t i = 0; i < n; i++)
    if (!isfinite(values[i])) {
      roi_fail(err, ROI_ERR_MODEL, "empirical(data): value %zu is not a finite number", i + 1);
      return ROI_NONE;
    }
  if (begin_row(g, &row, ROI_DIST, NULL, 0, err) != 0) return ROI_NONE;
  row.family = ROI_FAMILY_EMPIRICAL;
  if (n == 0) {
    roi_fail(err, ROI_ERR_MODEL, "empirical(data): needs at least one value");
    return ROI_NONE;
  }
  if (add_data(g, &row, values, n, err) != 0) return ROI_NONE;
  sort_values(g->data + row.first_data, n);
  return end_row(g, &row, err);
}

/* Makes the table of stream names anew, with room to grow; the nodes know them. */
static int index_names(roi_graph *g) {
  size_t size = 64, n = 0;
  while (size < (g->n_names + 1) * 4) size *= 2;
  for (size_t i = 0; i < g->n_nodes; i++) n += g->nodes[i].name != 0;
  while (size < (n + 1) * 4) size *= 2;
  uint32_t *table = roi_alloc_zero(size, sizeof *table);
  if (!table) return -1;
  for (size_t i = 0; i < g->n_nodes; i++) {
    if (!g->nodes[i].name || g->nodes[i].op == ROI_PROMISE) continue;
    size_t at = roi_hash_text(roi_graph_text(g, g->nodes[i].name)) & (size - 1);
    while (table[at]) at = (at + 1) & (size - 1);
    table[at] = g->nodes[i].name;
  }
  roi_free(g->names);
  g->names = table;
  g->names_size = size;
  g->n_names = n;
  return 0;
}

/* Finds the place of a stream's name, which must be new unless it may stand beside another of the name, whose string it shares. Returns
 * its string offset, or 0 with the error. */
static uint32_t stream_name(roi_graph *g, const char *name, int beside, size_t *place, roi_error *err) {
  if (!name || !*name) return roi_fail(err, ROI_ERR_MODEL, "a draw needs a name"), 0;
  if ((g->n_names + 1) * 2 > g->names_size && index_names(g) != 0) return no_memory(err), 0;
  size_t at = roi_hash_text(name) & (g->names_size - 1);
  for (; g->names[at]; at = (at + 1) & (g->names_size - 1))
    if (strcmp(roi_graph_text(g, g->names[at]), name) == 0) {
      if (beside) return *place = at, g->names[at];
      return roi_fail(err, ROI_ERR_MODEL, "the draw \"%s\" is named twice: give the second one another name", name), 0;
    }
  uint32_t offset = roi_graph_string(g, name);
  if (offset == UINT32_MAX) return no_memory(err), 0;
  *place = at;
  return offset;
}

uint32_t roi_graph_stream(const roi_graph *g, const char *name) {
  if (g->names_size == 0) return 0;
  size_t at = roi_hash_text(name) & (g->names_size - 1);
  while (g->names[at] && strcmp(roi_graph_text(g, g->names[at]), name) != 0) at = (at + 1) & (g->names_size - 1);
  return g->names[at];
}

static roi_node named_leaf(roi_graph *g, unsigned op, const char *name, int beside, unsigned flags, const roi_node *args, size_t n,
                           roi_error *err) {
  roi_node_row row;
  size_t place;
  if (begin_row(g, &row, op, args, n, err) != 0) return ROI_NONE;
  row.flags = (uint8_t)flags;
  row.name = stream_name(g, name, beside, &place, err);
  if (row.name == 0) return g->n_args = row.first_arg, ROI_NONE;
  roi_node node = end_row(g, &row, err);
  if (node == ROI_NONE) return ROI_NONE;
  g->n_names += g->names[place] == 0;
  g->names[place] = row.name;
  return node;
}

roi_node roi_draw(roi_graph *g, roi_node dist, const char *name, int each_period, roi_error *err) {
  return named_leaf(g, ROI_DRAW, name, 0, each_period ? ROI_EACH_PERIOD : 0u, &dist, 1, err);
}

roi_node roi_draw_beside(roi_graph *g, roi_node dist, const char *name, int each_period, roi_error *err) {
  return named_leaf(g, ROI_DRAW, name, 1, each_period ? ROI_EACH_PERIOD : 0u, &dist, 1, err);
}

roi_node roi_extern_node(roi_graph *g, const char *name, const roi_node *args, size_t n, roi_error *err) {
  return named_leaf(g, ROI_EXTERN, name, 0, 0, args, n, err);
}

roi_node roi_extern_beside(roi_graph *g, const char *name, const roi_node *args, size_t n, roi_error *err) {
  return named_leaf(g, ROI_EXTERN, name, 1, 0, args, n, err);
}

roi_node roi_promise(roi_graph *g, int shape, const char *name, roi_error *err) {
  roi_node_row row;
  uint32_t text = roi_graph_string(g, name);
  if (text == UINT32_MAX) return no_memory(err);
  if (begin_row(g, &row, ROI_PROMISE, NULL, 0, err) != 0) return ROI_NONE;
  row.imm = shape;
  row.name = text;
  return end_row(g, &row, err);
}
