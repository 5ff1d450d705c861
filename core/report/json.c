/* Schema roisim.run/1. cJSON keeps the structure and escapes strings; numbers are written here, because cJSON
 * 1.7.15 takes a decimal text for good that differs in the last bit. */
#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "report/report.h"
#include "report/width.h"

/* Every function of this file may be handed NULL where memory ran out before; `failed` remembers it. */
typedef struct writer { int failed; } writer;

static void *allocate(size_t n) { return roi_alloc(n, 1); }

static void attach(writer *w, cJSON *object, const char *key, cJSON *item) {
  int ok = item && object && (key ? cJSON_AddItemToObject(object, key, item) : cJSON_AddItemToArray(object, item));
  if (ok) return;
  cJSON_Delete(item);
  w->failed = 1;
}

static cJSON *add_object(writer *w, cJSON *parent, const char *key) {
  cJSON *o = cJSON_CreateObject();
  attach(w, parent, key, o);
  return w->failed ? NULL : o;
}

static cJSON *add_array(writer *w, cJSON *parent, const char *key) {
  cJSON *a = cJSON_CreateArray();
  attach(w, parent, key, a);
  return w->failed ? NULL : a;
}

/* NaN and infinities have no number in JSON: null. */
static void add_number(writer *w, cJSON *parent, const char *key, double x) {
  char text[40];
  attach(w, parent, key, isfinite(x) ? cJSON_CreateRaw(roi_format_shortest(text, x)) : cJSON_CreateNull());
}

static void add_count(writer *w, cJSON *parent, const char *key, uint64_t x) {
  char text[40];
  snprintf(text, sizeof text, "%llu", (unsigned long long)x);
  attach(w, parent, key, cJSON_CreateRaw(text));
}

/* Text that is valid UTF-8: other bytes become U+FFFD. NULL when memory is out. */
static char *valid_utf8(const char *s) {
  char *copy = roi_alloc(3 * strlen(s) + 1, 1), *to = copy;
  while (copy && *s) {
    uint32_t code;
    size_t n = roi_utf8_next(s, &code);
    int valid = code != 0xfffd || n == 3;
    memcpy(to, valid ? s : "\xef\xbf\xbd", valid ? n : 3);
    to += valid ? n : 3;
    s += n;
  }
  if (copy) *to = '\0';
  return copy;
}

static void add_text(writer *w, cJSON *parent, const char *key, const char *text) {
  char *valid = valid_utf8(text);
  attach(w, parent, key, valid ? cJSON_CreateString(valid) : NULL);
  roi_free(valid);
}

/* An object under a name of the model's. */
static cJSON *add_named(writer *w, cJSON *parent, const char *name) {
  char *valid = valid_utf8(name);
  if (!valid) { w->failed = 1; return NULL; }
  cJSON *o = add_object(w, parent, valid);
  roi_free(valid);
  return o;
}

static void add_quantiles(writer *w, cJSON *o, const char *key, const double *x) {
  cJSON *q = add_object(w, o, key);
  for (int i = 0; i < ROI_QUANTILES && q; i++) {
    char level[40];
    add_number(w, q, roi_format_shortest(level, roi_quantile_levels[i]), x[i]);
  }
}

static void add_summary(writer *w, cJSON *o, const roi_summary *s) {
  int none = s->n == 0;
  add_count(w, o, "trials", s->trials);
  add_count(w, o, "n", s->n);
  add_count(w, o, "never", s->never);
  add_count(w, o, "undefined", s->undefined);
  add_count(w, o, "no_cost", s->no_cost);
  add_count(w, o, "no_irr", s->no_irr);
  add_count(w, o, "several_irr", s->many_irr);
  add_count(w, o, "self_funded", s->self_funded);
  const struct { const char *key; double x; } numbers[] = {
      {"mean", s->mean}, {"mean_se", s->mean_se}, {"sd", s->sd}, {"sd_se", s->sd_se},
      {"min", none ? (double)NAN : s->min}, {"max", none ? (double)NAN : s->max},
      {"cvar5", s->cvar5}, {"cvar5_se", s->cvar5_se},
      {"p_negative", s->p_negative}, {"p_negative_se", s->p_negative_se},
      {"loss_given_loss", s->loss_given_loss}, {"loss_given_loss_se", s->loss_given_loss_se}};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) add_number(w, o, numbers[i].key, numbers[i].x);
  add_quantiles(w, o, "quantiles", s->quantile);
  add_quantiles(w, o, "quantiles_se", s->quantile_se);
  cJSON *h = add_object(w, o, "histogram"), *edges = add_array(w, h, "edges"), *counts = add_array(w, h, "counts");
  for (int i = 0; i < s->bins && edges && counts; i++) { /* the outermost bins reach as far as the values that they count */
    if (i == 0) add_number(w, edges, NULL, s->min < s->edges[0] ? s->min : s->edges[0]);
    add_number(w, edges, NULL, i + 1 == s->bins && s->max > s->edges[i + 1] ? s->max : s->edges[i + 1]);
    add_count(w, counts, NULL, s->counts[i]);
  }
}

