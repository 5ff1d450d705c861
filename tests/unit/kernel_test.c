/* Every kernel of every set that this processor runs, against what its row of kernel.def says, on random and on awkward
 * numbers: bit for bit, states included. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/state.h"
#include "graph/fold.h"
#include "graph/graph.h"
#include "kernel/kernel.h"
#include "math/irr.h"
#include "math/philox.h"
#include "math/scalar.h"

#define LANES 48
#define STRIDE 64
#define COLUMNS 8
#define DST 4 /* columns 0..3 are operands, 4 the result */
#define BLOCKS 300

static const roi_kernel_set *sets[3];
static size_t n_sets;

/* -- a block to run on --------------------------------------------------------------------------------------------- */

static _Alignas(64) double columns[COLUMNS * STRIDE];
static _Alignas(64) double constants[4 * ROI_CONST_COPIES];
static double scratch[4096];
static uint64_t random_state;

static roi_block block_of(void) {
  return (roi_block){
      .columns = columns, .stride = STRIDE, .lanes = LANES, .constants = constants, .seed = 7, .scratch = scratch};
}
static uint64_t random_word(void) { /* xorshift64* */
  random_state ^= random_state >> 12;
  random_state ^= random_state << 25;
  random_state ^= random_state >> 27;
  return random_state * UINT64_C(0x2545F4914F6CDD1D);
}
static double random_unit(void) { return ((double)(random_word() >> 12) + 0.5) / 0x1p52; }

static double awkward(void) {
  static const double list[] = {0.0, 1.0, 0.5, 1.5, 2.5, 0.49999999999999994, 2.0, 3.0, 8.0, 8.000000000000002, 12.0,
      0.1, 1e-28, 1e28, 1e-27, 1e27, 1e15, 4503599627370495.5, 9007199254740993.0, 5e-324, 2.2250738585072009e-308,
      2.2250738585072014e-308, 1e-300, 1e300, 1.7976931348623157e308, 709.78271289338397, 709.8, 745.2, 37.5,
      0.70710678118654757, 3.1415926535897931, 1e22, 65535.0, 1.5707963267948966};
  switch (random_word() % 8) {
    case 0: return random_word() % 2 ? (double)INFINITY : -(double)INFINITY;
    case 1: return roi_state_value((roi_state)(1 + random_word() % (ROI_STATE_COUNT - 1)));
    case 2: return (double)NAN;
    default: break;
  }
  double x = list[random_word() % (sizeof list / sizeof *list)];
  return random_word() % 2 ? x : -x;
}
static double random_number(void) {
  switch (random_word() % 6) {
    case 0: return awkward();
    case 1: return random_unit();
    case 2: return (double)(random_word() % 41) - 20.0;
    case 3: return ldexp(random_unit() - 0.5, (int)(random_word() % 2000) - 1000);
    case 4: return ldexp(random_unit() - 0.5, (int)(random_word() % 160) - 80);
    default: return 40.0 * (random_unit() - 0.5);
  }
}

/* Equal to the bit; of NaNs any, but the same state. */
static int same(double got, double expected) {
  if (isnan(got) && isnan(expected)) return roi_state_of(got) == roi_state_of(expected);
  return memcmp(&got, &expected, sizeof got) == 0;
}

typedef double (*meaning)(const double *v, double imm);
typedef double (*generator)(void);

/* Runs the instruction and compares with its meaning (of several NaN operands C may take any) and with the first set
 * (to the state). was: the operand columns. */
static void check_lanes(size_t s, const roi_instr *in, int n, const double was[4][LANES], roi_opcode op, meaning f) {
  static double first[LANES];
  for (int c = 0; c < 4; c++) memcpy(columns + c * STRIDE, was[c], sizeof was[c]);
  roi_block b = block_of();
  sets[s]->kernel[in->op](&b, in);
  const double *got = columns + in->dst * STRIDE;
  for (int lane = 0; lane < LANES; lane++) {
    double v[4] = {0};
    int nans = 0;
    for (int k = 0; k < n; k++) {
      v[k] = in->arg[k] >= 0 ? was[k][lane] : constants[~in->arg[k] * ROI_CONST_COPIES];
      nans += isnan(v[k]) ? 1 : 0;
    }
    double expected = f ? f(v, in->imm) : roi_op_value(op, v, (size_t)n);
    int right = same(got[lane], expected) || (nans > 1 && isnan(got[lane]) && isnan(expected));
    if (!right || (s > 0 && !same(got[lane], first[lane]))) {
      fail_msg("%s %s(%a, %a, %a, %a; %g) lane %d: %a (%g), expected %a (%g)", sets[s]->name,
               roi_kernel_rows[in->op].name, v[0], v[1], v[2], v[3], in->imm, lane, got[lane], got[lane], expected,
               expected);
    }
  }
  if (s == 0) memcpy(first, got, sizeof first);
}

