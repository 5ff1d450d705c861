#include "base/memory.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The one global of the project: a hook for tests, -1 in real use. */
static atomic_long allowed = -1;

void roi_memory_fail_after(long n) {
  atomic_store(&allowed, n < 0 ? -1 : n);
}

/* 1 if this allocation may happen. */
static int permitted(void) {
  long left = atomic_load_explicit(&allowed, memory_order_relaxed);
  while (left > 0 && !atomic_compare_exchange_weak(&allowed, &left, left - 1)) continue;
  return left != 0;
}

/* count * size, at least 1; 0 when it overflows. */
static size_t bytes_of(size_t count, size_t size) {
  if (size != 0 && count > (size_t)PTRDIFF_MAX / size) return 0;
  return count * size > 0 ? count * size : 1;
}

void *roi_alloc(size_t count, size_t size) {
  size_t bytes = bytes_of(count, size);
  return bytes && permitted() ? malloc(bytes) : NULL;
}

void *roi_alloc_zero(size_t count, size_t size) {
  size_t bytes = bytes_of(count, size);
  return bytes && permitted() ? calloc(1, bytes) : NULL;
}

void *roi_alloc_aligned(size_t count, size_t size) {
  size_t bytes = bytes_of(count, size);
  if (!bytes || !permitted()) return NULL;
  return aligned_alloc(ROI_CACHE_LINE, (bytes + ROI_CACHE_LINE - 1) / ROI_CACHE_LINE * ROI_CACHE_LINE);
}

void *roi_resize(void *p, size_t count, size_t size) {
  size_t bytes = bytes_of(count, size);
  return bytes && permitted() ? realloc(p, bytes) : NULL;
}

void roi_free(void *p) {
  free(p);
}

char *roi_copy_string(const char *s) {
  size_t bytes = strlen(s) + 1;
  char *copy = roi_alloc(bytes, 1);
  return copy ? memcpy(copy, s, bytes) : NULL;
}

int roi_grow(void **items, size_t count, size_t *capacity, size_t size) {
  if (count < *capacity) return 0;
  size_t wanted = *capacity < 8 ? 16 : *capacity * 2;
  if (wanted <= *capacity) return -1;
  void *grown = roi_resize(*items, wanted, size);
  if (!grown) return -1;
  *items = grown;
  *capacity = wanted;
  return 0;
}
