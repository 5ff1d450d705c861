/* Uniforms of draws, correlated where the graph says so.
 *
 * A Gaussian copula: with z the normal quantiles of a group's own uniforms and L the triangular factor of its
 * matrix, member i's uniform is Phi(sum of L[i][j] z[j], j <= i). A member's row rests on the members before it
 * alone, so that a draw added to the group, or a correlation elsewhere, changes nothing of the others. A member that
 * rests on none before it keeps its own uniform as it is, and one whose correlation with one before it is 1 or -1
 * has that one's, or 1 minus it. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sha256.h"
#include "plan/lowering.h"

struct roi_copulas {
  uint32_t *place;   /* by node: 1 + index into of_member, 0: not correlated */
  struct roi_member { const roi_group_row *group; uint32_t index; const double *row; int32_t *raw; } *of_member;
  double **factor;   /* by group */
  int32_t *raw;      /* operands of the members' own uniforms: one, or one a period */
  const roi_normal_tail *tail; /* the plan's; NULL until it is needed */
};

void roi_copulas_close(roi_lowering *l) {
  struct roi_copulas *c = l->copulas;
  if (!c) return;
  for (size_t i = 0; c->factor && i < l->g->n_groups; i++) roi_free(c->factor[i]);
  void *const parts[] = {c->place, c->of_member, c->factor, c->raw, c};
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) roi_free(parts[i]);
  l->copulas = NULL;
}

static size_t periods(const roi_graph *g, const roi_group_row *r) {
  return g->nodes[g->members[r->first_member]].flags & ROI_EACH_PERIOD ? (size_t)g->horizon + 1 : 1;
}

int roi_copulas_open(roi_lowering *l) {
  const roi_graph *g = l->g;
  if (g->n_groups == 0) return 0;
  struct roi_copulas *c = l->copulas = roi_alloc_zero(1, sizeof *c);
  if (!c) return -1;
  size_t total = 0;
  for (size_t i = 0; i < g->n_groups; i++) total += g->groups[i].n_members * periods(g, &g->groups[i]);
  c->place = roi_alloc_zero(g->n_nodes + 1, sizeof *c->place);
  c->of_member = roi_alloc_zero(g->n_members + 1, sizeof *c->of_member);
  c->factor = roi_alloc_zero(g->n_groups + 1, sizeof *c->factor);
  c->raw = roi_alloc(total + 1, sizeof *c->raw);
  if (!c->place || !c->of_member || !c->factor || !c->raw) return -1;
  for (size_t i = 0; i < total; i++) c->raw[i] = ROI_NO_OPERAND;
  int32_t *raw = c->raw;
  for (size_t i = 0; i < g->n_groups; i++) {
    const roi_group_row *r = &g->groups[i];
    c->factor[i] = roi_alloc((size_t)r->n_members * r->n_members, sizeof **c->factor);
    if (!c->factor[i]) return -1;
    if (roi_graph_group_factor(g, r, c->factor[i]) != 0) {
      l->status = roi_fail_at(l->err, ROI_ERR_MODEL, roi_graph_text(g, r->file), (int)r->line,
                              "these correlations can't hold together");
      return 0;
    }
    for (uint32_t k = 0; k < r->n_members; k++, raw += periods(g, r)) {
      c->of_member[r->first_member + k] = (struct roi_member){r, k, c->factor[i] + (size_t)k * r->n_members, raw};
      c->place[g->members[r->first_member + k]] = r->first_member + k + 1;
    }
  }
  return 0;
}

static roi_stream *stream_of(roi_lowering *l, roi_node draw, uint32_t period) {
  roi_stream *stream = roi_own(l, 1, sizeof *stream);
  if (!stream) return NULL;
  stream->name_key = roi_name_key(roi_graph_text(l->g, l->g->nodes[draw].name));
  stream->period = period;
  stream->index = l->ordinal[draw];
  return stream;
}

static int32_t put_own(roi_lowering *l, roi_node draw, uint32_t period) {
  const roi_stream *stream = stream_of(l, draw, period);
  return stream ? roi_put(l, ROI_K_UNIFORM, 0, 0, 0, 0, 0.0, stream) : ~0;
}

/* A member's own uniform, made once though several members rest on it. */
static int32_t raw_of(roi_lowering *l, const struct roi_member *m, uint32_t period) {
  int32_t *raw = &m->raw[periods(l->g, m->group) > 1 ? period : 0];
  if (*raw != ROI_NO_OPERAND) return *raw;
  roi_node asks = l->origin;
  l->origin = l->g->members[m->group->first_member + m->index];
  *raw = put_own(l, l->origin, period);
  l->origin = asks;
  return *raw;
}

/* Lives as long as the plan, on a boundary of 64 bytes. */
static const roi_normal_tail *tail_of(roi_lowering *l) {
  if (l->copulas->tail) return l->copulas->tail;
  char *room = roi_own(l, 1, sizeof(roi_normal_tail) + ROI_CACHE_LINE);
  if (!room) return NULL;
  roi_normal_tail *tail = (void *)(room + ROI_CACHE_LINE - (uintptr_t)room % ROI_CACHE_LINE);
  roi_normal_tail_fill(tail);
  l->copulas->tail = tail;
  return tail;
}

static int rests_on_none(const struct roi_member *m) {
  uint32_t j = 0;
  while (j < m->index && m->row[j] == 0.0) j++;
  return j == m->index;
}

static int32_t put_member(roi_lowering *l, const struct roi_member *m, uint32_t period) {
  const struct roi_member *first = m - m->index;
  const double *score = l->g->scores + m->group->first_score + (size_t)m->index * (m->index - 1u) / 2;
  for (uint32_t j = 0; j < m->index; j++) {
    if (fabs(score[j]) != 1.0) continue;
    int32_t u = put_member(l, first + j, period), one = roi_put_constant(l, 1.0);
    return score[j] > 0 ? u : roi_put2(l, ROI_K_MIN, roi_put2(l, ROI_K_SUB, one, u), roi_put_constant(l, 1.0 - 0x1p-53));
  }
  if (rests_on_none(m)) return raw_of(l, m, period);
  const roi_qtable *normal = roi_normal_table(l->err);
  if (!normal) return roi_lowering_fail_memory(l), ~0;
  int32_t sum = roi_put_constant(l, 0.0);
  for (uint32_t j = 0; j <= m->index; j++) {
    if (m->row[j] == 0.0) continue;
    int32_t z = roi_put(l, ROI_K_Q_TABLE, raw_of(l, first + j, period), 0, 0, 0, 0.0, normal);
    sum = roi_put2(l, ROI_K_ADD, sum, roi_put2(l, ROI_K_MUL, roi_put_constant(l, m->row[j]), z));
  }
  const roi_normal_tail *tail = tail_of(l);
  return tail ? roi_put(l, ROI_K_COPULA, sum, 0, 0, 0, 0.0, tail) : ~0;
}

int32_t roi_put_uniform(roi_lowering *l, roi_node draw, uint32_t period) {
  uint32_t place = l->copulas ? l->copulas->place[draw] : 0;
  if (!place) return put_own(l, draw, period);
  int32_t u = put_member(l, &l->copulas->of_member[place - 1], period);
  const roi_stream *stream = stream_of(l, draw, period);
  return stream && l->status == ROI_OK ? roi_put(l, ROI_K_MARGINAL, u, 0, 0, 0, 0.0, stream) : ~0;
}
