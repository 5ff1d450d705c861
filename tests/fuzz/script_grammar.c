#include "script_grammar.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "inprocess.h"
#include "vocabulary.h"

static vocabulary words;

void script_grammar_begin(const char *annotations) { vocabulary_read(&words, annotations); }

#define MOST_DEPTH 5
#define MOST_VARIABLES 40

typedef struct variable { char name[12]; const char *type; size_t n_type; } variable;

typedef struct writer {
  char *out;
  size_t n, room;
  uint64_t state;
  int depth, names;
  variable variables[MOST_VARIABLES]; /* in scope */
  int n_variables;
} writer;

/* splitmix64 */
static uint64_t next(writer *w) {
  uint64_t z = w->state += UINT64_C(0x9e3779b97f4a7c15);
  z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
  return z ^ z >> 31;
}
static size_t below(writer *w, size_t n) { return n ? (size_t)(next(w) % n) : 0; }
static int one_in(writer *w, size_t n) { return below(w, n) == 0; }

__attribute__((format(printf, 2, 3))) static void put(writer *w, const char *format, ...) {
  va_list args;
  if (w->room == w->n) return;
  va_start(args, format);
  int n = vsnprintf(w->out + w->n, w->room - w->n, format, args);
  va_end(args);
  if (n >= 0 && (size_t)n < w->room - w->n) w->n += (size_t)n;
  else w->room = w->n; /* full: nothing more is written */
}

#define PICK(w, list) ((list)[below(w, sizeof(list) / sizeof *(list))])

/* -- What is at the leaves --------------------------------------------------------------------------------------------- */

static const char *const numbers[] = {
    "0", "1", "2", "3", "12", "0.5", "0.1", "0.9", "10", "100", "1e3", "5e4", "0.05", "1", "-1", "-0.5", "36", "1e6", "0.0", "-0.0", "1e-9",
    "1e15", "1e16", "1e300", "-1e300", "5e-324", "1/0", "-1/0", "0/0", "0x10", "65535", "65536", "2^31", "2^53", "2^63",
    "9223372036854775807", "math.mininteger", "1e308*10", "0.1+0.2", "1-1e-16", "roi.never", "math.pi", "1//0.0", "7%3", "3|4", "~0"};
static const char *const plain[] = {"0.1", "0.5", "0.9", "1", "2", "3", "5", "10", "0.25", "12", "100", "1000", "0.05", "0.02", "7.5"};
static const char *const periods[] = {"1", "1", "1", "2", "2", "3"};
static const char *const whole[] = {"1", "2",  "3",  "1",  "2", "3",  "6",   "1",   "2",     "3",
                                    "0", "12", "24", "-1", "7", "13", "1.0", "1.5", "65536", "1e9"};
static const char *const texts[] = {"\"a\"", "\"b\"", "\"c\"", "\"rate\"", "\"month\"", "\"\"", "\"=1+1\"", "\"a b\"",
                                    "\"\\27[31m\"", "\"\\255\\0\\n\"", "\"<b>&\"", "[[two\nlines]]", "\"\\u{202e}x\"", "\"npv\"",
                                    "\"%s%d\"", "('x'):rep(300)", "\"10%%\"", "\"1.5\"",
                                    "\"0x1p4\"", "\"a.csv\"", "\"../a\"", "'\xc3\xa9\xe6\x97\xa5'"};
static const char *const inputs[] = {"a", "b", "c", "rate", "wage", "volume", "price", "k"};
static const char *const quantiles[] = {"p5", "p95", "p10", "p50", "p90", "mean", "sd", "min", "max", "p1", "p99", "shape"};

static void type(writer *w, const char *p, size_t n);
static void block(writer *w, int statements);
static void anything(writer *w);
static void scalar(writer *w);
static void series(writer *w);

static const variable *variable_of(writer *w, const char *wanted, size_t n) {
  const variable *fit[MOST_VARIABLES];
  size_t count = 0;
  for (int i = 0; i < w->n_variables; i++) {
    const variable *v = &w->variables[i];
    char name[80];
    snprintf(name, sizeof name, "%.*s", (int)v->n_type, v->type);
    if (vocabulary_is_a(&words, name, wanted, n)) fit[count++] = v;
  }
  return count ? fit[below(w, count)] : NULL;
}

