/* Exact order statistics in passes.
 *
 * The line is cut into bins near the places where, judging by the first trials, the wanted ranks lie. A pass counts what falls
 * into each bin, which says exactly in which bin each rank is; the values of these few bins are then collected and sorted. A bin
 * too full for the budget is cut again; a bin of a single value (an atom of a discrete column) needs no collecting. When all the
 * moments are known beforehand, the first pass collects around the likely places at once, which as a rule is all.
 *
 * REFERENCE Munro and Paterson: Selection and sorting with limited storage (1980), for selection in passes.
 * ACCURACY exact: values are compared, counted and, in the tail, added without rounding. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "stats/exact_sum.h"
#include "stats/ranker.h"
#include "stats/sort.h"

#define FINE_PARTS 128  /* bins around a level when counting comes first */
#define ROUGH_PARTS 16  /* when collecting at once */
#define REFINED_PARTS 64 /* of each of two kinds, for a bin that is too full */
#define FINE_REACH 6.0  /* standard errors of the pilot that a search covers on either side of a level */
#define ROUGH_REACH 3.5 /* a miss costs another pass, a wide search costs memory in every one */
#define MOST_CUTS (ROI_MOST_RANKS * (2 * REFINED_PARTS + 4) + 2 * ROI_QUANTILES * FINE_PARTS + ROI_HISTOGRAM_BINS + 1)

typedef struct interval { double low, high; } interval; /* low <= x < high; infinite where open */

/* Cuts being gathered, and the intervals to collect. */
typedef struct draft {
  uint64_t *key, *scratch;
  size_t n;
  interval keep[ROI_MOST_RANKS + ROI_QUANTILES];
  size_t n_keep;
  double sum_below; /* values below are summed for the tail */
} draft;

/* -- What is wanted ------------------------------------------------------------------------------------------------------ */

int roi_levels_around(double p, uint64_t n, double *below, double *above) {
  double error = sqrt(p * (1 - p) / (double)n);
  *below = p - error;
  *above = p + error;
  return n > 1 && *below >= 0 && *above <= 1;
}

static void want(roi_ranker *r, uint64_t rank) {
  if (rank >= r->moments.n) return; /* never */
  size_t at = r->n_ranks;
  while (at > 0 && r->rank[at - 1] >= rank) at--;
  if (at < r->n_ranks && r->rank[at] == rank) return;
  memmove(r->rank + at + 1, r->rank + at, (r->n_ranks - at) * sizeof *r->rank);
  r->rank[at] = rank;
  r->n_ranks++;
}

static void want_level(roi_ranker *r, double p, uint64_t n) {
  roi_place place = roi_place_of(p, n);
  want(r, place.low);
  want(r, place.low + 1);
}

static double smaller(double a, double b) { return a < b ? a : b; }
static double larger(double a, double b) { return a > b ? a : b; }

/* The range of the histogram: the pilot's without its outermost thousandths, so that no single trial stretches it, or the whole
 * range where that is little more. What lies beyond counts in the outermost bins. */
static void choose_edges(roi_ranker *r) {
  const roi_moments *m = &r->moments;
  double low = r->pilot_low, high = r->pilot_high;
  int whole = r->pilot_whole;
  if (r->pilot_empty || low == high) {
    low = m->min, high = m->max;
    whole = whole && low == floor(low) && high == floor(high);
  } else {
    double near = high / 4 - low / 4;
    if (m->min >= low - near) low = smaller(low, m->min);
    if (m->max <= high + near) high = larger(high, m->max);
  }
  r->bins = roi_histogram_edges(low, high, whole, r->edges);
}

/* -- Planning a pass ----------------------------------------------------------------------------------------------------- */

static int draft_start(draft *d) {
  d->n = d->n_keep = 0;
  d->sum_below = -INFINITY;
  d->key = roi_alloc(MOST_CUTS, sizeof *d->key);
  d->scratch = roi_alloc(MOST_CUTS, sizeof *d->scratch);
  return d->key && d->scratch ? 0 : -1;
}

static void draft_end(draft *d) {
  roi_free(d->key);
  roi_free(d->scratch);
}

static void add_cut(draft *d, double x) {
  if (isfinite(x)) d->key[d->n++] = roi_key_of(x);
}

