/* From nodes to values, period by period, on demand from the targets.
 *
 * A series that is a product with factors that don't vary by period is kept as core(p) * factor: the factors are multiplied once
 * a trial, in the order of the script, and leave sums (sum of core * factor = factor * sum of core). What this does to rounding
 * is stated in docs/NUMERICS.md.
 *
 * Graphs may be deep, so there is no recursion: an item (node, period, part) that lacks operands pushes them and is looked at
 * again when they are done. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/state.h"
#include "plan/lowering.h"

typedef enum part { VALUE, FACTOR, RUN } part; /* VALUE of a factored series: its core */

typedef struct item { roi_node node; uint32_t period; part what; } item;

typedef struct elements {
  roi_lowering *l;
  const roi_graph *g;
  uint8_t *factored;      /* by node: kept as core * factor */
  int32_t **value, **run; /* by node: one operand, or one a period */
  int32_t *factor;
  roi_running **running;  /* by node, once looked for */
  double **fixed;         /* by node: numbers of FIXED series, once asked for */
  const void **aux;       /* by node: INTERP's table */
  item *stack; size_t depth, capacity;
  int missing;            /* set when need() had to push something */
} elements;

static const roi_node_row *row_of(const elements *e, roi_node n) { return &e->g->nodes[n]; }
static roi_node arg_of(const elements *e, const roi_node_row *r, uint32_t i) { return e->g->args[r->first_arg + i]; }
static size_t periods(const elements *e, roi_node n) { return row_of(e, n)->shape == ROI_SERIES_SHAPE ? (size_t)e->g->horizon + 1 : 1; }

static int32_t *slot(elements *e, int32_t **rows, roi_node n, uint32_t p) {
  size_t count = periods(e, n);
  if (!rows[n]) {
    if (roi_take_places(e->l, count) != 0) return NULL;
    rows[n] = roi_alloc(count, sizeof **rows);
    if (!rows[n]) return roi_lowering_fail_memory(e->l), NULL;
    for (size_t i = 0; i < count; i++) rows[n][i] = ROI_NO_OPERAND;
  }
  return &rows[n][count == 1 ? 0 : p];
}

static int32_t *find(elements *e, item it) {
  if (it.what == FACTOR) return &e->factor[it.node];
  return slot(e, it.what == RUN ? e->run : e->value, it.node, it.period);
}

/* The operand of an item, or ROI_NO_OPERAND after pushing it. */
static int32_t need(elements *e, roi_node n, uint32_t p, part what) {
  item it = {n, p, what};
  int32_t *operand = find(e, it);
  if (!operand || *operand != ROI_NO_OPERAND) return operand ? *operand : ~0;
  e->missing = 1;
  if (roi_grow((void **)&e->stack, e->depth, &e->capacity, sizeof *e->stack) != 0) return roi_lowering_fail_memory(e->l), ~0;
  e->stack[e->depth++] = it;
  return ROI_NO_OPERAND;
}

static int32_t zero(elements *e) { return roi_put_constant(e->l, 0.0); }

/* A node's value in a period, whatever its shape. */
static int32_t value_at(elements *e, roi_node n, uint32_t p) {
  const roi_node_row *r = row_of(e, n);
  if (r->op == ROI_CONST) return roi_put_constant(e->l, r->value);
  if (r->shape == ROI_SCALAR) return need(e, n, 0, VALUE);
  if (p < r->start) return zero(e);
  int32_t core = need(e, n, p, VALUE);
  if (!e->factored[n]) return core;
  int32_t factor = need(e, n, 0, FACTOR);
  return core == ROI_NO_OPERAND || factor == ROI_NO_OPERAND ? ROI_NO_OPERAND : roi_put2(e->l, ROI_K_MUL, core, factor);
}

/* The part of a product that varies by period, and the part that doesn't; 1 where there is none. */
static int32_t core_at(elements *e, roi_node n, uint32_t p) {
  const roi_node_row *r = row_of(e, n);
  if (r->shape == ROI_SCALAR) return roi_put_constant(e->l, 1.0);
  return p < r->start ? zero(e) : need(e, n, p, VALUE);
}
static int32_t factor_of(elements *e, roi_node n) {
  if (row_of(e, n)->shape == ROI_SCALAR) return value_at(e, n, 0);
  return e->factored[n] ? need(e, n, 0, FACTOR) : roi_put_constant(e->l, 1.0);
}

