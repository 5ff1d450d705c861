/* Sheets as a function: tables of figures that the library written in Lua declares (graph/sheets.h). */
#include <math.h>

#include "graph/sheets.h"
#include "host/values_state.h"

/* The string in a field of the table on top, which keeps it; "" if it has none. */
static const char *text_field(lua_State *L, roi_values *v, const char *name) {
  lua_getfield(L, -1, name);
  const char *s = lua_type(L, -1) == LUA_TSTRING ? roi_v_text(L, v, -1) : "";
  lua_pop(L, 1);
  return s;
}

/* One of columns: { key =, title =, kind = "text" | "number" | "money" | "share" | "periods" | "condition", shown = true } */
static roi_column read_column(lua_State *L, roi_values *v, const char *sheet, lua_Integer i) {
  if (lua_type(L, -1) != LUA_TTABLE)
    roi_v_fail(L, v, "sheet '%s': column %d must be a table, not %s", sheet, (int)i, roi_v_kind(L, v, -1));
  roi_column c = {.key = text_field(L, v, "key"), .title = text_field(L, v, "title")};
  const char *kind = text_field(L, v, "kind");
  int found = roi_column_kind_find(kind);
  if (found < 0)
    roi_v_fail(L, v, "sheet '%s', column '%s': kind = '%s' must be one of text, number, money, share, periods, condition%s", sheet,
               c.key, kind, roi_v_suggest(L, kind, roi_column_kind_names, ROI_COLUMN_KINDS));
  c.kind = (roi_column_kind)found;
  lua_getfield(L, -1, "shown");
  c.shown = lua_isnil(L, -1) || lua_toboolean(L, -1);
  lua_pop(L, 1);
  return c;
}

/* What a cell that is a table says: { stat =, a =, b =, level = }. what: names the cell in messages. */
static roi_cell read_estimate(lua_State *L, roi_values *v, const char *what) {
  roi_cell c = {.a = ROI_NONE, .b = ROI_NONE};
  const char *stat = text_field(L, v, "stat");
  int found = roi_stat_find(stat);
  if (found < 0 || roi_stat_rows[found].nodes == 0)
    roi_v_fail(L, v, "%s: stat = '%s' must be one of mean, share, quantile, ratio, summary, at_median, rank", what, stat);
  c.stat = (roi_cell_stat)found;
  roi_node *const node[] = {&c.a, &c.b};
  static const char *const names[] = {"a", "b"};
  for (int i = 0; i < roi_stat_rows[found].nodes; i++) {
    lua_getfield(L, -1, names[i]);
    *node[i] = roi_v_scalar(L, v, -1, what);
    lua_pop(L, 1);
  }
  if (c.stat == ROI_CELL_QUANTILE) {
    lua_getfield(L, -1, "level");
    c.level = lua_type(L, -1) == LUA_TNUMBER ? lua_tonumber(L, -1) : (double)NAN;
    lua_pop(L, 1);
  }
  return c;
}

static roi_cell read_cell(lua_State *L, roi_values *v, const char *what) {
  roi_cell c = {.a = ROI_NONE, .b = ROI_NONE};
  switch (lua_type(L, -1)) {
    case LUA_TNIL: break;
    case LUA_TSTRING:
      c.stat = ROI_CELL_TEXT;
      c.text = roi_v_text(L, v, -1);
      break;
    case LUA_TNUMBER:
      c.stat = ROI_CELL_VALUE;
      c.level = lua_tonumber(L, -1);
      break;
    case LUA_TTABLE: return read_estimate(L, v, what);
    default:
      if (lua_type(L, -1) == LUA_TBOOLEAN && !lua_toboolean(L, -1)) break;
      roi_v_fail(L, v, "%s: must be a text, a number, { stat = ... } or false, not %s", what, roi_v_kind(L, v, -1));
  }
  return c;
}

/* The cells of the row on top. */
static void read_row(lua_State *L, roi_values *v, const char *sheet, const roi_column *columns, int n_columns, lua_Integer row,
                     roi_cell *cells) {
  if (lua_type(L, -1) != LUA_TTABLE || lua_rawlen(L, -1) > (size_t)n_columns)
    roi_v_fail(L, v, "sheet '%s': row %d must be a list of at most %d cells", sheet, (int)row, n_columns);
  for (int i = 0; i < n_columns; i++) {
    const char *what = lua_pushfstring(L, "sheet '%s', row %d, column '%s'", sheet, (int)row, columns[i].key);
    lua_rawgeti(L, -2, i + 1);
    cells[i] = read_cell(L, v, what);
    lua_pop(L, 2);
  }
}

/* add_sheet(key, title, note, columns, rows): rows is a list of rows, each a list of cells: a text, a plain number, an estimate
 * { stat =, a =, b =, level = }, or false for an empty one */
static int add_sheet(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_error err;
  lua_settop(L, 5);
  const char *text[3];
  for (int i = 0; i < 3; i++) text[i] = lua_type(L, i + 1) == LUA_TSTRING ? roi_v_text(L, v, i + 1) : "";
  if (lua_type(L, 4) != LUA_TTABLE || lua_type(L, 5) != LUA_TTABLE)
    return roi_v_fail(L, v, "sheet '%s': its columns and rows must be lists", text[0]);
  size_t n_columns = lua_rawlen(L, 4), n_rows = lua_rawlen(L, 5);
  if (n_columns > ROI_MAX_COLUMNS || n_rows > ROI_MAX_CELLS || n_columns * n_rows > ROI_MAX_CELLS)
    return roi_v_fail(L, v, "sheet '%s': has %d columns and %d rows; a sheet has at most %d columns, and all of them %d cells", text[0],
                      (int)n_columns, (int)n_rows, ROI_MAX_COLUMNS, ROI_MAX_CELLS);
  roi_v_here(L, v);
  roi_column *columns = lua_newuserdatauv(L, (n_columns + 1) * sizeof *columns, 0);
  roi_cell *cells = lua_newuserdatauv(L, (n_columns * n_rows + 1) * sizeof *cells, 0);
  for (size_t i = 0; i < n_columns; i++) { /* the lists keep the strings */
    lua_rawgeti(L, 4, (lua_Integer)i + 1);
    columns[i] = read_column(L, v, text[0], (lua_Integer)i + 1);
    lua_settop(L, 7);
  }
  for (size_t i = 0; i < n_rows; i++) {
    lua_rawgeti(L, 5, (lua_Integer)i + 1);
    read_row(L, v, text[0], columns, (int)n_columns, (lua_Integer)i + 1, cells + i * n_columns);
    lua_settop(L, 7);
  }
  if (roi_graph_add_sheet(v->g, text[0], text[1], text[2], columns, n_columns, cells, n_rows, &err) != ROI_OK)
    return roi_v_raise(L, v, &err);
  return 0;
}

void roi_v_open_sheets(lua_State *L, int state, int t) { roi_v_function(L, state, t, "add_sheet", add_sheet); }
