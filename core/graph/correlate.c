/* Correlated draws: pairs become groups, each with the matrix of its normal scores.
 *
 * Spearman's rho of a Gaussian copula with score correlation r is (6 / pi) asin(r / 2): REFERENCE W. H. Kruskal,
 * Ordinal measures of association, JASA 53 (1958), 814-861. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "graph/graph.h"
#include "math/correlation.h"
#include "math/scalar.h"

#define PI 3.14159265358979323846

static double score_of(uint32_t kind, double asked) {
  if (kind == ROI_CORRELATION_PEARSON || asked == 0.0 || fabs(asked) == 1.0) return asked;
  return 2 * roi_sin(asked * (PI / 6));
}

static double of_score(uint32_t kind, double score) {
  if (kind == ROI_CORRELATION_PEARSON || score == 0.0 || fabs(score) == 1.0) return score;
  return roi_asin(score / 2) * (6 / PI);
}

/* -- Looking up ---------------------------------------------------------------------------------------------------- */

static uint32_t member_of(const roi_graph *g, const roi_group_row *r, roi_node draw) {
  uint32_t k = 0;
  while (k < r->n_members && g->members[r->first_member + k] != draw) k++;
  return k;
}

const roi_group_row *roi_graph_group_of(const roi_graph *g, roi_node draw) {
  for (size_t i = 0; i < g->n_groups; i++)
    if (member_of(g, &g->groups[i], draw) < g->groups[i].n_members) return &g->groups[i];
  return NULL;
}

double roi_graph_correlation_used(const roi_graph *g, const roi_correlation_row *pair) {
  const roi_group_row *r = roi_graph_group_of(g, pair->a);
  size_t i = member_of(g, r, pair->b), j = member_of(g, r, pair->a);
  double score = g->scores[r->first_score + i * (i - 1) / 2 + j];
  return score == score_of(pair->kind, pair->asked) ? pair->asked : of_score(pair->kind, score);
}

int roi_graph_group_factor(const roi_graph *g, const roi_group_row *group, double *factor) {
  size_t n = group->n_members;
  const double *score = g->scores + group->first_score;
  for (size_t i = 0; i < n; i++) {
    factor[i * n + i] = 1.0;
    for (size_t j = 0; j < i; j++) factor[i * n + j] = *score++;
  }
  return roi_correlation_factor(factor, n, factor);
}

/* -- Making -------------------------------------------------------------------------------------------------------- */

/* A pair with the group it belongs to, named by the group's first draw; NO_GROUP: pairs of correlation 0 between
 * groups. */
#define NO_GROUP UINT32_MAX
typedef struct pair { uint32_t group; roi_correlation_row row; } pair;

typedef struct work {
  roi_graph *g;
  pair *pairs; size_t n;  /* sorted by group, then a, then b */
  uint32_t *parent;       /* by node: the forest of pairs that hang together */
  uint32_t *place;        /* by node: its number in its group */
  uint32_t *ordinal;      /* by node: the draw's number, in whose order a group's members stand */
  double *factor, *matrix; /* of the group at hand */
  double squares;         /* of how far all matrices moved */
  roi_error *err;
} work;

static const char *name_of(const roi_graph *g, roi_node draw) { return roi_graph_text(g, g->nodes[draw].name); }

static roi_status no_memory(roi_error *err) { return roi_fail_memory(err, "correlating draws"); }

static roi_status fail_row(const work *w, const roi_correlation_row *r, const char *rule) {
  return roi_fail_at(w->err, ROI_ERR_MODEL, roi_graph_text(w->g, r->file), (int)r->line, "correlation of '%s' and '%s': %s",
                     name_of(w->g, r->a), name_of(w->g, r->b), rule);
}

