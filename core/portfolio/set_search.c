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

/* All that differ by one put in, left out, or exchanged. */
static size_t list_neighbours(const search *s, uint64_t from) {
  size_t n = list_additions(s, from);
  for (size_t i = 0; i < s->cases; i++) {
    if (!(from & bit(i))) continue;
    add_set(s, &n, from & ~bit(i));
    for (size_t k = 0; k < s->cases; k++)
      if (!(from & bit(k))) add_set(s, &n, (from & ~bit(i)) | bit(k));
  }
  return n;
}

/* All that differ by one exchanged for two, or two for one. */
static size_t list_double_exchanges(const search *s, uint64_t from) {
  size_t n = 0;
  for (size_t i = 0; i < s->cases; i++)
    for (size_t k = 0; k < s->cases; k++)
      for (size_t m = k + 1; m < s->cases; m++) {
        int in = (from & bit(i)) != 0, others = ((from & bit(k)) != 0) + ((from & bit(m)) != 0);
        if (i != k && i != m && others == (in ? 0 : 2)) add_set(s, &n, from ^ (bit(i) | bit(k) | bit(m)));
      }
  return n;
}

/* Gain for each unit that it spends more; what spends nothing more comes first. */
static double density(const roi_set_figures *f, const roi_set_figures *from) {
  double gain = f->mean - from->mean, more = f->spent - from->spent;
  return more > 0 ? gain / more : gain > 0 ? 1e300 : gain;
}

/* Puts in one after the other; *best: the best set that was measured on the way. */
static roi_status build_up(search *s, int by_density, uint64_t *best, roi_error *err) {
  uint64_t set = 0;
  *best = 0;
  for (size_t step = 0; step < s->cases; step++) {
    size_t n = list_additions(s, set);
    roi_status status = roi_sets_measure(s->list, s->columns, s->sets, n, err);
    if (status) return status;
    const roi_set_figures *from = figures(s, set), *chosen = NULL;
    for (size_t i = 0; i < n; i++) {
      const roi_set_figures *f = figures(s, s->sets[i]);
      if (!roi_set_is_feasible(f, s->confidence)) continue;
      if (roi_set_is_better(f, figures(s, *best))) *best = f->set;
      if (!chosen || (by_density ? density(f, from) > density(chosen, from) : roi_set_is_better(f, chosen))) chosen = f;
    }
    if (!chosen) return ROI_OK;
    set = chosen->set;
  }
  return ROI_OK;
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
    if (!status && !moved) status = step(s, list_double_exchanges(s, set), &set, &moved, err);
  }
  return status;
}

roi_status roi_sets_search(roi_set_list *l, roi_set_columns *c, size_t cases, double confidence, roi_error *err) {
  const uint64_t nothing = 0;
  search s = {l, c, cases, confidence, roi_alloc(cases * cases * cases + cases * cases + 1, sizeof *s.sets)};
  roi_status status = s.sets ? roi_sets_measure(l, c, &nothing, 1, err) : roi_fail_memory(err, "choosing among use cases");
  for (int by_density = 0; by_density < 2 && !status; by_density++) {
    uint64_t best;
    status = build_up(&s, by_density, &best, err);
    if (!status) status = improve(&s, best, err);
  }
  roi_free(s.sets);
  return status;
}
