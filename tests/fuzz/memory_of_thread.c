#include "memory_of_thread.h"

#include <sanitizer/asan_interface.h>
#include <stdlib.h>
#include <string.h>

/* A cache line in front of each block keeps aligned what is asked to be aligned by one. */
#define HEADER 64
/* Headers are poisoned for all but these functions. */
#define OPENS_HEADERS __attribute__((no_sanitize("address")))

typedef struct block {
  struct block *next, *previous; /* in the ring of its thread; NULL: of a thread whose memory is not kept account of */
  size_t size;
} block;
_Static_assert(sizeof(block) <= HEADER, "a header fits");

static _Thread_local block ring;
static _Thread_local int counts;
static _Thread_local volatile int busy;
static _Thread_local uint64_t used, limit;

OPENS_HEADERS void fuzz_memory_begin(uint64_t most) {
  ring.next = ring.previous = &ring;
  counts = 1;
  used = 0;
  limit = most;
}

OPENS_HEADERS static void *after_header(block *b, size_t n) {
  if (!b) return NULL;
  b->next = b->previous = NULL;
  b->size = n;
  if (counts) {
    b->next = ring.next;
    b->previous = &ring;
    ring.next->previous = b;
    ring.next = b;
    used += n;
  }
  ASAN_POISON_MEMORY_REGION(b, HEADER);
  return (char *)b + HEADER;
}

/* alignment 0: none in particular. */
static void *take(size_t alignment, size_t n) {
  if (n > SIZE_MAX - HEADER || (counts && n > limit - used)) return NULL;
  busy++;
  void *p = after_header(alignment ? aligned_alloc(alignment, n + HEADER) : malloc(n + HEADER), n);
  busy--;
  return p;
}

int fuzz_memory_is_busy(void) { return busy; }
void *fuzz_malloc(size_t n) { return take(0, n); }
void *fuzz_aligned_alloc(size_t alignment, size_t n) { return take(alignment, n); }

void *fuzz_calloc(size_t count, size_t size) {
  void *p = fuzz_malloc(count * size); /* the caller has seen to overflow */
  return p ? memset(p, 0, count * size) : NULL;
}

static block *header_of(void *p) { return (block *)(void *)((char *)p - HEADER); }

OPENS_HEADERS void fuzz_free(void *p) {
  if (!p) return;
  busy++;
  block *b = header_of(p);
  if (b->next) {
    b->next->previous = b->previous;
    b->previous->next = b->next;
    used -= b->size;
  }
  free(b);
  busy--;
}

OPENS_HEADERS void *fuzz_realloc(void *p, size_t n) {
  if (!p) return fuzz_malloc(n);
  size_t old = header_of(p)->size;
  void *larger = fuzz_malloc(n);
  if (!larger) return NULL;
  memcpy(larger, p, old < n ? old : n);
  fuzz_free(p);
  return larger;
}

OPENS_HEADERS void fuzz_memory_end(void) {
  while (ring.next != &ring) fuzz_free((char *)ring.next + HEADER);
  counts = 0;
}
