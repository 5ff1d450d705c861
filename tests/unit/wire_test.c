/* The graph as a flat buffer: what is written is read back; whatever is damaged is refused or still a graph that keeps
 * its rules. Most useful under address and undefined-behaviour sanitizers. */
#include "unit/model.h"

#include "command/command.h"
#include "graph/sheets.h"
#include "graph/candidates.h"
#include "graph/wire.h"

/* The header: magic, size, ten numbers of 32 bits, then a count of 64 for each table. */
enum { COUNTS = 16 + 10 * 4, TABLES = 24 };

/* A small graph with something in every table. */
static void build_small(void) {
  static const double xs[] = {0, 1}, ys[] = {5, 7};
  uint8_t sha[32] = {1, 2, 3};
  begin(5);
  roi_graph_here(g, roi_graph_string(g, "m.lua"), 3);
  roi_node a = uniform("a", 1, 2), b = draw(dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, a, num(1)), "b");
  roi_node c = draw(op3(ROI_CLAMP, roi_dist_empirical(g, (double[]){3, 1, 2}, 3, &why), num(1), num(2)), "c");
  roi_node s = op2(ROI_MUL, roi_interp(g, op2(ROI_DIV, per(1), a), xs, ys, 2, &why), op2(ROI_POW, b, per(0)));
  roi_node flow = op2(ROI_SUB, s, op2(ROI_AT, c, num(9)));
  roi_node first = op1(ROI_PAYBACK, op1(ROI_CUMSUM, flow));
  assert_int_equal(roi_graph_add_input(g, "a", a, &why), ROI_OK);
  assert_int_equal(roi_graph_annotate_input(g, 0, "USD", "what it is", "a book", 1, 3, &why), ROI_OK);
  assert_int_equal(roi_graph_add_output(g, "sum", op1(ROI_SUM, flow), &why), ROI_OK);
  assert_int_equal(roi_graph_add_output(g, "pay", first, &why), ROI_OK);
  assert_int_equal(roi_graph_add_component(g, "x", ROI_COST, op1(ROI_SUM, s), &why), ROI_OK);
  assert_int_equal(roi_graph_add_warning(g, 1, 4, "careful", &why), ROI_OK);
  const roi_finding late = {1, 5, "late-worth", "worth it late", "because", 1, op2(ROI_GT, a, num(1.5))};
  assert_int_equal(roi_graph_add_finding(g, &late, &why), ROI_OK);
  assert_int_equal(roi_graph_add_file(g, "m.lua", 0, "1.0", sha, &why), ROI_OK);
  assert_int_equal(roi_graph_add_setting(g, "a", "3", &why), ROI_OK);
  assert_int_equal(roi_graph_add_label(g, "flow", flow, &why), ROI_OK);
  const roi_correlation_row pairs[] = {{.a = a, .b = b, .asked = .9, .file = 1, .line = 3}, {.a = c, .b = b, .asked = .9, .kind = 1},
                                       {.a = a, .b = c, .asked = -.9}};
  assert_int_equal(roi_graph_correlate_pairs(g, pairs, 3, &why), ROI_OK);
  assert_true(g->groups[0].note != 0);
  const roi_column columns[] = {{"name", "", ROI_COLUMN_TEXT, 1}, {"paid", "paid back", ROI_COLUMN_PERIODS, 0}};
  const roi_cell cells[] = {{ROI_CELL_TEXT, "all", ROI_NONE, ROI_NONE, 0}, {ROI_CELL_QUANTILE, NULL, first, ROI_NONE, 0.5},
                            {ROI_CELL_VALUE, NULL, ROI_NONE, ROI_NONE, 7}, {ROI_CELL_RATIO, NULL, a, b, 0}};
  assert_int_equal(roi_graph_add_sheet(g, "parts", "Parts", "a note", columns, 2, cells, 2, &why), ROI_OK);
  assert_int_equal(roi_graph_add_sheet(g, "none", "", "", columns, 1, NULL, 0, &why), ROI_OK);
  assert_int_equal(roi_graph_add_decision(g, "gate", op2(ROI_GE, b, num(1)), a, num(0), &why), ROI_OK);
  assert_int_equal(roi_graph_add_scenario(g, "bad year", 1, 6, &why), ROI_OK);
  assert_int_equal(roi_graph_add_expectation(g, "mean of a", "", (roi_expectation_row){.kind = ROI_EXPECT_MEAN, .node = a, .expected = 1.5}, &why),
                   ROI_OK);
  assert_int_equal(roi_graph_add_candidate(g, "first", b, &why), ROI_OK);
  assert_int_equal(roi_graph_add_ceiling(g, "budget", num(9), &why), ROI_OK);
  assert_int_equal(roi_graph_add_term(g, 0, 1, a, &why), ROI_OK);
  g->discount_rate = num(0.1);
  assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
}

