/* `roisim sensitivity`: model, target, factors, a method or the quick answer, results. The file is opened before the
 * first evaluation and takes its name at the end, or never. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "command/factors.h"
#include "math/scalar.h"
#include "plan/plan.h"
#include "report/sensitivity_report.h"
#include "sensitivity/methods.h"

#define MOST_PARTS 2
#define MOST_NOTES 8
#define MOST_TRIES 12
#define LEAST_RESAMPLES 100 /* below that the ends of a 95% interval rest on two or three values */
#define MOST_RESAMPLES 100000
/* The quick answer takes as many base points as this many operations allow, but not fewer than give an answer worth printing. */
#define QUICK_WORK 2e9
#define QUICK_MOST 4096
#define QUICK_LEAST 512

typedef struct session {
  const roi_cli *cli;
  roi_graph *graph;
  roi_tables *tables;
  roi_host *host;
  roi_outfile *json;
  roi_request request;
  roi_target target;
  roi_kind kind;
  roi_factors factors;
  roi_study study;
  roi_sensitivity *parts[MOST_PARTS]; size_t n_parts;
  roi_factors sets;             /* correlated inputs as one, where the rows have them singly */
  roi_study sets_study;
  roi_sensitivity *sets_shares; /* NULL: none */
  roi_fixing fixing; size_t n_fixed;
  uint64_t evaluations;
  char *notes[MOST_NOTES]; size_t n_notes;
  double begin;
} session;

/* A sentence beside those of the methods; silently none when memory is out. */
static void note(session *s, const char *text) {
  char *copy = s->n_notes < MOST_NOTES ? roi_copy_string(text) : NULL;
  if (copy) s->notes[s->n_notes++] = copy;
}

/* -- What is asked ------------------------------------------------------------------------------------------------ */

static roi_status find_method(const roi_cli *c, const roi_method **method, roi_error *err) {
  const char *known[ROI_METHOD_COUNT];
  roi_buffer list = {0};
  *method = NULL;
  if (!c->method) return ROI_OK;
  for (size_t i = 0; i < ROI_METHOD_COUNT; i++) {
    known[i] = roi_methods[i].name;
    if (!strcmp(known[i], c->method)) *method = &roi_methods[i];
    roi_buffer_print(&list, "%s%s", i == 0 ? "" : i + 1 == ROI_METHOD_COUNT ? " and " : ", ", known[i]);
  }
  const char *near = *method ? NULL : roi_nearest(c->method, known, ROI_METHOD_COUNT);
  if (near) roi_fail(err, ROI_ERR_USAGE, "there is no method '%.100s'; did you mean '%s'?", c->method, near);
  else if (!*method)
    roi_fail(err, ROI_ERR_USAGE, "there is no method '%.100s'; there are %s", c->method, list.text ? list.text : "");
  roi_buffer_free(&list);
  return *method ? ROI_OK : ROI_ERR_USAGE;
}

static size_t find_output(const roi_graph *g, const char *name, int standard) {
  for (size_t i = 0; i < g->n_outputs; i++)
    if ((!standard || g->outputs[i].standard) && !strcmp(roi_graph_text(g, g->outputs[i].name), name)) return i;
  return ROI_NO_INDEX;
}

/* roi, else npv, else the first output; of a threshold, where it is the sign that counts, npv before roi: the expected ratio may well
 * be above 0 where money is lost on average. */
static size_t default_output(const roi_graph *g, const roi_method *method) {
  int by_sign = method == &roi_methods[ROI_METHOD_THRESHOLD];
  size_t i = by_sign ? ROI_NO_INDEX : find_output(g, "roi", 1);
  if (i == ROI_NO_INDEX) i = find_output(g, "npv", !by_sign);
  return i == ROI_NO_INDEX ? 0 : i;
}

/* What is no expression may be the name of an output with a slip in it; then that is what is said. A comparison, or what ends in an
 * operator, is no name. */
