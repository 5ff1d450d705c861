/* The engine alone on a model's own outputs: what `make bench` holds against the loop by hand, which computes no more than those.
 * (The command also summarises inputs, components and ratios.) usage: engine MODEL.lua TRIALS THREADS
 * Prints "trials N seconds S run R statistics T", S from the run's begin (plan and tables included) to the last figure. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/host.h"
#include "run/run.h"

static int fail(const roi_error *err) {
  fprintf(stderr, "engine: %s:%d: %s\n", err->file, err->line, err->text);
  return 1;
}

int main(int argc, char **argv) {
  if (argc != 4) return fprintf(stderr, "usage: engine MODEL.lua TRIALS THREADS\n"), 2;
  static const char *const names[] = {"npv", "roi", "payback"};
  enum { OUTPUTS = sizeof names / sizeof names[0] };
  roi_error err = {0};
  roi_graph *g = NULL;
  roi_host *host = NULL;
  roi_report *report = NULL;
  roi_target outputs[OUTPUTS];
  roi_host_options options = {.model_path = argv[1], .script_memory = UINT64_C(512) << 20, .script_seconds = 10};
  if (roi_host_build(&options, &g, &host, &err) != ROI_OK) return fail(&err);
  for (size_t i = 0; i < OUTPUTS; i++)
    for (size_t k = 0; k < g->n_outputs; k++)
      if (strcmp(roi_graph_text(g, g->outputs[k].name), names[i]) == 0)
        outputs[i] = (roi_target){.name = names[i], .node = g->outputs[k].node};
  roi_request q = {.outputs = outputs, .n_outputs = OUTPUTS};
  q.options.trials = strtoull(argv[2], NULL, 10);
  q.options.threads = atoi(argv[3]);
  q.options.seed = 1;
  if (roi_simulate(g, &q, &report, &err) != ROI_OK) return fail(&err);
  const roi_timing *t = &report->timing;
  printf("trials %llu seconds %.6f run %.6f statistics %.6f npv_mean %.0f npv_p5 %.0f\n", (unsigned long long)report->trials,
         t->plan + t->tables + t->run + t->statistics, t->run, t->statistics, report->outputs[0].mean, report->outputs[0].quantile[1]);
  roi_report_free(report);
  roi_host_free(host);
  roi_graph_free(g);
  return 0;
}
