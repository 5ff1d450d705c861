/* Versions of a model in one graph: every value has the bits that it has in its own graph, under any sampling and however the run is
 * arranged; what is equal is there once. And graphs of scenarios, which hold several draws of one name. */
#include "unit/model.h"

#include "graph/merge.h"
#include "graph/wire.h"

enum { OUTPUTS = 3, TRIALS = 6007 };

/* What differs from the plain model. */
typedef struct variant { int other_price, other_noise, other_correlation, without_b; } variant;
static const variant variants[] = {{0, 0, 0, 0}, {1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {1, 1, 1, 0}, {0, 0, 0, 1}};
enum { VARIANTS = sizeof variants / sizeof variants[0] };

static roi_node each_period(roi_node d, const char *name) { return roi_draw(g, d, name, 1, &why); }

/* Correlated draws, some of which have parameters that are draws; correlated ones made each period; tables of data. */
static void build(variant v, roi_node out[OUTPUTS]) {
  static const double xs[] = {0, 1, 2}, ys[] = {1, 3, 4}, seen[] = {3, 1, 2, 5};
  begin(6);
  roi_node price = draw(v.other_price ? dist(ROI_FAMILY_UNIFORM, ROI_FORM_NATURAL, 2, num(5), num(15))
                                      : dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, num(10), num(2)), "price");
  roi_node volume = draw(dist(ROI_FAMILY_LOGNORMAL, ROI_FORM_NATURAL, 2, num(1), num(0.3)), "volume");
  roi_node share = draw(dist(ROI_FAMILY_BETA, ROI_FORM_NATURAL, 2, num(3), num(2)), "share");
  roi_node b = v.without_b ? num(1.5) : draw(dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, share, num(0.1)), "b");
  roi_node past = draw(roi_dist_empirical(g, seen, 4, &why), "past");
  roi_node noise = each_period(dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, num(1), num(v.other_noise ? 0.5 : 0.1)), "noise");
  roi_node wave = each_period(dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, num(0), num(1)), "wave");
  roi_correlation_row rows[] = {{.a = price, .b = volume, .asked = v.other_correlation ? 0.2 : -0.5},
                                {.a = volume, .b = share, .asked = 0.4}, {.a = noise, .b = wave, .asked = 0.7}};
  assert_int_equal(roi_graph_correlate_pairs(g, rows, 3, &why), ROI_OK);
  out[0] = op2(ROI_MUL, price, op2(ROI_MUL, volume, share));
  out[1] = op2(ROI_ADD, op1(ROI_SUM, op2(ROI_MUL, noise, wave)), roi_interp(g, b, xs, ys, 3, &why));
  out[2] = op2(ROI_ADD, op2(ROI_MUL, past, out[0]), out[1]);
}

static roi_request request(roi_sampling sampling, int threads, uint32_t block, const char *isa) {
  return (roi_request){.options = {.trials = TRIALS, .seed = 5, .threads = threads, .sampling = sampling, .isa = isa}, .block = block};
}

static void evaluate(const roi_graph *graph, const roi_request *q, const roi_node *nodes, size_t n, double (*x)[TRIALS]) {
  roi_target targets[OUTPUTS * VARIANTS];
  double *columns[OUTPUTS * VARIANTS];
  for (size_t i = 0; i < n; i++) targets[i] = (roi_target){"x", nodes[i]}, columns[i] = x[i];
  if (roi_evaluate(graph, q, NULL, targets, n, TRIALS, columns, &why) != ROI_OK) fail_msg("%s", why.text);
}

static roi_graph *merge_all(roi_node nodes[VARIANTS][OUTPUTS]) {
  roi_graph *whole = roi_graph_new("", 6, ROI_MONTH, &why);
  assert_non_null(whole);
  for (size_t i = 0; i < VARIANTS; i++) {
    roi_node out[OUTPUTS];
    roi_copy c;
    build(variants[i], out);
    if (roi_merge_begin(&c, whole, g, &why) != ROI_OK) fail_msg("%s", why.text);
    for (size_t k = 0; k < OUTPUTS; k++) assert_int_not_equal(nodes[i][k] = roi_copy_node(&c, out[k], &why), ROI_NONE);
    roi_copy_end(&c);
    end();
  }
  return whole;
}

