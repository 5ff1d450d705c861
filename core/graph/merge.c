#include "graph/merge.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"

#define NO_GROUP UINT32_MAX

/* What is looked up while draws are matched. */
typedef struct matching {
  roi_copy *c;
  int with_groups;
  size_t n;             /* nodes that `to` had */
  roi_node *last;       /* by a name's offset in `to`: the last draw of the name; ROI_NONE: none */
  size_t n_last;
  roi_node *before;     /* by node of `to`: the draw of the same name before it */
  uint32_t *to_group;   /* by node of `to`: its group; NO_GROUP: none */
  uint32_t *from_group; /* by node of `from`, likewise */
  unsigned char *incomplete; /* by group of `from`: a member found no equal */
  roi_error *err;
} matching;

static roi_status no_memory(roi_error *err) { return roi_fail_memory(err, "putting two versions of a model together"); }

static const char *draw_name(const roi_graph *g, roi_node draw) { return roi_graph_text(g, g->nodes[draw].name); }

/* By node, the group of each draw. */
static uint32_t *groups_by_node(const roi_graph *g) {
  uint32_t *group = roi_alloc(g->n_nodes + 1, sizeof *group);
  if (!group) return NULL;
  for (size_t i = 0; i < g->n_nodes; i++) group[i] = NO_GROUP;
  for (uint32_t i = 0; i < g->n_groups; i++)
    for (uint32_t k = 0; k < g->groups[i].n_members; k++) group[g->members[g->groups[i].first_member + k]] = i;
  return group;
}

static roi_status open_matching(matching *m) {
  const roi_graph *to = m->c->to, *from = m->c->from;
  m->n = to->n_nodes;
  m->n_last = to->n_strings;
  m->last = roi_alloc(m->n_last + 1, sizeof *m->last);
  m->before = roi_alloc(m->n + 1, sizeof *m->before);
  m->to_group = groups_by_node(to);
  m->from_group = groups_by_node(from);
  m->incomplete = roi_alloc_zero(from->n_groups + 1, 1);
  if (!m->last || !m->before || !m->to_group || !m->from_group || !m->incomplete) return no_memory(m->err);
  for (size_t i = 0; i < m->n_last; i++) m->last[i] = ROI_NONE;
  for (size_t i = 0; i < m->n; i++) {
    if (to->nodes[i].op != ROI_DRAW) continue;
    m->before[i] = m->last[to->nodes[i].name];
    m->last[to->nodes[i].name] = (roi_node)i;
  }
  return ROI_OK;
}

static void close_matching(matching *m) {
  void *const parts[] = {m->last, m->before, m->to_group, m->from_group, m->incomplete};
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) roi_free(parts[i]);
}

/* The same draws correlated in the same way, whatever their distributions: then the uniforms of members are the same. */
static int same_group(const roi_graph *a, const roi_group_row *x, const roi_graph *b, const roi_group_row *y) {
  if (x->n_members != y->n_members) return 0;
  for (uint32_t k = 0; k < x->n_members; k++) {
    roi_node p = a->members[x->first_member + k], q = b->members[y->first_member + k];
    if (strcmp(draw_name(a, p), draw_name(b, q)) != 0 || ((a->nodes[p].flags ^ b->nodes[q].flags) & ROI_EACH_PERIOD)) return 0;
  }
  size_t pairs = (size_t)x->n_members * (x->n_members - 1u) / 2;
  return memcmp(a->scores + x->first_score, b->scores + y->first_score, pairs * sizeof *a->scores) == 0;
}

/* The draw of `to` that is the same as `draw` of `from`, whose distribution was copied to `dist`; ROI_NONE: there is none. */
static roi_node find_equal(const matching *m, roi_node draw, roi_node dist) {
  const roi_graph *to = m->c->to, *from = m->c->from;
  const roi_node_row *row = &from->nodes[draw];
  uint32_t offset = roi_graph_stream(to, draw_name(from, draw)), group = m->with_groups ? m->from_group[draw] : NO_GROUP;
  if (offset == 0 || offset >= m->n_last) return ROI_NONE;
  for (roi_node there = m->last[offset]; there != ROI_NONE; there = m->before[there]) {
    const roi_node_row *own = &to->nodes[there];
    uint32_t other = m->to_group[there];
    if (to->args[own->first_arg] != dist || ((own->flags ^ row->flags) & ROI_EACH_PERIOD)) continue;
    if (group == NO_GROUP && other == NO_GROUP) return there;
    if (group != NO_GROUP && other != NO_GROUP && same_group(from, &from->groups[group], to, &to->groups[other])) return there;
  }
  return ROI_NONE;
}

/* A draw of `to` for one of `from`, under its own place in the script. */
static roi_node draw_beside(const matching *m, roi_node draw, roi_node dist) {
  roi_graph *to = m->c->to;
  const roi_graph *from = m->c->from;
  const roi_node_row *row = &from->nodes[draw];
  uint32_t here_file = to->here_file, here_line = to->here_line;
  uint32_t file = roi_graph_string(to, roi_graph_text(from, row->file));
  roi_graph_here(to, file == UINT32_MAX ? 0 : file, row->line);
  roi_node made = roi_draw_beside(to, dist, draw_name(from, draw), (row->flags & ROI_EACH_PERIOD) != 0, m->err);
  roi_graph_here(to, here_file, here_line);
  return made;
}

