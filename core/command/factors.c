#include "command/factors.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "sensitivity/swings.h"

#define NAME_SIZE 300
#define DRAW_WORK 20 /* a draw costs about as much as this many additions */

/* One draw of the graph while groups are made. */
typedef struct member {
  roi_node node;
  int used;      /* the target depends on it */
  size_t group;  /* 1 + the number of its --group, or of what is correlated, counted on from these; 0: none */
  int drawn_along; /* the target does not depend on it, but it is correlated with one that it does, of the same factor */
} member;

typedef struct maker {
  roi_factors *f;
  roi_graph *g;
  const roi_list *groups;
  const char *target;
  member *draw; size_t n_draws;
  uint32_t *ordinal; /* by node: the draw's number */
} maker;

static const char *draw_name(const maker *m, size_t i) { return roi_graph_text(m->g, m->g->nodes[m->draw[i].node].name); }

static roi_status find_draws(maker *m, roi_node target, roi_error *err) {
  const roi_graph *g = m->g;
  unsigned char *used = roi_mark_sources(g, target, err);
  m->draw = roi_alloc_zero(roi_graph_draws(g), sizeof *m->draw);
  m->ordinal = roi_alloc(g->n_nodes + 1, sizeof *m->ordinal);
  if (!used || !m->draw || !m->ordinal || roi_graph_ordinals(g, m->ordinal) != 0) {
    roi_free(used);
    return roi_fail_memory(err, "looking for uncertain inputs");
  }
  for (size_t i = 0; i <= target; i++) {
    const roi_node_row *row = &g->nodes[i];
    if (!used[i]) continue;
    double periods = row->shape == ROI_SERIES_SHAPE ? (double)g->horizon : 1;
    m->f->work += periods * (row->op == ROI_DRAW ? DRAW_WORK : 1);
    if (row->op == ROI_EXTERN) m->f->per_trial = 1;
  }
  for (size_t i = 0; i < g->n_nodes; i++)
    if (g->nodes[i].op == ROI_DRAW) {
      member *first = &m->draw[m->ordinal[i]]; /* of the draws of one stream, which move together; the last that is used stands for them */
      m->draw[m->n_draws++].node = (roi_node)i;
      if (!used[i] && (first->used || first != &m->draw[m->n_draws - 1])) continue;
      first->node = (roi_node)i;
      first->used = used[i];
    }
  roi_free(used);
  return ROI_OK;
}

/* -- --group NAME=A,B --------------------------------------------------------------------------------------------- */

static roi_status unknown_draw(const maker *m, const char *item, const char *name, roi_error *err) {
  const char **known = roi_alloc(m->n_draws + 1, sizeof *known);
  if (!known) return roi_fail_memory(err, "reading --group");
  for (size_t i = 0; i < m->n_draws; i++) known[i] = draw_name(m, i);
  const char *near = roi_nearest(name, known, m->n_draws);
  roi_free(known);
  if (near)
    return roi_fail(err, ROI_ERR_USAGE, "--group '%.200s': the model draws no '%.200s'; did you mean '%s'?", item, name, near);
  return roi_fail(err, ROI_ERR_USAGE, "--group '%.200s': the model draws no '%.200s'; the first that it draws is '%s'", item, name,
                  m->n_draws ? draw_name(m, 0) : "none");
}

static roi_status add_member(maker *m, size_t group, const char *name, roi_error *err) {
  const char *item = m->groups->item[group];
  size_t i = 0;
  while (i < m->n_draws && strcmp(draw_name(m, i), name) != 0) i++;
  if (i == m->n_draws) return unknown_draw(m, item, name, err);
  if (m->draw[i].group && m->draw[i].group != group + 1)
    return roi_fail(err, ROI_ERR_USAGE, "--group '%.200s': '%.200s' is in the group '%.200s' already", item, name,
                    m->groups->item[m->draw[i].group - 1]);
  m->draw[i].group = group + 1;
  return ROI_OK;
}

