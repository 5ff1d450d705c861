/* Building graphs: folding, equal expressions, shapes and starts, flags, rules and their messages, size. */
#include "unit/model.h"

#include "dist/dist.h"

static const double interesting[] = {0.0,  -0.0, 1.0,    -1.0,   0.5,  -0.5, 2.5,
                                     -2.5, 3.0,  1e-300, -1e300, 7.25, 1e16, INFINITY};
enum { N_INTERESTING = sizeof interesting / sizeof interesting[0] };

/* -- Folding ------------------------------------------------------------------------------------------------------- */

static void check_fold(roi_opcode op, const double *x, size_t n) {
  roi_node a[3];
  for (size_t i = 0; i < n; i++) a[i] = num(x[i]);
  double expected = roi_op_value(op, x, n);
  roi_node node = roi_apply(g, op, a, n, &why);
  assert_int_not_equal(node, ROI_NONE);
  if (isnan(expected) && roi_state_of(expected) == ROI_STATE_NONE) { /* must show when it runs, with its line */
    assert_int_equal(row_of(node)->op, op);
    assert_true(row_of(node)->flags & ROI_FIXED);
  } else if (!same(number_of(node), expected)) {
    print_message("%s(%g, %g, %g) = %g, not %g\n", roi_op_rows[op].name, x[0], x[1], x[2], number_of(node), expected);
    fail();
  }
}

static void maps_fold_to_their_value(void **state) {
  (void)state;
  begin(3);
  for (int op = 0; op < ROI_OP_COUNT; op++) {
    if (roi_op_rows[op].cls != ROI_MAP || op == ROI_INTERP) continue;
    int n = roi_op_rows[op].max_args;
    for (int i = 0; i < N_INTERESTING; i++)
      for (int j = 0; j < (n > 1 ? N_INTERESTING : 1); j++)
        for (int k = 0; k < (n > 2 ? N_INTERESTING : 1); k++)
          check_fold((roi_opcode)op, (double[3]){interesting[i], interesting[j], interesting[k]}, (size_t)n);
  }
  end();
}

static void interp_folds(void **state) {
  (void)state;
  static const double xs[] = {0, 1, 3}, ys[] = {10, 20, 0};
  static const double cases[][2] = {{-1, 10}, {0, 10}, {0.5, 15}, {1, 20}, {2, 10}, {3, 0}, {99, 0}, {INFINITY, 0}};
  begin(3);
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    assert_true(number_of(roi_interp(g, num(cases[i][0]), xs, ys, 3, &why)) == cases[i][1]);
  size_t data = g->n_data;
  assert_int_not_equal(roi_interp(g, per(1), xs, ys, 3, &why), ROI_NONE);
  assert_int_equal(g->n_data, data + 6); /* and none was left behind by the folded ones */
  assert_int_equal(data, 0);
  end();
}

/* horizon 5; s starts at 1 */
static void reductions_of_constant_series_fold(void **state) {
  (void)state;
  static const double x[] = {-2, 0, 5, 3};
  begin(5);
  roi_node s = numbers(1, x, 4), from0 = numbers(0, x, 4);
  assert_true(number_of(op1(ROI_SUM, s)) == 6);
  assert_true(number_of(op1(ROI_MEAN, s)) == 6.0 / 5);
  assert_true(number_of(op1(ROI_MEAN, from0)) == 1);
  assert_true(number_of(op1(ROI_LAST, s)) == 0);
  assert_true(number_of(op1(ROI_FIRST, s)) == 1);
  assert_true(number_of(op1(ROI_FIRST, op2(ROI_GT, s, num(3)))) == 3);
  assert_true(number_of(op1(ROI_FIRST, op2(ROI_GT, s, num(9)))) == ROI_NEVER);
  assert_true(number_of(op1(ROI_MAX_OVER, s)) == 5);
  assert_true(number_of(op1(ROI_MIN_OVER, s)) == -2);
  assert_true(number_of(op1(ROI_MIN_OVER, op1(ROI_ABS, s))) == 0);
  assert_true(number_of(op1(ROI_PAYBACK, op1(ROI_CUMSUM, s))) == 3);
  assert_true(number_of(op1(ROI_PAYBACK, op1(ROI_NEG, op1(ROI_ABS, op2(ROI_ADD, s, num(1)))))) == ROI_NEVER);
  for (int p = 0; p <= 5; p++) {
    assert_true(number_of(at_imm(ROI_ELEMENT, s, p)) == (p >= 1 && p <= 4 ? x[p - 1] : 0));
    assert_true(number_of(at_imm(ROI_ELEMENT, from0, p)) == (p < 4 ? x[p] : 0));
  }
  end();
}

