/* `roisim merge FILE...`: the report of a run whose trials were computed in ranges. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "command/state_file.h"

typedef struct session {
  const roi_cli *cli;
  roi_state_reader *reader; /* in the order of their ranges */
  size_t n;
  roi_range *range;
  const char **argument;    /* of the run, from the key of the first */
  roi_cli run;
  roi_stored stored;
} session;

static int by_range(const void *x, const void *y) {
  const roi_state_reader *a = x, *b = y;
  if (a->about.first != b->about.first) return a->about.first < b->about.first ? -1 : 1;
  return a->about.end < b->about.end ? -1 : a->about.end > b->about.end;
}

static int read_range(void *data, size_t i, uint64_t offset, void *bytes, size_t n) {
  const session *s = data;
  return roi_state_read(&s->reader[i], offset, bytes, n);
}

static void why_unread(void *data, roi_error *err) {
  const session *s = data;
  for (size_t i = s->n; i-- > 0;) roi_state_why(&s->reader[i], err); /* of the first that there is */
}

/* All files are open at once; the limit that a shell begins with may be too low for them. */
static void raise_file_limit(size_t files) {
  enum { OTHERS = 32 };
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur >= files + OTHERS) return;
  limit.rlim_cur = limit.rlim_max < files + OTHERS ? limit.rlim_max : files + OTHERS;
  setrlimit(RLIMIT_NOFILE, &limit); /* where that fails opening says so */
}

/* --json must not replace a range that took hours to compute. */
static roi_status check_json(const session *s, roi_error *err) {
  struct stat json, own;
  if (!s->cli->json || roi_json_alone(s->cli) || stat(s->cli->json, &json)) return ROI_OK;
  for (size_t i = 0; i < s->n; i++)
    if (!fstat(s->reader[i].fd, &own) && own.st_dev == json.st_dev && own.st_ino == json.st_ino)
      return roi_fail(err, ROI_ERR_USAGE, "--json %.200s: that is a file to be merged; name another file", s->cli->json);
  return ROI_OK;
}

static roi_status open_all(session *s, roi_error *err) {
  const roi_list *files = &s->cli->files;
  raise_file_limit(files->n);
  s->reader = roi_alloc_zero(files->n, sizeof *s->reader);
  s->range = roi_alloc(files->n, sizeof *s->range);
  if (!s->reader || !s->range) return roi_fail_memory(err, "reading files");
  roi_status status = ROI_OK;
  for (size_t i = 0; i < files->n && !status; i++) status = roi_state_open(&s->reader[s->n++], files->item[i], ROI_STATE_RANGE, err);
  for (size_t i = 1; i < s->n && !status; i++)
    status = roi_state_key_same(&s->reader[i].key, &s->reader[0].key, s->reader[i].path, s->reader[0].path,
                                "merge ranges of one run", err);
  if (!status) status = check_json(s, err);
  if (status) return status;
  qsort(s->reader, s->n, sizeof *s->reader, by_range);
  for (size_t i = 0; i < s->n; i++) s->range[i] = (roi_range){s->reader[i].about.first, s->reader[i].about.end};
  s->stored = (roi_stored){.range = s->range, .n = s->n, .read = read_range, .why = why_unread, .data = s};
  return ROI_OK;
}

/* The options of the run as they stand in the key, read as on a command line: whoever wrote them, they are checked as there. */
static roi_status read_options(session *s, roi_error *err) {
  const roi_state_key *key = &s->reader[0].key;
  size_t n = 0;
  s->argument = roi_alloc(2 * key->n + 5, sizeof *s->argument);
  if (!s->argument) return roi_fail_memory(err, "reading files");
  s->argument[n++] = "roisim";
  s->argument[n++] = "run";
  for (size_t i = 0; i < key->n; i++) {
    if (strncmp(key->item[i].name, "--", 2) != 0) continue;
    s->argument[n++] = key->item[i].name;
    s->argument[n++] = key->item[i].value;
  }
  s->argument[n++] = "--";
  s->argument[n++] = "model";
  s->argument[n] = NULL;
  roi_error why;
  roi_status status = roi_cli_read(&s->run, (int)n, (char **)(uintptr_t)s->argument, &why);
  const roi_cli *r = &s->run, *c = s->cli;
  if (status == ROI_ERR_MEMORY) return roi_fail_memory(err, "reading files");
  if (status || r->command != ROI_COMMAND_RUN || r->json || r->samples || r->checkpoint || r->state || r->lib.n || r->until.n)
    return roi_fail(err, ROI_ERR_IO, "%.300s was not written by roisim: its options are no run's", s->reader[0].path);
  s->run.command = ROI_COMMAND_RUN;
  s->run.model = NULL;
  s->run.json = c->json;
  s->run.quiet = c->quiet;
  s->run.threads = c->threads;
  s->run.max_memory = c->max_memory;
  s->run.time_limit = c->time_limit;
  return ROI_OK;
}

