/* scramble.h - one coordinate of a Sobol' point scrambled, in a form that compilers turn into vector code.
 *
 * Bits are reversed here: the first binary digit of a coordinate is its lowest bit. Additions, multiplications by odd
 * numbers and x ^ (x * even) change a bit by what the bits below it say, which is what a nested scrambling does to digits.
 *
 * REFERENCE Owen: Randomly permuted (t,m,s)-nets and (t,s)-sequences, 1995, for nested uniform scrambling; Laine, Karras:
 * Stratified sampling for stochastic transparency, EGSR 2011, and Burley: Practical hash-based Owen scrambling, JCGT 9(4),
 * 2020, for doing it by a hash of reversed bits.
 * CHANGED   The hash is our own, with 320 bits of key in place of 32, made of two parts.
 * 1. The first six digits are scrambled as Owen says: a random bit for each of the 63 nodes of the tree, from two keys.
 * 2. All digits go through x a + b three times, a odd, with fixed mixing between. For uniform (a, b) that takes two
 *    coordinates which agree in exactly their first k digits to two that are together uniform among such pairs: b makes the
 *    first uniform, a their difference. That is the joint law under Owen's scrambling, and whatever is nested and
 *    independent of (a, b) leaves it alone.
 * So means and variances of estimates are those of Owen's scrambling exactly, as far as Philox's keys are random; the law of
 * three and more coordinates is exact in six digits, and below them so near that tests/unit/sobol_test.c sees no difference.
 * ACCURACY  Integers: the same bits everywhere. */
#ifndef ROI_SAMPLE_SCRAMBLE_H
#define ROI_SAMPLE_SCRAMBLE_H

#include <stdint.h>

#define ROI_SCRAMBLE_KEYS 10

/* The keys of one randomisation of one dimension. */
void roi_scramble_keys(uint64_t seed, uint32_t keys[ROI_SCRAMBLE_KEYS]);

static inline uint32_t roi_reverse_bits(uint32_t x) {
  x = x >> 16 | x << 16;
  x = (x >> 8 & 0x00ff00ffu) | (x & 0x00ff00ffu) << 8;
  x = (x >> 4 & 0x0f0f0f0fu) | (x & 0x0f0f0f0fu) << 4;
  x = (x >> 2 & 0x33333333u) | (x & 0x33333333u) << 2;
  return (x >> 1 & 0x55555555u) | (x & 0x55555555u) << 1;
}

/* Digit d is flipped by bit 2^(d-1) + (the digits before it) of the tree, the sixth by bit (five digits) of the leaves. */
static inline uint32_t roi_scramble_six(uint32_t x, uint32_t tree, uint32_t leaves) {
  uint32_t flip = tree >> 1 & 1;
  flip |= (tree >> (2 | (x & 1)) & 1) << 1;
  flip |= (tree >> (4 | (x & 3)) & 1) << 2;
  flip |= (tree >> (8 | (x & 7)) & 1) << 3;
  flip |= (tree >> (16 | (x & 15)) & 1) << 4;
  flip |= (leaves >> (x & 31) & 1) << 5;
  return x ^ flip;
}

/* Digits 1 to 32, reversed in and out, by keys 2 to 7. */
static inline uint32_t roi_scramble_all(uint32_t x, uint32_t k2, uint32_t k3, uint32_t k4, uint32_t k5, uint32_t k6, uint32_t k7) {
  x = x * (k2 | 1) + k3;
  x ^= x * 0x9e6d62d6u;
  x = x * (k4 | 1) + k5;
  x ^= x * 0xb55a4f0au;
  return x * (k6 | 1) + k7;
}

/* Digits 33 to 52, as a number below 2^20: any change in the digits before them changes all of these. */
static inline uint32_t roi_scramble_rest(uint32_t x, uint32_t k8, uint32_t k9) {
  x = (x ^ k8) * 0x7feb352du;
  x = (x ^ x >> 15) * 0x846ca68bu + k9;
  x = (x ^ x >> 16) * 0x9e3779b1u;
  return x >> 12;
}

/* (k + 1/2) / 2^52, k made of 32 digits and 20 more. Exact. */
static inline double roi_scramble_join(uint32_t digits, uint32_t rest) {
  double high = (double)(int32_t)(digits >> 6), low = (double)(int32_t)((digits & 63) << 20 | rest);
  return (high * 0x1p26 + low + 0.5) * 0x1p-52;
}

/* The uniform that a coordinate, given with its digits reversed, becomes under keys k0 to k9. */
static inline double roi_scramble(uint32_t x, uint32_t k0, uint32_t k1, uint32_t k2, uint32_t k3, uint32_t k4, uint32_t k5,
                                  uint32_t k6, uint32_t k7, uint32_t k8, uint32_t k9) {
  uint32_t digits = roi_scramble_all(roi_scramble_six(x, k0, k1), k2, k3, k4, k5, k6, k7);
  return roi_scramble_join(roi_reverse_bits(digits), roi_scramble_rest(x, k8, k9));
}

#endif
