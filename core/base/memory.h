/* memory.h - allocation. All of the project's memory comes from here, so that tests can make the Nth allocation fail. */
#ifndef ROI_BASE_MEMORY_H
#define ROI_BASE_MEMORY_H

#include <stddef.h>

#define ROI_CACHE_LINE 64

/* Allocate count elements of size bytes; NULL when memory is out or the product overflows. count 0 gives a valid pointer. */
void *roi_alloc(size_t count, size_t size);
void *roi_alloc_zero(size_t count, size_t size);
/* The same on a boundary of 64 bytes. Release with roi_free as well. */
void *roi_alloc_aligned(size_t count, size_t size);
/* Resizes p (may be NULL) to count elements; on failure returns NULL and leaves p as it was. */
void *roi_resize(void *p, size_t count, size_t size);
void roi_free(void *p);
char *roi_copy_string(const char *s);

/* Makes room for one more element in a growing array: grows *items (of element size `size`) when *count == *capacity.
 * Returns 0, or -1 when memory is out (the array unchanged). */
int roi_grow(void **items, size_t count, size_t *capacity, size_t size);

/* For tests: after n more successful allocations, every one fails. n < 0: never fail (the default). Thread-safe. */
void roi_memory_fail_after(long n);

#endif
