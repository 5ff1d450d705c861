#include "host/resolve.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sha256.h"
#include "base/text.h"
#include "host/channel.h"
#include "host/library.h"

/* Made by scripts/embed.sh from lua/. */
typedef struct roi_embedded { const char *name; const unsigned char *text; size_t size; } roi_embedded;
extern const roi_embedded roi_lua_library[];

#define MODULES_TREE "lua_modules/share/lua/5.4"

void roi_script_file_release(roi_script_file *source) {
  roi_free(source->request);
  roi_free(source->shown);
  roi_free(source->folder);
  roi_free(source->root);
  roi_free(source->library);
  roi_free(source->version);
  roi_free(source->license);
  roi_free(source->note);
  roi_free(source->note_file);
  roi_free(source->text);
  memset(source, 0, sizeof *source);
}

void roi_search_end(roi_search *s) {
  roi_free(s->model_folder);
  for (size_t i = 0; i < s->n_folders; i++) roi_free(s->folders[i]);
  roi_free(s->folders);
  roi_free(s->manifests);
  memset(s, 0, sizeof *s);
}

static void digest(roi_script_file *source) {
  roi_sha256 h;
  roi_sha256_start(&h);
  roi_sha256_add(&h, source->text, source->size);
  roi_sha256_end(&h, source->sha256);
}

/* realpath in the project's memory; NULL with errno set. */
static char *real_path(const char *path) {
  char buffer[PATH_MAX];
  if (!realpath(path, buffer)) return NULL;
  char *copy = roi_copy_string(buffer);
  if (!copy) errno = ENOMEM;
  return copy;
}

/* The folder part of a path: "." if there is none. */
static char *folder_of(const char *path) {
  const char *slash = strrchr(path, '/');
  if (!slash) return roi_copy_string(".");
  size_t n = slash == path ? 1 : (size_t)(slash - path);
  char *folder = roi_alloc(n + 1, 1);
  if (!folder) return NULL;
  memcpy(folder, path, n);
  folder[n] = '\0';
  return folder;
}

static char *join(const char *folder, const char *name) {
  size_t n = strlen(folder) + strlen(name) + 2;
  char *path = roi_alloc(n, 1);
  if (path) snprintf(path, n, "%s/%s", folder, name);
  return path;
}

/* The rest of `path` inside `folder` (both resolved), or NULL. */
static const char *inside(const char *folder, const char *path) {
  size_t n = strlen(folder);
  if (n == 1) return path + 1; /* the root folder */
  return strncmp(folder, path, n) == 0 && path[n] == '/' ? path + n + 1 : NULL;
}

static const char *kind_of(mode_t mode) {
  if (S_ISDIR(mode)) return "a folder";
  if (S_ISFIFO(mode)) return "a pipe";
  if (S_ISSOCK(mode)) return "a socket";
  if (S_ISCHR(mode) || S_ISBLK(mode)) return "a device";
  return "not a regular file";
}

/* Reads all of an open regular file of bounded size. */
static roi_status read_open(int fd, const char *shown, roi_script_file *out, roi_error *err) {
  struct stat st;
  if (fstat(fd, &st) != 0) return roi_fail(err, ROI_ERR_MODEL, "can't read '%s': %s", shown, strerror(errno));
  if (!S_ISREG(st.st_mode))
    return roi_fail(err, ROI_ERR_MODEL, "'%s' is %s; only regular files are read", shown, kind_of(st.st_mode));
  if (st.st_size > (off_t)ROI_FILE_LIMIT)
    return roi_fail(err, ROI_ERR_MODEL, "'%s' has %lld bytes; at most 16 MB are read", shown, (long long)st.st_size);
  out->id = (roi_file_id){st.st_dev, st.st_ino};
  size_t room = (size_t)st.st_size + 1, n = 0;
  out->text = roi_alloc(room, 1);
  if (!out->text) return roi_fail_memory(err, "reading a file");
  while (n < room) {
    ssize_t got = read(fd, out->text + n, room - n);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return roi_fail(err, ROI_ERR_MODEL, "can't read '%s': %s", shown, strerror(errno));
    if (got == 0) break;
    n += (size_t)got;
  }
  if (n != (size_t)st.st_size) return roi_fail(err, ROI_ERR_MODEL, "'%s' changed while it was read; try again", shown);
  out->size = n;
  digest(out);
  return ROI_OK;
}

