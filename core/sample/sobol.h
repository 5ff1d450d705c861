/* sobol.h - Sobol' points with direction numbers of Joe and Kuo, and their scrambling after Owen. */
#ifndef ROI_SAMPLE_SOBOL_H
#define ROI_SAMPLE_SOBOL_H

#include <stddef.h>
#include <stdint.h>

/* Dimensions with direction numbers, and the digits of each coordinate: points 0 to 2^32 - 1. */
#define ROI_SOBOL_DIMENSIONS 4096
#define ROI_SOBOL_BITS 32

/* The direction numbers of a dimension, by bit of the point's index, most significant digit in bit 31 (v[0] = 1 << 31 in
 * dimension 0). */
void roi_sobol_directions(size_t dimension, uint32_t v[ROI_SOBOL_BITS]);

/* Coordinates of points first .. first + n - 1, unscrambled, in natural (not Gray code) order: x / 2^32. */
void roi_sobol_points(const uint32_t v[ROI_SOBOL_BITS], uint32_t first, size_t n, uint32_t *x);

/* Nested uniform scrambling of coordinates by a hash: digit k is flipped by what the seed and the digits before it say; the
 * digits below the 32nd are drawn likewise. u = (k + 1/2) / 2^52. */
void roi_sobol_scramble(const uint32_t *x, size_t n, uint64_t seed, double *u);

/* The seed of one dimension of one randomisation. */
uint64_t roi_sobol_seed(uint64_t seed, uint64_t randomisation, size_t dimension);

#endif
