/* The picture of one output's distribution: columns of block characters over an axis of round numbers. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/page.h"

#define MARGIN 14
#define COLUMNS 62
#define ROWS 3
#define LEAST_SPAN 1e-290 /* steps of a smaller one would leave the range of numbers */

typedef struct axis {
  double low, high;       /* whole parts of a step */
  double step;            /* from one label to the next; labels stand at whole steps and at both ends */
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

/* From P1 to P99 on round numbers, which leaves out a long tail; 0 if there is nothing to draw. */
static int choose_axis(axis *a, const roi_summary *s) {
  double low = s->quantile[0], high = isfinite(s->quantile[8]) ? s->quantile[8] : s->max;
  if (!(low < high)) { low = s->min; high = s->max; }
  if (s->bins == 0 || !isfinite(high - low) || !(high - low > LEAST_SPAN)) return 0;
  a->step = round_step(high - low);
  double part = a->step / 2;
  a->low = floor(low / part) * part;
  a->high = ceil(high / part) * part;
  double largest = fabs(a->low) > fabs(a->high) ? fabs(a->low) : fabs(a->high);
  if (a->high - a->low < 1e-6 * largest) return 0; /* labels of that many digits say nothing */
  static const struct {
    double unit;
    const char *suffix;
  } units[] = {{1, ""}, {1e3, "k"}, {1e6, "M"}, {1e9, "bn"}, {1e12, "trn"}};
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

/* How a column is drawn: the ends that hold what lies beyond the axis look different, lest they read as peaks. */
typedef enum look { PLAIN, UNDER, OVER } look;

static const char *cell(const roi_page *p, int eighths, look l) {
  static const char *const blocks[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  static const char *const ascii[] = {" ", ".", ".", ".", ":", ":", ":", "#", "#"};
  if (l != PLAIN && eighths > 0) return p->style->utf8 ? "░" : l == UNDER ? "<" : ">";
  int e = eighths < 0 ? 0 : eighths > 8 ? 8 : eighths;
  return p->style->utf8 ? blocks[e] : ascii[e];
}

/* One label of the axis: centred under its place where there is room, not nearer than two columns to another. */
static void put_label(char *line, size_t *end, size_t limit, size_t place, const char *label) {
  size_t n = strlen(label), at = place < MARGIN + n / 2 ? MARGIN : place - n / 2;
  if (at + n > limit || (*end > 0 && at < *end + 2)) return;
  memcpy(line + at, label, n);
  *end = at + n;
}

/* A place on the axis with just the digits that it needs. */
static void axis_label(char *buf, const axis *a, double x, const char *mark) {
  char number[ROI_NUMBER];
  double v = x / a->unit, step = a->step / a->unit, scaled = fabs(v) < step * 1e-6 ? 0 : v;
  if (step < 1e-4) {
    roi_number_step(number, scaled, step / 2);
  } else {
    int decimals = 0;
    for (; decimals < 6 && fabs(scaled - rint(scaled)) > 1e-6 * fabs(scaled); decimals++) scaled *= 10;
    roi_number_fixed(number, v, decimals);
  }
  snprintf(buf, ROI_NUMBER + 2, "%s%s", mark, number);
}

static void axis_labels(const roi_page *p, const roi_summary *s, const axis *a) {
  char line[ROI_PAGE_WIDTH + 1], label[ROI_NUMBER + 2];
  size_t end = 0, last = ROI_PAGE_WIDTH - 1;
  memset(line, ' ', sizeof line);
  axis_label(label, a, a->high, s->max > a->high ? ">" : "");
  size_t n = strlen(label), right = MARGIN + COLUMNS + n / 2;
  if (right > last) right = last;
  memcpy(line + right - n, label, n);
  axis_label(label, a, a->low, s->min < a->low ? "<" : "");
  put_label(line, &end, right - n - 2, MARGIN, label);
  for (double x = ceil(a->low / a->step) * a->step; x < a->high; x += a->step) {
    if (x == a->low) continue;
    axis_label(label, a, x, "");
    put_label(line, &end, right - n - 2, MARGIN + (size_t)rint((x - a->low) / (a->high - a->low) * COLUMNS), label);
  }
  roi_buffer_add(p->out, line, right);
  roi_buffer_text(p->out, "\n");
}

/* npv if it was asked for, else the first output that is a number. */
static size_t choose_output(const roi_page *p) {
  size_t npv = roi_view_standard(p->v, "npv");
  if (npv != ROI_NO_INDEX) return npv;
  for (size_t i = 0; i < roi_listed(p->v->request); i++) {
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
    for (int i = 0; i < last; i++) {
      look l = i == 0 && s.min < a.low ? UNDER : i == COLUMNS - 1 && s.max > a.high ? OVER : PLAIN;
      roi_buffer_text(p->out, cell(p, height[i] - 8 * row, l));
    }
    roi_buffer_text(p->out, "\n");
    used = 0;
  }
  axis_labels(p, &s, &a);
}
