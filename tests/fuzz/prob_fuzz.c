/* Fuzzes what --prob, --output and --until take (command/command.h). The first byte chooses which (p, v, u) and, by its upper bits, the
 * model. What compiles must plan and run, and be 1 or 0 in every trial where it is a condition. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "command/command.h"
#include "graph/wire.h"
#include "inprocess.h"

static const char *const models[] = {"examples/support_desk.lua", "tests/cli/states.lua", "tests/cli/kpis.lua"};
#define N_MODELS (sizeof models / sizeof *models)
static struct { void *bytes; size_t size; } graphs[N_MODELS];

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc, (void)argv;
  for (size_t i = 0; i < N_MODELS; i++) {
    roi_host_options options = {.model_path = models[i], .script_memory = UINT64_C(512) << 20, .script_seconds = 10};
    roi_graph *g = NULL;
    roi_host *host = NULL;
    roi_error err = {0};
    fuzz_check(roi_host_build(&options, &g, &host, &err) == ROI_OK, "the models are there: fuzzers run from the top of the tree");
    graphs[i].bytes = roi_graph_write(g, &graphs[i].size, &err);
    roi_graph_free(g);
    roi_host_free(host);
  }
  return 0;
}

static void run(const roi_graph *g, roi_node node, int condition) {
  const roi_target target = {"asked", node};
  roi_request request = {.options = {.trials = 30, .seed = 1, .threads = 1}, .outputs = &target, .n_outputs = 1, .shares = &target,
                         .n_shares = condition ? 1 : 0};
  roi_report *report = NULL;
  roi_error err = {0};
  roi_status status = roi_simulate(g, &request, &report, &err);
  if (status != ROI_OK) fuzz_check_error(&err);
  fuzz_check(status == ROI_OK || status == ROI_ERR_RUN, "what compiles can be run");
  if (status == ROI_OK && condition) {
    const roi_summary *s = &report->outputs[0];
    fuzz_check(s->n == 0 || (s->min >= 0 && s->max <= 1), "a condition is 1 or 0");
    fuzz_check(report->shares[0].p >= 0 && report->shares[0].p <= 1, "a probability is from 0 to 1");
  }
  roi_report_free(report);
}

static void check_goals(const roi_until *u) {
  for (size_t i = 0; i < u->n; i++) {
    fuzz_check(u->goal[i].name != NULL, "a goal has a name");
    fuzz_check(u->goal[i].error > 0 && u->goal[i].error < (double)INFINITY, "an error to reach is a number above 0");
  }
}

static void try_text(roi_graph *g, int what, const char *text) {
  roi_error err = {0};
  if (what == 'u') {
    roi_until u = {0};
    roi_list list = {&text, 1, 1};
    if (roi_until_read(&u, g, &list, &err) == ROI_OK) check_goals(&u);
    else fuzz_check_error(&err);
    roi_until_free(&u);
    return;
  }
  int condition = 1;
  roi_node node = what == 'v' ? roi_value_compile(g, "--output", text, &condition, &err) : roi_prob_compile(g, text, &err);
  if (node == ROI_NONE) fuzz_check_error(&err);
  else run(g, node, condition);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  if (size == 0) return 0;
  roi_error err = {0};
  size_t model = (bytes[0] >> 5) % N_MODELS;
  int what = (bytes[0] & 31) == ('u' & 31) ? 'u' : (bytes[0] & 31) == ('v' & 31) ? 'v' : 'p';
  roi_graph *g = roi_graph_read(graphs[model].bytes, graphs[model].size, &err);
  fuzz_check(g != NULL, "a graph reads back");
  char *text = malloc(size);
  memcpy(text, bytes + 1, size - 1);
  text[size - 1] = '\0';
  try_text(g, what, text);
  free(text);
  roi_graph_free(g);
  return 0;
}