/* Makes the cuts of the next pass: those of the draft and, if the pass collects, the histogram's. */
static int use_draft(roi_ranker *r, draft *d) {
  if (r->keeps)
    for (int i = 0; i <= r->bins; i++) add_cut(d, r->edges[i]);
  roi_sort_keys(d->key, d->scratch, d->n);
  double *cut = (double *)d->scratch; /* sorted: the scratch is free */
  size_t n = 0;
  for (size_t i = 0; i < d->n; i++)
    if (i == 0 || d->key[i] != d->key[i - 1]) {
      double x = roi_key_value(d->key[i]);
      memcpy(cut + n++, &x, sizeof x);
    }
  cuts *made = roi_cuts_new(cut, n);
  if (!made) return -1;
  r->cuts = made;
  r->cuts->reference = r->moments.mean;
  for (size_t i = 0; r->keeps && i <= n; i++) {
    double low = i > 0 ? r->cuts->cut[i - 1] : -INFINITY, high = r->cuts->cut[i];
    if (high <= d->sum_below) r->cuts->action[i] = BIN_SUM;
    if (roi_cuts_single(r->cuts, i)) continue;
    for (size_t k = 0; k < d->n_keep; k++)
      if (low >= d->keep[k].low && high <= d->keep[k].high) r->cuts->action[i] = BIN_KEEP;
  }
  roi_cuts_ready(r->cuts);
  return 0;
}

/* Cuts around one level at even ranks of the sorted pilot. A value met twice is likely an atom: it gets a bin of its own. */
static void add_window(draft *d, const uint64_t *pilot, size_t n, double middle, double reach, int parts, int is_tail) {
  double from = floor(middle - reach), to = ceil(middle + reach);
  if (from >= (double)n) return; /* never */
  interval w = {-INFINITY, INFINITY};
  double last = NAN;
  for (int i = 0; i <= parts; i++) {
    double at = floor(from + (to - from) * i / parts);
    if (at < 0 || at >= (double)n) continue;
    double x = roi_key_value(pilot[(size_t)at]);
    add_cut(d, x);
    if (x == last) add_cut(d, roi_next_up(x));
    last = x;
    if (i == 0) w.low = x;
    if (i == parts) w.high = x;
  }
  if (last == w.high) w.high = roi_next_up(last);
  add_cut(d, w.high);
  d->keep[d->n_keep++] = w;
  if (is_tail) d->sum_below = w.low;
}

/* The first pass, from the sorted numbers of the pilot, above which there are `never` more. */
static int plan_first(roi_ranker *r, const uint64_t *pilot, size_t n, size_t never) {
  draft d;
  int bad = draft_start(&d);
  r->keeps = r->has_moments;
  atomic_store(&r->room, (long long)(r->budget / sizeof(double)));
  double all = (double)(n + never);
  double trials = r->has_moments ? (double)(r->moments.n + r->moments.never) : all;
  for (int i = 0; !bad && n > 0 && i < ROI_QUANTILES; i++) {
    double p = roi_quantile_levels[i], spread = sqrt(p * (1 - p));
    double reach = (r->keeps ? ROUGH_REACH : FINE_REACH) * spread * sqrt(all) + spread * all / sqrt(trials) + 2;
    add_window(&d, pilot, n, p * all, reach, r->keeps ? ROUGH_PARTS : FINE_PARTS, p == 0.05);
  }
  bad = bad || use_draft(r, &d);
  draft_end(&d);
  return bad ? -1 : 0;
}

/* Cuts a bin into even steps of the line and into even steps of the doubles on it: the first serve ordinary columns, the second
 * get through any. */
static void refine(draft *d, interval b) {
  uint64_t low = roi_key_of(b.low), high = roi_key_of(b.high);
  for (unsigned i = 1; i < REFINED_PARTS; i++) {
    double part = (double)i / REFINED_PARTS, x = b.low * (1 - part) + b.high * part;
    if (x > b.low && x < b.high) add_cut(d, x);
    uint64_t step = (high - low) / REFINED_PARTS * i + (high - low) % REFINED_PARTS * i / REFINED_PARTS;
    add_cut(d, roi_key_value(low + step));
  }
}

/* The values that bin i may hold. */
static interval interval_of(const roi_ranker *r, size_t i) {
  const cuts *c = r->cuts;
  return (interval){i > 0 ? c->cut[i - 1] : r->moments.min, i < c->n ? c->cut[i] : roi_next_up(r->moments.max)};
}

