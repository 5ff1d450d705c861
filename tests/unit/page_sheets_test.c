/* How sheets are printed and written as JSON, from results made by hand: their text is the test. */
#include "unit/model.h"

#include <cjson/cJSON.h>

#include "graph/sheets.h"
#include "report/page.h"

enum { MOST = 100, TRIALS = 10000 };

static roi_cell cells[MOST];
static roi_cell_source sources[MOST];
static roi_summary summary[MOST];
static roi_share_result shares[MOST];
static roi_mean_result means[MOST];
static roi_ratio_result ratios[MOST];
static size_t n_cells;
static roi_node a_draw;

static void start(const char *currency) {
  begin(36);
  assert_int_equal(roi_graph_set_model(g, "", currency, 36, ROI_MONTH, 0, &why), ROI_OK);
  a_draw = uniform("x", 0, 1);
  n_cells = 0;
  memset(summary, 0, sizeof summary);
}

static size_t put(roi_cell cell, roi_cell_from from) {
  assert_true(n_cells < MOST);
  cells[n_cells] = cell;
  sources[n_cells] = (roi_cell_source){from, n_cells};
  return n_cells++;
}
static void text(const char *s) { put((roi_cell){.stat = ROI_CELL_TEXT, .text = s}, ROI_FROM_NOTHING); }
static void value(double v) { put((roi_cell){.stat = ROI_CELL_VALUE, .level = v}, ROI_FROM_NOTHING); }
static void empty(void) { put((roi_cell){.stat = ROI_CELL_EMPTY}, ROI_FROM_NOTHING); }
static roi_mean_result *mean(double x, double se) {
  roi_mean_result *r = &means[put((roi_cell){.stat = ROI_CELL_MEAN, .a = a_draw}, ROI_FROM_MEAN)];
  *r = (roi_mean_result){.mean = x, .se = se, .n = TRIALS};
  return r;
}
static roi_summary *quantile(double level, double x, double se) {
  roi_summary *s = &summary[put((roi_cell){.stat = ROI_CELL_QUANTILE, .a = a_draw, .level = level}, ROI_FROM_OUTPUT)];
  *s = (roi_summary){.trials = TRIALS, .n = TRIALS, .min = 0, .max = 1, .mean = 0.5, .mean_se = 0.01};
  for (size_t i = 0; i < ROI_QUANTILES; i++)
    if (roi_quantile_levels[i] == level) s->quantile[i] = x, s->quantile_se[i] = se;
  return s;
}
static void share(uint64_t k) {
  roi_share_result *r = &shares[put((roi_cell){.stat = ROI_CELL_SHARE, .a = a_draw}, ROI_FROM_SHARE)];
  *r = (roi_share_result){.k = k, .n = TRIALS};
  roi_share(k, TRIALS, &r->p, &r->se, &r->low, &r->high);
}
static roi_ratio_result *ratio(double x, double se) {
  roi_ratio_result *r = &ratios[put((roi_cell){.stat = ROI_CELL_RATIO, .a = a_draw, .b = a_draw}, ROI_FROM_RATIO)];
  *r = (roi_ratio_result){x, se, TRIALS};
  return r;
}
static void sheet(const char *title, const char *note, const roi_column *columns, size_t n_columns) {
  assert_int_equal(n_cells % n_columns, 0);
  if (roi_graph_add_sheet(g, "sheet", title, note, columns, n_columns, cells, n_cells / n_columns, &why) != ROI_OK)
    print_message("%s\n", why.text), fail();
}

static roi_view view_of(roi_request *q, roi_report *r) {
  *q = (roi_request){.options = {.trials = TRIALS}};
  *r = (roi_report){.trials = TRIALS, .complete = 1, .outputs = summary, .shares = shares, .means = means, .ratios = ratios};
  return (roi_view){.graph = g, .request = q, .report = r, .cells = sources, .lua_version = "", .sleef_version = ""};
}

