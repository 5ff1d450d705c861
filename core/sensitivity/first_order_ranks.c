/* First order indices from trials already run: the share of the target's variance that goes when the input becomes
 * known.
 *
 * REFERENCE Gamboa, Gremaud, Klein, Lagnoux: Global sensitivity analysis: a novel generation of mighty estimators
 * based on rank statistics, Bernoulli 28 (2022). With the trials in the order of the input, the last followed by the
 * first, the mean of the products of neighbours' targets estimates E[E[y | x]^2]. An input of few values is treated
 * by them instead: the variance of their means, less what the scatter within them adds to it (as omega squared in the
 * analysis of variance).
 * ACCURACY The interval is that of the estimators' limit law. Of neighbours: products g_j = y_j y_(j+1) - S y_j^2 are
 * correlated with the next by their common y alone, so their variance is mean g^2 + 2 (mean g_j g_(j+1) - mean g_j
 * g_(j+2)), at least half of mean g^2. Of a target that is rarely far from its mean, as a condition that is rarely true,
 * few products of neighbours are large, or none, so the means are taken over neighbours up to 16 places apart. The
 * upper end is Wilson's, as of a count: what one more pair of such trials would add to S is its step, the kurtosis of
 * the target over n. Of values: the influence of a trial is 2 y m - m^2 - S y^2 with m its value's mean. Near 0
 * the estimate is distributed as a noncentral chi-square, whose root varies evenly: that adds values - 1 + 1.96^2 over
 * n to the upper end.
 * Coverage of the 95% interval, in percent: Ishigami's three inputs and an inert fourth, 300 runs of 200 to 10,000
 * trials: 92 to 97. Whether a weighted sum of four normals exceeds what it does with probability 0.4, 0.05 and
 * 0.008, two of them correlated or not, 100 runs of 10,000 trials: 90 to 99 (at 0.01, by next neighbours alone: 56
 * to 99). The same of an input of two values, 300 runs of 2,000 and 10,000: 92 to 100. */
#include <math.h>

#include "sensitivity/estimators.h"

enum { MOST_APART = 16, ENOUGH_LARGE = 64 };

static roi_estimate around(double s, double variance_of_sum, double variance, size_t n) {
  double half = ROI_Z95 * sqrt(fmax(variance_of_sum, 0) / (double)n) / variance;
  return (roi_estimate){s, s - half, s + half};
}

static double mean_square(const double *y, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += y[i] * y[i];
  return sum / (double)n;
}

/* Of the products of trials `apart` places from each other. */
static double variance_of_products(const double *y, size_t n, size_t apart, double s, double *least) {
  double g2 = 0, g_next = 0, g_after = 0;
  for (size_t i = 0; i + apart < n; i++) {
    double g = y[i] * y[i + apart] - s * y[i] * y[i], next = 0, after = 0;
    if (i + 2 * apart < n) next = y[i + apart] * y[i + 2 * apart] - s * y[i + apart] * y[i + apart];
    if (i + 3 * apart < n) after = y[i + 2 * apart] * y[i + 3 * apart] - s * y[i + 2 * apart] * y[i + 2 * apart];
    g2 += g * g;
    g_next += g * next;
    g_after += g * after;
  }
  *least = g2 / (double)n / 2;
  return (g2 + 2 * (g_next - g_after)) / (double)n;
}

/* As many places apart as give some tens of products of two trials far from the mean, if n has room for so many: n / kurtosis^2 are
 * expected of next neighbours. */
static size_t most_apart(size_t n, double kurtosis) {
  double wanted = ENOUGH_LARGE * kurtosis * kurtosis / (double)n, room = (double)n / 500;
  if (wanted > room) wanted = room;
  return wanted < 1 ? 1 : wanted < MOST_APART ? (size_t)wanted : MOST_APART;
}

roi_estimate roi_first_by_ranks(const double *y, size_t n) {
  double variance = mean_square(y, n), products = 0, spread = 0, least = 0, fourth = 0;
  for (size_t i = 0; i < n; i++) {
    products += y[i] * y[i + 1 < n ? i + 1 : 0];
    fourth += y[i] * y[i] / variance * (y[i] * y[i] / variance);
  }
  double s = products / (double)n / variance;
  double kurtosis = fourth / (double)n;
  size_t most = most_apart(n, kurtosis);
  for (size_t apart = 1; apart <= most; apart++) {
    double part;
    spread += variance_of_products(y, n, apart, s, &part) / (double)most;
    least += part / (double)most;
  }
  roi_estimate e = around(s, fmax(spread, least), variance, n);
  double half = e.high - s, step = ROI_Z95 * ROI_Z95 / 2 * kurtosis / (double)n;
  e.high = s + step + sqrt(half * half + step * step);
  return e;
}

roi_estimate roi_first_by_values(const double *y, const uint16_t *value, size_t n) {
  double variance = mean_square(y, n), between = 0, values = 0;
  for (size_t i = 0, end; i < n; i = end, values++) {
    double sum = 0;
    for (end = i; end < n && value[end] == value[i]; end++) sum += y[end];
    between += sum * sum / (double)(end - i);
  }
  between /= (double)n;
  double within = (double)n > values ? (variance - between) * (double)n / ((double)n - values) : 0;
  double s = (between - (values - 1) * within / (double)n) / variance, spread = 0, mean = 0;
  for (size_t i = 0, end; i < n; i = end) {
    double sum = 0;
    for (end = i; end < n && value[end] == value[i]; end++) sum += y[end];
    double m = sum / (double)(end - i);
    for (size_t j = i; j < end; j++) {
      double g = 2 * y[j] * m - m * m - s * y[j] * y[j];
      mean += g;
      spread += g * g;
    }
  }
  mean /= (double)n;
  roi_estimate e = around(s, spread / (double)n - mean * mean, variance, n);
  e.high += (values - 1 + ROI_Z95 * ROI_Z95) / (double)n;
  return e;
}
