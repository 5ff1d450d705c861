/* Operations from numbers to numbers: on plain numbers they give a plain number, on anything uncertain a node. */
#include <math.h>

#include "base/memory.h"
#include "base/state.h"
#include "base/text.h"
#include "dist/dist.h"
#include "graph/fold.h"
#include "host/sandbox.h"
#include "host/values_state.h"

/* Upvalues of the functions made here: 1 the state, 2 the operation, 3 its name as scripts write it. */
static roi_opcode upvalue_op(lua_State *L) { return (roi_opcode)lua_tointeger(L, lua_upvalueindex(2)); }
static const char *upvalue_name(lua_State *L) { return lua_tostring(L, lua_upvalueindex(3)); }

static int is_condition_op(roi_opcode op) {
  return op == ROI_LT || op == ROI_LE || op == ROI_GT || op == ROI_GE || op == ROI_EQ || op == ROI_NE || op == ROI_AND ||
         op == ROI_OR || op == ROI_NOT;
}

static int is_arithmetic(roi_opcode op) {
  return op == ROI_ADD || op == ROI_SUB || op == ROI_MUL || op == ROI_DIV || op == ROI_MOD || op == ROI_IDIV || op == ROI_POW;
}

/* A condition on plain numbers is a boolean in Lua; as an operand it counts as 1 or 0. */
static void boolean_to_number(lua_State *L, int idx) {
  if (lua_type(L, idx) != LUA_TBOOLEAN) return;
  lua_pushnumber(L, lua_toboolean(L, idx) ? 1.0 : 0.0);
  lua_replace(L, idx);
}

void roi_v_condition(lua_State *L, roi_values *v, roi_node n) {
  double number;
  if (n == ROI_NONE || roi_graph_constant(v->g, n, &number)) return;
  if (roi_grow((void **)&v->conditions, v->n_conditions, &v->cap_conditions, sizeof *v->conditions) != 0)
    luaL_error(L, "out of memory while keeping a condition");
  v->conditions[v->n_conditions++] = (roi_seen_condition){n, v->g->here_file, v->g->here_line};
}

/* Applies op to the n operands from stack index `first` on, pushes the result. */
static int apply(lua_State *L, roi_values *v, roi_opcode op, int first, int n, const char *name) {
  double number[3];
  int plain = 1;
  for (int i = 0; i < n; i++) {
    if (lua_type(L, first + i) != LUA_TNUMBER) plain = 0;
    else number[i] = lua_tonumber(L, first + i);
  }
  if (plain) {
    lua_pushnumber(L, roi_op_value(op, number, (size_t)n));
    return 1;
  }
  roi_node node[3];
  roi_error err;
  roi_v_here(L, v);
  for (int i = 0; i < n; i++) {
    if (lua_type(L, first + i) == LUA_TNUMBER && isnan(number[i]) && roi_state_of(number[i]) == ROI_STATE_NONE)
      return roi_v_fail(L, v, "%s: operand %d is not a number (nan): a plain calculation gave it, such as 0/0", name, i + 1);
    if (is_arithmetic(op) && lua_type(L, first + i) == LUA_TNUMBER && isinf(number[i]) && !v->never_given)
      return roi_v_fail(L, v, "%s: operand %d is infinite: a plain calculation gave it, such as 1/0", name, i + 1);
    if (lua_type(L, first + i) != LUA_TNUMBER && !roi_v_test(L, v, first + i))
      return roi_v_fail(L, v, "%s: operand %d must be a number or an uncertain value, not %s", name, i + 1,
                        roi_v_kind(L, v, first + i));
    node[i] = roi_v_node(L, v, first + i, name);
  }
  roi_node result = roi_apply(v->g, op, node, (size_t)n, &err);
  if (is_condition_op(op)) roi_v_condition(L, v, result);
  return roi_v_push(L, v, result, &err);
}

/* compare(name, a, b): the condition by the operation of that name ("lt", "ge", "all", ...), made by the library itself: one that
 * nothing uses is not warned about. */
static int compare(lua_State *L) {
  roi_values *v = roi_v_state(L);
  size_t watched = v->n_conditions;
  int op = roi_op_find(luaL_checkstring(L, 1));
  if (op < 0 || !is_condition_op((roi_opcode)op)) return luaL_error(L, "compare: no condition is called that");
  apply(L, v, (roi_opcode)op, 2, 2, "a condition");
  v->n_conditions = watched;
  return 1;
}

