/* sort.h - doubles as whole numbers that order alike, and sorting them. */
#ifndef ROI_STATS_SORT_H
#define ROI_STATS_SORT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Rises with x; both zeros have one key. x is not NaN. */
static inline uint64_t roi_key_of(double x) {
  uint64_t bits;
  x += 0.0;
  memcpy(&bits, &x, sizeof bits);
  return bits ^ (bits >> 63 ? UINT64_MAX : UINT64_C(1) << 63);
}

static inline double roi_key_value(uint64_t key) {
  uint64_t bits = key ^ (key >> 63 ? UINT64_C(1) << 63 : UINT64_MAX);
  double x;
  memcpy(&x, &bits, sizeof x);
  return x + 0.0;
}

/* The next double above x < infinity; zero counts once. */
static inline double roi_next_up(double x) {
  return roi_key_value(roi_key_of(x) + 1);
}

/* Sorts n keys; scratch is room for as many. */
void roi_sort_keys(uint64_t *keys, uint64_t *scratch, size_t n);

#endif
