/* What the cells of a model's sheets need of a run. Cells that show the same thing share it, with each other and with what is asked for
 * anyway: a model may show one npv in five tables. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "command/command.h"
#include "graph/sheets.h"

/* What is asked for, found by what it is of: open addressing. b is ROI_NONE but for ratios. */
typedef struct entry { roi_cell_source at; roi_node a, b; } entry;

typedef struct asking {
  roi_ask *ask;
  const roi_graph *g;
  roi_error *err;
  entry *table;
  size_t size;              /* a power of two, at least twice the entries */
  const roi_sheet_row *sheet;
  size_t row, column;       /* of the cell at hand, for names */
} asking;

static entry *find(const asking *x, roi_cell_from from, roi_node a, roi_node b) {
  uint64_t h = ((uint64_t)a << 32 | b) * UINT64_C(0x9e3779b97f4a7c15) ^ (uint64_t)from * UINT64_C(0xd1b54a32d192ed03);
  size_t at = (size_t)(h >> 20) & (x->size - 1);
  for (; x->table[at].at.from != ROI_FROM_NOTHING; at = (at + 1) & (x->size - 1))
    if (x->table[at].at.from == from && x->table[at].a == a && x->table[at].b == b) break;
  return &x->table[at];
}

/* Enters what the request has at that index; the first of several equal ones stays. */
static void enter(asking *x, roi_cell_from from, size_t index, roi_node a, roi_node b) {
  entry *e = find(x, from, a, b);
  if (e->at.from == ROI_FROM_NOTHING) *e = (entry){{from, index}, a, b};
}

/* A name for messages about what the cell at hand asks for: "use_cases: triage, npv"; NULL without memory. */
static const char *cell_name(asking *x) {
  const roi_graph *g = x->g;
  const roi_cell_row *row = &g->cells[x->sheet->first_cell + x->row * x->sheet->n_columns];
  char number[40], text[300];
  snprintf(number, sizeof number, "row %zu", x->row + 1);
  snprintf(text, sizeof text, "%s: %.100s, %s", roi_graph_text(g, x->sheet->key),
           row->stat == ROI_CELL_TEXT ? roi_graph_text(g, row->text) : number,
           roi_graph_text(g, g->columns[x->sheet->first_column + x->column].key));
  char *name = roi_copy_string(text);
  if (name) x->ask->names[x->ask->n_names++] = name;
  return name;
}

/* -- What a cell needs ------------------------------------------------------------------------------------------------------ */

/* The request's list of that kind has room. */
static roi_status want(asking *x, roi_cell_from from, roi_node node, roi_cell_source *at) {
  roi_request *r = &x->ask->request;
  entry *e = find(x, from, node, ROI_NONE);
  if (e->at.from == ROI_FROM_NOTHING) {
    const char *name = cell_name(x);
    if (!name) return roi_fail_memory(x->err, "listing what sheets need");
    roi_target *const list[] = {NULL, x->ask->outputs, x->ask->shares, x->ask->means};
    size_t *const n[] = {NULL, &r->n_outputs, &r->n_shares, &r->n_means};
    list[from][*n[from]] = (roi_target){name, node};
    *e = (entry){{from, (*n[from])++}, node, ROI_NONE};
    if (from == ROI_FROM_OUTPUT) r->n_unlisted++;
  }
  *at = e->at;
  return ROI_OK;
}

/* The mean is part of full statistics. */
static roi_status want_mean(asking *x, roi_node node, roi_cell_source *at) {
  int known = find(x, ROI_FROM_OUTPUT, node, ROI_NONE)->at.from != ROI_FROM_NOTHING;
  return want(x, known ? ROI_FROM_OUTPUT : ROI_FROM_MEAN, node, at);
}

/* The means of both are asked for as well: a ratio passes over what is no number, they don't, and so name what failed. */
static roi_status want_ratio(asking *x, roi_node a, roi_node b, roi_cell_source *at) {
  roi_request *r = &x->ask->request;
  roi_status status = want_mean(x, a, at);
  if (!status) status = want_mean(x, b, at);
  if (status) return status;
  entry *e = find(x, ROI_FROM_RATIO, a, b);
  if (e->at.from == ROI_FROM_NOTHING) {
    x->ask->ratios[r->n_ratios] = (roi_pair){a, b};
    *e = (entry){{ROI_FROM_RATIO, r->n_ratios++}, a, b};
  }
  *at = e->at;
  return ROI_OK;
}

