#include "report/width.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

typedef struct range { uint32_t first, last; } range;

/* Combining marks, joiners and variation selectors: Unicode 15 general categories Mn, Me and Cf, the blocks in
 * common use. */
static const range zero_width[] = {
    {0x0300, 0x036f}, {0x0483, 0x0489}, {0x0591, 0x05bd}, {0x05bf, 0x05bf}, {0x05c1, 0x05c2}, {0x05c4, 0x05c5},
    {0x0610, 0x061a}, {0x064b, 0x065f}, {0x0670, 0x0670}, {0x06d6, 0x06dc}, {0x06df, 0x06e4}, {0x06e7, 0x06e8},
    {0x06ea, 0x06ed}, {0x0900, 0x0902}, {0x093a, 0x093a}, {0x093c, 0x093c}, {0x0941, 0x0948}, {0x094d, 0x094d},
    {0x0e31, 0x0e31}, {0x0e34, 0x0e3a}, {0x0e47, 0x0e4e}, {0x1ab0, 0x1ace}, {0x1dc0, 0x1dff}, {0x200b, 0x200f},
    {0x202a, 0x202e}, {0x2060, 0x2064}, {0x2066, 0x206f}, {0x20d0, 0x20f0}, {0x302a, 0x302d}, {0x3099, 0x309a},
    {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0xfeff, 0xfeff}, {0xe0100, 0xe01ef}};

/* Unicode 15 East Asian Width W and F, merged to blocks. */
static const range wide[] = {
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x23e9, 0x23ec},   {0x2614, 0x2615},   {0x2648, 0x2653},
    {0x26a1, 0x26a1},   {0x26bd, 0x26be},   {0x26d4, 0x26d4},   {0x2705, 0x2705},   {0x270a, 0x270b},
    {0x2728, 0x2728},   {0x274c, 0x274c},   {0x2753, 0x2755},   {0x2757, 0x2757},   {0x2795, 0x2797},
    {0x2b1b, 0x2b1c},   {0x2b50, 0x2b50},   {0x2e80, 0x303e},   {0x3041, 0x33ff},   {0x3400, 0x4dbf},
    {0x4e00, 0xa4cf},   {0xa960, 0xa97f},   {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe10, 0xfe19},
    {0xfe30, 0xfe6f},   {0xff00, 0xff60},   {0xffe0, 0xffe6},   {0x16fe0, 0x18aff}, {0x1b000, 0x1b2ff},
    {0x1f004, 0x1f004}, {0x1f0cf, 0x1f0cf}, {0x1f18e, 0x1f18e}, {0x1f191, 0x1f19a}, {0x1f200, 0x1f320},
    {0x1f32d, 0x1f335}, {0x1f337, 0x1f37c}, {0x1f37e, 0x1f393}, {0x1f3a0, 0x1f3ca}, {0x1f3cf, 0x1f3d3},
    {0x1f3e0, 0x1f3f0}, {0x1f3f4, 0x1f3f4}, {0x1f3f8, 0x1f43e}, {0x1f440, 0x1f440}, {0x1f442, 0x1f4fc},
    {0x1f4ff, 0x1f53d}, {0x1f550, 0x1f567}, {0x1f57a, 0x1f57a}, {0x1f595, 0x1f596}, {0x1f5a4, 0x1f5a4},
    {0x1f5fb, 0x1f64f}, {0x1f680, 0x1f6c5}, {0x1f6cc, 0x1f6cc}, {0x1f6d0, 0x1f6d2}, {0x1f6eb, 0x1f6ec},
    {0x1f6f4, 0x1f6fc}, {0x1f7e0, 0x1f7eb}, {0x1f90c, 0x1f93a}, {0x1f93c, 0x1f945}, {0x1f947, 0x1f9ff},
    {0x1fa70, 0x1faff}, {0x20000, 0x3fffd}};

static int is_in(uint32_t code, const range *table, size_t n) {
  size_t low = 0, high = n;
  while (low < high) {
    size_t mid = (low + high) / 2;
    if (code > table[mid].last) low = mid + 1;
    else high = mid;
  }
  return low < n && code >= table[low].first;
}

size_t roi_utf8_next(const char *s, uint32_t *code) {
  const unsigned char *p = (const unsigned char *)s;
  static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000}; /* what needs that many bytes */
  size_t n = p[0] < 0x80 ? 1 : p[0] >= 0xc2 && p[0] < 0xe0 ? 2 : p[0] >= 0xe0 && p[0] < 0xf0 ? 3
             : p[0] >= 0xf0 && p[0] < 0xf5 ? 4 : 0;
  if (n == 1) { *code = p[0]; return 1; }
  *code = 0xfffd;
  if (n == 0) return 1;
  uint32_t c = p[0] & (0xffu >> (n + 1));
  for (size_t i = 1; i < n; i++) {
    if ((p[i] & 0xc0) != 0x80) return 1; /* a NUL ends here as well */
    c = (c << 6) | (p[i] & 0x3fu);
  }
  if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) return 1;
  *code = c;
  return n;
}

int roi_character_width(uint32_t code) {
  if (code < 0x300) return 1;
  if (is_in(code, zero_width, sizeof zero_width / sizeof *zero_width)) return 0;
  return is_in(code, wide, sizeof wide / sizeof *wide) ? 2 : 1;
}

size_t roi_text_width(const char *s) {
  size_t width = 0;
  for (uint32_t code; *s;) {
    s += roi_utf8_next(s, &code);
    width += (size_t)roi_character_width(code);
  }
  return width;
}

size_t roi_text_fit(char *dst, size_t size, const char *src, size_t width, const char *mark) {
  size_t mark_width = roi_text_width(mark), mark_size = strlen(mark);
  size_t used = 0, n = 0;          /* what is in dst */
  size_t cut_used = 0, cut_n = 0;  /* the longest part that leaves room for the mark */
  while (*src) {
    uint32_t code;
    size_t length = roi_utf8_next(src, &code), columns;
    int invalid = code == 0xfffd && length == 1;
    char piece[16];
    if (invalid || roi_is_unsafe_character(code)) {
      unsigned shown = invalid ? (unsigned char)*src : (unsigned)code;
      columns = (size_t)snprintf(piece, sizeof piece, shown < 0x100 ? "\\x%02x" : shown < 0x10000 ? "\\u%04x" : "\\U%08x",
                                  shown);
    } else {
      memcpy(piece, src, length);
      piece[length] = '\0';
      columns = (size_t)roi_character_width(code);
    }
    size_t bytes = strlen(piece);
    if (used + columns > width || n + bytes + mark_size + 1 > size) {
      memcpy(dst + cut_n, mark, mark_size + 1);
      return cut_used + mark_width;
    }
    memcpy(dst + n, piece, bytes);
    n += bytes;
    used += columns;
    if (used + mark_width <= width) { cut_n = n; cut_used = used; }
    src += length;
  }
  dst[n] = '\0';
  return used;
}
