/* The table of methods, and what all of them share: the table of results, its notes, the check of what is asked. */
#include "sensitivity/methods.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"

/* Each row: what a user reads of it, what it measures, how few trials or points still give an answer. */
#define MEASURES(list) .measures = list, .n_measures = sizeof list / sizeof list[0]

static const roi_measure tornado_measures[] = {{"low", "at P10", .is_target_unit = 1}, {"high", "at P90", .is_target_unit = 1},
                                               {"swing", "swing", .is_target_unit = 1}, {"input_low", "input P10", .is_input_unit = 1},
                                               {"input_high", "input P90", .is_input_unit = 1}};
static const roi_measure binned_measures[] = {{"low", "lowest mean", .has_interval = 1, .is_target_unit = 1},
                                              {"high", "highest mean", .has_interval = 1, .is_target_unit = 1},
                                              {"swing", "swing", .has_interval = 1, .is_target_unit = 1}};
static const roi_measure rank_measures[] = {{"spearman", "Spearman", .has_interval = 1}, {"prcc", "partial", .has_interval = 1}};
static const roi_measure regression_measures[] = {{"src", "coefficient", .has_interval = 1}};
static const roi_measure sobol_measures[] = {{"first", "first", .has_interval = 1}, {"total", "total", .has_interval = 1}};
static const roi_measure morris_measures[] = {{"mu_star", "mu*", .has_interval = 1, .is_target_unit = 1},
                                              {"mu", "mu", .is_target_unit = 1}, {"sigma", "sigma", .is_target_unit = 1}};
static const roi_measure given_data_measures[] = {{"first", "first", .has_interval = 1}, {"delta", "delta", .has_interval = 1},
                                                  {"pawn", "PAWN", .has_interval = 1}, {"pawn_max", "PAWN max", .has_interval = 1}};
static const roi_measure threshold_measures[] = {{"percentile", "percentile", .has_interval = 1, .is_percent = 1},
                                                 {"value", "at value", .has_interval = 1, .is_input_unit = 1},
                                                 {"chance", "chance", .has_interval = 1, .is_percent = 1},
                                                 {"at_low", "at P5", .is_target_unit = 1}, {"at_high", "at P95", .is_target_unit = 1}};

const roi_method roi_methods[ROI_METHOD_COUNT] = {
    [ROI_METHOD_TORNADO] = {.name = "tornado", .doc = "each input from its P10 to its P90, the others at their median",
                            MEASURES(tornado_measures), .rank_by = ROI_TORNADO_SWING, .least = 1, .base = 1, .run = roi_tornado_run},
    [ROI_METHOD_BINNED] = {.name = "binned", .doc = "how far the target's mean moves over tenths of an input's values, in a run's trials",
                           MEASURES(binned_measures), .rank_by = ROI_BINNED_SWING, .least = 100,
                           .uses = ROI_USES_TRIALS, .run = roi_binned_run},
    [ROI_METHOD_RANK] = {.name = "rank", .doc = "rank correlation with the target, and the same with the other inputs held fixed",
                         MEASURES(rank_measures), .rank_by = ROI_RANK_SPEARMAN, .least = 20,
                         .uses = ROI_USES_TRIALS, .run = roi_rank_run},
    [ROI_METHOD_REGRESSION] = {.name = "regression", .doc = "a linear model's standardised coefficients, and how much it explains",
                               MEASURES(regression_measures), .rank_by = ROI_REGRESSION_SRC, .least = 20,
                               .uses = ROI_USES_TRIALS, .run = roi_regression_run},
    [ROI_METHOD_SOBOL] = {.name = "sobol", .doc = "shares of the variance: alone (first), with all interactions (total), in pairs",
                          MEASURES(sobol_measures), .rank_by = ROI_SOBOL_TOTAL, .least = 64, .base = 4096, .needs_independence = 1,
                          .uses = ROI_USES_BASE | ROI_USES_SECOND | ROI_USES_BOOTSTRAP, .run = roi_sobol_run},
    [ROI_METHOD_MORRIS] = {.name = "morris", .doc = "elementary effects of one input at a time, from many places: few runs of the model",
                           MEASURES(morris_measures), .rank_by = ROI_MORRIS_MU_STAR, .least = 4, .base = 64,
                           .uses = ROI_USES_BASE | ROI_USES_BOOTSTRAP, .run = roi_morris_run},
    [ROI_METHOD_GIVEN_DATA] = {.name = "given-data", .doc = "from a run's trials, correlated or not: first order, Borgonovo's delta, PAWN",
                               MEASURES(given_data_measures), .rank_by = ROI_GIVEN_DELTA, .least = 200,
                               .uses = ROI_USES_TRIALS, .run = roi_given_data_run},
    [ROI_METHOD_THRESHOLD] = {.name = "threshold", .doc = "the percentile of each input alone at which the expected target turns negative",
                              MEASURES(threshold_measures), .rank_by = ROI_THRESHOLD_CHANCE, .least = 100,
                              .uses = ROI_USES_TRIALS, .run = roi_threshold_run},
};

