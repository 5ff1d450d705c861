#include "graph/sheets.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/state.h"

const roi_stat_row roi_stat_rows[ROI_CELL_COUNT] = {
#define ROI_CELL(id, name, nodes, doc) {name, nodes, doc},
#include "graph/sheet.def"
#undef ROI_CELL
};

const char *const roi_column_kind_names[ROI_COLUMN_KINDS] = {"text", "number", "money", "share", "periods", "condition"};

const char *const roi_reserved_keys[] = {"schema",   "model",        "run",        "outputs",      "inputs",  "probabilities",
                                         "warnings", "components",   "npv_per_cost", "correlations", "drivers", "provenance",
                                         "timing",   "gate_thresholds", "stress",    NULL};

int roi_stat_find(const char *name) {
  for (int i = 0; i < ROI_CELL_COUNT; i++)
    if (strcmp(roi_stat_rows[i].name, name) == 0) return i;
  return -1;
}

int roi_column_kind_find(const char *name) {
  for (int i = 0; i < ROI_COLUMN_KINDS; i++)
    if (strcmp(roi_column_kind_names[i], name) == 0) return i;
  return -1;
}

/* -- Rules ---------------------------------------------------------------------------------------------------------------- */

static int is_key(const char *s) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
  size_t n = strlen(s);
  return n > 0 && n <= ROI_MAX_KEY && strspn(s, letters) == n && !strchr("0123456789", s[0]);
}

static roi_status check_key(const roi_graph *g, size_t sheet, roi_error *err) {
  const char *key = roi_graph_text(g, g->sheets[sheet].key);
  if (!is_key(key))
    return roi_fail(err, ROI_ERR_MODEL, "sheet '%.80s': a key has letters, digits and _ only, at most %d, and no digit first", key,
                    ROI_MAX_KEY);
  for (const char *const *taken = roi_reserved_keys; *taken; taken++)
    if (strcmp(*taken, key) == 0) return roi_fail(err, ROI_ERR_MODEL, "sheet '%s': the report has a part of that name", key);
  for (size_t i = 0; i < sheet; i++)
    if (strcmp(roi_graph_text(g, g->sheets[i].key), key) == 0)
      return roi_fail(err, ROI_ERR_MODEL, "sheet '%s' is there already: give the second one another key", key);
  return ROI_OK;
}

static roi_status check_columns(const roi_graph *g, const roi_sheet_row *s, roi_error *err) {
  const char *sheet = roi_graph_text(g, s->key);
  const roi_column_row *c = g->columns + s->first_column;
  if (s->n_columns < 1 || s->n_columns > ROI_MAX_COLUMNS)
    return roi_fail(err, ROI_ERR_MODEL, "sheet '%s': has %u columns, must have 1 to %d", sheet, s->n_columns, ROI_MAX_COLUMNS);
  for (uint32_t i = 0; i < s->n_columns; i++) {
    const char *key = roi_graph_text(g, c[i].key);
    if (!is_key(key))
      return roi_fail(err, ROI_ERR_MODEL, "sheet '%s', column '%.80s': a key has letters, digits and _ only, at most %d, and no "
                      "digit first", sheet, key, ROI_MAX_KEY);
    if (c[i].kind >= ROI_COLUMN_KINDS || (c[i].flags & ~(uint32_t)ROI_COLUMN_SHOWN))
      return roi_fail(err, ROI_ERR_MODEL, "sheet '%s', column '%s': its kind is unknown", sheet, key);
    for (uint32_t k = 0; k < i; k++)
      if (strcmp(roi_graph_text(g, c[k].key), key) == 0)
        return roi_fail(err, ROI_ERR_MODEL, "sheet '%s' has two columns '%s'", sheet, key);
  }
  return ROI_OK;
}

static int is_level(double x) {
  for (int i = 0; i < ROI_QUANTILES; i++)
    if (x == roi_quantile_levels[i]) return 1;
  return 0;
}

/* A plain number may be never or a state, as an output may be; a NaN that arithmetic made is a failed calculation. */
static int is_value(double x) { return isfinite(x) || x == ROI_NEVER || roi_state_of(x) != ROI_STATE_NONE; }

static int is_zero(double x) { return x == 0.0 && !signbit(x); }

static int is_scalar(const roi_graph *g, roi_node n) { return n < g->n_nodes && g->nodes[n].shape == ROI_SCALAR; }

/* The rule that a cell breaks, or NULL. */
static const char *broken_rule(const roi_graph *g, const roi_cell_row *c) {
  if (c->stat >= ROI_CELL_COUNT) return "what it shows is unknown";
  const roi_node node[2] = {c->a, c->b};
  for (int i = 0; i < 2; i++) {
    int needed = i < roi_stat_rows[c->stat].nodes;
    if (needed && !is_scalar(g, node[i])) return "it needs one number a trial, such as roi.sum(s) or s[12] of a series";
    if (!needed && node[i] != ROI_NONE) return "it has a value that it does not use";
  }
  if (c->text && c->stat != ROI_CELL_TEXT) return "it has a text that it does not show";
  if (c->stat == ROI_CELL_VALUE) return is_value(c->level) ? NULL : "its number is the result of a failed calculation";
  if (c->stat == ROI_CELL_QUANTILE)
    return is_level(c->level) ? NULL : "its level must be 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95 or 0.99";
  return is_zero(c->level) ? NULL : "it has a level that it does not use";
}

