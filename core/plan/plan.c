#include "plan/plan.h"

#include "base/error.h"
#include "base/memory.h"
#include "plan/lowering.h"

/* What instructions point to beside tables. */
typedef struct plan_pool { void **owned; size_t n_owned; } plan_pool;

static void release_owned(void **owned, size_t n) {
  for (size_t i = 0; i < n; i++) roi_free(owned[i]);
  roi_free(owned);
}

void roi_plan_free(roi_plan *p) {
  if (!p) return;
  plan_pool *pool = p->pool;
  if (pool) release_owned(pool->owned, pool->n_owned);
  void *const parts[] = {pool, p->instrs, p->origin, p->stage, p->constants, p->results, p->externs, p};
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) roi_free(parts[i]);
}

static int number_leaves(roi_lowering *l) {
  l->ordinal = roi_alloc(l->g->n_nodes + 1, sizeof *l->ordinal);
  return l->ordinal ? roi_graph_ordinals(l->g, l->ordinal) : -1;
}

static roi_status make(roi_plan *p, roi_lowering *l, const roi_plan_target *targets, size_t n, int keep, int threads) {
  plan_pool *pool = roi_alloc_zero(1, sizeof *pool);
  p->pool = pool;
  p->results = roi_alloc(n + 1, sizeof *p->results);
  if (!pool || !p->results || number_leaves(l) != 0 || roi_copulas_open(l) != 0) roi_lowering_fail_memory(l);
  else roi_lower_targets(l, targets, n, p->results);
  if (pool) pool->owned = l->owned, pool->n_owned = l->n_owned;
  else release_owned(l->owned, l->n_owned);
  p->externs = l->externs;
  p->n_externs = (uint32_t)l->n_externs;
  p->n_results = (uint32_t)n;
  if (l->status == ROI_OK) l->status = roi_tables_build(l->tables, threads, l->err);
  if (l->status == ROI_OK) l->status = roi_schedule(l, p->results, n, keep, p, l->err);
  if (l->status == ROI_OK) p->scratch = roi_kernel_scratch(p->instrs, p->n_instrs);
  roi_copulas_close(l);
  void *const parts[] = {l->values, l->constants, l->hash, l->const_hash, l->ordinal};
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) roi_free(parts[i]);
  return l->status;
}

roi_plan *roi_plan_new(const roi_graph *g, const roi_plan_target *targets, size_t n, roi_tables *tables, int keep, int threads,
                       roi_error *err) {
  roi_plan *p = roi_alloc_zero(1, sizeof *p);
  if (!p) {
    roi_fail_memory(err, "planning the model");
    return NULL;
  }
  roi_lowering l = {.g = g, .err = err, .tables = tables, .baseline = roi_kernels("baseline", err)};
  if (l.baseline && make(p, &l, targets, n, keep, threads) == ROI_OK) return p;
  roi_plan_free(p);
  return NULL;
}
