/* The terminal's table of a sensitivity study: one row a factor, one column a measure, a bar for the one that ranks them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/page.h"
#include "report/sensitivity_report.h"

#define MOST_ROWS 20
#define MOST_PAIRS 10
#define MOST_COLUMNS 8
#define NAME_WIDTH 24 /* of one of a pair */
#define NAME_MOST 40
#define NAME_LEAST 14
#define BAR_LEAST 6
#define BAR_MOST 30

const roi_estimate *roi_sensitivity_column(const roi_sensitivity *s, const char *measure) {
  for (size_t m = 0; m < s->method->n_measures; m++)
    if (!strcmp(s->method->measures[m].name, measure)) return s->cell + m * s->n_factors;
  return NULL;
}

const roi_estimate *roi_sensitivity_rank(const roi_sensitivity_view *v) {
  const roi_sensitivity *s = v->parts[0];
  const roi_estimate *share = roi_sensitivity_column(s, "total");
  if (!share) share = roi_sensitivity_column(s, "first");
  return !v->method && share ? share : s->cell + s->method->rank_by * s->n_factors;
}

/* -- Order -------------------------------------------------------------------------------------------------------- */

typedef struct ranked { double size; size_t index; } ranked;
static int larger_first(const void *a, const void *b) {
  const ranked *x = a, *y = b;
  if (x->size != y->size) return x->size > y->size ? -1 : 1;
  return x->index < y->index ? -1 : 1;
}

roi_status roi_sensitivity_order(const roi_sensitivity_view *v, size_t *order, roi_error *err) {
  size_t n = v->study->n_factors;
  ranked *row = roi_alloc(n, sizeof *row);
  if (!row) return roi_fail_memory(err, "ranking inputs");
  const roi_estimate *by = roi_sensitivity_rank(v);
  for (size_t i = 0; i < n; i++) {
    double x = by[i].value;
    row[i] = (ranked){isnan(x) ? -INFINITY : v->method ? fabs(x) : x, i};
  }
  qsort(row, n, sizeof *row, larger_first);
  for (size_t i = 0; i < n; i++) order[i] = row[i].index;
  roi_free(row);
  return ROI_OK;
}

/* -- Columns ------------------------------------------------------------------------------------------------------ */

typedef struct column {
  char heading[80];
  char text[MOST_ROWS][3 * ROI_NUMBER];
  size_t width;
} column;

/* One way to write all values in the target's unit. */
typedef struct unit {
  roi_kind kind;
  roi_scale scale;
  int decimals;
  double never; /* what stands for it among periods; NaN: nothing */
  char name[60];
} unit;

typedef struct table {
  const roi_page *p;
  const roi_sensitivity_view *v;
  const size_t *order;
  size_t rows;
  unit unit;
  column *columns; size_t n;
  char name[MOST_ROWS][ROI_NAME];
  size_t name_width, bar_width;
} table;

static void widen(size_t *width, const char *text) {
  size_t own = roi_text_width(text);
  if (own > *width) *width = own;
}

/* Half of the interval, the longer side: what follows "±". */
static double reach(const roi_estimate *e) {
  double up = e->high - e->value, down = e->value - e->low;
  return up > down ? up : down;
}

/* 1 if the number stands for never. */
static int is_never(const roi_sensitivity_view *v, double x) { return v->kind == ROI_KIND_PERIODS && x == v->study->never; }

