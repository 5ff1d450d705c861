/* REFERENCE Wilson: Probable inference, the law of succession, and statistical inference (JASA 22, 1927). */
#include <math.h>

#include "stats/stats.h"

void roi_share(uint64_t k, uint64_t n, double *p, double *se, double *low, double *high) {
  const double z = 1.9599639845400545; /* the normal distribution's 97.5% quantile */
  double count = (double)n, share = (double)k / count, rest = (double)(n - k) / count;
  double scale = 1 + z * z / count;
  double middle = (share + z * z / (2 * count)) / scale;
  double half = z / scale * sqrt(share * rest / count + z * z / (4 * count * count));
  *p = share;
  *se = sqrt(share * rest / count);
  *low = k == 0 ? 0 : middle - half;
  *high = k == n ? 1 : middle + half;
}
