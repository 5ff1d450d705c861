/* syntax_hint.h - what was likely meant where Lua refuses a script's text: percentages, quotes and signs of word processors, comments and
 * operators of other languages. Works on the text alone, since Lua's own message names no more than a byte or the token after it. */
#ifndef ROI_HOST_SYNTAX_HINT_H
#define ROI_HOST_SYNTAX_HINT_H

#include <stddef.h>

extern const char roi_percent_hint[];

/* Whether a percentage such as 35% stands in a line, from 1 on, or in the last one before it that says something: in `a = 35%` Lua
 * complains about what follows. */
int roi_percent_near(const char *text, size_t size, int line);

/* What to say after a message of Lua's parser about a line, to be shown behind "; ". message: the message without its place. NULL if
 * nothing is known; else a text that stays, or is in room. */
const char *roi_syntax_hint(const char *text, size_t size, int line, const char *message, char *room, size_t room_size);

#endif
