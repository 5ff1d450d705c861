/* sweep.c - fails the Nth call of a function of the C library in a whole command, for N = 1, 2, ... until it goes through.
 *
 * usage: sweep ROISIM FAILING.so MODELS WORK...     MODELS: a folder of models; WORK: names of the table below
 *        sweep works                                prints these names
 *
 * Whatever fails, the command must end by itself: either as if nothing had happened, with the same results to the last byte, or with a
 * status other than 0 and one line that names the cause. Files from before are then whole, or the new ones are; no temporary file and
 * no process is left. Steps are 1 up to EACH_CALL calls; beyond, a prime that makes about as many more; FAULTS=all tries each. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "faults.h"

#define EACH_CALL 9
#define MOST_ARGS 20
#define MOST_FILES 40
#define MOST_TEXT (1 << 20)
#define HANGING_SECONDS 60

extern char **environ;

/* -- What is done, and what goes wrong --------------------------------------------------------------------------------- */

/* A command; it runs in a folder that holds kept.json and kept.csv from before and a link `models`. */
typedef struct work {
  const char *name, *args[MOST_ARGS];
  int tells; /* 1: it goes on after a failure and tells of it in its report (roisim test) */
  int named; /* 1: on a file system where files must have a name */
} work;

static const work works[] = {
    {"run", {"models/hello.lua", "--trials", "9000", "--threads", "2", "--json", "kept.json", "--samples", "kept.csv"}, 0, 0},
    {"run_named", {"models/hello.lua", "--trials", "9000", "--threads", "2", "--json", "kept.json", "--samples", "kept.csv"}, 0, 1},
    {"checkpoint", {"models/hello.lua", "--trials", "20000", "--threads", "2", "--checkpoint", "kept.progress", "--checkpoint-every",
                    "0.0001", "--json", "kept.json"}, 0, 0},
    {"passes", {"models/hello.lua", "--trials", "5000", "--threads", "2", "--max-memory", "1M", "--sampling", "sobol", "--json",
                "kept.json"}, 0, 0},
    {"merge", {"merge", "models/first.part", "models/second.part", "--threads", "2", "--json", "kept.json"}, 0, 0},
    {"until", {"models/hello.lua", "--until", "npv.mean 3%", "--prob", "npv > 0", "--json", "kept.json"}, 0, 0},
    {"per_trial", {"models/queue.lua", "--trials", "300", "--threads", "2", "--json", "kept.json"}, 0, 0},
    {"compare", {"compare", "models/two_normals.lua", "--trials", "100", "--json", "kept.json"}, 0, 0},
    {"portfolio", {"portfolio", "models/scarce.lua", "--trials", "100", "--json", "kept.json"}, 0, 0},
    {"sensitivity", {"sensitivity", "models/hello.lua", "--trials", "500", "--json", "kept.json"}, 0, 0},
    {"explain", {"explain", "models/support_desk.lua", "--trial", "3"}, 0, 0},
    {"check", {"check", "models/doubtful.lua", "--json", "kept.json"}, 0, 0},
    {"test", {"test", "models/faults_test.lua", "--json", "kept.json"}, 1, 0},
    {"init", {"init", "fresh"}, 0, 0},
    {"init_library", {"init", "--library", "fresh"}, 0, 0},
};

typedef enum expected { EITHER, SURVIVES, FAILS } expected;

typedef struct fault {
  const char *call, *how, *side;
  int error;
  expected expected;
  const char *cause[2]; /* one of them is in the message */
  const char *but;      /* commands, by the first part of their name, that go on and say something else; NULL: none */
} fault;

