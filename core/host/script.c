#include "host/script.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "graph/wire.h"
#include "host/channel.h"
#include "host/confine.h"
#include "host/sandbox.h"
#include "host/syntax_hint.h"

#define INSTRUCTIONS_A_LOOK 10000 /* between looks at the limits: 0.1 ms, more where each is a call of a slow C function */
#define GRAPH_ROOM (UINT64_C(64) << 20) /* beside Lua's memory: for the graph's buffer, stacks, the C library */

void roi_time_limit_text(char *buffer, size_t size, double seconds) {
  snprintf(buffer, size, "script time of %g s used up; raise it with --script-time", seconds);
}

void roi_memory_limit_text(char *buffer, size_t size, uint64_t bytes) {
  static const char unit[] = " KMGT";
  size_t u = 0;
  while (u < 4 && bytes >= 1024 && bytes % 1024 == 0) {
    bytes /= 1024;
    u++;
  }
  snprintf(buffer, size, "script memory of %llu%.*s used up; raise it with --script-memory", (unsigned long long)bytes, u > 0,
           unit + u);
}

/* -- Places and errors ------------------------------------------------------------------------------------------------- */

void roi_script_know(lua_State *L, const char *shown, uint32_t file) {
  roi_script *s = roi_script_of(L);
  lua_pushfstring(L, "@%s", shown);
  lua_Debug ar;
  if (luaL_loadbufferx(L, "", 0, lua_tostring(L, -1), "t") != LUA_OK) lua_error(L);
  lua_getinfo(L, ">S", &ar); /* the short form that Lua puts in front of messages */
  lua_pop(L, 1);
  char *copy = roi_copy_string(shown), *short_copy = roi_copy_string(ar.short_src);
  if (!copy || !short_copy || roi_grow((void **)&s->names, s->n_names, &s->cap_names, sizeof *s->names) != 0) {
    roi_free(copy);
    roi_free(short_copy);
    luaL_error(L, "out of memory while loading a file");
  }
  s->names[s->n_names++] = (roi_chunk_name){copy, short_copy, file};
}

/* The place in s->names of the file that a chunk is, or -1. */
static int name_of(const roi_script *s, const char *source) {
  for (size_t i = 0; *source == '@' && i < s->n_names; i++)
    if (strcmp(s->names[i].shown, source + 1) == 0) return (int)i;
  return -1;
}

int roi_script_place(lua_State *L, int *line) {
  lua_Debug ar;
  for (int level = 0; lua_getstack(L, level, &ar); level++) {
    lua_getinfo(L, "Sl", &ar);
    int name = ar.currentline > 0 ? name_of(roi_script_of(L), ar.source) : -1;
    if (name < 0) continue;
    *line = ar.currentline;
    return name;
  }
  return -1;
}

int roi_script_split(const roi_script *s, const char *text, int *line, const char **rest) {
  for (size_t i = 0; i < s->n_names; i++) {
    const char *forms[2] = {s->names[i].shown, s->names[i].short_name};
    for (int f = 0; f < 2; f++) {
      size_t n = strlen(forms[f]);
      if (strncmp(text, forms[f], n) != 0 || text[n] != ':') continue;
      char *end;
      long l = strtol(text + n + 1, &end, 10);
      if (end == text + n + 1 || *end != ':' || l < 0 || l > 1000000000) continue;
      *line = (int)l;
      *rest = end + 1 + (end[1] == ' ');
      return (int)i;
    }
  }
  return -1;
}

/* Passes over "[roisim...]:LINE: ", which says nothing to the writer of a model. */
static const char *without_library_place(const char *text) {
  const char *mark = &ROI_LIBRARY_CHUNK[1];
  if (strncmp(text, mark, strlen(mark)) != 0) return text;
  const char *p = strstr(text, "]:");
  if (!p) return text;
  p += 2;
  p += strspn(p, "0123456789");
  return p[0] == ':' && p[1] == ' ' ? p + 2 : text;
}

static int text_of(lua_State *L) {
  roi_sandbox_push_text(L, 1);
  return 1;
}

