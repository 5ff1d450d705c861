/* Choosing among use cases: every set against its own sum, worked out trial by trial; the search against all sets; bits, limits. */
#include "unit/model.h"

#include "base/cpu.h"
#include "graph/candidates.h"
#include "portfolio/portfolio.h"
#include "portfolio/set_search.h"

enum { MOST = 16, TRIALS = 2000 };

/* A portfolio whose parts are kept, so that the test can put them together by itself. */
static struct {
  size_t n;
  roi_node taken[MOST], gain[MOST], cost[MOST], asks[MOST]; /* asks: hours of the pool, worth 30 each; ROI_NONE: none */
  roi_node hours, shared, ceiling;                          /* ROI_NONE: none */
} p;

static roi_request request;

static void add_case(size_t i, double gain, double cost, double asks) {
  char name[40];
  snprintf(name, sizeof name, "case %zu (taken)", i);
  p.taken[i] = draw(dist(ROI_FAMILY_BERNOULLI, ROI_FORM_NATURAL, 1, num(0.5)), name);
  snprintf(name, sizeof name, "gain %zu", i);
  p.gain[i] = draw(dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, num(gain), num(gain / 2)), name);
  snprintf(name, sizeof name, "cost %zu", i);
  p.cost[i] = uniform(name, cost * 0.7, cost * 1.3);
  snprintf(name, sizeof name, "asks %zu", i);
  p.asks[i] = asks > 0 ? uniform(name, asks * 0.5, asks * 1.5) : ROI_NONE;
  snprintf(name, sizeof name, "case %zu", i);
  assert_int_equal(roi_graph_add_candidate(g, name, p.taken[i], &why), ROI_OK);
}

/* What the library written in Lua hands over: everything multiplied by the switches. */
static void hand_over(void) {
  roi_node asked = num(0);
  for (size_t i = 0; i < p.n; i++)
    if (p.asks[i] != ROI_NONE) asked = op2(ROI_ADD, asked, op2(ROI_MUL, p.asks[i], p.taken[i]));
  roi_node share = p.hours == ROI_NONE ? ROI_NONE : op2(ROI_DIV, p.hours, op2(ROI_MAX, p.hours, asked));
  if (p.ceiling != ROI_NONE) assert_int_equal(roi_graph_add_ceiling(g, "AI", p.ceiling, &why), ROI_OK);
  for (size_t i = 0; i < p.n; i++) {
    roi_node worth = op2(ROI_SUB, p.gain[i], p.cost[i]);
    if (p.asks[i] != ROI_NONE) worth = op2(ROI_ADD, worth, op2(ROI_MUL, num(30), op2(ROI_MUL, p.asks[i], share)));
    assert_int_equal(roi_graph_add_term(g, (uint32_t)i, 0, op2(ROI_MUL, p.taken[i], worth), &why), ROI_OK);
    if (p.ceiling != ROI_NONE)
      assert_int_equal(roi_graph_add_term(g, (uint32_t)i, 1, op2(ROI_MUL, p.taken[i], p.cost[i]), &why), ROI_OK);
  }
  if (p.shared != ROI_NONE) assert_int_equal(roi_graph_add_term(g, (uint32_t)p.n, 0, op1(ROI_NEG, p.shared), &why), ROI_OK);
  if (p.shared != ROI_NONE && p.ceiling != ROI_NONE)
    assert_int_equal(roi_graph_add_term(g, (uint32_t)p.n, 1, p.shared, &why), ROI_OK);
}

static void begin_case(size_t n, uint64_t trials) {
  begin(12);
  p.n = n;
  p.hours = p.shared = p.ceiling = ROI_NONE;
  request = (roi_request){.options = {.trials = trials, .seed = 1, .threads = 2}};
}

/* Six use cases, three of them in a pool; a shared cost; an uncertain ceiling. */
static void build_six(void) {
  begin_case(6, TRIALS);
  for (size_t i = 0; i < 6; i++) add_case(i, 50 + 20 * (double)i, 40 + 15 * (double)i, i < 3 ? 2 : 0);
  p.hours = uniform("hours", 2, 4);
  p.shared = uniform("platform", 10, 30);
  p.ceiling = uniform("ceiling", 150, 220);
  hand_over();
}