static const fault faults[] = {
    {"memory", "once", "parent", ENOMEM, EITHER, {"memory"}, NULL},
    {"memory", "lasting", "parent", ENOMEM, EITHER, {"memory"}, NULL},
    {"memory", "once", "child", ENOMEM, EITHER, {"memory"}, NULL},
    {"write", "once", "parent", ENOSPC, EITHER, {"No space left on device"}, NULL},
    {"write", "lasting", "parent", EIO, EITHER, {"Input/output error"}, NULL},
    {"write", "once", "parent", EINTR, SURVIVES, {0}, NULL},
    {"write", "once", "parent", EAGAIN, SURVIVES, {0}, NULL},
    {"write", "one_byte", "both", 0, SURVIVES, {0}, NULL},
    {"write", "half", "both", 0, SURVIVES, {0}, NULL},
    {"write", "once", "child", EIO, FAILS, {"ended without an answer"}, NULL},
    {"read", "once", "parent", EIO, FAILS, {"Input/output error"}, NULL},
    {"read", "once", "parent", EINTR, SURVIVES, {0}, NULL},
    {"read", "one_byte", "both", 0, SURVIVES, {0}, NULL},
    {"read", "half", "both", 0, SURVIVES, {0}, NULL},
    {"read", "end", "parent", 0, FAILS, {"changed while it was read"}, NULL},
    {"pread", "once", "parent", EIO, FAILS, {"Input/output error"}, NULL},
    {"pread", "once", "parent", EINTR, SURVIVES, {0}, NULL},
    {"pread", "half", "both", 0, SURVIVES, {0}, NULL},
    {"pread", "end", "parent", 0, FAILS, {"is no file of progress or of trials"}, NULL},
    {"open", "once", "parent", EMFILE, EITHER, {"Too many open files"}, NULL},
    {"open", "lasting", "parent", EROFS, EITHER, {"Read-only file system"}, NULL},
    {"open", "once", "parent", EINTR, SURVIVES, {0}, NULL},
    {"opendir", "once", "parent", EMFILE, EITHER, {"Too many open files"}, NULL},
    {"close", "once", "parent", EIO, EITHER, {"Input/output error"}, NULL},
    {"close", "once", "parent", EINTR, SURVIVES, {0}, NULL},
    {"fsync", "once", "parent", EIO, EITHER, {"Input/output error"}, NULL},
    {"fsync", "once", "parent", EINTR, SURVIVES, {0}, NULL},
    {"fsync", "lasting", "parent", EINVAL, SURVIVES, {0}, NULL},
    {"link", "once", "parent", ENOSPC, EITHER, {"No space left on device"}, NULL},
    {"unlink", "lasting", "parent", EBUSY, SURVIVES, {0}, NULL},
    {"rename", "once", "parent", EACCES, EITHER, {"Permission denied"}, NULL},
    {"rename", "lasting", "parent", ENOSYS, EITHER, {"Function not implemented"}, NULL},
    {"fstat", "once", "parent", EIO, EITHER, {"Input/output error"}, NULL},
    {"fchmod", "lasting", "parent", EPERM, SURVIVES, {0}, NULL},
    {"fcntl", "once", "parent", EMFILE, EITHER, {"Too many open files"}, NULL},
    {"mkdir", "once", "parent", ENOSPC, FAILS, {"No space left on device"}, NULL},
    {"mkdtemp", "once", "parent", EACCES, FAILS, {"Permission denied"}, NULL},
    {"chmod", "once", "parent", EPERM, FAILS, {"Operation not permitted"}, NULL},
    {"realpath", "once", "parent", EACCES, EITHER, {"Permission denied"}, "init"}, /* which looks for annotations */
    {"mmap", "once", "parent", ENOMEM, EITHER, {"memory"}, NULL},
    {"socketpair", "once", "parent", EMFILE, FAILS, {"Too many open files"}, NULL},
    {"fork", "once", "parent", EAGAIN, FAILS, {"Resource temporarily unavailable"}, NULL},
    {"pthread_create", "once", "parent", EAGAIN, SURVIVES, {0}, NULL},
    {"pthread_create", "lasting", "parent", EAGAIN, SURVIVES, {0}, NULL},
    {"poll", "once", "parent", EINTR, SURVIVES, {0}, NULL},
    {"send", "once", "parent", EPIPE, EITHER, {"ended without an answer", "stopped answering"}, NULL},
    {"send", "once", "parent", EINTR, SURVIVES, {0}, NULL},
    {"send", "one_byte", "parent", 0, SURVIVES, {0}, NULL},
    {"recv", "once", "parent", ECONNRESET, FAILS, {"ended without an answer", "stopped answering"}, NULL},
    {"recv", "once", "parent", EINTR, SURVIVES, {0}, NULL},
    {"recv", "half", "parent", 0, SURVIVES, {0}, NULL},
    {"clock", "jump", "both", 0, SURVIVES, {0}, NULL},
    {"memory", "interrupt", "parent", 0, EITHER, {"interrupt"}, NULL}, /* at about every place where something is computed */
    {"write", "interrupt", "parent", 0, EITHER, {"interrupt"}, NULL},
    {"read", "interrupt", "parent", 0, EITHER, {"interrupt"}, NULL},
};

