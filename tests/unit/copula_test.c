/* Correlated draws: their groups in the graph, their marginals, their correlations, and what they leave as it was. */
#include "unit/model.h"

#include "run/source.h"

#define N 100000
#define MOST 12

static double column[MOST][N];

/* The values of n draws in the first trials. */
static void draws_of(const roi_node *nodes, size_t n, uint64_t trials, const char *isa, const roi_source *source) {
  roi_target t[MOST];
  double *columns[MOST];
  for (size_t i = 0; i < n; i++) t[i] = (roi_target){"x", nodes[i]}, columns[i] = column[i];
  roi_request q = {.options = {.seed = 1, .threads = 2, .isa = isa}};
  assert_int_equal(roi_evaluate(g, &q, source, t, n, trials, columns, &why), ROI_OK);
}

static roi_correlation_row pair(roi_node a, roi_node b, double rho) {
  return (roi_correlation_row){.a = a, .b = b, .asked = rho};
}

static void correlate(const roi_correlation_row *rows, size_t n) {
  if (roi_graph_correlate_pairs(g, rows, n, &why) != ROI_OK) fail_msg("%s", why.text);
  assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
}

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

static const double *ranked;
static int by_ranked(const void *a, const void *b) {
  double x = ranked[*(const uint32_t *)a], y = ranked[*(const uint32_t *)b];
  return x < y ? -1 : x > y;
}
static void ranks(const double *x, size_t n, double *rank) {
  static uint32_t order[N];
  for (uint32_t i = 0; i < n; i++) order[i] = i;
  ranked = x;
  qsort(order, n, sizeof *order, by_ranked);
  for (size_t i = 0, next; i < n; i = next) {
    for (next = i; next < n && x[order[next]] == x[order[i]]; next++) {
    }
    for (size_t k = i; k < next; k++) rank[order[k]] = (double)(i + next - 1) / 2;
  }
}
static double pearson(const double *x, const double *y, size_t n) {
  double mx = 0, my = 0, xx = 0, yy = 0, xy = 0;
  for (size_t i = 0; i < n; i++) mx += x[i] / (double)n, my += y[i] / (double)n;
  for (size_t i = 0; i < n; i++) {
    xx += (x[i] - mx) * (x[i] - mx);
    yy += (y[i] - my) * (y[i] - my);
    xy += (x[i] - mx) * (y[i] - my);
  }
  return xy / sqrt(xx * yy);
}
static double spearman(const double *x, const double *y, size_t n) {
  static double rx[N], ry[N];
  ranks(x, n, rx);
  ranks(y, n, ry);
  return pearson(rx, ry, n);
}

/* The largest distance of the distribution functions of two samples; both are sorted. */
static double ks(double *x, double *y, size_t n) {
  qsort(x, n, sizeof *x, by_value);
  qsort(y, n, sizeof *y, by_value);
  double most = 0;
  for (size_t i = 0, k = 0; i < n && k < n;) {
    double at = x[i] < y[k] ? x[i] : y[k];
    while (i < n && x[i] <= at) i++;
    while (k < n && y[k] <= at) k++;
    double d = fabs((double)i - (double)k) / (double)n;
    most = d > most ? d : most;
  }
  return most;
}

/* One draw of each way of drawing: closed form, table, steps, data, lane by lane. */
static size_t families(roi_node *d) {
  size_t n = 0;
  d[n++] = dist(ROI_FAMILY_UNIFORM, ROI_FORM_NATURAL, 2, num(0), num(1));
  d[n++] = dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, num(10), num(2));
  d[n++] = dist(ROI_FAMILY_LOGNORMAL, ROI_FORM_QUANTILES, 4, num(.05), num(18), num(.95), num(30));
  d[n++] = dist(ROI_FAMILY_BETA, ROI_FORM_NATURAL, 2, num(2), num(5));
  d[n++] = dist(ROI_FAMILY_TRIANGULAR, ROI_FORM_NATURAL, 3, num(1), num(2), num(4));
  d[n++] = dist(ROI_FAMILY_GAMMA, ROI_FORM_NATURAL, 2, uniform("shape", 1, 2), num(1));
  d[n++] = dist(ROI_FAMILY_POISSON, ROI_FORM_NATURAL, 1, num(20));
  d[n++] = dist(ROI_FAMILY_BERNOULLI, ROI_FORM_NATURAL, 1, num(.3));
  d[n++] = roi_dist_empirical(g, (double[]){5, 1, 2, 9, 4}, 5, &why);
  return n;
}

