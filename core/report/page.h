/* page.h - the blocks of the terminal report, in the order they are printed, and what they share. */
#ifndef ROI_REPORT_PAGE_H
#define ROI_REPORT_PAGE_H

#include "report/report.h"
#include "report/width.h"

#define ROI_PAGE_WIDTH 80

typedef struct roi_page {
  roi_buffer *out;
  const roi_view *v;
  const roi_style *style;
  const char *plus_minus; /* "±", or "+-" */
  const char *cut;        /* what a cut name ends in */
} roi_page;

/* A paragraph of items that is broken between items only. */
typedef struct roi_paragraph {
  const roi_page *page;
  const char *separator;  /* between items of a line */
  size_t indent;          /* of further lines */
  size_t column;          /* where the line stands */
  int empty;              /* 1: nothing on this line yet but its beginning */
} roi_paragraph;

roi_paragraph roi_paragraph_begin(const roi_page *p, const char *beginning, const char *separator, size_t indent);
void roi_paragraph_add(roi_paragraph *q, const char *item);
void roi_paragraph_end(roi_paragraph *q);
/* A sentence, broken between words and made safe, with its newline. */
void roi_page_sentence(const roi_page *p, const char *text);

/* A text padded to a width, on its right side or (right-aligned) on its left. */
void roi_page_left(const roi_page *p, const char *text, size_t width);
void roi_page_right(const roi_page *p, const char *text, size_t width);
/* A name made safe and cut to a width; buf has ROI_NAME bytes. */
#define ROI_NAME 400
const char *roi_page_name(const roi_page *p, char *buf, const char *name, size_t width);

roi_kind roi_page_kind(const roi_page *p, size_t output);
/* The unit after a suffix of the scale: "USD", "M USD", "mo.", "". */
void roi_page_unit(const roi_page *p, char *buf, size_t size, roi_kind kind, const char *suffix);

void roi_page_rule(const roi_page *p);
/* The model's name, horizon, rate: one line. */
void roi_page_model(const roi_page *p);
void roi_page_headline(const roi_page *p);
void roi_page_table(const roi_page *p);
void roi_page_figures(const roi_page *p);
void roi_page_at_median(const roi_page *p);
void roi_page_histogram(const roi_page *p);
void roi_page_drivers(const roi_page *p);
/* The libraries that took part, their versions and the first digits of their hashes: nothing if the model has none. */
void roi_page_libraries(const roi_page *p, const roi_graph *g);
/* The best thresholds of gates, a sentence each; roi_page_sheets puts them below the table of gates. */
void roi_page_thresholds(const roi_page *p);
/* What correlating the inputs that move an output most does to it. */
void roi_page_stress(const roi_page *p);
/* The model's own tables (page_sheets.c). */
void roi_page_sheets(const roi_page *p);

#endif
