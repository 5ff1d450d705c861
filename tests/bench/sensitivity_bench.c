/* What the analysis of trials already run takes: the methods that need no points of their own, on a model's npv with every draw as a
 * factor. A method runs its trials itself, so its analysis is the whole less the trials, which are timed by themselves in between.
 * usage: sensitivity_bench MODEL.lua TRIALS THREADS ROUNDS; prints "NAME SECONDS" for the trials and each method, medians of the rounds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "host/host.h"
#include "sensitivity/sensitivity.h"

enum { MOST_FACTORS = 64, MOST_ROUNDS = 25 };

static int fail(const roi_error *err) {
  fprintf(stderr, "sensitivity_bench: %s:%d: %s\n", err->file, err->line, err->text);
  return 1;
}

static int rising(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}
static double median(double *x, int n) {
  qsort(x, (size_t)n, sizeof *x, rising);
  return (x[(n - 1) / 2] + x[n / 2]) / 2;
}

/* Fills the study's factors, one a draw; the target is npv. */
static size_t find_factors(const roi_graph *g, roi_factor *factor, uint32_t *number, roi_target *target) {
  size_t n = 0;
  for (size_t i = 0; i < g->n_nodes && n < MOST_FACTORS; i++) {
    if (g->nodes[i].op != ROI_DRAW) continue;
    number[n] = (uint32_t)n;
    factor[n] = (roi_factor){.name = roi_graph_text(g, g->nodes[i].name), .draws = &number[n], .n_draws = 1, .node = (roi_node)i};
    n++;
  }
  for (size_t i = 0; i < g->n_outputs; i++)
    if (strcmp(roi_graph_text(g, g->outputs[i].name), "npv") == 0) *target = (roi_target){"npv", g->outputs[i].node};
  return n;
}

static int bench(const roi_study *s, int rounds, roi_error *err) {
  static const roi_method_id id[] = {ROI_METHOD_RANK, ROI_METHOD_REGRESSION, ROI_METHOD_GIVEN_DATA, ROI_METHOD_BINNED};
  enum { METHODS = sizeof id / sizeof id[0] };
  static double trials[MOST_ROUNDS], analysis[METHODS][MOST_ROUNDS];
  for (int r = 0; r < rounds; r++) {
    double begin = roi_seconds();
    roi_trials *t;
    if (roi_trials_new(s, &t, err) != ROI_OK) return -1;
    roi_trials_free(t);
    trials[r] = roi_seconds() - begin;
    for (size_t m = 0; m < METHODS; m++) {
      roi_sensitivity *result;
      begin = roi_seconds();
      if (roi_sensitivity_run(s, id[m], &result, err) != ROI_OK) return -1;
      roi_sensitivity_free(result);
      analysis[m][r] = roi_seconds() - begin - trials[r];
    }
  }
  printf("trials %.4f\n", median(trials, rounds));
  for (size_t m = 0; m < METHODS; m++) printf("%s %.4f\n", roi_methods[id[m]].name, median(analysis[m], rounds));
  return 0;
}

int main(int argc, char **argv) {
  if (argc != 5) return fprintf(stderr, "usage: sensitivity_bench MODEL.lua TRIALS THREADS ROUNDS\n"), 2;
  static roi_factor factor[MOST_FACTORS];
  static uint32_t number[MOST_FACTORS];
  roi_error err = {0};
  roi_graph *g = NULL;
  roi_host *host = NULL;
  roi_host_options options = {.model_path = argv[1], .script_memory = UINT64_C(512) << 20, .script_seconds = 10};
  if (roi_host_build(&options, &g, &host, &err) != ROI_OK) return fail(&err);
  roi_request q = {.options = {.trials = strtoull(argv[2], NULL, 10), .threads = atoi(argv[3]), .seed = 1}};
  roi_study study = {.g = g, .request = &q, .factors = factor, .never = g->horizon + 1.0};
  study.n_factors = find_factors(g, factor, number, &study.target);
  int rounds = atoi(argv[4]);
  if (!study.target.name || rounds < 1 || rounds > MOST_ROUNDS) return fprintf(stderr, "sensitivity_bench: no npv, or no rounds\n"), 2;
  int status = bench(&study, rounds, &err);
  roi_host_free(host);
  roi_graph_free(g);
  return status == 0 ? 0 : fail(&err);
}
