#include "command/test_files.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/memory.h"

#define TESTS "tests"

void roi_test_files_free(roi_test_files *f) {
  for (size_t i = 0; i < f->n; i++) roi_free(f->path[i]);
  roi_free(f->path);
  *f = (roi_test_files){0};
}

static roi_status add(roi_test_files *f, const char *path, roi_error *err) {
  char *copy = roi_copy_string(path);
  if (copy && roi_grow((void **)&f->path, f->n, &f->cap, sizeof *f->path) == 0) {
    f->path[f->n++] = copy;
    return ROI_OK;
  }
  roi_free(copy);
  return roi_fail_memory(err, "listing test scripts");
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static int ends_in(const char *name, const char *ending) {
  size_t n = strlen(name), k = strlen(ending);
  return n > k && strcmp(name + n - k, ending) == 0;
}

/* A script that was found, not named, lies below `root` (resolved) with links resolved, as modules and data files must: a library may be a
 * stranger's. One that isn't there fails when it is run. */
static roi_status add_found(roi_test_files *f, const char *root, const char *path, roi_error *err) {
  char real[PATH_MAX];
  size_t n = strcmp(root, "/") == 0 ? 0 : strlen(root);
  if (realpath(path, real) && (strncmp(real, root, n) != 0 || real[n] != '/'))
    return roi_fail(err, ROI_ERR_MODEL, "'%.300s' is a link that leads out of its folder; files outside are not read", path);
  return add(f, path, err);
}

/* The scripts of a folder whose names end so; hidden files (editors leave some) are none. Nothing if there is no such folder. */
static roi_status add_folder(roi_test_files *f, const char *root, const char *folder, const char *ending, roi_error *err) {
  const char *separator = folder[strlen(folder) - 1] == '/' ? "" : "/";
  size_t before = f->n;
  roi_status status = ROI_OK;
  DIR *dir = opendir(folder);
  if (!dir) return ROI_OK;
  for (const struct dirent *e; !status && (e = readdir(dir)) != NULL;) {
    char path[PATH_MAX];
    if (e->d_name[0] == '.' || !ends_in(e->d_name, ending)) continue;
    int n = strcmp(folder, ".") == 0 ? snprintf(path, sizeof path, "%s", e->d_name)
                                     : snprintf(path, sizeof path, "%s%s%s", folder, separator, e->d_name);
    if (n < (int)sizeof path) status = add_found(f, root, path, err);
  }
  closedir(dir);
  if (f->n > before) qsort(f->path + before, f->n - before, sizeof *f->path, by_name);
  return status;
}

/* The last part of a folder's real path is "tests". */
static int is_called_tests(const char *real) {
  size_t n = strlen(real), k = strlen("/" TESTS);
  return n >= k && strcmp(real + n - k, "/" TESTS) == 0;
}

static roi_status add_named(roi_test_files *f, const char *name, roi_error *err) {
  struct stat st;
  char tests[PATH_MAX], root[PATH_MAX];
  size_t before = f->n;
  if (stat(name, &st) != 0 || !S_ISDIR(st.st_mode)) return add(f, name, err); /* one that isn't there fails like any other */
  if (!realpath(name, root)) return roi_fail(err, ROI_ERR_USAGE, "can't look for tests in '%.200s': %s", name, strerror(errno));
  /* Resolved once: a link may lead elsewhere when it is asked again. */
  int is_tests = is_called_tests(root);
  if (is_tests) root[strlen(root) - strlen("/" TESTS)] = '\0'; /* what is tested lies above it */
  if (!*root) strcpy(root, "/");
  roi_status status = add_folder(f, root, name, is_tests ? ".lua" : "_test.lua", err);
  int n = strcmp(name, ".") == 0 ? snprintf(tests, sizeof tests, TESTS) : snprintf(tests, sizeof tests, "%s/" TESTS, name);
  if (!status && n < (int)sizeof tests) status = add_folder(f, root, tests, ".lua", err);
  if (status || f->n > before) return status;
  return roi_fail(err, ROI_ERR_USAGE, "there are no test scripts in '%.200s': they are called *_test.lua, or lie in its folder " TESTS,
                  name);
}

roi_status roi_test_files_find(roi_test_files *f, const roi_list *named, roi_error *err) {
  if (named->n == 0) return add_named(f, ".", err);
  for (size_t i = 0; i < named->n; i++) {
    roi_status status = add_named(f, named->item[i], err);
    if (status) return status;
  }
  return ROI_OK;
}

const char *roi_test_files_above(const char *path, char *buf, size_t size) {
  char folder[PATH_MAX], real[PATH_MAX];
  const char *slash = strrchr(path, '/');
  int n = slash ? snprintf(folder, sizeof folder, "%.*s", (int)(slash - path) + 1, path) : snprintf(folder, sizeof folder, ".");
  if (n >= (int)sizeof folder || !realpath(folder, real) || !is_called_tests(real)) return "";
  return snprintf(buf, size, "%s%s..", folder, slash ? "" : "/") < (int)size ? buf : "";
}
