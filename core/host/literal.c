#include "host/literal.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"

#define MAX_DEPTH 40
#define MAX_VALUES 200000
#define MAX_ASSIGNED 1000 /* each name is looked for among them */

typedef struct value {
  roi_literal_kind kind;
  double number;      /* and a boolean's 1 or 0 */
  size_t text;        /* in the pool */
  int first, last;    /* fields of a table, -1: none */
} value;

typedef struct field { roi_literal_value key, at; int next; } field;

struct roi_literal {
  value *values; size_t n_values, cap_values;
  field *fields; size_t n_fields, cap_fields;
  char *pool; size_t n_pool, cap_pool; /* texts, each with its NUL */
};

typedef struct reader {
  roi_literal *l;
  const char *at, *end;
  int line, depth;
  roi_error *err;
} reader;

void roi_literal_free(roi_literal *l) {
  if (!l) return;
  roi_free(l->values);
  roi_free(l->fields);
  roi_free(l->pool);
  roi_free(l);
}

/* Notes what is wrong, unless something was before, and gives ROI_LITERAL_NONE. */
static int refuse(reader *r, const char *what) {
  if (r->err->status == ROI_OK) roi_fail_at(r->err, ROI_ERR_MODEL, "", r->line, "%s", what);
  return ROI_LITERAL_NONE;
}

static int no_memory(reader *r) {
  if (r->err->status == ROI_OK) roi_fail_memory(r->err, "reading a manifest");
  return ROI_LITERAL_NONE;
}

static roi_literal_value add_value(reader *r, roi_literal_kind kind, double number, size_t text) {
  roi_literal *l = r->l;
  if (l->n_values >= MAX_VALUES) return refuse(r, "there are too many values");
  if (roi_grow((void **)&l->values, l->n_values, &l->cap_values, sizeof *l->values)) return no_memory(r);
  l->values[l->n_values] = (value){kind, number, text, -1, -1};
  return (roi_literal_value)l->n_values++;
}

static int add_field(reader *r, roi_literal_value table, roi_literal_value key, roi_literal_value at) {
  roi_literal *l = r->l;
  if (key < 0 || at < 0) return -1;
  if (roi_grow((void **)&l->fields, l->n_fields, &l->cap_fields, sizeof *l->fields)) return no_memory(r);
  int f = (int)l->n_fields++;
  l->fields[f] = (field){key, at, -1};
  value *t = &l->values[table];
  if (t->last >= 0) l->fields[t->last].next = f;
  else t->first = f;
  t->last = f;
  return 0;
}

static int put(reader *r, char c) {
  roi_literal *l = r->l;
  if (l->n_pool >= ROI_LITERAL_LIMIT) return refuse(r, "the texts are too long");
  if (roi_grow((void **)&l->pool, l->n_pool, &l->cap_pool, 1)) return no_memory(r);
  l->pool[l->n_pool++] = c;
  return 0;
}

/* A name as a value. */
static roi_literal_value add_name(reader *r, const char *name) {
  size_t text = r->l->n_pool, n = strlen(name) + 1;
  for (size_t i = 0; i < n; i++)
    if (put(r, name[i])) return ROI_LITERAL_NONE;
  return add_value(r, ROI_LITERAL_TEXT, 0, text);
}

/* -- Words ------------------------------------------------------------------------------------------------------------- */

static int peek(const reader *r, size_t ahead) {
  return (size_t)(r->end - r->at) > ahead ? (unsigned char)r->at[ahead] : -1;
}

static void step(reader *r) {
  if (*r->at++ == '\n') r->line++;
}

/* The level of a long bracket that begins here, [[ being 0; -1: none does. */
static int long_level(const reader *r) {
  if (peek(r, 0) != '[') return -1;
  size_t n = 1;
  while (peek(r, n) == '=') n++;
  return peek(r, n) == '[' ? (int)n - 1 : -1;
}

/* Reads a long bracket of that level; keep: into the pool. */
static int read_long(reader *r, int level, int keep) {
  r->at += level + 2;
  if (peek(r, 0) == '\r') r->at++;
  if (peek(r, 0) == '\n') step(r);
  while (r->at < r->end) {
    if (*r->at == ']') {
      int n = 1;
      while (n <= level && peek(r, (size_t)n) == '=') n++;
      if (n == level + 1 && peek(r, (size_t)n) == ']') {
        r->at += level + 2;
        return 0;
      }
    }
    if (keep && *r->at == '\0') return refuse(r, "a text has a zero byte");
    if (keep && put(r, *r->at)) return -1;
    step(r);
  }
  return refuse(r, "a long text or comment is not closed");
}

