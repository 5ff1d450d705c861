/* Indices from trials already run: first order, Borgonovo's delta, PAWN. No run beyond the trials, and no need of
 * independent inputs.
 *
 * Each input's trials are sorted once; its cells and those of the target make the tables that delta and PAWN are
 * estimated from. */
#include <math.h>
#include <stdatomic.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/text.h"
#include "sensitivity/estimators.h"
#include "sensitivity/methods.h"

enum { SLICES = 10, PAWN_CELLS = 1000, FEW_VALUES = 32, FINE_FROM = 10000, FEW_TRIALS = 10 };

typedef struct given_data {
  const roi_trials *t;
  roi_sensitivity *out;
  double *centred;                          /* the target less its mean, scaled */
  uint32_t *cells;                          /* of each trial's target: delta's, and PAWN's 16 bits higher */
  size_t most, delta_columns, pawn_columns; /* cells */
  int delta_by_value, pawn_by_value;
  atomic_int failed;
} given_data;

static void free_all(given_data *w) {
  roi_free(w->centred);
  roi_free(w->cells);
}

static roi_status prepare(given_data *w, roi_error *err) {
  size_t n = w->t->n;
  const double *y = w->t->y;
  w->most = n < FINE_FROM ? ROI_MOST_CELLS / 2 : ROI_MOST_CELLS;
  w->centred = roi_alloc(n, sizeof *w->centred);
  w->cells = roi_alloc(n, sizeof *w->cells);
  uint32_t *order = roi_alloc(n, sizeof *order);
  uint64_t *room = roi_alloc(2 * n, sizeof *room);
  int whole = w->centred && w->cells && order && room;
  if (whole) {
    roi_sorted_order(y, n, order, room);
    double *sorted = (double *)room, mean = w->out->mean;
    uint16_t *cell = (uint16_t *)(room + n);
    int exponent;
    frexp(fmax(fabs(y[order[0]] - mean), fabs(y[order[n - 1]] - mean)), &exponent);
    double unit = ldexp(1, exponent < -1000 ? 1000 : -exponent);
    for (size_t i = 0; i < n; i++) w->centred[i] = (y[i] - mean) * unit;
    for (size_t i = 0; i < n; i++) sorted[i] = y[order[i]];
    w->delta_columns = roi_cells(sorted, n, w->most, cell, &w->delta_by_value);
    for (size_t i = 0; i < n; i++) w->cells[order[i]] = cell[i];
    w->pawn_columns = roi_cells(sorted, n, PAWN_CELLS, cell, &w->pawn_by_value);
    for (size_t i = 0; i < n; i++) w->cells[order[i]] |= (uint32_t)cell[i] << 16;
  }
  roi_free(order);
  roi_free(room);
  return whole ? ROI_OK : roi_fail_memory(err, "the cells of the target");
}

/* Counts every trial in both tables; row, slice: in the input's order. */
static int fill_tables(const given_data *w, roi_table *delta, roi_table *pawn, const uint32_t *order,
                       const uint16_t *row, const uint16_t *slice) {
  delta->count = roi_alloc_zero(ROI_FOLDS * delta->rows * delta->columns, sizeof *delta->count);
  pawn->count = roi_alloc_zero(ROI_FOLDS * pawn->rows * pawn->columns, sizeof *pawn->count);
  if (!delta->count || !pawn->count) return -1;
  for (size_t i = 0; i < w->t->n; i++) {
    uint32_t fold = order[i] % ROI_FOLDS, cells = w->cells[order[i]];
    delta->count[(fold * delta->rows + row[i]) * delta->columns + (cells & 0xffff)]++;
    pawn->count[(fold * pawn->rows + slice[i]) * pawn->columns + (cells >> 16)]++;
  }
  return 0;
}