int roi_script_handler(lua_State *L) {
  if (lua_type(L, 1) != LUA_TSTRING) {
    /* An error value may have a __tostring, which may fail. */
    lua_pushcfunction(L, text_of);
    lua_pushvalue(L, 1);
    int failed = lua_pcall(L, 1, 1, 0) != LUA_OK;
    if (failed || luaL_getmetafield(L, 1, "__tostring") == LUA_TNIL)
      lua_pushfstring(L, "the error value is a %s instead of a text", luaL_typename(L, 1));
    else lua_pop(L, 1);
    lua_replace(L, 1);
    lua_settop(L, 1);
  }
  const char *text = lua_tostring(L, 1), *rest;
  int line;
  if (roi_script_split(roi_script_of(L), text, &line, &rest) >= 0) return 1;
  int name = roi_script_place(L, &line);
  if (name < 0) lua_pushstring(L, without_library_place(text));
  else lua_pushfstring(L, "%s:%d: %s", roi_script_of(L)->names[name].shown, line, without_library_place(text));
  return 1;
}

/* Body of ROI_SAY_ERROR. The place in front of the text, if any, goes apart. */
static void send_error(roi_script *s, roi_status status, const char *text, const char *more) {
  char body[ROI_TEXT_LIMIT];
  int line = 0;
  const char *file = "", *rest = text;
  int name = roi_script_split(s, text, &line, &rest);
  if (name >= 0) file = s->names[name].shown;
  int n = snprintf(body, sizeof body, "%.255s", file) + 1;
  if (s->plain) /* the plain model could be built */
    n += snprintf(body + n, sizeof body - (size_t)n, "under the scenario '%.200s': ", s->scenario->name);
  int room = (int)sizeof body - n;
  int m = snprintf(body + n, (size_t)room, more ? "%.4000s; %s" : "%.4000s", rest, more);
  roi_message message = {.type = ROI_SAY_ERROR, .number = (uint32_t)status, .line = (uint32_t)line,
                         .size = (uint64_t)(n + (m < room ? m : room - 1))};
  roi_child_send(s->job->fd, &message, body);
}

void roi_script_report(roi_script *s, roi_status status, const char *text) {
  char place[512] = "";
  int line, name = roi_script_place(s->L, &line);
  if (name >= 0) snprintf(place, sizeof place, "%.255s:%d: ", s->names[name].shown, line);
  char whole[1024];
  snprintf(whole, sizeof whole, "%s%.500s", place, text);
  send_error(s, status, whole, NULL);
}

/* place: "FILE:LINE: ", or "". */
static _Noreturn void die_of_memory(roi_script *s, const char *place) {
  char limit[200], text[600];
  roi_memory_limit_text(limit, sizeof limit, s->job->memory);
  snprintf(text, sizeof text, "%.300s%s", place, limit);
  send_error(s, ROI_ERR_LIMIT, text, NULL);
  roi_child_exit(1);
}

_Noreturn void roi_script_out_of_memory(roi_script *s) { die_of_memory(s, ""); }

/* `rate = 8%` before a call that returns nothing is a remainder to Lua, and fails when it runs. */
static int is_percent_of_nothing(const roi_script *s, const char *text) {
  const char *rest;
  int line, name = roi_script_split(s, text, &line, &rest);
  return name >= 0 && s->names[name].file == 0 && strcmp(rest, "attempt to perform arithmetic on a nil value") == 0 &&
         roi_percent_near((const char *)s->job->model->text, s->job->model->size, line);
}

_Noreturn void roi_script_die(roi_script *s, int code) {
  const char *text = lua_tostring(s->L, -1);
  if (!text) text = "the script failed without a message";
  const char *rest = text;
  char place[320] = "";
  int line, name = roi_script_split(s, text, &line, &rest);
  if (name >= 0) snprintf(place, sizeof place, "%.255s:%d: ", s->names[name].shown, line);
  /* A script can catch the refusal and raise it again, so the text counts as well. */
  if (code == LUA_ERRMEM || (s->memory_refused && strstr(text, "not enough memory")) || strstr(text, "out of memory while "))
    die_of_memory(s, place);
  if (code == LUA_ERRERR)
    send_error(s, ROI_ERR_MODEL, "the script failed, and so did its handling of the error (a recursion without end?)", NULL);
  else {
    char room[200];
    send_error(s, ROI_ERR_MODEL, text, is_percent_of_nothing(s, text) ? roi_percent_hint : roi_lua_hint(text, room, sizeof room));
  }
  roi_child_exit(1);
}

/* -- Limits inside Lua ------------------------------------------------------------------------------------------------- */

