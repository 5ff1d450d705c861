/* cholesky.c - the triangular factor of a correlation matrix.
 *
 * REFERENCE Cholesky's factorisation without pivoting, row by row; of a semi-definite matrix as in N. J. Higham,
 *   Analysis of the Cholesky decomposition of a semi-definite matrix (1990).
 * ACCURACY Entries of l l' within 1e-12 of a's, and within 1e-6 where a variable is fixed by those before it but for
 *   less than 1e-12 of its variance; what is positive semi-definite but for less than 1e-10 counts as that.
 * CHANGED No pivoting, so that row i rests on the rows before it alone and a variable more changes nothing of the
 *   others. Rows are given length 1, whatever was rounded. */
#include <math.h>

#include "math/correlation.h"

#define FIXED 1e-12     /* a variable with less than this of its variance left is fixed by those before it */
#define ROUNDING 1e-10  /* how far below 0 the variance left may come out */
#define LEFT_OVER 1e-5  /* how much of a correlation with a fixed variable may be unexplained: sqrt of the above */

int roi_correlation_factor(const double *a, size_t n, double *l) {
  for (size_t i = 0; i < n; i++) {
    double *row = l + i * n, squares = 0;
    for (size_t j = 0; j < i; j++) {
      const double *other = l + j * n;
      double rest = a[i * n + j];
      for (size_t k = 0; k < j; k++) rest -= row[k] * other[k];
      if (other[j] == 0.0 && !(fabs(rest) <= LEFT_OVER)) return -1;
      row[j] = other[j] == 0.0 ? 0.0 : rest / other[j];
      squares += row[j] * row[j];
    }
    double left = 1.0 - squares;
    if (!(left >= -ROUNDING)) return -1;
    row[i] = left <= FIXED ? 0.0 : sqrt(left);
    for (size_t j = i + 1; j < n; j++) row[j] = 0.0;
    if (row[i] != 0.0) continue;
    double length = sqrt(squares);
    for (size_t j = 0; j < i; j++) row[j] /= length;
  }
  return 0;
}
