/* trial.h - what the parent and a worker share while per-trial functions run: a message says what to do, the numbers are in
 * memory that both map. */
#ifndef ROI_HOST_TRIAL_H
#define ROI_HOST_TRIAL_H

#include <stddef.h>
#include <stdint.h>

typedef struct roi_trial_job { /* body of ROI_ASK_TRIALS */
  uint64_t seed, first_trial;
  uint32_t function;           /* which EXTERN node of the graph, counted from 0 in the order of nodes */
  uint32_t lanes, columns;
  uint32_t check;              /* 1: the results are there, of another worker: run the trials in another order and compare */
} roi_trial_job;

typedef struct roi_trial_area {
  volatile uint64_t done;      /* trials run, ever: shows the parent that the worker is not stuck */
  uint64_t unused[7];
  double values[];             /* columns * lanes arguments, one column after the other, then lanes results */
} roi_trial_area;

#define ROI_TRIAL_AREA_BYTES ((size_t)4 << 20)
#define ROI_TRIAL_AREA_VALUES ((ROI_TRIAL_AREA_BYTES - sizeof(roi_trial_area)) / sizeof(double))

#endif
