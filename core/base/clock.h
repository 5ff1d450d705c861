/* clock.h - the time for limits, progress and measurements; never for a number. */
#ifndef ROI_BASE_CLOCK_H
#define ROI_BASE_CLOCK_H

/* Seconds on a clock that only goes forward, from some moment in the past. */
double roi_seconds(void);

#endif
