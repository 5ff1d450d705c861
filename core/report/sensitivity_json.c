/* Schema roisim.sensitivity/1. */
#include <math.h>
#include <stdio.h>

#include "base/error.h"
#include "base/memory.h"
#include "report/json_writer.h"
#include "report/sensitivity_report.h"

static void add_estimate(roi_json *w, cJSON *o, const char *name, int has_interval, const roi_estimate *e) {
  char key[80];
  roi_json_number(w, o, name, e->value);
  if (!has_interval) return;
  snprintf(key, sizeof key, "%s_ci", name);
  cJSON *ci = roi_json_array(w, o, key);
  roi_json_number(w, ci, NULL, e->low);
  roi_json_number(w, ci, NULL, e->high);
}

static void add_inputs(roi_json *w, cJSON *root, const roi_sensitivity_view *v) {
  cJSON *inputs = roi_json_object(w, root, "inputs");
  for (size_t f = 0; f < v->study->n_factors && inputs; f++) {
    const roi_factor *factor = &v->study->factors[f];
    cJSON *o = roi_json_named(w, inputs, factor->name);
    for (size_t k = 0; k < v->n_parts; k++) {
      const roi_sensitivity *s = v->parts[k];
      for (size_t m = 0; m < s->method->n_measures; m++) {
        const roi_measure *measure = &s->method->measures[m];
        add_estimate(w, o, measure->name, measure->has_interval, &s->cell[m * s->n_factors + f]);
      }
    }
  }
  cJSON *pairs = roi_json_array(w, root, "pairs");
  for (size_t k = 0; k < v->n_parts; k++)
    for (size_t i = 0; i < v->parts[k]->n_pairs && pairs; i++) {
      const roi_pair_estimate *pair = &v->parts[k]->pairs[i];
      cJSON *o = roi_json_object(w, pairs, NULL), *names = roi_json_array(w, o, "inputs");
      roi_json_text(w, names, NULL, v->study->factors[pair->a].name);
      roi_json_text(w, names, NULL, v->study->factors[pair->b].name);
      add_estimate(w, o, "second", 1, &pair->second);
    }
}

/* The name of a draw by its number among the graph's draws. */
static const char *draw_name(const roi_graph *g, uint32_t number) {
  for (size_t i = 0; i < g->n_nodes; i++)
    if (g->nodes[i].op == ROI_DRAW && number-- == 0) return roi_graph_text(g, g->nodes[i].name);
  return "";
}

/* Each group's draws, by the group's name. */
static void add_groups(roi_json *w, cJSON *root, const roi_sensitivity_view *v) {
  cJSON *groups = roi_json_object(w, root, "groups");
  for (size_t f = 0; f < v->study->n_factors && groups; f++) {
    const roi_factor *factor = &v->study->factors[f];
    if (factor->node != ROI_NONE) continue;
    cJSON *list = roi_json_array(w, roi_json_named(w, groups, factor->name), "draws");
    for (size_t i = 0; i < factor->n_draws && list; i++) roi_json_text(w, list, NULL, draw_name(v->graph, factor->draws[i]));
  }
}

static void add_numbers(roi_json *w, cJSON *root, const roi_sensitivity_view *v) {
  const roi_sensitivity *s = v->n_parts ? v->parts[0] : NULL;
  double at_median = NAN;
  for (size_t k = 0; k < v->n_parts; k++)
    if (!isnan(v->parts[k]->at_median)) at_median = v->parts[k]->at_median;
  roi_json_count(w, root, "n", s ? s->n : 0);
  roi_json_count(w, root, "undefined", s ? s->undefined : 0);
  roi_json_count(w, root, "never", s ? s->never : 0);
  roi_json_number(w, root, "mean", s ? s->mean : NAN);
  roi_json_number(w, root, "variance", s ? s->variance : NAN);
  roi_json_number(w, root, "r2", s ? s->r2 : NAN);
  roi_json_number(w, root, "rank_r2", s ? s->rank_r2 : NAN);
  roi_json_number(w, root, "at_median", at_median);
}

/* The rows of the table that a factor is or, being a set of correlated inputs, holds. */
static void add_rows_of(roi_json *w, cJSON *list, const roi_sensitivity_view *v, const roi_factor *factor) {
  for (size_t f = 0; f < v->study->n_factors; f++) {
    const roi_factor *row = &v->study->factors[f];
    int held = row == factor;
    for (size_t i = 0; i < row->n_draws; i++)
      for (size_t k = 0; k < factor->n_draws; k++) held |= row->draws[i] == factor->draws[k];
    if (held) roi_json_text(w, list, NULL, row->name);
  }
}

