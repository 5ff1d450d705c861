/* json_writer.h - what the JSON reports share: a tree of cJSON whose failures are remembered, and the parts that every report has.
 *
 * Every function may be handed NULL where memory ran out before; `failed` remembers it until roi_json_end. A key of NULL adds to an
 * array. Numbers are written here, because cJSON 1.7.15 takes a decimal text for good that differs in the last bit. */
#ifndef ROI_REPORT_JSON_WRITER_H
#define ROI_REPORT_JSON_WRITER_H

#include <cjson/cJSON.h>

#include "graph/graph.h"
#include "report/buffer.h"
#include "run/run.h"

typedef struct roi_json { int failed; } roi_json;

/* Begins a report: an object with "schema". Each begin needs its end, which appends the text and a newline to out, releases the tree
 * and gives ROI_ERR_MEMORY if anything failed. */
cJSON *roi_json_begin(roi_json *w, const char *schema);
roi_status roi_json_end(roi_json *w, cJSON *root, roi_buffer *out, roi_error *err);

/* Takes the item, whether or not it can be added. */
void roi_json_attach(roi_json *w, cJSON *object, const char *key, cJSON *item);
cJSON *roi_json_object(roi_json *w, cJSON *parent, const char *key);
cJSON *roi_json_array(roi_json *w, cJSON *parent, const char *key);
/* An object under a name of the model's. Bytes that are not UTF-8 become U+FFFD; what then reads as a name before it gets " #2" and so on. */
cJSON *roi_json_named(roi_json *w, cJSON *parent, const char *name);
/* NaN and infinities have no number in JSON: null. */
void roi_json_number(roi_json *w, cJSON *parent, const char *key, double x);
void roi_json_count(roi_json *w, cJSON *parent, const char *key, uint64_t x);
/* Bytes that are not UTF-8 become U+FFFD. */
void roi_json_text(roi_json *w, cJSON *parent, const char *key, const char *text);

/* What is known of one output or input, and of a share of trials, as members of an object. */
void roi_json_summary(roi_json *w, cJSON *o, const roi_summary *s);
void roi_json_share(roi_json *w, cJSON *o, const roi_share_result *r);
/* "model": what the numbers are about. */
void roi_json_model(roi_json *w, cJSON *root, const roi_graph *g);
/* "warnings": the model's own. */
void roi_json_warnings(roi_json *w, cJSON *root, const roi_graph *g);
/* "provenance": what they rest on, files by their hashes. */
void roi_json_provenance(roi_json *w, cJSON *root, const roi_graph *g, const char *lua_version, const char *sleef_version);

#endif
