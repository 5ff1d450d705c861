/* REFERENCE Efron and Tibshirani: An Introduction to the Bootstrap (1993), chapters 6 and 13 (percentile intervals).
 *
 * What is drawn again are units: base points or, where there are more than 128 of them, 128 stretches of consecutive points. Of
 * independent points that is the same to within the noise of a bootstrap; of Sobol' points a stretch keeps its balance, so that the
 * interval is nearer to the error of the whole design than one from single points, which takes them for independent. A resample then
 * costs 128 draws however many points there are.
 *
 * ACCURACY 500 resamples leave the ends of the interval uncertain by about a tenth of its width. Of Sobol' indices with 64 to 16,384
 * base points (Ishigami, 60 seeds) the intervals held the truth in 95% to 100% of cases, and at 16,384 points were still several
 * times wider than the error: safe rather than tight. */
#include "sensitivity/bootstrap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/sha256.h"
#include "math/philox.h"

typedef struct drawing { roi_bootstrap *b; uint32_t key[2]; uint64_t stream; } drawing;

/* Counter: the place within the resample, the resample, and the stream that names this use of the seed. */
static void draw_resample(void *data, size_t resample) {
  drawing *d = data;
  uint16_t *count = d->b->count + resample * d->b->units;
  memset(count, 0, d->b->units * sizeof *count);
  for (size_t i = 0; i < d->b->units; i += 4) {
    uint32_t counter[4] = {(uint32_t)(i / 4), (uint32_t)resample, (uint32_t)d->stream, (uint32_t)(d->stream >> 32)}, word[4];
    roi_philox(counter, d->key, word);
    for (size_t k = 0; k < 4 && i + k < d->b->units; k++) count[(uint64_t)word[k] * d->b->units >> 32]++;
  }
}

roi_status roi_bootstrap_new(roi_bootstrap *b, uint64_t seed, size_t units, int resamples, int threads, const volatile int *stop,
                             roi_error *err) {
  b->stop = stop;
  b->units = units;
  b->resamples = resamples > 0 ? (size_t)resamples : ROI_BOOTSTRAP_RESAMPLES;
  b->count = roi_alloc(units * b->resamples, sizeof *b->count);
  if (!b->count) return roi_fail_memory(err, "bootstrap intervals");
  drawing d = {b, {(uint32_t)seed, (uint32_t)(seed >> 32)}, roi_name_key("roisim:bootstrap")};
  roi_parallel(threads, b->resamples, stop, draw_resample, &d);
  return stop && *stop ? roi_fail(err, ROI_ERR_INTERRUPTED, "interrupted") : ROI_OK;
}

void roi_bootstrap_free(roi_bootstrap *b) {
  roi_free(b->count);
  b->count = NULL;
}

void roi_bootstrap_sums(const roi_bootstrap *b, const double *sums, double *out) {
  for (size_t r = 0; r < b->resamples && !(b->stop && *b->stop); r++) {
    const uint16_t *count = b->count + r * b->units;
    double total[ROI_BOOTSTRAP_COLUMNS] = {0};
    for (size_t u = 0; u < b->units; u++) {
      double times = count[u];
      const double *row = sums + u * ROI_BOOTSTRAP_COLUMNS;
      for (int c = 0; c < ROI_BOOTSTRAP_COLUMNS; c++) total[c] += times * row[c];
    }
    memcpy(out + r * ROI_BOOTSTRAP_COLUMNS, total, sizeof total);
  }
}

static int rising(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* R's type 7 of sorted values. */
static double quantile(const double *values, size_t n, double p) {
  double at = p * (double)(n - 1);
  size_t i = (size_t)at;
  return i + 1 < n ? values[i] + (at - (double)i) * (values[i + 1] - values[i]) : values[n - 1];
}

void roi_bootstrap_interval(double *values, size_t n, double *low, double *high) {
  size_t known = 0;
  for (size_t i = 0; i < n; i++)
    if (!isnan(values[i])) values[known++] = values[i];
  *low = *high = (double)NAN;
  if (known == 0 || known < n / 2) return;
  qsort(values, known, sizeof *values, rising);
  *low = quantile(values, known, 0.025);
  *high = quantile(values, known, 0.975);
}
