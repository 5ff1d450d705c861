/* Per-trial functions: workers are processes that run the same script again, under the same limits, and then serve trials. They are
 * not forks of the first child, so that a process with a script in it never needs the right to make processes. */
#include <string.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/sha256.h"
#include "host/child.h"
#include "host/trial.h"

/* Calls that begin in the first so many trials, and that end each so many, are run again by another worker: what shows at once is found at
 * once, and what shows late once it does. */
#define CHECK_EVERY 4096
#define CHECK_TRIALS 256

/* Waits for the worker to build its graph, which must be the first child's, byte for byte. */
static roi_status await_worker(roi_host *h, roi_child *w, roi_error *err) {
  unsigned char *buffer = NULL;
  size_t size = 0;
  uint8_t digest[32];
  roi_status status = roi_child_build(h, w, &buffer, &size, err);
  if (status != ROI_OK) return status;
  roi_sha256 sum;
  roi_sha256_start(&sum);
  roi_sha256_add(&sum, buffer, size);
  roi_sha256_end(&sum, digest);
  roi_free(buffer);
  if (memcmp(digest, h->graph_sha256, sizeof digest) == 0) return ROI_OK;
  return roi_fail_at(err, ROI_ERR_MODEL, h->files[0].shown, 0, "the script built another model when it ran again");
}

void roi_host_end_workers(roi_host *h) {
  for (size_t i = 0; i < h->n_workers; i++) {
    roi_child_end(&h->workers[i].child, NULL);
    pthread_mutex_destroy(&h->workers[i].lock);
  }
  roi_free(h->workers);
  h->workers = NULL;
  h->n_workers = 0;
}

roi_status roi_host_start_workers(roi_host *h, int threads, int most, uint64_t seed, roi_error *err) {
  int workers = threads > 1 ? threads : 2;
  if (workers > most) workers = most;
  h->seed = seed;
  if (h->n_externs == 0 || workers < 1) return ROI_OK;
  roi_host_end_workers(h);
  h->workers = roi_alloc_zero((size_t)workers, sizeof *h->workers);
  if (!h->workers) return roi_fail_memory(err, "starting the workers");
  roi_status status = ROI_OK;
  for (; h->n_workers < (size_t)workers && status == ROI_OK; h->n_workers++) {
    pthread_mutex_init(&h->workers[h->n_workers].lock, NULL);
    status = roi_child_start(h, &h->workers[h->n_workers].child, 1, err);
  }
  for (size_t i = 0; i < h->n_workers && status == ROI_OK; i++) status = await_worker(h, &h->workers[i].child, err);
  return status;
}

/* Keeps the first error. */
static int fail_with(roi_host *h, const roi_error *err) {
  pthread_mutex_lock(&h->lock);
  if (h->error.status == ROI_OK) h->error = *err;
  pthread_mutex_unlock(&h->lock);
  return -1;
}

roi_status roi_host_error(const roi_host *h, roi_error *err) {
  if (h->error.status != ROI_OK && err) *err = h->error;
  return h->error.status;
}

/* A worker that did not stop by itself: it is inside one long call of a C function. */
static roi_status stuck(roi_host *h, roi_child *w, uint32_t function, roi_error *err) {
  char text[200];
  roi_child_end(w, NULL);
  roi_time_limit_text(text, sizeof text, h->script_seconds);
  return roi_fail_at(err, ROI_ERR_LIMIT, h->files[0].shown, 0, "per_trial function '%.200s', in one trial: %s",
                     h->externs[function].name, text);
}

/* Waits for the worker's answer for as long as its trials get on: no longer than they could take, each with its time. */
static roi_status await_trials(roi_host *h, roi_child *w, const roi_trial_job *job, roi_error *err) {
  const roi_trial_area *area = (const roi_trial_area *)(const void *)w->shared;
  double patience_seconds = h->script_seconds + ROI_CHILD_GRACE_SECONDS;
  const uint64_t before = area->done, most = job->lanes + UINT64_C(1); /* and one of the job before, or the last twice */
  for (uint64_t done = before, now; ; done = now) {
    roi_patience patience = {.deadline = roi_seconds() + patience_seconds, .stop = h->stop};
    roi_wait wait = roi_channel_wait(w->fd, &patience);
    now = area->done;
    if (wait == ROI_WAIT_DEADLINE && now == done) return stuck(h, w, job->function, err);
    if (now - before > most)
      return roi_fail(err, ROI_ERR_INTERNAL, "a worker claims to have run %llu trials of %u",
                      (unsigned long long)(now - before), job->lanes);
    if (wait == ROI_WAIT_DEADLINE) continue;
    roi_message m;
    if (wait == ROI_WAIT_DONE) wait = roi_channel_read(w->fd, &m, sizeof m, &patience);
    if (wait != ROI_WAIT_DONE) return roi_child_failed(h, w, wait, err);
    if (m.type == ROI_SAY_TRIALS) return ROI_OK;
    if (m.type == ROI_SAY_ERROR) return roi_child_error(h, w, &m, &patience, err);
    return roi_fail(err, ROI_ERR_INTERNAL, "a worker sent message %u, which it may not", m.type);
  }
}

