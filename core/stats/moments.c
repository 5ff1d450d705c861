/* Moments of a unit of trials and their merging.
 *
 * REFERENCE Chan, Golub and LeVeque: Algorithms for computing the sample variance (1983; the corrected two-pass algorithm and
 * pairwise updating); Pebay: Formulas for robust, one-pass parallel computation of covariances and arbitrary-order statistical
 * moments (Sandia report SAND2008-6212), for the third and fourth.
 * ACCURACY within a unit as good as the two-pass algorithm gives: the NIST StRD sets reach all the digits that their doubles
 * hold. Merging keeps that: a mean carries what its double can't hold, since beside a large mean the distance of two units'
 * means may be smaller than their rounding. Deviations beyond 1e154 overflow when squared, those beyond 1e77 in
 * the fourth power: the errors that rest on them are then infinite or NaN.
 * CHANGED each sum is eight interleaved sums, added pairwise, so that vectors of any width give the same bits. */
#include "stats/stats.h"

#include <stddef.h>
#include <string.h>

#include "stats/lanes.h"

/* Adds d to the mean *mean + *rest. */
static void shift_mean(double *mean, double *rest, double d) {
  d += *rest;
  double sum = *mean + d, was = sum - d;
  double lost = (*mean - was) + (d - (sum - was)); /* exact, whichever of the two is larger (Knuth) */
  *mean = sum;
  *rest = isfinite(lost) ? lost : 0;
}

void roi_moments_clear(roi_moments *m) {
  memset(m, 0, sizeof *m);
  m->min = INFINITY;
  m->max = -INFINITY;
}

typedef struct first_pass {
  double sum, loss_sum, min, max;
  uint64_t negative;
} first_pass;

/* Four of the eight sums. Two of these, not an array of two: compilers then keep them in registers. */
typedef struct first_lanes { lanes sum, loss, low, high; mask_lanes negative; } first_lanes;

static inline void first_step(first_lanes *a, const double *x) {
  lanes v;
  memcpy(&v, x, sizeof v);
  mask_lanes below = v < 0.0;
  a->sum += v;
  a->loss += (lanes)((mask_lanes)v & below);
  a->negative -= below;
  a->low = LANES_SELECT(v < a->low, v, a->low);
  a->high = LANES_SELECT(v > a->high, v, a->high);
}

/* Sums, extremes and the count of negative values. When the sum is finite, so is every value. */
static first_pass pass_one(const double *x, size_t n) {
  const lanes highest = {INFINITY, INFINITY, INFINITY, INFINITY};
  first_lanes a = {.low = highest, .high = -highest}, b = a;
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    first_step(&a, x + i);
    first_step(&b, x + i + 4);
  }
  double sums[8], losses[8], lows[8], highs[8];
  int64_t counts[8];
  TWO_LANES(sums, a.sum, b.sum);
  TWO_LANES(losses, a.loss, b.loss);
  TWO_LANES(lows, a.low, b.low);
  TWO_LANES(highs, a.high, b.high);
  TWO_LANES(counts, a.negative, b.negative);
  for (; i < n; i++) {
    size_t j = i % 8;
    sums[j] += x[i];
    if (x[i] < 0) losses[j] += x[i], counts[j]++;
    if (x[i] < lows[j]) lows[j] = x[i];
    if (x[i] > highs[j]) highs[j] = x[i];
  }
  first_pass p = {roi_add_lanes(sums), roi_add_lanes(losses), INFINITY, -INFINITY, 0};
  for (int j = 0; j < 8; j++) {
    if (lows[j] < p.min) p.min = lows[j];
    if (highs[j] > p.max) p.max = highs[j];
    p.negative += (uint64_t)counts[j];
  }
  return p;
}

/* The mean of finite values whose sum overflows. */
static double scaled_mean(const double *x, size_t n, int losses_only, uint64_t count) {
  double sums[8] = {0};
  for (size_t i = 0; i < n; i++)
    if (!losses_only || x[i] < 0) sums[i % 8] += x[i] * 0x1p-13;
  return roi_add_lanes(sums) / (double)count * 0x1p13;
}

/* Sums of powers of x - mean, and of (x - loss_mean) over the values below 0. */
typedef struct second_pass { double d1, d2, d3, d4, loss1, loss2; } second_pass;

typedef struct second_lanes { lanes d1, d2, d3, d4, loss1, loss2; } second_lanes;

