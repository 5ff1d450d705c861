/* philox.h - the counter-based generator Philox 4x32-10 and how roisim lays its streams out.
 *
 * REFERENCE Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3. SC11.
 *
 * The uniform of (seed, name, trial, period) is computed from nothing else:
 *   key      = seed, low word first
 *   counter  = { low word of j, (high word of j, 16 bits) | period << 16, low word of n, high word of n }
 *   j        = trial / 2 (trials counted from 0, below 2^49), n = roi_name_key(name), period 0 for what is drawn once
 *   words w  = Philox(counter, key); k = top 52 bits of w[1]:w[0] for even trials, of w[3]:w[2] for odd ones
 *   uniform  = (k + 1/2) / 2^52, so 2^-53 <= u <= 1 - 2^-53, and 1 - u is exact. */
#ifndef ROI_MATH_PHILOX_H
#define ROI_MATH_PHILOX_H

#include <stdint.h>

#define ROI_PHILOX_M0 0xD2511F53u
#define ROI_PHILOX_M1 0xCD9E8D57u
#define ROI_PHILOX_W0 0x9E3779B9u
#define ROI_PHILOX_W1 0xBB67AE85u
#define ROI_MAX_TRIALS (UINT64_C(1) << 49)

void roi_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);
double roi_uniform_at(uint64_t seed, uint64_t name_key, uint64_t trial, uint32_t period);

#endif