/* -- The folder that the command runs in ------------------------------------------------------------------------------- */

typedef struct entry { char name[200]; unsigned long long sum; } entry;
typedef struct snapshot { size_t n; entry entry[MOST_FILES]; } snapshot;

static snapshot *taken; /* nftw's visitor can be given nothing */

_Noreturn static void give_up(const char *what) {
  fprintf(stderr, "sweep: %s: %s\n", what, strerror(errno));
  exit(2);
}

static size_t read_file(const char *path, char *text, size_t room) {
  int fd = open(path, O_RDONLY);
  if (fd < 0) give_up(path);
  size_t n = 0;
  for (ssize_t k; n + 1 < room && (k = read(fd, text + n, room - 1 - n)) > 0;) n += (size_t)k;
  close(fd);
  text[n] = '\0';
  return n;
}

/* FNV-1a of what must be the same in two runs: JSON up to its timing. */
static unsigned long long sum_of(const char *path) {
  static char text[MOST_TEXT];
  size_t n = read_file(path, text, sizeof text);
  const char *timing = strstr(text, "\"timing\"");
  if (timing) n = (size_t)(timing - text);
  unsigned long long sum = 14695981039346656037u;
  for (size_t i = 0; i < n; i++) sum = (sum ^ (unsigned char)text[i]) * 1099511628211u;
  return sum;
}

static int note_entry(const char *path, const struct stat *st, int kind, struct FTW *at) {
  (void)st;
  if (at->level == 0 || strstr(path, "kept.progress")) return 0; /* which stays where results could not be written */
  if (taken->n == MOST_FILES) give_up("too many files");
  entry *e = &taken->entry[taken->n++];
  snprintf(e->name, sizeof e->name, "%s", path);
  e->sum = kind == FTW_F ? sum_of(path) : 0;
  return 0;
}

static int by_name(const void *a, const void *b) { return strcmp(((const entry *)a)->name, ((const entry *)b)->name); }

static void take_snapshot(snapshot *s) {
  s->n = 0;
  taken = s;
  if (nftw("here", note_entry, 8, FTW_PHYS) != 0) give_up("here");
  qsort(s->entry, s->n, sizeof *s->entry, by_name);
}

static int remove_entry(const char *path, const struct stat *st, int kind, struct FTW *at) {
  (void)st, (void)kind;
  return at->level == 0 ? 0 : remove(path);
}

static void write_file(const char *path, const char *text) {
  FILE *f = fopen(path, "w");
  if (!f || fputs(text, f) < 0 || fclose(f) != 0) give_up(path);
}

static void begin_folder(void) {
  if (mkdir("here", 0777) != 0 && errno != EEXIST) give_up("here");
  if (nftw("here", remove_entry, 8, FTW_PHYS | FTW_DEPTH) != 0) give_up("here");
  write_file("here/kept.json", "{ \"of\": \"before\" }\n");
  write_file("here/kept.csv", "of,before\n");
  if (symlink("../models", "here/models") != 0) give_up("here/models");
}

/* -- One run ----------------------------------------------------------------------------------------------------------- */

typedef struct outcome {
  int status; /* of wait */
  char out[MOST_TEXT / 8], err[MOST_TEXT / 8];
  snapshot folder;
  unsigned long calls[CALLS][2], faults;
  int orphans; /* processes that outlived the command */
} outcome;

static const char *roisim, *failing;
static fault_record *record;
static char record_path[4200];

static void set(const char *name, const char *value) {
  if (setenv(name, value, 1) != 0) give_up("setenv");
}

