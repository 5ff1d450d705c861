/* Why a trial gave something that is not a number: replays it with every value kept, walks from the bad result to where it first
 * arose, and tells the place, the operation, its operands and the trial's inputs. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "plan/lowering.h"
#include "run/designed.h"
#include "run/engine.h"

typedef struct replay {
  const roi_graph *g;
  const roi_plan *plan;
  const roi_workspace *w;
  uint32_t lane;
} replay;

static double value_of(const replay *r, int32_t operand) {
  return operand >= 0 ? r->w->block.columns[(size_t)operand * r->w->block.stride + r->lane]
                      : r->plan->constants[(size_t)~operand * ROI_CONST_COPIES];
}

static int may_be_never(const replay *r, uint32_t instr) {
  return (r->g->nodes[r->plan->origin[instr]].flags & ROI_MAY_NEVER) != 0;
}

static uint32_t operand_count(const roi_instr *x) {
  const roi_columns *list = roi_operand_list(x->op, x->aux);
  return (uint32_t)roi_kernel_rows[x->op].args + (list ? list->n : 0);
}
static int32_t operand(const roi_instr *x, uint32_t i) {
  uint32_t own = (uint32_t)roi_kernel_rows[x->op].args;
  return i < own ? x->arg[i] : roi_operand_list(x->op, x->aux)->arg[i - own];
}

/* The operand that brought in what is not a number, as the instruction that wrote it; UINT32_MAX if none did. With keep, column c is
 * written by instruction writer[c]. */
static uint32_t cause(const replay *r, const uint32_t *writer, uint32_t at) {
  const roi_instr *x = &r->plan->instrs[at];
  double result = value_of(r, x->dst);
  uint32_t infinite = UINT32_MAX;
  for (uint32_t i = 0; i < operand_count(x); i++) {
    int32_t a = operand(x, i);
    if (a < 0) continue;
    double value = value_of(r, a);
    if (isnan(value) && isnan(result) && roi_state_of(value) == ROI_STATE_NONE) return writer[a];
    if (isinf(value) && infinite == UINT32_MAX && !may_be_never(r, writer[a])) infinite = writer[a];
  }
  return infinite;
}

static uint32_t first_cause(const replay *r, const uint32_t *writer, uint32_t at) {
  for (uint32_t next; (next = cause(r, writer, at)) != UINT32_MAX;) at = next;
  return at;
}

static void append(char *text, size_t size, const char *format, ...) ROI_PRINTF(3, 4);
static void append(char *text, size_t size, const char *format, ...) {
  size_t used = strlen(text);
  va_list args;
  va_start(args, format);
  vsnprintf(text + used, size - used, format, args);
  va_end(args);
}

static void append_number(char *text, size_t size, double x) {
  char number[32];
  append(text, size, "%s", roi_format_shortest(number, x));
}

/* "2 * 3 + 4" */
static void describe_fused(const replay *r, const roi_instr *x, char *text, size_t size) {
  char a[32], b[32], c[32];
  roi_format_shortest(a, value_of(r, x->arg[0]));
  roi_format_shortest(b, value_of(r, x->arg[1]));
  roi_format_shortest(c, value_of(r, x->arg[2]));
  if (x->op == ROI_K_FNMA) append(text, size, "%s - %s * %s", c, a, b);
  else append(text, size, "%s * %s %c %s", a, b, x->op == ROI_K_FMA ? '+' : '-', c);
}

/* "log(-0.25)", with the instruction's operands; the operation's name alone where the instruction is made in another way. */
static void describe(const replay *r, uint32_t at, char *text, size_t size) {
  const roi_instr *x = &r->plan->instrs[at];
  const roi_node_row *origin = &r->g->nodes[r->plan->origin[at]];
  const roi_op_row *op = &roi_op_rows[origin->op];
  int n = roi_kernel_rows[x->op].args;
  if (x->op == ROI_K_EXTERN) {
    append(text, size, "the per-trial function \"%s\"", roi_graph_text(r->g, origin->name));
  } else if (x->op == ROI_K_FMA || x->op == ROI_K_FMS || x->op == ROI_K_FNMA) {
    describe_fused(r, x, text, size);
  } else if (n != op->max_args || roi_operand_list(x->op, x->aux)) {
    append(text, size, "%s", op->name);
  } else {
    append(text, size, "%s(", op->name);
    for (int i = 0; i < n; i++) {
      append(text, size, i ? ", " : "");
      append_number(text, size, value_of(r, x->arg[i]));
    }
    append(text, size, ")");
  }
}

typedef struct parameters { double value[64]; roi_node node[64]; size_t n; } parameters;
static void collect(void *data, roi_node node) {
  parameters *p = data;
  if (p->n < 64) p->node[p->n] = node;
  p->n++;
}

