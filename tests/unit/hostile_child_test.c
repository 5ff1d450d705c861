/* A child that lies: processes of the test play the script's process and the workers on the other end of the channel. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "host/child.h"
#include "host/trial.h"

#define SECONDS 0.05 /* of the script: what never ends is ended this much later, and the grace */
enum { LANES = 8 };

static roi_trial_area *area; /* shared with the worker */
static int signal_number;    /* by which the child of `dies` ends */

static void send_type(int fd, uint32_t type, uint64_t size) {
  roi_message m = {.type = type, .size = size};
  roi_child_write(fd, &m, sizeof m);
}

static void send_noise(int fd, size_t n) {
  char noise[4096];
  memset(noise, 0xa5, sizeof noise);
  for (; n > 0; n -= n < sizeof noise ? n : sizeof noise) roi_child_write(fd, noise, n < sizeof noise ? n : sizeof noise);
}

static _Noreturn void wait_for_ever(void) {
  for (;;) pause();
}

/* -- Scripts' processes ------------------------------------------------------------------------------------------------- */

static void unknown_type(int fd) { send_type(fd, 99, 0); }
static void type_zero(int fd) { send_type(fd, 0, 0); }
static void type_of_the_parent(int fd) { send_type(fd, ROI_ANSWER_FILE, 0); }
static void trials_unasked(int fd) { send_type(fd, ROI_SAY_TRIALS, 0); }
static void half_a_header(int fd) { send_noise(fd, sizeof(roi_message) / 2); }
static void half_a_header_and_silence(int fd) { send_noise(fd, sizeof(roi_message) / 2), wait_for_ever(); }
static void nothing(int fd) { (void)fd; }
static void silence(int fd) { (void)fd, wait_for_ever(); }
static void status_seven(int fd) { (void)fd, _exit(7); }
static void closes_and_stays(int fd) { close(fd), wait_for_ever(); }
static void stops(int fd) { (void)fd, raise(SIGSTOP), wait_for_ever(); }
static void graph_of_nothing(int fd) { send_type(fd, ROI_SAY_GRAPH, 0); }
static void graph_too_large(int fd) { send_type(fd, ROI_SAY_GRAPH, UINT64_MAX); }
static void half_a_graph(int fd) { send_type(fd, ROI_SAY_GRAPH, 4 << 20), send_noise(fd, 2 << 20); }
static void half_a_graph_and_silence(int fd) { half_a_graph(fd), wait_for_ever(); }
static void print_too_long(int fd) { send_type(fd, ROI_SAY_PRINT, UINT64_MAX), wait_for_ever(); }
static void name_too_long(int fd) { send_type(fd, ROI_ASK_MODULE, ROI_NAME_LIMIT + 1), wait_for_ever(); }
static void version_too_long(int fd) { send_type(fd, ROI_SAY_VERSION, 1 << 20), wait_for_ever(); }
static void half_an_error(int fd) { send_type(fd, ROI_SAY_ERROR, 5000), send_noise(fd, 100); }
static void error_that_claims_more(int fd) { send_type(fd, ROI_SAY_ERROR, UINT64_MAX), send_noise(fd, ROI_TEXT_LIMIT); }

static void floods_of_prints(int fd) {
  for (;;) send_type(fd, ROI_SAY_PRINT, 0);
}

static void asks_and_never_listens(int fd) {
  for (;;) send_type(fd, ROI_ASK_MODULE, 7), roi_child_write(fd, "roisim\0", 7);
}

/* 0 if every name is refused. */
static void asks_for_files_outside(int fd) {
  static const char *const names[] = {"/etc/passwd", "../../etc/passwd", "..", "", "a\0b", "/", "a/../../b", ".git.config", "roisim/../x"};
  for (size_t i = 0; i < 2 * sizeof names / sizeof *names; i++) {
    const char *name = names[i / 2];
    roi_message m = {.type = i % 2 ? ROI_ASK_DATA : ROI_ASK_MODULE, .size = strlen(name)};
    char reason[8192];
    if (roi_child_send(fd, &m, name) != 0 || roi_child_read(fd, &m, sizeof m) != 0 || m.size > sizeof reason) _exit(8);
    if (roi_child_read(fd, reason, (size_t)m.size) != 0) _exit(9);
    if (m.type != ROI_ANSWER_NONE) _exit(10);
  }
  _exit(0);
}

