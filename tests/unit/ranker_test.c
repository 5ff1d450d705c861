/* The ranker against qsort, in every way a column can be fed: bit for bit the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "stats/edges.h"
#include "stats/ranks.h"
#include "stats/sort.h"
#include "stats/stats.h"

#define MOST 200000

static double column[MOST], sorted[MOST];

static uint64_t seed;
static double uniform(void) {
  seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
  return ((double)(seed >> 12) + 0.5) * 0x1p-52;
}
static double normal(void) { /* near enough for a test */
  double s = -6;
  for (int i = 0; i < 12; i++) s += uniform();
  return s;
}

/* -- Columns that have broken such code before --------------------------------------------------------------------------- */

static double of_kind(int kind, size_t i, size_t n) {
  double p = ceil(20 + 8 * normal());
  switch (kind) {
    case 0: return 180e3 + 170e3 * normal();
    case 1: return ldexp(1 + uniform(), (int)(26 * normal())); /* sixteen orders of magnitude */
    case 2: return p > 36 ? ROI_NEVER : p;                       /* payback */
    case 3: return uniform() < 0.12;
    case 4: return 42.7;
    case 5: return (double)i;                                    /* sorted: the pilot misleads */
    case 6: return (double)(n - i);
    case 7: return i % 3 == 0 ? roi_state_value(ROI_STATE_NO_IRR) : i % 3 == 1 ? -normal() : ROI_NEVER;
    case 8: return uniform() < 0.5 ? -0.0 : uniform() < 0.5 ? 0.0 : 5e-324 * floor(3 * normal());
    case 9: return 1e15 + floor(8 * normal()) / 8;
    case 10: return 1e-9 * normal();
    case 11: return uniform() < 0.9 ? 0.0 : -20e3 * uniform();   /* an atom and a tail */
    case 12: return ROI_NEVER;
    case 13: return roi_state_value(ROI_STATE_SELF_FUNDED);
    case 14: return i < n / 2 ? 1.0 : 1e6 * uniform();           /* the pilot sees a constant */
    case 15: return (uniform() < 0.5 ? -1 : 1) * DBL_MAX * uniform();
    case 16: return uniform() < 0.97 ? ROI_NEVER : uniform();
    case 17: return floor(1e6 * uniform());                      /* many ties */
    case 18: return i + 1 < n ? -1.0 : -DBL_MAX;
    case 19: return ldexp(1 + uniform(), (int)(4 * normal()));    /* skewed, above 0 */
    case 20: return i % 50 ? of_kind(19, i, n) : -of_kind(19, i, n);
    default: return i % 2 ? DBL_MAX : -DBL_MAX;
  }
}
#define KINDS 22

static void make(int kind, size_t n) {
  seed = 88172645463325252u + (uint64_t)kind * 7919 + n;
  for (size_t i = 0; i < n; i++) column[i] = of_kind(kind, i, n);
}

static void moments_of(roi_moments *m, const double *x, size_t n) {
  roi_moments_clear(m);
  for (size_t i = 0; i < n; i += ROI_UNIT) {
    roi_moments unit;
    roi_moments_unit(&unit, x + i, n - i < ROI_UNIT ? n - i : ROI_UNIT);
    roi_moments_merge(m, &unit);
  }
}

/* -- The reference ------------------------------------------------------------------------------------------------------- */