static void *written(size_t *size) {
  void *buffer = roi_graph_write(g, size, &why);
  assert_non_null(buffer);
  return buffer;
}

static void round_trip(void **state) {
  (void)state;
  for (int i = 0; i < 2; i++) {
    size_t size, again;
    if (i == 0) build_small();
    else build_r1();
    void *buffer = written(&size);
    roi_graph *old = g;
    g = roi_graph_read(buffer, size, &why);
    assert_non_null(g);
    void *second = written(&again);
    assert_int_equal(size, again);
    assert_memory_equal(buffer, second, size);
    assert_int_equal(g->n_nodes, old->n_nodes);
    assert_int_equal(g->horizon, old->horizon);
    for (roi_node n = 0; n < g->n_nodes; n++) assert_memory_equal(&g->nodes[n], &old->nodes[n], sizeof g->nodes[n]);
    roi_free(buffer);
    roi_free(second);
    roi_graph_free(old);
    end();
  }
}

static void empty_graph(void **state) {
  (void)state;
  size_t size;
  begin(1);
  void *buffer = written(&size);
  end();
  g = roi_graph_read(buffer, size, &why);
  assert_non_null(g);
  assert_int_not_equal(num(3), ROI_NONE);
  roi_free(buffer);
  end();
}

/* As --prob does: equal expressions are found, new ones made, taken names known. */
static void a_read_graph_can_grow(void **state) {
  (void)state;
  size_t size;
  r1 m = build_r1();
  void *buffer = written(&size);
  end();
  g = roi_graph_read(buffer, size, &why);
  assert_non_null(g);
  size_t nodes = g->n_nodes;
  assert_int_equal(op2(ROI_LE, m.out[2].node, num(12)), m.share[1].node);
  assert_int_equal(g->n_nodes, nodes);
  roi_node more = op2(ROI_AND, op2(ROI_LE, m.out[2].node, num(13)), op2(ROI_LT, m.out[1].node, num(1e6)));
  assert_int_not_equal(more, ROI_NONE);
  assert_true(number_of(op1(ROI_SUM, per(1))) == 36 * 37 / 2);
  assert_int_equal(roi_draw(g, g->args[row_of(m.in[0].node)->first_arg], "wage", 0, &why), ROI_NONE);
  assert_int_not_equal(uniform("wage 2", 0, 1), ROI_NONE);
  assert_int_equal(roi_graph_add_output(g, "more", more, &why), ROI_OK);
  assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
  roi_free(buffer);
  end();
}

static void every_truncation_is_refused(void **state) {
  (void)state;
  size_t size;
  build_small();
  char *buffer = written(&size);
  end();
  for (size_t n = 0; n < size; n++) {
    void *part = roi_alloc(n, 1); /* a block of its own, so that a sanitizer sees every step too far */
    memcpy(part, buffer, n);
    why = (roi_error){0};
    assert_null(roi_graph_read(part, n, &why));
    assert_int_equal(why.status, ROI_ERR_MODEL);
    assert_true(why.text[0] != 0);
    roi_free(part);
  }
  char *longer = roi_alloc_zero(size + 8, 1);
  memcpy(longer, buffer, size);
  assert_null(roi_graph_read(longer, size + 8, &why));
  roi_free(longer);
  roi_free(buffer);
}

/* Reports it: whatever names, kinds and places the damage left. */
static void report_accepted(const roi_graph *read, const roi_ask *ask, const roi_report *report) {
  const roi_style style = {.utf8 = 1};
  const roi_view v = {.graph = read, .request = &ask->request, .report = report, .output_share = ask->output_share,
                      .has_ratio = ask->has_ratio, .cells = ask->cells, .lua_version = "", .sleef_version = ""};
  roi_buffer out = {0};
  roi_report_terminal(&out, &v, &style);
  assert_false(out.failed);
  assert_int_equal(roi_report_json(&out, &v, &why), ROI_OK);
  roi_buffer_free(&out);
}