/* order and room as roi_sorted_order takes them. */
static roi_status estimate(given_data *w, size_t factor, uint32_t *order, uint64_t *room) {
  size_t n = w->t->n;
  double *sorted = (double *)room;
  uint16_t *row = (uint16_t *)(room + n), *slice = row + n;
  const double *x = w->t->x[factor];
  roi_sorted_order(x, n, order, room);
  for (size_t i = 0; i < n; i++) sorted[i] = x[order[i]];
  if (sorted[0] == sorted[n - 1]) return ROI_OK;
  roi_table delta = {.columns = w->delta_columns, .columns_by_value = w->delta_by_value};
  roi_table pawn = {.columns = w->pawn_columns, .columns_by_value = w->pawn_by_value};
  delta.rows = roi_cells(sorted, n, w->most, row, &delta.rows_by_value);
  pawn.rows = roi_cells(sorted, n, SLICES, slice, &pawn.rows_by_value);
  roi_status status = ROI_ERR_MEMORY;
  if (fill_tables(w, &delta, &pawn, order, row, slice) == 0) {
    status = roi_delta(&delta, roi_cell(w->out, ROI_GIVEN_DELTA, factor), NULL);
    if (status == ROI_OK)
      status =
          roi_pawn(&pawn, roi_cell(w->out, ROI_GIVEN_PAWN, factor), roi_cell(w->out, ROI_GIVEN_PAWN_MAX, factor), NULL);
  }
  roi_free(delta.count);
  roi_free(pawn.count);
  for (size_t i = 0; i < n; i++) sorted[i] = w->centred[order[i]]; /* the target now, in the input's order */
  *roi_cell(w->out, ROI_GIVEN_FIRST, factor) = delta.rows_by_value && delta.rows <= FEW_VALUES
                                                   ? roi_first_by_values(sorted, row, n)
                                                   : roi_first_by_ranks(sorted, n);
  return status;
}

static void estimate_factor(void *data, size_t factor) {
  given_data *w = data;
  if (!w->t->x[factor]) return;
  uint32_t *order = roi_alloc(w->t->n, sizeof *order);
  uint64_t *room = roi_alloc(2 * w->t->n, sizeof *room);
  if (!order || !room || estimate(w, factor, order, room) != ROI_OK) atomic_store(&w->failed, 1);
  roi_free(order);
  roi_free(room);
}

/* How many trials make up half of the target's variance, if that is FEW_TRIALS at most; else 0. */
static size_t trials_that_decide(const given_data *w) {
  double top[FEW_TRIALS] = {0}, all = 0, sum = 0;
  for (size_t i = 0; i < w->t->n; i++) {
    double square = w->centred[i] * w->centred[i];
    all += square;
    size_t at = FEW_TRIALS;
    for (; at > 0 && square > top[at - 1]; at--)
      if (at < FEW_TRIALS) top[at] = top[at - 1];
    if (at < FEW_TRIALS) top[at] = square;
  }
  for (size_t k = 0; k < FEW_TRIALS; k++)
    if ((sum += top[k]) > all / 2) return k + 1;
  return 0;
}

/* A share of the variance that a few trials decide has no error that the trials could tell. */
static void look_at_tails(const given_data *w, const roi_study *s, roi_sensitivity *out) {
  size_t few = trials_that_decide(w);
  if (few == 0) return;
  for (size_t f = 0; f < s->n_factors; f++) {
    roi_estimate *first = roi_cell(out, ROI_GIVEN_FIRST, f);
    first->low = first->high = (double)NAN;
  }
  char n[32];
  roi_sensitivity_note(out, "%zu of %s trials make%s up half of the variance of %.100s, so shares of it say little and their errors "
                       "are unknown; delta and PAWN don't depend on that", few, roi_format_count(n, w->t->n), few == 1 ? "s" : "", s->target.name);
}

static void note_constants(const roi_study *s, roi_sensitivity *out, const roi_trials *t) {
  char names[800];
  unsigned char *marks = roi_alloc_zero(s->n_factors + 1, 1);
  if (!marks) return;
  for (size_t i = 0; i < s->n_factors; i++) marks[i] = t->x[i] && isnan(roi_cell(out, ROI_GIVEN_FIRST, i)->value);
  size_t n = roi_name_factors(s, marks, names, sizeof names);
  if (n > 0) roi_sensitivity_note(out, "%s %s the same value in every trial", names, n == 1 ? "has" : "have");
  roi_free(marks);
}

roi_status roi_given_data_run(const roi_study *s, roi_sensitivity *out, roi_error *err) {
  roi_trials *t;
  roi_status status = roi_data_trials(s, out, 0, &t, err);
  if (status != ROI_OK || !t) return status;
  given_data w = {.t = t, .out = out};
  status = prepare(&w, err);
  if (status == ROI_OK) {
    roi_parallel(s->request->options.threads, s->n_factors, s->request->options.stop, estimate_factor, &w);
    if (atomic_load(&w.failed)) {
      status = roi_fail_memory(err, "indices from the trials");
    } else {
      note_constants(s, out, t);
      look_at_tails(&w, s, out);
    }
  }
  free_all(&w);
  roi_trials_free(t);
  return status;
}