static void nested_constant_series_fold(void **state) {
  (void)state;
  static const double x[] = {1, 2, 3};
  begin(4);
  roi_node s = numbers(1, x, 3); /* - 1 2 3 0 */
  static const struct { int op, imm; double want[5]; } cases[] = {
      {ROI_LAG, 0, {0, 1, 2, 3, 0}},  {ROI_LAG, 1, {0, 0, 1, 2, 3}},    {ROI_LAG, 2, {0, 0, 0, 1, 2}},
      {ROI_LAG, 99, {0, 0, 0, 0, 0}}, {ROI_DIFF, 0, {0, 1, 1, 1, -3}},  {ROI_CUMSUM, 0, {0, 1, 3, 6, 6}},
      {ROI_CUMPROD, 0, {0, 1, 2, 6, 0}}, {ROI_NEG, 0, {0, -1, -2, -3, -0.0}},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    roi_node n = at_imm((roi_opcode)cases[i].op, s, cases[i].imm);
    for (int p = 0; p <= 4; p++) {
      double got = number_of(at_imm(ROI_ELEMENT, n, p));
      if (got != cases[i].want[p]) print_message("%s[%d] = %g\n", roi_op_rows[cases[i].op].name, p, got);
      assert_true(got == cases[i].want[p]);
    }
  }
  /* sum of cumsum(2 s + t) with t from 0: 0; 3; 9; 18; 22 */
  roi_node mix = op1(ROI_CUMSUM, op2(ROI_ADD, op2(ROI_MUL, num(2), s), per(0)));
  assert_true(number_of(op1(ROI_SUM, mix)) == 0 + 3 + 9 + 18 + 22);
  /* at: rounds up, nothing before 0, past the horizon or never */
  static const double places[][2] = {{0, 0},    {-0.5, 0},  {0.1, 1}, {4, 4},
                                     {3.01, 4}, {4.01, -1}, {-1, -1}, {INFINITY, -1}};
  for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
    roi_node n = op2(ROI_AT, num(places[i][0]), num(7));
    assert_int_equal(row_of(n)->start, 0);
    for (int p = 0; p <= 4; p++) assert_true(number_of(at_imm(ROI_ELEMENT, n, p)) == (p == places[i][1] ? 7 : 0));
  }
  assert_true(number_of(op1(ROI_SUM, op2(ROI_AT, num(2), s))) == 2); /* the value of a series in that period */
  end();
}

static roi_state state_of(roi_node n) { return roi_state_of(number_of(n)); }

static void states_fold_what_is_no_number_stays(void **state) {
  (void)state;
  begin(3);
  roi_node no_cost = op2(ROI_STATE, num(5), num(0));
  assert_int_equal(state_of(no_cost), ROI_STATE_NO_COST);
  roi_node sum = op2(ROI_ADD, no_cost, num(1)); /* still a state */
  assert_int_equal(state_of(sum), ROI_STATE_NO_COST);
  assert_true(number_of(op2(ROI_LT, sum, num(1))) == 0); /* a comparison with a state is false */
  assert_true(number_of(op2(ROI_GE, sum, num(1))) == 0);
  assert_true(number_of(op2(ROI_NE, sum, num(1))) == 0);
  assert_int_equal(state_of(op1(ROI_PAYBACK, per(1))), ROI_STATE_SELF_FUNDED); /* never negative */
  assert_int_equal(state_of(op1(ROI_IRR, per(1))), ROI_STATE_NO_IRR);
  roi_graph_here(g, roi_graph_string(g, "m.lua"), 7);
  roi_node log = op1(ROI_LOG, num(-1));
  assert_int_equal(row_of(log)->op, ROI_LOG);
  assert_int_equal(row_of(log)->line, 7);
  assert_true(row_of(log)->flags & ROI_FIXED);
  assert_int_equal(roi_constant(g, NAN, &why), ROI_NONE);
  assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
  end();
}

