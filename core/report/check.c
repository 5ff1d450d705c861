#include "report/check.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "report/json_writer.h"
#include "report/width.h"

#define WIDTH 80
#define INDENT 4
#define MOST 1000 /* findings that a page shows: more are of one kind, and nobody reads them */

static int comes_before(const roi_graph *g, const roi_warning_row *a, const roi_warning_row *b) {
  int by_file = strcmp(roi_graph_text(g, a->file), roi_graph_text(g, b->file));
  return by_file ? by_file < 0 : a->line < b->line;
}

/* Insertion, so that those of one line stay in the order in which they were found. */
void roi_check_order(const roi_graph *g, size_t *order) {
  for (size_t i = 0; i < g->n_warnings; i++) {
    size_t at = i;
    for (; at > 0 && comes_before(g, &g->warnings[i], &g->warnings[order[at - 1]]); at--) order[at] = order[at - 1];
    order[at] = i;
  }
}

/* Adds words in lines of at most WIDTH columns; used: columns taken of the first line. The others, and the first if it is fresh, are
 * indented. */
static void add_wrapped(roi_buffer *out, const char *text, size_t used) {
  char word[512], shown[sizeof word * 4];
  int fresh = used == 0, first = 1;
  if (fresh) roi_buffer_print(out, "%*s", INDENT, ""), used = INDENT;
  for (; *text; first = 0) {
    size_t n = strcspn(text, " ");
    size_t taken = n < sizeof word ? n : sizeof word - 1;
    memcpy(word, text, taken);
    word[taken] = '\0';
    size_t width = roi_text_width(roi_escape(shown, sizeof shown, word));
    if (!(first && fresh) && used + 1 + width > WIDTH) {
      roi_buffer_print(out, "\n%*s", INDENT, "");
      used = INDENT;
    } else if (!(first && fresh)) {
      roi_buffer_text(out, " ");
      used++;
    }
    roi_buffer_text(out, shown);
    used += width;
    text += taken;
    text += *text == ' ';
  }
  roi_buffer_text(out, "\n");
}

/* Whether an earlier finding of the order has given this one's reason, which is its rule's. */
static int is_explained(const roi_graph *g, const size_t *order, size_t at) {
  const char *rule = roi_graph_text(g, g->warnings[order[at]].rule);
  for (size_t i = 0; i < at; i++)
    if (!strcmp(roi_graph_text(g, g->warnings[order[i]].rule), rule)) return 1;
  return 0;
}

static void add_finding(roi_buffer *out, const roi_graph *g, const roi_warning_row *w, int with_reason) {
  char file[1024], rule[128], place[1400];
  roi_escape(file, sizeof file, roi_graph_text(g, w->file));
  roi_escape(rule, sizeof rule, roi_graph_text(g, w->rule));
  if (w->file && w->line) snprintf(place, sizeof place, "%s:%u: [%s]", file, w->line, rule);
  else snprintf(place, sizeof place, "%s%s[%s]", w->file ? file : "", w->file ? ": " : "", rule);
  roi_buffer_text(out, place);
  add_wrapped(out, roi_graph_text(g, w->text), roi_text_width(place));
  if (w->why && with_reason) add_wrapped(out, roi_graph_text(g, w->why), 0);
}

/* How many every run shows. */
static size_t in_runs(const roi_graph *g) {
  size_t n = 0;
  for (size_t i = 0; i < g->n_warnings; i++) n += g->warnings[i].level == 0;
  return n;
}

void roi_check_terminal(roi_buffer *out, const roi_graph *g, const size_t *order) {
  size_t runs = in_runs(g);
  for (size_t i = 0; i < g->n_warnings && i < MOST; i++) add_finding(out, g, &g->warnings[order[i]], !is_explained(g, order, i));
  if (g->n_warnings > MOST) roi_buffer_print(out, "and %zu more, which --json lists\n", g->n_warnings - MOST);
  if (!g->n_warnings) roi_buffer_text(out, "no findings\n");
  else roi_buffer_print(out, "%zu finding%s", g->n_warnings, g->n_warnings == 1 ? "" : "s");
  if (runs) roi_buffer_print(out, ", of which every run warns of %zu", runs);
  if (g->n_warnings) roi_buffer_text(out, "\n");
}

roi_status roi_check_json(roi_buffer *out, const roi_graph *g, const size_t *order, const char *lua_version, const char *sleef_version,
                          roi_error *err) {
  roi_json w;
  cJSON *root = roi_json_begin(&w, "roisim.check/1");
  roi_json_model(&w, root, g);
  roi_json_count(&w, root, "in_every_run", in_runs(g));
  cJSON *list = roi_json_array(&w, root, "findings");
  for (size_t i = 0; i < g->n_warnings && list; i++) {
    const roi_warning_row *row = &g->warnings[order[i]];
    cJSON *o = roi_json_object(&w, list, NULL);
    roi_json_text(&w, o, "rule", roi_graph_text(g, row->rule));
    roi_json_text(&w, o, "file", roi_graph_text(g, row->file));
    roi_json_count(&w, o, "line", row->line);
    roi_json_text(&w, o, "text", roi_graph_text(g, row->text));
    roi_json_text(&w, o, "why", roi_graph_text(g, row->why));
    roi_json_attach(&w, o, "in_every_run", cJSON_CreateBool(row->level == 0));
  }
  roi_json_provenance(&w, root, g, lua_version, sleef_version);
  return roi_json_end(&w, root, out, err);
}