/* A new name, to be in scope once its value is written. */
static variable fresh(writer *w, const char *p, size_t n) {
  variable v = {.type = p, .n_type = n};
  snprintf(v.name, sizeof v.name, "v%d", w->names++ % 150);
  return v;
}
static void add_variable(writer *w, const variable *v) {
  if (w->n_variables < MOST_VARIABLES) w->variables[w->n_variables++] = *v;
}

static void number(writer *w) {
  if (!one_in(w, 6)) put(w, "%s", PICK(w, plain));
  else if (one_in(w, 6)) put(w, "%.*g", (int)below(w, 17) + 1, (double)(int64_t)next(w) / (double)(UINT64_C(1) << (32 + below(w, 31))));
  else put(w, "%s", PICK(w, numbers));
}

static const char *period(writer *w) { return one_in(w, 12) ? PICK(w, whole) : PICK(w, periods); }

/* -- What roisim's words take ------------------------------------------------------------------------------------------ */

/* The end of what stands before a character of `stops` outside of brackets and quotes. */
static size_t until(const char *p, size_t n, const char *stops) {
  size_t i = 0;
  for (int depth = 0, quoted = 0; i < n && (depth > 0 || quoted || !strchr(stops, p[i])); i++) {
    if (p[i] == '"') quoted = !quoted;
    else if (strchr("<({[", p[i])) depth++;
    else if (strchr(">)}]", p[i])) depth--;
  }
  return i;
}

static void fields_of(writer *w, const word_class *c, int *any) {
  const word_class *parent = c->parent ? vocabulary_class(&words, c->parent, strlen(c->parent)) : NULL;
  if (parent) fields_of(w, parent, any);
  for (size_t i = 0; i < c->n; i++) {
    if (one_in(w, 3)) continue;
    put(w, "%s%s = ", (*any)++ ? ", " : "", c->fields[i].name);
    type(w, c->fields[i].type, strlen(c->fields[i].type));
  }
}

static void table_of(writer *w, const word_class *c) {
  int any = 0;
  put(w, "{ ");
  fields_of(w, c, &any);
  if (one_in(w, 20)) put(w, "%stypo = 1", any ? ", " : "");
  put(w, " }");
}

static void list_of(writer *w, const char *p, size_t n) {
  size_t count = below(w, 5);
  put(w, "{");
  for (size_t i = 0; i < count; i++) {
    if (i) put(w, ", ");
    type(w, p, n);
  }
  put(w, "}");
}

/* "fun(a: T, b: T): R" as arguments of a call, or as a function. */
static void signature(writer *w, const char *p, size_t n, int as_call) {
  int before = w->n_variables, any = 0;
  size_t close = 4 + until(p + 4, n - 4, ")");
  put(w, "%s", as_call ? "(" : "function(");
  for (size_t i = 4; i < close;) {
    size_t end = i + until(p + i, close - i, ","), colon = i + until(p + i, end - i, ":");
    const char *t = p + colon + 2;
    size_t n_t = end > colon + 2 ? end - colon - 2 : 0;
    if (any++) put(w, ", ");
    if (as_call) {
      type(w, t, n_t);
    } else if (p[i] == '.') {
      put(w, "...");
    } else {
      variable v = fresh(w, t, n_t);
      put(w, "%s", v.name);
      add_variable(w, &v);
    }
    i = end + 1 + (end + 1 < close && p[end + 1] == ' ');
  }
  put(w, ")");
  if (!as_call) {
    put(w, " ");
    if (one_in(w, 4)) block(w, 1);
    put(w, "return ");
    size_t result = close + 3;
    if (result < n) type(w, p + result, n - result);
    else anything(w);
    put(w, " end");
  }
  w->n_variables = before;
}

static void arguments(writer *w, const word_function *f) {
  if (f->overload && one_in(w, 3)) {
    signature(w, f->overload, strlen(f->overload), 1);
    return;
  }
  size_t n = f->n;
  if (one_in(w, 20)) n = below(w, n + 1);
  put(w, "(");
  for (size_t i = 0; i < n; i++) {
    if (i) put(w, ", ");
    if (f->is_method && i == 0 && !one_in(w, 10)) { /* names must differ, so they are new as a rule */
      if (!strcmp(f->params[0].type, "string")) { put(w, "\"n%d\"", w->names++); continue; }
    }
    type(w, f->params[i].type, strlen(f->params[i].type));
  }
  put(w, ")");
}

