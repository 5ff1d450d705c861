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

/* A member of a group. raw: operands of its own uniforms, one or one a period; NULL until they are needed. */
typedef struct roi_member { const roi_group_row *group; uint32_t index; int32_t *raw; } roi_member;

/* What members, factors and tail hold is made for those draws that the plan's targets depend on, when they are met. */
struct roi_copulas {
  uint32_t *place;   /* by node: 1 + index into members, 0: not correlated */
  roi_member *members; /* as the graph's */
  double **factor;   /* by group */
  const roi_normal_tail *tail; /* the plan's */
};

void roi_copulas_close(roi_lowering *l) {
  struct roi_copulas *c = l->copulas;
  if (!c) return;
  for (size_t i = 0; c->factor && i < l->g->n_groups; i++) roi_free(c->factor[i]);
  for (size_t i = 0; c->members && i < l->g->n_members; i++) roi_free(c->members[i].raw);
  void *const parts[] = {c->place, c->members, c->factor, c};
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) roi_free(parts[i]);
  l->copulas = NULL;
}

int roi_copulas_open(roi_lowering *l) {
  const roi_graph *g = l->g;
  if (g->n_groups == 0) return 0;
  struct roi_copulas *c = l->copulas = roi_alloc_zero(1, sizeof *c);
  if (!c) return -1;
  c->place = roi_alloc_zero(g->n_nodes + 1, sizeof *c->place);
  c->members = roi_alloc_zero(g->n_members + 1, sizeof *c->members);
  c->factor = roi_alloc_zero(g->n_groups + 1, sizeof *c->factor);
  if (!c->place || !c->members || !c->factor) return -1;
  for (size_t i = 0; i < g->n_groups; i++) {
    const roi_group_row *r = &g->groups[i];
    for (uint32_t k = 0; k < r->n_members; k++) {
      c->members[r->first_member + k] = (roi_member){.group = r, .index = k};
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
static int32_t raw_of(roi_lowering *l, roi_member *m, uint32_t period) {
  roi_node draw = l->g->members[m->group->first_member + m->index], asks = l->origin;
  int each_period = (l->g->nodes[draw].flags & ROI_EACH_PERIOD) != 0;
  if (!m->raw) {
    size_t n = each_period ? (size_t)l->g->horizon + 1 : 1;
    m->raw = roi_alloc(n, sizeof *m->raw);
    if (!m->raw) return roi_lowering_fail_memory(l), ~0;
    for (size_t i = 0; i < n; i++) m->raw[i] = ROI_NO_OPERAND;
  }
  int32_t *raw = &m->raw[each_period ? period : 0];
  if (*raw != ROI_NO_OPERAND) return *raw;
  l->origin = draw;
  *raw = put_own(l, draw, period);
  l->origin = asks;
  return *raw;
}

/* The member's row of its group's factor; NULL with the status set. */
static const double *row_of(roi_lowering *l, const roi_member *m) {
  const roi_group_row *r = m->group;
  double **factor = &l->copulas->factor[r - l->g->groups];
  if (!*factor) {
    *factor = roi_alloc((size_t)r->n_members * r->n_members, sizeof **factor);
    if (!*factor) return roi_lowering_fail_memory(l), NULL;
    if (roi_graph_group_factor(l->g, r, *factor) != 0)
      l->status = roi_fail_at(l->err, ROI_ERR_MODEL, roi_graph_text(l->g, r->file), (int)r->line,
                              "these correlations can't hold together");
  }
  return l->status == ROI_OK ? *factor + (size_t)m->index * r->n_members : NULL;
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

static int rests_on_none(const double *row, uint32_t index) {
  uint32_t j = 0;
  while (j < index && row[j] == 0.0) j++;
  return j == index;
}

static int32_t put_member(roi_lowering *l, roi_member *m, uint32_t period) {
  roi_member *first = m - m->index;
  const double *score = l->g->scores + m->group->first_score + (size_t)m->index * (m->index - 1u) / 2;
  for (uint32_t j = 0; j < m->index; j++) {
    if (fabs(score[j]) != 1.0) continue;
    int32_t u = put_member(l, first + j, period), one = roi_put_constant(l, 1.0);
    return score[j] > 0 ? u : roi_put2(l, ROI_K_MIN, roi_put2(l, ROI_K_SUB, one, u), roi_put_constant(l, 1.0 - 0x1p-53));
  }
  const double *row = row_of(l, m);
  if (!row) return ~0;
  if (rests_on_none(row, m->index)) return raw_of(l, m, period);
  const roi_qtable *normal = roi_normal_table(l->err);
  if (!normal) return roi_lowering_fail_memory(l), ~0;
  int32_t sum = roi_put_constant(l, 0.0);
  for (uint32_t j = 0; j <= m->index; j++) {
    if (row[j] == 0.0) continue;
    int32_t z = roi_put(l, ROI_K_Q_TABLE, raw_of(l, first + j, period), 0, 0, 0, 0.0, normal);
    sum = roi_put2(l, ROI_K_ADD, sum, roi_put2(l, ROI_K_MUL, roi_put_constant(l, row[j]), z));
  }
  const roi_normal_tail *tail = tail_of(l);
  return tail ? roi_put(l, ROI_K_COPULA, sum, 0, 0, 0, 0.0, tail) : ~0;
}

int32_t roi_put_uniform(roi_lowering *l, roi_node draw, uint32_t period) {
  uint32_t place = l->copulas ? l->copulas->place[draw] : 0;
  if (!place) return put_own(l, draw, period);
  int32_t u = put_member(l, &l->copulas->members[place - 1], period);
  const roi_stream *stream = stream_of(l, draw, period);
  return stream && l->status == ROI_OK ? roi_put(l, ROI_K_MARGINAL, u, 0, 0, 0, 0.0, stream) : ~0;
}
