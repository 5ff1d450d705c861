/* REFERENCE NIST: FIPS 180-4, Secure Hash Standard (2015), section 6.2. */
#include "base/sha256.h"

#include <string.h>

static const uint32_t round_constant[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01,
    0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
    0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08,
    0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t rotate(uint32_t x, int by) {
  return x >> by | x << (32 - by);
}

static void compress(uint32_t state[8], const uint8_t block[64]) {
  uint32_t w[64];
  for (int i = 0; i < 16; i++) {
    const uint8_t *b = block + 4 * i;
    w[i] = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
  }
  for (int i = 16; i < 64; i++) {
    uint32_t s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
    uint32_t s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
  uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
  for (int i = 0; i < 64; i++) {
    uint32_t sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    uint32_t choice = (e & f) ^ (~e & g);
    uint32_t t1 = h + sum1 + choice + round_constant[i] + w[i];
    uint32_t sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    uint32_t majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = d + t1;
    d = c;
    c = b;
    b = a;
    a = t1 + sum0 + majority;
  }
  const uint32_t working[8] = {a, b, c, d, e, f, g, h};
  for (int i = 0; i < 8; i++) state[i] += working[i];
}

void roi_sha256_start(roi_sha256 *h) {
  static const uint32_t initial[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  memcpy(h->state, initial, sizeof initial);
  h->length = 0;
}

void roi_sha256_add(roi_sha256 *h, const void *data, size_t n) {
  const uint8_t *p = data;
  size_t held = (size_t)(h->length % 64);
  h->length += n;
  while (n > 0) {
    size_t take = n < 64 - held ? n : 64 - held;
    memcpy(h->block + held, p, take);
    p += take;
    n -= take;
    held += take;
    if (held < 64) return;
    compress(h->state, h->block);
    held = 0;
  }
}

void roi_sha256_end(roi_sha256 *h, uint8_t digest[32]) {
  uint64_t bits = h->length * 8;
  size_t held = (size_t)(h->length % 64);
  uint8_t padding[72] = {0x80};
  size_t zeros = (held < 56 ? 56 : 120) - held; /* the marker and the zeros up to the length */
  for (size_t i = 0; i < 8; i++) padding[zeros + i] = (uint8_t)(bits >> (56 - 8 * i));
  roi_sha256_add(h, padding, zeros + 8);
  for (size_t i = 0; i < 32; i++) digest[i] = (uint8_t)(h->state[i / 4] >> (24 - 8 * (i % 4)));
}

void roi_digest_hex(const uint8_t digest[32], char hex[65]) {
  for (size_t i = 0; i < 32; i++) {
    hex[2 * i] = "0123456789abcdef"[digest[i] >> 4];
    hex[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
  }
  hex[64] = '\0';
}

void roi_sha256_hex(const void *data, size_t n, char hex[65]) {
  roi_sha256 h;
  uint8_t digest[32];
  roi_sha256_start(&h);
  roi_sha256_add(&h, data, n);
  roi_sha256_end(&h, digest);
  roi_digest_hex(digest, hex);
}

uint64_t roi_name_key(const char *name) {
  roi_sha256 h;
  uint8_t digest[32];
  roi_sha256_start(&h);
  roi_sha256_add(&h, name, strlen(name));
  roi_sha256_end(&h, digest);
  uint64_t key = 0;
  for (int i = 0; i < 8; i++) key = key << 8 | digest[i];
  return key;
}
