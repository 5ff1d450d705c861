#include "base/cpu.h"

#include <sched.h>
#include <unistd.h>

#if defined(__x86_64__)
#include <cpuid.h>

/* Must itself run on a processor that lacks what this project is compiled for. */
#define RUNS_ANYWHERE __attribute__((target("arch=x86-64")))

RUNS_ANYWHERE int roi_cpu_has_avx2(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

RUNS_ANYWHERE int roi_cpu_has_avx512(void) {
  __builtin_cpu_init();
  return roi_cpu_is_supported() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
}

RUNS_ANYWHERE int roi_cpu_is_supported(void) {
  __builtin_cpu_init();
  if (!roi_cpu_has_avx2() || !__builtin_cpu_supports("bmi") || !__builtin_cpu_supports("bmi2")) return 0;
  unsigned eax, ebx, ecx, edx;
  const unsigned movbe = 1u << 22, f16c = 1u << 29, lzcnt = 1u << 5;
  if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx) || !(ecx & movbe) || !(ecx & f16c)) return 0;
  return __get_cpuid(0x80000001u, &eax, &ebx, &ecx, &edx) && (ecx & lzcnt);
}
#else
int roi_cpu_has_avx2(void) { return 0; }
int roi_cpu_has_avx512(void) { return 0; }
int roi_cpu_is_supported(void) { return 1; }
#endif

int roi_cpu_count(void) {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0) return CPU_COUNT(&set);
  long n = sysconf(_SC_NPROCESSORS_ONLN); /* more processors than cpu_set_t holds */
  return n > 0 ? (int)n : 1;
}

uint64_t roi_half_of_memory(void) {
  long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGE_SIZE);
  return pages > 0 && size > 0 ? (uint64_t)pages * (uint64_t)size / 2 : UINT64_C(1) << 30;
}
