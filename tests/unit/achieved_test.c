/* Correlations in a run's trials. */
#include "unit/model.h"

#include "sensitivity/achieved.h"

static roi_achieved *achieved(uint64_t trials, roi_sampling sampling) {
  roi_achieved *a = NULL;
  roi_request q = {.options = {.trials = trials, .seed = 1, .threads = 2, .sampling = sampling}};
  if (roi_achieved_find(g, &q, trials, &a, &why) != ROI_OK) fail_msg("%s", why.text);
  return a;
}

static roi_node of(roi_family family, const char *name, double a, double b) {
  return draw(dist(family, ROI_FORM_NATURAL, family == ROI_FAMILY_BERNOULLI ? 1 : 2, num(a), num(b)), name);
}

static void nothing_is_correlated(void **state) {
  (void)state;
  begin(1);
  uniform("a", 0, 1);
  assert_null(achieved(100, ROI_SAMPLING_MC));
  end();
}

/* Ten trials by hand: 1 - 6 sum d^2 / (n (n^2 - 1)). */
static void spearman_by_hand(void **state) {
  (void)state;
  enum { N = 10 };
  double x[2][N], *columns[2] = {x[0], x[1]}, squares = 0;
  begin(1);
  roi_node n[2] = {of(ROI_FAMILY_NORMAL, "a", 0, 1), of(ROI_FAMILY_LOGNORMAL, "b", 0, 1)};
  roi_correlation_row pair = {.a = n[0], .b = n[1], .asked = .7};
  assert_int_equal(roi_graph_correlate_pairs(g, &pair, 1, &why), ROI_OK);
  roi_target t[2] = {{"a", n[0]}, {"b", n[1]}};
  roi_request q = {.options = {.trials = N, .seed = 1, .threads = 1}};
  assert_int_equal(roi_evaluate(g, &q, NULL, t, 2, N, columns, &why), ROI_OK);
  for (int i = 0; i < N; i++) {
    int rank[2] = {0, 0};
    for (int k = 0; k < N; k++) rank[0] += x[0][k] < x[0][i], rank[1] += x[1][k] < x[1][i];
    squares += (rank[0] - rank[1]) * (rank[0] - rank[1]);
  }
  roi_achieved *a = achieved(N, ROI_SAMPLING_MC);
  assert_int_equal(a->n, 1);
  assert_int_equal(a->trials, N);
  assert_true(a->row[0].used == .7);
  assert_true(fabs(a->row[0].achieved - (1 - 6 * squares / (N * (N * N - 1)))) < 1e-12);
  roi_achieved_free(a);
  end();
}

static void pairs_of_every_kind(void **state) {
  (void)state;
  begin(4);
  roi_node u = dist(ROI_FAMILY_UNIFORM, ROI_FORM_NATURAL, 2, num(0), num(1));
  roi_node a = of(ROI_FAMILY_NORMAL, "a", 0, 1), b = of(ROI_FAMILY_GAMMA, "b", 2, 1), c = uniform("c", 0, 1);
  roi_node never = of(ROI_FAMILY_BERNOULLI, "never", 0, 0), p = roi_draw(g, u, "p", 1, &why), q = roi_draw(g, u, "q", 1, &why);
  const roi_correlation_row rows[] = {{.a = a, .b = b, .asked = .5, .kind = ROI_CORRELATION_PEARSON}, {.a = b, .b = c, .asked = -1},
                                      {.a = a, .b = c, .asked = -.5, .kind = ROI_CORRELATION_PEARSON},
                                      {.a = c, .b = never, .asked = .4}, {.a = b, .b = never, .asked = -.4},
                                      {.a = p, .b = q, .asked = .8}};
  assert_int_equal(roi_graph_correlate_pairs(g, rows, 6, &why), ROI_OK);
  assert_int_equal(g->n_warnings, 0);
  for (int sampling = 0; sampling < ROI_SAMPLING_COUNT; sampling++) {
    roi_achieved *x = achieved(200000, (roi_sampling)sampling);
    assert_int_equal(x->n, 6);
    assert_int_equal(x->trials, 100000);
    for (size_t i = 0; i < x->n; i++) {
      const roi_achieved_row *r = &x->row[i];
      assert_true(r->used == r->pair->asked);
      if (r->pair->a == never || r->pair->b == never) assert_true(isnan(r->achieved));
      else if (fabs(r->pair->asked) == 1) assert_true(fabs(r->achieved + 1) < 1e-12);
      else assert_true(fabs(r->achieved - r->pair->asked) < .012);
    }
    roi_achieved_free(x);
  }
  end();
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_is_correlated), cmocka_unit_test(spearman_by_hand),
                                     cmocka_unit_test(pairs_of_every_kind)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
