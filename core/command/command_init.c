/* `roisim init`: a folder with a model that runs, or with a library and its test, made from the templates of lua/templates. It is made
 * under a temporary name and takes its own when all is written, so that nothing half-written is left and nothing is overwritten. */
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
#include "command/command.h"

/* Made by scripts/embed.sh from lua/templates. */
typedef struct roi_embedded { const char *name; const unsigned char *text; size_t size; } roi_embedded;
extern const roi_embedded roi_templates[];

#define MAX_NAME 60
#define ANNOTATIONS "roisim.lua" /* the file in the folder of annotations */

typedef struct making {
  const char *name;
  char variable[MAX_NAME + 1]; /* the name as Lua's variables are written */
  char annotations[2 * PATH_MAX];  /* what stands in .luarc.json: a path in quotes, or a comment */
  char folder[MAX_NAME + 40];  /* the temporary one */
} making;

/* -- The name ---------------------------------------------------------------------------------------------------------- */

static int is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/* It becomes a folder, a module and a variable of scripts. */
static roi_status check_name(making *m, roi_error *err) {
  static const char *const taken[] = {
      "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil", "not", "or",
      "repeat", "return", "then", "true", "until", "while", /* words of Lua */
      "roisim", "roi", "library", "tests", "lua_modules"};
  const char *name = m->name;
  if (strlen(name) > MAX_NAME) return roi_fail(err, ROI_ERR_USAGE, "the name '%.100s' has more than %d characters", name, MAX_NAME);
  for (const char *p = name; *p || p == name; p++) {
    if (is_letter(*p) || (p > name && ((*p >= '0' && *p <= '9') || *p == '_' || *p == '-'))) continue;
    return roi_fail(err, ROI_ERR_USAGE, "'%.100s' can't be the name: it begins with a letter, and letters, digits, _ and - follow; it is "
                    "made in the folder you are in", name);
  }
  for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
    if (strcmp(name, taken[i]) == 0)
      return roi_fail(err, ROI_ERR_USAGE, "'%s' can't be the name: it means something else to scripts; take another", name);
  for (size_t i = 0; i <= strlen(name); i++) m->variable[i] = name[i] == '-' ? '_' : name[i];
  return ROI_OK;
}

/* -- Annotations for editors ------------------------------------------------------------------------------------------- */

/* The folder of annotations that belongs to this command: as installed, or as built. 1 if there is one. */
static int find_annotations(char *out) {
  static const char *const from[] = {"share/roisim/lua/annotations", "lua/annotations"};
  char self[PATH_MAX], path[2 * PATH_MAX];
  ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
  if (n <= 0) return 0;
  self[n] = '\0';
  char *slash = strrchr(self, '/');
  if (!slash) return 0;
  *slash = '\0';
  for (size_t i = 0; i < sizeof from / sizeof *from; i++) {
    snprintf(path, sizeof path, "%s/../%s/" ANNOTATIONS, self, from[i]);
    if (access(path, R_OK) != 0) continue;
    path[strlen(path) - sizeof ANNOTATIONS] = '\0';
    if (realpath(path, out)) return 1;
  }
  return 0;
}

static void note_annotations(making *m) {
  char path[PATH_MAX];
  char *to = m->annotations;
  if (!find_annotations(path)) {
    snprintf(m->annotations, sizeof m->annotations,
             "/* the folder of roisim's annotations, such as \"/usr/local/share/roisim/lua/annotations\" */");
    return;
  }
  *to++ = '"';
  for (const char *p = path; *p; p++) {
    if (*p == '"' || *p == '\\') *to++ = '\\';
    *to++ = *p;
  }
  *to++ = '"';
  *to = '\0';
}

/* -- Files ------------------------------------------------------------------------------------------------------------- */

static roi_status cannot(const char *what, const char *path, roi_error *err) {
  return roi_fail(err, ROI_ERR_IO, "can't %s '%.200s': %s; nothing was left behind", what, path, strerror(errno));
}

/* The template's text with the name put in. */
static void fill_in(roi_buffer *out, const making *m, const roi_embedded *t) {
  const struct { const char *mark, *value; } marks[] = {
      {"@NAME@", m->name}, {"@VARIABLE@", m->variable}, {"@ANNOTATIONS@", m->annotations}};
  const char *text = (const char *)t->text, *end = text + t->size;
  while (text < end) {
    const char *at = memchr(text, '@', (size_t)(end - text));
    roi_buffer_add(out, text, (size_t)((at ? at : end) - text));
    if (!at) return;
    text = at + 1;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
      size_t n = strlen(marks[i].mark);
      if ((size_t)(end - at) < n || memcmp(at, marks[i].mark, n) != 0) continue;
      roi_buffer_text(out, marks[i].value);
      text = at + n;
      break;
    }
    if (text == at + 1) roi_buffer_add(out, "@", 1);
  }
}

/* Where a template's file lies below the new folder: NAME is the name, a leading "dot-" a point. */
static void place_of(char *buf, size_t size, const making *m, const char *file) {
  const char *mark = strstr(file, "NAME");
  if (strncmp(file, "dot-", 4) == 0) snprintf(buf, size, "%s/.%s", m->folder, file + 4);
  else if (mark) snprintf(buf, size, "%s/%.*s%s%s", m->folder, (int)(mark - file), file, m->name, mark + 4);
  else snprintf(buf, size, "%s/%s", m->folder, file);
}

