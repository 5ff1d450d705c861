/* What test scripts expect: the table's rules, for the one who writes it and the one who checks it alike. */
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "graph/graph.h"

const char *roi_graph_check_expectation(const roi_graph *g, const roi_expectation_row *r) {
  if (r->kind >= ROI_EXPECTATION_KINDS) return "an expectation of an unknown kind";
  if (r->kind == ROI_EXPECT_PLAIN) {
    int empty = r->node == ROI_NONE && r->level == 0 && r->expected == 0 && r->within == 0;
    return empty && r->failed <= 1 ? NULL : "an expectation of plain numbers that is not one";
  }
  if (r->node >= g->n_nodes || g->nodes[r->node].shape != ROI_SCALAR) return "an expectation of what is no scalar";
  if (r->failed || r->text) return "an expectation that is decided before the run";
  if (r->level >= ROI_QUANTILES || (r->level && r->kind != ROI_EXPECT_QUANTILE)) return "an expectation of an unknown quantile";
  if (r->kind == ROI_EXPECT_BOUNDS) return r->expected <= r->within ? NULL : "an expectation with bounds out of order";
  if (!isfinite(r->expected) || !isfinite(r->within) || r->within < 0) return "an expectation of no number";
  if (r->kind == ROI_EXPECT_PROBABILITY && !(r->expected >= 0 && r->expected <= 1)) return "an expectation of no probability";
  return NULL;
}

roi_status roi_graph_add_expectation(roi_graph *g, const char *name, const char *text, roi_expectation_row row, roi_error *err) {
  row.name = roi_graph_string(g, name);
  row.text = roi_graph_string(g, text);
  row.file = g->here_file;
  row.line = g->here_line;
  const char *wrong = roi_graph_check_expectation(g, &row);
  if (wrong) return roi_fail(err, ROI_ERR_MODEL, "%s", wrong);
  if (row.name == UINT32_MAX || row.text == UINT32_MAX ||
      roi_grow((void **)&g->expectations, g->n_expectations, &g->cap_expectations, sizeof *g->expectations))
    return roi_fail_memory(err, "noting an expectation");
  g->expectations[g->n_expectations++] = row;
  return ROI_OK;
}