/* Runs as many trials as the shared memory holds: one job, while the worker is this thread's. */
static roi_status run_job(roi_host *h, roi_child *w, roi_trial_job *job, const double *const *args, const int *constant, uint32_t from,
                          double *dst, roi_error *err) {
  double *values = ((roi_trial_area *)(void *)w->shared)->values;
  double *results = values + (size_t)job->columns * job->lanes;
  for (uint32_t a = 0; a < job->columns; a++)
    for (uint32_t i = 0; i < job->lanes; i++) values[(size_t)a * job->lanes + i] = args[a][constant[a] ? 0 : from + i];
  if (job->check) memcpy(results, dst + from, job->lanes * sizeof *dst);
  roi_patience patience = {.deadline = roi_seconds() + h->script_seconds + ROI_CHILD_GRACE_SECONDS, .stop = h->stop};
  roi_message m = {.type = ROI_ASK_TRIALS, .size = sizeof *job};
  roi_wait wait = roi_channel_write(w->fd, &m, sizeof m, &patience);
  if (wait == ROI_WAIT_DONE) wait = roi_channel_write(w->fd, job, sizeof *job, &patience);
  if (wait == ROI_WAIT_CLOSED) { /* what it said before it went, such as a limit, is still to be read; it must not wait for the rest */
    shutdown(w->fd, SHUT_WR);
    wait = ROI_WAIT_DONE;
  }
  if (wait != ROI_WAIT_DONE) return roi_child_failed(h, w, wait, err);
  roi_status status = await_trials(h, w, job, err);
  if (status == ROI_OK && !job->check) memcpy(dst + from, results, job->lanes * sizeof *dst);
  return status;
}

/* The same by the worker of that number. There may be fewer workers than threads, and a check asks another thread's. One that has ended
 * runs nothing. */
static roi_status run_lanes(roi_host *h, size_t worker, roi_trial_job *job, const double *const *args, const int *constant,
                            uint32_t from, double *dst, roi_error *err) {
  roi_worker *w = &h->workers[worker % h->n_workers];
  pthread_mutex_lock(&w->lock);
  roi_status status = w->child.pid ? run_job(h, &w->child, job, args, constant, from, dst, err)
                                   : roi_fail(err, ROI_ERR_INTERNAL, "a worker that has ended was asked for trials");
  if (status != ROI_OK) fail_with(h, err); /* before the next finds it ended */
  pthread_mutex_unlock(&w->lock);
  return status;
}

int roi_host_external(void *host, uint32_t extern_index, int worker, uint64_t first_trial, uint32_t lanes,
                      const double *const *args, const int *arg_is_constant, uint32_t n_args, double *dst) {
  roi_host *h = host;
  roi_error err;
  if (extern_index >= h->n_externs || worker < 0 || h->n_workers == 0 || n_args != h->externs[extern_index].columns) {
    roi_fail(&err, ROI_ERR_INTERNAL, "per-trial function %u was asked of worker %d with %u arguments, which don't fit", extern_index,
             worker, n_args);
    return fail_with(h, &err);
  }
  uint32_t room = (uint32_t)(ROI_TRIAL_AREA_VALUES / (n_args + 1u));
  for (uint32_t from = 0; from < lanes;) {
    uint32_t n = lanes - from < room ? lanes - from : room;
    roi_trial_job job = {.seed = h->seed, .first_trial = first_trial + from, .function = extern_index, .lanes = n,
                         .columns = n_args};
    roi_status status = run_lanes(h, (size_t)worker, &job, args, arg_is_constant, from, dst, &err);
    job.check = job.first_trial < CHECK_TRIALS || (job.first_trial + n) % CHECK_EVERY == 0;
    if (status == ROI_OK && job.check) status = run_lanes(h, (size_t)worker + 1, &job, args, arg_is_constant, from, dst, &err);
    if (status != ROI_OK) return -1;
    from += n;
  }
  return 0;
}