_Noreturn static void become(const work *w, const fault *f, unsigned long at) {
  char number[40], error[40];
  const char *argv[MOST_ARGS + 2] = {roisim};
  for (int i = 0; i < MOST_ARGS && w->args[i]; i++) argv[i + 1] = w->args[i];
  snprintf(number, sizeof number, "%lu", at);
  snprintf(error, sizeof error, "%d", f->error);
  set("FAULT_CALL", f->call);
  set("FAULT_HOW", f->how);
  set("FAULT_SIDE", f->side);
  set("FAULT_AT", number);
  set("FAULT_ERRNO", error);
  set("FAULT_RECORD", record_path);
  if (w->named) set("FAULT_NAMED", "1");
  set("LD_PRELOAD", failing);
  int in = open("/dev/null", O_RDONLY), out = open("out", O_WRONLY | O_TRUNC | O_CREAT, 0666),
      err = open("err", O_WRONLY | O_TRUNC | O_CREAT, 0666);
  if (in < 0 || out < 0 || err < 0 || chdir("here") != 0) _exit(126);
  dup2(in, 0), dup2(out, 1), dup2(err, 2);
  close(in), close(out), close(err);
  alarm(HANGING_SECONDS); /* of a command that hangs */
  execve(roisim, (char **)argv, environ);
  _exit(127);
}

/* Processes of the command that are still there are ours now; those that are ending are given the time. */
static int reap_orphans(void) {
  for (int i = 0; i < 2000; i++) {
    pid_t pid = waitpid(-1, NULL, WNOHANG);
    if (pid < 0) return 0;
    if (pid == 0) nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
  }
  return 1;
}

static void run(const work *w, const fault *f, unsigned long at, outcome *o) {
  begin_folder();
  memset((void *)record, 0, sizeof *record);
  pid_t pid = fork();
  if (pid < 0) give_up("fork");
  if (pid == 0) become(w, f, at);
  while (waitpid(pid, &o->status, 0) < 0)
    if (errno != EINTR) give_up("waitpid");
  o->orphans = reap_orphans();
  memcpy(o->calls, (void *)record->calls, sizeof o->calls);
  o->faults = atomic_load(&record->faults);
  read_file("out", o->out, sizeof o->out);
  read_file("err", o->err, sizeof o->err);
  take_snapshot(&o->folder);
}

/* -- Whether it may end so --------------------------------------------------------------------------------------------- */

static int same_folder(const snapshot *a, const snapshot *b) {
  int same = a->n == b->n;
  for (size_t i = 0; same && i < a->n; i++)
    same = strcmp(a->entry[i].name, b->entry[i].name) == 0 && a->entry[i].sum == b->entry[i].sum;
  return same;
}

/* 1 if the file says that it holds a partial result. */
static int is_marked(const char *path) {
  static char text[MOST_TEXT];
  return read_file(path, text, sizeof text) > 0 && strstr(text, "\"complete\":\tfalse") != NULL;
}

/* Each file is as it was or as it is to be, or after a stop says that it is partial, and all are there that were there. */
static int whole_folder(const snapshot *now, const snapshot *before, const snapshot *after, int stopped) {
  if (now->n != before->n && now->n != after->n) return 0;
  const snapshot *like = now->n == after->n ? after : before;
  for (size_t i = 0; i < now->n; i++) {
    if (strcmp(now->entry[i].name, like->entry[i].name) != 0) return 0;
    int known = now->entry[i].sum == like->entry[i].sum;
    known |= stopped && strstr(like->entry[i].name, ".json") && is_marked(like->entry[i].name);
    for (size_t k = 0; k < before->n; k++)
      known |= strcmp(now->entry[i].name, before->entry[k].name) == 0 && now->entry[i].sum == before->entry[k].sum;
    if (!known) return 0;
  }
  return 1;
}

/* The last line, which is the message. */
static const char *last_line(const char *text) {
  size_t n = strlen(text);
  if (n > 0 && text[n - 1] == '\n') n--;
  while (n > 0 && text[n - 1] != '\n') n--;
  return text + n;
}

static int names_cause(const fault *f, const char *line) {
  for (size_t i = 0; i < sizeof f->cause / sizeof *f->cause && f->cause[i]; i++)
    if (strstr(line, f->cause[i])) return 1;
  return 0;
}

/* Those that say how to go on are not counted. */
static int count_messages(const char *err) {
  static const char done[] = "roisim: what is done is kept", before[] = "roisim: what was kept before";
  int n = 0;
  for (const char *p = err; (p = strstr(p, "roisim: ")) != NULL; p++) {
    int says_how = strncmp(p, done, sizeof done - 1) == 0 || strncmp(p, before, sizeof before - 1) == 0;
    n += (p == err || p[-1] == '\n') && !says_how;
  }
  return n;
}

