/* lanes.h - four doubles at a time, by the vector extension of gcc and clang: the same operations on every instruction set. */
#ifndef ROI_STATS_LANES_H
#define ROI_STATS_LANES_H

#include <stdint.h>
#include <string.h>

typedef double lanes __attribute__((vector_size(32)));
typedef int64_t mask_lanes __attribute__((vector_size(32))); /* all ones where a comparison holds */

#define LANES_SELECT(mask, a, b) ((lanes)(((mask_lanes)(a) & (mask)) | ((mask_lanes)(b) & ~(mask))))

/* Writes two vectors to an array of eight. */
#define TWO_LANES(array, a, b) (memcpy((array), &(a), sizeof(a)), memcpy((array) + 4, &(b), sizeof(b)))

/* Eight partial sums, pairwise. */
static inline double roi_add_lanes(const double s[8]) {
  return ((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7]));
}

#endif