/* Runs the kernel with columns, with each operand a constant, and with the result on top of each operand. */
static void check_map(roi_kernel_op k, roi_opcode op, meaning f, const generator g[4], generator imm) {
  int n = roi_kernel_rows[k].args;
  for (int turn = 0; turn < BLOCKS; turn++) {
    roi_instr in = {.op = (uint16_t)k, .dst = DST, .arg = {0, 1, 2, 3}, .imm = imm ? imm() : 0.0};
    double was[4][LANES];
    for (int c = 0; c < 4; c++) {
      for (int i = 0; i < LANES; i++) was[c][i] = g[c] ? g[c]() : random_number();
      double x = g[c] ? g[c]() : random_number();
      for (int i = 0; i < ROI_CONST_COPIES; i++) constants[c * ROI_CONST_COPIES + i] = x;
    }
    int which = turn % (2 * n + 2);
    if (which < n) in.arg[which] = ~which;
    else if (which < 2 * n) in.dst = which - n;
    else if (which == 2 * n)
      for (int c = 0; c < n; c++) in.arg[c] = ~c;
    for (size_t s = 0; s < n_sets; s++) check_lanes(s, &in, n, (const double(*)[LANES])was, op, f);
  }
}

/* -- maps ---------------------------------------------------------------------------------------------------------- */

static void operations_of_the_graph(void **state) {
  (void)state;
  const generator any[4] = {NULL, NULL, NULL, NULL};
  int seen = 0;
  for (int k = 0; k < ROI_K_COUNT; k++) {
    int op = roi_op_find(roi_kernel_rows[k].name);
    if (op < 0 || roi_op_rows[op].cls != ROI_MAP || op == ROI_INTERP) continue;
    assert_int_equal(roi_op_rows[op].min_args, roi_kernel_rows[k].args);
    check_map((roi_kernel_op)k, (roi_opcode)op, NULL, any, NULL);
    seen++;
  }
  assert_int_equal(seen, 36);
}

static double want_copy(const double *v, double imm) { return (void)imm, v[0]; }
static double want_fma(const double *v, double imm) { return (void)imm, fma(v[0], v[1], v[2]); }
static double want_fms(const double *v, double imm) { return (void)imm, fma(v[0], v[1], -v[2]); }
static double want_fnma(const double *v, double imm) { return (void)imm, fma(-v[0], v[1], v[2]); }
/* Of an operand and what lies between, both NaN, the operand stands first. */
static double want_div_sum(const double *v, double imm) { return (void)imm, isnan(v[0]) ? v[0] : v[0] / (v[1] + v[2]); }
static double want_mul_div_sum(const double *v, double imm) {
  return isnan(v[0]) ? v[0] : v[0] * want_div_sum(v + 1, imm);
}
static double want_add_fnma(const double *v, double imm) {
  return (void)imm, isnan(v[0]) ? v[0] : v[0] + fma(-v[1], v[2], v[3]);
}
static double want_at(const double *v, double imm) {
  if (isnan(v[0])) return roi_state_of(v[0]) == ROI_STATE_NONE ? v[0] : 0.0;
  return ceil(v[0]) == imm ? v[1] : 0.0;
}
static double want_first(const double *v, double imm) {
  if (v[0] != ROI_NEVER) return v[0];
  return isnan(v[1]) ? v[1] : v[1] != 0.0 ? imm : ROI_NEVER;
}
static double want_run_pow(const double *v, double imm) {
  double r = v[0] * v[1];
  return fabs(r) > 1e-28 && fabs(r) < 1e28 ? r : roi_pow(v[2], imm);
}
static double want_step_exp(const double *v, double imm) {
  (void)imm;
  return isnan(v[0]) ? v[0] : fabs(v[0]) <= 8.0 ? roi_exp(v[0]) : (double)NAN;
}
static double run(const double *v, double exponent) {
  double r = v[0] * v[1];
  return r > 1e-28 && r < 1e28 ? r : roi_exp(exponent);
}
static double want_run_exp(const double *v, double imm) { return (void)imm, run(v, v[2]); }
static double want_run_center(const double *v, double imm) { return run(v, v[2] * (imm - v[3])); }
static double want_run_offset(const double *v, double imm) {
  double product = v[2] * imm;
  return run(v, product + v[3]);
}

static double period(void) { return (double)(random_word() % 40); }
static double maybe_period(void) { return random_word() % 4 ? 40.0 * random_unit() : awkward(); }
static double maybe_never(void) { return random_word() % 2 ? (double)INFINITY : random_number(); }
static double condition(void) { return random_word() % 2 ? (double)(random_word() % 2) : awkward(); }