static roi_status check_row(const work *w, const roi_correlation_row *r) {
  const roi_graph *g = w->g;
  roi_node n[2] = {r->a, r->b};
  for (int i = 0; i < 2; i++)
    if (n[i] >= g->n_nodes || g->nodes[n[i]].op != ROI_DRAW)
      return roi_fail_at(w->err, ROI_ERR_MODEL, roi_graph_text(g, r->file), (int)r->line,
                         "only draws can be correlated: give what roi_draw returned");
  char value[96];
  snprintf(value, sizeof value, "%g is not between -1 and 1", r->asked);
  if (r->a == r->b) return fail_row(w, r, "a draw can't be correlated with itself");
  if (!(fabs(r->asked) <= 1.0)) return fail_row(w, r, value);
  if (r->kind >= ROI_CORRELATION_COUNT) return fail_row(w, r, "the kind is neither Spearman's nor Pearson's");
  if (r->asked != 0.0 && ((g->nodes[r->a].flags ^ g->nodes[r->b].flags) & ROI_EACH_PERIOD))
    return fail_row(w, r, "one is drawn once a trial, the other anew each period; only draws of one kind can be correlated");
  for (int i = 0; i < 2; i++)
    if (roi_graph_group_of(g, n[i])) return fail_row(w, r, "one of them is correlated already: name all of its pairs together");
  return ROI_OK;
}

static int by_pair(const void *a, const void *b) {
  const pair *x = a, *y = b;
  if (x->group != y->group) return x->group < y->group ? -1 : 1;
  if (x->row.a != y->row.a) return x->row.a < y->row.a ? -1 : 1;
  if (x->row.b != y->row.b) return x->row.b < y->row.b ? -1 : 1;
  return x->row.line < y->row.line ? -1 : x->row.line > y->row.line;
}

static roi_status check_rows(work *w) {
  for (size_t i = 0; i < w->n; i++) {
    roi_correlation_row *r = &w->pairs[i].row;
    roi_status s = check_row(w, r);
    if (s != ROI_OK) return s;
    if (w->ordinal[r->a] == w->ordinal[r->b]) return fail_row(w, r, "a draw can't be correlated with itself");
    if (w->ordinal[r->a] > w->ordinal[r->b]) {
      roi_node first = r->b;
      r->b = r->a;
      r->a = first;
    }
    r->unused = 0;
  }
  return ROI_OK;
}

static roi_status check_twice(const work *w) {
  for (size_t i = 1; i < w->n; i++) {
    const roi_correlation_row *r = &w->pairs[i].row, *other = &w->pairs[i - 1].row;
    if (r->a != other->a || r->b != other->b) continue;
    char rule[400];
    snprintf(rule, sizeof rule, "it is given twice, %g on line %u and %g on line %u; leave one out", other->asked, other->line,
             r->asked, r->line);
    return fail_row(w, r, rule);
  }
  return ROI_OK;
}

static uint32_t root_of(work *w, uint32_t n) {
  while (w->parent[n] != n) n = w->parent[n] = w->parent[w->parent[n]];
  return n;
}

/* Gives every pair its group. The lowest node of a tree is its root, so that groups come in the order of their first
 * draws. */
static void join(work *w) {
  for (size_t i = 0; i < w->g->n_nodes; i++) w->parent[i] = (uint32_t)i;
  for (size_t i = 0; i < w->n; i++) {
    if (w->pairs[i].row.asked == 0.0) continue;
    uint32_t a = root_of(w, w->pairs[i].row.a), b = root_of(w, w->pairs[i].row.b);
    if (a < b) w->parent[b] = a;
    else w->parent[a] = b;
  }
  for (size_t i = 0; i < w->n; i++) {
    uint32_t a = root_of(w, w->pairs[i].row.a), b = root_of(w, w->pairs[i].row.b);
    w->pairs[i].group = a == b ? a : NO_GROUP;
  }
  qsort(w->pairs, w->n, sizeof *w->pairs, by_pair);
}

static int grow(roi_graph *g, size_t pairs) {
  while (g->n_scores + pairs > g->cap_scores) {
    size_t wanted = g->cap_scores * 2 > g->n_scores + pairs ? g->cap_scores * 2 : g->n_scores + pairs;
    double *p = roi_resize(g->scores, wanted, sizeof *p);
    if (!p) return -1;
    g->scores = p;
    g->cap_scores = wanted;
  }
  return roi_grow((void **)&g->groups, g->n_groups, &g->cap_groups, sizeof *g->groups);
}

