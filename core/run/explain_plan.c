/* The plan as text. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "plan/plan.h"
#include "run/engine.h"

typedef struct text { char *s; size_t n, capacity; int failed; } text;

static void add(text *t, const char *format, ...) ROI_PRINTF(2, 3);
static void add(text *t, const char *format, ...) {
  char line[512];
  va_list args;
  va_start(args, format);
  int length = vsnprintf(line, sizeof line, format, args);
  va_end(args);
  if (length < 0 || t->failed) return;
  size_t n = (size_t)length < sizeof line ? (size_t)length : sizeof line - 1;
  if (t->n + n + 1 > t->capacity) {
    size_t wanted = (t->n + n + 1) * 2;
    char *p = roi_resize(t->s, wanted, 1);
    if (!p) {
      t->failed = 1;
      return;
    }
    t->s = p;
    t->capacity = wanted;
  }
  memcpy(t->s + t->n, line, n);
  t->n += n;
  t->s[t->n] = 0;
}

static void add_operand(text *t, const roi_plan *p, int32_t operand) {
  char number[32];
  if (operand >= 0) add(t, "c%d", operand);
  else add(t, "%s", roi_format_shortest(number, p->constants[(size_t)~operand * ROI_CONST_COPIES]));
}

static int uses_imm(unsigned op) {
  return op == ROI_K_RUN_POW || op == ROI_K_RUN_EXP_CENTER || op == ROI_K_RUN_EXP_OFFSET || op == ROI_K_AT_STEP ||
         op == ROI_K_FIRST_STEP || op == ROI_K_PAY_STEP;
}

/* A name of the script's, or its file's: whatever it holds, it does nothing to a terminal. */
static void add_name(text *t, const char *before, const char *name, const char *after) {
  char shown[256];
  add(t, "%s%s%s", before, roi_escape(shown, sizeof shown, name), after);
}

static const char *name_of(const roi_graph *g, const roi_instr *x, roi_node origin) {
  return x->op == ROI_K_UNIFORM || x->op == ROI_K_MARGINAL || x->op == ROI_K_EXTERN ? roi_graph_text(g, g->nodes[origin].name) : "";
}

static void add_instruction(text *t, const roi_graph *g, const roi_plan *p, uint32_t i) {
  const roi_instr *x = &p->instrs[i];
  const roi_node_row *origin = &g->nodes[p->origin[i]];
  char number[32];
  size_t from = t->n;
  add(t, "  c%-4d = %s", x->dst, roi_kernel_rows[x->op].name);
  for (int a = 0; a < roi_kernel_rows[x->op].args; a++) {
    add(t, a ? ", " : " ");
    add_operand(t, p, x->arg[a]);
  }
  if (uses_imm(x->op)) add(t, " [%s]", roi_format_shortest(number, x->imm));
  if (*name_of(g, x, p->origin[i])) add_name(t, " \"", name_of(g, x, p->origin[i]), "\"");
  int width = (int)(t->n - from);
  if (origin->line) {
    add(t, "%*s", width < 46 ? 46 - width : 1, "");
    add_name(t, "; ", roi_graph_text(g, origin->file), "");
    add(t, ":%u", origin->line);
  }
  add(t, "\n");
}

roi_status roi_explain_plan(const roi_graph *g, const roi_request *request, char **out, roi_error *err) {
  text t = {0};
  *out = NULL;
  roi_plan_target *targets = roi_alloc_zero(request->n_outputs + 1, sizeof *targets);
  if (!targets) return roi_fail_memory(err, "planning the model");
  for (size_t i = 0; i < request->n_outputs; i++) targets[i].node = request->outputs[i].node;
  roi_tables *own, *tables = roi_request_tables(g, request, &own, err);
  roi_plan *p = tables ? roi_plan_new(g, targets, request->n_outputs, tables, 0, 2, err) : NULL;
  roi_free(targets);
  if (!p) roi_tables_free(own);
  if (!p) return err ? err->status : ROI_ERR_MODEL;
  add(&t, "%u instructions a trial in %u columns, blocks of %u trials; %u constants\n", p->n_instrs, p->n_columns,
      roi_choose_lanes(p, request->block), p->n_constants);
  for (uint32_t i = 0; i < p->n_instrs; i++) {
    if (i == 0 || p->stage[i] != p->stage[i - 1])
      add(&t, p->stage[i] ? "period %u\n" : "once a trial\n", p->stage[i]);
    add_instruction(&t, g, p, i);
  }
  for (size_t i = 0; i < request->n_outputs; i++) {
    add_name(&t, "", request->outputs[i].name, " = ");
    add_operand(&t, p, p->results[i]);
    add(&t, "\n");
  }
  roi_plan_free(p);
  roi_tables_free(own);
  if (t.failed) {
    roi_free(t.s);
    return roi_fail_memory(err, "the text of the plan");
  }
  *out = t.s;
  return ROI_OK;
}
