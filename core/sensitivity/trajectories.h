/* trajectories.h - paths through the unit cube along which one factor moves at a time. */
#ifndef ROI_SENSITIVITY_TRAJECTORIES_H
#define ROI_SENSITIVITY_TRAJECTORIES_H

#include "sensitivity/sensitivity.h"

/* Levels of a draw are 0 to 3, a move is by two; a yes-or-no draw has levels 0 and 3 alone. */
enum { ROI_LEVELS = 4, ROI_LEVEL_MOVE = 2 };

/* Trajectories of k + 1 points each: in step j, from point j to j + 1, the factor order[j] moves. A coordinate is a draw of a factor,
 * counted factor after factor. */
typedef struct roi_trajectories {
  size_t n, factors, coordinates;
  size_t *first;        /* by factor, factors + 1 of them: its first coordinate */
  int8_t *from, *to;    /* [trajectory * coordinates + coordinate]: the levels before and after its move */
  uint32_t *order;      /* [trajectory * factors + step] */
  uint32_t *step;       /* [trajectory * factors + factor]: the step in which it moves */
  size_t candidates;    /* that each was chosen from */
} roi_trajectories;

/* n trajectories of the study's factors that lie far apart and use every level equally often. Depends on the seed, n
 * and the factors alone. */
roi_status roi_trajectories_new(roi_trajectories *t, const roi_study *s, size_t n, roi_error *err);
void roi_trajectories_free(roi_trajectories *t);

/* The level of a coordinate of a factor at a point. */
static inline int roi_level_at(const roi_trajectories *t, size_t trajectory, size_t point, size_t factor, size_t coordinate) {
  size_t at = trajectory * t->coordinates + coordinate;
  return t->step[trajectory * t->factors + factor] < point ? t->to[at] : t->from[at];
}

#endif
