#include "stats/cuts.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "stats/lanes.h"
#include "stats/sort.h"

#define CHUNK_VALUES 254
#define BATCH 512 /* values whose cells are found together */

struct chunk {
  chunk *next;
  size_t n;
  double value[CHUNK_VALUES];
};

/* -- Cuts ---------------------------------------------------------------------------------------------------------------- */

/* Cells of eight values. Rising in x, and the same on every instruction set; NaN falls in cell 0. */
static inline void cells_of_eight(const cuts *c, const double *x, int32_t cell[8]) {
  typedef int32_t short_lanes __attribute__((vector_size(16)));
  const lanes top = {CELLS - 2, CELLS - 2, CELLS - 2, CELLS - 2};
  for (int h = 0; h < 2; h++) {
    lanes v;
    memcpy(&v, x + 4 * h, sizeof v);
    lanes t = (v - c->low) * c->scale;
    mask_lanes inside = t >= 0.0;
    t = LANES_SELECT(t < top, t, top) + 1.0;
    t = (lanes)((mask_lanes)t & inside);
    short_lanes s = __builtin_convertvector(t, short_lanes);
    memcpy(cell + 4 * h, &s, sizeof s);
  }
}

static int32_t cell_of(const cuts *c, double x) {
  double t = (x - c->low) * c->scale;
  if (!(t >= 0)) return 0;
  return (int32_t)((t < CELLS - 2 ? t : CELLS - 2) + 1.0);
}

cuts *cuts_new(const double *cut, size_t n) {
  cuts *c = roi_alloc_zero(1, sizeof *c);
  if (!c) return NULL;
  c->n = n;
  c->cut = roi_alloc(n + 2, sizeof *c->cut);
  c->action = roi_alloc_zero(n + 1, 1);
  if (!c->cut || !c->action) {
    cuts_free(c);
    return NULL;
  }
  if (n > 0) memcpy(c->cut, cut, n * sizeof *cut);
  c->cut[n] = c->cut[n + 1] = INFINITY;
  if (n > 1) {
    c->low = cut[0];
    c->scale = (CELLS - 3) / (cut[n - 1] - cut[0]);
    c->has_grid = isfinite(c->scale) && c->scale > 0;
  }
  if (!c->has_grid) {
    c->cuts_in[0] = (uint16_t)n;
    return c;
  }
  for (size_t i = 0; i < n; i++) c->cuts_in[cell_of(c, cut[i])]++;
  for (size_t i = 1; i < CELLS; i++) c->first[i] = (uint16_t)(c->first[i - 1] + c->cuts_in[i - 1]);
  return c;
}

void cuts_free(cuts *c) {
  if (!c) return;
  roi_free(c->cut);
  roi_free(c->action);
  roi_free(c);
}

void cuts_ready(cuts *c) {
  for (size_t i = 0; i < CELLS; i++) c->slow[i] = c->cuts_in[i] > 0 || c->action[c->first[i]] != BIN_COUNT;
  c->slow[0] = c->slow[CELLS - 1] = 1; /* NaN and infinities fall here */
}

/* The bin of x, known to lie among the cuts of a cell: how many cuts are not above x. */
static inline size_t search(const cuts *c, size_t cell, double x) {
  size_t at = c->first[cell], n = c->cuts_in[cell];
  while (n > 2) {
    size_t half = n / 2;
    if (c->cut[at + half] <= x) at += half;
    n -= half;
  }
  /* At most two cuts are left, and those behind them are above x. */
  return at + (c->cut[at] <= x) + (c->cut[at + 1] <= x);
}

size_t cuts_bin(const cuts *c, double x) {
  return search(c, c->has_grid ? (size_t)cell_of(c, x) : 0, x);
}

int cuts_single(const cuts *c, size_t i) {
  return i > 0 && roi_next_up(c->cut[i - 1]) == c->cut[i];
}

/* -- Tallies ------------------------------------------------------------------------------------------------------------- */

tally *tally_new(const cuts *c, atomic_llong *room) {
  tally *t = roi_alloc_zero(1, sizeof *t);
  if (!t) return NULL;
  t->by = c;
  t->room = room;
  t->bin = roi_alloc_zero(c->n + 1, sizeof *t->bin);
  t->kept = roi_alloc_zero(c->n + 1, sizeof *t->kept);
  t->list = roi_alloc_zero(c->n + 1, sizeof(chunk *));
  if (t->bin && t->kept && t->list) return t;
  tally_free(t);
  return NULL;
}

