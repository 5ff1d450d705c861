/* Sheets in the graph: what is added is kept, what breaks a rule is refused in words, and no damaged field is believed. */
#include "unit/model.h"

#include "graph/sheets.h"
#include "graph/wire.h"

static const roi_column columns[] = {{"name", "use case", ROI_COLUMN_TEXT, 1},
                                     {"npv", "npv", ROI_COLUMN_MONEY, 1},
                                     {"loss", "P(loss)", ROI_COLUMN_SHARE, 0}};

static roi_cell text(const char *s) { return (roi_cell){.stat = ROI_CELL_TEXT, .text = s}; }
static roi_cell of(roi_cell_stat stat, roi_node a) { return (roi_cell){.stat = stat, .a = a}; }

static roi_status add(const char *key, const roi_cell *cells, size_t n_rows) {
  return roi_graph_add_sheet(g, key, "Use cases", "all in money of today", columns, 3, cells, n_rows, &why);
}

/* A graph with two sheets: every kind of cell is in the first. */
static void build(void) {
  begin(6);
  roi_node x = uniform("x", 1, 2), y = uniform("y", 3, 4);
  const roi_cell cells[] = {text("first"), of(ROI_CELL_MEAN, x), of(ROI_CELL_SHARE, op2(ROI_LT, x, num(1.5))),
                            text("second"), {.stat = ROI_CELL_QUANTILE, .a = y, .level = 0.95},
                            {.stat = ROI_CELL_RATIO, .a = x, .b = y},
                            {.stat = ROI_CELL_EMPTY}, {.stat = ROI_CELL_VALUE, .level = 12.5}, of(ROI_CELL_SUMMARY, y)};
  assert_int_equal(add("use_cases", cells, 3), ROI_OK);
  assert_int_equal(add("more", cells, 1), ROI_OK);
  assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
}

static void added_sheets_are_kept(void **state) {
  (void)state;
  build();
  pass_on();
  assert_int_equal(g->n_sheets, 2);
  assert_int_equal(g->n_columns, 6);
  assert_int_equal(g->n_cells, 12);
  assert_int_equal(g->sheets[1].first_column, 3);
  assert_int_equal(g->sheets[1].first_cell, 9);
  assert_string_equal(roi_graph_text(g, g->sheets[0].key), "use_cases");
  assert_string_equal(roi_graph_text(g, g->sheets[0].note), "all in money of today");
  assert_string_equal(roi_graph_text(g, g->columns[2].title), "P(loss)");
  assert_int_equal(g->columns[1].kind, ROI_COLUMN_MONEY);
  assert_int_equal(g->columns[1].flags, ROI_COLUMN_SHOWN);
  assert_int_equal(g->columns[2].flags, 0);
  assert_string_equal(roi_graph_text(g, g->cells[3].text), "second");
  assert_true(g->cells[4].level == 0.95);
  assert_true(g->cells[5].b != ROI_NONE && g->cells[1].b == ROI_NONE);
  assert_true(g->cells[7].level == 12.5 && g->cells[7].a == ROI_NONE);
  end();
}

static void refused(const char *key, roi_cell cell, const char *message) {
  size_t sheets = g->n_sheets, n_columns = g->n_columns, n_cells = g->n_cells;
  const roi_cell cells[] = {text("a"), text("b"), text("c"), text("d"), cell, text("f")};
  assert_int_equal(add(key, cells, 2), ROI_ERR_MODEL);
  assert_string_equal(why.text, message);
  assert_true(g->n_sheets == sheets && g->n_columns == n_columns && g->n_cells == n_cells);
  assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
}

