/* The distributions as functions: parameters by position, by name, by two quantiles, or by mean and standard deviation. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "dist/dist.h"
#include "host/sandbox.h"
#include "host/values_state.h"

#define MAX_NAMED 8     /* parameters of a family with a fixed list */
#define MAX_QUANTILES 64

typedef struct quantile { double p; roi_node x; } quantile;

/* What a call gave: numbers and values as nodes, ROI_NONE where nothing. */
typedef struct call {
  lua_State *L;
  roi_values *v;
  roi_family family;
  const roi_family_row *row;
  char title[160]; /* "pert(min, mode, max, lambda = 4)" */
  roi_node natural[MAX_NAMED];
  roi_node mean, sd;
  quantile q[MAX_QUANTILES];
  size_t n_natural, n_q;
} call;

/* -- parameter lists ---------------------------------------------------------------------------------------------------- */

/* The i-th parameter of a list like "df, location = 0": its name to buf, its default (or NULL) to *def. Returns 0 past the
 * end. */
static int parameter(const char *list, size_t i, char *buf, size_t size, const char **def) {
  for (; i > 0; i--) {
    list = strchr(list, ',');
    if (!list) return 0;
    list += 2;
  }
  size_t n = strcspn(list, ", =");
  if (n >= size) n = size - 1;
  memcpy(buf, list, n);
  buf[n] = 0;
  size_t end = strcspn(list, ",=");
  *def = list[end] == '=' ? list + end + 2 : NULL;
  return 1;
}

/* "p5" is 0.05, "p2.5" is 0.025; 0 if the word is no quantile. */
static double quantile_level(const char *word) {
  double percent;
  if (word[0] != 'p' || word[1] < '0' || word[1] > '9' || roi_parse_number(word + 1, &percent) != 0) return 0;
  return percent > 0 && percent < 100 ? percent / 100 : 0;
}

static int fail(call *c, const char *text) { return roi_v_fail(c->L, c->v, "%s: %s", c->title, text); }

static int unknown_word(call *c, const char *word) {
  const char *names[MAX_NAMED + 4];
  char text[MAX_NAMED][32];
  size_t n = 0;
  const char *def;
  if (c->row->max_args > 0)
    while (n < MAX_NAMED && parameter(c->row->params, n, text[n], sizeof text[n], &def)) names[n] = text[n], n++;
  names[n++] = "mean";
  names[n++] = "sd";
  names[n++] = "p5";
  names[n++] = "p95";
  const char *hint = roi_v_suggest(c->L, word, names, n);
  return roi_v_fail(c->L, c->v, "%s: unknown parameter '%s'%s", c->title, word, hint);
}

/* -- by name ------------------------------------------------------------------------------------------------------------ */

static void add_quantile(call *c, double p, roi_node x) {
  if (c->n_q == MAX_QUANTILES) fail(c, "more than 64 quantiles");
  size_t i = c->n_q++;
  for (; i > 0 && c->q[i - 1].p > p; i--) c->q[i] = c->q[i - 1];
  c->q[i] = (quantile){p, x};
}

static roi_node field_node(call *c, const char *word, int value) {
  return roi_v_node(c->L, c->v, value, lua_pushfstring(c->L, "%s: %s", c->title, word));
}

/* Puts one field of the table where it belongs; 0 if the word is unknown. */
static int take_field(call *c, const char *word, int value) {
  char name[32];
  const char *def;
  if (c->row->max_args > 0)
    for (size_t i = 0; i < MAX_NAMED && parameter(c->row->params, i, name, sizeof name, &def); i++)
      if (strcmp(name, word) == 0) {
        c->natural[i] = field_node(c, word, value);
        c->n_natural++;
        return 1;
      }
  double p = quantile_level(word);
  int is_mean = strcmp(word, "mean") == 0, is_sd = strcmp(word, "sd") == 0;
  if (p == 0 && !is_mean && !is_sd) return 0;
  roi_node x = field_node(c, word, value);
  if (is_mean) c->mean = x;
  else if (is_sd) c->sd = x;
  else add_quantile(c, p, x);
  return 1;
}

