/* lhs.h - Latin hypercubes: which of n cells a point falls in, by point, dimension and replicate, without storage. */
#ifndef ROI_SAMPLE_LHS_H
#define ROI_SAMPLE_LHS_H

#include <stddef.h>
#include <stdint.h>

/* The keys of the permutations of one dimension, by lane. */
#define ROI_LHS_LANES 16
typedef struct roi_lhs_keys {
  uint32_t start[ROI_LHS_LANES], step[ROI_LHS_LANES];
} roi_lhs_keys;

/* The permutations of [0, cells[lane]) for each lane; cells differ by at most 1 and are at most 2^45. */
typedef struct roi_lhs {
  double cells[ROI_LHS_LANES]; /* whole numbers */
  uint32_t columns, rows; /* of the rectangle that they are permuted in: columns * rows >= every cells[] */
  unsigned rounds;
} roi_lhs;

void roi_lhs_init(roi_lhs *lhs, const uint64_t cells[ROI_LHS_LANES]);
void roi_lhs_keys_init(roi_lhs_keys *keys, uint64_t seed, size_t dimension);

/* The cells of points first to first + points - 1, whole numbers as doubles, by point and lane; a point past a lane's last
 * one takes the last one's. */
void roi_lhs_cells(const roi_lhs *lhs, const roi_lhs_keys *keys, uint64_t first, size_t points, double *cell);

#endif