static void other_maps(void **state) {
  (void)state;
  const generator any[4] = {NULL, NULL, NULL, NULL};
  const generator periods[4] = {maybe_period, NULL, NULL, NULL}, found[4] = {maybe_never, condition, NULL, NULL};
  check_map(ROI_K_COPY, 0, want_copy, any, NULL);
  check_map(ROI_K_FMA, 0, want_fma, any, NULL);
  check_map(ROI_K_FMS, 0, want_fms, any, NULL);
  check_map(ROI_K_DIV_SUM, 0, want_div_sum, any, NULL);
  check_map(ROI_K_MUL_DIV_SUM, 0, want_mul_div_sum, any, NULL);
  check_map(ROI_K_ADD_FNMA, 0, want_add_fnma, any, NULL);
  check_map(ROI_K_FNMA, 0, want_fnma, any, NULL);
  check_map(ROI_K_AT_STEP, 0, want_at, periods, period);
  check_map(ROI_K_FIRST_STEP, 0, want_first, found, period);
  check_map(ROI_K_RUN_POW, 0, want_run_pow, any, period);
  check_map(ROI_K_STEP_EXP, 0, want_step_exp, any, NULL);
  check_map(ROI_K_RUN_EXP, 0, want_run_exp, any, NULL);
  check_map(ROI_K_RUN_EXP_CENTER, 0, want_run_center, any, period);
  check_map(ROI_K_RUN_EXP_OFFSET, 0, want_run_offset, any, period);
}

static void interpolation(void **state) {
  (void)state;
  static const double x[] = {-3.0, -1.0, 0.0, 0.1, 2.0, 7.0, 11.0}, y[] = {5.0, 1.0, -2.0, 0.3, 0.3, 100.0, -1e15};
  for (uint32_t n = 1; n <= 7; n++) {
    roi_interp_table table = {n, x, y};
    for (size_t s = 0; s < n_sets; s++) {
      for (int i = 0; i < LANES; i++) columns[i] = i < 7 ? x[i] : i < 16 ? awkward() : 20.0 * random_unit() - 6.0;
      columns[20] = roi_state_value(ROI_STATE_MANY_IRR);
      roi_block b = block_of();
      sets[s]->kernel[ROI_K_INTERP](&b, &(roi_instr){.op = ROI_K_INTERP, .dst = DST, .aux = &table});
      for (int i = 0; i < LANES; i++)
        assert_true(same(columns[DST * STRIDE + i], roi_interp_value(x, y, n, columns[i])));
      for (uint32_t i = 0; i < n; i++) assert_true(columns[DST * STRIDE + i] == y[i]);
    }
  }
}

/* -- periods ------------------------------------------------------------------------------------------------------- */

/* As graph/op.def says: the first period >= 1 with a cumulative flow >= 0; never; a state if it never was negative. */
static double payback(const double *cum, int start, int horizon) {
  double found = ROI_NEVER;
  int negative = 0;
  for (int p = start; p <= horizon; p++) {
    if (isnan(cum[p])) return cum[p];
    if (cum[p] < 0.0) negative = 1;
    if (p >= 1 && cum[p] >= 0.0 && found == ROI_NEVER) found = p;
  }
  return negative ? found : roi_state_value(ROI_STATE_SELF_FUNDED);
}

static void payback_in_steps(void **state) {
  (void)state;
  enum { HORIZON = 6 };
  static const double levels[] = {-1.0, 0.0, -0.0, 2.0, -5e-324, (double)INFINITY};
  for (int start = 0; start <= 1; start++) {
    for (size_t s = 0; s < n_sets; s++) {
      for (int turn = 0; turn < 200; turn++) {
        double cum[LANES][HORIZON + 1];
        for (int i = 0; i < LANES; i++) {
          uint64_t bias = random_word() % 3;
          for (int p = 0; p <= HORIZON; p++) {
            double x = random_word() % 3 < bias ? -1.0 : levels[random_word() % 6];
            roi_state which = (roi_state)(1 + random_word() % (ROI_STATE_COUNT - 1));
            cum[i][p] = random_word() % 30 == 0 ? roi_state_value(which) : x;
          }
        }
        for (int i = 0; i < LANES; i++) columns[i] = 0.0;
        roi_block b = block_of();
        for (int p = start; p <= HORIZON; p++) {
          for (int i = 0; i < LANES; i++) columns[STRIDE + i] = cum[i][p];
          sets[s]->kernel[ROI_K_PAY_STEP](&b, &(roi_instr){.op = ROI_K_PAY_STEP, .dst = 0, .arg = {0, 1}, .imm = p});
        }
        sets[s]->kernel[ROI_K_PAY_END](&b, &(roi_instr){.op = ROI_K_PAY_END, .dst = DST, .arg = {0}});
        for (int i = 0; i < LANES; i++) assert_true(same(columns[DST * STRIDE + i], payback(cum[i], start, HORIZON)));
      }
    }
  }
}