static roi_portfolio *chosen(const char *budget, double confidence) {
  roi_portfolio_ask ask = {.request = &request, .budget = budget, .confidence = confidence};
  roi_portfolio *out = NULL;
  roi_status status = roi_portfolio_choose(g, &ask, &out, &why);
  if (status) fail_msg("%s", why.text);
  assert_non_null(out);
  return out;
}

static void refused(const char *budget, roi_status expected, const char *part) {
  roi_portfolio_ask ask = {.request = &request, .budget = budget, .confidence = 0.8};
  roi_portfolio *out = NULL;
  assert_int_equal(roi_portfolio_choose(g, &ask, &out, &why), expected);
  assert_null(out);
  if (!strstr(why.text, part)) fail_msg("expected '%s' in '%s'", part, why.text);
}

/* -- Against sums made by the test -------------------------------------------------------------------------------------------- */

static double column[MOST * 3 + 3][TRIALS]; /* gains, costs, asks; then hours, shared, ceiling */

static void read_columns(void) {
  roi_target targets[MOST * 3 + 3];
  double *to[MOST * 3 + 3];
  size_t n = 0;
  for (size_t i = 0; i < p.n; i++) {
    const roi_node of[3] = {p.gain[i], p.cost[i], p.asks[i]};
    for (size_t k = 0; k < 3; k++) {
      to[n] = column[3 * i + k];
      if (of[k] != ROI_NONE) targets[n++] = (roi_target){"x", of[k]};
    }
  }
  const roi_node of[3] = {p.hours, p.shared, p.ceiling};
  for (size_t k = 0; k < 3; k++) {
    to[n] = column[3 * p.n + k];
    targets[n++] = (roi_target){"x", of[k]};
  }
  assert_int_equal(roi_evaluate(g, &request, NULL, targets, n, TRIALS, to, &why), ROI_OK);
}

