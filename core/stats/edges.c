#include "stats/edges.h"

#include <math.h>

#include "roisim.h"
#include "stats/sort.h"

/* Round steps in tenths. */
static const int tenths[] = {10, 12, 15, 20, 25, 30, 40, 50, 60, 80};
#define STEPS ((int)(sizeof tenths / sizeof *tenths))

static double power_of_ten(int k) {
  double p = 1;
  for (; k > 0; k--) p *= 10;
  return p;
}

/* count * 10^k; by a division where k < 0, so that multiples of 0.1 are the doubles nearest to them. */
static double scaled(double count, int k) {
  return k >= 0 ? count * power_of_ten(k) : count / power_of_ten(-k);
}

static int ascending(const double *edges, int bins) {
  for (int i = 0; i < bins; i++)
    if (!(edges[i] < edges[i + 1]) || !isfinite(edges[i]) || !isfinite(edges[i + 1])) return 0;
  return 1;
}

/* Edges step apart around low .. high; 0 if these are too many or not distinct. */
static int try_step(double low, double high, int whole, int tenth, int k, double *edges) {
  double step = scaled(tenth, k), shift = whole ? 0.5 : 0;
  if (whole && (step < 1 || step != floor(step))) return 0;
  double first = floor((low + shift) / step), last = floor((high + shift) / step) + 1;
  if (!(last - first <= ROI_HISTOGRAM_BINS)) return 0;
  int bins = (int)(last - first);
  for (int i = 0; i <= bins; i++) edges[i] = scaled((first + i) * tenth, k) - shift;
  return bins >= 1 && ascending(edges, bins) ? bins : 0;
}

int roi_histogram_edges(double low, double high, int whole, double *edges) {
  double size = fmax(fabs(low), fabs(high));
  double least = low < high ? high / ROI_HISTOGRAM_BINS - low / ROI_HISTOGRAM_BINS : size / 1000;
  if (least < size * 0x1p-45) least = size * 0x1p-45; /* narrower bins would have no round edges */
  if (size > 0x1p48) whole = 0;
  if (whole && least < 1) least = 1;
  int exponent;
  frexp(least, &exponent);
  int k = (int)floor((exponent - 1) * 0.30102999566398120) - 1; /* a power of ten that is not above the step, in tenths */
  if (least > 1e-280 && least < 1e280) {
    for (int i = 0; i < 4 * STEPS; i++) {
      int power = k + i / STEPS - 1;
      if (scaled(tenths[i % STEPS], power) < least) continue;
      int bins = try_step(low, high, whole, tenths[i % STEPS], power, edges);
      if (bins > 0) return bins;
    }
  }
  double step = high / ROI_HISTOGRAM_BINS - low / ROI_HISTOGRAM_BINS; /* at the ends of what doubles hold: even steps */
  for (int i = 0; i <= ROI_HISTOGRAM_BINS; i++) edges[i] = low + step * i;
  if (ascending(edges, ROI_HISTOGRAM_BINS)) return ROI_HISTOGRAM_BINS;
  edges[0] = low;
  edges[1] = isfinite(roi_next_up(high)) ? roi_next_up(high) : high;
  if (edges[0] < edges[1]) return 1;
  edges[0] = -high;
  return 1;
}
