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

typedef int32_t short_lanes __attribute__((vector_size(16)));

/* The cells of four values, then of one: rising in x, the same on every instruction set, NaN in cell 0. */
static inline short_lanes even_cells(const cuts *c, lanes x) {
  const lanes top = {CELLS - 2, CELLS - 2, CELLS - 2, CELLS - 2};
  lanes t = (x - c->low) * c->scale;
  mask_lanes inside = t >= 0.0;
  t = LANES_SELECT(t < top, t, top) + 1.0;
  return __builtin_convertvector((lanes)((mask_lanes)t & inside), short_lanes);
}

static inline int32_t even_cell(const cuts *c, double x) {
  double t = (x - c->low) * c->scale;
  return t >= 0 ? (int32_t)((t < CELLS - 2 ? t : CELLS - 2) + 1.0) : 0;
}

static inline short_lanes log_cells(const cuts *c, lanes x) {
  mask_lanes inside = x >= c->low, d = ((mask_lanes)x & inside) - c->low_bits, near = d < c->span;
  d = (d & near) | (c->span & ~near);
  return __builtin_convertvector(((d >> c->shift) + 1) & inside, short_lanes);
}

static inline int32_t log_cell(const cuts *c, double x) {
  if (!(x >= c->low)) return 0;
  int64_t d;
  memcpy(&d, &x, sizeof d);
  d -= c->low_bits;
  return (int32_t)((d < c->span ? d : c->span) >> c->shift) + 1;
}

static inline int32_t cell_of(const cuts *c, double x) {
  return c->grid == GRID_LOG ? log_cell(c, x) : even_cell(c, x);
}

static void find_cells(const cuts *c, const double *x, size_t n, int32_t *cell) {
  size_t i = 0, fours = n - n % 4;
  lanes v;
  short_lanes found;
  for (; c->grid == GRID_EVEN && i < fours; i += 4) {
    memcpy(&v, x + i, sizeof v);
    found = even_cells(c, v);
    memcpy(cell + i, &found, sizeof found);
  }
  for (; c->grid == GRID_LOG && i < fours; i += 4) {
    memcpy(&v, x + i, sizeof v);
    found = log_cells(c, v);
    memcpy(cell + i, &found, sizeof found);
  }
  for (; i < n; i++) cell[i] = cell_of(c, x[i]);
}

#define FEW 2 /* cuts not above 0 that a log grid may leave to cell 0: the histogram's first edges */

/* Lays the grid over the cuts, which are two or more. Even cells serve most columns; cuts that spread over orders of
 * magnitude would crowd into the first few. */
static void lay_grid(cuts *c) {
  double high = c->cut[c->n - 1], low = c->cut[0];
  c->low = low;
  c->scale = (CELLS - 3) / (high - low);
  if (isfinite(c->scale) && c->scale > 0) c->grid = GRID_EVEN;
  size_t first = 0;
  while (first < FEW && first + 1 < c->n && c->cut[first] <= 0) first++;
  low = c->cut[first];
  if (!(low > 0 && high / 100 > low)) return;
  int64_t top;
  memcpy(&c->low_bits, &low, sizeof low);
  memcpy(&top, &high, sizeof high);
  while ((top - c->low_bits) >> c->shift > CELLS - 4) c->shift++;
  c->span = (int64_t)(CELLS - 2) << c->shift;
  c->low = low;
  c->grid = GRID_LOG;
}

cuts *roi_cuts_new(const double *cut, size_t n) {
  cuts *c = roi_alloc_zero(1, sizeof *c);
  if (!c) return NULL;
  c->n = n;
  c->cut = roi_alloc(n + 2, sizeof *c->cut);
  c->action = roi_alloc_zero(n + 1, 1);
  if (!c->cut || !c->action) {
    roi_cuts_free(c);
    return NULL;
  }
  if (n > 0) memcpy(c->cut, cut, n * sizeof *cut);
  c->cut[n] = c->cut[n + 1] = INFINITY;
  if (n > 1) lay_grid(c);
  if (c->grid == GRID_NONE) {
    c->cuts_in[0] = (uint16_t)n;
    return c;
  }
  for (size_t i = 0; i < n; i++) c->cuts_in[cell_of(c, cut[i])]++;
  for (size_t i = 1; i < CELLS; i++) c->first[i] = (uint16_t)(c->first[i - 1] + c->cuts_in[i - 1]);
  return c;
}