static roi_status read_path(const char *path, const char *shown, int flags, roi_script_file *out, roi_error *err) {
  /* Without O_NONBLOCK, opening a pipe would wait for its writer. */
  int fd;
  do fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY | flags);
  while (fd < 0 && errno == EINTR);
  if (fd < 0) return roi_fail(err, ROI_ERR_MODEL, "can't open '%s': %s", shown, strerror(errno));
  roi_status status = read_open(fd, shown, out, err);
  close(fd);
  return status;
}

int roi_read_inside(const char *folder, const char *name, roi_script_file *out, roi_error *err) {
  char *path = join(folder, name);
  if (!path) return (int)roi_fail_memory(err, "looking for a file");
  char *real = real_path(path);
  int failure = errno;
  roi_free(path);
  if (!real) {
    if (failure == ENOMEM) return (int)roi_fail_memory(err, "looking for a file");
    if (failure == ENOENT || failure == ENOTDIR) return ROI_NOT_HERE;
    return (int)roi_fail(err, ROI_ERR_MODEL, "can't open '%s': %s", name, strerror(failure));
  }
  int status;
  if (!inside(folder, real)) {
    status = (int)roi_fail(err, ROI_ERR_MODEL, "'%s' is a link that leads out of its folder; files outside are not read", name);
  } else {
    status = (int)read_path(real, name, O_NOFOLLOW, out, err);
    out->folder = folder_of(real);
    out->root = roi_copy_string(folder);
    out->shown = roi_copy_string(name);
    if (status == ROI_OK && !(out->folder && out->root && out->shown)) status = (int)roi_fail_memory(err, "reading a file");
  }
  roi_free(real);
  return status;
}

/* -- The folders ------------------------------------------------------------------------------------------------------- */

/* Takes over `real`; NULL: memory was out. */
static roi_status add_folder(roi_search *s, char *real, roi_error *err) {
  if (real && roi_grow((void **)&s->folders, s->n_folders, &s->cap_folders, sizeof *s->folders) == 0) {
    s->folders[s->n_folders++] = real;
    return ROI_OK;
  }
  roi_free(real);
  return roi_fail_memory(err, "listing library folders");
}

static roi_status add_lib_dirs(roi_search *s, const char *const *dirs, size_t n, roi_error *err) {
  for (size_t i = 0; i < n; i++) {
    struct stat st;
    char *real = real_path(dirs[i]);
    if (!real && errno == ENOMEM) return roi_fail_memory(err, "listing library folders");
    if (!real || stat(real, &st) != 0 || !S_ISDIR(st.st_mode)) {
      roi_free(real);
      return roi_fail(err, ROI_ERR_USAGE, "--lib '%s': there is no such folder", dirs[i]);
    }
    roi_status status = add_folder(s, real, err);
    if (status != ROI_OK) return status;
  }
  s->n_lib = s->n_folders;
  return ROI_OK;
}

static roi_status add_path(roi_search *s, const char *list, roi_error *err) {
  while (list && *list) {
    size_t n = strcspn(list, ":");
    char entry[PATH_MAX];
    if (n > 0 && n < sizeof entry) {
      memcpy(entry, list, n);
      entry[n] = '\0';
      char *real = real_path(entry); /* what is not there is passed over, as in PATH */
      if (real || errno == ENOMEM) {
        roi_status status = add_folder(s, real, err);
        if (status != ROI_OK) return status;
      }
    }
    list += n + (list[n] == ':');
  }
  return ROI_OK;
}

/* The LuaRocks tree of the model's project: beside the model or in the nearest folder above that has one. The way up ends at a
 * repository's root, and at a folder of another owner or that others may write to, where anybody could have put one. */
