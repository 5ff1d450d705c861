/* Plans: every node of random graphs, and every operation and draw by itself, against what its row in op.def says.
 *
 * A replay gives each node's value in each period. Each must be its operation's value of the values its arguments have
 * in the same replay: exactly where the plan rewrites nothing, within the rounding that docs/NUMERICS.md states where
 * it does. */
#include "unit/model.h"

#include "dist/dist.h"
#include "graph/fold.h"
#include "math/irr.h"

#define EPS 1.1102230246251565e-16

typedef struct picture { /* one replayed trial */
  size_t *offset;
  double *value;
} picture;

static size_t size_of(roi_node n) { return row_of(n)->shape == ROI_SERIES_SHAPE ? g->horizon + 1 : 1; }

static picture take_picture(uint64_t trial) {
  roi_request q = {.options = {.trials = 1, .seed = 7, .threads = 1}};
  picture x = {roi_alloc(g->n_nodes, sizeof(size_t)), NULL};
  roi_node *node = roi_alloc(g->n_nodes, sizeof *node);
  size_t *offset = roi_alloc(g->n_nodes, sizeof *offset), total = 0, n = 0;
  for (roi_node i = 0; i < g->n_nodes; i++) {
    x.offset[i] = total;
    if (row_of(i)->shape == ROI_DIST_SHAPE) continue;
    node[n] = i;
    offset[n++] = total;
    total += size_of(i);
  }
  x.value = roi_alloc(total + 1, sizeof *x.value);
  if (roi_replay(g, &q, trial, node, offset, n, x.value, &why) != ROI_OK) print_message("%s\n", why.text), fail();
  roi_free(node);
  roi_free(offset);
  return x;
}
static void free_picture(picture *x) {
  roi_free(x->offset);
  roi_free(x->value);
}

static roi_node arg_of(const roi_node_row *r, uint32_t i) { return g->args[r->first_arg + i]; }
static double seen(const picture *x, roi_node n, uint32_t p) {
  const roi_node_row *r = row_of(n);
  if (r->shape == ROI_SCALAR) return x->value[x->offset[n]];
  return p < r->start ? 0.0 : x->value[x->offset[n] + p];
}

/* What a value should be, and how far rounding may take it from there. */
typedef struct should { double value, tolerance; } should;

static int may_run(const roi_node_row *r) {
  return r->shape == ROI_SERIES_SHAPE && (r->op == ROI_POW || r->op == ROI_EXP || r->op == ROI_SIGMOID);
}

/* How far rounding may move an exponent: a sum with a product is rounded once where it stands, twice in a running product. */
static double argument_error(const picture *x, roi_node exponent, uint32_t p) {
  const roi_node_row *r = row_of(exponent);
  double terms = fabs(seen(x, exponent, p));
  if (r->op == ROI_ADD || r->op == ROI_SUB) terms += fabs(seen(x, arg_of(r, 0), p)) + fabs(seen(x, arg_of(r, 1), p));
  return 2 * EPS * terms;
}

static should map_should(const picture *x, const roi_node_row *r, uint32_t p) {
  double a[3] = {0, 0, 0};
  for (uint32_t i = 0; i < r->n_args; i++) a[i] = seen(x, arg_of(r, i), p);
  if (r->op == ROI_INTERP) {
    const double *xs = g->data + r->first_data;
    return (should){roi_interp_value(xs, xs + r->n_data / 2, r->n_data / 2, a[0]), 0};
  }
  should s = {roi_op_value((roi_opcode)r->op, a, r->n_args), 0};
  if (r->op == ROI_ADD || r->op == ROI_SUB) s.tolerance = 2 * EPS * (fabs(a[0]) + fabs(a[1]));
  if ((r->op == ROI_MUL || r->op == ROI_DIV) && r->shape == ROI_SERIES_SHAPE) s.tolerance = 1e-14 * fabs(s.value);
  if (r->op == ROI_POW) s.tolerance = 32 * EPS * fabs(s.value);
  if (may_run(r)) s.tolerance = 1e-13 * fabs(s.value);
  if (may_run(r) && r->op != ROI_POW) s.tolerance += argument_error(x, arg_of(r, 0), p) * fabs(s.value);
  return s;
}