int roi_v_binary(lua_State *L, roi_values *v, roi_opcode op, int a, int b, const char *name) {
  lua_pushvalue(L, a);
  lua_pushvalue(L, b);
  return apply(L, v, op, lua_gettop(L) - 1, 2, name);
}

static void check_count(lua_State *L, roi_values *v, const char *name, int least, int most) {
  int n = lua_gettop(L);
  if (n >= least && (most < 0 || n <= most)) return;
  const char *more = most < 0 ? " or more" : most > least ? lua_pushfstring(L, " to %d", most) : "";
  roi_v_fail(L, v, "%s takes %d%s argument%s, not %d (a method is called with ':', a function of roi with '.')", name, least,
             more, least == 1 && most == 1 ? "" : "s", n);
}

/* Warns of a draw in place of a condition: a continuous one is never 0, and chooses the same in every trial. */
static void warn_of_draw(lua_State *L, roi_values *v) {
  const roi_value *x = roi_v_test(L, v, 1);
  if (!x || x->dist == ROI_NONE || v->finished) return;
  const roi_node_row *dist = &v->g->nodes[x->dist];
  if (dist->op == ROI_DIST && !roi_family_get((roi_family)dist->family)->discrete)
    roi_v_warn(L, v, "draw-as-condition", "roi.where chooses by a number that is never 0, so always the same: compare it, as in "
               "roi.where(roi.gt(a, 0.5), b, c)");
}

static int op_fixed(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_opcode op = upvalue_op(L);
  int n = roi_op_rows[op].min_args;
  check_count(L, v, upvalue_name(L), n, n);
  if (op == ROI_NOT || op == ROI_WHERE) boolean_to_number(L, 1);
  if (op == ROI_WHERE) warn_of_draw(L, v);
  return apply(L, v, op, 1, n, upvalue_name(L));
}

/* min, max, all, any of one or more: from the left. */
static int op_variadic(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_opcode op = upvalue_op(L);
  const char *name = upvalue_name(L);
  int n = lua_gettop(L), logical = op == ROI_AND || op == ROI_OR;
  check_count(L, v, name, 1, -1);
  luaL_checkstack(L, 8, name);
  if (logical) {
    for (int i = 1; i <= n; i++) boolean_to_number(L, i);
    if (n == 1) { /* the same with a neutral partner */
      lua_pushnumber(L, op == ROI_AND ? 1.0 : 0.0);
      n = 2;
    }
  }
  if (lua_type(L, 1) == LUA_TTABLE)
    return roi_v_fail(L, v, "%s(a, b, ...) takes numbers and uncertain values, not a table%s", name,
                      op == ROI_MAX ? "; the highest of a list or series is roi.max_over" :
                      op == ROI_MIN ? "; the lowest of a list or series is roi.min_over" : "");
  if (n == 1) {
    roi_error err = {0};
    if (lua_type(L, 1) == LUA_TNUMBER) return 1;
    roi_v_here(L, v);
    return roi_v_push(L, v, roi_v_node(L, v, 1, name), &err);
  }
  lua_pushvalue(L, 1);
  for (int i = 2; i <= n; i++) {
    roi_v_binary(L, v, op, -1, i, name);
    lua_replace(L, n + 1);
    lua_settop(L, n + 1);
  }
  return 1;
}

static int op_clamp(lua_State *L) {
  roi_values *v = roi_v_state(L);
  check_count(L, v, "roi.clamp", 3, 3);
  if (lua_type(L, 2) == LUA_TNUMBER && lua_type(L, 3) == LUA_TNUMBER && lua_tonumber(L, 2) > lua_tonumber(L, 3))
    return roi_v_fail(L, v, "roi.clamp(x, low, high): low %s is above high %s", roi_v_kind(L, v, 2), roi_v_kind(L, v, 3));
  roi_v_binary(L, v, ROI_MAX, 1, 2, "roi.clamp");
  return roi_v_binary(L, v, ROI_MIN, lua_gettop(L), 3, "roi.clamp");
}

static int op_log(lua_State *L) {
  roi_values *v = roi_v_state(L);
  check_count(L, v, "roi.log", 1, 2);
  int based = lua_gettop(L) == 2;
  if (based && lua_type(L, 2) == LUA_TNUMBER && lua_tonumber(L, 2) == 10.0) return apply(L, v, ROI_LOG10, 1, 1, "roi.log");
  apply(L, v, ROI_LOG, 1, 1, "roi.log");
  if (!based) return 1;
  lua_pushvalue(L, 2);
  apply(L, v, ROI_LOG, lua_gettop(L), 1, "roi.log");
  return roi_v_binary(L, v, ROI_DIV, 3, lua_gettop(L), "roi.log");
}

