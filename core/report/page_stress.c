/* What correlations that the model leaves out may be worth. */
#include <stdio.h>

#include "report/page.h"

#define LABEL_WIDTH 38
#define SHARE_WIDTH 18
#define SD_WIDTH 24

/* "aht, wage, -mid, deflect": those with a sign move the output the other way. */
static void title(const roi_page *p, const roi_stress *s) {
  char name[ROI_NAME], output[ROI_NAME], item[ROI_NAME + 16], beginning[ROI_NAME + 40];
  snprintf(beginning, sizeof beginning, "Stress: what moves %s most, correlated", roi_page_name(p, output, s->output.name, 24));
  roi_paragraph q = roi_paragraph_begin(p, beginning, ", ", 8);
  roi_paragraph_end(&q);
  q = roi_paragraph_begin(p, "  ", ", ", 2);
  q.empty = 1;
  for (size_t i = 0; i < s->n; i++) {
    snprintf(item, sizeof item, "%s%s", roi_page_name(p, name, s->draw[i], 30), s->falls[i] ? " (falling)" : "");
    roi_paragraph_add(&q, item);
  }
  roi_paragraph_end(&q);
}

static void label(char *buf, size_t size, const roi_stress_case *c) {
  if (c->asked == 0) snprintf(buf, size, "not at all, as modelled");
  else if (!c->repaired) snprintf(buf, size, "%s at %.6g", c->asked > 0 ? "alike, all pairs" : "against each other, all pairs", c->asked);
  else if (c->high - c->low < 0.005) snprintf(buf, size, "against each other, at %.2f *", c->low);
  else snprintf(buf, size, "against each other, %.2f to %.2f *", c->low, c->high);
}

static void row(const roi_page *p, const roi_stress_case *c, const roi_scale *scale) {
  char text[ROI_NUMBER];
  label(text, sizeof text, c);
  roi_buffer_text(p->out, "  ");
  roi_page_left(p, text, LABEL_WIDTH - 2);
  roi_page_right(p, roi_percent_pm(text, c->p_negative, c->p_negative_se, p->plus_minus), SHARE_WIDTH);
  if (scale->decimals < 0) roi_number_pm(text, c->sd, c->sd_se, p->plus_minus);
  else roi_number_pm_in(text, c->sd, c->sd_se, p->plus_minus, scale);
  roi_page_right(p, text, SD_WIDTH);
  roi_buffer_text(p->out, "\n");
}

void roi_page_stress(const roi_page *p) {
  const roi_stress *s = p->v->stress;
  char name[ROI_NAME], unit[64], text[2 * ROI_NAME];
  if (!s) return;
  roi_buffer_text(p->out, "\n");
  if (s->missing[0]) {
    snprintf(text, sizeof text, "Stress of %s: %s.", roi_page_name(p, name, s->output.name, 40), s->missing);
    roi_page_sentence(p, text);
    return;
  }
  double sd[ROI_STRESS_CASES];
  for (size_t i = 0; i < ROI_STRESS_CASES; i++) sd[i] = s->row[i].sd;
  roi_scale scale = roi_scale_of(sd, ROI_STRESS_CASES);
  title(p, s);
  roi_page_unit(p, unit, sizeof unit,
                roi_output_kind(p->v->graph, s->output.name, s->output.node), scale.decimals < 0 ? "" : scale.suffix);
  roi_page_left(p, "", LABEL_WIDTH);
  snprintf(text, sizeof text, "P(%s<0)", roi_page_name(p, name, s->output.name, 12));
  roi_page_right(p, text, SHARE_WIDTH);
  snprintf(text, sizeof text, "sd%s%s", *unit ? " " : "", unit);
  roi_page_right(p, text, SD_WIDTH);
  roi_buffer_text(p->out, "\n");
  for (size_t i = 0; i < ROI_STRESS_CASES; i++) row(p, &s->row[i], &scale);
  if (!s->row[2].repaired) return;
  snprintf(text, sizeof text, "  * %zu inputs can't all be correlated at %.6g: the nearest that can be is used.", s->n, s->row[2].asked);
  roi_page_sentence(p, text);
}
