/* Values: made once, equal ones shared, constants folded by the kernels themselves. */
#include "plan/lowering.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"

void roi_lowering_fail_memory(roi_lowering *l) {
  if (l->status == ROI_OK) l->status = roi_fail_memory(l->err, "planning the model");
}

void *roi_own(roi_lowering *l, size_t count, size_t size) {
  void *p = roi_alloc_zero(count, size);
  if (!p || roi_grow((void **)&l->owned, l->n_owned, &l->cap_owned, sizeof *l->owned) != 0) {
    roi_free(p);
    roi_lowering_fail_memory(l);
    return NULL;
  }
  l->owned[l->n_owned++] = p;
  return p;
}

#define WORK_A_LOOK 1000000u /* some milliseconds */

void roi_lowering_look(roi_lowering *l, size_t work) {
  l->unlooked += work;
  if (l->unlooked < WORK_A_LOOK) return;
  l->unlooked = 0;
  if (l->status == ROI_OK && roi_tables_stopped(l->tables))
    l->status = roi_fail(l->err, ROI_ERR_INTERRUPTED, "interrupted while the model was planned");
}

int roi_expect_places(roi_lowering *l, uint64_t n) {
  if (l->status != ROI_OK) return -1;
  if (n <= ROI_MAX_PLACES - l->n_places) return 0;
  l->status = roi_fail(l->err, ROI_ERR_LIMIT,
                       "the model is too large to plan: its series, and what roi.irr and roi.per_trial are given, have over %u numbers "
                       "once their periods are written out; shorten the horizon or use fewer series", ROI_MAX_PLACES);
  return -1;
}

int roi_take_places(roi_lowering *l, size_t n) {
  roi_lowering_look(l, n);
  if (roi_expect_places(l, n) != 0) return -1;
  l->n_places += n;
  return 0;
}

static uint64_t mix(uint64_t h, uint64_t x) {
  h = (h ^ x) * UINT64_C(0x9E3779B97F4A7C15);
  return h ^ (h >> 29);
}

static uint64_t bits_of(double x) {
  uint64_t b;
  memcpy(&b, &x, sizeof b);
  return b;
}

static uint64_t hash_value(const roi_value *v) {
  uint64_t h = mix(mix(bits_of(v->imm), v->op), (uint64_t)(uintptr_t)v->aux);
  for (int i = 0; i < ROI_MAX_OPERANDS; i++) h = mix(h, (uint32_t)v->arg[i]);
  return h;
}

static int same_value(const roi_value *a, const roi_value *b) {
  return a->op == b->op && a->aux == b->aux && bits_of(a->imm) == bits_of(b->imm) && memcmp(a->arg, b->arg, sizeof a->arg) == 0;
}

int32_t roi_put_constant(roi_lowering *l, double value) {
  if (l->status != ROI_OK) return ~0;
  if ((l->n_constants + 1) * 2 > l->const_hash_size) {
    size_t size = l->const_hash_size ? l->const_hash_size * 2 : 256;
    uint32_t *table = roi_alloc_zero(size, sizeof *table);
    if (!table) return roi_lowering_fail_memory(l), ~0;
    for (size_t i = 0; i < l->n_constants; i++) {
      size_t at = mix(bits_of(l->constants[i]), 1) & (size - 1);
      while (table[at]) at = (at + 1) & (size - 1);
      table[at] = (uint32_t)i + 1;
    }
    roi_free(l->const_hash);
    l->const_hash = table;
    l->const_hash_size = size;
  }
  size_t at = mix(bits_of(value), 1) & (l->const_hash_size - 1);
  for (; l->const_hash[at]; at = (at + 1) & (l->const_hash_size - 1))
    if (bits_of(l->constants[l->const_hash[at] - 1]) == bits_of(value)) return ~(int32_t)(l->const_hash[at] - 1);
  if (l->n_constants >= ROI_MAX_VALUES) {
    l->status = roi_fail(l->err, ROI_ERR_LIMIT,
                         "the model is too large to plan: over %u different numbers that are the same in each trial once its periods are "
                         "written out; shorten the horizon or use fewer series", ROI_MAX_VALUES);
    return ~0;
  }
  if (roi_grow((void **)&l->constants, l->n_constants, &l->cap_constants, sizeof *l->constants) != 0)
    return roi_lowering_fail_memory(l), ~0;
  l->constants[l->n_constants++] = value;
  l->const_hash[at] = (uint32_t)l->n_constants;
  return ~(int32_t)(l->n_constants - 1);
}