/* A table of numbers at idx as an array on the stack's top (a userdata). */
static double *number_list(lua_State *L, roi_values *v, int idx, size_t *n, const char *what) {
  if (lua_type(L, idx) != LUA_TTABLE)
    roi_v_fail(L, v, "roi.interp(x, xs, ys): %s must be a table of numbers, not %s", what, roi_v_kind(L, v, idx));
  roi_sandbox_see_through(L, idx);
  *n = (size_t)lua_rawlen(L, idx);
  roi_v_whole_list(L, v, idx, *n, idx == 2 ? "roi.interp(x, xs, ys): xs" : "roi.interp(x, xs, ys): ys", 0);
  double *x = lua_newuserdatauv(L, (*n ? *n : 1) * sizeof *x, 0);
  for (size_t i = 0; i < *n; i++) {
    if (lua_rawgeti(L, idx, (lua_Integer)i + 1) != LUA_TNUMBER)
      roi_v_fail(L, v, "roi.interp(x, xs, ys): %s[%d] must be a plain number, not %s", what, (int)i + 1,
                 roi_v_kind(L, v, -1));
    x[i] = lua_tonumber(L, -1);
    lua_pop(L, 1);
  }
  return x;
}

static int op_interp(lua_State *L) {
  roi_values *v = roi_v_state(L);
  size_t n, m;
  roi_error err;
  check_count(L, v, "roi.interp", 3, 3);
  const double *xs = number_list(L, v, 2, &n, "xs");
  const double *ys = number_list(L, v, 3, &m, "ys");
  if (n != m || n == 0)
    return roi_v_fail(L, v, "roi.interp(x, xs, ys): xs has %d numbers and ys %d: one y for each x, at least one", (int)n,
                      (int)m);
  for (size_t i = 1; i < n; i++) {
    char text[2][32];
    if (!(xs[i] > xs[i - 1]))
      return roi_v_fail(L, v, "roi.interp(x, xs, ys): xs must rise, but xs[%d] = %s follows %s", (int)i + 1,
                        roi_format_shortest(text[0], xs[i]), roi_format_shortest(text[1], xs[i - 1]));
  }
  if (lua_type(L, 1) == LUA_TNUMBER) {
    lua_pushnumber(L, roi_interp_value(xs, ys, n, lua_tonumber(L, 1)));
    return 1;
  }
  roi_v_here(L, v);
  roi_node x = roi_v_node(L, v, 1, "roi.interp(x, xs, ys): x");
  return roi_v_push(L, v, roi_interp(v->g, x, xs, ys, n, &err), &err);
}

static void add_op(lua_State *L, int state, int t, roi_opcode op, lua_CFunction f) {
  lua_pushvalue(L, state);
  lua_pushinteger(L, (lua_Integer)op);
  lua_pushfstring(L, "roi.%s", roi_op_rows[op].name);
  lua_pushcclosure(L, f, 3);
  lua_setfield(L, t, roi_op_rows[op].name);
}

void roi_v_open_ops(lua_State *L, int state, int t) {
  roi_v_function(L, state, t, "compare", compare);
  static const roi_opcode fixed[] = {
      ROI_ABS, ROI_FLOOR, ROI_CEIL, ROI_ROUND, ROI_SQRT, ROI_EXP, ROI_LOG10, ROI_LOG1P, ROI_EXPM1, ROI_SIN, ROI_COS, ROI_TAN,
      ROI_TANH, ROI_ATAN, ROI_SIGMOID, ROI_NCDF, ROI_NQUANT, ROI_NOT, ROI_POW, ROI_LT, ROI_LE, ROI_GT, ROI_GE, ROI_EQ,
      ROI_NE, ROI_WHERE, ROI_STATE};
  static const roi_opcode variadic[] = {ROI_MIN, ROI_MAX, ROI_AND, ROI_OR};
  for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) add_op(L, state, t, fixed[i], op_fixed);
  for (size_t i = 0; i < sizeof variadic / sizeof *variadic; i++) add_op(L, state, t, variadic[i], op_variadic);
  roi_v_function(L, state, t, "clamp", op_clamp);
  roi_v_function(L, state, t, "log", op_log);
  roi_v_function(L, state, t, "interp", op_interp);
}
