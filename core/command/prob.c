/* The small grammar of --prob and of a sensitivity's --output. One function a level of binding; each returns a value: a node and
 * whether it is a condition. */
#include <ctype.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "command/command.h"
#include "report/width.h"

#define MAX_DEPTH 100
#define NAME_SIZE 300

typedef struct parser {
  roi_graph *g;
  const char *option, *text, *at;
  int depth;
  roi_error *err;
  int failed;
} parser;

typedef struct value { roi_node node; int condition; } value;
static const value none = {ROI_NONE, 0};

static value parse_or(parser *p);

/* -- Errors ------------------------------------------------------------------------------------------------------- */

/* Says what is wrong at a place of the text, by column from 1; the first error counts. */
static value wrong_at(parser *p, const char *at, const char *what) {
  if (p->failed) return none;
  p->failed = 1;
  size_t column = 1;
  for (const char *s = p->text; s < at;) {
    uint32_t code;
    s += roi_utf8_next(s, &code);
    column++;
  }
  roi_fail(p->err, ROI_ERR_USAGE, "%s '%.300s': column %zu: %s", p->option, p->text, column, what);
  return none;
}

static value wrong(parser *p, const char *what) { return wrong_at(p, p->at, what); }

/* A node that could not be made: the graph's own words, as this option's error. */
static value from_graph(parser *p, const char *at, const roi_error *cause) {
  return wrong_at(p, at, cause->text);
}

/* -- Tokens ------------------------------------------------------------------------------------------------------- */

static int is_name_byte(char c) { return c == '_' || isalnum((unsigned char)c) || (unsigned char)c >= 0x80; }

static void skip_spaces(parser *p) {
  while (*p->at == ' ' || *p->at == '\t' || *p->at == '\n' || *p->at == '\r') p->at++;
}

int roi_read_name(const char **text, char *buf, size_t size) {
  const char *s = *text, *end;
  if (s[0] == '[' && (s[1] == '"' || s[1] == '\'')) {
    const char close[3] = {s[1], ']', '\0'};
    s += 2;
    end = strstr(s, close);
    if (!end || (size_t)(end - s) >= size) return -1;
    *text = end + 2;
  } else {
    if (!is_name_byte(*s) || isdigit((unsigned char)*s)) return 0;
    for (end = s; is_name_byte(*end) || (*end == '.' && is_name_byte(end[1]));) end++;
    if ((size_t)(end - s) >= size) return -1;
    *text = end;
  }
  memcpy(buf, s, (size_t)(end - s));
  buf[end - s] = '\0';
  return 1;
}

/* Takes a word (and, or, not) if it stands here. */
static int take_word(parser *p, const char *word) {
  size_t n = strlen(word);
  skip_spaces(p);
  if (strncmp(p->at, word, n) != 0 || is_name_byte(p->at[n]) || p->at[n] == '.') return 0;
  p->at += n;
  return 1;
}

static int take(parser *p, char c) {
  skip_spaces(p);
  if (*p->at != c) return 0;
  p->at++;
  return 1;
}

/* -- Nodes -------------------------------------------------------------------------------------------------------- */

static value apply(parser *p, const char *at, roi_opcode op, value a, value b, int condition) {
  roi_node args[2] = {a.node, b.node};
  roi_error cause = {0};
  size_t n = (size_t)roi_op_rows[op].max_args;
  if (p->failed) return none;
  value v = {roi_apply(p->g, op, args, n, &cause), condition};
  if (v.node == ROI_NONE) return from_graph(p, at, &cause);
  double x, left, right = 0;
  int is_fixed = roi_graph_constant(p->g, a.node, &left) && (n < 2 || roi_graph_constant(p->g, b.node, &right));
  if (is_fixed && isfinite(left) && isfinite(right) && roi_graph_constant(p->g, v.node, &x) && !isfinite(x))
    return wrong_at(p, at, "this is no number: it is too large, or divided by 0");
  return v;
}

static value constant(parser *p, const char *at, double x) {
  roi_error cause = {0};
  value v = {roi_constant(p->g, x, &cause), 0};
  return v.node == ROI_NONE ? from_graph(p, at, &cause) : v;
}

static roi_node find_label(const roi_graph *g, const char *name, uint32_t given) {
  for (size_t i = 0; i < g->n_labels; i++)
    if (g->labels[i].given == given && !strcmp(roi_graph_text(g, g->labels[i].name), name)) return g->labels[i].node;
  return ROI_NONE;
}