/* What a damaged graph that is accepted must still do: run, or end with an error. */
static void run_accepted(roi_graph *read) {
  roi_ask ask;
  roi_report *report = NULL;
  if (read->horizon > 200) return; /* a horizon of 65,535 is right, but long */
  why = (roi_error){0};
  roi_status s = roi_ask_make(&ask, read, &(roi_cli){.trials = 20, .seed = 1, .threads = 1}, 0, &why);
  if (s == ROI_OK) s = roi_ask_sheets(&ask, read, &why);
  ask.request.block = 16;
  if (s == ROI_OK) s = roi_simulate(read, &ask.request, &report, &why);
  assert_int_not_equal(s, ROI_ERR_INTERNAL);
  assert_true(s == ROI_OK ? report != NULL : why.text[0] != 0);
  if (s == ROI_OK) report_accepted(read, &ask, report);
  roi_report_free(report);
  roi_ask_free(&ask);
}

static void every_flipped_byte_is_borne(void **state) {
  (void)state;
  size_t size, refused = 0, accepted = 0;
  build_small();
  char *buffer = written(&size);
  end();
  static const unsigned char flips[] = {0x01, 0x80, 0xff};
  for (size_t i = 0; i < size; i++)
    for (size_t k = 0; k < sizeof flips; k++) {
      buffer[i] = (char)((unsigned char)buffer[i] ^ flips[k]);
      roi_graph *read = roi_graph_read(buffer, size, &why);
      if (read) {
        assert_int_equal(roi_graph_validate(read, &why), ROI_OK);
        run_accepted(read);
        accepted++;
      } else {
        refused++;
      }
      roi_graph_free(read);
      buffer[i] = (char)((unsigned char)buffer[i] ^ flips[k]);
    }
  roi_free(buffer);
  assert_true(refused > accepted); /* most of the buffer is structure; the rest are numbers, letters and lines */
  assert_true(accepted > 50);
}

/* Reads the buffer with a word of n bytes at i: 1 if that was accepted, -1 if it was refused, 0 if the word stands there already. */
static int read_with(char *buffer, size_t size, size_t i, const void *word, size_t n) {
  uint64_t old = 0;
  if (memcmp(buffer + i, word, n) == 0) return 0;
  memcpy(&old, buffer + i, n);
  memcpy(buffer + i, word, n);
  roi_graph *read = roi_graph_read(buffer, size, &why);
  if (read) run_accepted(read);
  memcpy(buffer + i, &old, n);
  int accepted = read != NULL;
  roi_graph_free(read);
  return accepted ? 1 : -1;
}

/* What an attacker would put into a count, an index, an offset or a number. n: the graph's nodes. */
static void every_word_is_borne(void **state) {
  (void)state;
  size_t size, refused = 0, accepted = 0;
  build_small();
  const uint32_t n = (uint32_t)g->n_nodes;
  char *buffer = written(&size);
  end();
  const uint32_t words[] = {0, 1, 2, UINT32_MAX, UINT32_MAX - 1, INT32_MAX, (uint32_t)INT32_MIN, n - 1, n, n + 1, 65535, 65536, 1u << 24,
                            0x7ff00000 /* infinity's upper half */, 0x7ff80000, 0x7fefffff, 0xfff00000};
  for (size_t i = 0; i < size; i += 4)
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
      int read = read_with(buffer, size, i, &words[k], sizeof words[k]);
      accepted += read > 0;
      refused += read < 0;
    }
  roi_free(buffer);
  assert_true(refused > accepted);
  assert_true(accepted > 50);
}

/* The same of numbers of 64 bits: counts of tables, sizes and doubles. */
static void every_long_word_is_borne(void **state) {
  (void)state;
  size_t size, accepted = 0;
  build_small();
  char *buffer = written(&size);
  end();
  const double numbers[] = {NAN, -NAN, INFINITY, -INFINITY, -0.0, 5e-324, 1e308, -1e308, 0.5, 9007199254740993.0};
  uint64_t words[10 + 6] = {0, 1, UINT64_MAX, INT64_MAX, (uint64_t)INT64_MIN, UINT64_C(1) << 32};
  memcpy(words + 6, numbers, sizeof numbers);
  for (size_t i = 0; i + 8 <= size; i += 8)
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
      accepted += read_with(buffer, size, i, &words[k], sizeof words[k]) > 0;
  roi_free(buffer);
  assert_true(accepted > 50);
}