static should scan_should(const picture *x, const roi_node_row *r, uint32_t p, double before) {
  double a = seen(x, arg_of(r, 0), p), last = p > 0 ? seen(x, arg_of(r, 0), p - 1) : 0.0;
  if (p == r->start) return (should){a, 0};
  switch (r->op) {
    case ROI_DIFF: return (should){a - last, 2 * EPS * (fabs(a) + fabs(last))};
    case ROI_CUMSUM: return (should){before + a, 2 * EPS * (fabs(a) + fabs(before))};
    default: return (should){before * a, 0};
  }
}

static should reduce_should(const picture *x, const roi_node_row *r) {
  const roi_node a = arg_of(r, 0);
  uint32_t start = row_of(a)->start, last = g->horizon;
  double v[200], size = 0, sum = 0, scratch[4000];
  int n = (int)(last - start + 1);
  for (int i = 0; i < n; i++) v[i] = seen(x, a, start + (uint32_t)i), size += fabs(v[i]), sum += v[i];
  switch (r->op) {
    case ROI_SUM: return (should){sum, 1e-14 * size};
    case ROI_MEAN: return (should){sum / n, 1e-14 * size / n};
    case ROI_LAST: return (should){v[n - 1], 0};
    case ROI_FIRST:
      for (int i = 0; i < n; i++)
        if (v[i] != 0.0) return (should){isnan(v[i]) ? v[i] : start + (uint32_t)i, 0};
      return (should){ROI_NEVER, 0};
    case ROI_MAX_OVER:
    case ROI_MIN_OVER: {
      double m = v[0];
      for (int i = 1; i < n && !isnan(m); i++)
        if (isnan(v[i]) || (r->op == ROI_MAX_OVER ? v[i] > m : v[i] < m)) m = v[i];
      return (should){m, 0};
    }
    case ROI_PAYBACK: {
      double found = ROI_NEVER;
      int below = 0;
      for (int i = n - 1; i >= 0; i--) {
        uint32_t p = start + (uint32_t)i;
        if (v[i] < 0) below = 1;
        if (v[i] >= 0 && p >= 1) found = p;
      }
      for (int i = 0; i < n; i++)
        if (isnan(v[i])) return (should){v[i], 0};
      return (should){below ? found : roi_state_value(ROI_STATE_SELF_FUNDED), 0};
    }
    default:
      assert_true(roi_irr_scratch((size_t)n) <= 4000);
      return (should){roi_irr(v, (size_t)n, scratch), 0};
  }
}

static should what_should_be(const picture *x, roi_node n, uint32_t p) {
  const roi_node_row *r = row_of(n);
  double a = r->n_args && row_of(arg_of(r, 0))->shape != ROI_DIST_SHAPE ? seen(x, arg_of(r, 0), p) : 0.0;
  switch (r->op) {
    case ROI_CONST: return (should){r->value, 0};
    case ROI_TIME: return (should){p, 0};
    case ROI_ELEMENT: return (should){seen(x, arg_of(r, 0), (uint32_t)r->imm), 0};
    case ROI_AT:
      if (isnan(a) && roi_state_of(a) == ROI_STATE_NONE) return (should){a, 0};
      return (should){ceil(a) == p ? seen(x, arg_of(r, 1), p) : 0.0, 0};
    case ROI_SERIES: return (should){p - r->start < r->n_args ? seen(x, arg_of(r, p - r->start), 0) : 0.0, 0};
    case ROI_LAG: return (should){p >= (uint32_t)r->imm ? seen(x, arg_of(r, 0), p - (uint32_t)r->imm) : 0.0, 0};
    default: break;
  }
  if (roi_op_rows[r->op].cls == ROI_SCAN) return scan_should(x, r, p, p > r->start ? seen(x, n, p - 1) : 0.0);
  if (roi_op_rows[r->op].cls == ROI_REDUCE) return reduce_should(x, r);
  return map_should(x, r, p);
}

static int holds_nan(const picture *x, roi_node n) {
  const roi_node_row *r = row_of(n);
  for (uint32_t i = 0; i < r->n_args; i++)
    for (uint32_t p = 0; p <= g->horizon; p++)
      if (isnan(seen(x, arg_of(r, i), p))) return 1;
  return 0;
}

