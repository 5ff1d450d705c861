/* Of what run a state is. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/cpu.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/sha256.h"
#include "command/state_file.h"
#include "graph/wire.h"
#include "math/scalar.h"

#define FILE_PREFIX "file "

roi_status roi_state_key_add(roi_state_key *key, const char *name, const char *value, roi_error *err) {
  roi_state_item item = {roi_copy_string(name), roi_copy_string(value)};
  if (item.name && item.value && !roi_grow((void **)&key->item, key->n, &key->cap, sizeof *key->item)) {
    key->item[key->n++] = item;
    return ROI_OK;
  }
  roi_free(item.name);
  roi_free(item.value);
  return roi_fail_memory(err, "noting what is run");
}

void roi_state_key_free(roi_state_key *key) {
  for (size_t i = 0; i < key->n; i++) {
    roi_free(key->item[i].name);
    roi_free(key->item[i].value);
  }
  roi_free(key->item);
  *key = (roi_state_key){0};
}

/* -- Making --------------------------------------------------------------------------------------------------------------- */

static roi_status add_number(roi_state_key *key, const char *name, uint64_t x, roi_error *err) {
  char text[32];
  snprintf(text, sizeof text, "%" PRIu64, x);
  return roi_state_key_add(key, name, text, err);
}

static roi_status add_list(roi_state_key *key, const char *name, const roi_list *list, roi_error *err) {
  roi_status status = ROI_OK;
  for (size_t i = 0; i < list->n && !status; i++) status = roi_state_key_add(key, name, list->item[i], err);
  return status;
}

/* Files may be called as options and versions are. */
static roi_status add_files(roi_state_key *key, const roi_graph *g, roi_error *err) {
  roi_buffer name = {0};
  roi_status status = ROI_OK;
  for (size_t i = 0; i < g->n_files && !status; i++) {
    char hex[65];
    roi_digest_hex(g->files[i].sha256, hex);
    name.n = 0;
    roi_buffer_print(&name, FILE_PREFIX "%s", roi_graph_text(g, g->files[i].name));
    status = name.failed ? roi_fail_memory(err, "noting what is run") : roi_state_key_add(key, name.text, hex, err);
  }
  roi_buffer_free(&name);
  return status;
}

static roi_status add_options(roi_state_key *key, const roi_cli *c, roi_state_kind kind, roi_error *err) {
  roi_status status = ROI_OK;
  if (kind == ROI_STATE_PROGRESS || c->trials_given) status = add_number(key, "--trials", c->trials, err);
  if (!status) status = add_number(key, "--seed", c->seed, err);
  if (!status) status = roi_state_key_add(key, "--sampling", roi_sampling_names[c->sampling], err);
  if (!status) status = add_list(key, "--set", &c->set, err);
  if (!status && c->scenario) status = roi_state_key_add(key, "--scenario", c->scenario, err);
  if (!status && c->outputs) status = roi_state_key_add(key, "--outputs", c->outputs, err);
  if (!status) status = add_list(key, "--prob", &c->prob, err);
  if (!status && kind == ROI_STATE_PROGRESS)
    status = add_number(key, "--max-memory", c->max_memory ? c->max_memory : roi_half_of_memory(), err);
  return status;
}

/* What scripts make of files and options also rests on the library inside the command and on the path as it was typed. */
static roi_status add_graph(roi_state_key *key, const roi_graph *g, roi_error *err) {
  size_t size;
  char hex[65];
  void *bytes = roi_graph_write(g, &size, err);
  if (!bytes) return err->status;
  roi_sha256_hex(bytes, size, hex);
  roi_free(bytes);
  return roi_state_key_add(key, "graph", hex, err);
}

roi_status roi_state_key_make(roi_state_key *key, const roi_cli *c, const roi_graph *g, roi_state_kind kind, roi_error *err) {
  *key = (roi_state_key){0};
  roi_status status = roi_state_key_add(key, "roisim", ROISIM_VERSION, err);
  if (!status) status = roi_state_key_add(key, "SLEEF", roi_sleef_version(), err);
  if (!status) status = add_files(key, g, err);
  if (!status) status = add_options(key, c, kind, err);
  return status ? status : add_graph(key, g, err);
}

/* -- Comparing ------------------------------------------------------------------------------------------------------------ */

static int is_option(const roi_state_item *x) { return !strncmp(x->name, "--", 2); }

static int is_file(const roi_state_item *x) { return !strncmp(x->name, FILE_PREFIX, strlen(FILE_PREFIX)); }

/* As messages name it. */
static const char *shown(const roi_state_item *x) {
  return is_file(x) ? x->name + strlen(FILE_PREFIX) : x->name;
}

static int has(const roi_state_key *key, const char *name, size_t from) {
  for (size_t i = from; i < key->n; i++)
    if (!strcmp(key->item[i].name, name)) return 1;
  return 0;
}

