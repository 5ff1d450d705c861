/* Radix sort, the lowest digit first.
 *
 * Long arrays are sorted by their leading 33 bits, counted from the least key, in three passes, which leaves ordinary columns
 * all but sorted; an insertion sort does the rest. Where too many keys agree in those bits, and for short arrays, whose counts
 * should be few, bytes are sorted, eight passes less those over bytes that all keys share. */
#include "stats/sort.h"

#define SMALL 48
#define LONG 2048
#define DIGIT 2048 /* values of a digit of 11 bits */
#define MOVES_EACH 4

/* Gives up and returns 0 after `moves` moves; the keys are then all there, in some order. */
static int insertion_sort(uint64_t *keys, size_t n, size_t moves) {
  for (size_t i = 1; i < n; i++) {
    uint64_t k = keys[i];
    size_t j = i;
    for (; j > 0 && keys[j - 1] > k; j--) keys[j] = keys[j - 1];
    keys[j] = k;
    if (i - j > moves) return 0;
    moves -= i - j;
  }
  return 1;
}

/* One pass: from `from` to `to` by the digit at `shift` of key - base, of which count says how often each value occurs. */
static void scatter(const uint64_t *from, uint64_t *to, size_t n, uint64_t base, unsigned shift, const uint32_t *count) {
  uint32_t at[DIGIT], sum = 0;
  for (size_t d = 0; d < DIGIT; d++) at[d] = sum, sum += count[d];
  for (size_t i = 0; i < n; i++) to[at[(from[i] - base) >> shift & (DIGIT - 1)]++] = from[i];
}

static int sort_leading(uint64_t *keys, uint64_t *scratch, size_t n) {
  uint64_t low = keys[0], high = keys[0];
  for (size_t i = 1; i < n; i++) {
    low = keys[i] < low ? keys[i] : low;
    high = keys[i] > high ? keys[i] : high;
  }
  if (low == high) return 1;
  unsigned shift = 0;
  while ((high - low) >> shift >> 33) shift++;
  uint32_t count[3][DIGIT] = {{0}};
  for (size_t i = 0; i < n; i++) {
    uint64_t d = (keys[i] - low) >> shift;
    count[0][d % DIGIT]++;
    count[1][d / DIGIT % DIGIT]++;
    count[2][d / DIGIT / DIGIT]++;
  }
  uint64_t *from = keys, *to = scratch;
  for (unsigned pass = 0; pass < 3; pass++, shift += 11) {
    if (count[pass][(keys[0] - low) >> shift & (DIGIT - 1)] == n) continue; /* all agree */
    scatter(from, to, n, low, shift, count[pass]);
    uint64_t *swap = from;
    from = to, to = swap;
  }
  if (from != keys) memcpy(keys, from, n * sizeof *keys);
  return insertion_sort(keys, n, MOVES_EACH * n);
}

void roi_sort_keys(uint64_t *keys, uint64_t *scratch, size_t n) {
  if (n <= SMALL) {
    insertion_sort(keys, n, n * n);
    return;
  }
  if (n >= LONG && n <= UINT32_MAX && sort_leading(keys, scratch, n)) return;
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
