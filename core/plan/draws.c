/* Draws: one uniform in, one value out. Families with a closed quantile function become a few kernels; others with constant
 * parameters a table; others the direct route, lane by lane. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "graph/fold.h"
#include "plan/lowering.h"

static roi_node arg_of(const roi_graph *g, roi_node n, uint32_t i) { return g->args[g->nodes[n].first_arg + i]; }

void roi_visit_parameters(const roi_graph *g, roi_node dist, void (*visit)(void *data, roi_node parameter), void *data) {
  for (uint32_t i = 0; i < g->nodes[dist].n_args; i++) {
    roi_node a = arg_of(g, dist, i);
    if (g->nodes[a].shape == ROI_DIST_SHAPE) roi_visit_parameters(g, a, visit, data);
    else visit(data, a);
  }
}

/* What a direct draw knows beside its parameters: the distribution's nodes in the order their parameters come. */
typedef struct direct_part { uint8_t op, family, form; uint32_t n_args; const double *data; uint32_t n_data; } direct_part;
typedef struct direct_recipe {
  uint32_t n_parts;
  direct_part part[];
} direct_recipe;

static void write_parts(const roi_graph *g, roi_node dist, direct_recipe *r) {
  const roi_node_row *row = &g->nodes[dist];
  direct_part *p = &r->part[r->n_parts++];
  p->op = (uint8_t)row->op;
  p->family = row->family;
  p->form = row->form;
  p->n_args = row->n_args;
  p->data = row->n_data ? g->data + row->first_data : NULL;
  p->n_data = row->n_data;
  for (uint32_t i = 0; i < row->n_args; i++)
    if (g->nodes[arg_of(g, dist, i)].shape == ROI_DIST_SHAPE) write_parts(g, arg_of(g, dist, i), r);
}

/* The recipe's tree for one lane; the arrays are as large as the largest tree. */
typedef struct direct_tree {
  roi_distribution node[ROI_DIST_MAX_PARTS];
  const roi_distribution *child[ROI_DIST_MAX_PARTS];
  double weight[ROI_DIST_MAX_PARTS];
  double natural[ROI_DIST_MAX_PARTS][4];
  uint32_t n_nodes, n_children, n_weights;
} direct_tree;

static int leaf(direct_tree *t, const direct_part *p, roi_distribution *d, uint32_t index, const double *par, roi_error *err) {
  d->kind = ROI_DIST_FAMILY;
  d->family = (roi_family)p->family;
  if (p->data) {
    d->par = p->data;
    d->n_par = p->n_data;
    return 0;
  }
  for (uint32_t i = 0; i < p->n_args; i++)
    if (isnan(par[i])) {
      const roi_family_row *f = roi_family_get(d->family);
      roi_fail(err, ROI_ERR_MODEL, "%s(%s): parameter %u is not a number", f->name, f->params, i + 1);
      return -1;
    }
  double *natural = t->natural[index];
  d->par = par;
  d->n_par = p->n_args;
  if (p->form != ROI_FORM_NATURAL) {
    d->par = natural;
    return roi_dist_natural(d->family, (roi_form)p->form, par, p->n_args, natural, &d->n_par, err) == ROI_OK ? 0 : -1;
  }
  if (p->n_args > 4) return 0;
  memcpy(natural, par, p->n_args * sizeof *par);
  d->n_par = roi_fill_defaults(d->family, natural, p->n_args);
  d->par = natural;
  return 0;
}

/* Builds the node of part *at and what is below it, moving along parts and parameters; NULL with the error: not valid. What
 * roi_dist_check finds is left to it. */
