/* The series of roi.process against their closed forms: moments at given periods, within and across periods. Each script's outputs are
 * quantities whose expectation is known; the run's own standard error says how far an estimate may lie from it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>

#include "means.h"

static void ar1(void **unused) {
  (void)unused;
  /* Var x_p = sd^2 (1 - phi^(2p)) / (1 - phi^2), cov(x_p, x_(p+k)) = phi^k Var x_p */
  double e1 = 100 + 20 * 0.8, e4 = 100 + 20 * pow(0.8, 4), v4 = 25 * (1 - pow(0.8, 8)) / 0.36;
  double e7 = 100 + 20 * pow(0.8, 7);
  char near4[64], both[96];
  snprintf(near4, sizeof near4, "(s[4] - %.17g)^2", e4);
  snprintf(both, sizeof both, "(s[4] - %.17g) * (s[7] - %.17g)", e4, e7);
  HAS_MEANS("local s = P.ar1 { mean = 100, phi = 0.8, sd = 5, start = 120 }", {"s[1]", e1}, {"(s[1] - 116)^2", 25},
            {"s[4]", e4}, {near4, v4}, {"s[7]", e7}, {both, pow(0.8, 3) * v4});
  /* Without a start it is in its long run from the first period on. */
  HAS_MEANS("local s = P.ar1 { mean = 3, phi = -0.6, sd = 2, name = 'a' }", {"s[1]", 3}, {"(s[1] - 3)^2", 4 / 0.64},
            {"(s[12] - 3)^2", 4 / 0.64}, {"(s[1] - 3)^4", 3 * (4 / 0.64) * (4 / 0.64)}, {"(s[1] - 3) * (s[2] - 3)", -0.6 * 4 / 0.64},
            {"(s[5] - 3) * (s[7] - 3)", 0.36 * 4 / 0.64});
  HAS_MEANS("local s = P.ar1 { mean = roi.uniform(90, 110), phi = 0.8, sd = 5 }", {"s[6]", 100},
            {"(s[6] - 100)^2", 25 / 0.36 + 400.0 / 12}, {"(s[1] - 100) * (s[6] - 100)", pow(0.8, 5) * 25 / 0.36 + 400.0 / 12});
  HAS_MEANS("local s = P.ar1 { phi = 0, sd = 1, start = 50 }", {"s[1]", 0}, {"s[1] ^ 2", 1}, {"s[1] * s[2]", 0});
}

static void walks(void **unused) {
  (void)unused;
  HAS_MEANS("local s = P.random_walk { start = 100, drift = 0.5, sd = 5 }", {"s[1]", 100.5}, {"s[12]", 106}, {"(s[1] - 100.5)^2", 25},
            {"(s[12] - 106)^2", 300}, {"(s[3] - 101.5) * (s[9] - 104.5)", 75}, {"(s[2] - s[1]) * (s[3] - s[2])", 0.25});
  /* E = start (1 + growth)^p, cov(x_p, x_q) = E_p E_q (exp(sd^2 min(p, q)) - 1) */
  double e3 = 100 * pow(1.02, 3), e12 = 100 * pow(1.02, 12);
  HAS_MEANS("local s = P.geometric_walk { start = 100, growth = 0.02, sd = 0.1 }", {"s[3]", e3}, {"s[12]", e12},
            {"s[12]^2", e12 * e12 * exp(0.12)}, {"s[3] * s[12]", e3 * e12 * exp(0.03)}, {"roi.log(s[12] / s[11])", log(1.02) - 0.005},
            {"roi.lt(s[12], 0)  + roi.lt(s[1], 102 * math.exp(-0.005))", 0.5});
}