/* Which series are kept as core * factor: products and quotients with a scalar that varies by trial among their factors. */
static void find_factored(elements *e) {
  for (size_t n = 0; n < e->g->n_nodes; n++) {
    const roi_node_row *r = &e->g->nodes[n];
    if (r->shape != ROI_SERIES_SHAPE || (r->flags & ROI_FIXED)) continue;
    if (r->op == ROI_MUL) {
      roi_node a = arg_of(e, r, 0), b = arg_of(e, r, 1);
      e->factored[n] = row_of(e, a)->shape == ROI_SCALAR || row_of(e, b)->shape == ROI_SCALAR || e->factored[a] || e->factored[b];
    } else if (r->op == ROI_DIV || r->op == ROI_NEG) {
      e->factored[n] = e->factored[arg_of(e, r, 0)];
    }
  }
}

static int32_t lower_factor(elements *e, const roi_node_row *r) {
  int32_t a = factor_of(e, arg_of(e, r, 0));
  if (r->op == ROI_NEG) return e->missing ? ROI_NO_OPERAND : roi_put1(e->l, ROI_K_NEG, a);
  roi_node other = arg_of(e, r, 1);
  if (r->op == ROI_DIV && row_of(e, other)->shape == ROI_SERIES_SHAPE) return a;
  int32_t b = factor_of(e, other);
  return e->missing ? ROI_NO_OPERAND : roi_put2(e->l, r->op == ROI_MUL ? ROI_K_MUL : ROI_K_DIV, a, b);
}

static int32_t lower_core(elements *e, const roi_node_row *r, uint32_t p) {
  int32_t a = core_at(e, arg_of(e, r, 0), p);
  if (r->op == ROI_NEG) return a;
  roi_node other = arg_of(e, r, 1);
  if (r->op == ROI_DIV && row_of(e, other)->shape == ROI_SCALAR) return a;
  int32_t b = r->op == ROI_DIV ? value_at(e, other, p) : core_at(e, other, p);
  return e->missing ? ROI_NO_OPERAND : roi_put2(e->l, r->op == ROI_MUL ? ROI_K_MUL : ROI_K_DIV, a, b);
}

static void work(elements *e, size_t base);

/* The numbers of a FIXED series; lowering it gives constants. */
static const double *fixed_numbers(void *data, roi_node n) {
  elements *e = data;
  if (e->fixed[n]) return e->fixed[n];
  if (roi_take_places(e->l, periods(e, n)) != 0) return NULL;
  double *x = roi_alloc_zero(periods(e, n), sizeof *x);
  if (!x) return roi_lowering_fail_memory(e->l), NULL;
  e->fixed[n] = x;
  int missing = e->missing;
  for (uint32_t p = row_of(e, n)->start; p <= e->g->horizon && e->l->status == ROI_OK; p++) {
    size_t base = e->depth;
    if (value_at(e, n, p) == ROI_NO_OPERAND) work(e, base);
    if (e->l->status == ROI_OK && !roi_operand_constant(e->l, value_at(e, n, p), &x[p])) x[p] = NAN;
  }
  e->missing = missing;
  return x;
}

static const roi_running *running_of(elements *e, roi_node n) {
  if (!e->running[n]) {
    roi_running *r = roi_alloc_zero(1, sizeof *r);
    if (!r) return roi_lowering_fail_memory(e->l), NULL;
    e->running[n] = r;
    roi_running_find(e->g, n, fixed_numbers, e, r);
  }
  return e->running[n];
}

static int32_t lower_run(elements *e, roi_node n, uint32_t p) {
  const roi_running *r = running_of(e, n);
  const roi_node_row *row = row_of(e, n);
  if (!r || e->l->status != ROI_OK) return ~0;
  int32_t before = (p - row->start) % ROI_RUNNING_RESTART ? need(e, n, p - 1, RUN) : ROI_NO_OPERAND;
  int32_t base = r->base == ROI_NONE ? roi_put_constant(e->l, 1.0) : value_at(e, r->base, 0);
  int32_t other = r->other == ROI_NONE ? zero(e) : value_at(e, r->other, 0);
  if (e->missing) return ROI_NO_OPERAND;
  return roi_running_put(e->l, r, p, fixed_numbers(e, r->exponent)[p], before, base, other);
}

