/* Fuzzes the reading of data files: the first byte chooses who reads, the rest is the file. */
#include "table_model.h"

#define BEGIN "local roi = require \"roisim\" local model = roi.model { horizon = 6 } "
#define END " return model"

static const char *const readers[] = {
    BEGIN "model.inputs.a = roi.empirical(roi.data \"table.csv\") model.outputs.a = model.inputs.a" END,
    BEGIN "local s = roi.data \"table.csv\" model.outputs.n, model.outputs.sum = #s, roi.sum(roi.series(s))" END,
    BEGIN "model.outputs.c = roi.sum(roi.curve.csv(model.time, { file = \"table.csv\", column = \"share\" }))" END,
    BEGIN "model.outputs.c = roi.sum(roi.curve.csv(model.time, { file = \"table.csv\", column = 2 }))" END,
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  if (size > 0) fuzz_table(readers[bytes[0] % (sizeof readers / sizeof *readers)], bytes + 1, size - 1);
  return 0;
}
