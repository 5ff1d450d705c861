/* Fuzzes the reading of what a run left: files of progress and of ranges (command/state_file.h), and the bytes of both behind a checksum
 * that fits (run/progress.c, run/ranges.c), as a person with intent would write them. Any bytes must be refused, or give a run that ends
 * in a result. */
#include <stdlib.h>
#include <string.h>

#include "base/crc64.h"
#include "command/state_file.h"
#include "inprocess.h"
#include "state_model.h"

/* -- Files ------------------------------------------------------------------------------------------------------------- */

/* The bytes with the length and the checksum that they should have, as a file. */
static void check_file(const uint8_t *bytes, size_t size) {
  char path[4096];
  uint64_t length = size, crc;
  uint8_t *whole = malloc(size + 16);
  memcpy(whole, bytes, size);
  memcpy(whole + size, &length, 8);
  crc = roi_crc64(0, whole, size + 8);
  memcpy(whole + size + 8, &crc, 8);
  fuzz_write_file(path, sizeof path, "state", whole, size + 16);
  free(whole);
  for (int kind = ROI_STATE_PROGRESS; kind <= ROI_STATE_RANGE; kind++) {
    roi_state_reader r;
    roi_error err = {0};
    if (roi_state_open(&r, path, (roi_state_kind)kind, &err) == ROI_OK) {
      fuzz_check(roi_state_key_same(&r.key, &r.key, path, "itself", "", &err) == ROI_OK, "a key is the same as itself");
      roi_graph_free(roi_state_graph(&r, &err));
    } else {
      fuzz_check_error(&err);
    }
    roi_state_close(&r);
  }
  const char *const args[] = {"merge", path, "--quiet", "--json", "-"};
  fuzz_command(args, sizeof args / sizeof *args);
}

/* -- What is in them --------------------------------------------------------------------------------------------------- */

typedef struct pages { const uint8_t *bytes; size_t size, at; } pages;

static int get(void *data, void *bytes, size_t n) {
  pages *p = data;
  if (n > p->size - p->at) return -1;
  memcpy(bytes, p->bytes + p->at, n);
  p->at += n;
  return 0;
}

static int read_at(void *data, size_t i, uint64_t offset, void *bytes, size_t n) {
  const pages *p = data;
  (void)i;
  if (offset > p->size || n > p->size - offset) return -1;
  memcpy(bytes, p->bytes + offset, n);
  return 0;
}

/* No progress is due in so short a run. */
static roi_status begin(void *data, const roi_progress *at, roi_error *err) {
  (void)data, (void)at, (void)err;
  return ROI_OK;
}
static roi_status commit(void *data, roi_error *err) {
  (void)data, (void)err;
  return ROI_OK;
}
static int put(void *data, const void *bytes, size_t n) {
  (void)data, (void)bytes, (void)n;
  return 0;
}

static void check_run(state_model *m) {
  roi_report *report = NULL;
  roi_error err = {0};
  roi_status status = roi_simulate(m->graph, &m->request, &report, &err);
  fuzz_check((report != NULL) == (status == ROI_OK), "a run has a result unless it fails");
  if (status == ROI_OK) fuzz_check(report->complete && report->trials == STATE_TRIALS, "a result is of all trials");
  else fuzz_check(status == ROI_ERR_IO, "what does not hold together is refused");
  roi_report_free(report);
  roi_graph_free(m->graph);
}

static void check_progress(int designed, int streaming, const uint8_t *bytes, size_t size) {
  state_model m;
  pages p = {bytes, size, 0};
  roi_byte_source from = {.get = get, .data = &p};
  roi_byte_sink to = {.put = put};
  const roi_keeper keeper = {.begin = begin, .to = &to, .commit = commit, .from = &from, .every = 1000};
  if (state_model_make(&m, designed, streaming)) return;
  m.request.keeper = &keeper;
  check_run(&m);
}

static void check_ranges(int designed, const uint8_t *bytes, size_t size) {
  state_model m;
  pages p = {bytes, size, 0};
  const roi_range range = {0, STATE_TRIALS};
  const roi_stored stored = {.range = &range, .n = 1, .read = read_at, .data = &p};
  if (state_model_make(&m, designed, 0)) return;
  m.request.stored = &stored;
  check_run(&m);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  if (size == 0) return 0;
  int what = bytes[0] % STATE_KINDS;
  bytes++, size--;
  if (what == STATE_FILE) check_file(bytes, size);
  else if (what < STATE_RANGES) check_progress((what - STATE_PROGRESS) & 1, (what - STATE_PROGRESS) >> 1, bytes, size);
  else check_ranges(what - STATE_RANGES, bytes, size);
  return 0;
}
