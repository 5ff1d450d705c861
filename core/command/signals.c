/* Signals belong to the process, so what follows is the one place with state of the process's own: a handler can
 * be told nothing. */
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "command/command.h"

static volatile int stop;                 /* raised once */
static volatile sig_atomic_t cause;       /* 0, the signal, or -1: the time limit */
static struct timespec raised;            /* when; written before stop is, read after */
static int grace;                         /* seconds between the limit and its second ring */
static volatile sig_atomic_t held;        /* 1: whoever holds on has more to take away than the handler can */
static volatile sig_atomic_t put_off;     /* the signal that would have ended the process meanwhile, or 0 */
static roi_temporary_name temporary[ROI_TEMPORARIES]; /* removed if the process ends at once */

static void end_now(int number) {
  static const char by_limit[] = "roisim: stopped at once: the time limit passed; raise it with --time-limit\n";
  static const char by_signal[] = "roisim: stopped at once\n";
  int is_limit = number == SIGALRM;
  if (held) {
    put_off = number;
    stop = 1;
    return;
  }
  for (int i = 0; i < ROI_TEMPORARIES; i++)
    if (temporary[i]) unlink(temporary[i]);
  if (write(STDERR_FILENO, is_limit ? by_limit : by_signal, (is_limit ? sizeof by_limit : sizeof by_signal) - 1) < 0)
    errno = 0; /* nobody is left to tell */
  _exit(is_limit ? ROI_EXIT_LIMIT : ROI_EXIT_SIGNAL + number);
}

#define ECHO_SECONDS 0.33 /* a terminal and a wrapper like timeout(1) both pass one Ctrl-C on: what follows so soon is the same one */

/* Whether it is the second of its kind, and the process ends at once. The limit's timer rings again for whoever does not heed the flag;
 * its first ring may come after a person's signal. */
static int is_second(int number) {
  struct timespec t;
  if (number == SIGXCPU) return 0; /* the system sends this one each second */
  clock_gettime(CLOCK_MONOTONIC, &t);
  double passed = (double)(t.tv_sec - raised.tv_sec) + 1e-9 * (double)(t.tv_nsec - raised.tv_nsec);
  return passed >= (number == SIGALRM ? 0.9 * grace : ECHO_SECONDS);
}

/* What ends the process at once, and not at the end of the block. */
static void on_quit(int number) { end_now(number); }

static void on_signal(int number) {
  int saved = errno;
  if (!stop) {
    clock_gettime(CLOCK_MONOTONIC, &raised);
    cause = number == SIGALRM ? -1 : number;
    stop = 1;
  } else if (is_second(number)) {
    end_now(number);
  }
  errno = saved;
}

void roi_signals_begin(double time_limit, int grace_seconds) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_signal; /* no SA_RESTART: a blocking call returns, and its caller looks at the flag */
  sigemptyset(&action.sa_mask);
  static const int ends[] = {SIGINT, SIGTERM, SIGHUP, SIGXCPU, SIGQUIT};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    struct sigaction old;
    action.sa_handler = ends[i] == SIGQUIT ? on_quit : on_signal;
    if (!sigaction(ends[i], NULL, &old) && old.sa_handler != SIG_IGN) sigaction(ends[i], &action, NULL);
  }
  action.sa_handler = SIG_IGN; /* a reader that went away is an error of the write */
  sigaction(SIGPIPE, &action, NULL);
  sigaction(SIGXFSZ, &action, NULL); /* and so is a file that grew to the system's limit */
  grace = grace_seconds;
  if (time_limit <= 0) return;
  action.sa_handler = on_signal;
  sigaction(SIGALRM, &action, NULL);
  sigset_t limit; /* who started us may have had it blocked, which is handed down */
  sigemptyset(&limit);
  sigaddset(&limit, SIGALRM);
  sigprocmask(SIG_UNBLOCK, &limit, NULL);
  struct itimerval timer = {.it_interval = {grace_seconds, 0}};
  timer.it_value.tv_sec = (time_t)floor(time_limit);
  timer.it_value.tv_usec = (suseconds_t)((time_limit - floor(time_limit)) * 1e6);
  if (timer.it_value.tv_sec == 0 && timer.it_value.tv_usec == 0) timer.it_value.tv_usec = 1;
  setitimer(ITIMER_REAL, &timer, NULL);
}

const volatile int *roi_signals_stop(void) { return &stop; }
int roi_signals_cause(void) { return (int)cause; }
void roi_signals_hold(int hold) {
  held = hold;
  if (!hold && put_off) end_now((int)put_off);
}

roi_temporary_name *roi_signals_temporary(roi_temporary slot) { return &temporary[slot]; }

void roi_signals_end_limit(void) {
  struct itimerval none;
  memset(&none, 0, sizeof none);
  setitimer(ITIMER_REAL, &none, NULL);
}
