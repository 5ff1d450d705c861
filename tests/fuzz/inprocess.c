#include "inprocess.h"

#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "command/command.h"
#include "host/channel.h"
#include "host/confine.h"
#include "host/host.h"
#include "host/script.h"
#include "report/width.h"
#include "memory_of_thread.h"

/* Seconds that pass, as the child sees it, from one look at the limits to the next: four hundred make the three seconds of FUZZ_LIMITS. */
#define SECONDS_A_LOOK 0.0075
/* Seconds in which a thread that is to end does so at its next look, if it runs Lua; then it is ended where it is. */
#define PATIENCE 3
#define MOST_CHILDREN 64
#define FIRST_PID 0x40000000 /* above every real one */

typedef struct child {
  int used;
  pthread_t thread;
  int fd;
  atomic_int killed, ended;
  int status;
  double clock;
  jmp_buf end;
  roi_script_job job;
  roi_script_file model; /* as it was: the parent's list of files may move */
} child;

static child children[MOST_CHILDREN];
static _Thread_local child *self; /* NULL in the parent's threads */

/* -- Processes that are threads ---------------------------------------------------------------------------------------- */

pid_t __wrap_roi_script_fork(const roi_script_job *job);
int __wrap_kill(pid_t pid, int number);
int __real_kill(pid_t pid, int number);
pid_t __wrap_waitpid(pid_t pid, int *status, int options);
pid_t __real_waitpid(pid_t pid, int *status, int options);
int __wrap_waitid(idtype_t type, id_t id, siginfo_t *info, int options);
double __wrap_roi_seconds(void);
double __real_roi_seconds(void);
int __wrap_roi_child_read(int fd, void *buffer, size_t n);
int __real_roi_child_read(int fd, void *buffer, size_t n);
int __wrap_roi_child_send(int fd, const roi_message *message, const void *body);
int __real_roi_child_send(int fd, const roi_message *message, const void *body);

void (*fuzz_child_plays)(int fd);

static void *run_child(void *data) {
  self = data;
  fuzz_memory_begin(self->job.memory + ((uint64_t)64 << 20)); /* what RLIMIT_AS would allow */
  if (fuzz_child_plays) fuzz_child_plays(self->fd);
  else if (setjmp(self->end) == 0) roi_script_process(&self->job);
  fuzz_memory_end();
  close(self->fd);
  atomic_store(&self->ended, 1);
  return NULL;
}

/* Ends a killed thread that is inside one long call of a C function. */
static void leave(int number) {
  (void)number;
  if (self && atomic_load(&self->killed) && !fuzz_memory_is_busy()) longjmp(self->end, 1);
}

pid_t __wrap_roi_script_fork(const roi_script_job *job) {
  int slot = 0;
  signal(SIGPIPE, SIG_IGN); /* a child that writes to a parent that is gone would end alone */
  signal(SIGUSR2, leave);
  while (slot < MOST_CHILDREN && children[slot].used) slot++;
  if (slot == MOST_CHILDREN) {
    errno = EAGAIN;
    return -1;
  }
  child *c = &children[slot];
  memset(c, 0, sizeof *c);
  c->used = 1;
  c->model = *job->model;
  c->job = *job;
  c->job.model = &c->model;
  c->fd = dup(job->fd); /* the caller closes its own */
  fuzz_check(c->fd >= 0 && pthread_create(&c->thread, NULL, run_child, c) == 0, "a thread can be started");
  return FIRST_PID + slot;
}

static child *child_of(pid_t pid) {
  return pid >= FIRST_PID && pid < FIRST_PID + MOST_CHILDREN ? &children[pid - FIRST_PID] : NULL;
}

int __wrap_kill(pid_t pid, int number) {
  child *c = child_of(pid);
  if (!c) return __real_kill(pid, number);
  atomic_store(&c->killed, 1);
  if (!atomic_load(&c->ended)) shutdown(c->fd, SHUT_RDWR);
  return 0;
}

pid_t __wrap_waitpid(pid_t pid, int *status, int options) {
  child *c = child_of(pid);
  if (!c) return __real_waitpid(pid, status, options);
  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_sec += PATIENCE;
  while (pthread_timedjoin_np(c->thread, NULL, &until) != 0) {
    pthread_kill(c->thread, SIGUSR2);
    until.tv_sec++;
  }
  *status = c->status << 8; /* as a process that has ended by itself */
  c->used = 0;
  return pid;
}

int __wrap_waitid(idtype_t type, id_t id, siginfo_t *info, int options) {
  child *c = child_of((pid_t)id);
  (void)type, (void)options;
  info->si_pid = c && atomic_load(&c->ended) ? (pid_t)id : 0;
  return 0;
}

void roi_confine_process(int fd, pid_t parent) { (void)fd, (void)parent; }
void roi_confine_resources(uint64_t memory, unsigned cpu_seconds, int layers) { (void)memory, (void)cpu_seconds, (void)layers; }
void roi_host_confinement(char *text, size_t size) { snprintf(text, size, "nothing"); }
int roi_host_lacks_filter(void) { return 0; }

