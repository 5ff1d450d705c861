/* What both commands use: messages, the model's script, standard output, the progress line. */
#include <dirent.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cpu.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "command/command.h"

void roi_say(const char *line, size_t n) { (void)roi_write_all(STDERR_FILENO, "standard error", line, n, NULL); }

static void say_buffer(const roi_buffer *line) {
  if (line->text) roi_say(line->text, line->n);
}

int roi_stopped_status(void) {
  int cause = roi_signals_cause();
  return cause > 0 ? ROI_EXIT_SIGNAL + cause : ROI_EXIT_LIMIT;
}

const char *roi_stopped_why(void) {
  int cause = roi_signals_cause();
  return cause < 0 ? "time limit" : cause == SIGXCPU ? "the system's limit of processor time" : "interrupted";
}

void roi_tell_partial(const roi_cli *c, const roi_report *r, uint64_t requested) {
  roi_buffer text = {0};
  roi_error note = {0};
  if (!c->quiet && !roi_json_alone(c)) return;
  roi_report_partial(&text, r, requested, roi_stopped_why());
  roi_fail(&note, ROI_OK, "%s", text.text ? text.text : "partial");
  roi_complain(&note);
  roi_buffer_free(&text);
}

static int exit_status(roi_status status) {
  switch (status) {
    case ROI_OK: return ROI_EXIT_OK;
    case ROI_ERR_USAGE: return ROI_EXIT_USAGE;
    case ROI_ERR_LIMIT: return ROI_EXIT_LIMIT;
    case ROI_ERR_INTERRUPTED: return roi_stopped_status();
    default: return ROI_EXIT_FAILED;
  }
}

/* Allocates nothing: there may be no memory left. */
int roi_complain(const roi_error *err) {
  char file[sizeof err->file * 4], text[sizeof err->text * 2], place[sizeof file + 16] = "", line[sizeof place + sizeof text + 16];
  roi_escape(file, sizeof file, err->file);
  if (err->file[0] && err->line > 0) snprintf(place, sizeof place, "%s:%d: ", file, err->line);
  else if (err->file[0]) snprintf(place, sizeof place, "%s: ", file);
  if (err->status == ROI_ERR_INTERRUPTED && roi_signals_cause() < 0)
    snprintf(text, sizeof text, "the time limit passed before there was any result; raise it with --time-limit");
  else if (err->status == ROI_ERR_INTERRUPTED && roi_signals_cause() == SIGXCPU)
    snprintf(text, sizeof text, "the system's limit of processor time passed before there was any result; raise it (ulimit -t)");
  else if (err->status == ROI_ERR_INTERRUPTED && (!err->text[0] || !strcmp(err->text, "interrupted"))) /* as the engine says it */
    snprintf(text, sizeof text, "interrupted before there was any result");
  else
    roi_escape(text, sizeof text, err->text);
  int n = snprintf(line, sizeof line, "roisim: %s%s\n", place, text);
  roi_say(line, (size_t)n);
  return exit_status(err->status);
}

