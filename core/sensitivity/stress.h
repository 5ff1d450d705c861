/* stress.h - what correlations that a model leaves out may be worth.
 *
 * The draws that move an output most, and that the model correlates with nothing, are correlated with each other: once at 0.5 so that all
 * move the output the same way, once at -0.5 so that they balance each other. Each is a run of its own with the same seed on a copy
 * of the graph. More than two draws can't all be correlated at -0.5; then the nearest matrix that can be is used, and said. */
#ifndef ROI_SENSITIVITY_STRESS_H
#define ROI_SENSITIVITY_STRESS_H

#include "graph/graph.h"
#include "run/run.h"

enum { ROI_STRESS_DRAWS = 4, ROI_STRESS_CASES = 3 };

typedef struct roi_stress_case {
  double asked;              /* rank correlation of each pair, in the direction that moves the output the same way; 0: the model as it is */
  double low, high;          /* what is used, the least and the most of the pairs, to compare with asked */
  int repaired;
  double mean, mean_se, sd, sd_se, p_negative, p_negative_se; /* of the output */
} roi_stress_case;

typedef struct roi_stress {
  roi_target output;
  const char *draw[ROI_STRESS_DRAWS]; /* names, the one that moves it most first */
  int falls[ROI_STRESS_DRAWS];        /* 1: the output falls where the draw rises */
  size_t n;                  /* draws; fewer than 2: nothing was run */
  roi_stress_case row[ROI_STRESS_CASES];
  uint64_t trials;
  char missing[300];         /* why nothing was run; else empty */
} roi_stress;

/* Stresses an output with the request's options and `trials` trials; base: its summary in a run of the model as it is, or NULL. Adds
 * nodes to the graph. Names point into the graph and the target. ROI_ERR_INTERRUPTED if it was stopped. */
roi_status roi_stress_find(roi_graph *g, const roi_request *request, const roi_target *output, uint64_t trials, const roi_summary *base,
                           roi_stress *out, roi_error *err);

#endif
