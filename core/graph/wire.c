#include "graph/wire.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"

#define MAGIC UINT64_C(0x35687067696f72) /* "roigph5" */

/* The tables in their order on the wire. */
typedef struct table { size_t offset, count, capacity, size; } table; /* offsets into roi_graph; element size */
#define TABLE(field, n, cap) {offsetof(roi_graph, field), offsetof(roi_graph, n), offsetof(roi_graph, cap), sizeof *((roi_graph *)0)->field}
static const table tables[] = {
    TABLE(nodes, n_nodes, cap_nodes),          TABLE(args, n_args, cap_args),
    TABLE(data, n_data, cap_data),             TABLE(strings, n_strings, cap_strings),
    TABLE(inputs, n_inputs, cap_inputs),       TABLE(outputs, n_outputs, cap_outputs),
    TABLE(components, n_components, cap_components), TABLE(warnings, n_warnings, cap_warnings),
    TABLE(files, n_files, cap_files),          TABLE(settings, n_settings, cap_settings),
    TABLE(labels, n_labels, cap_labels),       TABLE(groups, n_groups, cap_groups),
    TABLE(members, n_members, cap_members),    TABLE(scores, n_scores, cap_scores),
    TABLE(correlations, n_correlations, cap_correlations), TABLE(sheets, n_sheets, cap_sheets),
    TABLE(columns, n_columns, cap_columns),    TABLE(cells, n_cells, cap_cells),
    TABLE(decisions, n_decisions, cap_decisions), TABLE(scenarios, n_scenarios, cap_scenarios),
    TABLE(candidates, n_candidates, cap_candidates), TABLE(ceilings, n_ceilings, cap_ceilings),
    TABLE(terms, n_terms, cap_terms),
    TABLE(expectations, n_expectations, cap_expectations),
};
enum { TABLES = sizeof tables / sizeof tables[0] };

typedef struct header {
  uint64_t magic, size;
  uint32_t name, currency, horizon, period, discount_rate, defaults, has_flows, node_size, scenario, unused;
  uint64_t count[TABLES];
} header;

static void **items(roi_graph *g, const table *t) { return (void **)((char *)g + t->offset); }
static size_t *count(roi_graph *g, const table *t) { return (size_t *)((char *)g + t->count); }
static const void *items_of(const roi_graph *g, const table *t) { return *(const void *const *)((const char *)g + t->offset); }
static size_t count_of(const roi_graph *g, const table *t) { return *(const size_t *)((const char *)g + t->count); }
static size_t padded(size_t n) { return (n + 7) & ~(size_t)7; }

void *roi_graph_write(const roi_graph *g, size_t *size, roi_error *err) {
  size_t total = sizeof(header);
  for (int i = 0; i < TABLES; i++) total += padded(count_of(g, &tables[i]) * tables[i].size);
  if (total > ROI_WIRE_MAX) {
    roi_fail(err, ROI_ERR_LIMIT, "the model's graph is larger than 2 GB");
    return NULL;
  }
  char *buffer = roi_alloc_zero(total, 1);
  if (!buffer) {
    roi_fail_memory(err, "handing over the model's graph");
    return NULL;
  }
  header h = {.magic = MAGIC, .size = total, .name = g->name, .currency = g->currency, .horizon = g->horizon,
              .period = g->period, .discount_rate = g->discount_rate, .defaults = g->defaults, .has_flows = g->has_flows,
              .node_size = sizeof(roi_node_row), .scenario = g->scenario};
  char *at = buffer + sizeof h;
  for (int i = 0; i < TABLES; i++) {
    h.count[i] = count_of(g, &tables[i]);
    size_t bytes = h.count[i] * tables[i].size;
    if (bytes) memcpy(at, items_of(g, &tables[i]), bytes);
    at += padded(bytes);
  }
  memcpy(buffer, &h, sizeof h);
  *size = total;
  return buffer;
}

/* Copies one table; 0, or -1 when it does not fit the buffer, -2 without memory. */
static int read_table(roi_graph *g, const table *t, uint64_t n, const char **at, const char *end) {
  size_t room = (size_t)(end - *at);
  if (n > room / t->size || padded((size_t)n * t->size) > room) return -1;
  void *p = roi_alloc((size_t)n + 1, t->size); /* one more: never empty, and room to grow */
  if (!p) return -2;
  if (n) memcpy(p, *at, (size_t)n * t->size);
  *items(g, t) = p;
  *count(g, t) = (size_t)n;
  *(size_t *)((char *)g + t->capacity) = (size_t)n + 1;
  *at += padded((size_t)n * t->size);
  return 0;
}

roi_graph *roi_graph_read(const void *buffer, size_t size, roi_error *err) {
  header h;
  if (size < sizeof h || size > ROI_WIRE_MAX) {
    roi_fail(err, ROI_ERR_MODEL, "the graph is damaged: %zu bytes", size);
    return NULL;
  }
  memcpy(&h, buffer, sizeof h);
  if (h.magic != MAGIC || h.size != size || h.node_size != sizeof(roi_node_row) || h.unused != 0) {
    roi_fail(err, ROI_ERR_MODEL, "the graph is damaged: it is not a graph of this version");
    return NULL;
  }
  roi_graph *g = roi_alloc_zero(1, sizeof *g);
  if (!g) {
    roi_fail_memory(err, "reading the model's graph");
    return NULL;
  }
  g->name = h.name, g->currency = h.currency, g->horizon = h.horizon, g->period = h.period;
  g->discount_rate = h.discount_rate, g->defaults = h.defaults, g->has_flows = h.has_flows, g->scenario = h.scenario;
  const char *at = (const char *)buffer + sizeof h, *end = (const char *)buffer + size;
  int failed = 0;
  for (int i = 0; i < TABLES && failed == 0; i++) failed = read_table(g, &tables[i], h.count[i], &at, end);
  if (failed == -2) roi_fail_memory(err, "reading the model's graph");
  else if (failed || at != end) roi_fail(err, ROI_ERR_MODEL, "the graph is damaged: its tables do not fit its size"), failed = 1;
  else if (roi_graph_validate(g, err) != ROI_OK) failed = 1;
  if (!failed) return g;
  roi_graph_free(g);
  return NULL;
}