/* Random damage of several bytes, the structure of the header left in place. */
static void random_damage_is_borne(void **state) {
  (void)state;
  size_t size;
  build_small();
  char *buffer = written(&size), *copy = roi_alloc(size, 1);
  end();
  dice_state = 77;
  for (int i = 0; i < 20000; i++) {
    memcpy(copy, buffer, size);
    for (uint32_t k = 1 + dice(3); k > 0; k--)
      copy[COUNTS + 8 * TABLES + dice((uint32_t)size - COUNTS - 8 * TABLES)] = (char)dice(dice(2) ? 8 : 256);
    roi_graph *read = roi_graph_read(copy, size, &why);
    if (read) run_accepted(read);
    roi_graph_free(read);
  }
  roi_free(copy);
  roi_free(buffer);
}

static void hostile_headers(void **state) {
  (void)state;
  static const uint64_t counts[] = {
      UINT64_MAX, UINT64_MAX / 2, UINT64_MAX / 8 + 1, UINT64_C(1) << 61, UINT64_C(1) << 58, 1u << 31, 0};
  size_t size;
  build_small();
  char *buffer = written(&size);
  end();
  for (size_t t = 0; t < TABLES; t++)
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
      uint64_t old;
      memcpy(&old, buffer + COUNTS + 8 * t, 8);
      memcpy(buffer + COUNTS + 8 * t, &counts[i], 8);
      assert_null(roi_graph_read(buffer, size, &why));
      memcpy(buffer + COUNTS + 8 * t, &old, 8);
    }
  for (uint64_t claimed = size - 8; claimed <= size + 8; claimed += 16) {
    memcpy(buffer + 8, &claimed, 8);
    assert_null(roi_graph_read(buffer, size, &why));
  }
  roi_free(buffer);
}

/* Each of these a validator could overlook. */
static void claims_that_are_not_borne_out(void **state) {
  (void)state;
  static const struct { const char *what; int op; size_t offset; unsigned char value; } cases[] = {
      {"the start of a series", ROI_CUMSUM, offsetof(roi_node_row, start), 1},
      {"the shape of a sum", ROI_SUM, offsetof(roi_node_row, shape), ROI_SERIES_SHAPE},
      {"never", ROI_PAYBACK, offsetof(roi_node_row, flags), 0},
      {"fixed", ROI_SUM, offsetof(roi_node_row, flags), ROI_FIXED},
      {"parts of a distribution", ROI_CLAMP, offsetof(roi_node_row, imm), 1},
      {"a family", ROI_DIST, offsetof(roi_node_row, family), ROI_FAMILY_COUNT},
      {"a form", ROI_DIST, offsetof(roi_node_row, form), ROI_FORM_COUNT},
      {"an argument to come", ROI_MUL, offsetof(roi_node_row, first_arg), 250},
      {"too few arguments", ROI_MUL, offsetof(roi_node_row, n_args), 1},
      {"a name of no draw", ROI_DRAW, offsetof(roi_node_row, name), 0},
      {"a place inside a string", ROI_DRAW, offsetof(roi_node_row, name), 2},
      {"unused", ROI_MUL, offsetof(roi_node_row, unused), 1},
      {"data", ROI_MUL, offsetof(roi_node_row, n_data), 1},
      {"data to the end", ROI_INTERP, offsetof(roi_node_row, n_data), 200},
      {"an operation", ROI_MUL, offsetof(roi_node_row, op), 250},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    int found = 0;
    build_small();
    for (roi_node n = 0; n < g->n_nodes && !found; n++) {
      if (g->nodes[n].op != cases[i].op) continue;
      found = 1;
      ((unsigned char *)&g->nodes[n])[cases[i].offset] = cases[i].value;
    }
    assert_true(found);
    if (roi_graph_validate(g, &why) != ROI_ERR_MODEL) print_message("%s was believed\n", cases[i].what), fail();
    end();
  }
}

