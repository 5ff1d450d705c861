/* parallel.h - independent pieces of work over threads. */
#ifndef ROI_BASE_PARALLEL_H
#define ROI_BASE_PARALLEL_H

#include <stddef.h>

/* Runs work(data, i) for i = 0 .. n-1 on up to `threads` threads, the caller's among them (0: as many as there are processors), and
 * returns when all are done. Who does which piece is left to chance, and threads that can't be had are done without: what a piece gives
 * must depend on i alone. Once *stop is not 0 (stop may be NULL) no further piece is begun: the caller must bear what is then missing. */
void roi_parallel(int threads, size_t n, const volatile int *stop, void (*work)(void *data, size_t i), void *data);

#endif