/* Reads the table at stack index 1, by rising names: Lua's own order differs from run to run. */
static void read_table(call *c) {
  lua_State *L = c->L;
  const char *word[MAX_NAMED + MAX_QUANTILES];
  size_t n = 0, most = sizeof word / sizeof *word;
  int others = 0; /* said at the end, so that what is said does not depend on what comes first */
  luaL_checkstack(L, 12, "parameters");
  lua_pushnil(L);
  for (int top = lua_gettop(L); lua_next(L, 1); lua_settop(L, top)) {
    others |= lua_type(L, top) != LUA_TSTRING;
    if (others || n++ >= most) continue;
    size_t i = n - 1;
    for (; i > 0 && strcmp(word[i - 1], lua_tostring(L, top)) > 0; i--) word[i] = word[i - 1];
    word[i] = lua_tostring(L, top);
  }
  if (others) fail(c, "give the parameters in order, name(a, b), or all by name, name { a = 1, b = 2 }");
  if (n > most) fail(c, "too many parameters");
  int top = lua_gettop(L);
  for (size_t i = 0; i < n; i++, lua_settop(L, top)) {
    int twice = i > 0 && strcmp(word[i - 1], word[i]) == 0; /* one of the two goes on behind a zero byte */
    if (lua_getfield(L, 1, word[i]) == LUA_TNIL || twice)
      roi_v_fail(L, c->v, "%s: the name of a parameter, '%s', has a zero byte, at which it would end: leave that out", c->title, word[i]);
    if (!take_field(c, word[i], top + 1)) unknown_word(c, word[i]);
  }
}

static int push_dist(call *c, roi_node dist, const roi_error *err) {
  const char *name = c->row->name;
  if (dist == ROI_NONE && strncmp(err->text, name, strlen(name)) == 0) return roi_v_raise(c->L, c->v, err);
  if (dist == ROI_NONE) return fail(c, err->text);
  roi_v_new_draw(c->L, c->v, dist);
  return 1;
}

static int natural_form(call *c) {
  roi_node node[MAX_NAMED];
  roi_error err;
  char name[32];
  const char *def;
  size_t n = 0, given = c->n_natural;
  for (; n < (size_t)c->row->max_args && parameter(c->row->params, n, name, sizeof name, &def); n++) {
    if (given == 0 && n >= (size_t)c->row->min_args) break;
    node[n] = c->natural[n];
    if (node[n] != ROI_NONE) given--;
    else if (!def) return roi_v_fail(c->L, c->v, "%s: %s is missing", c->title, name);
    else node[n] = roi_constant(c->v->g, strtod(def, NULL), &err);
  }
  return push_dist(c, roi_dist(c->v->g, c->family, ROI_FORM_NATURAL, node, n, &err), &err);
}

static int two_quantiles(call *c) {
  roi_error err;
  roi_node node[4];
  for (size_t i = 0; i < 2; i++) {
    node[2 * i] = roi_constant(c->v->g, c->q[i].p, &err);
    node[2 * i + 1] = c->q[i].x;
  }
  return push_dist(c, roi_dist(c->v->g, c->family, ROI_FORM_QUANTILES, node, 4, &err), &err);
}

static int named_form(call *c) {
  for (size_t i = 0; i < MAX_NAMED; i++) c->natural[i] = ROI_NONE;
  read_table(c);
  int moments = c->mean != ROI_NONE || c->sd != ROI_NONE;
  if ((c->n_natural > 0) + (c->n_q > 0) + moments > 1)
    return fail(c, "give its own parameters, or two quantiles { p5 = , p95 = }, or { mean = , sd = }, not a mixture of them");
  if (c->n_natural > 0) return natural_form(c);
  if (c->n_q == 0 && !moments) return fail(c, "no parameters given");
  if (c->row->max_args != 2 || c->row->discrete)
    return fail(c, "quantiles, or mean and sd, describe continuous families of two parameters: give the parameters "
                   "themselves");
  if (c->n_q > 0)
    return c->n_q == 2 ? two_quantiles(c)
                       : roi_v_fail(c->L, c->v, "%s: two quantiles describe it, not %d", c->title, (int)c->n_q);
  if (c->mean == ROI_NONE || c->sd == ROI_NONE)
    return fail(c, c->mean == ROI_NONE ? "mean is missing beside sd" : "sd is missing beside mean");
  roi_error err;
  roi_node node[2] = {c->mean, c->sd};
  return push_dist(c, roi_dist(c->v->g, c->family, ROI_FORM_MEAN_SD, node, 2, &err), &err);
}

/* -- by position -------------------------------------------------------------------------------------------------------- */

