/* state_model.h - the run whose progress and ranges state_seeds.c writes and state_fuzz.c reads: small, with something of everything that
 * a run can be asked for. */
#ifndef ROI_TESTS_FUZZ_STATE_MODEL_H
#define ROI_TESTS_FUZZ_STATE_MODEL_H

#include "run/run.h"

#define STATE_TRIALS 9001

typedef struct state_model {
  roi_graph *graph;
  roi_target output[2], input[2], share, mean;
  roi_pair ratio;
  roi_request request;
} state_model;

/* designed: a Latin hypercube, whose replicates have sums of their own; streaming: columns are not kept. 0, or -1: no memory. */
static inline int state_model_make(state_model *m, int designed, int streaming) {
  roi_error err;
  roi_graph *g = m->graph = roi_graph_new("state", 12, ROI_MONTH, &err);
  if (!g) return -1;
  roi_node p[2] = {roi_constant(g, 10, &err), roi_constant(g, 3, &err)}, q[2] = {roi_constant(g, 0, &err), roi_constant(g, 1, &err)};
  roi_node a = roi_draw(g, roi_dist(g, ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, p, 2, &err), "a", 0, &err);
  roi_node b = roi_draw(g, roi_dist(g, ROI_FAMILY_UNIFORM, ROI_FORM_NATURAL, q, 2, &err), "b", 0, &err);
  roi_node ab[2] = {a, b}, limit[2] = {b, roi_constant(g, 0.5, &err)};
  roi_node product = roi_apply(g, ROI_MUL, ab, 2, &err), below = roi_apply(g, ROI_LT, limit, 2, &err);
  if (product == ROI_NONE || below == ROI_NONE) return -1;
  if (roi_graph_add_output(g, "product", product, &err) != ROI_OK) return -1;
  m->output[0] = (roi_target){"product", product};
  m->output[1] = (roi_target){"b", b};
  m->input[0] = (roi_target){"a", a};
  m->input[1] = (roi_target){"b", b};
  m->share = (roi_target){"below", below};
  m->mean = (roi_target){"mean", product};
  m->ratio = (roi_pair){product, a};
  m->request = (roi_request){.options = {.trials = STATE_TRIALS, .seed = 1, .threads = 1, .max_memory = streaming ? 1 : 0,
                                         .sampling = designed ? ROI_SAMPLING_LHS : ROI_SAMPLING_MC},
                             .outputs = m->output, .n_outputs = 2, .inputs = m->input, .n_inputs = 2, .input_trials = 5000,
                             .shares = &m->share, .n_shares = 1, .means = &m->mean, .n_means = 1, .ratios = &m->ratio, .n_ratios = 1};
  return 0;
}

/* A state's bytes to the fuzzer: one that says what they are, then they. */
enum { STATE_FILE, STATE_PROGRESS /* + designed + 2 * streaming */, STATE_RANGES = STATE_PROGRESS + 4 /* + designed */, STATE_KINDS = STATE_RANGES + 2 };

#endif