static void irr_folds(void **state) {
  (void)state;
  /* source: ClickHouse documentation; numpy-financial issues */
  static const double one[] = {-100, 39, 59, 55, 20}, two[] = {-1000, 2300, -1320}, none[] = {100, -200, 150};
  begin(4);
  assert_true(fabs(number_of(op1(ROI_IRR, numbers(0, one, 5))) - 0.2809484211599611) < 1e-14);
  assert_int_equal(state_of(op1(ROI_IRR, numbers(0, two, 3))), ROI_STATE_MANY_IRR);
  assert_int_equal(state_of(op1(ROI_IRR, numbers(0, none, 3))), ROI_STATE_NO_IRR);
  end();
}

/* -- Equal expressions --------------------------------------------------------------------------------------------- */

static void equal_expressions_are_one_node(void **state) {
  (void)state;
  static const double xs[] = {0, 1}, data[] = {1, 2};
  begin(12);
  roi_node a = uniform("a", 0, 1), b = uniform("b", 0, 1);
  assert_int_not_equal(a, b); /* equal parameters, but another draw */
  assert_int_equal(g->args[row_of(a)->first_arg], g->args[row_of(b)->first_arg]); /* of one distribution */
  size_t before, args;
  roi_node x = op2(ROI_ADD, a, b), l = at_imm(ROI_LAG, per(1), 2), e = roi_interp(g, a, xs, xs, 2, &why);
  roi_node s = roi_apply_at(g, ROI_SERIES, (roi_node[]){a, b}, 2, 1, &why);
  before = g->n_nodes, args = g->n_args;
  assert_int_equal(op2(ROI_ADD, a, b), x);
  assert_int_equal(at_imm(ROI_LAG, per(1), 2), l);
  assert_int_equal(roi_apply_at(g, ROI_SERIES, (roi_node[]){a, b}, 2, 1, &why), s);
  assert_int_equal(num(0.5), num(0.5));
  assert_int_equal(g->n_nodes, before + 1); /* the 0.5 */
  assert_int_equal(g->n_args, args);
  assert_int_not_equal(op2(ROI_ADD, b, a), x);
  assert_int_not_equal(op2(ROI_SUB, a, b), x);
  assert_int_not_equal(at_imm(ROI_LAG, per(1), 3), l);
  assert_int_not_equal(per(0), per(1));
  assert_int_not_equal(roi_apply_at(g, ROI_SERIES, (roi_node[]){a, b}, 2, 0, &why), s);
  assert_int_not_equal(num(0.0), num(-0.0));
  assert_int_equal(roi_interp(g, a, xs, xs, 2, &why), e); /* tables too */
  assert_int_not_equal(roi_interp(g, a, xs, data, 2, &why), e);
  size_t n_data = g->n_data;
  roi_node seen = roi_dist_empirical(g, data, 2, &why);
  assert_int_equal(roi_dist_empirical(g, data, 2, &why), seen);
  assert_int_not_equal(roi_dist_empirical(g, xs, 2, &why), seen);
  assert_int_equal(g->n_data, n_data + 4); /* and what was found to be there takes no room */
  assert_int_not_equal(roi_extern_node(g, "f", &a, 1, &why), roi_extern_node(g, "g", &a, 1, &why));
  end();
}

static void identities_change_no_bit(void **state) {
  (void)state;
  begin(12);
  roi_node a = uniform("a", -1, 1), s = op2(ROI_ADD, a, per(1));
  roi_node values[2] = {a, s};
  for (int i = 0; i < 2; i++) {
    roi_node x = values[i];
    assert_int_equal(op2(ROI_MUL, x, num(1)), x);
    assert_int_equal(op2(ROI_MUL, num(1), x), x);
    assert_int_equal(op2(ROI_DIV, x, num(1)), x);
    assert_int_equal(op2(ROI_POW, x, num(1)), x);
    assert_int_equal(op2(ROI_SUB, x, num(0)), x);
    assert_int_equal(op1(ROI_NEG, op1(ROI_NEG, x)), x);
    /* these change a zero's sign, or what is not a number */
    assert_int_not_equal(op2(ROI_ADD, x, num(0)), x);
    assert_int_not_equal(op2(ROI_SUB, x, num(-0.0)), x);
    assert_int_not_equal(op2(ROI_SUB, num(0), x), x);
    assert_int_equal(row_of(op2(ROI_MUL, x, num(0)))->op, ROI_MUL);
    assert_int_equal(row_of(op2(ROI_SUB, x, x))->op, ROI_SUB);
    assert_int_equal(row_of(op2(ROI_DIV, x, x))->op, ROI_DIV);
  }
  end();
}

