/* estimators.h - inside core/sensitivity: what is estimated from columns of numbers, and the pieces that estimators
 * share.
 *
 * Columns hold finite numbers. Every result depends on the columns and their order alone, not on threads. */
#ifndef ROI_SENSITIVITY_ESTIMATORS_H
#define ROI_SENSITIVITY_ESTIMATORS_H

#include "sensitivity/sensitivity.h"

#define ROI_Z95 1.959963984540054 /* the normal distribution's 0.975 quantile */

/* sorted_order.c: order[0..n-1] becomes the numbers of x's values from the least to the largest, equal ones in their
 * order in x. room: 2 n keys of its own. n < 2^32. */
void roi_sorted_order(const double *x, size_t n, uint32_t *order, uint64_t *room);
/* Where the values equal to x[order[from]] end in the sorted order. */
static inline size_t roi_tie_end(const double *x, const uint32_t *order, size_t n, size_t from) {
  size_t end = from + 1;
  while (end < n && x[order[end]] == x[order[from]]) end++;
  return end;
}

/* correlation.c: k columns of n values by way of their means, spreads and correlations. */
typedef struct roi_scaled {
  double shift, scale; /* (x * unit - shift) * scale has mean 0 and a sum of squares of 1 */
  double unit;         /* a power of two that keeps squares within range */
  int constant;        /* all values are equal: scale is 0 */
} roi_scaled;
/* Fills scaled[0..k-1] and the symmetric matrix r[k * k]; a constant column has correlations 0, and 1 with itself.
 * ROI_ERR_INTERRUPTED once *stop is raised (stop may be NULL). */
roi_status roi_correlations(double *const *x, size_t k, size_t n, int threads, const volatile int *stop, roi_scaled *scaled, double *r,
                            roi_error *err);

/* The same stretches of trials for whoever walks over the columns: block b of ROI_BLOCK trials, the last may be
 * shorter. */
#define ROI_BLOCK 512
/* Writes the scaled values of trials from .. from + count - 1, count <= ROI_BLOCK, and zeros up to ROI_BLOCK. */
void roi_scaled_block(const roi_scaled *s, const double *x, size_t from, size_t count, double *out);
/* How many stretches of whole blocks n trials of k columns are cut into, and where stretch i begins. */
size_t roi_stretches(size_t n, size_t k);
size_t roi_stretch_begin(size_t n, size_t k, size_t i);

/* linear_fit.c: the least squares fit of column k on the columns 0 .. k-1 by their correlations r, (k + 1) x (k + 1).
 */
typedef struct roi_linear_fit {
  size_t k;
  double *b;            /* k standardised coefficients; NaN where they can't be told */
  double *weight;       /* the same with 0 in place of what is not in the fit: what the fitted values are made of */
  double *inverse;      /* k x k: of the correlations of those in the fit; 0 elsewhere */
  unsigned char *state; /* k of roi_fit_state */
  double rest;          /* the share of the variance that the fit leaves: 1 - R2 */
} roi_linear_fit;
enum roi_fit_state {
  ROI_FIT_USED,
  ROI_FIT_CONSTANT,
  ROI_FIT_COLLINEAR /* a linear function of others, or one of those others */
};
roi_status roi_linear_fit_new(const double *r, size_t k, const roi_scaled *scaled, roi_linear_fit *fit, roi_error *err);
void roi_linear_fit_free(roi_linear_fit *fit);

/* rank_errors.c: standard errors of the correlation of each input with the target, and of the partial one, which
 * holds the other inputs; x: k + 1 columns of ranks, the target's last, r their correlations. NaN where there is no
 * correlation; what is not yet computed when *stop is raised stays as it was. */
roi_status roi_rank_errors(double *const *x, size_t n, const roi_scaled *scaled, const double *r,
                           const roi_linear_fit *fit, int threads, const volatile int *stop, double *whole, double *partial,
                           roi_error *err);

/* data_methods.c: simulates the request's trials for a method, fills what is common of the table (n, evaluations,
 * mean, ...) with notes on factors that can't be looked at, and checks that at least `least` trials have a number. *t
 * is NULL, with ROI_OK, when the target is the same in every trial: there is nothing to explain, and a note says so. */
roi_status roi_data_trials(const roi_study *s, roi_sensitivity *out, uint64_t least, roi_trials **t, roi_error *err);
/* "a, b and 3 more" of the factors whose mark is not 0; returns how many there are. */
size_t roi_name_factors(const roi_study *s, const unsigned char *marks, char *text, size_t size);
/* The columns of factors that have one, and whose they are: at most n_factors + 1 of each, the target's column last. */
size_t roi_data_columns(const roi_trials *t, double **columns, size_t *factor);
/* A method that fits all inputs at once: what it is given of trials, and room for it. */
typedef struct roi_fit_room {
  double **columns; size_t *factor; /* as roi_data_columns gives them */
  double *r;                        /* correlations of up to n_factors + 1 columns */
  roi_scaled *scaled;
} roi_fit_room;
typedef roi_status (*roi_fit_work)(const roi_study *s, roi_sensitivity *out, const roi_trials *t, const roi_fit_room *room,
                                   roi_error *err);
/* Simulates the trials and runs the work on them, if there is something to explain; what: for messages. */
roi_status roi_fit_run(const roi_study *s, roi_sensitivity *out, roi_fit_work work, const char *what, roi_error *err);
/* Notes the inputs, by their factors, that a fit left out; what: "coefficient". */
void roi_note_fit(const roi_study *s, roi_sensitivity *out, const roi_linear_fit *fit, const size_t *factor,
                  const char *what);

/* rank_correlation.c: each column becomes its ranks, over threads; n < 2^32. */
roi_status roi_rank_columns(double *const *x, size_t k, size_t n, int threads, roi_error *err);

/* cells.c: the cell, 0 to m - 1, of each value of a sorted column; m, at most `most` (below 65536), is returned.
 * *by_value: each distinct value has a cell of its own; else cells are of equal probability, ties in that of their
 * mean rank. */
size_t roi_cells(const double *sorted, size_t n, size_t most, uint16_t *cell, int *by_value);

/* How many trials fall into each cell of an input (a row) and of the target (a column), by fold: trial i is in fold i
 * mod ROI_FOLDS, so that replicates of a design stay together. */
#define ROI_FOLDS 4
#define ROI_MOST_CELLS 128 /* of either, for delta */
typedef struct roi_table {
  size_t rows, columns;
  int rows_by_value, columns_by_value;
  uint32_t *count; /* [(fold * rows + row) * columns + column] */
} roi_table;

/* first_order_ranks.c: y in the order of the input, centred on its mean, of a size whose square is in range. By
 * values: value[0..n-1] says which value of the input a trial has. */
roi_estimate roi_first_by_ranks(const double *y, size_t n);
roi_estimate roi_first_by_values(const double *y, const uint16_t *value, size_t n);
/* delta.c, pawn.c: from tables. A row of PAWN's is a slice; estimates are left as they are when no slice has enough
 * trials. */
roi_status roi_delta(const roi_table *t, roi_estimate *delta, roi_error *err);
roi_status roi_pawn(const roi_table *t, roi_estimate *median, roi_estimate *most, roi_error *err);

#endif
