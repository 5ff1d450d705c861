/* model.h - for tests: short names for the constructors, the reference model of examples/support_desk.lua, random
 * numbers that are the same in every run, and comparisons that say what differed. Each test program includes it once.
 */
#ifndef ROI_TESTS_UNIT_MODEL_H
#define ROI_TESTS_UNIT_MODEL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/sha256.h"
#include "base/state.h"
#include "graph/graph.h"
#include "graph/wire.h"
#include "math/philox.h"
#include "math/scalar.h"
#include "plan/plan.h"
#include "run/run.h"

/* The graph under construction and the last error of a constructor. */
static roi_graph *g;
static roi_error why;

#define UNUSED __attribute__((unused))

UNUSED static roi_graph *begin(int horizon) {
  g = roi_graph_new("test", horizon, ROI_MONTH, &why);
  assert_non_null(g);
  return g;
}
UNUSED static void end(void) {
  roi_graph_free(g);
  g = NULL;
}

/* g as it is on the other side of a pipe: written and read back. */
UNUSED static void pass_on(void) {
  size_t size;
  void *buffer = roi_graph_write(g, &size, &why);
  end();
  g = roi_graph_read(buffer, size, &why);
  roi_free(buffer);
  assert_non_null(g);
}

UNUSED static roi_node num(double x) { return roi_constant(g, x, &why); }
UNUSED static roi_node per(int start) { return roi_time(g, start, &why); }
UNUSED static roi_node op1(roi_opcode op, roi_node a) { return roi_apply(g, op, &a, 1, &why); }
UNUSED static roi_node op2(roi_opcode op, roi_node a, roi_node b) {
  roi_node x[2] = {a, b};
  return roi_apply(g, op, x, 2, &why);
}
UNUSED static roi_node op3(roi_opcode op, roi_node a, roi_node b, roi_node c) {
  roi_node x[3] = {a, b, c};
  return roi_apply(g, op, x, 3, &why);
}
UNUSED static roi_node at_imm(roi_opcode op, roi_node a, int imm) { return roi_apply_at(g, op, &a, 1, imm, &why); }
/* A series of plain numbers. */
UNUSED static roi_node numbers(int start, const double *x, size_t n) {
  roi_node a[64];
  assert_true(n <= 64);
  for (size_t i = 0; i < n; i++) a[i] = num(x[i]);
  return roi_apply_at(g, ROI_SERIES, a, n, start, &why);
}
UNUSED static roi_node dist(roi_family f, roi_form form, size_t n, ...) { /* n nodes */
  roi_node p[16];
  va_list list;
  va_start(list, n);
  for (size_t i = 0; i < n; i++) p[i] = va_arg(list, roi_node);
  va_end(list);
  return roi_dist(g, f, form, p, n, &why);
}
UNUSED static roi_node draw(roi_node d, const char *name) {
  roi_node n = roi_draw(g, d, name, 0, &why);
  if (n == ROI_NONE) print_message("%s: %s\n", name, why.text);
  assert_int_not_equal(n, ROI_NONE);
  return n;
}
UNUSED static roi_node uniform(const char *name, double lo, double hi) {
  return draw(dist(ROI_FAMILY_UNIFORM, ROI_FORM_NATURAL, 2, num(lo), num(hi)), name);
}
UNUSED static const roi_node_row *row_of(roi_node n) {
  assert_true(n < g->n_nodes);
  return &g->nodes[n];
}
UNUSED static double number_of(roi_node n) {
  double x = NAN;
  if (n == ROI_NONE) print_message("%s\n", why.text);
  assert_int_not_equal(n, ROI_NONE);
  assert_true(roi_graph_constant(g, n, &x));
  return x;
}

UNUSED static uint64_t bits_of(double x) {
  uint64_t b;
  memcpy(&b, &x, sizeof b);
  return b;
}
/* The same bits; a zero's sign and a NaN's that arithmetic made do not count, a state does. */
UNUSED static int same(double a, double b) {
  if (isnan(a) || isnan(b)) return isnan(a) && isnan(b) && roi_state_of(a) == roi_state_of(b);
  return a == b;
}

/* Random numbers for tests: xorshift64*, seeded by the test. */
static uint64_t dice_state = 88172645463325252u;
UNUSED static uint64_t dice_bits(void) {
  dice_state ^= dice_state >> 12;
  dice_state ^= dice_state << 25;
  dice_state ^= dice_state >> 27;
  return dice_state * UINT64_C(2685821657736338717);
}
UNUSED static uint32_t dice(uint32_t n) { return (uint32_t)((dice_bits() >> 32) % n); }
UNUSED static double dice_between(double lo, double hi) {
  return lo + (hi - lo) * ((double)(dice_bits() >> 11) * 0x1p-53);
}

/* -- The reference model ------------------------------------------------------------------------------------------- */

typedef struct r1 {
  roi_target out[3];   /* npv, roi, payback */
  roi_target in[15];
  roi_target share[2]; /* npv < 0, payback <= 12 */
  roi_pair ratio;      /* npv over the present value of costs */
  roi_node irr, flow;
  size_t n_in;
} r1;

