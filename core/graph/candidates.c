#include "graph/candidates.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"

static int is_scalar(const roi_graph *g, roi_node n) { return n < g->n_nodes && g->nodes[n].shape == ROI_SCALAR; }

/* The rule that a use case breaks, or NULL. */
static const char *broken_rule(const roi_graph *g, size_t i) {
  const roi_candidate_row *c = &g->candidates[i];
  if (!*roi_graph_text(g, c->name)) return "it has no name";
  if (!is_scalar(g, c->taken) || g->nodes[c->taken].op != ROI_DRAW) return "whether it is taken must be a draw";
  for (size_t k = 0; k < i; k++) {
    if (g->candidates[k].taken == c->taken) return "it shares its switch with another";
    if (!strcmp(roi_graph_text(g, g->candidates[k].name), roi_graph_text(g, c->name))) return "there are two of that name";
  }
  return NULL;
}

static roi_status check_candidate(const roi_graph *g, size_t i, roi_error *err) {
  const char *rule = broken_rule(g, i);
  if (!rule) return ROI_OK;
  return roi_fail(err, ROI_ERR_MODEL, "use case '%.200s' can't be chosen: %s", roi_graph_text(g, g->candidates[i].name), rule);
}

static roi_status check_ceiling(const roi_graph *g, const roi_ceiling_row *c, roi_error *err) {
  if (is_scalar(g, c->node) && *roi_graph_text(g, c->budget)) return ROI_OK;
  return roi_fail(err, ROI_ERR_MODEL, "budget '%.200s': a ceiling must be one number a trial", roi_graph_text(g, c->budget));
}

static roi_status check_term(const roi_graph *g, const roi_term_row *t, roi_error *err) {
  if (is_scalar(g, t->node) && t->candidate <= g->n_candidates && t->span <= g->n_ceilings) return ROI_OK;
  return roi_fail(err, ROI_ERR_MODEL, "a term of a choice must be one number a trial, of a use case and a span that there are");
}

roi_status roi_candidates_check(const roi_graph *g, roi_error *err) {
  roi_status status = ROI_OK;
  if (g->n_candidates > ROI_MAX_CANDIDATES || (g->n_candidates == 0 && g->n_ceilings + g->n_terms > 0))
    return roi_fail(err, ROI_ERR_MODEL, "a choice is among 1 to %d use cases, not %zu", ROI_MAX_CANDIDATES, g->n_candidates);
  for (size_t i = 0; i < g->n_candidates && !status; i++) status = check_candidate(g, i, err);
  for (size_t i = 0; i < g->n_ceilings && !status; i++) status = check_ceiling(g, &g->ceilings[i], err);
  for (size_t i = 0; i < g->n_terms && !status; i++) status = check_term(g, &g->terms[i], err);
  return status;
}

#define GROW(field, count, capacity) roi_grow((void **)&g->field, g->count, &g->capacity, sizeof *g->field)

static roi_status no_memory(roi_error *err) { return roi_fail_memory(err, "building the model's graph"); }

roi_status roi_graph_add_candidate(roi_graph *g, const char *name, roi_node taken, roi_error *err) {
  if (g->n_candidates == ROI_MAX_CANDIDATES)
    return roi_fail(err, ROI_ERR_MODEL, "use case '%.200s': a portfolio chooses among at most %d use cases", name, ROI_MAX_CANDIDATES);
  uint32_t text = roi_graph_string(g, name);
  if (text == UINT32_MAX || GROW(candidates, n_candidates, cap_candidates) != 0) return no_memory(err);
  g->candidates[g->n_candidates] = (roi_candidate_row){text, g->here_file, g->here_line, taken};
  roi_status status = check_candidate(g, g->n_candidates, err);
  if (!status) g->n_candidates++;
  return status;
}

roi_status roi_graph_add_ceiling(roi_graph *g, const char *budget, roi_node node, roi_error *err) {
  roi_ceiling_row row = {roi_graph_string(g, budget), node};
  if (row.budget == UINT32_MAX || GROW(ceilings, n_ceilings, cap_ceilings) != 0) return no_memory(err);
  roi_status status = check_ceiling(g, &row, err);
  if (!status) g->ceilings[g->n_ceilings++] = row;
  return status;
}

roi_status roi_graph_add_term(roi_graph *g, uint32_t candidate, uint32_t span, roi_node node, roi_error *err) {
  roi_term_row row = {candidate, span, node};
  roi_status status = check_term(g, &row, err);
  if (status) return status;
  if (GROW(terms, n_terms, cap_terms) != 0) return no_memory(err);
  g->terms[g->n_terms++] = row;
  return ROI_OK;
}
