/* text.h - small text helpers that several parts print and parse with. Locale never matters. */
#ifndef ROI_BASE_TEXT_H
#define ROI_BASE_TEXT_H

#include <stddef.h>
#include <stdint.h>

/* The candidate nearest to word by edit distance (transpositions count as one), or NULL when none is near enough to be a
 * likely typing error: at most 1 edit up to 4 letters, 2 up to 8, 3 beyond; case differences cost nothing. */
const char *roi_nearest(const char *word, const char *const *candidates, size_t n);

/* 1 for what must not reach a terminal or page as it is: controls, marks that reorder text or break lines, and what shows nothing, in
 * which a text can hide (but not U+200C, U+200D, U+FE0E and U+FE0F, which scripts and emoji need). */
int roi_is_unsafe_character(uint32_t code);
/* Copies src to dst of the given size, unsafe characters as \n, \t, \xHH (each byte), \uHHHH or \UHHHHHHHH, cut with "..." at a UTF-8
 * character boundary when too long; invalid UTF-8 bytes as \xHH. Returns dst. */
char *roi_escape(char *dst, size_t size, const char *src);

/* Shortest decimal text (at most %.17g) that reads back as exactly x: "0.1", "1e+300", "nan", "inf". buf of at least 32. */
char *roi_format_shortest(char *buf, double x);
/* The same for numbers of everyday size, many times faster; NULL, with buf in disorder, where x is not one. */
char *roi_shortest_common(char *buf, double x);

/* A count for people, a comma every three digits: "10,000". buf of at least 32. */
char *roi_format_count(char *buf, uint64_t n);

/* Reads a decimal number with optional sign, point and exponent from all of text: 0, or -1 if text is anything else (hex,
 * "inf", "nan", trailing characters, out of range). */
int roi_parse_number(const char *text, double *value);
/* A count of at least 1: digits, 1e6, 10k, 1.5M, 1G (thousands). "1_000" is refused, and so is "10.000", which means ten to some and
 * ten thousand to others. 0 or -1. */
int roi_parse_count(const char *text, uint64_t *value);
/* A size in bytes: digits with optional K, M, G, T (powers of two). 0 or -1. */
int roi_parse_size(const char *text, uint64_t *value);

#endif
