/* A shared object that makes calls of the C library fail (faults.h says how it is told which). Built without sanitizers: it stands before
 * the allocator. */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "faults.h"

/* The allocator's own names: asking dlsym for them would allocate. */
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

typedef enum how { ONCE, LASTING, ONE_BYTE, HALF, END, STOP, INTERRUPT, JUMP, HOWS } how;
static const char *const hows[HOWS] = {"once", "lasting", "one_byte", "half", "end", "stop", "interrupt", "jump"};

static struct {
  fault_call call;
  how how;
  unsigned long at;
  int error;
  int parent, child; /* 1: the side counts */
  int named;         /* 1: files must have a name */
  int forked;        /* 1 in processes that the program forked */
  fault_record *record;
} fault;

static int find(const char *const *list, int n, const char *name) {
  for (int i = 0; i < n; i++)
    if (name && strcmp(list[i], name) == 0) return i;
  return 0;
}

static void note_fork(void) { fault.forked = 1; }

__attribute__((constructor)) static void begin(void) {
  static fault_record own;
  const char *side = getenv("FAULT_SIDE"), *at = getenv("FAULT_AT"), *error = getenv("FAULT_ERRNO"), *record = getenv("FAULT_RECORD");
  long fd = record ? syscall(SYS_openat, AT_FDCWD, record, O_RDWR) : -1;
  fault_record *shared = &own;
  if (fd >= 0) {
    void *map = (void *)syscall(SYS_mmap, NULL, sizeof own, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    syscall(SYS_close, fd);
    if (map != MAP_FAILED) shared = map;
  }
  fault.how = (how)find(hows, HOWS, getenv("FAULT_HOW"));
  fault.at = at ? strtoul(at, NULL, 10) : 1;
  fault.error = error ? atoi(error) : EIO;
  fault.named = getenv("FAULT_NAMED") != NULL;
  fault.child = side && strcmp(side, "parent") != 0;
  fault.parent = !side || strcmp(side, "child") != 0;
  pthread_atfork(NULL, NULL, note_fork);
  fault.call = (fault_call)find(fault_calls, CALLS, getenv("FAULT_CALL"));
  fault.record = shared; /* last: nothing is counted before */
  if (fault.call == LOCALE) setlocale(LC_ALL, ""); /* as a library might that the program uses */
}

/* Counts a call; 1 if it is one to be tampered with. */
static int is_due(fault_call c) {
  if (!fault.record) return 0;
  atomic_fetch_add(&fault.record->calls[c][fault.forked], 1);
  if (c != fault.call || !(fault.forked ? fault.child : fault.parent)) return 0;
  unsigned long n = atomic_fetch_add(&fault.record->counted, 1) + 1;
  int due = fault.how == ONCE || fault.how == STOP || fault.how == INTERRUPT ? n == fault.at : n >= fault.at;
  if (!due) return 0;
  atomic_fetch_add(&fault.record->faults, 1);
  if (fault.how == STOP) raise(SIGSTOP);
  if (fault.how == INTERRUPT) kill(getpid(), SIGINT);
  return fault.how != STOP && fault.how != INTERRUPT;
}

/* 1 if the call fails, with errno set. */
static int fails(fault_call c) {
  if (!is_due(c)) return 0;
  errno = fault.error;
  return 1;
}

/* How many of n bytes a call may take; -1 if it fails, with errno set. */
static ssize_t share(fault_call c, size_t n) {
  if (!is_due(c)) return (ssize_t)n;
  switch (fault.how) {
    case ONE_BYTE: return n > 0;
    case HALF: return (ssize_t)((n + 1) / 2);
    case END: return 0;
    default: errno = fault.error; return -1;
  }
}

/* Finds the C library's own function, of the type of the one that stands before it. */
#define REAL(name) \
  static __typeof__(&name) real; \
  if (!real) *(void **)&real = dlsym(RTLD_NEXT, #name)

/* -- Memory ------------------------------------------------------------------------------------------------------------ */

void *malloc(size_t n) { return fails(MEMORY) ? NULL : __libc_malloc(n); }
void *calloc(size_t n, size_t size) { return fails(MEMORY) ? NULL : __libc_calloc(n, size); }
void *realloc(void *p, size_t n) { return fails(MEMORY) ? NULL : __libc_realloc(p, n); }
void *aligned_alloc(size_t to, size_t n) { return fails(MEMORY) ? NULL : __libc_memalign(to, n); }

void *mmap(void *at, size_t n, int protection, int flags, int fd, off_t offset) {
  REAL(mmap);
  return fails(MMAP) ? MAP_FAILED : real(at, n, protection, flags, fd, offset);
}

/* -- Files ------------------------------------------------------------------------------------------------------------- */

int open(const char *path, int flags, ...) {
  REAL(open);
  va_list args;
  va_start(args, flags);
  int unnamed = (flags & O_TMPFILE) == O_TMPFILE;
  mode_t mode = flags & O_CREAT || unnamed ? va_arg(args, mode_t) : 0;
  va_end(args);
  if (unnamed && fault.named) return errno = EOPNOTSUPP, -1;
  return fails(OPEN) ? -1 : real(path, flags, mode);
}

DIR *opendir(const char *path) {
  REAL(opendir);
  return fails(OPENDIR) ? NULL : real(path);
}

/* The descriptor is gone even if the call fails, as on Linux. */
int close(int fd) {
  REAL(close);
  int failed = fails(CLOSE), status = real(fd);
  if (!failed) return status;
  errno = fault.error;
  return -1;
}

ssize_t read(int fd, void *buffer, size_t n) {
  REAL(read);
  ssize_t k = share(READ, n);
  return k <= 0 ? k : real(fd, buffer, (size_t)k);
}

ssize_t pread(int fd, void *buffer, size_t n, off_t offset) {
  REAL(pread);
  ssize_t k = share(PREAD, n);
  return k <= 0 ? k : real(fd, buffer, (size_t)k, offset);
}

ssize_t write(int fd, const void *buffer, size_t n) {
  REAL(write);
  ssize_t k = fd == STDERR_FILENO ? (ssize_t)n : share(WRITE, n); /* what could not be told could not be checked */
  return k < 0 ? k : real(fd, buffer, (size_t)k);
}

int fsync(int fd) {
  REAL(fsync);
  return fails(FSYNC) ? -1 : real(fd);
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
  REAL(linkat);
  return fails(LINK) ? -1 : real(from_folder, from, to_folder, to, flags);
}

int unlink(const char *path) {
  REAL(unlink);
  return fails(UNLINK) ? -1 : real(path);
}

int rename(const char *from, const char *to) {
  REAL(rename);
  return fails(RENAME) ? -1 : real(from, to);
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
  REAL(renameat2);
  return fails(RENAME) ? -1 : real(from_folder, from, to_folder, to, flags);
}

int fstat(int fd, struct stat *st) {
  REAL(fstat);
  return fails(FSTAT) ? -1 : real(fd, st);
}

int fchmod(int fd, mode_t mode) {
  REAL(fchmod);
  return fails(FCHMOD) ? -1 : real(fd, mode);
}

int fcntl(int fd, int what, ...) {
  REAL(fcntl);
  va_list args;
  va_start(args, what);
  int argument = va_arg(args, int); /* of every use that the program makes; read as an int, it may not be there */
  va_end(args);
  return fails(FCNTL) ? -1 : real(fd, what, argument);
}

int mkdir(const char *path, mode_t mode) {
  REAL(mkdir);
  return fails(MKDIR) ? -1 : real(path, mode);
}

char *mkdtemp(char *template) {
  REAL(mkdtemp);
  return fails(MKDTEMP) ? NULL : real(template);
}

int chmod(const char *path, mode_t mode) {
  REAL(chmod);
  return fails(CHMOD) ? -1 : real(path, mode);
}

char *realpath(const char *path, char *resolved) {
  REAL(realpath);
  return fails(REALPATH) ? NULL : real(path, resolved);
}

/* -- Processes and threads --------------------------------------------------------------------------------------------- */

int socketpair(int domain, int type, int protocol, int ends[2]) {
  REAL(socketpair);
  return fails(SOCKETPAIR) ? -1 : real(domain, type, protocol, ends);
}

pid_t fork(void) {
  REAL(fork);
  return fails(FORK) ? -1 : real();
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *), void *data) {
  REAL(pthread_create);
  return fails(THREAD) ? fault.error : real(thread, attr, start, data);
}

int poll(struct pollfd *fds, nfds_t n, int milliseconds) {
  REAL(poll);
  return fails(POLL) ? -1 : real(fds, n, milliseconds);
}

ssize_t send(int fd, const void *buffer, size_t n, int flags) {
  REAL(send);
  ssize_t k = share(SEND, n);
  return k < 0 ? k : real(fd, buffer, (size_t)k, flags);
}

ssize_t recv(int fd, void *buffer, size_t n, int flags) {
  REAL(recv);
  ssize_t k = share(RECV, n);
  return k <= 0 ? k : real(fd, buffer, (size_t)k, flags);
}

/* -- The wall clock ---------------------------------------------------------------------------------------------------- */

/* Seconds that the wall clock is wrong by: years ahead, years behind, in turn. The monotonic clock is never set by anybody. */
static time_t leap(void) {
  if (!is_due(CLOCK)) return 0;
  return atomic_load(&fault.record->counted) % 2 ? 100000000 : -100000000;
}

int clock_gettime(clockid_t clock, struct timespec *t) {
  REAL(clock_gettime);
  int status = real(clock, t);
  if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE || clock == CLOCK_TAI) t->tv_sec += leap();
  return status;
}

time_t time(time_t *t) {
  REAL(time);
  time_t now = real(NULL) + leap();
  if (t) *t = now;
  return now;
}

int gettimeofday(struct timeval *restrict t, void *restrict zone) {
  REAL(gettimeofday);
  int status = real(t, zone);
  t->tv_sec += leap();
  return status;
}
