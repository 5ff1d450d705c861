/* Promises: values that stay open until a script has ended end as what they stand for, in a graph that is otherwise the same; those that
 * are not kept or rest on themselves are refused with their name and place. */
#include "unit/copying.h"

#include "graph/sheets.h"
#include "graph/wire.h"

/* -- Settling promises ------------------------------------------------------------------------------------------------------ */

/* A model whose flows are known at its end; early: they are asked for first, as promises that are settled, else built in order. */
static void build_promised(int early) {
  begin(12);
  roi_graph_here(g, roi_graph_string(g, "desk.lua"), 3);
  roi_node x = uniform("x", 1, 2), flow = ROI_NONE, npv = ROI_NONE, first = ROI_NONE, level = ROI_NONE;
  roi_node rate = uniform("rate", 0.01, 0.1);
  for (int late = !early; late < 2; late++) {
    if (late) {
      roi_node own_level = op2(ROI_MUL, per(1), x), own_flow = op2(ROI_SUB, own_level, op2(ROI_AT, num(0), num(30)));
      roi_node own_npv = op2(ROI_MUL, op1(ROI_SUM, own_flow), rate), own_first = op1(ROI_PAYBACK, op1(ROI_CUMSUM, own_flow));
      if (early) {
        roi_node *kept = kept_of(4, flow, own_flow, npv, own_npv, first, own_first, level, own_level);
        roi_node *map = roi_alloc(g->n_nodes + 1, sizeof *map);
        size_t nodes = g->n_nodes;
        if (roi_graph_settle(g, kept, map, &why) != ROI_OK) fail_msg("%s", why.text);
        assert_true(g->n_nodes <= nodes - 4);
        assert_int_equal(map[flow], map[own_flow]);
        assert_int_equal(map[first], map[own_first]);
        roi_free(kept);
        roi_free(map);
        return;
      }
      flow = own_flow, npv = own_npv, first = own_first, level = own_level;
    } else {
      roi_graph_here(g, roi_graph_string(g, "desk.lua"), 4);
      flow = roi_promise(g, ROI_PROMISE_FROM_0, "model.net", &why);
      level = roi_promise(g, ROI_PROMISE_FROM_1, "level", &why);
      npv = roi_promise(g, ROI_PROMISE_SCALAR, "model.npv", &why);
      first = roi_promise(g, ROI_PROMISE_PERIOD, "model.payback", &why);
    }
    roi_node noise = uniform("noise", 0, 1), good = op2(ROI_GT, npv, noise), when = op2(ROI_ADD, first, num(1));
    roi_node late_draw = draw(dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, npv, num(1)), "reading");
    g->discount_rate = rate;
    assert_int_equal(roi_graph_add_input(g, "rate", rate, &why), ROI_OK);
    assert_int_equal(roi_graph_add_input(g, "x", x, &why), ROI_OK);
    assert_int_equal(roi_graph_add_output(g, "good", good, &why), ROI_OK);
    assert_int_equal(roi_graph_add_output(g, "when", when, &why), ROI_OK);
    assert_int_equal(roi_graph_add_output(g, "reading", late_draw, &why), ROI_OK);
    g->outputs[1].standard = 1;
    assert_int_equal(roi_graph_add_component(g, "all", ROI_BENEFIT, op1(ROI_SUM, op2(ROI_ADD, flow, level)), &why), ROI_OK);
    assert_int_equal(roi_graph_add_label(g, "net", flow, &why), ROI_OK);
    assert_int_equal(roi_graph_add_label(g, "level", level, &why), ROI_OK);
    const roi_column column[] = {{"name", "", ROI_COLUMN_TEXT, 1}, {"npv", "", ROI_COLUMN_MONEY, 1}};
    const roi_cell cells[] = {{ROI_CELL_TEXT, "all", ROI_NONE, ROI_NONE, 0}, {ROI_CELL_RATIO, NULL, npv, rate, 0}};
    assert_int_equal(roi_graph_add_sheet(g, "parts", "Parts", "", column, 2, cells, 1, &why), ROI_OK);
  }
}