static void names_of_draws_are_unique(void **state) {
  (void)state;
  begin(3);
  roi_node d = dist(ROI_FAMILY_UNIFORM, ROI_FORM_NATURAL, 2, num(0), num(1));
  char name[32];
  for (int i = 0; i < 5000; i++) {
    snprintf(name, sizeof name, "x%d", i);
    assert_int_not_equal(roi_draw(g, d, name, 0, &why), ROI_NONE);
  }
  for (int i = 0; i < 5000; i += 7) {
    snprintf(name, sizeof name, "x%d", i);
    assert_int_equal(roi_draw(g, d, name, 0, &why), ROI_NONE);
    assert_non_null(strstr(why.text, "named twice"));
    assert_int_equal(roi_extern_node(g, name, NULL, 0, &why), ROI_NONE);
  }
  assert_int_equal(roi_draw(g, d, "", 0, &why), ROI_NONE);
  assert_int_equal(roi_draw(g, d, NULL, 0, &why), ROI_NONE);
  /* a name is taken only by a draw that came to be */
  roi_node by_period = dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, per(1), num(1));
  assert_int_equal(roi_draw(g, by_period, "later", 0, &why), ROI_NONE);
  assert_non_null(strstr(why.text, "each_period"));
  assert_int_not_equal(roi_draw(g, by_period, "later", 1, &why), ROI_NONE);
  assert_int_equal(roi_draw(g, by_period, "later", 1, &why), ROI_NONE);
  end();
}

/* -- Shapes, starts, flags ----------------------------------------------------------------------------------------- */

static void shapes_and_starts(void **state) {
  (void)state;
  begin(6);
  roi_node a = uniform("a", 0, 1), t0 = per(0), t1 = per(1);
  const struct { roi_node n; int shape, start; } cases[] = {
      {op2(ROI_ADD, a, a), ROI_SCALAR, 0},
      {op2(ROI_ADD, a, t1), ROI_SERIES_SHAPE, 1},
      {op2(ROI_ADD, t1, t0), ROI_SERIES_SHAPE, 0},
      {op2(ROI_MUL, t1, t1), ROI_SERIES_SHAPE, 1},
      {op3(ROI_WHERE, t1, t0, a), ROI_SERIES_SHAPE, 0},
      {op2(ROI_AT, a, a), ROI_SERIES_SHAPE, 0},
      {op2(ROI_AT, a, t1), ROI_SERIES_SHAPE, 0},
      {at_imm(ROI_LAG, op2(ROI_MUL, a, t1), 2), ROI_SERIES_SHAPE, 1},
      {at_imm(ROI_LAG, op2(ROI_MUL, a, t0), 2), ROI_SERIES_SHAPE, 0},
      {op1(ROI_CUMSUM, op2(ROI_MUL, a, t0)), ROI_SERIES_SHAPE, 0},
      {op1(ROI_DIFF, op2(ROI_MUL, a, t1)), ROI_SERIES_SHAPE, 1},
      {op1(ROI_SUM, op2(ROI_MUL, a, t1)), ROI_SCALAR, 0},
      {at_imm(ROI_ELEMENT, op2(ROI_MUL, a, t1), 0), ROI_SCALAR, 0},
      {roi_draw(g, dist(ROI_FAMILY_UNIFORM, ROI_FORM_NATURAL, 2, num(0), t0), "e", 1, &why), ROI_SERIES_SHAPE, 1},
      {roi_extern_node(g, "f", &t0, 1, &why), ROI_SCALAR, 0},
      {dist(ROI_FAMILY_UNIFORM, ROI_FORM_NATURAL, 2, num(0), a), ROI_DIST_SHAPE, 0},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    assert_int_equal(row_of(cases[i].n)->shape, cases[i].shape);
    assert_int_equal(row_of(cases[i].n)->start, cases[i].start);
  }
  /* the later start counts as 0 before its own: (t1 + 1) is 0 + ... in period 0 of the sum */
  roi_node s = op2(ROI_ADD, op2(ROI_ADD, t1, num(10)), t0);
  assert_true(number_of(at_imm(ROI_ELEMENT, s, 0)) == 0);
  assert_true(number_of(at_imm(ROI_ELEMENT, s, 1)) == 12);
  end();
}

