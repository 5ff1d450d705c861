/* lowering.h - the plan while it is made: values, each one number a trial, defined once.
 *
 * An operand is as in kernel.h: >= 0 a value (later its column), < 0 the constant ~operand. */
#ifndef ROI_PLAN_LOWERING_H
#define ROI_PLAN_LOWERING_H

#include "plan/plan.h"

#define ROI_NO_OPERAND INT32_MAX
/* Values of one plan, and constants: beyond it the horizon times the operations is too large to unroll. */
#define ROI_MAX_VALUES 4000000u /* a plan of so many takes about half a gigabyte, and seconds */
/* Places of one plan: operands kept of nodes, one a period of a series, and entries of the lists that instructions point to. Many of them
 * may hold the same values, so these alone do not bound them. So many take about a quarter of a gigabyte. */
#define ROI_MAX_PLACES 64000000u

typedef struct roi_value {
  uint16_t op;    /* roi_kernel_op */
  int32_t arg[ROI_MAX_OPERANDS];
  double imm;
  const void *aux;
  roi_node origin;
  uint32_t stage;
} roi_value;

typedef struct roi_lowering {
  const roi_graph *g;
  roi_value *values;  size_t n_values, cap_values;
  double *constants;  size_t n_constants, cap_constants;
  uint32_t *hash;     size_t hash_size;        /* of values, index + 1 */
  uint32_t *const_hash; size_t const_hash_size;
  void **owned;       size_t n_owned, cap_owned; /* blocks that instructions point to */
  roi_plan_extern **externs; size_t n_externs, cap_externs;
  uint32_t *ordinal;                           /* of DRAW and EXTERN nodes (roi_graph_ordinals) */
  struct roi_copulas *copulas;                 /* of the graph's groups of draws; NULL: there are none */
  roi_tables *tables;
  const roi_kernel_set *baseline;              /* folds constants, with the kernels' own meaning */
  roi_node origin;                             /* of values made from now on */
  uint32_t period;                             /* likewise */
  size_t n_places;                             /* taken so far */
  size_t unlooked;                             /* work done since the stop was last looked at */
  roi_error *err;
  roi_status status;                           /* the first failure; operands made after it are meaningless */
} roi_lowering;

/* Operands; after a failure they return constant 0 and leave status as it is. */
int32_t roi_put_constant(roi_lowering *l, double value);
int roi_operand_constant(const roi_lowering *l, int32_t operand, double *value);
/* A value of the kernel op; equal ones are one, constants fold; products in sums become fused multiply-adds and what leaves its
 * operand as it is gives the operand. */
int32_t roi_put(roi_lowering *l, roi_kernel_op op, int32_t a, int32_t b, int32_t c, int32_t d, double imm, const void *aux);
int32_t roi_put1(roi_lowering *l, roi_kernel_op op, int32_t a);
int32_t roi_put2(roi_lowering *l, roi_kernel_op op, int32_t a, int32_t b);
int32_t roi_put3(roi_lowering *l, roi_kernel_op op, int32_t a, int32_t b, int32_t c);
/* Fills a list that an instruction points to with a copy of n operands; schedule.c turns them into columns. 0 or -1. */
int roi_fill_list(roi_lowering *l, roi_columns *list, const int32_t *operands, size_t n);
/* 0 if there is room for n more places, else -1 with the status set. roi_take_places counts them. */
int roi_expect_places(roi_lowering *l, uint64_t n);
int roi_take_places(roi_lowering *l, size_t n);
/* Counts work (items looked at, places filled) and looks at the stop now and then: a small plan is made in spite of one, so that a run
 * taken up again can still say what it had. */
void roi_lowering_look(roi_lowering *l, size_t work);
/* Memory that lives as long as the plan; NULL (and status set) when it is out. */
void *roi_own(roi_lowering *l, size_t count, size_t size);
void roi_lowering_fail_memory(roi_lowering *l);

/* elements.c: lowers all targets; operands to results. */
void roi_lower_targets(roi_lowering *l, const roi_plan_target *targets, size_t n, int32_t *results);

/* draws.c: the value of a draw in a period (0: once a trial). get gives the operand of a parameter node in that period; all of
 * them are lowered already. */
typedef int32_t (*roi_get_operand)(void *data, roi_node node, uint32_t period);
int32_t roi_lower_draw(roi_lowering *l, roi_node draw, uint32_t period, roi_get_operand get, void *data);
/* Calls visit for every parameter of a distribution. */
void roi_visit_parameters(const roi_graph *g, roi_node dist, void (*visit)(void *data, roi_node parameter), void *data);
/* Checks a distribution with the given parameter values, in the order of roi_visit_parameters: ROI_OK, or the broken rule. */
roi_status roi_draw_rule(const roi_graph *g, roi_node dist, const double *par, roi_error *err);

/* copula.c: the uniform that a draw's quantile function takes in a period; of a correlated draw it depends on the draws before it. */
int32_t roi_put_uniform(roi_lowering *l, roi_node draw, uint32_t period);
/* Reads the graph's groups: 0, or -1 with the status set. */
int roi_copulas_open(roi_lowering *l);
void roi_copulas_close(roi_lowering *l);

/* running.c: powers and exponentials over consecutive periods. A shape that runs is found by roi_running_find. */
typedef enum roi_running_kind { ROI_NOT_RUNNING, ROI_RUNNING_POW, ROI_RUNNING_CENTER, ROI_RUNNING_OFFSET } roi_running_kind;
typedef struct roi_running {
  roi_running_kind kind;
  roi_node base;       /* POW: the base. CENTER, OFFSET: the slope; all scalars */
  roi_node other;      /* CENTER: the centre; OFFSET: the constant term; ROI_NONE: 0 */
  roi_node exponent;   /* the FIXED series that the exponent or its slope multiplies */
  int negate;          /* the slope's sign is turned */
  int divide;          /* the slope is 1 / base */
  int negate_other;
  double step;         /* how much the exponent grows a period */
} roi_running;
/* Looks at a POW, EXP or SIGMOID node; fixed gives the numbers of a FIXED series. */
void roi_running_find(const roi_graph *g, roi_node node, const double *(*fixed)(void *data, roi_node n), void *data,
                      roi_running *found);
/* The value in period p of what runs, from that of the period before (ROI_NO_OPERAND in the first and where it restarts). */
int32_t roi_running_put(roi_lowering *l, const roi_running *r, uint32_t period, double exponent, int32_t before, int32_t base,
                        int32_t other);
#define ROI_RUNNING_RESTART 64

/* quantile_tables.c */
/* The table to be built for a constant distribution, or its tree; the same node gives the same one. NULL when memory is out. */
const roi_qtable *roi_tables_continuous(roi_tables *t, roi_node dist);
const roi_steps *roi_tables_steps(roi_tables *t, roi_node dist);
const roi_distribution *roi_tables_tree(roi_tables *t, roi_node dist);
/* Whether the stop they were made with is raised. */
int roi_tables_stopped(const roi_tables *t);
/* Builds all that were asked for and are not built yet. */
roi_status roi_tables_build(roi_tables *t, int threads, roi_error *err);

/* schedule.c */
/* Operands beside arg[]: the list that an instruction points to; NULL if it has none. */
const roi_columns *roi_operand_list(unsigned op, const void *aux);
/* Orders the values that results need and gives them columns. */
roi_status roi_schedule(roi_lowering *l, int32_t *results, size_t n, int keep, roi_plan *plan, roi_error *err);

#endif