static roi_status add_project_tree(roi_search *s, roi_error *err) {
  char folder[PATH_MAX];
  struct stat own, st;
  if (strlen(s->model_folder) >= sizeof folder || stat(s->model_folder, &own) != 0) return ROI_OK;
  strcpy(folder, s->model_folder);
  for (;;) {
    if (stat(folder, &st) != 0 || st.st_uid != own.st_uid) return ROI_OK;
    if ((st.st_mode & S_IWOTH) && strcmp(folder, s->model_folder) != 0) return ROI_OK;
    char tree[PATH_MAX + sizeof MODULES_TREE + 1], mark[PATH_MAX + sizeof "/.git"];
    snprintf(tree, sizeof tree, "%s/" MODULES_TREE, folder);
    snprintf(mark, sizeof mark, "%s/.git", folder);
    char *real = real_path(tree);
    if (real || errno == ENOMEM) return add_folder(s, real, err);
    char *slash = strrchr(folder, '/');
    if (access(mark, F_OK) == 0 || !slash || slash == folder) return ROI_OK;
    *slash = '\0';
  }
}

roi_status roi_search_begin(roi_search *s, const char *model_path, const char *const *lib_dirs, size_t n_lib_dirs,
                            roi_script_file *model, roi_error *err) {
  const char *slash = strrchr(model_path, '/');
  model->kind = ROI_FILE_MODEL;
  model->shown = roi_copy_string(slash ? slash + 1 : model_path);
  model->request = roi_copy_string(model_path);
  char *folder = folder_of(model_path);
  if (!model->shown || !model->request || !folder) {
    roi_free(folder);
    return roi_fail_memory(err, "reading the model");
  }
  s->model_folder = real_path(folder);
  int failure = errno;
  roi_free(folder);
  if (!s->model_folder && failure == ENOMEM) return roi_fail_memory(err, "reading the model");
  if (!s->model_folder) return roi_fail(err, ROI_ERR_MODEL, "can't open '%s': %s", model_path, strerror(failure));
  model->folder = roi_copy_string(s->model_folder);
  model->root = roi_copy_string(s->model_folder);
  if (!model->folder || !model->root) return roi_fail_memory(err, "reading the model");
  roi_status status = read_path(model_path, model_path, 0, model, err);
  if (status == ROI_OK) status = add_lib_dirs(s, lib_dirs, n_lib_dirs, err);
  if (status == ROI_OK) status = add_path(s, getenv("ROISIM_PATH"), err);
  if (status == ROI_OK) status = add_project_tree(s, err);
  return status;
}

/* -- Modules ----------------------------------------------------------------------------------------------------------- */

/* 1 if the name is parts of letters, digits, _ and - joined by single dots. */
static int is_module_name(const char *name) {
  size_t part = 0, n = strlen(name);
  if (n > 200) return 0;
  for (; *name; name++) {
    unsigned char c = (unsigned char)*name;
    int word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    if (word) part++;
    else if (c == '.' && part > 0) part = 0;
    else return 0;
  }
  return part > 0;
}

const unsigned char *roi_embedded_module(const char *name, size_t *size) {
  for (const roi_embedded *e = roi_lua_library; e->name; e++) {
    if (strcmp(e->name, name) != 0) continue;
    *size = e->size;
    return e->text;
  }
  return NULL;
}

static roi_status embedded(const char *name, roi_script_file *found, int *there, roi_error *err) {
  const unsigned char *text = roi_embedded_module(name, &found->size);
  if (!text) return ROI_OK;
  *there = 1;
  size_t n = strlen(name) + sizeof ".lua";
  found->text = roi_alloc(found->size, 1);
  found->shown = roi_alloc(n, 1);
  found->version = roi_copy_string(ROISIM_VERSION);
  if (!found->text || !found->shown || !found->version) return roi_fail_memory(err, "loading a library");
  snprintf(found->shown, n, "%s.lua", name);
  memcpy(found->text, text, found->size);
  digest(found);
  return ROI_OK;
}

/* damage: of a manifest that could have said where the module is. */
static roi_status not_found(const roi_search *s, const char *name, const char *path, const roi_error *damage, roi_error *err) {
  const char *known[64];
  size_t n = 0;
  for (const roi_embedded *e = roi_lua_library; e->name && n < 64; e++) known[n++] = e->name;
  const char *near = roi_nearest(name, known, n);
  if (near) return roi_fail(err, ROI_ERR_MODEL, "there is no module '%s'; did you mean '%s'?", name, near);
  if (damage->status)
    return roi_fail(err, ROI_ERR_MODEL, "there is no module '%s' in the folders that are searched, and a manifest there can't be read: "
                    "%s:%d: %s", name, damage->file, damage->line, damage->text);
  size_t others = s->n_folders - s->n_lib;
  return roi_fail(err, ROI_ERR_MODEL,
                  "there is no module '%s': no %s.lua or %s/init.lua in the model's folder, the --lib folders (%zu), "
                  "ROISIM_PATH or lua_modules (%zu); name its folder with --lib",
                  name, path, path, s->n_lib, others);
}