/* The node of a name: outputs first, then inputs, the model's own quantities, draws, values that the script named. */
static roi_node find_name(const roi_graph *g, const char *name) {
  for (size_t i = 0; i < g->n_outputs; i++)
    if (!strcmp(roi_graph_text(g, g->outputs[i].name), name)) return g->outputs[i].node;
  for (size_t i = 0; i < g->n_inputs; i++)
    if (!strcmp(roi_graph_text(g, g->inputs[i].name), name)) return g->inputs[i].node;
  roi_node own = find_label(g, name, 0);
  if (own != ROI_NONE) return own;
  for (size_t i = g->n_nodes; i-- > 0;) /* of several of one name the last: graph.h, roi_graph_draw_of */
    if (g->nodes[i].op == ROI_DRAW && !strcmp(roi_graph_text(g, g->nodes[i].name), name)) return (roi_node)i;
  return find_label(g, name, 1);
}

/* Keeps in *best the name that fits what stands at `at` better: the longest that stands there whole, else the first that
 * only begins with the same word. */
static void fit_name(const char *at, const char *word, const char *name, const char **best, size_t *whole) {
  size_t n = strlen(word), length = strlen(name);
  if (strncmp(name, word, n) != 0 || !name[n] || is_name_byte(name[n])) return;
  int stands = !strncmp(at, name, length);
  if (*best && (!stands || length <= *whole)) return;
  *best = name;
  if (stands) *whole = length;
}

/* The output, input or draw that was meant by a name without its brackets, or NULL. */
static const char *name_with_blanks(const roi_graph *g, const char *at, const char *word) {
  const char *best = NULL;
  size_t whole = 0;
  if (*at == '[') return NULL;
  for (size_t i = 0; i < g->n_outputs; i++) fit_name(at, word, roi_graph_text(g, g->outputs[i].name), &best, &whole);
  for (size_t i = 0; i < g->n_inputs; i++) fit_name(at, word, roi_graph_text(g, g->inputs[i].name), &best, &whole);
  for (size_t i = 0; i < g->n_nodes; i++)
    if (g->nodes[i].op == ROI_DRAW) fit_name(at, word, roi_graph_text(g, g->nodes[i].name), &best, &whole);
  for (size_t i = 0; i < g->n_labels; i++) fit_name(at, word, roi_graph_text(g, g->labels[i].name), &best, &whole);
  return best;
}

static value unknown_name(parser *p, const char *at, const char *name) {
  const roi_graph *g = p->g;
  char what[3 * NAME_SIZE];
  const char *longer = name_with_blanks(g, at, name);
  if (longer) {
    char plain[NAME_SIZE];
    const char *end = longer;
    if (roi_read_name(&end, plain, sizeof plain) == 1 && !*end)
      snprintf(what, sizeof what, "no output or input is called '%s'; did you mean '%.200s'?", name, longer);
    else
      snprintf(what, sizeof what, "a name with blanks or other characters is written in brackets: [\"%.300s\"]", longer);
    return wrong_at(p, at, what);
  }
  const char *dot = strchr(name, '.'); /* x.wage, as the script has it */
  const char *near = dot && find_name(g, dot + 1) != ROI_NONE ? dot + 1 : NULL, *first = NULL;
  const char **known = roi_alloc(g->n_outputs + g->n_inputs + g->n_labels, sizeof *known);
  size_t n = 0;
  for (size_t i = 0; known && i < g->n_outputs; i++) known[n++] = roi_graph_text(g, g->outputs[i].name);
  for (size_t i = 0; known && i < g->n_inputs; i++) known[n++] = roi_graph_text(g, g->inputs[i].name);
  for (size_t i = 0; known && i < g->n_labels; i++) known[n++] = roi_graph_text(g, g->labels[i].name);
  if (known && n) first = known[0];
  if (known && !near) near = roi_nearest(name, known, n);
  if (near) snprintf(what, sizeof what, "no output or input is called '%s'; did you mean '%.200s'?", name, near);
  else
    snprintf(what, sizeof what, "no output or input is called '%s'%s%.200s", name, first ? "; there is " : "",
             first ? first : "");
  roi_free(known);
  return wrong_at(p, at, what);
}

