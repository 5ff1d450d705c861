#include "host/confine.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <locale.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static void close_from(int first) {
#ifdef SYS_close_range
  if (syscall(SYS_close_range, (unsigned)first, ~0u, 0u) == 0) return;
#endif
  struct rlimit files;
  long last = getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < 65536 ? (long)files.rlim_cur : 65536;
  for (long fd = first; fd < last; fd++) close((int)fd);
}

void roi_confine_process(int fd, pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1); /* it died before the line above */
  setpgid(0, 0);                     /* Ctrl-C is for the parent, which decides what becomes of us */
  for (int s = 1; s < NSIG; s++) signal(s, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  setlocale(LC_ALL, "C"); /* Lua compares strings and prints numbers by the locale */
  if (fd != ROI_CHILD_FD) dup2(fd, ROI_CHILD_FD);
  close_from(ROI_SANITIZED ? 3 : ROI_CHILD_FD + 1);
}

#ifdef ROI_COVERAGE
void __gcov_dump(void);
#endif

void roi_child_exit(int status) {
#ifdef ROI_COVERAGE
  __gcov_dump();
#endif
  _exit(status);
}

static void limit(int what, rlim_t value) {
  struct rlimit l = {.rlim_cur = value, .rlim_max = value};
  setrlimit((__rlimit_resource_t)what, &l);
}

/* Bytes of address space in use. */
static uint64_t mapped_bytes(void) {
  unsigned long long pages = 0;
  FILE *f = fopen("/proc/self/statm", "re");
  if (!f) return 0;
  if (fscanf(f, "%llu", &pages) != 1) pages = 0;
  fclose(f);
  return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

/* -- The filter -------------------------------------------------------------------------------------------------------- */

#if defined(__x86_64__)
#define FILTER_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define FILTER_ARCH AUDIT_ARCH_AARCH64
#endif

#ifdef FILTER_ARCH
#define LOW_WORD(i) (offsetof(struct seccomp_data, args) + (i) * sizeof(uint64_t))
#define LOAD(offset) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)(offset))
#define RETURN(what) BPF_STMT(BPF_RET | BPF_K, (uint32_t)(what))
#define ALLOW(name) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)SYS_##name, 0, 1), RETURN(SECCOMP_RET_ALLOW)
#define REFUSE(name) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)SYS_##name, 0, 1), RETURN(SECCOMP_RET_ERRNO | ENOSYS)

/* Talk to the parent, ask for memory that isn't executable, read the clock, end. Anything else ends the process. What a later C
 * library may try without need is refused instead. x86-64's other numbering (x32) has bit 30 set and matches no number here. */
static int install_filter(void) {
  struct sock_filter code[] = {
      LOAD(offsetof(struct seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, FILTER_ARCH, 1, 0),
      RETURN(SECCOMP_RET_KILL_PROCESS),
      LOAD(offsetof(struct seccomp_data, nr)),
      ALLOW(read),
      ALLOW(write),
      ALLOW(brk),
      ALLOW(munmap),
      ALLOW(mremap),
      ALLOW(madvise),
      ALLOW(clock_gettime),
      ALLOW(futex),
      ALLOW(restart_syscall),
      ALLOW(exit),
      ALLOW(exit_group),
#ifdef SYS_time
      ALLOW(time),
#endif
      ALLOW(gettimeofday),
      REFUSE(getrandom),
      REFUSE(sysinfo),
      /* mmap: of memory, not of files, and never executable */
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)SYS_mmap, 0, 6),
      LOAD(LOW_WORD(2)),
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 3, 0),
      LOAD(LOW_WORD(3)),
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, MAP_ANONYMOUS, 0, 1),
      RETURN(SECCOMP_RET_ALLOW),
      RETURN(SECCOMP_RET_KILL_PROCESS),
      RETURN(SECCOMP_RET_KILL_PROCESS),
  };
  struct sock_fprog program = {.len = sizeof code / sizeof code[0], .filter = code};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}
#endif

static int by_value(const void *a, const void *b) {
  int x = *(const unsigned char *)a, y = *(const unsigned char *)b;
  return x - y;
}

/* glibc's qsort asks for the size of memory when it first sorts more than a kilobyte, which the filter would not let it. */
static void warm_up(void) {
  unsigned char bytes[2048];
  for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (unsigned char)(i * 7);
  qsort(bytes, sizeof bytes, 1, by_value);
}

void roi_confine_resources(uint64_t memory, unsigned cpu_seconds) {
  warm_up();
  uint64_t mapped = mapped_bytes();
  if (!ROI_SANITIZED && mapped > 0) limit(RLIMIT_AS, (rlim_t)(mapped + memory));
  if (cpu_seconds > 0) limit(RLIMIT_CPU, cpu_seconds);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_NPROC, 0);
  if (!ROI_KEEPS_FILES) {
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, 0);
  }
  prctl(PR_SET_DUMPABLE, 0);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
#ifdef FILTER_ARCH
  if (!ROI_SANITIZED && !ROI_KEEPS_FILES) install_filter(); /* a kernel without filters leaves the other limits */
#endif
}
