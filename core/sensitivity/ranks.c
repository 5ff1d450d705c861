/* Ranks, and the correlation of two columns.
 *
 * ACCURACY roi_pearson: both columns are brought to a like size by a power of two and centred on their means before
 * products are summed, so that neither a large mean nor a large or small unit costs digits; its error is of the order
 * of 1e-15. */
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "sensitivity/estimators.h"

roi_status roi_ranks(const double *x, size_t n, double *rank, roi_error *err) {
  if (n > UINT32_MAX) return roi_fail(err, ROI_ERR_USAGE, "%zu trials are too many to rank: at most %u", n, UINT32_MAX);
  uint32_t *order = roi_alloc(n, sizeof *order);
  uint64_t *room = roi_alloc(2 * n, sizeof *room);
  roi_status status = order && room ? ROI_OK : roi_fail_memory(err, "ranking trials");
  if (status == ROI_OK) {
    roi_sorted_order(x, n, order, room);
    double *ranks = (double *)room; /* x and rank may be the same column */
    for (size_t i = 0, end; i < n; i = end) {
      end = roi_tie_end(x, order, n, i);
      for (size_t j = i; j < end; j++) ranks[order[j]] = ((double)(i + 1) + (double)end) / 2;
    }
    for (size_t i = 0; i < n; i++) rank[i] = ranks[i];
  }
  roi_free(order);
  roi_free(room);
  return status;
}

double roi_pearson(const double *x, const double *y, size_t n) {
  double *columns[2] = {(double *)(uintptr_t)x, (double *)(uintptr_t)y}, r[4];
  roi_scaled scaled[2];
  if (n < 2 || roi_correlations(columns, 2, n, 1, scaled, r, NULL) != ROI_OK) return NAN;
  return scaled[0].constant || scaled[1].constant ? NAN : r[1];
}