static roi_status match_draw(matching *m, roi_node draw) {
  roi_copy *c = m->c;
  roi_node dist = roi_copy_node(c, c->from->args[c->from->nodes[draw].first_arg], m->err);
  if (dist == ROI_NONE) return m->err->status;
  c->map[draw] = find_equal(m, draw, dist);
  if (c->map[draw] != ROI_NONE) return ROI_OK;
  if (m->from_group[draw] != NO_GROUP) m->incomplete[m->from_group[draw]] = 1;
  c->map[draw] = draw_beside(m, draw, dist);
  return c->map[draw] == ROI_NONE ? m->err->status : ROI_OK;
}

static roi_status match_function(matching *m, roi_node node) {
  roi_copy *c = m->c;
  const roi_node_row *row = &c->from->nodes[node];
  roi_node *args = roi_alloc(row->n_args + 1, sizeof *args);
  if (!args) return no_memory(m->err);
  roi_status status = ROI_OK;
  for (uint32_t k = 0; k < row->n_args && !status; k++) {
    args[k] = roi_copy_node(c, c->from->args[row->first_arg + k], m->err);
    if (args[k] == ROI_NONE) status = m->err->status;
  }
  if (!status) {
    c->map[node] = roi_extern_beside(c->to, draw_name(c->from, node), args, row->n_args, m->err);
    if (c->map[node] == ROI_NONE) status = m->err->status;
  }
  roi_free(args);
  return status;
}

/* The groups of which some draw is new. The others of such a group are in it once more, if only for what the new ones take of them. */
static roi_status add_groups(matching *m) {
  const roi_graph *from = m->c->from;
  roi_status status = ROI_OK;
  for (size_t i = 0; i < from->n_groups && !status; i++) {
    const roi_group_row *r = &from->groups[i];
    if (!m->incomplete[i]) continue;
    roi_node *members = roi_alloc(r->n_members, sizeof *members);
    if (!members) return no_memory(m->err);
    for (uint32_t k = 0; k < r->n_members && !status; k++) {
      roi_node draw = from->members[r->first_member + k], own = m->c->map[draw];
      if (own < m->n) own = draw_beside(m, draw, m->c->to->args[m->c->to->nodes[own].first_arg]);
      if (own == ROI_NONE) status = m->err->status;
      members[k] = own;
    }
    if (!status) status = roi_graph_add_group(m->c->to, members, r->n_members, from->scores + r->first_score, m->err);
    roi_free(members);
  }
  return status;
}

/* Marks the nodes that rest on a per-trial function. */
static unsigned char *mark_functions(const roi_graph *g) {
  unsigned char *mark = roi_alloc_zero(g->n_nodes + 1, 1);
  for (size_t i = 0; mark && i < g->n_nodes; i++) {
    const roi_node_row *row = &g->nodes[i];
    mark[i] = row->op == ROI_EXTERN;
    for (uint32_t k = 0; k < row->n_args && !mark[i]; k++) mark[i] = mark[g->args[row->first_arg + k]];
  }
  return mark;
}

static roi_status match_all(matching *m) {
  const roi_graph *from = m->c->from;
  unsigned char *skip = m->with_groups ? NULL : mark_functions(from);
  if (!m->with_groups && !skip) return no_memory(m->err);
  roi_status status = ROI_OK;
  for (size_t i = 0; i < from->n_nodes && !status; i++) {
    if (skip && skip[i]) continue;
    if (from->nodes[i].op == ROI_DRAW) status = match_draw(m, (roi_node)i);
    if (from->nodes[i].op == ROI_EXTERN) status = match_function(m, (roi_node)i);
  }
  roi_free(skip);
  return status == ROI_OK && m->with_groups ? add_groups(m) : status;
}

static roi_status begin(roi_copy *c, roi_graph *to, const roi_graph *from, int with_groups, roi_error *err) {
  roi_error own;
  matching m = {.c = c, .with_groups = with_groups, .err = err ? err : &own};
  m.err->status = ROI_OK;
  roi_status status = roi_copy_begin(c, to, from, m.err);
  if (!status && (to->horizon != from->horizon || to->period != from->period))
    status = roi_fail(m.err, ROI_ERR_MODEL, "the versions of the model differ in their horizon: %u and %u", to->horizon, from->horizon);
  if (!status) status = open_matching(&m);
  if (!status) status = match_all(&m);
  close_matching(&m);
  return status;
}

roi_status roi_merge_begin(roi_copy *c, roi_graph *to, const roi_graph *from, roi_error *err) { return begin(c, to, from, 1, err); }

roi_status roi_merge_plain(roi_copy *c, roi_graph *to, const roi_graph *plain, roi_error *err) { return begin(c, to, plain, 0, err); }