/* The last period that a model may have. */
static void payback_in_the_last_period(void **state) {
  (void)state;
  for (size_t s = 0; s < n_sets; s++) {
    roi_block b = block_of();
    for (int i = 0; i < LANES; i++) columns[i] = 0.0, columns[STRIDE + i] = -1.0, columns[2 * STRIDE + i] = 1.0;
    sets[s]->kernel[ROI_K_PAY_STEP](&b, &(roi_instr){.dst = 0, .arg = {0, 1}, .imm = 0});
    sets[s]->kernel[ROI_K_PAY_STEP](&b, &(roi_instr){.dst = 0, .arg = {0, 2}, .imm = ROI_MAX_HORIZON});
    sets[s]->kernel[ROI_K_PAY_END](&b, &(roi_instr){.dst = 0, .arg = {0}});
    assert_true(columns[LANES - 1] == ROI_MAX_HORIZON);
  }
}

static void irr(void **state) {
  (void)state;
  const int32_t arg[] = {0, 1, ~0, 2};
  const roi_columns flows = {4, arg};
  const roi_instr in = {.op = ROI_K_IRR, .dst = DST, .aux = &flows};
  assert_true(roi_kernel_scratch(&in, 1) == 4 + roi_irr_scratch(4));
  for (size_t s = 0; s < n_sets; s++) {
    for (int i = 0; i < ROI_CONST_COPIES; i++) constants[i] = 55.0;
    for (int i = 0; i < LANES; i++) {
      columns[i] = -100.0, columns[STRIDE + i] = 39.0 + i, columns[2 * STRIDE + i] = i % 5 == 4 ? -70.0 * i : 20.0;
    }
    columns[3] = roi_state_value(ROI_STATE_NO_COST);
    roi_block b = block_of();
    sets[s]->kernel[ROI_K_IRR](&b, &in);
    for (int i = 0; i < LANES; i++) {
      double flow[] = {columns[i], columns[STRIDE + i], 55.0, columns[2 * STRIDE + i]}, room[4096];
      assert_true(same(columns[DST * STRIDE + i], roi_irr(flow, 4, room)));
    }
  }
}

/* -- sampling ------------------------------------------------------------------------------------------------------ */

static void uniforms(void **state) {
  (void)state;
  static const uint64_t firsts[] = {0, 16, 4096, (UINT64_C(1) << 33) - 32, (UINT64_C(1) << 40) + 48,
                                    ROI_MAX_TRIALS - 48};
  static const uint64_t seeds[] = {0, 1, UINT64_C(0xffffffffffffffff), UINT64_C(0x299f31d0a4093822)};
  for (size_t s = 0; s < n_sets; s++) {
    for (size_t f = 0; f < 6; f++) {
      for (size_t k = 0; k < 4; k++) {
        roi_stream stream = {UINT64_C(0xfedcba9876543210) * (k + 1), (uint32_t)(f == 5 ? 65535 : f), 0};
        roi_block b = block_of();
        b.first_trial = firsts[f];
        b.seed = seeds[k];
        sets[s]->kernel[ROI_K_UNIFORM](&b, &(roi_instr){.dst = DST, .aux = &stream});
        for (uint32_t i = 0; i < LANES; i++) {
          double expected = roi_uniform_at(b.seed, stream.name_key, b.first_trial + i, stream.period);
          assert_true(columns[DST * STRIDE + i] == expected);
        }
      }
    }
  }
}

/* Either tail to 1e-13 of itself, as far as a number near 1 can say; kept in range, and the same in every set. */
static void copula_at(const double *x, const roi_normal_tail *tail) {
  static double first[LANES];
  for (size_t s = 0; s < n_sets; s++) {
    memcpy(columns, x, LANES * sizeof *x);
    roi_block b = block_of();
    sets[s]->kernel[ROI_K_COPULA](&b, &(roi_instr){.op = ROI_K_COPULA, .dst = s == 1 ? 0 : DST, .arg = {0}, .aux = tail});
    const double *got = columns + (s == 1 ? 0 : DST) * STRIDE;
    for (int i = 0; i < LANES; i++) {
      double exact = 0.5 * roi_erfc(fabs(x[i]) * 0.70710678118654752440), lower = x[i] < 0 ? got[i] : 1.0 - got[i];
      exact = exact > 0x1p-53 ? exact : 0x1p-53;
      double allowed = 1e-13 * exact + (x[i] < 0 ? 0 : 0x1p-54);
      if (isnan(x[i]) ? !same(got[i], x[i]) : !(fabs(lower - exact) <= allowed && got[i] > 0 && got[i] < 1))
        fail_msg("%s copula(%a) = %a, the tail is %a", sets[s]->name, x[i], got[i], exact);
      if (s == 0) first[i] = got[i];
      if (!same(got[i], first[i])) fail_msg("%s copula(%a) = %a, %a in %s", sets[s]->name, x[i], got[i], first[i], sets[0]->name);
    }
  }
}
static void copula(void **state) {
  (void)state;
  static _Alignas(64) roi_normal_tail tail;
  double x[LANES];
  roi_normal_tail_fill(&tail);
  for (int turn = 0; turn < 40000; turn++) { /* over the whole range, at the ends of cells, and what else may come */
    for (int i = 0; i < LANES; i++) {
      double edge = (double)(random_word() % 560) / ROI_TAIL_WIDTH;
      x[i] = turn % 4 == 0 ? random_number() : turn % 4 == 1 ? edge : 17.0 * (random_unit() - 0.5);
      if (turn % 8 == 5) x[i] = -(edge - ldexp(edge, -53));
    }
    copula_at(x, &tail);
  }
}

