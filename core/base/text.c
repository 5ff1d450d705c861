#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* -- Suggestions --------------------------------------------------------------------------------------------------------- */

#define LONGEST_WORD 63 /* longer words get no suggestion */

static char lower(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int is_digit(char c) {
  return c >= '0' && c <= '9';
}

static int min_int(int a, int b) {
  return a < b ? a : b;
}

/* Edits (insert, delete, replace, swap neighbours) from a to b: Damerau's distance in its optimal string alignment form. */
static int edit_distance(const char *a, const char *b) {
  int na = (int)strlen(a), nb = (int)strlen(b);
  int row[3][LONGEST_WORD + 1]; /* rows i - 2, i - 1 and i of the table, in turn */
  for (int j = 0; j <= nb; j++) row[0][j] = j;
  for (int i = 1; i <= na; i++) {
    int *now = row[i % 3], *up = row[(i + 2) % 3], *up2 = row[(i + 1) % 3];
    now[0] = i;
    for (int j = 1; j <= nb; j++) {
      int differ = lower(a[i - 1]) != lower(b[j - 1]);
      int best = min_int(min_int(up[j], now[j - 1]) + 1, up[j - 1] + differ);
      if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
        best = min_int(best, up2[j - 2] + 1);
      now[j] = best;
    }
  }
  return row[na % 3][nb];
}

const char *roi_nearest(const char *word, const char *const *candidates, size_t n) {
  size_t length = strlen(word);
  if (length > LONGEST_WORD) return NULL;
  int allowed = length <= 4 ? 1 : length <= 8 ? 2 : 3;
  if (length <= 1) allowed = 0; /* one letter replaced is another word */
  const char *best = NULL;
  for (size_t i = 0; i < n; i++) {
    if (strlen(candidates[i]) > LONGEST_WORD) continue;
    int distance = edit_distance(word, candidates[i]);
    if (distance > allowed) continue;
    allowed = distance - 1; /* the first of equals wins */
    best = candidates[i];
  }
  return best;
}

/* -- Escaping ------------------------------------------------------------------------------------------------------------ */

/* Length of the valid UTF-8 character at s, 0 if there is none. Overlong forms and surrogates are invalid. */
static size_t utf8_length(const unsigned char *s) {
  if (s[0] < 0x80) return 1;
  size_t length = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
  if (s[0] < 0xc2 || s[0] > 0xf4) return 0;
  for (size_t i = 1; i < length; i++)
    if ((s[i] & 0xc0) != 0x80) return 0;
  if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f)) return 0;
  if ((s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f)) return 0;
  return length;
}

/* Controls, marks of direction and breaks of lines, and Unicode's Default_Ignorable_Code_Point, which shows nothing, with the specials
 * before U+FFFC. Not among them, since scripts and emoji need them: the joiners U+200C and U+200D, the selectors U+FE0E and U+FE0F. */
static const struct { uint32_t first, last; } unsafe[] = {
    {0x0000, 0x001f}, {0x007f, 0x009f}, {0x00ad, 0x00ad}, {0x034f, 0x034f},   {0x061c, 0x061c},   {0x115f, 0x1160},  {0x17b4, 0x17b5},
    {0x180b, 0x180f}, {0x200b, 0x200b}, {0x200e, 0x200f}, {0x2028, 0x202e},   {0x2060, 0x206f},   {0x3164, 0x3164},  {0xfe00, 0xfe0d},
    {0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff0, 0xfffb}, {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff}};

int roi_is_unsafe_character(uint32_t code) {
  size_t i = 0;
  while (i < sizeof unsafe / sizeof *unsafe && code > unsafe[i].last) i++;
  return i < sizeof unsafe / sizeof *unsafe && code >= unsafe[i].first;
}

/* The code of a valid character. */
static uint32_t code_of(const unsigned char *s, size_t length) {
  uint32_t code = length == 1 ? s[0] : s[0] & (0x7fu >> length);
  for (size_t i = 1; i < length; i++) code = code << 6 | (s[i] & 0x3fu);
  return code;
}