/* Passes over blanks and comments. */
static int skip(reader *r) {
  while (r->at < r->end) {
    if (isspace((unsigned char)*r->at)) {
      step(r);
    } else if (peek(r, 0) == '-' && peek(r, 1) == '-') {
      r->at += 2;
      int level = long_level(r);
      if (level >= 0 && read_long(r, level, 0)) return -1;
      while (level < 0 && r->at < r->end && *r->at != '\n') r->at++;
    } else {
      return 0;
    }
  }
  return 0;
}

/* Takes the character if it comes next, blanks before it passed over. */
static int take(reader *r, char c) {
  if (skip(r) || peek(r, 0) != c) return 0;
  r->at++;
  return 1;
}

static int is_word(int c) { return c >= 0 && (isalnum(c) || c == '_'); }

/* Copies the word that comes next; 0 if none does. */
static int read_word(reader *r, char *word, size_t size) {
  size_t n = 0;
  if (skip(r) || !is_word(peek(r, 0)) || isdigit(peek(r, 0))) return 0;
  while (is_word(peek(r, n))) n++;
  if (n >= size) return refuse(r, "a name is too long"), 0;
  memcpy(word, r->at, n);
  word[n] = '\0';
  r->at += n;
  return 1;
}

/* -- Values ------------------------------------------------------------------------------------------------------------ */

static int put_utf8(reader *r, unsigned long code) {
  if (code < 0x80) return put(r, (char)code);
  if (code < 0x800) return put(r, (char)(0xC0 | code >> 6)) || put(r, (char)(0x80 | (code & 63)));
  if (code < 0x10000)
    return put(r, (char)(0xE0 | code >> 12)) || put(r, (char)(0x80 | (code >> 6 & 63))) || put(r, (char)(0x80 | (code & 63)));
  return put(r, (char)(0xF0 | code >> 18)) || put(r, (char)(0x80 | (code >> 12 & 63))) ||
         put(r, (char)(0x80 | (code >> 6 & 63))) || put(r, (char)(0x80 | (code & 63)));
}

/* Digits of a base, at most `most` of them; -1 if there is none. */
static long read_digits(reader *r, int base, int most) {
  long x = 0;
  int n = 0;
  for (; n < most; n++) {
    int c = peek(r, 0), digit = c < 0 ? -1 : isdigit(c) ? c - '0' : isxdigit(c) ? tolower(c) - 'a' + 10 : -1;
    if (digit < 0 || digit >= base) break;
    x = x * base + digit;
    r->at++;
  }
  return n ? x : -1;
}

/* What follows a backslash. */
static int read_escape(reader *r) {
  static const char from[] = "abfnrtv\\\"'", to[] = "\a\b\f\n\r\t\v\\\"'";
  int c = peek(r, 0);
  long code;
  if (c < 0) return refuse(r, "a text is not closed");
  if (isdigit(c)) {
    code = read_digits(r, 10, 3);
    return code < 1 || code > 255 ? refuse(r, "a text has an escape that is no character") : put(r, (char)code);
  }
  step(r);
  if (c == '\n') return put(r, '\n');
  if (c == 'z') {
    while (r->at < r->end && isspace((unsigned char)*r->at)) step(r);
    return 0;
  }
  if (c == 'x') {
    code = read_digits(r, 16, 2);
    return code < 1 ? refuse(r, "a text has an escape that is no character") : put(r, (char)code);
  }
  if (c == 'u' && peek(r, 0) == '{') {
    r->at++;
    code = read_digits(r, 16, 6);
    if (code < 1 || code > 0x10FFFF || peek(r, 0) != '}') return refuse(r, "a text has an escape that is no character");
    r->at++;
    return put_utf8(r, (unsigned long)code);
  }
  const char *found = strchr(from, c);
  return found && c ? put(r, to[found - from]) : refuse(r, "a text has an escape that Lua does not know");
}

static int read_quoted(reader *r) {
  char quote = *r->at++;
  for (;;) {
    int c = peek(r, 0);
    if (c < 0 || c == '\n') return refuse(r, "a text is not closed");
    if (c == '\0') return refuse(r, "a text has a zero byte");
    r->at++;
    if (c == quote) return 0;
    if (c == '\\' ? read_escape(r) : put(r, (char)c)) return -1;
  }
}

/* A text, whose NUL is put by the caller. */
static int read_text(reader *r) {
  int level = long_level(r);
  return level >= 0 ? read_long(r, level, 1) : read_quoted(r);
}

