/* Copying graphs: what a copy computes has the bits of what was copied, equal things are one node, and what can't be copied is refused
 * with its name and place. Promises are in promise_test.c. */
#include "unit/copying.h"

#include "host/host.h"

static void everything_is_there(void **state) {
  (void)state;
  int seen[ROI_OP_COUNT] = {0};
  build_everything();
  for (size_t i = 0; i < g->n_nodes; i++) seen[g->nodes[i].op] = 1;
  for (int op = 0; op < ROI_OP_COUNT; op++)
    if (!seen[op] && op != ROI_PROMISE) fail_msg("no node of operation %s", roi_op_rows[op].name);
  end();
}

/* -- Into another graph ----------------------------------------------------------------------------------------------------- */

/* Copies all of g to the graph and returns where each node went; the caller frees it. last_first: in the opposite order. */
static roi_node *copied(roi_graph *to, int last_first) {
  roi_copy c;
  roi_node *map = roi_alloc(g->n_nodes + 1, sizeof *map);
  assert_int_equal(roi_copy_begin(&c, to, g, &why), ROI_OK);
  for (size_t k = 0; k < g->n_nodes; k++) {
    size_t i = last_first ? g->n_nodes - 1 - k : k;
    map[i] = roi_copy_node(&c, (roi_node)i, &why);
    if (map[i] == ROI_NONE) fail_msg("%s", why.text);
  }
  roi_copy_end(&c);
  assert_int_equal(roi_graph_validate(to, &why), ROI_OK);
  return map;
}

static void a_copy_has_the_same_bits(void **state) {
  (void)state;
  for (int last_first = 0; last_first < 2; last_first++) {
    build_everything();
    roi_graph *to = roi_graph_new("copy", 9, ROI_MONTH, &why);
    roi_node *map = copied(to, last_first), *own = all_nodes(g);
    assert_int_equal(to->n_nodes, g->n_nodes);
    assert_same_bits(g, own, to, map, g->n_nodes);
    for (size_t i = 0; i < g->n_nodes; i++) { /* and the place of each in the script */
      const roi_node_row *a = &g->nodes[i], *b = &to->nodes[map[i]];
      assert_int_equal(a->line, b->line);
      assert_string_equal(roi_graph_text(g, a->file), roi_graph_text(to, b->file));
      assert_string_equal(roi_graph_text(g, a->name), roi_graph_text(to, b->name));
    }
    roi_node *again = copied(to, 0); /* all is there already */
    assert_int_equal(to->n_nodes, g->n_nodes);
    assert_memory_equal(again, map, g->n_nodes * sizeof *map);
    roi_free(again);
    roi_free(map);
    roi_free(own);
    roi_graph_free(to);
    end();
  }
}

/* Copies are of nodes: what correlates draws is the caller's to ask for again. */
static void correlate_alike(roi_graph *to, const roi_node *map) {
  roi_correlation_row *pairs = roi_alloc(g->n_correlations + 1, sizeof *pairs);
  for (size_t i = 0; i < g->n_correlations; i++) {
    pairs[i] = g->correlations[i];
    pairs[i].a = map[pairs[i].a];
    pairs[i].b = map[pairs[i].b];
  }
  assert_int_equal(roi_graph_correlate_pairs(to, pairs, g->n_correlations, &why), ROI_OK);
  roi_free(pairs);
}

static void examples_keep_their_numbers(void **state) {
  (void)state;
  static const char *const scripts[] = {"examples/support_desk.lua", "examples/first_year.lua", "examples/launch.lua",
                                        "examples/own_or_rent.lua", "examples/queue.lua"};
  for (size_t k = 0; k < sizeof scripts / sizeof *scripts; k++) {
    roi_host *host = NULL;
    if (roi_host_build(&(roi_host_options){.model_path = scripts[k]}, &g, &host, &why) != ROI_OK) fail_msg("%s", why.text);
    roi_host_free(host);
    roi_graph *to = roi_graph_new("copy", (int)g->horizon, (roi_period)g->period, &why);
    roi_node *map = copied(to, 0), *own = all_nodes(g);
    correlate_alike(to, map);
    assert_same_bits(g, own, to, map, g->n_nodes);
    roi_free(map);
    roi_free(own);
    roi_graph_free(to);
    end();
  }
}

