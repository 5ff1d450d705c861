/* steps.c - step functions as sorted lists: every atom with the probability up to it. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "dist/family.h"
#include "dist/qtable.h"

/* The most atoms that are listed one by one through the distribution function. */
#define MOST_ATOMS 8192
#define LARGEST_U (1.0 - 0x1p-53)

static double next_of_family(const roi_distribution *d, double x) {
  const double *par = d->par;
  double next = (double)INFINITY;
  switch (d->family) {
    case ROI_FAMILY_DISCRETE:
      for (size_t i = 0; i < d->n_par; i += 2)
        if (par[i] > x && par[i] < next && par[i + 1] > 0.0) next = par[i];
      return next;
    case ROI_FAMILY_EMPIRICAL: {
      size_t low = 0, high = d->n_par; /* the first value above x */
      while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (par[middle] <= x) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low < d->n_par ? par[low] : next;
    }
    default: break;
  }
  next = floor(x) + 1.0;
  double first = d->family == ROI_FAMILY_GEOMETRIC ? 1.0 : 0.0;
  if (next < first) next = first;
  if (d->family == ROI_FAMILY_BERNOULLI && next > 1.0) return (double)INFINITY;
  if (d->family == ROI_FAMILY_BINOMIAL && next > par[0]) return (double)INFINITY;
  return next;
}

/* The next value above x at which a discrete distribution may have an atom; +inf if there is none. */
static double next_atom(const roi_distribution *d, double x) {
  double next = (double)INFINITY;
  switch (d->kind) {
    case ROI_DIST_FAMILY: return next_of_family(d, x);
    case ROI_DIST_TRUNCATE:
      next = next_atom(d->part[0], x < d->lo ? nextafter(d->lo, -(double)INFINITY) : x);
      return next > d->hi ? (double)INFINITY : next;
    case ROI_DIST_CLAMP:
      if (x < d->lo) return d->lo;
      if (x >= d->hi) return next;
      next = next_atom(d->part[0], x);
      return next > d->hi ? d->hi : next;
    case ROI_DIST_MIXTURE:
      for (size_t i = 0; i < d->n_part; i++) {
        double a = d->weight[i] > 0.0 ? next_atom(d->part[i], x) : next;
        if (a < next) next = a;
      }
      return next;
  }
  return next;
}

static roi_status add(roi_steps *s, size_t *room, double value, double cum, roi_error *err) {
  if (s->n == *room) {
    size_t more = *room ? 2 * *room : 64;
    double *v = roi_resize(s->value, more, sizeof *v);
    if (v) s->value = v;
    double *c = v ? roi_resize(s->cum, more, sizeof *c) : NULL;
    if (!c) return roi_fail_memory(err, "listing the values of a discrete distribution");
    s->cum = c;
    *room = more;
  }
  s->value[s->n] = value;
  s->cum[s->n] = cum;
  s->n++;
  return ROI_OK;
}

/* The list through the distribution function, from the lowest atom that a uniform can reach; of a support with too many
 * atoms, those around the median. */
static roi_status list_atoms(roi_steps *s, size_t *room, roi_error *err) {
  const roi_distribution *d = s->dist;
  double first = roi_dist_quantile(d, 0x1p-53, LARGEST_U), last = roi_dist_quantile(d, LARGEST_U, 0x1p-53);
  double p, q, x = nextafter(first, -(double)INFINITY);
  double middle = roi_dist_quantile(d, 0.5, 0.5) - 0.5 * MOST_ATOMS;
  if (last - first > MOST_ATOMS && middle > first) {
    roi_dist_cdf(d, middle, &p, &q);
    if (p < 0.5) {
      x = middle;
      s->from = p;
    }
  }
  for (int i = 0; i < MOST_ATOMS; i++) {
    x = next_atom(d, x);
    if (x == (double)INFINITY) break;
    roi_dist_cdf(d, x, &p, &q);
    double cum = p <= q ? p : 1.0 - q;
    if (s->n == 0 ? cum > s->from : cum > s->cum[s->n - 1]) {
      roi_status status = add(s, room, x, cum, err);
      if (status) return status;
    }
    if (cum >= LARGEST_U) break;
  }
  return ROI_OK;
}

typedef struct atom {
  double value, weight;
} atom;

/* Heapsort: no memory of its own, and the same order everywhere. */
static void sift(atom *a, size_t root, size_t n) {
  for (size_t child; (child = 2 * root + 1) < n; root = child) {
    if (child + 1 < n && a[child + 1].value > a[child].value) child++;
    if (a[root].value >= a[child].value) return;
    atom t = a[root];
    a[root] = a[child];
    a[child] = t;
  }
}

static void sort(atom *a, size_t n) {
  for (size_t i = n / 2; i-- > 0;) sift(a, i, n);
  for (size_t i = n; i-- > 1;) {
    atom t = a[0];
    a[0] = a[i];
    a[i] = t;
    sift(a, 0, i);
  }
}

/* The list of a discrete family's own pairs. */
static roi_status list_pairs(roi_steps *s, size_t *room, roi_error *err) {
  const roi_distribution *d = s->dist;
  size_t n = d->n_par / 2, kept = 0;
  atom *a = roi_alloc(n, sizeof *a);
  if (!a) return roi_fail_memory(err, "listing the values of a discrete distribution");
  double total = 0.0, sum = 0.0;
  for (size_t i = 0; i < n; i++) {
    total += d->par[2 * i + 1];
    if (d->par[2 * i + 1] > 0.0) a[kept++] = (atom){d->par[2 * i], d->par[2 * i + 1]};
  }
  sort(a, kept);
  roi_status status = ROI_OK;
  for (size_t i = 0; i < kept && !status; i++) {
    sum += a[i].weight;
    if (i + 1 < kept && a[i + 1].value == a[i].value) continue;
    double cum = i + 1 == kept ? 1.0 : sum / total;
    if (s->n == 0 || cum > s->cum[s->n - 1]) status = add(s, room, a[i].value, cum, err);
  }
  roi_free(a);
  return status;
}

static roi_status fill_guide(roi_steps *s, roi_error *err) {
  for (s->guides = 1; s->guides < s->n && s->guides < 65536;) s->guides *= 2;
  s->guide = roi_alloc(s->guides, sizeof *s->guide);
  if (!s->guide) return roi_fail_memory(err, "listing the values of a discrete distribution");
  uint32_t i = 0;
  for (uint32_t k = 0; k < s->guides; k++) {
    while (i + 1 < s->n && s->cum[i] < (double)k / s->guides) i++;
    s->guide[k] = i;
  }
  return ROI_OK;
}

roi_status roi_steps_build(roi_steps *s, const roi_distribution *d, roi_error *err) {
  size_t room = 0;
  *s = (roi_steps){.dist = d};
  roi_status status = d->kind == ROI_DIST_FAMILY && d->family == ROI_FAMILY_DISCRETE ? list_pairs(s, &room, err)
                                                                                   : list_atoms(s, &room, err);
  if (!status) status = fill_guide(s, err);
  if (status) roi_steps_free(s);
  return status;
}

void roi_steps_free(roi_steps *s) {
  if (!s) return;
  roi_free(s->value);
  roi_free(s->cum);
  roi_free(s->guide);
  *s = (roi_steps){.value = NULL};
}

double roi_steps_value(const roi_steps *s, double u) {
  if (s->n == 0 || u <= s->from || u > s->cum[s->n - 1]) return roi_dist_quantile(s->dist, u, 1.0 - u);
  uint32_t i = s->guide[(uint32_t)(u * s->guides)];
  while (s->cum[i] < u) i++;
  return s->value[i];
}
