/* REFERENCE Bratley, Fox: Algorithm 659: Implementing Sobol's quasirandom sequence generator. ACM TOMS 14 (1988), for the
 * recurrence; Joe, Kuo: Constructing Sobol sequences with better two-dimensional projections. SIAM J. Sci. Comput. 30
 * (2008), for its initial numbers.
 * CHANGED   Points come in natural order, not in that of the Gray code; both hold the same points in each stretch of 2^k
 * from a multiple of 2^k on. */
#include "sample/sobol.h"

#include <string.h>

#include "math/philox.h"
#include "sample/scramble.h"
#include "sample/sobol_directions.h"

/* Last words of Philox's counters here. Those of plain draws end with half of a name's digest, so other words are met there. */
#define ROI_SCRAMBLE_STREAM 0x736f626fu
#define ROI_SEED_STREAM 0x73656564u

/* `width` bits from bit `at` of high:low. */
static uint32_t bits_at(const roi_sobol_row *row, unsigned at, unsigned width) {
  uint64_t from;
  if (at >= 64)
    from = row->high >> (at - 64);
  else
    from = row->low >> at | (at ? row->high << (64 - at) : 0);
  return (uint32_t)(from & ((UINT64_C(1) << width) - 1));
}

void roi_sobol_directions(size_t dimension, uint32_t v[ROI_SOBOL_BITS]) {
  const roi_sobol_row *row = &roi_sobol_table[dimension];
  if (dimension == 0) {
    for (unsigned j = 0; j < ROI_SOBOL_BITS; j++)
      v[j] = 0x80000000u >> j;
    return;
  }
  unsigned degree = 31 - (unsigned)__builtin_clz(row->polynomial), at = 0;
  for (unsigned j = 0; j < degree; j++) {
    v[j] = (bits_at(row, at, j) << 1 | 1) << (31 - j);
    at += j;
  }
  for (unsigned j = degree; j < ROI_SOBOL_BITS; j++) {
    uint32_t next = v[j - degree] ^ v[j - degree] >> degree;
    for (unsigned k = 1; k < degree; k++)
      if (row->polynomial >> (degree - k) & 1)
        next ^= v[j - k];
    v[j] = next;
  }
}

void roi_sobol_points(const uint32_t v[ROI_SOBOL_BITS], uint32_t first, size_t n, uint32_t *x) {
  uint32_t change[ROI_SOBOL_BITS], point = 0, all = 0; /* change[j]: from i to i + 1 where bit j is the lowest zero of i */
  for (unsigned j = 0; j < ROI_SOBOL_BITS; j++) {
    change[j] = all ^= v[j];
    if (first >> j & 1)
      point ^= v[j];
  }
  for (size_t i = 0; i < n; i++) {
    x[i] = point;
    uint32_t index = first + (uint32_t)i + 1;
    point ^= change[index ? __builtin_ctz(index) : 31];
  }
}

void roi_scramble_keys(uint64_t seed, uint32_t keys[ROI_SCRAMBLE_KEYS]) {
  uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)}, out[4];
  for (uint32_t i = 0; i < ROI_SCRAMBLE_KEYS; i++) {
    if (i % 4 == 0)
      roi_philox((const uint32_t[4]){i / 4, 0, 0, ROI_SCRAMBLE_STREAM}, key, out);
    keys[i] = out[i % 4];
  }
}

/* By sixteens, so that the inner loop's length is known and it becomes vector code. */
void roi_sobol_scramble(const uint32_t *x, size_t n, uint64_t seed, double *u) {
  uint32_t k[ROI_SCRAMBLE_KEYS], in[16] = {0};
  double out[16];
  roi_scramble_keys(seed, k);
  for (size_t i = 0; i < n; i += 16) {
    size_t some = n - i < 16 ? n - i : 16;
    memcpy(in, x + i, some * sizeof *in);
    for (size_t j = 0; j < 16; j++)
      out[j] = roi_scramble(roi_reverse_bits(in[j]), k[0], k[1], k[2], k[3], k[4], k[5], k[6], k[7], k[8], k[9]);
    memcpy(u + i, out, some * sizeof *out);
  }
}

uint64_t roi_sobol_seed(uint64_t seed, uint64_t randomisation, size_t dimension) {
  uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)}, out[4];
  uint32_t counter[4] = {(uint32_t)dimension, (uint32_t)randomisation, (uint32_t)(randomisation >> 32), ROI_SEED_STREAM};
  roi_philox(counter, key, out);
  return (uint64_t)out[1] << 32 | out[0];
}
