/* factors.h - what a sensitivity study varies: the draws that its target depends on, by themselves or in groups. */
#ifndef ROI_COMMAND_FACTORS_H
#define ROI_COMMAND_FACTORS_H

#include "command/command.h"
#include "sensitivity/sensitivity.h"

typedef struct roi_factors {
  roi_factor *row; size_t n;           /* by their first draw, in the graph's order */
  char **names;                        /* of the groups that were made here: row[i].name points here or into the graph */
  uint32_t *draws;                     /* of all rows, one after the other */
  unsigned char *joined;               /* of each row: 1 if it is more than one draw because these are correlated */
  char *taken_along;                   /* NULL, or a sentence: what is in a --group for being correlated with one in it, not by name */
  const char **without; size_t n_without; /* draws that the target does not depend on */
  int correlated;                      /* 1: draws that the target depends on are correlated with each other */
  int per_trial;                       /* 1: the target depends on a per-trial function, which draws numbers of its own */
  double work;                         /* about how many operations one evaluation of the target takes */
} roi_factors;

/* Finds the draws behind the target and groups them as --group says, NAME=A,B; independent: correlated draws too become one factor,
 * with all that they are correlated with. Adds nodes to the graph: a draw made each period is shown by its mean over them.
 * ROI_ERR_USAGE for a group that can't be. Release with roi_factors_free (also after an error). */
roi_status roi_factors_make(roi_factors *f, roi_graph *g, const roi_target *target, const roi_list *groups, int independent,
                            roi_error *err);
void roi_factors_free(roi_factors *f);

#endif
