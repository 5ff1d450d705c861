/* What a process says that a second signal, or the time limit's second ring, ends at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command/command.h"

/* The last words of a process that heeds no signal, and its exit status. number: the signal that it sends itself, 0: nothing. */
static int last_words(double time_limit, int number, char *text, size_t size) {
  int ends[2], status;
  assert_int_equal(pipe(ends), 0);
  pid_t pid = fork();
  if (pid == 0) {
    dup2(ends[1], STDERR_FILENO);
    close(ends[0]);
    close(ends[1]);
    roi_signals_begin(time_limit, 1);
    if (number) raise(number);
    for (int i = 0; i < 100; i++) usleep(100000);
    _exit(0); /* nothing ended it */
  }
  assert_true(pid > 0);
  close(ends[1]);
  size_t n = 0;
  for (ssize_t got; n + 1 < size && (got = read(ends[0], text + n, size - n - 1)) > 0;) n += (size_t)got;
  text[n] = '\0';
  close(ends[0]);
  assert_int_equal(waitpid(pid, &status, 0), pid);
  assert_true(WIFEXITED(status));
  return WEXITSTATUS(status);
}

static void time_limit(void **unused) {
  (void)unused;
  char text[200];
  assert_int_equal(last_words(0.01, 0, text, sizeof text), ROI_EXIT_LIMIT);
  assert_string_equal(text, "roisim: stopped at once: the time limit passed; raise it with --time-limit\n");
}

/* Whoever starts the command may have SIGALRM blocked, which its processes inherit. */
static void time_limit_though_blocked(void **unused) {
  (void)unused;
  char text[200];
  sigset_t alarm_alone, before;
  sigemptyset(&alarm_alone);
  sigaddset(&alarm_alone, SIGALRM);
  assert_int_equal(sigprocmask(SIG_BLOCK, &alarm_alone, &before), 0);
  int status = last_words(0.01, 0, text, sizeof text);
  assert_int_equal(sigprocmask(SIG_SETMASK, &before, NULL), 0);
  assert_int_equal(status, ROI_EXIT_LIMIT);
}

static void quit(void **unused) {
  (void)unused;
  char text[200];
  assert_int_equal(last_words(0, SIGQUIT, text, sizeof text), ROI_EXIT_SIGNAL + SIGQUIT);
  assert_string_equal(text, "roisim: stopped at once\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(time_limit), cmocka_unit_test(time_limit_though_blocked), cmocka_unit_test(quit)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
