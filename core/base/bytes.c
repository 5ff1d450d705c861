#include "base/bytes.h"

#include <string.h>

void roi_put_bytes(roi_byte_sink *s, const void *bytes, size_t n) {
  if (s->failed || n == 0) return;
  s->failed = s->put(s->data, bytes, n) != 0;
  if (!s->failed) s->written += n;
}

void roi_put_u64(roi_byte_sink *s, uint64_t x) { roi_put_bytes(s, &x, sizeof x); }
void roi_put_f64(roi_byte_sink *s, double x) { roi_put_bytes(s, &x, sizeof x); }

void roi_get_bytes(roi_byte_source *s, void *bytes, size_t n) {
  if (n == 0) return;
  if (!s->failed) s->failed = s->get(s->data, bytes, n) != 0;
  if (s->failed) memset(bytes, 0, n);
}

uint64_t roi_get_u64(roi_byte_source *s) {
  uint64_t x;
  roi_get_bytes(s, &x, sizeof x);
  return x;
}

double roi_get_f64(roi_byte_source *s) {
  double x;
  roi_get_bytes(s, &x, sizeof x);
  return x;
}

uint64_t roi_get_count(roi_byte_source *s, uint64_t most) {
  uint64_t n = roi_get_u64(s);
  if (n <= most) return n;
  s->failed = 1;
  return 0;
}
