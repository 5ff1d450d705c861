#include "base/clock.h"
#include "host/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "graph/wire.h"
#include "host/trial.h"

#define MAX_FILES 1000
#define MAX_FILE_BYTES ((size_t)256 << 20)
#define MAX_PRINTED_LINES 1000

/* -- The process ------------------------------------------------------------------------------------------------------- */

/* If the command was started with a standard stream closed, the channel must not take its place. */
static int above_standard(int fd) {
  if (fd > STDERR_FILENO) return fd;
  int higher = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (higher < 0) return fd;
  close(fd);
  return higher;
}

roi_status roi_child_start(roi_host *h, roi_child *c, int worker, roi_error *err) {
  int ends[2];
  memset(c, 0, sizeof *c);
  if (worker) {
    c->shared = mmap(NULL, ROI_TRIAL_AREA_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (c->shared == MAP_FAILED) {
      c->shared = NULL;
      return roi_fail_memory(err, "starting a worker");
    }
  }
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return roi_fail(err, ROI_ERR_IO, "can't start the script's process: %s", strerror(errno));
  c->fd = above_standard(ends[0]);
  c->started = roi_seconds();
  roi_script_job job = {.fd = ends[1], .parent = getpid(), .model = &h->files[0], .settings = h->settings,
                        .n_settings = h->n_settings, .scenario = h->scenario, .for_portfolio = h->for_portfolio,
                        .memory = h->script_memory, .seconds = h->script_seconds, .checking = h->checking, .testing = h->testing,
                        .worker = worker, .silent = worker || h->silent, .shared = c->shared};
  c->pid = roi_script_fork(&job);
  int failure = errno;
  close(ends[1]);
  if (c->pid > 0) return ROI_OK;
  c->pid = 0;
  close(c->fd);
  return roi_fail(err, ROI_ERR_IO, "can't start the script's process: %s", strerror(failure));
}

void roi_child_end(roi_child *c, int *status) {
  int how = 0;
  if (c->pid > 0) {
    kill(c->pid, SIGKILL); /* of no effect on one that has ended, which is not yet waited for */
    while (waitpid(c->pid, &how, 0) < 0 && errno == EINTR) continue;
    close(c->fd);
  }
  if (c->shared) munmap(c->shared, ROI_TRIAL_AREA_BYTES);
  memset(c, 0, sizeof *c);
  if (status) *status = how;
}

static roi_status time_is_up(const roi_host *h, roi_error *err) {
  char text[200];
  roi_time_limit_text(text, sizeof text, h->script_seconds);
  return roi_fail_at(err, ROI_ERR_LIMIT, h->files[0].shown, 0, "%s", text);
}

/* What a child that closed its channel died of. */
static roi_status describe_end(const roi_host *h, int status, double seconds, roi_error *err) {
  const char *model = h->files[0].shown;
  if (!WIFSIGNALED(status))
    return roi_fail_at(err, ROI_ERR_INTERNAL, model, 0, "the script's process ended without an answer (status %d)",
                       WEXITSTATUS(status));
  int sig = WTERMSIG(status);
  if (sig == SIGXCPU || (sig == SIGKILL && seconds > h->script_seconds)) return time_is_up(h, err);
  if (sig == SIGKILL)
    return roi_fail_at(err, ROI_ERR_LIMIT, model, 0,
                       "the script's process was killed from outside, perhaps because the machine's memory ran out");
  if (sig == SIGSYS)
    return roi_fail_at(err, ROI_ERR_MODEL, model, 0,
                       "the script made Lua call the system in a way that is not allowed, and was stopped");
  return roi_fail_at(err, ROI_ERR_MODEL, model, 0,
                     "the script crashed Lua (%s) and was stopped: it meets a defect of the Lua in use, or nests too deeply",
                     sig == SIGSEGV ? "segmentation fault" : sig == SIGABRT ? "abort" : "fatal signal");
}

/* Gives a process that is just dying the time to do so, for killing it now would hide what it died of. 0: it lives. */
static int ends_itself(const roi_child *c) {
  for (int i = 0; i < 200; i++) {
    siginfo_t info = {.si_pid = 0};
    if (waitid(P_PID, (id_t)c->pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid != 0) return 1;
    usleep(1000);
  }
  return 0;
}

roi_status roi_child_failed(roi_host *h, roi_child *c, roi_wait how, roi_error *err) {
  int status = 0;
  double seconds = roi_seconds() - c->started;
  int ended = how == ROI_WAIT_CLOSED && ends_itself(c);
  roi_child_end(c, &status);
  if (how == ROI_WAIT_STOPPED) return roi_fail(err, ROI_ERR_INTERRUPTED, "interrupted while the script was running");
  if (how == ROI_WAIT_DEADLINE) return time_is_up(h, err);
  if (!ended) return roi_fail_at(err, ROI_ERR_INTERNAL, h->files[0].shown, 0, "the script's process stopped answering");
  return describe_end(h, status, seconds, err);
}

roi_status roi_child_error(roi_host *h, roi_child *c, const roi_message *m, roi_patience *patience, roi_error *err) {
  char body[ROI_TEXT_LIMIT + 1];
  roi_wait w = roi_channel_read(c->fd, body, m->size < ROI_TEXT_LIMIT ? (size_t)m->size : ROI_TEXT_LIMIT, patience);
  if (w != ROI_WAIT_DONE) return roi_child_failed(h, c, w, err);
  size_t n = m->size < ROI_TEXT_LIMIT ? (size_t)m->size : ROI_TEXT_LIMIT;
  body[n] = '\0';
  const char *file = body, *text = memchr(body, '\0', n) ? body + strlen(body) + 1 : "";
  if (!*text) text = "the script failed without a message";
  roi_child_end(c, NULL);
  roi_status status = m->number == ROI_ERR_LIMIT ? ROI_ERR_LIMIT : ROI_ERR_MODEL;
  int line = m->line <= 1000000000 ? (int)m->line : 0;
  return roi_fail_at(err, status, *file ? file : h->files[0].shown, line, "%s", text);
}

/* -- What it asks ------------------------------------------------------------------------------------------------------ */

/* Reads a body that may not be longer than `limit`, as a string, to be released with roi_free. */
static roi_status read_text(roi_host *h, roi_child *c, const roi_message *m, size_t limit, roi_patience *patience,
                            char **text, roi_error *err) {
  *text = NULL;
  if (m->size > limit)
    return roi_fail(err, ROI_ERR_INTERNAL, "the script's process sent %llu bytes in message %u, which may have %zu",
                    (unsigned long long)m->size, m->type, limit);
  char *body = roi_alloc((size_t)m->size + 1, 1);
  if (!body) return roi_fail_memory(err, "answering the script");
  roi_wait w = roi_channel_read(c->fd, body, (size_t)m->size, patience);
  if (w != ROI_WAIT_DONE) {
    roi_free(body);
    return roi_child_failed(h, c, w, err);
  }
  body[m->size] = '\0';
  *text = body;
  return ROI_OK;
}

/* Whether a script of another folder is shown by this name. */
static int is_shown(const roi_host *h, const roi_script_file *f, const char *shown) {
  for (size_t i = 0; i < h->n_files; i++) {
    const roi_script_file *o = &h->files[i];
    if (o->kind != ROI_FILE_DATA && o->root && strcmp(o->shown, shown) == 0 && (strcmp(o->root, f->root) || strcmp(o->folder, f->folder)))
      return 1;
  }
  return 0;
}

/* Scripts may have one path below folders of their own. Their names in messages tell them apart, and by them the child knows which asks for
 * a data file: the later one is shown with its folder's name, and a number if it must be. 0, or -1: no memory. */
static int tell_apart(const roi_host *h, roi_script_file *f) {
  if (f->kind != ROI_FILE_LIBRARY || !f->root || !is_shown(h, f, f->shown)) return 0;
  const char *base = strrchr(f->root, '/') ? strrchr(f->root, '/') + 1 : f->root;
  size_t room = strlen(base) + strlen(f->shown) + 32;
  char *name = roi_alloc(room, 1);
  if (!name) return -1;
  snprintf(name, room, "%s/%s", base, f->shown);
  for (int k = 2; is_shown(h, f, name); k++) snprintf(name, room, "%s-%d/%s", base, k, f->shown);
  roi_free(f->shown);
  f->shown = name;
  return 0;
}

/* The file that was asked for, read now or before: its index, or -1 with the reason. */
static long look_up(roi_host *h, int kind, uint32_t asker, const char *name, roi_error *err) {
  size_t bytes = 0;
  for (size_t i = 0; i < h->n_files; i++) {
    const roi_script_file *f = &h->files[i];
    if (f->kind == kind && strcmp(f->request, name) == 0 && (kind != ROI_FILE_DATA || f->asker == asker)) return (long)i;
    bytes += f->size;
  }
  roi_script_file f;
  memset(&f, 0, sizeof f);
  if (h->n_files >= MAX_FILES || bytes > MAX_FILE_BYTES) {
    roi_fail(err, ROI_ERR_MODEL, "a model can't have more than %d files or 256 MB of them", MAX_FILES);
    return -1;
  }
  roi_status status = kind == ROI_FILE_DATA ? roi_find_data(&h->search, &h->files[asker], name, &f, err)
                                            : roi_find_module(&h->search, name, &f, err);
  f.asker = asker;
  f.request = roi_copy_string(name);
  if (status == ROI_OK && (!f.request || tell_apart(h, &f) != 0 ||
                           roi_grow((void **)&h->files, h->n_files, &h->cap_files, sizeof *h->files) != 0))
    status = roi_fail_memory(err, "answering the script");
  if (status != ROI_OK) {
    roi_script_file_release(&f);
    return -1;
  }
  h->files[h->n_files] = f;
  return (long)h->n_files++;
}

static roi_status answer(roi_host *h, roi_child *c, const roi_message *m, roi_patience *patience, roi_error *err) {
  char *name;
  roi_status status = read_text(h, c, m, ROI_NAME_LIMIT, patience, &name, err);
  if (status != ROI_OK) return status;
  int data = m->type == ROI_ASK_DATA;
  roi_error reason;
  long index = -1;
  if (data && m->number >= h->n_files) roi_fail(&reason, ROI_ERR_MODEL, "no such file asks");
  else index = look_up(h, data ? ROI_FILE_DATA : ROI_FILE_LIBRARY, m->number, name, &reason);
  roi_free(name);
  roi_wait w;
  if (index < 0) {
    roi_message no = {.type = ROI_ANSWER_NONE, .size = strlen(reason.text)};
    w = roi_channel_write(c->fd, &no, sizeof no, patience);
    if (w == ROI_WAIT_DONE) w = roi_channel_write(c->fd, reason.text, no.size, patience);
  } else {
    const roi_script_file *f = &h->files[index];
    size_t n = strlen(f->shown) + 1;
    roi_message yes = {.type = ROI_ANSWER_FILE, .number = (uint32_t)index, .line = !data && !f->root, .size = n + f->size};
    w = roi_channel_write(c->fd, &yes, sizeof yes, patience);
    if (w == ROI_WAIT_DONE) w = roi_channel_write(c->fd, f->shown, n, patience);
    if (w == ROI_WAIT_DONE) w = roi_channel_write(c->fd, f->text, f->size, patience);
  }
  if (w == ROI_WAIT_CLOSED) { /* what it said before it went, such as an error, is still to be read; it must not wait for the rest */
    shutdown(c->fd, SHUT_WR);
    return ROI_OK;
  }
  return w == ROI_WAIT_DONE ? ROI_OK : roi_child_failed(h, c, w, err);
}

/* One line at a time; what else could steer a terminal is escaped. */
static void show_lines(roi_child *c, char *text) {
  if (c->printed > MAX_PRINTED_LINES) return;
  for (char *p = text; *p; p++)
    if (*p == '\t') *p = ' ';
  for (char *end; text; text = end) {
    char line[1200];
    end = strchr(text, '\n');
    if (end) *end++ = '\0';
    if (c->printed == MAX_PRINTED_LINES) fprintf(stderr, "(what the script prints further is not shown)\n");
    if (c->printed < MAX_PRINTED_LINES) fprintf(stderr, "%s\n", roi_escape(line, sizeof line, text));
    if (c->printed <= MAX_PRINTED_LINES) c->printed++;
  }
}

static roi_status show_print(roi_host *h, roi_child *c, const roi_message *m, roi_patience *patience, roi_error *err) {
  char *text;
  roi_status status = read_text(h, c, m, ROI_TEXT_LIMIT, patience, &text, err);
  if (status != ROI_OK) return status;
  show_lines(c, text);
  roi_free(text);
  return ROI_OK;
}

static roi_status note_version(roi_host *h, roi_child *c, const roi_message *m, roi_patience *patience, roi_error *err) {
  char *text, escaped[128];
  roi_status status = read_text(h, c, m, ROI_NAME_LIMIT, patience, &text, err);
  if (status != ROI_OK) return status;
  if (m->number < h->n_files && !h->files[m->number].version) {
    h->files[m->number].version = roi_copy_string(roi_escape(escaped, sizeof escaped, text));
    if (!h->files[m->number].version) status = roi_fail_memory(err, "noting a library's version");
  }
  roi_free(text);
  return status;
}

/* -- What it hands over ------------------------------------------------------------------------------------------------ */

/* Reads the graph's buffer. What is claimed is believed only as far as it arrives. */
static roi_status take_graph(roi_host *h, roi_child *c, uint64_t size, roi_patience *patience, unsigned char **buffer,
                             roi_error *err) {
  unsigned char *bytes = NULL;
  size_t n = 0, room = 0;
  while (n < size) {
    size_t more = room ? room : (size_t)1 << 20;
    if (more > size - n) more = (size_t)(size - n);
    unsigned char *larger = roi_resize(bytes, n + more, 1);
    roi_wait w = larger ? roi_channel_read(c->fd, larger + n, more, patience) : ROI_WAIT_DONE;
    if (larger) bytes = larger;
    if (!larger || w != ROI_WAIT_DONE) {
      roi_free(bytes);
      return larger ? roi_child_failed(h, c, w, err) : roi_fail_memory(err, "taking over the graph");
    }
    n += more;
    room = n;
  }
  *buffer = bytes;
  return ROI_OK;
}

roi_status roi_child_build(roi_host *h, roi_child *c, unsigned char **buffer, size_t *size, roi_error *err) {
  roi_patience patience = {.deadline = c->started + h->script_seconds + ROI_CHILD_GRACE_SECONDS, .stop = h->stop};
  uint64_t largest = h->script_memory + ((uint64_t)64 << 20);
  if (largest > ROI_WIRE_MAX) largest = ROI_WIRE_MAX;
  for (roi_status status = ROI_OK; status == ROI_OK;) {
    roi_message m;
    roi_wait w = roi_channel_read(c->fd, &m, sizeof m, &patience);
    if (w != ROI_WAIT_DONE) return roi_child_failed(h, c, w, err);
    if (h->timing.child == 0) h->timing.child = roi_seconds() - c->started;
    switch (m.type) {
      case ROI_ASK_MODULE: case ROI_ASK_DATA: status = answer(h, c, &m, &patience, err); break;
      case ROI_SAY_PRINT: status = show_print(h, c, &m, &patience, err); break;
      case ROI_SAY_VERSION: status = note_version(h, c, &m, &patience, err); break;
      case ROI_SAY_ERROR: return roi_child_error(h, c, &m, &patience, err);
      case ROI_SAY_GRAPH:
        if (m.size == 0 || m.size > largest)
          return roi_fail(err, ROI_ERR_LIMIT, "the graph has %llu bytes, the limit is %llu; raise it with --script-memory",
                          (unsigned long long)m.size, (unsigned long long)largest);
        *size = (size_t)m.size;
        return take_graph(h, c, m.size, &patience, buffer, err);
      default: return roi_fail(err, ROI_ERR_INTERNAL, "the script's process sent message %u, which it may not", m.type);
    }
    if (status != ROI_OK) return status;
  }
  return ROI_OK;
}