static void mean_reversion(void **unused) {
  (void)unused;
  const double k = 0.3, v = 25 / 0.6; /* of the long run */
  double e1 = 100 - 20 * exp(-k), e5 = 100 - 20 * exp(-5 * k), v1 = v * (1 - exp(-2 * k)), v5 = v * (1 - exp(-10 * k));
  char near1[64], near5[64], both[96];
  snprintf(near1, sizeof near1, "(s[1] - %.17g)^2", e1);
  snprintf(near5, sizeof near5, "(s[5] - %.17g)^2", e5);
  snprintf(both, sizeof both, "(s[1] - %.17g) * (s[5] - %.17g)", e1, e5);
  HAS_MEANS("local s = P.mean_reversion { start = 80, level = 100, speed = 0.3, sd = 5 }", {"s[1]", e1}, {near1, v1}, {"s[5]", e5},
            {near5, v5}, {both, exp(-4 * k) * v1});
  HAS_MEANS("local s = P.mean_reversion { level = 100, speed = 0.3, sd = 5 }", {"s[1]", 100}, {"(s[1] - 100)^2", v},
            {"(s[12] - 100)^2", v}, {"(s[2] - 100) * (s[4] - 100)", exp(-2 * k) * v});
  /* In logs: median as the level, mean exp(variance / 2) of it. */
  const double w = 0.04 / 0.6, w5 = w * (1 - exp(-10 * k)), m5 = log(100) + log(0.5) * exp(-5 * k);
  HAS_MEANS("local s = P.mean_reversion { level = 100, speed = 0.3, sd = 0.2, log = true }", {"s[1]", 100 * exp(w / 2)},
            {"s[12]^2", 1e4 * exp(2 * w)}, {"roi.lt(s[12], 100)", 0.5});
  HAS_MEANS("local s = P.mean_reversion { start = 50, level = 100, speed = 0.3, sd = 0.2, log = true }", {"s[5]", exp(m5 + w5 / 2)},
            {"roi.log(s[5])", m5});
}

static void jumps(void **unused) {
  (void)unused;
  /* A compound Poisson number has the cumulants rate E[size^k]; of an exponential size E[size^k] is k!. */
  HAS_MEANS("local s = P.jump { rate = 0.7, size = roi.exponential(1) }", {"s[1]", 0.7}, {"(s[12] - 0.7)^2", 1.4},
            {"(s[5] - 0.7)^3", 4.2}, {"roi.eq(s[1], 0)", exp(-0.7)}, {"(s[1] - 0.7) * (s[2] - 0.7)", 0});
  HAS_MEANS("local s = P.jump { rate = 5, size = roi.normal(2, 1), name = 'j' }", {"s[3]", 10}, {"(s[3] - 10)^2", 25},
            {"(s[3] - 10)^3", 5 * (8 + 6)});
  HAS_MEANS("local s = P.jump { rate = 0.7, size = roi.exponential(1), most = 1 }", {"s[1]", 1 - exp(-0.7)},
            {"s[1]^2", 2 * (1 - exp(-0.7))});
  HAS_MEANS("local s = P.jump { rate = roi.uniform(0, 2), size = roi.exponential(1), most = 20 }", {"s[1]", 1},
            {"(s[1] - 1)^2", 2 + 1.0 / 3}, {"(s[1] - 1) * (s[2] - 1)", 1.0 / 3});
  HAS_MEANS("local s = P.jump { rate = 0.7, size = 7 }", {"s[1]", 4.9}, {"(s[1] - 4.9)^2", 0.7 * 49});
  /* A size that is drawn already is one number a trial, the same for all jumps. */
  HAS_MEANS("x.size = roi.exponential(1)\nlocal s = P.jump { rate = 0.7, size = x.size }", {"s[1]", 0.7},
            {"(s[1] - 0.7) * (s[2] - 0.7)", 0.49}, {"s[1]^2", 2 * (0.7 + 0.49)});
}

