#include "portfolio/set_figures.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"

/* What was spent may pass a ceiling by this share of it, so that sums that meet it exactly do so whatever order they are added in. */
#define ROUNDING 1e-9

#define STRETCH 64 /* sets between two reports of progress */

static roi_status no_memory(roi_error *err) { return roi_fail_memory(err, "choosing among use cases"); }

/* -- The list ------------------------------------------------------------------------------------------------------------- */

void roi_set_list_free(roi_set_list *l) {
  roi_free(l->item);
  roi_free(l->slot);
  *l = (roi_set_list){0};
}

static size_t slot_of(const roi_set_list *l, uint64_t set) {
  size_t at = (size_t)((set * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & (l->slots - 1);
  while (l->slot[at] && l->item[l->slot[at] - 1].set != set) at = (at + 1) & (l->slots - 1);
  return at;
}

size_t roi_set_list_find(const roi_set_list *l, uint64_t set) {
  return l->slots ? l->slot[slot_of(l, set)] - 1 : ROI_NO_SET;
}

/* Makes room for n more. */
static int make_room(roi_set_list *l, size_t n) {
  size_t wanted = 64;
  while (wanted < 2 * (l->n + n)) wanted *= 2;
  if (wanted <= l->slots) return 0;
  roi_set_figures *item = roi_resize(l->item, wanted, sizeof *item);
  if (item) l->item = item;
  size_t *slot = roi_alloc_zero(wanted, sizeof *slot);
  if (!item || !slot) {
    roi_free(slot);
    return -1;
  }
  roi_free(l->slot);
  l->slot = slot;
  l->slots = l->cap = wanted;
  for (size_t i = 0; i < l->n; i++) l->slot[slot_of(l, l->item[i].set)] = i + 1;
  return 0;
}

/* -- One set -------------------------------------------------------------------------------------------------------------- */

/* Which of n trials, from the first on, stay within every ceiling, and what is spent in them in all spans. */
static void spend(const roi_set_columns *c, uint64_t set, uint64_t first, size_t n, unsigned char *within, double *spent) {
  double one[ROI_UNIT], most[ROI_UNIT], same, same_most;
  size_t spans = c->components->spans;
  memset(within, 1, n);
  for (size_t i = 0; i < n; i++) spent[i] = 0;
  for (size_t k = 1; k <= spans; k++) {
    int fixed = roi_set_constant(c, k, set, &same);
    int fixed_most = roi_set_constant(c, k + spans, set, &same_most);
    if (fixed && fixed_most) {
      if (!(same <= same_most + ROUNDING * fabs(same_most))) memset(within, 0, n);
      for (size_t i = 0; i < n; i++) spent[i] += same;
      continue;
    }
    roi_set_values(c, k, set, first, n, one);
    roi_set_values(c, k + spans, set, first, n, most);
    for (size_t i = 0; i < n; i++) {
      within[i] &= one[i] <= most[i] + ROUNDING * fabs(most[i]);
      spent[i] += one[i];
    }
  }
}

/* One stretch of trials, all of one fold. */
typedef struct sums { roi_moments npv, spent; uint64_t within; } sums;

static void add_stretch(const roi_set_columns *c, uint64_t set, uint64_t first, size_t n, double *x, sums *s) {
  unsigned char within[ROI_UNIT];
  double spent[ROI_UNIT];
  roi_moments m;
  roi_set_values(c, 0, set, first, n, x);
  roi_moments_unit(&m, x, n);
  roi_moments_merge(&s->npv, &m);
  if (c->components->spans == 0 || set == 0) {
    s->within += n;
    return;
  }
  spend(c, set, first, n, within, spent);
  for (size_t i = 0; i < n; i++) s->within += within[i];
  roi_moments_mean_unit(&m, spent, n);
  roi_moments_merge(&s->spent, &m);
}

static void fill_share(roi_share_result *r, uint64_t k, uint64_t n) {
  r->k = k;
  r->n = n;
  roi_share(k, n, &r->p, &r->se, &r->low, &r->high);
}

/* Measures f->set; x: room for all trials. */
static roi_status measure(const roi_set_columns *c, roi_set_figures *f, double *x, roi_error *err) {
  roi_moments npv, spent;
  roi_summary all = {0};
  uint64_t within = 0;
  roi_moments_clear(&npv);
  roi_moments_clear(&spent);
  for (size_t k = 0; k < ROI_FOLDS; k++) {
    sums s = {.within = 0};
    roi_moments_clear(&s.npv);
    roi_moments_clear(&s.spent);
    uint64_t first = roi_fold_begin(c->trials, k), end = roi_fold_begin(c->trials, k + 1);
    for (; first < end; first += ROI_UNIT)
      add_stretch(c, f->set, first, end - first < ROI_UNIT ? (size_t)(end - first) : ROI_UNIT, x + first, &s);
    f->fold_mean[k] = s.npv.mean;
    f->fold_within[k] = s.within;
    within += s.within;
    roi_moments_merge(&npv, &s.npv);
    roi_moments_merge(&spent, &s.spent);
  }
  roi_status status = roi_summarise_column(&all, &npv, x, (size_t)c->trials, err);
  f->mean = all.mean;
  f->mean_se = all.mean_se;
  f->sd = all.sd;
  f->cvar5 = all.cvar5;
  f->cvar5_se = all.cvar5_se;
  f->spent = spent.n ? spent.mean : 0;
  f->spent_se = spent.n ? roi_mean_se(&spent) : 0;
  fill_share(&f->loss, npv.negative, c->trials);
  fill_share(&f->within, within, c->trials);
  return status;
}

/* -- Many ----------------------------------------------------------------------------------------------------------------- */

typedef struct job { const roi_set_columns *c; roi_set_figures *item; roi_status *status; } job;

static void measure_one(void *data, size_t i) {
  job *j = data;
  double *x = roi_alloc_aligned((size_t)j->c->trials, sizeof *x);
  j->status[i] = x ? measure(j->c, &j->item[i], x, NULL) : ROI_ERR_MEMORY;
  roi_free(x);
}

static int was_stopped(const roi_set_columns *c) {
  const volatile int *stop = c->request->options.stop;
  return stop && *stop;
}

/* Measures in stretches, so that it can be told how far it is. */
static void measure_all(const roi_set_list *l, job j, size_t n) {
  const volatile int *stop = j.c->request->options.stop;
  for (size_t done = 0; done < n && !(stop && *stop); done += STRETCH) {
    size_t more = n - done < STRETCH ? n - done : STRETCH;
    roi_parallel(j.c->request->options.threads, more, stop, measure_one, &j);
    j.item += more;
    j.status += more;
    if (l->progress) l->progress(l->progress_data, l->n + done + more);
  }
}

/* Sets that are not in the list, for which there is room. */
static roi_status measure_new(roi_set_list *l, roi_set_columns *c, const uint64_t *sets, size_t n, roi_error *err) {
  roi_status status = roi_set_columns_prepare(c, sets, n, err);
  if (status) return status;
  job j = {.c = c, .item = l->item + l->n, .status = roi_alloc(n + 1, sizeof *j.status)};
  if (!j.status) return no_memory(err);
  for (size_t i = 0; i < n; i++) {
    j.item[i] = (roi_set_figures){.set = sets[i]};
    j.status[i] = ROI_ERR_INTERRUPTED;
  }
  measure_all(l, j, n);
  for (size_t i = 0; i < n && !status; i++) status = j.status[i];
  roi_free(j.status);
  if (status == ROI_ERR_MEMORY) return no_memory(err);
  if (status) return roi_fail(err, status, was_stopped(c) ? "interrupted" : "choosing among use cases failed");
  for (size_t i = 0; i < n; i++) {
    l->slot[slot_of(l, sets[i])] = l->n + 1;
    l->n++;
  }
  return ROI_OK;
}

roi_status roi_sets_measure(roi_set_list *l, roi_set_columns *c, const uint64_t *sets, size_t n, roi_error *err) {
  uint64_t *fresh = roi_alloc(n + 1, sizeof *fresh);
  size_t n_fresh = 0, most = roi_set_columns_most(c);
  if (!fresh || make_room(l, n) != 0) {
    roi_free(fresh);
    return no_memory(err);
  }
  for (size_t i = 0; i < n; i++)
    if (roi_set_list_find(l, sets[i]) == ROI_NO_SET) fresh[n_fresh++] = sets[i];
  roi_status status = ROI_OK;
  for (size_t i = 0; i < n_fresh && !status; i += most)
    status = measure_new(l, c, fresh + i, n_fresh - i < most ? n_fresh - i : most, err);
  roi_free(fresh);
  return status;
}

/* -- Differences ---------------------------------------------------------------------------------------------------------- */

typedef struct comparison { const roi_set_columns *c; uint64_t set; const uint64_t *others; roi_set_difference *out; } comparison;

static void compare_one(void *data, size_t i) {
  const comparison *j = data;
  const roi_set_columns *c = j->c;
  double x[ROI_UNIT], y[ROI_UNIT];
  roi_moments m, all;
  uint64_t above = 0, below = 0;
  roi_moments_clear(&all);
  for (uint64_t first = 0; first < c->trials; first += ROI_UNIT) {
    size_t n = c->trials - first < ROI_UNIT ? (size_t)(c->trials - first) : ROI_UNIT;
    roi_set_values(c, 0, j->set, first, n, x);
    roi_set_values(c, 0, j->others[i], first, n, y);
    for (size_t k = 0; k < n; k++) {
      x[k] -= y[k];
      above += x[k] > 0;
      below += x[k] < 0;
    }
    roi_moments_mean_unit(&m, x, n);
    roi_moments_merge(&all, &m);
  }
  roi_set_difference *d = &j->out[i];
  d->mean = all.mean;
  d->se = roi_mean_se(&all);
  fill_share(&d->above, above, c->trials);
  fill_share(&d->below, below, c->trials);
}

/* Others that fit the memory together with the set; room for one more in `sets`. */
static roi_status compare_batch(roi_set_columns *c, comparison j, size_t n, uint64_t *sets, roi_error *err) {
  sets[0] = j.set;
  memcpy(sets + 1, j.others, n * sizeof *sets);
  roi_status status = roi_set_columns_prepare(c, sets, n + 1, err);
  if (status) return status;
  roi_parallel(c->request->options.threads, n, c->request->options.stop, compare_one, &j);
  return was_stopped(c) ? roi_fail(err, ROI_ERR_INTERRUPTED, "interrupted") : ROI_OK;
}

roi_status roi_sets_compare(roi_set_columns *c, uint64_t set, const uint64_t *others, size_t n, roi_set_difference *out, roi_error *err) {
  size_t most = roi_set_columns_most(c);
  most = most > 2 ? most - 1 : 1;
  uint64_t *sets = roi_alloc((n < most ? n : most) + 1, sizeof *sets);
  roi_status status = sets ? ROI_OK : no_memory(err);
  for (size_t i = 0; i < n && !status; i += most) {
    comparison j = {c, set, others + i, out + i};
    status = compare_batch(c, j, n - i < most ? n - i : most, sets, err);
  }
  roi_free(sets);
  return status;
}
