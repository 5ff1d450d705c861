/* Elementary effects: how much the target changes when one factor moves, from many places of the others.
 *
 * REFERENCE Morris (1991), Campolongo et al. (2007): see trajectories.c. mu is the mean effect, mu_star the mean of their sizes, which
 *   does not cancel where a factor pushes both ways, sigma the standard deviation: large where a factor's effect depends on its own
 *   place or on others.
 * What was changed: levels are the probabilities (i + 1/2) / 4, for a grid that holds 0 and 1 would ask most distributions for an
 *   infinite value; a move by two levels is half of the probability, and effects are stated for the whole of it (the change of the target
 *   divided by 1/2). A yes-or-no input moves between no and yes. A group moves as one, each of its draws up or down, so it has a size of
 *   effect but no sign (Campolongo et al., section 4): mu and sigma stay unknown. The interval of mu_star is a bootstrap over
 *   trajectories. A draw made each period is moved in all periods, as far as its mean over them moves. Correlation is left out: every
 *   draw is put at its own probability. */
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "sensitivity/bootstrap.h"
#include "sensitivity/estimators.h"
#include "sensitivity/matrices.h"
#include "sensitivity/methods.h"
#include "sensitivity/trajectories.h"

#define MOST_TRAJECTORIES 10000
#define COLUMNS ROI_BOOTSTRAP_COLUMNS

typedef struct screening { const roi_study *s; roi_trajectories t; unsigned char *correlated, *each_period; } screening;

static double probability(const screening *x, const roi_factor *f, uint32_t draw, int level) {
  if (f->yes_no) return level == 0 ? ROI_LEAST_UNIFORM : 1 - ROI_LEAST_UNIFORM;
  double p = (level + 0.5) / ROI_LEVELS;
  return x->each_period[draw] ? roi_in_each_period(p, x->s->g->horizon) : p;
}

/* Matrix j has point j of all trajectories, one a row. */
static void set_points(const void *data, size_t point, uint64_t row, uint32_t lanes, roi_uniforms *u) {
  const screening *x = data;
  const roi_trajectories *t = &x->t;
  for (size_t f = 0; f < t->factors; f++) {
    const roi_factor *factor = &x->s->factors[f];
    for (size_t c = t->first[f]; c < t->first[f + 1]; c++) {
      double *column = u->room + c * u->stride;
      uint32_t draw = factor->draws[c - t->first[f]];
      for (uint32_t i = 0; i < lanes; i++) {
        size_t trajectory = row + i < t->n ? (size_t)row + i : t->n - 1;
        column[i] = probability(x, factor, draw, roi_level_at(t, trajectory, point, f, c));
      }
      roi_hold(u, x->correlated, draw, column);
    }
  }
}

/* The effect of factor f in a trajectory; of a group its size. */
static double effect_of(const screening *x, const double *y, uint64_t stride, size_t f, size_t trajectory) {
  const roi_trajectories *t = &x->t;
  const roi_factor *factor = &x->s->factors[f];
  size_t step = t->step[trajectory * t->factors + f], c = trajectory * t->coordinates + t->first[f];
  double change = y[(step + 1) * stride + trajectory] - y[step * stride + trajectory];
  double effect = factor->yes_no ? change : change / ((double)ROI_LEVEL_MOVE / ROI_LEVELS);
  if (factor->n_draws > 1) return fabs(effect);
  return t->to[c] > t->from[c] ? effect : -effect;
}

/* Measures of up to COLUMNS factors; effects: [trajectory * COLUMNS + column], room for as many sizes, resamples and values. */
typedef struct room { double *effect, *size, *resample, *values; } room;

static void measure(const screening *x, const roi_bootstrap *b, const double *y, uint64_t stride, size_t first, size_t end, room *m,
                    roi_sensitivity *out) {
  size_t n = x->t.n;
  for (size_t f = first; f < end; f++) {
    size_t column = f - first;
    double sum = 0, size = 0, squares = 0;
    for (size_t i = 0; i < n; i++) {
      double e = effect_of(x, y, stride, f, i);
      m->effect[i * COLUMNS + column] = e;
      m->size[i * COLUMNS + column] = fabs(e);
      sum += e;
      size += fabs(e);
    }
    double mu = sum / (double)n;
    for (size_t i = 0; i < n; i++) {
      double d = m->effect[i * COLUMNS + column] - mu;
      squares += d * d;
    }
    roi_cell(out, ROI_MORRIS_MU_STAR, f)->value = size / (double)n;
    if (x->s->factors[f].n_draws > 1) continue;
    roi_cell(out, ROI_MORRIS_MU, f)->value = mu;
    roi_cell(out, ROI_MORRIS_SIGMA, f)->value = sqrt(squares / (double)(n - 1));
  }
  roi_bootstrap_sums(b, m->size, m->resample);
  for (size_t f = first; f < end; f++) {
    for (size_t r = 0; r < b->resamples; r++) m->values[r] = m->resample[r * COLUMNS + f - first] / (double)n;
    roi_estimate *e = roi_cell(out, ROI_MORRIS_MU_STAR, f);
    roi_bootstrap_interval(m->values, b->resamples, &e->low, &e->high);
  }
}