int roi_operand_constant(const roi_lowering *l, int32_t operand, double *value) {
  if (operand >= 0) return 0;
  *value = l->constants[~operand];
  return 1;
}

/* The value of an instruction whose operands are constants: runs it on the smallest block. */
static double fold(roi_lowering *l, const roi_value *v) {
  _Alignas(ROI_CACHE_LINE) double column[ROI_LANE_UNIT] = {0};
  _Alignas(ROI_CACHE_LINE) double constants[ROI_MAX_OPERANDS * ROI_CONST_COPIES];
  roi_instr instr = {.op = v->op, .dst = 0, .imm = v->imm, .aux = v->aux};
  for (int i = 0; i < ROI_MAX_OPERANDS; i++) {
    double x = v->arg[i] < 0 ? l->constants[~v->arg[i]] : 0.0;
    for (int k = 0; k < ROI_CONST_COPIES; k++) constants[i * ROI_CONST_COPIES + k] = x;
    instr.arg[i] = ~i;
  }
  roi_block block = {.columns = column, .stride = ROI_LANE_UNIT, .lanes = ROI_LANE_UNIT, .constants = constants};
  l->baseline->kernel[v->op](&block, &instr);
  return column[0];
}

static int folds(const roi_value *v) {
  switch (v->op) {
    case ROI_K_UNIFORM:
    case ROI_K_EXTERN:
    case ROI_K_IRR:
    case ROI_K_Q_DIRECT: return 0;
    default: break;
  }
  for (int i = 0; i < roi_kernel_rows[v->op].args; i++)
    if (v->arg[i] >= 0) return 0;
  return 1;
}

static int rehash(roi_lowering *l) {
  size_t size = l->hash_size ? l->hash_size * 2 : 4096;
  uint32_t *table = roi_alloc_zero(size, sizeof *table);
  if (!table) return -1;
  for (size_t i = 0; i < l->n_values; i++) {
    size_t at = hash_value(&l->values[i]) & (size - 1);
    while (table[at]) at = (at + 1) & (size - 1);
    table[at] = (uint32_t)i + 1;
  }
  roi_free(l->hash);
  l->hash = table;
  l->hash_size = size;
  return 0;
}

static int32_t put_value(roi_lowering *l, const roi_value *v) {
  if ((l->n_values + 1) * 2 > l->hash_size && rehash(l) != 0) return roi_lowering_fail_memory(l), ~0;
  size_t at = hash_value(v) & (l->hash_size - 1);
  for (; l->hash[at]; at = (at + 1) & (l->hash_size - 1)) {
    roi_value *old = &l->values[l->hash[at] - 1];
    if (!same_value(old, v)) continue;
    if (v->stage < old->stage) old->stage = v->stage;
    return (int32_t)(l->hash[at] - 1);
  }
  if (l->n_values >= ROI_MAX_VALUES) {
    l->status = roi_fail(l->err, ROI_ERR_LIMIT,
                         "the model is too large to plan: over %u operations once its periods are written out; "
                         "shorten the horizon or use fewer series", ROI_MAX_VALUES);
    return ~0;
  }
  if (roi_grow((void **)&l->values, l->n_values, &l->cap_values, sizeof *l->values) != 0) return roi_lowering_fail_memory(l), ~0;
  l->values[l->n_values++] = *v;
  l->hash[at] = (uint32_t)l->n_values;
  return (int32_t)(l->n_values - 1);
}

