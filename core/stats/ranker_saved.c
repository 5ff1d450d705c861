/* A ranker put away in the middle of a pass, and taken up again. What follows from other things (ranks and edges from the moments, cells
 * from the cuts) is not saved but made again. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "stats/exact_sum.h"
#include "stats/ranker.h"
#include "stats/sort.h"

#define MOST_CUTS 65534 /* of roi_cuts_new */

/* -- Tallies ------------------------------------------------------------------------------------------------------------- */

static void save_kept(roi_ranker_part *const *parts, size_t n, size_t bin, uint64_t *keys, roi_byte_sink *to) {
  for (size_t p = 0; p < n; p++) {
    roi_tally_keys(parts[p]->t, bin, keys);
    roi_put_bytes(to, keys, (size_t)parts[p]->t->kept[bin] * sizeof *keys);
  }
}

/* Of all parts together: whether anything had to be given up, counts, sums, then each bin's kept values. */
static void save_tallies(const cuts *c, roi_ranker_part *const *parts, size_t n, roi_byte_sink *to) {
  uint64_t most = 0, overflowed = 0;
  roi_exact_sum sum, squares;
  roi_exact_clear(&sum);
  roi_exact_clear(&squares);
  for (size_t p = 0; p < n; p++) {
    tally *t = parts[p]->t;
    roi_tally_settle(t);
    roi_exact_merge(&sum, &t->sum);
    roi_exact_merge(&squares, &t->squares);
    overflowed |= (uint64_t)(t->overflowed != 0);
    if (t->out_of_memory) to->failed = 1;
    for (size_t i = 0; i <= c->n; i++)
      if (t->kept[i] > most) most = t->kept[i];
  }
  uint64_t *keys = roi_alloc((size_t)most, sizeof *keys);
  if (!keys) to->failed = 1;
  roi_put_u64(to, overflowed);
  roi_exact_save(&sum, to);
  roi_exact_save(&squares, to);
  for (size_t i = 0; i <= c->n && !to->failed; i++) {
    uint64_t count = 0, kept = 0;
    for (size_t p = 0; p < n; p++) count += parts[p]->t->bin[i];
    for (size_t p = 0; p < n && !overflowed; p++) kept += parts[p]->t->kept[i];
    roi_put_u64(to, count);
    roi_put_u64(to, kept);
    if (kept) save_kept(parts, n, i, keys, to);
  }
  roi_free(keys);
}

/* Reads one bin's kept values, which must lie in it. */
static int restore_kept(tally *t, size_t bin, uint64_t n, roi_byte_source *from) {
  const cuts *c = t->by;
  double low = bin > 0 ? c->cut[bin - 1] : -INFINITY, high = bin < c->n ? c->cut[bin] : INFINITY;
  for (uint64_t i = 0; i < n && !from->failed; i++) {
    double x = roi_key_value(roi_get_u64(from));
    if (!isfinite(x) || x < low || x >= high) from->failed = 1;
    else roi_tally_keep(t, bin, x);
    if (t->out_of_memory) return -1;
  }
  return 0;
}

/* 0; or -1 when memory is out or from->failed. */
static int restore_tally(tally *t, uint64_t values, size_t budget, roi_byte_source *from) {
  uint64_t left = values, room = budget / sizeof(double);
  t->overflowed = (int)roi_get_count(from, 1);
  if (roi_exact_restore(&t->sum, from) != 0 || roi_exact_restore(&t->squares, from) != 0) from->failed = 1;
  for (size_t i = 0; i <= t->by->n && !from->failed; i++) {
    t->bin[i] = roi_get_count(from, left);
    left -= t->bin[i];
    uint64_t kept = roi_get_count(from, t->by->action[i] == BIN_KEEP && !t->overflowed ? t->bin[i] : 0);
    int is_all = t->by->action[i] != BIN_KEEP || t->overflowed || kept == t->bin[i];
    if (!is_all || kept > room) from->failed = 1;
    else room -= kept;
    if (!from->failed && restore_kept(t, i, kept, from) != 0) return -1;
  }
  return from->failed ? -1 : 0;
}

/* -- Cuts ---------------------------------------------------------------------------------------------------------------- */

static void save_cuts(const cuts *c, roi_byte_sink *to) {
  roi_put_u64(to, c->n);
  roi_put_bytes(to, c->cut, c->n * sizeof *c->cut);
  roi_put_bytes(to, c->action, c->n + 1);
  roi_put_f64(to, c->reference);
}

/* NULL when memory is out or what is read are no cuts. */
static cuts *restore_cuts(roi_byte_source *from) {
  size_t n = (size_t)roi_get_count(from, MOST_CUTS);
  double *cut = roi_alloc(n, sizeof *cut);
  if (!cut) return NULL;
  roi_get_bytes(from, cut, n * sizeof *cut);
  for (size_t i = 0; i < n; i++)
    if (!isfinite(cut[i]) || (i > 0 && cut[i] <= cut[i - 1])) from->failed = 1;
  cuts *c = from->failed ? NULL : roi_cuts_new(cut, n);
  roi_free(cut);
  if (!c) return NULL;
  roi_get_bytes(from, c->action, n + 1);
  c->reference = roi_get_f64(from);
  for (size_t i = 0; i <= n; i++)
    if (c->action[i] > BIN_SUM) from->failed = 1;
  if (!from->failed) {
    roi_cuts_ready(c);
    return c;
  }
  roi_cuts_free(c);
  return NULL;
}

