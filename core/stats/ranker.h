/* ranker.h - what a ranker holds (stats.h says what it is): ranker.c, which searches, and ranker_saved.c, which puts one away and takes
 * it up again in the middle of a pass, share it. */
#ifndef ROI_STATS_RANKER_H
#define ROI_STATS_RANKER_H

#include "stats/cuts.h"
#include "stats/edges.h"
#include "stats/ranks.h"

#define ROI_MOST_RANKS (6 * ROI_QUANTILES + 1)

struct roi_ranker {
  roi_moments moments;
  int has_moments;
  size_t budget;
  double pilot_low, pilot_high; /* all but the outermost thousandths of the pilot */
  int pilot_whole;              /* all of the pilot's numbers are whole */
  int pilot_empty;

  uint64_t rank[ROI_MOST_RANKS]; /* wanted, ascending */
  double value[ROI_MOST_RANKS];
  size_t n_ranks;
  int has_tail;                 /* the tail ends at a wanted rank */
  roi_tail tail;
  roi_exact_sum tail_sum, tail_squares;
  int bins;
  double edges[ROI_HISTOGRAM_BINS + 1];
  uint64_t counts[ROI_HISTOGRAM_BINS];

  cuts *cuts;                   /* of the pass under way */
  int keeps;                    /* this pass collects */
  atomic_llong room;
  int done;
};

struct roi_ranker_part { tally *t; };

#endif
