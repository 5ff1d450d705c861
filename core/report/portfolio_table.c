/* The choice among use cases on a terminal: what to take, what each adds, the frontier. Sets are written by the letters of their use
 * cases. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/page.h"
#include "report/portfolio_report.h"

#define MOST_ROWS 20    /* of the frontier; the rest is in JSON */
#define SET_WIDTH 12
#define MONEY_WIDTH 11
#define ERROR_WIDTH 8
#define SHARE_WIDTH 8
#define CASE_WIDTH 30

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-";

typedef struct sheet {
  roi_page page;
  const roi_portfolio_view *v;
  const roi_portfolio *p;
  const roi_set_figures *best;
} sheet;

static const char *case_name(const sheet *s, size_t i) { return roi_graph_text(s->v->graph, s->v->graph->candidates[i].name); }

static void name_set(uint64_t set, char *text) {
  for (size_t i = 0; i < ROI_MAX_CANDIDATES; i++)
    if (set >> i & 1) *text++ = letters[i];
  *text = '\0';
}

/* "triage, notes and billing", as words of a sentence. */
static void list_cases(const sheet *s, uint64_t set, roi_buffer *text) {
  char name[ROI_NAME];
  int left = roi_count_bits(set), first = 1;
  if (!set) roi_buffer_text(text, "nothing");
  for (size_t i = 0; i < s->p->cases; i++) {
    if (!(set >> i & 1)) continue;
    roi_buffer_text(text, first ? "" : left == 1 ? " and " : ", ");
    roi_buffer_text(text, roi_page_name(&s->page, name, case_name(s, i), 40));
    first = 0;
    left--;
  }
}

static void say(const sheet *s, roi_buffer *text) {
  if (text->failed) s->page.out->failed = 1;
  else if (text->text) roi_page_sentence(&s->page, text->text);
  roi_buffer_free(text);
}

/* A share with its error; of one that was never or always met, how far from that it may be. */
static void share_text(const sheet *s, char *text, const roi_share_result *r) {
  char bound[ROI_NUMBER];
  if (r->k > 0 && r->k < r->n) roi_percent_pm(text, r->p, r->se, s->page.plus_minus);
  else if (r->k == 0) snprintf(text, ROI_NUMBER, "0%% (at most %.20s)", roi_percent_share(bound, r->high));
  else snprintf(text, ROI_NUMBER, "100%% (at least %.20s)", roi_percent_share(bound, r->low));
}

/* -- The first lines ---------------------------------------------------------------------------------------------------- */

static void headline(const sheet *s) {
  const roi_set_figures *f = s->best;
  char a[ROI_NUMBER], b[ROI_NUMBER], unit[ROI_NAME], budget[ROI_NAME];
  const char *pm = s->page.plus_minus;
  roi_buffer text = {0};
  roi_page_unit(&s->page, unit, sizeof unit, ROI_KIND_MONEY, "");
  roi_buffer_text(&text, s->p->exact ? "Take " : "Take (the best that a search found) ");
  list_cases(s, f->set, &text);
  roi_buffer_print(&text, ": expected npv %s%s%s.", roi_number_pm(a, f->mean, f->mean_se, pm), *unit ? " " : "", unit);
  say(s, &text);
  if (!f->set) roi_buffer_text(&text, s->p->n_feasible > 1 ? "No other set that keeps to the budget is expected to bring more."
                                                           : "Nothing else keeps to the budget.");
  if (!f->set && !s->v->budget) {
    roi_buffer_free(&text);
    roi_buffer_text(&text, "No set of use cases is expected to bring more.");
  }
  if (!f->set) {
    say(s, &text);
    return;
  }
  share_text(s, a, &f->loss);
  roi_buffer_print(&text, "Chance of a loss %s; the worst 5%% of trials bring %s%s%s on average.", a,
                   roi_number_pm(b, f->cvar5, f->cvar5_se, pm), *unit ? " " : "", unit);
  say(s, &text);
  if (!s->v->budget) return;
  roi_page_name(&s->page, budget, s->v->budget, 40);
  share_text(s, a, &f->within);
  roi_buffer_print(&text, "Chance of keeping to budget '%s' %s", budget, a);
  int unsure = f->within.k < f->within.n && f->within.low < s->p->confidence;
  roi_buffer_print(&text, ", %s asked for%s; %s%s%s spent on average.", roi_percent_short(a, s->p->confidence),
                   unsure ? " (more trials may turn it)" : "",
                   roi_number_pm(b, f->spent, f->spent_se, pm), *unit ? " " : "", unit);
  say(s, &text);
}