static int rising(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double type_7(const double *x, size_t n, double p) {
  double at = (double)(n - 1) * p, w = at - floor(at);
  size_t i = (size_t)at;
  if (w == 0 || x[i] == x[i + 1] || isinf(x[i])) return x[i];
  if (isinf(x[i + 1])) return x[i + 1];
  double v = (1 - w) * x[i] + w * x[i + 1];
  return fmin(fmax(v, x[i]), x[i + 1]);
}

static void assert_same(double a, double b) {
  if (isnan(a) && isnan(b)) return;
  assert_memory_equal(&a, &b, sizeof a);
}

/* Checks the ranks, the tail and the histogram of a summary against the column sorted. */
static void check(const roi_summary *s, size_t n) {
  size_t ranked = 0, numbers = 0;
  for (size_t i = 0; i < n; i++)
    if (!isnan(column[i])) sorted[ranked++] = column[i] + 0.0, numbers += isfinite(column[i]) != 0;
  qsort(sorted, ranked, sizeof *sorted, rising);
  assert_int_equal(s->trials, n);
  assert_int_equal(s->n, numbers);
  assert_int_equal(s->never, ranked - numbers);
  if (ranked == 0) {
    assert_true(isnan(s->quantile[0]) && isnan(s->cvar5));
    return;
  }
  for (int i = 0; i < ROI_QUANTILES; i++) {
    double q = roi_quantile_levels[i], h = sqrt(q * (1 - q) / (double)ranked);
    assert_same(s->quantile[i], type_7(sorted, ranked, q));
    double se = NAN;
    if (ranked > 1 && q - h >= 0 && q + h <= 1) se = (type_7(sorted, ranked, q + h) - type_7(sorted, ranked, q - h)) / 2;
    if (isfinite(se) || isnan(s->quantile_se[i]) == 0) assert_same(s->quantile_se[i], se);
  }
  if (numbers == 0) {
    assert_int_equal(s->bins, 0);
    return;
  }
  assert_same(s->min, sorted[0]);
  assert_same(s->max, sorted[numbers - 1]);
  size_t k = ranked / 20, r = ranked % 20;
  if (k < numbers) {
    roi_exact_sum sum;
    roi_exact_clear(&sum);
    for (size_t i = k; i-- > 0;) roi_exact_add(&sum, sorted + i, 1);
    double c = 20 / (double)ranked * roi_exact_value(&sum) + (double)r / (double)ranked * sorted[k];
    assert_same(s->cvar5, fmin(fmax(c, sorted[0]), sorted[k]));
  }
  assert_in_range(s->bins, 1, ROI_HISTOGRAM_BINS);
  uint64_t counts[ROI_HISTOGRAM_BINS] = {0};
  int b = 0;
  for (size_t i = 0; i < numbers; i++) {
    while (b < s->bins - 1 && sorted[i] >= s->edges[b + 1]) b++;
    counts[b]++;
  }
  for (int i = 0; i < s->bins; i++) {
    assert_true(s->edges[i] < s->edges[i + 1]);
    assert_int_equal(s->counts[i], counts[i]);
  }
}

/* -- Ways to feed -------------------------------------------------------------------------------------------------------- */

static int passes_taken;

/* The column in passes: units dealt to `threads` parts, the parts joined backwards when `backwards`. */
static void in_passes(roi_summary *s, const roi_moments *m, size_t n, size_t budget, size_t threads, int known, int backwards) {
  roi_ranker *r = roi_ranker_new(known ? m : NULL, column, n < ROI_PILOT ? n : ROI_PILOT, budget);
  assert_non_null(r);
  for (passes_taken = 0; roi_ranker_needs_pass(r); passes_taken++) {
    assert_true(passes_taken < 40);
    roi_ranker_part *part[4], *given[4];
    for (size_t t = 0; t < threads; t++) assert_non_null(part[t] = roi_ranker_part_new(r));
    size_t unit = 0;
    for (size_t i = 0; i < n; i += ROI_UNIT, unit++)
      roi_ranker_feed(part[unit * 7 / 3 % threads], column + i, n - i < ROI_UNIT ? n - i : ROI_UNIT);
    if (passes_taken == 0 && !known) roi_ranker_set_moments(r, m);
    for (size_t t = 0; t < threads; t++) given[t] = part[backwards ? threads - 1 - t : t];
    assert_int_equal(roi_ranker_end_pass(r, given, threads, NULL), ROI_OK);
  }
  memset(s, 0, sizeof *s);
  roi_summarise(s, m, r);
  roi_ranker_free(r);
}

static void every_way(int kind, size_t n) {
  roi_summary whole, s;
  roi_moments m;
  make(kind, n);
  moments_of(&m, column, n);
  memset(&whole, 0, sizeof whole);
  assert_int_equal(roi_summarise_column(&whole, &m, column, n, NULL), ROI_OK);
  check(&whole, n);
  static const struct { size_t budget, threads; int known, backwards; } ways[] = {
      {0, 1, 0, 0}, {1000, 3, 0, 1}, {100000, 2, 0, 0}, {32 << 20, 1, 0, 0}, {0, 2, 1, 0}, {32 << 20, 4, 1, 1}};
  for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
    in_passes(&s, &m, n, ways[w].budget, ways[w].threads, ways[w].known, ways[w].backwards);
    assert_memory_equal(&s, &whole, sizeof s);
  }
}

static void short_columns(void **unused) {
  (void)unused;
  for (int kind = 0; kind < KINDS; kind++)
    for (size_t n = 1; n <= 45; n++) every_way(kind, n);
}