/* Whether arguments, more than there are parameters, look like numbers that commas have cut, 1,000 for 1000: one of them, not the
 * first, is 0 or has three digits. */
static int is_cut_by_commas(lua_State *L, int n) {
  int any = 0;
  for (int i = 1; i <= n; i++) {
    double x = lua_tonumber(L, i);
    if (lua_type(L, i) != LUA_TNUMBER || x != floor(x) || x >= 1000) return 0;
    any |= i > 1 && (x == 0 || x >= 100);
  }
  return any;
}

/* pert(1, 2,5, 4) is most likely 1, 2.5 and 4, and pert(1, 2, 3,5) ends at 3.5. A weight of the mode that is meant has a name, or stands
 * beside numbers with points. */
static void warn_of_lambda(call *c, int n) {
  if (c->family != ROI_FAMILY_PERT || n != 4 || c->v->finished) return;
  for (int i = 1; i <= n; i++)
    if (lua_type(c->L, i) != LUA_TNUMBER || lua_tonumber(c->L, i) != floor(lua_tonumber(c->L, i))) return;
  roi_v_warn(c->L, c->v, "positional-lambda", "the fourth number of roi.pert is lambda, the weight of the mode: decimals have a point, 2.5 "
             "and not 2,5; if lambda is meant, name it: roi.pert { min = , mode = , max = , lambda = }");
}

/* lognormal(100, 20) is most likely meant as mean and sd: its parameters are of the logarithm, where 3 is a factor of 20 either way. */
static void warn_of_logs(call *c, int n) {
  char text[400], mu[32], sigma[32];
  if (c->family != ROI_FAMILY_LOGNORMAL || n != 2 || c->v->finished) return;
  if (lua_type(c->L, 1) != LUA_TNUMBER || lua_type(c->L, 2) != LUA_TNUMBER) return;
  double m = lua_tonumber(c->L, 1), s = lua_tonumber(c->L, 2);
  if (s <= 3 && m <= 40) return;
  roi_format_shortest(mu, m);
  roi_format_shortest(sigma, s);
  snprintf(text, sizeof text, "roi.lognormal(%s, %s) takes mu and sigma of the logarithm, so its median is e^%s: for values of this mean "
           "and sd write roi.lognormal { mean = %s, sd = %s }", mu, sigma, mu, mu, sigma);
  roi_v_warn(c->L, c->v, "log-parameters", text);
}

static int positional_form(call *c) {
  lua_State *L = c->L;
  roi_node node[MAX_NAMED];
  roi_error err;
  char name[32];
  const char *def;
  int n = lua_gettop(L);
  if (n < c->row->min_args || n > c->row->max_args)
    return roi_v_fail(L, c->v, "%s: %d parameter%s given%s", c->title, n, n == 1 ? "" : "s",
                      n > c->row->max_args && is_cut_by_commas(L, n) ? "; a number has no comma within: 1000, not 1,000" : "");
  for (int i = 0; i < n; i++) {
    parameter(c->row->params, (size_t)i, name, sizeof name, &def);
    node[i] = field_node(c, name, i + 1);
  }
  lua_settop(L, n);
  warn_of_lambda(c, n);
  warn_of_logs(c, n);
  return push_dist(c, roi_dist(c->v->g, c->family, ROI_FORM_NATURAL, node, (size_t)n, &err), &err);
}

static void begin_call(lua_State *L, call *c, roi_family family) {
  memset(c, 0, sizeof *c);
  c->L = L;
  c->v = roi_v_state(L);
  c->family = family;
  c->row = roi_family_get(family);
  c->mean = c->sd = ROI_NONE;
  const char *title = lua_pushfstring(L, "%s(%s)", c->row->name, c->row->params);
  strncpy(c->title, title, sizeof c->title - 1);
  lua_pop(L, 1);
  roi_v_here_distribution(L, c->v);
  if (lua_gettop(L) > 0) roi_sandbox_see_through(L, 1); /* parameters by name, or a list, that a library returns */
}

static int family_call(lua_State *L) {
  call c;
  begin_call(L, &c, (roi_family)lua_tointeger(L, lua_upvalueindex(2)));
  return lua_gettop(L) == 1 && lua_type(L, 1) == LUA_TTABLE ? named_form(&c) : positional_form(&c);
}

/* -- lists -------------------------------------------------------------------------------------------------------------- */