/* Of all that stands in the target's unit, so that one unit is told for the whole table. */
static void find_unit(table *t) {
  double x[MOST_ROWS * MOST_COLUMNS];
  size_t n = 0;
  int whole = 1;
  const roi_sensitivity *s = t->v->parts[t->v->n_parts - 1];
  for (size_t m = 0; m < s->method->n_measures && m < MOST_COLUMNS; m++)
    for (size_t i = 0; i < t->rows && s->method->measures[m].is_target_unit; i++) {
      const roi_estimate *e = &s->cell[m * s->n_factors + t->order[i]];
      x[n++] = e->value;
      if (!isnan(e->value)) whole &= e->value == rint(e->value) && !(s->method->measures[m].has_interval && !isnan(e->low));
    }
  if (n == 0) return;
  unit *u = &t->unit;
  *u = (unit){.kind = t->v->kind, .scale = roi_scale_of(x, n), .decimals = roi_percent_decimals(x, n), .never = t->v->study->never};
  if (u->kind == ROI_KIND_PERIODS) u->decimals = whole ? 0 : 1;
  roi_page_unit(t->p, u->name, sizeof u->name, u->kind,
                u->kind == ROI_KIND_NUMBER || u->kind == ROI_KIND_MONEY ? u->scale.suffix : "");
}

static void unit_text(char *buf, double x, const unit *u) {
  if (isnan(x)) snprintf(buf, ROI_NUMBER, "-");
  else if (u->kind == ROI_KIND_PERCENT || u->kind == ROI_KIND_CONDITION) roi_percent(buf, x, u->decimals);
  else if (u->kind == ROI_KIND_PERIODS && x == u->never) snprintf(buf, ROI_NUMBER, "never");
  else if (u->kind == ROI_KIND_PERIODS) roi_number_fixed(buf, x, u->decimals);
  else roi_number_scaled(buf, x, &u->scale);
}

/* A pure number, three digits after the point; tiny ones say so. */
static void plain_text(char *buf, double x) {
  if (isnan(x)) snprintf(buf, ROI_NUMBER, "-");
  else if (fabs(x) < 1000) roi_number_fixed(buf, x, 3);
  else roi_number_short(buf, x);
}

static void yes_no_text(char *buf, double x) { snprintf(buf, ROI_NUMBER, "%s", isnan(x) ? "-" : x == 0 ? "no" : "yes"); }

static void add_interval(const table *t, char *cell, const char *half) {
  size_t used = strlen(cell);
  snprintf(cell + used, sizeof t->columns->text[0] - used, " %s%s", t->p->plus_minus, half);
}

static void fill_measure(const table *t, column *c, const roi_measure *m, const roi_estimate *e) {
  char half[ROI_NUMBER];
  snprintf(c->heading, sizeof c->heading, "%s", m->heading);
  for (size_t i = 0; i < t->rows; i++) {
    const roi_estimate *x = &e[t->order[i]];
    char *cell = c->text[i];
    if (m->is_target_unit) unit_text(cell, x->value, &t->unit);
    else if (m->is_input_unit && t->v->study->factors[t->order[i]].yes_no) yes_no_text(cell, x->value);
    else if (m->is_input_unit) roi_number_short(cell, x->value);
    else if (m->is_percent) roi_percent(cell, x->value, 1);
    else plain_text(cell, x->value);
    if (isnan(x->value)) snprintf(cell, sizeof c->text[0], "-");
    if (!m->has_interval || isnan(x->value) || isnan(reach(x))) continue;
    if (m->is_input_unit) {
      roi_number_pm(cell, x->value, reach(x), t->p->plus_minus);
      continue;
    }
    if (m->is_target_unit) unit_text(half, reach(x), &t->unit);
    else if (m->is_percent) roi_percent(half, reach(x), 1);
    else plain_text(half, reach(x));
    add_interval(t, cell, half);
  }
}

/* Of the quick answer: the share with its interval in percent, and the range. */
static void fill_share(const table *t, column *c) {
  char half[ROI_NUMBER];
  const roi_estimate *share = roi_sensitivity_rank(t->v);
  snprintf(c->heading, sizeof c->heading, "share of variance");
  for (size_t i = 0; i < t->rows; i++) {
    const roi_estimate *x = &share[t->order[i]];
    if (isnan(x->value)) { snprintf(c->text[i], sizeof c->text[i], "-"); continue; }
    int decimals = reach(x) < 0.00005 ? 3 : reach(x) < 0.0005 ? 2 : 1;
    if (fabs(x->value) + reach(x) < 0.000005) { snprintf(c->text[i], sizeof c->text[i], "0%%"); continue; }
    roi_percent(c->text[i], x->value, decimals);
    if (!isnan(reach(x))) add_interval(t, c->text[i], roi_percent(half, reach(x), decimals));
  }
}