static void add_share(writer *w, cJSON *o, const roi_share_result *r) {
  add_number(w, o, "p", r->p);
  add_number(w, o, "se", r->se);
  add_number(w, o, "low", r->low);
  add_number(w, o, "high", r->high);
}

static void add_model(writer *w, cJSON *root, const roi_view *v) {
  const roi_graph *g = v->graph;
  cJSON *o = add_object(w, root, "model");
  double rate = 0;
  int known = g->discount_rate == ROI_NONE || roi_graph_constant(g, g->discount_rate, &rate);
  add_text(w, o, "name", roi_graph_text(g, g->name));
  if (g->currency) add_text(w, o, "currency", roi_graph_text(g, g->currency));
  else attach(w, o, "currency", cJSON_CreateNull());
  add_count(w, o, "horizon", g->horizon);
  add_text(w, o, "period", roi_period_names[g->period]);
  add_number(w, o, "discount_rate", known ? rate : (double)NAN); /* null: it is uncertain */
  cJSON *run = add_object(w, root, "run");
  add_count(w, run, "trials", v->report->trials);
  add_count(w, run, "requested", v->request->options.trials);
  add_count(w, run, "seed", v->request->options.seed);
  add_text(w, run, "sampling", "mc");
  attach(w, run, "complete", cJSON_CreateBool(v->report->complete && !v->stopped));
  if (v->stopped) add_text(w, run, "stopped", v->stopped);
}

static void add_outputs(writer *w, cJSON *root, const roi_view *v) {
  static const char *const kinds[] = {"number", "money", "share", "periods", "condition"};
  const roi_report *r = v->report;
  cJSON *outputs = add_object(w, root, "outputs");
  for (size_t i = 0; i < r->n_outputs && outputs; i++) {
    const roi_target *t = &v->request->outputs[i];
    cJSON *o = add_named(w, outputs, t->name);
    add_text(w, o, "kind", kinds[roi_output_kind(v->graph, t->name, t->node)]);
    add_summary(w, o, &r->outputs[i]);
    if (v->output_share[i] != ROI_NO_INDEX)
      add_share(w, add_object(w, o, "probability"), &r->shares[v->output_share[i]]);
  }
}

/* The input row behind a target of the request: names are unique. */
static const roi_input_row *input_row(const roi_graph *g, const char *name) {
  for (size_t i = 0; i < g->n_inputs; i++)
    if (!strcmp(roi_graph_text(g, g->inputs[i].name), name)) return &g->inputs[i];
  return NULL;
}

static void add_inputs(writer *w, cJSON *root, const roi_view *v) {
  const roi_graph *g = v->graph;
  cJSON *inputs = add_object(w, root, "inputs");
  for (size_t i = 0; i < v->report->n_inputs && i < g->n_inputs && inputs; i++) {
    const char *name = v->request->inputs[i].name;
    const roi_input_row *row =
        i < g->n_inputs && !strcmp(roi_graph_text(g, g->inputs[i].name), name) ? &g->inputs[i] : input_row(g, name);
    cJSON *o = add_named(w, inputs, name);
    if (row) {
      add_text(w, o, "unit", roi_graph_text(g, row->unit));
      add_text(w, o, "doc", roi_graph_text(g, row->doc));
      add_text(w, o, "source", roi_graph_text(g, row->source));
      add_text(w, o, "file", roi_graph_text(g, row->file));
      add_count(w, o, "line", row->line);
      if (g->nodes[row->node].shape == ROI_SERIES_SHAPE) add_text(w, o, "of", "the mean over the periods");
    }
    add_summary(w, o, &v->report->inputs[i]);
  }
}

static void add_lists(writer *w, cJSON *root, const roi_view *v) {
  static const char *const kinds[ROI_COMPONENT_KINDS] = {"benefit", "cost", "risk"};
  const roi_graph *g = v->graph;
  const roi_report *r = v->report;
  cJSON *list = add_array(w, root, "probabilities");
  for (size_t i = 0; i < v->n_prob && list; i++) {
    cJSON *o = add_object(w, list, NULL);
    add_text(w, o, "expr", v->prob[i]);
    add_share(w, o, &r->shares[i]);
  }
  list = add_array(w, root, "components");
  for (size_t i = 0; i < r->n_means && i < g->n_components && list; i++) {
    cJSON *o = add_object(w, list, NULL);
    add_text(w, o, "name", roi_graph_text(g, g->components[i].name));
    add_text(w, o, "kind", kinds[g->components[i].kind]);
    add_number(w, o, "pv_mean", r->means[i].mean);
    add_number(w, o, "pv_se", r->means[i].se);
  }
  if (v->has_ratio) {
    cJSON *o = add_object(w, root, "npv_per_cost");
    add_number(w, o, "ratio", r->ratios[0].ratio);
    add_number(w, o, "se", r->ratios[0].se);
  }
  list = add_array(w, root, "warnings");
  for (size_t i = 0; i < g->n_warnings && list; i++) {
    cJSON *o = add_object(w, list, NULL);
    add_text(w, o, "file", roi_graph_text(g, g->warnings[i].file));
    add_count(w, o, "line", g->warnings[i].line);
    add_text(w, o, "text", roi_graph_text(g, g->warnings[i].text));
  }
}

