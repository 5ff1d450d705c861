/* Quantile tables of constant distributions: asked for while lowering, built together afterwards on several threads. */
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "graph/fold.h"
#include "plan/lowering.h"

typedef enum entry_kind { TREE_ONLY, CONTINUOUS, STEPS } entry_kind;

typedef struct entry {
  roi_node node;
  entry_kind kind;
  roi_distribution *tree;
  roi_qtable continuous;
  roi_steps steps;
  int built;
  roi_status status;
  roi_error error;
} entry;

struct roi_tables {
  double seconds; /* spent building */
  const roi_graph *g;
  const volatile int *stop;
  entry **entries; size_t n, capacity;
  uint32_t *by_node; size_t n_nodes; /* index + 1 */
};

roi_tables *roi_tables_new(const roi_graph *g, const volatile int *stop) {
  roi_tables *t = roi_alloc_zero(1, sizeof *t);
  if (!t) return NULL;
  t->g = g;
  t->stop = stop;
  return t;
}

/* The graph may have grown since the tables were made. */
static int reserve(roi_tables *t) {
  if (t->n_nodes >= t->g->n_nodes) return 0;
  uint32_t *p = roi_resize(t->by_node, t->g->n_nodes, sizeof *p);
  if (!p) return -1;
  memset(p + t->n_nodes, 0, (t->g->n_nodes - t->n_nodes) * sizeof *p);
  t->by_node = p;
  t->n_nodes = t->g->n_nodes;
  return 0;
}

void roi_tables_free(roi_tables *t) {
  if (!t) return;
  for (size_t i = 0; i < t->n; i++) {
    roi_qtable_free(&t->entries[i]->continuous);
    roi_steps_free(&t->entries[i]->steps);
    roi_free(t->entries[i]->tree);
    roi_free(t->entries[i]);
  }
  roi_free(t->entries);
  roi_free(t->by_node);
  roi_free(t);
}

static entry *find(roi_tables *t, roi_node dist) {
  if (reserve(t) != 0) return NULL;
  if (t->by_node[dist]) return t->entries[t->by_node[dist] - 1];
  entry *e = roi_alloc_zero(1, sizeof *e);
  if (e) e->tree = roi_dist_tree(t->g, dist, NULL);
  if (!e || !e->tree || roi_grow((void **)&t->entries, t->n, &t->capacity, sizeof *t->entries) != 0) {
    if (e) roi_free(e->tree);
    roi_free(e);
    return NULL;
  }
  e->node = dist;
  t->entries[t->n++] = e;
  t->by_node[dist] = (uint32_t)t->n;
  return e;
}

const roi_distribution *roi_tables_tree(roi_tables *t, roi_node dist) {
  entry *e = find(t, dist);
  return e ? e->tree : NULL;
}

const roi_qtable *roi_tables_continuous(roi_tables *t, roi_node dist) {
  entry *e = find(t, dist);
  if (e) e->kind = CONTINUOUS;
  return e ? &e->continuous : NULL;
}

const roi_steps *roi_tables_steps(roi_tables *t, roi_node dist) {
  entry *e = find(t, dist);
  if (e) e->kind = STEPS;
  return e ? &e->steps : NULL;
}

int roi_tables_stopped(const roi_tables *t) { return t->stop && *t->stop; }

static void build_one(void *data, size_t i) {
  const roi_tables *t = data;
  entry *e = t->entries[i];
  if (e->built || roi_tables_stopped(t)) return;
  e->status = roi_dist_check(e->tree, &e->error);
  if (e->status == ROI_OK && e->kind == CONTINUOUS) e->status = roi_qtable_build(&e->continuous, e->tree, &e->error);
  if (e->status == ROI_OK && e->kind == STEPS) e->status = roi_steps_build(&e->steps, e->tree, &e->error);
  e->built = e->status == ROI_OK;
}

roi_status roi_tables_build(roi_tables *t, int threads, roi_error *err) {
  double begin = roi_seconds();
  size_t left = 0;
  for (size_t i = 0; i < t->n; i++) left += !t->entries[i]->built;
  roi_parallel(left > 1 ? threads : 1, t->n, NULL, build_one, t);
  t->seconds += roi_seconds() - begin;
  for (size_t i = 0; i < t->n; i++) {
    const entry *e = t->entries[i];
    if (e->built) continue;
    if (e->status == ROI_OK) return roi_fail(err, ROI_ERR_INTERRUPTED, "interrupted while distributions were prepared");
    const roi_node_row *row = &t->g->nodes[e->node];
    return roi_fail_at(err, e->status, roi_graph_text(t->g, row->file), (int)row->line, "%s", e->error.text);
  }
  return ROI_OK;
}

double roi_tables_seconds(const roi_tables *t) { return t->seconds; }
