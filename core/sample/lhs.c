/* Keyed permutations of [0, n).
 *
 * REFERENCE Black, Rogaway: Ciphers with arbitrary finite domains. CT-RSA 2002: a Feistel network on the pair (i mod a, i div a) that
 * adds, modulo a and modulo b, and is applied again while the result is not below n. McKay, Beckman, Conover, Technometrics 21
 * (1979), for the Latin hypercube.
 * CHANGED   a and b are whole numbers next to the square root of the largest n, so that few results (less than one in the square root
 * of n) have to be permuted again. The round function is a hash of two multiplications, which is no cipher and need not be one.
 * ACCURACY  Bijections by construction; how near to uniform over all n! is tested (tests/unit/sample_test.c). */
#include "sample/lhs.h"

#include "math/philox.h"

/* Last word of Philox's counters here; see sobol.c. */
#define ROI_LHS_STREAM 0x6c68636bu

void roi_lhs_init(roi_lhs *lhs, const uint64_t cells[ROI_LHS_LANES]) {
  uint64_t most = 1;
  for (size_t r = 0; r < ROI_LHS_LANES; r++) {
    lhs->cells[r] = (double)(int64_t)cells[r];
    if (cells[r] > most)
      most = cells[r];
  }
  uint64_t columns = 1;
  for (uint64_t bit = UINT64_C(1) << 22; bit; bit >>= 1)
    if ((columns + bit) * (columns + bit) <= most)
      columns += bit;
  if (columns * columns < most)
    columns++;
  lhs->columns = (uint32_t)columns;
  lhs->rows = (uint32_t)((most + columns - 1) / columns);
  lhs->rounds = most <= 256 ? 24 : 8; /* small permutations take more to be near uniform over all of them */
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
  x ^= x >> 16;
  x *= 0x9e3779b1u;
  return (uint32_t)((uint64_t)x * range >> 32);
}

/* One pair of rounds: the column moves by what the row says, then the row by what the column says. */
static inline void two_rounds(uint32_t *column, uint32_t *row, uint32_t columns, uint32_t rows, uint32_t key, uint32_t step) {
  uint32_t c = *column + below(*row, key, columns);
  c = c >= columns ? c - columns : c;
  uint32_t r = *row + below(c, key + step, rows);
  *row = r >= rows ? r - rows : r;
  *column = c;
}

static uint64_t permute_one(const roi_lhs *lhs, const roi_lhs_keys *keys, size_t lane, uint64_t i) {
  do {
    uint32_t column = (uint32_t)(i % lhs->columns), row = (uint32_t)(i / lhs->columns), key = keys->start[lane];
    for (unsigned round = 0; round < lhs->rounds; round += 2, key += 2 * keys->step[lane])
      two_rounds(&column, &row, lhs->columns, lhs->rows, key, keys->step[lane]);
    i = (uint64_t)row * lhs->columns + column;
  } while (i >= (uint64_t)lhs->cells[lane]);
  return i;
}

void roi_lhs_cells(const roi_lhs *lhs, const roi_lhs_keys *keys, uint64_t point, double cell[ROI_LHS_LANES]) {
  uint32_t column[ROI_LHS_LANES], row[ROI_LHS_LANES], key[ROI_LHS_LANES], columns = lhs->columns, rows = lhs->rows;
  uint32_t first_column = (uint32_t)(point % columns), first_row = (uint32_t)(point / columns);
  double index = (double)(int64_t)point;
  int again = 0;
  for (size_t r = 0; r < ROI_LHS_LANES; r++) {
    column[r] = first_column;
    row[r] = first_row;
    key[r] = keys->start[r];
  }
  for (unsigned round = 0; round < lhs->rounds; round += 2)
    for (size_t r = 0; r < ROI_LHS_LANES; r++) {
      two_rounds(&column[r], &row[r], columns, rows, key[r], keys->step[r]);
      key[r] += 2 * keys->step[r];
    }
  for (size_t r = 0; r < ROI_LHS_LANES; r++) {
    cell[r] = (double)(int32_t)row[r] * (double)(int32_t)columns + (double)(int32_t)column[r];
    again |= (index >= lhs->cells[r]) | (cell[r] >= lhs->cells[r]);
  }
  if (!again)
    return;
  for (size_t r = 0; r < ROI_LHS_LANES; r++)
    if (index >= lhs->cells[r] || cell[r] >= lhs->cells[r])
      cell[r] = (double)(int64_t)permute_one(lhs, keys, r, index < lhs->cells[r] ? point : (uint64_t)lhs->cells[r] - 1);
}