/* The trials from `reached` on that no file holds, and how to get them. */
static roi_status tell_missing(const session *s, uint64_t reached, uint64_t end, roi_error *err) {
  enum { MOST_SHOWN = 5 };
  roi_buffer text = {0};
  char from[32], to[32], range[64] = "";
  size_t gaps = 0;
  for (size_t i = 0; i <= s->n && reached < end; i++) {
    uint64_t next = i < s->n ? s->range[i].first : end;
    if (next > reached) {
      if (gaps < MOST_SHOWN)
        roi_buffer_print(&text, "%s%s to %s", gaps ? ", " : "trials ", roi_format_count(from, reached + 1), roi_format_count(to, next));
      if (!gaps++) snprintf(range, sizeof range, "%llu:%llu", (unsigned long long)reached + 1, (unsigned long long)next);
    }
    if (i < s->n && s->range[i].end > reached) reached = s->range[i].end;
  }
  if (gaps > MOST_SHOWN) roi_buffer_print(&text, " and %zu ranges more", gaps - MOST_SHOWN);
  char *typed = roi_state_key_typed(&s->reader[0].key);
  roi_status status = text.failed || !typed
                          ? roi_fail_memory(err, "reading files")
                          : roi_fail(err, ROI_ERR_USAGE, "%s are in none of the files: run roisim %s --trials-range %s --state FILE%s",
                                     text.text, typed, range, gaps > 1 ? ", and so on" : "");
  roi_free(typed);
  roi_buffer_free(&text);
  return status;
}

/* Every trial must be in one of the files. Without --trials there are as many as these hold. */
static roi_status check_ranges(session *s, roi_error *err) {
  uint64_t reached = 0, end = s->run.trials_given ? s->run.trials : 0;
  for (size_t i = 0; i < s->n && !s->run.trials_given; i++)
    if (s->range[i].end > end) end = s->range[i].end;
  for (size_t i = 0; i < s->n; i++)
    if (s->range[i].end > end)
      return roi_fail(err, ROI_ERR_IO, "%.300s was not written by roisim: it holds trials up to %llu of a run of %llu", s->reader[i].path,
                      (unsigned long long)s->range[i].end, (unsigned long long)end);
  for (size_t i = 0; i < s->n && reached < end && s->range[i].first <= reached; i++)
    if (s->range[i].end > reached) reached = s->range[i].end;
  s->run.trials = end;
  return reached == end ? ROI_OK : tell_missing(s, reached, end, err);
}

static roi_status prepare(session *s, roi_graph **g, roi_error *err) {
  roi_status status = open_all(s, err);
  if (!status) status = read_options(s, err);
  if (!status) status = check_ranges(s, err);
  if (status) return status;
  *g = roi_state_graph(&s->reader[0], err);
  if (!*g) return err->status;
  if (roi_graph_per_trial(*g) != ROI_NONE) return roi_fail(err, ROI_ERR_IO, "%.300s holds no valid model", s->reader[0].path);
  return ROI_OK;
}

int roi_command_merge(const roi_cli *c) {
  session s = {.cli = c};
  roi_error err = {0};
  roi_graph *g = NULL;
  int code;
  if (prepare(&s, &g, &err)) {
    roi_graph_free(g);
    code = roi_complain(&err);
  } else {
    code = roi_command_run_stored(&s.run, g, &s.stored);
  }
  for (size_t i = 0; i < s.n; i++) roi_state_close(&s.reader[i]);
  roi_free(s.reader);
  roi_free(s.range);
  roi_free(s.argument);
  roi_cli_free(&s.run);
  return code;
}
