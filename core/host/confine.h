/* confine.h - what a process that runs scripts gives up before it runs one.
 *
 * Three layers, each meant to hold when the others don't: limits and privileges (confine.c), Landlock (landlock.c) and a filter of
 * system calls (seccomp.c). docs/SECURITY.md says what each holds alone; tests/unit/confine_test.c tries it. */
#ifndef ROI_HOST_CONFINE_H
#define ROI_HOST_CONFINE_H

#include <stdint.h>
#include <sys/types.h>

/* The descriptor that stays open. */
#define ROI_CHILD_FD 0

/* A sanitizer maps terabytes of address space and writes its reports itself: it keeps standard error, and neither the limits
 * of the address space nor the system-call filter are set. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ROI_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define ROI_SANITIZED 1
#endif
#endif
#ifndef ROI_SANITIZED
#define ROI_SANITIZED 0
#endif

/* A build that counts the lines run (make coverage) writes its counts when the process ends: it keeps its files too. */
#ifdef ROI_COVERAGE
#define ROI_KEEPS_FILES 1
#else
#define ROI_KEEPS_FILES 0
#endif

enum {
  ROI_LAYER_LIMITS = 1,   /* memory, processor time, no files, no core, no processes; no privileges */
  ROI_LAYER_LANDLOCK = 2, /* no access to files, TCP ports, abstract sockets and other processes */
  ROI_LAYER_FILTER = 4    /* only the system calls that a script needs */
};

/* Those in force: a build may leave some out, to show that the others hold (.ci/run, stage layers). */
#ifndef ROI_LAYERS
#define ROI_LAYERS (ROI_LAYER_LIMITS | ROI_LAYER_LANDLOCK | ROI_LAYER_FILTER)
#endif

/* Leaves the parent's terminal, signals, environment and descriptors (`fd` becomes ROI_CHILD_FD); dies when the parent does. */
void roi_confine_process(int fd, pid_t parent);

/* Takes on the layers, which can't be left again: `memory` bytes beyond what is mapped now, `cpu_seconds` of processor time (0: no
 * bound). What the kernel does not offer is left out; so is what this build can't bear (above). */
void roi_confine_resources(uint64_t memory, unsigned cpu_seconds, int layers);

/* The layers of the kernel. 0, or -1 where it does not offer them. The process must have given up new privileges
 * (PR_SET_NO_NEW_PRIVS) before. Landlock needs a descriptor for a moment, so it comes before the limit of these; the filter is last. */
int roi_confine_landlock(void);
int roi_confine_calls(void);

/* Whether the kernel offers them, which is found out without changing anything: the version of Landlock, or 0; 1 for the filter, or 0. */
int roi_landlock_version(void);
int roi_filter_is_offered(void);

/* Ends the process at once, without what the parent has registered for its own end. */
_Noreturn void roi_child_exit(int status);

#endif
