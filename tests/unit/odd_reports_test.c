/* Reports of models with odd names and numbers: what they print keeps to the page and ends, whatever stands in it. What was found by
 * tests/fuzz/json_fuzz.c stays here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "report/json_writer.h"
#include "report/report.h"
#include "report/width.h"

#define PAGE 80

/* A model of one output, `name`, a draw of the values. standard: it is the standard output of that name. */
static roi_graph *model(const char *name, const double *values, size_t n, int standard) {
  roi_error err;
  roi_graph *g = roi_graph_new("", 12, ROI_MONTH, &err);
  roi_node x = roi_draw(g, roi_dist_empirical(g, values, n, &err), "x", 0, &err);
  assert_int_equal(roi_graph_add_output(g, name, x, &err), ROI_OK);
  g->outputs[0].standard = (uint32_t)standard;
  return g;
}

/* Runs it, prints its report, which must keep to the page, and looks for a text in it. */
static void expect(roi_graph *g, const char *shown) {
  const roi_target output = {roi_graph_text(g, g->outputs[0].name), g->outputs[0].node};
  const size_t share = ROI_NO_INDEX;
  roi_request request = {.options = {.trials = 60, .seed = 1, .threads = 1}, .outputs = &output, .n_outputs = 1};
  roi_report *report = NULL;
  roi_error err;
  assert_int_equal(roi_simulate(g, &request, &report, &err), ROI_OK);
  roi_view v = {.graph = g, .request = &request, .report = report, .output_share = &share, .lua_version = "", .sleef_version = ""};
  for (int utf8 = 0; utf8 < 2; utf8++) {
    roi_buffer out = {0};
    const roi_style style = {.utf8 = utf8};
    roi_report_terminal(&out, &v, &style);
    assert_false(out.failed);
    assert_non_null(strstr(out.text, shown));
    for (char *line = out.text, *end; *line; line = end + 1) {
      end = strchr(line, '\n');
      assert_non_null(end);
      *end = '\0';
      assert_true(roi_text_width(line) <= PAGE);
    }
    roi_buffer_free(&out);
  }
  roi_report_free(report);
  roi_graph_free(g);
}

static void long_names_of_libraries(void **unused) {
  (void)unused;
  const uint8_t sha[32] = {0xab};
  roi_error err;
  roi_graph *g = model("x", (double[]){1, 2}, 2, 0);
  assert_int_equal(roi_graph_add_file(g, "model.lua", 0, "", sha, &err), ROI_OK);
  for (int i = 0; i < 3; i++)
    assert_int_equal(roi_graph_add_file(g, "a/library/whose/name/takes/more/room/than/there.lua", 1, "1.2.3-with-a-long-end", sha, &err), ROI_OK);
  expect(g, "1.2.3-with-");
}

static void numbers_near_the_ends(void **unused) {
  (void)unused;
  expect(model("x", (double[]){-1.603e-180, -1.604e-180}, 2, 0), "-1.60e-180");
  expect(model("x", (double[]){-1.603e180, -1.604e180}, 2, 0), "-1.603e180");
  expect(model("x", (double[]){-1.7e308, 1.7e308}, 2, 0), "1.700e308");
}

/* An error may be far larger than the numbers beside it, which decide how the row is written. */
static void errors_far_from_their_numbers(void **unused) {
  (void)unused;
  char b[ROI_NUMBER];
  const double x[] = {0.5, 12.25};
  const roi_scale scale = roi_scale_of(x, 2);
  assert_string_equal(roi_number_error(b, 5e20, &scale), "5.0e20");
  assert_string_equal(roi_number_error(b, 1234567, &scale), "1,200,000");
  assert_string_equal(roi_number_error(b, 0.0123, &scale), "0.012");
}

/* Their spans allow no steps: there is no picture, and its making ends. */
static void numbers_near_zero(void **unused) {
  (void)unused;
  expect(model("x", (double[]){0, 5e-324}, 2, 0), "P50");
  expect(model("x", (double[]){-1e-300, 0, 1e-310}, 3, 0), "P50");
}

static void shares_beyond_all_bounds(void **unused) {
  (void)unused;
  expect(model("roi", (double[]){-1e307, -1.1e307}, 2, 1), "-1.10e309%");
  expect(model("roi", (double[]){-123456.7, -123457}, 2, 1), "-1.23e7%");
  expect(model("roi", (double[]){1.2e-9, 1.3e-9}, 2, 1), "1.30e-7%");
  expect(model("roi", (double[]){-6.54e-233, -6.55e-233}, 2, 1), "-6.5e-231%");
}

/* Names that differ in bytes that are no UTF-8 alone have members of their own. */
static void losses_with_long_numbers_and_units(void **unused) {
  (void)unused;
  roi_graph *g = model("npv", (double[]){-6.576e-152, -3.1e-152, 5.1e-152, 7.3e-152}, 4, 1);
  g->currency = roi_graph_string(g, "something that can't stand here");
  expect(g, "chance;\n         when it happens, ");
}

static void names_that_read_alike(void **unused) {
  (void)unused;
  roi_json w;
  roi_buffer out = {0};
  roi_error err;
  cJSON *root = roi_json_begin(&w, "test/1");
  const char *const names[] = {"a\xff", "a\xfe", "a\xef\xbf\xbd", "b"};
  for (size_t i = 0; i < 4; i++) roi_json_count(&w, roi_json_named(&w, root, names[i]), "n", i);
  assert_int_equal(roi_json_end(&w, root, &out, &err), ROI_OK);
  cJSON *back = cJSON_Parse(out.text);
  const char *const keys[] = {"a\xef\xbf\xbd", "a\xef\xbf\xbd #2", "a\xef\xbf\xbd #3", "b"};
  for (size_t i = 0; i < 4; i++) {
    const cJSON *n = cJSON_GetObjectItemCaseSensitive(cJSON_GetObjectItemCaseSensitive(back, keys[i]), "n");
    assert_non_null(n);
    assert_int_equal(n->valueint, (int)i);
  }
  cJSON_Delete(back);
  roi_buffer_free(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(long_names_of_libraries),       cmocka_unit_test(numbers_near_the_ends),
                                     cmocka_unit_test(errors_far_from_their_numbers), cmocka_unit_test(numbers_near_zero),
                                     cmocka_unit_test(shares_beyond_all_bounds),      cmocka_unit_test(names_that_read_alike),
                                     cmocka_unit_test(losses_with_long_numbers_and_units)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
