#include "math/philox.h"

#include <string.h>

/* REFERENCE Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3. SC11. The vector form, with the
 * same results, is in kernel/kernels_sampling.h. */
void roi_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]) {
  uint32_t x0 = counter[0], x1 = counter[1], x2 = counter[2], x3 = counter[3], k0 = key[0], k1 = key[1];
  for (int round = 0; round < 10; round++) {
    uint64_t p0 = (uint64_t)ROI_PHILOX_M0 * x0, p1 = (uint64_t)ROI_PHILOX_M1 * x2;
    x0 = (uint32_t)(p1 >> 32) ^ x1 ^ k0;
    x1 = (uint32_t)p1;
    x2 = (uint32_t)(p0 >> 32) ^ x3 ^ k1;
    x3 = (uint32_t)p0;
    k0 += ROI_PHILOX_W0;
    k1 += ROI_PHILOX_W1;
  }
  out[0] = x0;
  out[1] = x1;
  out[2] = x2;
  out[3] = x3;
}

double roi_uniform_at(uint64_t seed, uint64_t name_key, uint64_t trial, uint32_t period) {
  uint64_t j = trial / 2;
  uint32_t counter[4] = {(uint32_t)j, (uint32_t)(j >> 32) | period << 16, (uint32_t)name_key,
                         (uint32_t)(name_key >> 32)};
  uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)}, w[4];
  roi_philox(counter, key, w);
  uint64_t word = trial % 2 ? (uint64_t)w[3] << 32 | w[2] : (uint64_t)w[1] << 32 | w[0];
  return ((double)(word >> 12) + 0.5) * 0x1p-52;
}