static void long_columns(void **unused) {
  (void)unused;
  for (int kind = 0; kind < KINDS; kind++) {
    every_way(kind, 1000);
    every_way(kind, 70001);
    every_way(kind, MOST);
  }
}

/* What speed rests on: ordinary columns take two passes, one when the moments are known. */
static void passes_needed(void **unused) {
  (void)unused;
  static const int ordinary[] = {0, 1, 2, 3, 9, 10, 11, 17, 19, 20};
  for (size_t i = 0; i < sizeof ordinary / sizeof *ordinary; i++) {
    roi_moments m;
    roi_summary s;
    make(ordinary[i], MOST);
    moments_of(&m, column, MOST);
    in_passes(&s, &m, MOST, 200000, 2, 0, 0);
    assert_int_equal(passes_taken, 2);
    in_passes(&s, &m, MOST, MOST, 1, 1, 0);
    assert_int_equal(passes_taken, 1);
  }
}

static int keys_rising(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

/* Keys of all kinds and sizes, also those that agree in all their leading bits. */
static void sorting(void **unused) {
  (void)unused;
  static uint64_t keys[5000], expected[5000], scratch[5000];
  static const size_t sizes[] = {0, 1, 2, 48, 49, 300, 2047, 2048, 5000};
  for (int kind = 0; kind < KINDS + 3; kind++)
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
      size_t n = sizes[s];
      seed = 1234567;
      for (size_t i = 0; i < n; i++) {
        double x = kind < KINDS ? of_kind(kind, i, n) : 0;
        keys[i] = isnan(x) ? UINT64_MAX : roi_key_of(x);
        if (kind == KINDS) keys[i] = i % 1000 == 0 ? i << 53 : (uint64_t)(1e6 * uniform());
        if (kind == KINDS + 1) keys[i] = UINT64_MAX - (uint64_t)(1e15 * uniform());
        if (kind == KINDS + 2) keys[i] = i % 2 ? UINT64_MAX - n + i : n - i;
      }
      memcpy(expected, keys, sizeof keys);
      qsort(expected, n, sizeof *expected, keys_rising);
      roi_sort_keys(keys, scratch, n);
      assert_memory_equal(keys, expected, n * sizeof *keys);
    }
}

/* Their values and back, and what lies next. */
static void keys_of_doubles(void **unused) {
  (void)unused;
  static const double x[] = {-INFINITY, -DBL_MAX, -1, -5e-324, 0, 5e-324, 1, DBL_MAX, INFINITY};
  for (size_t i = 0; i + 1 < sizeof x / sizeof *x; i++) {
    assert_true(roi_key_of(x[i]) < roi_key_of(x[i + 1]));
    assert_same(roi_key_value(roi_key_of(x[i])), x[i]);
    assert_true(roi_next_up(x[i]) > x[i]);
  }
  assert_int_equal(roi_key_of(-0.0), roi_key_of(0.0));
  assert_true(roi_next_up(-5e-324) == 0 && roi_next_up(DBL_MAX) == INFINITY && roi_next_up(1) == 1 + 0x1p-52);
}

static void no_trials(void **unused) {
  (void)unused;
  roi_moments m;
  roi_summary s;
  memset(&s, 0, sizeof s);
  roi_moments_clear(&m);
  assert_int_equal(roi_summarise_column(&s, &m, column, 0, NULL), ROI_OK);
  assert_int_equal(s.trials, 0);
  assert_int_equal(s.bins, 0);
  assert_true(isnan(s.mean) && isnan(s.quantile[4]) && isnan(s.p_negative));
}

/* A pass that feeds other values than the moments count is an error, not a wrong number. */
static void missing_values(void **unused) {
  (void)unused;
  roi_moments m;
  roi_error err;
  make(0, 70000);
  moments_of(&m, column, 70000);
  roi_ranker *r = roi_ranker_new(&m, column, ROI_PILOT, 1 << 20);
  roi_ranker_part *part = roi_ranker_part_new(r);
  roi_ranker_feed(part, column, 69999);
  assert_int_equal(roi_ranker_end_pass(r, &part, 1, &err), ROI_ERR_INTERNAL);
  roi_ranker_free(r);
}

static void readable_edges(void **unused) {
  (void)unused;
  double e[ROI_HISTOGRAM_BINS + 1];
  assert_int_equal(roi_histogram_edges(0, 1, 1, e), 2);
  assert_true(e[0] == -0.5 && e[1] == 0.5 && e[2] == 1.5);
  assert_int_equal(roi_histogram_edges(0.013, 0.987, 0, e), 50);
  assert_true(e[0] == 0 && e[7] == 0.14 && e[50] == 1);
  assert_int_equal(roi_histogram_edges(42, 42, 1, e), 1);
  assert_true(e[0] == 41.5 && e[1] == 42.5);
  assert_int_equal(roi_histogram_edges(-345e3, 801e3, 0, e), 59);
  assert_true(e[0] == -360e3 && e[1] == -340e3 && e[59] == 820e3);
}

