/* The model's warnings: which of those that depend on a value hold, and how runs show them. */
#include <math.h>
#include <stdio.h>
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

/* Lists the values that decide on warnings; decided[i]: of warning i there is one. What per-trial functions decide, which run with the
 * trials alone, is not known now. Returns how many there are, or -1 when memory is out. */
static long list_values(const roi_graph *g, roi_target *targets, unsigned char *decided) {
  long n = 0;
  for (size_t i = 0; i < g->n_warnings; i++) {
    roi_node when = g->warnings[i].when;
    int per_trial = when == ROI_NONE ? 1 : roi_is_per_trial(g, when);
    if (per_trial < 0) return -1;
    decided[i] = !per_trial;
    if (!per_trial) targets[n++] = (roi_target){"a warning", when};
  }
  return n;
}

roi_status roi_decide_warnings(roi_graph *g, const roi_cli *c, roi_error *err) {
  size_t n = 0, k = 0, kept = 0;
  for (size_t i = 0; i < g->n_warnings; i++) n += g->warnings[i].when != ROI_NONE;
  if (n == 0) return ROI_OK;
  roi_target *targets = roi_alloc(n, sizeof *targets);
  double *value = roi_alloc(n, sizeof *value);
  unsigned char *decided = roi_alloc(g->n_warnings, 1);
  long listed = targets && value && decided ? list_values(g, targets, decided) : -1;
  roi_status status = listed < 0 ? roi_fail_memory(err, "deciding on warnings") : ROI_OK;
  if (listed > 0) status = evaluate(g, c, targets, (size_t)listed, value, err);
  for (size_t i = 0; i < g->n_warnings && !status; i++) {
    roi_warning_row w = g->warnings[i];
    int holds = w.when == ROI_NONE;
    if (!holds && decided[i]) {
      double x = value[k++];
      holds = !isnan(x) && x != 0;
    }
    w.when = ROI_NONE;
    if (holds) g->warnings[kept++] = w;
  }
  if (!status) g->n_warnings = kept;
  roi_free(targets);
  roi_free(value);
  roi_free(decided);
  return status;
}

/* Allocates nothing: there may be no memory left. */
void roi_print_warnings(const roi_graph *g) {
  enum { MOST = 20 };
  char file[LINE_SIZE], text[LINE_SIZE], place[LINE_SIZE + 16], line[sizeof place + LINE_SIZE + 16];
  for (size_t i = 0; i < g->n_warnings && i < MOST; i++) {
    const roi_warning_row *w = &g->warnings[i];
    const char *colon = w->file ? ":" : "", *space = w->file || w->line ? " " : "";
    roi_escape(file, sizeof file, w->file ? roi_graph_text(g, w->file) : "");
    roi_escape(text, sizeof text, roi_graph_text(g, w->text));
    if (w->line) snprintf(place, sizeof place, "%s%s%u:%s", file, colon, w->line, space);
    else snprintf(place, sizeof place, "%s%s%s", file, colon, space);
    roi_say(line, (size_t)snprintf(line, sizeof line, "warning: %s%s\n", place, text));
  }
  if (g->n_warnings > MOST)
    roi_say(line, (size_t)snprintf(line, sizeof line, "warning: and %zu more; roisim check lists them\n", g->n_warnings - MOST));
}