static void what_is_there_is_shared(void **state) {
  (void)state;
  begin(6);
  roi_node a = uniform("a", 1, 2), sum = op2(ROI_ADD, a, num(5)), more = op2(ROI_MUL, sum, uniform("b", 0, 1));
  roi_graph *from = g;
  begin(6);
  roi_node other = uniform("c", 0, 1), own_a = uniform("a", 1, 2), own_sum = op2(ROI_ADD, own_a, num(5));
  size_t nodes = g->n_nodes;
  roi_copy c;
  assert_int_equal(roi_copy_begin(&c, g, from, &why), ROI_OK);
  assert_int_equal(roi_copy_node(&c, sum, &why), own_sum);
  assert_int_equal(roi_copy_node(&c, a, &why), own_a);
  assert_int_equal(g->n_nodes, nodes);
  roi_node made = roi_copy_node(&c, more, &why);
  assert_int_equal(g->n_nodes, nodes + 2); /* the draw b, from the distribution of c, and the product */
  assert_int_equal(g->args[row_of(made)->first_arg], own_sum);
  assert_int_equal(roi_copy_node(&c, more, &why), made);
  roi_copy_end(&c);
  assert_int_equal(g->args[row_of(other)->first_arg], g->args[row_of(g->args[row_of(made)->first_arg + 1])->first_arg]);
  roi_graph_free(from);
  end();
}

/* A caller may say what stands for a node: what depends on it is built over that. */
static void a_node_can_be_replaced(void **state) {
  (void)state;
  begin(6);
  roi_node a = uniform("a", 1, 2), power = op2(ROI_POW, a, per(1));
  roi_graph *from = g;
  begin(6);
  roi_copy c;
  assert_int_equal(roi_copy_begin(&c, g, from, &why), ROI_OK);
  c.map[a] = num(3);
  roi_node made = roi_copy_node(&c, power, &why);
  roi_copy_end(&c);
  assert_int_equal(made, op2(ROI_POW, num(3), per(1)));
  assert_int_equal(roi_graph_draws(g), 0);
  roi_graph_free(from);
  end();
}

static void other_draws_of_a_name_are_refused(void **state) {
  (void)state;
  begin(6);
  roi_graph_here(g, roi_graph_string(g, "desk.lua"), 14);
  roi_node a = uniform("a", 1, 2), f = roi_extern_node(g, "f", &a, 1, &why);
  roi_graph *from = g;
  for (int function = 0; function < 2; function++) {
    begin(6);
    roi_node own = uniform("a", 1, function ? 2 : 3);
    if (function) assert_int_not_equal(roi_extern_node(g, "f", (roi_node[]){own, own}, 2, &why), ROI_NONE);
    roi_copy c;
    roi_error err = {0};
    assert_int_equal(roi_copy_begin(&c, g, from, &err), ROI_OK);
    assert_int_equal(roi_copy_node(&c, f, &err), ROI_NONE);
    roi_copy_end(&c);
    assert_int_equal(err.status, ROI_ERR_MODEL);
    assert_non_null(strstr(err.text, function ? "\"f\" is named twice" : "\"a\" is named twice"));
    assert_string_equal(err.file, "desk.lua");
    assert_int_equal(err.line, 14);
    end();
  }
  roi_graph_free(from);
}

/* -- What if: in the same graph ------------------------------------------------------------------------------------------- */

