/* The model's own tables: one block a sheet.
 *
 * Each estimate has its error. Where the table fits, it stands beside the value; else on a line of its own under each row, as in the
 * main table; and where even that is too wide, the table goes on in further parts, each with the first column again. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/state.h"
#include "graph/sheets.h"
#include "report/page.h"

#define GAP 2
#define MOST_LETTERS 24    /* of a text in a cell or a line of a heading, the first column's aside */
#define FEWEST_LETTERS 14  /* of the first column, where it is longer: with fewer left the table is too wide */

typedef struct texts { char value[ROI_NAME], error[ROI_NUMBER]; } texts; /* the error: "±1,700", "(<0.04%)", or "" */

typedef struct column {
  const roi_column_row *row;
  uint32_t index;            /* among the sheet's */
  char heading[2][ROI_NAME]; /* the second line may be empty */
  size_t value, error;       /* widths */
  int marked;                /* a value has the mark of what is not over all trials */
} column;

typedef struct table {
  const roi_page *page;
  const roi_sheet_row *sheet;
  column *columns;
  size_t n;
  roi_scale money;           /* of all money in it; no suffix: each number by itself */
  int beside;                /* 1: errors beside the values; 0: below them */
} table;

/* -- What stands in a cell ------------------------------------------------------------------------------------------------ */

typedef struct figure {
  double x, se;
  const roi_share_result *share; /* of a share, which x and se repeat */
  int exact;                     /* known without an error */
  int of_some;                   /* some trials have no value and are left out */
} figure;

static size_t cell_at(const table *t, size_t row, size_t col) {
  return t->sheet->first_cell + row * t->sheet->n_columns + t->columns[col].index;
}

static figure mean_figure(const roi_view *v, size_t cell) {
  roi_mean_result m = roi_view_mean(v, cell);
  if (m.never || m.n == 0) return (figure){.x = NAN, .se = NAN};
  return (figure){.x = m.mean, .se = m.se, .exact = roi_is_rounding(m.mean, m.se), .of_some = m.n < v->report->trials};
}

static figure quantile_figure(const roi_summary *s, double level) {
  size_t q = 0;
  while (roi_quantile_levels[q] != level) q++;
  if (s->n + s->never == 0) return (figure){.x = NAN, .se = NAN};
  int varies = s->n > 0 && (s->n < s->trials || s->min < s->max || s->trials == 1);
  return (figure){.x = s->quantile[q], .se = s->quantile_se[q], .exact = !varies, .of_some = s->undefined > 0};
}

/* 1 and the figure, if the cell is one. */
static int read_figure(const table *t, size_t cell, figure *f) {
  const roi_view *v = t->page->v;
  const roi_cell_row *c = &v->graph->cells[cell];
  const roi_cell_source *at = &v->cells[cell];
  double known;
  switch ((roi_cell_stat)c->stat) {
    case ROI_CELL_VALUE: *f = (figure){.x = c->level, .exact = 1}; return 1;
    case ROI_CELL_MEAN:
    case ROI_CELL_SUMMARY: *f = mean_figure(v, cell); return 1;
    case ROI_CELL_QUANTILE: *f = quantile_figure(&v->report->outputs[at->index], c->level); return 1;
    case ROI_CELL_RATIO: {
      const roi_ratio_result *r = &v->report->ratios[at->index];
      *f = (figure){.x = r->ratio, .se = r->se, .exact = roi_is_rounding(r->ratio, r->se), .of_some = r->n < v->report->trials};
      return 1;
    }
    case ROI_CELL_SHARE: {
      const roi_share_result *r = &v->report->shares[at->index];
      *f = (figure){.x = r->p, .se = r->se, .share = r, .exact = roi_graph_constant(v->graph, c->a, &known)};
      return 1;
    }
    default: return 0;
  }
}

/* What the number is, which decides how it is written: a share is one in any column, and so is the mean of a condition. */
static roi_kind kind_of(const column *col, const roi_cell_row *c) {
  static const roi_kind kinds[ROI_COLUMN_KINDS] = {
      [ROI_COLUMN_TEXT] = ROI_KIND_NUMBER,   [ROI_COLUMN_NUMBER] = ROI_KIND_NUMBER,   [ROI_COLUMN_MONEY] = ROI_KIND_MONEY,
      [ROI_COLUMN_SHARE] = ROI_KIND_PERCENT, [ROI_COLUMN_PERIODS] = ROI_KIND_PERIODS, [ROI_COLUMN_CONDITION] = ROI_KIND_CONDITION};
  roi_kind kind = kinds[col->row->kind];
  if (c->stat == ROI_CELL_SHARE) return ROI_KIND_PERCENT;
  if (kind != ROI_KIND_CONDITION || c->stat == ROI_CELL_VALUE) return kind;
  return c->stat == ROI_CELL_QUANTILE ? ROI_KIND_NUMBER : ROI_KIND_PERCENT;
}

