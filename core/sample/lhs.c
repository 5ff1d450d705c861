/* Keyed permutations of [0, n).
 *
 * REFERENCE Black, Rogaway: Ciphers with arbitrary finite domains. CT-RSA 2002: a Feistel network on the pair (i mod a, i
 * div a) that adds, modulo a and modulo b, and is applied again while the result is not below n. McKay, Beckman, Conover,
 * Technometrics 21 (1979), for the Latin hypercube.
 * CHANGED   a and b are chosen next to the square root of the largest n, so that few results have to be permuted again. The
 * round function is a hash of two multiplications, which is no cipher and need not be one.
 * ACCURACY  Bijections by construction; how near to uniform over all n! is tested (tests/unit/sample_test.c). */
#include "sample/lhs.h"

#include <string.h>

#include "math/philox.h"

/* Last word of Philox's counters here; see sobol.c. */
#define ROI_LHS_STREAM 0x6c68636bu

/* An even number of columns, for turning an odd number of cells is an even permutation, and two odd sides would never give
 * an odd one. Near the square root of n; of those the one with least cells past n. */
static uint64_t columns_for(uint64_t n) {
  uint64_t root = 0;
  for (uint64_t bit = UINT64_C(1) << 22; bit; bit >>= 1)
    if ((root + bit) * (root + bit) <= n)
      root += bit;
  uint64_t start = root + (root * root < n), best = start += start % 2;
  for (uint64_t c = start; c <= start + start / 4 && c < start + 64; c += 2)
    if ((n + c - 1) / c * c < (n + best - 1) / best * best)
      best = c;
  return best;
}

void roi_lhs_init(roi_lhs *lhs, const uint64_t cells[ROI_LHS_LANES]) {
  uint64_t most = 1;
  for (size_t r = 0; r < ROI_LHS_LANES; r++) {
    lhs->cells[r] = (double)(int64_t)cells[r];
    if (cells[r] > most)
      most = cells[r];
  }
  uint64_t columns = columns_for(most);
  lhs->columns = (uint32_t)columns;
  lhs->rows = (uint32_t)((most + columns - 1) / columns);
  lhs->rounds = most <= 64 ? 32 : 10; /* small permutations take more to be near uniform over all of them */
}

void roi_lhs_keys_init(roi_lhs_keys *keys, uint64_t seed, size_t dimension) {
  uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
  for (uint32_t r = 0; r < ROI_LHS_LANES; r++) {
    uint32_t out[4];
    roi_philox((const uint32_t[4]){(uint32_t)dimension, (uint32_t)((uint64_t)dimension >> 32), r, ROI_LHS_STREAM}, key, out);
    keys->start[r] = out[0];
    keys->step[r] = out[1] | 1;
  }
}

/* A number below `range` that x and key decide. */
static inline uint32_t below(uint32_t x, uint32_t key, uint32_t range) {
  x = (x + key) * 0x7feb352du;
  x = (x ^ x >> 15) * 0x846ca68bu;
  return (uint32_t)((uint64_t)x * range >> 32);
}

/* x modulo range, for x < 2 range. */
static inline uint32_t wrap(uint32_t x, uint32_t range) {
  uint32_t less = x - range; /* far above x where x < range */
  return less < x ? less : x;
}

/* One pair of rounds: the column moves by what the row says, then the row by what the column says. */
static inline void two_rounds(uint32_t *column, uint32_t *row, uint32_t columns, uint32_t rows, uint32_t key, uint32_t step) {
  *column = wrap(*column + below(*row, key, columns), columns);
  *row = wrap(*row + below(*column, key + step, rows), rows);
}

/* The same for one number, and until it is below the lane's own. */
static double permute_one(const roi_lhs *lhs, const roi_lhs_keys *keys, size_t lane, double index) {
  do {
    uint64_t i = (uint64_t)index;
    uint32_t column = (uint32_t)(i % lhs->columns), row = (uint32_t)(i / lhs->columns), key = keys->start[lane];
    for (unsigned round = 0; round < lhs->rounds; round += 2, key += 2 * keys->step[lane])
      two_rounds(&column, &row, lhs->columns, lhs->rows, key, keys->step[lane]);
    index = (double)row * lhs->columns + column;
  } while (index >= lhs->cells[lane]);
  return index;
}

/* So many points at once keep the processor busy: the rounds of one wait for each other. */
#define BATCH ((size_t)4)

static void permute_batch(const roi_lhs *lhs, const roi_lhs_keys *keys, uint64_t first, double *cell) {
  uint32_t column[BATCH][ROI_LHS_LANES], row[BATCH][ROI_LHS_LANES], key[ROI_LHS_LANES];
  uint32_t columns = lhs->columns, rows = lhs->rows;
  memcpy(key, keys->start, sizeof key);
  for (size_t p = 0; p < BATCH; p++) {
    uint32_t c = (uint32_t)((first + p) % columns), w = (uint32_t)((first + p) / columns);
    for (size_t r = 0; r < ROI_LHS_LANES; r++) {
      column[p][r] = c;
      row[p][r] = w;
    }
  }
  for (unsigned round = 0; round < lhs->rounds; round += 2) {
    for (size_t p = 0; p < BATCH; p++)
      for (size_t r = 0; r < ROI_LHS_LANES; r++)
        two_rounds(&column[p][r], &row[p][r], columns, rows, key[r], keys->step[r]);
    for (size_t r = 0; r < ROI_LHS_LANES; r++)
      key[r] += 2 * keys->step[r];
  }
  for (size_t p = 0; p < BATCH; p++)
    for (size_t r = 0; r < ROI_LHS_LANES; r++)
      cell[p * ROI_LHS_LANES + r] = (double)(int32_t)row[p][r] * (double)(int32_t)columns + (double)(int32_t)column[p][r];
}

void roi_lhs_cells(const roi_lhs *lhs, const roi_lhs_keys *keys, uint64_t first, size_t points, double *cell) {
  for (size_t i = 0; i < points; i += BATCH) {
    double batch[BATCH * ROI_LHS_LANES];
    size_t some = points - i < BATCH ? points - i : BATCH;
    permute_batch(lhs, keys, first + i, batch);
    for (size_t p = 0; p < some; p++) {
      double index = (double)(int64_t)(first + i + p), *c = batch + p * ROI_LHS_LANES;
      int again = 0;
      for (size_t r = 0; r < ROI_LHS_LANES; r++)
        again |= (index >= lhs->cells[r]) | (c[r] >= lhs->cells[r]);
      for (size_t r = 0; again && r < ROI_LHS_LANES; r++)
        if (index >= lhs->cells[r] || c[r] >= lhs->cells[r])
          c[r] = permute_one(lhs, keys, r, index < lhs->cells[r] ? index : lhs->cells[r] - 1);
    }
    memcpy(cell + i * ROI_LHS_LANES, batch, some * ROI_LHS_LANES * sizeof *cell);
  }
}
