/* The picture of one output's distribution: columns of block characters over an axis of round numbers. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/page.h"

#define MARGIN 14
#define COLUMNS 62
#define ROWS 3

typedef struct axis {
  double low, high, step; /* whole steps */
  int ticks;              /* steps from low to high */
  double unit;            /* labels are divided by this ... */
  const char *suffix;     /* ... and its name */
} axis;

/* The smallest of 1, 2, 2.5, 5 times a power of ten that makes at most six steps of a span. */
static double round_step(double span) {
  double least = span / 6, base = 1;
  while (base > least) base /= 10;
  while (base * 10 <= least) base *= 10;
  static const double steps[] = {1, 2, 2.5, 5, 10};
  for (int i = 0; i < 5; i++)
    if (base * steps[i] >= least) return base * steps[i];
  return base * 10;
}

/* From P1 to P99 on whole steps, which leaves out a long tail; 0 if there is nothing to draw. */
static int choose_axis(axis *a, const roi_summary *s) {
  double low = s->quantile[0], high = isfinite(s->quantile[8]) ? s->quantile[8] : s->max;
  if (!(low < high)) { low = s->min; high = s->max; }
  if (s->bins == 0 || !isfinite(high - low) || !(low < high)) return 0;
  a->step = round_step(high - low);
  a->low = floor(low / a->step) * a->step;
  a->high = ceil(high / a->step) * a->step;
  a->ticks = (int)rint((a->high - a->low) / a->step);
  if (a->ticks < 1 || !(a->low + a->step > a->low)) return 0; /* the spread is below what doubles of this size tell apart */
  static const struct { double unit; const char *suffix; } units[] = {{1, ""}, {1e3, "k"}, {1e6, "M"}, {1e9, "bn"}, {1e12, "trn"}};
  double largest = fabs(a->low) > fabs(a->high) ? fabs(a->low) : fabs(a->high);
  int u = 0;
  while (u < 4 && largest >= units[u].unit * 1e4) u++;
  a->unit = units[u].unit;
  a->suffix = units[u].suffix;
  return 1;
}

/* How many of the trials lie below x, the bins' contents taken as spread evenly. */
static double below(const roi_summary *s, double x) {
  double sum = 0;
  for (int i = 0; i < s->bins; i++) {
    double count = (double)s->counts[i], width = s->edges[i + 1] - s->edges[i];
    if (x >= s->edges[i + 1]) sum += count;
    else if (x > s->edges[i] && width > 0) sum += count * (x - s->edges[i]) / width;
  }
  return sum;
}

/* Heights in eighths of a character row, from 0 to 8 * ROWS; the ends hold what lies beyond the axis. */
static void heights(const roi_summary *s, const axis *a, int *height) {
  double mass[COLUMNS], most = 0, before = below(s, a->low);
  double under = before, over = (double)s->n - below(s, a->high);
  for (int i = 0; i < COLUMNS; i++) {
    double upto = i == COLUMNS - 1 ? below(s, a->high) : below(s, a->low + (a->high - a->low) * (i + 1) / COLUMNS);
    mass[i] = upto - before;
    before = upto;
    if (mass[i] > most) most = mass[i];
  }
  mass[0] += under;
  mass[COLUMNS - 1] += over;
  for (int i = 0; i < COLUMNS; i++) {
    double h = most > 0 ? rint(mass[i] / most * 8 * ROWS) : 0;
    height[i] = h > 8 * ROWS ? 8 * ROWS : (int)h;
    if (mass[i] > 0.5 && height[i] == 0 && (i == 0 || i == COLUMNS - 1)) height[i] = 1; /* a tail is never hidden */
  }
}

static const char *cell(const roi_page *p, int eighths) {
  static const char *const blocks[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  static const char *const ascii[] = {" ", ".", ".", ".", ":", ":", ":", "#", "#"};
  int e = eighths < 0 ? 0 : eighths > 8 ? 8 : eighths;
  return p->style->utf8 ? blocks[e] : ascii[e];
}

static void axis_labels(const roi_page *p, const roi_summary *s, const axis *a) {
  char line[MARGIN + COLUMNS + 40];
  size_t end = 0; /* columns in use */
  memset(line, ' ', sizeof line);
  for (int i = 0; i <= a->ticks; i++) {
    char number[ROI_NUMBER], label[ROI_NUMBER + 2];
    double x = (a->low + a->step * i) / a->unit;
    roi_number_step(number, fabs(x) < a->step / a->unit * 1e-6 ? 0 : x, a->step / a->unit);
    const char *mark = i == 0 && s->min < a->low ? "<" : i == a->ticks && s->max > a->high ? ">" : "";
    snprintf(label, sizeof label, "%s%s", mark, number);
    size_t n = strlen(label), center = MARGIN + (size_t)(COLUMNS * i / a->ticks);
    size_t at = i == 0 ? MARGIN : center - n / 2;
    if (at + n > ROI_PAGE_WIDTH - 1) at = ROI_PAGE_WIDTH - 1 - n;
    if (end > 0 && at <= end) continue; /* no room */
    memcpy(line + at, label, n);
    end = at + n;
  }
  roi_buffer_add(p->out, line, end);
  roi_buffer_text(p->out, "\n");
}

/* npv if it was asked for, else the first output that is a number. */
static size_t choose_output(const roi_page *p) {
  size_t npv = roi_view_standard(p->v, "npv");
  if (npv != ROI_NO_INDEX) return npv;
  for (size_t i = 0; i < p->v->request->n_outputs; i++) {
    roi_kind kind = roi_page_kind(p, i);
    if (kind != ROI_KIND_CONDITION && kind != ROI_KIND_PERIODS) return i;
  }
  return ROI_NO_INDEX;
}

void roi_page_histogram(const roi_page *p) {
  size_t output = choose_output(p);
  if (output == ROI_NO_INDEX) return;
  roi_summary s = p->v->report->outputs[output]; /* a copy: percentages are scaled */
  roi_kind kind = roi_page_kind(p, output);
  axis a;
  if (kind == ROI_KIND_PERCENT) {
    for (int i = 0; i <= s.bins; i++) s.edges[i] *= 100;
    for (int i = 0; i < ROI_QUANTILES; i++) s.quantile[i] *= 100;
    s.min *= 100;
    s.max *= 100;
  }
  if (s.n < 20 || !choose_axis(&a, &s)) return;
  int height[COLUMNS];
  heights(&s, &a, height);
  char name[ROI_NAME], unit[ROI_NAME];
  roi_page_name(p, name, p->v->request->outputs[output].name, 50);
  if (kind == ROI_KIND_PERCENT) snprintf(unit, sizeof unit, "%%");
  else roi_page_unit(p, unit, sizeof unit, kind, a.suffix);
  roi_buffer_print(p->out, "\n%s%s%s", name, *unit ? ", " : "", unit);
  size_t used = roi_text_width(name) + (*unit ? 2 + roi_text_width(unit) : 0);
  if (used >= MARGIN) { roi_buffer_text(p->out, "\n"); used = 0; }
  for (int row = ROWS - 1; row >= 0; row--) {
    int last = COLUMNS;
    while (last > 0 && height[last - 1] <= 8 * row) last--;
    if (last > 0) roi_buffer_repeat(p->out, " ", MARGIN - used);
    for (int i = 0; i < last; i++) roi_buffer_text(p->out, cell(p, height[i] - 8 * row));
    roi_buffer_text(p->out, "\n");
    used = 0;
  }
  axis_labels(p, &s, &a);
}