static roi_distribution *build(const direct_recipe *r, direct_tree *t, uint32_t *at, const double **par, roi_error *err) {
  const direct_part *p = &r->part[(*at)++];
  uint32_t index = t->n_nodes++;
  roi_distribution *d = &t->node[index];
  memset(d, 0, sizeof *d);
  if (p->op == ROI_DIST) {
    const double *own = *par;
    *par += p->n_args;
    return leaf(t, p, d, index, own, err) == 0 ? d : NULL;
  }
  d->n_part = p->op == ROI_MIXTURE ? p->n_args / 2 : 1;
  const roi_distribution **child = &t->child[t->n_children];
  t->n_children += (uint32_t)d->n_part;
  d->part = child;
  if (p->op == ROI_MIXTURE) {
    double *weight = &t->weight[t->n_weights];
    t->n_weights += (uint32_t)d->n_part;
    d->kind = ROI_DIST_MIXTURE;
    d->weight = weight;
    for (size_t i = 0; i < d->n_part; i++) {
      weight[i] = *(*par)++;
      child[i] = build(r, t, at, par, err);
      if (!child[i]) return NULL;
    }
    return d;
  }
  d->kind = p->op == ROI_TRUNCATE ? ROI_DIST_TRUNCATE : ROI_DIST_CLAMP;
  child[0] = build(r, t, at, par, err);
  if (!child[0]) return NULL;
  d->lo = *(*par)++;
  d->hi = *(*par)++;
  return d;
}

static double direct_value(const roi_direct *direct, const double *par, double u) {
  direct_tree tree; /* filled as far as the recipe goes */
  tree.n_nodes = tree.n_children = tree.n_weights = 0;
  uint32_t at = 0;
  const roi_distribution *d = build(direct->data, &tree, &at, &par, NULL);
  if (!d || roi_dist_check(d, NULL) != ROI_OK) return NAN;
  return roi_dist_quantile(d, u, 1.0 - u);
}

roi_status roi_draw_rule(const roi_graph *g, roi_node dist, const double *par, roi_error *err) {
  direct_recipe *recipe = roi_alloc_zero(1, sizeof *recipe + (size_t)roi_dist_parts(&g->nodes[dist]) * sizeof(direct_part));
  if (!recipe) return roi_fail_memory(err, "checking a distribution");
  write_parts(g, dist, recipe);
  direct_tree tree;
  tree.n_nodes = tree.n_children = tree.n_weights = 0;
  uint32_t at = 0;
  const roi_distribution *d = build(recipe, &tree, &at, &par, err);
  roi_status s = d ? roi_dist_check(d, err) : ROI_ERR_MODEL;
  roi_free(recipe);
  return s;
}

typedef struct gather {
  roi_lowering *l;
  roi_get_operand get;
  void *data;
  uint32_t period;
  int32_t *operand;
  size_t n, capacity;
} gather;

static void gather_one(void *data, roi_node parameter) {
  gather *x = data;
  if (roi_grow((void **)&x->operand, x->n, &x->capacity, sizeof *x->operand) != 0) {
    roi_lowering_fail_memory(x->l);
    return;
  }
  x->operand[x->n++] = x->get(x->data, parameter, x->period);
}

static int32_t put_direct(roi_lowering *l, roi_node dist, int32_t u, gather *parameters) {
  size_t parts = (size_t)roi_dist_parts(&l->g->nodes[dist]);
  roi_direct *direct = roi_own(l, 1, sizeof *direct);
  direct_recipe *recipe = roi_own(l, 1, sizeof *recipe + parts * sizeof(direct_part));
  if (!direct || !recipe || roi_fill_list(l, &direct->params, parameters->operand, parameters->n) != 0) return ~0;
  write_parts(l->g, dist, recipe);
  direct->value = direct_value;
  direct->data = recipe;
  return roi_put(l, ROI_K_Q_DIRECT, u, 0, 0, 0, 0.0, direct);
}

/* The operand where the condition holds, else NaN: an uncertain parameter that breaks its rule must not give a number. */
static int32_t guard(roi_lowering *l, int32_t condition, int32_t operand) {
  return roi_put3(l, ROI_K_WHERE, condition, operand, roi_put_constant(l, NAN));
}

