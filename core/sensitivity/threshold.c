/* For each factor alone: the percentile at which the expected target turns negative. The factor is fixed at a probability, the others
 * vary as they do, in the same trials for every probability (common random numbers).
 *
 * METHOD A grid of probabilities over the first trials finds where the mean changes its sign (it need not be monotone); bisection on the
 *   same trials closes in. What the mean of these trials lacks of the mean of all, with nothing fixed, is added to each of their means,
 *   so that few trials do for the search. Then, with all trials, the mean at the place found and at either side gives a slope, and two
 *   steps of Newton's method end at the place where the mean of all trials is zero. Where an input has steps the mean jumps over zero: the
 *   place is then that of the step, if the mean of all trials has opposite signs beside it. Where it crosses zero several times the
 *   place nearest to the median is told, and the chance counts all of them, the others as the search has them.
 * ACCURACY The interval is 1.96 standard errors of the mean at that place divided by the slope (delta method): the Monte Carlo error of
 *   the trials, which the place inherits from the mean. Of a jump there is none. Against closed forms in
 *   tests/unit/sensitivity_points_test.c. */
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "sensitivity/estimators.h"
#include "sensitivity/matrices.h"
#include "sensitivity/methods.h"
#include "sensitivity/swings.h"

#define SEARCH_TRIALS 4096
#define LEAST_SEARCH 256
#define MOST_TRIALS 1000000
#define LEAST_TRIALS 1000
/* Draws that the search, and all trials together, may cost: with many inputs, each with evaluations of its own, trials are fewer. */
#define SEARCH_DRAWS 5e8
#define ALL_DRAWS 1e10
#define ROOM ((size_t)1 << 23) /* doubles for one batch of evaluations */
#define PRECISION 1e-3         /* of the search: of the probability, or of what it lacks of 1 */
#define LOW 0.05
#define HIGH 0.95

static const double grid[] = {0.001, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999};
enum { GRID = sizeof grid / sizeof grid[0] };
#define NO_FACTOR SIZE_MAX

/* The mean of the target with a factor fixed at a probability. */
typedef struct job { size_t factor; double p, mean, se; } job;

/* Another crossing lies between; known from the trials of the search alone. */
typedef struct place { size_t factor; double low, high, low_mean; } place;

typedef struct edge {     /* what is known of one factor */
  int crossings;          /* of zero, on the grid */
  int is_step;            /* the mean jumps over zero there */
  double low, high;       /* the crossing lies between */
  double low_mean, high_mean, drop; /* drop: their difference on the grid */
  double p, p_low, p_high, slope;
  double turned;          /* of a step: a probability where the mean has turned its sign; else p */
  double at_low, at_high;
} edge;

typedef struct search {
  const roi_study *s;
  roi_sensitivity *out;
  edge *edges;            /* by factor */
  place *others; size_t n_others; /* the crossings of factors that have several, but for the one in `edges`; by factor, rising */
  job *jobs; size_t n_jobs; /* room for the largest batch */
  const job *current;     /* of the batch that runs */
  double *y;
  unsigned char *correlated, *each_period; /* by draw */
  uint64_t trials;        /* all */
  double offset;          /* added to means: of all trials over those of the search */
} search;

static void set_factor(const void *data, size_t matrix, uint64_t row, uint32_t lanes, roi_uniforms *u) {
  const search *x = data;
  const job *j = &x->current[matrix];
  (void)row;
  if (j->factor == NO_FACTOR) return;
  const roi_factor *f = &x->s->factors[j->factor];
  double *once = u->room, *in_each = u->room + u->stride, p = f->yes_no ? j->p : roi_in_each_period(j->p, x->s->g->horizon);
  for (uint32_t i = 0; i < lanes; i++) {
    once[i] = j->p;
    in_each[i] = p;
  }
  for (size_t i = 0; i < f->n_draws; i++) roi_hold(u, x->correlated, f->draws[i], x->each_period[f->draws[i]] ? in_each : once);
}

static void mean_of(job *j, const double *y, uint64_t n, double offset) {
  roi_moments all, part;
  roi_moments_clear(&all);
  for (uint64_t i = 0; i < n; i += ROI_UNIT) {
    roi_moments_mean_unit(&part, y + i, n - i < ROI_UNIT ? (size_t)(n - i) : ROI_UNIT);
    roi_moments_merge(&all, &part);
  }
  j->mean = all.mean + offset;
  j->se = sqrt(all.m2 / (double)(n - 1) / (double)n);
}

