/* Known answers of the statistics. Those without another source were computed with Python's fractions, mpmath and NumPy
 * (quantile), SciPy (binomtest(...).proportion_ci(method='wilson')). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/state.h"
#include "stats/exact_sum.h"
#include "stats/stats.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* Within a relative distance, in units of 1e-16. */
static void assert_near(double got, double expected, double units) {
  if (!(fabs(got - expected) <= fabs(expected) * units * 1e-16)) {
    print_error("%.17g is not %.17g (off by %.3g)\n", got, expected, got - expected);
    fail();
  }
}

static void moments_in(roi_moments *m, const double *x, size_t n, size_t unit_size) {
  roi_moments_clear(m);
  for (size_t i = 0; i < n; i += unit_size) {
    roi_moments unit;
    roi_moments_unit(&unit, x + i, n - i < unit_size ? n - i : unit_size);
    roi_moments_merge(m, &unit);
  }
}

/* NIST StRD, univariate summary statistics: Lottery, 218 values. */
static const double lottery[218] = {
    162, 671, 933, 414, 788, 730, 817, 33,  536, 875, 670, 236, 473, 167, 877, 980, 316, 950, 456, 92,  517, 557, 956, 954,
    104, 178, 794, 278, 147, 773, 437, 435, 502, 610, 582, 780, 689, 562, 964, 791, 28,  97,  848, 281, 858, 538, 660, 972,
    671, 613, 867, 448, 738, 966, 139, 636, 847, 659, 754, 243, 122, 455, 195, 968, 793, 59,  730, 361, 574, 522, 97,  762,
    431, 158, 429, 414, 22,  629, 788, 999, 187, 215, 810, 782, 47,  34,  108, 986, 25,  644, 829, 630, 315, 567, 919, 331,
    207, 412, 242, 607, 668, 944, 749, 168, 864, 442, 533, 805, 372, 63,  458, 777, 416, 340, 436, 140, 919, 350, 510, 572,
    905, 900, 85,  389, 473, 758, 444, 169, 625, 692, 140, 897, 672, 288, 312, 860, 724, 226, 884, 508, 976, 741, 476, 417,
    831, 15,  318, 432, 241, 114, 799, 955, 833, 358, 935, 146, 630, 830, 440, 642, 356, 373, 271, 715, 367, 393, 190, 669,
    8,   861, 108, 795, 269, 590, 326, 866, 64,  523, 862, 840, 219, 382, 998, 4,   628, 305, 747, 247, 34,  747, 729, 645,
    856, 974, 24,  568, 24,  694, 608, 480, 410, 729, 947, 293, 53,  930, 223, 203, 677, 227, 62,  455, 387, 318, 562, 242,
    428, 968};

static void nist_lottery(void **unused) {
  (void)unused;
  static const size_t units[] = {218, 4096, 100, 7, 1};
  for (size_t u = 0; u < COUNT(units); u++) {
    roi_moments m;
    moments_in(&m, lottery, 218, units[u]);
    assert_int_equal(m.n, 218);
    assert_near(m.mean, 518.95871559633027523, 10);
    assert_near(m.m2, 18464254.628440366972, 20);
    assert_near(m.m3, -498074169.76003703392, 2000); /* cancellation of up to 1e10 */
    assert_near(m.m4, 2826297441767.5984284, 20);
    assert_true(m.min == 4 && m.max == 999 && m.negative == 0);
    assert_near(sqrt(m.m2 / 217), 291.699727470969, 40); /* as certified */
  }
}

/* Far from 0, where a mean's rounding is not small beside the distance of two units' means. */
static void merged_far_from_zero(void **unused) {
  (void)unused;
  static const size_t units[] = {218, 100, 7, 1};
  double x[218];
  for (size_t i = 0; i < 218; i++) x[i] = lottery[i] - 1e15;
  for (size_t u = 0; u < COUNT(units); u++) {
    roi_moments m;
    moments_in(&m, x, 218, units[u]);
    assert_near(m.mean, -1e15 + 518.95871559633027523, 2);
    assert_near(m.m2, 18464254.628440366972, 100);
    assert_near(m.m4, 2826297441767.5984284, 1000);
    assert_near(m.loss_m2, 18464254.628440366972, 100);
    assert_int_equal(m.negative, 218);
  }
}

