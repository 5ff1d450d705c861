/* Schema roisim.portfolio/1. */
#include <math.h>

#include "report/json_writer.h"
#include "report/portfolio_report.h"

static void add_run(roi_json *w, cJSON *root, const roi_portfolio_view *v) {
  const roi_portfolio *p = v->found;
  cJSON *run = roi_json_object(w, root, "run");
  roi_json_count(w, run, "trials", v->request->options.trials);
  roi_json_count(w, run, "seed", v->request->options.seed);
  roi_json_text(w, run, "sampling", roi_sampling_names[ROI_SAMPLING_MC]);
  roi_json_text(w, run, "method", p->exact ? "exact" : "heuristic");
  roi_json_count(w, run, "sets", p->sets.n);
  roi_json_count(w, run, "feasible_sets", p->n_feasible);
  roi_json_count(w, run, "evaluations", p->evaluations);
  roi_json_count(w, run, "largest_group", p->largest);
  if (v->budget) roi_json_text(w, run, "budget", v->budget);
  else roi_json_attach(w, run, "budget", cJSON_CreateNull());
  roi_json_number(w, run, "confidence", p->confidence);
}

static void add_names(roi_json *w, cJSON *o, const roi_portfolio_view *v, uint64_t set) {
  cJSON *list = roi_json_array(w, o, "use_cases");
  for (size_t i = 0; i < v->found->cases && list; i++)
    if (set >> i & 1) roi_json_text(w, list, NULL, roi_graph_text(v->graph, v->graph->candidates[i].name));
}

/* What is known of a set of the list, as members of an object. */
static void add_set(roi_json *w, cJSON *o, const roi_portfolio_view *v, size_t index) {
  const roi_set_figures *f = &v->found->sets.item[index];
  add_names(w, o, v, f->set);
  const struct { const char *key; double x; } numbers[] = {
      {"npv_mean", f->mean}, {"npv_mean_se", f->mean_se}, {"npv_sd", f->sd}, {"cvar5", f->cvar5}, {"cvar5_se", f->cvar5_se}};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) roi_json_number(w, o, numbers[i].key, numbers[i].x);
  roi_json_share(w, roi_json_object(w, o, "p_loss"), &f->loss);
  if (!v->budget) return;
  roi_json_number(w, o, "spent_mean", f->spent);
  roi_json_number(w, o, "spent_mean_se", f->spent_se);
  roi_json_share(w, roi_json_object(w, o, "p_within_budget"), &f->within);
}

static void add_difference(roi_json *w, cJSON *o, const roi_set_difference *d) {
  roi_json_number(w, o, "mean", d->mean);
  roi_json_number(w, o, "se", d->se);
  roi_json_share(w, roi_json_object(w, o, "p_better"), &d->above);
}

static void add_best(roi_json *w, cJSON *root, const roi_portfolio_view *v) {
  const roi_portfolio *p = v->found;
  cJSON *best = roi_json_object(w, root, "best");
  add_set(w, best, v, p->best);
  roi_json_number(w, best, "npv_mean_crosswise", p->honest);
  roi_json_number(w, best, "optimism", p->sets.item[p->best].mean - p->honest);
  roi_json_count(w, best, "chosen_by_tenths", (uint64_t)p->same_choice);
  roi_json_count(w, best, "rivals", p->rivals);
  if (p->next == ROI_NO_SET) {
    roi_json_attach(w, root, "next", cJSON_CreateNull());
    return;
  }
  cJSON *next = roi_json_object(w, root, "next");
  add_set(w, next, v, p->next);
  add_difference(w, roi_json_object(w, next, "best_minus_this"), &p->lead);
}

static void add_cases(roi_json *w, cJSON *root, const roi_portfolio_view *v) {
  const roi_portfolio *p = v->found;
  cJSON *list = roi_json_array(w, root, "use_cases");
  for (size_t i = 0; i < p->cases && list; i++) {
    const roi_portfolio_member *m = &p->member[i];
    cJSON *o = roi_json_object(w, list, NULL);
    roi_json_text(w, o, "name", roi_graph_text(v->graph, v->graph->candidates[i].name));
    roi_json_attach(w, o, "taken", cJSON_CreateBool(m->taken));
    add_difference(w, roi_json_object(w, o, "adds"), &m->adds);
    if (v->budget)
      roi_json_share(w, roi_json_object(w, o, m->taken ? "p_within_budget_without" : "p_within_budget_with"),
                     &p->sets.item[m->other].within);
  }
}

/* A search may have tried hundreds of thousands, in an order that says nothing. */
static void add_all_sets(roi_json *w, cJSON *root, const roi_portfolio_view *v) {
  cJSON *sets = v->found->exact ? roi_json_array(w, root, "sets") : NULL;
  if (!v->found->exact) roi_json_attach(w, root, "sets", cJSON_CreateNull());
  for (size_t i = 0; i < v->found->sets.n && sets; i++) add_set(w, roi_json_object(w, sets, NULL), v, i);
}

roi_status roi_report_portfolio_json(roi_buffer *out, const roi_portfolio_view *v, roi_error *err) {
  roi_json w;
  cJSON *root = roi_json_begin(&w, "roisim.portfolio/1");
  roi_json_model(&w, root, v->graph);
  add_run(&w, root, v);
  add_best(&w, root, v);
  add_cases(&w, root, v);
  cJSON *frontier = roi_json_array(&w, root, "frontier");
  for (size_t i = 0; i < v->found->n_frontier && frontier; i++)
    add_set(&w, roi_json_object(&w, frontier, NULL), v, v->found->frontier[i]);
  add_all_sets(&w, root, v);
  roi_json_warnings(&w, root, v->graph);
  roi_json_provenance(&w, root, v->graph, v->lua_version, v->sleef_version);
  cJSON *timing = roi_json_object(&w, root, "timing");
  roi_json_number(&w, timing, "choice", v->seconds_choice);
  roi_json_number(&w, timing, "total", v->seconds_total);
  roi_json_count(&w, timing, "threads", (uint64_t)v->request->options.threads);
  roi_json_text(&w, timing, "isa", v->isa ? v->isa : "");
  return roi_json_end(&w, root, out, err);
}