/* The members of one group; a name that holds a comma is written ["a,b"]. */
static roi_status read_group(maker *m, size_t group, roi_error *err) {
  const char *item = m->groups->item[group], *equals = strchr(item, '=');
  if (!equals || equals == item || !equals[1])
    return roi_fail(err, ROI_ERR_USAGE, "--group '%.200s': write NAME=DRAW,DRAW, as in --group people=wage,hours", item);
  size_t length = (size_t)(equals - item);
  for (size_t k = 0; k < group; k++) {
    const char *other = m->groups->item[k];
    if (!strncmp(item, other, length + 1))
      return roi_fail(err, ROI_ERR_USAGE, "--group '%.200s': the name is taken by --group '%.200s'", item, other);
  }
  for (const char *text = equals + 1; *text;) {
    char name[NAME_SIZE];
    const char *end = text;
    if (*text != '[' || roi_read_name(&end, name, sizeof name) <= 0) {
      end = text + strcspn(text, ",");
      if ((size_t)(end - text) >= sizeof name) return roi_fail(err, ROI_ERR_USAGE, "--group: a name is too long");
      memcpy(name, text, (size_t)(end - text));
      name[end - text] = '\0';
    }
    if (!*name || (*end && *end != ',') || (*end && !end[1]))
      return roi_fail(err, ROI_ERR_USAGE, "--group '%.200s': names are separated by single commas", item);
    roi_status status = add_member(m, group, name, err);
    if (status) return status;
    text = *end ? end + 1 : end;
  }
  for (size_t i = 0; i < m->n_draws; i++) {
    const char *name = draw_name(m, i);
    if (m->draw[i].group != group + 1 && strlen(name) == length && !strncmp(name, item, length))
      return roi_fail(err, ROI_ERR_USAGE, "--group '%.200s': '%s' is the name of a draw that is not in the group", item, name);
  }
  return ROI_OK;
}

/* -- Correlated draws --------------------------------------------------------------------------------------------- */

static size_t draw_of_node(const maker *m, roi_node node) { return m->ordinal[node]; }

/* A group is more than it was asked to be: that is told. */
static void tell_along(maker *m, size_t group, size_t named, const char *names) {
  const char *item = m->groups->item[group - 1];
  roi_buffer text = {0};
  if (m->f->taken_along) roi_buffer_print(&text, "%s; ", m->f->taken_along);
  roi_buffer_print(&text, "%.*s takes along what is correlated with %.200s: %s", (int)strcspn(item, "="), item, draw_name(m, named), names);
  roi_free(m->f->taken_along);
  m->f->taken_along = text.failed ? NULL : text.text;
  if (text.failed) roi_buffer_free(&text);
}

/* Joins one set of correlated draws, to the --group that one of them is in or by themselves. */
static roi_status join(maker *m, size_t set, roi_error *err) {
  const roi_group_row *row = &m->g->groups[set];
  const roi_node *node = m->g->members + row->first_member;
  size_t group = 0, n_used = 0, named = 0;
  for (size_t i = 0; i < row->n_members; i++) {
    const member *d = &m->draw[draw_of_node(m, node[i])];
    n_used += (size_t)d->used;
    if (!d->used || !d->group) continue;
    if (group && d->group != group)
      return roi_fail(err, ROI_ERR_USAGE, "--group '%.200s': '%s' is correlated with '%s' of --group '%.200s'; "
                      "put them into one group", m->groups->item[d->group - 1], draw_name(m, draw_of_node(m, node[i])), draw_name(m, named),
                      m->groups->item[group - 1]);
    group = d->group;
    named = draw_of_node(m, node[i]);
  }
  if (n_used == 0) return ROI_OK;
  roi_buffer along = {0};
  for (size_t i = 0; i < row->n_members && group; i++) {
    size_t k = draw_of_node(m, node[i]);
    if (m->draw[k].used && !m->draw[k].group) roi_buffer_print(&along, "%s%.200s", along.n ? ", " : "", draw_name(m, k));
  }
  if (along.n) tell_along(m, group, named, along.text);
  roi_buffer_free(&along);
  if (!group) group = m->groups->n + 1 + set;
  for (size_t i = 0; i < row->n_members; i++) {
    member *d = &m->draw[draw_of_node(m, node[i])];
    d->group = group;
    d->drawn_along = !d->used;
  }
  return ROI_OK;
}

static roi_status find_correlated(maker *m, int independent, roi_error *err) {
  const roi_graph *g = m->g;
  roi_status status = ROI_OK;
  for (size_t set = 0; set < g->n_groups && !status; set++) {
    size_t n_used = 0;
    for (size_t i = 0; i < g->groups[set].n_members; i++)
      n_used += (size_t)m->draw[draw_of_node(m, g->members[g->groups[set].first_member + i])].used;
    if (n_used > 1) m->f->correlated = 1;
    if (independent) status = join(m, set, err);
  }
  return status;
}

/* -- Rows --------------------------------------------------------------------------------------------------------- */

/* The value of a draw as one number a trial. */
static roi_status scalar_of(maker *m, roi_node *node, roi_error *err) {
  if (m->g->nodes[*node].shape != ROI_SERIES_SHAPE) return ROI_OK;
  roi_error cause = {0};
  *node = roi_apply(m->g, ROI_MEAN, node, 1, &cause);
  if (*node != ROI_NONE) return ROI_OK;
  *err = cause;
  return cause.status;
}

