/* bootstrap.h - intervals of estimates that are functions of sums over base points: the points are drawn again, with replacement. */
#ifndef ROI_SENSITIVITY_BOOTSTRAP_H
#define ROI_SENSITIVITY_BOOTSTRAP_H

#include <stddef.h>
#include <stdint.h>

#include "roisim.h"

#define ROI_BOOTSTRAP_COLUMNS 8      /* sums that are resampled together */
#define ROI_BOOTSTRAP_RESAMPLES 500  /* the default */
#define ROI_BOOTSTRAP_MOST_UNITS 128

/* How often each unit was drawn in each resample: count[resample * units + unit]. The same for every sum, so that functions of several
 * sums can be made resample by resample. */
typedef struct roi_bootstrap {
  size_t units, resamples;
  uint16_t *count;
  const volatile int *stop; /* may be NULL */
} roi_bootstrap;

/* units: at most UINT16_MAX; ROI_BOOTSTRAP_MOST_UNITS are enough where stretches of points can be units. resamples 0: the default.
 * Counts depend on the seed, the number of units and the resample alone. stop (may be NULL): raised, it ends the drawing with
 * ROI_ERR_INTERRUPTED, and the sums below before they are whole. */
roi_status roi_bootstrap_new(roi_bootstrap *b, uint64_t seed, size_t units, int resamples, int threads, const volatile int *stop,
                             roi_error *err);
void roi_bootstrap_free(roi_bootstrap *b);

/* sums[unit * 8 + column] to out[resample * 8 + column]: the sum over the resample's units; once the stop is
 * raised further resamples stay as they are, and the caller must bear that. */
void roi_bootstrap_sums(const roi_bootstrap *b, const double *sums, double *out);

/* The 95% percentile interval of n values, which are left sorted; NaN is left out, and the interval NaN where more than half are. */
void roi_bootstrap_interval(double *values, size_t n, double *low, double *high);

#endif
