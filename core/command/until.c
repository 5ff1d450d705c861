/* --until: what errors are asked for, and runs of more and more trials until they are reached. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "command/command.h"
#include "math/philox.h"
#include "sample/design.h"
#include "sample/sobol.h"

#define NAME_SIZE 300

/* -- Reading ------------------------------------------------------------------------------------------------------ */

typedef struct statistic { const char *name; size_t value, se; } statistic;

#define AT(field) offsetof(roi_summary, field)
#define QUANTILE(i) AT(quantile) + (i) * sizeof(double), AT(quantile_se) + (i) * sizeof(double)
static const statistic statistics[] = {
    {"mean", AT(mean), AT(mean_se)}, {"sd", AT(sd), AT(sd_se)}, {"cvar5", AT(cvar5), AT(cvar5_se)},
    {"p1", QUANTILE(0)},  {"p5", QUANTILE(1)},  {"p10", QUANTILE(2)}, {"p25", QUANTILE(3)}, {"p50", QUANTILE(4)},
    {"median", QUANTILE(4)}, {"p75", QUANTILE(5)}, {"p90", QUANTILE(6)}, {"p95", QUANTILE(7)}, {"p99", QUANTILE(8)},
};
#define N_STATISTICS (sizeof statistics / sizeof *statistics)

static roi_status wrong(const char *text, const char *what, roi_error *err) {
  return roi_fail(err, ROI_ERR_USAGE, "--until '%.200s': %s", text, what);
}

static roi_status find_statistic(roi_goal *goal, const char *name, roi_error *err) {
  const char *known[N_STATISTICS];
  char what[200];
  for (size_t i = 0; i < N_STATISTICS; i++) {
    known[i] = statistics[i].name;
    if (strcmp(name, statistics[i].name) != 0) continue;
    goal->value = statistics[i].value;
    goal->se = statistics[i].se;
    return ROI_OK;
  }
  const char *near = roi_nearest(name, known, N_STATISTICS);
  if (near) snprintf(what, sizeof what, "no statistic is called '%.40s'; did you mean %s?", name, near);
  else
    snprintf(what, sizeof what, "no statistic is called '%.40s'; there are mean, sd, median, cvar5 and p1 p5 p10 p25 p50 p75 p90 p95 p99",
             name);
  return wrong(goal->text, what, err);
}

/* OUTPUT.STATISTIC; the output may stand in brackets. */
static roi_status read_statistic(roi_goal *goal, const roi_graph *g, roi_error *err) {
  char name[NAME_SIZE];
  const char *end = goal->name, *point = strrchr(goal->name, '.');
  if (*end == '[') {
    if (roi_read_name(&end, name, sizeof name) != 1 || *end != '.')
      return wrong(goal->text, "write the output's name in brackets and its statistic, as in [\"a b\"].mean", err);
    point = end;
  } else if (point) {
    snprintf(name, sizeof name, "%.*s", (int)(point - goal->name), goal->name);
  }
  if (!point || point == goal->name || !point[1])
    return wrong(goal->text, "write an output and its statistic, or a probability: 'roi.mean 0.5%', 'P(npv < 0) 0.2%'", err);
  roi_error cause = {0};
  goal->output = roi_ask_output(g, name, &cause);
  if (goal->output == ROI_NO_INDEX) return wrong(goal->text, cause.text, err);
  const roi_output_row *row = &g->outputs[goal->output];
  roi_status status = find_statistic(goal, point + 1, err);
  goal->is_share = goal->value == AT(mean) && roi_output_kind(g, name, row->node) == ROI_KIND_CONDITION;
  if (goal->is_share) goal->relative = 0;
  return status;
}

/* "P(CONDITION)": the condition, or NULL if the text is none. */
static char *condition_of(const char *name) {
  size_t n = strlen(name), skip = 1;
  if (name[0] != 'P') return NULL;
  while (name[skip] == ' ') skip++;
  if (name[skip] != '(' || name[n - 1] != ')') return NULL;
  char *condition = roi_copy_string(name + skip + 1);
  if (condition) condition[strlen(condition) - 1] = '\0';
  return condition;
}

static roi_status read_error(roi_goal *goal, const char *text, roi_error *err) {
  char number[64];
  size_t n = strlen(text);
  int percent = n > 0 && text[n - 1] == '%';
  snprintf(number, sizeof number, "%.*s", (int)(n - (size_t)percent < 60 ? n - (size_t)percent : 60), text);
  if (roi_parse_number(number, &goal->error))
    return wrong(goal->text, "the error comes last, a number or a percentage: 'roi.mean 0.5%', 'npv.p5 2000'", err);
  if (!(goal->error > 0)) return wrong(goal->text, "the error must be above 0: no number of trials brings it to nothing", err);
  if (percent) goal->error /= 100;
  goal->relative = percent;
  return ROI_OK;
}

/* A plain number for a probability's error is a share. From 0.05 on, which a hundred trials reach whatever the probability, the sign of
 * percent was surely forgotten. */
