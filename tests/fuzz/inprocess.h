/* inprocess.h - the command inside the fuzzer's process, so that coverage and sanitizers see all of it.
 *
 * What would be a child process is a thread that runs the same code: the link puts the functions of inprocess.c in place of fork,
 * kill and wait, of the confinement (core/host/confine.c) and of what the child reads and writes. Left as in real use are the channel
 * between the two, the answers to what the child asks, the check of its graph, and its limits: of memory, and of time, which is
 * counted in instructions so that an input does the same on any machine. Memory that such a thread leaves is released with it, as a
 * process' would be. */
#ifndef FUZZ_INPROCESS_H
#define FUZZ_INPROCESS_H

#include <stddef.h>

#include "roisim.h"

/* What a command that runs a script is given besides: little of both keeps inputs short. */
#define FUZZ_LIMITS "--script-memory", "48M", "--script-time", "3"

/* Runs roisim with these arguments (without the command's own name). What it writes to standard output is kept, not written.
 * Returns its status. Every complaint must be one line of text, and never of ROI_ERR_INTERNAL. */
int fuzz_command(const char *const *args, size_t n_args);
/* What the last command wrote; it stays until the next. */
const char *fuzz_output(void);
/* What the last command complained of; empty if of nothing. */
const char *fuzz_complaint(void);

/* What a child does instead of running a script, at its end of the channel; NULL: it runs the script. */
extern void (*fuzz_child_plays)(int fd);

/* A folder of the fuzzer's own for files, removed when it ends well. */
const char *fuzz_folder(void);
/* Writes such a file; path is filled with its name. */
void fuzz_write_file(char *path, size_t room, const char *name, const void *bytes, size_t size);

/* Ends the fuzzing with a finding unless it holds. */
void fuzz_check(int holds, const char *rule);
/* The same; the finding shows what broke the rule. */
void fuzz_check_of(int holds, const char *rule, const char *what);
/* The same unless the text is what may be shown: nothing in it steers a terminal. */
void fuzz_check_text(const char *text, size_t n, const char *rule);
/* The same unless an error is one line of text that can be shown, and not of ROI_ERR_INTERNAL. */
void fuzz_check_error(const roi_error *err);

#endif