/* Every allocation fails in turn: an error or a right answer, and nothing is lost. */
static void memory_runs_out(void **unused) {
  (void)unused;
  roi_moments m;
  roi_summary whole, s;
  make(0, 70001);
  moments_of(&m, column, 70001);
  memset(&whole, 0, sizeof whole);
  assert_int_equal(roi_summarise_column(&whole, &m, column, 70001, NULL), ROI_OK);
  int failures = 0;
  for (long n = 0;; n++) {
    roi_error err = {0};
    memset(&s, 0, sizeof s);
    roi_memory_fail_after(n);
    roi_status status = roi_summarise_column(&s, &m, column, 70001, &err);
    roi_memory_fail_after(-1);
    if (status == ROI_OK) break;
    assert_int_equal(status, ROI_ERR_MEMORY);
    assert_non_null(strstr(err.text, "out of memory"));
    failures++;
  }
  assert_memory_equal(&s, &whole, sizeof s);
  assert_true(failures > 10);
}

/* The same in passes: every step says so when it could not be done. */
static void memory_runs_out_in_passes(void **unused) {
  (void)unused;
  roi_moments m;
  roi_summary whole, s;
  make(17, 70001);
  moments_of(&m, column, 70001);
  memset(&whole, 0, sizeof whole);
  assert_int_equal(roi_summarise_column(&whole, &m, column, 70001, NULL), ROI_OK);
  int done = 0, failures = 0;
  for (long n = 0; !done; n++) {
    roi_status status = ROI_OK;
    roi_memory_fail_after(n);
    roi_ranker *r = roi_ranker_new(NULL, column, ROI_PILOT, 20000);
    while (r && status == ROI_OK && roi_ranker_needs_pass(r)) {
      roi_ranker_part *part[2] = {roi_ranker_part_new(r), roi_ranker_part_new(r)};
      if (!part[0] || !part[1]) {
        roi_ranker_part_free(part[0]);
        roi_ranker_part_free(part[1]);
        status = ROI_ERR_MEMORY;
        break;
      }
      roi_ranker_feed(part[0], column, 40000);
      roi_ranker_feed(part[1], column + 40000, 30001);
      roi_ranker_set_moments(r, &m);
      status = roi_ranker_end_pass(r, part, 2, NULL);
    }
    roi_memory_fail_after(-1);
    done = r && status == ROI_OK;
    if (!done) {
      assert_true(!r || status == ROI_ERR_MEMORY);
      failures++;
    }
    memset(&s, 0, sizeof s);
    if (r) roi_summarise(&s, &m, r);
    if (r && !done) assert_true(isnan(s.quantile[4]) && isnan(s.cvar5) && s.bins == 0 && s.mean == whole.mean);
    roi_ranker_free(r);
  }
  assert_memory_equal(&s, &whole, sizeof s);
  assert_true(failures > 30);
}

/* Moments from outside may be of another column: the search must come to an end all the same. */
static void moments_of_another_column(void **unused) {
  (void)unused;
  for (int high = 0; high < 2; high++) { /* most values lie where, by the moments, none are */
    roi_moments m;
    roi_summary s;
    roi_error err;
    for (size_t i = 0; i < MOST; i++) column[i] = (i < ROI_PILOT + 5000 ? 0 : high ? 1000 : -1000) + uniform();
    moments_of(&m, column, MOST);
    assert_int_equal(roi_summarise_column(&s, &m, column, MOST, &err), ROI_OK);
    if (high) m.max = 10;
    else m.min = -10;
    assert_int_equal(roi_summarise_column(&s, &m, column, MOST, &err), ROI_ERR_INTERNAL);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(short_columns),   cmocka_unit_test(long_columns),   cmocka_unit_test(passes_needed),
      cmocka_unit_test(sorting),         cmocka_unit_test(keys_of_doubles), cmocka_unit_test(no_trials),
      cmocka_unit_test(missing_values),  cmocka_unit_test(readable_edges), cmocka_unit_test(memory_runs_out),
      cmocka_unit_test(memory_runs_out_in_passes), cmocka_unit_test(moments_of_another_column)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