static void dies(int fd) {
  (void)fd;
  signal(signal_number, SIG_DFL);
  raise(signal_number);
  _exit(3);
}

typedef struct lie { const char *name; void (*play)(int fd); roi_status status; const char *text; } lie;

static const lie lies[] = {
    {"unknown type", unknown_type, ROI_ERR_INTERNAL, "sent message 99, which it may not"},
    {"type 0", type_zero, ROI_ERR_INTERNAL, "sent message 0, which it may not"},
    {"the parent's own message", type_of_the_parent, ROI_ERR_INTERNAL, "sent message 3, which it may not"},
    {"trials, unasked", trials_unasked, ROI_ERR_INTERNAL, "sent message 10, which it may not"},
    {"half a header", half_a_header, ROI_ERR_INTERNAL, "ended without an answer (status 0)"},
    {"half a header and silence", half_a_header_and_silence, ROI_ERR_LIMIT, "script time of 0.05 s used up"},
    {"nothing", nothing, ROI_ERR_INTERNAL, "ended without an answer (status 0)"},
    {"silence", silence, ROI_ERR_LIMIT, "script time of 0.05 s used up"},
    {"a status", status_seven, ROI_ERR_INTERNAL, "ended without an answer (status 7)"},
    {"a closed channel", closes_and_stays, ROI_ERR_INTERNAL, "stopped answering"},
    {"stopped", stops, ROI_ERR_LIMIT, "script time of 0.05 s used up"},
    {"a graph of nothing", graph_of_nothing, ROI_ERR_LIMIT, "the graph has 0 bytes"},
    {"a graph too large", graph_too_large, ROI_ERR_LIMIT, "the graph has 18446744073709551615 bytes"},
    {"half a graph", half_a_graph, ROI_ERR_INTERNAL, "ended without an answer (status 0)"},
    {"half a graph and silence", half_a_graph_and_silence, ROI_ERR_LIMIT, "script time of 0.05 s used up"},
    {"a line too long", print_too_long, ROI_ERR_INTERNAL, "18446744073709551615 bytes in message 5, which may have 16384"},
    {"a name too long", name_too_long, ROI_ERR_INTERNAL, "4097 bytes in message 1, which may have 4096"},
    {"a version too long", version_too_long, ROI_ERR_INTERNAL, "1048576 bytes in message 6, which may have 4096"},
    {"half an error", half_an_error, ROI_ERR_INTERNAL, "ended without an answer (status 0)"},
    {"an error that claims more", error_that_claims_more, ROI_ERR_MODEL, ""},
    {"a flood of lines", floods_of_prints, ROI_ERR_LIMIT, "script time of 0.05 s used up"},
    {"questions without end", asks_and_never_listens, ROI_ERR_LIMIT, "script time of 0.05 s used up"},
    {"files outside", asks_for_files_outside, ROI_ERR_INTERNAL, "ended without an answer (status 0)"},
};

/* Forks a process that plays on its end of a channel. */
static roi_child start(void (*play)(int fd)) {
  int ends[2];
  assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
  roi_child c = {.fd = ends[0], .started = roi_seconds(), .pid = fork()};
  if (c.pid == 0) {
    setpgid(0, 0); /* as scripts' processes do */
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    close(ends[0]);
    play(ends[1]);
    _exit(0);
  }
  assert_true(c.pid > 0);
  close(ends[1]);
  return c;
}

