/* buffer.h - text that grows. A failed allocation is remembered and further additions do nothing, so that a writer
 * asks once, at its end. */
#ifndef ROI_REPORT_BUFFER_H
#define ROI_REPORT_BUFFER_H

#include <stddef.h>

#include "base/error.h"

typedef struct roi_buffer {
  char *text;      /* NUL-terminated once anything was added; NULL before */
  size_t n, cap;
  int failed;      /* 1: memory was out */
} roi_buffer;

void roi_buffer_add(roi_buffer *b, const char *text, size_t n);
void roi_buffer_text(roi_buffer *b, const char *text);
void roi_buffer_print(roi_buffer *b, const char *format, ...) ROI_PRINTF(2, 3);
void roi_buffer_repeat(roi_buffer *b, const char *text, size_t times);
/* Releases the text and empties the buffer. */
void roi_buffer_free(roi_buffer *b);

#endif
