#include "report/json_writer.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sha256.h"
#include "base/text.h"
#include "report/width.h"

static void *allocate(size_t n) { return roi_alloc(n, 1); }

cJSON *roi_json_begin(roi_json *w, const char *schema) {
  *w = (roi_json){0};
  cJSON_Hooks hooks = {allocate, roi_free};
  cJSON_InitHooks(&hooks);
  cJSON *root = cJSON_CreateObject();
  roi_json_text(w, root, "schema", schema);
  return root;
}

roi_status roi_json_end(roi_json *w, cJSON *root, roi_buffer *out, roi_error *err) {
  char *text = w->failed ? NULL : cJSON_Print(root);
  cJSON_Delete(root);
  if (text) {
    roi_buffer_text(out, text);
    roi_buffer_text(out, "\n");
    cJSON_free(text);
  }
  cJSON_InitHooks(NULL);
  return !text || out->failed ? roi_fail_memory(err, "writing JSON") : ROI_OK;
}

void roi_json_attach(roi_json *w, cJSON *object, const char *key, cJSON *item) {
  int ok = item && object && (key ? cJSON_AddItemToObject(object, key, item) : cJSON_AddItemToArray(object, item));
  if (ok) return;
  cJSON_Delete(item);
  w->failed = 1;
}

cJSON *roi_json_object(roi_json *w, cJSON *parent, const char *key) {
  cJSON *o = cJSON_CreateObject();
  roi_json_attach(w, parent, key, o);
  return w->failed ? NULL : o;
}

cJSON *roi_json_array(roi_json *w, cJSON *parent, const char *key) {
  cJSON *a = cJSON_CreateArray();
  roi_json_attach(w, parent, key, a);
  return w->failed ? NULL : a;
}

void roi_json_number(roi_json *w, cJSON *parent, const char *key, double x) {
  char text[40];
  roi_json_attach(w, parent, key, isfinite(x) ? cJSON_CreateRaw(roi_format_shortest(text, x)) : cJSON_CreateNull());
}

void roi_json_count(roi_json *w, cJSON *parent, const char *key, uint64_t x) {
  char text[40];
  snprintf(text, sizeof text, "%llu", (unsigned long long)x);
  roi_json_attach(w, parent, key, cJSON_CreateRaw(text));
}

#define REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */

/* Text that is valid UTF-8, in room for `size` bytes, at least three times the length and its end; NULL when memory is out. */
static char *valid_utf8(const char *s, size_t size) {
  char *copy = roi_alloc(size, 1), *to = copy;
  while (copy && *s) {
    uint32_t code;
    size_t n = roi_utf8_next(s, &code);
    int valid = code != 0xfffd || n == 3;
    memcpy(to, valid ? s : REPLACEMENT, valid ? n : 3);
    to += valid ? n : 3;
    s += n;
  }
  if (copy) *to = '\0';
  return copy;
}

void roi_json_text(roi_json *w, cJSON *parent, const char *key, const char *text) {
  char *valid = valid_utf8(text, 3 * strlen(text) + 1);
  roi_json_attach(w, parent, key, valid ? cJSON_CreateString(valid) : NULL);
  roi_free(valid);
}

/* Names that differ in bytes that are no UTF-8 read alike; the second and further ones are told apart as draws of a line are. */
static void tell_apart(char *name, size_t size, const cJSON *parent) {
  size_t n = strlen(name);
  if (!strstr(name, REPLACEMENT)) return;
  for (int k = 2; cJSON_GetObjectItemCaseSensitive(parent, name); k++) snprintf(name + n, size - n, " #%d", k);
}

cJSON *roi_json_named(roi_json *w, cJSON *parent, const char *name) {
  size_t size = 3 * strlen(name) + 16;
  char *valid = valid_utf8(name, size);
  if (!valid) { w->failed = 1; return NULL; }
  tell_apart(valid, size, parent);
  cJSON *o = roi_json_object(w, parent, valid);
  roi_free(valid);
  return o;
}

void roi_json_model(roi_json *w, cJSON *root, const roi_graph *g) {
  cJSON *o = roi_json_object(w, root, "model");
  double rate = 0;
  int known = g->discount_rate == ROI_NONE || roi_graph_constant(g, g->discount_rate, &rate);
  roi_json_text(w, o, "name", roi_graph_text(g, g->name));
  if (g->currency) roi_json_text(w, o, "currency", roi_graph_text(g, g->currency));
  else roi_json_attach(w, o, "currency", cJSON_CreateNull());
  roi_json_count(w, o, "horizon", g->horizon);
  roi_json_text(w, o, "period", roi_period_names[g->period]);
  roi_json_number(w, o, "discount_rate", known ? rate : (double)NAN); /* null: it is uncertain */
}

void roi_json_warnings(roi_json *w, cJSON *root, const roi_graph *g) {
  cJSON *list = roi_json_array(w, root, "warnings");
  for (size_t i = 0; i < g->n_warnings && list; i++) {
    cJSON *o = roi_json_object(w, list, NULL);
    roi_json_text(w, o, "file", roi_graph_text(g, g->warnings[i].file));
    roi_json_count(w, o, "line", g->warnings[i].line);
    roi_json_text(w, o, "rule", roi_graph_text(g, g->warnings[i].rule));
    roi_json_text(w, o, "text", roi_graph_text(g, g->warnings[i].text));
  }
}

