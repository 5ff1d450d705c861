/* Fuzzes the whole way of a script: the sandbox, the library, the graph, the run and the reports. A first line "-- roisim WAY" says how
 * it is run (the table below), else it is simulated for a few trials. Of some inputs the JSON must be the same under another
 * number of threads. Inputs are made by a grammar (script_grammar.h). */
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inprocess.h"
#include "json_check.h"
#include "script_grammar.h"

#define WAY_WORDS 8

/* The model's path follows the first word. json: whether --json belongs to the command. */
static const struct { const char *name; int json; const char *words[WAY_WORDS]; } ways[] = {
    {"run", 1, {"run", "--trials", "40"}},
    {"designed", 1, {"run", "--trials", "64", "--sampling", "sobol"}},
    {"lhs", 1, {"run", "--trials", "48", "--sampling", "lhs", "--outputs", "all"}},
    {"stress", 1, {"run", "--trials", "40", "--stress"}},
    {"samples", 1, {"run", "--trials", "20", "--samples", "/dev/null"}},
    {"compare", 1, {"compare", "--trials", "40"}},
    {"portfolio", 1, {"portfolio", "--trials", "40"}},
    {"sensitivity", 1, {"sensitivity", "--trials", "200"}},
    {"sobol", 1, {"sensitivity", "--method", "sobol", "--base", "16"}},
    {"morris", 1, {"sensitivity", "--method", "morris", "--base", "4"}},
    {"pawn", 1, {"sensitivity", "--method", "pawn", "--trials", "200"}},
    {"explain", 0, {"explain"}},
    {"replay", 0, {"explain", "--trial", "3", "--trials", "8"}},
    {"check", 1, {"check"}},
    {"test", 1, {"test", "--trials", "40"}},
};
static const char mark[] = "-- roisim ";

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc, (void)argv;
  script_grammar_begin("lua/annotations/roisim.lua");
  return 0;
}

static size_t way_of(const char *text, size_t size) {
  size_t n = sizeof mark - 1;
  for (size_t i = 0; size > n && !memcmp(text, mark, n) && i < sizeof ways / sizeof *ways; i++) {
    size_t length = strlen(ways[i].name);
    if (size > n + length && !memcmp(text + n, ways[i].name, length) && text[n + length] == '\n') return i;
  }
  return 0;
}

static int run(size_t way, const char *path, int json, const char *threads) {
  const char *args[WAY_WORDS + 12];
  size_t n = 0;
  args[n++] = ways[way].words[0];
  args[n++] = path;
  for (size_t i = 1; i < WAY_WORDS && ways[way].words[i]; i++) args[n++] = ways[way].words[i];
  static const char *const limits[] = {FUZZ_LIMITS};
  for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) args[n++] = limits[i];
  if (json) args[n++] = "--json", args[n++] = "-";
  if (threads && strcmp(ways[way].name, "check") != 0) args[n++] = "--threads", args[n++] = threads;
  return fuzz_command(args, n);
}

/* A copy of the JSON without what may differ between two runs. */
static char *lasting(void) {
  char *copy = strdup(fuzz_output()), *timing = copy ? strstr(copy, "\"timing\":") : NULL;
  if (timing) *timing = '\0';
  return copy;
}

static void run_twice(size_t way, const char *path) {
  int status = run(way, path, 1, "1");
  char *first = lasting(), *complaint = strdup(fuzz_complaint());
  if (*first) cJSON_Delete(fuzz_check_json(fuzz_output()));
  int again = run(way, path, 1, "2");
  char *second = lasting();
  if (status != 3 && again != 3) {
    fuzz_check(status == again && !strcmp(complaint, fuzz_complaint()), "a script ends the same way when it runs again");
    fuzz_check(!strcmp(first, second), "a script gives the same numbers when it runs again, in two threads");
  }
  free(second);
  free(complaint);
  free(first);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  char path[256];
  size_t way = way_of((const char *)bytes, size);
  unsigned sum = 0;
  for (size_t i = 0; i < size; i++) sum += bytes[i];
  fuzz_write_file(path, sizeof path, "model.lua", bytes, size);
  if (ways[way].json && sum % 4 == 0) run_twice(way, path);
  else run(way, path, 0, "1");
  return 0;
}

/* -- Mutation ---------------------------------------------------------------------------------------------------------- */

size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t room);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room, unsigned seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *a, size_t n_a, const uint8_t *b, size_t n_b, uint8_t *out, size_t room,
                                 unsigned seed);