static roi_status want_cell(asking *x, const roi_cell_row *c, roi_cell_source *at) {
  switch ((roi_cell_stat)c->stat) {
    case ROI_CELL_QUANTILE:
    case ROI_CELL_SUMMARY: return want(x, ROI_FROM_OUTPUT, c->a, at);
    case ROI_CELL_MEAN: return want_mean(x, c->a, at);
    case ROI_CELL_SHARE: return want(x, ROI_FROM_SHARE, c->a, at);
    case ROI_CELL_RATIO: return want_ratio(x, c->a, c->b, at);
    default: return ROI_OK;
  }
}

static int is_full(const roi_cell_row *c) { return c->stat == ROI_CELL_QUANTILE || c->stat == ROI_CELL_SUMMARY; }

/* All cells: those that need full statistics first, since these serve the others. */
static roi_status want_cells(asking *x) {
  for (int full = 1; full >= 0; full--)
    for (size_t i = 0; i < x->g->n_sheets; i++) {
      x->sheet = &x->g->sheets[i];
      for (size_t k = 0; k < (size_t)x->sheet->n_rows * x->sheet->n_columns; k++) {
        size_t cell = x->sheet->first_cell + k;
        if (is_full(&x->g->cells[cell]) != full) continue;
        x->row = k / x->sheet->n_columns;
        x->column = k % x->sheet->n_columns;
        roi_status status = want_cell(x, &x->g->cells[cell], &x->ask->cells[cell]);
        if (status) return status;
      }
    }
  return ROI_OK;
}

/* -- Room ------------------------------------------------------------------------------------------------------------------- */

static int widen(void *list, size_t n, size_t size) {
  void *p = roi_resize(*(void **)list, n ? n : 1, size);
  if (p) *(void **)list = p;
  return p ? 0 : -1;
}

/* Room for as many as the cells can ask for, and for a table of all. */
static roi_status make_room(asking *x) {
  roi_ask *a = x->ask;
  const roi_request *r = &a->request;
  size_t n[ROI_CELL_COUNT] = {0};
  for (size_t i = 0; i < x->g->n_cells; i++) n[x->g->cells[i].stat]++;
  size_t outputs = n[ROI_CELL_QUANTILE] + n[ROI_CELL_SUMMARY], means = n[ROI_CELL_MEAN] + 2 * n[ROI_CELL_RATIO];
  size_t names = outputs + n[ROI_CELL_SHARE] + means;
  size_t entries = names + n[ROI_CELL_RATIO] + r->n_outputs + r->n_shares + r->n_means + r->n_ratios;
  for (x->size = 16; x->size < 2 * entries;) x->size *= 2;
  x->table = roi_alloc_zero(x->size, sizeof *x->table);
  a->cells = roi_alloc_zero(x->g->n_cells, sizeof *a->cells);
  a->names = roi_alloc(names, sizeof *a->names);
  if (!x->table || !a->cells || !a->names || widen(&a->outputs, r->n_outputs + outputs, sizeof *a->outputs) ||
      widen(&a->shares, r->n_shares + n[ROI_CELL_SHARE], sizeof *a->shares) ||
      widen(&a->means, r->n_means + means, sizeof *a->means) || widen(&a->ratios, r->n_ratios + n[ROI_CELL_RATIO], sizeof *a->ratios))
    return roi_fail_memory(x->err, "listing what sheets need");
  return ROI_OK;
}

roi_status roi_ask_sheets(roi_ask *a, const roi_graph *g, roi_error *err) {
  roi_request *r = &a->request;
  asking x = {.ask = a, .g = g, .err = err};
  if (g->n_sheets == 0) return ROI_OK;
  roi_status status = make_room(&x);
  if (!status) {
    for (size_t i = 0; i < r->n_outputs; i++) enter(&x, ROI_FROM_OUTPUT, i, a->outputs[i].node, ROI_NONE);
    for (size_t i = 0; i < r->n_shares; i++) enter(&x, ROI_FROM_SHARE, i, a->shares[i].node, ROI_NONE);
    for (size_t i = 0; i < r->n_means; i++) enter(&x, ROI_FROM_MEAN, i, a->means[i].node, ROI_NONE);
    for (size_t i = 0; i < r->n_ratios; i++) enter(&x, ROI_FROM_RATIO, i, a->ratios[i].x, a->ratios[i].y);
    status = want_cells(&x);
  }
  roi_free(x.table);
  r->outputs = a->outputs;
  r->shares = a->shares;
  r->means = a->means;
  r->ratios = a->ratios;
  return status;
}
