/* vocabulary.h - the words that scripts may use and the types of what they take, read from the annotations for editors
 * (lua/annotations/roisim.lua), which a unit test keeps equal to what there is. */
#ifndef FUZZ_VOCABULARY_H
#define FUZZ_VOCABULARY_H

#include <stddef.h>

typedef struct word_field { char *name, *type; } word_field; /* a field of a table, or a parameter */

typedef struct word_class {
  char *name, *parent;                /* "roisim.Model"; parent NULL: none */
  word_field *fields; size_t n, cap;
} word_class;

typedef struct word_alias { char *name, *type; } word_alias;

typedef struct word_function {
  char *owner, *name;                 /* owner: "roi", "roi.curve" or, of a method, its class "roisim.Model" */
  int is_method;
  char *returns;                      /* NULL: nothing */
  char *overload;                     /* another form, "fun(...): ..."; NULL: none */
  word_field *params; size_t n, cap;
} word_function;

typedef struct vocabulary {
  word_class *classes; size_t n_classes, cap_classes;
  word_alias *aliases; size_t n_aliases, cap_aliases;
  word_function *functions; size_t n_functions, cap_functions;
} vocabulary;

/* Reads the annotations. Aborts where there are none: a fuzzer without words would find nothing. */
void vocabulary_read(vocabulary *v, const char *path);
/* NULL where there is none of that name. */
const word_class *vocabulary_class(const vocabulary *v, const char *name, size_t n);
const char *vocabulary_alias(const vocabulary *v, const char *name, size_t n);
/* 1 if a value of class `name` may stand where `wanted` is. */
int vocabulary_is_a(const vocabulary *v, const char *name, const char *wanted, size_t n_wanted);

#endif
