/* memory_of_thread.h - the memory of a thread that stands for a process: bounded, and all of it released when it ends.
 *
 * core/base/memory.c is compiled for the fuzzers with the functions below in place of malloc and its relatives (a rule in the
 * Makefile). A block has a header of its own in front, poisoned for the address sanitizer. */
#ifndef FUZZ_MEMORY_OF_THREAD_H
#define FUZZ_MEMORY_OF_THREAD_H

#include <stddef.h>
#include <stdint.h>

/* From here to the end the calling thread's blocks are kept account of: more than `limit` bytes it doesn't get. */
void fuzz_memory_begin(uint64_t limit);
void fuzz_memory_end(void);
/* 1 while the thread is inside one of the functions below, where a signal handler must not leave it. */
int fuzz_memory_is_busy(void);

void *fuzz_malloc(size_t n);
void *fuzz_calloc(size_t count, size_t size);
void *fuzz_realloc(void *p, size_t n);
void *fuzz_aligned_alloc(size_t alignment, size_t n);
void fuzz_free(void *p);

#endif
