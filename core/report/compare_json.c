/* Schema roisim.compare/1. */
#include <math.h>

#include "report/compare_report.h"
#include "report/json_writer.h"

static void add_run(roi_json *w, cJSON *root, const roi_comparison *c) {
  cJSON *run = roi_json_object(w, root, "run");
  roi_json_count(w, run, "trials", c->report->trials);
  roi_json_count(w, run, "requested", c->request->options.trials);
  roi_json_count(w, run, "seed", c->request->options.seed);
  roi_json_text(w, run, "sampling", roi_sampling_names[c->request->options.sampling]);
  roi_json_attach(w, run, "complete", cJSON_CreateBool(c->report->complete && !c->stopped));
  if (c->stopped) roi_json_text(w, run, "stopped", c->stopped);
  if (c->report->replicates) roi_json_count(w, run, "replicates", c->report->replicates);
}

static void add_best(roi_json *w, cJSON *root, const roi_comparison *c) {
  roi_winner best;
  if (!roi_comparison_winner(c, &best)) {
    roi_json_attach(w, root, "best", cJSON_CreateNull());
    return;
  }
  cJSON *o = roi_json_object(w, root, "best");
  roi_json_text(w, o, "scenario", c->version[best.best].name);
  roi_json_text(w, o, "next", c->version[best.next].name);
  roi_json_number(w, o, "lead", best.lead);
  roi_json_number(w, o, "lead_se", best.lead_se);
  roi_json_share(w, roi_json_object(w, o, "beats_next"), best.beats);
}

/* A summary under its key, or null. */
static void add_summary(roi_json *w, cJSON *o, const roi_comparison *c, const char *key, size_t index) {
  if (index == ROI_NO_INDEX) roi_json_attach(w, o, key, cJSON_CreateNull());
  else roi_json_summary(w, roi_json_object(w, o, key), &c->report->outputs[index]);
}

static void add_version(roi_json *w, cJSON *list, const roi_comparison *c, const roi_version *v) {
  cJSON *o = roi_json_object(w, list, NULL);
  roi_json_text(w, o, "name", v->name);
  add_summary(w, o, c, "output", v->output);
  add_summary(w, o, c, "payback", v->payback);
  if (v->ratio != ROI_NO_INDEX) {
    cJSON *ratio = roi_json_object(w, o, "npv_per_cost");
    roi_json_number(w, ratio, "ratio", c->report->ratios[v->ratio].ratio);
    roi_json_number(w, ratio, "se", c->report->ratios[v->ratio].se);
  }
  add_summary(w, o, c, "difference", v->difference);
  cJSON *shares = roi_json_array(w, o, "probabilities");
  for (size_t k = 0; k < c->n_prob && v->prob != ROI_NO_INDEX && shares; k++) {
    cJSON *row = roi_json_object(w, shares, NULL);
    roi_json_text(w, row, "expr", c->prob[k]);
    roi_json_share(w, row, &c->report->shares[v->prob + k]);
  }
}

/* Rows and columns in the order of the scenarios; null on the diagonal. */
static void add_pairs(roi_json *w, cJSON *root, const roi_comparison *c) {
  cJSON *beats = roi_json_array(w, root, "beats"), *leads = roi_json_array(w, root, "mean_differences");
  for (size_t i = 0; i < c->n && beats && leads; i++) {
    cJSON *row = cJSON_CreateArray(), *means = cJSON_CreateArray();
    roi_json_attach(w, beats, NULL, row);
    roi_json_attach(w, leads, NULL, means);
    for (size_t k = 0; k < c->n; k++) {
      if (i == k) {
        roi_json_attach(w, row, NULL, cJSON_CreateNull());
        roi_json_attach(w, means, NULL, cJSON_CreateNull());
        continue;
      }
      double lead, se;
      roi_comparison_lead(c, i, k, &lead, &se);
      roi_json_share(w, roi_json_object(w, row, NULL), &c->report->shares[c->beats[i * c->n + k]]);
      cJSON *o = roi_json_object(w, means, NULL);
      roi_json_number(w, o, "mean", lead);
      roi_json_number(w, o, "se", se);
    }
  }
}

roi_status roi_report_compare_json(roi_buffer *out, const roi_comparison *c, roi_error *err) {
  static const char *const kinds[] = {"number", "money", "share", "periods", "condition"};
  roi_json w;
  cJSON *root = roi_json_begin(&w, "roisim.compare/1");
  roi_json_model(&w, root, c->graph);
  add_run(&w, root, c);
  roi_json_text(&w, root, "output", c->output);
  roi_json_text(&w, root, "kind", kinds[c->kind]);
  roi_json_text(&w, root, "better", c->lower_is_better ? "lower" : "higher");
  roi_json_text(&w, root, "baseline", c->version[c->baseline].name);
  add_best(&w, root, c);
  cJSON *list = roi_json_array(&w, root, "scenarios");
  for (size_t i = 0; i < c->n && list; i++) add_version(&w, list, c, &c->version[i]);
  add_pairs(&w, root, c);
  roi_json_warnings(&w, root, c->graph);
  roi_json_provenance(&w, root, c->graph, c->lua_version, c->sleef_version);
  const roi_timing *t = &c->report->timing;
  cJSON *timing = roi_json_object(&w, root, "timing");
  roi_json_number(&w, timing, "run", t->run);
  roi_json_number(&w, timing, "total", c->seconds_total);
  roi_json_count(&w, timing, "threads", (uint64_t)t->threads);
  roi_json_text(&w, timing, "isa", t->isa ? t->isa : "");
  return roi_json_end(&w, root, out, err);
}
