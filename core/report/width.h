/* width.h - how much room text takes on a terminal, without asking the locale. */
#ifndef ROI_REPORT_WIDTH_H
#define ROI_REPORT_WIDTH_H

#include <stddef.h>
#include <stdint.h>

/* Reads one character of UTF-8 at s (not at its end) and returns its length in bytes; *code is 0xFFFD and the
 * length 1 where the bytes are not UTF-8. */
size_t roi_utf8_next(const char *s, uint32_t *code);
/* Columns of one character: 0 for combining marks, 2 for the wide characters of East Asia and emoji, else 1. */
int roi_character_width(uint32_t code);
/* Columns of a text. */
size_t roi_text_width(const char *s);

/* Copies src to dst (of size bytes), safe to show: control characters and characters that change the direction of
 * text are escaped, and what does not fit in `width` columns is cut, ending in the given mark. Returns the columns
 * used. */
size_t roi_text_fit(char *dst, size_t size, const char *src, size_t width, const char *mark);

#endif