static int add_member(roi_graph *g, roi_node draw) {
  if (roi_grow((void **)&g->members, g->n_members, &g->cap_members, sizeof *g->members) != 0) return -1;
  g->members[g->n_members++] = draw;
  return 0;
}

roi_status roi_graph_add_group(roi_graph *g, const roi_node *members, size_t n, const double *scores, roi_error *err) {
  size_t pairs = n * (n - 1) / 2;
  roi_group_row r = {.first_member = (uint32_t)g->n_members, .n_members = (uint32_t)n, .first_score = (uint32_t)g->n_scores};
  if (grow(g, pairs) != 0) return no_memory(err);
  for (size_t i = 0; i < n; i++)
    if (add_member(g, members[i]) != 0) return g->n_members = r.first_member, no_memory(err);
  for (size_t i = 0; i < pairs; i++) g->scores[g->n_scores++] = scores[i];
  g->groups[g->n_groups++] = r;
  return ROI_OK;
}

/* The pair's row among n, or NULL if none was asked for. */
static const roi_correlation_row *row_of(const pair *pairs, size_t n, roi_node a, roi_node b) {
  pair key = {.group = pairs->group, .row = {.a = a, .b = b}};
  size_t low = 0, high = n;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (by_pair(&pairs[middle], &key) < 0) low = middle + 1;
    else high = middle;
  }
  return low < n && pairs[low].row.a == a && pairs[low].row.b == b ? &pairs[low].row : NULL;
}

/* Says what the repair changed: the pairs that moved most, in the order of how much. */
static roi_status note_repair(work *w, roi_group_row *r, const pair *pairs, size_t n_pairs, double distance) {
  enum { SHOWN = 3 };
  const double seen = 5e-5; /* what four decimals show */
  struct { double by, from, to; roi_node a, b; const roi_correlation_row *row; } most[SHOWN + 1];
  roi_graph *g = w->g;
  size_t n = 0, changed = 0, size = r->n_members;
  const roi_node *member = g->members + r->first_member;
  for (size_t i = 0; i < size; i++)
    for (size_t j = 0; j < i; j++) {
      const roi_correlation_row *row = row_of(pairs, n_pairs, member[j], member[i]);
      double from = row ? row->asked : 0.0, to = of_score((row ? row : &pairs->row)->kind, w->matrix[i * size + j]);
      double by = fabs(to - from);
      changed += by >= seen;
      size_t at = n < SHOWN ? n++ : SHOWN;
      for (; at > 0 && most[at - 1].by < by; at--) most[at] = most[at - 1];
      most[at].by = by, most[at].from = from, most[at].to = to;
      most[at].a = member[j], most[at].b = member[i], most[at].row = row;
    }
  char text[900];
  int length = snprintf(text, sizeof text,
                        "these correlations can't hold together (their matrix is not positive semi-definite); "
                        "the nearest that can take their place: ");
  for (size_t k = 0; k < n && (k == 0 || most[k].by >= seen); k++) {
    char names[2][64];
    length += snprintf(text + length, sizeof text - (size_t)length, "%s'%s' and '%s' %.4f became %.4f", k ? ", " : "",
                       roi_escape(names[0], sizeof names[0], name_of(g, most[k].a)),
                       roi_escape(names[1], sizeof names[1], name_of(g, most[k].b)), most[k].from, most[k].to);
  }
  if (changed > n) length += snprintf(text + length, sizeof text - (size_t)length, ", and %zu more", changed - n);
  snprintf(text + length, sizeof text - (size_t)length, "; distance %.4f", distance);
  if (most[0].row) r->file = most[0].row->file, r->line = most[0].row->line;
  r->note = roi_graph_string(g, text);
  if (r->note == UINT32_MAX) return no_memory(w->err);
  const roi_finding f = {.file = r->file, .line = r->line, .rule = "correlation-repair", .text = text, .when = ROI_NONE};
  return roi_graph_add_finding(g, &f, w->err);
}

