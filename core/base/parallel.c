#include "base/parallel.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/cpu.h"

typedef struct pieces {
  atomic_size_t next;
  size_t n;
  const volatile int *stop;
  void (*work)(void *data, size_t i);
  void *data;
} pieces;

static void *take(void *data) {
  pieces *p = data;
  for (;;) {
    size_t i = atomic_fetch_add(&p->next, 1);
    if (i >= p->n || (p->stop && *p->stop)) return NULL;
    p->work(p->data, i);
  }
}

void roi_parallel(int threads, size_t n, const volatile int *stop, void (*work)(void *data, size_t i), void *data) {
  enum { MOST = 64 };
  pthread_t thread[MOST];
  int started = 0;
  pieces p = {.n = n, .stop = stop, .work = work, .data = data};
  atomic_init(&p.next, 0);
  if (threads == 0) threads = roi_cpu_count();
  while (started < MOST && started + 1 < threads && (size_t)started + 1 < n)
    if (pthread_create(&thread[started], NULL, take, &p) == 0) started++;
    else break; /* fewer threads give the same numbers */
  take(&p);
  while (started > 0) pthread_join(thread[--started], NULL);
}