static void *allocate(void *ud, void *block, size_t old_size, size_t new_size) {
  roi_script *s = ud;
  if (!block) old_size = 0; /* it is a type then */
  if (new_size == 0) {
    roi_free(block);
    s->used -= old_size;
    return NULL;
  }
  if (new_size > old_size && s->used + (new_size - old_size) > s->job->memory) {
    s->memory_refused = 1;
    return NULL;
  }
  void *p = roi_resize(block, new_size, 1);
  if (p) s->used += new_size - old_size; /* modulo 2^64: right also when it shrinks */
  else s->memory_refused = 1;
  return p;
}

/* The gentle limits: they can say where the script was. Inside one long call of a C function they are not asked, and there the
 * parent and the kernel end the process. Ending here, and not by an error, keeps pcall from catching it. */
static void look_at_limits(lua_State *L, lua_Debug *ar) {
  (void)ar;
  roi_script *s = roi_script_of(L);
  char limit[200], text[400];
  /* The graph's memory is not Lua's, but it is the script that makes it grow. */
  uint64_t graphs = roi_lua_graph_bytes(s->graph) + (s->plain ? roi_lua_graph_bytes(s->plain) : 0);
  int memory = s->used + graphs > s->job->memory;
  if (!memory && roi_seconds() < s->deadline) return;
  roi_script from = *s;
  from.L = L; /* perhaps a coroutine */
  if (memory) roi_memory_limit_text(limit, sizeof limit, s->job->memory);
  else roi_time_limit_text(limit, sizeof limit, s->job->seconds);
  if (s->function) snprintf(text, sizeof text, "per_trial function '%.100s', trial %llu: %s", s->function,
                            (unsigned long long)s->trial + 1, limit);
  else snprintf(text, sizeof text, "%s", limit);
  roi_script_report(&from, ROI_ERR_LIMIT, text);
  roi_child_exit(1);
}

/* -- Asking the parent ------------------------------------------------------------------------------------------------- */

/* In a trial nobody answers, for what a result rests on was named when the graph was handed over. Pieces of the command's own library,
 * which are loaded at the first use of their words, are in this process too. */
static uint32_t take_own(lua_State *L, int data, const char *name, const char **shown, int *embedded) {
  size_t size = 0;
  const unsigned char *text = data ? NULL : roi_embedded_module(name, &size);
  if (!text)
    luaL_error(L, "%s '%s' can't be %s while trials run: do it before roi.per_trial, whose function then uses what it gave",
               data ? "file" : "module", name, data ? "read" : "required");
  *shown = lua_pushstring(L, name);
  lua_pushlstring(L, (const char *)text, size);
  *embedded = 1;
  return 0;
}

const char *roi_script_file_name(lua_State *L, int arg) {
  size_t size;
  const char *name = luaL_checklstring(L, arg, &size), *zero = memchr(name, '\0', size);
  if (zero)
    luaL_error(L, "the name '%s' has a zero byte at position %d, at which it would end: leave that out", name, (int)(zero - name) + 1);
  return name;
}

uint32_t roi_script_ask(lua_State *L, int data, uint32_t asker, const char *name, const char **shown, int *embedded) {
  int fd = roi_script_of(L)->job->fd;
  if (roi_script_of(L)->function) return take_own(L, data, name, shown, embedded);
  size_t n = strlen(name);
  if (n > ROI_NAME_LIMIT) luaL_error(L, "the name of a file can't have more than %d bytes", (int)ROI_NAME_LIMIT);
  roi_message m = {.type = data ? ROI_ASK_DATA : ROI_ASK_MODULE, .number = asker, .size = n};
  luaL_Buffer b;
  if (roi_child_send(fd, &m, name) != 0 || roi_child_read(fd, &m, sizeof m) != 0) roi_child_exit(1);
  char *body = luaL_buffinitsize(L, &b, (size_t)m.size);
  if (roi_child_read(fd, body, (size_t)m.size) != 0) roi_child_exit(1);
  luaL_pushresultsize(&b, (size_t)m.size);
  body = (char *)lua_tostring(L, -1);
  if (m.type != ROI_ANSWER_FILE) luaL_error(L, "%s", body);
  size_t length = strlen(body);
  *shown = lua_pushstring(L, body);
  lua_pushlstring(L, lua_tostring(L, -2) + length + 1, (size_t)m.size - length - 1);
  lua_remove(L, -3);
  if (embedded) *embedded = m.line != 0;
  return m.number;
}

/* The file on whose line a data file is asked for; what --set says is of the model. Texts given to load, and functions of the library
 * that are a coroutine's body, stand on no line of a file: they are refused, for whoever made them may not be who called them, and a
 * library must not read the model's folder. */
