/* PAWN: how far the target's distribution function moves, at most over its values, when the input is confined to a
 * tenth of its values.
 *
 * REFERENCE Pianosi and Wagener: A simple and efficient method for global sensitivity analysis based on cumulative
 * distribution functions, Environmental Modelling and Software 67 (2015), and from one set of trials, 108 (2018): the
 * Kolmogorov-Smirnov distance between the distribution functions of a slice's trials and of all trials. Their median
 * and their largest over the slices are given.
 *
 * What was changed. A largest distance in a sample is above 0 where the true one is 0, by about 0.9 / sqrt(trials of
 * a slice), and PAWN is usually read against a dummy input for that reason. Here the target's value with the largest
 * distance, and its direction, are found in three quarters of the trials and the distance there is taken from the
 * other quarter, each quarter in turn, so an input without influence has 0 on average.
 * ACCURACY Distances are looked at between a thousand cells of equal probability: the largest may be missed by 0.001
 * (the slice's share of a cell times ten: 0.01, where a slice fixes the target). The interval takes the error of the
 * slice concerned, for the median of the two in the middle, from the cross-checked estimate down and from the plain
 * one up. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "sensitivity/estimators.h"

#define FOLDS_SHARE 1.25 /* what it adds to the error that folds share the trials they learn from; measured */
#define LEAST_IN_SLICE 5 /* of each fold: a slice with fewer is left out */

typedef struct slice {
  double learnt[ROI_FOLDS]; /* the largest distance in the other folds */
  double held[ROI_FOLDS];   /* that in the fold, there */
  double distance;          /* the mean of held */
  double plain, error;      /* the largest distance in all trials, and its standard error */
} slice;

/* Counts up to and with each cell, of the folds whose bits are set, of one row or (row = rows) of all; returns the
 * total. */
static double cumulate(const roi_table *t, unsigned folds, size_t row, double *to) {
  size_t first = row == t->rows ? 0 : row, last = row == t->rows ? t->rows : row + 1;
  memset(to, 0, t->columns * sizeof *to);
  for (unsigned f = 0; f < ROI_FOLDS; f++) {
    if (!(folds >> f & 1)) continue;
    for (size_t r = first; r < last; r++) {
      const uint32_t *count = t->count + (f * t->rows + r) * t->columns;
      for (size_t c = 0; c < t->columns; c++) to[c] += count[c];
    }
  }
  for (size_t c = 1; c < t->columns; c++) to[c] += to[c - 1];
  return to[t->columns - 1];
}

/* Where the two are farthest apart. */
static size_t farthest(const double *a, double n_a, const double *b, double n_b, size_t n) {
  size_t at = 0;
  double most = -1;
  for (size_t i = 0; i < n; i++) {
    double d = fabs(a[i] / n_a - b[i] / n_b);
    if (d > most) most = d, at = i;
  }
  return at;
}

/* learnt: cumulated counts of all trials but for those of fold 0, 1, ... and (ROI_FOLDS) of all; held: those of each
 * fold alone; own: room for the slice's. Returns 0 if a fold of the slice has too few trials. */
static int measure_slice(const roi_table *t, size_t row, const double *learnt, const double *held, double *own,
                         slice *s) {
  unsigned whole = (1u << ROI_FOLDS) - 1;
  size_t m = t->columns;
  s->distance = 0;
  for (unsigned f = 0; f < ROI_FOLDS; f++) {
    const double *all = learnt + f * m, *test = held + f * m;
    double n = cumulate(t, whole & ~(1u << f), row, own);
    if (n < LEAST_IN_SLICE) return 0;
    size_t at = farthest(own, n, all, all[m - 1], m);
    double d = own[at] / n - all[at] / all[m - 1];
    n = cumulate(t, 1u << f, row, own);
    if (n < LEAST_IN_SLICE) return 0;
    s->learnt[f] = fabs(d);
    s->held[f] = (own[at] / n - test[at] / test[m - 1]) * (d < 0 ? -1 : 1);
    s->distance += s->held[f] / ROI_FOLDS;
  }
  const double *all = learnt + ROI_FOLDS * m;
  double n = cumulate(t, whole, row, own), total = all[m - 1], others = total - n;
  size_t at = farthest(own, n, all, total, m);
  double p = own[at] / n, q = others > 0 ? (all[at] - own[at]) / others : p;
  /* The slice is part of all: its distance is that from the others, times their share. */
  s->plain = fabs(p - all[at] / total);
  s->error = others > 0 ? others / total * sqrt(p * (1 - p) / n + q * (1 - q) / others) : 0;
  return 1;
}

/* By distance, or by the plain one. */
static void sort_slices(slice *s, size_t n, int plain) {
  for (size_t i = 1; i < n; i++) {
    slice moved = s[i];
    size_t j = i;
    for (; j > 0 && (plain ? s[j - 1].plain > moved.plain : s[j - 1].distance > moved.distance); j--) s[j] = s[j - 1];
    s[j] = moved;
  }
}

/* The error of a mean of slices a and b, or of one slice. */
static double half_width(const slice *a, const slice *b) {
  return ROI_Z95 * (a == b ? a->error : sqrt(a->error * a->error + b->error * b->error) / 2);
}

/* Of the two in the middle, or the one. */
static roi_estimate median_slice(slice *s, size_t n) {
  const slice *a = &s[(n - 1) / 2], *b = &s[n / 2];
  sort_slices(s, n, 0);
  double value = (a->distance + b->distance) / 2, low = value - half_width(a, b);
  sort_slices(s, n, 1);
  double plain = fmax((a->plain + b->plain) / 2, value);
  return (roi_estimate){value, low, fmin(plain + half_width(a, b), 1)};
}

/* Which slice it is is learnt apart, too. */
static roi_estimate farthest_slice(slice *s, size_t n) {
  double value = 0;
  for (unsigned f = 0; f < ROI_FOLDS; f++) {
    const slice *most = &s[0];
    for (size_t i = 1; i < n; i++)
      if (s[i].learnt[f] > most->learnt[f]) most = &s[i];
    value += most->held[f] / ROI_FOLDS;
  }
  sort_slices(s, n, 1);
  const slice *last = &s[n - 1];
  double half = FOLDS_SHARE * half_width(last, last);
  return (roi_estimate){value, value - half, fmin(fmax(last->plain, value) + half, 1)};
}

roi_status roi_pawn(const roi_table *t, roi_estimate *median, roi_estimate *most, roi_error *err) {
  size_t m = t->columns, n = 0;
  unsigned whole = (1u << ROI_FOLDS) - 1;
  double *learnt = roi_alloc((2 * ROI_FOLDS + 2) * m, sizeof *learnt);
  slice *slices = roi_alloc(t->rows, sizeof *slices);
  if (learnt && slices) {
    double *held = learnt + (ROI_FOLDS + 1) * m, *own = held + ROI_FOLDS * m;
    for (unsigned f = 0; f < ROI_FOLDS; f++) {
      cumulate(t, whole & ~(1u << f), t->rows, learnt + f * m);
      cumulate(t, 1u << f, t->rows, held + f * m);
    }
    cumulate(t, whole, t->rows, learnt + ROI_FOLDS * m);
    for (size_t r = 0; r < t->rows; r++) n += measure_slice(t, r, learnt, held, own, &slices[n]) ? 1 : 0;
    if (n > 0) {
      *median = median_slice(slices, n);
      *most = farthest_slice(slices, n);
    }
  }
  int failed = !learnt || !slices;
  roi_free(learnt);
  roi_free(slices);
  return failed ? roi_fail_memory(err, "estimating PAWN") : ROI_OK;
}