/* -- The ranker ---------------------------------------------------------------------------------------------------------- */

enum { IS_DONE = 1, KEEPS = 2, PILOT_WHOLE = 4, PILOT_EMPTY = 8, HAS_PART = 16, ALL_FLAGS = 31 };

static void save_found(const roi_ranker *r, roi_byte_sink *to) {
  roi_put_bytes(to, r->value, sizeof r->value);
  roi_exact_save(&r->tail_sum, to);
  roi_exact_save(&r->tail_squares, to);
  roi_put_bytes(to, r->counts, sizeof r->counts);
}

/* Values of ascending ranks ascend within the column's range, and each number is in one bin. */
static int found_holds(const roi_ranker *r) {
  const roi_moments *m = &r->moments;
  uint64_t left = m->n;
  for (size_t i = 0; i < r->n_ranks; i++) {
    double least = i > 0 ? r->value[i - 1] : m->min;
    if (!(r->value[i] >= least && r->value[i] <= m->max)) return 0;
  }
  for (size_t i = 0; i < ROI_HISTOGRAM_BINS; i++) {
    if (r->counts[i] > (i < (size_t)r->bins ? left : 0)) return 0;
    left -= r->counts[i];
  }
  return left == 0;
}

static void restore_found(roi_ranker *r, roi_byte_source *from) {
  roi_get_bytes(from, r->value, sizeof r->value);
  if (roi_exact_restore(&r->tail_sum, from) != 0 || roi_exact_restore(&r->tail_squares, from) != 0) from->failed = 1;
  roi_get_bytes(from, r->counts, sizeof r->counts);
  if (!found_holds(r)) from->failed = 1;
  r->done = 1;
}

void roi_ranker_save(const roi_ranker *r, roi_ranker_part *const *parts, size_t n, roi_byte_sink *to) {
  int has_part = parts && n > 0 && parts[0];
  roi_put_u64(to, (uint64_t)((r->done ? IS_DONE : 0) | (r->keeps ? KEEPS : 0) | (r->pilot_whole ? PILOT_WHOLE : 0) |
                             (r->pilot_empty ? PILOT_EMPTY : 0) | (has_part ? HAS_PART : 0)));
  roi_put_f64(to, r->pilot_low);
  roi_put_f64(to, r->pilot_high);
  long long room = atomic_load(&r->room);
  roi_put_u64(to, r->keeps && room > 0 ? (uint64_t)room : 0);
  if (r->done) save_found(r, to);
  if (!has_part) return;
  save_cuts(r->cuts, to);
  save_tallies(r->cuts, parts, n, to);
}

size_t roi_ranker_part_size(const roi_ranker_part *p) {
  const tally *t = p->t;
  uint64_t kept = 0;
  for (size_t i = 0; i <= t->by->n && !t->overflowed; i++) kept += t->kept[i];
  return sizeof t->sum * 2 + t->by->n * (sizeof *t->by->cut + 1 + 2 * sizeof *t->bin) + (size_t)kept * sizeof(uint64_t);
}

/* What the search is steered by. */
static void restore_pilot(roi_ranker *r, uint64_t flags, roi_byte_source *from) {
  r->keeps = (flags & KEEPS) != 0;
  r->pilot_whole = (flags & PILOT_WHOLE) != 0;
  r->pilot_empty = (flags & PILOT_EMPTY) != 0;
  r->pilot_low = roi_get_f64(from);
  r->pilot_high = roi_get_f64(from);
  if (!isfinite(r->pilot_low) || !isfinite(r->pilot_high) || r->pilot_low > r->pilot_high) from->failed = 1;
  atomic_store(&r->room, (long long)roi_get_count(from, r->budget / sizeof(double)));
}

static int restore_pass(roi_ranker *r, uint64_t values, roi_byte_source *from, roi_ranker_part **part) {
  r->cuts = restore_cuts(from);
  *part = r->cuts ? roi_ranker_part_new(r) : NULL;
  return *part ? restore_tally((*part)->t, values, r->budget, from) : -1;
}

roi_ranker *roi_ranker_restore(roi_byte_source *from, const roi_moments *moments, uint64_t values, size_t budget, roi_ranker_part **part) {
  *part = NULL;
  roi_ranker *r = roi_alloc_zero(1, sizeof *r);
  if (!r) return NULL;
  r->budget = budget;
  uint64_t flags = roi_get_count(from, ALL_FLAGS);
  restore_pilot(r, flags, from);
  if (!from->failed && moments) roi_ranker_set_moments(r, moments);
  if (!from->failed && (flags & IS_DONE) && moments) restore_found(r, from);
  int needs_part = !(r->done && moments);
  if (((flags & IS_DONE) && !moments) || (r->done && !(flags & IS_DONE)) || needs_part > ((flags & HAS_PART) != 0)) from->failed = 1;
  int bad = from->failed || ((flags & HAS_PART) && restore_pass(r, values, from, part) != 0);
  if (!bad) return r;
  roi_ranker_part_free(*part);
  *part = NULL;
  roi_ranker_free(r);
  return NULL;
}
