/* host.h - runs a model's script in a child process and brings back its graph.
 *
 * The child has limits (memory, processor time, no files, no core; a system-call filter where the kernel offers one), opens no
 * file, and asks the parent for every module and data file over a socket. The parent resolves names, reads files, keeps the
 * deadline, checks the returned buffer as untrusted input (graph/wire.h), and turns a crash or a limit into one clear line.
 * The parent never runs Lua. */
#ifndef ROI_HOST_HOST_H
#define ROI_HOST_HOST_H

#include "graph/graph.h"
#include "roisim.h"

/* A file that results will be written to, and the option that names it. */
typedef struct roi_host_output { const char *option, *path; } roi_host_output;

typedef struct roi_host_options {
  const char *model_path;               /* the model file */
  const char *const *lib_dirs; size_t n_lib_dirs; /* --lib folders, searched after the model's own folder */
  const char *const *settings; size_t n_settings; /* --set, each NAME=EXPR */
  const char *scenario;                 /* of the script's, to be in force; NULL: the model as written */
  int for_portfolio;                    /* 1: use cases get switches, to choose among them (graph/candidates.h) */
  int silent;                           /* 1: what the script prints was shown when another version of the model was built */
  int testing;                          /* 1: a test script (roisim test): it may expect something and need not return a model */
  int checking;                         /* 1: the findings that only `roisim check` shows are wanted too */
  uint64_t script_memory;               /* bytes, default 512M */
  double script_seconds;                /* default 10 */
  const roi_host_output *outputs; size_t n_outputs; /* which the script may not read */
  const volatile int *stop;             /* raised by a signal: the child is killed; may be NULL */
} roi_host_options;

typedef struct roi_host roi_host;

/* Seconds spent, for `make bench`: starting the child, running the script, reading and checking the graph. */
typedef struct roi_host_timing { double child, script, graph; } roi_host_timing;

/* Runs the script. On success *graph is the caller's (roi_graph_free); *host keeps what workers need to run the script again, and is
 * released with roi_host_free, which ends every process. The child has ended. A script's error is ROI_ERR_MODEL with file and line; a
 * limit is ROI_ERR_LIMIT and names the limit and the option that raises it; an output that would replace a file which the script read,
 * whatever came of it, is ROI_ERR_USAGE. What the script prints goes to standard error. Call it from a thread that lives as long as the
 * host: children die with the thread that started them. */
roi_status roi_host_build(const roi_host_options *options, roi_graph **graph, roi_host **host, roi_error *err);
void roi_host_free(roi_host *h);
roi_host_timing roi_host_times(const roi_host *h);

/* Starts the processes that run per-trial functions for so many threads: one each, but two at least, since another checks what one has
 * computed, and no more than `most` (from 1; threads share them then, and a single one checks itself). Each runs the script again and
 * must build the same graph, byte for byte. Does nothing if the graph has no such functions. */
roi_status roi_host_start_workers(roi_host *h, int threads, int most, uint64_t seed, roi_error *err);
/* The `external` function of roi_request (run/run.h); data is the roi_host. extern_index counts the graph's EXTERN nodes in their order;
 * worker is the calling thread's number. A worker that fails is gone; the others go on. A failing call returns -1; roi_host_error says
 * why. */
int roi_host_external(void *host, uint32_t extern_index, int worker, uint64_t first_trial, uint32_t lanes,
                      const double *const *args, const int *arg_is_constant, uint32_t n_args, double *dst);
/* The first error of the workers, or ROI_OK; err filled like any other. */
roi_status roi_host_error(const roi_host *h, roi_error *err);

/* What confines scripts on this machine: "limits, Landlock 6, filter of system calls", or those of them that this build uses and the
 * kernel offers. */
void roi_host_confinement(char *text, size_t size);
/* 1 if this build would use the filter of system calls and the kernel offers none. */
int roi_host_lacks_filter(void);

/* The version of Lua that is linked: "5.4.4". */
const char *roi_host_lua_version(void);

#endif
