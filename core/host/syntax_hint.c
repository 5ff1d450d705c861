/* Percentages, foreign signs, comments and operators in what Lua could not read. */
#include "host/syntax_hint.h"

#include <stdio.h>
#include <string.h>

const char roi_percent_hint[] = "a percentage is written as a share: 35% is 0.35";

/* -- going through a line ----------------------------------------------------------------------------------------------- */

typedef struct span { const char *at, *end; } span;

/* A line, from 1 on, without its end; empty past the text. */
static span line_of(const char *text, size_t size, int line) {
  const char *end = text + size;
  for (int at = 1; text < end; at++) {
    const char *next = memchr(text, '\n', (size_t)(end - text));
    if (at == line) return (span){text, next ? next : end};
    if (!next) break;
    text = next + 1;
  }
  return (span){end, end};
}

static int is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }

static const char *after_spaces(const char *p, const char *end) {
  while (p < end && is_space(*p)) p++;
  return p;
}

static int starts(const char *p, const char *end, const char *mark) {
  size_t n = strlen(mark);
  return (size_t)(end - p) >= n && memcmp(p, mark, n) == 0;
}

/* The next place from p on that is code: neither within a text in quotes nor in a comment. *quote is the open quote, 0 at first. */
static const char *next_code(const char *p, const char *end, char *quote) {
  for (; p < end; p++) {
    if (*quote) {
      if (*p == '\\' && p + 1 < end) p++;
      else if (*p == *quote) *quote = 0;
    } else if (*p == '"' || *p == '\'') {
      *quote = *p;
    } else if (starts(p, end, "--")) {
      return end;
    } else {
      return p;
    }
  }
  return end;
}

/* The first place in a line's code where a mark stands, or NULL. */
static const char *find_code(span line, const char *mark) {
  char quote = 0;
  for (const char *p = line.at; (p = next_code(p, line.end, &quote)) < line.end; p++)
    if (starts(p, line.end, mark)) return p;
  return NULL;
}

/* Nothing, or a comment. */
static int is_empty(span line) {
  const char *p = after_spaces(line.at, line.end);
  return p == line.end || starts(p, line.end, "--");
}

/* -- percentages -------------------------------------------------------------------------------------------------------- */

/* Whether a line has a number in percent, such as "35%)" or "35 %" at its end; a remainder has an operand behind it. */
static int has_percent(span line) {
  char before = 0, quote = 0;
  for (const char *p = line.at; (p = next_code(p, line.end, &quote)) < line.end; p++) {
    if (*p == '%' && before >= '0' && before <= '9') {
      const char *q = after_spaces(p + 1, line.end);
      if (q == line.end || strchr(",;)}*/+", *q) || starts(q, line.end, "--")) return 1;
    }
    if (*p != ' ') before = *p;
  }
  return 0;
}

int roi_percent_near(const char *text, size_t size, int line) {
  if (has_percent(line_of(text, size, line))) return 1;
  while (--line >= 1) {
    span before = line_of(text, size, line);
    if (!is_empty(before)) return has_percent(before);
  }
  return 0;
}

/* -- signs that are no Lua ---------------------------------------------------------------------------------------------- */

typedef struct sign { const char *mark, *says; } sign;

static const char quotes[] = "is a quotation mark of a word processor: write \" or '";
static const char dash[] = "is a dash of a word processor: write -";
static const char space[] = "is a space of web pages and word processors: write a plain one";
static const char currency[] = "is a currency: numbers stand alone, and roi.model { currency = \"USD\" } names it once";

/* In UTF-8. */
static const sign signs[] = {
    {"\xE2\x80\x9C", quotes}, {"\xE2\x80\x9D", quotes}, {"\xE2\x80\x9E", quotes}, {"\xE2\x80\x9F", quotes}, {"\xE2\x80\x98", quotes},
    {"\xE2\x80\x99", quotes}, {"\xE2\x80\x9A", quotes}, {"\xC2\xAB", quotes}, {"\xC2\xBB", quotes}, {"\xC2\xB4", quotes}, {"`", quotes},
    {"\xE2\x88\x92", dash}, {"\xE2\x80\x93", dash}, {"\xE2\x80\x94", dash}, {"\xE2\x80\x90", dash}, {"\xE2\x80\x91", dash},
    {"\xC2\xA0", space}, {"\xE2\x80\xAF", space}, {"\xE2\x80\x87", space}, {"\xE2\x80\x89", space}, {"\xE2\x80\x8B", space},
    {"\xEF\xBB\xBF", space},
    {"\xC3\x97", "multiplies on paper: write *"}, {"\xC2\xB7", "multiplies on paper: write *"}, {"\xC3\xB7", "divides on paper: write /"},
    {"\xE2\x89\xA4", "is written <=, and roi.le(a, b) of uncertain values"},
    {"\xE2\x89\xA5", "is written >=, and roi.ge(a, b) of uncertain values"},
    {"\xE2\x89\xA0", "is written ~=, and roi.ne(a, b) of uncertain values"},
    {"!=", "is written ~=, and roi.ne(a, b) of uncertain values"},
    {"\xE2\x82\xAC", currency}, {"\xC2\xA3", currency}, {"\xC2\xA5", currency}, {"$", currency},
    {"&&", "is written and, and roi.all(a, b) of uncertain values"}, {"||", "is written or, and roi.any(a, b) of uncertain values"},
    {"/*", "begins no comment: comments begin with --, and go on over lines in --[[ ... ]]"},
};

/* "'x' is ..." of the first foreign sign in a line. */
static const char *sign_hint(span line, char *room, size_t size) {
  const char *first = NULL;
  const sign *found = NULL;
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
    const char *at = find_code(line, signs[i].mark);
    if (!at || (first && at > first)) continue;
    first = at;
    found = &signs[i];
  }
  if (!found) return NULL;
  snprintf(room, size, "%s %s", found->says == space ? "what stands there" : found->mark, found->says);
  return room;
}

/* A comment as other languages have it: "# ..." or "// ...", at the line's beginning or behind code. */
static const char *comment_hint(span line, const char *message) {
  if (strstr(message, "near '#'")) return "comments begin with --, not #";
  const char *at = find_code(line, "//");
  if (!at) return NULL;
  const char *next = after_spaces(at + 2, line.end);
  int leads = after_spaces(line.at, line.end) == at;
  int words = next > at + 2 && next < line.end && ((*next >= 'a' && *next <= 'z') || (*next >= 'A' && *next <= 'Z'));
  return leads || words ? "comments begin with --, not //" : NULL;
}

/* A number in groups, "10 000" or "10'000", whose second part Lua did not expect. */
static const char *grouped_hint(const char *message) {
  const char *near = strstr(message, "near '");
  if (!near) return NULL;
  near += strlen("near '");
  size_t n = strspn(near, "0123456789");
  return n == 3 && (near[3] == '\'' || near[3] == '.') ? "a number has no marks or spaces within: 10000, not 10 000" : NULL;
}

const char *roi_syntax_hint(const char *text, size_t size, int line, const char *message, char *room, size_t room_size) {
  if (strstr(message, "near '%'") || roi_percent_near(text, size, line)) return roi_percent_hint;
  const char *hint = grouped_hint(message);
  /* Lua may complain about what follows, on a line below. */
  for (int tries = 0; !hint && line >= 1; line--) {
    span here = line_of(text, size, line);
    if (is_empty(here)) continue;
    hint = sign_hint(here, room, room_size);
    if (!hint) hint = comment_hint(here, message);
    if (++tries == 2) break;
  }
  return hint;
}