/* A call of a function of the library whose result is of that class; 0 if there is none. */
static int call_that_gives(writer *w, const char *wanted, size_t n) {
  for (int tries = 0; tries < 12; tries++) {
    const word_function *f = &words.functions[below(w, words.n_functions)];
    if (!f->returns || !vocabulary_is_a(&words, f->returns, wanted, n)) continue;
    if (!f->is_method) {
      put(w, "%s.%s", f->owner, f->name);
    } else {
      const variable *v = variable_of(w, f->owner, strlen(f->owner));
      if (!v) continue;
      put(w, "%s:%s", v->name, f->name);
    }
    arguments(w, f);
    return 1;
  }
  return 0;
}

/* One number a trial, from what every script has. */
static void scalar(writer *w) {
  static const char *const binary[] = {"+", "-", "*", "/", "^", "%", "//", "*", "+", "-"};
  static const char *const calls[] = {"abs", "sqrt", "exp", "floor", "tanh", "sigmoid", "round", "no", "normal_cdf"};
  if (++w->depth > MOST_DEPTH) {
    put(w, "x.%s", PICK(w, inputs));
    w->depth--;
    return;
  }
  switch (below(w, 10)) {
    case 0: case 1: put(w, "("), scalar(w), put(w, " %s ", PICK(w, binary)), scalar(w), put(w, ")"); break;
    case 2: put(w, "roi.%s(", PICK(w, calls)), scalar(w), put(w, ")"); break;
    case 3:
      put(w, "roi.where(roi.lt("), scalar(w), put(w, ", "), scalar(w), put(w, "), ");
      scalar(w), put(w, ", "), scalar(w), put(w, ")");
      break;
    case 4: put(w, "roi.%s(", one_in(w, 2) ? "sum" : "last"), series(w), put(w, ")"); break;
    case 5: put(w, "("), series(w), put(w, ")[%s]", period(w)); break;
    case 6: case 7: number(w); break;
    default: put(w, "x.%s", PICK(w, inputs)); break;
  }
  w->depth--;
}

/* One number a period a trial. */
static void series(writer *w) {
  static const char *const binary[] = {"+", "-", "*", "*"};
  if (++w->depth > MOST_DEPTH) {
    put(w, "t");
    w->depth--;
    return;
  }
  switch (below(w, 8)) {
    case 0: case 1: put(w, "("), series(w), put(w, " %s ", PICK(w, binary)), scalar(w), put(w, ")"); break;
    case 2: put(w, "(1 + "), scalar(w), put(w, ")^t"); break;
    case 3: put(w, "roi.lag("), series(w), put(w, ", %s)", period(w)); break;
    case 4: put(w, "roi.at(%s, ", period(w)), scalar(w), put(w, ")"); break;
    case 5: put(w, "roi.curve.logistic(t, "), scalar(w), put(w, ", "), scalar(w), put(w, ")"); break;
    default: put(w, "t"); break;
  }
  w->depth--;
}

/* Any value, also a distribution: what a script has, what its words give. */
static void value(writer *w) {
  static const char name[] = "roisim.Value";
  const variable *v = variable_of(w, name, sizeof name - 1);
  switch (below(w, 6)) {
    case 0: scalar(w); return;
    case 1: series(w); return;
    case 2: case 3:
      if (v) { put(w, "%s", v->name); return; }
      break;
    default: break;
  }
  if (w->depth > MOST_DEPTH - 1 || !call_that_gives(w, name, sizeof name - 1))
    put(w, "roi.normal(%s, %s)", PICK(w, plain), PICK(w, plain));
}

static void of_class(writer *w, const char *p, size_t n) {
  const word_class *c = vocabulary_class(&words, p, n);
  if (n == 12 && !strncmp(p, "roisim.Value", n)) { value(w); return; }
  const variable *v = one_in(w, 8) ? NULL : variable_of(w, p, n);
  if (v) put(w, "%s", v->name);
  else if (c && (one_in(w, 12) || !call_that_gives(w, p, n))) table_of(w, c);
  else if (!c) anything(w);
}