/* The broken rule of a draw whose parameters are uncertain; 0 if there is none to tell. */
static int describe_draw(const replay *r, const roi_request *q, roi_node draw, uint32_t period, uint64_t trial, char *text, size_t size) {
  roi_node dist = r->g->args[r->g->nodes[draw].first_arg];
  parameters p = {.n = 0};
  roi_error why;
  roi_visit_parameters(r->g, dist, collect, &p);
  if (p.n > 64) return 0;
  for (size_t i = 0; i < p.n; i++) {
    size_t offset = 0;
    double *values = roi_alloc_zero(r->g->horizon + 1, sizeof *values);
    roi_status s = values ? roi_replay(r->g, q, trial, &p.node[i], &offset, 1, values, &why) : ROI_ERR_MEMORY;
    if (s == ROI_OK) p.value[i] = values[r->g->nodes[p.node[i]].shape == ROI_SERIES_SHAPE ? period : 0];
    roi_free(values);
    if (s != ROI_OK) return 0;
  }
  if (roi_draw_rule(r->g, dist, p.value, &why) == ROI_OK) return 0;
  append(text, size, "%s", why.text);
  return 1;
}

/* The trial's inputs, as many as the message has room for. */
static void append_inputs(const roi_graph *g, const roi_request *q, uint64_t trial, char *text, size_t size) {
  size_t shown = 0, scalars = 0;
  for (size_t i = 0; i < g->n_inputs; i++) {
    double value;
    size_t offset = 0;
    if (g->nodes[g->inputs[i].node].shape != ROI_SCALAR) continue;
    scalars++;
    if (strlen(text) + 100 > size || scalars > 40) continue;
    if (roi_replay(g, q, trial, &g->inputs[i].node, &offset, 1, &value, NULL) != ROI_OK) return;
    append(text, size, shown++ ? ", %s = " : "; inputs: %s = ", roi_graph_text(g, g->inputs[i].name));
    append_number(text, size, value);
  }
  if (shown < scalars) append(text, size, " and %zu more: see explain --trial %llu", scalars - shown, (unsigned long long)trial + 1);
}

static int is_input(const roi_graph *g, roi_node node) {
  for (size_t i = 0; i < g->n_inputs; i++)
    if (g->inputs[i].node == node) return 1;
  return 0;
}

/* The draws a node is computed from that are no inputs, if these are few and found near: what the inputs don't show. */
static void append_draws(const roi_graph *g, const roi_request *q, uint64_t trial, roi_node place, char *text, size_t size) {
  enum { MOST_NODES = 64, MOST_DRAWS = 3 };
  roi_node list[MOST_NODES], draw[MOST_DRAWS];
  size_t n = 1, n_draws = 0, offset = 0;
  list[0] = place;
  for (size_t k = 0; k < n; k++) {
    const roi_node_row *row = &g->nodes[list[k]];
    if (row->op == ROI_DRAW) {
      if (k == 0 || is_input(g, list[k]) || row->shape != ROI_SCALAR) continue;
      if (n_draws == MOST_DRAWS) return;
      draw[n_draws++] = list[k];
      continue;
    }
    for (uint32_t i = 0; i < row->n_args; i++) {
      roi_node a = g->args[row->first_arg + i];
      size_t seen = 0;
      while (seen < n && list[seen] != a) seen++;
      if (seen < n) continue;
      if (n == MOST_NODES) return;
      list[n++] = a;
    }
  }
  for (size_t i = 0; i < n_draws; i++) {
    double value;
    if (roi_replay(g, q, trial, &draw[i], &offset, 1, &value, NULL) != ROI_OK) return;
    append(text, size, "%s%s = ", i ? ", " : ", from the draw ", roi_graph_text(g, g->nodes[draw[i]].name));
    append_number(text, size, value);
  }
}

/* Below a node, the operation on plain numbers that gave something that is no number: of scalars known while building only such stay
 * operations (graph/build.c). The node itself if there is none. */
static roi_node fixed_cause(const roi_graph *g, roi_node node) {
  for (;;) {
    const roi_node_row *row = &g->nodes[node];
    roi_node next = ROI_NONE;
    for (uint32_t i = 0; i < row->n_args && next == ROI_NONE; i++) {
      roi_node a = g->args[row->first_arg + i];
      if (g->nodes[a].shape == ROI_SCALAR && (g->nodes[a].flags & ROI_FIXED) && g->nodes[a].op != ROI_CONST) next = a;
    }
    if (next == ROI_NONE) return node;
    node = next;
  }
}

/* Where the product of a fused instruction that overflowed stands: the only operand of the node that may be one, as the worth of a flow is
 * in the difference that npv is; else the node. */