static int agrees(const picture *x, roi_node n, double got, should s) {
  if (isnan(got) && isnan(s.value)) return 1;
  if (s.tolerance > 0 && (!isfinite(got) || !isfinite(s.value))) { /* rounding at the edge of overflow */
    double small = isfinite(got) ? got : isfinite(s.value) ? s.value : INFINITY;
    return same(got, s.value) || fabs(small) > 1e300 || holds_nan(x, n);
  }
  return fabs(got - s.value) <= s.tolerance + (s.tolerance > 0 ? 1e-305 : 0) || same(got, s.value);
}

/* Every node of g in one trial. */
static void check_trial(uint64_t trial) {
  picture x = take_picture(trial);
  for (roi_node n = 0; n < g->n_nodes; n++) {
    const roi_node_row *r = row_of(n);
    if (r->shape == ROI_DIST_SHAPE || r->op == ROI_DRAW) continue;
    for (uint32_t p = 0; p < size_of(n); p++) {
      double got = seen(&x, n, p);
      should s = p < r->start ? (should){0, 0} : what_should_be(&x, n, p);
      if (agrees(&x, n, got, s)) continue;
      print_message("node %u, %s, imm %d, period %u of %u: %.17g, not %.17g (within %g); arguments", n,
                    roi_op_rows[r->op].name, r->imm, p, g->horizon, got, s.value, s.tolerance);
      for (uint32_t i = 0; i < r->n_args && i < 4; i++)
        print_message(" %s %.17g", roi_op_rows[row_of(arg_of(r, i))->op].name, seen(&x, arg_of(r, i), p));
      print_message("\n");
      fail();
    }
  }
  free_picture(&x);
}

/* -- Random graphs ------------------------------------------------------------------------------------------------- */

static roi_node pick(int shape) {
  for (int i = 0; i < 400; i++) {
    roi_node n = dice((uint32_t)g->n_nodes);
    if (shape < 0 ? row_of(n)->shape != ROI_DIST_SHAPE : row_of(n)->shape == shape) return n;
  }
  return ROI_NONE;
}

/* A number whose size keeps most graphs finite. */
static roi_node random_number(void) {
  static const double some[] = {0, 1, -1, 2, 3, 0.5, 12, 1e-3, -2, 16, 17, 1.0 / 12, 100};
  return num(dice(2) ? some[dice(sizeof some / sizeof some[0])] : dice_between(-3, 3)); /* only one of them rolls */
}

static roi_node random_map(void) {
  int op;
  do op = (int)dice(ROI_OP_COUNT);
  while (roi_op_rows[op].cls != ROI_MAP || op == ROI_INTERP);
  roi_node a[3];
  for (int i = 0; i < 3; i++) a[i] = dice(5) == 0 ? random_number() : pick(-1);
  if (op == ROI_EXP && dice(2)) a[0] = op1(ROI_TANH, a[0]); /* not only overflow */
  return roi_apply(g, (roi_opcode)op, a, (size_t)roi_op_rows[op].max_args, &why);
}

/* Shapes that run, and near misses. */
static roi_node random_running(void) {
  roi_node t = per((int)dice(2)), m = pick(ROI_SCALAR);
  roi_node k = pick(ROI_SCALAR), e = t;
  switch (dice(4)) {
    case 0: e = op2(ROI_DIV, t, num(12)); break;
    case 1: e = op1(ROI_NEG, t); break;
    case 2: e = op2(ROI_SUB, op2(ROI_MUL, num(2), t), num(1)); break;
    default: break;
  }
  switch (dice(5)) {
    case 0: return op2(ROI_POW, op2(ROI_ADD, num(1), op1(ROI_TANH, k)), e);
    case 1: return op1(ROI_SIGMOID, op2(ROI_MUL, k, op2(ROI_SUB, e, m)));
    case 2: return op1(ROI_EXP, op2(ROI_ADD, m, op2(ROI_MUL, k, e)));
    case 3: return op1(ROI_EXP, op2(ROI_DIV, op2(ROI_SUB, m, e), k));
    default: return op1(ROI_SIGMOID, op2(ROI_MUL, k, op2(ROI_ADD, e, m)));
  }
}

