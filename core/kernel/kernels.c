/* One set of kernels. The Makefile compiles this file once for each instruction set; the simd header chosen here is
 * all that differs, and every set gives the same bits. */
#include "kernel/kernel.h"
#include "kernel/sets.h"

#if defined(ROI_ISA_avx512)
#include "kernel/simd_avx512.h"
#define SET roi_kernels_avx512
#define SET_NAME "avx512"
#elif defined(ROI_ISA_avx2)
#include "kernel/simd_avx2.h"
#define SET roi_kernels_avx2
#define SET_NAME "avx2"
#else
#include "kernel/simd_baseline.h"
#define SET roi_kernels_baseline
#define SET_NAME "baseline"
#endif

#include "kernel/kernels_map.h"

#include "kernel/kernels_arithmetic.h"
#include "kernel/kernels_periods.h"
#include "kernel/kernels_sampling.h"

const roi_kernel_set SET = {SET_NAME,
                            {
#define ROI_KERNEL(id, name, args, doc) [ROI_K_##id] = kernel_##id,
#include "kernel/kernel.def"
#undef ROI_KERNEL
                            }};