/* Another set, by how it differs from the best one where that is shorter: "the same with notes in place of letters". */
static void tell_other(const sheet *s, uint64_t set, roi_buffer *text) {
  uint64_t more = set & ~s->best->set, less = s->best->set & ~set;
  if (roi_count_bits(more | less) >= roi_count_bits(set)) {
    list_cases(s, set, text);
    return;
  }
  roi_buffer_text(text, "the same");
  if (more) roi_buffer_text(text, " with ");
  if (more) list_cases(s, more, text);
  if (less) roi_buffer_text(text, more ? " in place of " : " without ");
  if (less) list_cases(s, less, text);
}

/* How sure the order is, and how much of the best one's lead is luck. */
static void order(const sheet *s) {
  const roi_portfolio *p = s->p;
  char a[ROI_NUMBER], b[ROI_NUMBER], unit[ROI_NAME];
  roi_buffer text = {0};
  roi_page_unit(&s->page, unit, sizeof unit, ROI_KIND_MONEY, "");
  if (p->next != ROI_NO_SET) {
    const roi_set_difference *d = &p->lead;
    roi_buffer_text(&text, "Next: ");
    tell_other(s, p->sets.item[p->next].set, &text);
    roi_number_pm(a, d->mean, d->se, s->page.plus_minus);
    int tied = d->mean == 0 && d->se == 0;
    if (tied)
      roi_buffer_text(&text, ", which brings the same in every trial.");
    else
      roi_buffer_print(&text, ", %s%s%s less; the choice does better in %s of trials.", a, *unit ? " " : "", unit,
                       roi_percent_share(b, d->above.p));
    if (p->rivals > (size_t)tied)
      roi_buffer_print(&text, " %zu set%s can't be told from the choice by these trials.", p->rivals, p->rivals == 1 ? "" : "s");
    say(s, &text);
  }
  if (isnan(p->honest)) return;
  roi_buffer_print(&text, "Chosen by nine tenths of the trials and measured in the others: %s%s%s", roi_number_step(a, p->honest,
                   s->best->mean_se), *unit ? " " : "", unit);
  if (p->same_choice == ROI_FOLDS) roi_buffer_text(&text, "; all ten choose the same.");
  else roi_buffer_print(&text, "; %d of ten choose the same.", p->same_choice);
  say(s, &text);
}

/* -- Cells ---------------------------------------------------------------------------------------------------------------- */

static void cell(const sheet *s, const char *text, size_t width) {
  if (roi_text_width(text) < width) roi_page_right(&s->page, text, width);
  else roi_buffer_print(s->page.out, " %s", text);
}

static void money_cell(const sheet *s, double x, const roi_scale *scale) {
  char text[ROI_NUMBER];
  cell(s, roi_number_scaled(text, x, scale), MONEY_WIDTH);
}

static void error_cell(const sheet *s, double se, const roi_scale *scale) {
  char text[ROI_NUMBER];
  cell(s, roi_number_error(text, se, scale), ERROR_WIDTH);
}

static void share_cell(const sheet *s, double p) {
  char text[ROI_NUMBER];
  cell(s, roi_percent_share(text, p), SHARE_WIDTH);
}