static void fill_range(const table *t, column *c, const roi_sensitivity *s) {
  const roi_estimate *low = roi_sensitivity_column(s, "low"), *high = roi_sensitivity_column(s, "high");
  if (!low || !high) return;
  char name[ROI_NAME], a[ROI_NUMBER], b[ROI_NUMBER];
  roi_page_name(t->p, name, t->v->target, 12);
  snprintf(c->heading, sizeof c->heading, "%.40s", roi_text_width(t->v->target) > 12 ? "range" : name);
  size_t left = 0, right = 0;
  for (size_t i = 0; i < t->rows; i++) {
    unit_text(a, low[t->order[i]].value, &t->unit);
    unit_text(b, high[t->order[i]].value, &t->unit);
    widen(&left, a);
    widen(&right, b);
  }
  for (size_t i = 0; i < t->rows; i++) {
    unit_text(a, low[t->order[i]].value, &t->unit);
    unit_text(b, high[t->order[i]].value, &t->unit);
    if (isnan(low[t->order[i]].value) && isnan(high[t->order[i]].value)) snprintf(c->text[i], sizeof c->text[i], "-");
    else snprintf(c->text[i], sizeof c->text[i], "%*s to %*s", (int)left, a, (int)right, b);
  }
}

/* -- Bars --------------------------------------------------------------------------------------------------------- */

/* From low to high around the value with all inputs at their median, or the mean, where the method tells these; else
 * the size of what ranks. */
typedef struct bars { const roi_estimate *low, *high; double from, to, median; } bars;

static bars make_bars(const table *t, const roi_sensitivity *s) {
  bars b = {roi_sensitivity_column(s, "low"), roi_sensitivity_column(s, "high"), 0, 0,
            isnan(s->at_median) ? s->mean : s->at_median};
  if (!t->v->method || !b.low || !b.high || isnan(b.median)) {
    b.low = NULL;
    b.high = roi_sensitivity_rank(t->v);
    b.median = NAN;
  } else {
    b.from = b.to = b.median;
  }
  for (size_t i = 0; i < t->rows; i++) {
    double high = b.high[t->order[i]].value, low = b.low ? b.low[t->order[i]].value : 0;
    if (isnan(high) || isnan(low)) continue;
    if (!b.low) high = fabs(high);
    b.to = fmax(b.to, fmax(low, high));
    b.from = fmin(b.from, fmin(low, high));
  }
  return b;
}

static size_t position(const table *t, const bars *b, double x) {
  return b->from < b->to ? (size_t)rint((x - b->from) / (b->to - b->from) * (double)(t->bar_width - 1)) : 0;
}

static void draw_range(const table *t, const bars *b, size_t f) {
  const char *full = t->p->style->utf8 ? "█" : "#";
  double low = b->low[f].value, high = b->high[f].value;
  size_t median = position(t, b, b->median), from = t->bar_width, to = 0;
  if (!isnan(low) && !isnan(high)) {
    from = position(t, b, fmin(low, high));
    to = position(t, b, fmax(low, high));
  }
  for (size_t i = 0; i < t->bar_width; i++)
    roi_buffer_text(t->p->out, i == median ? "|" : i >= from && i <= to ? full : " ");
}

