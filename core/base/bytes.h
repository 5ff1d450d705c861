/* bytes.h - values as bytes on their way to or from somewhere: a file, another process. As they lie in memory; whoever reads them says
 * what machine may have written them.
 *
 * A failure sticks: after it nothing more is written, and what is read is zeros, so that callers look once, at the end. Readers
 * must look at what they read as at anything from outside. */
#ifndef ROI_BASE_BYTES_H
#define ROI_BASE_BYTES_H

#include <stddef.h>
#include <stdint.h>

typedef struct roi_byte_sink {
  int (*put)(void *data, const void *bytes, size_t n); /* 0, or -1 */
  void *data;
  int failed;
  uint64_t written;
} roi_byte_sink;

typedef struct roi_byte_source {
  int (*get)(void *data, void *bytes, size_t n); /* exactly n: 0, or -1 */
  void *data;
  int failed;
} roi_byte_source;

void roi_put_bytes(roi_byte_sink *s, const void *bytes, size_t n);
void roi_put_u64(roi_byte_sink *s, uint64_t x);
void roi_put_f64(roi_byte_sink *s, double x);

void roi_get_bytes(roi_byte_source *s, void *bytes, size_t n);
uint64_t roi_get_u64(roi_byte_source *s);
double roi_get_f64(roi_byte_source *s);
/* A number of at most `most`; a larger one is a failure. */
uint64_t roi_get_count(roi_byte_source *s, uint64_t most);

#endif
