/* Schema roisim.run/1. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "report/json_writer.h"
#include "report/report.h"

static void add_design(roi_json *w, cJSON *run, const roi_view *v) {
  roi_json_count(w, run, "replicates", v->report->replicates);
  cJSON *list = roi_json_array(w, run, "plain_draws");
  for (size_t i = 0; i < v->report->n_plain_draws && list; i++)
    roi_json_text(w, list, NULL, roi_graph_text(v->graph, v->graph->nodes[v->report->plain_draws[i]].name));
}

static void add_until(roi_json *w, cJSON *run, const roi_until_report *u) {
  cJSON *o = roi_json_object(w, run, "until");
  roi_json_attach(w, o, "reached", cJSON_CreateBool(u->reached));
  roi_json_count(w, o, "runs", u->runs);
  roi_json_count(w, o, "trials_total", u->trials_total);
  if (u->why[0]) roi_json_text(w, o, "why", u->why);
  cJSON *list = roi_json_array(w, o, "targets");
  for (size_t i = 0; i < u->n && list; i++) {
    cJSON *row = roi_json_object(w, list, NULL);
    roi_json_text(w, row, "target", u->row[i].name);
    roi_json_number(w, row, "asked", u->row[i].asked);
    roi_json_attach(w, row, "relative", cJSON_CreateBool(u->row[i].relative));
    roi_json_number(w, row, "value", u->row[i].value);
    roi_json_number(w, row, "se", u->row[i].se);
    roi_json_attach(w, row, "reached", cJSON_CreateBool(u->row[i].reached));
  }
}

static void add_run(roi_json *w, cJSON *root, const roi_view *v) {
  cJSON *run = roi_json_object(w, root, "run");
  roi_json_count(w, run, "trials", v->report->trials);
  roi_json_count(w, run, "requested", v->request->options.trials);
  roi_json_count(w, run, "seed", v->request->options.seed);
  roi_json_text(w, run, "sampling", roi_sampling_names[v->request->options.sampling]);
  roi_json_attach(w, run, "complete", cJSON_CreateBool(v->report->complete && !v->stopped));
  if (v->stopped) roi_json_text(w, run, "stopped", v->stopped);
  if (v->report->replicates) add_design(w, run, v);
  if (v->until) add_until(w, run, v->until);
}

static void add_outputs(roi_json *w, cJSON *root, const roi_view *v) {
  static const char *const kinds[] = {"number", "money", "share", "periods", "condition"};
  const roi_report *r = v->report;
  cJSON *outputs = roi_json_object(w, root, "outputs");
  for (size_t i = 0; i < roi_listed(v->request) && outputs; i++) {
    const roi_target *t = &v->request->outputs[i];
    cJSON *o = roi_json_named(w, outputs, t->name);
    roi_json_text(w, o, "kind", kinds[roi_output_kind(v->graph, t->name, t->node)]);
    roi_json_summary(w, o, &r->outputs[i]);
    if (v->output_share[i] != ROI_NO_INDEX)
      roi_json_share(w, roi_json_object(w, o, "probability"), &r->shares[v->output_share[i]]);
  }
}

/* The input row behind a target of the request: names are unique. */
static const roi_input_row *input_row(const roi_graph *g, const char *name) {
  for (size_t i = 0; i < g->n_inputs; i++)
    if (!strcmp(roi_graph_text(g, g->inputs[i].name), name)) return &g->inputs[i];
  return NULL;
}