static void settled_is_what_is_built_in_order(void **state) {
  (void)state;
  build_promised(0);
  roi_graph *in_order = g;
  build_promised(1);
  assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
  for (size_t i = 0; i < g->n_nodes; i++) assert_int_not_equal(g->nodes[i].op, ROI_PROMISE);
  roi_node a[16], b[16];
  size_t n = 0;
  assert_int_equal(g->n_inputs, 2);
  assert_int_equal(g->n_outputs, 3);
  assert_int_equal(g->n_labels, 2);
  for (size_t i = 0; i < 2; i++) a[n] = in_order->inputs[i].node, b[n++] = g->inputs[i].node;
  for (size_t i = 0; i < 3; i++) a[n] = in_order->outputs[i].node, b[n++] = g->outputs[i].node;
  for (size_t i = 0; i < 2; i++) a[n] = in_order->labels[i].node, b[n++] = g->labels[i].node;
  a[n] = in_order->components[0].pv, b[n++] = g->components[0].pv;
  a[n] = in_order->discount_rate, b[n++] = g->discount_rate;
  a[n] = in_order->cells[1].a, b[n++] = g->cells[1].a;
  a[n] = in_order->cells[1].b, b[n++] = g->cells[1].b;
  assert_same_bits(in_order, a, g, b, n);
  for (size_t i = 0; i < 3; i++) {
    assert_string_equal(roi_graph_text(g, g->outputs[i].name), roi_graph_text(in_order, in_order->outputs[i].name));
    assert_int_equal(g->outputs[i].standard, i == 1);
  }
  const char *const draws[] = {"x", "rate", "noise", "reading"};
  size_t k = 0;
  for (size_t i = 0; i < g->n_nodes; i++)
    if (g->nodes[i].op == ROI_DRAW) {
      assert_true(k < 4);
      assert_string_equal(roi_graph_text(g, g->nodes[i].name), draws[k++]);
    }
  assert_int_equal(k, 4);
  assert_int_equal(roi_draw(g, g->args[row_of(g->inputs[0].node)->first_arg], "noise", 0, &why), ROI_NONE); /* names are known */
  roi_graph_free(in_order);
  end();
}

/* Without promises nothing changes, whatever the graph holds. */
static void settling_nothing_changes_nothing(void **state) {
  (void)state;
  build_everything();
  size_t n = g->n_nodes;
  roi_node *kept = kept_of(0), *map = roi_alloc(n + 1, sizeof *map), *own = all_nodes(g);
  double *before[2];
  size_t size;
  for (int t = 0; t < 2; t++) before[t] = replayed(g, own, n, (uint64_t)t, &size);
  assert_int_equal(roi_graph_settle(g, kept, map, &why), ROI_OK);
  assert_int_equal(g->n_nodes, n);
  assert_memory_equal(map, own, n * sizeof *map);
  for (int t = 0; t < 2; t++) {
    double *after = replayed(g, own, n, (uint64_t)t, &size);
    assert_memory_equal(after, before[t], size * sizeof *after);
    roi_free(after);
    roi_free(before[t]);
  }
  assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
  roi_free(kept);
  roi_free(map);
  roi_free(own);
  end();
}

/* Settling must fail, and leave the graph as it was. */
static void refused(const roi_node *kept, const char *text, int line) {
  roi_error err = {0};
  size_t n = g->n_nodes;
  roi_node *map = roi_alloc(n + 1, sizeof *map);
  assert_int_not_equal(roi_graph_settle(g, kept, map, &err), ROI_OK);
  assert_non_null(strstr(err.text, text));
  assert_string_equal(err.file, "desk.lua");
  assert_int_equal(err.line, line);
  assert_int_equal(g->n_nodes, n);
  roi_free(map);
}