static void marginals_stay(void **state) {
  (void)state;
  roi_node d[MOST], x[MOST], y[MOST];
  roi_correlation_row rows[MOST];
  begin(1);
  size_t n = families(d);
  for (size_t i = 0; i < n; i++) {
    char name[2][32];
    snprintf(name[0], sizeof name[0], "x%zu", i);
    snprintf(name[1], sizeof name[1], "y%zu", i);
    x[i] = draw(d[i], name[0]);
    y[i] = draw(d[i], name[1]);
  }
  for (size_t i = 1; i < n; i++) rows[i - 1] = pair(x[i - 1], x[i], i % 2 ? .7 : -.6);
  correlate(rows, n - 1);
  for (size_t i = 0; i < n; i++) {
    draws_of((roi_node[]){x[i], y[i]}, 2, N, NULL, NULL);
    /* Smirnov: above 1.95 sqrt(2 / n) once in a thousand */
    double apart = ks(column[0], column[1], N);
    if (apart > 1.95 * sqrt(2.0 / N)) fail_msg("family %zu: distribution functions %.4f apart", i, apart);
  }
  end();
}

static void rank_correlations_are_as_asked(void **state) {
  (void)state;
  static const double asked[] = {.9, .6, .3, -.3, -.6, -.9};
  for (size_t k = 0; k < 6; k++) {
    roi_node d[MOST], x[MOST];
    roi_correlation_row rows[MOST];
    begin(1);
    size_t n = families(d), continuous = 6;
    for (size_t i = 0; i < n; i++) x[i] = draw(d[i], (char[]){'x', (char)('0' + i), 0});
    for (size_t i = 1; i < continuous; i++) rows[i - 1] = pair(x[0], x[i], i == 1 + k % 4 ? asked[k] : 0);
    rows[continuous - 1] = pair(x[n - 3], x[n - 2], asked[k]);
    correlate(rows, continuous);
    roi_node two[4] = {x[0], x[1 + k % 4], x[n - 3], x[n - 2]};
    draws_of(two, 4, N, NULL, NULL);
    assert_true(fabs(spearman(column[0], column[1], N) - asked[k]) < .01);
    double among_ties = spearman(column[2], column[3], N) / asked[k]; /* a poisson with a bernoulli: ties leave less */
    if (!(among_ties > .6 && among_ties < .9)) fail_msg("%g of what was asked", among_ties);
    end();
  }
}

static void pearson_is_of_the_scores(void **state) {
  (void)state;
  begin(1);
  roi_node normal = dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, num(0), num(1)), x[2] = {draw(normal, "a"), draw(normal, "b")};
  double moved = 1;
  assert_int_equal(roi_graph_correlate(g, x, 2, (double[]){1, .5, .5, 1}, ROI_CORRELATION_PEARSON, &moved, &why), ROI_OK);
  assert_true(moved == 0);
  assert_true(g->scores[0] == .5);
  draws_of(x, 2, N, NULL, NULL);
  assert_true(fabs(pearson(column[0], column[1], N) - .5) < .01);
  end();
}