static void type_by_name(writer *w, const char *p, size_t n) {
  const char *alias = vocabulary_alias(&words, p, n);
#define IS(text) (n == sizeof text - 1 && !strncmp(p, text, n))
  if (IS("roisim.Number")) scalar(w);
  else if (IS("roisim.Amount")) one_in(w, 2) ? scalar(w) : series(w);
  else if (alias) type(w, alias, strlen(alias));
  else if (IS("number")) number(w);
  else if (IS("integer")) put(w, "%s", PICK(w, whole));
  else if (IS("string")) put(w, "%s", PICK(w, texts));
  else if (IS("boolean")) put(w, one_in(w, 2) ? "true" : "false");
  else if (IS("nil")) put(w, "nil");
  else of_class(w, p, n);
}

static void inline_table(writer *w, const char *p, size_t n) {
  put(w, "{");
  for (size_t i = 1; i + 1 < n;) { /* "{ [1]: T, [2]: T }": in their order */
    size_t end = i + until(p + i, n - 1 - i, ","), colon = i + until(p + i, end - i, ":");
    if (colon + 2 < end) {
      size_t n_t = end - colon - 2;
      while (n_t > 0 && p[colon + 1 + n_t] == ' ') n_t--;
      type(w, p + colon + 2, n_t);
      put(w, ", ");
    }
    i = end + 1;
  }
  put(w, "}");
}

static void map_of(writer *w, const char *p, size_t n) {
  size_t comma = 6 + until(p + 6, n - 7, ",");
  put(w, "{");
  for (size_t i = below(w, 4); i-- > 0;) {
    put(w, "%s = ", one_in(w, 2) ? PICK(w, inputs) : PICK(w, quantiles));
    type(w, p + comma + 2, n - comma - 3);
    put(w, ", ");
  }
  put(w, "}");
}

/* A value of a type of the annotations; now and then of another. */
static void type(writer *w, const char *p, size_t n) {
  if (++w->depth > MOST_DEPTH) put(w, "%s", PICK(w, whole));
  else if (n == 0 || one_in(w, 40)) anything(w);
  else if (n > 4 && !strncmp(p, "fun(", 4)) signature(w, p, n, 0);
  else if (until(p, n, "|") < n) {
    size_t choices = 0, at = 0;
    for (size_t i = 0; i <= n; i += until(p + i, n - i, "|") + 1) choices++;
    for (size_t k = below(w, choices); k-- > 0;) at += until(p + at, n - at, "|") + 1;
    type(w, p + at, until(p + at, n - at, "|"));
  } else if (n > 2 && p[n - 1] == ']' && p[n - 2] == '[') list_of(w, p, n - 2);
  else if (p[0] == '"') put(w, "%.*s", (int)n, p);
  else if (p[0] == '{') inline_table(w, p, n);
  else if (n > 7 && !strncmp(p, "table<", 6)) map_of(w, p, n);
  else type_by_name(w, p, n);
  w->depth--;
}

/* -- The language ------------------------------------------------------------------------------------------------------ */

static void function_body(writer *w) {
  int before = w->n_variables;
  put(w, "function(a, b, ...) ");
  block(w, (int)below(w, 3));
  put(w, "return ");
  anything(w);
  put(w, " end");
  w->n_variables = before;
}

static void metatable(writer *w) {
  static const char *const events[] = {"__index", "__newindex", "__add", "__mul", "__unm", "__call", "__tostring", "__len", "__eq",
                                       "__lt", "__le", "__concat", "__name", "__pairs", "__metatable", "__mode", "__gc"};
  put(w, "setmetatable({");
  anything(w);
  put(w, "}, { %s = ", PICK(w, events));
  if (one_in(w, 4)) anything(w);
  else function_body(w);
  put(w, " })");
}

static void operation(writer *w) {
  static const char *const binary[] = {"+", "-",  "*", "/",  "//",  "^",  "..", "==", "~=", "<",
                                       "<=", ">", ">=", "and", "or", "&", "|",  "~",  "<<", ">>"};
  static const char *const unary[] = {"not ", "-", "#", "~"};
  put(w, "(");
  if (one_in(w, 5)) {
    put(w, "%s", PICK(w, unary));
  } else {
    anything(w);
    put(w, " %s ", PICK(w, binary));
  }
  anything(w);
  put(w, ")");
}