static void promises_that_rest_on_themselves_are_refused(void **state) {
  (void)state;
  begin(12);
  uint32_t file = roi_graph_string(g, "desk.lua");
  roi_graph_here(g, file, 21);
  roi_node p = roi_promise(g, ROI_PROMISE_SCALAR, "triage.npv", &why);
  roi_graph_here(g, file, 34);
  roi_node q = roi_promise(g, ROI_PROMISE_FROM_0, "what the pool grants", &why);
  roi_node of_p = op2(ROI_ADD, p, num(1)), of_q = op1(ROI_SUM, q), both = op2(ROI_MUL, op2(ROI_AT, num(3), of_p), num(2));
  roi_node *kept = kept_of(2, p, p, q, both);
  refused(kept, "triage.npv depends on itself: what decides it is computed from it", 21);
  kept[p] = of_p;
  refused(kept, "triage.npv depends on itself", 21);
  kept[p] = of_q; /* p <- q <- p */
  refused(kept, "triage.npv depends on itself: what decides it is computed from it", 21);
  kept[p] = num(4);
  kept[q] = op2(ROI_SUB, q, per(0));
  refused(kept, "what the pool grants depends on itself", 34);
  roi_free(kept);
  end();
}

static void promises_that_are_not_kept_are_refused(void **state) {
  (void)state;
  begin(12);
  roi_graph_here(g, roi_graph_string(g, "desk.lua"), 5);
  roi_node p = roi_promise(g, ROI_PROMISE_SCALAR, "triage.npv", &why), q = roi_promise(g, ROI_PROMISE_FROM_1, "hours", &why);
  roi_node from_0 = op2(ROI_MUL, per(0), num(2)), from_1 = op2(ROI_MUL, per(1), num(2)), one = num(1);
  roi_node *kept = kept_of(2, p, ROI_NONE, q, from_1);
  refused(kept, "triage.npv was promised and not given", 5);
  kept[p] = from_1;
  refused(kept, "triage.npv was promised and not given", 5);
  kept[p] = one;
  kept[q] = from_0;
  refused(kept, "hours was promised and not given", 5);
  kept[q] = one;
  refused(kept, "hours was promised and not given", 5);
  kept[q] = ROI_NONE;
  refused(kept, "hours was promised and not given", 5);
  assert_int_equal(roi_promise(g, 4, "none", &why), ROI_NONE);
  assert_int_equal(roi_promise(g, -1, "none", &why), ROI_NONE);
  roi_free(kept);
  end();
}

static void correlated_draws_come_after_promises(void **state) {
  (void)state;
  begin(12);
  roi_node pair[] = {uniform("a", 0, 1), uniform("b", 0, 1)}, *kept = kept_of(0), map[16];
  const double matrix[] = {1, 0.5, 0.5, 1};
  assert_int_equal(roi_graph_correlate(g, pair, 2, matrix, ROI_CORRELATION_PEARSON, NULL, &why), ROI_OK);
  assert_int_equal(roi_graph_settle(g, kept, map, &why), ROI_ERR_INTERNAL);
  assert_non_null(strstr(why.text, "promises are settled before draws are correlated"));
  roi_free(kept);
  end();
}

static void a_promise_does_not_leave_the_child(void **state) {
  (void)state;
  for (int shape = ROI_PROMISE_SCALAR; shape <= ROI_PROMISE_PERIOD; shape++) {
    begin(12);
    roi_node a = uniform("a", 0, 1);
    assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
    assert_int_not_equal(roi_promise(g, shape, "p", &why), ROI_NONE);
    assert_int_equal(roi_graph_add_output(g, "a", a, &why), ROI_OK);
    assert_int_equal(roi_graph_validate(g, &why), ROI_ERR_MODEL);
    assert_non_null(strstr(why.text, "a promise that was not kept"));
    size_t size;
    void *buffer = roi_graph_write(g, &size, &why);
    if (buffer) assert_null(roi_graph_read(buffer, size, &why));
    roi_free(buffer);
    end();
  }
}

