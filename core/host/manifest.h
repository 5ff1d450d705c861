/* manifest.h - what a library says of itself: its name, version, licence and modules.
 *
 * Two forms are read, both as data (host/literal.h). `library.lua` returns { name = , version = , license = , modules = { "a", "a.b" }
 * }; a LuaRocks rockspec NAME-VERSION.rockspec assigns package, version, description.license and build.modules. Modules are a list of
 * names, or a table of name = path below the manifest's folder. */
#ifndef ROI_HOST_MANIFEST_H
#define ROI_HOST_MANIFEST_H

#include "host/literal.h"

#define ROI_MANIFEST_NAME "library.lua"
#define ROI_ROCKSPEC_ENDING ".rockspec"

typedef struct roi_manifest {
  roi_literal *data;
  const char *name, *version, *license; /* license: "" if none is named */
  roi_literal_value modules, installed; /* installed: further ones of a rockspec; both may be ROI_LITERAL_NONE */
} roi_manifest;

/* Reads a manifest. What is wrong goes to err, with its line where it has one. Release with roi_manifest_release, also after an error. */
roi_status roi_manifest_read(roi_manifest *m, const char *text, size_t size, int is_rockspec, roi_error *err);
void roi_manifest_release(roi_manifest *m);

/* Whether the module is one of the library's: 1 or 0. *path (NULL allowed): where the manifest says it lies, NULL if it does not say. */
int roi_manifest_lists(const roi_manifest *m, const char *module, const char **path);
/* 1 if it says which modules there are: a rockspec may leave that to LuaRocks. */
int roi_manifest_has_modules(const roi_manifest *m);

#endif