static inline void second_step(second_lanes *a, const double *x, double mean, double loss_mean) {
  lanes v;
  memcpy(&v, x, sizeof v);
  lanes d = v - mean, dd = d * d, e = (lanes)((mask_lanes)(v - loss_mean) & (v < 0.0));
  a->d1 += d;
  a->d2 += dd;
  a->d3 += dd * d;
  a->d4 += dd * dd;
  a->loss1 += e;
  a->loss2 += e * e;
}

static second_pass pass_two(const double *x, size_t n, double mean, double loss_mean) {
  second_lanes a = {.d1 = {0}}, b = a;
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    second_step(&a, x + i, mean, loss_mean);
    second_step(&b, x + i + 4, mean, loss_mean);
  }
  double sums[6][8];
  TWO_LANES(sums[0], a.d1, b.d1);
  TWO_LANES(sums[1], a.d2, b.d2);
  TWO_LANES(sums[2], a.d3, b.d3);
  TWO_LANES(sums[3], a.d4, b.d4);
  TWO_LANES(sums[4], a.loss1, b.loss1);
  TWO_LANES(sums[5], a.loss2, b.loss2);
  for (; i < n; i++) {
    size_t j = i % 8;
    double d = x[i] - mean, dd = d * d, e = x[i] < 0 ? x[i] - loss_mean : 0.0;
    sums[0][j] += d;
    sums[1][j] += dd;
    sums[2][j] += dd * d;
    sums[3][j] += dd * dd;
    sums[4][j] += e;
    sums[5][j] += e * e;
  }
  return (second_pass){roi_add_lanes(sums[0]), roi_add_lanes(sums[1]), roi_add_lanes(sums[2]),
                       roi_add_lanes(sums[3]), roi_add_lanes(sums[4]), roi_add_lanes(sums[5])};
}

static double not_negative(double x) {
  return x < 0 ? 0 : x;
}

/* Fills m from n >= 1 finite values. */
static void finite_unit(roi_moments *m, const double *x, size_t n, const first_pass *p) {
  double count = (double)n, losses = (double)p->negative;
  m->n = n;
  m->negative = p->negative;
  m->min = p->min + 0.0; /* -0 becomes 0 */
  m->max = p->max + 0.0;
  double mean = isfinite(p->sum) ? p->sum / count : scaled_mean(x, n, 0, n);
  double loss_mean = 0;
  if (p->negative > 0) loss_mean = isfinite(p->loss_sum) ? p->loss_sum / losses : scaled_mean(x, n, 1, p->negative);
  second_pass s = pass_two(x, n, mean, loss_mean);
  /* The first mean is off by a rounding or two; what the deviations add up to says by how much. */
  double d = isfinite(s.d1) ? s.d1 / count : 0;
  m->mean = mean;
  shift_mean(&m->mean, &m->mean_rest, d);
  m->m2 = not_negative(s.d2 - count * d * d);
  m->m3 = s.d3 - 3 * d * s.d2 + 2 * count * d * d * d;
  m->m4 = not_negative(s.d4 - 4 * d * s.d3 + 6 * d * d * s.d2 - 3 * count * d * d * d * d);
  if (p->negative > 0) {
    double e = isfinite(s.loss1) ? s.loss1 / losses : 0;
    m->loss_mean = loss_mean;
    shift_mean(&m->loss_mean, &m->loss_mean_rest, e);
    m->loss_m2 = not_negative(s.loss2 - losses * e * e);
  }
  if (p->min == p->max) { /* all equal: exactly so */
    m->mean = m->min;
    m->m2 = m->m3 = m->m4 = m->loss_m2 = 0;
    m->mean_rest = m->loss_mean_rest = 0;
    if (p->negative > 0) m->loss_mean = m->min;
  }
}

void roi_moments_unit(roi_moments *m, const double *x, size_t n) {
  roi_moments_clear(m);
  if (n == 0) return;
  first_pass p = pass_one(x, n);
  if (isfinite(p.sum)) {
    finite_unit(m, x, n, &p);
    return;
  }
  double numbers[ROI_UNIT];
  size_t kept = 0;
  for (size_t i = 0; i < n; i++) {
    numbers[kept] = x[i];
    if (isfinite(x[i])) kept++;
    else if (x[i] > 0) m->never++;
    else m->state[roi_state_of(x[i])]++;
  }
  if (kept == 0) return;
  p = pass_one(numbers, kept);
  finite_unit(m, numbers, kept, &p);
}

