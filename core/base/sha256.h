/* sha256.h - SHA-256 (FIPS 180-4), for provenance and for keys of random streams. */
#ifndef ROI_BASE_SHA256_H
#define ROI_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

typedef struct roi_sha256 {
  uint32_t state[8];
  uint64_t length;
  uint8_t block[64];
} roi_sha256;

void roi_sha256_start(roi_sha256 *h);
void roi_sha256_add(roi_sha256 *h, const void *data, size_t n);
void roi_sha256_end(roi_sha256 *h, uint8_t digest[32]);

/* A digest as 64 lowercase hex digits and a NUL. */
void roi_digest_hex(const uint8_t digest[32], char hex[65]);
/* The whole thing as 64 lowercase hex digits and a NUL. */
void roi_sha256_hex(const void *data, size_t n, char hex[65]);
/* The first eight bytes of the digest of a name, big-endian: the key of the name's random stream. */
uint64_t roi_name_key(const char *name);

#endif