/* What the closed forms below ask of parameter i; the kernels of triangular and bernoulli check theirs. */
typedef enum rule { ANY, NOT_NEGATIVE, POSITIVE } rule;
static rule rule_of(unsigned family, uint32_t i) {
  switch (family) {
    case ROI_FAMILY_NORMAL:
    case ROI_FAMILY_LOGNORMAL: return i == 1 ? NOT_NEGATIVE : ANY;
    case ROI_FAMILY_LOGISTIC:
    case ROI_FAMILY_GUMBEL: return i == 1 ? POSITIVE : ANY;
    case ROI_FAMILY_EXPONENTIAL:
    case ROI_FAMILY_WEIBULL:
    case ROI_FAMILY_PARETO: return POSITIVE;
    default: return ANY;
  }
}

/* Guards a parameter; -1 if it is a constant that breaks its rule (beside an uncertain one: of constants alone the distribution was
 * checked when it was made). */
static int guard_parameter(roi_lowering *l, rule r, int32_t *p) {
  double holds;
  if (r == ANY) return 0;
  int32_t condition = roi_put2(l, r == POSITIVE ? ROI_K_LT : ROI_K_LE, roi_put_constant(l, 0.0), *p);
  if (roi_operand_constant(l, condition, &holds)) return holds != 0.0 ? 0 : -1;
  *p = guard(l, condition, *p);
  return 0;
}

static int32_t standard_normal(roi_lowering *l, int32_t u) {
  const roi_qtable *t = roi_normal_table(l->err);
  if (!t) return roi_lowering_fail_memory(l), ~0;
  return roi_put(l, ROI_K_Q_TABLE, u, 0, 0, 0, 0.0, t);
}

/* -log(1 - u), the standard exponential; 1 - u is exact. */
static int32_t standard_exponential(roi_lowering *l, int32_t u) {
  return roi_put1(l, ROI_K_NEG, roi_put1(l, ROI_K_LOG, roi_put2(l, ROI_K_SUB, roi_put_constant(l, 1.0), u)));
}

/* Families with a closed form, from their parameters' operands (guarded); ROI_NO_OPERAND for the others and for a parameter that is
 * never valid, which the direct route refuses in every trial. */
static int32_t put_closed(roi_lowering *l, unsigned family, int32_t u, int32_t *p, size_t n) {
  for (uint32_t i = 0; i < n; i++)
    if (guard_parameter(l, rule_of(family, i), &p[i]) != 0) return ROI_NO_OPERAND;
  int32_t one = roi_put_constant(l, 1.0);
  switch (family) {
    case ROI_FAMILY_NORMAL:
      return roi_put2(l, ROI_K_ADD, p[0], roi_put2(l, ROI_K_MUL, p[1], standard_normal(l, u)));
    case ROI_FAMILY_LOGNORMAL:
      return roi_put1(l, ROI_K_EXP,
                      roi_put2(l, ROI_K_ADD, p[0], roi_put2(l, ROI_K_MUL, p[1], standard_normal(l, u))));
    case ROI_FAMILY_UNIFORM: {
      int32_t width = roi_put2(l, ROI_K_SUB, p[1], p[0]);
      width = guard(l, roi_put2(l, ROI_K_LE, roi_put_constant(l, 0.0), width), width);
      return roi_put2(l, ROI_K_MIN, roi_put2(l, ROI_K_ADD, p[0], roi_put2(l, ROI_K_MUL, width, u)), p[1]);
    }
    case ROI_FAMILY_TRIANGULAR: return roi_put(l, ROI_K_Q_TRIANGULAR, u, p[0], p[1], p[2], 0.0, NULL);
    case ROI_FAMILY_BERNOULLI: return roi_put2(l, ROI_K_Q_BERNOULLI, u, p[0]);
    case ROI_FAMILY_EXPONENTIAL: return roi_put2(l, ROI_K_DIV, standard_exponential(l, u), p[0]);
    case ROI_FAMILY_WEIBULL:
      return roi_put2(l, ROI_K_MUL, p[1],
                      roi_put2(l, ROI_K_POW, standard_exponential(l, u), roi_put2(l, ROI_K_DIV, one, p[0])));
    case ROI_FAMILY_LOGISTIC: {
      int32_t odds = roi_put2(l, ROI_K_DIV, u, roi_put2(l, ROI_K_SUB, one, u));
      return roi_put2(l, ROI_K_ADD, p[0], roi_put2(l, ROI_K_MUL, p[1], roi_put1(l, ROI_K_LOG, odds)));
    }
    case ROI_FAMILY_GUMBEL: {
      int32_t e = roi_put1(l, ROI_K_LOG, roi_put1(l, ROI_K_NEG, roi_put1(l, ROI_K_LOG, u)));
      return roi_put2(l, ROI_K_SUB, p[0], roi_put2(l, ROI_K_MUL, p[1], e));
    }
    case ROI_FAMILY_PARETO: {
      int32_t exponent = roi_put2(l, ROI_K_DIV, roi_put_constant(l, -1.0), p[0]);
      return roi_put2(l, ROI_K_MUL, p[1], roi_put2(l, ROI_K_POW, roi_put2(l, ROI_K_SUB, one, u), exponent));
    }
    default: return ROI_NO_OPERAND;
  }
}