static roi_host host_of_lies(void) {
  static char name[] = "model.lua", folder[] = "/usr";
  roi_host h = {.script_memory = 1 << 20, .script_seconds = SECONDS, .search.model_folder = folder};
  assert_int_equal(roi_grow((void **)&h.files, 0, &h.cap_files, sizeof *h.files), 0);
  h.files[0] = (roi_script_file){.shown = name, .request = name, .folder = folder, .root = folder};
  h.n_files = 1;
  pthread_mutex_init(&h.lock, NULL);
  return h;
}

static void end_host(roi_host *h) {
  for (size_t i = 1; i < h->n_files; i++) roi_script_file_release(&h->files[i]);
  roi_free(h->files);
  pthread_mutex_destroy(&h->lock);
}

static void nobody_is_left(void) {
  assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
  assert_int_equal(errno, ECHILD);
}

static roi_status build(void (*play)(int fd), roi_error *err) {
  roi_host h = host_of_lies();
  roi_child c = start(play);
  unsigned char *buffer = NULL;
  size_t size = 0;
  int shown = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY); /* what it prints */
  *err = (roi_error){0};
  dup2(nowhere, STDERR_FILENO);
  roi_status status = roi_child_build(&h, &c, &buffer, &size, err);
  dup2(shown, STDERR_FILENO);
  close(shown);
  close(nowhere);
  roi_child_end(&c, NULL);
  roi_free(buffer);
  end_host(&h);
  nobody_is_left();
  return status;
}

static void no_lie_is_believed(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
    roi_error err;
    roi_status status = build(lies[i].play, &err);
    if (status != lies[i].status || !strstr(err.text, lies[i].text))
      fail_msg("%s: status %d, %s", lies[i].name, (int)status, err.text);
  }
}

/* A graph and what comes behind it: the first is taken, and checked by whoever reads it. */
static void two_graphs(int fd) {
  for (int i = 0; i < 2; i++) send_type(fd, ROI_SAY_GRAPH, 100000), send_noise(fd, 100000);
}

static void only_one_graph_is_taken(void **state) {
  (void)state;
  roi_host h = host_of_lies();
  roi_child c = start(two_graphs);
  unsigned char *buffer = NULL;
  size_t size = 0;
  roi_error err;
  assert_int_equal(roi_child_build(&h, &c, &buffer, &size, &err), ROI_OK);
  assert_int_equal(size, 100000);
  for (size_t i = 0; i < size; i++) assert_int_equal(buffer[i], 0xa5);
  roi_free(buffer);
  roi_child_end(&c, NULL);
  end_host(&h);
  nobody_is_left();
}

/* Each signal that ends a process has its line; the others leave it to end with status 3, or stopped, until its time is up. */
static void deaths_are_told(void **state) {
  (void)state;
  for (signal_number = 1; signal_number <= SIGRTMAX; signal_number++) {
    if (signal_number > SIGSYS && signal_number < SIGRTMIN) continue; /* the C library's own */
    roi_error err;
    roi_status status = build(dies, &err), expected = ROI_ERR_MODEL;
    const char *text = "the script crashed Lua (";
    switch (signal_number) {
      case SIGCHLD: case SIGURG: case SIGWINCH: case SIGCONT: expected = ROI_ERR_INTERNAL, text = "without an answer (status 3)"; break;
      case SIGSTOP: case SIGTSTP: case SIGTTIN: case SIGTTOU: case SIGXCPU: expected = ROI_ERR_LIMIT, text = "script time of"; break;
      case SIGKILL: expected = ROI_ERR_LIMIT, text = "killed from outside"; break;
      case SIGSYS: text = "call the system in a way that is not allowed"; break;
      default: break;
    }
    if (status != expected || !strstr(err.text, text)) fail_msg("signal %d: status %d, %s", signal_number, (int)status, err.text);
  }
}

/* -- Workers ------------------------------------------------------------------------------------------------------------ */

static void take_job(int fd) {
  roi_message m;
  roi_trial_job job;
  if (roi_child_read(fd, &m, sizeof m) != 0 || roi_child_read(fd, &job, sizeof job) != 0) _exit(1);
}