/* 2 sin(pi rho / 6), computed with mpmath. */
static void scores_of_rank_correlations(void **state) {
  (void)state;
  static const double known[][2] = {{.6, .61803398874989484820}, {-.25, -.26105238444010318309}, {1, 1}, {-1, -1}, {0, 0}};
  for (size_t i = 0; i < 4; i++) {
    begin(1);
    roi_node a = uniform("a", 0, 1), b = uniform("b", 0, 1);
    correlate((roi_correlation_row[]){pair(b, a, known[i][0])}, 1);
    assert_true(fabs(g->scores[0] - known[i][1]) < 1e-15);
    assert_true(roi_graph_correlation_used(g, &g->correlations[0]) == known[i][0]);
    assert_true(g->correlations[0].a == a && g->correlations[0].b == b);
    end();
  }
}

static void whole_correlations_are_exact(void **state) {
  (void)state;
  begin(1);
  roi_node a = uniform("a", 0, 1), b = uniform("b", 0, 1), c = uniform("c", 0, 1), d = uniform("d", 0, 1);
  correlate((roi_correlation_row[]){pair(a, b, .5), pair(b, c, 1), pair(a, c, .5), pair(b, d, -1), pair(a, d, -.5),
                                    pair(c, d, -1)}, 6);
  assert_int_equal(g->n_warnings, 0);
  draws_of((roi_node[]){a, b, c, d}, 4, N, NULL, NULL);
  for (size_t i = 0; i < N; i++) {
    assert_true(column[1][i] == column[2][i]);
    assert_true(column[3][i] == 1 - column[1][i]);
  }
  assert_true(fabs(spearman(column[0], column[1], N) - .5) < .01);
  end();
}

/* What is correlated, and what is added, changes no number of anything else; nor of a draw declared before the others. */
static void nothing_else_changes(void **state) {
  (void)state;
  static double was[5][1000];
  static const char *const names[5] = {"a", NULL, "c", "e", NULL}; /* first in their group, or in none */
  for (int turn = 0; turn < 4; turn++) {
    begin(1);
    roi_node a = uniform("a", 0, 1), b = uniform("b", 0, 1), c = uniform("c", 0, 1);
    if (turn >= 2) uniform("new", 0, 1);
    roi_node e = uniform("e", 0, 1), f = uniform("f", 0, 1), late = uniform("late", 0, 1);
    roi_correlation_row rows[4] = {pair(a, b, .6), pair(e, f, -.4), pair(b, late, .5)};
    correlate(rows, turn == 0 ? 1 : turn == 3 ? 3 : 2);
    roi_node all[5] = {a, b, c, e, f};
    draws_of(all, turn == 0 ? 4 : 5, 1000, turn == 1 ? "baseline" : NULL, NULL);
    for (size_t i = 0; i < 5; i++)
      for (size_t k = 0; k < 1000; k++) {
        if (turn == 0 && names[i]) assert_true(column[i][k] == roi_uniform_at(1, roi_name_key(names[i]), k, 0));
        if (turn > 0 && (i < 4 || turn > 1)) assert_true(column[i][k] == was[i][k]);
        was[i][k] = column[i][k];
      }
    end();
  }
}

static void every_set_gives_the_same_bits(void **state) {
  (void)state;
  static double first[3][5000];
  static const char *const isas[] = {"baseline", "avx2", "avx512"};
  begin(1);
  roi_node x[3] = {uniform("a", 0, 1), uniform("b", 0, 1), uniform("c", 0, 1)};
  correlate((roi_correlation_row[]){pair(x[0], x[1], .95), pair(x[1], x[2], -.3)}, 2);
  for (size_t s = 0; s < 3; s++) {
    if (!roi_kernels(isas[s], NULL)) continue;
    draws_of(x, 3, 5000, isas[s], NULL);
    for (size_t i = 0; i < 3; i++) {
      if (s == 0) memcpy(first[i], column[i], sizeof first[i]);
      assert_memory_equal(first[i], column[i], sizeof first[i]);
    }
  }
  end();
}

