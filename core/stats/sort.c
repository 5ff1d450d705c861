/* Radix sort by bytes, the lowest first. Bytes that all keys share are passed over, which for the close neighbours that the
 * ranker collects are several. */
#include "stats/sort.h"

#define SMALL 48

static void insertion_sort(uint64_t *keys, size_t n) {
  for (size_t i = 1; i < n; i++) {
    uint64_t k = keys[i];
    size_t j = i;
    for (; j > 0 && keys[j - 1] > k; j--) keys[j] = keys[j - 1];
    keys[j] = k;
  }
}

void roi_sort_keys(uint64_t *keys, uint64_t *scratch, size_t n) {
  if (n <= SMALL) {
    insertion_sort(keys, n);
    return;
  }
  size_t count[8][256] = {{0}};
  for (size_t i = 0; i < n; i++)
    for (int b = 0; b < 8; b++) count[b][keys[i] >> (8 * b) & 255]++;
  uint64_t *from = keys, *to = scratch;
  for (int b = 0; b < 8; b++) {
    if (count[b][keys[0] >> (8 * b) & 255] == n) continue;
    size_t at[256], sum = 0;
    for (int d = 0; d < 256; d++) at[d] = sum, sum += count[b][d];
    for (size_t i = 0; i < n; i++) to[at[from[i] >> (8 * b) & 255]++] = from[i];
    uint64_t *swap = from;
    from = to, to = swap;
  }
  if (from != keys) memcpy(keys, from, n * sizeof *keys);
}
