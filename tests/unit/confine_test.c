/* A bug in the interpreter assumed: a process confined as scripts are makes the calls of attacks.def, under all layers and under each
 * alone. Each must end in an error or in SIGSYS, and nothing may have happened. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host/confine.h"

enum { NO, YES, USERS };
enum { REFUSED = 40, DONE }; /* exit statuses of a process that attacked */

/* -- What is attacked --------------------------------------------------------------------------------------------------- */

static char folder[] = "/tmp/confine_test.XXXXXX", hostname[65];
static pid_t victim;
static int listener, abstract_listener, channel;
static struct sockaddr_in inet = {.sin_family = AF_INET};
static struct sockaddr_un abstract = {.sun_family = AF_UNIX};
static socklen_t abstract_size;
static uid_t other_user;

static int enter(void **state) {
  (void)state;
  socklen_t n = sizeof inet;
  if (!mkdtemp(folder) || chdir(folder) != 0) return -1;
  FILE *f = fopen("secret", "w");
  if (!f || fputs("a secret", f) < 0 || fclose(f) != 0) return -1;
  other_user = geteuid() == 65534 ? 65533 : 65534;
  gethostname(hostname, sizeof hostname - 1);
  inet.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  abstract_size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 +
                              (size_t)snprintf(abstract.sun_path + 1, sizeof abstract.sun_path - 1, "%s", folder));
  listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  abstract_listener = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (bind(listener, (struct sockaddr *)&inet, sizeof inet) != 0 || listen(listener, 1) != 0 ||
      getsockname(listener, (struct sockaddr *)&inet, &n) != 0 ||
      bind(abstract_listener, (struct sockaddr *)&abstract, abstract_size) != 0 || listen(abstract_listener, 1) != 0)
    return -1;
  victim = fork();
  if (victim == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (;;) pause();
  }
  return victim > 0 ? 0 : -1;
}

static int leave(void **state) {
  (void)state;
  kill(victim, SIGKILL);
  waitpid(victim, NULL, 0);
  return unlink("secret") == 0 && chdir("/") == 0 && rmdir(folder) == 0 ? 0 : -1;
}

