/* The order of values and their columns.
 *
 * Values run period by period: a value's stage is the first period that asks for it, or that of its latest operand. So sums,
 * running products and payback advance together and what one period needs is forgotten in the next. Draws, and what is
 * computed from one draw and constants alone, wait until they are first used. Columns are used again after a value's last use. */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "plan/lowering.h"

typedef struct schedule {
  roi_lowering *l;
  uint32_t *uses;     /* how many values or results use each value; 0: not needed */
  uint8_t *movable;
  uint32_t *order;    /* values in running order */
  uint32_t n;
  int32_t *column;    /* by value */
  uint32_t *last_use; /* by value: position in order */
  int32_t *free_columns; uint32_t n_free;
} schedule;

const roi_columns *roi_operand_list(unsigned op, const void *aux) {
  switch (op) {
    case ROI_K_IRR: return aux;
    case ROI_K_EXTERN: return &((const roi_extern *)aux)->args;
    case ROI_K_Q_DIRECT: return &((const roi_direct *)aux)->params;
    default: return NULL;
  }
}

static const roi_columns *list_of(const roi_value *v) { return roi_operand_list(v->op, v->aux); }

static uint32_t operand_count(const roi_value *v) {
  const roi_columns *list = list_of(v);
  return (uint32_t)roi_kernel_rows[v->op].args + (list ? list->n : 0);
}
static int32_t operand(const roi_value *v, uint32_t i) {
  uint32_t own = (uint32_t)roi_kernel_rows[v->op].args;
  return i < own ? v->arg[i] : list_of(v)->arg[i - own];
}

/* Counts uses from the results down; operands come before the values that use them. */
static void count_uses(schedule *s, const int32_t *results, size_t n) {
  roi_lowering *l = s->l;
  for (size_t i = 0; i < n; i++)
    if (results[i] >= 0) s->uses[results[i]]++;
  for (size_t v = l->n_values; v-- > 0;) {
    if (!s->uses[v]) continue;
    s->n++;
    for (uint32_t i = 0; i < operand_count(&l->values[v]); i++)
      if (operand(&l->values[v], i) >= 0) s->uses[operand(&l->values[v], i)]++;
  }
}

/* What a value can take in: its operand `arg`, made by `inner`, when nothing else uses that; the whole is `fused`, with the
 * value's other operand first and the inner value's operands after it. */
typedef struct fusion { uint16_t outer, inner, fused; int arg; } fusion;
static const fusion fusions[] = {
    {ROI_K_DIV, ROI_K_ADD, ROI_K_DIV_SUM, 1},
    {ROI_K_MUL, ROI_K_DIV_SUM, ROI_K_MUL_DIV_SUM, 1},
    {ROI_K_ADD, ROI_K_FNMA, ROI_K_ADD_FNMA, 1},
};

/* Joins values that pass a number on through memory to one instruction. The roundings are the same, so unlike the rewrites of
 * lowering.c this may look at who else uses a value. */
static void fuse(schedule *s) {
  roi_lowering *l = s->l;
  for (size_t v = 0; v < l->n_values; v++) {
    roi_value *x = &l->values[v];
    for (size_t f = 0; s->uses[v] && f < sizeof fusions / sizeof fusions[0]; f++) {
      int32_t inner = x->op == fusions[f].outer ? x->arg[fusions[f].arg] : -1;
      if (inner < 0 || l->values[inner].op != fusions[f].inner || s->uses[inner] != 1) continue;
      x->op = fusions[f].fused;
      memcpy(x->arg + 1, l->values[inner].arg, (ROI_MAX_OPERANDS - 1) * sizeof x->arg[0]);
      s->uses[inner] = 0;
      s->n--;
    }
  }
}

static void find_stages(schedule *s, const int32_t *results, size_t n) {
  roi_lowering *l = s->l;
  for (size_t v = 0; v < l->n_values; v++) {
    roi_value *x = &l->values[v];
    uint32_t varying = 0;
    s->movable[v] = 1;
    for (uint32_t i = 0; i < operand_count(x); i++) {
      int32_t a = operand(x, i);
      if (a < 0) continue;
      if (l->values[a].stage > x->stage) x->stage = l->values[a].stage;
      if (!s->movable[a] || s->uses[a] != 1 || varying++ > 0) s->movable[v] = 0;
    }
  }
  for (size_t i = 0; i < n; i++)
    if (results[i] >= 0) s->movable[results[i]] = 0;
  uint32_t *earliest = s->last_use; /* lent until columns are given: the first stage that uses a value */
  memset(earliest, 0xff, l->n_values * sizeof *earliest);
  for (size_t v = l->n_values; v-- > 0;) {
    roi_value *x = &l->values[v];
    if (!s->uses[v]) continue;
    if (s->movable[v] && earliest[v] != UINT32_MAX && earliest[v] > x->stage) x->stage = earliest[v];
    for (uint32_t i = 0; i < operand_count(x); i++) {
      int32_t a = operand(x, i);
      if (a >= 0 && x->stage < earliest[a]) earliest[a] = x->stage;
    }
  }
}

