/* Fuzzes the reading of a graph that came from elsewhere (graph/wire.h): any bytes must be refused with a rule or give a graph
 * that is valid, that reads back from its own buffer, and that plans and runs. */
#include <stdlib.h>

#include "base/memory.h"
#include "graph/wire.h"
#include "run/run.h"

/* Larger graphs are read and written but not run, so that an input takes milliseconds. */
#define MAX_WORK 20000

static int no_script(void *data, uint32_t index, int worker, uint64_t first_trial, uint32_t lanes, const double *const *args,
                     const int *arg_is_constant, uint32_t n_args, double *dst) {
  (void)data, (void)index, (void)worker, (void)first_trial, (void)args, (void)arg_is_constant, (void)n_args;
  for (uint32_t i = 0; i < lanes; i++) dst[i] = i;
  return 0;
}

static void run(const roi_graph *g) {
  if (g->n_outputs == 0 || g->n_outputs > 64) return;
  roi_target outputs[64];
  for (size_t i = 0; i < g->n_outputs; i++) outputs[i] = (roi_target){roi_graph_text(g, g->outputs[i].name), g->outputs[i].node};
  roi_request request = {.options = {.trials = 20, .seed = 1, .threads = 1}, .outputs = outputs, .n_outputs = g->n_outputs,
                         .external = no_script, .deadline = 5};
  roi_report *report = NULL;
  roi_error err;
  roi_status status = roi_simulate(g, &request, &report, &err);
  if (status == ROI_ERR_INTERNAL) abort();
  roi_report_free(report);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  roi_error err;
  roi_graph *g = roi_graph_read(bytes, size, &err);
  if (g == NULL) return 0;
  size_t written;
  void *buffer = roi_graph_write(g, &written, &err);
  roi_graph *again = buffer ? roi_graph_read(buffer, written, &err) : NULL;
  if (again == NULL) abort();
  if ((g->n_nodes + g->n_args + 1) * ((size_t)g->horizon + 1) < MAX_WORK) run(g);
  roi_graph_free(again);
  roi_free(buffer);
  roi_graph_free(g);
  return 0;
}
