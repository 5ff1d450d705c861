/* Cells of a column: by value where it has few, else of about equal numbers of trials. Equal values are never torn
 * apart. */
#include "sensitivity/estimators.h"

static size_t run_end(const double *sorted, size_t n, size_t from) {
  size_t end = from + 1;
  while (end < n && sorted[end] == sorted[from]) end++;
  return end;
}

static size_t distinct_values(const double *sorted, size_t n, size_t most) {
  size_t values = 0;
  for (size_t i = 0; i < n && values <= most; i = run_end(sorted, n, i)) values++;
  return values;
}

size_t roi_cells(const double *sorted, size_t n, size_t most, uint16_t *cell, int *by_value) {
  size_t values = distinct_values(sorted, n, most), value = 0;
  *by_value = values <= most;
  for (size_t i = 0, end; i < n; i = end, value++) {
    end = run_end(sorted, n, i);
    uint16_t of = (uint16_t)(*by_value ? value : (size_t)((double)(i + end) / 2 * (double)most / (double)n));
    for (size_t j = i; j < end; j++) cell[j] = of;
  }
  return *by_value ? values : most;
}
