/* What a choice among use cases rests on, in the graph: what is added is kept, what breaks a rule is refused, and no damaged field is
 * believed. */
#include "unit/model.h"

#include "graph/candidates.h"
#include "graph/copy.h"
#include "graph/wire.h"

static roi_node taken[2], gain, series;

static void build(void) {
  begin(6);
  roi_node half = dist(ROI_FAMILY_BERNOULLI, ROI_FORM_NATURAL, 1, num(0.5));
  taken[0] = draw(half, "a.(taken)");
  taken[1] = draw(half, "b.(taken)");
  gain = uniform("gain", 1, 2);
  series = op2(ROI_MUL, gain, per(1));
  assert_int_equal(roi_graph_add_candidate(g, "a", taken[0], &why), ROI_OK);
  assert_int_equal(roi_graph_add_candidate(g, "b", taken[1], &why), ROI_OK);
  assert_int_equal(roi_graph_add_ceiling(g, "AI", num(12), &why), ROI_OK);
  assert_int_equal(roi_graph_add_ceiling(g, "AI", gain, &why), ROI_OK);
  assert_int_equal(roi_graph_add_term(g, 0, 0, op2(ROI_MUL, taken[0], gain), &why), ROI_OK);
  assert_int_equal(roi_graph_add_term(g, 2, 2, gain, &why), ROI_OK);
  assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
}

static void what_is_added_is_kept(void **state) {
  (void)state;
  build();
  pass_on();
  assert_int_equal(g->n_candidates, 2);
  assert_int_equal(g->n_ceilings, 2);
  assert_int_equal(g->n_terms, 2);
  assert_string_equal(roi_graph_text(g, g->candidates[1].name), "b");
  assert_int_equal(g->candidates[1].taken, taken[1]);
  assert_string_equal(roi_graph_text(g, g->ceilings[1].budget), "AI");
  assert_int_equal(g->terms[1].candidate, 2);
  assert_int_equal(g->terms[1].span, 2);
  assert_int_equal(g->terms[1].node, gain);
  end();
}

static void settling_promises_moves_its_nodes(void **state) {
  (void)state;
  build();
  roi_node open = roi_promise(g, 0, "later", &why);
  assert_int_not_equal(open, ROI_NONE);
  assert_int_equal(roi_graph_add_term(g, 1, 0, op2(ROI_MUL, taken[1], open), &why), ROI_OK);
  roi_node *kept = roi_alloc(g->n_nodes, sizeof *kept), *map = roi_alloc(g->n_nodes, sizeof *map);
  for (size_t i = 0; i < g->n_nodes; i++) kept[i] = ROI_NONE;
  kept[open] = gain;
  assert_int_equal(roi_graph_settle(g, kept, map, &why), ROI_OK);
  assert_int_equal(g->terms[2].node, op2(ROI_MUL, map[taken[1]], map[gain]));
  assert_int_equal(g->candidates[1].taken, map[taken[1]]);
  assert_int_equal(g->ceilings[1].node, map[gain]);
  assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
  roi_free(kept);
  roi_free(map);
  end();
}

static void is_refused(roi_status status, const char *part) {
  assert_int_equal(status, ROI_ERR_MODEL);
  if (!strstr(why.text, part)) fail_msg("expected '%s' in '%s'", part, why.text);
}

static void what_breaks_a_rule_is_refused(void **state) {
  (void)state;
  build();
  roi_node other = draw(dist(ROI_FAMILY_BERNOULLI, ROI_FORM_NATURAL, 1, num(0.5)), "other");
  is_refused(roi_graph_add_candidate(g, "c", num(1), &why), "use case 'c' can't be chosen: whether it is taken must be a draw");
  is_refused(roi_graph_add_candidate(g, "c", series, &why), "must be a draw");
  is_refused(roi_graph_add_candidate(g, "c", 1000000, &why), "must be a draw");
  is_refused(roi_graph_add_candidate(g, "c", taken[0], &why), "shares its switch");
  is_refused(roi_graph_add_candidate(g, "a", other, &why), "two of that name");
  is_refused(roi_graph_add_candidate(g, "", other, &why), "no name");
  is_refused(roi_graph_add_ceiling(g, "AI", series, &why), "budget 'AI': a ceiling must be one number a trial");
  is_refused(roi_graph_add_term(g, 3, 0, gain, &why), "a term of a choice");
  is_refused(roi_graph_add_term(g, 0, 3, gain, &why), "a term of a choice");
  is_refused(roi_graph_add_term(g, 0, 0, series, &why), "a term of a choice");
  assert_int_equal(g->n_candidates, 2);
  assert_int_equal(g->n_ceilings, 2);
  assert_int_equal(g->n_terms, 2);
  for (int i = 2; i <= ROI_MAX_CANDIDATES; i++) {
    char name[20];
    snprintf(name, sizeof name, "case %d", i);
    roi_node more = draw(dist(ROI_FAMILY_BERNOULLI, ROI_FORM_NATURAL, 1, num(0.5)), name);
    if (i < ROI_MAX_CANDIDATES) assert_int_equal(roi_graph_add_candidate(g, name, more, &why), ROI_OK);
    else is_refused(roi_graph_add_candidate(g, name, more, &why), "use case 'case 64': a portfolio chooses among at most 64 use cases");
  }
  end();
}

static void no_damaged_row_is_believed(void **state) {
  (void)state;
  static const uint32_t strange[] = {3, 4, 1000, UINT32_MAX};
  for (int field = 0; field < 9; field++)
    for (size_t k = 0; k < sizeof strange / sizeof *strange; k++) {
      build();
      uint32_t *const fields[] = {&g->candidates[1].name, &g->candidates[0].file, &g->candidates[1].taken, &g->ceilings[0].budget,
                                  &g->ceilings[1].node,   &g->terms[1].candidate, &g->terms[0].span,       &g->terms[1].node};
      uint32_t kept = field < 8 ? *fields[field] : 0;
      if (field < 8) *fields[field] = strange[k];
      else g->n_candidates = 0; /* terms of nobody */
      int harmless = field < 8 && (kept == strange[k] || (strange[k] < 5 && (field == 4 || field == 7))); /* another scalar */
      if (!harmless) assert_int_not_equal(roi_graph_validate(g, &why), ROI_OK);
      if (field < 8) *fields[field] = kept;
      end();
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_added_is_kept),
      cmocka_unit_test(settling_promises_moves_its_nodes),
      cmocka_unit_test(what_breaks_a_rule_is_refused),
      cmocka_unit_test(no_damaged_row_is_believed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