/* NIST StRD: NumAcc1 to 4. The deviation of the doubles themselves, which differ from NIST's decimals, in exact arithmetic. */
static void nist_accuracy(void **unused) {
  (void)unused;
  static const double three[] = {10000001, 10000003, 10000002};
  roi_moments m;
  moments_in(&m, three, 3, ROI_UNIT);
  assert_true(m.mean == 10000002 && m.m2 == 2 && m.m3 == 0 && m.m4 == 2);
  static const struct { double first, low, high, mean, m2; } cases[] = {
      {1.2, 1.1, 1.3, 1.2, 9.9999999999999955591},
      {1000000.2, 1000000.1, 1000000.3, 1000000.2, 10.000000006984919311},
      {10000000.2, 10000000.1, 10000000.3, 10000000.2, 10.000000111758709267}};
  for (size_t c = 0; c < COUNT(cases); c++) {
    double x[1001] = {cases[c].first};
    for (size_t i = 1; i < 1001; i++) x[i] = i % 2 ? cases[c].low : cases[c].high;
    moments_in(&m, x, 1001, ROI_UNIT);
    assert_near(m.mean, cases[c].mean, 3);
    assert_near(m.m2, cases[c].m2, 30);
    moments_in(&m, x, 1001, 64); /* merging works on means rounded to 1e-16 of 1e7 */
    assert_near(m.mean, cases[c].mean, 5);
    assert_near(m.m2, cases[c].m2, 2e6);
  }
  moments_in(&m, (double[]){10000000.2, 10000000.1, 10000000.3}, 3, ROI_UNIT);
  assert_near(sqrt(m.m2 / 2), 0.1, 2e8);
}

static void moments_edges(void **unused) {
  (void)unused;
  roi_moments m;
  double x[ROI_UNIT];
  for (size_t n = 1; n <= ROI_UNIT; n += n < 20 ? 1 : 1019) { /* constants are exactly so */
    for (size_t i = 0; i < n; i++) x[i] = -0.1;
    roi_moments_unit(&m, x, n);
    assert_true(m.n == n && m.mean == -0.1 && m.m2 == 0 && m.m4 == 0 && m.loss_mean == -0.1 && m.loss_m2 == 0);
    assert_true(m.min == -0.1 && m.max == -0.1 && m.negative == n);
  }
  for (size_t i = 0; i < ROI_UNIT; i++) x[i] = i % 2 ? DBL_MAX : DBL_MAX / 2; /* the sum overflows, the mean must not */
  roi_moments_unit(&m, x, ROI_UNIT);
  assert_near(m.mean, DBL_MAX / 4 * 3, 10);
  for (size_t i = 0; i < ROI_UNIT; i++) x[i] = i % 2 ? -0.0 : 0.0;
  roi_moments_unit(&m, x, ROI_UNIT);
  assert_true(m.negative == 0 && !signbit(m.min) && !signbit(m.max) && m.mean == 0);
  roi_moments_unit(&m, x, 0);
  assert_true(m.n == 0 && m.min == INFINITY && m.max == -INFINITY);
}

static void moments_count_states(void **unused) {
  (void)unused;
  double x[] = {3,   roi_state_value(ROI_STATE_NO_IRR), ROI_NEVER, -1, -roi_state_value(ROI_STATE_NO_IRR),
                NAN, roi_state_value(ROI_STATE_SELF_FUNDED), -INFINITY, -5, ROI_NEVER};
  for (size_t unit = 1; unit <= COUNT(x); unit++) {
    roi_moments m;
    moments_in(&m, x, COUNT(x), unit);
    assert_true(m.n == 3 && m.never == 2 && m.negative == 2);
    assert_true(m.state[ROI_STATE_NONE] == 2 && m.state[ROI_STATE_NO_IRR] == 2 && m.state[ROI_STATE_SELF_FUNDED] == 1);
    assert_near(m.mean, -1, 10);
    assert_near(m.m2, 32, 10);
    assert_true(m.min == -5 && m.max == 3 && m.loss_mean == -3 && m.loss_m2 == 8);
  }
}

