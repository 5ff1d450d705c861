/* means.h - scripts whose outputs have known expectations: HAS_MEANS(SCRIPT, {VALUE, MEAN}, ...) runs the script, in which `model`, `x`,
 * `o` (its inputs and outputs), `t` (its time) and `P` (roi.process) are at hand, with each VALUE as an output, and fails unless each
 * mean is what it must be. Include it after cmocka.h. */
#ifndef TEST_MEANS_H
#define TEST_MEANS_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "graph/graph.h"
#include "host/host.h"
#include "run/run.h"

#define TRIALS 200000
#define HORIZON 12

/* The graph of the script with the outputs that the text adds. */
static roi_graph *graph_of(const char *script, const char *outputs, roi_host **host) {
  char folder[] = "/tmp/means.XXXXXX", path[sizeof folder + 8]; /* draws are called by the file alone: the same in every run */
  assert_non_null(mkdtemp(folder));
  snprintf(path, sizeof path, "%s/p.lua", folder);
  FILE *f = fopen(path, "w");
  assert_non_null(f);
  fprintf(f, "local roi = require 'roisim'\nlocal model = roi.model { name = 'test', horizon = %d }\n", HORIZON);
  fprintf(f, "local x, o, t, P = model.inputs, model.outputs, model.time, roi.process\n%s\n%s\nreturn model\n", script,
          outputs);
  assert_int_equal(fclose(f), 0);
  roi_graph *g = NULL;
  roi_error err;
  roi_status status = roi_host_build(&(roi_host_options){.model_path = path}, &g, host, &err);
  unlink(path);
  rmdir(folder);
  if (status != ROI_OK) fail_msg("%s: line %d: %s", script, err.line, err.text);
  return g;
}

typedef struct expected { const char *value; double mean; } expected;

/* Each value's mean is what it must be, to four and a half of its standard errors, which are below a twentieth of its scale. */
static void has_means(const char *script, const expected *e, size_t n) {
  char outputs[4096] = "";
  for (size_t i = 0, at = 0; i < n; i++)
    at += (size_t)snprintf(outputs + at, sizeof outputs - at, "o.v%zu = %s\n", i, e[i].value);
  roi_host *host = NULL;
  roi_graph *g = graph_of(script, outputs, &host);
  roi_target target[16];
  assert_true(g->n_outputs >= n); /* after the standard outputs, if there are flows */
  const roi_output_row *own = g->outputs + g->n_outputs - n;
  for (size_t i = 0; i < n; i++) target[i] = (roi_target){roi_graph_text(g, own[i].name), own[i].node};
  roi_request request = {.options = {.trials = TRIALS, .seed = 7}, .outputs = target, .n_outputs = n};
  roi_report *report = NULL;
  roi_error err;
  if (roi_simulate(g, &request, &report, &err) != ROI_OK) fail_msg("%s: %s", script, err.text);
  for (size_t i = 0; i < n; i++) {
    const roi_summary *s = &report->outputs[i];
    assert_int_equal(s->n, TRIALS);
    double scale = fabs(e[i].mean) > s->sd ? fabs(e[i].mean) : s->sd;
    if (!(s->mean_se > 0) || s->mean_se > scale / 20 || fabs(s->mean - e[i].mean) > 4.5 * s->mean_se)
      fail_msg("%s: %s: %.6g +- %.2g, not %.6g", script, e[i].value, s->mean, s->mean_se, e[i].mean);
  }
  roi_report_free(report);
  roi_graph_free(g);
  roi_host_free(host);
}
#define HAS_MEANS(script, ...) \
  has_means(script, (expected[]){__VA_ARGS__}, sizeof((expected[]){__VA_ARGS__}) / sizeof(expected))

#endif
