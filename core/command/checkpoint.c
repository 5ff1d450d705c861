/* --checkpoint and --resume: a run's progress in a file. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/memory.h"
#include "command/state_file.h"

/* A line that is no error. */
static void tell(const char *format, const char *path) {
  roi_error note = {0};
  roi_fail(&note, ROI_OK, format, path);
  roi_complain(&note);
}

roi_status roi_checkpoint_open(roi_checkpoint *k, const roi_cli *c, const roi_outfile *json, roi_error *err) {
  struct stat st;
  k->cli = c;
  int exists = !lstat(c->checkpoint, &st);
  if (!exists && errno != ENOENT && errno != ENOTDIR)
    return roi_fail(err, ROI_ERR_IO, "cannot read %.300s: %s", c->checkpoint, strerror(errno));
  int is_special = exists && !stat(c->checkpoint, &st) && !S_ISREG(st.st_mode); /* opening it might wait for ever */
  roi_temporary_name *named = roi_signals_temporary(ROI_TEMPORARY_STATE);
  roi_outfile *probe = is_special ? NULL : roi_outfile_open(c->checkpoint, roi_signals_stop(), named, err);
  if (!is_special && !probe) return err->status; /* better now than after hours */
  roi_status status = probe ? roi_state_check_file(probe, c->checkpoint, ROI_STATE_PROGRESS, err) : ROI_OK;
  int is_json = json && (probe ? roi_outfile_same(json, probe) : roi_outfile_is(json, c->checkpoint));
  roi_outfile_free(probe);
  if (status) return status;
  if (is_json) return roi_fail(err, ROI_ERR_USAGE, "--json and --checkpoint name the same file, %.300s", c->checkpoint);
  if (!exists && c->resume && !c->quiet) tell("%.300s is not there yet: the run begins with its first trial", c->checkpoint);
  if (!exists) return ROI_OK;
  k->is_open = 1;
  status = roi_state_open(&k->reader, c->checkpoint, ROI_STATE_PROGRESS, err);
  if (status || c->resume) return status;
  return roi_fail(err, ROI_ERR_USAGE, "%.300s holds the progress of an earlier run: go on with --resume, or remove it", c->checkpoint);
}

/* The file there is remembered as this run's, if it still is the one that this run read or wrote; known: what was said of that, or NULL. */
static void remember_ours(roi_checkpoint *k, const struct stat *known) {
  k->is_ours = !stat(k->cli->checkpoint, &k->ours) && (!known || (known->st_dev == k->ours.st_dev && known->st_ino == k->ours.st_ino));
}

/* Whether the file there is not what this run left. Two commands that were given one file both replace it whole. */
static int is_others(const roi_checkpoint *k) {
  struct stat st;
  if (stat(k->cli->checkpoint, &st)) return 0;
  const struct stat *own = &k->ours;
  return !k->is_ours || st.st_dev != own->st_dev || st.st_ino != own->st_ino || st.st_mtim.tv_sec != own->st_mtim.tv_sec ||
         st.st_mtim.tv_nsec != own->st_mtim.tv_nsec;
}

/* -- What the run calls ----------------------------------------------------------------------------------------------- */

/* A run of hours is worth more than its progress: where this can't be kept the run says so and goes on. */
static roi_status go_on_without(roi_checkpoint *k) {
  roi_state_abandon(&k->writer);
  k->writer.to.failed = 1; /* what the run still writes goes nowhere */
  if (!k->complained) {
    roi_error note = {0};
    roi_fail(&note, ROI_OK, "progress is not kept any more: %.800s", k->why.text);
    roi_complain(&note);
  }
  k->complained = 1;
  return ROI_OK;
}

static roi_status begin_progress(void *data, const roi_progress *at, roi_error *err) {
  roi_checkpoint *k = data;
  (void)err;
  roi_state_about about = {.kind = ROI_STATE_PROGRESS, .end = at->done, .pass = (uint64_t)at->pass};
  k->why = (roi_error){0};
  if (*roi_signals_stop()) roi_signals_end_limit(); /* what is done is worth the time that it takes to keep it */
  if (is_others(k)) {
    roi_fail(&k->why, ROI_ERR_IO, "%.300s is not what this run left there; does another command write it?", k->cli->checkpoint);
    return go_on_without(k);
  }
  return roi_state_create(&k->writer, k->cli->checkpoint, &about, &k->key, NULL, &k->why) ? go_on_without(k) : ROI_OK;
}

static roi_status commit_progress(void *data, roi_error *err) {
  roi_checkpoint *k = data;
  (void)err;
  struct stat written;
  const struct stat *known = k->writer.file && !roi_outfile_stat(k->writer.file, &written) ? &written : NULL;
  int lacks_memory = k->writer.file && k->writer.to.failed && !k->why.status; /* where writing fails it says why */
  if (lacks_memory) roi_fail_memory(&k->why, "keeping progress");
  if (k->writer.file && roi_state_commit(&k->writer)) return go_on_without(k);
  if (k->writer.to.failed) return ROI_OK;
  remember_ours(k, known);
  k->complained = 0;
  return ROI_OK;
}

roi_status roi_checkpoint_key(roi_checkpoint *k, const roi_graph *g, roi_error *err) {
  roi_status status = roi_state_key_make(&k->key, k->cli, g, ROI_STATE_PROGRESS, err);
  if (!status && k->is_open)
    status = roi_state_key_same(&k->reader.key, &k->key, k->cli->checkpoint, "this run",
                                "go on as it was begun, or name another --checkpoint", err);
  if (status) return status;
  struct stat read;
  if (k->is_open) remember_ours(k, fstat(k->reader.fd, &read) ? NULL : &read);
  k->keeper = (roi_keeper){.begin = begin_progress, .to = &k->writer.to, .commit = commit_progress, .data = k,
                           .from = k->is_open ? &k->reader.from : NULL, .every = k->cli->checkpoint_every};
  return ROI_OK;
}

/* The progress of a run that is over; where it is behind a link, both. */
static void remove_progress(const char *path) {
  char *target = realpath(path, NULL);
  int cause = target && unlink(target) && errno != ENOENT ? errno : 0;
  if (!cause && unlink(path) && errno != ENOENT) cause = errno;
  free(target);
  if (!cause) return;
  roi_error note = {0};
  roi_fail(&note, ROI_OK, "cannot remove %.300s: %s; its run is over, so remove it when that can be done", path, strerror(cause));
  roi_complain(&note);
}

void roi_checkpoint_end(roi_checkpoint *k, int is_over) {
  struct stat st;
  if (!k->is_ours || is_others(k)) return;
  const char *path = k->cli->checkpoint;
  if (is_over) {
    remove_progress(path);
    return;
  }
  if (stat(path, &st) && (errno == ENOENT || errno == ENOTDIR)) {
    tell("%.300s, where progress was kept, is not there any more: the run would begin anew", path);
    return;
  }
  if (k->is_open && k->reader.from.failed) {
    tell(k->reader.cause ? "%.300s is left as it is: go on with --resume"
                         : "%.300s is damaged, and left as it is: remove it, and the run begins anew", path);
    return;
  }
  tell(k->complained ? "what was kept before is in %.300s: go on with --resume"
                     : "what is done is kept in %.300s: go on with --resume", path);
}

void roi_checkpoint_free(roi_checkpoint *k) {
  roi_state_abandon(&k->writer);
  if (k->is_open) roi_state_close(&k->reader);
  roi_state_key_free(&k->key);
}
