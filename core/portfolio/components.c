#include "portfolio/components.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"

/* What a node rests on. */
typedef struct rest { uint64_t mask; int varies; } rest;

static roi_status no_memory(roi_error *err) { return roi_fail_memory(err, "choosing among use cases"); }

static size_t switch_of(const roi_graph *g, size_t node) {
  size_t k = 0;
  while (k < g->n_candidates && g->candidates[k].taken != node) k++;
  return k;
}

/* By node: the switches it rests on, and whether anything else makes it differ from trial to trial. Arguments come before what uses
 * them, so one walk does. */
static rest *find_rests(const roi_graph *g) {
  rest *of = roi_alloc_zero(g->n_nodes + 1, sizeof *of);
  for (size_t i = 0; of && i < g->n_nodes; i++) {
    const roi_node_row *row = &g->nodes[i];
    for (uint32_t k = 0; k < row->n_args; k++) {
      const rest *arg = &of[g->args[row->first_arg + k]];
      of[i].mask |= arg->mask;
      of[i].varies |= arg->varies;
    }
    size_t k = row->op == ROI_DRAW ? switch_of(g, i) : g->n_candidates;
    if (k < g->n_candidates) of[i] = (rest){UINT64_C(1) << k, 0};
    else if (row->op == ROI_DRAW || row->op == ROI_EXTERN) of[i].varies = 1;
  }
  return of;
}

/* Adds a set of switches that hang together to n disjoint ones, joining those that it meets; returns how many there are then. */
static size_t join(uint64_t *groups, size_t n, uint64_t mask) {
  size_t kept = 0;
  uint64_t all = mask;
  for (size_t i = 0; i < n; i++) {
    int meets = (groups[i] & mask) || groups[i] == mask; /* one group rests on no switch */
    if (meets) all |= groups[i];
    else groups[kept++] = groups[i];
  }
  groups[kept++] = all;
  return kept;
}

/* The terms of one quantity, as components without a node yet. */
typedef struct terms { roi_component *item; size_t n; uint64_t *groups; size_t n_groups; } terms;

static void take_term(terms *t, size_t quantity, roi_node node, const rest *of, uint64_t owner) {
  roi_component x = {.quantity = quantity, .mask = of[node].mask | owner, .owned = owner != 0, .constant = !of[node].varies, .node = node};
  t->item[t->n++] = x;
  t->n_groups = join(t->groups, t->n_groups, x.mask);
}

/* The terms of a quantity: of the graph's terms, or the ceiling of a span. ceilings: by span, the graph's number. */
static void take_terms(terms *t, const roi_graph *g, const rest *of, size_t quantity, size_t spans, const size_t *ceilings) {
  t->n = t->n_groups = 0;
  if (quantity > spans) {
    take_term(t, quantity, g->ceilings[ceilings[quantity - spans - 1]].node, of, 0);
    return;
  }
  size_t span = quantity ? ceilings[quantity - 1] + 1 : 0;
  for (size_t i = 0; i < g->n_terms; i++) {
    const roi_term_row *row = &g->terms[i];
    if (row->span == span) take_term(t, quantity, row->node, of, row->candidate < g->n_candidates ? UINT64_C(1) << row->candidate : 0);
  }
}

/* Appends the component of a group: the sum of its terms, in their order. */
static roi_status add_component(roi_components *c, roi_graph *g, const terms *t, uint64_t group, roi_error *err) {
  roi_component sum = {.node = ROI_NONE};
  for (size_t i = 0; i < t->n; i++) {
    const roi_component *x = &t->item[i];
    if ((x->mask & group) != x->mask || (group && !x->mask)) continue;
    if (sum.node == ROI_NONE) {
      sum = *x;
      sum.mask = group;
      continue;
    }
    const roi_node both[2] = {sum.node, x->node};
    sum.node = roi_apply(g, ROI_ADD, both, 2, err);
    if (sum.node == ROI_NONE) return err->status;
    sum.owned &= x->owned;
    sum.constant &= x->constant;
  }
  c->list[c->n++] = sum;
  return ROI_OK;
}

static void sort_groups(uint64_t *groups, size_t n) { /* by their first switch; the one without comes last */
  for (size_t i = 1; i < n; i++)
    for (size_t k = i; k > 0 && (groups[k] & -groups[k]) - 1 < (groups[k - 1] & -groups[k - 1]) - 1; k--) {
      uint64_t t = groups[k];
      groups[k] = groups[k - 1];
      groups[k - 1] = t;
    }
}

static roi_status find_draws(roi_components *c, const roi_graph *g, roi_error *err) {
  uint32_t *ordinal = roi_alloc(g->n_nodes + 1, sizeof *ordinal);
  roi_status status = ordinal && roi_graph_ordinals(g, ordinal) == 0 ? ROI_OK : no_memory(err);
  for (size_t i = 0; i < c->cases && !status; i++) c->draws[i] = ordinal[g->candidates[i].taken];
  roi_free(ordinal);
  return status;
}

static roi_status fill(roi_components *c, roi_graph *g, const size_t *ceilings, terms *t, roi_error *err) {
  rest *of = find_rests(g);
  roi_status status = of ? find_draws(c, g, err) : no_memory(err);
  for (size_t q = 0; q < c->quantities && !status; q++) {
    c->first[q] = c->n;
    take_terms(t, g, of, q, c->spans, ceilings);
    sort_groups(t->groups, t->n_groups);
    for (size_t i = 0; i < t->n_groups && !status; i++) status = add_component(c, g, t, t->groups[i], err);
  }
  c->first[c->quantities] = c->n;
  roi_free(of);
  return status;
}

roi_status roi_components_make(roi_components *c, roi_graph *g, const char *budget, roi_error *err) {
  *c = (roi_components){.cases = g->n_candidates};
  size_t *ceilings = roi_alloc(g->n_ceilings + 1, sizeof *ceilings);
  for (size_t i = 0; ceilings && budget && i < g->n_ceilings; i++)
    if (!strcmp(roi_graph_text(g, g->ceilings[i].budget), budget)) ceilings[c->spans++] = i;
  c->quantities = 1 + 2 * c->spans;
  c->first = roi_alloc(c->quantities + 1, sizeof *c->first);
  c->list = roi_alloc(g->n_terms + c->spans + 1, sizeof *c->list);
  c->draws = roi_alloc(c->cases + 1, sizeof *c->draws);
  terms t = {.item = roi_alloc(g->n_terms + 1, sizeof *t.item), .groups = roi_alloc(g->n_terms + 1, sizeof *t.groups)};
  int there = ceilings && c->first && c->list && c->draws && t.item && t.groups;
  roi_status status = there ? fill(c, g, ceilings, &t, err) : no_memory(err);
  roi_free(ceilings);
  roi_free(t.item);
  roi_free(t.groups);
  return status;
}

void roi_components_free(roi_components *c) {
  roi_free(c->list);
  roi_free(c->first);
  roi_free(c->draws);
  *c = (roi_components){0};
}
