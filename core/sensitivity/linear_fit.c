/* Least squares by the correlations of columns.
 *
 * REFERENCE Cholesky factorisation of the correlation matrix, column by column; a column whose pivot (the share of
 * its variance that the columns before it leave) is below 1e-10 is a linear function of them, is left out, and those
 * it is made of can't be told from it. Golub and Van Loan: Matrix Computations, section 4.2.
 * ACCURACY Pivots are accurate to about k 1e-16, so a coefficient whose column has pivot p keeps about 16 + log10(p)
 * digits: six at the least. Squared condition is no concern beyond that, since columns are centred and scaled before
 * they are multiplied. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "sensitivity/estimators.h"
#include "stats/lanes.h"

#define LEAST_PIVOT 1e-10
#define NO_PART 1e-6 /* coefficients below it in a linear function are rounding */

void roi_linear_fit_free(roi_linear_fit *fit) {
  roi_free(fit->b);
  roi_free(fit->weight);
  roi_free(fit->inverse);
  roi_free(fit->state);
  memset(fit, 0, sizeof *fit);
}

/* In eight lanes: with thousands of columns these sums are most of the work. */
static double product(const double *a, const double *b, size_t n) {
  double part[8] = {0};
  size_t whole = n - n % 8;
  for (size_t i = 0; i < whole; i += 8)
    for (size_t lane = 0; lane < 8; lane++) part[lane] += a[i + lane] * b[i + lane];
  for (size_t i = whole; i < n; i++) part[i - whole] += a[i] * b[i];
  return roi_add_lanes(part);
}

/* Row `row` of the factor l (stride k): those of its columns that are used. Returns the pivot. */
static double factor_row(const double *r, const unsigned char *used, size_t k, size_t row, const double *l,
                         double *out) {
  double pivot = 1;
  for (size_t j = 0; j < row && j < k; j++) {
    out[j] = 0;
    if (!used[j]) continue;
    out[j] = (r[row * (k + 1) + j] - product(out, l + j * k, j)) / l[j * k + j];
    pivot -= out[j] * out[j];
  }
  return pivot;
}

/* Solves L^T x = x in place for the used columns below `rows`; a row of L at a time, as it lies in memory. */
static void back(const double *l, const unsigned char *used, size_t k, size_t rows, double *x) {
  for (size_t i = rows; i-- > 0;) {
    const double *row = l + i * k;
    x[i] = used[i] ? x[i] / row[i] : 0;
    for (size_t j = 0; j < i && used[i]; j++) x[j] -= row[j] * x[i];
  }
}

static void factorise(const double *r, const roi_scaled *scaled, roi_linear_fit *fit, double *l, unsigned char *used,
                      double *row) {
  size_t k = fit->k;
  for (size_t i = 0; i < k; i++) {
    if (scaled[i].constant) {
      fit->state[i] = ROI_FIT_CONSTANT;
      continue;
    }
    double pivot = factor_row(r, used, k, i, l, l + i * k);
    if (pivot > LEAST_PIVOT) {
      used[i] = 1;
      l[i * k + i] = sqrt(pivot);
      continue;
    }
    memcpy(row, l + i * k, i * sizeof *row);
    back(l, used, k, i, row);
    fit->state[i] = ROI_FIT_COLLINEAR;
    for (size_t j = 0; j < i; j++)
      if (used[j] && fabs(row[j]) > NO_PART) fit->state[j] = ROI_FIT_COLLINEAR;
  }
}

/* The inverse, a column at a time: L y = e, L^T x = y. */
static void invert(const double *l, const unsigned char *used, roi_linear_fit *fit, double *column) {
  size_t k = fit->k;
  for (size_t c = 0; c < k; c++) {
    if (!used[c]) continue;
    for (size_t i = 0; i < k; i++)
      column[i] = used[i] && i >= c ? ((i == c) - product(l + i * k + c, column + c, i - c)) / l[i * k + i] : 0;
    back(l, used, k, k, column);
    for (size_t i = 0; i < k; i++) fit->inverse[i * k + c] = column[i];
  }
}

roi_status roi_linear_fit_new(const double *r, size_t k, const roi_scaled *scaled, roi_linear_fit *fit,
                              roi_error *err) {
  *fit = (roi_linear_fit){.k = k};
  fit->b = roi_alloc(k + 1, sizeof *fit->b);
  fit->weight = roi_alloc(k + 1, sizeof *fit->weight);
  fit->inverse = roi_alloc_zero(k * k + 1, sizeof *fit->inverse);
  fit->state = roi_alloc_zero(k + 1, 1);
  unsigned char *used = roi_alloc_zero(k + 1, 1);
  double *l = roi_alloc_zero(k * k + 1, sizeof *l), *row = roi_alloc(k + 1, sizeof *row);
  int whole = fit->b && fit->weight && fit->inverse && fit->state && used && l && row;
  if (whole) {
    factorise(r, scaled, fit, l, used, row);
    fit->rest = factor_row(r, used, k, k, l, row);
    if (fit->rest < 0) fit->rest = 0;
    memcpy(fit->weight, row, k * sizeof *row);
    back(l, used, k, k, fit->weight);
    invert(l, used, fit, row);
    for (size_t i = 0; i < k; i++) fit->b[i] = fit->state[i] == ROI_FIT_USED ? fit->weight[i] : NAN;
  } else {
    roi_linear_fit_free(fit);
  }
  roi_free(used);
  roi_free(l);
  roi_free(row);
  return whole ? ROI_OK : roi_fail_memory(err, "fitting a linear model");
}
