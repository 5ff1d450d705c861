/* exact_sum.h - what the ranker needs of exact sums beyond stats.h. */
#ifndef ROI_STATS_EXACT_SUM_H
#define ROI_STATS_EXACT_SUM_H

#include "stats/stats.h"

/* Adds a finite x `times` times. */
void roi_exact_add_times(roi_exact_sum *s, double x, uint64_t times);

#endif
