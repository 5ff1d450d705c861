/* sheets.h - sheets: tables of figures that a model declares, the run estimates and the reports print.
 *
 * The library written in Lua makes them of what its vocabulary knows (use cases, budgets, years). The engine knows none of these,
 * only columns, rows and what stands in a cell (graph/sheet.def). The tables of graph.h hold them. */
#ifndef ROI_GRAPH_SHEETS_H
#define ROI_GRAPH_SHEETS_H

#include "graph/graph.h"

/* Rows of sheet.def. */
typedef struct roi_stat_row { const char *name; int nodes; const char *doc; } roi_stat_row;
extern const roi_stat_row roi_stat_rows[ROI_CELL_COUNT];
/* "text", "number", "money", "share", "periods", "condition" */
extern const char *const roi_column_kind_names[ROI_COLUMN_KINDS];
/* By name; -1 if there is none. */
int roi_stat_find(const char *name);
int roi_column_kind_find(const char *name);

/* Keys of the report's JSON, which no sheet can have; ends in NULL. */
extern const char *const roi_reserved_keys[];

/* A sheet as it is given: keys are identifiers of at most ROI_MAX_KEY letters, digits and _. */
typedef struct roi_column { const char *key, *title; roi_column_kind kind; int shown; } roi_column;
typedef struct roi_cell {
  roi_cell_stat stat;
  const char *text;    /* TEXT */
  roi_node a, b;       /* as many as the stat rests on */
  double level;        /* QUANTILE: the level; VALUE: the number */
} roi_cell;

/* Adds a sheet of n_rows rows: cells[row * n_columns + column]. Title and note may be empty. On an error, which names the sheet,
 * the cell and the rule, the graph has no part of it. */
roi_status roi_graph_add_sheet(roi_graph *g, const char *key, const char *title, const char *note, const roi_column *columns,
                               size_t n_columns, const roi_cell *cells, size_t n_rows, roi_error *err);

/* Checks the rules of one sheet of the graph: keys, kinds, and what each cell may hold. Its strings and its places in the tables
 * must be in range. */
roi_status roi_sheet_check(const roi_graph *g, size_t sheet, roi_error *err);

#endif