static void stock_call(writer *w) {
  static const char *const calls[] = {
      "pcall", "tostring", "type", "select", "rawlen", "rawget", "rawequal", "next", "pairs", "ipairs", "tonumber", "getmetatable", "error",
      "assert", "print", "math.floor", "math.max", "math.tointeger", "math.fmod", "math.ult", "string.format", "string.byte", "string.sub",
      "string.pack", "string.unpack", "string.find", "table.concat", "table.insert", "table.remove", "table.unpack", "table.sort",
      "table.pack", "table.move", "utf8.char", "utf8.codepoint", "utf8.len", "load", "xpcall", "coroutine.wrap", "coroutine.create",
      "coroutine.isyieldable", "string.gsub", "string.gmatch", "string.upper", "rawset", "require"};
  put(w, "%s(", PICK(w, calls));
  for (size_t n = below(w, 4), i = 0; i < n; i++) {
    if (i) put(w, ", ");
    anything(w);
  }
  put(w, ")");
}

static void anything(writer *w) {
  if (++w->depth > MOST_DEPTH) {
    put(w, "%s", PICK(w, whole));
    w->depth--;
    return;
  }
  switch (below(w, 16)) {
    case 0: put(w, "nil"); break;
    case 1: put(w, one_in(w, 2) ? "true" : "false"); break;
    case 2: case 3: number(w); break;
    case 4: put(w, "%s", PICK(w, texts)); break;
    case 5: function_body(w); break;
    case 6: metatable(w); break;
    case 7: operation(w); break;
    case 8: stock_call(w); break;
    case 9: put(w, "{"), anything(w), put(w, ", a = "), anything(w), put(w, "}"); break;
    case 10: put(w, "coroutine.wrap(function(...) local y = coroutine.yield("), anything(w), put(w, ") return y, ... end)()"); break;
    case 11: put(w, "select(2, pcall("), function_body(w), put(w, "))"); break;
    case 12:
      if (w->n_variables) { put(w, "%s", w->variables[below(w, (size_t)w->n_variables)].name); break; }
      put(w, "roi");
      break;
    case 13: put(w, one_in(w, 2) ? "model" : "roi"); break;
    default: value(w); break;
  }
  w->depth--;
}

static void loop(writer *w) {
  static const char *const heads[] = {"for i = 1, 3 do ", "for _, e in ipairs({1, 2}) do ", "for k, e in pairs({a = 1, 2}) do ",
                                      "repeat ", "for i = 3, 1, -1 do ", "while true do ", "do local z <const> = 1 ",
                                      "if x.a then ", "for i = 1, 0/0 do "};
  const char *head = PICK(w, heads);
  int before = w->n_variables;
  put(w, "%s", head);
  block(w, 1 + (int)below(w, 2));
  if (!strcmp(head, "while true do ")) put(w, "do break end end\n");
  else if (!strcmp(head, "repeat ")) put(w, "until true\n");
  else if (!strcmp(head, "if x.a then ") && one_in(w, 2)) put(w, "else "), block(w, 1), put(w, "end\n");
  else put(w, "end\n");
  w->n_variables = before;
}

/* As it comes: a failure ends the script. */
static void anything_bare(writer *w) {
  variable v = fresh(w, "any", 3);
  put(w, "local %s = ", v.name), anything(w), put(w, "\n");
  add_variable(w, &v);
}

/* A call of one of roisim's methods or functions, its result kept. As a rule a failure is caught, lest it end the script. */
static void word_statement(writer *w) {
  for (int tries = 0; tries < 10; tries++) {
    const word_function *f = &words.functions[below(w, words.n_functions)];
    const variable *v = f->is_method ? variable_of(w, f->owner, strlen(f->owner)) : NULL;
    if (f->is_method && !v) continue;
    variable result = fresh(w, f->returns ? f->returns : "", f->returns ? strlen(f->returns) : 0);
    int caught = !one_in(w, 6);
    if (f->returns && caught) put(w, "local done, %s = pcall(function() return ", result.name);
    else if (f->returns) put(w, "local %s = ", result.name);
    else if (caught) put(w, "pcall(function() ");
    put(w, "%s%s%s", v ? v->name : f->owner, v ? ":" : ".", f->name);
    arguments(w, f);
    if (caught) put(w, " end)");
    if (caught && f->returns) put(w, " if not done then %s = %s end", result.name, PICK(w, plain));
    put(w, "\n");
    if (f->returns) add_variable(w, &result);
    return;
  }
}

