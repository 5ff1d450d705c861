#include "sensitivity/matrices.h"

#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/state.h"
#include "math/scalar.h"
#include "run/engine.h"

/* Lanes of a block are a power of two up to this one, so blocks never straddle two matrices. */
#define WHOLE 256

uint64_t roi_matrix_stride(uint64_t rows) {
  if (rows >= WHOLE) return (rows + WHOLE - 1) / WHOLE * WHOLE;
  uint64_t stride = ROI_LANE_UNIT;
  while (stride < rows) stride *= 2;
  return stride;
}

typedef struct stack { const roi_matrices *m; uint64_t stride; } stack;

static void fill(const void *data, uint64_t first, uint32_t lanes, roi_uniforms *u) {
  const stack *s = data;
  uint64_t row = first % s->stride;
  u->trial = row;
  s->m->set(s->m->data, (size_t)(first / s->stride), row, lanes, u);
}

static int divides(uint32_t block, uint64_t stride) {
  return block >= ROI_LANE_UNIT && block % ROI_LANE_UNIT == 0 && ROI_UNIT % block == 0 && stride % block == 0;
}

static roi_status no_number(const roi_study *s, const roi_sensitivity *out, uint64_t states, uint64_t others, uint64_t all,
                            roi_state state, roi_error *err) {
  const char *name = s->target.name, *method = out->method ? out->method->name : "this method";
  if (others)
    return roi_fail(err, ROI_ERR_RUN, "%.100s is not a number or infinite in %llu of the %llu evaluations that %s chose; "
                    "'roisim run' names the place in the model where it first happens", name, (unsigned long long)others,
                    (unsigned long long)all, method);
  return roi_fail(err, ROI_ERR_RUN, "%.100s has no value in %llu of the %llu evaluations (%s), and %s needs one in each: ask for an "
                  "output that always has one (npv), for a probability ('payback <= 12'), or take '--method given-data', which "
                  "leaves such trials out", name, (unsigned long long)states, (unsigned long long)all, roi_state_words[state], method);
}

/* Periods that are never as a number; counts what is none. */
static roi_status settle(const roi_study *s, const roi_matrices *m, uint64_t stride, double *y, roi_sensitivity *out, roi_error *err) {
  int may_never = s->g->nodes[s->target.node].flags & ROI_MAY_NEVER;
  uint64_t states = 0, others = 0;
  roi_state state = ROI_STATE_NONE;
  for (size_t i = 0; i < m->count; i++) {
    double *column = y + i * stride;
    for (uint64_t row = 0; row < m->rows; row++) {
      if (fabs(column[row]) < ROI_NEVER) continue;
      if (column[row] == ROI_NEVER && may_never) {
        column[row] = s->never;
        out->never++;
      } else if (roi_state_of(column[row]) != ROI_STATE_NONE) {
        state = roi_state_of(column[row]);
        states++;
      } else {
        others++;
      }
    }
  }
  out->evaluations += m->count * m->rows;
  return states || others ? no_number(s, out, states, others, m->count * m->rows, state, err) : ROI_OK;
}

roi_status roi_matrices_evaluate(const roi_graph *g, const roi_request *request, const roi_matrices *m, const roi_target *targets,
                                 size_t n_targets, double *const *y, roi_error *err) {
  stack all = {m, roi_matrix_stride(m->rows)};
  roi_source source = {.room = m->room, .fill = fill, .data = &all};
  roi_request q = *request;
  if (!divides(q.block, all.stride)) q.block = all.stride < WHOLE ? (uint32_t)all.stride : 0;
  return roi_evaluate(g, &q, &source, targets, n_targets, m->count * all.stride, y, err);
}

roi_status roi_matrices_run(const roi_study *s, const roi_matrices *m, double *y, roi_sensitivity *out, roi_error *err) {
  roi_status status = roi_matrices_evaluate(s->g, s->request, m, &s->target, 1, &y, err);
  return status ? status : settle(s, m, roi_matrix_stride(m->rows), y, out, err);
}

unsigned char *roi_correlated_draws(const roi_graph *g, roi_error *err) {
  unsigned char *member = roi_alloc_zero(roi_graph_draws(g) + 1, 1);
  uint32_t *ordinal = roi_alloc(g->n_nodes + 1, sizeof *ordinal);
  if (!member || !ordinal || roi_graph_ordinals(g, ordinal) != 0) {
    roi_free(member);
    roi_free(ordinal);
    roi_fail_memory(err, "the correlated inputs");
    return NULL;
  }
  for (size_t i = 0; i < g->n_members; i++) member[ordinal[g->members[i]]] = 1;
  roi_free(ordinal);
  return member;
}

unsigned char *roi_each_period_draws(const roi_graph *g, roi_error *err) {
  unsigned char *each = roi_alloc_zero(roi_graph_draws(g) + 1, 1);
  if (!each) {
    roi_fail_memory(err, "the inputs drawn each period");
    return NULL;
  }
  size_t draw = 0;
  for (size_t i = 0; i < g->n_nodes; i++)
    if (g->nodes[i].op == ROI_DRAW) each[draw++] = (g->nodes[i].flags & ROI_EACH_PERIOD) != 0;
  return each;
}

double roi_in_each_period(double p, uint32_t periods) {
  return p == 0.5 ? p : roi_normal_cdf(roi_normal_quantile(p) / sqrt(periods));
}