static void does_nothing(int fd) { take_job(fd), send_type(fd, ROI_SAY_TRIALS, 0); }
static void answers_before(int fd) { send_type(fd, ROI_SAY_TRIALS, 0), wait_for_ever(); }
static void no_answer(int fd) { take_job(fd), wait_for_ever(); }
static void asks_for_a_file(int fd) { take_job(fd), send_type(fd, ROI_ASK_MODULE, 0); }
static void a_second_graph(int fd) { take_job(fd), send_type(fd, ROI_SAY_GRAPH, 100); }
static void half_an_answer(int fd) { take_job(fd), send_noise(fd, 5); }
static void goes_away(int fd) { take_job(fd), close(fd), _exit(0); }
static void crashes(int fd) { take_job(fd), signal(SIGSEGV, SIG_DFL), raise(SIGSEGV); }

static void no_numbers(int fd) {
  take_job(fd);
  for (size_t i = 0; i < 2 * LANES; i++) area->values[i] = NAN;
  send_type(fd, ROI_SAY_TRIALS, 0);
}

static void claims_progress(int fd) {
  take_job(fd);
  for (;;) {
    area->done += 1;
    usleep(10000);
  }
}

static void claims_the_past(int fd) {
  take_job(fd);
  for (;;) {
    area->done -= 1;
    usleep(10000);
  }
}

/* status ROI_OK: what it left is taken for results, which are numbers or not. */
static const lie worker_lies[] = {
    {"nothing done", does_nothing, ROI_OK, ""},
    {"an answer before the question", answers_before, ROI_OK, ""},
    {"results that are no numbers", no_numbers, ROI_OK, ""},
    {"no answer", no_answer, ROI_ERR_LIMIT, "per_trial function 'f', in one trial: script time of 0.05 s used up"},
    {"progress without end", claims_progress, ROI_ERR_INTERNAL, "a worker claims to have run"},
    {"progress backwards", claims_the_past, ROI_ERR_INTERNAL, "a worker claims to have run"},
    {"a question", asks_for_a_file, ROI_ERR_INTERNAL, "a worker sent message 1, which it may not"},
    {"a second graph", a_second_graph, ROI_ERR_INTERNAL, "a worker sent message 8, which it may not"},
    {"half an answer", half_an_answer, ROI_ERR_INTERNAL, "ended without an answer (status 0)"},
    {"an end", goes_away, ROI_ERR_INTERNAL, "ended without an answer (status 0)"},
    {"a crash", crashes, ROI_ERR_MODEL, "crashed Lua (segmentation fault)"},
};

static void no_worker_is_believed(void **state) {
  (void)state;
  static char name[] = "f";
  for (size_t i = 0; i < sizeof worker_lies / sizeof *worker_lies; i++) {
    const lie *l = &worker_lies[i];
    roi_host h = host_of_lies();
    roi_extern_shape shape = {.name = name, .columns = 1};
    double argument[LANES] = {0}, results[LANES + 1] = {[LANES] = 77};
    const double *args[] = {argument};
    roi_error err = {0};
    area = mmap(NULL, ROI_TRIAL_AREA_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(area != MAP_FAILED);
    roi_worker worker = {start(l->play), PTHREAD_MUTEX_INITIALIZER};
    worker.child.shared = (unsigned char *)area;
    h.externs = &shape, h.n_externs = 1, h.workers = &worker, h.n_workers = 1;
    int failed = roi_host_external(&h, 0, 0, 4096, LANES, args, (int[]){0}, 1, results); /* behind those that are run again */
    roi_status status = roi_host_error(&h, &err);
    if ((failed != 0) != (status != ROI_OK) || status != l->status || !strstr(err.text, l->text))
      fail_msg("%s: status %d, %s", l->name, (int)status, err.text);
    assert_true(results[LANES] == 77);
    roi_child_end(&worker.child, NULL);
    end_host(&h);
    nobody_is_left();
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(no_lie_is_believed), cmocka_unit_test(only_one_graph_is_taken),
                                     cmocka_unit_test(deaths_are_told), cmocka_unit_test(no_worker_is_believed)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