void roi_child_exit(int status) {
  self->status = status;
  longjmp(self->end, 1);
}

double __wrap_roi_seconds(void) {
  if (!self) return __real_roi_seconds();
  if (atomic_load(&self->killed)) roi_child_exit(0);
  return self->clock += SECONDS_A_LOOK;
}

int __wrap_roi_child_read(int fd, void *buffer, size_t n) { return __real_roi_child_read(self ? self->fd : fd, buffer, n); }
int __wrap_roi_child_send(int fd, const roi_message *message, const void *body) {
  return __real_roi_child_send(self ? self->fd : fd, message, body);
}

/* -- What the command says --------------------------------------------------------------------------------------------- */

static roi_buffer output;
static char complaint[sizeof(roi_error)];

static int messages; /* standard error as it was: the fuzzer closes it, for the command writes there */
__attribute__((constructor)) static void keep_messages(void) { messages = dup(STDERR_FILENO); }

void fuzz_check_of(int holds, const char *rule, const char *what) {
  if (holds) return;
  dprintf(messages, "broken: %s\n%s\n", rule, what);
  abort();
}

void fuzz_check(int holds, const char *rule) { fuzz_check_of(holds, rule, complaint); }

void fuzz_check_text(const char *text, size_t n, const char *rule) {
  for (const char *p = text; p < text + n;) {
    uint32_t code;
    fuzz_check(*p != '\0', rule);
    size_t length = roi_utf8_next(p, &code);
    int is_character = code != 0xfffd || length == 3;
    fuzz_check_of(is_character && (!roi_is_unsafe_character(code) || code == '\n'), rule, p);
    p += length;
  }
}

void fuzz_check_error(const roi_error *err) {
  snprintf(complaint, sizeof complaint, "%s:%d: %s", err->file, err->line, err->text);
  fuzz_check(err->status != ROI_ERR_INTERNAL, "no promise of the library's own is broken");
  fuzz_check(err->status != ROI_OK && err->text[0], "an error says what is wrong");
  fuzz_check_text(err->text, strlen(err->text), "an error is text of one line");
  fuzz_check(!strchr(err->text, '\n'), "an error is text of one line");
}

int __real_roi_complain(const roi_error *err);
int __wrap_roi_complain(const roi_error *err);
int __wrap_roi_complain(const roi_error *err) {
  fuzz_check_error(err);
  return __real_roi_complain(err);
}

roi_status __wrap_roi_print_output(const roi_buffer *text, roi_error *err);
roi_status __wrap_roi_print_output(const roi_buffer *text, roi_error *err) {
  (void)err;
  fuzz_check(!text->failed, "there is memory for what is printed");
  if (text->text) roi_buffer_text(&output, text->text);
  return ROI_OK;
}

const char *fuzz_output(void) { return output.text ? output.text : ""; }
const char *fuzz_complaint(void) { return complaint; }

/* Signals and timers are the fuzzer's. */
void __wrap_roi_signals_begin(double time_limit, int grace_seconds);
void __wrap_roi_signals_begin(double time_limit, int grace_seconds) { (void)time_limit, (void)grace_seconds; }
void __wrap_roi_signals_end_limit(void);
void __wrap_roi_signals_end_limit(void) {}

int roi_main(int argc, char **argv); /* core/command/main.c */

int fuzz_command(const char *const *args, size_t n_args) {
  char *argv[64] = {(char *)(uintptr_t)"roisim"};
  fuzz_check(n_args < 63, "there are few arguments");
  for (size_t i = 0; i < n_args; i++) argv[i + 1] = (char *)(uintptr_t)args[i];
  roi_buffer_free(&output);
  output = (roi_buffer){0};
  complaint[0] = '\0';
  int status = roi_main((int)n_args + 1, argv);
  fuzz_check(status >= ROI_EXIT_OK && status <= ROI_EXIT_LIMIT, "the status is one of those stated");
  for (int i = 0; i < MOST_CHILDREN; i++) fuzz_check(!children[i].used, "no child outlives the command");
  fuzz_check_text(fuzz_output(), strlen(fuzz_output()), "standard output is text");
  return status;
}

/* -- Files ------------------------------------------------------------------------------------------------------------- */

static char folder[64];

static void remove_folder(void) {
  char command[100];
  snprintf(command, sizeof command, "rm -rf %s", folder);
  if (system(command) != 0) dprintf(messages, "could not remove %s\n", folder);
}

const char *fuzz_folder(void) {
  if (folder[0]) return folder;
  snprintf(folder, sizeof folder, "%s/roisim-fuzz-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
  fuzz_check(mkdtemp(folder) != NULL, "a folder can be made");
  atexit(remove_folder);
  return folder;
}

void fuzz_write_file(char *path, size_t room, const char *name, const void *bytes, size_t size) {
  snprintf(path, room, "%s/%s", fuzz_folder(), name);
  FILE *f = fopen(path, "wb");
  fuzz_check(f && fwrite(bytes, 1, size, f) == size && fclose(f) == 0, "a file can be written");
}