/* The next pass, from the counts of the last. */
static int plan_next(roi_ranker *r, const tally *t) {
  const cuts *c = r->cuts;
  uint64_t below = 0, total = 0;
  uint64_t count[ROI_MOST_RANKS];
  draft d;
  int bad = draft_start(&d);
  for (size_t i = 0, k = 0; !bad && i <= c->n && k < r->n_ranks; below += t->bin[i++]) {
    if (r->rank[k] >= below + t->bin[i]) continue;
    interval b = interval_of(r, i);
    count[d.n_keep] = roi_cuts_single(c, i) ? 0 : t->bin[i];
    total += count[d.n_keep];
    d.keep[d.n_keep++] = b;
    for (; k < r->n_ranks && r->rank[k] < below + t->bin[i]; k++)
      if (r->has_tail && r->rank[k] == r->tail.whole) d.sum_below = b.low;
  }
  uint64_t room = r->budget / sizeof(double);
  r->keeps = total <= room;
  atomic_store(&r->room, (long long)total);
  for (size_t i = 0; !bad && i < d.n_keep; i++) {
    add_cut(&d, d.keep[i].low);
    add_cut(&d, d.keep[i].high);
    if (!r->keeps && count[i] > room / d.n_keep) refine(&d, d.keep[i]);
  }
  bad = bad || use_draft(r, &d);
  draft_end(&d);
  return bad ? -1 : 0;
}

/* -- Reading a pass ------------------------------------------------------------------------------------------------------ */

/* The bin that holds a rank; *below is how many values the bins before it hold. */
static size_t bin_of_rank(const tally *t, uint64_t rank, uint64_t *below) {
  size_t i = 0;
  for (*below = 0; rank >= *below + t->bin[i]; i++) *below += t->bin[i];
  return i;
}

/* 1 if all that is wanted lies in bins that were collected or hold one value. */
static int answers(const roi_ranker *r, const tally *t) {
  const cuts *c = r->cuts;
  uint64_t below;
  if (!r->keeps || t->overflowed) return 0;
  for (size_t k = 0; k < r->n_ranks; k++) {
    size_t i = bin_of_rank(t, r->rank[k], &below);
    if (c->action[i] != BIN_KEEP && !roi_cuts_single(c, i)) return 0;
  }
  if (!r->has_tail) return 1;
  size_t end = bin_of_rank(t, r->tail.whole, &below);
  for (size_t i = 0; i < end; i++)
    if (t->bin[i] > 0 && c->action[i] == BIN_COUNT && !roi_cuts_single(c, i)) return 0;
  return c->action[end] != BIN_SUM;
}

static void add_to_tail(roi_ranker *r, double x, uint64_t times) {
  double d = x - r->moments.mean;
  roi_exact_add_times(&r->tail_sum, x, times);
  roi_exact_add_times(&r->tail_squares, isfinite(d * d) ? d * d : 0, times);
}

/* The wanted ranks and the tail's share of bin i, before which there are `below` values. */
static void read_bin(roi_ranker *r, const tally *t, size_t i, uint64_t below, uint64_t *keys, uint64_t *scratch) {
  uint64_t n = t->bin[i], in_tail = 0;
  int kept = r->cuts->action[i] == BIN_KEEP;
  double single = kept || i == 0 ? 0 : r->cuts->cut[i - 1];
  if (r->has_tail && r->tail.whole > below && r->cuts->action[i] != BIN_SUM)
    in_tail = r->tail.whole - below < n ? r->tail.whole - below : n;
  size_t first = 0;
  while (first < r->n_ranks && r->rank[first] < below) first++;
  if (in_tail == 0 && (first == r->n_ranks || r->rank[first] >= below + n)) return;
  if (kept) {
    roi_tally_keys(t, i, keys);
    roi_sort_keys(keys, scratch, (size_t)n);
    for (uint64_t j = 0; j < in_tail; j++) add_to_tail(r, roi_key_value(keys[j]), 1);
  } else if (in_tail > 0) {
    add_to_tail(r, single, in_tail);
  }
  for (size_t k = first; k < r->n_ranks && r->rank[k] < below + n; k++)
    r->value[k] = kept ? roi_key_value(keys[r->rank[k] - below]) : single;
}

static void read_histogram(roi_ranker *r, const tally *t) {
  memset(r->counts, 0, sizeof r->counts);
  int h = 0;
  for (size_t i = 0; i <= r->cuts->n; i++) {
    while (i > 0 && h < r->bins - 1 && r->cuts->cut[i - 1] >= r->edges[h + 1]) h++;
    r->counts[h] += t->bin[i];
  }
}