/* Runs the jobs over the first `trials` trials, as many at once as there is room for. */
static roi_status run_jobs(search *x, uint64_t trials, roi_error *err) {
  uint64_t stride = roi_matrix_stride(trials);
  size_t batch = ROOM / (size_t)stride > 0 ? ROOM / (size_t)stride : 1;
  for (size_t first = 0; first < x->n_jobs; first += batch) {
    size_t n = x->n_jobs - first < batch ? x->n_jobs - first : batch;
    roi_matrices m = {.count = n, .rows = trials, .room = 2, .set = set_factor, .data = x};
    x->current = x->jobs + first;
    roi_status status = roi_matrices_run(x->s, &m, x->y, x->out, err);
    if (status) return status;
    for (size_t i = 0; i < n; i++) mean_of(&x->jobs[first + i], x->y + i * stride, trials, x->offset);
  }
  return ROI_OK;
}

static size_t add_job(search *x, size_t factor, double p) {
  x->jobs[x->n_jobs] = (job){.factor = factor, .p = p};
  return x->n_jobs++;
}

static int is_open(double low, double high) {
  double middle = (low + high) / 2, near_end = middle < 0.5 ? middle : 1 - middle;
  return high - low > PRECISION * near_end;
}

/* The crossing nearest to the median: the one that takes the least to get to. The others are kept apart. */
static void look_at_grid(search *x, edge *e, const job *at) {
  double nearest = 1;
  for (size_t i = 0; i + 1 < GRID; i++) {
    if ((at[i].mean < 0) == (at[i + 1].mean < 0)) continue;
    e->crossings++;
    double away = fabs((at[i].p + at[i + 1].p) / 2 - 0.5);
    if (away >= nearest) continue;
    nearest = away;
    e->low = at[i].p;
    e->high = at[i + 1].p;
    e->low_mean = at[i].mean;
    e->high_mean = at[i + 1].mean;
    e->drop = e->high_mean - e->low_mean;
  }
  for (size_t i = 0; i + 1 < GRID && e->crossings > 1; i++)
    if ((at[i].mean < 0) != (at[i + 1].mean < 0) && at[i].p != e->low)
      x->others[x->n_others++] = (place){at->factor, at[i].p, at[i + 1].p, at[i].mean};
}

/* The mean with nothing fixed, of all trials, and what that of the search lacks. */
static roi_status find_offset(search *x, uint64_t some, roi_error *err) {
  x->n_jobs = 0;
  x->offset = 0;
  add_job(x, NO_FACTOR, 0.5);
  roi_status status = run_jobs(x, x->trials, err);
  if (status) return status;
  x->out->mean = x->jobs[0].mean;
  status = run_jobs(x, some, err);
  x->offset = x->out->mean - x->jobs[0].mean;
  return status;
}

static roi_status search_grid(search *x, uint64_t trials, roi_error *err) {
  x->n_jobs = 0;
  for (size_t f = 0; f < x->s->n_factors; f++)
    for (size_t i = 0; i < GRID && !x->s->factors[f].yes_no; i++) add_job(x, f, grid[i]);
  roi_status status = run_jobs(x, trials, err);
  for (size_t i = 0; i < x->n_jobs && !status; i += GRID) look_at_grid(x, &x->edges[x->jobs[i].factor], x->jobs + i);
  return status;
}

/* Halves where a crossing lies by the mean in the middle. */
static void halve(const job *middle, double *low, double *high, double *low_mean, double *high_mean) {
  int at_low = (middle->mean < 0) == (*low_mean < 0);
  *(at_low ? low : high) = middle->p;
  *(at_low ? low_mean : high_mean) = middle->mean;
}

static roi_status bisect(search *x, uint64_t trials, roi_error *err) {
  for (;;) {
    x->n_jobs = 0;
    for (size_t f = 0; f < x->s->n_factors; f++) {
      const edge *e = &x->edges[f];
      if (e->crossings > 0 && is_open(e->low, e->high)) add_job(x, f, (e->low + e->high) / 2);
    }
    size_t n_edges = x->n_jobs, done = 0;
    for (size_t i = 0; i < x->n_others; i++) {
      const place *o = &x->others[i];
      if (is_open(o->low, o->high)) add_job(x, o->factor, (o->low + o->high) / 2);
    }
    if (x->n_jobs == 0) return ROI_OK;
    roi_status status = run_jobs(x, trials, err);
    if (status) return status;
    for (; done < n_edges; done++) {
      edge *e = &x->edges[x->jobs[done].factor];
      halve(&x->jobs[done], &e->low, &e->high, &e->low_mean, &e->high_mean);
    }
    for (size_t i = 0; i < x->n_others; i++) {
      place *o = &x->others[i];
      double ignored = 0;
      if (is_open(o->low, o->high)) halve(&x->jobs[done++], &o->low, &o->high, &o->low_mean, &ignored);
    }
  }
}