/* Uniforms in the far tails, as a source may give them, stay in range. */
static void fill_tails(const void *data, uint64_t first, uint32_t lanes, roi_uniforms *u) {
  static const double awkward[] = {0x1p-53, 1 - 0x1p-53, 1e-12, 1 - 1e-12, .5, 1e-30, 0x1p-1022};
  const size_t *draws = data;
  for (size_t d = 0; d < *draws; d++) {
    u->points[d] = u->room + d * u->stride;
    for (uint32_t i = 0; i < lanes; i++) u->room[d * u->stride + i] = awkward[(first + i) / (d ? 7 : 1) % 7];
  }
}
static void uniforms_stay_between_0_and_1(void **state) {
  (void)state;
  static const double asked[] = {.999, -.999, 1, -1, .3};
  const size_t two = 2;
  const roi_source source = {.room = 2, .fill = fill_tails, .data = &two};
  for (size_t k = 0; k < 5; k++) {
    begin(1);
    roi_node x[2] = {uniform("a", 0, 1), uniform("b", 0, 1)};
    correlate((roi_correlation_row[]){pair(x[0], x[1], asked[k])}, 1);
    draws_of(x, 2, 49, NULL, &source);
    for (size_t i = 0; i < 49; i++) assert_true(column[1][i] > 0 && column[1][i] < 1);
    end();
  }
}

/* u' = Phi(r z1 + sqrt(1 - r^2) z2), by the functions of math/. */
static void the_copula_is_gaussian(void **state) {
  (void)state;
  begin(1);
  roi_node x[2] = {uniform("a", 0, 1), uniform("b", 0, 1)};
  correlate((roi_correlation_row[]){{.a = x[0], .b = x[1], .asked = -.8, .kind = ROI_CORRELATION_PEARSON}}, 1);
  draws_of(x, 2, 2000, NULL, NULL);
  for (uint64_t i = 0; i < 2000; i++) {
    double z1 = roi_normal_quantile(roi_uniform_at(1, roi_name_key("a"), i, 0));
    double z2 = roi_normal_quantile(roi_uniform_at(1, roi_name_key("b"), i, 0));
    assert_true(fabs(column[1][i] - roi_normal_cdf(-.8 * z1 + .6 * z2)) < 1e-9);
  }
  end();
}

static void points_of_a_draw_alone(void **state) {
  (void)state;
  begin(1);
  roi_node x[2] = {uniform("a", 0, 1), uniform("b", 0, 1)};
  correlate((roi_correlation_row[]){pair(x[0], x[1], .9)}, 1);
  roi_target t[2] = {{"a", x[0]}, {"b", x[1]}};
  roi_request q = {.options = {.seed = 1, .threads = 1}};
  const double u[4] = {.1, .5, .5, .9};
  double values[4];
  assert_int_equal(roi_evaluate_at(g, &q, t, 2, u, 2, values, &why), ROI_OK);
  assert_true(values[0] == .1 && values[1] == .5 && values[2] == .5 && values[3] == .9);
  end();
}

static void each_period_within_the_period(void **state) {
  (void)state;
  begin(6);
  roi_node u = dist(ROI_FAMILY_UNIFORM, ROI_FORM_NATURAL, 2, num(0), num(1));
  roi_node a = roi_draw(g, u, "a", 1, &why), b = roi_draw(g, u, "b", 1, &why), once = draw(u, "once");
  correlate((roi_correlation_row[]){pair(a, b, .7)}, 1);
  roi_node x[5] = {at_imm(ROI_ELEMENT, a, 2), at_imm(ROI_ELEMENT, b, 2), at_imm(ROI_ELEMENT, b, 3), once,
                   at_imm(ROI_ELEMENT, a, 6)};
  draws_of(x, 5, N, NULL, NULL);
  assert_true(fabs(spearman(column[0], column[1], N) - .7) < .01);
  assert_true(fabs(spearman(column[0], column[2], N)) < .015);
  assert_true(fabs(spearman(column[1], column[2], N)) < .015);
  for (size_t i = 0; i < 100; i++) assert_true(column[4][i] == roi_uniform_at(1, roi_name_key("a"), i, 6));
  end();
}

