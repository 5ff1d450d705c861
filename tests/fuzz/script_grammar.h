/* script_grammar.h - makes Lua: statements and expressions by the grammar of the language and by what roisim's words take (vocabulary.h).
 * Most of it is well typed and scoped, so that it gets past the checks; some of it on purpose is not. Loops are short.
 *
 * Left out, because stock Lua 5.4.4 may crash on them, which the child process is there to survive: a constant local named _ENV, and
 * to-be-closed variables in coroutines. Also left out are calls that take long in one piece (long texts, patterns), which the
 * parent's deadline is there to end. */
#ifndef FUZZ_SCRIPT_GRAMMAR_H
#define FUZZ_SCRIPT_GRAMMAR_H

#include <stddef.h>
#include <stdint.h>

void script_grammar_begin(const char *annotations);

/* Each writes to `out` at most `room` bytes, from the seed alone, and returns how many: a whole script; some statements for the middle of
 * one that calls the model `model`, its inputs `x` and the library `roi`; an expression; a word of the vocabulary. */
size_t script_grammar_script(char *out, size_t room, uint64_t seed);
size_t script_grammar_statements(char *out, size_t room, uint64_t seed);
size_t script_grammar_expression(char *out, size_t room, uint64_t seed);
size_t script_grammar_word(char *out, size_t room, uint64_t seed);

#endif