static void what_if_is_what_is_built_by_hand(void **state) {
  (void)state;
  static const double xs[] = {0, 1, 3}, ys[] = {5, 7, 6};
  begin(12);
  roi_node x[2] = {uniform("x", 1, 2), num(1.5)}, y = uniform("y", 0, 1), untouched = op2(ROI_DIV, y, num(7)), made[2];
  roi_node rate[2];
  for (int k = 0; k < 2; k++) { /* what is asked for first, then what is to come of it */
    roi_node growth = op2(ROI_POW, op2(ROI_ADD, x[k], num(1)), per(1)), tariff = roi_interp(g, op2(ROI_ADD, x[k], y), xs, ys, 3, &why);
    roi_node flow = op2(ROI_SUB, op2(ROI_MUL, growth, tariff), op2(ROI_AT, x[k], untouched));
    rate[k] = op1(ROI_IRR, flow);
    made[k] = op3(ROI_WHERE, op2(ROI_GT, x[k], y), op1(ROI_SUM, flow), op2(ROI_MUL, rate[k], untouched));
    if (k == 1) break;
    size_t nodes = g->n_nodes;
    roi_copy c;
    assert_int_equal(roi_copy_begin(&c, g, g, &why), ROI_OK);
    assert_int_equal(roi_copy_node(&c, made[0], &why), made[0]); /* nothing is replaced */
    roi_copy_end(&c);
    assert_int_equal(g->n_nodes, nodes);
    assert_int_equal(roi_copy_begin(&c, g, g, &why), ROI_OK);
    c.map[x[0]] = x[1];
    made[1] = roi_copy_node(&c, made[0], &why);
    assert_int_equal(roi_copy_node(&c, untouched, &why), untouched);
    rate[1] = roi_copy_node(&c, rate[0], &why);
    roi_copy_end(&c);
    assert_int_not_equal(made[1], made[0]);
  }
  roi_node by_hand[2] = {made[1], rate[1]};
  roi_copy c;
  assert_int_equal(roi_copy_begin(&c, g, g, &why), ROI_OK);
  c.map[x[0]] = x[1];
  roi_node replaced[2] = {roi_copy_node(&c, made[0], &why), roi_copy_node(&c, rate[0], &why)};
  roi_copy_end(&c);
  assert_same_bits(g, by_hand, g, replaced, 2);
  end();
}

static void what_is_drawn_from_it_cannot_be_replaced(void **state) {
  (void)state;
  begin(12);
  roi_node x = uniform("x", 1, 2), y = draw(dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, x, num(1)), "y");
  roi_node f = roi_extern_node(g, "f", &x, 1, &why);
  const roi_node asked[] = {op2(ROI_ADD, y, num(1)), op1(ROI_EXP, f)};
  for (int k = 0; k < 2; k++) {
    roi_copy c;
    roi_error err = {0};
    size_t nodes = g->n_nodes;
    assert_int_equal(roi_copy_begin(&c, g, g, &err), ROI_OK);
    c.map[x] = num(0);
    assert_int_equal(roi_copy_node(&c, asked[k], &err), ROI_NONE);
    roi_copy_end(&c);
    assert_int_equal(err.status, ROI_ERR_MODEL);
    assert_string_equal(err.text, k ? "the draw \"f\" depends on it" : "the draw \"y\" depends on it");
    assert_true(g->n_nodes <= nodes + 2);
    assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
  }
  end();
}

/* A promise is what it stands for where that changes, and itself where it does not. */
static void what_if_looks_into_promises(void **state) {
  (void)state;
  begin(12);
  roi_node x = uniform("x", 1, 2), y = uniform("y", 1, 2);
  roi_node p = roi_promise(g, ROI_PROMISE_SCALAR, "p", &why), q = roi_promise(g, ROI_PROMISE_SCALAR, "q", &why);
  roi_node value = op2(ROI_ADD, p, q), of_x = op2(ROI_MUL, x, num(3)), of_y = op2(ROI_MUL, y, num(5));
  roi_node *kept = kept_of(2, p, of_x, q, of_y);
  roi_copy c;
  assert_int_equal(roi_copy_begin(&c, g, g, &why), ROI_OK);
  c.kept = kept;
  c.map[x] = num(2);
  roi_node made = roi_copy_node(&c, value, &why);
  roi_copy_end(&c);
  assert_int_equal(made, op2(ROI_ADD, num(6), q));
  assert_int_equal(roi_copy_begin(&c, g, g, &why), ROI_OK); /* without it, promises stay */
  c.map[x] = num(2);
  assert_int_equal(roi_copy_node(&c, value, &why), value);
  roi_copy_end(&c);
  roi_free(kept);
  end();
}

