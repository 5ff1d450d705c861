/* A run of which ranges of trials are computed apart, and the run over what they left.
 *
 * What is added up over trials is added up unit by unit in order, and sums of floating-point numbers depend on how they were grouped. So a
 * range leaves the sums of each whole unit, with the columns of its outputs and inputs, which ranks need; of a unit that it holds only
 * part of, it leaves the columns of all targets, from which the sums of the whole unit are made when its other part is there too. */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "run/simulation.h"

static uint64_t smaller(uint64_t a, uint64_t b) { return a < b ? a : b; }
static uint64_t larger(uint64_t a, uint64_t b) { return a > b ? a : b; }

static int is_early(const simulation *s, uint64_t unit) { return unit < s->early_units; }

/* Columns that ranks need: outputs, and in the first units inputs. */
static size_t kept_columns(const simulation *s, uint64_t unit) { return is_early(s, unit) ? s->n_columns : s->q->n_outputs; }
static size_t all_columns(const simulation *s, uint64_t unit) { return is_early(s, unit) ? s->at.total : s->at.inputs; }

/* The trials of a unit that a range holds. */
static roi_range part_of(const roi_range *r, uint64_t unit) {
  uint64_t begin = unit * ROI_UNIT;
  return (roi_range){larger(r->first, begin), smaller(r->end, begin + ROI_UNIT)};
}

static int is_whole(const roi_range *r, uint64_t unit) {
  roi_range part = part_of(r, unit);
  return part.end - part.first == ROI_UNIT;
}

/* Bytes that a range leaves of a unit. */
static uint64_t record_size(const simulation *s, const roi_range *r, uint64_t unit) {
  if (is_whole(r, unit)) return roi_sums_size(s) + (uint64_t)kept_columns(s, unit) * ROI_UNIT * sizeof(double);
  roi_range part = part_of(r, unit);
  return (part.end - part.first) * all_columns(s, unit) * sizeof(double);
}

/* Where what a range leaves of a unit begins: units between its first and this one are whole. */
static uint64_t record_offset(const simulation *s, const roi_range *r, uint64_t unit) {
  uint64_t first = r->first / ROI_UNIT, next = first + 1;
  if (unit == first) return 0;
  uint64_t early = next < s->early_units ? smaller(unit, s->early_units) - next : 0, late = unit - next - early;
  uint64_t size = record_size(s, r, first);
  if (early) size += early * record_size(s, r, next);
  if (late) size += late * record_size(s, r, unit - 1);
  return size;
}

/* -- Computing a range ---------------------------------------------------------------------------------------------------- */

typedef struct writing {
  simulation s; /* first: callbacks take either */
  roi_range range;
  roi_byte_sink *to;
} writing;

static roi_status write_unit(void *data, const roi_unit *u) {
  writing *w = data;
  simulation *s = &w->s;
  roi_status status = roi_unit_check(s, u);
  if (status != ROI_OK) return status;
  roi_range part = part_of(&w->range, u->index);
  size_t from = (size_t)(part.first - u->first_trial), n = (size_t)(part.end - part.first);
  if (n == ROI_UNIT) {
    roi_put_bytes(w->to, u->result, roi_sums_size(s));
    for (size_t i = 0; i < kept_columns(s, u->index); i++) roi_put_bytes(w->to, u->columns[roi_column_target(s, i)], n * sizeof(double));
  } else {
    for (size_t i = 0; i < all_columns(s, u->index); i++) roi_put_bytes(w->to, u->columns[i] + from, n * sizeof(double));
  }
  if (w->to->failed) return s->err->status != ROI_OK ? s->err->status : roi_fail(s->err, ROI_ERR_IO, "what was computed can't be written");
  roi_show_progress(s, part.end - w->range.first);
  return ROI_OK;
}

roi_status roi_run_range(const roi_graph *g, const roi_request *request, roi_range range, roi_byte_sink *to, roi_error *err) {
  writing w = {.s = {.g = g, .q = request, .err = err, .pass = 1}, .range = range, .to = to};
  simulation *s = &w.s;
  uint64_t done;
  roi_status status = roi_simulation_begin(s);
  if (status == ROI_OK) {
    s->trials = range.end - range.first; /* for the progress; plans and designs are made */
    s->reached = range.first / ROI_UNIT * ROI_UNIT;
    status = roi_run_pass(s, range.end, roi_unit_take, write_unit, &done);
    if (s->bad) status = roi_diagnose(g, request, s->bad->name, s->bad->node, s->bad_trial, s->bad_value, err);
    else if (roi_is_stop(status)) roi_tell_stop(s, status);
  }
  roi_simulation_release(s);
  roi_report_free(s->report);
  return status;
}

/* -- A run over stored ranges --------------------------------------------------------------------------------------------- */

/* Reads a whole unit's sums and columns. */
static int read_whole(const simulation *s, size_t i, const roi_unit *u) {
  const roi_stored *x = s->q->stored;
  uint64_t at = record_offset(s, &x->range[i], u->index);
  int bad = x->read(x->data, i, at, u->result, roi_sums_size(s));
  at += roi_sums_size(s);
  for (size_t k = 0; !bad && k < kept_columns(s, u->index); k++, at += ROI_UNIT * sizeof(double))
    bad = x->read(x->data, i, at, u->columns[roi_column_target(s, k)], ROI_UNIT * sizeof(double));
  return bad;
}

/* Reads trials from..end of a unit that range i holds part of. */
static int read_part(const simulation *s, size_t i, const roi_unit *u, uint64_t from, uint64_t end) {
  const roi_stored *x = s->q->stored;
  roi_range part = part_of(&x->range[i], u->index);
  uint64_t at = record_offset(s, &x->range[i], u->index) + (from - part.first) * sizeof(double);
  int bad = 0;
  for (size_t k = 0; !bad && k < all_columns(s, u->index); k++, at += (part.end - part.first) * sizeof(double))
    bad = x->read(x->data, i, at, u->columns[k] + (from - u->first_trial), (size_t)(end - from) * sizeof(double));
  return bad;
}

/* Fills the unit's columns; *whole: with its sums. Failures get their text at the pass's end: several threads come here. */
static roi_status fetch(const simulation *s, const roi_unit *u, int *whole) {
  const roi_stored *x = s->q->stored;
  uint64_t end = u->first_trial + u->n, reached = u->first_trial;
  for (size_t i = 0; i < x->n && !*whole; i++)
    if (x->range[i].first < end && x->range[i].end > u->first_trial && is_whole(&x->range[i], u->index)) {
      if (read_whole(s, i, u) != 0) return ROI_ERR_IO;
      *whole = 1;
    }
  for (size_t i = 0; i < x->n && !*whole && reached < end; i++) {
    if (x->range[i].first > reached || x->range[i].end <= reached) continue;
    uint64_t upto = smaller(x->range[i].end, end);
    if (read_part(s, i, u, reached, upto) != 0) return ROI_ERR_IO;
    reached = upto;
  }
  return *whole || reached == end ? ROI_OK : ROI_ERR_IO;
}

roi_status roi_unit_fetch(void *data, const roi_unit *u) {
  simulation *s = data;
  int whole = 0;
  roi_status status = fetch(s, u, &whole);
  if (status != ROI_OK || !s->each) return status;
  if (!whole || s->each != roi_unit_take) return s->each(s, u);
  status = roi_unit_sums_check(s, u);
  if (status != ROI_OK) return status;
  if (s->streaming && !roi_feeds_in_order(s)) roi_columns_feed(s, u);
  return ROI_OK;
}
