/* Ranks, ties averaged. */
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