static roi_node r1_input(r1 *m, const char *name, roi_family f, int n, double a, double b, double c) {
  roi_node x = draw(dist(f, ROI_FORM_NATURAL, (size_t)n, num(a), num(b), num(c)), name);
  m->in[m->n_in++] = (roi_target){name, x};
  assert_int_equal(roi_graph_add_input(g, name, x, &why), ROI_OK);
  return x;
}
static roi_node r1_lognormal(r1 *m, const char *name, double p5, double p95) {
  roi_node d = dist(ROI_FAMILY_LOGNORMAL, ROI_FORM_QUANTILES, 4, num(0.05), num(p5), num(0.95), num(p95)),
           x = draw(d, name);
  m->in[m->n_in++] = (roi_target){name, x};
  assert_int_equal(roi_graph_add_input(g, name, x, &why), ROI_OK);
  return x;
}
static roi_node present_value(roi_node flow) {
  roi_node factor = op2(ROI_POW, num(1.10), op2(ROI_DIV, per(0), num(-12)));
  return op1(ROI_SUM, op2(ROI_MUL, flow, factor));
}

/* Builds it in g, a graph of 36 months. */
UNUSED static r1 build_r1(void) {
  r1 m = {.n_in = 0};
  begin(36);
  roi_node tickets = r1_input(&m, "tickets", ROI_FAMILY_TRIANGULAR, 3, 8000, 10000, 13000);
  roi_node growth = r1_input(&m, "growth", ROI_FAMILY_NORMAL, 2, .010, .004, 0);
  roi_node aht = r1_input(&m, "aht", ROI_FAMILY_PERT, 3, 6, 9, 15);
  roi_node wage = r1_lognormal(&m, "wage", 18, 30);
  roi_node deflect = r1_input(&m, "deflect", ROI_FAMILY_BETA, 2, 8, 12, 0);
  roi_node k = r1_input(&m, "k", ROI_FAMILY_UNIFORM, 2, .2, .6, 0);
  roi_node mid = r1_input(&m, "mid", ROI_FAMILY_TRIANGULAR, 3, 3, 6, 12);
  roi_node quality = r1_input(&m, "quality", ROI_FAMILY_BETA, 2, 20, 3, 0);
  roi_node tokens = r1_lognormal(&m, "tokens", 3000, 12000);
  roi_node price = r1_input(&m, "price", ROI_FAMILY_UNIFORM, 2, 2e-6, 8e-6, 0);
  roi_node decay = r1_input(&m, "decay", ROI_FAMILY_UNIFORM, 2, .01, .04, 0);
  roi_node setup = r1_input(&m, "setup", ROI_FAMILY_PERT, 3, 4e4, 6e4, 12e4);
  roi_node run = r1_input(&m, "run", ROI_FAMILY_TRIANGULAR, 3, 3000, 4000, 7000);
  roi_node occurs = r1_input(&m, "incident.occurs", ROI_FAMILY_BERNOULLI, 1, .15, 0, 0);
  roi_node loss = r1_lognormal(&m, "incident.loss", 2e4, 2e5), t = per(1);
  roi_node volume = op2(ROI_MUL, tickets, op2(ROI_POW, op2(ROI_ADD, num(1), growth), t));
  roi_node adoption = op1(ROI_SIGMOID, op2(ROI_MUL, k, op2(ROI_SUB, t, mid)));
  roi_node solved = op2(ROI_MUL, op2(ROI_MUL, op2(ROI_MUL, volume, deflect), adoption), quality);
  roi_node benefit = op2(ROI_MUL, op2(ROI_DIV, op2(ROI_MUL, solved, aht), num(60)), wage);
  roi_node cost[4] = {op2(ROI_AT, num(0), setup), op2(ROI_MUL, run, op2(ROI_GE, t, num(0))), ROI_NONE, ROI_NONE};
  cost[2] = op2(ROI_MUL, op2(ROI_MUL, op2(ROI_MUL, op2(ROI_MUL, volume, adoption), tokens), price),
                op2(ROI_POW, op2(ROI_SUB, num(1), decay), t));
  cost[3] = op2(ROI_AT, num(12), op2(ROI_MUL, occurs, loss));
  roi_node pv_cost = present_value(cost[0]), total = cost[0];
  for (int i = 1; i < 4; i++) {
    pv_cost = op2(ROI_ADD, pv_cost, present_value(cost[i]));
    total = op2(ROI_ADD, total, cost[i]);
  }
  roi_node npv = op2(ROI_SUB, present_value(benefit), pv_cost);
  m.flow = op2(ROI_SUB, benefit, total);
  m.irr = op1(ROI_IRR, m.flow);
  m.out[0] = (roi_target){"npv", npv};
  m.out[1] = (roi_target){"roi", op2(ROI_STATE, op2(ROI_DIV, npv, pv_cost), pv_cost)};
  m.out[2] = (roi_target){"payback", op1(ROI_PAYBACK, op1(ROI_CUMSUM, m.flow))};
  m.share[0] = (roi_target){"npv < 0", op2(ROI_LT, npv, num(0))};
  m.share[1] = (roi_target){"payback <= 12", op2(ROI_LE, m.out[2].node, num(12))};
  m.ratio = (roi_pair){npv, pv_cost};
  for (int i = 0; i < 3; i++) assert_int_not_equal(m.out[i].node, ROI_NONE);
  return m;
}

UNUSED static roi_request request_of(const r1 *m, uint64_t trials) {
  roi_request q = {
      .options = {.trials = trials, .seed = 1, .threads = 1}, .outputs = m->out, .n_outputs = 3, .input_trials = 0};
  return q;
}

#endif
