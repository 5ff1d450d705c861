#include "portfolio/set_columns.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cpu.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "sensitivity/matrices.h"
#include "stats/lanes.h"

static roi_status no_memory(roi_error *err) { return roi_fail_memory(err, "choosing among use cases"); }

static int has_few_ways(const roi_component *x) {
  int bits = roi_count_bits(x->mask);
  return bits < 64 && UINT64_C(1) << bits <= ROI_KEPT_WAYS;
}

roi_status roi_set_columns_begin(roi_set_columns *c, const roi_graph *g, const roi_request *request, const roi_components *components,
                                 roi_error *err) {
  *c = (roi_set_columns){.g = g, .request = request, .components = components, .trials = request->options.trials};
  c->of = roi_alloc_zero(components->n + 1, sizeof *c->of);
  return c->of ? ROI_OK : no_memory(err);
}

void roi_set_columns_free(roi_set_columns *c) {
  for (size_t i = 0; c->of && i < c->components->n; i++) {
    roi_free(c->of[i].taken);
    roi_free(c->of[i].y);
  }
  roi_free(c->of);
  *c = (roi_set_columns){0};
}

/* -- Memory --------------------------------------------------------------------------------------------------------------- */

static double limit_of(const roi_set_columns *c) {
  uint64_t most = c->request->options.max_memory;
  return (double)(most ? most : roi_half_of_memory());
}

/* What measuring needs on each thread: a column, what finds its order statistics, and a bit of room. */
static double room_of_threads(const roi_set_columns *c, double trials) {
  int threads = c->request->options.threads ? c->request->options.threads : roi_cpu_count();
  return threads * (trials * (8 + 8.0 / 9) + (4 << 20));
}

static double column_bytes(const roi_component *x, double trials) { return x->constant ? 8 * 16 : 8 * trials; }

size_t roi_set_columns_most(const roi_set_columns *c) {
  double stride = (double)roi_matrix_stride(c->trials), kept = room_of_threads(c, stride), each = 0;
  for (size_t i = 0; i < c->components->n; i++) {
    const roi_component *x = &c->components->list[i];
    if (has_few_ways(x)) kept += column_bytes(x, stride) * (double)(1u << roi_count_bits(x->mask));
    else each += column_bytes(x, stride);
  }
  double most = each > 0 ? floor((limit_of(c) - kept) / each) : 1e6;
  return most < 1 ? 1 : most > 1e6 ? 1000000 : (size_t)most;
}

/* Whether all columns, with those that are about to be made, fit. */
static roi_status check_memory(const roi_set_columns *c, roi_error *err) {
  double stride = (double)roi_matrix_stride(c->trials), columns = 0;
  for (size_t i = 0; i < c->components->n; i++) columns += column_bytes(&c->components->list[i], stride) * (double)c->of[i].n;
  double bytes = columns + room_of_threads(c, stride), limit = limit_of(c);
  if (bytes <= limit) return ROI_OK;
  double fixed = room_of_threads(c, 0), fit = floor((limit - fixed) / ((bytes - fixed) / stride));
  char trials[32], way[80] = "";
  fit = fit > 512 ? fit - 256 : fit; /* a stride is a whole number of blocks */
  if (fit >= 1) snprintf(way, sizeof way, "take at most %.0f --trials, or ", fit);
  return roi_fail(err, ROI_ERR_LIMIT, "choosing among %zu use cases needs %.0f MB for %s trials, and %.0f MB may be used: %sraise "
                  "--max-memory", c->components->cases, ceil(bytes / 1048576), roi_format_count(trials, c->trials),
                  floor(limit / 1048576), way);
}

/* -- Which ways are needed --------------------------------------------------------------------------------------------------- */

