/* literal.h - Lua tables of plain data, read as text: nothing is run.
 *
 * A text is either `return VALUE` or assignments `NAME = VALUE`, local or not, as manifests of libraries and rockspecs are written. A
 * value is a text, a number, true, false, nil, a table of values, a name assigned above it, or texts joined by `..`. Anything else, a
 * function or a call for instance, is refused with its line. Texts come from strangers: size, depth and memory are bounded. */
#ifndef ROI_HOST_LITERAL_H
#define ROI_HOST_LITERAL_H

#include <stddef.h>

#include "roisim.h"

#define ROI_LITERAL_LIMIT ((size_t)1 << 20) /* bytes of a text, and of all texts in it */

typedef enum roi_literal_kind {
  ROI_LITERAL_NIL, ROI_LITERAL_BOOLEAN, ROI_LITERAL_NUMBER, ROI_LITERAL_TEXT, ROI_LITERAL_TABLE
} roi_literal_kind;

typedef struct roi_literal roi_literal;

/* A value in a text, by number. The whole is 0: what is returned, or a table of what is assigned. */
typedef int roi_literal_value;
#define ROI_LITERAL_NONE (-1)

/* NULL with err->line and what is wrong there. Release with roi_literal_free, which takes NULL. */
roi_literal *roi_literal_read(const char *text, size_t size, roi_error *err);
void roi_literal_free(roi_literal *l);

/* All take ROI_LITERAL_NONE, which is nil. */
roi_literal_kind roi_literal_kind_of(const roi_literal *l, roi_literal_value v);
const char *roi_literal_text(const roi_literal *l, roi_literal_value v); /* NULL if it is no text */
/* A table's field by name; ROI_LITERAL_NONE if there is none, or v is no table. */
roi_literal_value roi_literal_field(const roi_literal *l, roi_literal_value v, const char *name);

/* A table's fields in the order of the text: `for (f = first; f >= 0; f = next)`. The key of a value without one is its number in the
 * list, from 1. */
int roi_literal_first(const roi_literal *l, roi_literal_value v);
int roi_literal_next(const roi_literal *l, int field);
roi_literal_value roi_literal_key(const roi_literal *l, int field);
roi_literal_value roi_literal_at(const roi_literal *l, int field);

#endif
