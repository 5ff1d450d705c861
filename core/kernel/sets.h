/* sets.h - the sets that kernels.c becomes. The first is always there, the others where the Makefile builds them. */
#ifndef ROI_KERNEL_SETS_H
#define ROI_KERNEL_SETS_H

#include "kernel/kernel.h"

extern const roi_kernel_set roi_kernels_baseline;
#if defined(__x86_64__)
extern const roi_kernel_set roi_kernels_avx2;
extern const roi_kernel_set roi_kernels_avx512;
#endif

#endif
