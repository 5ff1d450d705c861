/* A sum of doubles without rounding, in 67 overlapping chunks of which chunk i counts units of 2^(32 i - 1075).
 *
 * REFERENCE Neal: Fast exact summation using small and large superaccumulators (2015), the small one.
 * ACCURACY the value is the correctly rounded sum (to nearest, ties to even); order and merging are of no effect. */
#include <math.h>
#include <string.h>

#include "stats/exact_sum.h"
#include "stats/stats.h"

__extension__ typedef unsigned __int128 wide;

#define CHUNKS 67
#define LOW_32 UINT64_C(0xffffffff)
/* An addition changes a chunk by less than 2^52, and a chunk whose carries are done is below 2^32. */
#define ADDITIONS_BEFORE_CARRY 2047

/* A double as mantissa * 2^(32 chunk + shift - 1075), sign apart. */
typedef struct parts { uint64_t mantissa; unsigned chunk, shift; int negative; } parts;

static inline parts parts_of(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  unsigned exponent = (unsigned)(bits >> 52) & 0x7ff;
  uint64_t mantissa = bits & UINT64_C(0xfffffffffffff);
  if (exponent > 0) mantissa |= UINT64_C(1) << 52;
  else exponent = 1;
  return (parts){mantissa, exponent >> 5, exponent & 31, (int)(bits >> 63)};
}

void roi_exact_clear(roi_exact_sum *s) {
  memset(s, 0, sizeof *s);
}

/* Brings every chunk but the last into 0 .. 2^32 - 1; the last carries the sign. */
static void carry(roi_exact_sum *s) {
  int64_t over = 0;
  for (int i = 0; i < CHUNKS - 1; i++) {
    int64_t v = s->chunk[i] + over;
    int64_t low = (int64_t)((uint64_t)v & LOW_32);
    over = (v - low) / ((int64_t)1 << 32);
    s->chunk[i] = low;
  }
  s->chunk[CHUNKS - 1] += over;
  s->since_carry = 0;
}

void roi_exact_add(roi_exact_sum *s, const double *x, size_t n) {
  s->n += n;
  while (n > 0) {
    if (s->since_carry >= ADDITIONS_BEFORE_CARRY) carry(s);
    size_t room = ADDITIONS_BEFORE_CARRY - s->since_carry, now = n < room ? n : room;
    for (size_t i = 0; i < now; i++) {
      parts p = parts_of(x[i]);
      int64_t low = (int64_t)((p.mantissa << p.shift) & LOW_32);
      int64_t high = (int64_t)(p.shift ? p.mantissa >> (32 - p.shift) : p.mantissa >> 32);
      int64_t sign = -(int64_t)p.negative; /* v ^ sign - sign is v or -v */
      s->chunk[p.chunk] += (low ^ sign) - sign;
      s->chunk[p.chunk + 1] += (high ^ sign) - sign;
    }
    s->since_carry += (uint32_t)now;
    x += now;
    n -= now;
  }
}

void roi_exact_add_times(roi_exact_sum *s, double x, uint64_t times) {
  s->n += times;
  parts p = parts_of(x);
  for (unsigned half = 0; half < 2; half++) { /* 53 bits times 32 bits, shifted by up to 31, are fewer than 128 */
    wide product = (wide)p.mantissa * (times >> (32 * half) & LOW_32) << p.shift;
    if (s->since_carry >= ADDITIONS_BEFORE_CARRY) carry(s);
    for (unsigned i = p.chunk + half; product != 0; i++, product >>= 32) {
      int64_t digit = (int64_t)(product & LOW_32);
      s->chunk[i] += p.negative ? -digit : digit;
    }
    s->since_carry++;
  }
}

void roi_exact_merge(roi_exact_sum *s, const roi_exact_sum *other) {
  carry(s);
  for (int i = 0; i < CHUNKS; i++) s->chunk[i] += other->chunk[i];
  s->n += other->n;
  s->since_carry = other->since_carry + 1;
  if (s->since_carry >= ADDITIONS_BEFORE_CARRY) carry(s);
}

/* The 64 bits of the number in 32-bit digits from bit position `from` upwards. */
static uint64_t bits_from(const uint64_t *digit, int from) {
  int i = from / 32, shift = from % 32;
  wide window = (wide)digit[i] | (wide)digit[i + 1] << 32 | (wide)digit[i + 2] << 64;
  return (uint64_t)(window >> shift);
}

double roi_exact_value(const roi_exact_sum *s) {
  roi_exact_sum t = *s;
  carry(&t);
  int negative = t.chunk[CHUNKS - 1] < 0;
  if (negative) {
    for (int i = 0; i < CHUNKS; i++) t.chunk[i] = -t.chunk[i];
    carry(&t);
  }
  uint64_t digit[CHUNKS + 4] = {0};
  for (int i = 0; i < CHUNKS; i++) digit[i] = (uint64_t)t.chunk[i];
  digit[CHUNKS] = digit[CHUNKS - 1] >> 32;
  digit[CHUNKS - 1] &= LOW_32;
  int top = CHUNKS;
  while (top >= 0 && digit[top] == 0) top--;
  if (top < 0) return 0;
  int highest = 32 * top;
  for (uint64_t d = digit[top]; d > 1; d >>= 1) highest++;
  if (highest < 54) { /* few enough bits to be exact, the lowest bit being 0 */
    double small = ldexp((double)bits_from(digit, 0), -1075);
    return negative ? -small : small;
  }
  int from = highest - 53; /* 53 bits and the one that decides the rounding */
  uint64_t top_bits = bits_from(digit, from) & ((UINT64_C(1) << 54) - 1);
  int sticky = (digit[from / 32] & ((UINT64_C(1) << from % 32) - 1)) != 0;
  for (int i = 0; i < from / 32; i++) sticky |= digit[i] != 0;
  uint64_t mantissa = top_bits >> 1;
  if ((top_bits & 1) && (sticky || (mantissa & 1))) mantissa++;
  double value = ldexp((double)mantissa, from + 1 - 1075);
  return negative ? -value : value;
}

/* With its carries done, so that it can be added to as one that is new. */
void roi_exact_save(const roi_exact_sum *s, roi_byte_sink *to) {
  roi_exact_sum t = *s;
  carry(&t);
  for (int i = 0; i < CHUNKS; i++) roi_put_u64(to, (uint64_t)t.chunk[i]);
  roi_put_u64(to, t.n);
}

int roi_exact_restore(roi_exact_sum *s, roi_byte_source *from) {
  roi_exact_clear(s);
  int bad = 0;
  for (int i = 0; i < CHUNKS; i++) {
    s->chunk[i] = (int64_t)roi_get_u64(from);
    int64_t least = i < CHUNKS - 1 ? 0 : -((int64_t)1 << 60), most = i < CHUNKS - 1 ? (int64_t)LOW_32 : (int64_t)1 << 60;
    bad |= s->chunk[i] < least || s->chunk[i] > most;
  }
  s->n = roi_get_u64(from);
  return bad || from->failed ? -1 : 0;
}