/* Increments of two walks whose shocks are correlated: in the same period, and in no other. */
static void together(void **unused) {
  (void)unused;
  HAS_MEANS("local s = P.random_walk { name = 'a', sd = 2 }\nlocal z = P.random_walk { name = 'b', sd = 3 }\n"
            "model:correlate { { 'a.shock', 'b.shock', 0.8 }, kind = 'pearson' }", {"s[1] * z[1]", 4.8},
            {"(s[12] - s[11]) * (z[12] - z[11])", 4.8}, {"(s[12] - s[11]) * (z[11] - z[10])", 0}, {"s[12] * z[6]", 6 * 4.8},
            {"s[12]^2", 48}, {"z[12]^2", 108});
}

/* The numbers of jumps that are cut are too rare to matter: below 1e-9 a period, and one fewer would not do. */
static void cut_of_jumps(void **unused) {
  (void)unused;
  static const double rates[] = {1e-12, 1e-5, 0.01, 0.1, 0.7, 1, 3, 10, 30};
  for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
    char process[128], last[32];
    snprintf(process, sizeof process, "local s = P.jump { name = 'j', rate = %g, size = roi.exponential(1) }", rates[i]);
    roi_host *host = NULL;
    roi_graph *g = graph_of(process, "o.s = s[1]", &host);
    int most = (int)roi_graph_draws(g) - 1;
    double term = exp(-rates[i]), above = 0, with_most = 0;
    for (int k = 1; k < most + 80; k++) {
      term = term * rates[i] / k;
      if (k > most) above += term;
      if (k == most) with_most = term;
    }
    assert_true(above < 1e-9);
    if (most > 1) assert_true(above + with_most >= 1e-9);
    snprintf(last, sizeof last, most > 1 ? "j.size.%d" : "j.size", most);
    int found = 0;
    for (size_t n = 0; n < g->n_nodes; n++)
      found += g->nodes[n].op == ROI_DRAW && strcmp(roi_graph_text(g, g->nodes[n].name), last) == 0;
    assert_int_equal(found, 1);
    roi_graph_free(g);
    roi_host_free(host);
  }
}

static void has_draws(const char *process, const char *names) {
  char text[256] = "";
  roi_host *host = NULL;
  roi_graph *g = graph_of(process, "o.s = roi.sum(s)", &host);
  for (size_t n = 0; n < g->n_nodes; n++)
    if (g->nodes[n].op == ROI_DRAW) {
      strcat(text, roi_graph_text(g, g->nodes[n].name));
      strcat(text, (g->nodes[n].flags & ROI_EACH_PERIOD) ? "* " : " ");
    }
  assert_string_equal(text, names);
  roi_graph_free(g);
  roi_host_free(host);
}

static void draws_have_names(void **unused) {
  (void)unused;
  has_draws("local s = P.ar1 { name = 'a', phi = 0.5, sd = 1 }", "a.shock* a.start ");
  has_draws("local s = P.ar1 { name = 'a', phi = 0.5, sd = 1, start = 0 }", "a.shock* ");
  has_draws("local s = P.mean_reversion { name = 'm', level = 1, speed = 0.5, sd = 1, log = true }", "m.shock* m.start ");
  has_draws("local s = P.random_walk { name = 'w', sd = 1 } + P.geometric_walk { name = 'g', start = 1, sd = 1 }",
            "w.shock* g.shock* ");
  has_draws("local s = P.jump { name = 'j', rate = 1, size = roi.exponential(1), most = 3 }", "j.number* j.size* j.size.2* j.size.3* ");
  has_draws("local s = P.jump { name = 'j', rate = 1, size = roi.exponential(1):name('loss'), most = 2 }", "j.number* loss* j.size.2* ");
  has_draws("local e = roi.each_period(roi.normal(0, 1))\nlocal s = P.random_walk { name = 'w', sd = 1, shock = e }"
            " - P.random_walk { name = 'v', sd = 2, shock = e }", "w.shock* ");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(ar1),          cmocka_unit_test(walks),           cmocka_unit_test(mean_reversion), cmocka_unit_test(jumps),
      cmocka_unit_test(together),     cmocka_unit_test(cut_of_jumps),    cmocka_unit_test(draws_have_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
