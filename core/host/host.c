#include "host/host.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/sha256.h"
#include "graph/wire.h"
#include "host/child.h"
#include "host/trial.h"

void roi_host_free(roi_host *h) {
  if (!h) return;
  roi_host_end_workers(h);
  for (size_t i = 0; i < h->n_files; i++) roi_script_file_release(&h->files[i]);
  roi_free(h->files);
  for (size_t i = 0; i < h->n_externs; i++) roi_free(h->externs[i].name);
  roi_free(h->externs);
  roi_free(h->settings);
  roi_free(h->setting_text);
  roi_free(h->scenario);
  roi_search_end(&h->search);
  pthread_mutex_destroy(&h->lock);
  roi_free(h);
}

roi_host_timing roi_host_times(const roi_host *h) { return h->timing; }

/* Splits each NAME=EXPR; the texts are copied. */
static roi_status take_settings(roi_host *h, const roi_host_options *o, roi_error *err) {
  size_t bytes = 1;
  for (size_t i = 0; i < o->n_settings; i++) bytes += strlen(o->settings[i]) + 1;
  h->setting_text = roi_alloc(bytes, 1);
  h->settings = roi_alloc(o->n_settings, sizeof *h->settings);
  if (!h->setting_text || !h->settings) return roi_fail_memory(err, "taking the settings");
  char *p = h->setting_text;
  for (size_t i = 0; i < o->n_settings; i++) {
    size_t n = strlen(o->settings[i]) + 1;
    memcpy(p, o->settings[i], n);
    char *equals = strchr(p, '=');
    if (!equals || equals == p || !equals[1])
      return roi_fail(err, ROI_ERR_USAGE, "--set '%s': write NAME=EXPRESSION, such as --set price=4e-6", o->settings[i]);
    *equals = '\0';
    h->settings[h->n_settings++] = (roi_lua_setting){p, equals + 1};
    for (size_t k = 0; k + 1 < h->n_settings; k++)
      if (strcmp(h->settings[k].name, p) == 0) return roi_fail(err, ROI_ERR_USAGE, "--set %s is given twice", p);
    p += n;
  }
  return ROI_OK;
}

static roi_status begin(roi_host *h, const roi_host_options *o, roi_error *err) {
  h->script_memory = o->script_memory ? o->script_memory : (uint64_t)512 << 20;
  h->script_seconds = o->script_seconds > 0 ? o->script_seconds : 10;
  h->stop = o->stop;
  h->for_portfolio = o->for_portfolio;
  h->silent = o->silent;
  h->testing = o->testing;
  h->checking = o->checking;
  if (o->scenario && !(h->scenario = roi_copy_string(o->scenario))) return roi_fail_memory(err, "starting the script");
  roi_status status = take_settings(h, o, err);
  if (status != ROI_OK) return status;
  if (roi_grow((void **)&h->files, h->n_files, &h->cap_files, sizeof *h->files) != 0)
    return roi_fail_memory(err, "reading the model");
  memset(&h->files[0], 0, sizeof h->files[0]);
  h->n_files = 1;
  return roi_search_begin(&h->search, o->model_path, o->lib_dirs, o->n_lib_dirs, &h->files[0], err);
}

/* What the graph's per-trial functions take, for the workers. */
static roi_status note_externs(roi_host *h, const roi_graph *g, roi_error *err) {
  for (size_t i = 0; i < g->n_nodes; i++) {
    const roi_node_row *row = &g->nodes[i];
    if (row->op != ROI_EXTERN) continue;
    uint64_t columns = roi_graph_given(g, row);
    if (columns + 1 > ROI_TRIAL_AREA_VALUES)
      return roi_fail_at(err, ROI_ERR_MODEL, roi_graph_text(g, row->file), (int)row->line,
                         "per_trial function '%.200s' takes %llu numbers a trial; at most %zu are possible", roi_graph_text(g, row->name),
                         (unsigned long long)columns, (size_t)ROI_TRIAL_AREA_VALUES - 1);
    roi_extern_shape x = {.name = roi_copy_string(roi_graph_text(g, row->name)), .columns = (uint32_t)columns};
    if (!x.name || roi_grow((void **)&h->externs, h->n_externs, &h->cap_externs, sizeof *h->externs) != 0) {
      roi_free(x.name);
      return roi_fail_memory(err, "listing per-trial functions");
    }
    h->externs[h->n_externs++] = x;
  }
  return ROI_OK;
}

/* Whether an earlier file has the same note: one manifest may list many modules. */
static int is_noted(const roi_host *h, size_t file) {
  for (size_t i = 0; i < file; i++)
    if (h->files[i].note && strcmp(h->files[i].note, h->files[file].note) == 0) return 1;
  return 0;
}