/* What an output is where it has no number: a state's name, "never". */
static void add_state(writer *w, cJSON *o, const char *key, double x) {
  if (isnan(x)) add_text(w, o, key, roi_state_names[roi_state_of(x)]);
  else if (x == ROI_NEVER) add_text(w, o, key, "never");
}

static void add_drivers(writer *w, cJSON *root, const roi_view *v) {
  const roi_drivers *d = v->drivers;
  if (!d) return;
  cJSON *o = add_object(w, root, "drivers");
  add_text(w, o, "output", v->request->outputs[d->output].name);
  add_number(w, o, "at_median", d->at_median);
  cJSON *list = add_array(w, o, "inputs");
  for (size_t i = 0; i < d->n + d->n_undefined && list; i++) {
    cJSON *row = add_object(w, list, NULL);
    add_text(w, row, "name", d->row[i].name);
    add_number(w, row, "p10", d->row[i].p10); /* of a bernoulli: no and yes */
    add_number(w, row, "p90", d->row[i].p90);
    add_number(w, row, "output_at_p10", d->row[i].at_p10);
    add_number(w, row, "output_at_p90", d->row[i].at_p90);
    add_state(w, row, "state_at_p10", d->row[i].at_p10);
    add_state(w, row, "state_at_p90", d->row[i].at_p90);
    if (d->row[i].yes_no) add_number(w, row, "chance", d->row[i].chance);
  }
}

static void add_hash(writer *w, cJSON *o, const char *key, const uint8_t *sha256) {
  char hex[65];
  for (int i = 0; i < 32; i++) snprintf(hex + 2 * i, 3, "%02x", sha256[i]);
  add_text(w, o, key, hex);
}

static void add_provenance(writer *w, cJSON *root, const roi_view *v) {
  const roi_graph *g = v->graph;
  cJSON *o = add_object(w, root, "provenance");
  add_text(w, o, "version", ROISIM_VERSION);
  if (g->n_files) {
    add_text(w, o, "model", roi_graph_text(g, g->files[0].name));
    add_hash(w, o, "model_sha256", g->files[0].sha256);
  }
  cJSON *list = add_array(w, o, "set");
  for (size_t i = 0; i < g->n_settings && list; i++) {
    roi_buffer text = {0};
    roi_buffer_print(&text, "%s=%s", roi_graph_text(g, g->settings[i].name), roi_graph_text(g, g->settings[i].text));
    if (text.failed) w->failed = 1;
    else add_text(w, list, NULL, text.text);
    roi_buffer_free(&text);
  }
  cJSON *data = add_array(w, o, "data");
  cJSON *versions = add_object(w, o, "versions");
  add_text(w, versions, "lua", v->lua_version);
  add_text(w, versions, "sleef", v->sleef_version);
  cJSON *libraries = add_array(w, o, "libraries");
  for (size_t i = 1; i < g->n_files && data && libraries; i++) {
    const roi_file_row *f = &g->files[i];
    cJSON *row = add_object(w, f->kind == 2 ? data : libraries, NULL);
    add_text(w, row, "name", roi_graph_text(g, f->name));
    if (f->kind != 2) add_text(w, row, "version", roi_graph_text(g, f->version));
    add_hash(w, row, "sha256", f->sha256);
  }
}

/* What may differ between two runs of the same thing. */
static void add_timing(writer *w, cJSON *root, const roi_view *v) {
  const roi_timing *t = &v->report->timing;
  cJSON *o = add_object(w, root, "timing");
  const struct { const char *key; double x; } seconds[] = {
      {"child", v->seconds_child}, {"script", v->seconds_script}, {"graph", v->seconds_graph}, {"plan", t->plan},
      {"tables", t->tables}, {"run", t->run}, {"statistics", t->statistics}, {"total", v->seconds_total}};
  for (size_t i = 0; i < sizeof seconds / sizeof *seconds; i++) add_number(w, o, seconds[i].key, seconds[i].x);
  add_count(w, o, "threads", (uint64_t)t->threads);
  add_count(w, o, "passes", (uint64_t)t->passes);
  add_text(w, o, "isa", t->isa ? t->isa : "");
}

roi_status roi_report_json(roi_buffer *out, const roi_view *v, roi_error *err) {
  writer w = {0};
  cJSON_Hooks hooks = {allocate, roi_free};
  cJSON_InitHooks(&hooks);
  cJSON *root = cJSON_CreateObject();
  add_text(&w, root, "schema", "roisim.run/1");
  add_model(&w, root, v);
  add_outputs(&w, root, v);
  add_inputs(&w, root, v);
  add_lists(&w, root, v);
  add_drivers(&w, root, v);
  add_provenance(&w, root, v);
  add_timing(&w, root, v);
  char *text = w.failed ? NULL : cJSON_Print(root);
  cJSON_Delete(root);
  if (text) {
    roi_buffer_text(out, text);
    roi_buffer_text(out, "\n");
    cJSON_free(text);
  }
  cJSON_InitHooks(NULL);
  return !text || out->failed ? roi_fail_memory(err, "writing JSON") : ROI_OK;
}