/* [12] after the name of a series: its value in that period. */
static value parse_period(parser *p, const char *start_of_name, const char *name, value series) {
  char what[3 * NAME_SIZE];
  const roi_node_row *row = &p->g->nodes[series.node];
  uint32_t horizon = p->g->horizon;
  const char *at = p->at;
  if (!take(p, '[')) {
    if (row->shape == ROI_SCALAR) return series;
    snprintf(what, sizeof what, "'%.200s' is a series, one number a period: write which, as in %.200s[%u]", name, name, horizon);
    return wrong_at(p, start_of_name, what);
  }
  if (row->shape == ROI_SCALAR) {
    snprintf(what, sizeof what, "'%.200s' is one number, so it has no periods", name);
    return wrong_at(p, at, what);
  }
  skip_spaces(p);
  at = p->at;
  size_t n = strspn(p->at, "0123456789");
  unsigned long period = n > 0 && n <= 9 ? strtoul(p->at, NULL, 10) : ULONG_MAX;
  if (n == 0) return wrong_at(p, at, "a period is a whole number, as in cumulative[12]");
  if (period < row->start || period > horizon) {
    snprintf(what, sizeof what, "the periods of '%.200s' are %u to %u", name, row->start, horizon);
    return wrong_at(p, at, what);
  }
  p->at += n;
  if (!take(p, ']')) return wrong(p, "the bracket after the period is missing: ]");
  roi_error cause = {0};
  value v = {roi_apply_at(p->g, ROI_ELEMENT, &series.node, 1, (int32_t)period, &cause), 0};
  return v.node == ROI_NONE ? from_graph(p, at, &cause) : v;
}

static value parse_name(parser *p) {
  char name[NAME_SIZE];
  const char *at = p->at;
  int quoted = *at == '[', found = roi_read_name(&p->at, name, sizeof name);
  if (*at == '!') return wrong(p, "write the word 'not'");
  if (found < 0) return wrong(p, quoted ? "a name in brackets must end in \"]" : "the name is too long");
  if (found == 0)
    return wrong(p, *p->at ? "a number or a name should stand here" : "a number or a name is missing at the end");
  if (!quoted && !strcmp(name, "never")) return constant(p, at, ROI_NEVER);
  if (!quoted && (!strcmp(name, "and") || !strcmp(name, "or") || !strcmp(name, "not")))
    return wrong_at(p, at, "a number or a name should stand here");
  roi_node node = find_name(p->g, name);
  if (node == ROI_NONE) return unknown_name(p, at, name);
  value v = parse_period(p, at, name, (value){node, 0});
  if (p->failed) return none;
  double x;
  int is_0_or_1 = roi_graph_constant(p->g, v.node, &x) && (x == 0 || x == 1);
  v.condition = is_0_or_1 || (p->g->nodes[v.node].flags & ROI_CONDITION);
  return v;
}

static value parse_number(parser *p) {
  char text[64];
  const char *at = p->at, *end = at;
  while (isdigit((unsigned char)*end) || *end == '.' ||
         ((*end == '+' || *end == '-') && (end[-1] == 'e' || end[-1] == 'E')) || is_name_byte(*end))
    end++;
  size_t n = (size_t)(end - at);
  double x = 0;
  int share = *end == '%';
  memcpy(text, at, n < sizeof text ? n : 0);
  text[n < sizeof text ? n : 0] = '\0';
  if (roi_parse_number(text, &x)) return wrong(p, "this is not a number: write it like 12, 0.5 or 1e6");
  if (*end == ',' && isdigit((unsigned char)end[1]))
    return wrong_at(p, at, "decimals have a point, 0.5, and thousands no mark: 1000, not 1,000");
  if (share) return wrong_at(p, end, "write shares as fractions: 0.2 for 20%");
  p->at = end;
  return constant(p, at, x);
}

static value parse_primary(parser *p) {
  skip_spaces(p);
  const char *at = p->at;
  if (isdigit((unsigned char)*at) || (*at == '.' && isdigit((unsigned char)at[1]))) return parse_number(p);
  if (!take(p, '(')) return parse_name(p);
  if (++p->depth > MAX_DEPTH) return wrong_at(p, at, "too deeply nested");
  value v = parse_or(p);
  p->depth--;
  if (!p->failed && !take(p, ')')) return wrong(p, "a closing parenthesis is missing");
  return v;
}

static value parse_unary(parser *p) {
  skip_spaces(p);
  const char *at = p->at;
  if (!take(p, '-')) return parse_primary(p);
  if (++p->depth > MAX_DEPTH) return wrong_at(p, at, "too deeply nested");
  value v = parse_unary(p);
  p->depth--;
  return apply(p, at, ROI_NEG, v, none, 0);
}

static value parse_product(parser *p) {
  value v = parse_unary(p);
  while (!p->failed) {
    skip_spaces(p);
    const char *at = p->at;
    if (*at != '*' && *at != '/') break;
    p->at++;
    v = apply(p, at, *at == '*' ? ROI_MUL : ROI_DIV, v, parse_unary(p), 0);
  }
  return v;
}

static value parse_sum(parser *p) {
  value v = parse_product(p);
  while (!p->failed) {
    skip_spaces(p);
    const char *at = p->at;
    if (*at != '+' && *at != '-') break;
    p->at++;
    v = apply(p, at, *at == '+' ? ROI_ADD : ROI_SUB, v, parse_product(p), 0);
  }
  return v;
}

