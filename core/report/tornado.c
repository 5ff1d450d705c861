/* Drivers: how far each uncertainty alone moves an output, as bars around its value with everything at the median. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/page.h"

#define MOST_ROWS 8
#define MOST_UNDEFINED 4
#define NAME_WIDTH 22

typedef struct bar {
  int undefined;                         /* 1: no bar, for the output has no value at one end; low and high are the inputs' */
  double low, high;                      /* the output; periods that are never stand one past the horizon */
  char name[ROI_NAME];
  char from[ROI_NUMBER], to[ROI_NUMBER]; /* the input at low and at high */
  char at_low[ROI_NUMBER], at_high[ROI_NUMBER];
} bar;

typedef struct layout { size_t name, from, to, at_low, at_high, bars; double low, high, median; } layout;

static double place(const roi_page *p, double x) { return x == ROI_NEVER ? p->v->graph->horizon + 1.0 : x; }

static void output_text(char *buf, double x, roi_kind kind, double step) {
  if (isnan(x)) snprintf(buf, ROI_NUMBER, "%s", roi_state_words[roi_state_of(x)]);
  else if (kind == ROI_KIND_PERCENT) roi_percent(buf, x, step >= 0.1 ? 0 : roi_percent_decimals(&step, 1));
  else if (kind == ROI_KIND_PERIODS) roi_periods(buf, x);
  else if (kind == ROI_KIND_CONDITION) roi_number_kind(buf, x, kind);
  else roi_number_step(buf, x, step);
}

/* "incident.occurs 15%": names are cut where what tells their parts apart stays, a yes-or-no has its chance. */
static void driver_name(const roi_page *p, char *buf, const roi_driver *d) {
  char chance[ROI_NUMBER] = "", head[ROI_NAME], tail[ROI_NAME] = "";
  if (d->yes_no && !isnan(d->chance)) {
    double percent = d->chance * 100;
    int whole = percent >= 1 && fabs(percent - rint(percent)) < 1e-9;
    roi_percent(chance, d->chance, whole ? 0 : roi_percent_decimals(&d->chance, 1));
  }
  const char *dot = strrchr(d->name, '.');
  size_t room = NAME_WIDTH;
  if (dot && dot > d->name && roi_text_width(d->name) > room && roi_text_width(dot) <= room / 2) {
    roi_page_name(p, tail, dot, room);
    snprintf(head, sizeof head, "%.*s", (int)(dot - d->name < 300 ? dot - d->name : 300), d->name);
    roi_page_name(p, buf, head, room - roi_text_width(tail));
  } else {
    roi_page_name(p, buf, d->name, room);
  }
  size_t n = strlen(buf);
  snprintf(buf + n, ROI_NAME - n, "%.100s%s%.20s", tail, *chance ? " " : "", chance);
}

static void fill_bar(const roi_page *p, bar *b, const roi_driver *d, roi_kind kind, double swing) {
  int falls = place(p, d->at_p90) < place(p, d->at_p10); /* not if one of them is undefined */
  double low = falls ? d->at_p90 : d->at_p10, high = falls ? d->at_p10 : d->at_p90;
  char p10[ROI_NUMBER], p90[ROI_NUMBER];
  if (d->yes_no) {
    snprintf(p10, sizeof p10, "no");
    snprintf(p90, sizeof p90, "yes");
  } else {
    roi_number_step(p10, d->p10, d->p90 - d->p10);
    roi_number_step(p90, d->p90, d->p90 - d->p10);
  }
  snprintf(b->from, sizeof b->from, "%s", falls ? p90 : p10);
  snprintf(b->to, sizeof b->to, "%s", falls ? p10 : p90);
  output_text(b->at_low, low, kind, swing);
  output_text(b->at_high, high, kind, swing);
  b->low = place(p, low);
  b->high = place(p, high);
  b->undefined = isnan(low) || isnan(high);
  driver_name(p, b->name, d);
}

static void widen(size_t *width, const char *text) {
  size_t own = roi_text_width(text);
  if (own > *width) *width = own;
}

