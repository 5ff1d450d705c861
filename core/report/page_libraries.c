/* The line on the libraries that a result rests on. */
#include <stdio.h>
#include <string.h>

#include "report/page.h"

#define MOST_FILES 4 /* of a library, that are shown by name */
#define FILE_WIDTH 36 /* columns of its name, which a version and a hash may follow */

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

/* "rates 2.1:", then each file with its hash, as items of a paragraph; more: another library follows. */
static void add_library(const roi_page *p, roi_paragraph *q, const roi_graph *g, size_t i, int more) {
  char item[3 * ROI_NAME], name[ROI_NAME], version[ROI_NAME];
  const roi_file_row *f = &g->files[i];
  size_t files = 0, shown = 0;
  for (size_t k = i; k < g->n_files; k++) files += is_shown(g, k) && is_same(g, i, k);
  roi_page_name(p, version, roi_graph_text(g, f->version), 20);
  if (f->library) {
    snprintf(item, sizeof item, "%s %s:", roi_page_name(p, name, roi_graph_text(g, f->library), 40), version);
    roi_paragraph_add(q, item);
  }
  for (size_t k = i; k < g->n_files && shown < MOST_FILES; k++) {
    const uint8_t *h = g->files[k].sha256;
    if (!is_shown(g, k) || !is_same(g, i, k)) continue;
    const char *of = f->library ? "" : f->version ? version : "without a version";
    const char *end = ++shown < files ? shown < MOST_FILES ? "," : "" : more ? ";" : "";
    snprintf(item, sizeof item, "%s %s%s%02x%02x%02x%02x%s", roi_page_name(p, name, roi_graph_text(g, g->files[k].name), FILE_WIDTH), of,
             *of ? " " : "", h[0], h[1], h[2], h[3], end);
    roi_paragraph_add(q, item);
  }
  if (files > shown) {
    snprintf(item, sizeof item, "and %zu more file%s%s", files - shown, files - shown == 1 ? "" : "s", more ? ";" : "");
    roi_paragraph_add(q, item);
  }
}

void roi_page_libraries(const roi_page *p, const roi_graph *g) {
  size_t libraries = 0;
  for (size_t i = 0; i < g->n_files; i++) libraries += is_shown(g, i) && is_first(g, i);
  if (!libraries) return;
  roi_paragraph q = roi_paragraph_begin(p, "Libraries: ", " ", 11);
  for (size_t i = 0; i < g->n_files; i++)
    if (is_shown(g, i) && is_first(g, i)) add_library(p, &q, g, i, --libraries > 0);
  roi_paragraph_end(&q);
}