static void expect(int utf8, const char *expected) {
  roi_buffer out = {0};
  roi_style style = {.utf8 = utf8};
  roi_request q;
  roi_report r;
  roi_view v = view_of(&q, &r);
  roi_page page = {&out, &v, &style, utf8 ? "±" : "+-", utf8 ? "…" : "..."};
  roi_page_sheets(&page);
  assert_false(out.failed);
  if (getenv("SHOW")) fputs(out.text, stderr);
  for (char *line = out.text, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) { /* no line is wider than the page */
    *end = '\0';
    assert_true(roi_text_width(line) <= ROI_PAGE_WIDTH);
    assert_true(end == line || end[-1] != ' ');
    *end = '\n';
  }
  assert_string_equal(out.text, expected);
  roi_buffer_free(&out);
  end();
}

/* -- Errors beside the values ----------------------------------------------------------------------------------------------- */

static const roi_column yearly[] = {{"year", "year", ROI_COLUMN_NUMBER, 1}, {"benefits", "benefits", ROI_COLUMN_MONEY, 1},
                                    {"costs", "costs", ROI_COLUMN_MONEY, 1}, {"net", "net", ROI_COLUMN_MONEY, 1},
                                    {"cumulative", "cumulative", ROI_COLUMN_MONEY, 1}};

static void years(double unit) {
  static const double x[3][4] = {{61234.5, -102345.6, -41111.1, -41111.1}, {171234.5, -52345, 118889, 77778}, {0, -9000, -9000, 68778}};
  static const double se[3][4] = {{312, 155, 380, 380}, {1031, 98, 1050, 1400}, {0, 0, 0, 1400}};
  for (size_t row = 0; row < 3; row++) {
    value((double)row + 1);
    for (size_t i = 0; i < 4; i++) mean(x[row][i] * unit, se[row][i] * unit);
  }
}

static void yearly_table(void **state) {
  (void)state;
  start("USD");
  years(1);
  sheet("By year", "", yearly, 5);
  expect(1, "\n"
            "By year, USD\n"
            "year        benefits          costs             net      cumulative\n"
            "1      61,230 ±310    -102,350 ±160  -41,110 ±380    -41,110 ±380\n"
            "2     171,200 ±1,000   -52,345 ±98   118,900 ±1,000   77,800 ±1,400\n"
            "3           0           -9,000        -9,000          68,800 ±1,400\n");
}

static void large_money_has_one_unit(void **state) {
  (void)state;
  start("");
  years(1000);
  sheet("By year", "", yearly, 5);
  expect(0, "\n"
            "By year, M\n"
            "year      benefits            costs             net     cumulative\n"
            "1     61.23 +-0.31  -102.35 +-0.15    -41.11 +-0.38  -41.11 +-0.38\n"
            "2     171.2 +-1.0   -52.345 +-0.098    118.9 +-1.1     77.8 +-1.4\n"
            "3         0         -9.0000          -9.0000           68.8 +-1.4\n");
}

static const roi_column kpis[] = {{"name", "", ROI_COLUMN_TEXT, 1},      {"unit", "unit", ROI_COLUMN_TEXT, 1},
                                  {"baseline", "baseline", ROI_COLUMN_NUMBER, 1}, {"p50", "P50", ROI_COLUMN_NUMBER, 1},
                                  {"chance", "chance of meeting the target", ROI_COLUMN_SHARE, 1}, {"hidden", "", ROI_COLUMN_MONEY, 0}};

static void texts_numbers_and_limits(void **state) {
  (void)state;
  start("EUR");
  text("handling time");
  text("minutes");
  value(11.25);
  quantile(0.5, 8.4321, 0.0456);
  share(7421);
  mean(5, 1);
  text("errors\x1b[31m");
  text("a word that is very much longer than a column");
  empty();
  quantile(0.5, 0, 0);
  share(0);
  mean(5, 1);
  text("backlog");
  text("cases");
  value(0);
  quantile(0.5, 12345678, 65432)->undefined = 10;
  share(TRIALS);
  mean(5, 1);
  sheet("KPIs", "A target is met when the value at the horizon is on its side; the chance is of all trials, "
                "those without a value counted as missing it.", kpis, 6);
  expect(1, "\n"
            "KPIs\n"
            "                                                               chance of meeting\n"
            "name                                unit  baseline        P50         the target\n"
            "handling time                    minutes     11.25     8.432               74.2%\n"
            "    ±se                                                0.046                0.4%\n"
            "errors\\x1b[31m  a word that is very muc…                   0                  0%\n"
            "    ±se                                                    0              <0.04%\n"
            "backlog                            cases         0  12.346 M*               100%\n"
            "    ±se                                              0.065 M             >99.96%\n"
            "* over the trials that have a value: in the others there is none\n"
            "A target is met when the value at the horizon is on its side; the chance is of\n"
            "all trials, those without a value counted as missing it.\n");
}

