/* The line on the libraries that a result rests on. */
#include <stdio.h>
#include <string.h>

#include "report/page.h"

#define MOST_FILES 4 /* of a library, that are shown by name */

/* Whether the file at i is a library's that did not come with the command, whose own are called roisim.lua and roisim.PIECE.lua. */
static int is_shown(const roi_graph *g, size_t i) {
  const char *name = roi_graph_text(g, g->files[i].name);
  return g->files[i].kind == 1 && strncmp(name, "roisim.", 7) != 0;
}

/* Files of one library: those whose manifests say the same. One without a manifest stands alone. */
static int is_same(const roi_graph *g, size_t i, size_t k) {
  const roi_file_row *a = &g->files[i], *b = &g->files[k];
  return i == k || (a->library && !strcmp(roi_graph_text(g, a->library), roi_graph_text(g, b->library)) &&
                    !strcmp(roi_graph_text(g, a->version), roi_graph_text(g, b->version)));
}

static int is_first(const roi_graph *g, size_t i) {
  for (size_t k = 0; k < i; k++)
    if (is_shown(g, k) && is_same(g, k, i)) return 0;
  return 1;
}

static void add_library(const roi_page *p, roi_paragraph *q, const roi_graph *g, size_t i) {
  char name[ROI_NAME];
  roi_buffer item = {0};
  const roi_file_row *f = &g->files[i];
  size_t files = 0;
  if (f->library) roi_buffer_print(&item, "%s ", roi_page_name(p, name, roi_graph_text(g, f->library), 40));
  if (f->library) roi_buffer_print(&item, "%s: ", roi_page_name(p, name, roi_graph_text(g, f->version), 20));
  for (size_t k = i; k < g->n_files; k++) {
    const uint8_t *h = g->files[k].sha256;
    if (!is_shown(g, k) || !is_same(g, i, k) || files++ >= MOST_FILES) continue;
    roi_buffer_print(&item, "%s%s ", files > 1 ? ", " : "", roi_page_name(p, name, roi_graph_text(g, g->files[k].name), 40));
    if (!f->library && f->version) roi_buffer_print(&item, "%s ", roi_page_name(p, name, roi_graph_text(g, f->version), 20));
    else if (!f->library) roi_buffer_text(&item, "without a version ");
    roi_buffer_print(&item, "%02x%02x%02x%02x", h[0], h[1], h[2], h[3]);
  }
  if (files > MOST_FILES) roi_buffer_print(&item, " and %zu more files", files - MOST_FILES);
  if (item.text) roi_paragraph_add(q, item.text);
  roi_buffer_free(&item);
}

void roi_page_libraries(const roi_page *p, const roi_graph *g) {
  size_t any = 0;
  for (size_t i = 0; i < g->n_files; i++) any += is_shown(g, i) != 0;
  if (!any) return;
  roi_paragraph q = roi_paragraph_begin(p, "Libraries: ", "; ", 11);
  for (size_t i = 0; i < g->n_files; i++)
    if (is_shown(g, i) && is_first(g, i)) add_library(p, &q, g, i);
  roi_paragraph_end(&q);
}