/* x^n by squaring for small whole n: at most n - 1 roundings. */
static int32_t whole_power(roi_lowering *l, int32_t x, unsigned n) {
  int32_t result = ROI_NO_OPERAND;
  for (; n; n >>= 1) {
    if (n & 1) result = result == ROI_NO_OPERAND ? x : roi_put2(l, ROI_K_MUL, result, x);
    if (n > 1) x = roi_put2(l, ROI_K_MUL, x, x);
  }
  return result;
}

static int32_t put_power(roi_lowering *l, int32_t base, int32_t exponent) {
  double c;
  if (base >= 0 && roi_operand_constant(l, exponent, &c)) {
    if (c == -1.0) return roi_put2(l, ROI_K_DIV, roi_put_constant(l, 1.0), base);
    if (c >= 1.0 && c <= 16.0 && c == floor(c)) return whole_power(l, base, (unsigned)c);
  }
  return roi_put2(l, ROI_K_POW, base, exponent);
}

/* Operations whose kernel has the same meaning and arguments. */
static const int16_t kernel_of[ROI_OP_COUNT] = {
    [ROI_NEG] = ROI_K_NEG,     [ROI_ABS] = ROI_K_ABS,     [ROI_FLOOR] = ROI_K_FLOOR, [ROI_CEIL] = ROI_K_CEIL,
    [ROI_ROUND] = ROI_K_ROUND, [ROI_SQRT] = ROI_K_SQRT,   [ROI_EXP] = ROI_K_EXP,     [ROI_LOG] = ROI_K_LOG,
    [ROI_LOG10] = ROI_K_LOG10, [ROI_LOG1P] = ROI_K_LOG1P, [ROI_EXPM1] = ROI_K_EXPM1, [ROI_SIN] = ROI_K_SIN,
    [ROI_COS] = ROI_K_COS,     [ROI_TAN] = ROI_K_TAN,     [ROI_TANH] = ROI_K_TANH,   [ROI_ATAN] = ROI_K_ATAN,
    [ROI_NCDF] = ROI_K_NCDF,   [ROI_NQUANT] = ROI_K_NQUANT, [ROI_NOT] = ROI_K_NOT,   [ROI_ADD] = ROI_K_ADD,
    [ROI_SUB] = ROI_K_SUB,     [ROI_MUL] = ROI_K_MUL,     [ROI_DIV] = ROI_K_DIV,     [ROI_MOD] = ROI_K_MOD,
    [ROI_IDIV] = ROI_K_IDIV,   [ROI_MIN] = ROI_K_MIN,     [ROI_MAX] = ROI_K_MAX,     [ROI_LT] = ROI_K_LT,
    [ROI_LE] = ROI_K_LE,       [ROI_EQ] = ROI_K_EQ,       [ROI_NE] = ROI_K_NE,       [ROI_AND] = ROI_K_AND,
    [ROI_OR] = ROI_K_OR,       [ROI_WHERE] = ROI_K_WHERE, [ROI_STATE] = ROI_K_STATE,
};

static const void *interp_table(elements *e, roi_node n) {
  if (!e->aux[n]) {
    const roi_node_row *r = row_of(e, n);
    roi_interp_table *t = roi_own(e->l, 1, sizeof *t);
    if (!t) return NULL;
    t->n = r->n_data / 2;
    t->x = e->g->data + r->first_data;
    t->y = t->x + t->n;
    e->aux[n] = t;
  }
  return e->aux[n];
}

