/* The order of a column's values: keys and positions are packed into one word, so that a sort of plain words does the
 * work.
 *
 * The position takes the low bits that n needs, the value's key, counted from the least, the rest. Where keys agree
 * in those leading bits but not in all, the few values concerned are sorted again by themselves, which leaves more
 * bits to their keys. */
#include <string.h>

#include "sensitivity/estimators.h"
#include "stats/sort.h"

#define FEW 16

static void insert(const double *x, uint32_t *order, size_t n) {
  for (size_t i = 1; i < n; i++) {
    uint32_t moved = order[i];
    uint64_t key = roi_key_of(x[moved]);
    size_t j = i;
    for (; j > 0 && roi_key_of(x[order[j - 1]]) > key; j--) order[j] = order[j - 1];
    order[j] = moved;
  }
}

/* Sorts what order names, positions rising; all: order names every position, and has not been filled. */
static void sort_part(const double *x, uint32_t *order, size_t n, int all, uint64_t *keys, uint64_t *scratch) {
  if (n <= FEW) {
    for (size_t i = 0; all && i < n; i++) order[i] = (uint32_t)i;
    insert(x, order, n);
    return;
  }
  uint64_t low = UINT64_MAX, high = 0;
  for (size_t i = 0; i < n; i++) {
    uint64_t key = keys[i] = roi_key_of(x[all ? i : order[i]]);
    low = key < low ? key : low;
    high = key > high ? key : high;
  }
  if (low == high) {
    for (size_t i = 0; all && i < n; i++) order[i] = (uint32_t)i;
    return;
  }
  unsigned bits = 1, shift = 0;
  while ((n - 1) >> bits) bits++;
  while ((high - low) >> shift >> (64 - bits)) shift++;
  for (size_t i = 0; i < n; i++) keys[i] = (keys[i] - low) >> shift << bits | i;
  roi_sort_keys(keys, scratch, n);
  uint64_t position = (UINT64_C(1) << bits) - 1;
  if (all) {
    for (size_t i = 0; i < n; i++) order[i] = (uint32_t)(keys[i] & position);
  } else {
    uint32_t *old = (uint32_t *)scratch;
    memcpy(old, order, n * sizeof *old);
    for (size_t i = 0; i < n; i++) order[i] = old[keys[i] & position];
  }
  if (shift == 0) return;
  for (size_t i = 0, end; i < n; i = end) {
    for (end = i + 1; end < n && keys[end] >> bits == keys[i] >> bits; end++) continue;
    if (end > i + 1) sort_part(x, order + i, end - i, 0, keys + i, scratch + i);
  }
}

void roi_sorted_order(const double *x, size_t n, uint32_t *order, uint64_t *room) {
  sort_part(x, order, n, 1, room, room + n);
}
