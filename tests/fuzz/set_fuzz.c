/* Fuzzes --set: NAME=EXPR texts, each ended by a NUL, of a whole run in this process. The first byte chooses the model. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "inprocess.h"

static const char *const models[] = {"examples/hello.lua", "tests/cli/correlated.lua", "examples/launch.lua", "tests/cli/choices.lua",
                                     "examples/own_or_rent.lua"};
#define MOST_SETTINGS 5

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  if (size == 0) return 0;
  const char *model = models[bytes[0] % (sizeof models / sizeof *models)];
  const char *args[12 + 2 * MOST_SETTINGS] = {"run", model, "--trials", "10", "--threads", "1", "--quiet", FUZZ_LIMITS};
  size_t n = 11;
  char *text = malloc(size);
  memcpy(text, bytes + 1, size - 1);
  text[size - 1] = '\0';
  for (char *setting = text; setting < text + size - 1 && n + 2 <= sizeof args / sizeof *args; setting += strlen(setting) + 1) {
    args[n++] = "--set";
    args[n++] = setting;
  }
  fuzz_command(args, n);
  free(text);
  return 0;
}