static void marginal(void **state) {
  (void)state;
  static double given[STRIDE];
  const double *by_stream[2] = {NULL, given};
  for (size_t s = 0; s < n_sets; s++)
    for (uint32_t which = 0; which < 3; which++) {
      roi_stream stream = {.index = which % 2};
      for (int k = 0; k < LANES; k++) columns[k] = random_unit(), given[k] = random_unit();
      roi_block b = block_of();
      b.marginal = which < 2 ? by_stream : NULL;
      sets[s]->kernel[ROI_K_MARGINAL](&b, &(roi_instr){.op = ROI_K_MARGINAL, .dst = DST, .arg = {0}, .aux = &stream});
      assert_memory_equal(columns + DST * STRIDE, which == 1 ? given : columns, LANES * sizeof *given);
    }
}

static void given_points(void **state) {
  (void)state;
  static double points[3 * STRIDE];
  for (int i = 0; i < 3 * STRIDE; i++) points[i] = random_unit();
  const roi_stream stream = {5, 0, 2};
  for (size_t s = 0; s < n_sets; s++) {
    roi_block b = block_of();
    const double *const by_stream[3] = {NULL, NULL, points + 2 * STRIDE};
    b.points = by_stream;
    sets[s]->kernel[ROI_K_UNIFORM](&b, &(roi_instr){.dst = DST, .aux = &stream});
    assert_memory_equal(columns + DST * STRIDE, points + 2 * STRIDE, LANES * sizeof(double));
  }
}

static const double between[] = {10.0, 20.0};
static const roi_distribution uniform = {
    .kind = ROI_DIST_FAMILY, .family = ROI_FAMILY_UNIFORM, .par = between, .n_par = 2};

static double awkward_unit(void) {
  static const double list[] = {0.5, 0x1p-17, 0x1p-17 - 0x1p-70, 0x1p-16, 0x1p-53, 1.0 - 0x1p-53, 1.0 - 0x1p-17, 0.25,
                                0.75, 0.5 - 0x1p-54, 0.5 + 0x1p-53, 0x1p-30, 1.0 - 0x1p-30, 1.0 / 3, 2.0 / 3};
  switch (random_word() % 4) {
    case 0: return list[random_word() % (sizeof list / sizeof *list)];
    case 1: return ldexp(random_unit(), -(int)(random_word() % 20));
    default: return random_unit();
  }
}

/* dist/qtable.h, word by word. */
static double table_value(const roi_qtable *t, double u) {
  double tail = u < 0.5 ? u : 1.0 - u, f;
  if (tail < 0x1p-17 || tail == 0.5) return roi_dist_quantile(t->dist, u, 1.0 - u);
  uint64_t bits, one = UINT64_C(0x3ff0000000000000);
  memcpy(&bits, &tail, sizeof bits);
  uint64_t index = (bits >> (52 - t->m)) - t->base + (u < 0.5 ? 0 : t->cells);
  bits = one | ((bits << t->m) & ((UINT64_C(1) << 52) - 1));
  memcpy(&f, &bits, sizeof f);
  f -= 1.0;
  const double *c = t->coef[index];
  if (isnan(c[0])) return roi_dist_quantile(t->dist, u, 1.0 - u);
  double y = c[7];
  for (int k = 6; k >= 0; k--) y = fma(y, f, c[k]);
  return y;
}