static void broken_rules_are_named(void **state) {
  (void)state;
  build();
  roi_node x = 0, series = per(1);
  while (g->nodes[x].op != ROI_DRAW) x++;
  const roi_cell good = of(ROI_CELL_MEAN, x);
  refused("use_cases", good, "sheet 'use_cases' is there already: give the second one another key");
  refused("outputs", good, "sheet 'outputs': the report has a part of that name");
  refused("2nd", good, "sheet '2nd': a key has letters, digits and _ only, at most 64, and no digit first");
  refused("", good, "sheet '': a key has letters, digits and _ only, at most 64, and no digit first");
  refused("new", of(ROI_CELL_MEAN, series),
          "sheet 'new', row 2, column 'npv': it needs one number a trial, such as roi.sum(s) or s[12] of a series");
  refused("new", of(ROI_CELL_RATIO, ROI_NONE),
          "sheet 'new', row 2, column 'npv': it needs one number a trial, such as roi.sum(s) or s[12] of a series");
  refused("new", (roi_cell){.stat = ROI_CELL_QUANTILE, .a = x, .level = 0.3},
          "sheet 'new', row 2, column 'npv': its level must be 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95 or 0.99");
  refused("new", (roi_cell){.stat = ROI_CELL_VALUE, .level = (double)NAN},
          "sheet 'new', row 2, column 'npv': its number is the result of a failed calculation");
  refused("new", (roi_cell){.stat = ROI_CELL_COUNT}, "sheet 'new', row 2, column 'npv': what it shows is unknown");
  const roi_column twice[] = {columns[0], columns[0]}, odd[] = {{"a b", "", ROI_COLUMN_TEXT, 1}},
                   kind[] = {{"a", "", ROI_COLUMN_KINDS, 1}};
  assert_int_equal(roi_graph_add_sheet(g, "new", "", "", twice, 2, NULL, 0, &why), ROI_ERR_MODEL);
  assert_string_equal(why.text, "sheet 'new' has two columns 'name'");
  assert_int_equal(roi_graph_add_sheet(g, "new", "", "", odd, 1, NULL, 0, &why), ROI_ERR_MODEL);
  assert_string_equal(why.text, "sheet 'new', column 'a b': a key has letters, digits and _ only, at most 64, and no digit first");
  assert_int_equal(roi_graph_add_sheet(g, "new", "", "", kind, 1, NULL, 0, &why), ROI_ERR_MODEL);
  assert_string_equal(why.text, "sheet 'new', column 'a': its kind is unknown");
  assert_int_equal(roi_graph_add_sheet(g, "new", "", "", columns, 0, NULL, 0, &why), ROI_ERR_MODEL);
  assert_string_equal(why.text, "sheet 'new': has 0 columns, must have 1 to 64");
  assert_int_equal(roi_graph_add_sheet(g, "new", "", "", columns, 3, NULL, ROI_MAX_CELLS / 3, &why), ROI_ERR_MODEL);
  assert_string_equal(why.text, "sheet 'new': all sheets of a model have at most 100000 cells together");
  assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
  end();
}

/* A never or a state is a number that is not there; what a plain number may be, an output may. */
static void plain_numbers_may_be_states(void **state) {
  (void)state;
  build();
  const roi_cell cells[] = {{.stat = ROI_CELL_VALUE, .level = ROI_NEVER},
                            {.stat = ROI_CELL_VALUE, .level = roi_state_value(ROI_STATE_NO_IRR)},
                            {.stat = ROI_CELL_VALUE, .level = -0.0}};
  assert_int_equal(add("numbers", cells, 1), ROI_OK);
  assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
  end();
}