/* Whether a manifest's path can be that of a script below its folder (links are looked at when it is read). */
static int is_script_path(const char *path) {
  size_t n = strlen(path);
  return *path != '/' && !strstr(path, "..") && n > 4 && strcmp(path + n - 4, ".lua") == 0;
}

/* ROI_NOT_HERE, or a roi_status. path: the name with / for its points. */
static int find_in_folder(roi_search *s, const char *folder, const char *name, const char *path, roi_script_file *found,
                          roi_error *damage, roi_error *err) {
  char file[300], *listed = NULL;
  for (int init = 0; init < 2; init++) {
    snprintf(file, sizeof file, init ? "%s/init.lua" : "%s.lua", path);
    int result = roi_read_inside(folder, file, found, err);
    if (result != ROI_NOT_HERE) return result;
  }
  roi_status status = roi_library_path(s, folder, name, &listed, damage, err);
  if (!status && listed && !is_script_path(listed))
    status = roi_fail(err, ROI_ERR_MODEL, "module '%s' is '%.100s' by its manifest: only Lua text below the manifest's folder is run", name,
                      listed);
  int result = status ? (int)status : listed ? roi_read_inside(folder, listed, found, err) : ROI_NOT_HERE;
  roi_free(listed);
  return result;
}

roi_status roi_find_module(roi_search *s, const char *name, roi_script_file *found, roi_error *err) {
  found->kind = ROI_FILE_LIBRARY;
  if (!is_module_name(name))
    return roi_fail(err, ROI_ERR_MODEL,
                    "'%s' is not a module name: they are letters, digits, _ and -, in parts joined by dots", name);
  int there = 0;
  roi_status status = embedded(name, found, &there, err);
  if (status != ROI_OK || there) return status;
  char path[256];
  strcpy(path, name);
  for (char *p = path; *p; p++)
    if (*p == '.') *p = '/';
  roi_error damage = {0};
  for (size_t i = 0; i <= s->n_folders; i++) {
    int result = find_in_folder(s, i == 0 ? s->model_folder : s->folders[i - 1], name, path, found, &damage, err);
    if (result == ROI_NOT_HERE) continue;
    return result == ROI_OK ? roi_find_library(s, found, name, err) : (roi_status)result;
  }
  return not_found(s, name, path, &damage, err);
}

/* -- Data files -------------------------------------------------------------------------------------------------------- */

roi_status roi_find_data(const roi_search *s, const roi_script_file *asker, const char *name, roi_script_file *found, roi_error *err) {
  found->kind = ROI_FILE_DATA;
  const char *folder = asker->folder ? asker->folder : s->model_folder;
  const char *root = asker->root ? asker->root : s->model_folder;
  if (name[0] == '\0' || name[0] == '/')
    return roi_fail(err, ROI_ERR_MODEL, "data file '%s': give its name relative to the script's folder", name);
  char *path = join(folder, name);
  char *real = path ? real_path(path) : NULL;
  int failure = path ? errno : ENOMEM;
  roi_free(path);
  if (!real && failure == ENOMEM) return roi_fail_memory(err, "looking for a data file");
  if (!real) return roi_fail(err, ROI_ERR_MODEL, "can't open data file '%s': %s", name, strerror(failure));
  const char *rest = inside(root, real);
  roi_status status;
  if (!rest) {
    status = roi_fail(err, ROI_ERR_MODEL, "data file '%s' is outside the script's folder; put it beside the script", name);
  } else {
    status = read_path(real, name, O_NOFOLLOW, found, err);
    found->shown = roi_copy_string(rest);
    if (status == ROI_OK && !found->shown) status = roi_fail_memory(err, "reading a data file");
  }
  roi_free(real);
  return status;
}