void roi_cuts_free(cuts *c) {
  if (!c) return;
  roi_free(c->cut);
  roi_free(c->action);
  roi_free(c);
}

void roi_cuts_ready(cuts *c) {
  for (size_t i = 0; i < CELLS; i++) c->slow[i] = c->cuts_in[i] > 0 || c->action[c->first[i]] != BIN_COUNT;
  c->slow[0] = c->slow[CELLS - 1] = 1; /* NaN and infinities fall here */
}

/* The bin of x, known to lie among the cuts of a cell: how many cuts are not above x. */
static inline size_t search(const cuts *c, size_t cell, double x) {
  size_t at = c->first[cell], n = c->cuts_in[cell];
  while (n > 2) {
    size_t half = n / 2;
    at += half & -(size_t)(c->cut[at + half] <= x); /* no branch: which way it goes is chance */
    n -= half;
  }
  /* At most two cuts are left, and those behind them are above x. */
  return at + (c->cut[at] <= x) + (c->cut[at + 1] <= x);
}

int roi_cuts_single(const cuts *c, size_t i) {
  return i > 0 && roi_next_up(c->cut[i - 1]) == c->cut[i];
}

/* -- Tallies ------------------------------------------------------------------------------------------------------------- */

tally *roi_tally_new(const cuts *c, atomic_llong *room) {
  tally *t = roi_alloc_zero(1, sizeof *t);
  if (!t) return NULL;
  t->by = c;
  t->room = room;
  t->bin = roi_alloc_zero(c->n + 1, sizeof *t->bin);
  t->kept = roi_alloc_zero(c->n + 1, sizeof *t->kept);
  t->list = roi_alloc_zero(c->n + 1, sizeof(chunk *));
  if (t->bin && t->kept && t->list) return t;
  roi_tally_free(t);
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

void roi_tally_free(tally *t) {
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

void roi_tally_keep(tally *t, size_t bin, double x) {
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
      roi_tally_keep(t, bin, x[i]);
      kept++;
    }
    below[n_below] = x[i];
    n_below += c->action[bin] == BIN_SUM;
  }
  if (n_below > 0) add_to_sums(t, below, n_below);
  if (kept > 0 && !t->overflowed && atomic_fetch_sub(t->room, (long long)kept) < (long long)kept)
    give_up(t, &t->overflowed);
}

/* Counts n values by cell and sets aside those in slow cells; returns how many. */
static size_t count_cells(uint64_t *restrict count, const unsigned char *restrict is_slow, const double *restrict x,
                          const int32_t *restrict cell, size_t n, double *restrict value, uint16_t *restrict of) {
  size_t slow = 0;
  for (size_t i = 0; i < n; i++) {
    size_t c = (size_t)cell[i];
    count[c]++;
    value[slow] = x[i];
    of[slow] = (uint16_t)c;
    slow += is_slow[c];
  }
  return slow;
}

void roi_tally_feed(tally *t, const double *x, size_t n) {
  const cuts *c = t->by;
  double value[BATCH];
  uint16_t of[BATCH];
  int32_t cell[BATCH] = {0};
  while (n > 0) {
    size_t now = n < BATCH ? n : BATCH, slow = 0;
    if (c->grid == GRID_NONE) {
      memset(of, 0, sizeof of);
      look_at(t, x, of, now);
    } else {
      find_cells(c, x, now, cell);
      slow = count_cells(t->cell, c->slow, x, cell, now, value, of);
      look_at(t, value, of, slow);
    }
    x += now;
    n -= now;
  }
}

/* Slow cells were counted by bin as well, so only the others count here. */
void roi_tally_settle(tally *t) {
  for (size_t i = 0; i < CELLS; i++) {
    if (!t->by->slow[i]) t->bin[t->by->first[i]] += t->cell[i];
    t->cell[i] = 0;
  }
}

void roi_tally_join(tally *t, tally *from) {
  roi_tally_settle(from);
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

void roi_tally_keys(const tally *t, size_t i, uint64_t *keys) {
  for (const chunk *c = t->list[i]; c; c = c->next)
    for (size_t j = 0; j < c->n; j++) *keys++ = roi_key_of(c->value[j]);
}