static void every_value_has_its_own_bits(void **state) {
  (void)state;
  static double alone[OUTPUTS][TRIALS], together[OUTPUTS * VARIANTS][TRIALS];
  roi_node nodes[VARIANTS][OUTPUTS];
  roi_graph *whole = merge_all(nodes);
  for (int sampling = 0; sampling < ROI_SAMPLING_COUNT; sampling++) {
    roi_request q = request((roi_sampling)sampling, 2, 0, NULL);
    evaluate(whole, &q, nodes[0], OUTPUTS * VARIANTS, together);
    for (size_t i = 0; i < VARIANTS; i++) {
      roi_node out[OUTPUTS];
      build(variants[i], out);
      evaluate(g, &q, out, OUTPUTS, alone);
      end();
      /* A draw that the plain model has and this one lacks keeps its dimension in the whole. */
      if (sampling != ROI_SAMPLING_MC && variants[i].without_b) continue;
      for (size_t k = 0; k < OUTPUTS; k++) assert_memory_equal(together[i * OUTPUTS + k], alone[k], sizeof alone[k]);
    }
  }
  roi_graph_free(whole);
}

static void however_the_run_is_arranged(void **state) {
  (void)state;
  static double wanted[OUTPUTS * VARIANTS][TRIALS], found[OUTPUTS * VARIANTS][TRIALS];
  static const struct { int threads; uint32_t block; const char *isa; } cases[] = {
      {1, 16, "avx2"}, {3, 48, NULL}, {2, 1024, "baseline"}, {2, 0, "avx512"}};
  roi_node nodes[VARIANTS][OUTPUTS];
  roi_graph *whole = merge_all(nodes);
  for (int sampling = 0; sampling < ROI_SAMPLING_COUNT; sampling++) {
    roi_request q = request((roi_sampling)sampling, 1, 0, NULL);
    evaluate(whole, &q, nodes[0], OUTPUTS * VARIANTS, wanted);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
      roi_error no;
      if (cases[i].isa && !roi_kernels(cases[i].isa, &no)) continue; /* this processor lacks it */
      q = request((roi_sampling)sampling, cases[i].threads, cases[i].block, cases[i].isa);
      evaluate(whole, &q, nodes[0], OUTPUTS * VARIANTS, found);
      assert_memory_equal(found, wanted, sizeof found);
    }
  }
  roi_graph_free(whole);
}

static void what_is_equal_is_there_once(void **state) {
  (void)state;
  roi_node out[OUTPUTS], first[OUTPUTS], second[OUTPUTS];
  roi_graph *whole = roi_graph_new("", 6, ROI_MONTH, &why);
  roi_copy c;
  build(variants[0], out);
  size_t draws = roi_graph_draws(g), size = 0;
  for (int round = 0; round < 2; round++) {
    assert_int_equal(roi_merge_begin(&c, whole, g, &why), ROI_OK);
    for (size_t k = 0; k < OUTPUTS; k++) (round ? second : first)[k] = roi_copy_node(&c, out[k], &why);
    roi_copy_end(&c);
    if (round == 0) size = whole->n_nodes;
  }
  assert_memory_equal(first, second, sizeof first);
  assert_int_equal(whole->n_nodes, size);
  assert_int_equal(roi_graph_draws(whole), draws);
  assert_int_equal(whole->n_groups, 2);
  end();
  /* Another distribution for one of three correlated draws: the others are the same values, and in a new group beside it. */
  build(variants[1], out);
  assert_int_equal(roi_merge_begin(&c, whole, g, &why), ROI_OK);
  assert_int_equal(whole->n_groups, 3);
  assert_int_equal(whole->groups[2].n_members, 3);
  assert_int_equal(roi_graph_draws(whole), draws + 3);
  assert_int_equal(roi_copy_node(&c, out[1], &why), first[1]);
  assert_int_not_equal(roi_copy_node(&c, out[0], &why), first[0]);
  uint32_t *ordinal = roi_alloc(whole->n_nodes, sizeof *ordinal);
  assert_int_equal(roi_graph_ordinals(whole, ordinal), 0);
  for (size_t k = 0; k < 3; k++) assert_int_equal(ordinal[whole->members[whole->groups[2].first_member + k]], k);
  roi_free(ordinal);
  roi_copy_end(&c);
  end();
  roi_graph_free(whole);
}