/* Files are as they were, nobody called, the victim lives, and the channel holds nothing. */
static void nothing_happened(const char *name) {
  struct stat st;
  char byte, control[64];
  struct iovec io = {&byte, 1};
  struct msghdr m = {.msg_iov = &io, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  int whole = stat("secret", &st) == 0 && st.st_size == 8 && (st.st_mode & 0777) != 0777 && access("made", F_OK) != 0;
  int heard = recvmsg(channel, &m, MSG_DONTWAIT) >= 0 && m.msg_controllen > 0;
  int silent = accept(listener, NULL, NULL) < 0 && accept(abstract_listener, NULL, NULL) < 0 && !heard;
  int alive = waitpid(victim, NULL, WNOHANG) == 0;
  if (!whole) fail_msg("%s: a file was touched", name);
  if (!silent) fail_msg("%s: somebody was called", name);
  if (!alive) fail_msg("%s: a process died", name);
}

/* -- The attacks -------------------------------------------------------------------------------------------------------- */

static char buffer[64];
static struct stat status;
static int pair[2], number;
static void *page;

static long in_parent(long pid) {
  if (pid == 0) _exit(0);
  return pid;
}

static void *nothing(void *p) { return p; }

static long start_thread(void) {
  pthread_t t;
  return -pthread_create(&t, NULL, nothing, NULL);
}

static long connect_to(int family, const void *address, socklen_t n) {
  int fd = socket(family, SOCK_STREAM, 0);
  return fd < 0 ? -1 : connect(fd, address, n);
}

static long send_descriptor(void) {
  union { struct cmsghdr head; char room[CMSG_SPACE(sizeof(int))]; } control = {.head = {CMSG_LEN(sizeof(int)), SOL_SOCKET, SCM_RIGHTS}};
  struct iovec io = {buffer, 1};
  struct msghdr m = {.msg_iov = &io, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
  return sendmsg(ROI_CHILD_FD, &m, 0);
}

static long over_to(long call) {
  struct iovec here = {buffer, 1}, there = {buffer, 1}; /* the victim is a copy: the same address */
  return syscall(call, victim, &here, 1, &there, 1, 0);
}

static long mapped(int rights, int flags, int fd, size_t n) { return mmap(NULL, n, rights, flags, fd, 0) == MAP_FAILED ? -1 : 0; }

static long moved(int flags) { return syscall(SYS_mremap, page, 4096, 4096, flags, (char *)page + 8192) == -1 ? -1 : 0; }

/* What a process leaves behind in the kernel is taken away again. */
static long removed(long id, long call) {
  if (id >= 0) syscall(call, id, IPC_RMID, NULL);
  return id;
}

#ifdef __x86_64__
static long by_interrupt(long call) {
  __asm__ volatile("int $0x80" : "+a"(call) : : "memory", "r8", "r9", "r10", "r11");
  return call;
}
#endif

#define ATTACK(name, limits, landlock, call) static long attack_##name(void) { return call; }
#define HARMLESS ATTACK
#include "attacks.def"
#undef ATTACK
#undef HARMLESS

typedef struct attack { const char *name; int limits, landlock, harmless; long (*call)(void); } attack;
static const attack attacks[] = {
#define ATTACK(name, limits, landlock, call) {#name, limits, landlock, 0, attack_##name},
#define HARMLESS(name, limits, landlock, call) {#name, limits, landlock, 1, attack_##name},
#include "attacks.def"
};
enum { ATTACKS = sizeof attacks / sizeof *attacks };

/* -- Trying them -------------------------------------------------------------------------------------------------------- */

/* Runs it in a process confined by the layers: the status of its end. */
static int try_attack(const attack *a, int layers) {
  int ends[2], how = 0;
  pid_t parent = getpid();
  assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
  pid_t pid = fork();
  if (pid == 0) {
    page = mmap(NULL, 4096 * 4, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    roi_confine_process(ends[1], parent);
    roi_confine_resources((uint64_t)64 << 20, 5, layers);
    long result = a->call();
    _exit(result < 0 ? REFUSED : DONE);
  }
  assert_true(pid > 0);
  assert_int_equal(waitpid(pid, &how, 0), pid);
  close(ends[1]);
  channel = ends[0];
  nothing_happened(a->name);
  close(ends[0]);
  return how;
}

static int refused(int how) { return WIFEXITED(how) && WEXITSTATUS(how) == REFUSED; }
static int stopped(int how) { return WIFSIGNALED(how) && WTERMSIG(how) == SIGSYS; }

/* What the kernel, if it lets itself be called at all, may answer to the entry for 32 bits. */
static int not_there(const attack *a, int how) {
  return strcmp(a->name, "entry_of_32_bits") == 0 && WIFSIGNALED(how) && WTERMSIG(how) == SIGSEGV;
}

static void by_all_layers(void **state) {
  (void)state;
  if (ROI_KEEPS_FILES) skip();
  int filtered = !ROI_SANITIZED;
  for (size_t i = 0; i < ATTACKS; i++) {
    const attack *a = &attacks[i];
    int held_else = a->limits == YES || (a->limits == USERS && geteuid() != 0);
    if (!filtered && !held_else) continue; /* the sanitizers need what the filter forbids */
    if (strcmp(a->name, "much_memory") == 0 && ROI_SANITIZED) continue;
    int how = try_attack(a, ROI_LAYER_LIMITS | ROI_LAYER_LANDLOCK | ROI_LAYER_FILTER);
    int held = filtered && !a->harmless ? stopped(how) || not_there(a, how) : refused(how);
    if (!held) fail_msg("%s was not held: status %#x", a->name, (unsigned)how);
  }
}

static void by_the_filter_alone(void **state) {
  (void)state;
  if (ROI_KEEPS_FILES || ROI_SANITIZED) skip();
  for (size_t i = 0; i < ATTACKS; i++) {
    if (attacks[i].harmless) continue;
    int how = try_attack(&attacks[i], ROI_LAYER_FILTER);
    if (!stopped(how) && !not_there(&attacks[i], how)) fail_msg("%s was not held: status %#x", attacks[i].name, (unsigned)how);
  }
}

static void by_the_limits_alone(void **state) {
  (void)state;
  if (ROI_KEEPS_FILES) skip();
  for (size_t i = 0; i < ATTACKS; i++) {
    const attack *a = &attacks[i];
    if (a->limits == NO || (a->limits == USERS && geteuid() == 0)) continue;
    if (strcmp(a->name, "much_memory") == 0 && ROI_SANITIZED) continue;
    int how = try_attack(a, ROI_LAYER_LIMITS);
    if (!refused(how)) fail_msg("%s was not held: status %#x", a->name, (unsigned)how);
  }
}

static void by_landlock_alone(void **state) {
  (void)state;
  long version = syscall(444, NULL, 0, 1u);
  if (ROI_KEEPS_FILES || version < 1) skip();
  for (size_t i = 0; i < ATTACKS; i++) {
    const attack *a = &attacks[i];
    if (a->landlock == 0 || a->landlock > version) continue;
    int how = try_attack(a, ROI_LAYER_LANDLOCK);
    if (!refused(how)) fail_msg("%s was not held: status %#x", a->name, (unsigned)how);
  }
}

static void the_environment_is_forgotten(void **state) {
  (void)state;
  if (ROI_KEEPS_FILES || ROI_SANITIZED) skip();
  setenv("CONFINE_TEST_KEY", "a key", 1);
  const char *value = getenv("CONFINE_TEST_KEY");
  pid_t parent = getpid(), pid = fork();
  int how = 0;
  if (pid == 0) {
    roi_confine_process(ROI_CHILD_FD, parent);
    _exit(getenv("CONFINE_TEST_KEY") == NULL && memcmp(value, "\0\0\0\0\0", 5) == 0 ? DONE : REFUSED);
  }
  assert_int_equal(waitpid(pid, &how, 0), pid);
  assert_true(WIFEXITED(how) && WEXITSTATUS(how) == DONE);
  assert_string_equal(value, "a key"); /* here */
}

/* The attacks are such: without any layer, those that need no privilege succeed. */
static void by_nothing(void **state) {
  (void)state;
  static const char *const easy[] = {"openat", "stat", "dup", "socket", "clone", "mmap_exec", "getppid", "much_memory"};
  for (size_t i = 0; i < ATTACKS; i++)
    for (size_t k = 0; k < sizeof easy / sizeof *easy; k++) {
      if (strcmp(attacks[i].name, easy[k]) != 0) continue;
      int how = try_attack(&attacks[i], 0);
      if (!WIFEXITED(how) || WEXITSTATUS(how) != DONE) fail_msg("%s failed: status %#x", easy[k], (unsigned)how);
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(by_all_layers), cmocka_unit_test(by_the_filter_alone),
                                     cmocka_unit_test(by_the_limits_alone), cmocka_unit_test(by_landlock_alone),
                                     cmocka_unit_test(the_environment_is_forgotten), cmocka_unit_test(by_nothing)};
  return cmocka_run_group_tests(tests, enter, leave);
}