static roi_node random_node(void) {
  static const double xs[] = {-1, 0, 0.5, 4}, ys[] = {2, -1, 3, 0.25};
  static const roi_opcode scans[] = {ROI_DIFF, ROI_CUMSUM, ROI_CUMPROD};
  static const roi_opcode reductions[] = {ROI_SUM,      ROI_MEAN,     ROI_LAST,    ROI_FIRST,
                                          ROI_MAX_OVER, ROI_MIN_OVER, ROI_PAYBACK, ROI_IRR};
  roi_node a[5];
  for (int i = 0; i < 5; i++) a[i] = pick(ROI_SCALAR);
  /* One roll a statement: compilers differ in the order of arguments. */
  uint32_t kind = dice(12), which = dice(dice(8) ? 7 : 8), period = dice(g->horizon + 3), small = dice(4), bit = dice(2);
  uint32_t count = 1 + dice(g->horizon < 5 ? g->horizon : 5);
  roi_node series = pick(ROI_SERIES_SHAPE), any = pick(-1), when = bit ? a[0] : num(period);
  switch (kind) {
    case 0: return op1(scans[which % 3], series);
    case 1: return op1(reductions[which], series);
    case 2: return at_imm(ROI_ELEMENT, series, (int)(period % (g->horizon + 1)));
    case 3: return at_imm(ROI_LAG, series, (int)(small * which / 2));
    case 4: return op2(ROI_AT, when, any);
    case 5: return roi_apply_at(g, ROI_SERIES, a, count, (int)bit, &why);
    case 6: return random_running();
    case 7: return roi_interp(g, any, xs, ys, 1 + small, &why);
    default: return random_map();
  }
}

static roi_node each_period(roi_node d, const char *name) { return roi_draw(g, d, name, 1, &why); }

static void random_graph(uint32_t horizon, int nodes) {
  begin((int)horizon);
  uniform("u", 0, 1);
  uniform("v", -2, 5);
  draw(dist(ROI_FAMILY_BERNOULLI, ROI_FORM_NATURAL, 1, num(0.4)), "coin");
  each_period(dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, num(0.5), num(2)), "noise");
  per(0), per(1);
  for (int i = 0; i < nodes; i++) random_node(); /* what breaks a rule adds nothing */
}

static void random_graphs_agree(void **state) {
  (void)state;
  size_t nodes = 0;
  for (int i = 0; i < 500; i++) {
    dice_state = (uint64_t)i * 7919 + 1;
    uint32_t horizon = dice(4) ? 1 + dice(9) : 60 + dice(80);
    random_graph(horizon, 60);
    nodes += g->n_nodes;
    assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
    for (uint64_t trial = 0; trial < 3; trial++) check_trial(trial);
    end();
  }
  assert_true(nodes > 20000);
}

/* The same bits whoever else is asked for: each node alone against the replay of all. */
static void a_node_alone_has_the_same_bits(void **state) {
  (void)state;
  roi_request q = {.options = {.trials = 1, .seed = 7, .threads = 1}};
  for (int i = 0; i < 25; i++) {
    dice_state = (uint64_t)i * 104729 + 3;
    random_graph(1 + dice(70), 50);
    picture x = take_picture(5);
    double *values = roi_alloc(g->horizon + 1, sizeof *values);
    for (roi_node n = 0; n < g->n_nodes; n++) {
      size_t offset = 0;
      if (row_of(n)->shape == ROI_DIST_SHAPE) continue;
      assert_int_equal(roi_replay(g, &q, 5, &n, &offset, 1, values, &why), ROI_OK);
      assert_memory_equal(values, x.value + x.offset[n], size_of(n) * sizeof *values);
    }
    roi_free(values);
    free_picture(&x);
    end();
  }
}

/* -- Rewrites that could do harm ----------------------------------------------------------------------------------- */

static double value_alone(roi_node n, const double *u) {
  roi_request q = {.options = {.threads = 1}};
  roi_target target = {"x", n};
  double value = NAN;
  assert_int_equal(roi_evaluate_at(g, &q, &target, 1, u, 1, &value, &why), ROI_OK);
  return value;
}

/* Factors that leave a sum are multiplied in the order of the script, which keeps this one's within range. */
static void hoisted_factors_keep_their_order(void **state) {
  (void)state;
  begin(3);
  roi_node big = uniform("big", 1e200, 1e200), small = uniform("small", 1e-200, 1e-200);
  roi_node s = op2(ROI_MUL, per(1), uniform("one", 1, 1));
  double u[3] = {0.5, 0.5, 0.5};
  roi_node product = op2(ROI_MUL, op2(ROI_MUL, op2(ROI_MUL, big, op2(ROI_MUL, s, small)), big), small);
  assert_true(fabs(value_alone(op1(ROI_SUM, product), u) / 6 - 1) < 1e-13);
  end();
}

