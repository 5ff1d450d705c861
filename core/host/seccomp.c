/* The filter of system calls: talk to the parent, ask for memory that can't be executed, read the clock, end. Anything else ends the
 * process. */
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/futex.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include "host/confine.h"

#if defined(__x86_64__)
#define FILTER_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define FILTER_ARCH AUDIT_ARCH_AARCH64
#endif

#ifdef FILTER_ARCH
#define LOAD(offset) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)(offset))
/* The low half of argument i: the kernel reads what is checked here as 32 bits, or has no bits above. */
#define LOAD_ARGUMENT(i) LOAD(offsetof(struct seccomp_data, args) + (i) * sizeof(uint64_t))
#define RETURN(what) BPF_STMT(BPF_RET | BPF_K, (uint32_t)(what))
#define IF_EQUAL(value, then, otherwise) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value), then, otherwise)
#define IF_ANY(bits, then, otherwise) BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (uint32_t)(bits), then, otherwise)
#define YES RETURN(SECCOMP_RET_ALLOW)
#define KILL RETURN(SECCOMP_RET_KILL_PROCESS)
#define NOT_THERE RETURN(SECCOMP_RET_ERRNO | ENOSYS)
#define ALLOW(name) IF_EQUAL(SYS_##name, 0, 1), YES
#define REFUSE(name) IF_EQUAL(SYS_##name, 0, 1), NOT_THERE
/* Only with that value of the argument, or with none of those bits set in it. */
#define ALLOW_VALUE(name, i, value) IF_EQUAL(SYS_##name, 0, 4), LOAD_ARGUMENT(i), IF_EQUAL(value, 0, 1), YES, KILL
#define ALLOW_WITHOUT(name, i, bits) IF_EQUAL(SYS_##name, 0, 4), LOAD_ARGUMENT(i), IF_ANY(bits, 1, 0), YES, KILL

/* What a C library may try without need is refused instead of ending the process. x86-64's other numbering of calls (x32) has bit 30 set
 * and matches no number here; the 32-bit entry is another architecture. */
int roi_confine_calls(void) {
  struct sock_filter code[] = {
      LOAD(offsetof(struct seccomp_data, arch)),
      IF_EQUAL(FILTER_ARCH, 1, 0),
      KILL,
      LOAD(offsetof(struct seccomp_data, nr)),
      ALLOW_VALUE(read, 0, ROI_CHILD_FD),
      ALLOW_VALUE(write, 0, ROI_CHILD_FD),
      ALLOW(brk),
      ALLOW(munmap),
      ALLOW(clock_gettime),
      ALLOW(restart_syscall),
      ALLOW(exit),
      ALLOW(exit_group),
#ifdef SYS_time
      ALLOW(time),
#endif
      ALLOW(gettimeofday),
      REFUSE(getrandom),
      REFUSE(sysinfo),
      ALLOW_WITHOUT(mremap, 3, ~(unsigned)MREMAP_MAYMOVE),
      ALLOW_WITHOUT(futex, 1, ~(unsigned)(FUTEX_WAKE | FUTEX_PRIVATE_FLAG)), /* wait and wake: locks of the C library */
      /* madvise: to give memory back; privileged processes could ask for harm */
      IF_EQUAL(SYS_madvise, 0, 4), LOAD_ARGUMENT(2), IF_EQUAL(MADV_DONTNEED, 0, 1), YES, NOT_THERE,
      /* mmap: of memory, not of files, and never executable */
      IF_EQUAL(SYS_mmap, 0, 6), LOAD_ARGUMENT(2), IF_ANY(PROT_EXEC, 3, 0), LOAD_ARGUMENT(3), IF_ANY(MAP_ANONYMOUS, 0, 1), YES, KILL,
      KILL,
  };
  struct sock_fprog program = {.len = sizeof code / sizeof code[0], .filter = code};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

/* A kernel that takes filters misses the filter. */
int roi_filter_is_offered(void) { return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, NULL) == -1 && errno == EFAULT; }
#else
int roi_filter_is_offered(void) { return 0; }
int roi_confine_calls(void) { return -1; }
#endif