static int32_t lower_map(elements *e, roi_node n, uint32_t p) {
  const roi_node_row *r = row_of(e, n);
  roi_lowering *l = e->l;
  int32_t a[3] = {0, 0, 0};
  if (r->op == ROI_POW || r->op == ROI_EXP || r->op == ROI_SIGMOID) {
    const roi_running *running = running_of(e, n);
    if (!running) return ~0;
    if (running->kind != ROI_NOT_RUNNING) {
      int32_t x = need(e, n, p, RUN);
      if (r->op != ROI_SIGMOID || e->missing) return x;
      int32_t one = roi_put_constant(l, 1.0);
      return roi_put2(l, ROI_K_DIV, one, roi_put2(l, ROI_K_ADD, one, x));
    }
  }
  for (uint32_t i = 0; i < r->n_args; i++) a[i] = value_at(e, arg_of(e, r, i), p);
  if (e->missing) return ROI_NO_OPERAND;
  switch (r->op) {
    case ROI_GT: return roi_put2(l, ROI_K_LT, a[1], a[0]);
    case ROI_GE: return roi_put2(l, ROI_K_LE, a[1], a[0]);
    case ROI_POW: return put_power(l, a[0], a[1]);
    case ROI_INTERP: return roi_put(l, ROI_K_INTERP, a[0], 0, 0, 0, 0.0, interp_table(e, n));
    case ROI_SIGMOID: {
      int32_t one = roi_put_constant(l, 1.0);
      return roi_put2(l, ROI_K_DIV, one, roi_put2(l, ROI_K_ADD, one, roi_put1(l, ROI_K_EXP, roi_put1(l, ROI_K_NEG, a[0]))));
    }
    default: return roi_put(l, (roi_kernel_op)kernel_of[r->op], a[0], a[1], a[2], 0, 0.0, NULL);
  }
}

static int32_t lower_shape(elements *e, roi_node n, uint32_t p) {
  const roi_node_row *r = row_of(e, n);
  roi_node a = arg_of(e, r, 0);
  double at;
  switch (r->op) {
    case ROI_ELEMENT: return value_at(e, a, (uint32_t)r->imm);
    case ROI_SERIES: return p - r->start < r->n_args ? value_at(e, arg_of(e, r, p - r->start), 0) : zero(e);
    case ROI_LAG: return p >= (uint32_t)r->imm ? value_at(e, a, p - (uint32_t)r->imm) : zero(e);
    default: { /* AT */
      int32_t period = value_at(e, a, 0);
      if (period != ROI_NO_OPERAND && roi_operand_constant(e->l, period, &at)) {
        if (isnan(at) && roi_state_of(at) == ROI_STATE_NONE) return period;
        if (ceil(at) != (double)p) return zero(e);
      }
      int32_t value = value_at(e, arg_of(e, r, 1), p);
      if (e->missing) return ROI_NO_OPERAND;
      if (period < 0) return value;
      return roi_put(e->l, ROI_K_AT_STEP, period, value, 0, 0, p, NULL);
    }
  }
}

static int32_t lower_scan(elements *e, roi_node n, uint32_t p) {
  const roi_node_row *r = row_of(e, n);
  roi_node a = arg_of(e, r, 0);
  int32_t now = value_at(e, a, p);
  if (p == r->start) return now;
  int32_t before = r->op == ROI_DIFF ? value_at(e, a, p - 1) : need(e, n, p - 1, VALUE);
  if (e->missing) return ROI_NO_OPERAND;
  if (r->op == ROI_DIFF) return roi_put2(e->l, ROI_K_SUB, now, before);
  return roi_put2(e->l, r->op == ROI_CUMSUM ? ROI_K_ADD : ROI_K_MUL, before, now);
}

/* Sum or mean: the cores are added, the factor comes last. */
static int32_t lower_sum(elements *e, const roi_node_row *r, roi_node a) {
  uint32_t start = row_of(e, a)->start, horizon = e->g->horizon;
  int32_t factor = factor_of(e, a), sum = ROI_NO_OPERAND;
  for (uint32_t p = start; p <= horizon; p++) need(e, a, p, VALUE);
  if (e->missing) return ROI_NO_OPERAND;
  for (uint32_t p = start; p <= horizon; p++) {
    int32_t x = need(e, a, p, VALUE);
    e->l->period = p;
    sum = p == start ? x : roi_put2(e->l, ROI_K_ADD, sum, x);
  }
  sum = roi_put2(e->l, ROI_K_MUL, sum, factor);
  return r->op == ROI_SUM ? sum : roi_put2(e->l, ROI_K_DIV, sum, roi_put_constant(e->l, (double)(horizon - start + 1)));
}