static void heading(const sheet *s, const char *first, size_t width, const char *const *names, const size_t *widths, size_t n) {
  int alone = roi_text_width(first) >= width;
  if (alone) roi_buffer_print(s->page.out, "%s\n", first);
  roi_page_left(&s->page, alone ? "" : first, width);
  for (size_t i = 0; i < n; i++) roi_page_right(&s->page, names[i], widths[i]);
  roi_buffer_text(s->page.out, "\n");
}

/* "npv, M USD" */
static void name_unit(const sheet *s, const char *what, const roi_scale *scale, char *text, size_t size) {
  char unit[ROI_NAME];
  roi_page_unit(&s->page, unit, sizeof unit, ROI_KIND_MONEY, scale->suffix);
  snprintf(text, size, "%s%s%s", what, *unit ? ", " : "", unit);
}

/* -- What each adds --------------------------------------------------------------------------------------------------------- */

static void one_case(const sheet *s, size_t i, const roi_scale *scale) {
  const roi_portfolio_member *m = &s->p->member[i];
  char name[ROI_NAME], text[ROI_NAME + 8];
  roi_page_name(&s->page, name, case_name(s, i), CASE_WIDTH - 3);
  snprintf(text, sizeof text, "%c %s", letters[i], name);
  roi_page_left(&s->page, text, CASE_WIDTH);
  cell(s, m->taken ? "yes" : "no", 6);
  money_cell(s, m->adds.mean, scale);
  error_cell(s, m->adds.se, scale);
  share_cell(s, m->adds.above.p);
  if (s->v->budget) {
    share_cell(s, s->p->sets.item[m->other].within.p);
    if (!m->taken && s->p->sets.item[m->other].within.p < s->p->confidence) roi_buffer_text(s->page.out, " over");
  }
  roi_buffer_text(s->page.out, "\n");
}

static void cases(const sheet *s) {
  double largest = 0;
  for (size_t i = 0; i < s->p->cases; i++)
    if (fabs(s->p->member[i].adds.mean) > fabs(largest)) largest = s->p->member[i].adds.mean;
  roi_scale scale = roi_scale_of(&largest, 1);
  static const char *const names[] = {"take", "adds", NULL, "P(>0)", "P(kept)"};
  const char *shown[5];
  static const size_t widths[] = {6, MONEY_WIDTH, ERROR_WIDTH, SHARE_WIDTH, SHARE_WIDTH};
  char se[8], title[2 * ROI_NAME];
  snprintf(se, sizeof se, "%sse", s->page.plus_minus);
  for (size_t i = 0; i < 5; i++) shown[i] = names[i] ? names[i] : se;
  name_unit(s, "Use case; npv", &scale, title, sizeof title);
  heading(s, title, CASE_WIDTH, shown, widths, s->v->budget ? 5 : 4);
  for (size_t i = 0; i < s->p->cases; i++) one_case(s, i, &scale);
  static const char adds[] = "Adds: to the chosen others, in the same trials.";
  snprintf(title, sizeof title, "%s%s", adds, s->v->budget ? " P(kept): of the budget, were it put in or left out." : "");
  roi_page_sentence(&s->page, title);
}

/* -- The frontier ------------------------------------------------------------------------------------------------------------- */

static void one_set(const sheet *s, const roi_set_figures *f, const roi_scale *scale) {
  char name[ROI_MAX_CANDIDATES + 1];
  name_set(f->set, name);
  if (strlen(name) > SET_WIDTH) roi_buffer_print(s->page.out, "%s\n%*s", name, SET_WIDTH, "");
  else roi_page_left(&s->page, f->set ? name : "(nothing)", SET_WIDTH);
  money_cell(s, f->mean, scale);
  error_cell(s, f->mean_se, scale);
  money_cell(s, f->cvar5, scale);
  error_cell(s, f->cvar5_se, scale);
  share_cell(s, f->loss.p);
  if (s->v->budget) {
    money_cell(s, f->spent, scale);
    share_cell(s, f->within.p);
  }
  roi_buffer_text(s->page.out, "\n");
}

