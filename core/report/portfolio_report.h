/* portfolio_report.h - which use cases to take, for people and for programs. Nothing here computes statistics. */
#ifndef ROI_REPORT_PORTFOLIO_REPORT_H
#define ROI_REPORT_PORTFOLIO_REPORT_H

#include "portfolio/portfolio.h"
#include "report/buffer.h"
#include "report/report.h"

typedef struct roi_portfolio_view {
  const roi_graph *graph;
  const roi_request *request;
  const roi_portfolio *found;
  const char *budget;            /* NULL: none counts */
  const char *lua_version, *sleef_version;
  const char *isa;
  double seconds_choice, seconds_total;
} roi_portfolio_view;

/* At most 80 columns. */
void roi_report_portfolio(roi_buffer *out, const roi_portfolio_view *v, const roi_style *style);
/* Schema roisim.portfolio/1, ending in a newline. */
roi_status roi_report_portfolio_json(roi_buffer *out, const roi_portfolio_view *v, roi_error *err);

#endif