/* How far to either side the slope is measured. */
static double span_at(double p) { return (p < 0.5 ? p : 1 - p) / 20; }

static int is_smooth(const edge *e) { return e->crossings > 0 && !e->is_step; }

/* A step of Newton's method from e->p, where the mean of all trials is `mean`. A step out of the range, or a slope of the other sign,
 * says that what looked like a crossing in the trials of the search is none in all of them. */
static void step_to(edge *e, double mean) {
  double p = e->p - mean / e->slope;
  if ((e->slope > 0) == (e->drop > 0) && p > 0 && p < 1) e->p = p;
  else e->crossings = 0;
}

/* A crossing closed in by bisection: a step if most of what the mean changed by on the grid is still between its ends. */
static void classify(const search *x, edge *e) {
  if (e->crossings == 0) return;
  e->is_step = fabs(e->high_mean - e->low_mean) > 0.1 * fabs(e->drop);
  e->p = (e->low + e->high) / 2;
  e->p_low = e->p_high = (double)NAN;
  e->turned = (e->low_mean < 0) == (x->out->mean >= 0) ? e->low : e->high;
}

/* All trials: both ends of each factor, the crossings' slopes with a first step of Newton's method, the signs beside steps. */
static roi_status measure_slopes(search *x, roi_error *err) {
  x->n_jobs = 0;
  for (size_t f = 0; f < x->s->n_factors; f++) {
    edge *e = &x->edges[f];
    int yes_no = x->s->factors[f].yes_no;
    classify(x, e);
    add_job(x, f, yes_no ? ROI_LEAST_UNIFORM : LOW);
    add_job(x, f, yes_no ? 1 - ROI_LEAST_UNIFORM : HIGH);
    for (int side = -1; side <= 1 && is_smooth(e); side++) add_job(x, f, e->p + side * span_at(e->p));
    if (!e->is_step) continue;
    add_job(x, f, e->low);
    add_job(x, f, e->high);
  }
  roi_status status = run_jobs(x, x->trials, err);
  const job *j = x->jobs;
  for (size_t f = 0; f < x->s->n_factors && !status; f++) {
    edge *e = &x->edges[f];
    e->at_low = j++->mean;
    e->at_high = j++->mean;
    if (is_smooth(e)) {
      e->slope = (j[2].mean - j[0].mean) / (j[2].p - j[0].p);
      step_to(e, j[1].mean);
      j += 3;
    } else if (e->is_step) {
      if ((j[0].mean < 0) == (j[1].mean < 0)) e->crossings = 0;
      j += 2;
    }
  }
  return status;
}

/* The second step, and the interval. */
static roi_status close_in(search *x, roi_error *err) {
  x->n_jobs = 0;
  for (size_t f = 0; f < x->s->n_factors; f++)
    if (is_smooth(&x->edges[f])) add_job(x, f, x->edges[f].p);
  roi_status status = run_jobs(x, x->trials, err);
  for (size_t i = 0; i < x->n_jobs && !status; i++) {
    const job *j = &x->jobs[i];
    edge *e = &x->edges[j->factor];
    double half = ROI_Z95 * j->se / fabs(e->slope);
    step_to(e, j->mean);
    e->p_low = e->p - half > ROI_LEAST_UNIFORM ? e->p - half : ROI_LEAST_UNIFORM;
    e->p_high = e->p + half < 1 - ROI_LEAST_UNIFORM ? e->p + half : 1 - ROI_LEAST_UNIFORM;
    e->turned = e->p;
  }
  return status;
}

/* -- What is reported ---------------------------------------------------------------------------------------------------------- */

/* How much of the factor's probability lies where the mean is negative: it begins at each crossing where the mean falls below zero and
 * ends at each where it rises above. */