/* shown: its name once all is done. */
static roi_status write_file(const char *path, const char *shown, const roi_buffer *text, roi_error *err) {
  int fd = roi_open_again(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, NULL);
  if (fd < 0) return cannot("make", shown, err);
  roi_status status = ROI_OK;
  if (roi_write_all(fd, shown, text->text, text->n, NULL) != ROI_OK) status = cannot("write", shown, err);
  if (!status && roi_sync(fd) != 0) status = cannot("write", shown, err);
  if (roi_close(fd) != 0 && !status) status = cannot("write", shown, err);
  return status;
}

static roi_status make_file(const making *m, const roi_embedded *t, const char *file, roi_error *err) {
  char path[PATH_MAX], folder[PATH_MAX], shown[2 * PATH_MAX];
  roi_buffer text = {0};
  place_of(path, sizeof path, m, file);
  snprintf(shown, sizeof shown, "%s%s", m->name, path + strlen(m->folder));
  snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(path, '/') - path), path);
  if (mkdir(folder, 0777) != 0 && errno != EEXIST) return cannot("make the folder", folder, err);
  fill_in(&text, m, t);
  roi_status status = text.failed ? roi_fail_memory(err, "making a file") : write_file(path, shown, &text, err);
  roi_buffer_free(&text);
  return status;
}

/* Each template of a kind: "model/FILE". */
static const char *file_of(const roi_embedded *t, int library) {
  const char *kind = library ? "library/" : "model/";
  size_t n = strlen(kind);
  return strncmp(t->name, kind, n) == 0 ? t->name + n : NULL;
}

/* Takes away what was made: the files, then the folders that they leave empty. */
static void take_away(const making *m, int library) {
  char path[PATH_MAX];
  for (int folders = 0; folders < 2; folders++)
    for (const roi_embedded *t = roi_templates; t->name; t++) {
      const char *file = file_of(t, library);
      if (!file) continue;
      place_of(path, sizeof path, m, file);
      if (!folders) unlink(path);
      else if (strchr(file, '/')) {
        *strrchr(path, '/') = '\0';
        rmdir(path);
      }
    }
  rmdir(m->folder);
}

static roi_status make_folder(making *m, roi_error *err) {
  struct stat st;
  mode_t mask = umask(0);
  umask(mask);
  if (lstat(m->name, &st) == 0) 
    return roi_fail(err, ROI_ERR_IO, "'%s' is there already, and nothing is overwritten: take another name", m->name);
  snprintf(m->folder, sizeof m->folder, ".%s.roisim.XXXXXX", m->name);
  if (!mkdtemp(m->folder)) {
    m->folder[0] = '\0';
    return cannot("make the folder", m->name, err);
  }
  return chmod(m->folder, 0777 & ~mask) == 0 ? ROI_OK : cannot("make the folder", m->name, err);
}

/* Gives the finished folder its name, unless something has taken that meanwhile. */
static roi_status take_name(const making *m, roi_error *err) {
  if (renameat2(AT_FDCWD, m->folder, AT_FDCWD, m->name, RENAME_NOREPLACE) == 0) return ROI_OK;
  if (errno == EINVAL || errno == ENOSYS) { /* not on this file system; a folder made now is empty, and may be replaced */
    if (mkdir(m->name, 0777) == 0) {
      if (rename(m->folder, m->name) == 0) return ROI_OK;
      rmdir(m->name);
    }
  }
  return cannot("make the folder", m->name, err);
}

static roi_status make(making *m, int library, roi_error *err) {
  roi_signals_hold(1);
  roi_status status = make_folder(m, err);
  for (const roi_embedded *t = roi_templates; t->name && !status; t++) {
    const char *file = file_of(t, library);
    if (file) status = make_file(m, t, file, err);
    if (!status && *roi_signals_stop()) status = roi_fail(err, ROI_ERR_INTERRUPTED, "interrupted; nothing was left behind");
  }
  if (!status) status = take_name(m, err);
  if (status && m->folder[0]) take_away(m, library);
  roi_signals_hold(0);
  return status;
}

static roi_status say_next(const making *m, int library, roi_error *err) {
  roi_buffer text = {0};
  const char *name = m->name;
  roi_buffer_print(&text, "made %s %s:", library ? "library" : "model", name);
  for (const roi_embedded *t = roi_templates; t->name; t++) {
    char path[PATH_MAX];
    const char *file = file_of(t, library);
    if (!file) continue;
    place_of(path, sizeof path, m, file);
    roi_buffer_print(&text, " %s", path + strlen(m->folder) + 1);
  }
  if (library) roi_buffer_print(&text, "\nnext: roisim test %s\n", name);
  else roi_buffer_print(&text, "\nnext: roisim %s/%s.lua\n", name, name);
  roi_status status = roi_print_output(&text, err);
  roi_buffer_free(&text);
  return status;
}

int roi_command_init(const roi_cli *c) {
  making *m = roi_alloc_zero(1, sizeof *m);
  roi_error err = {0};
  if (!m) {
    roi_fail_memory(&err, "starting");
    return roi_complain(&err);
  }
  m->name = c->model;
  roi_status status = check_name(m, &err);
  if (!status) note_annotations(m);
  if (!status) status = make(m, c->library, &err);
  if (!status) status = say_next(m, c->library, &err);
  roi_free(m);
  return status ? roi_complain(&err) : ROI_EXIT_OK;
}