static int32_t lower_chain(elements *e, const roi_node_row *r, roi_node a) {
  roi_lowering *l = e->l;
  uint32_t start = row_of(e, a)->start;
  int32_t state = roi_put_constant(l, r->op == ROI_FIRST ? INFINITY : 0.0);
  for (uint32_t p = start; p <= e->g->horizon && l->status == ROI_OK; p++) {
    int32_t x = value_at(e, a, p);
    l->period = p;
    switch (r->op) {
      case ROI_FIRST: state = roi_put(l, ROI_K_FIRST_STEP, state, x, 0, 0, p, NULL); break;
      case ROI_PAYBACK: state = roi_put(l, ROI_K_PAY_STEP, state, x, 0, 0, p, NULL); break;
      default: state = p == start ? x : roi_put2(l, r->op == ROI_MAX_OVER ? ROI_K_MAX : ROI_K_MIN, state, x);
    }
  }
  return r->op == ROI_PAYBACK ? roi_put1(l, ROI_K_PAY_END, state) : state;
}

/* Collects the operands of a list: every period of a series from `first`, one of a scalar. */
static int gather(elements *e, roi_node a, uint32_t first, int32_t **operand, size_t *n, size_t *capacity) {
  uint32_t last = row_of(e, a)->shape == ROI_SERIES_SHAPE ? e->g->horizon : first;
  for (uint32_t p = first; p <= last; p++) {
    if (roi_grow((void **)operand, *n, capacity, sizeof **operand) != 0) return roi_lowering_fail_memory(e->l), -1;
    (*operand)[(*n)++] = value_at(e, a, p);
  }
  return 0;
}

static int32_t lower_irr(elements *e, roi_node a) {
  int32_t *operand = NULL;
  size_t n = 0, capacity = 0;
  int32_t value = ROI_NO_OPERAND;
  if (gather(e, a, row_of(e, a)->start, &operand, &n, &capacity) == 0 && !e->missing) {
    e->l->period = e->g->horizon;
    roi_columns *list = roi_own(e->l, 1, sizeof *list);
    if (list && roi_fill_list(e->l, list, operand, n) == 0) value = roi_put(e->l, ROI_K_IRR, 0, 0, 0, 0, 0.0, list);
  }
  roi_free(operand);
  return value;
}

static int32_t lower_extern(elements *e, roi_node node) {
  const roi_node_row *r = row_of(e, node);
  int32_t *operand = NULL;
  size_t n = 0, capacity = 0;
  int32_t value = ROI_NO_OPERAND;
  if (roi_expect_places(e->l, roi_graph_given(e->g, r)) != 0) return value; /* before they are gathered, which takes as many */
  for (uint32_t i = 0; i < r->n_args; i++)
    if (gather(e, arg_of(e, r, i), 1, &operand, &n, &capacity) != 0) break;
  roi_lowering *l = e->l;
  if (!e->missing && l->status == ROI_OK) {
    roi_plan_extern *x = roi_own(l, 1, sizeof *x);
    if (x && roi_fill_list(l, &x->call.args, operand, n) == 0 &&
        roi_grow((void **)&l->externs, l->n_externs, &l->cap_externs, sizeof *l->externs) == 0) {
      x->index = l->ordinal[node];
      l->externs[l->n_externs++] = x;
      value = roi_put(l, ROI_K_EXTERN, 0, 0, 0, 0, 0.0, &x->call);
    } else {
      roi_lowering_fail_memory(l);
    }
  }
  roi_free(operand);
  return value;
}

static int32_t lower_reduce(elements *e, const roi_node_row *r) {
  roi_node a = arg_of(e, r, 0);
  if (r->op == ROI_LAST) return value_at(e, a, e->g->horizon);
  if (r->op == ROI_SUM || r->op == ROI_MEAN) return lower_sum(e, r, a);
  if (r->op == ROI_IRR) return lower_irr(e, a);
  for (uint32_t p = row_of(e, a)->start; p <= e->g->horizon; p++) value_at(e, a, p);
  return e->missing ? ROI_NO_OPERAND : lower_chain(e, r, a);
}