static void quantile_tables(void **state) {
  (void)state;
  for (int m = ROI_QTABLE_MIN_M; m <= ROI_QTABLE_MAX_M; m++) {
    roi_qtable table = {.m = m, .cells = (uint32_t)ROI_QTABLE_OCTAVES << m, .dist = &uniform};
    double least = 0x1p-17;
    memcpy(&table.base, &least, sizeof least);
    table.base >>= 52 - m;
    table.coef = roi_alloc_aligned(2 * table.cells, sizeof *table.coef);
    assert_non_null(table.coef);
    for (uint32_t i = 0; i < 2 * table.cells; i++)
      for (int k = 0; k < 8; k++) table.coef[i][k] = k == 0 && i % 37 == 5 ? (double)NAN : random_unit() - 0.5;
    for (size_t s = 0; s < n_sets; s++) {
      for (int turn = 0; turn < 200; turn++) {
        double u[LANES];
        for (int i = 0; i < LANES; i++) columns[i] = u[i] = awkward_unit();
        roi_block b = block_of();
        int dst = turn % 2 ? DST : 0;
        sets[s]->kernel[ROI_K_Q_TABLE](&b, &(roi_instr){.dst = dst, .arg = {0}, .aux = &table});
        for (int i = 0; i < LANES; i++) assert_true(same(columns[dst * STRIDE + i], table_value(&table, u[i])));
      }
    }
    roi_free(table.coef);
  }
}

static void quantile_steps(void **state) {
  (void)state;
  double value[] = {-2.0, 0.0, 1.0, 5.0, 6.0, 100.0}, cum[] = {0.001, 0.25, 0.250001, 0.5, 0.75, 0.9999};
  enum { GUIDES = 8 };
  uint32_t guide[GUIDES];
  for (uint32_t k = 0, i = 0; k < GUIDES; k++) {
    while (cum[i] < k / (double)GUIDES) i++;
    guide[k] = i;
  }
  for (int from = 0; from < 2; from++) {
    const roi_steps steps = {value, cum, 6, guide, GUIDES, from ? 0x1p-15 : 0.0, &uniform};
    for (size_t s = 0; s < n_sets; s++) {
      for (int turn = 0; turn < 200; turn++) {
        double u[LANES];
        for (int i = 0; i < LANES; i++) columns[i] = u[i] = i < 6 ? cum[i] : awkward_unit();
        roi_block b = block_of();
        int dst = turn % 2 ? DST : 0;
        sets[s]->kernel[ROI_K_Q_STEPS](&b, &(roi_instr){.dst = dst, .arg = {0}, .aux = &steps});
        for (int i = 0; i < LANES; i++) {
          int k = 0;
          while (k < 6 && cum[k] < u[i]) k++;
          double expected = k == 6 || u[i] <= steps.from ? roi_dist_quantile(&uniform, u[i], 1.0 - u[i]) : value[k];
          assert_true(same(columns[dst * STRIDE + i], expected));
        }
      }
    }
  }
}

/* Lists as the library builds them, and one that has nothing in it. */
static void steps_as_built(void **state) {
  (void)state;
  static const double mean[] = {4.0}, wide[] = {1e9, 0.5};
  const roi_distribution few = {.kind = ROI_DIST_FAMILY, .family = ROI_FAMILY_POISSON, .par = mean, .n_par = 1};
  const roi_distribution many = {.kind = ROI_DIST_FAMILY, .family = ROI_FAMILY_BINOMIAL, .par = wide, .n_par = 2};
  roi_steps steps[3];
  memset(&steps[2], 0, sizeof steps[2]);
  steps[2].dist = &few;
  assert_int_equal(roi_steps_build(&steps[0], &few, NULL), ROI_OK);
  assert_int_equal(roi_steps_build(&steps[1], &many, NULL), ROI_OK);
  for (size_t k = 0; k < 3; k++) {
    for (size_t s = 0; s < n_sets; s++) {
      for (int turn = 0; turn < 20; turn++) {
        for (int i = 0; i < LANES; i++) columns[i] = awkward_unit();
        roi_block b = block_of();
        sets[s]->kernel[ROI_K_Q_STEPS](&b, &(roi_instr){.dst = DST, .arg = {0}, .aux = &steps[k]});
        for (int i = 0; i < LANES; i++)
          assert_true(columns[DST * STRIDE + i] == roi_steps_value(&steps[k], columns[i]));
      }
    }
  }
  roi_steps_free(&steps[0]);
  roi_steps_free(&steps[1]);
}

static void quantile_of_data(void **state) {
  (void)state;
  static const double data[] = {-5.0, 1.0, 2.0, 2.0, 40.0};
  for (size_t n = 1; n <= 5; n++) {
    const roi_distribution d = {.kind = ROI_DIST_FAMILY, .family = ROI_FAMILY_EMPIRICAL, .par = data, .n_par = n};
    for (size_t s = 0; s < n_sets; s++) {
      for (int i = 0; i < LANES; i++) columns[i] = i < 5 ? 0.2 * (i + 1) : awkward_unit();
      roi_block b = block_of();
      sets[s]->kernel[ROI_K_Q_DATA](&b, &(roi_instr){.dst = DST, .arg = {0}, .aux = &d});
      for (int i = 0; i < LANES; i++) {
        assert_true(columns[DST * STRIDE + i] == data[(size_t)ceil((double)n * columns[i]) - 1]);
      }
    }
  }
}