static unsigned turn(unsigned *state) { return (*state = *state * 1664525u + 1013904223u) >> 8; }

/* The beginning of a line, or the end. */
static size_t some_line(const uint8_t *bytes, size_t size, unsigned *state) {
  size_t at = size ? turn(state) % (size + 1) : 0;
  while (at > 0 && bytes[at - 1] != '\n') at--;
  return at;
}

static size_t line_end(const uint8_t *bytes, size_t size, size_t at) {
  const uint8_t *end = at < size ? memchr(bytes + at, '\n', size - at) : NULL;
  return end ? (size_t)(end - bytes) + 1 : size;
}

/* Puts text in the place of bytes[from..to]; returns the new size, or the old where there is no room. */
static size_t replace(uint8_t *bytes, size_t size, size_t room, size_t from, size_t to, const char *text, size_t n) {
  if (size - (to - from) + n > room) return size;
  memmove(bytes + from + n, bytes + to, size - to);
  memcpy(bytes + from, text, n);
  return size - (to - from) + n;
}

static int is_name(uint8_t c) { return isalnum(c) || c == '_' || c == '.'; }

/* A word or number, or what stands in a pair of brackets; *from and *to are its ends. */
static void some_piece(const uint8_t *bytes, size_t size, unsigned *state, size_t *from, size_t *to) {
  size_t at = turn(state) % size;
  for (size_t i = 0; i < size && !is_name(bytes[at]) && !strchr("({", bytes[at]); i++) at = (at + 1) % size;
  *from = *to = at;
  if (is_name(bytes[at])) {
    while (*from > 0 && is_name(bytes[*from - 1]) && bytes[*from - 1] != '.') --*from;
    while (*to < size && is_name(bytes[*to])) ++*to;
    return;
  }
  int depth = 0;
  do {
    if (strchr("({", bytes[*to]) && bytes[*to]) depth++;
    if (strchr(")}", bytes[*to]) && bytes[*to]) depth--;
    ++*to;
  } while (*to < size && depth > 0);
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room, unsigned seed) {
  static char text[4096];
  unsigned state = seed;
  uint64_t grammar_seed = ((uint64_t)seed << 32) | (turn(&state) & 0xffffffu);
  size_t from, to, at;
  unsigned what = turn(&state) % 20;
  if (size < 20 || what == 0) {
    size_t n = script_grammar_script(text, sizeof text < room ? sizeof text : room, grammar_seed);
    memcpy(bytes, text, n);
    return n;
  }
  switch (what) {
    case 1: return LLVMFuzzerMutate(bytes, size, room);
    case 2: case 3: /* a line goes */
      at = some_line(bytes, size, &state);
      return replace(bytes, size, room, at, line_end(bytes, size, at), "", 0);
    case 4: case 5: { /* a line comes again, elsewhere */
      at = some_line(bytes, size, &state);
      size_t n = line_end(bytes, size, at) - at;
      if (n > sizeof text) return size;
      memcpy(text, bytes + at, n);
      at = some_line(bytes, size, &state);
      return replace(bytes, size, room, at, at, text, n);
    }
    case 6: case 7: case 8: { /* another word */
      some_piece(bytes, size, &state, &from, &to);
      if (!is_name(bytes[from])) return size;
      size_t n = script_grammar_word(text, sizeof text, grammar_seed);
      return replace(bytes, size, room, from, to, text, n);
    }
    case 9: case 10: case 11: case 12: case 13: case 14: { /* another expression */
      some_piece(bytes, size, &state, &from, &to);
      size_t n = script_grammar_expression(text, sizeof text, grammar_seed);
      return replace(bytes, size, room, from, to, text, n);
    }
    default: {
      at = some_line(bytes, size, &state);
      size_t n = script_grammar_statements(text, sizeof text, grammar_seed);
      return replace(bytes, size, room, at, at, text, n);
    }
  }
}

/* Some lines of b in the middle of a. */
size_t LLVMFuzzerCustomCrossOver(const uint8_t *a, size_t n_a, const uint8_t *b, size_t n_b, uint8_t *out, size_t room,
                                 unsigned seed) {
  unsigned state = seed;
  size_t from = some_line(b, n_b, &state), to = from;
  for (unsigned lines = 1 + turn(&state) % 4; lines-- > 0;) to = line_end(b, n_b, to);
  if (n_a > room) n_a = room;
  memcpy(out, a, n_a);
  size_t at = some_line(out, n_a, &state);
  return replace(out, n_a, room, at, at, (const char *)b + from, to - from);
}
