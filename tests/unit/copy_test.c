/* Copying graphs: what a copy computes has the bits of what was copied, equal things are one node, promises end as what they stand
 * for, and what can't be copied is refused with its name and place. */
#include "unit/model.h"

#include "graph/copy.h"
#include "graph/sheets.h"
#include "graph/wire.h"
#include "host/host.h"

/* -- The bits of a run ------------------------------------------------------------------------------------------------------ */

/* Stands in for the function of a script: the sum of its arguments, of a series its second period. */
static int external(void *data, uint32_t index, int worker, uint64_t first, uint32_t lanes, const double *const *args,
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
static double *replayed(const roi_graph *graph, const roi_node *nodes, size_t n, uint64_t trial, size_t *size) {
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
static void assert_same_bits(const roi_graph *a, const roi_node *in_a, const roi_graph *b, const roi_node *in_b, size_t n) {
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

static roi_node *all_nodes(const roi_graph *graph) {
  roi_node *list = roi_alloc(graph->n_nodes + 1, sizeof *list);
  for (size_t i = 0; i < graph->n_nodes; i++) list[i] = (roi_node)i;
  return list;
}

/* -- A graph with every kind of node ---------------------------------------------------------------------------------------- */

static roi_node apply_any(roi_opcode op, roi_node a, roi_node b, roi_node c) {
  return roi_op_rows[op].min_args == 1 ? op1(op, a) : roi_op_rows[op].min_args == 2 ? op2(op, a, b) : op3(op, a, b, c);
}

/* Every operation but the promise, and every form of a distribution. */
static void build_everything(void) {
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

static roi_node *kept_of(size_t n_pairs, ...) { /* promise, value, ...: by node; the caller frees it */
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

#define DEEP 1000000

/* x + u + u + ...: each sum the argument of the next. */
static roi_node chain(roi_node x, roi_node u, size_t n) {
  for (size_t i = 0; i < n; i++) x = op2(ROI_ADD, x, u);
  assert_int_not_equal(x, ROI_NONE);
  return x;
}

static void deep_graphs_need_no_deep_stack(void **state) {
  (void)state;
  begin(3);
  roi_node u = uniform("u", 0, 1), p = roi_promise(g, ROI_PROMISE_SCALAR, "p", &why), top = chain(p, u, DEEP);
  roi_node *kept = kept_of(1, p, op2(ROI_MUL, u, num(3))), *map = roi_alloc(g->n_nodes + 1, sizeof *map);
  roi_copy c;
  assert_int_equal(roi_copy_begin(&c, g, g, &why), ROI_OK); /* from the top down */
  c.kept = kept;
  c.map[p] = num(1);
  roi_node what_if = roi_copy_node(&c, top, &why);
  assert_int_not_equal(what_if, ROI_NONE);
  roi_copy_end(&c);
  roi_free(kept);
  roi_free(map);
  kept = kept_of(1, p, top);
  map = roi_alloc(g->n_nodes + 1, sizeof *map);
  assert_int_equal(roi_graph_settle(g, kept, map, &why), ROI_ERR_MODEL);
  assert_non_null(strstr(why.text, "p depends on itself"));
  kept[p] = u;
  assert_int_equal(roi_graph_settle(g, kept, map, &why), ROI_OK);
  assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
  assert_int_equal(map[p], map[u]);
  roi_graph *to = roi_graph_new("copy", 3, ROI_MONTH, &why);
  assert_int_equal(roi_copy_begin(&c, to, g, &why), ROI_OK);
  assert_int_not_equal(roi_copy_node(&c, map[top], &why), ROI_NONE);
  roi_copy_end(&c);
  roi_graph_free(to);
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
      cmocka_unit_test(everything_is_there), cmocka_unit_test(a_copy_has_the_same_bits),
      cmocka_unit_test(examples_keep_their_numbers), cmocka_unit_test(what_is_there_is_shared),
      cmocka_unit_test(a_node_can_be_replaced), cmocka_unit_test(other_draws_of_a_name_are_refused),
      cmocka_unit_test(what_if_is_what_is_built_by_hand), cmocka_unit_test(what_is_drawn_from_it_cannot_be_replaced),
      cmocka_unit_test(what_if_looks_into_promises), cmocka_unit_test(settled_is_what_is_built_in_order),
      cmocka_unit_test(settling_nothing_changes_nothing), cmocka_unit_test(promises_that_rest_on_themselves_are_refused),
      cmocka_unit_test(promises_that_are_not_kept_are_refused), cmocka_unit_test(correlated_draws_come_after_promises),
      cmocka_unit_test(a_promise_does_not_leave_the_child), cmocka_unit_test(deep_graphs_need_no_deep_stack),
      cmocka_unit_test(chains_of_promises_settle), cmocka_unit_test(memory_may_end_in_another_graph),
      cmocka_unit_test(memory_may_end_while_replacing), cmocka_unit_test(memory_may_end_while_settling)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