/* What the quick answer says in words. */
static roi_status add_conclusions(roi_json *w, cJSON *root, const roi_sensitivity_view *v, roi_error *err) {
  static const char *const doubts[] = {"", "rare", "unknown", "wide"}; /* by roi_doubt */
  roi_conclusions c;
  size_t n = v->study->n_factors, *order = roi_alloc(n, sizeof *order);
  roi_status status = order ? roi_sensitivity_order(v, order, err) : roi_fail_memory(err, "ranking inputs");
  if (!status) {
    roi_sensitivity_conclude(v, order, &c);
    cJSON *o = roi_json_object(w, root, "conclusions");
    if (c.doubt) roi_json_text(w, o, "doubt", doubts[c.doubt]);
    else roi_json_attach(w, o, "doubt", cJSON_CreateNull());
    cJSON *list = roi_json_array(w, o, "measure_first");
    for (size_t i = 0; i < c.n_first && list; i++) add_rows_of(w, list, v, &c.study->factors[c.first[i]]);
    roi_json_number(w, o, "variance_at_least", c.least);
    list = roi_json_array(w, o, "fix_at_median");
    for (size_t i = n - v->n_fixed; i < n && list; i++) roi_json_text(w, list, NULL, v->study->factors[order[i]].name);
    const struct { const char *key; double x; } numbers[] = {
        {"mean", v->fixing ? v->fixing->mean : NAN}, {"sd", v->fixing ? v->fixing->sd : NAN},
        {"fixed_mean", v->fixing ? v->fixing->fixed_mean : NAN}, {"fixed_sd", v->fixing ? v->fixing->fixed_sd : NAN}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) roi_json_number(w, o, numbers[i].key, numbers[i].x);
  }
  roi_free(order);
  return status;
}

static void add_texts(roi_json *w, cJSON *root, const roi_sensitivity_view *v) {
  cJSON *list = roi_json_array(w, root, "without_influence");
  for (size_t i = 0; i < v->n_without && list; i++) roi_json_text(w, list, NULL, v->without[i]);
  list = roi_json_array(w, root, "notes");
  for (size_t i = 0; i < v->n_notes && list; i++) roi_json_text(w, list, NULL, v->notes[i]);
  for (size_t k = 0; k < v->n_parts; k++)
    for (size_t i = 0; i < v->parts[k]->n_notes && list; i++)
      if (!roi_sensitivity_said(v, k, i)) roi_json_text(w, list, NULL, v->parts[k]->notes[i]);
}

roi_status roi_report_sensitivity_json(roi_buffer *out, const roi_sensitivity_view *v, roi_error *err) {
  static const char *const kinds[] = {"number", "money", "share", "periods", "condition"};
  roi_json w;
  cJSON *root = roi_json_begin(&w, "roisim.sensitivity/1");
  roi_json_text(&w, root, "method", v->method ? v->method : "default");
  cJSON *methods = roi_json_array(&w, root, "methods");
  for (size_t k = 0; k < v->n_parts && methods; k++) roi_json_text(&w, methods, NULL, v->parts[k]->method->name);
  roi_json_text(&w, root, "target", v->target);
  roi_json_text(&w, root, "kind", kinds[v->kind]);
  roi_json_count(&w, root, "evaluations", v->evaluations);
  add_inputs(&w, root, v);
  add_groups(&w, root, v);
  add_numbers(&w, root, v);
  roi_status status = !v->method && v->n_parts ? add_conclusions(&w, root, v, err) : ROI_OK;
  add_texts(&w, root, v);
  roi_json_model(&w, root, v->graph);
  roi_json_count(&w, root, "seed", v->study->request->options.seed);
  int on_trials = 0;
  for (size_t k = 0; k < v->n_parts; k++) on_trials |= v->parts[k]->method->base == 0;
  if (on_trials) roi_json_text(&w, root, "sampling", roi_sampling_names[v->study->request->options.sampling]);
  else roi_json_attach(&w, root, "sampling", cJSON_CreateNull()); /* the method chose its points */
  roi_json_provenance(&w, root, v->graph, v->lua_version, v->sleef_version);
  roi_json_number(&w, roi_json_object(&w, root, "timing"), "total", v->seconds_total);
  roi_status written = roi_json_end(&w, root, out, err);
  return status ? status : written;
}