static double negative_share(const search *x, size_t f) {
  const edge *e = &x->edges[f];
  double last = e->p, share = e->drop > 0 ? e->p : -e->p;
  int negative_above = e->drop < 0; /* the last crossing */
  for (size_t i = 0; i < x->n_others; i++) {
    const place *o = &x->others[i];
    if (o->factor != f) continue;
    double p = (o->low + o->high) / 2;
    share += o->low_mean < 0 ? p : -p;
    if (p < last) continue;
    last = p;
    negative_above = o->low_mean >= 0;
  }
  return negative_above ? share + 1 : share;
}

/* The chance that the input turns the sign: that the mean, positive as it is, becomes negative, or the other way round. */
static void report_edge(search *x, size_t f, const double *value, int has_interval) {
  roi_sensitivity *out = x->out;
  const edge *e = &x->edges[f];
  double negative = negative_share(x, f);
  int turns_below = (e->drop > 0) == (out->mean >= 0);
  roi_estimate chance = {out->mean < 0 ? 1 - negative : negative, NAN, NAN};
  if (e->crossings == 1) {
    chance.low = turns_below ? e->p_low : 1 - e->p_high;
    chance.high = turns_below ? e->p_high : 1 - e->p_low;
  }
  *roi_cell(out, ROI_THRESHOLD_PERCENTILE, f) = (roi_estimate){e->p, e->p_low, e->p_high};
  *roi_cell(out, ROI_THRESHOLD_CHANCE, f) = chance;
  *roi_cell(out, ROI_THRESHOLD_VALUE, f) =
      (roi_estimate){value[0], has_interval ? value[1] : (double)NAN, has_interval ? value[2] : (double)NAN};
}

/* The inputs' values at the places found, from the model itself: others at their median where a parameter is uncertain. */
static roi_status report_edges(search *x, roi_error *err) {
  const roi_study *s = x->s;
  size_t draws = roi_graph_draws(s->g), points = 3;
  double *u = roi_alloc(points * draws, sizeof *u);
  roi_status status = u ? ROI_OK : roi_fail_memory(err, "thresholds");
  for (size_t f = 0; f < s->n_factors && !status; f++) {
    const edge *e = &x->edges[f];
    const roi_factor *factor = &s->factors[f];
    double value[3] = {NAN, NAN, NAN}, p[3] = {e->turned, e->p_low, e->p_high};
    if (e->crossings == 0 || factor->yes_no) continue;
    for (size_t i = 0; i < points * draws; i++) u[i] = 0.5;
    for (size_t k = 0; k < points; k++)
      for (size_t i = 0; i < factor->n_draws; i++) {
        double at = isnan(p[k]) ? 0.5 : p[k];
        u[k * draws + factor->draws[i]] = x->each_period[factor->draws[i]] ? roi_in_each_period(at, s->g->horizon) : at;
      }
    roi_target target = {factor->name, factor->node};
    if (factor->node != ROI_NONE) status = roi_evaluate_at(s->g, s->request, &target, 1, u, points, value, err);
    if (!status) report_edge(x, f, value, !isnan(e->p_low));
  }
  roi_free(u);
  return status;
}

/* A yes-or-no input: no against yes. */
static void report_yes_no(search *x, size_t f) {
  const edge *e = &x->edges[f];
  if ((e->at_low < 0) == (e->at_high < 0)) return;
  double yes = roi_chance_of(x->s->g, roi_graph_draw_of(x->s->g, x->s->factors[f].draws[0]));
  roi_cell(x->out, ROI_THRESHOLD_PERCENTILE, f)->value = 1 - yes;
  int yes_turns = (e->at_high < 0) == (x->out->mean >= 0);
  roi_cell(x->out, ROI_THRESHOLD_CHANCE, f)->value = yes_turns ? yes : 1 - yes;
  roi_cell(x->out, ROI_THRESHOLD_VALUE, f)->value = yes_turns ? 1 : 0;
}

static void note_several(const search *x) {
  char names[700];
  unsigned char *marks = roi_alloc_zero(x->s->n_factors, 1);
  if (!marks) return;
  for (size_t f = 0; f < x->s->n_factors; f++) marks[f] = x->edges[f].crossings > 1;
  if (roi_name_factors(x->s, marks, names, sizeof names) > 0)
    roi_sensitivity_note(x->out, "%s: expected %.100s changes sign more than once; shown is the place nearest to the median, and the "
                         "chance, of all places together, is without an error", names, x->s->target.name);
  roi_free(marks);
}