roi_status roi_sheet_check(const roi_graph *g, size_t sheet, roi_error *err) {
  const roi_sheet_row *s = &g->sheets[sheet];
  roi_status status = check_key(g, sheet, err);
  if (status == ROI_OK) status = check_columns(g, s, err);
  for (uint64_t i = 0; status == ROI_OK && i < (uint64_t)s->n_rows * s->n_columns; i++) {
    const char *rule = broken_rule(g, &g->cells[s->first_cell + i]);
    if (rule)
      status = roi_fail(err, ROI_ERR_MODEL, "sheet '%s', row %llu, column '%s': %s", roi_graph_text(g, s->key),
                        (unsigned long long)(i / s->n_columns) + 1,
                        roi_graph_text(g, g->columns[s->first_column + i % s->n_columns].key), rule);
  }
  return status;
}

/* -- Adding --------------------------------------------------------------------------------------------------------------- */

#define GROW(field, count, capacity) roi_grow((void **)&g->field, g->count, &g->capacity, sizeof *g->field)

static uint32_t text(roi_graph *g, const char *s, int *failed) {
  uint32_t offset = roi_graph_string(g, s);
  if (offset == UINT32_MAX) *failed = 1;
  return offset;
}

static int add_columns(roi_graph *g, const roi_column *columns, size_t n) {
  int failed = 0;
  for (size_t i = 0; i < n && !failed; i++) {
    roi_column_row row = {.key = text(g, columns[i].key, &failed), .title = text(g, columns[i].title, &failed),
                          .kind = (uint32_t)columns[i].kind, .flags = columns[i].shown ? ROI_COLUMN_SHOWN : 0};
    if (failed || GROW(columns, n_columns, cap_columns) != 0) return -1;
    g->columns[g->n_columns++] = row;
  }
  return -failed;
}

static int add_cells(roi_graph *g, const roi_cell *cells, size_t n) {
  int failed = 0;
  for (size_t i = 0; i < n && !failed; i++) {
    const roi_cell *c = &cells[i];
    int nodes = (unsigned)c->stat < ROI_CELL_COUNT ? roi_stat_rows[c->stat].nodes : 0;
    roi_cell_row row = {.stat = (uint32_t)c->stat, .a = nodes > 0 ? c->a : ROI_NONE, .b = nodes > 1 ? c->b : ROI_NONE};
    if (c->stat == ROI_CELL_TEXT) row.text = text(g, c->text, &failed);
    if (c->stat == ROI_CELL_QUANTILE || c->stat == ROI_CELL_VALUE) row.level = c->level;
    if (failed || GROW(cells, n_cells, cap_cells) != 0) return -1;
    g->cells[g->n_cells++] = row;
  }
  return -failed;
}

roi_status roi_graph_add_sheet(roi_graph *g, const char *key, const char *title, const char *note, const roi_column *columns,
                               size_t n_columns, const roi_cell *cells, size_t n_rows, roi_error *err) {
  size_t first_column = g->n_columns, first_cell = g->n_cells, sheet = g->n_sheets;
  if (sheet >= ROI_MAX_SHEETS)
    return roi_fail(err, ROI_ERR_MODEL, "sheet '%.80s': a model has at most %d sheets", key, ROI_MAX_SHEETS);
  if (n_columns > ROI_MAX_COLUMNS) /* before they are copied */
    return roi_fail(err, ROI_ERR_MODEL, "sheet '%.80s': has %zu columns, must have 1 to %d", key, n_columns, ROI_MAX_COLUMNS);
  if (n_columns && n_rows > (ROI_MAX_CELLS - first_cell) / n_columns)
    return roi_fail(err, ROI_ERR_MODEL, "sheet '%.80s': all sheets of a model have at most %d cells together", key, ROI_MAX_CELLS);
  int failed = GROW(sheets, n_sheets, cap_sheets) != 0;
  roi_sheet_row row = {.key = text(g, key, &failed), .title = text(g, title, &failed), .note = text(g, note, &failed),
                       .first_column = (uint32_t)first_column, .n_columns = (uint32_t)n_columns,
                       .first_cell = (uint32_t)first_cell, .n_rows = (uint32_t)n_rows};
  failed = failed || add_columns(g, columns, n_columns) || add_cells(g, cells, n_columns * n_rows);
  if (!failed) g->sheets[g->n_sheets++] = row;
  roi_status status = failed ? roi_fail_memory(err, "building the model's graph") : roi_sheet_check(g, sheet, err);
  if (status == ROI_OK) return ROI_OK;
  g->n_sheets = sheet;
  g->n_columns = first_column;
  g->n_cells = first_cell;
  return status;
}
