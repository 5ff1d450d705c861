/* Distribution nodes with constant parameters as the trees of dist/dist.h. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "graph/fold.h"

typedef struct tree_size { size_t nodes, numbers, parts; } tree_size;

static roi_node arg_of(const roi_graph *g, const roi_node_row *row, uint32_t i) { return g->args[row->first_arg + i]; }

static void measure(const roi_graph *g, roi_node node, tree_size *size) {
  const roi_node_row *row = &g->nodes[node];
  size->nodes++;
  for (uint32_t i = 0; i < row->n_args; i++) {
    if (g->nodes[arg_of(g, row, i)].shape == ROI_DIST_SHAPE) {
      size->parts++;
      measure(g, arg_of(g, row, i), size);
    } else {
      size->numbers++;
    }
  }
  if (row->op == ROI_DIST) size->numbers += 4; /* room for defaults */
}

typedef struct tree_space {
  roi_distribution *node;
  const roi_distribution **part;
  double *number;
} tree_space;

/* A parameter. What is fixed without being a number is a state (graph/build.c keeps it as an operation). */
static double number(const roi_graph *g, const roi_node_row *row, uint32_t i) {
  double x;
  return roi_graph_constant(g, arg_of(g, row, i), &x) ? x : NAN;
}

size_t roi_fill_defaults(roi_family family, double *par, size_t n) {
  if (family == ROI_FAMILY_PERT && n == 3) par[n++] = 4.0;
  if (family == ROI_FAMILY_STUDENT_T && n == 1) par[n++] = 0.0;
  if (family == ROI_FAMILY_STUDENT_T && n == 2) par[n++] = 1.0;
  return n;
}

static const roi_distribution *grow_tree(const roi_graph *g, roi_node node, tree_space *space) {
  const roi_node_row *row = &g->nodes[node];
  roi_distribution *d = space->node++;
  memset(d, 0, sizeof *d);
  if (row->op == ROI_DIST) {
    d->kind = ROI_DIST_FAMILY;
    d->family = (roi_family)row->family;
    if (row->n_data) {
      d->par = g->data + row->first_data;
      d->n_par = row->n_data;
      return d;
    }
    double *par = space->number;
    for (uint32_t i = 0; i < row->n_args; i++) par[i] = number(g, row, i);
    d->par = par;
    d->n_par = roi_fill_defaults(d->family, par, row->n_args);
    space->number += row->n_args + 4;
    return d;
  }
  d->kind = row->op == ROI_TRUNCATE ? ROI_DIST_TRUNCATE : row->op == ROI_CLAMP ? ROI_DIST_CLAMP : ROI_DIST_MIXTURE;
  d->n_part = row->op == ROI_MIXTURE ? row->n_args / 2 : 1;
  const roi_distribution **part = space->part;
  space->part += d->n_part;
  d->part = part;
  if (row->op == ROI_MIXTURE) {
    double *weight = space->number;
    space->number += d->n_part;
    d->weight = weight;
    for (uint32_t i = 0; i < d->n_part; i++) {
      weight[i] = number(g, row, 2 * i);
      part[i] = grow_tree(g, arg_of(g, row, 2 * i + 1), space);
    }
  } else {
    part[0] = grow_tree(g, arg_of(g, row, 0), space);
    d->lo = number(g, row, 1);
    d->hi = number(g, row, 2);
  }
  return d;
}

roi_distribution *roi_dist_tree(const roi_graph *g, roi_node dist, roi_error *err) {
  tree_size size = {0, 0, 0};
  measure(g, dist, &size);
  size_t bytes = size.nodes * sizeof(roi_distribution) + size.parts * sizeof(void *) + size.numbers * sizeof(double);
  roi_distribution *d = roi_alloc(bytes, 1);
  if (!d) {
    roi_fail_memory(err, "a distribution");
    return NULL;
  }
  tree_space space = {.node = d};
  space.number = (double *)(d + size.nodes);
  space.part = (const roi_distribution **)(space.number + size.numbers);
  grow_tree(g, dist, &space);
  return d;
}

roi_status roi_dist_node_check(const roi_graph *g, roi_node dist, roi_error *err) {
  if (!(g->nodes[dist].flags & ROI_FIXED)) return ROI_OK;
  roi_distribution *d = roi_dist_tree(g, dist, err);
  if (!d) return err ? err->status : ROI_ERR_MODEL;
  roi_status s = roi_dist_check(d, err);
  roi_free(d);
  return s;
}