void roi_moments_mean_unit(roi_moments *m, const double *x, size_t n) {
  lanes v, w, sum_a = {0}, sum_b = {0}, low = {INFINITY, INFINITY, INFINITY, INFINITY}, high = -low;
  size_t whole = n / 8 * 8;
  for (size_t i = 0; i < whole; i += 8) {
    memcpy(&v, x + i, sizeof v);
    memcpy(&w, x + i + 4, sizeof w);
    sum_a += v, sum_b += w;
    low = LANES_SELECT(v < low, v, low), low = LANES_SELECT(w < low, w, low);
    high = LANES_SELECT(v > high, v, high), high = LANES_SELECT(w > high, w, high);
  }
  double sums[8], squares[8], lows[4], highs[4];
  TWO_LANES(sums, sum_a, sum_b);
  memcpy(lows, &low, sizeof lows), memcpy(highs, &high, sizeof highs);
  for (size_t i = whole; i < n; i++) {
    sums[i % 8] += x[i];
    if (x[i] < lows[0]) lows[0] = x[i];
    if (x[i] > highs[0]) highs[0] = x[i];
  }
  for (int j = 1; j < 4; j++) {
    if (lows[j] < lows[0]) lows[0] = lows[j];
    if (highs[j] > highs[0]) highs[0] = highs[j];
  }
  double sum = roi_add_lanes(sums), mean = sum / (double)n;
  if (n == 0 || !isfinite(sum) || lows[0] == highs[0]) {
    roi_moments_unit(m, x, n);
    return;
  }
  lanes d1_a = {0}, d1_b = {0}, d2_a = {0}, d2_b = {0};
  for (size_t i = 0; i < whole; i += 8) {
    memcpy(&v, x + i, sizeof v);
    memcpy(&w, x + i + 4, sizeof w);
    v -= mean, w -= mean;
    d1_a += v, d1_b += w;
    d2_a += v * v, d2_b += w * w;
  }
  TWO_LANES(sums, d1_a, d1_b);
  TWO_LANES(squares, d2_a, d2_b);
  for (size_t i = whole; i < n; i++) {
    double d = x[i] - mean;
    sums[i % 8] += d;
    squares[i % 8] += d * d;
  }
  double d1 = roi_add_lanes(sums), d = isfinite(d1) ? d1 / (double)n : 0;
  roi_moments_clear(m);
  m->n = n;
  m->min = lows[0] + 0.0;
  m->max = highs[0] + 0.0;
  m->mean = mean;
  shift_mean(&m->mean, &m->mean_rest, d);
  m->m2 = not_negative(roi_add_lanes(squares) - (double)n * d * d);
}

void roi_moments_merge(roi_moments *m, const roi_moments *next) {
  m->never += next->never;
  for (int s = 0; s < ROI_STATE_COUNT; s++) m->state[s] += next->state[s];
  if (next->negative > 0 && m->negative == 0) {
    m->loss_mean = next->loss_mean, m->loss_mean_rest = next->loss_mean_rest, m->loss_m2 = next->loss_m2;
  } else if (next->negative > 0) {
    double na = (double)m->negative, nb = (double)next->negative, n = na + nb;
    double d = (next->loss_mean - m->loss_mean) + (next->loss_mean_rest - m->loss_mean_rest);
    shift_mean(&m->loss_mean, &m->loss_mean_rest, d * (nb / n));
    m->loss_m2 += next->loss_m2 + d * d * (na * nb / n);
  }
  m->negative += next->negative;
  if (next->n == 0) return;
  if (m->n == 0) {
    m->n = next->n;
    m->mean = next->mean, m->mean_rest = next->mean_rest, m->m2 = next->m2, m->m3 = next->m3, m->m4 = next->m4;
    m->min = next->min, m->max = next->max;
    return;
  }
  double na = (double)m->n, nb = (double)next->n, n = na + nb;
  double d = (next->mean - m->mean) + (next->mean_rest - m->mean_rest), dn = d / n, dn2 = dn * dn;
  double cross = d * dn * na * nb; /* what the means' distance adds to m2 */
  m->m4 += next->m4 + cross * dn2 * (na * na - na * nb + nb * nb) + 6 * dn2 * (na * na * next->m2 + nb * nb * m->m2) +
           4 * dn * (na * next->m3 - nb * m->m3);
  m->m3 += next->m3 + cross * dn * (na - nb) + 3 * dn * (na * next->m2 - nb * m->m2);
  m->m2 += next->m2 + cross;
  shift_mean(&m->mean, &m->mean_rest, dn * nb);
  m->n += next->n;
  if (next->min < m->min) m->min = next->min;
  if (next->max > m->max) m->max = next->max;
}
