/* judge.h - whether a run bears out what a test script expects.
 *
 * An estimate has an error, so a value that is right may be seen a little beside it. Four standard errors are allowed: a right value
 * is seen farther off in one case of 16,000. With `within`, a case fails where the estimate is farther than within + 4 errors from what
 * is expected; and where 4 errors are more than `within` the trials can't tell, which fails too and says how many could. Without
 * `within`, a case passes within 4 errors. What depends on nothing uncertain has no error; bounds hold of every trial.
 * Of a probability the error is Wilson's with `within` (so that none in a few trials is not taken for certain), else that which the
 * expected probability would have. */
#ifndef ROI_COMMAND_JUDGE_H
#define ROI_COMMAND_JUDGE_H

#include "graph/graph.h"
#include "run/run.h"

typedef struct roi_verdict {
  int passed;
  double value, se;  /* of the estimate; NaN where there is none */
  uint64_t n;        /* trials with a value */
  char text[600];    /* what was seen, and of a failed one what was expected */
} roi_verdict;

extern const char *const roi_expectation_names[ROI_EXPECTATION_KINDS];

/* summary: of the node; share: of a PROBABILITY; both unused by a PLAIN one. */
roi_verdict roi_judge(const roi_graph *g, const roi_expectation_row *row, const roi_summary *summary, const roi_share_result *share);

#endif