/* The table, all NaN. */
static roi_status make_table(const roi_study *s, const roi_method *m, roi_sensitivity **out, roi_error *err) {
  *out = NULL;
  roi_sensitivity *r = roi_alloc_zero(1, sizeof *r);
  if (!r) return roi_fail_memory(err, "the sensitivity table");
  r->method = m;
  r->n_factors = s->n_factors;
  size_t cells = m->n_measures * s->n_factors;
  r->cell = roi_alloc(cells, sizeof *r->cell);
  if (!r->cell) {
    roi_sensitivity_free(r);
    return roi_fail_memory(err, "the sensitivity table");
  }
  for (size_t i = 0; i < cells; i++) r->cell[i] = (roi_estimate){NAN, NAN, NAN};
  r->mean = r->variance = r->r2 = r->rank_r2 = r->at_median = NAN;
  *out = r;
  return ROI_OK;
}

void roi_sensitivity_free(roi_sensitivity *s) {
  if (!s) return;
  for (size_t i = 0; i < s->n_notes; i++) roi_free(s->notes[i]);
  roi_free(s->cell);
  roi_free(s->pairs);
  roi_free(s);
}

void roi_sensitivity_note(roi_sensitivity *s, const char *format, ...) {
  char text[1024];
  if (s->n_notes == sizeof s->notes / sizeof s->notes[0]) return;
  va_list args;
  va_start(args, format);
  int length = vsnprintf(text, sizeof text, format, args);
  va_end(args);
  char *copy = length < 0 ? NULL : roi_copy_string(text);
  if (copy) s->notes[s->n_notes++] = copy;
}

static roi_status enough(const roi_study *s, const roi_method *m, roi_error *err) {
  uint64_t asked = m->base == 0 ? s->request->options.trials : s->base ? s->base : m->base;
  if (asked >= m->least) return ROI_OK;
  return roi_fail(err, ROI_ERR_USAGE, "%s: --%s %llu is too few for an answer; it needs at least %llu", m->name,
                  m->base == 0 ? "trials" : "base", (unsigned long long)asked, (unsigned long long)m->least);
}

roi_status roi_sensitivity_run(const roi_study *s, roi_method_id id, roi_sensitivity **out, roi_error *err) {
  *out = NULL;
  const roi_method *m = &roi_methods[id];
  if (s->n_factors == 0) return roi_fail(err, ROI_ERR_USAGE, "%s: the model has no uncertain input to vary", m->name);
  roi_status status = enough(s, m, err);
  if (status == ROI_OK) status = make_table(s, m, out, err);
  if (status == ROI_OK) status = m->run(s, *out, err);
  const volatile int *stop = s->request->options.stop;
  if (status == ROI_OK && stop && *stop) status = roi_fail(err, ROI_ERR_INTERRUPTED, "interrupted"); /* estimates may be missing */
  if (status == ROI_OK) return status;
  roi_sensitivity_free(*out);
  *out = NULL;
  return status;
}