/* Eighths of a column in UTF-8. */
static void draw_size(const table *t, const bars *b, size_t f) {
  static const char *const eighths[8] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  double x = t->v->method ? fabs(b->high[f].value) : b->high[f].value; /* a share below 0 is noise */
  if (isnan(x) || x < 0 || !(b->to > 0)) x = 0;
  double columns = b->to > 0 ? x / b->to * (double)t->bar_width : 0;
  int utf8 = t->p->style->utf8;
  size_t whole = (size_t)(utf8 ? floor(columns) : rint(columns)), part = utf8 ? (size_t)floor((columns - floor(columns)) * 8) : 0;
  roi_buffer_repeat(t->p->out, utf8 ? "█" : "#", whole);
  roi_buffer_text(t->p->out, eighths[part]);
  roi_buffer_repeat(t->p->out, " ", t->bar_width - whole - (part > 0));
}

/* -- The table ---------------------------------------------------------------------------------------------------- */

/* "incident.occurs" is cut where what tells its parts apart stays. */
static void factor_name(const roi_page *p, char *buf, const char *name, size_t room) {
  char head[ROI_NAME], tail[ROI_NAME];
  const char *dot = strrchr(name, '.');
  if (!dot || dot == name || roi_text_width(name) <= room || roi_text_width(dot) > room / 2) {
    roi_page_name(p, buf, name, room);
    return;
  }
  roi_page_name(p, tail, dot, room);
  snprintf(head, sizeof head, "%.*s", (int)(dot - name < 300 ? dot - name : 300), name);
  roi_page_name(p, buf, head, room - roi_text_width(tail));
  size_t n = strlen(buf);
  snprintf(buf + n, ROI_NAME - n, "%.100s", tail);
}

/* Its beginning and its end: "share of...ents 2". */
static void both_ends(const roi_page *p, char *buf, const char *name, size_t room) {
  char safe[ROI_NAME];
  size_t mark = roi_text_width(p->cut), head = (room - mark) / 2, tail = room - mark - head;
  roi_page_name(p, safe, name, ROI_NAME);
  if (roi_text_width(safe) > room) {
    roi_page_name(p, buf, safe, head + mark);
    const char *end = safe;
    for (uint32_t code; roi_text_width(end) > tail;) end += roi_utf8_next(end, &code);
    size_t n = strlen(buf);
    snprintf(buf + n, ROI_NAME - n, "%s", end);
  } else {
    memcpy(buf, safe, sizeof safe);
  }
}

/* 1 if the name of a row stands in another one too. */
static int stands_twice(const table *t, size_t row) {
  for (size_t i = 0; i < t->rows; i++)
    if (i != row && !strcmp(t->name[i], t->name[row])) return 1;
  return 0;
}

/* At most `room` columns each, and no two alike: cut where they differ, else numbered. */
static void set_names(table *t, size_t room) {
  unsigned char twice[MOST_ROWS];
  for (size_t i = 0; i < t->rows; i++) factor_name(t->p, t->name[i], t->v->study->factors[t->order[i]].name, room);
  for (size_t i = 0; i < t->rows; i++) twice[i] = (unsigned char)stands_twice(t, i);
  for (size_t i = 0; i < t->rows; i++)
    if (twice[i]) both_ends(t->p, t->name[i], t->v->study->factors[t->order[i]].name, room);
  for (size_t i = 0; i < t->rows; i++) twice[i] = (unsigned char)stands_twice(t, i);
  t->name_width = 0;
  for (size_t i = 0; i < t->rows; i++) {
    if (twice[i]) {
      factor_name(t->p, t->name[i], t->v->study->factors[t->order[i]].name, room - 3);
      size_t n = strlen(t->name[i]);
      snprintf(t->name[i] + n, ROI_NAME - n, "~%zu", i + 1);
    }
    widen(&t->name_width, t->name[i]);
  }
}

