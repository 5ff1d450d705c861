/* exact_sum.h - what the ranker needs of exact sums beyond stats.h. */
#ifndef ROI_STATS_EXACT_SUM_H
#define ROI_STATS_EXACT_SUM_H

#include "base/bytes.h"
#include "stats/stats.h"

/* Adds a finite x `times` times. */
void roi_exact_add_times(roi_exact_sum *s, double x, uint64_t times);

/* Writes a sum, and reads one back: 0, or -1 if what was read is none. */
void roi_exact_save(const roi_exact_sum *s, roi_byte_sink *to);
int roi_exact_restore(roi_exact_sum *s, roi_byte_source *from);

#endif
