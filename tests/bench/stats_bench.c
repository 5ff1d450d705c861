/* Times the statistics of one column, one thread: ns of processor time a value, the best of several.
 * Usage: stats_bench [VALUES] */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "base/state.h"
#include "stats/stats.h"

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static uint64_t state = 88172645463325252u;
static double uniform(void) {
  state ^= state << 13, state ^= state >> 7, state ^= state << 17;
  return ((double)(state >> 12) + 0.5) * 0x1p-52;
}
static double normal(void) {
  return sqrt(-2 * log(uniform())) * cos(6.283185307179586 * uniform());
}

typedef struct column { const char *name; double (*draw)(void); } column;
static double money(void) { return 179756 + 170000 * normal(); }
static double skewed(void) { return exp(2 * normal()); }
static double payback(void) { double p = ceil(20 + 8 * normal()); return p > 36 ? ROI_NEVER : p < 1 ? 1 : p; }
static double condition(void) { return uniform() < 0.12; }
static double constant(void) { return 42.5; }

static void moments_of(roi_moments *m, const double *x, size_t n) {
  roi_moments_clear(m);
  for (size_t i = 0; i < n; i += ROI_UNIT) {
    roi_moments unit;
    roi_moments_unit(&unit, x + i, n - i < ROI_UNIT ? n - i : ROI_UNIT);
    roi_moments_merge(m, &unit);
  }
}

static int passes;
static void rank_in_passes(roi_summary *s, const roi_moments *m, const double *x, size_t n) {
  roi_ranker *r = roi_ranker_new(NULL, x, n < ROI_PILOT ? n : ROI_PILOT, (size_t)32 << 20);
  for (passes = 0; roi_ranker_needs_pass(r); passes++) {
    roi_ranker_part *part = roi_ranker_part_new(r);
    for (size_t i = 0; i < n; i += ROI_UNIT) roi_ranker_feed(part, x + i, n - i < ROI_UNIT ? n - i : ROI_UNIT);
    if (passes == 0) roi_ranker_set_moments(r, m);
    if (roi_ranker_end_pass(r, &part, 1, NULL) != ROI_OK) exit(1);
  }
  roi_summarise(s, m, r);
  roi_ranker_free(r);
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int argc, char **argv) {
  size_t n = argc > 1 ? (size_t)atof(argv[1]) : 4000000;
  static const column columns[] = {{"money", money}, {"skewed", skewed}, {"payback", payback}, {"condition", condition}, {"constant", constant}};
  double *x = roi_alloc_aligned(n, sizeof *x), *copy = roi_alloc_aligned(n, sizeof *copy);
  if (!x || !copy) return 1;
  printf("%zu values, ns a value\n%-10s %8s %8s %8s %6s %8s\n", n, "column", "moments", "summary", "passes", "count", "qsort");
  for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
    for (size_t i = 0; i < n; i++) x[i] = columns[c].draw();
    double best[3] = {1e9, 1e9, 1e9}, sorting = 0;
    roi_summary s = {0};
    roi_moments m;
    for (int k = 0; k < 5; k++) {
      double t0 = now();
      moments_of(&m, x, n);
      double t1 = now();
      if (roi_summarise_column(&s, &m, x, n, NULL) != ROI_OK) return 1;
      double t2 = now();
      rank_in_passes(&s, &m, x, n);
      double t3 = now(), t[3] = {t1 - t0, t2 - t1, t3 - t2};
      for (int j = 0; j < 3; j++)
        if (t[j] < best[j]) best[j] = t[j];
    }
    memcpy(copy, x, n * sizeof *x);
    double t0 = now();
    qsort(copy, n, sizeof *copy, compare);
    sorting = now() - t0;
    double scale = 1e9 / (double)n;
    printf("%-10s %8.2f %8.2f %8.2f %6d %8.2f\n", columns[c].name, best[0] * scale, best[1] * scale, best[2] * scale, passes,
           sorting * scale);
  }
  roi_free(x);
  roi_free(copy);
  return 0;
}
