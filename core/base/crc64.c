#include "base/crc64.h"

#include <pthread.h>
#include <string.h>

#define POLYNOMIAL UINT64_C(0xc96c5795d7870f42) /* reflected */
#define SLICES 8

/* table[k][b]: what byte b followed by k zero bytes does. Eight bytes at a time: REFERENCE Kounavis and Berry, A systematic approach to
 * building high performance software-based CRC generators (2005). */
static uint64_t table[SLICES][256];
static pthread_once_t made = PTHREAD_ONCE_INIT;

static void make_table(void) {
  for (unsigned b = 0; b < 256; b++) {
    uint64_t x = b;
    for (int i = 0; i < 8; i++) x = (x >> 1) ^ (x & 1 ? POLYNOMIAL : 0);
    table[0][b] = x;
  }
  for (int k = 1; k < SLICES; k++)
    for (unsigned b = 0; b < 256; b++) table[k][b] = (table[k - 1][b] >> 8) ^ table[0][table[k - 1][b] & 0xff];
}

uint64_t roi_crc64(uint64_t crc, const void *data, size_t n) {
  const uint8_t *p = data;
  pthread_once(&made, make_table);
  crc = ~crc;
  for (; n >= 8; n -= 8, p += 8) {
    uint64_t x = 0;
    for (int i = 0; i < 8; i++) x |= (uint64_t)p[i] << (8 * i); /* one load where bytes lie so */
    x ^= crc;
    crc = 0;
    for (int i = 0; i < 8; i++) crc ^= table[7 - i][(x >> (8 * i)) & 0xff];
  }
  for (; n > 0; n--, p++) crc = (crc >> 8) ^ table[0][(crc ^ *p) & 0xff];
  return ~crc;
}