/* -- Size and memory -------------------------------------------------------------------------------------------------------- */

static void deep_graphs_need_no_deep_stack(void **state) {
  (void)state;
  begin(3);
  roi_node u = uniform("u", 0, 1), x = uniform("x", 0, 1), top = chain(x, u, DEEP);
  roi_copy c;
  assert_int_equal(roi_copy_begin(&c, g, g, &why), ROI_OK); /* from the top down */
  c.map[x] = num(1);
  assert_int_not_equal(roi_copy_node(&c, top, &why), ROI_NONE);
  roi_copy_end(&c);
  roi_graph *to = roi_graph_new("copy", 3, ROI_MONTH, &why);
  assert_int_equal(roi_copy_begin(&c, to, g, &why), ROI_OK);
  assert_int_not_equal(roi_copy_node(&c, top, &why), ROI_NONE);
  roi_copy_end(&c);
  roi_graph_free(to);
  end();
}

/* The Nth allocation fails, N = 0, 1, ..., until the work goes through. */
static void memory_may_end_in_another_graph(void **state) {
  (void)state;
  long n = 0;
  build_everything();
  for (roi_status status = ROI_ERR_MEMORY; status != ROI_OK; n++) {
    roi_graph *to = roi_graph_new("copy", 9, ROI_MONTH, &why);
    roi_copy c;
    roi_error err = {0};
    roi_memory_fail_after(n);
    status = roi_copy_begin(&c, to, g, &err);
    for (size_t i = g->n_nodes; i-- > 0 && status == ROI_OK;)
      if (roi_copy_node(&c, (roi_node)i, &err) == ROI_NONE) status = err.status;
    roi_copy_end(&c);
    roi_memory_fail_after(-1);
    if (status != ROI_OK && (status != ROI_ERR_MEMORY || err.text[0] == 0)) fail_msg("allocation %ld: %d '%s'", n, status, err.text);
    assert_int_equal(roi_graph_validate(to, &why), ROI_OK);
    roi_graph_free(to);
  }
  assert_in_range(n, 10, 10000);
  end();
}

static void memory_may_end_while_replacing(void **state) {
  (void)state;
  long n = 0;
  begin(12);
  roi_node x = uniform("x", 1, 2), zero = num(0), y = x;
  for (int i = 0; i < 600; i++) y = op2(ROI_ADD, op2(ROI_MUL, y, num(i)), per(1));
  size_t nodes = g->n_nodes;
  for (roi_status status = ROI_ERR_MEMORY; status != ROI_OK; n++) {
    roi_copy c;
    roi_error err = {0};
    roi_memory_fail_after(n);
    status = roi_copy_begin(&c, g, g, &err);
    if (status == ROI_OK) {
      c.map[x] = zero;
      if (roi_copy_node(&c, y, &err) == ROI_NONE) status = err.status;
    }
    roi_copy_end(&c);
    roi_memory_fail_after(-1);
    if (status != ROI_OK && status != ROI_ERR_MEMORY) fail_msg("allocation %ld: %d '%s'", n, status, err.text);
    assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
  }
  assert_true(g->n_nodes > nodes);
  assert_in_range(n, 5, 10000);
  end();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(everything_is_there), cmocka_unit_test(a_copy_has_the_same_bits),
      cmocka_unit_test(examples_keep_their_numbers), cmocka_unit_test(what_is_there_is_shared),
      cmocka_unit_test(a_node_can_be_replaced), cmocka_unit_test(other_draws_of_a_name_are_refused),
      cmocka_unit_test(what_if_is_what_is_built_by_hand),
      cmocka_unit_test(what_is_drawn_from_it_cannot_be_replaced),
      cmocka_unit_test(what_if_looks_into_promises), cmocka_unit_test(deep_graphs_need_no_deep_stack),
      cmocka_unit_test(memory_may_end_in_another_graph), cmocka_unit_test(memory_may_end_while_replacing)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