/* -- Errors below, and parts ------------------------------------------------------------------------------------------------ */

static const roi_column cases[] = {{"use_case", "use case", ROI_COLUMN_TEXT, 1}, {"npv", "npv mean", ROI_COLUMN_MONEY, 1},
                                   {"p5", "P5", ROI_COLUMN_MONEY, 1},            {"p95", "P95", ROI_COLUMN_MONEY, 1},
                                   {"per_cost", "E[npv]/ E[cost]", ROI_COLUMN_SHARE, 1}, {"loss", "P(npv<0)", ROI_COLUMN_SHARE, 1},
                                   {"payback", "payback", ROI_COLUMN_PERIODS, 1}, {"low", "P5 of the best of all years", ROI_COLUMN_MONEY, 1},
                                   {"high", "P95 of the best of all years", ROI_COLUMN_MONEY, 1}};

static void use_case(const char *name, double unit, size_t n) {
  text(name);
  mean(125432.1 * unit, 1234 * unit);
  quantile(0.05, -20345 * unit, 2345 * unit);
  quantile(0.95, 345678 * unit, 5432 * unit);
  ratio(0.784, 0.0077);
  share(1234);
  quantile(0.5, 19, 0);
  if (n == 9) quantile(0.05, 1234567, 1234);
  if (n == 9) quantile(0.95, 3234567, 4321);
}

static void without_trials(const char *name) {
  text(name);
  mean(0, 0)->never = 5;
  quantile(0.05, ROI_NEVER, (double)NAN);
  quantile(0.95, (double)NAN, (double)NAN)->n = 0;
  ratio((double)NAN, (double)NAN);
  share(0);
  summary[n_cells].trials = TRIALS;
  quantile(0.5, ROI_NEVER, (double)NAN);
}

static void use_cases(void **state) {
  (void)state;
  start("EUR");
  use_case("triage", 1, 7);
  use_case("drafting of answers to letters", 0.1, 7);
  without_trials("unlikely");
  sheet("Use cases", "", cases, 7);
  expect(1, "\n"
            "Use cases, EUR\n"
            "                               npv                    E[npv]/            payback\n"
            "use case                      mean       P5      P95  E[cost]  P(npv<0)      mo.\n"
            "triage                     125,400  -20,300  345,700    78.4%     12.3%       19\n"
            "    ±se                      1,200    2,300    5,400     0.8%      0.3%        0\n"
            "drafting of answers to letters\n"
            "                            12,540   -2,030   34,570    78.4%     12.3%       19\n"
            "    ±se                        120      230      540     0.8%      0.3%        0\n"
            "unlikely                         -    never        -        -        0%    never\n"
            "    ±se                          -        -        -        -    <0.04%        -\n");
}

static void wide_tables_come_in_parts(void **state) {
  (void)state;
  start("EUR");
  use_case("triage", 1, 9);
  use_case("drafting of answers to letters", 300, 9);
  sheet("Use cases", "", cases, 9);
  expect(0, "\n"
            "Use cases, M EUR\n"
            "                                npv                   E[npv]/            payback\n"
            "use case                       mean       P5     P95  E[cost]  P(npv<0)      mo.\n"
            "triage                       0.1254  -0.0203  0.3457    78.4%     12.3%       19\n"
            "    +-se                     0.0012   0.0023  0.0054     0.8%      0.3%        0\n"
            "drafting of answers to letters\n"
            "                              37.63    -6.10   103.7    78.4%     12.3%       19\n"
            "    +-se                       0.37     0.70     1.6     0.8%      0.3%        0\n"
            "                                P5 of the best  P95 of the best\n"
            "use case                          of all years     of all years\n"
            "triage                                  1.2346           3.2346\n"
            "    +-se                                0.0012           0.0043\n"
            "drafting of answers to letters          1.2346           3.2346\n"
            "    +-se                                0.0012           0.0043\n");
}