static roi_status add_note(roi_graph *g, const roi_script_file *f, roi_error *err) {
  uint32_t file = roi_graph_string(g, f->note_file);
  if (file == UINT32_MAX) return roi_fail_memory(err, "noting a library's manifest");
  const roi_finding note = {file, f->note_line, .rule = "manifest", .text = f->note, .when = ROI_NONE, .why =
                            "A library's manifest says what it is, in which version and by what right; results record that."};
  return roi_graph_add_finding(g, &note, err);
}

/* The sources that took part, so that a result can say what it rests on. */
static roi_status add_files(const roi_host *h, roi_graph *g, roi_error *err) {
  roi_status status = ROI_OK;
  for (int kind = ROI_FILE_MODEL; kind <= ROI_FILE_DATA; kind++)
    for (size_t i = 0; i < h->n_files && status == ROI_OK; i++) {
      const roi_script_file *f = &h->files[i];
      if (f->kind != kind) continue;
      status = roi_graph_add_file(g, f->shown, kind, f->version ? f->version : "", f->sha256, err);
      if (status == ROI_OK && f->library) status = roi_graph_name_library(g, f->library, f->license, err);
      if (status == ROI_OK && f->note && !is_noted(h, i)) status = add_note(g, f, err);
    }
  return status;
}

static roi_status build(roi_host *h, roi_child *child, roi_graph **graph, roi_error *err) {
  unsigned char *buffer = NULL;
  size_t size = 0;
  roi_status status = roi_child_start(h, child, 0, err);
  if (status == ROI_OK) status = roi_child_build(h, child, &buffer, &size, err);
  double now = roi_seconds();
  h->timing.script = now - child->started - h->timing.child;
  if (status != ROI_OK) return status;
  roi_error broken;
  roi_graph *g = roi_graph_read(buffer, size, &broken);
  if (g && g->n_files) {
    status = roi_fail(err, ROI_ERR_MODEL, "the script handed over a graph that is not valid: it names files itself");
  } else if (g) {
    if (strcmp(roi_graph_text(g, g->scenario), h->scenario ? h->scenario : "") != 0)
      status = roi_fail(err, ROI_ERR_MODEL, "the script handed over the model of another scenario than the one that was asked for");
    if (status == ROI_OK) status = note_externs(h, g, err);
    if (h->n_externs > 0) { /* workers will have to build the same */
      roi_sha256 sum;
      roi_sha256_start(&sum);
      roi_sha256_add(&sum, buffer, size);
      roi_sha256_end(&sum, h->graph_sha256);
    }
    if (status == ROI_OK) status = add_files(h, g, err);
  } else if (broken.status == ROI_ERR_MEMORY) {
    status = roi_fail_memory(err, "taking over the graph");
  } else {
    status = roi_fail(err, ROI_ERR_MODEL, "the script handed over a graph that is not valid: %s", broken.text);
  }
  roi_free(buffer);
  h->timing.graph = roi_seconds() - now;
  if (status == ROI_OK) *graph = g;
  else roi_graph_free(g);
  return status;
}

/* Whether the script read the file, as a script, as data or for what it says of a library. */
static int was_read(const roi_host *h, roi_file_id id) {
  for (size_t i = 0; i < h->n_files; i++)
    if (roi_same_file(h->files[i].id, id)) return 1;
  for (size_t i = 0; i < h->search.n_manifests; i++)
    if (roi_same_file(h->search.manifests[i], id)) return 1;
  return 0;
}

/* Results must not take the place of what they come from. */
static roi_status check_outputs(const roi_host *h, const roi_host_options *o, roi_error *err) {
  struct stat st;
  for (size_t k = 0; k < o->n_outputs; k++) {
    const roi_host_output *out = &o->outputs[k];
    if (stat(out->path, &st)) continue;
    roi_file_id id = {st.st_dev, st.st_ino};
    if (!was_read(h, id)) continue;
    return roi_fail(err, ROI_ERR_USAGE, "%s %.200s: %s; name another file", out->option, out->path,
                    roi_same_file(h->files[0].id, id) ? "that is the model itself" : "the model reads that file");
  }
  return ROI_OK;
}

roi_status roi_host_build(const roi_host_options *options, roi_graph **graph, roi_host **host, roi_error *err) {
  roi_child child = {0};
  *graph = NULL;
  *host = NULL;
  roi_host *h = roi_alloc_zero(1, sizeof *h);
  if (!h) return roi_fail_memory(err, "starting the script");
  pthread_mutex_init(&h->lock, NULL);
  roi_status status = begin(h, options, err);
  if (status == ROI_OK) status = build(h, &child, graph, err);
  roi_child_end(&child, NULL);
  if (check_outputs(h, options, err)) status = err->status;
  if (status == ROI_OK) {
    *host = h;
    return ROI_OK;
  }
  roi_graph_free(*graph);
  *graph = NULL;
  roi_host_free(h);
  return status;
}