/* Widths: names and numbers take what they need, bars the rest; where that is too little bars give way, then names. */
static void lay_out(table *t) {
  size_t numbers = 0;
  for (size_t k = 0; k < t->n; k++) {
    t->columns[k].width = 0;
    widen(&t->columns[k].width, t->columns[k].heading);
    for (size_t i = 0; i < t->rows; i++) widen(&t->columns[k].width, t->columns[k].text[i]);
    numbers += t->columns[k].width + 2;
  }
  size_t room = ROI_PAGE_WIDTH > numbers + NAME_LEAST ? ROI_PAGE_WIDTH - numbers : NAME_LEAST;
  set_names(t, NAME_MOST);
  if (t->name_width + 2 + BAR_LEAST <= room) {
    t->bar_width = room - 2 - t->name_width;
    if (t->bar_width > BAR_MOST) t->bar_width = BAR_MOST;
    return;
  }
  if (t->name_width > room) set_names(t, room);
  size_t unit_width = *t->unit.name ? 3 + roi_text_width(t->unit.name) : 0; /* "in EUR" heads the names */
  if (t->name_width < unit_width) t->name_width = unit_width < room ? unit_width : room;
  t->bar_width = 0;
}

static void print_rows(const table *t, const roi_sensitivity *s) {
  bars b = make_bars(t, s);
  char in[80] = "";
  if (*t->unit.name) snprintf(in, sizeof in, "in %s", t->unit.name);
  roi_page_left(t->p, in, t->name_width + (t->bar_width ? 2 + t->bar_width : 0));
  for (size_t k = 0; k < t->n; k++) roi_page_right(t->p, t->columns[k].heading, t->columns[k].width + 2);
  roi_buffer_text(t->p->out, "\n");
  for (size_t i = 0; i < t->rows; i++) {
    roi_page_left(t->p, t->name[i], t->name_width);
    if (t->bar_width) roi_buffer_text(t->p->out, "  ");
    if (t->bar_width && b.low) draw_range(t, &b, t->order[i]);
    else if (t->bar_width) draw_size(t, &b, t->order[i]);
    for (size_t k = 0; k < t->n; k++) roi_page_right(t->p, t->columns[k].text[i], t->columns[k].width + 2);
    roi_buffer_text(t->p->out, "\n");
  }
  size_t rest = t->v->study->n_factors - t->rows;
  if (rest) roi_buffer_print(t->p->out, "and %zu more that rank below; --json has all\n", rest);
}

static roi_status print_table(const roi_page *p, const roi_sensitivity_view *v, const size_t *order, roi_error *err) {
  const roi_sensitivity *s = v->parts[0];
  table *t = roi_alloc_zero(1, sizeof *t);
  column *columns = roi_alloc_zero(MOST_COLUMNS, sizeof *columns);
  if (!t || !columns) {
    roi_free(t);
    roi_free(columns);
    return roi_fail_memory(err, "the sensitivity table");
  }
  *t = (table){.p = p, .v = v, .order = order, .columns = columns};
  t->rows = v->study->n_factors < MOST_ROWS ? v->study->n_factors : MOST_ROWS;
  find_unit(t);
  if (!v->method) {
    fill_share(t, &columns[t->n++]);
    if (v->n_parts > 1) fill_range(t, &columns[t->n++], v->parts[1]);
  } else {
    for (size_t m = 0; m < s->method->n_measures && t->n < MOST_COLUMNS; m++)
      fill_measure(t, &columns[t->n++], &s->method->measures[m], s->cell + m * s->n_factors);
  }
  lay_out(t);
  print_rows(t, s);
  roi_free(t);
  roi_free(columns);
  return ROI_OK;
}

/* -- Around it ---------------------------------------------------------------------------------------------------- */

static int by_size(const void *a, const void *b) {
  const roi_pair_estimate *x = a, *y = b;
  double i = fabs(x->second.value), j = fabs(y->second.value);
  if (isnan(i) || isnan(j)) return isnan(i) - isnan(j);
  if (i != j) return i > j ? -1 : 1;
  if (x->a != y->a) return x->a < y->a ? -1 : 1;
  return x->b < y->b ? -1 : x->b > y->b;
}