/* As if nothing had happened. */
static int is_undisturbed(const outcome *o, const outcome *plain) {
  return o->status == plain->status && strcmp(o->out, plain->out) == 0 && same_folder(&o->folder, &plain->folder);
}

/* The same of a stop that was not too late to have an effect: there is no result, or one that says that it is partial. */
static const char *judge_stop(const fault *f, const outcome *o, const outcome *plain, const snapshot *before) {
  int at_once = WIFSIGNALED(o->status) && WTERMSIG(o->status) == SIGINT; /* while options are read, before it is heeded */
  if (at_once) return same_folder(&o->folder, before) && !*o->out ? NULL : "it was killed while at work";
  if (!WIFEXITED(o->status) || WEXITSTATUS(o->status) != 128 + SIGINT) return "the status is not that of a stop";
  if (!whole_folder(&o->folder, before, &plain->folder, 1)) return "files are not whole, or temporary files are left";
  if (*o->out) return strncmp(o->out, "partial: ", 9) == 0 || strstr(o->out, "; stopped in ") ? NULL : "a part stands for the whole";
  return names_cause(f, last_line(o->err)) ? NULL : "the message does not say why";
}

/* NULL, or what is wrong. plain: the run without a fault; before: the folder at the start. */
static const char *judge(const work *w, const fault *f, const outcome *o, const outcome *plain, const snapshot *before) {
  if (o->orphans) return "a process was left behind";
  int stopped = strcmp(f->how, "interrupt") == 0 && o->faults;
  if (!WIFEXITED(o->status) && !stopped) return WTERMSIG(o->status) == SIGALRM ? "it hangs" : "it crashed";
  if (is_undisturbed(o, plain)) return f->expected == FAILS && o->faults ? "it does not tell of the fault" : NULL;
  if (!o->faults) return "results differ though nothing failed";
  if (f->expected == SURVIVES) return "it does not go on, or to other results";
  if (o->status == 0) return f->but && strncmp(w->name, f->but, strlen(f->but)) == 0 ? NULL : "status 0, but other results";
  if (stopped) return judge_stop(f, o, plain, before);
  if (w->tells && *o->out) return names_cause(f, o->out) || names_cause(f, o->err) ? NULL : "the cause is not named";
  const char *line = last_line(o->err);
  if (strncmp(line, "roisim: ", 8) != 0) return "the last line is no message";
  if (!names_cause(f, o->err)) return "the message does not name the cause";
  if (count_messages(o->err) > count_messages(plain->err) + (strcmp(f->how, "lasting") ? 1 : 2)) return "more than one message";
  if (!whole_folder(&o->folder, before, &plain->folder, 0)) return "files are not whole, or temporary files are left";
  size_t n = strlen(o->out);
  int part = strncmp(o->out, plain->out, n) == 0 && (n == strlen(plain->out) || n == 0 || strcmp(f->call, "write") == 0);
  return part ? NULL : "standard output holds something else";
}

static void tell(const work *w, const fault *f, unsigned long at, const outcome *o, const char *why) {
  printf("FAIL %s: %s %s %s (%s), call %lu: %s\n     status %#x: %.300s\n", w->name, f->side, f->call, f->how,
         f->error ? strerrorname_np(f->error) : "-", at, why, (unsigned)o->status, last_line(o->err));
}

/* -- The sweep --------------------------------------------------------------------------------------------------------- */

static int is_prime(unsigned long n) {
  for (unsigned long d = 2; d * d <= n; d++)
    if (n % d == 0) return 0;
  return n > 1;
}

static unsigned long step_of(unsigned long calls) {
  const char *all = getenv("FAULTS");
  unsigned long step = calls / EACH_CALL;
  if ((all && strcmp(all, "all") == 0) || step < 2) return 1;
  while (!is_prime(step)) step++;
  return step;
}

typedef struct count { unsigned long faults, survived, passed, failed; } count;