static const roi_value *product(const roi_lowering *l, int32_t operand) {
  return operand >= 0 && l->values[operand].op == ROI_K_MUL ? &l->values[operand] : NULL;
}

static int is_constant(const roi_lowering *l, int32_t operand, double value) {
  return operand < 0 && bits_of(l->constants[~operand]) == bits_of(value);
}

/* x * 1, x / 1, x + 0 and x - 0 are x (of the sums only the sign of a zero can differ), and a choice whose condition is known is
 * what it chooses; ROI_NO_OPERAND otherwise. */
static int32_t identity(const roi_lowering *l, roi_kernel_op op, int32_t a, int32_t b, int32_t c) {
  double condition;
  switch (op) {
    case ROI_K_WHERE:
      if (!roi_operand_constant(l, a, &condition)) return ROI_NO_OPERAND;
      if (isnan(condition)) return a;
      return condition != 0.0 ? b : c;
    case ROI_K_MUL:
      if (is_constant(l, a, 1.0)) return b;
      return is_constant(l, b, 1.0) ? a : ROI_NO_OPERAND;
    case ROI_K_DIV: return is_constant(l, b, 1.0) ? a : ROI_NO_OPERAND;
    case ROI_K_ADD:
      if (is_constant(l, a, 0.0)) return b;
      return is_constant(l, b, 0.0) ? a : ROI_NO_OPERAND;
    case ROI_K_SUB: return is_constant(l, b, 0.0) ? a : ROI_NO_OPERAND;
    default: return ROI_NO_OPERAND;
  }
}

/* Turns a sum with a product into a fused multiply-add. A difference of two products is left alone: fusing one of them would make
 * a * b - a * b differ from zero by the rounding of the other. */
static void fuse(const roi_lowering *l, roi_value *v) {
  if (v->op != ROI_K_ADD && v->op != ROI_K_SUB) return;
  const roi_value *left = product(l, v->arg[0]), *right = product(l, v->arg[1]);
  int32_t a = v->arg[0], b = v->arg[1];
  const roi_value *m = right ? right : left;
  if (!m || (v->op == ROI_K_SUB && left && right)) return;
  v->arg[0] = m->arg[0];
  v->arg[1] = m->arg[1];
  v->arg[2] = m == right ? a : b;
  v->op = (uint16_t)(v->op == ROI_K_ADD ? ROI_K_FMA : m == right ? ROI_K_FNMA : ROI_K_FMS);
}

int32_t roi_put(roi_lowering *l, roi_kernel_op op, int32_t a, int32_t b, int32_t c, int32_t d, double imm, const void *aux) {
  if (l->status != ROI_OK) return ~0;
  roi_value v = {.op = (uint16_t)op, .arg = {a, b, c, d}, .imm = imm, .aux = aux, .origin = l->origin, .stage = l->period};
  if (folds(&v)) return roi_put_constant(l, fold(l, &v));
  int32_t same = identity(l, op, a, b, c);
  if (same != ROI_NO_OPERAND) return same;
  fuse(l, &v);
  return put_value(l, &v);
}

int32_t roi_put1(roi_lowering *l, roi_kernel_op op, int32_t a) { return roi_put(l, op, a, 0, 0, 0, 0.0, NULL); }
int32_t roi_put2(roi_lowering *l, roi_kernel_op op, int32_t a, int32_t b) { return roi_put(l, op, a, b, 0, 0, 0.0, NULL); }
int32_t roi_put3(roi_lowering *l, roi_kernel_op op, int32_t a, int32_t b, int32_t c) {
  return roi_put(l, op, a, b, c, 0, 0.0, NULL);
}

int roi_fill_list(roi_lowering *l, roi_columns *list, const int32_t *operands, size_t n) {
  if (roi_take_places(l, n) != 0) return -1;
  int32_t *copy = roi_own(l, n + 1, sizeof *copy);
  if (!copy) return -1;
  if (n) memcpy(copy, operands, n * sizeof *copy);
  list->n = (uint32_t)n; /* places are fewer */
  list->arg = copy;
  return 0;
}