static void explain(const search *x) {
  roi_sensitivity *out = x->out;
  const char *name = x->s->target.name;
  size_t found = 0;
  for (size_t f = 0; f < x->s->n_factors; f++)
    found += x->edges[f].crossings > 0 || !isnan(roi_cell(out, ROI_THRESHOLD_VALUE, f)->value);
  if (out->mean < 0) {
    out->doc = "the percentile of each input alone at which the expected target turns positive";
    roi_sensitivity_note(out, "expected %.100s is negative as it is: the chance is that of turning it positive", name);
  }
  if (found == 0)
    roi_sensitivity_note(out, "no input alone turns the sign of expected %.100s between its percentiles 0.1 and 99.9", name);
  note_several(x);
  char n[32];
  if (x->trials < x->s->request->options.trials)
    roi_sensitivity_note(out, "this rests on the first %s of the trials: all of them for each of %zu inputs would take long",
                         roi_format_count(n, x->trials), x->s->n_factors);
  if (x->s->request->options.sampling != ROI_SAMPLING_MC)
    roi_sensitivity_note(out, "thresholds take plain random trials, whatever the sampling");
  if (x->s->correlated) roi_sensitivity_note(out, "each input is fixed alone here; what it is correlated with varies as before");
}

/* wanted, or fewer where `jobs` evaluations of each trial and factor would cost more draws than allowed, but at least `least`. */
static uint64_t affordable(const roi_study *s, uint64_t wanted, uint64_t least, double jobs, double draws) {
  double most = draws / (jobs * (double)s->n_factors * (double)(roi_graph_draws(s->g) + 1));
  if (most >= (double)wanted || wanted <= least) return wanted;
  return most > (double)least ? (uint64_t)most : least;
}

static roi_status find(search *x, roi_error *err) {
  uint64_t some = affordable(x->s, x->trials < SEARCH_TRIALS ? x->trials : SEARCH_TRIALS, LEAST_SEARCH, GRID, SEARCH_DRAWS);
  roi_status status = find_offset(x, some, err);
  if (!status) status = search_grid(x, some, err);
  if (!status) status = bisect(x, some, err);
  x->offset = 0;
  if (!status) status = measure_slopes(x, err);
  if (!status) status = close_in(x, err);
  for (size_t f = 0; f < x->s->n_factors && !status; f++) {
    roi_cell(x->out, ROI_THRESHOLD_AT_LOW, f)->value = x->edges[f].at_low;
    roi_cell(x->out, ROI_THRESHOLD_AT_HIGH, f)->value = x->edges[f].at_high;
    if (x->s->factors[f].yes_no) report_yes_no(x, f);
  }
  return status ? status : report_edges(x, err);
}

roi_status roi_threshold_run(const roi_study *s, roi_sensitivity *out, roi_error *err) {
  if (s->g->nodes[s->target.node].flags & ROI_CONDITION)
    return roi_fail(err, ROI_ERR_USAGE, "threshold: the probability of '%.100s' is never negative; it takes an output that can "
                    "be, such as npv", s->target.name);
  if (s->g->nodes[s->target.node].flags & ROI_MAY_NEVER)
    return roi_fail(err, ROI_ERR_USAGE, "threshold: %.100s is a period, which is never negative; it takes an output that can be, such "
                    "as npv", s->target.name);
  search x = {.s = s, .out = out, .trials = s->request->options.trials};
  x.trials = affordable(s, x.trials < MOST_TRIALS ? x.trials : MOST_TRIALS, LEAST_TRIALS, 5, ALL_DRAWS);
  size_t stride = (size_t)roi_matrix_stride(x.trials);
  x.edges = roi_alloc_zero(s->n_factors, sizeof *x.edges);
  x.others = roi_alloc(s->n_factors * GRID, sizeof *x.others);
  x.jobs = roi_alloc(s->n_factors * GRID + 1, sizeof *x.jobs);
  x.y = roi_alloc_aligned(stride > ROOM ? stride : ROOM, sizeof *x.y);
  x.correlated = roi_correlated_draws(s->g, err);
  x.each_period = roi_each_period_draws(s->g, err);
  int whole = x.edges && x.others && x.jobs && x.y && x.correlated && x.each_period;
  roi_status status = whole ? find(&x, err) : roi_fail_memory(err, "thresholds");
  if (!status) {
    out->n = x.trials;
    explain(&x);
  }
  roi_free(x.edges);
  roi_free(x.others);
  roi_free(x.jobs);
  roi_free(x.y);
  roi_free(x.correlated);
  roi_free(x.each_period);
  return status;
}