static roi_status refuse_repairs(const roi_graph *g, roi_error *err) {
  for (size_t i = 0; i < g->n_groups; i++) {
    const roi_group_row *r = &g->groups[i];
    if (r->note)
      return roi_fail_at(err, ROI_ERR_MODEL, roi_graph_text(g, r->file), (int)r->line, "%.900s; --strict refuses that",
                         roi_graph_text(g, r->note));
  }
  return ROI_OK;
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* Says what model beside a file that isn't there may be meant; ROI_OK if none. */
static roi_status suggest_model(const char *path, roi_error *err) {
  enum { MOST_NAMES = 1000 };
  const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
  int n_folder = (int)(base - path);
  char folder[4096], *names[MOST_NAMES];
  size_t n = 0;
  if (n_folder + 2 > (int)sizeof folder || !*base) return ROI_OK;
  snprintf(folder, sizeof folder, "%.*s.", n_folder, path);
  DIR *dir = opendir(folder);
  if (!dir) return ROI_OK;
  for (const struct dirent *e; n < MOST_NAMES && (e = readdir(dir)) != NULL;) {
    size_t length = strlen(e->d_name);
    if (length <= 4 || strcmp(e->d_name + length - 4, ".lua") || !(names[n] = roi_copy_string(e->d_name))) continue;
    names[n++][length - 4] = '\0'; /* an ending that all have says nothing of likeness */
  }
  closedir(dir);
  qsort(names, n, sizeof *names, by_name); /* folders have no order */
  char word[256];
  size_t length = strlen(base);
  snprintf(word, sizeof word, "%.*s", (int)(length > 4 && !strcmp(base + length - 4, ".lua") ? length - 4 : length), base);
  const char *near = roi_nearest(word, (const char *const *)names, n);
  if (near) roi_fail(err, ROI_ERR_IO, "there is no file '%.200s'; did you mean %.*s%.200s.lua?", path, n_folder, path, near);
  for (size_t i = 0; i < n; i++) roi_free(names[i]);
  return near ? ROI_ERR_IO : ROI_OK;
}

/* Once, whatever number of scripts is run. */
static void warn_of_confinement(void) {
  static const char line[] = "warning: this system offers no filter of system calls, so a model that uses a fault of Lua's gets further; "
                             "run strangers' models elsewhere (docs/SECURITY.md)\n";
  static int told;
  if (!told && roi_host_lacks_filter()) roi_say(line, sizeof line - 1);
  told = 1;
}

roi_status roi_build_model(const roi_cli *c, roi_graph **g, roi_host **h, roi_error *err) {
  char with_ending[4096];
  int n = snprintf(with_ending, sizeof with_ending, "%s.lua", c->model);
  if (n > 0 && (size_t)n < sizeof with_ending && access(c->model, F_OK) && !access(with_ending, F_OK))
    return roi_fail(err, ROI_ERR_IO, "there is no file '%.200s'; did you mean %.200s?", c->model, with_ending);
  if (access(c->model, F_OK) && suggest_model(c->model, err)) return err->status;
  const roi_host_output named[] = {
      {"--json", roi_json_alone(c) ? NULL : c->json}, {"--samples", c->samples}, {"--checkpoint", c->checkpoint}, {"--state", c->state}};
  roi_host_output outputs[sizeof named / sizeof *named];
  size_t n_outputs = 0;
  for (size_t i = 0; i < sizeof named / sizeof *named; i++)
    if (named[i].path) outputs[n_outputs++] = named[i];
  roi_host_options options = {
      .model_path = c->model,
      .lib_dirs = c->lib.item, .n_lib_dirs = c->lib.n,
      .settings = c->set.item, .n_settings = c->set.n,
      .scenario = c->scenario, .silent = c->silent,
      .checking = c->command == ROI_COMMAND_CHECK,
      .script_memory = c->script_memory, .script_seconds = c->script_time,
      .testing = c->testing, .for_portfolio = c->command == ROI_COMMAND_PORTFOLIO, .stop = roi_signals_stop(),
      .outputs = outputs, .n_outputs = n_outputs,
  };
  warn_of_confinement();
  roi_status status = roi_host_build(&options, g, h, err);
  if (!status && c->strict) status = refuse_repairs(*g, err);
  return status ? status : roi_decide_warnings(*g, c, err);
}

roi_status roi_start_per_trial(roi_graph *g, roi_host *h, roi_request *request, roi_error *err) {
  if (roi_graph_per_trial(g) == ROI_NONE) return ROI_OK;
  if (request->options.threads == 0) request->options.threads = roi_cpu_count();
  request->external = roi_host_external;
  request->external_data = h;
  return roi_host_start_workers(h, request->options.threads, INT_MAX, request->options.seed, err);
}

roi_status roi_print_output(const roi_buffer *text, roi_error *err) {
  if (text->failed) return roi_fail_memory(err, "writing the report");
  return text->text ? roi_write_all(STDOUT_FILENO, "standard output", text->text, text->n, err) : ROI_OK;
}

roi_status roi_print_after(roi_status before, const roi_buffer *text, roi_error *err) {
  roi_error unsaid;
  roi_status status = roi_print_output(text, before ? &unsaid : err);
  return before ? before : status;
}

roi_status roi_deliver_json(const roi_buffer *text, roi_outfile *file, roi_error *err) {
  if (!file) return roi_print_output(text, err);
  roi_status status = roi_outfile_write(file, text->text, text->n, err);
  return status ? status : roi_outfile_commit(file, err);
}

int roi_json_alone(const roi_cli *c) { return c->json && !strcmp(c->json, "-"); }

roi_status roi_open_json(const roi_cli *c, roi_outfile **file, roi_error *err) {
  if (!c->json || roi_json_alone(c)) return ROI_OK;
  *file = roi_outfile_open(c->json, roi_signals_stop(), roi_signals_temporary(ROI_TEMPORARY_JSON), err);
  return *file ? ROI_OK : err->status;
}

roi_style roi_terminal_style(void) {
  const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
  int plain = (no_color && *no_color) || !term || !strcmp(term, "dumb");
  return (roi_style){.utf8 = roi_locale_is_utf8(), .bold = isatty(STDOUT_FILENO) && !plain};
}

/* The first of the three that is set decides, as POSIX has it. */
int roi_locale_is_utf8(void) {
  static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
  for (size_t i = 0; i < 3; i++) {
    const char *value = getenv(names[i]);
    if (!value || !*value) continue;
    return strstr(value, "UTF-8") || strstr(value, "utf8") || strstr(value, "UTF8") || strstr(value, "utf-8");
  }
  return 0;
}

/* -- Progress ----------------------------------------------------------------------------------------------------- */

static void rate_text(char *buf, size_t size, double rate) {
  if (rate >= 1e6) snprintf(buf, size, "%.1f M", rate / 1e6);
  else if (rate >= 1e3) snprintf(buf, size, "%.0f k", rate / 1e3);
  else snprintf(buf, size, "%.0f", rate);
}

static int is_due(const roi_progress_line *l, double seconds) { return seconds >= 0.5 && seconds - l->last >= 0.1; }

void roi_progress_text(roi_progress_line *line, double seconds, const char *text) {
  roi_buffer shown = {0};
  if (!is_due(line, seconds)) return;
  line->last = seconds;
  line->shown = 1;
  roi_buffer_print(&shown, "\r%s    ", text);
  say_buffer(&shown);
  roi_buffer_free(&shown);
}

static void time_text(char *buf, size_t size, double seconds) {
  if (seconds < 120) snprintf(buf, size, "%.0f s", seconds);
  else if (seconds < 7200) snprintf(buf, size, "%.0f min", seconds / 60);
  else if (seconds < 172800) snprintf(buf, size, "%.1f h", seconds / 3600);
  else snprintf(buf, size, "%.1f days", seconds / 86400);
}

void roi_progress_show(void *line, const roi_progress *p) {
  roi_progress_line *l = line;
  if (!is_due(l, p->seconds) || p->total == 0) return;
  /* Every pass is taken to last as long as the first: what this process did of all passes gives the rate. */
  double total = (double)p->total, all = total * (p->passes > 0 ? p->passes : 1), done = (double)(p->pass - 1) * total + (double)p->done;
  double rate = (done - (double)p->before) / p->seconds;
  char speed[40], left[40], so_far[ROI_NUMBER], of[ROI_NUMBER], pass[40] = "";
  rate_text(speed, sizeof speed, rate);
  time_text(left, sizeof left, rate > 0 && all > done ? (all - done) / rate : 0);
  roi_number_fixed(of, total, 0);
  if (p->total < 1000000000) roi_number_fixed(so_far, (double)p->done, 0);
  else snprintf(so_far, sizeof so_far, "%.1f%%", 100 * (double)p->done / total); /* two such numbers are too long for a line */
  if (p->passes > 1) snprintf(pass, sizeof pass, "pass %d of %d  ", p->pass, p->passes);
  roi_buffer text = {0};
  roi_buffer_print(&text, "%s%s of %s trials  %s trials/s  %s left", pass, so_far, of, speed, left);
  if (text.text) roi_progress_text(l, p->seconds, text.text);
  roi_buffer_free(&text);
}

void roi_progress_begin(roi_progress_line *line, const roi_cli *c, roi_request *request) {
  *line = (roi_progress_line){0};
  if (c->quiet || !isatty(STDERR_FILENO)) return;
  request->progress = roi_progress_show;
  request->progress_data = line;
}

void roi_progress_erase(roi_progress_line *line) {
  roi_buffer text = {0};
  if (!line->shown) return;
  roi_buffer_print(&text, "\r%*s\r", 78, "");
  say_buffer(&text);
  roi_buffer_free(&text);
  line->shown = 0;
}