static void flags(void **state) {
  (void)state;
  begin(6);
  roi_node a = uniform("a", -1, 1), t = per(1), s = op2(ROI_ADD, a, t), cond = op2(ROI_LT, a, num(0));
  roi_node never = op1(ROI_FIRST, s), pay = op1(ROI_PAYBACK, s), one = num(1);
  roi_node coin = draw(dist(ROI_FAMILY_BERNOULLI, ROI_FORM_NATURAL, 1, num(0.5)), "coin");
  enum { F = ROI_FIXED, N = ROI_MAY_NEVER, C = ROI_CONDITION };
  const struct { roi_node n; unsigned flags; } cases[] = {
      {one, F | C},
      {num(0), F | C},
      {num(2), F},
      {num(INFINITY), F | N},
      {num(-INFINITY), F},
      {t, F},
      {a, 0},
      {s, 0},
      {cond, C},
      {op2(ROI_GE, t, num(3)), F | C},
      {op1(ROI_NOT, a), C},
      {coin, C},
      {op2(ROI_AND, a, s), C},
      {op2(ROI_OR, a, s), C},
      {op2(ROI_MUL, cond, coin), C},
      {op2(ROI_MUL, cond, a), 0},
      {op2(ROI_MIN, cond, coin), C},
      {op2(ROI_ADD, cond, coin), 0},
      {op3(ROI_WHERE, a, cond, one), C},
      {op3(ROI_WHERE, cond, a, one), 0},
      {op3(ROI_WHERE, never, a, one), 0},
      {op3(ROI_WHERE, a, never, one), N},
      {never, N},
      {pay, N},
      {op2(ROI_ADD, never, one), N},
      {op2(ROI_LE, never, num(3)), C},
      {op2(ROI_MIN, never, a), 0},
      {op2(ROI_MIN, never, pay), N},
      {op2(ROI_MAX, never, a), N},
      {op2(ROI_STATE, a, never), 0},
      {op2(ROI_STATE, never, a), N},
      {op2(ROI_AT, never, a), 0},
      {op2(ROI_AT, a, never), N},
      {op2(ROI_AT, a, cond), C},
      {at_imm(ROI_LAG, op2(ROI_LT, s, one), 1), C},
      {op1(ROI_CUMSUM, op2(ROI_LT, s, one)), 0},
      {op1(ROI_CUMPROD, op2(ROI_LT, s, one)), C},
      {op1(ROI_LAST, op2(ROI_LT, s, one)), C},
      {op1(ROI_MAX_OVER, op2(ROI_LT, s, one)), C},
      {op1(ROI_SUM, op2(ROI_LT, s, one)), 0},
      {at_imm(ROI_ELEMENT, op2(ROI_LT, s, one), 2), C},
      {op1(ROI_SUM, op2(ROI_ADD, s, never)), N},
      {roi_apply_at(g, ROI_SERIES, (roi_node[]){cond, one}, 2, 1, &why), C},
      {roi_apply_at(g, ROI_SERIES, (roi_node[]){never, one}, 2, 1, &why), N},
      {roi_extern_node(g, "f", &one, 1, &why), 0},
      {dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, num(0), one), F},
      {dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, a, one), 0},
      {dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, t, one), ROI_BY_PERIOD},
      {dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, s, one), ROI_BY_PERIOD},
      {op3(ROI_CLAMP, dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, s, one), num(0), one), ROI_BY_PERIOD},
      {roi_draw(g, dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, s, one), "n", 1, &why), ROI_EACH_PERIOD},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    if (row_of(cases[i].n)->flags != cases[i].flags)
      print_message("case %zu, %s: flags %u, not %u\n", i, roi_op_rows[row_of(cases[i].n)->op].name,
                    row_of(cases[i].n)->flags, cases[i].flags);
    assert_int_equal(row_of(cases[i].n)->flags, cases[i].flags);
  }
  assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
  end();
}

