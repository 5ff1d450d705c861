/* child.h - the parent's side of one child process: starting it, answering what it asks, telling how it ended. */
#ifndef ROI_HOST_CHILD_H
#define ROI_HOST_CHILD_H

#include <pthread.h>
#include <sys/types.h>

#include "host/channel.h"
#include "host/host.h"
#include "host/resolve.h"
#include "host/script.h"

typedef struct roi_child {
  pid_t pid;             /* 0: none */
  int fd;
  unsigned char *shared; /* a roi_trial_area, or NULL */
  double started;
  int printed;           /* lines of print shown so far */
} roi_child;

typedef struct roi_worker { roi_child child; pthread_mutex_t lock; } roi_worker; /* locked: one job at a time */

typedef struct roi_extern_shape { char *name; uint32_t columns; } roi_extern_shape;

struct roi_host {
  int checking;
  uint64_t script_memory;
  double script_seconds;
  int testing;
  const volatile int *stop;
  roi_search search;
  roi_script_file *files; size_t n_files, cap_files; /* the model first */
  char *setting_text;                                /* names and texts of the settings, which point into it */
  roi_lua_setting *settings; size_t n_settings;
  char *scenario;                                    /* NULL: the model as written */
  int for_portfolio;
  int silent;                                        /* 1: nothing that the script prints is shown */
  uint8_t graph_sha256[32];                          /* of the child's buffer: every worker must build the same */
  roi_extern_shape *externs; size_t n_externs, cap_externs;
  roi_host_timing timing;
  uint64_t seed;
  roi_worker *workers; size_t n_workers;
  pthread_mutex_t lock;                              /* of error */
  roi_error error;                                   /* the first of the workers */
};

/* Forks a child that runs the script. */
roi_status roi_child_start(roi_host *h, roi_child *c, int worker, roi_error *err);
/* Answers the child until it hands over its graph: a buffer of *size bytes for roi_free. */
roi_status roi_child_build(roi_host *h, roi_child *c, unsigned char **buffer, size_t *size, roi_error *err);
/* Turns a wait that did not end well, or an error message of the child (already read), into an error. Ends the child. */
roi_status roi_child_failed(roi_host *h, roi_child *c, roi_wait how, roi_error *err);
roi_status roi_child_error(roi_host *h, roi_child *c, const roi_message *m, roi_patience *patience, roi_error *err);
/* Kills the process, if it still runs, and releases what the child holds. NULL status is allowed. */
void roi_child_end(roi_child *c, int *status);

/* Ends the workers of per-trial functions, if there are any. */
void roi_host_end_workers(roi_host *h);

/* What the child is given beyond its own limit, which can say where the script was. */
#define ROI_CHILD_GRACE_SECONDS 1

#endif