/* Each field of the three tables, damaged. */
static void damaged_fields_are_refused(void **state) {
  (void)state;
  enum { SHEET, COLUMN, CELL };
  static const struct { const char *what; int table; size_t row, offset; uint32_t value; } cases[] = {
      {"a key outside the strings", SHEET, 0, offsetof(roi_sheet_row, key), 1u << 30},
      {"a key within a string", SHEET, 0, offsetof(roi_sheet_row, key), 2},
      {"an empty key", SHEET, 0, offsetof(roi_sheet_row, key), 0},
      {"a title outside the strings", SHEET, 1, offsetof(roi_sheet_row, title), 1u << 30},
      {"a note outside the strings", SHEET, 1, offsetof(roi_sheet_row, note), 1u << 30},
      {"columns of another sheet", SHEET, 1, offsetof(roi_sheet_row, first_column), 0},
      {"too many columns", SHEET, 1, offsetof(roi_sheet_row, n_columns), 4},
      {"fewer columns", SHEET, 1, offsetof(roi_sheet_row, n_columns), 1},
      {"no columns", SHEET, 1, offsetof(roi_sheet_row, n_columns), 0},
      {"cells of another sheet", SHEET, 1, offsetof(roi_sheet_row, first_cell), 0},
      {"too many rows", SHEET, 1, offsetof(roi_sheet_row, n_rows), 2},
      {"rows past all", SHEET, 1, offsetof(roi_sheet_row, n_rows), UINT32_MAX},
      {"cells of no sheet", SHEET, 1, offsetof(roi_sheet_row, n_rows), 0},
      {"a column's key outside", COLUMN, 1, offsetof(roi_column_row, key), 1u << 30},
      {"a column without a key", COLUMN, 1, offsetof(roi_column_row, key), 0},
      {"a column's title outside", COLUMN, 1, offsetof(roi_column_row, title), 1u << 30},
      {"a column's kind", COLUMN, 1, offsetof(roi_column_row, kind), ROI_COLUMN_KINDS},
      {"a column's flags", COLUMN, 1, offsetof(roi_column_row, flags), 2},
      {"a stat", CELL, 1, offsetof(roi_cell_row, stat), ROI_CELL_COUNT},
      {"a text outside", CELL, 0, offsetof(roi_cell_row, text), 1u << 30},
      {"a text of a mean", CELL, 1, offsetof(roi_cell_row, text), 1},
      {"a value to come", CELL, 1, offsetof(roi_cell_row, a), 1u << 30},
      {"no value", CELL, 1, offsetof(roi_cell_row, a), ROI_NONE},
      {"a second value", CELL, 1, offsetof(roi_cell_row, b), 0},
      {"a value of a text", CELL, 0, offsetof(roi_cell_row, a), 0},
      {"a level of a mean", CELL, 1, offsetof(roi_cell_row, level), 1},
      {"a level", CELL, 4, offsetof(roi_cell_row, level), 1},
      {"a number that is none", CELL, 7, offsetof(roi_cell_row, level) + 4, 0x7ff80000},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    build();
    char *const row[] = {(char *)&g->sheets[cases[i].row], (char *)&g->columns[cases[i].row], (char *)&g->cells[cases[i].row]};
    memcpy(row[cases[i].table] + cases[i].offset, &cases[i].value, sizeof cases[i].value);
    if (roi_graph_validate(g, &why) != ROI_ERR_MODEL) print_message("%s was believed\n", cases[i].what), fail();
    assert_non_null(strstr(why.text, "the graph is damaged"));
    end();
  }
}

/* Memory fails once at every place; what was there stays whole. */
static void allocations_fail(void **state) {
  (void)state;
  roi_status status = ROI_ERR_MEMORY;
  int failures = 0;
  for (long n = 0; status != ROI_OK; n++) {
    begin(3);
    const roi_cell cells[] = {text("first"), of(ROI_CELL_MEAN, num(1)), of(ROI_CELL_SHARE, num(0))};
    roi_memory_fail_after(n);
    status = add("use_cases", cells, 1);
    roi_memory_fail_after(-1);
    if (status != ROI_OK) assert_int_equal(status, ROI_ERR_MEMORY), failures++;
    assert_int_equal(g->n_sheets, status == ROI_OK);
    assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
    end();
  }
  assert_true(failures > 2);
}

static void names_are_found(void **state) {
  (void)state;
  for (int i = 0; i < ROI_CELL_COUNT; i++) assert_int_equal(roi_stat_find(roi_stat_rows[i].name), i);
  for (int i = 0; i < ROI_COLUMN_KINDS; i++) assert_int_equal(roi_column_kind_find(roi_column_kind_names[i]), i);
  assert_int_equal(roi_stat_find("median"), -1);
  assert_int_equal(roi_column_kind_find("percent"), -1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(added_sheets_are_kept),       cmocka_unit_test(broken_rules_are_named),
      cmocka_unit_test(plain_numbers_may_be_states), cmocka_unit_test(damaged_fields_are_refused),
      cmocka_unit_test(allocations_fail),            cmocka_unit_test(names_are_found),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