/* -- Rules --------------------------------------------------------------------------------------------------------- */

static void refused(roi_node n, const char *part) {
  if (n != ROI_NONE || !strstr(why.text, part))
    print_message("expected \"%s\", got \"%s\"\n", part, n == ROI_NONE ? why.text : "a node");
  assert_int_equal(n, ROI_NONE);
  assert_non_null(strstr(why.text, part));
  why = (roi_error){0};
}

static void rules_of_operations(void **state) {
  (void)state;
  static const double xs[] = {0, 1}, falling[] = {1, 0}, bad[] = {0, INFINITY};
  begin(6);
  roi_node a = uniform("a", 0, 1), t = per(1), d = dist(ROI_FAMILY_UNIFORM, ROI_FORM_NATURAL, 2, num(0), num(1));
  roi_node seven[7] = {a, a, a, a, a, a, a};
  refused(op2(ROI_ADD, a, d), "draw from it first");
  refused(op2(ROI_ADD, a, 12345), "argument 2 is not a node");
  refused(roi_apply(g, ROI_ADD, &a, 1, &why), "1 arguments given");
  refused(roi_apply(g, ROI_OP_COUNT, &a, 1, &why), "constructor of its own");
  refused(roi_apply(g, ROI_CONST, NULL, 0, &why), "constructor of its own");
  refused(op1(ROI_SUM, a), "needs a series");
  refused(op1(ROI_CUMSUM, a), "needs a series");
  refused(at_imm(ROI_ELEMENT, a, 1), "only a series has periods");
  refused(at_imm(ROI_ELEMENT, t, 7), "period 7 is outside 0 to the horizon, 6");
  refused(at_imm(ROI_ELEMENT, t, -1), "period -1");
  refused(at_imm(ROI_LAG, a, 1), "needs a series");
  refused(at_imm(ROI_LAG, t, -1), "0 or more");
  refused(op2(ROI_AT, t, a), "must be a scalar");
  refused(op2(ROI_AT, a, d), "draw from it first");
  refused(roi_apply_at(g, ROI_SERIES, seven, 7, 1, &why), "7 values, but periods 1 to 6 are only 6");
  refused(roi_apply_at(g, ROI_SERIES, seven, 3, 2, &why), "period 0 or 1");
  refused(roi_apply_at(g, ROI_SERIES, &t, 1, 1, &why), "a number or a scalar");
  assert_int_not_equal(roi_apply_at(g, ROI_SERIES, seven, 7, 0, &why), ROI_NONE);
  refused(roi_time(g, 2, &why), "period 0 or 1");
  refused(roi_interp(g, a, falling, xs, 2, &why), "must rise");
  refused(roi_interp(g, a, bad, xs, 2, &why), "finite");
  refused(roi_interp(g, a, xs, bad, 2, &why), "finite");
  refused(roi_interp(g, a, xs, xs, 0, &why), "at least one");
  refused(roi_draw(g, a, "x", 0, &why), "needs a distribution");
  refused(roi_constant(g, NAN, &why), "nan");
  roi_error untouched = why;
  assert_int_equal(op2(ROI_ADD, ROI_NONE, a), ROI_NONE); /* passed on without a word */
  assert_memory_equal(&untouched, &why, sizeof why);
  assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
  end();
}