/* Difference of equal products is 0, and a sum of squares is not below its parts. */
static void fusing_keeps_what_is_exact(void **state) {
  (void)state;
  begin(3);
  roi_node a = uniform("a", 0, 1), b = uniform("b", 0, 1), ab = op2(ROI_MUL, a, b), ba = op2(ROI_MUL, b, a);
  for (int i = 0; i < 200; i++) {
    double u[2] = {dice_between(0.01, 0.99), dice_between(0.01, 0.99)};
    assert_true(value_alone(op2(ROI_SUB, ab, ba), u) == 0);
    assert_true(value_alone(op2(ROI_SUB, ab, ab), u) == 0);
    roi_node same_as = op2(ROI_SUB, op2(ROI_ADD, ab, num(0)), ba); /* a product that went through a sum with 0 */
    assert_true(value_alone(same_as, u) == 0);
  }
  end();
}

/* -- Every operation on draws, edges of periods -------------------------------------------------------------------- */

static void uncertain_periods(void **state) {
  (void)state;
  static const double periods[] = {-3, -1, -0.5, 0, 0.2, 1, 1.5, 5, 5.5, 6, 6.01, 7, 1e9, INFINITY, -INFINITY};
  begin(6);
  roi_node where = uniform("where", 0, 1), never = op1(ROI_FIRST, op2(ROI_GT, op2(ROI_MUL, where, per(1)), num(1e9)));
  for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++) {
    roi_node p = op3(ROI_WHERE, op2(ROI_GE, where, num(0)), num(periods[i]), where);
    roi_node s = op2(ROI_AT, p, num(7)), of_series = op2(ROI_AT, p, op2(ROI_ADD, per(1), where));
    for (int k = 0; k <= 6; k++) {
      double u = 0.5, hit = ceil(periods[i]) == k;
      assert_true(value_alone(at_imm(ROI_ELEMENT, s, k), &u) == 7 * hit);
      assert_true(value_alone(at_imm(ROI_ELEMENT, of_series, k), &u) == (k ? hit * (k + 0.5) : 0));
    }
  }
  double u = 0.5;
  assert_true(value_alone(op1(ROI_SUM, op2(ROI_AT, never, num(7))), &u) == 0);
  end();
}

/* -- Draws --------------------------------------------------------------------------------------------------------- */

/* The distribution of a node with the parameter values of a replay, built here by hand. */
typedef struct own_tree {
  roi_distribution node[8];
  const roi_distribution *part[8];
  double number[8][16];
  int n;
} own_tree;
static roi_distribution *own_dist(own_tree *t, const picture *x, roi_node n, uint32_t p) {
  const roi_node_row *r = row_of(n);
  int at = t->n++;
  roi_distribution *d = &t->node[at];
  double *v = t->number[at];
  memset(d, 0, sizeof *d);
  if (r->op == ROI_DIST) {
    for (uint32_t i = 0; i < r->n_args; i++) v[i] = seen(x, arg_of(r, i), p);
    d->family = (roi_family)r->family;
    d->n_par = r->n_args;
    d->par = v;
    if (r->n_data) d->par = g->data + r->first_data, d->n_par = r->n_data;
    if (r->form != ROI_FORM_NATURAL) {
      double out[4];
      assert_int_equal(roi_dist_natural(d->family, (roi_form)r->form, v, r->n_args, out, &d->n_par, &why), ROI_OK);
      memcpy(v, out, sizeof out);
    } else if (r->n_args <= 4) {
      d->n_par = roi_fill_defaults(d->family, v, d->n_par);
    }
    return d;
  }
  d->kind = r->op == ROI_TRUNCATE ? ROI_DIST_TRUNCATE : r->op == ROI_CLAMP ? ROI_DIST_CLAMP : ROI_DIST_MIXTURE;
  d->n_part = r->op == ROI_MIXTURE ? r->n_args / 2 : 1;
  d->part = &t->part[at];
  d->weight = v;
  if (r->op != ROI_MIXTURE) {
    t->part[at] = own_dist(t, x, arg_of(r, 0), p);
    d->lo = seen(x, arg_of(r, 1), p);
    d->hi = seen(x, arg_of(r, 2), p);
    return d;
  }
  assert_true(d->n_part == 2 && t->n == 1); /* a mixture of two stands at the top: parts 0 and 1 */
  for (int i = 0; i < 2; i++)
    v[i] = seen(x, arg_of(r, 2 * (uint32_t)i), p), t->part[i] = own_dist(t, x, arg_of(r, 2 * (uint32_t)i + 1), p);
  return d;
}

