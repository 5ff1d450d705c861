/* Risks and events of the modelling library against their closed forms: how often, when, how much. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>

#include "means.h"

static void once(void **unused) {
  (void)unused;
  /* The period is any of 3, 4, 5, 6; an amount of mean 100 has E[X^2] = 2e4. */
  HAS_MEANS("local r = model:risk('leak', { probability = 0.3, loss = roi.exponential(0.01), between = { 3, 6 } })", {"-model.npv", 30},
            {"model.npv^2", 6000}, {"r.occurs", 0.3}, {"roi.eq(r.at, 3)", 0.075}, {"roi.eq(r.at, 6)", 0.075},
            {"roi.lt(r.at, 1e9)", 0.3});
  HAS_MEANS("model:risk('leak', { probability = 0.5, loss = 10, at = 2, duration = roi.uniform(1, 3) })", {"-model.npv", 10},
            {"model:npv_to(3)", -10 * 0.5 * (1 + 0.5 * 0.5 + 0.5)});
  HAS_MEANS("local a = model:risk('leak', { probability = 0.4, loss = 10, at = 2 })\n"
            "local b = model:risk('fine', { probability = 0.5, loss = roi.uniform(0, 40), triggered_by = a, lag = roi.uniform(0, 3) })",
            {"b.occurs", 0.2}, {"a.occurs * (1 - b.occurs)", 0.2}, {"-model.npv", 4 + 4}, {"roi.eq(b.at, 4)", 0.2 / 3});
}

static void often(void **unused) {
  (void)unused;
  /* 0.5 a month: mean 0.5 E[X], variance 0.5 E[X^2]; months are independent. */
  HAS_MEANS("local r = model:risk('outage', { per_year = 6, loss = roi.exponential(0.01) })", {"r.loss[3]", 50},
            {"(r.loss[3] - 50)^2", 1e4}, {"(r.loss[3] - 50) * (r.loss[4] - 50)", 0}, {"r.count[3]", 0.5}, {"(r.count[3] - 0.5)^2", 0.5},
            {"-model.npv", 600}, {"(model.npv + 600)^2", 12e4});
  HAS_MEANS("local r = model:risk('outage', { per_year = roi.uniform(0, 12), severity = roi.exponential(1), most = 20 })",
            {"r.loss[3]", 0.5}, {"(r.loss[3] - 0.5)^2", 1 + 1.0 / 12});
  HAS_MEANS("model:risk('outage', { per_year = 6, loss = 10, duration = 2 })", {"-model:npv_to(1)", 5}, {"-model.npv", 5 + 11 * 10});
}

static void other_events(void **unused) {
  (void)unused;
  /* At most one jump of a price, in 3, 4 or 5. */
  HAS_MEANS("local s = model:price_shock('vendor', { probability = 0.5, factor = roi.uniform(1.5, 2.5), at = roi.uniform(2, 5) })",
            {"s.factor[3]", 1 + 0.5 / 3}, {"s.factor[4]", 1 + 0.5 * 2 / 3}, {"s.factor[12]", 1.5}, {"roi.eq(s.at, 5)", 0.5 / 3});
  HAS_MEANS("local s = model:price_shock('vendor', { probability = 0.5, factor = 3, at = roi.uniform(2, 5), duration = 1 })",
            {"s.factor[3]", 1 + 0.5 * 2 / 3}, {"s.factor[5]", 1 + 0.5 * 2 / 3}, {"roi.sum(s.factor)", 14});
  HAS_MEANS("local a = model:abandonment('ends', { probability = 0.25, between = { 4, 7 } })", {"a.running[4]", 1 - 0.25 / 4},
            {"a.running[5]", 0.875}, {"a.running[12]", 0.75});
  /* As likely in any month: out of x by time p with 1 - exp(-p / 2). */
  HAS_MEANS("local a = model:abandonment('ends', { per_year = 6 })\nmodel:benefit('b', 8, { every = 'month' })",
            {"a.running[1]", exp(-0.5)}, {"a.running[3]", exp(-1.5)}, {"model:npv_to(2)", 8 * (exp(-0.5) + exp(-1))});
}

static void delays(void **unused) {
  (void)unused;
  /* Shifts of 1 to 5 periods, each as likely; never in a fifth of all. */
  HAS_MEANS("local s = roi.delayed(t, roi.uniform(0, 5))", {"s[6]", 3}, {"s[6]^2", 11}, {"s[2]", 0.2}, {"s[12]", 9});
  HAS_MEANS("local s = roi.delayed(t, roi.where(roi.bernoulli(0.2), roi.never, 2))", {"s[12]", 8});
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(once), cmocka_unit_test(often), cmocka_unit_test(other_events),
                                     cmocka_unit_test(delays)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
