#include "host/library.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/memory.h"
#include "host/manifest.h"

#define SHARE_TREE "/share/lua/5.4"
#define ROCKS_TREE "/lib/luarocks/rocks-5.4"
#define MAX_NAMES 2000 /* of a folder's entries, those that are looked at */

/* What is known while one module's manifest is looked for. */
typedef struct finding {
  roi_search *search;                    /* keeps which manifests were read */
  const char *module;
  const roi_script_file *found;          /* the module's file, which a manifest must mean; NULL: it is still looked for */
  char *name, *version, *license, *path; /* of the best manifest so far that lists the module; name NULL: none */
  roi_error damage;                      /* of the first that can't be read */
  char lacking[500];                     /* the first that lists other modules, or another file for this one */
} finding;

static void release(finding *w) {
  char *const texts[] = {w->name, w->version, w->license, w->path};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) roi_free(texts[i]);
  w->name = w->version = w->license = w->path = NULL;
}

/* -- Folders ----------------------------------------------------------------------------------------------------------- */

typedef struct names { char **item; size_t n, cap; } names;

static void names_free(names *list) {
  for (size_t i = 0; i < list->n; i++) roi_free(list->item[i]);
  roi_free(list->item);
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* The entries of a folder that end so, in order; none if it can't be read. */
static roi_status list_folder(const char *folder, const char *ending, names *list, roi_error *err) {
  size_t n_ending = strlen(ending);
  roi_status status = ROI_OK;
  *list = (names){0};
  DIR *dir = opendir(folder);
  if (!dir) return ROI_OK;
  for (const struct dirent *e; !status && list->n < MAX_NAMES && (e = readdir(dir)) != NULL;) {
    size_t n = strlen(e->d_name);
    if (e->d_name[0] == '.' || n <= n_ending || strcmp(e->d_name + n - n_ending, ending) != 0) continue;
    char *copy = roi_copy_string(e->d_name);
    if (!copy || roi_grow((void **)&list->item, list->n, &list->cap, sizeof *list->item)) {
      roi_free(copy);
      status = roi_fail_memory(err, "looking for a library's manifest");
    } else {
      list->item[list->n++] = copy;
    }
  }
  closedir(dir);
  if (list->n) qsort(list->item, list->n, sizeof *list->item, by_name);
  return status;
}

/* Whether a folder, which is outside the one that was named, can be trusted to say something: others may not write there. */
static int is_own(const char *folder, const char *named) {
  struct stat a, b;
  return stat(folder, &a) == 0 && stat(named, &b) == 0 && a.st_uid == b.st_uid && !(a.st_mode & S_IWOTH);
}

/* -- One manifest ------------------------------------------------------------------------------------------------------ */

/* What is still in work, without a number, is the least. */
static int is_in_work(const char *version) {
  return !strncmp(version, "scm", 3) || !strncmp(version, "dev", 3) || !strncmp(version, "cvs", 3);
}

static int is_higher(const char *version, const char *than) {
  if (is_in_work(version) != is_in_work(than)) return is_in_work(than);
  return strverscmp(version, than) > 0;
}

/* Results must not take the place of a manifest (host.c), for it says which version of a library they rest on. */
static roi_status keep_read(roi_search *s, const roi_script_file *file, roi_error *err) {
  for (size_t i = 0; i < s->n_manifests; i++)
    if (roi_same_file(s->manifests[i], file->id)) return ROI_OK;
  if (roi_grow((void **)&s->manifests, s->n_manifests, &s->cap_manifests, sizeof *s->manifests) != 0)
    return roi_fail_memory(err, "reading a library's manifest");
  s->manifests[s->n_manifests++] = file->id;
  return ROI_OK;
}

/* Takes over what a manifest says that lists the module. */
static roi_status choose(finding *w, const roi_manifest *m, const char *path, roi_error *err) {
  if (w->name && !is_higher(m->version, w->version)) return ROI_OK;
  release(w);
  w->name = roi_copy_string(m->name);
  w->version = roi_copy_string(m->version);
  w->license = roi_copy_string(m->license);
  w->path = path ? roi_copy_string(path) : NULL;
  if (w->name && w->version && w->license && (w->path || !path)) return ROI_OK;
  release(w);
  return roi_fail_memory(err, "reading a library's manifest");
}

/* Whether LuaRocks' record of a rock's files has that path: rock_manifest = { lua = { a = { ["b.lua"] = HASH } } }. */
static int rock_has_file(const char *rocks, const char *rock, const char *path) {
  char name[PATH_MAX], part[PATH_MAX];
  roi_script_file file = {0};
  roi_error ignored;
  int found = 0;
  if (snprintf(name, sizeof name, "%s/rock_manifest", rock) >= (int)sizeof name) return 0;
  roi_literal *data = roi_read_inside(rocks, name, &file, &ignored) == ROI_OK
                          ? roi_literal_read((const char *)file.text, file.size, &ignored) : NULL;
  if (data) {
    roi_literal_value v = roi_literal_field(data, roi_literal_field(data, 0, "rock_manifest"), "lua");
    while (*path && v >= 0) {
      size_t n = strcspn(path, "/");
      snprintf(part, sizeof part, "%.*s", (int)n, path);
      v = roi_literal_field(data, v, part);
      path += n + (path[n] == '/');
    }
    found = roi_literal_text(data, v) != NULL;
  }
  roi_literal_free(data);
  roi_script_file_release(&file);
  return found;
}

/* Whether what a manifest in a folder says of the module is about the file that was found; path: where it lies, NULL if it does not say.
 * Links count as what they lead to. */
static int means_file(const finding *w, const char *folder, const char *path) {
  char said[PATH_MAX], used[PATH_MAX];
  struct stat a, b;
  if (!w->found || !path) return 1;
  return snprintf(said, sizeof said, "%s/%s", folder, path) < (int)sizeof said &&
         snprintf(used, sizeof used, "%s/%s", w->found->root, w->found->shown) < (int)sizeof used && stat(said, &a) == 0 &&
         stat(used, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* Notes the first manifest that does not speak of the module's file. */
static void note_lacking(finding *w, const roi_manifest *m, const char *base, const char *path) {
  if (w->lacking[0]) return;
  if (path)
    snprintf(w->lacking, sizeof w->lacking, "%.60s of '%s' %s has module '%.60s' in %.100s, and %.100s is what was found: make them one",
             base, m->name, m->version, w->module, path, w->found->shown);
  else
    snprintf(w->lacking, sizeof w->lacking, "%.60s of '%s' %s does not list module '%.60s': add it to the manifest's modules", base, m->name,
             m->version, w->module);
}

/* Looks at the manifest `name` below a folder. rock: the rock's folder below it, and the module's file in the tree; NULL: not of one. */
static roi_status consider(finding *w, const char *folder, const char *name, const char *rock, const char *shown, roi_error *err) {
  roi_script_file file = {0};
  roi_manifest m = {0};
  roi_error why = {0};
  const char *slash = strrchr(name, '/'), *base = slash ? slash + 1 : name, *path = NULL;
  int result = roi_read_inside(folder, name, &file, &why), is_rockspec = strcmp(base, ROI_MANIFEST_NAME) != 0;
  if (result == ROI_NOT_HERE) return ROI_OK;
  roi_status status = (roi_status)result;
  if (!status) status = keep_read(w->search, &file, &why);
  if (!status) status = roi_manifest_read(&m, (const char *)file.text, file.size, is_rockspec, &why);
  if (status == ROI_ERR_MEMORY) {
    *err = why;
  } else if (status) {
    if (!w->damage.status) roi_fail_at(&w->damage, ROI_ERR_MODEL, base, why.line, "%s", why.text);
    status = ROI_OK;
  } else if (roi_manifest_lists(&m, w->module, &path) || (rock && !roi_manifest_has_modules(&m) && rock_has_file(folder, rock, shown))) {
    /* A rock's manifest says where its modules lay before it was installed. */
    if (rock || means_file(w, folder, path)) status = choose(w, &m, path, err);
    else note_lacking(w, &m, base, path);
  } else if (!rock && roi_manifest_has_modules(&m)) {
    note_lacking(w, &m, base, NULL);
  }
  roi_manifest_release(&m);
  roi_script_file_release(&file);
  return status;
}

/* -- Where they stand -------------------------------------------------------------------------------------------------- */

static roi_status look_in_folder(finding *w, const char *folder, roi_error *err) {
  names list;
  roi_status status = consider(w, folder, ROI_MANIFEST_NAME, NULL, NULL, err);
  if (status || w->name) return status;
  status = list_folder(folder, ROI_ROCKSPEC_ENDING, &list, err);
  for (size_t i = 0; i < list.n && !status; i++) status = consider(w, folder, list.item[i], NULL, NULL, err);
  names_free(&list);
  return status;
}

/* One rock: a folder for each version. */
static roi_status look_in_rock(finding *w, const char *rocks, const char *rock, const char *shown, roi_error *err) {
  names versions;
  char path[PATH_MAX];
  if (snprintf(path, sizeof path, "%s/%s", rocks, rock) >= (int)sizeof path) return ROI_OK;
  roi_status status = list_folder(path, "", &versions, err);
  for (size_t i = 0; i < versions.n && !status; i++) {
    const char *version = versions.item[i];
    char folder[PATH_MAX];
    if (snprintf(folder, sizeof folder, "%s/%s", rock, version) >= (int)sizeof folder ||
        snprintf(path, sizeof path, "%s/%s-%s" ROI_ROCKSPEC_ENDING, folder, rock, version) >= (int)sizeof path)
      continue;
    status = consider(w, rocks, path, folder, shown, err);
  }
  names_free(&versions);
  return status;
}

/* The rocks of the tree that the module was found in, if it is one. */
static roi_status look_in_tree(finding *w, const roi_script_file *f, roi_error *err) {
  size_t n = strlen(f->root), n_tree = sizeof SHARE_TREE - 1;
  char rocks[PATH_MAX + sizeof ROCKS_TREE];
  names list;
  if (n < n_tree || n >= PATH_MAX || strcmp(f->root + n - n_tree, SHARE_TREE) != 0) return ROI_OK;
  snprintf(rocks, sizeof rocks, "%.*s" ROCKS_TREE, (int)(n - n_tree), f->root);
  roi_status status = list_folder(rocks, "", &list, err);
  for (size_t i = 0; i < list.n && !status; i++) status = look_in_rock(w, rocks, list.item[i], f->shown, err);
  names_free(&list);
  return status;
}

/* From the file's own folder to the one above where it was found. */
static roi_status look_upwards(finding *w, const roi_script_file *f, roi_error *err) {
  char folder[PATH_MAX];
  size_t n_root = strlen(f->root);
  if (snprintf(folder, sizeof folder, "%s/%s", f->root, f->shown) >= (int)sizeof folder) return ROI_OK;
  roi_status status = ROI_OK;
  while (!status && !w->name) {
    char *slash = strrchr(folder, '/');
    if (!slash || slash == folder) return ROI_OK;
    *slash = '\0';
    if (strlen(folder) < n_root) { /* above: what stands there may concern something else */
      if (!is_own(folder, f->root)) return ROI_OK;
      finding above = {.search = w->search, .module = w->module, .found = w->found};
      status = look_in_folder(&above, folder, err);
      above.damage = w->damage;
      memcpy(above.lacking, w->lacking, sizeof above.lacking);
      *w = above;
      return status;
    }
    status = look_in_folder(w, folder, err);
  }
  return status;
}

/* Moves what was found to the file. */
static roi_status hand_over(finding *w, roi_script_file *f, roi_error *err) {
  char note[sizeof w->damage.text + sizeof w->lacking];
  if (w->name) {
    f->library = w->name;
    f->version = w->version;
    f->license = w->license;
    w->name = w->version = w->license = NULL;
    return ROI_OK;
  }
  if (w->damage.status)
    snprintf(note, sizeof note, "this manifest can't be read: %s; the library's name and version are not recorded", w->damage.text);
  else if (w->lacking[0])
    snprintf(note, sizeof note, "%s; no version of it is recorded", w->lacking);
  else return ROI_OK;
  f->note = roi_copy_string(note);
  f->note_file = roi_copy_string(w->damage.status ? w->damage.file : "");
  f->note_line = (uint32_t)w->damage.line;
  return f->note && f->note_file ? ROI_OK : roi_fail_memory(err, "noting a library's manifest");
}

roi_status roi_find_library(roi_search *s, roi_script_file *f, const char *module, roi_error *err) {
  finding w = {.search = s, .module = module, .found = f};
  roi_status status = look_in_tree(&w, f, err);
  if (!status && !w.name) status = look_upwards(&w, f, err);
  if (!status) status = hand_over(&w, f, err);
  release(&w);
  return status;
}

roi_status roi_library_path(roi_search *s, const char *folder, const char *module, char **path, roi_error *damage, roi_error *err) {
  finding w = {.search = s, .module = module};
  roi_status status = look_in_folder(&w, folder, err);
  *path = w.path;
  w.path = NULL;
  if (w.damage.status && !damage->status) *damage = w.damage;
  release(&w);
  return status;
}