static void frontier(const sheet *s) {
  const roi_portfolio *p = s->p;
  double largest = 0;
  for (size_t i = 0; i < p->n_frontier; i++) {
    const roi_set_figures *f = &p->sets.item[p->frontier[i]];
    const double x[] = {f->mean, f->cvar5, f->spent};
    for (size_t k = 0; k < 3; k++)
      if (fabs(x[k]) > fabs(largest)) largest = x[k];
  }
  roi_scale scale = roi_scale_of(&largest, 1);
  char se[8], title[2 * ROI_NAME];
  snprintf(se, sizeof se, "%sse", s->page.plus_minus);
  const char *const names[] = {"npv", se, "worst 5%", se, "P(<0)", "spent", "P(kept)"};
  static const size_t widths[] = {MONEY_WIDTH, ERROR_WIDTH, MONEY_WIDTH, ERROR_WIDTH, SHARE_WIDTH, MONEY_WIDTH, SHARE_WIDTH};
  snprintf(title, sizeof title, "Frontier: no set%s%s has both a higher expected npv and a better worst 5%%.",
           p->exact ? "" : " tried", s->v->budget ? " that keeps to the budget" : "");
  roi_page_sentence(&s->page, title);
  name_unit(s, "Set", &scale, title, sizeof title);
  heading(s, title, SET_WIDTH, names, widths, s->v->budget ? 7 : 5);
  size_t shown = p->n_frontier < MOST_ROWS ? p->n_frontier : MOST_ROWS;
  for (size_t i = 0; i < shown; i++) one_set(s, &p->sets.item[p->frontier[i]], &scale);
  if (shown == p->n_frontier) return;
  roi_buffer_print(s->page.out, "and %zu more, of lower expected npv; --json has them\n", p->n_frontier - shown);
}

/* -- The last line ------------------------------------------------------------------------------------------------------------ */

static void footer(const sheet *s) {
  const roi_options *o = &s->v->request->options;
  const roi_graph *g = s->v->graph;
  char a[ROI_NUMBER], b[ROI_NUMBER], item[4 * ROI_NUMBER];
  roi_paragraph q = roi_paragraph_begin(&s->page, "", "  ", 2);
  roi_number_fixed(a, (double)s->p->sets.n, 0);
  roi_number_fixed(b, (double)s->p->n_feasible, 0);
  snprintf(item, sizeof item, s->p->exact ? "all %s sets, %s feasible" : "heuristic: %s sets tried, %s feasible", a, b);
  roi_paragraph_add(&q, item);
  snprintf(item, sizeof item, "%s trials, the same for all", roi_number_fixed(a, (double)o->trials, 0));
  roi_paragraph_add(&q, item);
  snprintf(item, sizeof item, "seed %llu", (unsigned long long)o->seed);
  roi_paragraph_add(&q, item);
  if (g->n_files) {
    const uint8_t *h = g->files[0].sha256;
    snprintf(item, sizeof item, "model %02x%02x%02x%02x", h[0], h[1], h[2], h[3]);
    roi_paragraph_add(&q, item);
  }
  roi_paragraph_add(&q, "roisim " ROISIM_VERSION);
  roi_paragraph_end(&q);
}

void roi_report_portfolio(roi_buffer *out, const roi_portfolio_view *v, const roi_style *style) {
  roi_view shared = {.graph = v->graph}; /* what the page's helpers look at */
  sheet s = {.page = {out, &shared, style, style->utf8 ? "±" : "+-", style->utf8 ? "…" : "..."}, .v = v, .p = v->found};
  s.best = &v->found->sets.item[v->found->best];
  headline(&s);
  roi_page_rule(&s.page);
  roi_page_model(&s.page);
  order(&s);
  roi_buffer_text(out, "\n");
  cases(&s);
  roi_buffer_text(out, "\n");
  frontier(&s);
  footer(&s);
}