/* A never or a state among the numbers takes the slow way, which must give the same as the numbers alone. */
static void both_ways_agree(void **unused) {
  (void)unused;
  double with[ROI_UNIT], numbers[ROI_UNIT];
  size_t n = 0;
  for (size_t i = 0; i < ROI_UNIT; i++) {
    with[i] = i % 5 == 3 ? ROI_NEVER : lottery[i % 218] * 0.37 - 100;
    if (i % 5 != 3) numbers[n++] = with[i];
  }
  roi_moments a, b;
  roi_moments_unit(&a, with, ROI_UNIT);
  roi_moments_unit(&b, numbers, n);
  assert_int_equal(a.never, ROI_UNIT - n);
  a.never = 0;
  assert_memory_equal(&a, &b, sizeof a);
}

static void summary_of_lottery(void **unused) {
  (void)unused;
  static const double quantiles[ROI_QUANTILES] = {16.19, 45.05, 106.8, 272.75, 522.5, 779.25, 909.2, 957.2, 984.98};
  roi_moments m;
  roi_summary s = {.name = "lottery"};
  moments_in(&m, lottery, 218, ROI_UNIT);
  assert_int_equal(roi_summarise_column(&s, &m, lottery, 218, NULL), ROI_OK);
  assert_string_equal(s.name, "lottery");
  for (int i = 0; i < ROI_QUANTILES; i++) assert_near(s.quantile[i], quantiles[i], 20);
  assert_near(s.mean_se, 19.7563984533356087, 20);
  assert_near(s.sd, 291.699727470969, 40);
  assert_near(s.sd_se, 8.83474288271375185, 50);
  assert_near(s.quantile_se[1], 15.409472462584732, 100);
  assert_near(s.quantile_se[4], 46.39418902817107, 100);
  assert_near(s.cvar5, 22.7155963302752294, 10);
  assert_near(s.cvar5_se, 4.42806784557018544, 2000);
  assert_true(s.p_negative == 0 && isnan(s.loss_given_loss));
  double less[218];
  for (size_t i = 0; i < 218; i++) less[i] = lottery[i] - 300;
  moments_in(&m, less, 218, 50);
  assert_int_equal(roi_summarise_column(&s, &m, less, 218, NULL), ROI_OK);
  assert_near(s.p_negative, 59.0 / 218, 2);
  assert_near(s.loss_given_loss, 156.559322033898305, 20);
  assert_near(s.loss_given_loss_se, 11.3423756935797105, 30);
}

/* The same column in other units is the same picture. */
static void summary_at_any_scale(void **unused) {
  (void)unused;
  static const double scales[] = {0x1p-60, 0x1p-30, 0x1p50, 0x1p66};
  roi_moments m;
  roi_summary one = {0}, s = {0};
  moments_in(&m, lottery, 218, ROI_UNIT);
  roi_summarise_column(&one, &m, lottery, 218, NULL);
  for (size_t c = 0; c < COUNT(scales); c++) {
    double x[218], k = scales[c];
    for (size_t i = 0; i < 218; i++) x[i] = lottery[i] * k;
    moments_in(&m, x, 218, ROI_UNIT);
    roi_summarise_column(&s, &m, x, 218, NULL);
    assert_true(s.mean == one.mean * k && s.mean_se == one.mean_se * k && s.sd == one.sd * k && s.sd_se == one.sd_se * k);
    assert_true(s.cvar5 == one.cvar5 * k && s.cvar5_se == one.cvar5_se * k);
    for (int i = 0; i < ROI_QUANTILES; i++)
      assert_true(s.quantile[i] == one.quantile[i] * k &&
                  (s.quantile_se[i] == one.quantile_se[i] * k || isnan(s.quantile_se[i])));
  }
}

/* Where squares leave the range of doubles the spread is not known, and not 0; fourth powers leave it sooner. */
static void summary_beyond_squares(void **unused) {
  (void)unused;
  static const struct { double scale; int has_sd, has_sd_se; } cases[] = {
      {1e-60, 1, 1}, {1e-100, 1, 0}, {1e-160, 0, 0}, {1e-300, 0, 0}, {1e60, 1, 1}, {1e80, 1, 0}, {1e200, 0, 0}, {0, 1, 1}};
  roi_moments m;
  roi_summary s = {0};
  for (size_t c = 0; c < COUNT(cases); c++) {
    double x[218];
    for (size_t i = 0; i < 218; i++) x[i] = lottery[i] * cases[c].scale;
    moments_in(&m, x, 218, 50);
    roi_summarise_column(&s, &m, x, 218, NULL);
    assert_true(isfinite(s.sd) == cases[c].has_sd && isfinite(s.mean_se) == cases[c].has_sd && isfinite(s.sd_se) == cases[c].has_sd_se);
    assert_true(isfinite(s.cvar5_se) == cases[c].has_sd);
    if (cases[c].scale != 0) assert_true(s.sd != 0 && s.mean_se != 0 && s.sd_se != 0 && s.cvar5_se != 0);
  }
}