static void add_inputs(roi_json *w, cJSON *root, const roi_view *v) {
  const roi_graph *g = v->graph;
  cJSON *inputs = roi_json_object(w, root, "inputs");
  for (size_t i = 0; i < v->report->n_inputs && i < g->n_inputs && inputs; i++) {
    const char *name = v->request->inputs[i].name;
    const roi_input_row *row =
        i < g->n_inputs && !strcmp(roi_graph_text(g, g->inputs[i].name), name) ? &g->inputs[i] : input_row(g, name);
    cJSON *o = roi_json_named(w, inputs, name);
    if (row) {
      roi_json_text(w, o, "unit", roi_graph_text(g, row->unit));
      roi_json_text(w, o, "doc", roi_graph_text(g, row->doc));
      roi_json_text(w, o, "source", roi_graph_text(g, row->source));
      roi_json_text(w, o, "file", roi_graph_text(g, row->file));
      roi_json_count(w, o, "line", row->line);
      if (g->nodes[row->node].shape == ROI_SERIES_SHAPE) roi_json_text(w, o, "of", "the mean over the periods");
    }
    roi_json_summary(w, o, &v->report->inputs[i]);
  }
}

static void add_lists(roi_json *w, cJSON *root, const roi_view *v) {
  static const char *const kinds[ROI_COMPONENT_KINDS] = {"benefit", "cost", "risk"};
  const roi_graph *g = v->graph;
  const roi_report *r = v->report;
  cJSON *list = roi_json_array(w, root, "probabilities");
  for (size_t i = 0; i < v->n_prob && list; i++) {
    cJSON *o = roi_json_object(w, list, NULL);
    roi_json_text(w, o, "expr", v->prob[i]);
    roi_json_share(w, o, &r->shares[i]);
  }
  list = roi_json_array(w, root, "components");
  for (size_t i = 0; i < r->n_means && i < g->n_components && list; i++) {
    cJSON *o = roi_json_object(w, list, NULL);
    roi_json_text(w, o, "name", roi_graph_text(g, g->components[i].name));
    roi_json_text(w, o, "kind", kinds[g->components[i].kind]);
    roi_json_number(w, o, "pv_mean", r->means[i].mean);
    roi_json_number(w, o, "pv_se", r->means[i].se);
  }
  if (v->has_ratio) {
    cJSON *o = roi_json_object(w, root, "npv_per_cost");
    roi_json_number(w, o, "ratio", r->ratios[0].ratio);
    roi_json_number(w, o, "se", r->ratios[0].se);
  }
  roi_json_warnings(w, root, g);
}

static void add_correlations(roi_json *w, cJSON *root, const roi_view *v) {
  cJSON *list = roi_json_array(w, root, "correlations");
  for (size_t i = 0; list && i < v->achieved->n; i++) {
    const roi_achieved_row *r = &v->achieved->row[i];
    cJSON *o = roi_json_object(w, list, NULL), *pair = roi_json_array(w, o, "inputs");
    roi_json_text(w, pair, NULL, roi_graph_text(v->graph, v->graph->nodes[r->pair->a].name));
    roi_json_text(w, pair, NULL, roi_graph_text(v->graph, v->graph->nodes[r->pair->b].name));
    roi_json_text(w, o, "kind", r->pair->kind == ROI_CORRELATION_PEARSON ? "pearson" : "spearman");
    roi_json_number(w, o, "asked", r->pair->asked);
    roi_json_number(w, o, "used", r->used);
    roi_json_number(w, o, "achieved", r->achieved);
    roi_json_count(w, o, "n", v->achieved->trials);
  }
}

/* The best thresholds of gates; one that is infinite (never go on) is null. */
static void add_thresholds(roi_json *w, cJSON *root, const roi_gate_thresholds *t, const roi_graph *g) {
  cJSON *list = roi_json_array(w, root, "gate_thresholds");
  for (size_t i = 0; list && i < t->n; i++) {
    const roi_gate_threshold *r = &t->row[i];
    cJSON *o = roi_json_object(w, list, NULL);
    roi_json_text(w, o, "gate", roi_graph_text(g, r->row->name));
    roi_json_text(w, o, "reading", r->reading);
    roi_json_text(w, o, "goes_on", r->below ? "below" : "above");
    const struct { const char *key; double x; } numbers[] = {
        {"threshold", r->threshold}, {"npv", r->worth}, {"npv_se", r->worth_se}, {"best", r->best}, {"low", r->low}, {"high", r->high},
        {"npv_best", r->best_worth}, {"npv_best_se", r->best_worth_se}};
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) roi_json_number(w, o, numbers[k].key, numbers[k].x);
    roi_json_count(w, o, "going_on", r->going_on);
    roi_json_count(w, o, "n", t->trials);
  }
}