/* By number; there are ROI_MAX_GROUP at most, and as a rule they are in order. */
static void sort_members(const work *w, roi_node *member, size_t n) {
  for (size_t i = 1; i < n; i++) {
    roi_node draw = member[i];
    size_t at = i;
    for (; at > 0 && w->ordinal[member[at - 1]] > w->ordinal[draw]; at--) member[at] = member[at - 1];
    member[at] = draw;
  }
}

/* The draws of a group's pairs, in the order of the graph. */
static roi_status add_members(work *w, const pair *pairs, size_t n) {
  roi_graph *g = w->g;
  size_t first = g->n_members;
  for (size_t i = 0; i < n; i++) w->place[pairs[i].row.a] = w->place[pairs[i].row.b] = UINT32_MAX;
  for (size_t i = 0; i < 2 * n; i++) {
    roi_node draw = i < n ? pairs[i].row.a : pairs[i - n].row.b;
    if (w->place[draw] != UINT32_MAX) continue;
    if (add_member(g, draw) != 0) return no_memory(w->err);
    w->place[draw] = 0;
  }
  if (g->n_members - first <= ROI_MAX_GROUP) sort_members(w, g->members + first, g->n_members - first); /* else they are refused */
  for (size_t i = first; i < g->n_members; i++) w->place[g->members[i]] = (uint32_t)(i - first);
  return ROI_OK;
}

static roi_status add_group(work *w, const pair *pairs, size_t n_pairs) {
  roi_graph *g = w->g;
  roi_group_row r = {.first_member = (uint32_t)g->n_members, .first_score = (uint32_t)g->n_scores, .file = pairs->row.file,
                     .line = pairs->row.line};
  if (add_members(w, pairs, n_pairs) != ROI_OK) return ROI_ERR_MEMORY;
  size_t n = g->n_members - r.first_member;
  r.n_members = (uint32_t)n;
  if (n > ROI_MAX_GROUP)
    return roi_fail_at(w->err, ROI_ERR_MODEL, roi_graph_text(g, r.file), (int)r.line,
                       "%zu draws are correlated with each other, directly or through others; at most %u can be", n,
                       ROI_MAX_GROUP);
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++) w->matrix[i * n + j] = i == j;
  for (size_t i = 0; i < n_pairs; i++) {
    const roi_correlation_row *p = &pairs[i].row;
    size_t a = w->place[p->a], b = w->place[p->b];
    w->matrix[a * n + b] = w->matrix[b * n + a] = score_of(p->kind, p->asked);
  }
  double distance = 0;
  int repair = roi_correlation_factor(w->matrix, n, w->factor) != 0;
  if (repair && roi_nearest_correlation(w->matrix, n, &distance, w->err) != ROI_OK) return ROI_ERR_MEMORY;
  if (repair && note_repair(w, &r, pairs, n_pairs, distance) != ROI_OK) return ROI_ERR_MEMORY;
  w->squares += distance * distance;
  if (grow(g, n * (n - 1) / 2) != 0) return no_memory(w->err);
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < i; j++) g->scores[g->n_scores++] = w->matrix[i * n + j];
  g->groups[g->n_groups++] = r;
  return ROI_OK;
}

/* Groups, and their pairs as asked for; pairs of no group say nothing and are left out. */
static roi_status add_groups(work *w) {
  roi_graph *g = w->g;
  for (size_t i = 0, next; i < w->n && w->pairs[i].group != NO_GROUP; i = next) {
    for (next = i; next < w->n && w->pairs[next].group == w->pairs[i].group; next++) {
      if (roi_grow((void **)&g->correlations, g->n_correlations, &g->cap_correlations, sizeof *g->correlations) != 0)
        return no_memory(w->err);
      g->correlations[g->n_correlations++] = w->pairs[next].row;
    }
    roi_status s = add_group(w, &w->pairs[i], next - i);
    if (s != ROI_OK) return s;
  }
  return ROI_OK;
}