static void summary_of_few(void **unused) {
  (void)unused;
  roi_moments m;
  roi_summary s = {0};
  double x[100];
  x[0] = -7.25;
  moments_in(&m, x, 1, ROI_UNIT);
  roi_summarise_column(&s, &m, x, 1, NULL);
  assert_true(s.n == 1 && s.mean == -7.25 && s.min == -7.25 && s.max == -7.25 && s.quantile[0] == -7.25 && s.quantile[8] == -7.25);
  assert_true(isnan(s.sd) && isnan(s.mean_se) && isnan(s.sd_se) && isnan(s.quantile_se[4]) && isnan(s.loss_given_loss_se));
  assert_true(s.cvar5 == -7.25 && isnan(s.cvar5_se) && s.loss_given_loss == 7.25 && s.p_negative == 1);
  assert_true(s.bins == 1 && s.counts[0] == 1 && s.edges[0] <= -7.25 && s.edges[1] > -7.25);
  x[1] = 2.75;
  moments_in(&m, x, 2, ROI_UNIT);
  roi_summarise_column(&s, &m, x, 2, NULL);
  assert_true(s.mean == -2.25 && s.quantile[4] == -2.25 && s.cvar5 == -7.25 && s.p_negative == 0.5);
  assert_near(s.sd, 7.0710678118654755, 2);
  for (int i = 0; i < 100; i++) x[i] = 1e15 + 0.125; /* constant */
  moments_in(&m, x, 100, 30);
  roi_summarise_column(&s, &m, x, 100, NULL);
  assert_true(s.mean == x[0] && s.sd == 0 && s.mean_se == 0 && s.sd_se == 0 && s.cvar5 == x[0] && s.cvar5_se == 0);
  assert_true(s.quantile[4] == x[0] && s.quantile_se[4] == 0);
  for (int i = 0; i < 100; i++) x[i] = i < 3 ? -1 : i < 90 ? 1 : ROI_NEVER; /* never is above every number */
  moments_in(&m, x, 100, 30);
  roi_summarise_column(&s, &m, x, 100, NULL);
  assert_true(s.n == 90 && s.never == 10 && s.trials == 100 && s.quantile[4] == 1);
  assert_true(isinf(s.quantile[6]) && isinf(s.quantile[8]) && isnan(s.quantile_se[6]) && isfinite(s.quantile_se[5]));
  assert_near(s.cvar5, -0.2, 10);
  assert_near(s.p_negative, 0.03, 2);
  for (int i = 0; i < 100; i++) x[i] = i < 4 ? 1 : ROI_NEVER;
  moments_in(&m, x, 100, 30);
  roi_summarise_column(&s, &m, x, 100, NULL);
  assert_true(s.mean == 1 && s.quantile[0] == 1 && isinf(s.quantile[1]) && isinf(s.cvar5) && isnan(s.cvar5_se));
}

static void ratios(void **unused) {
  (void)unused;
  static const size_t units[] = {4096, 50, 1};
  double y[217];
  for (size_t i = 0; i < 217; i++) y[i] = 1000 + lottery[i + 1];
  for (size_t u = 0; u < COUNT(units); u++) {
    roi_comoments m = {0};
    for (size_t i = 0; i < 217; i += units[u]) {
      roi_comoments part;
      roi_comoments_unit(&part, lottery + i, y + i, 217 - i < units[u] ? 217 - i : units[u]);
      roi_comoments_merge(&m, &part);
    }
    double ratio, se;
    roi_ratio_of_means(&m, &ratio, &se);
    assert_near(ratio, 0.339923811486463962, 20);
    assert_near(se, 0.0142144814648736369, 50);
  }
  double with_x[260], with_y[260]; /* pairs that hold a state do not count */
  size_t k = 0;
  for (size_t i = 0; i < 217; i++) {
    with_x[k] = lottery[i];
    with_y[k++] = y[i];
    if (i % 6 != 0) continue;
    with_x[k] = i % 12 ? 1 : roi_state_value(ROI_STATE_NO_COST);
    with_y[k++] = i % 12 ? ROI_NEVER : 2;
  }
  roi_comoments plain, with;
  roi_comoments_unit(&plain, lottery, y, 217);
  roi_comoments_unit(&with, with_x, with_y, k);
  assert_memory_equal(&plain, &with, sizeof with);
  double ratio, se;
  roi_ratio_of_means(&(roi_comoments){0}, &ratio, &se);
  assert_true(isnan(ratio) && isnan(se));
}