static roi_status misspelt(const roi_graph *g, const char *text, roi_error *err) {
  size_t end = strlen(text);
  while (end > 0 && text[end - 1] == ' ') end--;
  if (strpbrk(text, "<>=~") || (end > 0 && strchr("+-*/(", text[end - 1]))) return err->status;
  const char **known = roi_alloc(g->n_outputs + 1, sizeof *known), *near = NULL;
  if (!known) return err->status;
  for (size_t i = 0; i < g->n_outputs; i++) known[i] = roi_graph_text(g, g->outputs[i].name);
  near = roi_nearest(text, known, g->n_outputs);
  if (near) roi_fail(err, ROI_ERR_USAGE, "the model has no output '%.200s'; did you mean '%s'?", text, near);
  roi_free(known);
  return err->status;
}

/* An output's name as it stands; any other text is an expression: a condition, or a period of a series. */
static roi_status choose_target(session *s, const roi_method *method, roi_error *err) {
  roi_graph *g = s->graph;
  const char *text = s->cli->outputs;
  size_t i = text ? find_output(g, text, 0) : default_output(g, method);
  if (i < g->n_outputs) {
    s->target = (roi_target){roi_graph_text(g, g->outputs[i].name), g->outputs[i].node};
    s->kind = roi_output_kind(g, s->target.name, s->target.node);
    return ROI_OK;
  }
  if (!text)
    return roi_fail(err, ROI_ERR_MODEL,
                    "the model has no output: add a benefit or a cost, or name one with model.outputs.NAME = value");
  int condition;
  s->target = (roi_target){text, roi_value_compile(g, "--output", text, &condition, err)};
  if (s->target.node == ROI_NONE) return misspelt(g, text, err);
  s->kind = condition ? ROI_KIND_CONDITION : roi_output_kind(g, text, s->target.node);
  int flows = g->has_flows && (!strncmp(text, "net[", 4) || !strncmp(text, "cumulative[", 11));
  if (flows && g->nodes[s->target.node].op == ROI_ELEMENT) s->kind = ROI_KIND_MONEY;
  return ROI_OK;
}

/* Options that the method has no use for. */
static roi_status check_options(const roi_cli *c, const roi_method *m, roi_error *err) {
  if (c->bootstrap > MOST_RESAMPLES)
    return roi_fail(err, ROI_ERR_USAGE, "--bootstrap %llu: more than %d resamples change nothing that is printed",
                    (unsigned long long)c->bootstrap, MOST_RESAMPLES);
  if (c->bootstrap != 0 && c->bootstrap < LEAST_RESAMPLES)
    return roi_fail(err, ROI_ERR_USAGE, "--bootstrap %llu: a 95%% interval takes %d resamples or more", (unsigned long long)c->bootstrap,
                    LEAST_RESAMPLES);
  const struct { int given; unsigned use; const char *name; } rows[] = {
      {c->trials_given, ROI_USES_TRIALS, "--trials"}, {c->base != 0, ROI_USES_BASE, "--base"},
      {c->second, ROI_USES_SECOND, "--second"}, {c->bootstrap != 0, ROI_USES_BOOTSTRAP, "--bootstrap"},
      {c->sampling != ROI_SAMPLING_MC, ROI_USES_TRIALS, "--sampling"}};
  for (size_t i = 0; m && i < sizeof rows / sizeof *rows; i++) {
    if (!rows[i].given || (m->uses & rows[i].use)) continue;
    roi_buffer list = {0};
    for (size_t k = 0; k < ROI_METHOD_COUNT; k++)
      if (roi_methods[k].uses & rows[i].use) roi_buffer_print(&list, "%s%s", list.n ? ", " : "", roi_methods[k].name);
    roi_fail(err, ROI_ERR_USAGE, "%s has no effect on the method %s; it belongs to %s", rows[i].name, m->name,
             list.text ? list.text : "others");
    roi_buffer_free(&list);
    return ROI_ERR_USAGE;
  }
  return !m && c->second ? roi_fail(err, ROI_ERR_USAGE, "--second needs --method sobol") : ROI_OK;
}