/* Sorts the needed values by stage, values of one stage as they were made. */
static int sort_values(schedule *s) {
  const roi_lowering *l = s->l;
  uint32_t stages = l->g->horizon + 2;
  uint32_t *begin = roi_alloc_zero(stages, sizeof *begin);
  if (!begin) return -1;
  for (size_t v = 0; v < l->n_values; v++)
    if (s->uses[v]) begin[l->values[v].stage + 1]++;
  for (uint32_t i = 1; i < stages; i++) begin[i] += begin[i - 1];
  for (size_t v = 0; v < l->n_values; v++)
    if (s->uses[v]) s->order[begin[l->values[v].stage]++] = (uint32_t)v;
  roi_free(begin);
  return 0;
}

static void find_last_uses(schedule *s, const int32_t *results, size_t n) {
  for (uint32_t at = 0; at < s->n; at++) {
    const roi_value *x = &s->l->values[s->order[at]];
    s->last_use[s->order[at]] = at;
    for (uint32_t i = 0; i < operand_count(x); i++)
      if (operand(x, i) >= 0) s->last_use[operand(x, i)] = at;
  }
  for (size_t i = 0; i < n; i++)
    if (results[i] >= 0) s->last_use[results[i]] = UINT32_MAX;
}

static int32_t column_of(const schedule *s, int32_t a) { return a >= 0 ? s->column[a] : a; }

static void take_column(schedule *s, uint32_t v, roi_plan *plan) {
  s->column[v] = s->n_free ? s->free_columns[--s->n_free] : (int32_t)plan->n_columns++;
}

static void write_instruction(schedule *s, uint32_t at, int keep, roi_plan *plan) {
  uint32_t v = s->order[at];
  const roi_value *x = &s->l->values[v];
  roi_instr *out = &plan->instrs[at];
  const roi_columns *list = list_of(x);
  out->op = x->op;
  out->imm = x->imm;
  out->aux = x->aux;
  for (int i = 0; i < roi_kernel_rows[x->op].args; i++) out->arg[i] = column_of(s, x->arg[i]);
  /* A per-trial function may write its results before it has read all it was given. */
  int apart = x->op == ROI_K_EXTERN;
  if (apart) take_column(s, v, plan);
  if (!keep) { /* operands that end here give their columns back first: an instruction may write over what it reads */
    for (uint32_t i = 0; i < operand_count(x); i++) {
      int32_t a = operand(x, i);
      if (a < 0 || s->last_use[a] != at) continue;
      s->last_use[a] = UINT32_MAX - 1; /* once, though it may be read twice */
      s->free_columns[s->n_free++] = s->column[a];
    }
  }
  if (!apart) take_column(s, v, plan);
  out->dst = s->column[v];
  if (list) { /* the list belongs to this plan (roi_fill_list) and from here on holds columns */
    int32_t *arg = (int32_t *)(uintptr_t)list->arg;
    for (uint32_t i = 0; i < list->n; i++) arg[i] = column_of(s, arg[i]);
  }
  plan->origin[at] = x->origin;
  plan->stage[at] = x->stage;
}

static int allocate(schedule *s, roi_plan *plan) {
  size_t n = s->l->n_values + 1;
  s->order = roi_alloc(s->n + 1, sizeof *s->order);
  s->column = roi_alloc(n, sizeof *s->column);
  s->last_use = roi_alloc(n, sizeof *s->last_use);
  s->movable = roi_alloc(n, sizeof *s->movable);
  s->free_columns = roi_alloc(n, sizeof *s->free_columns);
  plan->instrs = roi_alloc_zero(s->n + 1, sizeof *plan->instrs);
  plan->origin = roi_alloc(s->n + 1, sizeof *plan->origin);
  plan->stage = roi_alloc(s->n + 1, sizeof *plan->stage);
  plan->constants = roi_alloc_aligned((s->l->n_constants + 1) * ROI_CONST_COPIES, sizeof *plan->constants);
  return s->order && s->column && s->last_use && s->movable && s->free_columns && plan->instrs && plan->origin && plan->stage &&
                 plan->constants ? 0 : -1;
}

roi_status roi_schedule(roi_lowering *l, int32_t *results, size_t n, int keep, roi_plan *plan, roi_error *err) {
  schedule s = {.l = l};
  int failed = 1;
  s.uses = roi_alloc_zero(l->n_values + 1, sizeof *s.uses);
  if (s.uses) {
    count_uses(&s, results, n);
    if (!keep) fuse(&s);
    if (allocate(&s, plan) == 0) {
      find_stages(&s, results, n);
      failed = sort_values(&s);
    }
  }
  if (!failed) {
    find_last_uses(&s, results, n);
    plan->n_instrs = s.n;
    for (uint32_t at = 0; at < s.n; at++) write_instruction(&s, at, keep, plan);
    for (size_t i = 0; i < n; i++) results[i] = column_of(&s, results[i]);
    for (size_t i = 0; i < l->n_constants; i++)
      for (int k = 0; k < ROI_CONST_COPIES; k++) plan->constants[i * ROI_CONST_COPIES + (size_t)k] = l->constants[i];
    plan->n_constants = (uint32_t)l->n_constants;
  }
  void *const parts[] = {s.uses, s.movable, s.order, s.column, s.last_use, s.free_columns};
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) roi_free(parts[i]);
  return failed ? roi_fail_memory(err, "planning the model") : ROI_OK;
}
