#include "json_check.h"

#include <stdlib.h>
#include <string.h>

#include "inprocess.h"

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void check_names(const cJSON *object) {
  size_t n = (size_t)cJSON_GetArraySize(object), i = 0;
  char **names = malloc((n + 1) * sizeof *names);
  for (const cJSON *m = object->child; m; m = m->next) names[i++] = m->string;
  qsort(names, n, sizeof *names, by_name);
  for (i = 1; i < n; i++) fuzz_check(strcmp(names[i - 1], names[i]) != 0, "the members of a JSON object have names of their own");
  free(names);
}

static void check_tree(const cJSON *item) {
  if (cJSON_IsObject(item)) check_names(item);
  for (const cJSON *m = item->child; m; m = m->next) check_tree(m);
}

cJSON *fuzz_check_json(const char *text) {
  cJSON *root = cJSON_ParseWithOpts(text, NULL, 1);
  fuzz_check(root != NULL, "JSON parses");
  check_tree(root);
  return root;
}