static roi_status print_pairs(const roi_page *p, const roi_sensitivity_view *v, roi_error *err) {
  const roi_sensitivity *s = v->parts[0];
  if (s->n_pairs == 0) return ROI_OK;
  roi_pair_estimate *pair = roi_alloc(s->n_pairs, sizeof *pair);
  if (!pair) return roi_fail_memory(err, "the table of pairs");
  memcpy(pair, s->pairs, s->n_pairs * sizeof *pair);
  qsort(pair, s->n_pairs, sizeof *pair, by_size);
  roi_buffer_text(p->out, "\nPairs: what two inputs do together, beyond what each does alone\n");
  size_t n = s->n_pairs < MOST_PAIRS ? s->n_pairs : MOST_PAIRS;
  for (size_t i = 0; i < n; i++) {
    char a[ROI_NAME], b[ROI_NAME], both[2 * ROI_NAME + 4], value[ROI_NUMBER], half[ROI_NUMBER];
    factor_name(p, a, v->study->factors[pair[i].a].name, NAME_WIDTH);
    factor_name(p, b, v->study->factors[pair[i].b].name, NAME_WIDTH);
    snprintf(both, sizeof both, "%s %s %s", a, p->style->utf8 ? "×" : "x", b);
    roi_page_left(p, both, 2 * NAME_WIDTH + 5);
    plain_text(value, pair[i].second.value);
    roi_page_right(p, value, 8);
    if (!isnan(reach(&pair[i].second))) {
      plain_text(half, reach(&pair[i].second));
      roi_buffer_print(p->out, " %s%s", p->plus_minus, half);
    }
    roi_buffer_text(p->out, "\n");
  }
  if (s->n_pairs > n) roi_buffer_print(p->out, "and %zu more pairs that do less; --json has all\n", s->n_pairs - n);
  roi_free(pair);
  return ROI_OK;
}

static void title(const roi_page *p, const roi_sensitivity_view *v) {
  const char *doc = v->parts[0]->doc ? v->parts[0]->doc : v->parts[0]->method->doc;
  const roi_method *m = v->parts[0]->method;
  /* What sorts is the first column, or plainly the width of a range. */
  int plain = m->rank_by == 0 || (roi_sensitivity_column(v->parts[0], "low") && roi_sensitivity_column(v->parts[0], "high"));
  const char *sorted = plain ? NULL : m->measures[m->rank_by].heading;
  char name[ROI_NAME], text[2 * ROI_NAME];
  roi_page_name(p, name, v->target, 60);
  snprintf(text, sizeof text, "What moves %s%s? %c%.300s.%s%s%s", v->kind == ROI_KIND_CONDITION ? "whether " : "", name,
           doc[0] >= 'a' && doc[0] <= 'z' ? doc[0] - 'a' + 'A' : doc[0], doc + 1,
           sorted ? " Sorted by " : "", sorted ? sorted : "", sorted ? "." : "");
  roi_page_sentence(p, text);
}