/* One trial: errors are unknown. A mean over some trials says so. Conditions. */
static void odd_values(void **state) {
  (void)state;
  static const roi_column columns[] = {{"name", "", ROI_COLUMN_TEXT, 1}, {"on", "on", ROI_COLUMN_CONDITION, 1},
                                       {"months", "until", ROI_COLUMN_PERIODS, 1}, {"x", "", ROI_COLUMN_NUMBER, 1}};
  start("");
  text("one");
  value(1);
  mean(11.26, 0.0712);
  mean(5, (double)NAN);
  text("two");
  value(0);
  value(ROI_NEVER);
  mean(5.5, 0.1)->n = 9000;
  text("three");
  mean(0.25, 0.0043);
  mean(12, 0);
  ratio(1e-9, 1e-11);
  sheet("", "a note with \x1b[31m and a word_that_is_longer_than_a_line_has_room_for_although_lines_have_room_for_eighty_letters",
        columns, 4);
  expect(1, "\n"
            "sheet\n"
            "name            on    until mo.                   x\n"
            "one      yes         11.3 ±0.07         5  ±-\n"
            "two       no        never            5.50* ±0.10\n"
            "three  25.0% ±0.4%     12        1.000e-9  ±1.0e-11\n"
            "* over the trials that have a value: in the others there is none\n"
            "a note with \\x1b[31m and a\n"
            "word_that_is_longer_than_a_line_has_room_for_although_lines_have_room_for_eight…\n");
}

static void nothing_to_show(void **state) {
  (void)state;
  static const roi_column hidden[] = {{"name", "", ROI_COLUMN_TEXT, 0}}, shown[] = {{"name", "", ROI_COLUMN_TEXT, 1}};
  start("");
  text("one");
  sheet("Hidden", "a note", hidden, 1);
  assert_int_equal(roi_graph_add_sheet(g, "without_rows", "No rows", "", shown, 1, NULL, 0, &why), ROI_OK);
  roi_buffer out = {0};
  roi_style style = {.utf8 = 0};
  roi_request q;
  roi_report r;
  roi_view v = view_of(&q, &r);
  roi_page page = {&out, &v, &style, "+-", "..."};
  roi_page_sheets(&page);
  assert_int_equal(out.n, 0);
  end();
}

/* -- JSON ------------------------------------------------------------------------------------------------------------------- */

static const cJSON *at(const cJSON *root, int row, const char *column, const char *field) {
  const cJSON *o = cJSON_GetObjectItemCaseSensitive(cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(root, "sheet"), row), column);
  return field ? cJSON_GetObjectItemCaseSensitive(o, field) : o;
}

static roi_status write_json(roi_buffer *out) {
  roi_request q;
  roi_report r;
  roi_view v = view_of(&q, &r);
  return roi_report_json(out, &v, &why);
}

