/* channel.h - what parent and child say to each other: framed messages over a socket pair.
 *
 * A message is a header and `size` bytes. The child asks (a module, a data file) and the parent answers; the child says what
 * the script printed, and at last its graph or its error. The parent believes nothing: every size has a bound, every wait a
 * deadline. */
#ifndef ROI_HOST_CHANNEL_H
#define ROI_HOST_CHANNEL_H

#include <stddef.h>
#include <stdint.h>

typedef enum roi_message_type {
  ROI_ASK_MODULE = 1, /* body: the name as required */
  ROI_ASK_DATA,       /* number: the asking file; body: the name as given */
  ROI_ANSWER_FILE,    /* number: the file's index; body: shown name, NUL, text */
  ROI_ANSWER_NONE,    /* body: why not */
  ROI_SAY_PRINT,      /* body: a line of the script's print */
  ROI_SAY_VERSION,    /* number: a file's index; body: the version it states */
  ROI_SAY_ERROR,      /* number: roi_status, then the line; body: file, NUL, text */
  ROI_SAY_GRAPH,      /* body: a buffer of graph/wire.h */
  ROI_ASK_TRIALS,     /* to a worker: a roi_trial_job; the arguments are in the shared memory */
  ROI_SAY_TRIALS      /* done: the results are in the shared memory */
} roi_message_type;

typedef struct roi_message {
  uint32_t type;
  uint32_t number;
  uint32_t line;
  uint32_t unused;
  uint64_t size; /* of the body */
} roi_message;

#define ROI_NAME_LIMIT 4096u           /* bytes of a module's or data file's name */
#define ROI_TEXT_LIMIT 16384u          /* bytes of an error or a printed line on the wire */
#define ROI_FILE_LIMIT (16u << 20)     /* bytes of a script or data file */

/* How a wait ended. */
typedef enum roi_wait { ROI_WAIT_DONE, ROI_WAIT_CLOSED, ROI_WAIT_DEADLINE, ROI_WAIT_STOPPED } roi_wait;

typedef struct roi_patience {
  double deadline;          /* on the clock of base/clock.h, at which to give up; time in which this process was stopped is added */
  const volatile int *stop; /* may be NULL */
  double looked;            /* at the clock, last; 0: not yet */
} roi_patience;

/* The parent's side. No call waits longer than the patience allows. */
roi_wait roi_channel_wait(int fd, roi_patience *patience); /* until there is something to read */
roi_wait roi_channel_read(int fd, void *buffer, size_t n, roi_patience *patience);
roi_wait roi_channel_write(int fd, const void *buffer, size_t n, roi_patience *patience);

/* The child's side: fd blocks. 0, or -1 when the other side is gone. */
int roi_child_read(int fd, void *buffer, size_t n);
int roi_child_write(int fd, const void *buffer, size_t n);
int roi_child_send(int fd, const roi_message *message, const void *body);

#endif