static void warnings_are_checked(void **state) {
  (void)state;
  static const struct { const char *what; size_t offset; uint32_t value; } cases[] = {
      {"a level", offsetof(roi_warning_row, level), 2}, {"a condition that is not there", offsetof(roi_warning_row, when), 4000},
      {"a file", offsetof(roi_warning_row, file), UINT32_MAX}, {"a text", offsetof(roi_warning_row, text), 2},
      {"a rule", offsetof(roi_warning_row, rule), 1u << 20}, {"a reason", offsetof(roi_warning_row, why), 2}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    build_small();
    memcpy((char *)&g->warnings[1] + cases[i].offset, &cases[i].value, sizeof cases[i].value);
    if (roi_graph_validate(g, &why) != ROI_ERR_MODEL) print_message("%s was believed\n", cases[i].what), fail();
    assert_non_null(strstr(why.text, "warning"));
    end();
  }
  build_small(); /* a condition must be one number a trial, when it is added and when it is read */
  for (roi_node n = 0; n < g->n_nodes; n++) {
    roi_finding f = {.rule = "x", .text = "y", .when = n};
    int one = g->nodes[n].shape == ROI_SCALAR;
    assert_int_equal(roi_graph_add_finding(g, &f, &why), one ? ROI_OK : ROI_ERR_MODEL);
    g->warnings[1].when = n;
    assert_int_equal(roi_graph_validate(g, &why), one ? ROI_OK : ROI_ERR_MODEL);
  }
  end();
}

static void reasons_are_added_by_rule(void **state) {
  (void)state;
  begin(1);
  const char *const rules[] = {"a", "b", "a", "a"}, *const reasons[] = {NULL, NULL, "its own", NULL};
  for (int i = 0; i < 4; i++) {
    const roi_finding f = {.rule = rules[i], .text = "text", .why = reasons[i], .when = ROI_NONE};
    assert_int_equal(roi_graph_add_finding(g, &f, &why), ROI_OK);
  }
  assert_int_equal(roi_graph_explain_rule(g, "a", "why a", &why), ROI_OK);
  assert_int_equal(roi_graph_explain_rule(g, "c", "why c", &why), ROI_OK);
  const char *const expected[] = {"why a", "", "its own", "why a"};
  for (int i = 0; i < 4; i++) assert_string_equal(roi_graph_text(g, g->warnings[i].why), expected[i]);
  end();
}

static void names_are_checked(void **state) {
  (void)state;
  build_small();
  roi_graph_add_output(g, "third", g->outputs[0].node, &why);
  g->outputs[2].name = g->outputs[0].name;
  assert_int_equal(roi_graph_validate(g, &why), ROI_ERR_MODEL);
  assert_non_null(strstr(why.text, "an output named twice"));
  end();
  build_small();
  roi_node draws[2], n = 0;
  for (roi_node i = 0; i < g->n_nodes && n < 2; i++)
    if (g->nodes[i].op == ROI_DRAW) draws[n++] = i;
  g->nodes[draws[1]].name = g->nodes[draws[0]].name;
  assert_int_equal(roi_graph_validate(g, &why), ROI_ERR_MODEL);
  assert_non_null(strstr(why.text, "a draw named twice"));
  end();
  build_small();
  assert_int_equal(roi_graph_add_label(g, "x", g->outputs[0].node, &why), ROI_OK);
  roi_label_row *label = &g->labels[g->n_labels - 1], good = *label;
  label->given = 2; /* neither the script's nor the model's */
  assert_int_equal(roi_graph_validate(g, &why), ROI_ERR_MODEL);
  *label = good;
  label->file = (uint32_t)g->n_strings;
  assert_int_equal(roi_graph_validate(g, &why), ROI_ERR_MODEL);
  *label = good;
  assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
  end();
}

/* A stretch of data or arguments that many nodes claim would cost each its own check: time without bound. */
static void shared_stretches_are_refused(void **state) {
  (void)state;
  build_small();
  roi_node a = roi_dist_empirical(g, (double[]){1, 2}, 2, &why), b = roi_dist_empirical(g, (double[]){1, 2}, 2, &why);
  g->nodes[b].first_data = g->nodes[a].first_data;
  g->n_data -= 2;
  assert_int_equal(roi_graph_validate(g, &why), ROI_ERR_MODEL);
  end();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(round_trip),
      cmocka_unit_test(empty_graph),
      cmocka_unit_test(a_read_graph_can_grow),
      cmocka_unit_test(every_truncation_is_refused),
      cmocka_unit_test(every_flipped_byte_is_borne),
      cmocka_unit_test(every_word_is_borne),
      cmocka_unit_test(every_long_word_is_borne),
      cmocka_unit_test(random_damage_is_borne),
      cmocka_unit_test(hostile_headers),
      cmocka_unit_test(claims_that_are_not_borne_out),
      cmocka_unit_test(warnings_are_checked),
      cmocka_unit_test(reasons_are_added_by_rule),
      cmocka_unit_test(names_are_checked),
      cmocka_unit_test(shared_stretches_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
