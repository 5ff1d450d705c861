#include "host/manifest.h"

#include <string.h>

#include "base/error.h"

#define MAX_TEXT 100 /* bytes of a name, a version or a licence */

void roi_manifest_release(roi_manifest *m) {
  roi_literal_free(m->data);
  memset(m, 0, sizeof *m);
}

/* A text that results can carry; `needed`: it must be there. */
static roi_status take_text(const roi_manifest *m, roi_literal_value v, const char *field, int needed, const char **out,
                            roi_error *err) {
  const char *text = roi_literal_text(m->data, v);
  *out = "";
  if (!text && roi_literal_kind_of(m->data, v) != ROI_LITERAL_NIL)
    return roi_fail(err, ROI_ERR_MODEL, "%s must be a text in quotes", field);
  if (needed && (!text || !*text)) return roi_fail(err, ROI_ERR_MODEL, "%s is missing: write %s = \"...\"", field, field);
  if (text && strlen(text) > MAX_TEXT) return roi_fail(err, ROI_ERR_MODEL, "%s has more than %d characters", field, MAX_TEXT);
  if (text) *out = text;
  return ROI_OK;
}

static roi_status check_modules(const roi_manifest *m, roi_literal_value list, const char *field, roi_error *err) {
  if (list < 0) return ROI_OK;
  if (roi_literal_kind_of(m->data, list) != ROI_LITERAL_TABLE)
    return roi_fail(err, ROI_ERR_MODEL, "%s must be a table of module names", field);
  for (int f = roi_literal_first(m->data, list); f >= 0; f = roi_literal_next(m->data, f)) {
    int has_name = roi_literal_text(m->data, roi_literal_key(m->data, f)) != NULL;
    if (!has_name && !roi_literal_text(m->data, roi_literal_at(m->data, f)))
      return roi_fail(err, ROI_ERR_MODEL, "%s: a module's name must be a text in quotes", field);
  }
  return ROI_OK;
}

static roi_status read_library(roi_manifest *m, roi_error *err) {
  roi_status status = take_text(m, roi_literal_field(m->data, 0, "name"), "name", 1, &m->name, err);
  if (!status) status = take_text(m, roi_literal_field(m->data, 0, "version"), "version", 1, &m->version, err);
  if (!status) status = take_text(m, roi_literal_field(m->data, 0, "license"), "license", 0, &m->license, err);
  m->modules = roi_literal_field(m->data, 0, "modules");
  if (!status && roi_literal_kind_of(m->data, m->modules) == ROI_LITERAL_NIL)
    return roi_fail(err, ROI_ERR_MODEL, "modules is missing: write modules = { \"%.60s\" }", m->name);
  return status ? status : check_modules(m, m->modules, "modules", err);
}

static roi_status read_rockspec(roi_manifest *m, roi_error *err) {
  roi_literal_value about = roi_literal_field(m->data, 0, "description"), build = roi_literal_field(m->data, 0, "build");
  roi_status status = take_text(m, roi_literal_field(m->data, 0, "package"), "package", 1, &m->name, err);
  if (!status) status = take_text(m, roi_literal_field(m->data, 0, "version"), "version", 1, &m->version, err);
  if (!status) status = take_text(m, roi_literal_field(m->data, about, "license"), "description.license", 0, &m->license, err);
  m->modules = roi_literal_field(m->data, build, "modules");
  m->installed = roi_literal_field(m->data, roi_literal_field(m->data, build, "install"), "lua");
  if (!status) status = check_modules(m, m->modules, "build.modules", err);
  return status ? status : check_modules(m, m->installed, "build.install.lua", err);
}

roi_status roi_manifest_read(roi_manifest *m, const char *text, size_t size, int is_rockspec, roi_error *err) {
  *m = (roi_manifest){.name = "", .version = "", .license = "", .modules = ROI_LITERAL_NONE, .installed = ROI_LITERAL_NONE};
  m->data = roi_literal_read(text, size, err);
  if (!m->data) return err->status;
  if (roi_literal_kind_of(m->data, 0) != ROI_LITERAL_TABLE)
    return roi_fail(err, ROI_ERR_MODEL, "it must return a table: return { name = , version = , license = , modules = { } }");
  return is_rockspec ? read_rockspec(m, err) : read_library(m, err);
}

static int lists(const roi_manifest *m, roi_literal_value list, const char *module, const char **path) {
  for (int f = roi_literal_first(m->data, list); f >= 0; f = roi_literal_next(m->data, f)) {
    const char *key = roi_literal_text(m->data, roi_literal_key(m->data, f));
    const char *value = roi_literal_text(m->data, roi_literal_at(m->data, f));
    if (strcmp(key ? key : value, module) != 0) continue;
    if (path) *path = key ? value : NULL;
    return 1;
  }
  return 0;
}

int roi_manifest_lists(const roi_manifest *m, const char *module, const char **path) {
  return lists(m, m->modules, module, path) || lists(m, m->installed, module, path);
}

int roi_manifest_has_modules(const roi_manifest *m) { return roi_literal_first(m->data, m->modules) >= 0; }