static void add_hash(roi_json *w, cJSON *o, const char *key, const uint8_t *sha256) {
  char hex[65];
  roi_digest_hex(sha256, hex);
  roi_json_text(w, o, key, hex);
}

void roi_json_provenance(roi_json *w, cJSON *root, const roi_graph *g, const char *lua_version, const char *sleef_version) {
  cJSON *o = roi_json_object(w, root, "provenance");
  roi_json_text(w, o, "version", ROISIM_VERSION);
  if (g->n_files) {
    roi_json_text(w, o, "model", roi_graph_text(g, g->files[0].name));
    add_hash(w, o, "model_sha256", g->files[0].sha256);
  }
  if (g->scenario) roi_json_text(w, o, "scenario", roi_graph_text(g, g->scenario));
  else roi_json_attach(w, o, "scenario", cJSON_CreateNull());
  cJSON *list = roi_json_array(w, o, "set");
  for (size_t i = 0; i < g->n_settings && list; i++) {
    roi_buffer text = {0};
    roi_buffer_print(&text, "%s=%s", roi_graph_text(g, g->settings[i].name), roi_graph_text(g, g->settings[i].text));
    if (text.failed) w->failed = 1;
    else roi_json_text(w, list, NULL, text.text);
    roi_buffer_free(&text);
  }
  cJSON *data = roi_json_array(w, o, "data");
  cJSON *versions = roi_json_object(w, o, "versions");
  roi_json_text(w, versions, "lua", lua_version);
  roi_json_text(w, versions, "sleef", sleef_version);
  cJSON *libraries = roi_json_array(w, o, "libraries");
  for (size_t i = 1; i < g->n_files && data && libraries; i++) {
    const roi_file_row *f = &g->files[i];
    cJSON *row = roi_json_object(w, f->kind == 2 ? data : libraries, NULL);
    roi_json_text(w, row, "name", roi_graph_text(g, f->library ? f->library : f->name));
    if (f->kind != 2) {
      roi_json_text(w, row, "file", roi_graph_text(g, f->name));
      roi_json_text(w, row, "version", roi_graph_text(g, f->version));
      roi_json_text(w, row, "license", roi_graph_text(g, f->license));
    }
    add_hash(w, row, "sha256", f->sha256);
  }
}

static void add_quantiles(roi_json *w, cJSON *o, const char *key, const double *x) {
  cJSON *q = roi_json_object(w, o, key);
  for (int i = 0; i < ROI_QUANTILES && q; i++) {
    char level[40];
    roi_json_number(w, q, roi_format_shortest(level, roi_quantile_levels[i]), x[i]);
  }
}

void roi_json_summary(roi_json *w, cJSON *o, const roi_summary *s) {
  int none = s->n == 0;
  roi_json_count(w, o, "trials", s->trials);
  roi_json_count(w, o, "n", s->n);
  roi_json_count(w, o, "never", s->never);
  roi_json_count(w, o, "undefined", s->undefined);
  roi_json_count(w, o, "no_cost", s->no_cost);
  roi_json_count(w, o, "no_irr", s->no_irr);
  roi_json_count(w, o, "several_irr", s->many_irr);
  roi_json_count(w, o, "self_funded", s->self_funded);
  const struct { const char *key; double x; } numbers[] = {
      {"mean", s->mean}, {"mean_se", s->mean_se}, {"sd", s->sd}, {"sd_se", s->sd_se},
      {"min", none ? (double)NAN : s->min}, {"max", none ? (double)NAN : s->max},
      {"cvar5", s->cvar5}, {"cvar5_se", s->cvar5_se},
      {"p_negative", s->p_negative}, {"p_negative_se", s->p_negative_se},
      {"p_never", s->p_never}, {"p_never_se", s->p_never_se},
      {"loss_given_loss", s->loss_given_loss}, {"loss_given_loss_se", s->loss_given_loss_se}};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) roi_json_number(w, o, numbers[i].key, numbers[i].x);
  add_quantiles(w, o, "quantiles", s->quantile);
  add_quantiles(w, o, "quantiles_se", s->quantile_se);
  cJSON *h = roi_json_object(w, o, "histogram"), *edges = roi_json_array(w, h, "edges"), *counts = roi_json_array(w, h, "counts");
  for (int i = 0; i < s->bins && edges && counts; i++) { /* the outermost bins reach as far as the values that they count */
    if (i == 0) roi_json_number(w, edges, NULL, s->min < s->edges[0] ? s->min : s->edges[0]);
    roi_json_number(w, edges, NULL, i + 1 == s->bins && s->max > s->edges[i + 1] ? s->max : s->edges[i + 1]);
    roi_json_count(w, counts, NULL, s->counts[i]);
  }
}

void roi_json_share(roi_json *w, cJSON *o, const roi_share_result *r) {
  roi_json_number(w, o, "p", r->p);
  roi_json_number(w, o, "se", r->se);
  roi_json_number(w, o, "low", r->low);
  roi_json_number(w, o, "high", r->high);
}
