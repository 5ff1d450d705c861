/* table_model.h - runs a model beside which the input lies as a data file, "table.csv". */
#ifndef FUZZ_TABLE_MODEL_H
#define FUZZ_TABLE_MODEL_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "inprocess.h"

static inline void fuzz_table(const char *model, const uint8_t *table, size_t size) {
  char path[256], data[256];
  fuzz_write_file(data, sizeof data, "table.csv", table, size);
  fuzz_write_file(path, sizeof path, "model.lua", model, strlen(model));
  const char *const args[] = {"run", path, "--trials", "10", "--threads", "1", "--quiet", FUZZ_LIMITS};
  fuzz_command(args, sizeof args / sizeof *args);
}

#endif