/* The probability of a draw's value under its distribution is its uniform; of discrete ones the uniform lies in the
 * value's step. */
static void check_draw(const picture *x, uint64_t trial, roi_node n) {
  const roi_node_row *r = row_of(n);
  uint64_t key = roi_name_key(roi_graph_text(g, r->name));
  for (uint32_t p = r->start; p < size_of(n); p++) {
    own_tree t = {.n = 0};
    const roi_distribution *d = own_dist(&t, x, arg_of(r, 0), p);
    double u = roi_uniform_at(7, key, trial, p), got = seen(x, n, p), low, high;
    double direct = roi_dist_quantile(d, u, 1.0 - u);
    if (got == direct) continue;
    roi_dist_cdf(d, got, &low, &high);
    if (!roi_dist_discrete(d) && fabs(low - u) <= 1e-9) continue;
    print_message("%s: trial %d period %u, uniform %.17g gives %.17g, not %.17g\n", roi_graph_text(g, r->name),
                  (int)trial, p, u, got, direct);
    fail();
  }
}

/* All draws of the graph. */
static void check_draws(uint64_t trials) {
  for (uint64_t trial = 0; trial < trials; trial++) {
    picture x = take_picture(trial);
    for (roi_node n = 0; n < g->n_nodes; n++)
      if (row_of(n)->op == ROI_DRAW) check_draw(&x, trial, n);
    free_picture(&x);
  }
}

static roi_node scalar_near(const char *name, double x) { return uniform(name, x * 0.9, x * 1.1); }

static void draws_follow_their_uniforms(void **state) {
  (void)state;
  static const double parameter[ROI_FAMILY_COUNT][4] = {
      [ROI_FAMILY_NORMAL] = {3, 2},         [ROI_FAMILY_LOGNORMAL] = {1, 0.5},
      [ROI_FAMILY_UNIFORM] = {2, 4},        [ROI_FAMILY_TRIANGULAR] = {1, 3, 7},
      [ROI_FAMILY_PERT] = {1, 3, 7},        [ROI_FAMILY_BETA] = {2, 5},
      [ROI_FAMILY_GAMMA] = {0.7, 2},        [ROI_FAMILY_EXPONENTIAL] = {3},
      [ROI_FAMILY_WEIBULL] = {1.5, 2},      [ROI_FAMILY_LOGISTIC] = {1, 2},
      [ROI_FAMILY_GUMBEL] = {1, 2},         [ROI_FAMILY_PARETO] = {3, 2},
      [ROI_FAMILY_STUDENT_T] = {4},         [ROI_FAMILY_BERNOULLI] = {0.3},
      [ROI_FAMILY_BINOMIAL] = {10, 0.3},    [ROI_FAMILY_POISSON] = {4},
      [ROI_FAMILY_GEOMETRIC] = {0.3},       [ROI_FAMILY_NEGATIVE_BINOMIAL] = {3, 0.4},
      [ROI_FAMILY_DISCRETE] = {1, 2, 5, 3},
  };
  for (int f = 0; f < ROI_FAMILY_COUNT; f++) {
    if (f == ROI_FAMILY_EMPIRICAL || f == ROI_FAMILY_METALOG) continue;
    const roi_family_row *row = roi_family_get((roi_family)f);
    size_t n = f == ROI_FAMILY_DISCRETE ? 4 : (size_t)row->min_args;
    for (int uncertain = 0; uncertain < 3; uncertain++) { /* all constant, the first uncertain, all uncertain */
      begin(3);
      roi_node p[4];
      char name[32];
      for (size_t i = 0; i < n; i++) {
        snprintf(name, sizeof name, "p%zu", i);
        double x = parameter[f][i];
        int is_whole = f == ROI_FAMILY_BINOMIAL && i == 0;
        p[i] = i < (size_t)uncertain * 2 - (uncertain == 1) ? scalar_near(name, x) : num(x);
        if (is_whole) p[i] = op1(ROI_ROUND, p[i]);
      }
      roi_node d = roi_dist(g, (roi_family)f, ROI_FORM_NATURAL, p, n, &why);
      draw(d, "once");
      assert_int_not_equal(roi_draw(g, d, "each", 1, &why), ROI_NONE);
      check_draws(40);
      end();
    }
  }
}

