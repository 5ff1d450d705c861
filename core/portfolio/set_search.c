#include "portfolio/set_search.h"

#include "base/error.h"
#include "base/memory.h"

int roi_set_is_better(const roi_set_figures *a, const roi_set_figures *b) {
  if (a->mean != b->mean) return a->mean > b->mean;
  int n = roi_count_bits(a->set), m = roi_count_bits(b->set);
  return n != m ? n < m : a->set < b->set;
}

roi_status roi_sets_measure_all(roi_set_list *l, roi_set_columns *c, size_t cases, roi_error *err) {
  size_t n = (size_t)1 << cases;
  uint64_t *sets = roi_alloc(n, sizeof *sets);
  if (!sets) return roi_fail_memory(err, "choosing among use cases");
  for (size_t i = 0; i < n; i++) sets[i] = i;
  roi_status status = roi_sets_measure(l, c, sets, n, err);
  roi_free(sets);
  return status;
}

typedef struct search {
  roi_set_list *list;
  roi_set_columns *columns;
  size_t cases;
  double confidence;
  uint64_t *sets;   /* room for all that differ from one by one step */
} search;

static const roi_set_figures *figures(const search *s, uint64_t set) { return &s->list->item[roi_set_list_find(s->list, set)]; }

static uint64_t bit(size_t i) { return UINT64_C(1) << i; }

static void add_set(const search *s, size_t *n, uint64_t set) { s->sets[(*n)++] = set; }

static size_t list_additions(const search *s, uint64_t from) {
  size_t n = 0;
  for (size_t i = 0; i < s->cases; i++)
    if (!(from & bit(i))) add_set(s, &n, from | bit(i));
  return n;
}

/* All that differ in one or two use cases. */
static size_t list_neighbours(const search *s, uint64_t from) {
  size_t n = 0;
  for (size_t i = 0; i < s->cases; i++) {
    add_set(s, &n, from ^ bit(i));
    for (size_t k = 0; k < i; k++) add_set(s, &n, from ^ bit(i) ^ bit(k));
  }
  return n;
}

/* All that differ in three. */
static size_t list_further(const search *s, uint64_t from) {
  size_t n = 0;
  for (size_t i = 0; i < s->cases; i++)
    for (size_t k = 0; k < i; k++)
      for (size_t m = 0; m < k; m++) add_set(s, &n, from ^ bit(i) ^ bit(k) ^ bit(m));
  return n;
}

/* Gain for each unit that it spends more; what spends nothing more comes first. */
static double density(const roi_set_figures *f, const roi_set_figures *from) {
  double gain = f->mean - from->mean, more = f->spent - from->spent;
  return more > 0 ? gain / more : gain > 0 ? 1e300 : gain;
}

/* What is walked by: what adds most; what adds most for what it spends; from all, leaving out what brings least for what it spends. */
enum { BY_WORTH, BY_DENSITY, DOWNWARDS };

static size_t list_steps(const search *s, int walk, uint64_t from) {
  size_t n = 0;
  if (walk != DOWNWARDS) return list_additions(s, from);
  for (size_t i = 0; i < s->cases; i++)
    if (from & bit(i)) add_set(s, &n, from & ~bit(i));
  return n;
}

/* Whether to go on from `from` to a rather than to b. On the way down feasibility comes first, and then worth. */
static int goes_before(const search *s, int walk, const roi_set_figures *from, const roi_set_figures *a, const roi_set_figures *b) {
  if (walk == BY_DENSITY) return density(a, from) > density(b, from);
  if (walk == DOWNWARDS && !roi_set_is_feasible(from, s->confidence)) return density(from, a) < density(from, b);
  return roi_set_is_better(a, b);
}

/* Goes from a set as far as the walk leads; *best: the best feasible set that was measured on the way. */
static roi_status walk_on(search *s, int walk, uint64_t set, uint64_t *best, roi_error *err) {
  *best = 0;
  roi_status status = roi_sets_measure(s->list, s->columns, &set, 1, err);
  if (!status && roi_set_is_feasible(figures(s, set), s->confidence)) *best = set;
  for (size_t i = 0; i < s->cases && !status; i++) {
    size_t n = list_steps(s, walk, set);
    status = roi_sets_measure(s->list, s->columns, s->sets, n, err);
    if (status) return status;
    const roi_set_figures *from = figures(s, set), *chosen = NULL;
    for (size_t k = 0; k < n; k++) {
      const roi_set_figures *f = figures(s, s->sets[k]);
      int feasible = roi_set_is_feasible(f, s->confidence);
      if (feasible && roi_set_is_better(f, figures(s, *best))) *best = f->set;
      if ((feasible || walk == DOWNWARDS) && (!chosen || goes_before(s, walk, from, f, chosen))) chosen = f;
    }
    if (!chosen) return ROI_OK;
    set = chosen->set;
  }
  return status;
}

/* Goes on to the best of the sets listed, if that is better; 1 if it is. */
static roi_status step(search *s, size_t n, uint64_t *set, int *moved, roi_error *err) {
  roi_status status = roi_sets_measure(s->list, s->columns, s->sets, n, err);
  if (status) return status;
  const roi_set_figures *chosen = figures(s, *set);
  for (size_t i = 0; i < n; i++) {
    const roi_set_figures *f = figures(s, s->sets[i]);
    if (roi_set_is_feasible(f, s->confidence) && roi_set_is_better(f, chosen)) chosen = f;
  }
  *moved = chosen->set != *set;
  *set = chosen->set;
  return ROI_OK;
}

static roi_status improve(search *s, uint64_t set, roi_error *err) {
  roi_status status = ROI_OK;
  for (int moved = 1; moved && !status;) {
    status = step(s, list_neighbours(s, set), &set, &moved, err);
    if (!status && !moved) status = step(s, list_further(s, set), &set, &moved, err);
  }
  return status;
}

static roi_status search_from(search *s, int walk, uint64_t set, roi_error *err) {
  uint64_t best;
  roi_status status = walk_on(s, walk, set, &best, err);
  return status ? status : improve(s, best, err);
}

roi_status roi_sets_search(roi_set_list *l, roi_set_columns *c, size_t cases, double confidence, roi_error *err) {
  const uint64_t nothing = 0;
  search s = {l, c, cases, confidence, roi_alloc(cases * cases * cases + 1, sizeof *s.sets)};
  roi_status status = s.sets ? roi_sets_measure(l, c, &nothing, 1, err) : roi_fail_memory(err, "choosing among use cases");
  if (!status) status = search_from(&s, BY_WORTH, 0, err);
  if (!status) status = search_from(&s, DOWNWARDS, UINT64_MAX >> (64 - cases), err);
  for (size_t i = 0; i < cases && !status; i++) status = search_from(&s, BY_DENSITY, bit(i), err);
  roi_free(s.sets);
  return status;
}