/* What an output is where it has no number: a state's name, "never". */
static void add_stress(roi_json *w, cJSON *root, const roi_stress *s) {
  cJSON *o = roi_json_object(w, root, "stress");
  roi_json_text(w, o, "output", s->output.name);
  if (s->missing[0]) roi_json_text(w, o, "missing", s->missing);
  if (s->missing[0]) return;
  cJSON *list = roi_json_array(w, o, "inputs");
  for (size_t i = 0; i < s->n && list; i++) {
    cJSON *input = roi_json_object(w, list, NULL);
    roi_json_text(w, input, "name", s->draw[i]);
    roi_json_number(w, input, "direction", s->falls[i] ? -1 : 1);
  }
  list = roi_json_array(w, o, "cases");
  for (size_t i = 0; i < ROI_STRESS_CASES && list; i++) {
    const roi_stress_case *c = &s->row[i];
    cJSON *row = roi_json_object(w, list, NULL);
    roi_json_attach(w, row, "repaired", cJSON_CreateBool(c->repaired));
    const struct { const char *key; double x; } numbers[] = {
        {"asked", c->asked}, {"used_low", c->low}, {"used_high", c->high}, {"mean", c->mean}, {"mean_se", c->mean_se}, {"sd", c->sd},
        {"sd_se", c->sd_se}, {"p_negative", c->p_negative}, {"p_negative_se", c->p_negative_se}};
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) roi_json_number(w, row, numbers[k].key, numbers[k].x);
  }
  roi_json_count(w, o, "trials", s->trials);
}

static void add_state(roi_json *w, cJSON *o, const char *key, double x) {
  if (isnan(x)) roi_json_text(w, o, key, roi_state_names[roi_state_of(x)]);
  else if (x == ROI_NEVER) roi_json_text(w, o, key, "never");
}

static void add_drivers(roi_json *w, cJSON *root, const roi_view *v) {
  const roi_drivers *d = v->drivers;
  if (!d) return;
  cJSON *o = roi_json_object(w, root, "drivers");
  roi_json_text(w, o, "output", v->request->outputs[d->output].name);
  roi_json_number(w, o, "at_median", d->at_median);
  cJSON *list = roi_json_array(w, o, "inputs");
  for (size_t i = 0; i < d->n + d->n_undefined && list; i++) {
    cJSON *row = roi_json_object(w, list, NULL);
    roi_json_text(w, row, "name", d->row[i].name);
    roi_json_number(w, row, "p10", d->row[i].p10); /* of a bernoulli: no and yes */
    roi_json_number(w, row, "p90", d->row[i].p90);
    roi_json_number(w, row, "output_at_p10", d->row[i].at_p10);
    roi_json_number(w, row, "output_at_p90", d->row[i].at_p90);
    add_state(w, row, "state_at_p10", d->row[i].at_p10);
    add_state(w, row, "state_at_p90", d->row[i].at_p90);
    if (d->row[i].yes_no) roi_json_number(w, row, "chance", d->row[i].chance);
  }
}

static void add_estimate(roi_json *w, cJSON *o, const roi_view *v, size_t cell) {
  const roi_cell_row *c = &v->graph->cells[cell];
  size_t at = v->cells[cell].index;
  switch ((roi_cell_stat)c->stat) {
    case ROI_CELL_MEAN: {
      roi_mean_result m = roi_view_mean(v, cell);
      roi_json_number(w, o, "mean", m.mean);
      roi_json_number(w, o, "se", m.se);
      roi_json_count(w, o, "n", m.n);
      break;
    }
    case ROI_CELL_SHARE: roi_json_share(w, o, &v->report->shares[at]); break;
    case ROI_CELL_QUANTILE: {
      const roi_summary *s = &v->report->outputs[at];
      int q = 0;
      while (roi_quantile_levels[q] != c->level) q++;
      roi_json_number(w, o, "value", s->quantile[q]);
      roi_json_number(w, o, "se", s->quantile_se[q]);
      roi_json_count(w, o, "n", s->n + s->never);
      break;
    }
    case ROI_CELL_RATIO:
      roi_json_number(w, o, "ratio", v->report->ratios[at].ratio);
      roi_json_number(w, o, "se", v->report->ratios[at].se);
      roi_json_count(w, o, "n", v->report->ratios[at].n);
      break;
    default: roi_json_summary(w, o, &v->report->outputs[at]); break;
  }
}

