/* Fuzzes the reports of a run: names, units and other texts of any bytes, and numbers of any bits, become a model; its report must be
 * text within the page, and its JSON must read back as the same texts and, bit by bit, the same numbers.
 *
 * The input is a row of fields: a text up to a byte 0xff or 60 bytes, a number of 8 bytes, a small count of one byte. What the graph
 * refuses (a name twice, a number that is not finite) is left out of the model. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "inprocess.h"
#include "json_check.h"
#include "report/report.h"
#include "report/width.h"

#define MOST_OUTPUTS 4
#define MOST_INPUTS 3
#define MOST_VALUES 5
#define PAGE 80

typedef struct input { const uint8_t *at, *end; } input;

static size_t count(input *in, size_t below) { return in->at < in->end ? *in->at++ % below : 0; }

static const char *text(input *in, char room[61]) {
  size_t n = 0;
  while (in->at < in->end && n < 60) {
    uint8_t c = *in->at++;
    if (c == 0xff) break;
    if (c != 0) room[n++] = (char)c;
  }
  room[n] = '\0';
  return room;
}

static double number(input *in) {
  static const double edges[] = {0,      -0.0,             1,    -1,   0.1,  1e-300,  5e-324, 1.7976931348623157e308,
                                 -1e308, 9007199254740991, 1e15, 1e16, 1e21, 1.0 / 3};
  double x = 0;
  size_t kind = count(in, 32);
  if (kind < sizeof edges / sizeof *edges) return edges[kind];
  if (in->end - in->at < 8) return (double)kind;
  memcpy(&x, in->at, 8);
  in->at += 8;
  return x;
}

/* A draw of some of the numbers; ROI_NONE where there are none to draw. */
static roi_node draw(roi_graph *g, input *in, const char *name) {
  double values[MOST_VALUES];
  size_t n = 1 + count(in, MOST_VALUES);
  for (size_t i = 0; i < n; i++) values[i] = number(in);
  roi_error err;
  return roi_draw(g, roi_dist_empirical(g, values, n, &err), name, 0, &err);
}

/* What an output may be beside a plain draw: never in some trials, a condition, a sum that may leave the range of numbers. */
static roi_node shaped(roi_graph *g, roi_node x, size_t how) {
  roi_error err;
  roi_node zero = roi_constant(g, 0, &err), never = roi_constant(g, (double)INFINITY, &err);
  const roi_node below[] = {x, zero}, choice[] = {roi_apply(g, ROI_LT, below, 2, &err), never, x}, twice[] = {x, x};
  switch (how) {
    case 1: return choice[0];
    case 2: return roi_apply(g, ROI_WHERE, choice, 3, &err);
    case 3: return roi_apply(g, ROI_MUL, twice, 2, &err);
    default: return x;
  }
}

static void add_texts(roi_graph *g, input *in) {
  char a[61], b[61];
  const uint8_t sha[32] = {1, 2, 3};
  roi_error err;
  roi_graph_add_file(g, text(in, a), 0, "", sha, &err);
  roi_graph_add_warning(g, roi_graph_string(g, text(in, a)), (uint32_t)count(in, 256), text(in, b), &err);
  for (size_t n = count(in, 3); n-- > 0;) {
    roi_graph_add_file(g, text(in, a), 1 + (int)count(in, 2), text(in, b), sha, &err);
    if (count(in, 2)) roi_graph_name_library(g, text(in, a), text(in, b), &err);
  }
  roi_graph_add_setting(g, text(in, a), text(in, b), &err);
}

static roi_graph *make_graph(input *in) {
  char a[61], b[61], c[61], name[16] = "draw 0";
  roi_error err;
  roi_graph *g = roi_graph_new("", 12, ROI_MONTH, &err);
  fuzz_check(g != NULL, "there is memory for a graph");
  const char *name_of_model = text(in, a), *currency = text(in, b);
  int horizon = 1 + (int)count(in, 60);
  if (roi_graph_set_model(g, name_of_model, currency, horizon, (roi_period)count(in, ROI_PERIOD_COUNT), 0, &err)) return g;
  for (size_t n = 1 + count(in, MOST_OUTPUTS); n-- > 0; name[5]++) {
    static const char *const standard[] = {"npv", "roi", "irr", "bcr"};
    roi_node x = draw(g, in, name);
    size_t what = count(in, 12);
    if (x == ROI_NONE) continue;
    const char *output = what < 4 ? standard[what] : text(in, a);
    if (roi_graph_add_output(g, output, shaped(g, x, count(in, 6)), &err)) continue;
    g->outputs[g->n_outputs - 1].standard = what < 4;
  }
  for (size_t n = count(in, MOST_INPUTS + 1); n-- > 0; name[5]++) {
    roi_node x = draw(g, in, text(in, a));
    if (x == ROI_NONE || roi_graph_add_input(g, a, x, &err) != ROI_OK) continue;
    roi_graph_annotate_input(g, g->n_inputs - 1, text(in, a), text(in, b), text(in, c), 0, (uint32_t)count(in, 256), &err);
  }
  add_texts(g, in);
  return g;
}

/* -- What is read back ------------------------------------------------------------------------------------------------- */

