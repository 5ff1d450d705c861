/* qtable.c - building quantile tables.
 *
 * REFERENCE Interpolation at Chebyshev-Lobatto points by the discrete cosine transform (L. N. Trefethen, Approximation theory
 *   and approximation practice, chapters 2 to 4), then rewritten in powers of f. The ends of a cell are nodes, so neighbouring
 *   cells meet.
 * ACCURACY Each cell is compared with the quantile function at three points between the nodes, and the difference is turned
 *   into probability by the slope there; a third of the tolerance of qtable.h is allowed. Rewriting in powers costs a few
 *   units in the last place of the range of the cell, because the high Chebyshev coefficients are small. */
#include "dist/qtable.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "dist/inverter.h"

#define NODES 8
#define DEGREE 7
/* The direct route may take this share of the draws before finer cells are tried. */
#define DIRECT_SHARE 0.004

static uint64_t bits_of(double x) {
  uint64_t b;
  memcpy(&b, &x, sizeof b);
  return b;
}

static double from_bits(uint64_t b) {
  double x;
  memcpy(&x, &b, sizeof x);
  return x;
}

/* cos(pi k / 7) for k = 0 to 7. */
static const double cosine[NODES] = {1.0,
                                     0.90096886790241912624,
                                     0.62348980185873353053,
                                     0.22252093395631440429,
                                     -0.22252093395631440429,
                                     -0.62348980185873353053,
                                     -0.90096886790241912624,
                                     -1.0};

static double cosine_of(int k) { /* cos(pi k / 7) for any k >= 0 */
  k %= 14;
  return cosine[k > 7 ? 14 - k : k];
}

/* Coefficients in powers of f of T_k(2 f - 1). */
static const double power_form[NODES][NODES] = {
    {1, 0, 0, 0, 0, 0, 0, 0},
    {-1, 2, 0, 0, 0, 0, 0, 0},
    {1, -8, 8, 0, 0, 0, 0, 0},
    {-1, 18, -48, 32, 0, 0, 0, 0},
    {1, -32, 160, -256, 128, 0, 0, 0},
    {-1, 50, -400, 1120, -1280, 512, 0, 0},
    {1, -72, 840, -3584, 6912, -6144, 2048, 0},
    {-1, 98, -1568, 9408, -26880, 39424, -28672, 8192},
};

static double polynomial(const double c[NODES], double f) {
  double y = c[DEGREE];
  for (int k = DEGREE - 1; k >= 0; k--) y = fma(y, f, c[k]);
  return y;
}

static double derivative(const double c[NODES], double f) {
  double y = DEGREE * c[DEGREE];
  for (int k = DEGREE - 1; k >= 1; k--) y = fma(y, f, k * c[k]);
  return y;
}

/* From the values at nodes (1 - cos(pi j / 7)) / 2 to powers of f. transform[k][j] is the cosine transform. */
static void fit(double transform[NODES][NODES], const double v[NODES], double c[NODES]) {
  memset(c, 0, NODES * sizeof *c);
  for (int k = DEGREE; k >= 0; k--) {
    double a = 0.0;
    for (int j = 1; j < NODES; j++) a = fma(transform[k][j], v[j] - v[0], a);
    for (int i = 0; i <= k; i++) c[i] = fma(a, power_form[k][i], c[i]);
  }
  c[0] = v[0];
}

static void fill_transform(double transform[NODES][NODES]) {
  for (int k = 0; k < NODES; k++)
    for (int j = 0; j < NODES; j++) { /* node j is at x = -cos(pi j / 7) = cos(pi (7 - j) / 7) */
      double w = cosine_of(k * (DEGREE - j)) * (2.0 / DEGREE);
      if (k == 0 || k == DEGREE) w *= 0.5;
      if (j == 0 || j == DEGREE) w *= 0.5;
      transform[k][j] = w;
    }
}

typedef struct builder {
  roi_inverter side[2];
  double transform[NODES][NODES];
} builder;

static double value_at(builder *b, int side, double t) {
  return side == 0 ? roi_inverter_at(&b->side[0], t, 1.0 - t) : roi_inverter_at(&b->side[1], 1.0 - t, t);
}

/* Whether the polynomial keeps the contract in the cell [t, t + width). */
static int holds(builder *b, int side, double t, double width, const double c[NODES]) {
  static const double probe[3] = {0.975, 0.5, 0.025};
  double direction = side == 0 ? 1.0 : -1.0;
  for (int i = 0; i < 3; i++) {
    double f = probe[i], at = t + f * width, exact = value_at(b, side, at);
    double miss = fabs(polynomial(c, f) - exact), slope = direction * derivative(c, f) / width;
    double allowed = 3e-11 < 3e-7 * at ? 3e-11 : 3e-7 * at;
    if (!(slope > 0.0) || !(miss <= allowed * slope + 4e-16 * fabs(exact))) return 0;
  }
  return 1;
}

/* Fills one cell, with NaN if it must go the direct route; `end` is the value at its upper end and becomes the value at its
 * lower end. */