static void repaired(void **state) {
  (void)state;
  begin(1);
  roi_graph_here(g, roi_graph_string(g, "m.lua"), 7);
  roi_node x[3] = {uniform("a", 0, 1), uniform("b", 0, 1), uniform("c", 0, 1)};
  double moved;
  const double higham[] = {1, 1, 0, 1, 1, 1, 0, 1, 1};
  assert_int_equal(roi_graph_correlate(g, x, 3, higham, ROI_CORRELATION_PEARSON, &moved, &why), ROI_OK);
  assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
  assert_true(fabs(moved - 0.52779046358) < 1e-9); /* Higham's example, see correlation_test.c */
  assert_int_equal(g->n_groups, 1);
  static const double nearest[] = {.760689853, .157298106, .760689853};
  for (int i = 0; i < 3; i++) assert_true(fabs(g->scores[i] - nearest[i]) < 1e-9);
  const char *note = roi_graph_text(g, g->groups[0].note);
  assert_non_null(strstr(note, "'a' and 'b' 1.0000 became 0.7607"));
  assert_non_null(strstr(note, "distance 0.5278"));
  assert_int_equal(g->n_warnings, 1);
  assert_int_equal(g->warnings[0].line, 7);
  draws_of(x, 3, N, NULL, NULL);
  assert_true(fabs(spearman(column[0], column[2], N) - 6 / acos(-1) * asin(.157298106 / 2)) < .01);
  end();
}

static void refused(const roi_correlation_row *rows, size_t n, const char *says) {
  size_t strings = g->n_members + g->n_scores + g->n_groups + g->n_correlations + g->n_warnings;
  assert_int_equal(roi_graph_correlate_pairs(g, rows, n, &why), ROI_ERR_MODEL);
  if (!strstr(why.text, says)) fail_msg("'%s' is not in '%s'", says, why.text);
  assert_int_equal(strings, g->n_members + g->n_scores + g->n_groups + g->n_correlations + g->n_warnings);
  assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
}

static void wrong_pairs(void **state) {
  (void)state;
  begin(3);
  roi_node u = dist(ROI_FAMILY_UNIFORM, ROI_FORM_NATURAL, 2, num(0), num(1));
  roi_node a = draw(u, "a"), b = draw(u, "b"), p = roi_draw(g, u, "p", 1, &why), sum = op2(ROI_ADD, a, b);
  refused((roi_correlation_row[]){pair(a, b, 1.1)}, 1, "'a' and 'b': 1.1 is not between -1 and 1");
  refused((roi_correlation_row[]){pair(a, b, NAN)}, 1, "not between -1 and 1");
  refused((roi_correlation_row[]){pair(a, a, .5)}, 1, "with itself");
  refused((roi_correlation_row[]){pair(a, sum, .5)}, 1, "only draws");
  refused((roi_correlation_row[]){pair(a, ROI_NONE, .5)}, 1, "only draws");
  refused((roi_correlation_row[]){pair(a, p, .5)}, 1, "anew each period");
  roi_correlation_row twice[2] = {pair(a, b, .5), pair(b, a, .6)};
  twice[0].line = 4, twice[1].line = 9;
  refused(twice, 2, "given twice, 0.5 on line 4 and 0.6 on line 9");
  assert_int_equal(why.status, ROI_ERR_MODEL);
  roi_node two[2] = {a, b};
  assert_int_equal(roi_graph_correlate(g, two, 2, (double[]){1, .5, .4, 1}, 0, NULL, &why), ROI_ERR_MODEL);
  assert_non_null(strstr(why.text, "differ"));
  assert_int_equal(roi_graph_correlate(g, two, 2, (double[]){1, .5, .5, 2}, 0, NULL, &why), ROI_ERR_MODEL);
  correlate((roi_correlation_row[]){pair(a, b, .5)}, 1);
  refused((roi_correlation_row[]){pair(a, draw(u, "c"), .5)}, 1, "already");
  end();
}

