/* copying.h - for tests of copies and promises: a graph with every kind of node, the bits of its values, and what promises stand for.
 * Each test program includes it once. */
#ifndef ROI_TESTS_UNIT_COPYING_H
#define ROI_TESTS_UNIT_COPYING_H

#include "unit/model.h"

#include "graph/copy.h"

/* -- The bits of a run ------------------------------------------------------------------------------------------------------ */

/* Stands in for the function of a script: the sum of its arguments, of a series its second period. */
UNUSED static int external(void *data, uint32_t index, int worker, uint64_t first, uint32_t lanes, const double *const *args,
                    const int *constant, uint32_t n, double *dst) {
  (void)data;
  (void)worker;
  (void)first;
  for (uint32_t i = 0; i < lanes; i++) {
    dst[i] = index;
    for (uint32_t k = 0; k < n; k++) dst[i] += constant[k] ? args[k][0] : args[k][i];
  }
  return 0;
}

/* The values of nodes in one trial, a series in every period; the caller frees them. Distributions are left out. */
UNUSED static double *replayed(const roi_graph *graph, const roi_node *nodes, size_t n, uint64_t trial, size_t *size) {
  roi_request q = {.options = {.trials = 1, .seed = 11, .threads = 1}, .external = external};
  size_t *offset = roi_alloc(n + 1, sizeof *offset);
  roi_node *number = roi_alloc(n + 1, sizeof *number);
  size_t total = 0, m = 0;
  for (size_t i = 0; i < n; i++) {
    uint8_t shape = graph->nodes[nodes[i]].shape;
    if (shape == ROI_DIST_SHAPE) continue;
    offset[m] = total;
    number[m++] = nodes[i];
    total += shape == ROI_SERIES_SHAPE ? graph->horizon + 1 : 1;
  }
  double *value = roi_alloc_zero(total + 1, sizeof *value);
  if (roi_replay(graph, &q, trial, number, offset, m, value, &why) != ROI_OK) fail_msg("%s", why.text);
  roi_free(offset);
  roi_free(number);
  *size = total;
  return value;
}

/* Whether nodes of two graphs have the same bits, node by node, in some trials. */
UNUSED static void assert_same_bits(const roi_graph *a, const roi_node *in_a, const roi_graph *b, const roi_node *in_b, size_t n) {
  static const uint64_t trials[] = {0, 1, 77, 123456};
  for (size_t i = 0; i < n; i++) {
    assert_int_equal(a->nodes[in_a[i]].shape, b->nodes[in_b[i]].shape);
    assert_int_equal(a->nodes[in_a[i]].start, b->nodes[in_b[i]].start);
    assert_int_equal(a->nodes[in_a[i]].flags, b->nodes[in_b[i]].flags);
  }
  for (size_t t = 0; t < sizeof trials / sizeof *trials; t++) {
    size_t size[2];
    double *x = replayed(a, in_a, n, trials[t], &size[0]), *y = replayed(b, in_b, n, trials[t], &size[1]);
    assert_int_equal(size[0], size[1]);
    assert_memory_equal(x, y, size[0] * sizeof *x);
    roi_free(x);
    roi_free(y);
  }
}

UNUSED static roi_node *all_nodes(const roi_graph *graph) {
  roi_node *list = roi_alloc(graph->n_nodes + 1, sizeof *list);
  for (size_t i = 0; i < graph->n_nodes; i++) list[i] = (roi_node)i;
  return list;
}

/* -- A graph with every kind of node ---------------------------------------------------------------------------------------- */

static roi_node apply_any(roi_opcode op, roi_node a, roi_node b, roi_node c) {
  return roi_op_rows[op].min_args == 1 ? op1(op, a) : roi_op_rows[op].min_args == 2 ? op2(op, a, b) : op3(op, a, b, c);
}