static void need_parameter(void *data, roi_node parameter) {
  elements *e = data;
  value_at(e, parameter, e->l->period);
}
static int32_t get_parameter(void *data, roi_node parameter, uint32_t period) { return value_at(data, parameter, period); }

static int32_t lower_draw(elements *e, roi_node n, uint32_t p) {
  e->l->period = p;
  roi_visit_parameters(e->g, arg_of(e, row_of(e, n), 0), need_parameter, e);
  return e->missing ? ROI_NO_OPERAND : roi_lower_draw(e->l, n, p, get_parameter, e);
}

static int32_t lower(elements *e, item it) {
  const roi_node_row *r = row_of(e, it.node);
  e->l->origin = it.node;
  e->l->period = it.period;
  e->missing = 0;
  if (it.what == RUN) return lower_run(e, it.node, it.period);
  if (it.what == FACTOR) return lower_factor(e, r);
  if (e->factored[it.node]) return lower_core(e, r, it.period);
  switch (roi_op_rows[r->op].cls) {
    case ROI_MAP: return lower_map(e, it.node, it.period);
    case ROI_SHAPE: return lower_shape(e, it.node, it.period);
    case ROI_SCAN: return lower_scan(e, it.node, it.period);
    case ROI_REDUCE: return lower_reduce(e, r);
    default: break;
  }
  if (r->op == ROI_TIME) return roi_put_constant(e->l, (double)it.period);
  return r->op == ROI_DRAW ? lower_draw(e, it.node, it.period) : lower_extern(e, it.node);
}

/* Lowers what lies on the stack above base. */
static void work(elements *e, size_t base) {
  while (e->depth > base && e->l->status == ROI_OK) {
    item it = e->stack[e->depth - 1];
    roi_lowering_look(e->l, 1);
    int32_t *known = find(e, it);
    size_t depth = e->depth;
    if (known && *known != ROI_NO_OPERAND) {
      e->depth--;
      continue;
    }
    roi_node origin = e->l->origin;
    uint32_t period = e->l->period;
    int32_t operand = lower(e, it);
    e->l->origin = origin;
    e->l->period = period;
    if (e->missing || e->l->status != ROI_OK) continue;
    *find(e, it) = operand;
    e->depth = depth - 1;
  }
}

static int allocate(elements *e) {
  size_t n = e->g->n_nodes + 1;
  e->factored = roi_alloc_zero(n, sizeof *e->factored);
  e->value = roi_alloc_zero(n, sizeof *e->value);
  e->run = roi_alloc_zero(n, sizeof *e->run);
  e->factor = roi_alloc(n, sizeof *e->factor);
  e->running = roi_alloc_zero(n, sizeof *e->running);
  e->fixed = roi_alloc_zero(n, sizeof *e->fixed);
  e->aux = roi_alloc_zero(n, sizeof *e->aux);
  if (!e->factored || !e->value || !e->run || !e->factor || !e->running || !e->fixed || !e->aux) return -1;
  for (size_t i = 0; i < n; i++) e->factor[i] = ROI_NO_OPERAND;
  return 0;
}

static void release(elements *e) {
  for (size_t i = 0; i < e->g->n_nodes; i++) {
    if (e->value) roi_free(e->value[i]);
    if (e->run) roi_free(e->run[i]);
    if (e->running) roi_free(e->running[i]);
    if (e->fixed) roi_free(e->fixed[i]);
  }
  void *const parts[] = {e->factored, e->value, e->run, e->factor, e->running, e->fixed, (void *)e->aux, e->stack};
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) roi_free(parts[i]);
}

void roi_lower_targets(roi_lowering *l, const roi_plan_target *targets, size_t n, int32_t *results) {
  elements e = {.l = l, .g = l->g};
  if (allocate(&e) != 0) roi_lowering_fail_memory(l);
  else find_factored(&e);
  for (size_t i = 0; i < n && l->status == ROI_OK; i++) {
    l->origin = targets[i].node;
    l->period = targets[i].period;
    if (value_at(&e, targets[i].node, targets[i].period) == ROI_NO_OPERAND) work(&e, 0);
    l->origin = targets[i].node;
    if (l->status == ROI_OK) results[i] = value_at(&e, targets[i].node, targets[i].period);
  }
  release(&e);
}