static roi_status measure_all(const screening *x, const double *y, uint64_t stride, roi_sensitivity *out, roi_error *err) {
  const roi_options *o = &x->s->request->options;
  roi_bootstrap b = {0};
  roi_status status = roi_bootstrap_new(&b, o->seed, x->t.n, x->s->bootstrap, o->threads, o->stop, err);
  room m = {.effect = roi_alloc_zero(x->t.n * COLUMNS, sizeof *m.effect), .size = roi_alloc_zero(x->t.n * COLUMNS, sizeof *m.size),
            .resample = roi_alloc_zero(b.resamples * COLUMNS, sizeof *m.resample), .values = roi_alloc(b.resamples, sizeof *m.values)};
  if (!status && (!m.effect || !m.size || !m.resample || !m.values)) status = roi_fail_memory(err, "bootstrap intervals");
  for (size_t first = 0; first < x->s->n_factors && !status; first += COLUMNS) {
    size_t end = first + COLUMNS < x->s->n_factors ? first + COLUMNS : x->s->n_factors;
    measure(x, &b, y, stride, first, end, &m, out);
    if (o->stop && *o->stop) status = roi_fail(err, ROI_ERR_INTERRUPTED, "interrupted");
  }
  roi_free(m.effect);
  roi_free(m.size);
  roi_free(m.resample);
  roi_free(m.values);
  roi_bootstrap_free(&b);
  return status;
}

/* An input that has one value up to its percentile 90 has no effect at the levels, whatever it does beyond. */
static void note_unmoved(const screening *x, roi_sensitivity *out) {
  char names[700];
  unsigned char *marks = roi_alloc_zero(x->s->n_factors, 1);
  if (!marks) return;
  for (size_t f = 0; f < x->s->n_factors; f++) marks[f] = roi_cell(out, ROI_MORRIS_MU_STAR, f)->value == 0;
  if (roi_name_factors(x->s, marks, names, sizeof names) > 0)
    roi_sensitivity_note(out, "%s: no effect at these percentiles; what happens more rarely is not seen here, but by --method sobol",
                         names);
  roi_free(marks);
}

static void explain(const screening *x, roi_sensitivity *out) {
  int group = 0, yes_no = 0;
  for (size_t f = 0; f < x->s->n_factors; f++) {
    group |= x->s->factors[f].n_draws > 1;
    yes_no |= x->s->factors[f].yes_no;
  }
  roi_sensitivity_note(out, "effects are the change of %.100s per 100 points of an input's percentile, at the percentiles 12.5, 37.5, 62.5 "
                       "and 87.5%s", x->s->target.name, yes_no ? "; of a yes-or-no input from no to yes, either half of the time" : "");
  if (group) roi_sensitivity_note(out, "a group has no one direction, so neither mu nor sigma");
  if (x->s->correlated) roi_sensitivity_note(out, "each input moves alone here, whatever it is correlated with");
}

roi_status roi_morris_run(const roi_study *s, roi_sensitivity *out, roi_error *err) {
  uint64_t n = s->base ? s->base : out->method->base;
  if (n > MOST_TRAJECTORIES)
    return roi_fail(err, ROI_ERR_USAGE, "morris: %llu trajectories are more than the %d that it takes; a few dozen do, and "
                    "'--method sobol' uses a large number better", (unsigned long long)n, MOST_TRAJECTORIES);
  screening x = {.s = s};
  roi_status status = roi_trajectories_new(&x.t, s, (size_t)n, err);
  if (status) return status;
  roi_matrices m = {.count = s->n_factors + 1, .rows = n, .room = x.t.coordinates, .set = set_points, .data = &x};
  uint64_t stride = roi_matrix_stride(n);
  double *y = roi_alloc_aligned(m.count * (size_t)stride, sizeof *y);
  x.correlated = roi_correlated_draws(s->g, err);
  x.each_period = roi_each_period_draws(s->g, err);
  status = y && x.correlated && x.each_period ? roi_matrices_run(s, &m, y, out, err)
                                              : roi_fail_memory(err, "the evaluations of elementary effects");
  if (!status) {
    out->n = n;
    explain(&x, out);
    status = measure_all(&x, y, stride, out, err);
    if (!status) note_unmoved(&x, out);
  }
  roi_free(y);
  roi_free(x.correlated);
  roi_free(x.each_period);
  roi_trajectories_free(&x.t);
  return status;
}