static int rising(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

typedef struct expected { double mean, sd, cvar5, spent; uint64_t losses, within; } expected;

static expected work_out(uint64_t set) {
  static double npv[TRIALS];
  expected e = {0};
  for (size_t t = 0; t < TRIALS; t++) {
    double asked = 0, x = 0, spent = 0;
    for (size_t i = 0; i < p.n; i++)
      if ((set >> i & 1) && p.asks[i] != ROI_NONE) asked += column[3 * i + 2][t];
    double hours = column[3 * p.n][t], granted = asked < hours ? asked : hours;
    for (size_t i = 0; i < p.n; i++) {
      if (!(set >> i & 1)) continue;
      x += column[3 * i][t] - column[3 * i + 1][t];
      spent += column[3 * i + 1][t];
    }
    x += 30 * granted;
    if (set) x -= column[3 * p.n + 1][t], spent += column[3 * p.n + 1][t];
    npv[t] = x;
    e.mean += x / TRIALS;
    e.spent += spent / TRIALS;
    e.losses += x < 0;
    e.within += !set || spent <= column[3 * p.n + 2][t];
  }
  for (size_t t = 0; t < TRIALS; t++) e.sd += (npv[t] - e.mean) * (npv[t] - e.mean) / (TRIALS - 1);
  e.sd = sqrt(e.sd);
  qsort(npv, TRIALS, sizeof *npv, rising);
  for (size_t t = 0; t < TRIALS / 20; t++) e.cvar5 += npv[t] / (TRIALS / 20);
  return e;
}

static void near(double got, double wanted, const char *what, uint64_t set) {
  if (!(fabs(got - wanted) <= 1e-9 * (1 + fabs(wanted))))
    fail_msg("%s of set %llu: got %.12g, expected %.12g", what, (unsigned long long)set, got, wanted);
}

static void every_set_is_the_sum_of_its_parts(void **state) {
  (void)state;
  build_six();
  read_columns();
  roi_portfolio *found = chosen("AI", 0.8);
  assert_true(found->exact);
  assert_int_equal(found->sets.n, 64);
  assert_int_equal(found->largest, 3);
  double best = 0;
  uint64_t best_set = 0;
  for (uint64_t set = 0; set < 64; set++) {
    expected e = work_out(set);
    const roi_set_figures *f = &found->sets.item[roi_set_list_find(&found->sets, set)];
    near(f->mean, e.mean, "the mean", set);
    near(f->sd, e.sd, "the deviation", set);
    near(f->cvar5, e.cvar5, "cvar5", set);
    near(f->spent, e.spent, "what is spent", set);
    near(f->mean_se, e.sd / sqrt(TRIALS), "the mean's error", set);
    assert_int_equal(f->loss.k, e.losses);
    assert_int_equal(f->within.k, e.within);
    if ((double)e.within >= 0.8 * TRIALS && e.mean > best) best = e.mean, best_set = set;
  }
  assert_int_equal(found->sets.item[found->best].set, best_set);
  assert_true(best_set != 0 && best_set != 63);
  for (size_t i = 0; i < 6; i++) { /* what each adds */
    uint64_t one = UINT64_C(1) << i;
    near(found->member[i].adds.mean, work_out(best_set | one).mean - work_out(best_set & ~one).mean, "what it adds", one);
    assert_int_equal(found->sets.item[found->member[i].other].set, best_set ^ one);
    assert_int_equal(found->member[i].taken, (best_set & one) != 0);
  }
  near(found->lead.mean, best - found->sets.item[found->next].mean, "the lead", best_set);
  roi_portfolio_free(found);
  end();
}

/* No set of the frontier is beaten in both, and each set that is not on it is. */
static void the_frontier_has_what_is_not_beaten(void **state) {
  (void)state;
  build_six();
  roi_portfolio *found = chosen("AI", 0.8);
  assert_true(found->n_frontier >= 2);
  for (size_t i = 0; i < found->sets.n; i++) {
    const roi_set_figures *f = &found->sets.item[i];
    int beaten = f->within.p < 0.8, listed = 0;
    for (size_t k = 0; k < found->sets.n; k++) {
      const roi_set_figures *o = &found->sets.item[k];
      beaten |= o->within.p >= 0.8 && o->mean >= f->mean && o->cvar5 >= f->cvar5 && (o->mean > f->mean || o->cvar5 > f->cvar5);
    }
    for (size_t k = 0; k < found->n_frontier; k++) listed |= found->frontier[k] == i;
    assert_int_equal(listed, !beaten);
  }
  roi_portfolio_free(found);
  end();
}

/* What the tenths choose is worked out anew from the folds' own means. */
static void the_honest_mean_comes_from_other_trials(void **state) {
  (void)state;
  build_six();
  read_columns();
  roi_portfolio *found = chosen(NULL, 0.8);
  double sum = 0;
  int same_choice = 0;
  for (size_t fold = 0; fold < 10; fold++) {
    size_t best = 0;
    double highest = -INFINITY;
    for (size_t i = 0; i < found->sets.n; i++) {
      const roi_set_figures *f = &found->sets.item[i];
      double rest = (f->mean * TRIALS - f->fold_mean[fold] * (TRIALS / 10)) / (TRIALS - TRIALS / 10);
      if (rest > highest) highest = rest, best = i;
    }
    sum += found->sets.item[best].fold_mean[fold] / 10;
    same_choice += best == found->best;
  }
  near(found->honest, sum, "the mean in other trials", 0);
  assert_int_equal(found->same_choice, same_choice);
  roi_portfolio_free(found);
  end();
}

/* -- Bits --------------------------------------------------------------------------------------------------------------------- */

static void threads_blocks_memory_and_kernels_change_no_bit(void **state) {
  (void)state;
  static const char *const isas[] = {"baseline", NULL};
  roi_portfolio *first = NULL;
  for (int way = 0; way < 6; way++) {
    begin_case(8, 3000);
    for (size_t i = 0; i < 8; i++) add_case(i, 50 + 10 * (double)i, 60, 2); /* all in one pool: 256 ways */
    p.hours = num(6);
    p.ceiling = num(200);
    hand_over();
    request.options.threads = 1 + way % 3;
    request.block = way % 2 ? 16 : way == 4 ? 64 : 0;
    request.options.isa = isas[way > 2];
    /* Room for the columns of spending and a few of the pool's. */
    if (way == 5) request.options.max_memory = 3 * (4 << 20) + 3072 * 8 * 30;
    roi_portfolio *found = chosen("AI", 0.8);
    if (!first) {
      first = found;
    } else {
      assert_int_equal(found->best, first->best);
      assert_int_equal(found->sets.n, first->sets.n);
      for (size_t i = 0; i < found->sets.n; i++)
        assert_memory_equal(&found->sets.item[i], &first->sets.item[i], sizeof first->sets.item[i]);
      for (size_t i = 0; i < 8; i++) assert_true(same(found->member[i].adds.se, first->member[i].adds.se));
      roi_portfolio_free(found);
    }
    end();
  }
  roi_portfolio_free(first);
}

/* -- The search --------------------------------------------------------------------------------------------------------------- */

/* Budgets that leave hard choices; some use cases share a pool, and there may be a platform to pay. */
static void build_random(void) {
  begin_case(8 + dice(5), 400);
  double total = 0;
  for (size_t i = 0; i < p.n; i++) {
    double cost = dice_between(20, 120);
    total += cost;
    add_case(i, cost * dice_between(0.8, 2.2), cost, i < 3 ? 2 : 0);
  }
  p.hours = num(3);
  p.shared = num(dice(2) ? 40 : 0);
  p.ceiling = num(total * dice_between(0.2, 0.7));
  hand_over();
}

static void the_search_finds_the_best_or_nearly(void **state) {
  (void)state;
  enum { PORTFOLIOS = 60 };
  int hits = 0;
  double furthest = 0;
  for (int k = 0; k < PORTFOLIOS; k++) {
    build_random();
    roi_portfolio *found = chosen("AI", 0.8);
    double best = found->sets.item[found->best].mean, reached = 0;
    roi_components components;
    roi_set_columns columns;
    roi_set_list list = {0};
    assert_int_equal(roi_components_make(&components, g, "AI", &why), ROI_OK);
    assert_int_equal(roi_set_columns_begin(&columns, g, &request, &components, &why), ROI_OK);
    assert_int_equal(roi_sets_search(&list, &columns, p.n, 0.8, &why), ROI_OK);
    assert_true(list.n < found->sets.n);
    for (size_t i = 0; i < list.n; i++) {
      const roi_set_figures *all = &found->sets.item[roi_set_list_find(&found->sets, list.item[i].set)];
      assert_memory_equal(&list.item[i], all, sizeof *all); /* the same figures, whichever way they were come to */
      if (list.item[i].within.p >= 0.8 && list.item[i].mean > reached) reached = list.item[i].mean;
    }
    hits += reached == best;
    if (best > 0 && (best - reached) / best > furthest) furthest = (best - reached) / best;
    roi_set_columns_free(&columns);
    roi_components_free(&components);
    roi_set_list_free(&list);
    roi_portfolio_free(found);
    end();
  }
  print_message("the search found the best in %d of %d portfolios, at the worst %.2f%% less\n", hits, (int)PORTFOLIOS, 100 * furthest);
  assert_true(hits >= PORTFOLIOS - 1);
  assert_true(furthest < 0.02);
}

static void thirteen_are_searched_and_twelve_are_not(void **state) {
  (void)state;
  for (size_t n = 12; n <= 13; n++) {
    begin_case(n, 64);
    for (size_t i = 0; i < n; i++) add_case(i, 60 + 7 * (double)(i % 5), 50 + 11 * (double)(i % 4), 2); /* all in one pool */
    p.hours = num(8);
    p.ceiling = num(300);
    hand_over();
    roi_portfolio *found = chosen("AI", 0.8);
    assert_int_equal(found->exact, n == 12);
    assert_int_equal(found->largest, n);
    if (n == 12) assert_int_equal(found->sets.n, 4096);
    else assert_true(found->sets.n > 13 && found->sets.n < 4096);
    assert_true(found->sets.item[found->best].within.p >= 0.8);
    for (size_t i = 0; i < n; i++) assert_true(found->member[i].other != ROI_NO_SET);
    roi_portfolio_free(found);
    end();
  }
}

/* -- Budgets ------------------------------------------------------------------------------------------------------------------ */

static void a_ceiling_of_nothing_leaves_nothing(void **state) {
  (void)state;
  begin_case(3, 500);
  for (size_t i = 0; i < 3; i++) add_case(i, 100, 50, 0);
  p.ceiling = num(10);
  hand_over();
  roi_portfolio *found = chosen("AI", 0.8);
  assert_int_equal(found->sets.item[found->best].set, 0);
  assert_true(found->sets.item[found->best].mean == 0 && found->sets.item[found->best].within.p == 1);
  assert_int_equal(found->n_feasible, 1);
  assert_true(found->next == ROI_NO_SET);
  roi_portfolio_free(found);
  found = chosen("AI", 0); /* a confidence of 0 asks for nothing */
  assert_int_equal(found->sets.item[found->best].set, 7);
  roi_portfolio_free(found);
  found = chosen(NULL, 1); /* no budget counts */
  assert_int_equal(found->sets.item[found->best].set, 7);
  roi_portfolio_free(found);
  end();
}

static void certainty_is_every_trial(void **state) {
  (void)state;
  begin_case(2, 500);
  add_case(0, 100, 50, 0);
  add_case(1, 300, 100, 0); /* spends 70 to 130 */
  p.ceiling = num(129.9);
  hand_over();
  roi_portfolio *found = chosen("AI", 1);
  assert_int_equal(found->sets.item[found->best].set, 1);
  assert_true(found->sets.item[roi_set_list_find(&found->sets, 2)].within.p > 0.99);
  roi_portfolio_free(found);
  found = chosen("AI", 0.99);
  assert_int_equal(found->sets.item[found->best].set, 2);
  roi_portfolio_free(found);
  end();
}

/* Of equals the fewest: what brings nothing is not taken. */
static void what_brings_nothing_is_left(void **state) {
  (void)state;
  begin_case(2, 100);
  add_case(0, 100, 50, 0);
  add_case(1, 100, 50, 0);
  assert_int_equal(roi_graph_add_term(g, 0, 0, op2(ROI_MUL, p.taken[0], p.gain[0]), &why), ROI_OK);
  roi_portfolio *found = chosen(NULL, 0.8);
  assert_int_equal(found->sets.item[found->best].set, 1);
  assert_int_equal(found->rivals, 1);
  assert_int_equal(found->n_frontier, 2); /* it, and nothing at all */
  roi_portfolio_free(found);
  end();
}

/* -- What goes wrong ------------------------------------------------------------------------------------------------------------ */

static void errors_say_what_is_wrong(void **state) {
  (void)state;
  begin_case(0, 100);
  refused(NULL, ROI_ERR_MODEL, "no use cases");
  end();
  build_six();
  request.options.max_memory = 1 << 20;
  refused("AI", ROI_ERR_LIMIT, "--max-memory");
  request.options.max_memory = 0;
  const int stop = 1;
  request.options.stop = &stop;
  refused("AI", ROI_ERR_INTERRUPTED, "interrupted");
  end();
  begin_case(2, 100);
  add_case(0, 100, 50, 0);
  add_case(1, 100, 50, 0);
  roi_node without = op1(ROI_SQRT, op2(ROI_SUB, p.taken[1], num(0.5))); /* a number only with the other */
  assert_int_equal(roi_graph_add_term(g, 0, 0, op2(ROI_MUL, p.taken[0], without), &why), ROI_OK);
  refused(NULL, ROI_ERR_RUN, "npv is not a number in trial 1, with 'case 0', without 'case 1'");
  end();
}

/* With one allocation failing after the other, the choice fails in words and leaves nothing behind. */
static void memory_that_runs_out_is_an_error(void **state) {
  (void)state;
  long n = 0;
  for (roi_status status = ROI_ERR_MEMORY; status != ROI_OK; n++) {
    build_six();
    request.options.trials = 50;
    request.options.threads = 1;
    roi_portfolio_ask ask = {.request = &request, .budget = "AI", .confidence = 0.8};
    roi_portfolio *out = NULL;
    roi_memory_fail_after(n);
    status = roi_portfolio_choose(g, &ask, &out, &why);
    roi_memory_fail_after(-1);
    if (status) {
      assert_int_equal(status, ROI_ERR_MEMORY);
      assert_null(out);
    }
    roi_portfolio_free(out);
    end();
    if (n > 300) n += 40; /* the same loops over and over */
  }
  assert_true(n > 50);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_set_is_the_sum_of_its_parts),
      cmocka_unit_test(the_frontier_has_what_is_not_beaten),
      cmocka_unit_test(the_honest_mean_comes_from_other_trials),
      cmocka_unit_test(threads_blocks_memory_and_kernels_change_no_bit),
      cmocka_unit_test(the_search_finds_the_best_or_nearly),
      cmocka_unit_test(thirteen_are_searched_and_twelve_are_not),
      cmocka_unit_test(a_ceiling_of_nothing_leaves_nothing),
      cmocka_unit_test(certainty_is_every_trial),
      cmocka_unit_test(what_brings_nothing_is_left),
      cmocka_unit_test(errors_say_what_is_wrong),
      cmocka_unit_test(memory_that_runs_out_is_an_error),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