static size_t list_length(call *c, const char *what) {
  if (lua_gettop(c->L) != 1 || lua_type(c->L, 1) != LUA_TTABLE || lua_rawlen(c->L, 1) == 0) fail(c, what);
  size_t n = (size_t)lua_rawlen(c->L, 1);
  roi_v_whole_list(c->L, c->v, 1, n, c->title, 0);
  return n;
}

/* discrete{{value, weight}, ...} */
static int discrete_call(lua_State *L) {
  call c;
  roi_error err;
  begin_call(L, &c, ROI_FAMILY_DISCRETE);
  size_t n = list_length(&c, "write roi.discrete { { value, weight }, { value, weight } }");
  roi_node *node = lua_newuserdatauv(L, 2 * n * sizeof *node, 0);
  for (size_t i = 0; i < n; i++) {
    lua_rawgeti(L, 1, (lua_Integer)i + 1);
    roi_sandbox_see_through(L, -1);
    if (lua_type(L, -1) != LUA_TTABLE || lua_rawlen(L, -1) != 2)
      return roi_v_fail(L, c.v, "%s: entry %d must be a pair { value, weight }", c.title, (int)i + 1);
    roi_v_whole_list(L, c.v, -1, 2, c.title, i + 1);
    for (int k = 0; k < 2; k++) {
      lua_rawgeti(L, -1 - k, k + 1);
      node[2 * i + (size_t)k] = roi_v_node(L, c.v, -1, k ? "roi.discrete: a weight" : "roi.discrete: a value");
    }
    lua_pop(L, 3);
  }
  return push_dist(&c, roi_dist(c.v->g, c.family, ROI_FORM_NATURAL, node, 2 * n, &err), &err);
}

/* empirical{v1, v2, ...} */
static int empirical_call(lua_State *L) {
  call c;
  roi_error err;
  begin_call(L, &c, ROI_FAMILY_EMPIRICAL);
  size_t n = list_length(&c, "write roi.empirical { v1, v2, ... } with at least one number");
  double *x = lua_newuserdatauv(L, n * sizeof *x, 0);
  for (size_t i = 0; i < n; i++) {
    if (lua_rawgeti(L, 1, (lua_Integer)i + 1) != LUA_TNUMBER)
      return roi_v_fail(L, c.v, "%s: value %d must be a plain number, not %s", c.title, (int)i + 1, roi_v_kind(L, c.v, -1));
    x[i] = lua_tonumber(L, -1);
    lua_pop(L, 1);
  }
  return push_dist(&c, roi_dist_empirical(c.v->g, x, n, &err), &err);
}

/* metalog{p10 = , p50 = , p90 = , min = , max = } */
static int metalog_call(lua_State *L) {
  static const char *const bound[] = {"min", "max"};
  call c;
  roi_error err;
  begin_call(L, &c, ROI_FAMILY_METALOG);
  strcpy(c.title, "metalog { p10 = , p50 = , p90 = , ..., min = , max = }");
  if (lua_gettop(L) != 1 || lua_type(L, 1) != LUA_TTABLE)
    return fail(&c, "takes one table of quantiles, and bounds if there are any");
  lua_newtable(L); /* a copy without the bounds */
  lua_pushnil(L);
  while (lua_next(L, 1)) {
    lua_pushvalue(L, -2);
    lua_insert(L, -2);
    lua_rawset(L, 2);
  }
  double bounds = 0;
  roi_node node[3 + 2 * MAX_QUANTILES];
  for (int i = 0; i < 2; i++) {
    if (lua_getfield(L, 2, bound[i]) == LUA_TNIL) lua_pushnumber(L, 0.0);
    else bounds += i + 1;
    node[1 + i] = roi_v_node(L, c.v, -1, bound[i]);
    lua_pushnil(L);
    lua_setfield(L, 2, bound[i]);
  }
  node[0] = roi_constant(c.v->g, bounds, &err);
  lua_settop(L, 2);
  lua_replace(L, 1);
  read_table(&c);
  if (c.mean != ROI_NONE || c.sd != ROI_NONE) return fail(&c, "is described by quantiles, not by mean and sd");
  if (c.n_q < 2) return fail(&c, "needs at least two quantiles");
  for (size_t i = 0; i < c.n_q; i++) {
    node[3 + 2 * i] = roi_constant(c.v->g, c.q[i].p, &err);
    node[4 + 2 * i] = c.q[i].x;
  }
  return push_dist(&c, roi_dist(c.v->g, c.family, ROI_FORM_NATURAL, node, 3 + 2 * c.n_q, &err), &err);
}

