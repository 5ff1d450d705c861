/* sobol_directions.h - the generated table that direction numbers are computed from. */
#ifndef ROI_SAMPLE_SOBOL_DIRECTIONS_H
#define ROI_SAMPLE_SOBOL_DIRECTIONS_H

#include "sample/sobol.h"

typedef struct roi_sobol_row {
  uint32_t polynomial; /* primitive over GF(2), highest power in the highest bit */
  uint64_t low, high;  /* (m_j - 1) / 2 in j - 1 bits each, for j = 2, 3, ..., from the lowest bit on */
} roi_sobol_row;

extern const roi_sobol_row roi_sobol_table[ROI_SOBOL_DIMENSIONS];

#endif
