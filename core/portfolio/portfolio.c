#include "portfolio/portfolio.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"
#include "portfolio/set_search.h"

#define FEWEST_FOR_FOLDS 100

typedef struct choice {
  roi_graph *g;
  const roi_portfolio_ask *ask;
  roi_components components;
  roi_set_columns columns;
  roi_portfolio *p;
} choice;

static roi_status no_memory(roi_error *err) { return roi_fail_memory(err, "choosing among use cases"); }

static int is_feasible(const roi_portfolio *p, size_t i) { return roi_set_is_feasible(&p->sets.item[i], p->confidence); }

/* -- The best ------------------------------------------------------------------------------------------------------------- */

static void find_best(roi_portfolio *p) {
  p->best = p->next = ROI_NO_SET;
  const roi_set_figures *item = p->sets.item;
  for (size_t i = 0; i < p->sets.n; i++) {
    if (!is_feasible(p, i)) continue;
    p->n_feasible++;
    if (p->best == ROI_NO_SET || roi_set_is_better(&item[i], &item[p->best])) p->next = p->best, p->best = i;
    else if (p->next == ROI_NO_SET || roi_set_is_better(&item[i], &item[p->next])) p->next = i;
  }
}

/* Compares the best set with every other that may be as good. The error of a difference is at most the sum of both errors, which leaves
 * most sets out without a look at their trials. */
static roi_status compare_rivals(choice *x, uint64_t *sets, roi_set_difference *differences, roi_error *err) {
  roi_portfolio *p = x->p;
  const roi_set_figures *best = &p->sets.item[p->best];
  size_t n = 0;
  for (size_t i = 0; i < p->sets.n; i++) {
    const roi_set_figures *f = &p->sets.item[i];
    if (i != p->best && is_feasible(p, i) && best->mean - f->mean <= 2 * (best->mean_se + f->mean_se)) sets[n++] = f->set;
  }
  roi_status status = roi_sets_compare(&x->columns, best->set, sets, n, differences, err);
  for (size_t i = 0; i < n && !status; i++) p->rivals += !(differences[i].mean > 2 * differences[i].se);
  return status;
}

static roi_status count_rivals(choice *x, roi_error *err) {
  uint64_t *sets = roi_alloc(x->p->sets.n, sizeof *sets);
  roi_set_difference *differences = roi_alloc(x->p->sets.n, sizeof *differences);
  roi_status status = sets && differences ? compare_rivals(x, sets, differences, err) : no_memory(err);
  roi_free(sets);
  roi_free(differences);
  return status;
}

/* -- What the best of many is worth ----------------------------------------------------------------------------------------- */

/* What the trials without a fold know of a set. */
static roi_set_figures without_fold(const roi_set_figures *f, size_t fold, uint64_t trials) {
  roi_set_figures rest = *f;
  uint64_t n = 0, within = 0;
  double sum = 0;
  for (size_t k = 0; k < ROI_FOLDS; k++) {
    uint64_t count = roi_fold_begin(trials, k + 1) - roi_fold_begin(trials, k);
    if (k == fold) continue;
    n += count;
    within += f->fold_within[k];
    sum += f->fold_mean[k] * (double)count;
  }
  rest.mean = sum / (double)n;
  rest.within.p = (double)within / (double)n;
  return rest;
}

static void measure_honestly(roi_portfolio *p, uint64_t trials) {
  p->honest = NAN;
  if (trials < FEWEST_FOR_FOLDS) return;
  double sum = 0;
  for (size_t fold = 0; fold < ROI_FOLDS; fold++) {
    size_t chosen = ROI_NO_SET;
    roi_set_figures best = {0};
    for (size_t i = 0; i < p->sets.n; i++) {
      roi_set_figures f = without_fold(&p->sets.item[i], fold, trials);
      if (!roi_set_is_feasible(&f, p->confidence) || (chosen != ROI_NO_SET && !roi_set_is_better(&f, &best))) continue;
      chosen = i;
      best = f;
    }
    sum += p->sets.item[chosen].fold_mean[fold] * (double)(roi_fold_begin(trials, fold + 1) - roi_fold_begin(trials, fold));
    p->same_choice += chosen == p->best;
  }
  p->honest = sum / (double)trials;
}

/* -- The frontier ----------------------------------------------------------------------------------------------------------- */

typedef struct entry { const roi_set_figures *f; size_t index; } entry;

/* By falling mean; of equals by falling cvar5, then as roi_set_is_better has it. */
static int by_mean(const void *a, const void *b) {
  const entry *x = a, *y = b;
  if (x->f->mean != y->f->mean) return x->f->mean < y->f->mean ? 1 : -1;
  if (x->f->cvar5 != y->f->cvar5) return x->f->cvar5 < y->f->cvar5 ? 1 : -1;
  return roi_set_is_better(x->f, y->f) ? -1 : 1;
}

