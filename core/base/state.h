/* state.h - values that are not numbers: states and never.
 *
 * A state is a quiet NaN with a payload of its own. It passes through arithmetic like any NaN (the processor keeps the
 * payload), comparisons with it are false, and statistics count it apart from a NaN that arithmetic made. never is +infinity,
 * in values that name a period. */
#ifndef ROI_BASE_STATE_H
#define ROI_BASE_STATE_H

#include <math.h>
#include <stdint.h>
#include <string.h>

typedef enum roi_state {
  ROI_STATE_NONE = 0,    /* not a state: a number, an infinity or an arithmetic NaN */
  ROI_STATE_NO_COST,     /* roi, bcr: the present value of costs is zero */
  ROI_STATE_NO_IRR,      /* irr: no rate above -100% makes the present value zero */
  ROI_STATE_MANY_IRR,    /* irr: several do */
  ROI_STATE_SELF_FUNDED, /* payback: the cumulative flow was never negative */
  ROI_STATE_COUNT
} roi_state;

#define ROI_STATE_BITS UINT64_C(0x7ff8524f49000000) /* "ROI" in the payload, the state in the last byte */

static inline double roi_state_value(roi_state s) {
  uint64_t bits = ROI_STATE_BITS | (uint64_t)s;
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

/* The state of x; the sign of a NaN is ignored, since negation flips it. */
static inline roi_state roi_state_of(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  bits &= UINT64_C(0x7fffffffffffffff);
  if ((bits & ~UINT64_C(0xff)) != ROI_STATE_BITS) return ROI_STATE_NONE;
  uint64_t s = bits & 0xff;
  return s > 0 && s < ROI_STATE_COUNT ? (roi_state)s : ROI_STATE_NONE;
}

/* What a condition over a and b is where one of them is NaN: a NaN that arithmetic made stays, so that a failed calculation can't
 * hide in a choice; with states alone it is `of_states`. */
static inline double roi_condition_of_nan(double a, double b, double of_states) {
  if (isnan(a) && roi_state_of(a) == ROI_STATE_NONE) return a;
  if (isnan(b) && roi_state_of(b) == ROI_STATE_NONE) return b;
  return of_states;
}

#define ROI_NEVER ((double)INFINITY)

/* What programs and people call a state: "self_funded", "self-funded"; of ROI_STATE_NONE "undefined". */
extern const char *const roi_state_names[ROI_STATE_COUNT];
extern const char *const roi_state_words[ROI_STATE_COUNT];

#endif