static void built_distributions(void **state) {
  (void)state;
  begin(3);
  roi_node a = scalar_near("a", 1), b = scalar_near("b", 5), t = op2(ROI_ADD, per(1), a);
  roi_node normal = dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, a, num(2)),
           gamma = dist(ROI_FAMILY_GAMMA, ROI_FORM_NATURAL, 2, num(2), b);
  roi_node fixed = dist(ROI_FAMILY_BETA, ROI_FORM_NATURAL, 2, num(2), num(3));
  const struct { const char *name; roi_node dist; int each; } cases[] = {
      {"truncate", op3(ROI_TRUNCATE, normal, num(0), b), 0},
      {"truncate fixed", op3(ROI_TRUNCATE, fixed, num(0.3), num(0.9)), 0},
      {"truncate by uncertain", op3(ROI_TRUNCATE, fixed, op2(ROI_DIV, a, num(9)), num(1)), 0},
      {"clamp", op3(ROI_CLAMP, normal, num(0), b), 0},
      {"clamp fixed", op3(ROI_CLAMP, fixed, num(0.3), num(0.5)), 0},
      {"clamp of gamma", op3(ROI_CLAMP, gamma, a, b), 0},
      {"mixture", roi_apply(g, ROI_MIXTURE, (roi_node[]){a, normal, num(2), gamma}, 4, &why), 0},
      {"mixture fixed",
       roi_apply(g, ROI_MIXTURE,
                 (roi_node[]){num(1), fixed, num(2), dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, num(0), num(1))}, 4,
                 &why),
       0},
      {"mean and sd", dist(ROI_FAMILY_GAMMA, ROI_FORM_MEAN_SD, 2, b, a), 0},
      {"mean and sd, normal", dist(ROI_FAMILY_NORMAL, ROI_FORM_MEAN_SD, 2, b, a), 0},
      {"quantiles", dist(ROI_FAMILY_LOGNORMAL, ROI_FORM_QUANTILES, 4, num(.05), a, num(.95), b), 0},
      {"quantiles, beta",
       dist(ROI_FAMILY_BETA, ROI_FORM_QUANTILES, 4, num(.05), op2(ROI_DIV, a, num(9)), num(.95), num(.5)), 0},
      {"by period", dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, t, b), 1},
      {"by period, direct", dist(ROI_FAMILY_BETA, ROI_FORM_NATURAL, 2, t, b), 1},
      {"by plain period", dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, per(1), num(2)), 1},
      {"by plain period, no closed form", dist(ROI_FAMILY_BETA, ROI_FORM_NATURAL, 2, per(1), num(2)), 1},
      {"by plain period, clamped",
       op3(ROI_CLAMP, dist(ROI_FAMILY_BETA, ROI_FORM_NATURAL, 2, per(1), num(2)), num(.1), num(.6)), 1},
      {"student of three", dist(ROI_FAMILY_STUDENT_T, ROI_FORM_NATURAL, 3, num(3), a, b), 0},
      {"empirical", roi_dist_empirical(g, (double[]){5, 1, 3, 3}, 4, &why), 0},
      {"empirical, truncated", op3(ROI_TRUNCATE, roi_dist_empirical(g, (double[]){5, 1, 3, 3, 9}, 5, &why), a, num(6)),
       0},
      {"metalog",
       roi_dist(g, ROI_FAMILY_METALOG, ROI_FORM_NATURAL,
                (roi_node[]){num(0), num(0), num(0), num(.1), num(35), num(.5), num(50), num(.9), num(75)}, 9, &why),
       0},
      {"metalog, uncertain",
       roi_dist(g, ROI_FAMILY_METALOG, ROI_FORM_NATURAL,
                (roi_node[]){num(0), num(0), num(0), num(.1), num(2), num(.5), b, num(.9), num(9)}, 9, &why),
       0},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    if (cases[i].dist == ROI_NONE) print_message("%s: %s\n", cases[i].name, why.text);
    assert_int_not_equal(cases[i].dist, ROI_NONE);
    assert_int_not_equal(roi_draw(g, cases[i].dist, cases[i].name, cases[i].each, &why), ROI_NONE);
  }
  check_draws(20);
  end();
}