static void make_study(session *s) {
  const roi_cli *c = s->cli;
  s->study = (roi_study){.g = s->graph, .request = &s->request, .target = s->target,
                         .factors = s->factors.row, .n_factors = s->factors.n,
                         .base = c->base, .second_order = c->second, .bootstrap = (int)c->bootstrap,
                         .never = s->graph->horizon + 1.0, .correlated = s->factors.correlated};
  roi_buffer text = {0};
  for (size_t i = 0; i < s->factors.n; i++)
    if (s->factors.joined[i]) roi_buffer_print(&text, "%s%.200s", text.n ? ", " : "", s->factors.row[i].name);
  if (text.n) {
    roi_buffer_text(&text, ": correlated inputs count as one here; --method given-data takes each by itself");
    if (!text.failed) note(s, text.text);
  }
  roi_buffer_free(&text);
  if (s->factors.taken_along) note(s, s->factors.taken_along);
}

/* -- Methods ------------------------------------------------------------------------------------------------------ */

static roi_status run_part(session *s, roi_method_id id, roi_error *err) {
  roi_status status = roi_sensitivity_run(&s->study, id, &s->parts[s->n_parts], err);
  if (status) return status;
  s->evaluations += s->parts[s->n_parts++]->evaluations;
  return ROI_OK;
}

/* How many base points the quick answer can afford: a power of two; 0: too few. By size alone, for it must not change with the
 * machine. */
static uint64_t quick_base(const session *s) {
  double room = QUICK_WORK / (s->factors.work * (double)(s->factors.n + 2));
  if (room < QUICK_LEAST) return 0;
  uint64_t base = QUICK_LEAST;
  while (base * 2 <= QUICK_MOST && (double)(base * 2) <= room) base *= 2;
  return base;
}

/* Sobol' indices of inputs that are independent. A draw that is correlated with others that have no part in the target takes these
 * along: alone it might be decided by them. The rows are those of s->factors. */
static roi_status quick_sobol(session *s, uint64_t base, roi_error *err) {
  roi_factors whole = {0};
  roi_study own = s->study;
  roi_status status = roi_factors_make(&whole, s->graph, &s->target, &s->cli->group, 1, err);
  s->study.factors = whole.row;
  s->study.base = base;
  if (!status) status = run_part(s, ROI_METHOD_SOBOL, err);
  own.base = base;
  s->study = own;
  roi_factors_free(&whole);
  return status;
}

/* Shares of variance: from points of their own where that is quick and inputs are independent, else from one run's
 * trials, of which some may have no number. */
static roi_status quick_shares(session *s, roi_error *err) {
  uint64_t base = s->cli->base ? s->cli->base : quick_base(s);
  if (s->factors.per_trial)
    note(s, "what roi.per_trial functions draw for themselves is no input: its share of the variance is nobody's here");
  if (base > 0 && !s->study.correlated && !s->factors.per_trial) {
    roi_status status = quick_sobol(s, base, err);
    if (!status && s->parts[0]->variance == 0) { /* the trials may see what so few points miss */
      roi_sensitivity_free(s->parts[--s->n_parts]);
    } else if (status != ROI_ERR_USAGE && status != ROI_ERR_RUN) {
      return status;
    }
  }
  if (s->cli->base && (!s->study.correlated || s->factors.per_trial))
    note(s, "--base had no effect: the shares are those of one run of --trials");
  return run_part(s, ROI_METHOD_GIVEN_DATA, err);
}

/* Ranges: input by input around the median; of a chance, or where the trials were used, from these. They are a help beside the
 * shares: where they can't be had, the answer says why. */
static roi_status quick_ranges(session *s, roi_error *err) {
  roi_error cause = {0};
  int points = s->parts[0]->method->base > 0 && s->kind != ROI_KIND_CONDITION;
  roi_status status = run_part(s, points ? ROI_METHOD_TORNADO : ROI_METHOD_BINNED, &cause);
  if (status == ROI_ERR_USAGE) note(s, cause.text);
  else if (status) *err = cause;
  return status == ROI_ERR_USAGE ? ROI_OK : status;
}

static roi_sensitivity_view make_view(session *s, const roi_method *method) {
  return (roi_sensitivity_view){
      .graph = s->graph, .study = &s->study, .kind = s->kind, .target = s->target.name, .method = method ? method->name : NULL,
      .parts = (const roi_sensitivity *const *)s->parts, .n_parts = s->n_parts,
      .sets = s->sets_shares, .sets_study = &s->sets_study,
      .evaluations = s->evaluations, .fixing = s->n_fixed ? &s->fixing : NULL, .n_fixed = s->n_fixed,
      .without = s->factors.without, .n_without = s->factors.n_without,
      .notes = (const char *const *)s->notes, .n_notes = s->n_notes,
      .lua_version = roi_host_lua_version(), .sleef_version = roi_sleef_version(), .seconds_total = roi_seconds() - s->begin,
  };
}