/* moved: how far the matrices moved, together. A failure leaves the graph as it was. */
static roi_status correlate(roi_graph *g, const roi_correlation_row *rows, size_t n, double *moved, roi_error *err) {
  size_t groups = g->n_groups, members = g->n_members, scores = g->n_scores;
  size_t pairs = g->n_correlations, warnings = g->n_warnings;
  size_t largest = g->n_nodes < ROI_MAX_GROUP ? g->n_nodes : ROI_MAX_GROUP;
  work w = {.g = g, .n = n, .err = err};
  w.pairs = roi_alloc(n + 1, sizeof *w.pairs);
  w.parent = roi_alloc(g->n_nodes + 1, sizeof *w.parent);
  w.place = roi_alloc(g->n_nodes + 1, sizeof *w.place);
  w.ordinal = roi_alloc(g->n_nodes + 1, sizeof *w.ordinal);
  w.factor = roi_alloc(largest * largest, sizeof *w.factor);
  w.matrix = roi_alloc(largest * largest, sizeof *w.matrix);
  roi_status s = w.pairs && w.parent && w.place && w.factor && w.matrix && w.ordinal ? ROI_OK : no_memory(err);
  if (s == ROI_OK && roi_graph_ordinals(g, w.ordinal) != 0) s = no_memory(err);
  for (size_t i = 0; i < n && s == ROI_OK; i++) w.pairs[i] = (pair){.row = rows[i]};
  if (s == ROI_OK) s = check_rows(&w);
  if (s == ROI_OK) join(&w);
  if (s == ROI_OK) s = check_twice(&w);
  if (s == ROI_OK) s = add_groups(&w);
  if (s == ROI_OK && moved) *moved = sqrt(w.squares);
  if (s != ROI_OK)
    g->n_groups = groups, g->n_members = members, g->n_scores = scores, g->n_correlations = pairs, g->n_warnings = warnings;
  void *const parts[] = {w.pairs, w.parent, w.place, w.factor, w.matrix, w.ordinal};
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) roi_free(parts[i]);
  return s;
}

roi_status roi_graph_correlate_pairs(roi_graph *g, const roi_correlation_row *rows, size_t n, roi_error *err) {
  return n ? correlate(g, rows, n, NULL, err) : ROI_OK;
}

static roi_status check_matrix(const double *matrix, size_t n, roi_error *err) {
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j <= i; j++) {
      double x = matrix[i * n + j];
      if (i == j && x != 1.0) return roi_fail(err, ROI_ERR_MODEL, "correlation matrix: entry (%zu, %zu) is %g, not 1", i, i, x);
      if (x != matrix[j * n + i])
        return roi_fail(err, ROI_ERR_MODEL, "correlation matrix: entries (%zu, %zu) and (%zu, %zu) differ: %g and %g", i, j, j,
                        i, x, matrix[j * n + i]);
    }
  return ROI_OK;
}

roi_status roi_graph_correlate(roi_graph *g, const roi_node *draws, size_t n, const double *matrix, roi_correlation kind,
                               double *moved, roi_error *err) {
  if (moved) *moved = 0;
  if (n > ROI_MAX_GROUP)
    return roi_fail(err, ROI_ERR_MODEL, "%zu draws: at most %u can be correlated with each other", n, ROI_MAX_GROUP);
  roi_status s = check_matrix(matrix, n, err);
  if (s != ROI_OK || n < 2) return s;
  roi_correlation_row *rows = roi_alloc(n * n, sizeof *rows);
  if (!rows) return no_memory(err);
  size_t count = 0;
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < i; j++)
      rows[count++] = (roi_correlation_row){.a = draws[j], .b = draws[i], .kind = (uint32_t)kind, .file = g->here_file,
                                            .line = g->here_line, .asked = matrix[i * n + j]};
  s = correlate(g, rows, count, moved, err);
  roi_free(rows);
  return s;
}