/* What the target was over the trials or points, and what it was not. */
static void summary(const roi_page *p, const roi_sensitivity_view *v) {
  const roi_sensitivity *s = v->parts[0];
  double mean = v->fixing ? v->fixing->mean : s->mean, sd = v->fixing ? v->fixing->sd : sqrt(s->variance); /* one on a page */
  char name[ROI_NAME], item[ROI_NAME + 40], a[ROI_NUMBER], b[ROI_NUMBER], as_never[2 * ROI_NUMBER] = "";
  double at_median = NAN;
  if (s->never)
    snprintf(as_never, sizeof as_never, "counted as %s %s", roi_period_names[v->graph->period], roi_periods(a, v->study->never));
  for (size_t k = 0; k < v->n_parts; k++)
    if (!isnan(v->parts[k]->at_median)) at_median = v->parts[k]->at_median;
  int any = !isnan(mean) || !isnan(sd) || !isnan(at_median) || !isnan(s->r2) || s->undefined || s->never;
  if (!any) return;
  snprintf(item, sizeof item, "%s: ", roi_page_name(p, name, v->target, 40));
  roi_paragraph q = roi_paragraph_begin(p, item, "; ", 2);
  if (!isnan(mean)) {
    if (v->kind == ROI_KIND_CONDITION) snprintf(item, sizeof item, "in %s of cases", roi_percent_share(a, mean));
    else snprintf(item, sizeof item, "mean %s%s%s%s", roi_number_kind(a, mean, v->kind), *as_never ? " (never " : "", as_never,
                  *as_never ? ")" : "");
    roi_paragraph_add(&q, item);
  }
  if (!isnan(sd) && v->kind != ROI_KIND_CONDITION) {
    snprintf(item, sizeof item, "standard deviation %s", roi_number_kind(a, sd, v->kind));
    roi_paragraph_add(&q, item);
  }
  if (!isnan(at_median)) {
    snprintf(item, sizeof item, "all inputs at median %s", is_never(v, at_median) ? "never" : roi_number_kind(a, at_median, v->kind));
    roi_paragraph_add(&q, item);
  }
  if (!isnan(s->r2)) {
    snprintf(item, sizeof item, "R2 %s", roi_number_fixed(a, s->r2, 3));
    roi_paragraph_add(&q, item);
  }
  if (!isnan(s->rank_r2)) {
    snprintf(item, sizeof item, "R2 of ranks %s", roi_number_fixed(a, s->rank_r2, 3));
    roi_paragraph_add(&q, item);
  }
  if (s->undefined) {
    snprintf(item, sizeof item, "%s of %s left out: no number there", roi_number_fixed(a, (double)s->undefined, 0),
             roi_number_fixed(b, (double)(s->undefined + s->n), 0));
    roi_paragraph_add(&q, item);
  }
  if (s->never) {
    snprintf(item, sizeof item, "%s of %s never%s%s", roi_number_fixed(a, (double)s->never, 0),
             roi_number_fixed(b, (double)(s->evaluations - s->undefined), 0), isnan(mean) ? ", " : "", isnan(mean) ? as_never : "");
    roi_paragraph_add(&q, item);
  }
  roi_paragraph_end(&q);
}

/* Notes hold names of the model's, which are made safe here. */
static void note(const roi_page *p, const char *text) {
  char safe[2048];
  roi_buffer line = {0};
  roi_text_fit(safe, sizeof safe, text, sizeof safe, p->cut);
  roi_buffer_print(&line, "Note: %s.", safe);
  if (line.text) roi_page_sentence(p, line.text);
  p->out->failed |= line.failed;
  roi_buffer_free(&line);
}

int roi_sensitivity_said(const roi_sensitivity_view *v, size_t part, size_t i) {
  for (size_t k = 0; k < part; k++)
    for (size_t j = 0; j < v->parts[k]->n_notes; j++)
      if (!strcmp(v->parts[k]->notes[j], v->parts[part]->notes[i])) return 1;
  return 0;
}

/* Of the quick answer, where total shares of variance are more than the whole. */
static void say_sum(const roi_page *p, const roi_sensitivity_view *v) {
  const roi_estimate *total = v->n_parts ? roi_sensitivity_column(v->parts[0], "total") : NULL;
  char sum[ROI_NUMBER], text[200];
  double all = 0;
  if (v->method || !total || total != roi_sensitivity_rank(v)) return;
  for (size_t i = 0; i < v->parts[0]->n_factors; i++)
    if (!isnan(total[i].value)) all += total[i].value;
  if (all < 1.015) return;
  snprintf(text, sizeof text, "Shares add up to %s: what inputs do together is counted for each of them.", roi_percent(sum, all, 0));
  roi_page_sentence(p, text);
}