/* Tries the inputs with small shares at their medians, fewer while that moves the result. */
static roi_status quick_fixing(session *s, roi_error *err) {
  roi_sensitivity_view v = make_view(s, NULL);
  roi_conclusions c = {0};
  size_t n = s->factors.n, *order = roi_alloc(n, sizeof *order);
  roi_status status = order ? roi_sensitivity_order(&v, order, err) : roi_fail_memory(err, "ranking inputs");
  if (!status) roi_sensitivity_conclude(&v, order, &c);
  for (int tries = 0; !status && c.n_small > 0 && tries < MOST_TRIES; tries++) {
    status = roi_fixing_run(&s->study, order + n - c.n_small, c.n_small, &s->fixing, err);
    s->evaluations += s->fixing.evaluations;
    if (!status && roi_fixing_is_harmless(&s->fixing)) {
      s->n_fixed = c.n_small;
      break;
    }
    c.n_small -= (c.n_small + MOST_TRIES - 1) / MOST_TRIES;
  }
  roi_free(order);
  return status;
}

/* What each set of correlated inputs explains as one: ", taken together a+b explain at least 40% of the variance". */
static void tell_together(roi_buffer *text, const roi_factors *f, const roi_sensitivity *shares) {
  const roi_estimate *first = roi_sensitivity_column(shares, "first");
  int any = 0;
  for (size_t i = 0; i < f->n; i++) {
    double least = f->joined[i] ? floor(fmin(first[i].low, 1) * 100) / 100 : 0;
    char share[ROI_NUMBER];
    if (!(least > 0)) continue;
    roi_buffer_print(text, "%s%.200s%s at least %s%s", any ? ", " : "; taken together, ", f->row[i].name,
                     any ? "" : " explain", roi_percent(share, least, 0), any ? "" : " of the variance");
    any = 1;
  }
}

/* A --group has no value of its own in a trial, so its share is that of the set. */
static void share_of_groups(session *s) {
  const roi_estimate *first = roi_sensitivity_column(s->sets_shares, "first");
  for (size_t i = 0; i < s->factors.n; i++)
    for (size_t k = 0; k < s->sets.n; k++)
      if (s->factors.row[i].node == ROI_NONE && !strcmp(s->factors.row[i].name, s->sets.row[k].name))
        *roi_cell(s->parts[0], ROI_GIVEN_FIRST, i) = first[k];
}

/* Each set of correlated inputs as one, by points of its own; where these can't be had the answer does without. */
static roi_status look_at_sets(session *s, roi_buffer *text, roi_error *err) {
  roi_status status = roi_factors_make(&s->sets, s->graph, &s->target, &s->cli->group, 1, err);
  if (status) return status;
  roi_error cause = {0};
  s->sets_study.factors = s->sets.row;
  s->sets_study.n_factors = s->sets.n;
  status = roi_sensitivity_run(&s->sets_study, ROI_METHOD_SOBOL, &s->sets_shares, &cause);
  if (status == ROI_ERR_USAGE || status == ROI_ERR_RUN) {
    if (s->cli->group.n) note(s, cause.text);
    return ROI_OK;
  }
  if (status) {
    *err = cause;
    return status;
  }
  s->evaluations += s->sets_shares->evaluations;
  if (s->sets_shares->variance > 0) {
    tell_together(text, &s->sets, s->sets_shares);
    share_of_groups(s);
    if (s->sets.taken_along) note(s, s->sets.taken_along);
  } else {
    roi_sensitivity_free(s->sets_shares);
    s->sets_shares = NULL;
  }
  return ROI_OK;
}