static layout lay_out(const bar *bars, size_t n, double median) {
  layout l = {.low = median, .high = median, .median = median};
  for (size_t i = 0; i < n; i++) {
    widen(&l.name, bars[i].name);
    widen(&l.from, bars[i].from);
    widen(&l.to, bars[i].to);
    widen(&l.at_low, bars[i].at_low);
    widen(&l.at_high, bars[i].at_high);
    if (bars[i].undefined) continue;
    if (bars[i].low < l.low) l.low = bars[i].low;
    if (bars[i].high > l.high) l.high = bars[i].high;
  }
  /* name, from " to " to, value, bars, value, with two spaces between and the rest for the bars */
  size_t texts = l.name + 2 + l.from + 4 + l.to + 2 + l.at_low + 2 + 2 + l.at_high;
  l.bars = texts + 10 < ROI_PAGE_WIDTH - 1 ? ROI_PAGE_WIDTH - 1 - texts : 10;
  if (l.bars > 40) l.bars = 40;
  return l;
}

static size_t position(const layout *l, double x) {
  if (!(l->low < l->high)) return l->bars / 2;
  return (size_t)rint((x - l->low) / (l->high - l->low) * (double)(l->bars - 1));
}

static void draw_bar(const roi_page *p, const bar *b, const layout *l) {
  roi_page_left(p, b->name, l->name + 2);
  roi_page_right(p, b->from, l->from);
  roi_buffer_text(p->out, " to ");
  roi_page_left(p, b->to, l->to + 2);
  roi_page_right(p, b->at_low, l->at_low);
  roi_buffer_text(p->out, "  ");
  size_t median = position(l, l->median), from = l->bars, to = 0;
  if (!b->undefined) { from = position(l, b->low); to = position(l, b->high); }
  for (size_t i = 0; i < l->bars; i++) {
    const char *full = p->style->utf8 ? "█" : "#";
    roi_buffer_text(p->out, i == median ? "|" : i >= from && i <= to ? full : " ");
  }
  roi_buffer_text(p->out, "  ");
  roi_page_right(p, b->at_high, l->at_high);
  roi_buffer_text(p->out, "\n");
}

static void all_at_median(const roi_page *p) {
  const roi_drivers *d = p->v->drivers;
  roi_paragraph q = roi_paragraph_begin(p, "All inputs at median: ", ", ", 22);
  for (size_t i = 0; i < roi_listed(p->v->request); i++) {
    char name[ROI_NAME], text[ROI_NUMBER], item[2 * ROI_NAME];
    if (isnan(d->median[i])) snprintf(text, sizeof text, "%s", roi_state_words[roi_state_of(d->median[i])]);
    else roi_number_kind(text, d->median[i], roi_page_kind(p, i));
    snprintf(item, sizeof item, "%s %s", roi_page_name(p, name, p->v->request->outputs[i].name, 40), text);
    roi_paragraph_add(&q, item);
  }
  roi_paragraph_end(&q);
}

void roi_page_drivers(const roi_page *p) {
  const roi_drivers *d = p->v->drivers;
  if (!d) {
    if (p->v->drivers_missing) roi_buffer_print(p->out, "\nDrivers: %s\n", p->v->drivers_missing);
    return;
  }
  size_t n = d->n < MOST_ROWS ? d->n : MOST_ROWS, rows = n;
  size_t last = d->n_undefined < MOST_UNDEFINED ? d->n_undefined : MOST_UNDEFINED;
  if (n + last > 0) {
    bar bars[MOST_ROWS + MOST_UNDEFINED];
    char name[ROI_NAME];
    double swing = n > 0 ? roi_driver_swing(&d->row[0], p->v->graph->horizon) : fabs(d->at_median);
    for (size_t i = 0; i < n; i++) fill_bar(p, &bars[i], &d->row[i], roi_page_kind(p, d->output), swing);
    for (size_t i = 0; i < last; i++)
      fill_bar(p, &bars[rows++], &d->row[d->n + i], roi_page_kind(p, d->output), swing);
    layout l = lay_out(bars, rows, place(p, d->at_median));
    roi_buffer_print(p->out, "\nDrivers of %s: input P10 to P90, others at median (|)\n",
                     roi_page_name(p, name, p->v->request->outputs[d->output].name, 24));
    for (size_t i = 0; i < n; i++) draw_bar(p, &bars[i], &l);
    if (d->n > n) roi_buffer_print(p->out, "and %zu more that move it less\n", d->n - n);
    for (size_t i = n; i < rows; i++) draw_bar(p, &bars[i], &l);
    if (d->n_undefined > last)
      roi_buffer_print(p->out, "and %zu more that leave it undefined at P10 or P90\n", d->n_undefined - last);
  }
}

void roi_page_at_median(const roi_page *p) {
  if (p->v->drivers) all_at_median(p);
}
