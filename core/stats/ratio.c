/* A ratio of two means and its Monte Carlo error.
 *
 * REFERENCE the delta method, e.g. Owen: Monte Carlo theory, methods and examples, section 2.7; sums as in moments.c. */
#include <math.h>
#include <string.h>

#include "stats/lanes.h"
#include "stats/stats.h"

static double sum_of(const double *x, size_t n) {
  lanes a = {0}, b = {0}, v;
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    memcpy(&v, x + i, sizeof v);
    a += v;
    memcpy(&v, x + i + 4, sizeof v);
    b += v;
  }
  double sums[8];
  TWO_LANES(sums, a, b);
  for (; i < n; i++) sums[i % 8] += x[i];
  return roi_add_lanes(sums);
}

typedef struct product_lanes { lanes x, y, xx, xy, yy; } product_lanes;

static inline void add_products(product_lanes *a, const double *x, const double *y, double mx, double my) {
  lanes dx, dy;
  memcpy(&dx, x, sizeof dx);
  memcpy(&dy, y, sizeof dy);
  dx -= mx;
  dy -= my;
  a->x += dx;
  a->y += dy;
  a->xx += dx * dx;
  a->xy += dx * dy;
  a->yy += dy * dy;
}

/* Fills m from n >= 1 pairs of finite values whose sums are sum_x and sum_y. */
static void finite_pairs(roi_comoments *m, const double *x, const double *y, size_t n, double sum_x, double sum_y) {
  double count = (double)n, mx = sum_x / count, my = sum_y / count;
  product_lanes a = {.x = {0}}, b = a;
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    add_products(&a, x + i, y + i, mx, my);
    add_products(&b, x + i + 4, y + i + 4, mx, my);
  }
  double sums[5][8];
  TWO_LANES(sums[0], a.x, b.x);
  TWO_LANES(sums[1], a.y, b.y);
  TWO_LANES(sums[2], a.xx, b.xx);
  TWO_LANES(sums[3], a.xy, b.xy);
  TWO_LANES(sums[4], a.yy, b.yy);
  for (; i < n; i++) {
    double dx = x[i] - mx, dy = y[i] - my;
    sums[0][i % 8] += dx;
    sums[1][i % 8] += dy;
    sums[2][i % 8] += dx * dx;
    sums[3][i % 8] += dx * dy;
    sums[4][i % 8] += dy * dy;
  }
  double ex = roi_add_lanes(sums[0]) / count, ey = roi_add_lanes(sums[1]) / count;
  m->n = n;
  m->mean_x = mx + ex;
  m->mean_y = my + ey;
  m->xx = roi_add_lanes(sums[2]) - count * ex * ex;
  m->xy = roi_add_lanes(sums[3]) - count * ex * ey;
  m->yy = roi_add_lanes(sums[4]) - count * ey * ey;
}

void roi_comoments_unit(roi_comoments *m, const double *x, const double *y, size_t n) {
  memset(m, 0, sizeof *m);
  double sum_x = sum_of(x, n), sum_y = sum_of(y, n);
  if (n > 0 && isfinite(sum_x) && isfinite(sum_y)) { /* so is every value */
    finite_pairs(m, x, y, n, sum_x, sum_y);
    return;
  }
  double kept_x[ROI_UNIT], kept_y[ROI_UNIT];
  size_t kept = 0;
  for (size_t i = 0; i < n; i++) { /* pairs of numbers */
    kept_x[kept] = x[i];
    kept_y[kept] = y[i];
    kept += isfinite(x[i]) && isfinite(y[i]);
  }
  if (kept > 0) finite_pairs(m, kept_x, kept_y, kept, sum_of(kept_x, kept), sum_of(kept_y, kept));
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