static void drop_list(chunk *list) {
  while (list) {
    chunk *next = list->next;
    roi_free(list);
    list = next;
  }
}

static void drop_lists(tally *t) {
  for (size_t i = 0; t->list && i <= t->by->n; i++) {
    drop_list(t->list[i]);
    t->list[i] = NULL;
  }
}

void tally_free(tally *t) {
  if (!t) return;
  drop_lists(t);
  roi_free(t->bin);
  roi_free(t->kept);
  roi_free(t->list);
  roi_free(t);
}

/* Stops keeping: room or memory ran out. */
static void give_up(tally *t, int *why) {
  *why = 1;
  drop_lists(t);
}

static void keep(tally *t, size_t bin, double x) {
  if (t->overflowed || t->out_of_memory) return;
  chunk *last = t->list[bin];
  if (!last || last->n == CHUNK_VALUES) {
    last = roi_alloc(1, sizeof *last);
    if (!last) {
      give_up(t, &t->out_of_memory);
      return;
    }
    last->next = t->list[bin];
    last->n = 0;
    t->list[bin] = last;
  }
  last->value[last->n++] = x;
  t->kept[bin]++;
}

static void add_to_sums(tally *t, const double *x, size_t n) {
  double square[BATCH];
  for (size_t i = 0; i < n; i++) {
    double d = x[i] - t->by->reference;
    square[i] = isfinite(d * d) ? d * d : 0; /* the summary gives no error where these can be */
  }
  roi_exact_add(&t->sum, x, n);
  roi_exact_add(&t->squares, square, n);
}

/* Values that cell counts do not settle. */
static void look_at(tally *t, const double *x, const uint16_t *cell, size_t n) {
  const cuts *c = t->by;
  double below[BATCH];
  size_t n_below = 0;
  uint64_t kept = 0;
  for (size_t i = 0; i < n; i++) {
    if (!isfinite(x[i])) continue;
    size_t bin = search(c, cell[i], x[i]);
    t->bin[bin]++;
    if (c->action[bin] == BIN_KEEP) {
      keep(t, bin, x[i]);
      kept++;
    }
    below[n_below] = x[i];
    n_below += c->action[bin] == BIN_SUM;
  }
  if (n_below > 0) add_to_sums(t, below, n_below);
  if (kept > 0 && !t->overflowed && atomic_fetch_sub(t->room, (long long)kept) < (long long)kept)
    give_up(t, &t->overflowed);
}

void tally_feed(tally *t, const double *x, size_t n) {
  const cuts *c = t->by;
  double value[BATCH];
  uint16_t of[BATCH];
  int32_t cell[BATCH] = {0};
  while (n > 0) {
    size_t now = n < BATCH ? n : BATCH, slow = 0;
    if (!c->has_grid) {
      memset(of, 0, sizeof of);
      look_at(t, x, of, now);
    } else {
      size_t i = 0;
      for (; i + 8 <= now; i += 8) cells_of_eight(c, x + i, cell + i);
      for (; i < now; i++) cell[i] = cell_of(c, x[i]);
      for (i = 0; i < now; i++) {
        t->cell[cell[i]]++;
        value[slow] = x[i];
        of[slow] = (uint16_t)cell[i];
        slow += c->slow[cell[i]];
      }
      look_at(t, value, of, slow);
    }
    x += now;
    n -= now;
  }
}

/* Slow cells were counted by bin as well, so only the others count here. */
static void settle_cells(tally *t) {
  for (size_t i = 0; i < CELLS; i++) {
    if (!t->by->slow[i]) t->bin[t->by->first[i]] += t->cell[i];
    t->cell[i] = 0;
  }
}

void tally_join(tally *t, tally *from) {
  settle_cells(from);
  for (size_t i = 0; i <= t->by->n; i++) {
    t->bin[i] += from->bin[i];
    t->kept[i] += from->kept[i];
    chunk **end = &from->list[i];
    while (*end) end = &(*end)->next;
    *end = t->list[i];
    t->list[i] = from->list[i];
    from->list[i] = NULL;
  }
  roi_exact_merge(&t->sum, &from->sum);
  roi_exact_merge(&t->squares, &from->squares);
  t->overflowed |= from->overflowed;
  t->out_of_memory |= from->out_of_memory;
}

void tally_keys(const tally *t, size_t i, uint64_t *keys) {
  for (const chunk *c = t->list[i]; c; c = c->next)
    for (size_t j = 0; j < c->n; j++) *keys++ = roi_key_of(c->value[j]);
}