static void shares(void **unused) {
  (void)unused;
  static const struct { uint64_t k, n; double low, high; } known[] = {
      {3, 10, 0.10779126740630102, 0.6032218525388546},
      {0, 10, 0.0, 0.27753279986288926},
      {10, 10, 0.7224672001371109, 1.0},
      {1220, 10000, 0.11573005680977744, 0.12856024595845408}};
  for (size_t i = 0; i < COUNT(known); i++) {
    double p, se, low, high;
    roi_share(known[i].k, known[i].n, &p, &se, &low, &high);
    assert_true(p == (double)known[i].k / (double)known[i].n);
    assert_near(low, known[i].low, 20);
    assert_near(high, known[i].high, 20);
    assert_near(se, sqrt(p * (1 - p) / (double)known[i].n), 10);
  }
}

static double sum_of(const double *x, size_t n) {
  roi_exact_sum s;
  roi_exact_clear(&s);
  roi_exact_add(&s, x, n);
  return roi_exact_value(&s);
}

static void exact_sums(void **unused) {
  (void)unused;
  static const struct { size_t n; double x[5], sum; } known[] = {
      {0, {0}, 0},
      {5, {1e308, 1e308, -1e308, -1e308, 1}, 1},
      {3, {1e16, 1, 1e-16}, 1.0000000000000002e16},
      {5, {0.1, 0.2, 0.3, 0.4, -0.5}, 0.5},
      {3, {1e100, 1, -1e100}, 1},
      {3, {5e-324, 5e-324, 5e-324}, 1.5e-323},
      {3, {0x1p53, 1, 5e-324}, 9007199254740994},
      {2, {0x1p53, 1}, 9007199254740992},
      {2, {0x1p53 + 2, 1}, 9007199254740996},
      {3, {-0x1p53, -1, -0x1p-1000}, -9007199254740994},
      {2, {DBL_MAX, 9.9792015476736e291}, INFINITY},
      {2, {DBL_MAX, 9.979201547673598e291}, DBL_MAX},
      {2, {DBL_MIN, -5e-324}, 2.225073858507201e-308},
      {3, {1e-300, -1e300, 1e300}, 1e-300},
      {2, {-0.0, -0.0}, 0}};
  for (size_t i = 0; i < COUNT(known); i++) {
    double sum = sum_of(known[i].x, known[i].n);
    assert_true(sum == known[i].sum);
  }
}

/* Five thousand doubles of random bits, and of like size; Python: float(sum(map(Fraction, values))). */
static void exact_sums_of_many(void **unused) {
  (void)unused;
  static double x[5000];
  uint64_t bits = 88172645463325252u;
  for (size_t n = 0; n < COUNT(x);) {
    bits ^= bits << 13, bits ^= bits >> 7, bits ^= bits << 17;
    memcpy(&x[n], &bits, sizeof bits);
    n += isfinite(x[n]) && fabs(x[n]) < 1e300;
  }
  assert_true(sum_of(x, COUNT(x)) == 0x1.94bdb350ba9c8p+992);
  for (size_t n = 0; n < COUNT(x); n++) {
    bits ^= bits << 13, bits ^= bits >> 7, bits ^= bits << 17;
    x[n] = ldexp((double)(bits >> 11) - 0x1p52, -60 + (int)(bits & 63));
  }
  assert_true(sum_of(x, COUNT(x)) == 0x1.7f287321a3730p+58);
  roi_exact_sum all, part; /* in parts, backwards */
  roi_exact_clear(&all);
  for (size_t n = COUNT(x); n > 0; n -= 100) {
    roi_exact_clear(&part);
    for (size_t i = 1; i <= 100; i++) roi_exact_add(&part, x + n - i, 1);
    roi_exact_merge(&all, &part);
  }
  assert_int_equal(all.n, COUNT(x));
  assert_true(roi_exact_value(&all) == 0x1.7f287321a3730p+58);
  for (size_t n = 0; n < COUNT(x); n++) x[n] = -x[n];
  roi_exact_add(&all, x, COUNT(x));
  assert_true(roi_exact_value(&all) == 0);
}

