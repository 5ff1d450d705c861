/* correlation.h - correlation matrices: symmetric, ones on the diagonal, positive semi-definite. Matrices are n * n
 * numbers, row by row. The same input gives the same bits everywhere: nothing but arithmetic and square roots is
 * used. */
#ifndef ROI_MATH_CORRELATION_H
#define ROI_MATH_CORRELATION_H

#include "roisim.h"

/* Eigenvalues and eigenvectors of a symmetric matrix. a: destroyed. vectors: on entry an orthogonal matrix whose
 * rows are the basis in which a is given (the identity as a rule); on return row k is the eigenvector of values[k],
 * in the coordinates of those rows. Values are in no order. */
void roi_symmetric_eigen(double *a, size_t n, double *values, double *vectors);

/* The lower triangular l with l l' = a, of a symmetric matrix with ones on the diagonal; numbers above the diagonal
 * are 0 and every row has length 1. Row i depends on the first i rows of a alone. 0, or -1: a is not positive
 * semi-definite, beyond what rounding explains. a may be semi-definite: a variable that the ones before it fix has a
 * 0 on the diagonal. l may be a; only what is below the diagonal of a is read. */
int roi_correlation_factor(const double *a, size_t n, double *l);

/* The correlation matrix nearest to a symmetric matrix with ones on the diagonal, in the Frobenius norm, in place;
 * *distance is how far it moved. The result passes roi_correlation_factor. ROI_ERR_MEMORY is the one way to fail. */
roi_status roi_nearest_correlation(double *a, size_t n, double *distance, roi_error *err);

#endif
