/* How the target's mean moves over each input's range: the trials are cut into ten bins of an input's values, by
 * percentile, and the lowest and the highest mean of a bin are compared. Other inputs are whatever they were in those
 * trials, so correlated inputs move along. Spreadsheet add-ins call it "change in output mean".
 *
 * An input of at most ten values has a bin for each; equal values are never torn apart. Bins of fewer than ten trials
 * are left out, unless that would leave fewer than two.
 * ACCURACY low and high have the interval of a bin's mean, 1.96 standard errors. Even an input without influence
 * shows a swing, for the extremes of ten means differ: by 3.08 standard errors of a bin's mean on average, if that is
 * normal (Tippett 1925). A note says how much that is. */
#include <math.h>
#include <stdatomic.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/text.h"
#include "sensitivity/estimators.h"
#include "sensitivity/methods.h"

enum { BINS = 10, LEAST_IN_BIN = 10 };
#define RANGE_OF_TEN 3.0775054616

typedef struct bin {
  double n, mean, error;
} bin;
typedef struct binning {
  const roi_trials *t;
  roi_sensitivity *out;
  atomic_int failed;
} binning;

/* The bins that have trials, in the input's order; y is in that order too. Returns how many. */
static size_t make_bins(const double *y, const uint16_t *cell, size_t n, bin *bins) {
  size_t made = 0;
  for (size_t i = 0, end; i < n; i = end, made++) {
    double sum = 0, squares = 0;
    for (end = i; end < n && cell[end] == cell[i]; end++)
      sum += y[end] - y[i]; /* from y[i]: a common part costs no digits */
    double count = (double)(end - i), mean = y[i] + sum / count;
    for (size_t j = i; j < end; j++) squares += (y[j] - mean) * (y[j] - mean);
    bins[made] = (bin){count, mean, count > 1 ? sqrt(squares / (count - 1) / count) : NAN};
  }
  return made;
}

static void compare(binning *w, size_t factor, const bin *bins, size_t n) {
  const bin *low = NULL, *high = NULL;
  size_t large = 0;
  for (size_t i = 0; i < n; i++) large += bins[i].n >= LEAST_IN_BIN;
  for (size_t i = 0; i < n; i++) {
    if (large >= 2 && bins[i].n < LEAST_IN_BIN) continue;
    if (!low || bins[i].mean < low->mean) low = &bins[i];
    if (!high || bins[i].mean > high->mean) high = &bins[i];
  }
  double swing = high->mean - low->mean, half = ROI_Z95 * sqrt(low->error * low->error + high->error * high->error);
  double half_low = ROI_Z95 * low->error, half_high = ROI_Z95 * high->error;
  *roi_cell(w->out, ROI_BINNED_LOW, factor) = (roi_estimate){low->mean, low->mean - half_low, low->mean + half_low};
  *roi_cell(w->out, ROI_BINNED_HIGH, factor) =
      (roi_estimate){high->mean, high->mean - half_high, high->mean + half_high};
  *roi_cell(w->out, ROI_BINNED_SWING, factor) = (roi_estimate){swing, swing - half, swing + half};
}

static void bin_factor(void *data, size_t factor) {
  binning *w = data;
  size_t n = w->t->n;
  const double *x = w->t->x[factor];
  if (!x) return;
  uint32_t *order = roi_alloc(n, sizeof *order);
  uint64_t *room = roi_alloc(2 * n, sizeof *room);
  if (order && room) {
    double *sorted = (double *)room;
    uint16_t *cell = (uint16_t *)(room + n);
    bin bins[BINS];
    int by_value;
    roi_sorted_order(x, n, order, room);
    for (size_t i = 0; i < n; i++) sorted[i] = x[order[i]];
    roi_cells(sorted, n, BINS, cell, &by_value);
    for (size_t i = 0; i < n; i++) sorted[i] = w->t->y[order[i]];
    compare(w, factor, bins, make_bins(sorted, cell, n, bins));
  } else {
    atomic_store(&w->failed, 1);
  }
  roi_free(order);
  roi_free(room);
}

roi_status roi_binned_run(const roi_study *s, roi_sensitivity *out, roi_error *err) {
  roi_trials *t;
  roi_status status = roi_data_trials(s, out, 0, &t, err);
  if (status != ROI_OK || !t) return status;
  binning w = {.t = t, .out = out};
  roi_parallel(s->request->options.threads, s->n_factors, s->request->options.stop, bin_factor, &w);
  if (atomic_load(&w.failed)) {
    status = roi_fail_memory(err, "the bins of the inputs");
  } else {
    char n[32];
    roi_sensitivity_note(out,
                         "with %s trials an input without influence shows a swing of about %.2g standard deviations",
                         roi_format_count(n, t->n), RANGE_OF_TEN * sqrt(BINS / (double)t->n));
  }
  roi_trials_free(t);
  return status;
}