static double want_triangular(const double *v, double imm) {
  (void)imm;
  double u = v[0], a = v[1], mode = v[2], b = v[3], width = b - a;
  if (!(a <= mode && mode <= b && width < (double)INFINITY)) {
    return isnan(a) ? a : isnan(mode) ? mode : isnan(b) ? b : (double)NAN;
  }
  /* Not fmin and fmax: which of 0 and -0 they give is the compiler's choice. */
  double rise = mode - a, fall = b - mode, up = sqrt(u * width * rise), down = sqrt((1.0 - u) * width * fall);
  double low = a + up, high = b - down;
  if (u * width < rise) {
    if (1.0 - u < 1e-8) return b - width * (fma(1.0 - u, rise, fall) / (width + up));
    return low < mode ? low : mode;
  }
  if (u < 1e-8 && width > 0.0) return a + width * (fma(u, fall, rise) / (width + down));
  return high > mode ? high : mode;
}
static double want_bernoulli(const double *v, double imm) {
  (void)imm;
  if (isnan(v[1])) return v[1];
  return v[1] >= 0.0 && v[1] <= 1.0 ? (v[0] > 1.0 - v[1] ? 1.0 : 0.0) : (double)NAN;
}
static double corner(void) {
  return random_word() % 8 ? (double)(random_word() % 4) : random_word() % 2 ? awkward() : 4.0 * random_unit();
}
static double chance(void) {
  if (random_word() % 2) return awkward_unit();
  return random_word() % 2 ? (double)(random_word() % 2) : awkward();
}

static void triangular_and_bernoulli(void **state) {
  (void)state;
  const generator corners[4] = {awkward_unit, corner, corner, corner}, chances[4] = {awkward_unit, chance, NULL, NULL};
  check_map(ROI_K_Q_TRIANGULAR, 0, want_triangular, corners, NULL);
  check_map(ROI_K_Q_BERNOULLI, 0, want_bernoulli, chances, NULL);
}

/* Quantiles of triangular(8000, 10000, 13000) by mpmath at 50 digits, in the order of u. */
static void triangular_known_answers(void **state) {
  (void)state;
  static const double u[] = {0x1p-53, 0.01, 0.25, 0.375, 0.5, 0.75, 0.99, 1.0 - 0x1p-53};
  static const double q[] = {8000.0000333200093731253, 8316.2277660168379364913, 9581.1388300841896659994,
                             9936.4916731037084425896, 10261.387212474169432715, 11063.50832689629155741,
                             12612.701665379258139487, 12999.999959191489405545};
  for (size_t s = 0; s < n_sets; s++) {
    for (int i = 0; i < LANES; i++) columns[i] = u[i % 8];
    for (int k = 0; k < 3; k++)
      for (int i = 0; i < ROI_CONST_COPIES; i++)
        constants[k * ROI_CONST_COPIES + i] = k == 0 ? 8000 : k == 1 ? 10000 : 13000;
    roi_block b = block_of();
    sets[s]->kernel[ROI_K_Q_TRIANGULAR](&b, &(roi_instr){.dst = DST, .arg = {0, ~0, ~1, ~2}});
    for (int i = 0; i < LANES; i++) assert_true(fabs(columns[DST * STRIDE + i] / q[i % 8] - 1.0) < 1e-15);
  }
}

/* With the mode at a bound the distance from it is 1 - sqrt(1 - u); quantiles by mpmath at 50 digits. */
static void triangular_with_the_mode_at_a_bound(void **state) {
  (void)state;
  static const double u[] = {0x1p-53, 1e-12, 1e-9, 0.9999e-8};
  static const double q[] = {5.551115123125782856193e-17, 5.000000000001249899433e-13, 5.000000001250000312033e-10,
                             4.999500012497500552315e-9};
  for (size_t s = 0; s < n_sets; s++) {
    for (int side = 0; side < 2; side++) {
      for (int i = 0; i < LANES; i++) columns[i] = side ? 1.0 - u[i % 4] : u[i % 4];
      for (int k = 0; k < 3; k++)
        for (int i = 0; i < ROI_CONST_COPIES; i++) constants[k * ROI_CONST_COPIES + i] = side ? (k ? 0 : -1) : (k < 2 ? 0 : 1);
      roi_block b = block_of();
      sets[s]->kernel[ROI_K_Q_TRIANGULAR](&b, &(roi_instr){.dst = DST, .arg = {0, ~0, ~1, ~2}});
      for (int i = 0; i < LANES; i++) {
        double error = columns[DST * STRIDE + i] / (side ? -q[i % 4] : q[i % 4]) - 1.0;
        assert_true(fabs(error) < (side && i % 4 ? 1e-4 : 1e-14)); /* 1 - 1e-12 itself is rounded, 1 - 2^-53 is not */
      }
    }
  }
}