/* Where no trial or every trial agrees, the error is the 95% limit: "0%" "(<0.04%)". */
static void one_sided(const table *t, texts *to, const roi_share_result *r) {
  char limit[ROI_NUMBER];
  roi_percent_share(limit, r->k ? r->low : r->high);
  snprintf(to->value, sizeof to->value, "%s", r->k ? "100%" : "0%");
  snprintf(to->error, sizeof to->error, t->beside ? "(%s%.40s)" : "%s%.40s", r->k ? ">" : "<", limit);
}

static void write_number(const table *t, texts *to, const figure *f, roi_kind kind) {
  const char *pm = t->page->plus_minus;
  char text[ROI_NUMBER];
  double se = f->exact ? 0 : f->se;
  if (kind == ROI_KIND_PERCENT) roi_percent_pm(text, f->x, se, pm);
  else if (kind == ROI_KIND_CONDITION || !isfinite(f->x)) roi_number_kind(text, f->x, kind);
  else if (kind == ROI_KIND_PERIODS && f->x == rint(f->x)) roi_number_fixed(text, f->x, 0);
  else if (kind == ROI_KIND_PERIODS) roi_number_fixed(text, f->x, 1);
  else if (kind == ROI_KIND_MONEY && *t->money.suffix) roi_number_pm_in(text, f->x, se, pm, &t->money);
  else roi_number_pm(text, f->x, se, pm);
  char *error = strstr(text, pm);
  const char *suffix = error ? strchr(error, ' ') : NULL; /* "12.35 ±0.15 M": apart, both need it */
  if (error) {
    snprintf(to->error, sizeof to->error, "%s", t->beside ? error : error + strlen(pm));
    error[-1] = '\0';
  } else if (!f->exact && (t->beside ? isfinite(f->x) : 1)) { /* unknown; of periods; or 0, of a quantile among equal values */
    char own[ROI_NUMBER];
    const roi_scale plain = {1, "", 0};
    if (kind == ROI_KIND_PERIODS && se >= 0.005) roi_number_fixed(own, se, 2);
    else roi_number_error(own, isfinite(se) ? se : (double)NAN, &plain);
    snprintf(to->error, sizeof to->error, "%s%.40s", t->beside ? pm : "", own);
  }
  snprintf(to->value, sizeof to->value, "%s%s", text, suffix && !t->beside ? suffix : "");
}

static void write_cell(const table *t, size_t row, size_t col, texts *to) {
  const column *c = &t->columns[col];
  const roi_graph *g = t->page->v->graph;
  size_t cell = cell_at(t, row, col);
  figure f;
  to->value[0] = to->error[0] = '\0';
  if (g->cells[cell].stat == ROI_CELL_TEXT)
    roi_page_name(t->page, to->value, roi_graph_text(g, g->cells[cell].text), col ? MOST_LETTERS : ROI_PAGE_WIDTH);
  if (!read_figure(t, cell, &f)) return;
  if (f.share && !f.exact && (f.share->k == 0 || f.share->k == f.share->n)) one_sided(t, to, f.share);
  else write_number(t, to, &f, kind_of(c, &g->cells[cell]));
  if (c->marked) strcat(to->value, f.of_some && isfinite(f.x) ? "*" : " ");
}

/* -- Widths --------------------------------------------------------------------------------------------------------------- */

static size_t wider(size_t a, size_t b) { return a > b ? a : b; }

static size_t heading_width(const column *c) { return wider(roi_text_width(c->heading[0]), roi_text_width(c->heading[1])); }

static size_t width_of(const table *t, size_t col) {
  const column *c = &t->columns[col];
  size_t cells = t->beside && c->error ? c->value + 1 + c->error : wider(c->value, c->error + (size_t)c->marked);
  return wider(cells, heading_width(c));
}

/* Widths of what stands in the cells, for errors beside or below. */
static void measure(table *t) {
  texts x;
  for (size_t i = 0; i < t->n; i++) {
    column *c = &t->columns[i];
    c->value = c->error = 0;
    for (size_t row = 0; row < t->sheet->n_rows; row++) {
      write_cell(t, row, i, &x);
      c->value = wider(c->value, roi_text_width(x.value));
      c->error = wider(c->error, roi_text_width(x.error));
    }
  }
}