static void groups_are_what_hangs_together(void **state) {
  (void)state;
  begin(1);
  roi_node u = dist(ROI_FAMILY_UNIFORM, ROI_FORM_NATURAL, 2, num(0), num(1)), x[7];
  for (int i = 0; i < 7; i++) x[i] = draw(u, (char[]){(char)('a' + i), 0});
  correlate((roi_correlation_row[]){pair(x[5], x[1], .5), pair(x[6], x[4], .2), pair(x[1], x[3], .5), pair(x[0], x[1], 0),
                                    pair(x[5], x[3], 0)}, 5);
  assert_int_equal(g->n_groups, 2);
  assert_int_equal(g->n_correlations, 4);
  assert_int_equal(g->groups[0].n_members, 3);
  assert_true(g->members[0] == x[1] && g->members[1] == x[3] && g->members[2] == x[5]);
  assert_true(g->members[3] == x[4] && g->members[4] == x[6]);
  assert_null(roi_graph_group_of(g, x[0]));
  assert_ptr_equal(roi_graph_group_of(g, x[6]), &g->groups[1]);
  end();
}

/* Every field of the tables that says something wrong is found. */
static void damaged(void **state) {
  (void)state;
  begin(2);
  roi_node u = dist(ROI_FAMILY_UNIFORM, ROI_FORM_NATURAL, 2, num(0), num(1));
  roi_node a = draw(u, "a"), b = draw(u, "b"), c = draw(u, "c"), p = roi_draw(g, u, "p", 1, &why);
  draw(u, "d");
  correlate((roi_correlation_row[]){pair(a, b, .5), pair(b, c, .5)}, 2);
#define BROKEN(field, value)                                    \
  do {                                                          \
    __typeof__(field) was = (field);                            \
    (field) = (value);                                          \
    assert_int_equal(roi_graph_validate(g, &why), ROI_ERR_MODEL); \
    (field) = was;                                              \
    assert_int_equal(roi_graph_validate(g, &why), ROI_OK);      \
  } while (0)
  BROKEN(g->groups[0].first_member, 1);
  BROKEN(g->groups[0].n_members, 2);
  BROKEN(g->groups[0].n_members, 4);
  BROKEN(g->groups[0].n_members, 0);
  BROKEN(g->groups[0].n_members, UINT32_MAX);
  BROKEN(g->groups[0].first_score, 1);
  BROKEN(g->groups[0].note, 1000000);
  BROKEN(g->groups[0].file, 1000000);
  BROKEN(g->members[0], b);
  BROKEN(g->members[0], u);
  BROKEN(g->members[0], ROI_NONE);
  BROKEN(g->members[2], p);
  BROKEN(g->scores[0], 1.5);
  BROKEN(g->scores[0], NAN);
  BROKEN(g->scores[0], -.9);
  BROKEN(g->correlations[0].a, b);
  BROKEN(g->correlations[0].b, p);
  BROKEN(g->correlations[0].b, ROI_NONE);
  BROKEN(g->correlations[0].kind, 2);
  BROKEN(g->correlations[0].unused, 1);
  BROKEN(g->correlations[0].file, 1000000);
  BROKEN(g->correlations[0].asked, -1.01);
  BROKEN(g->n_members, 2);
  BROKEN(g->n_groups, 0);
  end();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(marginals_stay), cmocka_unit_test(rank_correlations_are_as_asked),
      cmocka_unit_test(pearson_is_of_the_scores), cmocka_unit_test(scores_of_rank_correlations),
      cmocka_unit_test(whole_correlations_are_exact), cmocka_unit_test(nothing_else_changes),
      cmocka_unit_test(every_set_gives_the_same_bits), cmocka_unit_test(uniforms_stay_between_0_and_1),
      cmocka_unit_test(the_copula_is_gaussian), cmocka_unit_test(points_of_a_draw_alone),
      cmocka_unit_test(each_period_within_the_period), cmocka_unit_test(repaired), cmocka_unit_test(wrong_pairs),
      cmocka_unit_test(groups_are_what_hangs_together), cmocka_unit_test(damaged)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