static roi_literal_value read_number(reader *r, int negative) {
  char text[64];
  size_t n = 0;
  double x;
  for (int c; n + 1 < sizeof text && (c = peek(r, 0)) >= 0 && (is_word(c) || c == '.' ||
       ((c == '+' || c == '-') && n > 0 && tolower(text[n - 1]) == 'e')); r->at++)
    text[n++] = (char)c;
  text[n] = '\0';
  if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
    char *rest;
    x = strpbrk(text, ".pP") ? -1 : (double)strtoull(text + 2, &rest, 16);
    if (x < 0 || !text[2] || *rest) return refuse(r, "a number can't be read");
  } else if (roi_parse_number(text, &x)) {
    return refuse(r, "a number can't be read");
  }
  return add_value(r, ROI_LITERAL_NUMBER, negative ? -x : x, 0);
}

static roi_literal_value read_value(reader *r);

/* One field; `place` counts those without a key. */
static int read_field(reader *r, roi_literal_value table, int *place) {
  char word[128];
  const char *before = r->at;
  int line = r->line;
  if (peek(r, 0) == '[' && long_level(r) < 0) {
    r->at++;
    roi_literal_value key = read_value(r);
    roi_literal_kind kind = roi_literal_kind_of(r->l, key);
    if (key >= 0 && kind != ROI_LITERAL_TEXT && kind != ROI_LITERAL_NUMBER) return refuse(r, "a key must be a text or a number");
    if (key >= 0 && (!take(r, ']') || !take(r, '='))) return refuse(r, "a key is written [\"key\"] = value");
    return key < 0 ? -1 : add_field(r, table, key, read_value(r));
  }
  if (read_word(r, word, sizeof word)) {
    if (take(r, '=')) {
      roi_literal_value key = add_name(r, word);
      return key < 0 ? -1 : add_field(r, table, key, read_value(r));
    }
    r->at = before; /* a value that is a word */
    r->line = line;
  }
  if (r->err->status) return -1;
  roi_literal_value key = add_value(r, ROI_LITERAL_NUMBER, ++*place, 0);
  return key < 0 ? -1 : add_field(r, table, key, read_value(r));
}

static roi_literal_value read_table(reader *r) {
  int place = 0, line = r->line;
  r->at++;
  roi_literal_value table = add_value(r, ROI_LITERAL_TABLE, 0, 0);
  if (table < 0) return table;
  if (++r->depth > MAX_DEPTH) return refuse(r, "tables are nested too deeply");
  while (!take(r, '}')) {
    if (r->err->status) return ROI_LITERAL_NONE;
    if (r->at >= r->end) {
      r->line = line;
      return refuse(r, "the table that begins here is not closed");
    }
    if (read_field(r, table, &place)) return ROI_LITERAL_NONE;
    if (!take(r, ',') && !take(r, ';') && !skip(r) && r->at < r->end && *r->at != '}')
      return refuse(r, "fields are separated by commas, and a table ends in }");
  }
  r->depth--;
  return table;
}

/* The value of a word: a constant, or a name assigned above. */
static roi_literal_value read_named(reader *r, const char *word) {
  char what[300];
  if (strcmp(word, "nil") == 0) return add_value(r, ROI_LITERAL_NIL, 0, 0);
  if (strcmp(word, "true") == 0 || strcmp(word, "false") == 0) return add_value(r, ROI_LITERAL_BOOLEAN, word[0] == 't', 0);
  roi_literal_value v = roi_literal_field(r->l, 0, word);
  if (v >= 0) return v;
  snprintf(what, sizeof what, "'%s' is not plain data: texts, numbers, true, false, nil and tables of these are read", word);
  return refuse(r, what);
}

static roi_literal_value read_single(reader *r) {
  char word[128];
  if (skip(r)) return ROI_LITERAL_NONE;
  int c = peek(r, 0);
  if (c == '{') return read_table(r);
  if (c == '"' || c == '\'' || long_level(r) >= 0) {
    size_t text = r->l->n_pool;
    return read_text(r) || put(r, '\0') ? ROI_LITERAL_NONE : add_value(r, ROI_LITERAL_TEXT, 0, text);
  }
  int negative = c == '-';
  if (negative) r->at++;
  c = peek(r, 0);
  if (isdigit(c < 0 ? 0 : c) || (c == '.' && isdigit(peek(r, 1) < 0 ? 0 : peek(r, 1)))) return read_number(r, negative);
  if (!negative && read_word(r, word, sizeof word)) return read_named(r, word);
  return refuse(r, "a value is missing: a text, a number, true, false, nil or a table of these");
}