/* Breaks a heading that is wider than what stands below it where the longer line is shortest. */
static void break_heading(const table *t, size_t col) {
  column *c = &t->columns[col];
  size_t whole = heading_width(c), best = whole, at = 0;
  size_t room = t->beside && c->error ? c->value + 1 + c->error : wider(c->value, c->error);
  char *text = c->heading[0], first[ROI_NAME];
  for (size_t i = 1; whole > room && text[i]; i++) {
    if (text[i] != ' ') continue;
    snprintf(first, sizeof first, "%.*s", (int)i, text);
    size_t longer = wider(roi_text_width(first), roi_text_width(text + i + 1));
    if (longer < best) best = longer, at = i;
  }
  if (at) {
    snprintf(c->heading[1], ROI_NAME, "%s", text + at + 1);
    text[at] = '\0';
  }
  for (int k = 0; k < 2 && col > 0; k++) {
    snprintf(first, sizeof first, "%s", c->heading[k]);
    roi_page_name(t->page, c->heading[k], first, MOST_LETTERS);
  }
}

static void make_headings(table *t) {
  const roi_graph *g = t->page->v->graph;
  for (size_t i = 0; i < t->n; i++) {
    column *c = &t->columns[i];
    const char *title = roi_graph_text(g, *roi_graph_text(g, c->row->title) ? c->row->title : c->row->key);
    char name[ROI_NAME];
    roi_page_name(t->page, name, title, ROI_PAGE_WIDTH - 10);
    snprintf(c->heading[0], ROI_NAME, "%.300s%s%s", name, c->row->kind == ROI_COLUMN_PERIODS ? " " : "",
             c->row->kind == ROI_COLUMN_PERIODS ? roi_period_short(g) : "");
    c->heading[1][0] = '\0';
    break_heading(t, i);
  }
}

/* How many columns from `from` on stand beside the first in one part, and the width that leaves the first. */
static size_t fitting(const table *t, size_t from, size_t *first) {
  size_t own = width_of(t, 0), least = own < FEWEST_LETTERS ? own : FEWEST_LETTERS, used = 0, n = 0;
  while (from + n < t->n && (n == 0 || used + GAP + width_of(t, from + n) + least <= ROI_PAGE_WIDTH))
    used += GAP + width_of(t, from + n++);
  *first = own < ROI_PAGE_WIDTH - used ? own : ROI_PAGE_WIDTH - used;
  return n;
}

/* -- Printing ------------------------------------------------------------------------------------------------------------- */

static void end_line(const table *t) {
  roi_buffer *out = t->page->out;
  while (out->n && out->text[out->n - 1] == ' ') out->text[--out->n] = '\0';
  roi_buffer_text(out, "\n");
}

static void print_headings(const table *t, size_t from, size_t n, size_t first) {
  char name[ROI_NAME];
  int lines = 1;
  for (size_t i = 0; i < n; i++) lines = t->columns[from + i].heading[1][0] ? 2 : lines;
  if (t->columns[0].heading[1][0]) lines = 2;
  for (int line = 0; line < lines; line++) {
    for (size_t i = 0; i <= n; i++) {
      size_t col = i ? from + i - 1 : 0;
      const column *c = &t->columns[col];
      const char *text = lines == 1 || c->heading[1][0] ? c->heading[line] : line ? c->heading[0] : ""; /* one line stands lower */
      if (i == 0) roi_page_left(t->page, roi_page_name(t->page, name, text, first), first);
      else roi_page_right(t->page, text, width_of(t, col) + GAP);
    }
    end_line(t);
  }
}

/* The first cell of a row. A name that is wider than its column stands on a line of its own above the row, and once for rows that share it. */
static void print_name(const table *t, size_t row, size_t first) {
  texts x, above;
  char name[ROI_NAME];
  write_cell(t, row, 0, &x);
  if (roi_text_width(x.value) > first) {
    if (row) write_cell(t, row - 1, 0, &above);
    if (!row || strcmp(x.value, above.value) != 0) {
      roi_buffer_text(t->page->out, roi_page_name(t->page, name, x.value, ROI_PAGE_WIDTH));
      roi_buffer_text(t->page->out, "\n");
    }
    x.value[0] = '\0';
  }
  roi_page_left(t->page, x.value, first);
}

static void print_beside(const table *t, size_t row, size_t from, size_t n, size_t first) {
  texts x;
  print_name(t, row, first);
  for (size_t i = from; i < from + n; i++) {
    const column *c = &t->columns[i];
    write_cell(t, row, i, &x);
    roi_page_right(t->page, x.value, width_of(t, i) + GAP - (c->error ? c->error + 1 : 0));
    if (c->error == 0) continue;
    roi_buffer_text(t->page->out, " ");
    roi_page_left(t->page, x.error, c->error);
  }
  end_line(t);
}