static void rules_of_distributions(void **state) {
  (void)state;
  begin(6);
  roi_node a = uniform("a", 0, 1), t = per(1), d = dist(ROI_FAMILY_UNIFORM, ROI_FORM_NATURAL, 2, num(0), num(1));
  refused(dist(ROI_FAMILY_TRIANGULAR, ROI_FORM_NATURAL, 3, num(1), num(20), num(13)), "mode 20 is above max 13");
  refused(dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, num(1), num(-1)), "normal(mean, sd)");
  refused(dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 1, num(1)), "1 parameters given");
  refused(dist(ROI_FAMILY_NORMAL, ROI_FORM_MEAN_SD, 1, num(1)), "1 parameters given");
  refused(dist(ROI_FAMILY_NORMAL, ROI_FORM_QUANTILES, 4, num(.9), num(1), num(.1), num(2)), "");
  refused(dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, num(1), d), "not a distribution");
  refused(dist(ROI_FAMILY_EMPIRICAL, ROI_FORM_NATURAL, 0), "unknown family");
  refused(dist(ROI_FAMILY_COUNT, ROI_FORM_NATURAL, 0), "unknown family");
  refused(roi_dist_empirical(g, NULL, 0, &why), "at least one");
  refused(roi_dist_empirical(g, (double[]){1, NAN}, 2, &why), "value 2");
  refused(op3(ROI_TRUNCATE, a, num(0), num(1)), "needs a distribution");
  refused(op3(ROI_TRUNCATE, d, num(2), num(3)), "no probability");
  refused(op3(ROI_CLAMP, d, num(2), num(1)), "lo 2");
  refused(op2(ROI_MIXTURE, d, d), "not a distribution");
  refused(op2(ROI_MIXTURE, num(1), num(1)), "needs a distribution");
  refused(op3(ROI_MIXTURE, num(1), d, num(1)), "a weight for every distribution");
  refused(op2(ROI_MIXTURE, num(-1), d), "weight -1");
  refused(roi_draw(g, dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, t, num(1)), "n", 0, &why), "each_period");
  roi_node deep = d;
  for (int i = 1; i < ROI_DIST_MAX_DEPTH; i++) deep = op3(ROI_CLAMP, deep, num(-i), num(i));
  assert_int_not_equal(deep, ROI_NONE);
  refused(op3(ROI_CLAMP, deep, num(0), num(1)), "nested at most 16 deep");
  roi_node wide = d;
  for (int i = 0; i < 6; i++) wide = roi_apply(g, ROI_MIXTURE, (roi_node[]){num(1), wide, num(2), wide}, 4, &why);
  assert_int_not_equal(wide, ROI_NONE);
  roi_node wider = roi_apply(g, ROI_MIXTURE, (roi_node[]){num(1), wide, num(2), wide}, 4, &why);
  assert_int_not_equal(wider, ROI_NONE); /* 255 parts */
  refused(roi_apply(g, ROI_MIXTURE, (roi_node[]){num(1), wider, num(2), d}, 4, &why), "at most 256 parts");
  /* A refused distribution leaves no trace: a script may catch the error and go on. */
  assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
  end();
}

/* A parameter that is fixed but not a number must be refused, not read as whatever lies in memory. */
static void parameters_that_are_no_number(void **state) {
  (void)state;
  begin(6);
  roi_node bad = op1(ROI_LOG, num(-1));
  refused(dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, bad, num(1)), "normal");
  refused(dist(ROI_FAMILY_NORMAL, ROI_FORM_MEAN_SD, 2, bad, num(1)), "normal");
  refused(dist(ROI_FAMILY_NORMAL, ROI_FORM_MEAN_SD, 2, num(1), bad), "normal");
  refused(dist(ROI_FAMILY_NORMAL, ROI_FORM_QUANTILES, 4, num(.1), num(1), num(.9), bad), "normal");
  assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
  end();
}

/* How parameters may be given is known when the script runs, whatever the parameters are. */
static void forms_of_families(void **state) {
  (void)state;
  begin(6);
  roi_node a = uniform("a", 0.2, 0.5);
  refused(dist(ROI_FAMILY_BERNOULLI, ROI_FORM_MEAN_SD, 2, a, num(1)), "bernoulli");
  refused(dist(ROI_FAMILY_PERT, ROI_FORM_QUANTILES, 4, num(.1), a, num(.9), num(2)), "pert");
  assert_int_not_equal(dist(ROI_FAMILY_GAMMA, ROI_FORM_MEAN_SD, 2, a, num(1)), ROI_NONE);
  end();
}