static int by_bits(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

/* All ways to take some of the mask, rising. */
static void list_all(uint64_t mask, uint64_t *ways) {
  size_t n = 0;
  uint64_t way = 0;
  do {
    ways[n++] = way;
    way = (way - mask) & mask;
  } while (way);
}

/* Lists the ways that the sets take of a component; 1 if they have changed, 0 if all is there, -1 without memory. */
static int list_ways(roi_component_columns *columns, const roi_component *x, const uint64_t *sets, size_t n) {
  if (columns->kept) return 0;
  int all = has_few_ways(x);
  size_t most = all ? (size_t)1 << roi_count_bits(x->mask) : n, kept = 0;
  uint64_t *ways = roi_alloc(most + 1, sizeof *ways);
  if (!ways) return -1;
  if (all) list_all(x->mask, ways);
  for (size_t i = 0; i < n && !all; i++) ways[i] = sets[i] & x->mask;
  qsort(ways, most, sizeof *ways, by_bits);
  for (size_t i = 0; i < most; i++)
    if ((kept == 0 || ways[i] != ways[kept - 1]) && !(x->owned && ways[i] == 0)) ways[kept++] = ways[i];
  roi_free(columns->taken);
  roi_free(columns->y);
  *columns = (roi_component_columns){.taken = ways, .n = kept, .kept = all};
  return 1;
}

/* -- Evaluating ---------------------------------------------------------------------------------------------------------------- */

/* Components that are evaluated in one pass: the switches of one are not in another, or they are the same. */
typedef struct batch {
  const roi_set_columns *c;
  const uint64_t *on;      /* by matrix, the candidates taken */
} batch;

static void set_switches(const void *data, size_t matrix, uint64_t row, uint32_t n, roi_uniforms *u) {
  const batch *b = data;
  double *off = u->room, *on = u->room + u->stride;
  (void)row;
  for (uint32_t i = 0; i < n; i++) off[i] = ROI_LEAST_UNIFORM, on[i] = 1 - ROI_LEAST_UNIFORM;
  const roi_components *all = b->c->components;
  for (size_t i = 0; i < all->cases; i++) u->points[all->draws[i]] = (b->on[matrix] >> i & 1) ? on : off;
}

/* "with A and C and without B", as far as there is room. */
static void name_way(const roi_graph *g, uint64_t mask, uint64_t way, char *text, size_t size) {
  size_t n = 0;
  text[0] = '\0';
  for (int with = 1; with >= 0; with--) {
    int first = 1;
    for (size_t i = 0; i < g->n_candidates && n + 40 < size; i++) {
      if (!(mask >> i & 1) || (int)(way >> i & 1) != with) continue;
      n += (size_t)snprintf(text + n, size - n, "%s'%.60s'", !first ? " and " : n ? ", without " : with ? "with " : "without ",
                            roi_graph_text(g, g->candidates[i].name));
      if (n >= size) n = size - 1;
      first = 0;
    }
  }
}

/* What is not a number can't be chosen by. */
static roi_status check_numbers(const roi_set_columns *c, const roi_component *x, const roi_component_columns *columns, uint64_t rows,
                                roi_error *err) {
  char way[400];
  for (size_t k = 0; k < columns->n; k++)
    for (uint64_t i = 0; i < rows; i++) {
      if (isfinite(columns->y[k * columns->stride + i])) continue;
      name_way(c->g, x->mask, columns->taken[k], way, sizeof way);
      const char *what = x->quantity == 0 ? "npv" : x->quantity <= c->components->spans ? "what is spent" : "a budget's ceiling";
      return roi_fail(err, ROI_ERR_RUN, "%s is not a number in trial %llu%s%s: where a use case rests on another's payback or return, say "
                      "what it does without the other", what, (unsigned long long)i + 1, *way ? ", " : "", way);
    }
  return ROI_OK;
}

/* Evaluates the components listed, all of which have as many ways and are constant or not alike. */
static roi_status evaluate(roi_set_columns *c, const size_t *which, size_t n, roi_error *err) {
  const roi_component *list = c->components->list;
  size_t ways = c->of[which[0]].n;
  uint64_t rows = list[which[0]].constant ? 1 : c->trials, stride = roi_matrix_stride(rows);
  if (ways == 0) return ROI_OK;
  uint64_t *on = roi_alloc_zero(ways, sizeof *on);
  roi_target *targets = roi_alloc(n, sizeof *targets);
  double **columns = roi_alloc(n, sizeof *columns);
  roi_status status = on && targets && columns ? ROI_OK : no_memory(err);
  for (size_t i = 0; i < n && !status; i++) {
    roi_component_columns *x = &c->of[which[i]];
    x->stride = stride;
    x->y = roi_alloc_aligned(ways * (size_t)stride, sizeof *x->y);
    if (!x->y) status = no_memory(err);
    columns[i] = x->y;
    targets[i] = (roi_target){"a use case", list[which[i]].node};
    for (size_t k = 0; k < ways; k++) on[k] |= x->taken[k];
  }
  batch b = {.c = c, .on = on};
  roi_matrices m = {.count = ways, .rows = rows, .room = 2, .set = set_switches, .data = &b};
  if (!status) status = roi_matrices_evaluate(c->g, c->request, &m, targets, n, columns, err);
  c->evaluations += ways * rows;
  for (size_t i = 0; i < n && !status; i++) status = check_numbers(c, &list[which[i]], &c->of[which[i]], rows, err);
  roi_free(on);
  roi_free(targets);
  roi_free(columns);
  return status;
}

/* Whether a component can share a pass with those chosen. */
static int goes_with(const roi_set_columns *c, const size_t *which, size_t n, size_t i) {
  const roi_component *list = c->components->list;
  for (size_t k = 0; k < n; k++) {
    const roi_component *x = &list[which[k]];
    if (c->of[which[k]].n != c->of[i].n || x->constant != list[i].constant) return 0;
    if ((x->mask & list[i].mask) && (x->mask != list[i].mask || x->owned != list[i].owned)) return 0;
  }
  return 1;
}

roi_status roi_set_columns_prepare(roi_set_columns *c, const uint64_t *sets, size_t n, roi_error *err) {
  size_t all = c->components->n, chosen;
  unsigned char *open = roi_alloc_zero(all + 1, 1);
  size_t *which = roi_alloc(all + 1, sizeof *which);
  roi_status status = open && which ? ROI_OK : no_memory(err);
  for (size_t i = 0; i < all && !status; i++) {
    int changed = list_ways(&c->of[i], &c->components->list[i], sets, n);
    if (changed < 0) status = no_memory(err);
    open[i] = changed > 0;
  }
  if (!status) status = check_memory(c, err);
  do {
    chosen = 0;
    for (size_t i = 0; i < all && !status; i++)
      if (open[i] && goes_with(c, which, chosen, i)) which[chosen++] = i, open[i] = 0;
    if (chosen) status = evaluate(c, which, chosen, err);
  } while (chosen && !status);
  roi_free(open);
  roi_free(which);
  return status;
}

/* -- Sums ------------------------------------------------------------------------------------------------------------------------- */

/* The column of a component in a set; NULL: zeros. */
static const double *column_of(const roi_set_columns *c, size_t i, uint64_t set) {
  const roi_component *x = &c->components->list[i];
  const roi_component_columns *columns = &c->of[i];
  uint64_t way = set & x->mask;
  if (way == 0 && x->owned) return NULL;
  if (set == 0 && x->quantity <= c->components->spans) return NULL;
  const uint64_t *at = bsearch(&way, columns->taken, columns->n, sizeof way, by_bits);
  return at ? columns->y + (size_t)(at - columns->taken) * columns->stride : NULL;
}

int roi_set_constant(const roi_set_columns *c, size_t quantity, uint64_t set, double *value) {
  *value = 0;
  for (size_t i = c->components->first[quantity]; i < c->components->first[quantity + 1]; i++) {
    const double *column = column_of(c, i, set);
    if (!column) continue;
    if (!c->components->list[i].constant) return 0;
    *value += column[0];
  }
  return 1;
}

/* Adds n numbers to others. */
static void add_column(double *out, const double *column, size_t n) {
  size_t k = 0;
  lanes a, b;
  for (; k + 4 <= n; k += 4) {
    memcpy(&a, out + k, sizeof a);
    memcpy(&b, column + k, sizeof b);
    a += b;
    memcpy(out + k, &a, sizeof a);
  }
  for (; k < n; k++) out[k] += column[k];
}

void roi_set_values(const roi_set_columns *c, size_t quantity, uint64_t set, uint64_t first, size_t n, double *out) {
  double same = 0;
  int begun = 0;
  for (size_t i = c->components->first[quantity]; i < c->components->first[quantity + 1]; i++) {
    const double *column = column_of(c, i, set);
    if (!column) continue;
    if (c->components->list[i].constant) {
      same += column[0];
      continue;
    }
    if (begun) add_column(out, column + first, n);
    else memcpy(out, column + first, n * sizeof *out);
    begun = 1;
  }
  if (!begun) memset(out, 0, n * sizeof *out);
  for (size_t k = 0; k < n && same != 0; k++) out[k] += same;
}
