/* sensitivity_report.h - what a sensitivity study found, for people and for programs. Columns, bars and fields come from the rows of the
 * table of methods. */
#ifndef ROI_REPORT_SENSITIVITY_REPORT_H
#define ROI_REPORT_SENSITIVITY_REPORT_H

#include "report/report.h"
#include "sensitivity/sensitivity.h"

typedef struct roi_sensitivity_view {
  const roi_graph *graph;
  const roi_study *study;
  roi_kind kind;                       /* of the target */
  const char *target;                  /* as it was asked for */
  const char *method;                  /* its name; NULL: the quick answer */
  /* One method's result; or, for the quick answer, that of shares of variance and then that of ranges; none where the
   * target depends on no draw. */
  const roi_sensitivity *const *parts; size_t n_parts;
  /* Shares of variance of the same, each set of correlated inputs as one; NULL: none. */
  const roi_sensitivity *sets;
  const roi_study *sets_study;
  uint64_t evaluations;                /* of the model, all together */
  const roi_fixing *fixing; size_t n_fixed;     /* the last n_fixed of the order were tried at their medians; NULL: none */
  const char *const *without; size_t n_without; /* draws that the target does not depend on */
  const char *const *notes; size_t n_notes;     /* sentences beside those of the results */
  const char *lua_version, *sleef_version;
  double seconds_total;                /* for JSON's timing */
} roi_sensitivity_view;

/* The column of the measure of that name; NULL if the result has none. */
const roi_estimate *roi_sensitivity_column(const roi_sensitivity *s, const char *measure);
/* The column that ranks: the first part's own, of the quick answer the share of variance: total, or of first order. */
const roi_estimate *roi_sensitivity_rank(const roi_sensitivity_view *v);
/* Factors in that order, the largest size first, unknown ones last, ties as the graph has them. */
roi_status roi_sensitivity_order(const roi_sensitivity_view *v, size_t *order, roi_error *err);
/* 1 if a part before says what note i of this part says. */
int roi_sensitivity_said(const roi_sensitivity_view *v, size_t part, size_t i);

/* At most 80 columns. */
roi_status roi_report_sensitivity(roi_buffer *out, const roi_sensitivity_view *v, const roi_style *style, roi_error *err);
/* Schema roisim.sensitivity/1, ending in a newline. */
roi_status roi_report_sensitivity_json(roi_buffer *out, const roi_sensitivity_view *v, roi_error *err);

/* What the quick answer concludes. */
#define ROI_MOST_NAMED 4
typedef enum roi_doubt {
  ROI_DOUBT_NONE,
  ROI_DOUBT_RARE,      /* a condition that is hardly ever so, or not so */
  ROI_DOUBT_UNKNOWN,   /* the largest share has no interval */
  ROI_DOUBT_WIDE       /* a share has an interval so wide that nothing follows */
} roi_doubt;
typedef struct roi_conclusions {
  roi_doubt doubt;     /* if any, nothing else is concluded */
  const roi_study *study;          /* whose rows `first` are: the view's own, or that of its sets */
  size_t first[ROI_MOST_NAMED]; size_t n_first; /* what matters, the largest share first */
  size_t n_tied;       /* others that may matter as much as one of these */
  double least;        /* the share of variance that these explain, at least; NaN: shares can't be added up */
  size_t n_small;      /* the last of the order, whose shares are surely small */
} roi_conclusions;
void roi_sensitivity_conclude(const roi_sensitivity_view *v, const size_t *order, roi_conclusions *c);
/* 1 if mean and standard deviation stay nearly as they were. */
int roi_fixing_is_harmless(const roi_fixing *f);

/* The same, in sentences that respect the intervals; order as above. Appends lines. */
struct roi_page;
void roi_page_verdict(const struct roi_page *p, const roi_sensitivity_view *v, const size_t *order);

#endif