static void exact_multiples(void **unused) {
  (void)unused;
  static const struct { double x; uint64_t times; double sum; } known[] = {
      {0.1, UINT64_C(1000000000000000007), 0x1.6345785d8a000p+56},
      {-1e-310, UINT64_MAX, -0x1.2688b70e62b00p-966},
      {3.7e250, (UINT64_C(1) << 40) + 1, 0x1.4abd29836b3bdp+872}};
  for (size_t i = 0; i < COUNT(known); i++) {
    roi_exact_sum s;
    roi_exact_clear(&s);
    roi_exact_add_times(&s, known[i].x, known[i].times);
    assert_true(roi_exact_value(&s) == known[i].sum);
    assert_true(s.n == known[i].times);
  }
  roi_exact_sum one, other;
  roi_exact_clear(&one);
  roi_exact_clear(&other);
  for (size_t i = 0; i < COUNT(lottery); i++) {
    double x = lottery[i] / 7 - 70;
    for (int k = 0; k < 37; k++) roi_exact_add(&one, &x, 1);
    roi_exact_add_times(&other, x, 37);
  }
  assert_true(roi_exact_value(&one) == roi_exact_value(&other));
}

/* The mean and its error alone are those of the whole moments, to the last bit. */
static void mean_alone(void **state) {
  (void)state;
  static double x[ROI_UNIT];
  uint64_t bits = 88172645463325252u;
  static const size_t counts[] = {1, 2, 7, 8, 9, 100, 4095, 4096};
  for (int kind = 0; kind < 5; kind++) {
    for (size_t c = 0; c < sizeof counts / sizeof counts[0]; c++) {
      size_t n = counts[c];
      for (size_t i = 0; i < n; i++) {
        bits ^= bits >> 12, bits ^= bits << 25, bits ^= bits >> 27;
        double u = (double)(bits * UINT64_C(2685821657736338717) >> 11) * 0x1p-53;
        x[i] = kind == 0 ? u - 0.5 : kind == 1 ? 1e15 + u : kind == 2 ? 0.1 : kind == 3 ? (double)(u < 0.3) : u * 1e300;
      }
      if (kind == 3 && n > 50) x[3] = INFINITY, x[9] = roi_state_value(ROI_STATE_NO_IRR), x[11] = NAN;
      roi_moments whole, alone;
      roi_moments_unit(&whole, x, n);
      roi_moments_mean_unit(&alone, x, n);
      assert_memory_equal(&whole.mean, &alone.mean, sizeof whole.mean);
      assert_memory_equal(&whole.mean_rest, &alone.mean_rest, sizeof whole.mean_rest);
      assert_memory_equal(&whole.m2, &alone.m2, sizeof whole.m2);
      assert_memory_equal(whole.state, alone.state, sizeof whole.state);
      assert_true(whole.n == alone.n && whole.never == alone.never && whole.min == alone.min && whole.max == alone.max);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(mean_alone),
      cmocka_unit_test(nist_lottery),       cmocka_unit_test(nist_accuracy),        cmocka_unit_test(moments_edges),
      cmocka_unit_test(moments_count_states), cmocka_unit_test(both_ways_agree),    cmocka_unit_test(summary_of_lottery),
      cmocka_unit_test(summary_at_any_scale), cmocka_unit_test(summary_beyond_squares), cmocka_unit_test(summary_of_few),
      cmocka_unit_test(ratios),
      cmocka_unit_test(shares),             cmocka_unit_test(exact_sums),           cmocka_unit_test(exact_sums_of_many),
      cmocka_unit_test(exact_multiples),      cmocka_unit_test(merged_far_from_zero)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
