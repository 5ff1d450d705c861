#include "sensitivity/drivers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/state.h"
#include "sensitivity/swings.h"

/* The draws that an output depends on, as factors. */
typedef struct inputs { roi_factor *factor; uint32_t *index; roi_node *draw; size_t n; } inputs;

static void inputs_free(inputs *in) {
  roi_free(in->factor);
  roi_free(in->index);
  roi_free(in->draw);
}

static roi_status find_draws(inputs *in, const roi_graph *g, roi_node node, roi_error *err) {
  int per_trial = roi_is_per_trial(g, node);
  if (per_trial > 0) return roi_fail(err, ROI_ERR_USAGE, "not shown, for roi.per_trial functions draw numbers of their own");
  unsigned char *used = per_trial < 0 ? NULL : roi_mark_sources(g, node, err);
  uint32_t *ordinal = used ? roi_alloc(g->n_nodes + 1, sizeof *ordinal) : NULL;
  if (!ordinal || roi_graph_ordinals(g, ordinal) != 0) {
    roi_free(used);
    roi_free(ordinal);
    return roi_fail_memory(err, "looking for drivers");
  }
  for (size_t i = 0; i <= node; i++) in->n += used[i] && g->nodes[i].op == ROI_DRAW;
  roi_status status = ROI_OK;
  if (in->n > ROI_DRIVERS_MAX) {
    status = roi_fail(err, ROI_ERR_USAGE, "not shown for %zu uncertain inputs, only for %d or fewer", in->n, ROI_DRIVERS_MAX);
  } else {
    in->factor = roi_alloc_zero(in->n, sizeof *in->factor);
    in->index = roi_alloc(in->n, sizeof *in->index);
    in->draw = roi_alloc(in->n, sizeof *in->draw);
    if (!in->factor || !in->index || !in->draw) status = roi_fail_memory(err, "looking for drivers");
  }
  in->n = 0;
  for (size_t i = 0; i <= node && !status; i++) {
    if (g->nodes[i].op != ROI_DRAW || !used[i]) continue;
    size_t k = 0; /* draws of one stream move together */
    while (g->scenario && k < in->n && in->index[k] != ordinal[i]) k++;
    if (!g->scenario || k == in->n) k = in->n++;
    in->index[k] = ordinal[i];
    in->draw[k] = (roi_node)i;
  }
  roi_free(used);
  roi_free(ordinal);
  return status;
}

/* A draw made each period is shown by its first period, a node of its own. */
static roi_status set_factors(inputs *in, roi_graph *g, roi_error *err) {
  for (size_t k = 0; k < in->n; k++) {
    roi_node node = in->draw[k];
    int each_period = g->nodes[node].shape == ROI_SERIES_SHAPE;
    in->factor[k] = (roi_factor){.draws = &in->index[k], .n_draws = 1, .yes_no = roi_is_yes_no(g, node), .each_period = each_period};
    if (each_period) {
      roi_error cause = {0};
      node = roi_apply_at(g, ROI_ELEMENT, &node, 1, 1, &cause);
      if (node == ROI_NONE) {
        if (err) *err = cause;
        return cause.status;
      }
    }
    in->factor[k].node = node;
  }
  return ROI_OK;
}

static double as_number(double x, double horizon) { return x == ROI_NEVER ? horizon + 1 : x; }

static int is_undefined(const roi_driver *d) { return isnan(d->at_p10) || isnan(d->at_p90); }

double roi_driver_swing(const roi_driver *d, double horizon) {
  double swing = fabs(as_number(d->at_p90, horizon) - as_number(d->at_p10, horizon));
  return isnan(swing) ? 0 : swing;
}

/* The same swings in the same order of draws as the graph's, so that two runs print the same. */
typedef struct ranked { double swing; size_t index; } ranked;
static int wider_first(const void *a, const void *b) {
  const ranked *x = a, *y = b;
  if (x->swing != y->swing) return x->swing > y->swing ? -1 : 1;
  return x->index < y->index ? -1 : 1;
}

/* Sorts by swing, with the draws that leave the output undefined after the others, and without those that move nothing. */
static roi_status rank(roi_drivers *d, double horizon, roi_error *err) {
  ranked *order = roi_alloc(d->n, sizeof *order);
  roi_driver *row = roi_alloc(d->n, sizeof *row);
  if (!order || !row) {
    roi_free(order);
    roi_free(row);
    return roi_fail_memory(err, "ranking drivers");
  }
  size_t n = 0, last = 0;
  for (size_t i = 0; i < d->n; i++) {
    double swing = roi_driver_swing(&d->row[i], horizon);
    if (swing > 0) order[n++] = (ranked){swing, i};
  }
  qsort(order, n, sizeof *order, wider_first);
  for (size_t i = 0; i < n; i++) row[i] = d->row[order[i].index];
  for (size_t i = 0; i < d->n; i++)
    if (is_undefined(&d->row[i])) row[n + last++] = d->row[i];
  d->n_undefined = last;
  roi_free(d->row);
  d->row = row;
  d->n = n;
  roi_free(order);
  return ROI_OK;
}

static roi_status fill(roi_drivers *d, const roi_graph *g, const roi_request *request, const inputs *in, roi_error *err) {
  roi_swing *swing = roi_alloc(in->n, sizeof *swing);
  d->n = in->n;
  d->row = roi_alloc_zero(d->n, sizeof *d->row);
  d->median = roi_alloc_zero(roi_listed(request), sizeof *d->median);
  roi_status status = swing && d->row && d->median ? ROI_OK : roi_fail_memory(err, "looking for drivers");
  if (!status)
    status = roi_swings_find(g, request, request->outputs, roi_listed(request), d->output, in->factor, in->n, d->median, swing, err);
  for (size_t i = 0; i < d->n && !status; i++) {
    int yes_no = in->factor[i].yes_no;
    d->row[i] = (roi_driver){.name = roi_graph_text(g, g->nodes[in->draw[i]].name), .yes_no = yes_no,
                             .chance = yes_no ? roi_chance_of(g, in->draw[i]) : (double)NAN, .p10 = swing[i].x_low,
                             .p90 = swing[i].x_high, .at_p10 = swing[i].y_low, .at_p90 = swing[i].y_high};
  }
  roi_free(swing);
  if (status) return status;
  d->at_median = d->median[d->output];
  if (isnan(d->at_median))
    return roi_fail(err, ROI_ERR_USAGE, "not shown, for %.100s has no value with every input at its median (%s)",
                    request->outputs[d->output].name, roi_state_words[roi_state_of(d->at_median)]);
  return rank(d, g->horizon, err);
}

roi_status roi_drivers_find(roi_graph *g, const roi_request *request, size_t output, roi_drivers **drivers,
                            roi_error *err) {
  *drivers = NULL;
  inputs in = {0};
  roi_status status = find_draws(&in, g, request->outputs[output].node, err);
  if (!status && in.n > 0) status = set_factors(&in, g, err);
  if (!status && in.n > 0) {
    roi_drivers *d = roi_alloc_zero(1, sizeof *d);
    status = d ? ROI_OK : roi_fail_memory(err, "looking for drivers");
    if (d) d->output = output;
    if (!status) status = fill(d, g, request, &in, err);
    if (status) roi_drivers_free(d);
    else *drivers = d;
  }
  inputs_free(&in);
  return status;
}

void roi_drivers_free(roi_drivers *d) {
  if (!d) return;
  roi_free(d->median);
  roi_free(d->row);
  roi_free(d);
}