/* A value, or texts joined by two points. */
static roi_literal_value read_value(reader *r) {
  roi_literal_value v = read_single(r);
  while (v >= 0 && !skip(r) && peek(r, 0) == '.' && peek(r, 1) == '.') {
    r->at += 2;
    roi_literal_value more = read_single(r);
    if (more < 0) return more;
    if (!roi_literal_text(r->l, v) || !roi_literal_text(r->l, more)) return refuse(r, "only texts are joined by '..'");
    size_t text = r->l->n_pool, parts[2] = {r->l->values[v].text, r->l->values[more].text};
    for (int i = 0; i < 2; i++)
      for (size_t at = parts[i]; r->l->pool[at]; at++)
        if (put(r, r->l->pool[at])) return ROI_LITERAL_NONE;
    if (put(r, '\0')) return ROI_LITERAL_NONE;
    v = add_value(r, ROI_LITERAL_TEXT, 0, text);
  }
  return v;
}

static int read_assignment(reader *r, const char *name) {
  if (!take(r, '=')) return refuse(r, "only NAME = VALUE and return VALUE are read, not calls or other statements");
  roi_literal_value key = add_name(r, name), v = key < 0 ? key : read_value(r);
  return v < 0 ? -1 : add_field(r, 0, key, v);
}

/* Puts what is returned in the place of the whole. */
static int read_returned(reader *r) {
  roi_literal_value v = read_value(r);
  if (v < 0) return -1;
  take(r, ';');
  if (!skip(r) && r->at < r->end) return refuse(r, "something follows what is returned");
  if (r->err->status) return -1;
  r->l->values[0] = r->l->values[v];
  return 0;
}

static int read_whole(reader *r) {
  char word[128];
  if (add_value(r, ROI_LITERAL_TABLE, 0, 0) < 0) return -1;
  if (peek(r, 0) == 0xEF && peek(r, 1) == 0xBB && peek(r, 2) == 0xBF) r->at += 3;
  while (peek(r, 0) == '#' && r->line == 1 && r->at < r->end && *r->at != '\n') {
    const char *end = memchr(r->at, '\n', (size_t)(r->end - r->at));
    r->at = end ? end : r->end;
  }
  for (int n = 0;; n++) {
    if (skip(r)) return -1;
    if (r->at >= r->end) return 0;
    if (n == MAX_ASSIGNED) return refuse(r, "there are too many assignments");
    if (!read_word(r, word, sizeof word)) return refuse(r, "here stands neither NAME = VALUE nor return VALUE");
    if (strcmp(word, "return") == 0) return read_returned(r);
    if (strcmp(word, "local") == 0 && !read_word(r, word, sizeof word)) return refuse(r, "a name is missing after 'local'");
    if (read_assignment(r, word)) return -1;
    take(r, ';');
  }
}

roi_literal *roi_literal_read(const char *text, size_t size, roi_error *err) {
  memset(err, 0, sizeof *err);
  if (size > ROI_LITERAL_LIMIT) {
    roi_fail(err, ROI_ERR_MODEL, "it has %zu bytes; at most 1 MB are read", size);
    return NULL;
  }
  reader r = {.l = roi_alloc_zero(1, sizeof(roi_literal)), .at = text, .end = text + size, .line = 1, .err = err};
  if (!r.l) {
    roi_fail_memory(err, "reading a manifest");
    return NULL;
  }
  if (read_whole(&r) == 0 && err->status == ROI_OK) return r.l;
  roi_literal_free(r.l);
  return NULL;
}

/* -- Asking ------------------------------------------------------------------------------------------------------------ */

roi_literal_kind roi_literal_kind_of(const roi_literal *l, roi_literal_value v) { return v < 0 ? ROI_LITERAL_NIL : l->values[v].kind; }

const char *roi_literal_text(const roi_literal *l, roi_literal_value v) {
  return roi_literal_kind_of(l, v) == ROI_LITERAL_TEXT ? l->pool + l->values[v].text : NULL;
}

roi_literal_value roi_literal_field(const roi_literal *l, roi_literal_value v, const char *name) {
  roi_literal_value found = ROI_LITERAL_NONE; /* the last one counts, as in Lua */
  for (int f = roi_literal_first(l, v); f >= 0; f = roi_literal_next(l, f)) {
    const char *key = roi_literal_text(l, l->fields[f].key);
    if (key && strcmp(key, name) == 0) found = l->fields[f].at;
  }
  return found;
}

int roi_literal_first(const roi_literal *l, roi_literal_value v) {
  return roi_literal_kind_of(l, v) == ROI_LITERAL_TABLE ? l->values[v].first : -1;
}
int roi_literal_next(const roi_literal *l, int f) { return l->fields[f].next; }
roi_literal_value roi_literal_key(const roi_literal *l, int f) { return l->fields[f].key; }
roi_literal_value roi_literal_at(const roi_literal *l, int f) { return l->fields[f].at; }
