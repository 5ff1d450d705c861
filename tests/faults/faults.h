/* faults.h - what failing.c, which makes calls of the C library fail, and its users agree upon.
 *
 * failing.so stands before the C library (LD_PRELOAD) and reads what is to fail from the environment:
 *   FAULT_CALL    a name of the table below: write, close, memory (malloc and its kin), ...; locale: that of the environment is
 *                 set before the program begins
 *   FAULT_AT      from which call on: 1 is the first after the program began
 *   FAULT_HOW     once (the default), lasting (that call and all that follow), one_byte or half (it takes or gives less than it was asked
 *                 for), end (a read finds the end of the file), stop (the process raises SIGSTOP there, and goes on when it is told to),
 *                 interrupt (the process raises SIGINT there, and goes on), jump (the clock leaps to and fro): all but the first, stop and
 *                 interrupt at every call from FAULT_AT on
 *   FAULT_ERRNO   the error's number
 *   FAULT_SIDE    parent (the default), child (processes that the program forked), both
 *   FAULT_NAMED   if set, there are no files without a name (O_TMPFILE), as on some file systems
 *   FAULT_RECORD  a file of sizeof(fault_record) bytes, where calls are counted */
#ifndef ROI_TESTS_FAULTS_H
#define ROI_TESTS_FAULTS_H

#include <stdatomic.h>

typedef enum fault_call {
  NONE, MEMORY, OPEN, OPENDIR, CLOSE, READ, PREAD, WRITE, FSYNC, LINK, UNLINK, RENAME, FSTAT, FCHMOD, FCNTL, MKDIR, MKDTEMP, CHMOD, REALPATH,
  MMAP, SOCKETPAIR, FORK, THREAD, POLL, SEND, RECV, CLOCK, LOCALE, CALLS
} fault_call;

static const char *const fault_calls[CALLS] = {
    "none", "memory", "open", "opendir", "close", "read", "pread", "write", "fsync", "link", "unlink", "rename", "fstat", "fchmod", "fcntl",
    "mkdir", "mkdtemp", "chmod", "realpath", "mmap", "socketpair", "fork", "pthread_create", "poll", "send", "recv", "clock", "locale"};

typedef struct fault_record {
  atomic_ulong calls[CALLS][2]; /* all of them: of the parent, of its children */
  atomic_ulong counted;         /* those of FAULT_CALL and FAULT_SIDE */
  atomic_ulong faults;          /* of these, those that were made to fail */
} fault_record;

#endif
