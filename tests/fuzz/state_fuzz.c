/* Fuzzes files of runs that are not at their end (command/state_file.h): what --resume goes on from and what `roisim merge` takes. A file
 * ends with a checksum that no mutation would meet, so the harness makes it right, and what it protects is tried as well.
 *
 * The first byte chooses a template (below) and what the rest is: a whole file as it is; a whole file with its length and checksum made
 * right; or the body alone, behind the template's own head, key and model. With FUZZ_SEEDS=FOLDER in the environment the program writes
 * such inputs of real files there and ends. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/crc64.h"
#include "command/state_file.h"
#include "inprocess.h"

#define MOST_ARGS 20
#define TRAILER 16 /* length and checksum */

/* What makes a state, and what reads it; "FILE" stands for its path. */
static const struct template {
  const char *write[MOST_ARGS], *read[MOST_ARGS];
} templates[] = {
#define RUN "run", "tests/cli/two_normals.lua", "--trials", "4100", "--threads", "1", "--quiet"
    {{RUN, "--checkpoint", "FILE", "--checkpoint-every", "1e-9"}, {RUN, "--checkpoint", "FILE", "--resume"}},
    {{RUN, "--max-memory", "1", "--checkpoint", "FILE", "--checkpoint-every", "1e-9"},
     {RUN, "--max-memory", "1", "--checkpoint", "FILE", "--resume"}},
    {{RUN, "--sampling", "sobol", "--prob", "value > 0", "--checkpoint", "FILE", "--checkpoint-every", "1e-9"},
     {RUN, "--sampling", "sobol", "--prob", "value > 0", "--checkpoint", "FILE", "--resume"}},
    {{RUN, "--trials-range", "1:50", "--state", "FILE"}, {"merge", "FILE", "--json", "-", "--threads", "1"}},
    {{"run", "tests/cli/two_normals.lua", "--quiet", "--trials-range", "1:700", "--state", "FILE"}, {"merge", "FILE", "--threads", "1"}},
};
#define N_TEMPLATES (sizeof templates / sizeof *templates)

/* The first state that each template writes. */
static struct { uint8_t *bytes; size_t size, body_at, body_size; } states[N_TEMPLATES];

static size_t now_written;
static char path[256];

static int run(const char *const *template) {
  const char *args[MOST_ARGS];
  size_t n = 0;
  for (; n < MOST_ARGS && template[n]; n++) args[n] = strcmp(template[n], "FILE") ? template[n] : path;
  return fuzz_command(args, n);
}

/* Keeps the first state that a template's command puts in place. */
static void keep_state(void) {
  if (states[now_written].bytes) return;
  FILE *f = fopen(path, "rb");
  fuzz_check(f && !fseek(f, 0, SEEK_END), "a state is there");
  long size = ftell(f);
  fuzz_check(size > TRAILER, "a state has something in it");
  states[now_written].bytes = malloc((size_t)size);
  states[now_written].size = (size_t)size;
  rewind(f);
  fuzz_check(fread(states[now_written].bytes, 1, (size_t)size, f) == (size_t)size && !fclose(f), "a state can be read");
}

static void find_body(size_t i) {
  for (int kind = ROI_STATE_PROGRESS; kind <= ROI_STATE_RANGE; kind++) {
    roi_state_reader r;
    roi_error err = {0};
    fuzz_write_file(path, sizeof path, "state", states[i].bytes, states[i].size);
    if (roi_state_open(&r, path, (roi_state_kind)kind, &err) == ROI_OK) {
      states[i].body_at = (size_t)r.body_at;
      states[i].body_size = (size_t)r.body_size;
    }
    roi_state_close(&r);
  }
  fuzz_check(states[i].body_at > 0, "a state that was written can be read");
}

static void write_seeds(const char *folder) {
  for (size_t i = 0; i < N_TEMPLATES; i++)
    for (int whole = 0; whole < 2; whole++) {
      char name[300];
      uint8_t first = (uint8_t)(i * 4 + (whole ? 1 : 2));
      snprintf(name, sizeof name, "%s/%zu%s", folder, i, whole ? "whole" : "body");
      FILE *f = fopen(name, "wb");
      fuzz_check(f && fwrite(&first, 1, 1, f) == 1, "a seed can be written");
      const uint8_t *from = states[i].bytes + (whole ? 0 : states[i].body_at);
      size_t n = whole ? states[i].size - TRAILER : states[i].body_size;
      fuzz_check(fwrite(from, 1, n, f) == n && fclose(f) == 0, "a seed can be written");
    }
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc, (void)argv;
  snprintf(path, sizeof path, "%s/state", fuzz_folder());
  fuzz_state_is_written = keep_state;
  for (; now_written < N_TEMPLATES; now_written++) {
    remove(path);
    run(templates[now_written].write);
    fuzz_check(states[now_written].bytes != NULL, "a template writes a state");
    find_body(now_written);
  }
  fuzz_state_is_written = NULL;
  const char *seeds = getenv("FUZZ_SEEDS");
  if (seeds) {
    write_seeds(seeds);
    exit(0);
  }
  return 0;
}

/* Puts the two numbers that end a state behind its n bytes. */
static size_t seal(uint8_t *bytes, size_t n) {
  uint64_t length = n;
  memcpy(bytes + n, &length, 8);
  uint64_t crc = roi_crc64(0, bytes, n + 8);
  memcpy(bytes + n + 8, &crc, 8);
  return n + TRAILER;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  if (size == 0) return 0;
  size_t i = bytes[0] / 4 % N_TEMPLATES, what = bytes[0] % 4, before = what >= 2 ? states[i].body_at : 0, n = before + size - 1;
  uint8_t *state = malloc(n + TRAILER);
  memcpy(state, states[i].bytes, before);
  memcpy(state + before, bytes + 1, size - 1);
  if (what > 0) n = seal(state, n);
  fuzz_write_file(path, sizeof path, "state", state, n);
  free(state);
  run(templates[i].read);
  return 0;
}