#define SHOWN 11 /* bytes of the longest form, with its end */

/* The shown form of the next character of s; *used is what it takes of s. */
static size_t shown_form(const unsigned char *s, char out[SHOWN], size_t *used) {
  static const char digits[] = "0123456789abcdef";
  size_t length = utf8_length(s);
  uint32_t code = code_of(s, length);
  if (length > 0 && !roi_is_unsafe_character(code)) {
    memcpy(out, s, length);
    return *used = length;
  }
  if (code >= 0x100 && length > 0) {
    *used = length;
    return (size_t)snprintf(out, SHOWN, code < 0x10000 ? "\\u%04x" : "\\U%08x", (unsigned)code);
  }
  *used = 1;
  out[0] = '\\';
  if (s[0] == '\n' || s[0] == '\t') {
    out[1] = s[0] == '\n' ? 'n' : 't';
    return 2;
  }
  out[1] = 'x';
  out[2] = digits[s[0] >> 4];
  out[3] = digits[s[0] & 15];
  return 4;
}

char *roi_escape(char *dst, size_t size, const char *src) {
  if (size == 0) return dst;
  const unsigned char *s = (const unsigned char *)src;
  size_t length = 0, cut = 0; /* cut: the last boundary after which "..." fits */
  while (*s) {
    char form[SHOWN];
    size_t used, shown;
    if (length + 4 <= size) cut = length;
    shown = shown_form(s, form, &used);
    if (length + shown + 1 > size) {
      for (length = cut; length < cut + 3 && length + 1 < size; length++) dst[length] = '.';
      break;
    }
    memcpy(dst + length, form, shown);
    length += shown;
    s += used;
  }
  dst[length] = '\0';
  return dst;
}

/* -- Numbers ------------------------------------------------------------------------------------------------------------- */

/* printf and strtod use the locale's decimal mark, which a program that embeds this library may have set. */
static size_t decimal_mark(char mark[16]) {
  char sample[32];
  int n = snprintf(sample, sizeof sample, "%.1f", 0.5);
  size_t length = n > 2 && n < 18 ? (size_t)n - 2 : 0;
  memcpy(mark, sample + 1, length);
  return length;
}

static void point_for_mark(char *text) {
  char mark[16];
  size_t length = decimal_mark(mark);
  if (length == 0 || (length == 1 && mark[0] == '.')) return;
  for (char *p = text; *p; p++)
    if (strncmp(p, mark, length) == 0) {
      *p = '.';
      memmove(p + 1, p + length, strlen(p + length) + 1);
      return;
    }
}

char *roi_format_shortest(char *buf, double x) {
  if (isnan(x)) return strcpy(buf, "nan");
  if (isinf(x)) return strcpy(buf, x < 0 ? "-inf" : "inf");
  if (roi_shortest_common(buf, x)) return buf;
  /* Fifteen digits survive the way to a double and back, so when 15 suffice they end in the zeros that %g drops and nothing
   * shorter needs to be tried; subnormal numbers hold fewer digits. */
  for (int digits = fabs(x) < 2.2250738585072014e-308 ? 1 : 15; digits <= 17; digits++) {
    snprintf(buf, 32, "%.*g", digits, x);
    if (digits == 17 || strtod(buf, NULL) == x) break;
  }
  point_for_mark(buf);
  return buf;
}

/* The end of the decimal number at text: [+-] digits [. digits] [e [+-] digits], a digit before or after the point; NULL if
 * there is none. */
static const char *number_end(const char *p) {
  int digits = 0;
  if (*p == '+' || *p == '-') p++;
  for (; is_digit(*p); p++) digits++;
  if (*p == '.')
    for (p++; is_digit(*p); p++) digits++;
  if (digits == 0) return NULL;
  if (*p != 'e' && *p != 'E') return p;
  p++;
  if (*p == '+' || *p == '-') p++;
  if (!is_digit(*p)) return NULL;
  while (is_digit(*p)) p++;
  return p;
}