static void functions_are_each_their_own(void **state) {
  (void)state;
  roi_graph *whole = roi_graph_new("", 6, ROI_MONTH, &why);
  roi_node made[2];
  for (int round = 0; round < 2; round++) {
    roi_copy c;
    begin(6);
    roi_node a = uniform("a", 0, 1), f = roi_extern_node(g, "f", &a, 1, &why);
    assert_int_equal(roi_merge_begin(&c, whole, g, &why), ROI_OK);
    made[round] = roi_copy_node(&c, f, &why);
    roi_copy_end(&c);
    end();
  }
  assert_int_not_equal(made[0], made[1]);
  assert_int_equal(whole->args[whole->nodes[made[0]].first_arg], whole->args[whole->nodes[made[1]].first_arg]);
  uint32_t *ordinal = roi_alloc(whole->n_nodes, sizeof *ordinal);
  assert_int_equal(roi_graph_ordinals(whole, ordinal), 0);
  assert_int_equal(ordinal[made[1]], 1);
  roi_free(ordinal);
  roi_graph_free(whole);
}

static void other_horizons_are_refused(void **state) {
  (void)state;
  roi_graph *whole = roi_graph_new("", 7, ROI_MONTH, &why);
  roi_copy c;
  begin(6);
  assert_int_equal(roi_merge_begin(&c, whole, g, &why), ROI_ERR_MODEL);
  assert_non_null(strstr(why.text, "horizon"));
  roi_copy_end(&c);
  end();
  roi_graph_free(whole);
}

/* Price as the plain model has it and, beside it, as the scenario has it, which is what volume is correlated with. */
static void *write_scenario(int marked, size_t *size) {
  begin(6);
  if (marked) g->scenario = roi_graph_string(g, "dearer");
  roi_node plain = uniform("price", 0, 1), volume = uniform("volume", 0, 1);
  roi_node price = roi_draw_beside(g, dist(ROI_FAMILY_UNIFORM, ROI_FORM_NATURAL, 2, num(0), num(2)), "price", 0, &why);
  assert_int_not_equal(price, plain);
  roi_correlation_row row = {.a = volume, .b = price, .asked = 0.5}, same = {.a = plain, .b = price, .asked = 0.5};
  assert_int_equal(roi_graph_correlate_pairs(g, &same, 1, &why), ROI_ERR_MODEL);
  assert_non_null(strstr(why.text, "can't be correlated with itself"));
  assert_int_equal(roi_graph_correlate_pairs(g, &row, 1, &why), ROI_OK);
  assert_int_equal(g->members[0], price); /* in the order of their numbers */
  assert_int_equal(roi_graph_add_input(g, "price", price, &why), ROI_OK);
  assert_int_equal(roi_graph_add_output(g, "total", op2(ROI_ADD, price, volume), &why), ROI_OK);
  assert_int_equal(roi_graph_draw_of(g, 0), marked ? price : plain);
  assert_int_equal(roi_graph_is_replaced(g, plain), marked);
  assert_false(roi_graph_is_replaced(g, price));
  void *buffer = roi_graph_write(g, size, &why);
  assert_non_null(buffer);
  end();
  return buffer;
}

static void a_scenario_may_repeat_a_draw(void **state) {
  (void)state;
  size_t size;
  void *buffer = write_scenario(1, &size);
  roi_graph *read = roi_graph_read(buffer, size, &why);
  if (!read) fail_msg("%s", why.text);
  assert_string_equal(roi_graph_text(read, read->scenario), "dearer");
  roi_graph_free(read);
  roi_free(buffer);
  buffer = write_scenario(0, &size);
  assert_null(roi_graph_read(buffer, size, &why));
  assert_non_null(strstr(why.text, "a draw named twice"));
  roi_free(buffer);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_value_has_its_own_bits), cmocka_unit_test(however_the_run_is_arranged),
      cmocka_unit_test(what_is_equal_is_there_once), cmocka_unit_test(functions_are_each_their_own),
      cmocka_unit_test(other_horizons_are_refused), cmocka_unit_test(a_scenario_may_repeat_a_draw)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