/* Ends a message that says what differs. */
static roi_status differs(roi_error *err, const char *advice, const char *format, ...) __attribute__((format(printf, 3, 4)));
static roi_status differs(roi_error *err, const char *advice, const char *format, ...) {
  char what[sizeof err->text];
  va_list args;
  va_start(args, format);
  vsnprintf(what, sizeof what, format, args);
  va_end(args);
  return roi_fail(err, ROI_ERR_USAGE, "%.800s; %s", what, advice);
}

static roi_status other_value(const roi_state_item *there, const roi_state_item *own, const char *path, const char *here,
                              const char *advice, roi_error *err) {
  if (!strcmp(there->name, "graph"))
    return differs(err, advice, "%.300s is of another model: the files are the same, but not what the script made of them: the path was "
                   "typed in another way, or roisim was built anew", path);
  if (!strcmp(there->name, "--max-memory"))
    return roi_fail(err, ROI_ERR_USAGE, "%.300s was kept with memory for results of %.40s bytes, %.100s has %.40s: go on with "
                    "--max-memory %.40s", path, there->value, here, own->value, there->value);
  if (is_option(there))
    return differs(err, advice, "%.300s is of another run: %.60s was %.200s there, in %.100s it is %.200s", path, there->name,
                   there->value, here, own->value);
  if (!strcmp(there->name, "roisim") || !strcmp(there->name, "SLEEF"))
    return differs(err, advice, "%.300s was written with %s %.40s, in %.100s it is %.40s: other versions, other numbers", path,
                   there->name, there->value, here, own->value);
  return differs(err, advice, "%.300s is of another model: %.200s has changed (sha256 %.12s there, %.12s in %.100s)", path, shown(there),
                 there->value, own->value, here);
}

roi_status roi_state_key_same(const roi_state_key *there, const roi_state_key *own, const char *path, const char *here,
                              const char *advice, roi_error *err) {
  size_t i = 0;
  while (i < there->n && i < own->n && !strcmp(there->item[i].name, own->item[i].name) && !strcmp(there->item[i].value, own->item[i].value))
    i++;
  if (i == there->n && i == own->n) return ROI_OK;
  const roi_state_item none = {(char *)(uintptr_t) "", (char *)(uintptr_t) ""};
  const roi_state_item *a = i < there->n ? &there->item[i] : &none, *b = i < own->n ? &own->item[i] : &none;
  if (!strcmp(a->name, b->name)) return other_value(a, b, path, here, advice, err);
  int only_there = !has(own, a->name, i);
  const roi_state_item *x = only_there ? a : b;
  if (is_option(x) && only_there)
    return differs(err, advice, "%.300s is of another run: %.60s %.200s was given there, and not in %.100s", path, x->name, x->value, here);
  if (is_option(x))
    return differs(err, advice, "%.300s is of another run: %.60s %.200s was given in %.100s, and not there", path, x->name, x->value, here);
  if (is_file(a) && is_file(b) && only_there && !has(there, b->name, i))
    return differs(err, advice, "%.300s is of another model: it was made with %.200s, %.100s with %.200s, and files must keep their names",
                   path, shown(a), here, shown(b));
  return differs(err, advice, "%.300s is of another model: %.200s takes part %s %.100s, and not %s", path, shown(x),
                 only_there ? "there" : "in", only_there ? "" : here, only_there ? here : "there");
}

/* -- As it was typed ------------------------------------------------------------------------------------------------------- */

/* A word in a shell's quotes, where it needs them. */
static void put_word(roi_buffer *text, const char *word) {
  static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=.,:/@%";
  if (*word && word[strspn(word, plain)] == '\0') {
    roi_buffer_text(text, word);
    return;
  }
  roi_buffer_text(text, "'");
  for (; *word; word++) roi_buffer_print(text, *word == '\'' ? "'\\''" : "%c", *word);
  roi_buffer_text(text, "'");
}

char *roi_state_key_typed(const roi_state_key *key) {
  static const char *const defaults[][2] = {{"--seed", "1"}, {"--sampling", "mc"}};
  roi_buffer text = {0};
  size_t model = 0;
  while (model < key->n && !is_file(&key->item[model])) model++;
  put_word(&text, model < key->n ? shown(&key->item[model]) : "MODEL");
  for (size_t i = 0; i < key->n; i++) {
    const roi_state_item *x = &key->item[i];
    int is_default = 0;
    for (size_t k = 0; k < sizeof defaults / sizeof *defaults; k++)
      is_default |= !strcmp(x->name, defaults[k][0]) && !strcmp(x->value, defaults[k][1]);
    if (!is_option(x) || is_default) continue;
    roi_buffer_print(&text, " %s ", x->name);
    put_word(&text, x->value);
  }
  if (!text.failed) return text.text;
  roi_buffer_free(&text);
  return NULL;
}
