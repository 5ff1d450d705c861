#include "report/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"

/* Room for n more bytes and a NUL: 0, or -1 when memory is out. */
static int reserve(roi_buffer *b, size_t n) {
  if (b->failed) return -1;
  if (n < b->cap - b->n) return 0; /* cap - n is at least 1 once there is any text */
  size_t cap = b->cap ? b->cap : 256;
  while (cap - b->n <= n) {
    if (cap > (size_t)-1 / 2) { b->failed = 1; return -1; }
    cap *= 2;
  }
  char *text = roi_resize(b->text, cap, 1);
  if (!text) { b->failed = 1; return -1; }
  b->text = text;
  b->cap = cap;
  return 0;
}

void roi_buffer_add(roi_buffer *b, const char *text, size_t n) {
  if (reserve(b, n)) return;
  memcpy(b->text + b->n, text, n);
  b->n += n;
  b->text[b->n] = '\0';
}

void roi_buffer_text(roi_buffer *b, const char *text) { roi_buffer_add(b, text, strlen(text)); }

void roi_buffer_print(roi_buffer *b, const char *format, ...) {
  va_list args;
  va_start(args, format);
  va_list again;
  va_copy(again, args);
  int n = vsnprintf(NULL, 0, format, args);
  va_end(args);
  if (n < 0) {
    b->failed = 1;
  } else if (!reserve(b, (size_t)n)) {
    vsnprintf(b->text + b->n, (size_t)n + 1, format, again);
    b->n += (size_t)n;
  }
  va_end(again);
}

void roi_buffer_repeat(roi_buffer *b, const char *text, size_t times) {
  for (size_t i = 0; i < times; i++) roi_buffer_text(b, text);
}

void roi_buffer_free(roi_buffer *b) {
  roi_free(b->text);
  *b = (roi_buffer){0};
}
