#include "host/confine.h"

#include <linux/capability.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "host/host.h"

/* The layers that this build can bear. */
#define BEARABLE (ROI_LAYER_LIMITS | (ROI_KEEPS_FILES ? 0 : ROI_LAYER_LANDLOCK) | (ROI_KEEPS_FILES || ROI_SANITIZED ? 0 : ROI_LAYER_FILTER))

static void close_from(int first) {
#ifdef SYS_close_range
  if (syscall(SYS_close_range, (unsigned)first, ~0u, 0u) == 0) return;
#endif
  struct rlimit files;
  long last = getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < 65536 ? (long)files.rlim_cur : 65536;
  for (long fd = first; fd < last; fd++) close((int)fd);
}

/* Keys and passwords are often kept in the environment, which a process inherits as a copy. */
static void forget_environment(void) {
  for (char **e = environ; e && *e; e++) memset(*e, 0, strlen(*e));
  if (environ) *environ = NULL;
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
  if (!ROI_SANITIZED && !ROI_KEEPS_FILES) forget_environment(); /* which those read */
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

#define MOST_MAPPED (UINT64_C(1) << 30) /* where the system does not say: far more than the command maps */

/* Bytes of address space in use. */
static uint64_t mapped_bytes(void) {
  unsigned long long pages = 0;
  FILE *f = fopen("/proc/self/statm", "re");
  if (!f) return MOST_MAPPED;
  if (fscanf(f, "%llu", &pages) != 1) pages = 0;
  fclose(f);
  return pages > 0 ? pages * (uint64_t)sysconf(_SC_PAGESIZE) : MOST_MAPPED;
}

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

/* Root's rights, among them to raise the limits below; others have none to give up. */
static void drop_privileges(void) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {{0}};
  syscall(SYS_capset, &header, none);
}

static void limit_resources(uint64_t mapped, uint64_t memory, unsigned cpu_seconds) {
  static const int nothing[] = {RLIMIT_CORE, RLIMIT_NPROC, RLIMIT_MEMLOCK, RLIMIT_MSGQUEUE};
  if (!ROI_SANITIZED) limit(RLIMIT_AS, (rlim_t)(mapped + memory));
  if (cpu_seconds > 0) limit(RLIMIT_CPU, cpu_seconds);
  for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++) limit(nothing[i], 0);
  if (ROI_KEEPS_FILES) return;
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_NOFILE, 0);
  drop_privileges();
}

void roi_confine_resources(uint64_t memory, unsigned cpu_seconds, int layers) {
  uint64_t mapped = mapped_bytes(); /* while files can be read */
  warm_up();
  prctl(PR_SET_DUMPABLE, 0);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  layers &= BEARABLE;
  if (layers & ROI_LAYER_LANDLOCK) roi_confine_landlock();
  if (layers & ROI_LAYER_LIMITS) limit_resources(mapped, memory, cpu_seconds);
  if (layers & ROI_LAYER_FILTER) roi_confine_calls();
}

#define USES(layer) ((ROI_LAYERS & BEARABLE & (layer)) != 0)

void roi_host_confinement(char *text, size_t size) {
  char landlock[40] = "";
  int version = USES(ROI_LAYER_LANDLOCK) ? roi_landlock_version() : 0;
  if (version) snprintf(landlock, sizeof landlock, ", Landlock %d", version);
  snprintf(text, size, "limits%s%s", landlock, USES(ROI_LAYER_FILTER) && roi_filter_is_offered() ? ", filter of system calls" : "");
}

int roi_host_lacks_filter(void) { return USES(ROI_LAYER_FILTER) && !roi_filter_is_offered(); }