/* How often a run makes the call in question. */
static unsigned long calls_of(const fault *f, const outcome *o) {
  size_t call = 0;
  while (call < CALLS && strcmp(fault_calls[call], f->call) != 0) call++;
  if (call == CALLS) give_up(f->call);
  int parent = strcmp(f->side, "child") != 0, child = strcmp(f->side, "parent") != 0;
  return (parent ? o->calls[call][0] : 0) + (child ? o->calls[call][1] : 0);
}

/* One command, one fault, from the first call to the one that is not made any more. plain: a run without faults. */
static void sweep(const work *w, const fault *f, const snapshot *before, const outcome *plain, count *sum) {
  static outcome o;
  unsigned long calls = calls_of(f, plain), step = step_of(calls), injected = 0, survived = 0, bad = 0;
  if (calls == 0) return; /* not a call that this command makes */
  int each = strcmp(f->how, "once") == 0 || strcmp(f->how, "lasting") == 0 || strcmp(f->how, "interrupt") == 0;
  for (unsigned long at = 1;; at += at < EACH_CALL ? 1 : step) {
    run(w, f, at, &o);
    const char *why = judge(w, f, &o, plain, before);
    injected += o.faults > 0;
    survived += o.faults > 0 && is_undisturbed(&o, plain);
    if (why && bad++ < 3) tell(w, f, at, &o, why);
    if (o.faults == 0 || !each) break; /* all calls that there are went through; or all were tampered with at once */
  }
  printf("%-12s %-6s %-14s %-9s %-10s %6lu calls, step %lu: %lu faults, %lu survived\n", w->name, f->side, f->call, f->how,
         f->error ? strerrorname_np(f->error) : "-", calls, step, injected, survived);
  sum->faults += injected;
  sum->survived += survived;
  *(bad ? &sum->failed : &sum->passed) += 1;
}

static void sweep_work(const work *w, count *sum) {
  static snapshot before;
  static outcome plain;
  static const fault none = {"none", "once", "parent", 0, EITHER, {0}, NULL};
  const char *only = getenv("FAULT_ONLY"); /* one call, when looking into it */
  begin_folder();
  take_snapshot(&before);
  run(w, &none, 1, &plain);
  if (!WIFEXITED(plain.status) || WEXITSTATUS(plain.status) > 1) give_up("the command does not run");
  for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
    if (!only || strcmp(only, faults[i].call) == 0) sweep(w, &faults[i], &before, &plain, sum);
}

static void map_record(const char *folder) {
  snprintf(record_path, sizeof record_path, "%s/record", folder);
  int fd = open(record_path, O_RDWR | O_CREAT, 0666);
  if (fd < 0 || ftruncate(fd, sizeof *record) != 0) give_up(record_path);
  record = mmap(NULL, sizeof *record, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (record == MAP_FAILED) give_up(record_path);
  close(fd);
}

int main(int argc, char **argv) {
  char folder[4096];
  const char *shm = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"; /* in memory, syncing costs nothing */
  count sum = {0};
  if (argc == 2 && strcmp(argv[1], "works") == 0) {
    for (size_t i = 0; i < sizeof works / sizeof *works; i++) puts(works[i].name);
    return 0;
  }
  if (argc < 5) {
    fprintf(stderr, "usage: sweep ROISIM FAILING.so MODELS WORK...     (full paths)\n       sweep works\n");
    return 2;
  }
  roisim = argv[1];
  failing = argv[2];
  snprintf(folder, sizeof folder, "%s/roisim-sweep.XXXXXX", shm);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  if (!mkdtemp(folder) || chdir(folder) != 0 || symlink(argv[3], "models") != 0) give_up(folder);
  map_record(folder);
  for (int a = 4; a < argc; a++) {
    size_t i = 0, n = sizeof works / sizeof *works;
    while (i < n && strcmp(works[i].name, argv[a]) != 0) i++;
    if (i == n) {
      fprintf(stderr, "sweep: there is no '%s' in the table\n", argv[a]);
      return 2;
    }
    sweep_work(&works[i], &sum);
  }
  if (nftw(folder, remove_entry, 8, FTW_PHYS | FTW_DEPTH) != 0 || rmdir(folder) != 0) give_up(folder);
  printf("%lu faults, of which %lu were survived with the same results\n%lu passed, %lu failed\n", sum.faults, sum.survived, sum.passed,
         sum.failed);
  return sum.failed > 0 || sum.passed == 0;
}