static void add_cell(roi_json *w, cJSON *row, const roi_view *v, const char *key, size_t cell) {
  const roi_cell_row *c = &v->graph->cells[cell];
  if (c->stat == ROI_CELL_EMPTY) roi_json_attach(w, row, key, cJSON_CreateNull());
  else if (c->stat == ROI_CELL_TEXT) roi_json_text(w, row, key, roi_graph_text(v->graph, c->text));
  else if (c->stat == ROI_CELL_VALUE) roi_json_number(w, row, key, c->level);
  else add_estimate(w, roi_json_object(w, row, key), v, cell);
}

/* Each sheet under its own key: its rows, each by the keys of its columns. */
static void add_sheets(roi_json *w, cJSON *root, const roi_view *v) {
  const roi_graph *g = v->graph;
  for (size_t i = 0; i < g->n_sheets && v->cells && !w->failed; i++) {
    const roi_sheet_row *s = &g->sheets[i];
    cJSON *list = roi_json_array(w, root, roi_graph_text(g, s->key));
    for (size_t row = 0; row < s->n_rows && list; row++) {
      cJSON *o = roi_json_object(w, list, NULL);
      for (size_t k = 0; k < s->n_columns && o; k++)
        add_cell(w, o, v, roi_graph_text(g, g->columns[s->first_column + k].key), s->first_cell + row * s->n_columns + k);
    }
  }
}

/* What may differ between two runs of the same thing. */
static void add_timing(roi_json *w, cJSON *root, const roi_view *v) {
  const roi_timing *t = &v->report->timing;
  cJSON *o = roi_json_object(w, root, "timing");
  const struct { const char *key; double x; } seconds[] = {
      {"child", v->seconds_child}, {"script", v->seconds_script}, {"graph", v->seconds_graph}, {"plan", t->plan},
      {"tables", t->tables}, {"run", t->run}, {"statistics", t->statistics}, {"total", v->seconds_total}};
  for (size_t i = 0; i < sizeof seconds / sizeof *seconds; i++) roi_json_number(w, o, seconds[i].key, seconds[i].x);
  roi_json_count(w, o, "threads", (uint64_t)t->threads);
  roi_json_count(w, o, "passes", (uint64_t)t->passes);
  if (t->kept) {
    roi_json_count(w, o, "checkpoints", (uint64_t)t->kept);
    roi_json_number(w, o, "checkpoints_took", t->keeping);
  }
  roi_json_text(w, o, "isa", t->isa ? t->isa : "");
}

roi_status roi_report_json(roi_buffer *out, const roi_view *v, roi_error *err) {
  roi_json w;
  cJSON *root = roi_json_begin(&w, "roisim.run/1");
  roi_json_model(&w, root, v->graph);
  add_run(&w, root, v);
  add_outputs(&w, root, v);
  add_inputs(&w, root, v);
  add_lists(&w, root, v);
  if (v->achieved) add_correlations(&w, root, v);
  if (v->thresholds) add_thresholds(&w, root, v->thresholds, v->graph);
  if (v->stress) add_stress(&w, root, v->stress);
  add_drivers(&w, root, v);
  add_sheets(&w, root, v);
  roi_json_provenance(&w, root, v->graph, v->lua_version, v->sleef_version);
  add_timing(&w, root, v);
  return roi_json_end(&w, root, out, err);
}
