/* A ratio of two means and its Monte Carlo error.
 *
 * REFERENCE the delta method, e.g. Owen: Monte Carlo theory, methods and examples, section 2.7; sums as in moments.c. */
#include <math.h>
#include <string.h>

#include "stats/lanes.h"
#include "stats/stats.h"

static double mean_of(const double *x, size_t n) {
  double sums[8] = {0};
  for (size_t i = 0; i < n; i++) sums[i % 8] += x[i];
  return roi_add_lanes(sums) / (double)n;
}

void roi_comoments_unit(roi_comoments *m, const double *x, const double *y, size_t n) {
  double kept_x[ROI_UNIT], kept_y[ROI_UNIT];
  size_t kept = 0;
  memset(m, 0, sizeof *m);
  for (size_t i = 0; i < n; i++) { /* pairs of numbers */
    kept_x[kept] = x[i];
    kept_y[kept] = y[i];
    kept += isfinite(x[i]) && isfinite(y[i]);
  }
  if (kept == 0) return;
  double count = (double)kept, mx = mean_of(kept_x, kept), my = mean_of(kept_y, kept);
  double sums[5][8] = {{0}};
  for (size_t i = 0; i < kept; i++) {
    double dx = kept_x[i] - mx, dy = kept_y[i] - my;
    sums[0][i % 8] += dx;
    sums[1][i % 8] += dy;
    sums[2][i % 8] += dx * dx;
    sums[3][i % 8] += dx * dy;
    sums[4][i % 8] += dy * dy;
  }
  double ex = roi_add_lanes(sums[0]) / count, ey = roi_add_lanes(sums[1]) / count;
  m->n = kept;
  m->mean_x = mx + ex;
  m->mean_y = my + ey;
  m->xx = roi_add_lanes(sums[2]) - count * ex * ex;
  m->xy = roi_add_lanes(sums[3]) - count * ex * ey;
  m->yy = roi_add_lanes(sums[4]) - count * ey * ey;
}

void roi_comoments_merge(roi_comoments *m, const roi_comoments *next) {
  if (next->n == 0) return;
  if (m->n == 0) {
    *m = *next;
    return;
  }
  double na = (double)m->n, nb = (double)next->n, share = nb / (na + nb), weight = na * share;
  double dx = next->mean_x - m->mean_x, dy = next->mean_y - m->mean_y;
  m->xx += next->xx + dx * dx * weight;
  m->xy += next->xy + dx * dy * weight;
  m->yy += next->yy + dy * dy * weight;
  m->mean_x += dx * share;
  m->mean_y += dy * share;
  m->n += next->n;
}

void roi_ratio_of_means(const roi_comoments *m, double *ratio, double *se) {
  *ratio = *se = NAN;
  if (m->n == 0 || m->mean_y == 0) return;
  double r = m->mean_x / m->mean_y, n = (double)m->n;
  *ratio = r;
  if (m->n < 2) return;
  double residual = m->xx - 2 * r * m->xy + r * r * m->yy; /* of x - r y */
  *se = sqrt((residual > 0 ? residual : 0) / (n - 1) / n) / fabs(m->mean_y);
}