/* -- intervals ---------------------------------------------------------------------------------------------------------- */

/* The family whose 5% and 95% quantiles are the two arguments. */
static int interval(lua_State *L, roi_family family, const char *name) {
  call c;
  begin_call(L, &c, family);
  c.n_q = 2;
  c.q[0] = (quantile){0.05, roi_v_scalar(L, c.v, 1, lua_pushfstring(L, "%s(low, high): low", name))};
  c.q[1] = (quantile){0.95, roi_v_scalar(L, c.v, 2, lua_pushfstring(L, "%s(low, high): high", name))};
  return two_quantiles(&c);
}

/* Checks low < high where both are plain. */
static void check_interval(lua_State *L, roi_values *v, const char *name) {
  if (lua_gettop(L) != 2) roi_v_fail(L, v, "%s(low, high) takes 2 arguments, not %d", name, lua_gettop(L));
  for (int i = 1; i <= 2; i++) {
    if (lua_type(L, i) != LUA_TNUMBER && !roi_v_test(L, v, i))
      roi_v_fail(L, v, "%s(low, high): %s must be a number or an uncertain value, not %s", name, i == 1 ? "low" : "high",
                 roi_v_kind(L, v, i));
    if (lua_type(L, i) == LUA_TNUMBER && !isfinite(lua_tonumber(L, i)))
      roi_v_fail(L, v, "%s(low, high): %s must be a finite number, not %s", name, i == 1 ? "low" : "high", roi_v_kind(L, v, i));
  }
  if (lua_type(L, 1) == LUA_TNUMBER && lua_type(L, 2) == LUA_TNUMBER && !(lua_tonumber(L, 1) < lua_tonumber(L, 2)))
    roi_v_fail(L, v, "%s(low, high): low %s must be below high %s", name, roi_v_kind(L, v, 1), roi_v_kind(L, v, 2));
}

static int between_call(lua_State *L) {
  roi_values *v = roi_v_state(L);
  check_interval(L, v, "roi.between");
  if (lua_type(L, 1) != LUA_TNUMBER)
    return roi_v_fail(L, v, "roi.between(low, high): low must be a plain number, since it decides the family: write "
                            "roi.lognormal { p5 = low, p95 = high } or roi.normal { p5 = low, p95 = high }");
  if (lua_tonumber(L, 1) == 0 && !v->finished) /* meant as a bound, most likely */
    roi_v_warn(L, v, "interval-from-0", "roi.between(0, high) is a normal distribution with 5% below 0: for what can't be negative use a low end "
                     "above 0, or roi.pert, or roi.share for a share; if it can be, roi.normal { p5 = 0, p95 = high }");
  return interval(L, lua_tonumber(L, 1) > 0 ? ROI_FAMILY_LOGNORMAL : ROI_FAMILY_NORMAL, "roi.between");
}

static int share_call(lua_State *L) {
  roi_values *v = roi_v_state(L);
  check_interval(L, v, "roi.share");
  for (int i = 1; i <= 2; i++)
    if (lua_type(L, i) == LUA_TNUMBER && !(lua_tonumber(L, i) > 0 && lua_tonumber(L, i) < 1))
      return roi_v_fail(L, v, "roi.share(low, high): %s is not between 0 and 1 (30%% is written 0.3)", roi_v_kind(L, v, i));
  return interval(L, ROI_FAMILY_BETA, "roi.share");
}

void roi_v_open_families(lua_State *L, int state, int t) {
  for (int i = 0; i < ROI_FAMILY_COUNT; i++) {
    lua_pushvalue(L, state);
    lua_pushinteger(L, i);
    lua_CFunction f = i == ROI_FAMILY_DISCRETE    ? discrete_call
                      : i == ROI_FAMILY_EMPIRICAL ? empirical_call
                      : i == ROI_FAMILY_METALOG   ? metalog_call
                                                  : family_call;
    lua_pushcclosure(L, f, 2);
    lua_setfield(L, t, roi_family_get((roi_family)i)->name);
  }
  roi_v_function(L, state, t, "between", between_call);
  roi_v_function(L, state, t, "share", share_call);
}