static void fill_cell(builder *b, int side, double t, double width, double *end, double c[NODES]) {
  double v[NODES];
  v[DEGREE] = *end;
  for (int j = DEGREE - 1; j >= 0; j--) v[j] = value_at(b, side, t + 0.5 * (1.0 - cosine[j]) * width);
  *end = v[0];
  if (v[0] == v[DEGREE]) { /* monotone, so constant */
    memset(c, 0, NODES * sizeof *c);
    c[0] = v[0];
    return;
  }
  double size = fabs(v[0]) > fabs(v[DEGREE]) ? fabs(v[0]) : fabs(v[DEGREE]);
  if (size < (double)INFINITY && fabs(v[DEGREE] - v[0]) > 64 * 2.3e-16 * size) {
    fit(b->transform, v, c);
    if (holds(b, side, t, width, c)) return;
  }
  for (int k = 0; k < NODES; k++) c[k] = (double)NAN;
}

static double cell_start(const roi_qtable *t, uint32_t i) { return from_bits((t->base + i) << (52 - t->m)); }

static roi_status make_room(roi_qtable *t, int m, roi_error *err) {
  t->m = m;
  t->cells = (uint32_t)ROI_QTABLE_OCTAVES << m;
  t->base = bits_of(ldexp(1.0, -ROI_QTABLE_OCTAVES - 1)) >> (52 - m);
  t->coef = roi_alloc_aligned(2 * (size_t)t->cells, sizeof *t->coef);
  return t->coef ? ROI_OK : roi_fail_memory(err, "building a quantile table");
}

/* Fills the cells from..to-1 of one side, from the middle outwards. */
static void fill(roi_qtable *t, builder *b, int side, uint32_t from, uint32_t to) {
  double end = value_at(b, side, cell_start(t, to));
  for (uint32_t i = to; i-- > from;) {
    double at = cell_start(t, i);
    fill_cell(b, side, at, cell_start(t, i + 1) - at, &end, t->coef[(uint32_t)side * t->cells + i]);
  }
}

/* A polynomial on a cell, on its two halves: f = g / 2 and f = (1 + g) / 2. */
static void halve(const double c[NODES], double low[NODES], double high[NODES]) {
  double shifted[NODES], scale = 1.0;
  memcpy(shifted, c, sizeof shifted);
  for (int k = 0; k < DEGREE; k++)
    for (int i = DEGREE - 1; i >= k; i--) shifted[i] = fma(0.5, shifted[i + 1], shifted[i]);
  for (int i = 0; i < NODES; i++) {
    low[i] = scale * c[i];
    high[i] = scale * shifted[i];
    scale *= 0.5;
  }
}

/* The same table with cells half as wide: good cells are cut in two, the others are tried again. */
static roi_status refine(roi_qtable *t, builder *b, roi_error *err) {
  roi_qtable fine = *t;
  roi_status status = make_room(&fine, t->m + 1, err);
  if (status) return status;
  for (int side = 0; side < 2; side++)
    for (uint32_t i = t->cells; i-- > 0;) {
      const double *c = t->coef[(uint32_t)side * t->cells + i];
      double(*half)[NODES] = fine.coef + (uint32_t)side * fine.cells + 2 * i;
      if (isnan(c[0])) {
        fill(&fine, b, side, 2 * i, 2 * i + 2);
      } else {
        halve(c, half[0], half[1]);
      }
    }
  roi_free(t->coef);
  *t = fine;
  return ROI_OK;
}

/* The share of draws that go the direct route inside the table. */
static double direct_share(roi_qtable *t) {
  double share = 0.0;
  t->direct_cells = 0;
  for (uint32_t k = 0; k < 2 * t->cells; k++) {
    if (!isnan(t->coef[k][0])) continue;
    uint32_t i = k % t->cells;
    t->direct_cells++;
    share += cell_start(t, i + 1) - cell_start(t, i);
  }
  return share;
}

roi_status roi_qtable_build(roi_qtable *t, const roi_distribution *d, roi_error *err) {
  *t = (roi_qtable){.dist = d};
  builder *b = roi_alloc(1, sizeof *b);
  if (!b) return roi_fail_memory(err, "building a quantile table");
  fill_transform(b->transform);
  roi_inverter_set(&b->side[0], d);
  roi_inverter_set(&b->side[1], d);
  roi_status status = make_room(t, ROI_QTABLE_MIN_M, err);
  for (int side = 0; side < 2 && !status; side++) fill(t, b, side, 0, t->cells);
  while (!status && direct_share(t) > DIRECT_SHARE && t->m < ROI_QTABLE_MAX_M) status = refine(t, b, err);
  roi_free(b);
  if (status) roi_qtable_free(t);
  return status;
}

void roi_qtable_free(roi_qtable *t) {
  if (!t) return;
  roi_free(t->coef);
  *t = (roi_qtable){.coef = NULL};
}

double roi_qtable_value(const roi_qtable *t, double u) {
  double tail = u < 0.5 ? u : 1.0 - u;
  uint64_t bits = bits_of(tail), index = (bits >> (52 - t->m)) - t->base;
  if (index < t->cells) { /* below the table the subtraction wraps round */
    const double *c = t->coef[index + (u < 0.5 ? 0 : t->cells)];
    double f = from_bits(bits_of(1.0) | ((bits << t->m) & ((UINT64_C(1) << 52) - 1))) - 1.0;
    if (!isnan(c[0])) return polynomial(c, f);
  }
  return roi_dist_quantile(t->dist, u, 1.0 - u);
}
