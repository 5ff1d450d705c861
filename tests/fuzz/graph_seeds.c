/* Writes the graph of each model as a file for the fuzzer to start from. usage: graph_seeds FOLDER MODEL.lua... */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "graph/wire.h"
#include "host/host.h"

static int write_seed(const char *folder, const char *model) {
  roi_host_options options = {.model_path = model, .script_memory = UINT64_C(512) << 20, .script_seconds = 10};
  roi_graph *g = NULL;
  roi_host *host = NULL;
  roi_error err = {0};
  if (roi_host_build(&options, &g, &host, &err) != ROI_OK) return fprintf(stderr, "%s:%d: %s\n", err.file, err.line, err.text), 1;
  roi_host_free(host);
  size_t size;
  void *buffer = roi_graph_write(g, &size, &err);
  roi_graph_free(g);
  char path[4096];
  const char *base = strrchr(model, '/');
  snprintf(path, sizeof path, "%s/%s", folder, base ? base + 1 : model);
  FILE *f = buffer ? fopen(path, "wb") : NULL;
  int failed = f == NULL || fwrite(buffer, size, 1, f) != 1 || fclose(f) != 0;
  roi_free(buffer);
  if (failed) fprintf(stderr, "graph_seeds: cannot write %s\n", path);
  return failed;
}

int main(int argc, char **argv) {
  int failed = argc < 3;
  for (int i = 2; i < argc; i++) failed |= write_seed(argv[1], argv[i]);
  return failed;
}
