/* The model's warnings: which of those that depend on a value hold, and how runs show them. */
#include <math.h>
#include <unistd.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "command/command.h"
#include "sensitivity/swings.h"

#define LINE_SIZE 2048

/* Writes the values on which warnings depend, in their order, with every input at its median. */
static roi_status evaluate(const roi_graph *g, const roi_cli *c, const roi_target *targets, size_t n, double *value, roi_error *err) {
  size_t draws = roi_graph_draws(g);
  double *u = roi_alloc(draws + 1, sizeof *u);
  if (!u) return roi_fail_memory(err, "deciding on warnings");
  for (size_t i = 0; i < draws; i++) u[i] = 0.5;
  const roi_request request = {.options = roi_ask_options(c)};
  roi_status status = roi_evaluate_at(g, &request, targets, n, u, 1, value, err);
  roi_free(u);
  return status;
}

/* What per-trial functions decide, which run with the trials alone, is not known now. */
static int can_decide(const roi_graph *g, const roi_warning_row *w) { return roi_is_per_trial(g, w->when) == 0; }

roi_status roi_decide_warnings(roi_graph *g, const roi_cli *c, roi_error *err) {
  size_t n = 0, k = 0, kept = 0;
  for (size_t i = 0; i < g->n_warnings; i++) n += g->warnings[i].when != ROI_NONE;
  if (n == 0) return ROI_OK;
  roi_target *targets = roi_alloc(n, sizeof *targets);
  double *value = roi_alloc(n, sizeof *value);
  roi_status status = targets && value ? ROI_OK : roi_fail_memory(err, "deciding on warnings");
  for (size_t i = 0; i < g->n_warnings && !status; i++)
    if (g->warnings[i].when != ROI_NONE && can_decide(g, &g->warnings[i]))
      targets[k++] = (roi_target){"a warning", g->warnings[i].when};
  if (!status && k > 0) status = evaluate(g, c, targets, k, value, err);
  k = 0;
  for (size_t i = 0; i < g->n_warnings && !status; i++) {
    roi_warning_row w = g->warnings[i];
    int holds = w.when == ROI_NONE;
    if (!holds && can_decide(g, &w)) {
      double x = value[k++];
      holds = !isnan(x) && x != 0;
    }
    w.when = ROI_NONE;
    if (holds) g->warnings[kept++] = w;
  }
  if (!status) g->n_warnings = kept;
  roi_free(targets);
  roi_free(value);
  return status;
}

void roi_print_warnings(const roi_graph *g) {
  enum { MOST = 20 };
  roi_buffer lines = {0};
  char text[LINE_SIZE];
  for (size_t i = 0; i < g->n_warnings && i < MOST; i++) {
    const roi_warning_row *w = &g->warnings[i];
    roi_buffer_text(&lines, "warning: ");
    if (w->file) roi_buffer_print(&lines, "%s:", roi_escape(text, sizeof text, roi_graph_text(g, w->file)));
    if (w->line) roi_buffer_print(&lines, "%u:", w->line);
    if (w->file || w->line) roi_buffer_text(&lines, " ");
    roi_buffer_print(&lines, "%s\n", roi_escape(text, sizeof text, roi_graph_text(g, w->text)));
  }
  if (g->n_warnings > MOST) roi_buffer_print(&lines, "warning: and %zu more; roisim check lists them\n", g->n_warnings - MOST);
  if (lines.text) (void)roi_write_all(STDERR_FILENO, "standard error", lines.text, lines.n, NULL);
  roi_buffer_free(&lines);
}