/* "a+b": the correlated draws of a row, as many as the target depends on. */
static roi_status join_names(maker *m, size_t group, char **name, roi_error *err) {
  roi_buffer text = {0};
  for (size_t i = 0; i < m->n_draws; i++)
    if (m->draw[i].used && m->draw[i].group == group) roi_buffer_print(&text, "%s%s", text.n ? "+" : "", draw_name(m, i));
  *name = text.failed ? NULL : text.text;
  if (text.failed) roi_buffer_free(&text);
  return *name ? ROI_OK : roi_fail_memory(err, "listing uncertain inputs");
}

static roi_status name_group(maker *m, size_t group, char **name, roi_error *err) {
  if (group > m->groups->n) return join_names(m, group, name, err);
  *name = roi_copy_string(m->groups->item[group - 1]);
  if (!*name) return roi_fail_memory(err, "reading --group");
  (*name)[strcspn(*name, "=")] = '\0';
  return ROI_OK;
}

/* A row for the draw i, or for its group if i is the first of it that is used. */
static roi_status add_row(maker *m, size_t i, size_t *taken, roi_error *err) {
  roi_factors *f = m->f;
  roi_factor *row = &f->row[f->n];
  size_t group = m->draw[i].group, n_used = 0;
  row->draws = f->draws + *taken;
  for (size_t k = group ? 0 : i; k < (group ? m->n_draws : i + 1); k++) {
    const member *d = &m->draw[k];
    if ((!d->used && !d->drawn_along) || d->group != group) continue;
    f->draws[(*taken)++] = (uint32_t)k;
    row->n_draws++;
    n_used += (size_t)d->used;
    if (m->g->nodes[d->node].shape == ROI_SERIES_SHAPE) row->each_period = 1;
  }
  f->n++;
  row->node = ROI_NONE;
  f->joined[f->n - 1] = group > m->groups->n && n_used > 1;
  if (group && (n_used > 1 || group <= m->groups->n)) {
    roi_status status = name_group(m, group, &f->names[f->n - 1], err);
    row->name = f->names[f->n - 1];
    return status;
  }
  row->name = draw_name(m, i);
  row->yes_no = roi_is_yes_no(m->g, m->draw[i].node);
  row->node = m->draw[i].node;
  return scalar_of(m, &row->node, err);
}

static roi_status make_rows(maker *m, roi_error *err) {
  roi_factors *f = m->f;
  size_t room = m->n_draws + 1, taken = 0;
  f->row = roi_alloc_zero(room, sizeof *f->row);
  f->names = roi_alloc_zero(room, sizeof *f->names);
  f->draws = roi_alloc(room, sizeof *f->draws);
  f->without = roi_alloc(room, sizeof *f->without);
  f->joined = roi_alloc_zero(room, 1);
  if (!f->row || !f->names || !f->draws || !f->without || !f->joined) return roi_fail_memory(err, "listing uncertain inputs");
  for (size_t i = 0; i < m->n_draws; i++) {
    int first = 1; /* of its group */
    for (size_t k = 0; k < i && m->draw[i].group; k++)
      if (m->draw[k].used && m->draw[k].group == m->draw[i].group) first = 0;
    if (!m->draw[i].used || !first) continue;
    roi_status status = add_row(m, i, &taken, err);
    if (status) return status;
  }
  /* Names point into the graph's strings, which adding nodes does not move. */
  for (size_t i = 0; i < m->n_draws; i++)
    if (!m->draw[i].used && m->ordinal[m->draw[i].node] == i && !roi_graph_is_replaced(m->g, m->draw[i].node)) f->without[f->n_without++] = draw_name(m, i);
  return ROI_OK;
}

static roi_status check_groups(const maker *m, roi_error *err) {
  for (size_t group = 1; group <= m->groups->n; group++) {
    int any = 0;
    for (size_t i = 0; i < m->n_draws; i++) any |= m->draw[i].used && m->draw[i].group == group;
    if (!any)
      return roi_fail(err, ROI_ERR_USAGE, "--group '%.200s': %.200s does not depend on any of these", m->groups->item[group - 1],
                      m->target);
  }
  return ROI_OK;
}

roi_status roi_factors_make(roi_factors *f, roi_graph *g, const roi_target *target, const roi_list *groups, int independent,
                            roi_error *err) {
  *f = (roi_factors){0};
  maker m = {.f = f, .g = g, .groups = groups, .target = target->name};
  roi_status status = find_draws(&m, target->node, err);
  for (size_t i = 0; i < groups->n && !status; i++) status = read_group(&m, i, err);
  if (!status) status = check_groups(&m, err);
  if (!status) status = find_correlated(&m, independent, err);
  if (!status) status = make_rows(&m, err);
  roi_free(m.draw);
  roi_free(m.ordinal);
  return status;
}

void roi_factors_free(roi_factors *f) {
  for (size_t i = 0; f->names && i < f->n; i++) roi_free(f->names[i]);
  roi_free(f->names);
  roi_free(f->row);
  roi_free(f->draws);
  roi_free(f->without);
  roi_free(f->joined);
  roi_free(f->taken_along);
}