int roi_parse_number(const char *text, double *value) {
  const char *end = number_end(text);
  if (!end || *end) return -1;
  char local[320], mark[16];
  size_t length = (size_t)(end - text), mark_length = decimal_mark(mark);
  const char *point = strchr(text, '.');
  double x;
  if (!point || (mark_length == 1 && mark[0] == '.')) {
    x = strtod(text, NULL);
  } else {
    if (length + mark_length >= sizeof local) return -1;
    size_t before = (size_t)(point - text);
    memcpy(local, text, before);
    memcpy(local + before, mark, mark_length);
    memcpy(local + before + mark_length, point + 1, length - before);
    x = strtod(local, NULL);
  }
  char first = text[strcspn(text, "123456789eE")]; /* the first digit that counts, or the end of a zero */
  if (isinf(x) || (x == 0 && is_digit(first))) return -1;
  *value = x;
  return 0;
}

/* Reads digits [. digits] [e digits] as the whole number it times 10^power is: 0, or -1 if it is not whole or too large. */
static int parse_whole(const char *text, const char *end, int power, uint64_t *value) {
  uint64_t v = 0;
  int pending = 0; /* zeros seen but not yet multiplied in, so that 1.50k is as good as 1.5k */
  int fraction = 0, exponent = 0;
  const char *p = text;
  for (; p < end && (is_digit(*p) || *p == '.'); p++) {
    if (*p == '.') {
      fraction = 1;
      continue;
    }
    power -= fraction;
    if (*p == '0') {
      pending++;
      continue;
    }
    for (; pending >= 0; pending--) {
      if (v > UINT64_MAX / 10) return -1;
      v *= 10;
    }
    pending = 0;
    if (__builtin_add_overflow(v, (uint64_t)(*p - '0'), &v)) return -1;
  }
  if (p < end && p[1] == '+') p++;
  for (p += p < end; p < end; p++) {
    if (!is_digit(*p) || exponent > 1000) return -1;
    exponent = exponent * 10 + (*p - '0');
  }
  power += exponent + pending;
  if (v == 0) power = 0;
  if (power < 0) return -1;
  for (; power > 0; power--) {
    if (v > UINT64_MAX / 10) return -1;
    v *= 10;
  }
  *value = v;
  return 0;
}

int roi_parse_count(const char *text, uint64_t *value) {
  const char *end = number_end(text);
  int power = 0;
  if (!end || text[0] == '+' || text[0] == '-') return -1;
  size_t mark = strcspn(text, ".eE"); /* 10.000 is ten thousand to half of the world: a point needs a unit or an exponent */
  if (text[mark] == '.' && !*end && !strpbrk(text, "eE")) return -1;
  if (*end) {
    power = *end == 'k' || *end == 'K' ? 3 : *end == 'M' ? 6 : *end == 'G' ? 9 : 0;
    if (power == 0 || end[1]) return -1;
  }
  uint64_t v;
  if (parse_whole(text, end, power, &v) != 0 || v == 0) return -1;
  *value = v;
  return 0;
}

int roi_parse_size(const char *text, uint64_t *value) {
  uint64_t v = 0;
  const char *p = text;
  if (!is_digit(*p)) return -1;
  for (; is_digit(*p); p++)
    if (__builtin_mul_overflow(v, 10u, &v) || __builtin_add_overflow(v, (uint64_t)(*p - '0'), &v)) return -1;
  if (*p) {
    static const char units[] = "kmgt";
    const char *unit = strchr(units, lower(*p));
    if (!unit || p[1]) return -1;
    int shift = 10 * (int)(unit - units + 1);
    if (v > UINT64_MAX >> shift) return -1;
    v <<= shift;
  }
  *value = v;
  return 0;
}

char *roi_format_count(char *buf, uint64_t n) {
  char digits[32];
  size_t length = (size_t)snprintf(digits, sizeof digits, "%llu", (unsigned long long)n), at = 0;
  for (size_t i = 0; i < length; i++) {
    if (i > 0 && (length - i) % 3 == 0) buf[at++] = ',';
    buf[at++] = digits[i];
  }
  buf[at] = '\0';
  return buf;
}
