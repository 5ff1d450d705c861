/* cpu.h - what the processor can do. */
#ifndef ROI_BASE_CPU_H
#define ROI_BASE_CPU_H

#include <stdint.h>

/* 1 if the processor and the system offer what x86-64-v3 asks (AVX2, FMA, BMI, ...); on other architectures always 1. */
int roi_cpu_is_supported(void);
int roi_cpu_has_avx2(void);   /* with FMA */
int roi_cpu_has_avx512(void); /* F, DQ, BW, VL */
int roi_cpu_count(void);      /* processors this process may run on, at least 1 */
uint64_t roi_half_of_memory(void); /* bytes: half of the machine's memory, 1 GB if that is unknown */

#endif