static roi_status check_plain_share(const roi_goal *goal, roi_error *err) {
  if (goal->error < 0.05) return ROI_OK;
  double points = 100 * goal->error;
  char what[200], other[40] = "";
  if (goal->error < 1) snprintf(other, sizeof other, ", or %g%%", points);
  snprintf(what, sizeof what, "a plain error of a probability is a share: %g is %g points, which a few trials reach; write %g%%%s",
           goal->error, points, goal->error, other);
  return wrong(goal->text, what, err);
}

static int is_blank(char c) { return c == ' ' || c == '\t'; }

/* Where the last word before `end` begins. */
static size_t word_before(const char *text, size_t end) {
  while (end > 0 && !is_blank(text[end - 1])) end--;
  return end;
}

static size_t trim(const char *text, size_t end) {
  while (end > 0 && is_blank(text[end - 1])) end--;
  return end;
}

static roi_status read_goal(roi_goal *goal, const roi_graph *g, const char *text, roi_error *err) {
  size_t end = trim(text, strlen(text)), at = word_before(text, end), first = strspn(text, " \t");
  int apart = end - at == 1 && text[at] == '%'; /* "0.5 %" */
  if (apart) at = word_before(text, end = trim(text, at));
  size_t length = trim(text, at);
  char error[64];
  goal->text = text;
  goal->share = ROI_NO_INDEX;
  snprintf(error, sizeof error, "%.*s%s", (int)(end - at < 60 ? end - at : 60), text + at, apart ? "%" : "");
  if (length <= first || length - first >= NAME_SIZE)
    return wrong(text, "write what, then the error: 'roi.mean 0.5%', 'P(npv < 0) 0.2%'", err);
  goal->name = roi_copy_string(text + first);
  if (!goal->name) return roi_fail_memory(err, "reading --until");
  goal->name[length - first] = '\0';
  roi_status status = read_error(goal, error, err);
  if (status) return status;
  int percent = goal->relative;
  goal->condition = condition_of(goal->name);
  if (goal->condition) {
    goal->is_share = 1;
    goal->relative = 0; /* points of a percentage */
  } else {
    status = read_statistic(goal, g, err);
  }
  return !status && goal->is_share && !percent ? check_plain_share(goal, err) : status;
}

roi_status roi_until_read(roi_until *u, const roi_graph *g, const roi_list *texts, roi_error *err) {
  u->n = 0;
  u->goal = roi_alloc_zero(texts->n, sizeof *u->goal);
  if (!u->goal) return roi_fail_memory(err, "reading --until");
  roi_status status = ROI_OK;
  for (size_t i = 0; i < texts->n && !status; i++) status = read_goal(&u->goal[u->n++], g, texts->item[i], err);
  return status;
}

void roi_until_free(roi_until *u) {
  for (size_t i = 0; u->goal && i < u->n; i++) {
    roi_free(u->goal[i].name);
    roi_free(u->goal[i].condition);
  }
  roi_free(u->goal);
  u->goal = NULL;
}

/* -- Running ------------------------------------------------------------------------------------------------------ */

/* When what shows no sign of an end is given up: after so many times the first run's trials, which count as FEW at least. */
enum { FEW = 1000, TIMES_UNKNOWN = 16, TIMES_NEAR_ZERO = 64 };

/* The share of trials that are never, where the statistic is one of numbers alone: a mean of some of the trials is not the output's. */
static double never_in(const roi_goal *goal, const roi_report *report) {
  if (goal->share != ROI_NO_INDEX || (goal->value != AT(mean) && goal->value != AT(sd))) return 0;
  return report->outputs[goal->index].p_never;
}

/* What a run says of a goal. Where no trial met a condition, or all did, the spread of none is no error: half of Wilson's interval
 * is taken, in the errors of a normal distribution. */
static roi_until_row look(const roi_goal *goal, const roi_graph *g, const roi_request *q, const roi_report *report) {
  roi_until_row row = {.name = goal->name, .asked = goal->error, .relative = goal->relative};
  if (goal->share != ROI_NO_INDEX) {
    const roi_share_result *share = &report->shares[goal->share];
    row.kind = ROI_KIND_PERCENT;
    row.value = share->p;
    row.se = share->k == 0 || share->k == share->n ? (share->high - share->low) / (2 * 1.96) : share->se;
  } else {
    const char *summary = (const char *)&report->outputs[goal->index];
    row.kind = roi_output_kind(g, q->outputs[goal->index].name, q->outputs[goal->index].node);
    row.value = *(const double *)(const void *)(summary + goal->value);
    row.se = *(const double *)(const void *)(summary + goal->se);
    if (never_in(goal, report) > 0) row.value = row.se = (double)NAN;
  }
  double wanted = row.relative ? row.asked * fabs(row.value) : row.asked;
  row.reached = row.se <= wanted; /* not where one is not known */
  return row;
}

/* How many trials are likely to reach the error. Independent trials: error by the square root, and a tenth more. Those of a design
 * do better than that by an unknown measure, so they are doubled, to powers of two, which Sobol' points like best. */
