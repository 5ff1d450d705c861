/* shortest.c - shortest decimal text of a double. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"

__extension__ typedef unsigned __int128 wide;

static wide power_of(unsigned base, int n) {
  wide p = 1;
  for (int i = 0; i < n; i++) p *= base;
  return p;
}

/* x = m 2^e, and x 10^k = scaled / 2^shift exactly. */
typedef struct decimal {
  uint64_t m;
  int e, k, shift;
  wide five, scaled;
} decimal;

static void scale(decimal *d, int k) {
  d->k = k;
  d->shift = -(d->e + k);
  d->five = power_of(5, k);
  d->scaled = d->m * d->five;
}

/* 1 if digits / 10^k is nearer to x than to any other double; at a tie the even one is taken, as readers do. */
static int reads_back(const decimal *d, uint64_t digits) {
  wide value = (wide)digits << d->shift;
  int below = value < d->scaled;
  wide gap = below ? d->scaled - value : value - d->scaled;
  gap *= below && d->m == UINT64_C(1) << 52 ? 4 : 2; /* the next double below a power of two is at half the distance */
  return gap < d->five || (gap == d->five && d->m % 2 == 0);
}

static char *write_digits(char *buf, uint64_t digits, int precision, int magnitude) {
  char text[17], *to = buf;
  for (int i = precision; i-- > 0; digits /= 10) text[i] = (char)('0' + digits % 10);
  while (precision > magnitude + 1 && precision > 1 && text[precision - 1] == '0') precision--;
  if (magnitude < 0) {
    *to++ = '0';
    *to++ = '.';
    for (int i = -1; i > magnitude; i--) *to++ = '0';
  }
  for (int i = 0; i < precision; i++) {
    *to++ = text[i];
    if (i == magnitude && i + 1 < precision) *to++ = '.';
  }
  *to = '\0';
  return buf;
}

/* REFERENCE The definition itself: the number correctly rounded to 15, 16 or 17 digits, the first that reads back as x.
 * ACCURACY Exact: from 1e-4 to 1e15 a double times the power of ten that brings 17 digits before the point is a whole
 *   number of less than 103 bits over a power of two. */
char *roi_shortest_common(char *buf, double x) {
  double size = fabs(x);
  if (!(size >= 1e-4 && size < 1e15)) return NULL;
  decimal d;
  d.m = (uint64_t)ldexp(frexp(size, &d.e), 53);
  d.e -= 53;
  int magnitude = -4;
  for (double p = 1e-3; magnitude < 14 && size >= p; p *= 10) magnitude++; /* one off at most */
  scale(&d, 16 - magnitude);
  if (d.scaled >> d.shift >= UINT64_C(100000000000000000)) magnitude++;
  if (d.scaled >> d.shift < UINT64_C(10000000000000000)) magnitude--;
  if (magnitude > 14 || magnitude < -4) return NULL;
  if (x < 0) *buf++ = '-';
  for (int precision = 15; precision <= 17; precision++) {
    scale(&d, precision - 1 - magnitude);
    wide half = (wide)1 << (d.shift - 1), rest = d.scaled & (((wide)1 << d.shift) - 1);
    uint64_t digits = (uint64_t)(d.scaled >> d.shift);
    if (rest > half || (rest == half && digits % 2 == 1)) digits++;
    if (digits >= (uint64_t)power_of(10, precision)) return NULL; /* rounded up to a power of ten */
    if (precision < 17 && !reads_back(&d, digits)) continue;
    write_digits(buf, digits, precision, magnitude);
    break;
  }
  return x < 0 ? buf - 1 : buf;
}