static void json_of_cells(void **state) {
  (void)state;
  roi_buffer out = {0};
  start("EUR");
  use_case("triage", 1, 7);
  without_trials("unlikely");
  cells[3].stat = ROI_CELL_SUMMARY;
  cells[3].level = 0;
  sheet("Use cases", "a note", cases, 7);
  assert_int_equal(write_json(&out), ROI_OK);
  cJSON *root = cJSON_Parse(out.text);
  assert_non_null(root);
  assert_string_equal(at(root, 0, "use_case", NULL)->valuestring, "triage");
  assert_true(at(root, 0, "npv", "mean")->valuedouble == 125432.1);
  assert_true(at(root, 0, "npv", "se")->valuedouble == 1234);
  assert_true(at(root, 0, "npv", "n")->valuedouble == TRIALS);
  assert_true(at(root, 0, "p5", "value")->valuedouble == -20345);
  assert_true(at(root, 0, "p5", "se")->valuedouble == 2345);
  assert_true(at(root, 0, "p95", "mean")->valuedouble == 0.5); /* the summary, all of it */
  assert_true(at(root, 0, "p95", "trials")->valuedouble == TRIALS);
  assert_true(cJSON_GetObjectItemCaseSensitive(at(root, 0, "p95", "quantiles"), "0.95")->valuedouble == 345678);
  assert_non_null(at(root, 0, "p95", "histogram"));
  assert_true(at(root, 0, "per_cost", "ratio")->valuedouble == 0.784);
  assert_true(at(root, 0, "per_cost", "se")->valuedouble == 0.0077);
  assert_true(at(root, 0, "loss", "p")->valuedouble == 0.1234);
  assert_true(at(root, 0, "loss", "low")->valuedouble == shares[5].low);
  assert_true(at(root, 0, "loss", "high")->valuedouble == shares[5].high);
  assert_true(cJSON_IsNull(at(root, 1, "p5", "value")));    /* never */
  assert_true(cJSON_IsNull(at(root, 1, "per_cost", "ratio")));
  for (const cJSON *o = root->child; o; o = o->next) { /* no sheet can take the key of another part of the report */
    int reserved = strcmp(o->string, "sheet") == 0;
    for (const char *const *key = roi_reserved_keys; *key; key++) reserved |= strcmp(o->string, *key) == 0;
    if (!reserved) print_message("%s is not reserved\n", o->string), fail();
  }
  cJSON_Delete(root);
  roi_buffer_free(&out);
  end();
}

static void json_of_texts_and_numbers(void **state) {
  (void)state;
  static const roi_column columns[] = {{"name", "", ROI_COLUMN_TEXT, 1}, {"x", "", ROI_COLUMN_NUMBER, 0}};
  roi_buffer out = {0};
  start("");
  text("say \"x\"");
  value(0.1);
  text("");
  empty();
  empty();
  value(ROI_NEVER);
  sheet("", "", columns, 2);
  assert_int_equal(roi_graph_add_sheet(g, "none", "", "", columns, 2, NULL, 0, &why), ROI_OK);
  assert_int_equal(write_json(&out), ROI_OK);
  cJSON *root = cJSON_Parse(out.text);
  assert_string_equal(at(root, 0, "name", NULL)->valuestring, "say \"x\"");
  assert_true(at(root, 0, "x", NULL)->valuedouble == 0.1);
  assert_string_equal(at(root, 1, "name", NULL)->valuestring, "");
  assert_true(cJSON_IsNull(at(root, 1, "x", NULL)) && cJSON_IsNull(at(root, 2, "name", NULL)) && cJSON_IsNull(at(root, 2, "x", NULL)));
  assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(root, "none")), 0);
  cJSON_Delete(root);
  roi_buffer_free(&out);
  end();
}

static void reports_without_memory(void **state) {
  (void)state;
  start("EUR");
  use_case("triage", 1, 7);
  sheet("Use cases", "a note", cases, 7);
  for (int json = 0; json < 2; json++) {
    int failed = 1, failures = 0;
    for (long n = 0; failed; n += n < 50 ? 1 : 23) {
      roi_buffer out = {0};
      roi_style style = {.utf8 = 1};
      roi_request q;
      roi_report r;
      roi_view v = view_of(&q, &r);
      roi_page page = {&out, &v, &style, "±", "…"};
      roi_memory_fail_after(n);
      if (json) failed = write_json(&out) != ROI_OK;
      else roi_page_sheets(&page), failed = out.failed;
      roi_memory_fail_after(-1);
      failures += failed;
      roi_buffer_free(&out);
    }
    assert_true(failures > 2);
  }
  end();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(yearly_table),      cmocka_unit_test(large_money_has_one_unit), cmocka_unit_test(texts_numbers_and_limits),
      cmocka_unit_test(use_cases),         cmocka_unit_test(wide_tables_come_in_parts), cmocka_unit_test(odd_values),
      cmocka_unit_test(nothing_to_show),   cmocka_unit_test(json_of_cells),            cmocka_unit_test(json_of_texts_and_numbers),
      cmocka_unit_test(reports_without_memory),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
