#include "run/designed.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/sha256.h"
#include "sample/design.h"

const char *const roi_sampling_names[ROI_SAMPLING_COUNT] = {"mc", "lhs", "sobol"};

typedef struct dimension { uint32_t draw; size_t index; roi_stream stream; } dimension;

struct roi_designed {
  const roi_graph *g;
  const roi_kernel_set *kernels;
  roi_design *design;   /* NULL if no draw has a dimension */
  int with_plain;       /* the design places Philox's uniforms */
  roi_node *draws;      /* nodes, by number of the draw; then those of per-trial functions */
  size_t n_draws, n_externs;
  size_t *index;        /* dimension of each draw, or NO_DIMENSION */
  unsigned char *used;  /* by the plans: draws, then per-trial functions */
  dimension *list;      /* of the draws that are used */
  size_t n_list;
  roi_node *plain;
  size_t n_plain;
  roi_source source;
};

#define NO_DIMENSION ((size_t)-1)

/* Philox's own kernel gives a Latin hypercube its place in the cell. */
static void fill_plain(const roi_designed *d, const dimension *x, uint64_t first, uint32_t lanes, const roi_uniforms *u, double *plain) {
  const roi_block block = {.columns = plain, .stride = (uint32_t)u->stride, .lanes = lanes, .seed = u->seeds[x->draw],
                           .first_trial = first, .trials = lanes};
  const roi_instr instr = {.op = ROI_K_UNIFORM, .dst = 0, .aux = &x->stream};
  d->kernels->kernel[ROI_K_UNIFORM](&block, &instr);
}

static void fill(const void *data, uint64_t first, uint32_t lanes, roi_uniforms *u) {
  const roi_designed *d = data;
  double *plain = u->room + d->n_list * u->stride;
  for (size_t i = 0; i < d->n_list; i++) {
    const dimension *x = &d->list[i];
    double *column = u->room + i * u->stride;
    if (d->with_plain) fill_plain(d, x, first, lanes, u, plain);
    roi_design_fill(d->design, x->index, first, lanes, plain, column);
    u->points[x->draw] = column;
  }
}

static roi_status make(roi_designed *d, const roi_options *o, uint64_t trials, roi_error *err) {
  const roi_graph *g = d->g;
  size_t most = roi_design_dimensions(o->sampling), dimensions = 0, n = 0;
  for (size_t i = 0; i < g->n_nodes; i++) d->n_externs += g->nodes[i].op == ROI_EXTERN;
  d->n_draws = roi_graph_draws(g);
  size_t all = d->n_draws + d->n_externs;
  d->draws = roi_alloc(all + 1, sizeof *d->draws);
  d->index = roi_alloc(d->n_draws + 1, sizeof *d->index);
  d->used = roi_alloc_zero(all + 1, 1);
  d->list = roi_alloc(d->n_draws + 1, sizeof *d->list);
  d->plain = roi_alloc(all + 1, sizeof *d->plain);
  uint32_t *ordinal = roi_alloc(g->n_nodes + 1, sizeof *ordinal);
  int failed = !d->draws || !d->index || !d->used || !d->list || !d->plain || !ordinal || roi_graph_ordinals(g, ordinal) != 0;
  for (size_t i = 0; i < g->n_nodes && !failed; i++) {
    if (g->nodes[i].op != ROI_DRAW) continue;
    int has = !(g->nodes[i].flags & ROI_EACH_PERIOD) && dimensions < most && ordinal[i] == n; /* one for draws of one name */
    d->index[n] = has ? dimensions++ : NO_DIMENSION;
    d->draws[n++] = (roi_node)i;
  }
  roi_free(ordinal);
  if (failed) return roi_fail_memory(err, "the design of points");
  for (size_t i = 0; i < g->n_nodes; i++)
    if (g->nodes[i].op == ROI_EXTERN) d->draws[n++] = (roi_node)i;
  if (dimensions == 0) return ROI_OK;
  d->design = roi_design_new(o->sampling, trials, dimensions, o->seed, err);
  return d->design ? ROI_OK : err->status;
}

roi_status roi_designed_new(roi_designed **designed, const roi_graph *g, const roi_request *request, uint64_t trials,
                            const roi_kernel_set *kernels, roi_error *err) {
  const roi_options *o = &request->options;
  *designed = NULL;
  if (o->sampling == ROI_SAMPLING_MC) return ROI_OK;
  if (o->sampling < 0 || o->sampling >= ROI_SAMPLING_COUNT) return roi_fail(err, ROI_ERR_USAGE, "sampling is mc, lhs or sobol");
  roi_designed *d = roi_alloc_zero(1, sizeof *d);
  if (!d) return roi_fail_memory(err, "the design of points");
  d->g = g;
  d->kernels = kernels;
  d->with_plain = o->sampling == ROI_SAMPLING_LHS;
  d->source = (roi_source){.room = 1, .fill = fill, .data = d};
  roi_status status = make(d, o, trials, err);
  if (status == ROI_OK) *designed = d;
  else roi_designed_free(d);
  return status;
}

void roi_designed_free(roi_designed *d) {
  if (!d) return;
  roi_design_free(d->design);
  void *const parts[] = {d->draws, d->index, d->used, d->list, d->plain, d};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) roi_free(parts[i]);
}

static void use_draw(roi_designed *d, uint32_t draw) {
  d->used[draw] = 1;
  if (d->index[draw] == NO_DIMENSION) return;
  uint64_t key = roi_name_key(roi_graph_text(d->g, d->g->nodes[d->draws[draw]].name));
  d->list[d->n_list++] = (dimension){.draw = draw, .index = d->index[draw], .stream = {.name_key = key, .index = draw}};
  d->source.room = d->n_list + 1;
}

void roi_designed_add_plan(roi_designed *d, const roi_plan *plan) {
  if (!d || !plan) return;
  for (uint32_t i = 0; i < plan->n_instrs; i++) {
    if (plan->instrs[i].op != ROI_K_UNIFORM) continue;
    const roi_stream *stream = plan->instrs[i].aux;
    if (!d->used[stream->index]) use_draw(d, stream->index);
  }
  for (uint32_t i = 0; i < plan->n_externs; i++) d->used[d->n_draws + plan->externs[i]->index] = 1;
  d->n_plain = 0;
  for (size_t i = 0; i < d->n_draws + d->n_externs; i++)
    if (d->used[i] && (i >= d->n_draws || d->index[i] == NO_DIMENSION)) d->plain[d->n_plain++] = d->draws[i];
}

const roi_source *roi_designed_source(const roi_designed *d) { return d ? &d->source : NULL; }

const roi_node *roi_designed_plain(const roi_designed *d, size_t *n) {
  *n = d ? d->n_plain : 0;
  return d ? d->plain : NULL;
}