static roi_status finish(roi_ranker *r, const tally *t, roi_error *err) {
  size_t most = 0;
  for (size_t i = 0; i <= r->cuts->n; i++)
    if (t->kept[i] > most) most = (size_t)t->kept[i];
  uint64_t *keys = roi_alloc(most, sizeof *keys), *scratch = roi_alloc(most, sizeof *scratch);
  if (keys && scratch) {
    r->tail_sum = t->sum;
    r->tail_squares = t->squares;
    uint64_t below = 0;
    for (size_t i = 0; i <= r->cuts->n; below += t->bin[i++]) read_bin(r, t, i, below, keys, scratch);
    read_histogram(r, t);
    r->done = 1;
  }
  roi_free(keys);
  roi_free(scratch);
  return r->done ? ROI_OK : roi_fail_memory(err, "finding the quantiles of a column");
}

/* What follows from a whole column's numbers, sorted. */
static void finish_sorted(roi_ranker *r, const uint64_t *sorted, size_t n) {
  for (size_t k = 0; k < r->n_ranks; k++) r->value[k] = roi_key_value(sorted[r->rank[k]]);
  for (size_t i = 0; r->has_tail && i < r->tail.whole; i++) add_to_tail(r, roi_key_value(sorted[i]), 1);
  int h = 0;
  for (size_t i = 0; i < n; i++) {
    while (h < r->bins - 1 && roi_key_value(sorted[i]) >= r->edges[h + 1]) h++;
    r->counts[h]++;
  }
  r->done = 1;
}

/* What follows when all numbers are equal. */
static void finish_constant(roi_ranker *r) {
  double x = r->moments.min;
  for (size_t k = 0; k < r->n_ranks; k++) r->value[k] = x;
  if (r->has_tail) add_to_tail(r, x, r->tail.whole);
  int h = 0;
  while (h < r->bins - 1 && x >= r->edges[h + 1]) h++;
  r->counts[h] = r->moments.n;
  r->done = 1;
}

/* -- The ranker ---------------------------------------------------------------------------------------------------------- */

/* Sorts the pilot's numbers into key and notes its range; returns how many there are. */
static size_t read_pilot(roi_ranker *r, const double *pilot, size_t n, uint64_t *key, uint64_t *scratch, size_t *never) {
  size_t numbers = 0;
  *never = 0;
  r->pilot_whole = 1;
  for (size_t i = 0; i < n; i++) {
    if (isfinite(pilot[i])) {
      key[numbers++] = roi_key_of(pilot[i]);
      r->pilot_whole &= pilot[i] == floor(pilot[i]);
    } else if (pilot[i] > 0) {
      ++*never;
    }
  }
  roi_sort_keys(key, scratch, numbers);
  r->pilot_empty = numbers == 0;
  if (numbers > 0) {
    r->pilot_low = roi_key_value(key[(numbers - 1) / 1000]);
    r->pilot_high = roi_key_value(key[numbers - 1 - (numbers - 1) / 1000]);
  }
  return numbers;
}

void roi_ranker_set_moments(roi_ranker *r, const roi_moments *moments) {
  r->moments = *moments;
  r->has_moments = 1;
  uint64_t n = moments->n + moments->never;
  if (moments->n == 0) {
    r->done = 1;
    return;
  }
  for (int i = 0; i < ROI_QUANTILES; i++) {
    double p = roi_quantile_levels[i], below, above;
    want_level(r, p, n);
    if (!roi_levels_around(p, n, &below, &above)) continue;
    want_level(r, below, n);
    want_level(r, above, n);
  }
  r->tail = roi_tail_of(n);
  r->has_tail = r->tail.whole < moments->n;
  want(r, r->tail.whole);
  choose_edges(r);
  if (moments->min == moments->max) finish_constant(r);
}

roi_ranker *roi_ranker_new(const roi_moments *moments, const double *pilot, size_t n_pilot, size_t budget) {
  roi_ranker *r = roi_alloc_zero(1, sizeof *r);
  uint64_t *key = roi_alloc(n_pilot, sizeof *key), *scratch = roi_alloc(n_pilot, sizeof *scratch);
  int bad = !r || !key || !scratch;
  if (!bad) {
    r->budget = budget;
    size_t never, n = read_pilot(r, pilot, n_pilot, key, scratch, &never);
    if (moments) roi_ranker_set_moments(r, moments);
    if (r->has_moments && !r->done && moments->n == n) finish_sorted(r, key, n); /* the pilot is all there is */
    if (!r->done) bad = plan_first(r, key, n, never);
  }
  roi_free(key);
  roi_free(scratch);
  if (!bad) return r;
  roi_ranker_free(r);
  return NULL;
}