static int32_t put_constant_dist(roi_lowering *l, roi_node dist, int32_t u) {
  const roi_distribution *tree = roi_tables_tree(l->tables, dist);
  if (!tree) return roi_lowering_fail_memory(l), ~0;
  if (tree->kind == ROI_DIST_FAMILY && tree->family == ROI_FAMILY_EMPIRICAL)
    return roi_put(l, ROI_K_Q_DATA, u, 0, 0, 0, 0.0, tree);
  const void *table = roi_dist_discrete(tree) ? (const void *)roi_tables_steps(l->tables, dist)
                                              : (const void *)roi_tables_continuous(l->tables, dist);
  if (!table) return roi_lowering_fail_memory(l), ~0;
  return roi_put(l, roi_dist_discrete(tree) ? ROI_K_Q_STEPS : ROI_K_Q_TABLE, u, 0, 0, 0, 0.0, table);
}

static int32_t put_dist(roi_lowering *l, roi_node dist, int32_t u, gather *parameters) {
  const roi_node_row *row = &l->g->nodes[dist];
  if (row->op == ROI_CLAMP) { /* a clamp moves values, whatever draws them */
    int32_t value = put_dist(l, arg_of(l->g, dist, 0), u, parameters);
    int32_t lo = parameters->get(parameters->data, arg_of(l->g, dist, 1), parameters->period);
    int32_t hi = parameters->get(parameters->data, arg_of(l->g, dist, 2), parameters->period);
    lo = guard(l, roi_put2(l, ROI_K_LE, lo, hi), lo);
    return roi_put2(l, ROI_K_MIN, roi_put2(l, ROI_K_MAX, value, lo), hi);
  }
  parameters->n = 0;
  roi_visit_parameters(l->g, dist, gather_one, parameters);
  if (l->status != ROI_OK) return ~0;
  if (row->op == ROI_DIST && row->form == ROI_FORM_NATURAL && row->n_data == 0) {
    int32_t value = put_closed(l, row->family, u, parameters->operand, parameters->n);
    if (value != ROI_NO_OPERAND) return value;
  }
  return row->flags & ROI_FIXED ? put_constant_dist(l, dist, u) : put_direct(l, dist, u, parameters);
}

int32_t roi_lower_draw(roi_lowering *l, roi_node draw, uint32_t period, roi_get_operand get, void *data) {
  int32_t u = roi_put_uniform(l, draw, period);
  gather parameters = {.l = l, .get = get, .data = data, .period = period};
  int32_t value = put_dist(l, arg_of(l->g, draw, 0), u, &parameters);
  roi_free(parameters.operand);
  return value;
}
