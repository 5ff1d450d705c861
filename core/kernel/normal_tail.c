/* normal_tail.c - the table behind the kernel COPULA.
 *
 * REFERENCE Taylor's series of Phi about the middle of each cell: the k-th derivative of the density is (-1)^k
 *   He_k(x) times it, with Hermite's polynomials by their recurrence (Abramowitz and Stegun, 26.2 and 22.7).
 * ACCURACY 2e-14 relative from the middle to 1 - Phi = 2^-53, against roi_erfc at 2 million places (kernel_test):
 *   what is left out is below 1e-14, the rest is the rounding of the tail at the middle of a cell. */
#include "kernel/kernel.h"
#include "math/scalar.h"

void roi_normal_tail_fill(roi_normal_tail *t) {
  const double root_half = 0.70710678118654752440, density_at_0 = 0.39894228040143267794;
  for (size_t i = 0; i < sizeof t->coef / sizeof *t->coef; i++) {
    double x = ((double)i + 0.5) / ROI_TAIL_WIDTH, *c = t->coef[i];
    double before = 0, hermite = 1, scale = -density_at_0 * roi_exp(-0.5 * x * x);
    c[0] = 0.5 * roi_erfc(x * root_half);
    for (int k = 1; k < 8; k++) { /* c[k] = -(-1)^(k-1) He_(k-1)(x) density / k! */
      scale /= k;
      c[k] = scale * hermite;
      double next = x * hermite - (k - 1) * before;
      before = hermite;
      hermite = next;
      scale = -scale;
    }
  }
}