static double direct_value(const roi_direct *d, const double *par, double u) {
  return par[0] + (par[1] - par[0]) * u + *(const double *)d->data;
}
static void direct_route(void **state) {
  (void)state;
  const double shift = 3.0;
  const int32_t arg[] = {1, ~0};
  const roi_direct direct = {{2, arg}, direct_value, &shift};
  const roi_instr in = {.op = ROI_K_Q_DIRECT, .dst = DST, .arg = {0}, .aux = &direct};
  assert_true(roi_kernel_scratch(&in, 1) == 2);
  for (size_t s = 0; s < n_sets; s++) {
    for (int i = 0; i < ROI_CONST_COPIES; i++) constants[i] = 20.0;
    for (int i = 0; i < LANES; i++) columns[i] = random_unit(), columns[STRIDE + i] = i;
    roi_block b = block_of();
    sets[s]->kernel[ROI_K_Q_DIRECT](&b, &in);
    for (int i = 0; i < LANES; i++) {
      const double par[] = {i, 20.0};
      assert_true(columns[DST * STRIDE + i] == direct_value(&direct, par, columns[i]));
    }
  }
}

static int outside(const roi_extern *x, const roi_block *b, double *dst) {
  if (x->data) return -1;
  for (uint32_t i = 0; i < b->lanes; i++) dst[i] = (double)(b->first_trial + i);
  return 0;
}
static void function_of_the_caller(void **state) {
  (void)state;
  int refuse = 1;
  const roi_extern works = {{0, NULL}, outside, NULL}, fails = {{0, NULL}, outside, &refuse};
  for (size_t s = 0; s < n_sets; s++) {
    roi_block b = block_of();
    b.first_trial = 32;
    sets[s]->kernel[ROI_K_EXTERN](&b, &(roi_instr){.dst = DST, .aux = &works});
    assert_true(columns[DST * STRIDE] == 32.0 && columns[DST * STRIDE + LANES - 1] == 31.0 + LANES);
    sets[s]->kernel[ROI_K_EXTERN](&b, &(roi_instr){.dst = DST, .aux = &fails});
    for (int i = 0; i < LANES; i++) assert_true(isnan(columns[DST * STRIDE + i]));
  }
}

/* -- sets ---------------------------------------------------------------------------------------------------------- */

static void choosing_a_set(void **state) {
  (void)state;
  roi_error err;
  assert_string_equal(roi_kernels("baseline", &err)->name, "baseline");
  assert_ptr_equal(roi_kernels(NULL, &err), sets[n_sets - 1]);
  assert_null(roi_kernels("sse9", &err));
  assert_int_equal(err.status, ROI_ERR_USAGE);
  assert_non_null(strstr(err.text, "sse9"));
}

static void normal_table(void **state) {
  (void)state;
  roi_error err;
  const roi_qtable *table = roi_normal_table(&err);
  assert_non_null(table);
  assert_ptr_equal(roi_normal_table(&err), table);
  assert_true(fabs(table_value(table, 0.975) - 1.9599639845400542) < 1e-9); /* R: qnorm(0.975) */
  for (size_t s = 0; s < n_sets; s++) {
    for (int i = 0; i < LANES; i++) columns[i] = awkward_unit();
    roi_block b = block_of();
    sets[s]->kernel[ROI_K_Q_TABLE](&b, &(roi_instr){.dst = DST, .arg = {0}, .aux = table});
    for (int i = 0; i < LANES; i++) assert_true(columns[DST * STRIDE + i] == roi_qtable_value(table, columns[i]));
  }
}

int main(void) {
  static const char *const names[] = {"baseline", "avx2", "avx512"};
  for (size_t i = 0; i < 3; i++) {
    const roi_kernel_set *set = roi_kernels(names[i], NULL);
    if (set) sets[n_sets++] = set;
    else printf("set %s: not on this processor\n", names[i]);
  }
  random_state = 88172645463325252u;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(operations_of_the_graph), cmocka_unit_test(other_maps),
      cmocka_unit_test(interpolation),           cmocka_unit_test(payback_in_steps),
      cmocka_unit_test(payback_in_the_last_period), cmocka_unit_test(irr),
      cmocka_unit_test(uniforms),                cmocka_unit_test(given_points),
      cmocka_unit_test(copula),                  cmocka_unit_test(marginal),
      cmocka_unit_test(quantile_tables),         cmocka_unit_test(quantile_steps),
      cmocka_unit_test(steps_as_built),
      cmocka_unit_test(quantile_of_data),        cmocka_unit_test(triangular_and_bernoulli),
      cmocka_unit_test(triangular_known_answers), cmocka_unit_test(triangular_with_the_mode_at_a_bound),
      cmocka_unit_test(direct_route),
      cmocka_unit_test(function_of_the_caller),  cmocka_unit_test(choosing_a_set),
      cmocka_unit_test(normal_table),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