/* -- Size and memory -------------------------------------------------------------------------------------------------------- */

static void deep_graphs_settle(void **state) {
  (void)state;
  begin(3);
  roi_node u = uniform("u", 0, 1), p = roi_promise(g, ROI_PROMISE_SCALAR, "p", &why), top = chain(p, u, DEEP);
  roi_node *kept = kept_of(1, p, top), *map = roi_alloc(g->n_nodes + 1, sizeof *map);
  assert_int_equal(roi_graph_settle(g, kept, map, &why), ROI_ERR_MODEL);
  assert_non_null(strstr(why.text, "p depends on itself"));
  kept[p] = u;
  assert_int_equal(roi_graph_settle(g, kept, map, &why), ROI_OK);
  assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
  assert_int_equal(map[p], map[u]);
  roi_free(kept);
  roi_free(map);
  end();
}

/* Each promise is one more than the next, so the first needs all. */
static void chains_of_promises_settle(void **state) {
  (void)state;
  enum { N = 100000 };
  begin(3);
  roi_node *p = roi_alloc(N, sizeof *p), *value = roi_alloc(N, sizeof *value), last = uniform("u", 0, 1);
  for (size_t i = 0; i < N; i++) p[i] = roi_promise(g, ROI_PROMISE_SCALAR, "p", &why);
  for (size_t i = 0; i < N; i++) value[i] = i + 1 < N ? op2(ROI_ADD, p[i + 1], num(1)) : last;
  roi_node *kept = kept_of(0), *map = roi_alloc(g->n_nodes + 1, sizeof *map);
  for (size_t i = 0; i < N; i++) kept[p[i]] = value[i];
  assert_int_equal(roi_graph_settle(g, kept, map, &why), ROI_OK);
  size_t size;
  double *x = replayed(g, (roi_node[]){map[p[0]], map[last]}, 2, 0, &size);
  assert_true(fabs(x[0] - x[1] - (N - 1)) < 1e-9 * N);
  roi_free(x);
  roi_free(p);
  roi_free(value);
  roi_free(kept);
  roi_free(map);
  end();
}

/* The Nth allocation fails, N = 0, 1, ..., until the work goes through. */
static void memory_may_end_while_settling(void **state) {
  (void)state;
  long n = 0;
  build_everything();
  roi_node p = roi_promise(g, ROI_PROMISE_SCALAR, "p", &why), top = op2(ROI_ADD, p, num(40)), map[1000];
  assert_int_equal(roi_graph_add_output(g, "top", top, &why), ROI_OK);
  roi_node *kept = kept_of(1, p, num(2));
  size_t nodes = g->n_nodes;
  assert_true(nodes < 1000);
  for (roi_status status = ROI_ERR_MEMORY; status != ROI_OK; n++) {
    roi_error err = {0};
    roi_memory_fail_after(n);
    status = roi_graph_settle(g, kept, map, &err);
    roi_memory_fail_after(-1);
    if (status == ROI_OK) break;
    if (status != ROI_ERR_MEMORY || err.text[0] == 0) fail_msg("allocation %ld: %d '%s'", n, status, err.text);
    assert_int_equal(g->n_nodes, nodes);
    assert_int_equal(g->outputs[0].node, top);
  }
  assert_in_range(n, 10, 10000);
  assert_true(number_of(g->outputs[0].node) == 42);
  assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
  roi_free(kept);
  end();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(settled_is_what_is_built_in_order),
      cmocka_unit_test(settling_nothing_changes_nothing),
      cmocka_unit_test(promises_that_rest_on_themselves_are_refused),
      cmocka_unit_test(promises_that_are_not_kept_are_refused),
      cmocka_unit_test(correlated_draws_come_after_promises),
      cmocka_unit_test(a_promise_does_not_leave_the_child), cmocka_unit_test(deep_graphs_settle),
      cmocka_unit_test(chains_of_promises_settle), cmocka_unit_test(memory_may_end_while_settling)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
