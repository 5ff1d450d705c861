/* qtable.h - quantile functions as tables: polynomials over cells that follow the exponent of the tail probability.
 *
 * For a uniform u let t = min(u, 1 - u), side 0 when u < 1/2, else 1. The bits of t, exponent and the first m of the mantissa,
 * name the cell: index = (bits(t) >> (52 - m)) - (bits(2^-ROI_QTABLE_OCTAVES-1) >> (52 - m)), so that each octave of t has 2^m
 * equal cells. Within the cell, f in [0, 1) is the rest of the mantissa: f = double(bits(1.0) | (bits(t) << m) & (2^52 - 1)) - 1,
 * exact. The value is the polynomial c[0] + f (c[1] + f (c[2] + ... + f c[7])), evaluated by Horner's rule with fma: the kernels
 * of every instruction set do just that. The coefficients of a cell fill one cache line.
 *
 * Direct route: t below 2^-(ROI_QTABLE_OCTAVES+1) (one draw in 65,536), t = 1/2 itself (a given point, never a draw), and
 * every cell whose c[0] is NaN (where the quantile function is not smooth enough: an atom, a gap, a kink), use
 * roi_dist_quantile.
 *
 * ACCURACY |F(Q(u)) - u| <= 1e-10 and <= 1e-6 min(u, 1 - u): m is chosen by the builder, and each cell is verified at points
 * between the nodes; a cell that fails at the largest m goes the direct route. */
#ifndef ROI_DIST_QTABLE_H
#define ROI_DIST_QTABLE_H

#include <stdint.h>

#include "dist/dist.h"

#define ROI_QTABLE_OCTAVES 16 /* t from 2^-17 to 1/2 */
#define ROI_QTABLE_MIN_M 3
#define ROI_QTABLE_MAX_M 7

typedef struct roi_qtable {
  int m;
  uint32_t cells;                  /* cells a side = ROI_QTABLE_OCTAVES << m; side 1 follows side 0 */
  uint64_t base;                   /* bits(2^-17) >> (52 - m) */
  double (*coef)[8];               /* [2 * cells][8], 64-byte aligned */
  const roi_distribution *dist;    /* for the direct route; kept by reference */
  uint32_t direct_cells;           /* how many cells go the direct route */
} roi_qtable;

/* Builds the table of a continuous distribution with constant parameters; d must outlive it. Release with roi_qtable_free. */
roi_status roi_qtable_build(roi_qtable *t, const roi_distribution *d, roi_error *err);
void roi_qtable_free(roi_qtable *t);
/* The value at u, bit for bit what the kernels give. */
double roi_qtable_value(const roi_qtable *t, double u);

/* Step functions (discrete families with constant parameters): values v[0] < v[1] < ... with P(X <= v[i]) = cum[i].
 * Q(u) = v[i] for the first i with u <= cum[i]. guide[k] is the first i with cum[i] >= k / guides, so that a search starts near
 * its end. u above cum[last] or below the first kept atom (a support too wide to list) goes the direct route. */
typedef struct roi_steps {
  double *value, *cum;
  uint32_t n;
  uint32_t *guide;
  uint32_t guides;                 /* a power of two */
  double from;                     /* u <= from goes the direct route; 0 when the list starts at the lowest atom */
  const roi_distribution *dist;
} roi_steps;

roi_status roi_steps_build(roi_steps *s, const roi_distribution *d, roi_error *err);
void roi_steps_free(roi_steps *s);
double roi_steps_value(const roi_steps *s, double u);

#endif