static roi_status find_frontier(roi_portfolio *p, roi_error *err) {
  entry *list = roi_alloc(p->sets.n + 1, sizeof *list);
  p->frontier = roi_alloc(p->sets.n + 1, sizeof *p->frontier);
  if (!list || !p->frontier) {
    roi_free(list);
    return no_memory(err);
  }
  size_t n = 0;
  for (size_t i = 0; i < p->sets.n; i++)
    if (is_feasible(p, i)) list[n++] = (entry){&p->sets.item[i], i};
  qsort(list, n, sizeof *list, by_mean);
  double highest = -HUGE_VAL;
  for (size_t i = 0; i < n; i++) {
    if (!(list[i].f->cvar5 > highest)) continue;
    highest = list[i].f->cvar5;
    p->frontier[p->n_frontier++] = list[i].index;
  }
  roi_free(list);
  return ROI_OK;
}

/* -- What each adds --------------------------------------------------------------------------------------------------------- */

static void turn(roi_set_difference *d) {
  roi_share_result above = d->above;
  d->mean = 0 - d->mean; /* 0 stays 0 */
  d->above = d->below;
  d->below = above;
}

static roi_status find_members(choice *x, roi_error *err) {
  roi_portfolio *p = x->p;
  uint64_t best = p->sets.item[p->best].set, others[ROI_MAX_CANDIDATES];
  roi_set_difference differences[ROI_MAX_CANDIDATES];
  p->member = roi_alloc_zero(p->cases, sizeof *p->member);
  if (!p->member) return no_memory(err);
  for (size_t i = 0; i < p->cases; i++) others[i] = best ^ UINT64_C(1) << i;
  roi_status status = roi_sets_compare(&x->columns, best, others, p->cases, differences, err);
  for (size_t i = 0; i < p->cases && !status; i++) {
    roi_portfolio_member *m = &p->member[i];
    m->taken = (best >> i & 1) != 0;
    m->other = roi_set_list_find(&p->sets, others[i]);
    m->adds = differences[i];
    if (!m->taken) turn(&m->adds);
  }
  return status;
}

/* -- The whole -------------------------------------------------------------------------------------------------------------- */

static roi_status choose(choice *x, roi_error *err) {
  roi_portfolio *p = x->p;
  p->cases = x->g->n_candidates;
  p->exact = p->cases <= ROI_EXACT_CASES;
  p->confidence = x->ask->confidence;
  p->sets.progress = x->ask->progress;
  p->sets.progress_data = x->ask->progress_data;
  if (p->cases == 0) return roi_fail(err, ROI_ERR_MODEL, "there are no use cases to choose from");
  roi_status status = roi_components_make(&x->components, x->g, x->ask->budget, err);
  p->spans = x->components.spans;
  for (size_t i = 0; i < x->components.n && !status; i++) {
    size_t bits = (size_t)roi_count_bits(x->components.list[i].mask);
    if (bits > p->largest) p->largest = bits;
  }
  if (!status) status = roi_set_columns_begin(&x->columns, x->g, x->ask->request, &x->components, err);
  if (!status)
    status = p->exact ? roi_sets_measure_all(&p->sets, &x->columns, p->cases, err)
                      : roi_sets_search(&p->sets, &x->columns, p->cases, p->confidence, err);
  if (status) return status;
  find_best(p);
  measure_honestly(p, x->columns.trials);
  status = find_frontier(p, err);
  if (!status) status = count_rivals(x, err);
  if (!status && p->next != ROI_NO_SET)
    status = roi_sets_compare(&x->columns, p->sets.item[p->best].set, &p->sets.item[p->next].set, 1, &p->lead, err);
  if (!status) status = find_members(x, err);
  p->evaluations = x->columns.evaluations;
  return status;
}

roi_status roi_portfolio_choose(roi_graph *g, const roi_portfolio_ask *ask, roi_portfolio **out, roi_error *err) {
  choice x = {.g = g, .ask = ask, .p = roi_alloc_zero(1, sizeof *x.p)};
  *out = NULL;
  if (!x.p) return no_memory(err);
  roi_status status = choose(&x, err);
  roi_set_columns_free(&x.columns);
  roi_components_free(&x.components);
  if (status) roi_portfolio_free(x.p);
  else *out = x.p;
  return status;
}

void roi_portfolio_free(roi_portfolio *p) {
  if (!p) return;
  roi_set_list_free(&p->sets);
  roi_free(p->frontier);
  roi_free(p->member);
  roi_free(p);
}