/* Every operation but the promise, and every form of a distribution. */
UNUSED static void build_everything(void) {
  static const double xs[] = {0, 1, 3}, ys[] = {5, 7, 6}, data[] = {4, 1, 2, 2, 8};
  begin(9);
  roi_graph_here(g, roi_graph_string(g, "first.lua"), 7);
  roi_node a = uniform("a", 0.25, 0.75), shape = uniform("shape", 1, 2);
  roi_node made[] = {dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, num(3), shape), /* a parameter that is drawn */
                     dist(ROI_FAMILY_LOGNORMAL, ROI_FORM_QUANTILES, 4, num(.05), num(2), num(.95), op2(ROI_ADD, shape, num(8))),
                     dist(ROI_FAMILY_GAMMA, ROI_FORM_MEAN_SD, 2, shape, num(1)), roi_dist_empirical(g, data, 5, &why)};
  roi_node cut = op3(ROI_TRUNCATE, made[0], num(0), num(9)), held = op3(ROI_CLAMP, made[1], num(1), num(6));
  roi_node parts[] = {num(.3), cut, num(.2), made[3], a, held};
  roi_node mixed = roi_apply(g, ROI_MIXTURE, parts, 6, &why), drawn = draw(mixed, "mixed"), gamma = draw(made[2], "gamma");
  roi_node each = roi_draw(g, dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, per(1), num(1)), "each", 1, &why);
  roi_graph_here(g, roi_graph_string(g, "second.lua"), 2);
  for (int op = 0; op < ROI_OP_COUNT; op++)
    if (roi_op_rows[op].cls == ROI_MAP && op != ROI_INTERP) {
      assert_int_not_equal(apply_any((roi_opcode)op, a, gamma, drawn), ROI_NONE);
      assert_int_not_equal(apply_any((roi_opcode)op, op2(ROI_DIV, per(0), num(11)), a, each), ROI_NONE);
    }
  roi_node tariff = roi_interp(g, gamma, xs, ys, 3, &why), flow = op2(ROI_SUB, op2(ROI_MUL, each, a), op2(ROI_AT, num(0), drawn));
  roi_node listed = roi_apply_at(g, ROI_SERIES, (roi_node[]){a, num(2), gamma}, 3, 0, &why);
  for (int op = ROI_DIFF; op <= ROI_IRR; op++) assert_int_not_equal(op1((roi_opcode)op, flow), ROI_NONE);
  roi_node called = roi_extern_node(g, "called", (roi_node[]){a, listed, tariff}, 3, &why);
  assert_int_not_equal(roi_extern_node(g, "idle", NULL, 0, &why), ROI_NONE);
  assert_int_not_equal(op2(ROI_ADD, at_imm(ROI_ELEMENT, flow, 4), op1(ROI_LAST, at_imm(ROI_LAG, flow, 3))), ROI_NONE);
  assert_int_not_equal(op2(ROI_ADD, called, num(-0.0)), ROI_NONE);
  assert_int_not_equal(num(ROI_NEVER), ROI_NONE);
  assert_int_not_equal(num(roi_state_value(ROI_STATE_SELF_FUNDED)), ROI_NONE);
  assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
}

/* -- Promises, depth ---------------------------------------------------------------------------------------------------------- */

#define DEEP 1000000

/* x + u + u + ...: each sum the argument of the next. */
UNUSED static roi_node chain(roi_node x, roi_node u, size_t n) {
  for (size_t i = 0; i < n; i++) x = op2(ROI_ADD, x, u);
  assert_int_not_equal(x, ROI_NONE);
  return x;
}

UNUSED static roi_node *kept_of(size_t n_pairs, ...) { /* promise, value, ...: by node; the caller frees it */
  roi_node *kept = roi_alloc(g->n_nodes + 1, sizeof *kept);
  memset(kept, 0xff, (g->n_nodes + 1) * sizeof *kept);
  va_list list;
  va_start(list, n_pairs);
  for (size_t i = 0; i < n_pairs; i++) {
    roi_node promise = va_arg(list, roi_node);
    kept[promise] = va_arg(list, roi_node);
  }
  va_end(list);
  return kept;
}

#endif
