/* script.h - the child's side: one process that runs one model's script, sends its graph and, as a worker, stays to run
 * per-trial functions. It asks the parent for every file. */
#ifndef ROI_HOST_SCRIPT_H
#define ROI_HOST_SCRIPT_H

#include <lua.h>
#include <sys/types.h>

#include "graph/graph.h"
#include "host/resolve.h"
#include "host/values.h"

/* What the parent leaves in memory for the child it forks. */
typedef struct roi_script_job {
  int fd;                         /* the child's end of the channel */
  pid_t parent;
  const roi_script_file *model;
  const roi_lua_setting *settings; size_t n_settings;
  const char *scenario;           /* its name, or NULL: the model as written */
  int for_portfolio;              /* use cases get switches (graph/candidates.h) */
  uint64_t memory;                /* for Lua and for the graph */
  int checking;                   /* the script is run to be checked */
  double seconds;                 /* for the script, and for each trial of a worker */
  int testing;                    /* 1: a test script, which may expect something */
  int worker;                     /* 1: stays to serve trials */
  int silent;                     /* 1: says nothing of what the script prints */
  unsigned char *shared;          /* worker: memory shared with the parent, a roi_trial_area */
} roi_script_job;

/* Forks the process that runs the job. In the parent, the only one in which it returns, as fork does. */
pid_t roi_script_fork(const roi_script_job *job);
/* What that process does: it runs the script, hands over its graph and ends. */
_Noreturn void roi_script_process(const roi_script_job *job);

/* -- Inside the child -------------------------------------------------------------------------------------------------- */

typedef struct roi_chunk_name { char *shown, *short_name; uint32_t file; } roi_chunk_name;

typedef struct roi_script {
  const roi_script_job *job;
  lua_State *L;
  roi_graph *graph;
  const roi_graph *plain;         /* second run of a scenario: the first run's graph */
  roi_lua_scenario *scenario;     /* NULL: the model as written */
  int rehearsal;                  /* first run of a scenario: what it prints is printed by the second */
  uint64_t used;                  /* bytes of Lua's memory */
  int memory_refused;             /* an allocation was refused since the last error was reported */
  double deadline;                /* of the script, or of the trial being run */
  const char *function;           /* the per-trial function being run, or NULL */
  uint64_t trial;                 /* its trial, from 0 */
  roi_chunk_name *names; size_t n_names, cap_names;
} roi_script;

/* The script that a Lua state belongs to. */
static inline roi_script *roi_script_of(lua_State *L) { return *(roi_script **)lua_getextraspace(L); }

/* The argument as the name of a file: an error if it is no text, or holds a zero byte. */
const char *roi_script_file_name(lua_State *L, int arg);
/* Pushes the text of a module or data file that the parent has (in a trial: of a module in the command itself); raises the reason if there
 * is none. Returns the file's index; *shown is its name, on the stack below the text. *embedded: 1 if it belongs to the library in the
 * command. */
uint32_t roi_script_ask(lua_State *L, int data, uint32_t asker, const char *name, const char **shown, int *embedded);
/* Compiles a script's text and pushes its function; `chunk` is Lua's name for it. Raises what is wrong. */
void roi_script_load(lua_State *L, const char *text, size_t size, const char *chunk);
/* Remembers a script's name, so that error texts that begin with it are recognised. */
void roi_script_know(lua_State *L, const char *shown, uint32_t file);
/* The innermost line of a script being run: its place in s->names and the line; -1 if none is running. */
int roi_script_place(lua_State *L, int *line);
/* If the text begins with "FILE:LINE: " of a file that was loaded: its place in s->names, the line and the rest; else -1. */
int roi_script_split(const roi_script *s, const char *text, int *line, const char **rest);
/* The message handler: gives a text with a place. */
int roi_script_handler(lua_State *L);
/* Sends an error. The text's place, if it begins with one, is sent apart. */
void roi_script_report(roi_script *s, roi_status status, const char *text);
/* Reports the error on top of the stack, as lua_pcall left it with status `code`, and ends the process. */
_Noreturn void roi_script_die(roi_script *s, int code);
/* Reports the memory limit and ends the process. */
_Noreturn void roi_script_out_of_memory(roi_script *s);
/* Serves trials until the parent closes the channel (trial.c). */
_Noreturn void roi_script_serve(roi_script *s);

/* The lines for limits, said by child and parent alike. */
void roi_time_limit_text(char *buffer, size_t size, double seconds);
void roi_memory_limit_text(char *buffer, size_t size, uint64_t bytes);

#endif