void roi_ranker_free(roi_ranker *r) {
  if (!r) return;
  roi_cuts_free(r->cuts);
  roi_free(r);
}

int roi_ranker_needs_pass(const roi_ranker *r) {
  return !r->done;
}

roi_ranker_part *roi_ranker_part_new(roi_ranker *r) {
  roi_ranker_part *p = roi_alloc(1, sizeof *p);
  if (!p) return NULL;
  p->t = roi_tally_new(r->cuts, &r->room);
  if (p->t) return p;
  roi_free(p);
  return NULL;
}

void roi_ranker_part_free(roi_ranker_part *p) {
  if (!p) return;
  roi_tally_free(p->t);
  roi_free(p);
}

void roi_ranker_feed(roi_ranker_part *p, const double *x, size_t n) {
  roi_tally_feed(p->t, x, n);
}

/* Whether each wanted rank lies where values can be: not in a bin beyond the moments' range, which no pass would get to the bottom of. */
static int ranks_hold(const roi_ranker *r, const tally *t) {
  uint64_t below;
  for (size_t k = 0; k < r->n_ranks; k++) {
    interval b = interval_of(r, bin_of_rank(t, r->rank[k], &below));
    if (!(b.low < b.high)) return 0;
  }
  return 1;
}

/* A pass that would do what the last did finds no more. */
static int is_same_search(const cuts *a, const cuts *b) {
  return a->n == b->n && memcmp(a->cut, b->cut, a->n * sizeof *a->cut) == 0 && memcmp(a->action, b->action, a->n + 1) == 0;
}

static roi_status contradiction(roi_error *err) {
  return roi_fail(err, ROI_ERR_INTERNAL, "the values of a column are not where its moments say; please report this");
}

static roi_status end_pass(roi_ranker *r, tally *all, roi_error *err) {
  const cuts *before = r->cuts;
  uint64_t numbers = 0;
  for (size_t i = 0; i <= r->cuts->n; i++) numbers += all->bin[i];
  if (!r->has_moments || numbers != r->moments.n)
    return roi_fail(err, ROI_ERR_INTERNAL, "a pass over a column met %llu numbers, its moments count %llu; please report this",
                    (unsigned long long)numbers, (unsigned long long)r->moments.n);
  if (all->out_of_memory) return roi_fail_memory(err, "collecting values for the quantiles of a column");
  if (r->done) return ROI_OK; /* the moments said it all */
  if (answers(r, all)) return finish(r, all, err);
  if (!ranks_hold(r, all)) return contradiction(err);
  if (plan_next(r, all) != 0) return roi_fail_memory(err, "planning a pass for the quantiles of a column");
  return is_same_search(before, r->cuts) ? contradiction(err) : ROI_OK;
}

roi_status roi_ranker_end_pass(roi_ranker *r, roi_ranker_part *const *parts, size_t n, roi_error *err) {
  roi_status status;
  cuts *before = r->cuts; /* the parts refer to them to their end */
  tally *all = roi_tally_new(r->cuts, &r->room);
  if (all) {
    for (size_t i = 0; i < n; i++) roi_tally_join(all, parts[i]->t);
    status = end_pass(r, all, err);
  } else {
    status = roi_fail_memory(err, "joining the counts of a column");
  }
  roi_tally_free(all);
  for (size_t i = 0; i < n; i++) roi_ranker_part_free(parts[i]);
  if (r->cuts != before) roi_cuts_free(before);
  return status;
}

double roi_ranker_value(const roi_ranker *r, uint64_t rank) {
  for (size_t k = 0; k < r->n_ranks; k++)
    if (r->rank[k] == rank) return r->value[k];
  return ROI_NEVER;
}

double roi_ranker_tail_sum(const roi_ranker *r) {
  return roi_exact_value(&r->tail_sum);
}

double roi_ranker_tail_squares(const roi_ranker *r) {
  return roi_exact_value(&r->tail_squares);
}

int roi_ranker_histogram(const roi_ranker *r, double *edges, uint64_t *counts) {
  memcpy(edges, r->edges, sizeof r->edges);
  memcpy(counts, r->counts, sizeof r->counts);
  return r->bins;
}