/* The comparison that stands here, or -1; takes it. */
static int take_comparison(parser *p) {
  static const struct { const char *text; roi_opcode op; } rows[] = {{"<=", ROI_LE}, {">=", ROI_GE}, {"==", ROI_EQ},
                                                                     {"~=", ROI_NE}, {"<", ROI_LT},  {">", ROI_GT}};
  skip_spaces(p);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    size_t n = strlen(rows[i].text);
    if (strncmp(p->at, rows[i].text, n) != 0) continue;
    p->at += n;
    return (int)rows[i].op;
  }
  if (p->at[0] == '!' && p->at[1] == '=') wrong(p, "'not equal' is written ~=");
  else if (p->at[0] == '=' && p->at[1] == '>') wrong(p, "'at least' is written >=");
  else if (p->at[0] == '=' && p->at[1] == '<') wrong(p, "'at most' is written <=");
  else if (p->at[0] == '=') wrong(p, "'equal' is written ==");
  return -1;
}

static value parse_comparison(parser *p) {
  value a = parse_sum(p);
  if (p->failed) return none;
  skip_spaces(p);
  const char *at = p->at;
  int op = take_comparison(p);
  if (op < 0) return p->failed ? none : a;
  value b = parse_sum(p);
  value v = apply(p, at, (roi_opcode)op, a, b, 1);
  if (p->failed) return none;
  const char *second = (skip_spaces(p), p->at);
  if (take_comparison(p) >= 0) return wrong_at(p, second, "comparisons can't be chained: write 'a < b and b < c'");
  return p->failed ? none : v;
}

static value need_condition(parser *p, const char *at, value v) {
  if (p->failed || v.condition) return v;
  return wrong_at(p, at, "this is a number, not a condition: compare it, as in 'npv < 0'");
}

static value parse_not(parser *p) {
  skip_spaces(p);
  const char *at = p->at;
  if (!take_word(p, "not")) return parse_comparison(p);
  if (++p->depth > MAX_DEPTH) return wrong_at(p, at, "too deeply nested");
  skip_spaces(p);
  const char *operand = p->at;
  value v = need_condition(p, operand, parse_not(p));
  p->depth--;
  return apply(p, at, ROI_NOT, v, none, 1);
}

static value parse_logic(parser *p, const char *word, roi_opcode op, value (*inner)(parser *)) {
  skip_spaces(p);
  const char *first = p->at;
  value v = inner(p);
  while (!p->failed) {
    skip_spaces(p);
    const char *at = p->at;
    if (!take_word(p, word)) break;
    v = need_condition(p, first, v);
    skip_spaces(p);
    const char *second = p->at;
    value b = need_condition(p, second, inner(p));
    v = apply(p, at, op, v, b, 1);
  }
  return v;
}

static value parse_and(parser *p) { return parse_logic(p, "and", ROI_AND, parse_not); }
static value parse_or(parser *p) { return parse_logic(p, "or", ROI_OR, parse_and); }

/* Parses all of the text: a number or a condition. */
static value parse_whole(parser *p) {
  value v = parse_or(p);
  skip_spaces(p);
  if (!p->failed && p->at[0] == '&') wrong(p, "conditions are joined by the word 'and'");
  if (!p->failed && p->at[0] == '|') wrong(p, "conditions are joined by the word 'or'");
  if (!p->failed && !strncmp(p->at, "\xE2\x89\xA4", 3)) wrong(p, "'at most' is written <=");
  if (!p->failed && !strncmp(p->at, "\xE2\x89\xA5", 3)) wrong(p, "'at least' is written >=");
  if (!p->failed && *p->at) wrong(p, "nothing should follow here; conditions are joined by 'and' or 'or'");
  return v;
}

roi_node roi_prob_compile(roi_graph *g, const char *text, roi_error *err) {
  parser p = {.g = g, .option = "--prob", .text = text, .at = text, .err = err};
  skip_spaces(&p);
  if (!*p.at) {
    roi_fail(err, ROI_ERR_USAGE, "--prob needs a condition, as in --prob 'payback <= 12'");
    return ROI_NONE;
  }
  const char *first = p.at;
  value v = need_condition(&p, first, parse_whole(&p));
  return p.failed ? ROI_NONE : v.node;
}

roi_node roi_value_compile(roi_graph *g, const char *option, const char *text, int *condition, roi_error *err) {
  parser p = {.g = g, .option = option, .text = text, .at = text, .err = err};
  value v = parse_whole(&p);
  *condition = v.condition;
  return p.failed ? ROI_NONE : v.node;
}