static void statement(writer *w) {
  static const char amount[] = "roisim.Amount";
  switch (below(w, 14)) {
    case 0: put(w, "x.i%d = ", w->names++), type(w, amount, sizeof amount - 1), put(w, "\n"); break;
    case 1: case 2: put(w, "model.outputs.o%d = ", w->names++), scalar(w), put(w, "\n"); break;
    case 3: put(w, "pcall(function() model.outputs.o%d = ", w->names++), value(w), put(w, " end)\n"); break;
    case 4: loop(w); break;
    case 5: put(w, "pcall("), function_body(w), put(w, ")\n"); break;
    case 6: {
      variable v = fresh(w, "any", 3);
      put(w, "local done, %s = pcall(function() return ", v.name), anything(w), put(w, " end)\n");
      add_variable(w, &v);
      break;
    }
    case 7: anything_bare(w); break;
    default: word_statement(w); break;
  }
}

static void block(writer *w, int statements) {
  if (++w->depth <= MOST_DEPTH)
    for (int i = 0; i < statements; i++) statement(w);
  w->depth--;
}

/* -- Whole pieces ------------------------------------------------------------------------------------------------------ */

static writer begin(char *out, size_t room, uint64_t seed) {
  static const struct { const char *name, *type; } known[] = {{"model", "roisim.Model"}, {"t", "roisim.Value"}};
  writer w = {.out = out, .room = room, .state = seed};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    variable v = {.type = known[i].type, .n_type = strlen(known[i].type)};
    snprintf(v.name, sizeof v.name, "%s", known[i].name);
    add_variable(&w, &v);
  }
  w.names = (int)below(&w, 150);
  return w;
}

size_t script_grammar_script(char *out, size_t room, uint64_t seed) {
  static const char *const ways[] = {"", "", "", "compare", "portfolio", "sensitivity", "sobol", "morris", "explain", "replay", "check",
                                     "designed", "lhs", "stress", "samples", "pawn", "test"};
  static const char *const settings[] = {"horizon = 12", "horizon = 3, period = \"year\"", "horizon = 12", "horizon = 60",
                                         "horizon = 8, period = \"quarter\""};
  static const char *const draws[] = {"roi.normal", "roi.gamma", "roi.weibull", "roi.beta", "roi.logistic", "roi.gumbel", "roi.pareto"};
  writer w = begin(out, room, seed);
  const char *way = PICK(&w, ways);
  if (*way) put(&w, "-- roisim %s\n", way);
  put(&w, "local roi = require \"roisim\"\nlocal model = roi.model { %s", PICK(&w, settings));
  if (one_in(&w, 3)) put(&w, ", discount_rate = %s", PICK(&w, plain));
  put(&w, " }\nlocal x, t = model.inputs, model.time\n");
  for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
    put(&w, "x.%s = ", inputs[i]);
    if (one_in(&w, 4)) put(&w, "%s\n", PICK(&w, plain));
    else put(&w, "%s(%s, %s)\n", PICK(&w, draws), PICK(&w, plain), PICK(&w, plain));
  }
  for (size_t n = 1 + below(&w, 12); n-- > 0;) statement(&w);
  put(&w, "model.outputs.last = "), scalar(&w), put(&w, "\n");
  put(&w, "return model\n");
  return w.n;
}

size_t script_grammar_statements(char *out, size_t room, uint64_t seed) {
  writer w = begin(out, room, seed);
  for (size_t n = 1 + below(&w, 3); n-- > 0;) statement(&w);
  return w.n;
}

size_t script_grammar_expression(char *out, size_t room, uint64_t seed) {
  writer w = begin(out, room, seed);
  w.depth = 1;
  if (one_in(&w, 3)) anything(&w);
  else if (one_in(&w, 2)) number(&w);
  else value(&w);
  return w.n;
}

size_t script_grammar_word(char *out, size_t room, uint64_t seed) {
  writer w = begin(out, room, seed);
  const word_function *f = &words.functions[below(&w, words.n_functions)];
  const word_class *c = &words.classes[below(&w, words.n_classes)];
  if (one_in(&w, 2) || !c->n) put(&w, "%s", f->name);
  else put(&w, "%s", c->fields[below(&w, c->n)].name);
  return w.n;
}
