/* study.h - for tests of sensitivity methods: a study of every draw of the graph under construction (model.h), and models with known
 * answers. */
#ifndef ROI_TESTS_UNIT_STUDY_H
#define ROI_TESTS_UNIT_STUDY_H

#include "model.h"
#include "sensitivity/methods.h"

#define PI 3.14159265358979323846

enum { MOST_FACTORS = 32 };
static uint32_t study_draws[MOST_FACTORS];
static roi_factor study_factors[MOST_FACTORS];
static roi_request study_request;

static int is_yes_no(roi_node n) {
  const roi_node_row *d = row_of(g->args[row_of(n)->first_arg]);
  return d->op == ROI_DIST && d->family == ROI_FAMILY_BERNOULLI;
}

/* Every draw a factor by itself. */
UNUSED static roi_study study_of(roi_node target, uint64_t base) {
  size_t n = 0;
  for (roi_node i = 0; i < g->n_nodes; i++) {
    if (g->nodes[i].op != ROI_DRAW) continue;
    assert_true(n < MOST_FACTORS);
    int each = (g->nodes[i].flags & ROI_EACH_PERIOD) != 0;
    study_draws[n] = (uint32_t)n;
    study_factors[n] = (roi_factor){.name = roi_graph_text(g, g->nodes[i].name), .draws = study_draws + n, .n_draws = 1,
                                    .node = each ? ROI_NONE : i, .yes_no = is_yes_no(i), .each_period = each};
    n++;
  }
  assert_int_not_equal(target, ROI_NONE);
  study_request = (roi_request){.options = {.trials = 10000, .seed = 1, .threads = 1}};
  return (roi_study){.g = g, .request = &study_request, .target = {"y", target}, .factors = study_factors, .n_factors = n,
                     .base = base, .never = (double)g->horizon + 1};
}

UNUSED static roi_sensitivity *measured(const roi_study *s, roi_method_id method) {
  roi_sensitivity *r = NULL;
  roi_status status = roi_sensitivity_run(s, method, &r, &why);
  if (status) fail_msg("%s: %s", roi_methods[method].name, why.text);
  return r;
}
UNUSED static void refused(const roi_study *s, roi_method_id method, roi_status expected, const char *part) {
  roi_sensitivity *r = NULL;
  roi_status status = roi_sensitivity_run(s, method, &r, &why);
  assert_int_equal(status, expected);
  assert_null(r);
  if (!strstr(why.text, part)) fail_msg("expected '%s' in '%s'", part, why.text);
}
UNUSED static int has_note(const roi_sensitivity *r, const char *part) {
  for (size_t i = 0; i < r->n_notes; i++)
    if (strstr(r->notes[i], part)) return 1;
  return 0;
}
UNUSED static void near(double got, double expected, double tolerance) {
  if (!(fabs(got - expected) <= tolerance)) fail_msg("got %.9g, expected %.9g within %g", got, expected, tolerance);
}

/* Correlates two draws: Pearson's of the normal scores. */
UNUSED static void correlate(roi_node a, roi_node b, double r) {
  roi_node pair[2] = {a, b};
  double matrix[4] = {1, r, r, 1};
  assert_int_equal(roi_graph_correlate(g, pair, 2, matrix, ROI_CORRELATION_PEARSON, NULL, &why), ROI_OK);
}

/* Ishigami's function, a = 7, b = 0.1, of three uniforms on (-pi, pi). Closed form (OpenTURNS' use case has the same numbers):
 * variance 13.844588, first order 0.313905, 0.442411, 0, total 0.557589, 0.442411, 0.243684, second order of 1 and 3 0.243684. */
UNUSED static roi_node ishigami(void) {
  roi_node x1 = uniform("x1", -PI, PI), x2 = uniform("x2", -PI, PI), x3 = uniform("x3", -PI, PI);
  roi_node s1 = op1(ROI_SIN, x1), s2 = op1(ROI_SIN, x2), q = op2(ROI_MUL, x3, x3);
  return op2(ROI_ADD, op2(ROI_ADD, s1, op2(ROI_MUL, num(7), op2(ROI_MUL, s2, s2))),
             op2(ROI_MUL, num(0.1), op2(ROI_MUL, op2(ROI_MUL, q, q), s1)));
}

/* Sobol's g-function: the product of (|4 x - 2| + a) / (1 + a). */
UNUSED static roi_node g_function(const double *a, size_t n) {
  roi_node product = num(1);
  for (size_t i = 0; i < n; i++) {
    char name[32];
    snprintf(name, sizeof name, "x%zu", i + 1);
    roi_node x = uniform(name, 0, 1);
    roi_node up = op2(ROI_ADD, op1(ROI_ABS, op2(ROI_SUB, op2(ROI_MUL, num(4), x), num(2))), num(a[i]));
    product = op2(ROI_MUL, product, op2(ROI_DIV, up, num(1 + a[i])));
  }
  return product;
}
static const double g_of_saltelli[8] = {0, 1, 4.5, 9, 99, 99, 99, 99};

#endif
