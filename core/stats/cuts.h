/* cuts.h - the real line cut into bins, and values fed through: counted by bin, in some bins kept or summed.
 *
 * Cuts are ascending doubles c[0] < c[1] < ...; bin i holds c[i-1] <= x < c[i], bin 0 what is below the first, bin n what
 * is not below the last. A grid of cells finds the bin of most values at once: in a cell without a cut all values share a
 * bin, so counting the cell is enough; the rest are searched for. */
#ifndef ROI_STATS_CUTS_H
#define ROI_STATS_CUTS_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "stats/stats.h"

#define CELLS 2048

typedef enum bin_action { BIN_COUNT, BIN_KEEP, BIN_SUM } bin_action;

typedef struct cuts {
  size_t n;              /* cuts; there are n + 1 bins */
  double *cut;           /* n and one +infinity more */
  unsigned char *action; /* bin_action of each bin */
  double reference;      /* BIN_SUM also sums (x - reference)^2 */
  enum { GRID_NONE, GRID_EVEN, GRID_LOG } grid; /* none: all values are searched for */
  double low, scale;     /* even: the cell of x is (x - low) * scale + 1, within 0 .. CELLS - 1 */
  int64_t low_bits, span; /* log, for cuts above 0: the bits of x less those of low, at most span, */
  int shift;             /* shifted down by this, + 1; much like even steps of the logarithm */
  uint16_t first[CELLS];     /* bin of the cell's lowest values */
  uint16_t cuts_in[CELLS];   /* cuts that lie in the cell */
  unsigned char slow[CELLS]; /* 1: a value here needs a look of its own */
} cuts;

typedef struct chunk chunk;

/* What values fed through cuts leave behind. */
typedef struct tally {
  const cuts *by;
  atomic_llong *room;      /* values that may still be kept, shared by all tallies of a pass */
  uint64_t cell[CELLS];
  uint64_t *bin;           /* counts, n + 1 */
  uint64_t *kept;          /* kept values of each bin */
  chunk **list;            /* the kept values themselves */
  roi_exact_sum sum, squares;
  int overflowed;          /* room ran out: what was kept is not all */
  int out_of_memory;
} tally;

/* Copies n ascending distinct finite cuts, n < 65535, all bins BIN_COUNT; NULL when memory is out. */
cuts *roi_cuts_new(const double *cut, size_t n);
void roi_cuts_free(cuts *c);
/* Marks the cells that need a look, once the actions are set. */
void roi_cuts_ready(cuts *c);
/* 1 if bin i can hold one value only, its lower bound. */
int roi_cuts_single(const cuts *c, size_t i);

tally *roi_tally_new(const cuts *c, atomic_llong *room);
void roi_tally_free(tally *t);
/* Counts the finite values of x; NaN and infinities are passed over. */
void roi_tally_feed(tally *t, const double *x, size_t n);
/* Moves everything of `from` to t; the counts of cells become counts of bins. */
void roi_tally_join(tally *t, tally *from);
/* Writes bin i's kept values to keys (kept[i] of them) in no particular order. */
void roi_tally_keys(const tally *t, size_t i, uint64_t *keys);
/* Brings the counts of cells into those of bins; more can be fed afterwards. */
void roi_tally_settle(tally *t);
/* Keeps a value of bin i that was counted elsewhere. */
void roi_tally_keep(tally *t, size_t i, double x);

#endif