/* The shares of single inputs say little of correlated ones, so where it is quick sets of them are looked at as well. */
static roi_status quick_together(session *s, roi_error *err) {
  if (!s->study.correlated) return ROI_OK;
  roi_buffer text = {0};
  roi_buffer_text(&text, "some inputs are correlated: what one explains includes what it says of the others");
  s->sets_study = s->study;
  s->sets_study.base = s->cli->base ? s->cli->base : quick_base(s);
  roi_status status = ROI_OK;
  if (s->sets_study.base > 0 && !s->factors.per_trial) status = look_at_sets(s, &text, err);
  if (!text.failed) note(s, text.text);
  roi_buffer_free(&text);
  return status;
}

static roi_status quick_answer(session *s, roi_error *err) {
  s->study.groups_elsewhere = s->study.correlated && !s->factors.per_trial && (s->cli->base || quick_base(s) > 0);
  roi_status status = quick_shares(s, err);
  if (!status) status = quick_together(s, err);
  if (!status) status = quick_ranges(s, err);
  return status ? status : quick_fixing(s, err);
}

static roi_status analyse(session *s, const roi_method *method, roi_error *err) {
  if (s->factors.n == 0) return ROI_OK;
  s->request.tables = s->tables = roi_tables_new(s->graph, roi_signals_stop());
  roi_status status = method ? run_part(s, (roi_method_id)(method - roi_methods), err) : quick_answer(s, err);
  roi_signals_end_limit();
  roi_error cause = {0}; /* a per-trial function's own error says more than that its column is missing */
  if (status && status != ROI_ERR_USAGE && roi_host_error(s->host, &cause)) *err = cause;
  return status ? err->status : ROI_OK;
}

/* -- Results ------------------------------------------------------------------------------------------------------ */

static roi_status write_json(session *s, const roi_sensitivity_view *v, roi_error *err) {
  roi_buffer text = {0};
  roi_status status = roi_report_sensitivity_json(&text, v, err);
  if (!status) status = roi_deliver_json(&text, s->json, err);
  roi_buffer_free(&text);
  return status;
}

static roi_status print_report(const session *s, const roi_sensitivity_view *v, roi_status before, roi_error *err) {
  roi_style style = {.utf8 = roi_locale_is_utf8()};
  roi_buffer text = {0};
  if (s->cli->quiet || roi_json_alone(s->cli)) return before;
  roi_error unsaid;
  roi_status status = roi_report_sensitivity(&text, v, &style, before ? &unsaid : err);
  status = status ? status : roi_print_after(before, &text, err);
  roi_buffer_free(&text);
  return status;
}

static roi_status run(session *s, roi_error *err) {
  const roi_cli *c = s->cli;
  const roi_method *method;
  roi_status status = find_method(c, &method, err);
  if (!status) status = check_options(c, method, err);
  if (!status) status = roi_open_json(s->cli, &s->json, err);
  if (!status) status = roi_build_model(c, &s->graph, &s->host, err);
  if (status) return status;
  roi_print_warnings(s->graph);
  s->request.options = roi_ask_options(c);
  status = choose_target(s, method, err);
  if (!status) status = roi_factors_make(&s->factors, s->graph, &s->target, &c->group, method && method->needs_independence, err);
  if (!status) status = roi_start_per_trial(s->graph, s->host, &s->request, err);
  if (status) return status;
  make_study(s);
  status = analyse(s, method, err);
  if (status) return status;
  roi_sensitivity_view v = make_view(s, method);
  if (c->json) status = write_json(s, &v, err);
  return print_report(s, &v, status, err);
}

int roi_command_sensitivity(const roi_cli *c) {
  session *s = roi_alloc_zero(1, sizeof *s);
  roi_error err = {0};
  if (!s) {
    roi_fail_memory(&err, "starting");
    return roi_complain(&err);
  }
  s->cli = c;
  s->begin = roi_seconds();
  int code = run(s, &err) ? roi_complain(&err) : ROI_EXIT_OK;
  for (size_t i = 0; i < s->n_parts; i++) roi_sensitivity_free(s->parts[i]);
  for (size_t i = 0; i < s->n_notes; i++) roi_free(s->notes[i]);
  roi_outfile_free(s->json);
  roi_sensitivity_free(s->sets_shares);
  roi_factors_free(&s->sets);
  roi_factors_free(&s->factors);
  roi_host_free(s->host);
  roi_tables_free(s->tables);
  roi_graph_free(s->graph);
  roi_free(s);
  return code;
}