static double likely_trials(const roi_request *q, double trials, const roi_until_row *row) {
  double wanted = row->relative ? row->asked * fabs(row->value) : row->asked;
  if (q->options.sampling != ROI_SAMPLING_MC) {
    double next = 32;
    while (next < 1.5 * trials) next *= 2;
    return next;
  }
  double times = row->se / wanted; /* may be infinite, or not be known */
  double need = 1.1 * trials * times * times;
  if (isnan(need)) need = 4 * fmax(trials, FEW);
  else if (need > 64 * trials) need = 64 * trials;
  if (need < 1.5 * trials) need = 1.5 * trials;
  double step = 1; /* two digits are enough */
  while (need / step >= 100) step *= 10;
  return ceil(need / step) * step;
}

/* Says in `why` that more trials won't help, or does nothing. first: trials of the first run; never: a share of them. */
static void judge(const roi_until_row *row, double never, double trials, double first, char *why, size_t size) {
  char value[ROI_NUMBER];
  if (never > 0) {
    snprintf(why, size, "--until '%.100s': it has none, for %s of the trials are never: ask for the median, or for a probability",
             row->name, roi_percent_share(value, never));
  } else if (!isfinite(row->value)) {
    snprintf(why, size, "--until '%.100s': it is %s: no number of trials gives it an error", row->name,
             row->value == ROI_NEVER ? "never" : "undefined");
  } else if (trials >= TIMES_UNKNOWN * fmax(first, FEW) && isnan(row->se)) {
    snprintf(why, size, "--until '%.100s': its error is not known: values on one side of it are never, or have squares beyond what "
             "numbers hold", row->name);
  } else if (trials >= TIMES_NEAR_ZERO * first && row->relative && fabs(row->value) < 3 * row->se) {
    snprintf(why, size,
             "--until '%.100s': it can't be told from 0, %s, and a share of nothing is never reached: ask for an error without %%",
             row->name, roi_number_pm(value, row->value, row->se, "+-"));
  }
}

static roi_status allocate(roi_until_report *result, const roi_until *u, roi_error *err) {
  *result = (roi_until_report){.row = roi_alloc_zero(u->n, sizeof *result->row), .n = u->n};
  return result->row ? ROI_OK : roi_fail_memory(err, "keeping errors");
}

/* Looks at the goals; the trials of the next run, or 0 if there is to be none. first: trials of the first run. */
static uint64_t next_trials(const roi_until *u, const roi_graph *g, const roi_request *q, const roi_report *report, int whole,
                            uint64_t first, roi_until_report *result) {
  double next = 0, trials = (double)report->trials;
  result->reached = 1;
  for (size_t i = 0; i < u->n; i++) {
    roi_until_row *row = &result->row[i];
    *row = look(&u->goal[i], g, q, report);
    if (row->reached) continue;
    result->reached = 0;
    if (whole && !result->why[0]) judge(row, never_in(&u->goal[i], report), trials, (double)first, result->why, sizeof result->why);
    double likely = likely_trials(q, trials, row);
    if (likely > next) next = likely;
  }
  if (result->reached || result->why[0] || !whole) return 0;
  int sobol = q->options.sampling == ROI_SAMPLING_SOBOL;
  if (next > (sobol ? ldexp(ROI_REPLICATES, ROI_SOBOL_BITS) : (double)ROI_MAX_TRIALS)) {
    snprintf(result->why, sizeof result->why, "--until: more trials would be needed than can be run");
    return 0;
  }
  return (uint64_t)next;
}

/* A run that was cut short stands for the result only if it has got further than the last whole one, ranks included. */
static int is_further(const roi_report *cut, const roi_report *whole) {
  if (!cut) return 0;
  if (!whole) return 1;
  for (size_t i = 0; i < cut->n_outputs; i++)
    if (isnan(cut->outputs[i].quantile[0]) && !isnan(whole->outputs[i].quantile[0])) return 0;
  return cut->trials > whole->trials;
}

roi_status roi_until_run(const roi_until *u, const roi_graph *g, roi_request *q, roi_report **report, roi_until_report *result,
                         roi_error *err) {
  roi_status (*rows)(void *, uint64_t, size_t, const double *const *, size_t, roi_error *) = q->rows;
  roi_status status = allocate(result, u, err);
  uint64_t first = q->options.trials;
  *report = NULL;
  q->rows = NULL; /* samples are those of the last run alone */
  for (uint64_t next = first; !status && next > 0;) {
    roi_report *latest = NULL;
    q->options.trials = next;
    status = roi_simulate(g, q, &latest, err);
    result->runs++;
    if (latest) result->trials_total += latest->trials;
    roi_report *worse = status && !is_further(latest, *report) ? latest : *report;
    if (worse == *report) *report = latest;
    if (worse == latest && *report) q->options.trials = (*report)->trials; /* of a run before, which stays the result */
    roi_report_free(worse);
    if (status != ROI_OK && !roi_is_stop(status)) break;
    next = *report ? next_trials(u, g, q, *report, status == ROI_OK, first, result) : 0;
  }
  if (!status && rows) { /* the same numbers again, written */
    roi_report *again = NULL;
    q->rows = rows;
    status = roi_simulate(g, q, &again, err);
    roi_report_free(again);
  }
  return status;
}