static void lists_of_the_graph(void **state) {
  (void)state;
  begin(6);
  roi_node a = uniform("a", 0, 1), t = per(1), d = g->args[row_of(a)->first_arg];
  assert_int_equal(roi_graph_add_input(g, "a", a, &why), ROI_OK);
  assert_int_equal(roi_graph_add_input(g, "a", a, &why), ROI_ERR_MODEL);
  assert_non_null(strstr(why.text, "input \"a\" is set twice"));
  assert_int_equal(roi_graph_add_input(g, "t", t, &why), ROI_OK);
  assert_int_equal(roi_graph_add_input(g, "d", d, &why), ROI_ERR_MODEL);
  assert_int_equal(roi_graph_add_input(g, "z", 999, &why), ROI_ERR_MODEL);
  assert_int_equal(roi_graph_add_output(g, "a", a, &why), ROI_OK);
  assert_int_equal(roi_graph_add_output(g, "a", a, &why), ROI_ERR_MODEL);
  assert_int_equal(roi_graph_add_output(g, "t", t, &why), ROI_ERR_MODEL);
  assert_non_null(strstr(why.text, "is a series"));
  assert_int_equal(roi_graph_add_component(g, "t", ROI_COST, t, &why), ROI_ERR_MODEL);
  assert_int_equal(roi_graph_set_model(g, "x", NULL, 7, ROI_YEAR, 0, &why), ROI_ERR_MODEL);
  assert_non_null(strstr(why.text, "horizon"));
  assert_int_equal(roi_graph_set_model(g, "x", NULL, 6, ROI_YEAR, 0, &why), ROI_OK);
  assert_string_equal(roi_graph_text(g, g->name), "x");
  end();
  assert_null(roi_graph_new("x", 0, ROI_YEAR, &why));
  assert_null(roi_graph_new("x", 65536, ROI_YEAR, &why));
  assert_null(roi_graph_new("x", 5, ROI_PERIOD_COUNT, &why));
}

/* -- Size ---------------------------------------------------------------------------------------------------------- */

enum { DEEP = 200000 };

static void deep_graphs(void **state) {
  (void)state;
  begin(2);
  roi_node a = uniform("a", 1, 2), x = a, s = op2(ROI_MUL, a, per(1)), fixed = per(1);
  for (int i = 0; i < DEEP; i++) x = op2(ROI_ADD, x, a);
  for (int i = 0; i < DEEP; i++) s = op2(ROI_ADD, s, a);
  for (int i = 0; i < DEEP; i++) fixed = op2(ROI_ADD, fixed, per(1));
  assert_true(number_of(op1(ROI_SUM, fixed)) == 3.0 * (DEEP + 1)); /* folding a deep series */
  assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
  roi_target targets[2] = {{"x", x}, {"s", op1(ROI_SUM, s)}};
  roi_request q = {.options = {.threads = 1}};
  double u = 0.5, values[2];
  assert_int_equal(roi_evaluate_at(g, &q, targets, 2, &u, 1, values, &why), ROI_OK);
  assert_true(values[0] == 1.5 * (DEEP + 1)); /* sums of halves are exact */
  assert_true(values[1] == 1.5 * (3.0 + 2.0 * DEEP));
  end();
}

static void wide_graphs(void **state) {
  (void)state;
  begin(12);
  roi_node a = uniform("a", 0, 1), sum = num(0);
  for (int i = 0; i < 50000; i++) sum = op2(ROI_ADD, sum, op2(ROI_MUL, a, num(i)));
  assert_true(g->n_nodes > 100000);
  double u = 0.5, value;
  roi_target target = {"sum", sum};
  roi_request q = {.options = {.threads = 1}};
  assert_int_equal(roi_evaluate_at(g, &q, &target, 1, &u, 1, &value, &why), ROI_OK);
  assert_true(value == 0.5 * 49999.0 * 25000.0);
  end();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(maps_fold_to_their_value),
      cmocka_unit_test(interp_folds),
      cmocka_unit_test(reductions_of_constant_series_fold),
      cmocka_unit_test(nested_constant_series_fold),
      cmocka_unit_test(states_fold_what_is_no_number_stays),
      cmocka_unit_test(irr_folds),
      cmocka_unit_test(equal_expressions_are_one_node),
      cmocka_unit_test(identities_change_no_bit),
      cmocka_unit_test(names_of_draws_are_unique),
      cmocka_unit_test(shapes_and_starts),
      cmocka_unit_test(flags),
      cmocka_unit_test(rules_of_operations),
      cmocka_unit_test(rules_of_distributions),
      cmocka_unit_test(parameters_that_are_no_number),
      cmocka_unit_test(forms_of_families),
      cmocka_unit_test(lists_of_the_graph),
      cmocka_unit_test(deep_graphs),
      cmocka_unit_test(wide_graphs),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
