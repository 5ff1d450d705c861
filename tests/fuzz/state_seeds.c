/* Writes progress and ranges of the run of state_model.h for the fuzzer to start from. usage: state_seeds FOLDER */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "command/state_file.h"
#include "state_model.h"

/* The file that is being written, and how many were. */
typedef struct writing {
  const char *folder;
  int what, count;
  FILE *file;
  roi_byte_sink to;
  int stop;
} writing;

static int put(void *data, const void *bytes, size_t n) {
  writing *w = data;
  return w->file && fwrite(bytes, n, 1, w->file) == 1 ? 0 : -1;
}

static roi_status begin(void *data, const roi_progress *at, roi_error *err) {
  writing *w = data;
  char path[4096];
  (void)at, (void)err;
  snprintf(path, sizeof path, "%s/%d-%d", w->folder, w->what, ++w->count);
  w->file = fopen(path, "wb");
  w->to = (roi_byte_sink){.put = put, .data = w};
  if (!w->file || fputc(w->what, w->file) == EOF) return ROI_ERR_IO;
  return ROI_OK;
}

static roi_status commit(void *data, roi_error *err) {
  writing *w = data;
  (void)err;
  int bad = w->to.failed || fclose(w->file);
  w->file = NULL;
  return bad ? ROI_ERR_IO : ROI_OK;
}

/* Progress after each unit of each pass. */
static int write_progress(writing *w, int designed, int streaming) {
  state_model m;
  roi_report *report = NULL;
  roi_error err;
  if (state_model_make(&m, designed, streaming)) return -1;
  const roi_keeper keeper = {.begin = begin, .to = &w->to, .commit = commit, .data = w, .every = 1e-9};
  w->what = STATE_PROGRESS + designed + 2 * streaming;
  w->count = 0;
  m.request.keeper = &keeper;
  roi_status status = roi_simulate(m.graph, &m.request, &report, &err);
  roi_report_free(report);
  roi_graph_free(m.graph);
  return status == ROI_OK && w->count > 0 ? 0 : -1;
}

static int write_range(writing *w, int designed) {
  state_model m;
  roi_error err;
  if (state_model_make(&m, designed, 0)) return -1;
  w->what = STATE_RANGES + designed;
  w->count = 0;
  roi_status status = begin(w, NULL, &err);
  if (status == ROI_OK) status = roi_run_range(m.graph, &m.request, (roi_range){0, STATE_TRIALS}, &w->to, &err);
  if (status == ROI_OK) status = commit(w, &err);
  roi_graph_free(m.graph);
  return status == ROI_OK ? 0 : -1;
}

/* A file of a range, without the length and the checksum at its end, which state_fuzz.c makes. */
static int write_file(const char *folder) {
  static const char *const key[][2] = {{"roisim", ROISIM_VERSION}, {"model.lua", "abc"}, {"--trials", "500"}, {"--seed", "1"},
                                       {"--sampling", "mc"}, {"--prob", "product > 3"}};
  state_model m;
  roi_error err;
  roi_state_key k = {0};
  roi_state_writer w;
  char path[4096], whole[4096];
  const roi_state_about about = {.kind = ROI_STATE_RANGE, .end = 500};
  snprintf(path, sizeof path, "%s/file", folder);
  snprintf(whole, sizeof whole, "%s/whole", folder);
  if (state_model_make(&m, 0, 0)) return -1;
  int bad = 0;
  for (size_t i = 0; i < sizeof key / sizeof *key; i++) bad |= roi_state_key_add(&k, key[i][0], key[i][1], &err) != ROI_OK;
  bad = bad || roi_state_create(&w, whole, &about, &k, m.graph, &err) != ROI_OK;
  m.request.options.trials = 500;
  m.request.n_inputs = 0;
  bad = bad || roi_run_range(m.graph, &m.request, (roi_range){0, 500}, &w.to, &err) != ROI_OK || roi_state_commit(&w) != ROI_OK;
  FILE *in = bad ? NULL : fopen(whole, "rb"), *out = bad ? NULL : fopen(path, "wb");
  bad = !in || !out || fputc(STATE_FILE, out) == EOF || fseek(in, 0, SEEK_END) || ftell(in) < 16;
  long left = bad ? 0 : ftell(in) - 16;
  if (!bad) rewind(in);
  for (; left > 0 && !bad; left--) bad = fputc(fgetc(in), out) == EOF;
  if (in) fclose(in);
  bad |= !out || fclose(out) || unlink(whole);
  roi_state_key_free(&k);
  roi_graph_free(m.graph);
  return bad ? -1 : 0;
}

int main(int argc, char **argv) {
  writing w = {.folder = argv[1]};
  int bad = argc != 2;
  for (int i = 0; i < 4 && !bad; i++) bad = write_progress(&w, i & 1, i >> 1);
  for (int i = 0; i < 2 && !bad; i++) bad = write_range(&w, i);
  if (!bad) bad = write_file(w.folder);
  if (bad) fprintf(stderr, "state_seeds: cannot write to the folder %s\n", argc == 2 ? argv[1] : "(none was named)");
  return bad;
}