static uint32_t asking_file(lua_State *L, const char *name) {
  static const char setting[] = "=--set ";
  lua_Debug ar;
  for (int level = 0; lua_getstack(L, level, &ar); level++) {
    lua_getinfo(L, "Sl", &ar);
    if (ar.currentline <= 0 || strncmp(ar.source, ROI_LIBRARY_CHUNK, sizeof ROI_LIBRARY_CHUNK - 1) == 0) continue;
    if (strncmp(ar.source, setting, sizeof setting - 1) == 0) return 0;
    int i = name_of(roi_script_of(L), ar.source);
    if (i >= 0) return roi_script_of(L)->names[i].file;
    break;
  }
  luaL_error(L, "data file '%s': ask for it on a line of a script or module, not in a text given to load or as the body of a coroutine, so "
                "that it is known whose folder is meant", name);
  return 0;
}

/* native.read(name): the text of a data file beside the script that asks. */
static int read_data(lua_State *L) {
  const char *name = roi_script_file_name(L, 1), *shown;
  uint32_t asker = roi_script_of(L)->function ? 0 : asking_file(L, name); /* in a trial nobody answers */
  roi_script_ask(L, 1, asker, name, &shown, NULL);
  return 1;
}

/* -- Running the model ------------------------------------------------------------------------------------------------- */

static void open_library(lua_State *L, roi_script *s) {
  roi_sandbox_push_globals(L);
  roi_lua_open_values(L, s->graph, s->job->settings, s->job->n_settings, s->scenario, lua_gettop(L));
  roi_lua_limit_graph(L, s->job->memory);
  if (s->job->checking) roi_lua_set_checking(L);
  lua_pushcfunction(L, read_data);
  lua_setfield(L, -2, "read");
  lua_pushboolean(L, s->job->testing);
  lua_setfield(L, -2, "testing");
  lua_pushboolean(L, s->job->for_portfolio);
  lua_setfield(L, -2, "for_portfolio");
  lua_setfield(L, LUA_REGISTRYINDEX, "roisim.native");
  lua_setfield(L, LUA_REGISTRYINDEX, "roisim.globals");
}

static int open_state(lua_State *L) {
  roi_sandbox_open(L);
  open_library(L, roi_script_of(L));
  return 0;
}

static int begins(const char *text, size_t size, const char *mark, size_t n) {
  return size >= n && memcmp(text, mark, n) == 0;
}

/* Raises the syntax error on top. */
static void refuse_syntax(lua_State *L, const char *text, size_t size) {
  const char *rest, *hint;
  char room[200];
  int line;
  if (roi_script_split(roi_script_of(L), lua_tostring(L, -1), &line, &rest) >= 0 &&
      (hint = roi_syntax_hint(text, size, line, rest, room, sizeof room)) != NULL) {
    if (strstr(rest, "near '<\\")) { /* a byte by its number: the hint shows the sign */
      lua_pushlstring(L, lua_tostring(L, -1), (size_t)(rest - lua_tostring(L, -1)));
      lua_replace(L, -2);
      lua_pushstring(L, hint);
    } else {
      lua_pushfstring(L, "; %s", hint);
    }
    lua_concat(L, 2);
  }
  lua_error(L);
}

/* Refuses what is no text in UTF-8: two bytes a character, or zeros among them, at which names would end. */
static void refuse_other_texts(lua_State *L, const char *text, size_t size, const char *chunk) {
  if (begins(text, size, "\xFF\xFE", 2) || begins(text, size, "\xFE\xFF", 2) || (size > 1 && (text[0] == '\0') != (text[1] == '\0')))
    luaL_error(L, "%s:1: the text is UTF-16; save it as UTF-8", chunk + 1);
  const char *zero = memchr(text, '\0', size);
  if (!zero) return;
  int line = 1;
  for (const char *p = text; p < zero; p++) line += *p == '\n';
  luaL_error(L, "%s:%d: a zero byte stands here, so the file is no text or damaged; save it as UTF-8", chunk + 1, line);
}

void roi_script_load(lua_State *L, const char *text, size_t size, const char *chunk) {
  if (begins(text, size, LUA_SIGNATURE, 1)) luaL_error(L, "%s:1: compiled Lua is not run; give the script's text", chunk + 1);
  refuse_other_texts(L, text, size, chunk);
  size_t skip = begins(text, size, "\xEF\xBB\xBF", 3) ? 3 : 0; /* a byte order mark, which some editors write */
  if (begins(text + skip, size - skip, "#", 1)) { /* as the stock interpreter does: "#!/usr/bin/env roisim" */
    const char *end = memchr(text, '\n', size);
    skip = end ? (size_t)(end - text) : size;
  }
  if (luaL_loadbufferx(L, text + skip, size - skip, chunk, "t") != LUA_OK) refuse_syntax(L, text, size);
}