static void print_below(const table *t, size_t row, size_t from, size_t n, size_t first) {
  texts x;
  char name[ROI_NAME];
  int any = 0;
  for (int errors = 0; errors < 2; errors++) {
    if (errors && !any) return;
    if (errors) {
      snprintf(name, sizeof name, "    %sse", t->page->plus_minus);
      roi_page_left(t->page, name, first);
    } else {
      print_name(t, row, first);
    }
    for (size_t i = from; i < from + n; i++) {
      write_cell(t, row, i, &x);
      any |= x.error[0] != '\0';
      if (errors && t->columns[i].marked) strcat(x.error, " ");
      roi_page_right(t->page, errors ? x.error : x.value, width_of(t, i) + GAP);
    }
    end_line(t);
  }
}

/* -- One sheet ------------------------------------------------------------------------------------------------------------ */

/* One unit for all money in the table, if it needs one and every number can still be read in it. */
static roi_scale money_scale(const table *t) {
  const roi_scale own = {1, "", 0};
  const roi_graph *g = t->page->v->graph;
  size_t n = 0;
  double *x = roi_alloc(t->sheet->n_rows * t->n, sizeof *x);
  if (!x) { t->page->out->failed = 1; return own; }
  for (size_t row = 0; row < t->sheet->n_rows; row++)
    for (size_t i = 0; i < t->n; i++) {
      figure f;
      size_t cell = cell_at(t, row, i);
      if (kind_of(&t->columns[i], &g->cells[cell]) == ROI_KIND_MONEY && read_figure(t, cell, &f)) x[n++] = f.x;
    }
  roi_scale scale = roi_scale_of(x, n);
  int hides = scale.decimals < 0 || roi_scale_hides(&scale, x, n);
  roi_free(x);
  return hides ? own : scale;
}

/* Whether a column has values over some trials alone, and whether any has. */
static int mark_columns(table *t) {
  int any = 0;
  for (size_t i = 0; i < t->n; i++)
    for (size_t row = 0; row < t->sheet->n_rows && !t->columns[i].marked; row++) {
      figure f;
      if (read_figure(t, cell_at(t, row, i), &f) && f.of_some && isfinite(f.x)) t->columns[i].marked = any = 1;
    }
  return any;
}

static void print_title(const table *t) {
  const roi_page *p = t->page;
  const roi_graph *g = p->v->graph;
  char name[ROI_NAME], unit[ROI_NAME] = "";
  for (size_t i = 0; i < t->n; i++)
    if (t->columns[i].row->kind == ROI_COLUMN_MONEY) roi_page_unit(p, unit, sizeof unit, ROI_KIND_MONEY, t->money.suffix);
  roi_page_name(p, name, roi_graph_text(g, *roi_graph_text(g, t->sheet->title) ? t->sheet->title : t->sheet->key), 60);
  roi_buffer_print(p->out, "\n%s%s%s\n", name, *unit ? ", " : "", unit);
}

static void print_sheet(table *t) {
  const roi_page *p = t->page;
  int marked = mark_columns(t);
  t->money = money_scale(t);
  size_t first = 0;
  for (t->beside = 1;; t->beside = 0) {
    measure(t);
    make_headings(t);
    if (!t->beside || 1 + fitting(t, 1, &first) == t->n) break;
  }
  if (!t->beside && t->columns[0].value < 8) t->columns[0].value = 8; /* room for "    ±se" */
  print_title(t);
  for (size_t from = 1, n; from == 1 || from < t->n; from += n ? n : 1) {
    n = fitting(t, from, &first);
    print_headings(t, from, n, first);
    for (size_t row = 0; row < t->sheet->n_rows; row++) (t->beside ? print_beside : print_below)(t, row, from, n, first);
  }
  if (marked) roi_page_sentence(p, "* over the trials that have a value: in the others there is none");
  roi_page_sentence(p, roi_graph_text(p->v->graph, t->sheet->note));
}

void roi_page_sheets(const roi_page *p) {
  const roi_graph *g = p->v->graph;
  column *columns = p->v->cells ? roi_alloc(ROI_MAX_COLUMNS, sizeof *columns) : NULL;
  int told = 0;
  if (!columns) {
    p->out->failed |= p->v->cells != NULL;
    return;
  }
  for (size_t i = 0; i < g->n_sheets; i++) {
    table t = {.page = p, .sheet = &g->sheets[i], .columns = columns, .money = {1, "", 0}};
    for (uint32_t k = 0; k < t.sheet->n_columns; k++) {
      const roi_column_row *row = &g->columns[t.sheet->first_column + k];
      if (row->flags & ROI_COLUMN_SHOWN) columns[t.n++] = (column){.row = row, .index = k};
    }
    if (t.n && t.sheet->n_rows) print_sheet(&t);
    if (!strcmp(roi_graph_text(g, t.sheet->key), "gates")) { /* what the library calls its table of decisions */
      roi_page_thresholds(p);
      told = 1;
    }
  }
  if (!told) roi_page_thresholds(p);
  roi_free(columns);
}
