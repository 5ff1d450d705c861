/* The run of roisim.h: all outputs of a graph, with names that belong to the result. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "kernel/kernel.h"
#include "math/sleef_version.h"
#include "run/run.h"

struct roi_result { roi_report *report; roi_target *targets; };

static roi_target *copy_targets(const roi_graph *g, roi_error *err) {
  roi_target *t = roi_alloc_zero(g->n_outputs + 1, sizeof *t);
  size_t size = 1;
  for (size_t i = 0; i < g->n_outputs; i++) size += strlen(roi_graph_text(g, g->outputs[i].name)) + 1;
  char *names = t ? roi_alloc(size, 1) : NULL;
  if (!names) {
    roi_free(t);
    roi_fail_memory(err, "the results");
    return NULL;
  }
  t[g->n_outputs].name = names; /* the block that holds all names, kept where the list ends */
  for (size_t i = 0; i < g->n_outputs; i++) {
    t[i].node = g->outputs[i].node;
    t[i].name = names;
    names += sprintf(names, "%s", roi_graph_text(g, g->outputs[i].name)) + 1;
  }
  return t;
}

static void free_targets(roi_target *t, size_t n) {
  if (!t) return;
  roi_free((void *)(uintptr_t)t[n].name);
  roi_free(t);
}

roi_status roi_run(const roi_graph *g, const roi_options *options, roi_result **result, roi_error *err) {
  *result = NULL;
  if (g->n_outputs == 0) return roi_fail(err, ROI_ERR_USAGE, "the graph has no outputs: name one with roi_graph_add_output");
  roi_result *r = roi_alloc_zero(1, sizeof *r);
  if (!r) return roi_fail_memory(err, "the results");
  r->targets = copy_targets(g, err);
  if (!r->targets) {
    roi_free(r);
    return ROI_ERR_MEMORY;
  }
  roi_request q = {.options = *options, .outputs = r->targets, .n_outputs = g->n_outputs};
  roi_status s = roi_simulate(g, &q, &r->report, err);
  if (r->report) {
    *result = r;
  } else {
    free_targets(r->targets, g->n_outputs);
    roi_free(r);
  }
  return s;
}

void roi_result_free(roi_result *r) {
  if (!r) return;
  free_targets(r->targets, r->report->n_outputs);
  roi_report_free(r->report);
  roi_free(r);
}

const roi_summary *roi_result_output(const roi_result *r, const char *name) {
  for (size_t i = 0; r && i < r->report->n_outputs; i++)
    if (strcmp(r->report->outputs[i].name, name) == 0) return &r->report->outputs[i];
  return NULL;
}

const char *roi_version_text(void) {
#define TEXT(isa) "roisim " ROISIM_VERSION ", sleef " ROI_SLEEF_VERSION ", kernels " isa
  static const struct { const char *isa, *text; } texts[] = {
      {"avx512", TEXT("avx512")}, {"avx2", TEXT("avx2")}, {"baseline", TEXT("baseline")}};
#undef TEXT
  const roi_kernel_set *best = roi_kernels(NULL, NULL);
  for (size_t i = 0; best && i < sizeof texts / sizeof texts[0]; i++)
    if (strcmp(texts[i].isa, best->name) == 0) return texts[i].text;
  return "roisim " ROISIM_VERSION ", sleef " ROI_SLEEF_VERSION;
}