/* -- What columns do ----------------------------------------------------------------------------------------------- */

static void check_columns(roi_node node, uint32_t most) {
  roi_plan_target target = {.node = node};
  roi_tables *tables = roi_tables_new(g, NULL);
  roi_plan *p = roi_plan_new(g, &target, 1, tables, 0, 1, &why);
  assert_non_null(p);
  if (p->n_instrs < 400 || p->n_columns > most)
    print_message("%u instructions in %u columns\n", p->n_instrs, p->n_columns);
  assert_true(p->n_instrs >= 400 && p->n_columns <= most);
  roi_plan_free(p);
  p = roi_plan_new(g, &target, 1, tables, 1, 1, &why); /* keep: one column for each */
  assert_non_null(p);
  assert_int_equal(p->n_columns, p->n_instrs);
  roi_plan_free(p);
  roi_tables_free(tables);
}

static void columns_are_used_again(void **state) {
  (void)state;
  begin(400);
  roi_node a = uniform("a", 0, 1), s = op1(ROI_SIN, op2(ROI_MUL, a, per(1)));
  roi_node d = dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, num(0), a), x = roi_draw(g, d, "x", 1, &why);
  check_columns(op1(ROI_PAYBACK, op1(ROI_CUMSUM, s)), 5);
  check_columns(op1(ROI_SUM, s), 5);
  check_columns(op1(ROI_SUM, x), 5); /* each period's draw is made and forgotten in its turn */
  check_columns(op1(ROI_SUM, op2(ROI_MUL, x, roi_draw(g, d, "y", 1, &why))), 6);
  check_columns(op1(ROI_MAX_OVER, op1(ROI_CUMSUM, x)), 6);
  end();
}

static void a_raised_flag_ends_the_building(void **state) {
  (void)state;
  begin(12);
  roi_node d = dist(ROI_FAMILY_BETA, ROI_FORM_NATURAL, 2, num(2), num(3));
  roi_plan_target target = {.node = roi_draw(g, d, "x", 0, &why)};
  volatile int stop = 1;
  roi_tables *tables = roi_tables_new(g, &stop);
  assert_null(roi_plan_new(g, &target, 1, tables, 0, 2, &why));
  assert_int_equal(why.status, ROI_ERR_INTERRUPTED);
  stop = 0;
  roi_plan *p = roi_plan_new(g, &target, 1, tables, 0, 2, &why);
  assert_non_null(p);
  roi_plan_free(p);
  roi_tables_free(tables);
  end();
}

/* A plan that takes long heeds the stop while it is made, with no table to build. */
static void a_raised_flag_ends_long_planning(void **state) {
  (void)state;
  begin(65535);
  roi_node s = roi_draw(g, dist(ROI_FAMILY_UNIFORM, ROI_FORM_NATURAL, 2, num(0), num(1)), "s", 1, &why), sum = num(0);
  for (int i = 1; i <= 20; i++) {
    roi_node lag = roi_apply_at(g, ROI_LAG, &s, 1, i, &why);
    sum = op2(ROI_ADD, sum, op1(ROI_IRR, op2(ROI_SUB, lag, num(5))));
  }
  roi_plan_target target = {.node = sum};
  volatile int stop = 1;
  roi_tables *tables = roi_tables_new(g, &stop);
  assert_null(roi_plan_new(g, &target, 1, tables, 0, 2, &why));
  assert_int_equal(why.status, ROI_ERR_INTERRUPTED);
  assert_string_equal(why.text, "interrupted while the model was planned");
  roi_tables_free(tables);
  end();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(random_graphs_agree),
      cmocka_unit_test(a_node_alone_has_the_same_bits),
      cmocka_unit_test(hoisted_factors_keep_their_order),
      cmocka_unit_test(fusing_keeps_what_is_exact),
      cmocka_unit_test(uncertain_periods),
      cmocka_unit_test(draws_follow_their_uniforms),
      cmocka_unit_test(built_distributions),
      cmocka_unit_test(columns_are_used_again),
      cmocka_unit_test(a_raised_flag_ends_the_building),
      cmocka_unit_test(a_raised_flag_ends_long_planning),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