static int run_model(lua_State *L) {
  const roi_script_file *model = roi_script_of(L)->job->model;
  roi_script_know(L, model->shown, 0);
  lua_pushfstring(L, "@%s", model->shown);
  roi_script_load(L, (const char *)model->text, model->size, lua_tostring(L, -1));
  roi_sandbox_push_globals(L);
  lua_setupvalue(L, -2, 1);
  lua_call(L, 0, 1);
  lua_getfield(L, LUA_REGISTRYINDEX, "roisim.globals");
  if (lua_getfield(L, -1, "roi") == LUA_TNIL)
    return luaL_error(L, "this script makes no model: begin with local roi = require \"roisim\" and end with return model");
  lua_pop(L, 2);
  roi_lua_finish(L);
  return 0;
}

/* Memory that runs out while nothing is being run. */
static int at_panic(lua_State *L) {
  roi_script_out_of_memory(roi_script_of(L));
}

static void call_protected(roi_script *s, lua_CFunction f) {
  lua_pushcfunction(s->L, roi_script_handler);
  lua_pushcfunction(s->L, f);
  int code = lua_pcall(s->L, 0, 0, 1);
  if (code != LUA_OK) roi_script_die(s, code);
  lua_settop(s->L, 0);
}

static void send_graph(roi_script *s) {
  size_t size;
  roi_error err;
  void *buffer = roi_graph_write(s->graph, &size, &err);
  if (!buffer) roi_script_out_of_memory(s);
  roi_message m = {.type = ROI_SAY_GRAPH, .size = size};
  if (roi_child_send(s->job->fd, &m, buffer) != 0) roi_child_exit(1);
  roi_free(buffer);
}

/* A fresh graph and a fresh Lua for a run of the script. */
static void begin_run(roi_script *s) {
  roi_error err;
  s->graph = roi_graph_new("", 12, ROI_MONTH, &err);
  s->L = lua_newstate(allocate, s);
  if (!s->graph || !s->L) roi_script_out_of_memory(s);
  *(roi_script **)lua_getextraspace(s->L) = s;
  lua_atpanic(s->L, at_panic);
}

static void run_script(roi_script *s) {
  call_protected(s, open_state);
  lua_sethook(s->L, look_at_limits, LUA_MASKCOUNT, INSTRUCTIONS_A_LOOK);
  call_protected(s, run_model);
}

/* Runs the script as it is, which finds what the scenario overrides, and begins the run in which it does. */
static void rehearse(roi_script *s) {
  s->rehearsal = 1;
  run_script(s);
  s->rehearsal = 0;
  lua_close(s->L); /* scripts have no finalisers */
  s->scenario->plain = s->plain = s->graph;
  for (size_t i = 0; i < s->n_names; i++) {
    roi_free(s->names[i].shown);
    roi_free(s->names[i].short_name);
  }
  s->n_names = 0;
  begin_run(s);
  s->graph->scenario = roi_graph_string(s->graph, s->scenario->name);
  if (s->graph->scenario == UINT32_MAX) roi_script_out_of_memory(s);
}

_Noreturn void roi_script_process(const roi_script_job *given) {
  roi_script_job job = *given;
  roi_script s = {.job = &job, .deadline = roi_seconds() + job.seconds};
  roi_lua_scenario scenario = {.name = job.scenario};
  if (job.scenario) s.scenario = &scenario;
  roi_confine_process(job.fd, job.parent);
  job.fd = ROI_CHILD_FD;
  begin_run(&s);
  /* A worker serves for as long as the run takes; the parent watches each of its trials. */
  unsigned cpu_seconds = job.worker ? 0 : job.seconds < 1e9 ? (unsigned)job.seconds + 2 : 0;
  roi_confine_resources(job.memory + GRAPH_ROOM, cpu_seconds, ROI_LAYERS);
  if (s.scenario) rehearse(&s);
  run_script(&s);
  send_graph(&s);
  if (job.worker) roi_script_serve(&s);
  roi_child_exit(0);
}

pid_t roi_script_fork(const roi_script_job *job) {
  pid_t pid = fork();
  if (pid == 0) roi_script_process(job);
  return pid;
}