static void sentences(const roi_page *p, const roi_sensitivity_view *v) {
  if (!v->method && v->n_parts > 1 && v->parts[0]->variance != 0) {
    char text[ROI_NAME];
    snprintf(text, sizeof text, "Last column: %s.", v->parts[1]->method->doc);
    roi_page_sentence(p, text);
  }
  say_sum(p, v);
  for (size_t i = 0; i < v->n_notes; i++) note(p, v->notes[i]);
  for (size_t k = 0; k < v->n_parts; k++)
    for (size_t i = 0; i < v->parts[k]->n_notes; i++)
      if (!roi_sensitivity_said(v, k, i)) note(p, v->parts[k]->notes[i]);
  if (v->n_without == 0) return;
  char name[ROI_NAME], item[ROI_NAME + 40];
  roi_paragraph q = roi_paragraph_begin(p, "Without influence: ", ", ", 2);
  for (size_t i = 0; i < v->n_without && i < MOST_ROWS; i++) roi_paragraph_add(&q, roi_page_name(p, name, v->without[i], 40));
  if (v->n_without > MOST_ROWS) {
    snprintf(item, sizeof item, "and %zu more", v->n_without - MOST_ROWS);
    roi_paragraph_add(&q, item);
  }
  roi_paragraph_end(&q);
}

static void footer(const roi_page *p, const roi_sensitivity_view *v) {
  char text[ROI_NUMBER];
  roi_page_libraries(p, v->graph);
  roi_buffer_print(p->out, "%s evaluation%s  seed %llu", roi_number_fixed(text, (double)v->evaluations, 0),
                   v->evaluations == 1 ? "" : "s",
                   (unsigned long long)v->study->request->options.seed);
  if (v->graph->n_files) {
    const uint8_t *h = v->graph->files[0].sha256;
    roi_buffer_print(p->out, "  model %02x%02x%02x%02x", h[0], h[1], h[2], h[3]);
  }
  roi_buffer_print(p->out, "  roisim %s\n", ROISIM_VERSION);
}

static void nothing_to_rank(const roi_page *p, const roi_sensitivity_view *v, const char *why) {
  char name[ROI_NAME], text[2 * ROI_NAME];
  roi_page_name(p, name, v->target, 60);
  snprintf(text, sizeof text, "%s %s, so there is nothing to rank.", name, why);
  roi_page_sentence(p, text);
}

/* Nothing was studied: the target depends on no draw. */
static void no_inputs(const roi_page *p, const roi_sensitivity_view *v) {
  nothing_to_rank(p, v, "depends on no uncertain input");
  roi_page_rule(p);
  roi_page_model(p);
  sentences(p, v);
  footer(p, v);
}

roi_status roi_report_sensitivity(roi_buffer *out, const roi_sensitivity_view *v, const roi_style *style, roi_error *err) {
  roi_view shared = {.graph = v->graph}; /* what the page's helpers look at */
  roi_page page = {out, &shared, style, style->utf8 ? "±" : "+-", style->utf8 ? "…" : "..."};
  if (v->n_parts == 0) {
    no_inputs(&page, v);
    return ROI_OK;
  }
  size_t *order = roi_alloc(v->study->n_factors, sizeof *order);
  roi_status status = order ? roi_sensitivity_order(v, order, err) : roi_fail_memory(err, "ranking inputs");
  if (!status) {
    int varies = v->parts[0]->variance != 0;
    if (!varies) nothing_to_rank(&page, v, "is the same in every trial");
    else if (v->method) title(&page, v);
    else roi_page_verdict(&page, v, order);
    roi_page_rule(&page);
    roi_page_model(&page);
    summary(&page, v);
    if (varies) {
      roi_buffer_text(out, "\n");
      status = print_table(&page, v, order, err);
    }
  }
  if (!status) status = print_pairs(&page, v, err);
  if (!status) {
    roi_buffer_text(out, "\n");
    sentences(&page, v);
    footer(&page, v);
  }
  roi_free(order);
  return status;
}
