#include "sample/design.h"

#include <inttypes.h>
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "sample/lhs.h"
#include "sample/scramble.h"
#include "sample/sobol.h"

/* A dimension of a Sobol' design: its direction numbers and each replicate's keys for scramble.h, by key and replicate. */
typedef struct sobol_dimension {
  uint32_t v[ROI_SOBOL_BITS], keys[ROI_SCRAMBLE_KEYS][ROI_REPLICATES];
} sobol_dimension;

struct roi_design {
  sobol_dimension *sobol; /* by dimension; NULL in a Latin hypercube */
  roi_lhs_keys *lhs_keys; /* by dimension; NULL in a Sobol' design */
  roi_lhs lhs;
};

_Static_assert(ROI_LHS_LANES == ROI_REPLICATES, "one lane for each replicate");

#define CHUNK ((size_t)32) /* points computed at once */
#define LHS_DIMENSIONS ((size_t)1 << 20)
#define LEAST_TRIALS (2 * ROI_REPLICATES)
#define SOBOL_MOST_TRIALS ((UINT64_C(1) << ROI_SOBOL_BITS) * ROI_REPLICATES)
#define LHS_MOST_TRIALS (UINT64_C(1) << 49)

size_t roi_design_dimensions(roi_sampling sampling) {
  switch (sampling) {
  case ROI_SAMPLING_SOBOL: return ROI_SOBOL_DIMENSIONS;
  case ROI_SAMPLING_LHS: return LHS_DIMENSIONS;
  default: return 0;
  }
}

static roi_status check(roi_sampling sampling, uint64_t trials, size_t dimensions, roi_error *err) {
  int sobol = sampling == ROI_SAMPLING_SOBOL;
  const char *name = sobol ? "sobol" : "lhs";
  uint64_t most = sobol ? SOBOL_MOST_TRIALS : LHS_MOST_TRIALS;
  if (!sobol && sampling != ROI_SAMPLING_LHS)
    return roi_fail(err, ROI_ERR_USAGE, "sampling %d is not one with a design of points: lhs or sobol", (int)sampling);
  if (trials < LEAST_TRIALS)
    return roi_fail(err, ROI_ERR_USAGE,
                    "%s sampling needs at least %d trials, 2 in each of its %d replicates, not %" PRIu64
                    ": ask for more trials, or for mc sampling",
                    name, LEAST_TRIALS, ROI_REPLICATES, trials);
  if (trials > most)
    return roi_fail(err, ROI_ERR_USAGE,
                    "%s sampling has at most %" PRIu64 " trials, not %" PRIu64 ": ask for fewer trials, or for mc sampling", name,
                    most, trials);
  if (dimensions > roi_design_dimensions(sampling))
    return roi_fail(err, ROI_ERR_USAGE, "%s sampling has at most %zu dimensions, not %zu: the others need mc sampling", name,
                    roi_design_dimensions(sampling), dimensions);
  return ROI_OK;
}

static void set_sobol(sobol_dimension *s, size_t dimension, uint64_t seed) {
  roi_sobol_directions(dimension, s->v);
  for (size_t r = 0; r < ROI_REPLICATES; r++) {
    uint32_t keys[ROI_SCRAMBLE_KEYS];
    roi_scramble_keys(roi_sobol_seed(seed, r, dimension), keys);
    for (size_t k = 0; k < ROI_SCRAMBLE_KEYS; k++)
      s->keys[k][r] = keys[k];
  }
}

roi_design *roi_design_new(roi_sampling sampling, uint64_t trials, size_t dimensions, uint64_t seed, roi_error *err) {
  if (check(sampling, trials, dimensions, err))
    return NULL;
  roi_design *d = roi_alloc_zero(1, sizeof *d);
  if (d && sampling == ROI_SAMPLING_SOBOL)
    d->sobol = roi_alloc_aligned(dimensions, sizeof *d->sobol);
  else if (d)
    d->lhs_keys = roi_alloc_aligned(dimensions, sizeof *d->lhs_keys);
  if (!d || (!d->sobol && !d->lhs_keys)) {
    roi_design_free(d);
    roi_fail_memory(err, "preparing the design of points");
    return NULL;
  }
  uint64_t cells[ROI_REPLICATES];
  for (uint64_t r = 0; r < ROI_REPLICATES; r++)
    cells[r] = trials / ROI_REPLICATES + (r < trials % ROI_REPLICATES);
  roi_lhs_init(&d->lhs, cells);
  for (size_t i = 0; i < dimensions; i++) {
    if (d->sobol)
      set_sobol(&d->sobol[i], i, seed);
    else
      roi_lhs_keys_init(&d->lhs_keys[i], seed, i);
  }
  return d;
}

void roi_design_free(roi_design *d) {
  if (!d)
    return;
  roi_free(d->sobol);
  roi_free(d->lhs_keys);
  roi_free(d);
}

/* One point in all its replicates. */
static inline void scramble_point(const sobol_dimension *s, uint32_t x, double *u) {
  uint32_t digits = roi_reverse_bits(x);
  const uint32_t(*k)[ROI_REPLICATES] = s->keys;
  for (size_t r = 0; r < ROI_REPLICATES; r++)
    u[r] = roi_scramble(digits, k[0][r], k[1][r], k[2][r], k[3][r], k[4][r], k[5][r], k[6][r], k[7][r], k[8][r], k[9][r]);
}

static void fill_sobol(const sobol_dimension *s, uint64_t first, size_t points, double *u) {
  uint32_t x[CHUNK];
  roi_sobol_points(s->v, (uint32_t)first, points, x);
  for (size_t i = 0; i < points; i++)
    scramble_point(s, x[i], u + i * ROI_REPLICATES);
}

/* The result is put on the grid of plain uniforms, (k + 1/2) / 2^52, which stays clear of 0 and 1. */
static void fill_lhs(const roi_lhs *lhs, const roi_lhs_keys *keys, uint64_t first, size_t points, const double *plain, double *u) {
  double cell[CHUNK * ROI_REPLICATES];
  roi_lhs_cells(lhs, keys, first, points, cell);
  for (size_t i = 0; i < points; i++)
    for (size_t r = 0; r < ROI_REPLICATES; r++) {
      size_t at = i * ROI_REPLICATES + r;
      double k = floor((cell[at] + plain[at]) / lhs->cells[r] * 0x1p52);
      u[at] = ((k < 0x1p52 - 1 ? k : 0x1p52 - 1) + 0.5) * 0x1p-52;
    }
}

void roi_design_fill(const roi_design *d, size_t dimension, uint64_t first, uint32_t lanes, const double *plain, double *u) {
  uint64_t point = first / ROI_REPLICATES;
  size_t points = lanes / ROI_REPLICATES;
  for (size_t i = 0; i < points; i += CHUNK) {
    size_t some = points - i < CHUNK ? points - i : CHUNK, at = i * ROI_REPLICATES;
    if (d->sobol)
      fill_sobol(&d->sobol[dimension], point + i, some, u + at);
    else
      fill_lhs(&d->lhs, &d->lhs_keys[dimension], point + i, some, plain + at, u + at);
  }
}
