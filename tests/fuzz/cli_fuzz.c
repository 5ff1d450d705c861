/* Fuzzes the command line (command/command.h): any words give options, or one line of advice. The words end with NULs. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "command/command.h"
#include "inprocess.h"

#define MOST_WORDS 100

static void check_options(const roi_cli *c) {
  fuzz_check(c->trials >= 1 && c->trials <= UINT64_C(1) << 49, "trials are from 1 to 2^49");
  fuzz_check(c->threads >= 0 && c->threads <= 1024, "threads are at most 1024");
  fuzz_check(c->time_limit >= 0 && c->time_limit <= 1e8 && c->script_time > 0 && c->script_time <= 1e8, "times are bounded");
  fuzz_check(c->confidence >= 0 && c->confidence <= 1, "a share is from 0 to 1");
  fuzz_check(c->script_memory > 0, "there is memory for a script");
  fuzz_check((int)c->sampling >= 0 && c->sampling < ROI_SAMPLING_COUNT, "the sampling is known");
  int needs_none = c->command == ROI_COMMAND_HELP || c->command == ROI_COMMAND_VERSION || c->command == ROI_COMMAND_TEST;
  fuzz_check(c->model || c->files.n || needs_none, "a command has what it works on");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  char *argv[MOST_WORDS + 2], *text = malloc(size + 1), name[] = "roisim";
  int argc = 0;
  memcpy(text, bytes, size);
  text[size] = '\0';
  argv[argc++] = name;
  for (char *word = text; word < text + size && argc <= MOST_WORDS; word += strlen(word) + 1) argv[argc++] = word;
  argv[argc] = NULL;
  roi_cli c;
  roi_error err = {0};
  if (roi_cli_read(&c, argc, argv, &err) == ROI_OK) check_options(&c);
  else fuzz_check_error(&err);
  roi_cli_free(&c);
  free(text);
  return 0;
}