static roi_node fused_place(const replay *r, uint32_t at, roi_node node) {
  const roi_instr *x = &r->plan->instrs[at];
  const roi_node_row *row = &r->g->nodes[node];
  roi_node found = node;
  size_t n = 0;
  if (x->op != ROI_K_FMA && x->op != ROI_K_FMS && x->op != ROI_K_FNMA) return node;
  if (isfinite(value_of(r, x->arg[0]) * value_of(r, x->arg[1]))) return node;
  for (uint32_t i = 0; i < row->n_args; i++) {
    roi_node a = r->g->args[row->first_arg + i];
    if (r->g->nodes[a].op == ROI_MUL || r->g->nodes[a].op == ROI_SUM) found = a, n++; /* a sum of amounts that are all alike is one */
  }
  return n == 1 ? found : node;
}

static void describe_fixed(const roi_graph *g, roi_node node, char *text, size_t size) {
  const roi_node_row *row = &g->nodes[node];
  append(text, size, "%s(", roi_op_rows[row->op].name);
  for (uint32_t i = 0; i < row->n_args; i++) {
    double x = NAN;
    int known = roi_graph_constant(g, g->args[row->first_arg + i], &x);
    append(text, size, i ? ", " : "");
    if (known) append_number(text, size, x);
    else append(text, size, "...");
  }
  append(text, size, ")");
}

static roi_status explain_trial(const replay *r, const roi_request *q, const char *name, roi_node node, uint64_t trial, double value,
                                roi_error *err) {
  const roi_graph *g = r->g;
  uint32_t *writer = roi_alloc_zero(r->plan->n_columns + 1, sizeof *writer);
  if (!writer) return roi_fail_memory(err, "explaining a failed trial");
  for (uint32_t i = 0; i < r->plan->n_instrs; i++) writer[r->plan->instrs[i].dst] = i;
  char text[sizeof err->text] = "";
  int32_t result = r->plan->results[0];
  append(text, sizeof text, "trial %llu: %s is %s", (unsigned long long)trial + 1, name,
         isnan(value) ? "not a number" : value > 0.0 ? "infinite" : "minus infinite");
  append(text, sizeof text, "; it arose here: ");
  uint32_t at = result >= 0 ? first_cause(r, writer, writer[result]) : 0;
  roi_node place = result >= 0 ? r->plan->origin[at] : node, fixed = fixed_cause(g, place);
  int was_draw = g->nodes[place].op == ROI_DRAW;
  if (result < 0 || fixed != place) describe_fixed(g, place = fixed, text, sizeof text);
  else if (!was_draw || !describe_draw(r, q, place, r->plan->stage[at], trial, text, sizeof text)) describe(r, at, text, sizeof text);
  roi_node said = result >= 0 && place == r->plan->origin[at] ? fused_place(r, at, place) : place;
  const char *file = roi_graph_text(g, g->nodes[said].file);
  int line = (int)g->nodes[said].line;
  roi_free(writer);
  append_draws(g, q, trial, place, text, sizeof text - 60);
  append_inputs(g, q, trial, text, sizeof text - 60);
  return roi_fail_at(err, ROI_ERR_RUN, file, line, "%s", text);
}

roi_status roi_diagnose(const roi_graph *g, const roi_request *request, const char *name, roi_node node, uint64_t trial,
                        double value, roi_error *err) {
  roi_plan_target target = {.node = node};
  roi_error why = {0};
  roi_workspace w;
  roi_designed *designed = NULL;
  roi_tables *own, *tables = roi_request_tables(g, request, &own, &why);
  roi_plan *plan = tables ? roi_plan_new(g, &target, 1, tables, 1, 1, &why) : NULL;
  const roi_kernel_set *kernels = roi_kernels(request->options.isa, &why);
  int ready = plan && kernels && roi_designed_new(&designed, g, request, request->options.trials, kernels, &why) == ROI_OK;
  if (ready) roi_designed_add_plan(designed, plan);
  if (!ready || roi_workspace_new(&w, plan, ROI_LANE_UNIT, request->options.seed, 0, roi_designed_source(designed),
                                  roi_graph_draws(g)) != 0) {
    roi_designed_free(designed);
    roi_plan_free(plan);
    roi_tables_free(own);
    return roi_fail(err, ROI_ERR_RUN, "trial %llu: %s is not a number", (unsigned long long)trial + 1, name);
  }
  roi_bind_externs(plan, request);
  roi_block_run_one(plan, kernels, &w, trial);
  replay r = {.g = g, .plan = plan, .w = &w, .lane = (uint32_t)(trial % ROI_LANE_UNIT)};
  roi_status s = explain_trial(&r, request, name, node, trial, value, err);
  roi_workspace_free(&w);
  roi_designed_free(designed);
  roi_plan_free(plan);
  roi_tables_free(own);
  return s;
}