/* 1 if JSON has the text as it is: no byte is replaced by U+FFFD, nor is what stands for one there. */
static int is_kept(const char *s) {
  while (*s) {
    uint32_t code;
    s += roi_utf8_next(s, &code);
    if (code == 0xfffd) return 0;
  }
  return 1;
}

static void check_string(const cJSON *item, const char *expected) {
  fuzz_check(cJSON_IsString(item) || (item && item->string), "a text stays a text");
  const char *there = cJSON_IsString(item) ? item->valuestring : item->string;
  if (is_kept(expected)) fuzz_check(!strcmp(there, expected), "a text reads back");
}

static const cJSON *member(const cJSON *object, const char *key) { return cJSON_GetObjectItemCaseSensitive(object, key); }

static void check_number(const cJSON *object, const char *key, double expected) {
  const cJSON *item = member(object, key);
  if (!isfinite(expected)) {
    fuzz_check(cJSON_IsNull(item), "what is no number is null");
    return;
  }
  fuzz_check(cJSON_IsNumber(item) && !memcmp(&item->valuedouble, &expected, sizeof expected), "a number reads back bit by bit");
}

static void check_summary(const cJSON *o, const roi_summary *s) {
  check_number(o, "mean", s->mean);
  check_number(o, "mean_se", s->mean_se);
  check_number(o, "sd", s->sd);
  check_number(o, "min", s->n ? s->min : (double)NAN);
  check_number(o, "cvar5", s->cvar5);
  check_number(o, "n", (double)s->n);
  check_number(o, "never", (double)s->never);
  check_number(member(o, "quantiles"), "0.5", s->quantile[4]);
  check_number(member(o, "quantiles"), "0.99", s->quantile[8]);
}

/* The members of an object belong to the rows of a table, in their order. */
static void check_members(const cJSON *object, const roi_target *targets, size_t n, const roi_summary *summaries) {
  const cJSON *m = object ? object->child : NULL;
  for (size_t i = 0; i < n; i++, m = m->next) {
    fuzz_check(m != NULL, "every output and input is in the JSON");
    check_string(m, targets[i].name);
    check_summary(m, &summaries[i]);
  }
  fuzz_check(m == NULL, "nothing else is");
}

static void check_json(const roi_view *v) {
  roi_buffer out = {0};
  roi_error err = {0};
  fuzz_check(roi_report_json(&out, v, &err) == ROI_OK, "a report can be written as JSON");
  cJSON *root = fuzz_check_json(out.text);
  const roi_graph *g = v->graph;
  check_string(member(member(root, "model"), "name"), roi_graph_text(g, g->name));
  check_members(member(root, "outputs"), v->request->outputs, v->request->n_outputs, v->report->outputs);
  const cJSON *inputs = member(root, "inputs");
  check_members(inputs, v->request->inputs, v->request->n_inputs, v->report->inputs);
  const cJSON *m = inputs ? inputs->child : NULL;
  for (size_t i = 0; i < v->request->n_inputs; i++, m = m->next)
    if (g->inputs[i].unit) check_string(member(m, "unit"), roi_graph_text(g, g->inputs[i].unit));
  cJSON_Delete(root);
  roi_buffer_free(&out);
}

static void check_terminal(const roi_view *v, int utf8) {
  roi_buffer out = {0};
  const roi_style style = {.utf8 = utf8};
  roi_report_terminal(&out, v, &style);
  fuzz_check(!out.failed && out.text, "a report can be printed");
  fuzz_check_text(out.text, out.n, "a report is text");
  for (char *line = out.text; *line;) {
    char *end = strchr(line, '\n');
    fuzz_check(end != NULL, "a report ends with its last line");
    *end = '\0';
    fuzz_check_of(roi_text_width(line) <= PAGE, "a report keeps to the page", line);
    line = end + 1;
  }
  roi_buffer_free(&out);
}

static void report(roi_graph *g) {
  roi_target outputs[MOST_OUTPUTS], inputs[MOST_INPUTS];
  size_t output_share[MOST_OUTPUTS];
  for (size_t i = 0; i < g->n_outputs; i++) {
    outputs[i] = (roi_target){roi_graph_text(g, g->outputs[i].name), g->outputs[i].node};
    output_share[i] = ROI_NO_INDEX;
  }
  for (size_t i = 0; i < g->n_inputs; i++) inputs[i] = (roi_target){roi_graph_text(g, g->inputs[i].name), g->inputs[i].node};
  roi_request request = {.options = {.trials = 60, .seed = 1, .threads = 1}, .outputs = outputs, .n_outputs = g->n_outputs,
                         .inputs = inputs, .n_inputs = g->n_inputs, .input_trials = 60};
  roi_report *result = NULL;
  roi_error err = {0};
  roi_status status = roi_simulate(g, &request, &result, &err);
  if (status != ROI_OK) {
    fuzz_check_error(&err);
  } else {
    roi_view v = {.graph = g, .request = &request, .report = result, .output_share = output_share, .lua_version = "5.4",
                  .sleef_version = "3"};
    check_json(&v);
    check_terminal(&v, 1);
    check_terminal(&v, 0);
  }
  roi_report_free(result);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  input in = {bytes, bytes + size};
  roi_graph *g = make_graph(&in);
  if (g->n_outputs) report(g);
  roi_graph_free(g);
  return 0;
}
