#include "vocabulary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "inprocess.h"

static char *copy_n(const char *text, size_t n) {
  char *copy = roi_alloc(n + 1, 1);
  fuzz_check(copy != NULL, "there is memory for the vocabulary");
  memcpy(copy, text, n);
  copy[n] = '\0';
  return copy;
}

/* Of several lines of a kind the last counts. */
static void keep(char **text, const char *p, size_t n) {
  roi_free(*text);
  *text = copy_n(p, n);
}

#define ADD(items, count, capacity) \
  (fuzz_check(roi_grow((void **)&(items), (count), &(capacity), sizeof *(items)) == 0, "there is memory for the vocabulary"), \
   memset(&(items)[count], 0, sizeof *(items)), &(items)[(count)++])

/* A type ends at the first blank outside of brackets and quotes; fun(...) and its result belong together. */
static size_t type_length(const char *p) {
  size_t n = 0;
  for (int depth = 0, quoted = 0; p[n] && (depth > 0 || quoted || p[n] != ' ' || (n > 0 && p[n - 1] == ':')); n++) {
    if (p[n] == '"') quoted = !quoted;
    else if (strchr("<({[", p[n])) depth++;
    else if (strchr(">)}]", p[n])) depth--;
  }
  return n;
}

static void add_field(word_field *f, const char *p) {
  size_t n = strcspn(p, " ?");
  f->name = copy_n(p, n);
  p += n;
  p += strspn(p, " ?");
  f->type = copy_n(p, type_length(p));
}

static void add_class(vocabulary *v, const char *p) {
  word_class *c = ADD(v->classes, v->n_classes, v->cap_classes);
  size_t n = strcspn(p, " :");
  c->name = copy_n(p, n);
  p += n;
  p += strspn(p, " :");
  if (*p) c->parent = copy_n(p, strcspn(p, " "));
}

/* "function Model:use_case(name, fields) end", after its parameters. */
static void add_function(vocabulary *v, const char *p, word_function *waiting) {
  size_t n = strcspn(p, "("), dot = n;
  while (dot > 0 && p[dot] != '.' && p[dot] != ':') dot--;
  word_function *f = ADD(v->functions, v->n_functions, v->cap_functions);
  *f = *waiting;
  *waiting = (word_function){0};
  f->is_method = p[dot] == ':';
  f->name = copy_n(p + dot + 1, n - dot - 1);
  char owner[200];
  snprintf(owner, sizeof owner, "%s%.*s", f->is_method ? "roisim." : "", (int)dot, p);
  f->owner = copy_n(owner, strlen(owner));
}

static void read_line(vocabulary *v, const char *line, word_function *waiting) {
  static const char class[] = "---@class ", field[] = "---@field ", param[] = "---@param ", returns[] = "---@return ",
                    overload[] = "---@overload ", alias[] = "---@alias ", function[] = "function ";
#define BEGINS(mark) (!strncmp(line, mark, sizeof mark - 1))
#define REST(mark) (line + sizeof mark - 1)
  if (BEGINS(class)) add_class(v, REST(class));
  else if (BEGINS(field) && v->n_classes && line[sizeof field - 1] != '[') {
    word_class *c = &v->classes[v->n_classes - 1];
    add_field(ADD(c->fields, c->n, c->cap), REST(field));
  } else if (BEGINS(param)) add_field(ADD(waiting->params, waiting->n, waiting->cap), REST(param));
  else if (BEGINS(returns)) keep(&waiting->returns, REST(returns), type_length(REST(returns)));
  else if (BEGINS(overload)) keep(&waiting->overload, REST(overload), strlen(REST(overload)));
  else if (BEGINS(function)) add_function(v, REST(function), waiting);
  else if (BEGINS(alias)) {
    word_alias *a = ADD(v->aliases, v->n_aliases, v->cap_aliases);
    size_t n = strcspn(REST(alias), " ");
    a->name = copy_n(REST(alias), n);
    a->type = copy_n(REST(alias) + n + 1, strlen(REST(alias) + n + 1));
  }
}

void vocabulary_read(vocabulary *v, const char *path) {
  char line[1000];
  word_function waiting = {0};
  FILE *f = fopen(path, "r");
  *v = (vocabulary){0};
  fuzz_check(f != NULL, "lua/annotations/roisim.lua is there: fuzzers run from the top of the tree");
  while (fgets(line, sizeof line, f)) {
    line[strcspn(line, "\n")] = '\0';
    read_line(v, line, &waiting);
  }
  fclose(f);
  fuzz_check(v->n_classes > 50 && v->n_functions > 100, "the annotations are read");
}

const word_class *vocabulary_class(const vocabulary *v, const char *name, size_t n) {
  for (size_t i = 0; i < v->n_classes; i++)
    if (strlen(v->classes[i].name) == n && !strncmp(v->classes[i].name, name, n)) return &v->classes[i];
  return NULL;
}

const char *vocabulary_alias(const vocabulary *v, const char *name, size_t n) {
  for (size_t i = 0; i < v->n_aliases; i++)
    if (strlen(v->aliases[i].name) == n && !strncmp(v->aliases[i].name, name, n)) return v->aliases[i].type;
  return NULL;
}

int vocabulary_is_a(const vocabulary *v, const char *name, const char *wanted, size_t n_wanted) {
  for (int up = 0; name && up < 10; up++) {
    if (strlen(name) == n_wanted && !strncmp(name, wanted, n_wanted)) return 1;
    const word_class *c = vocabulary_class(v, name, strlen(name));
    name = c ? c->parent : NULL;
  }
  return 0;
}
