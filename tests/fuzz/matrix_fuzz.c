/* Fuzzes the reading of correlation matrices: the first byte chooses their kind, the rest is the file. */
#include "table_model.h"

#define MODEL(kind) "local roi = require \"roisim\" local model = roi.model { horizon = 6 } local x = model.inputs " \
  "x.a, x.b, x.c = roi.normal(0, 1), roi.uniform(0, 1), roi.triangular(1, 2, 3) x.d = roi.lognormal(0, 1) " \
  "model.outputs.sum = x.a + x.b + x.c + x.d model:correlate { csv = \"table.csv\", kind = \"" kind "\" } return model"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  if (size > 0) fuzz_table(bytes[0] & 1 ? MODEL("spearman") : MODEL("pearson"), bytes + 1, size - 1);
  return 0;
}
