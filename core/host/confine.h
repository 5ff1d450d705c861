/* confine.h - what a process that runs scripts gives up before it runs one. */
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

/* Leaves the parent's terminal, signals and descriptors (`fd` becomes ROI_CHILD_FD); dies when the parent does. */
void roi_confine_process(int fd, pid_t parent);

/* Sets the limits that can't be taken back: `memory` bytes beyond what is mapped now, `cpu_seconds` of processor time (0: no
 * bound), no files, no core, no processes; then the system-call filter, where the kernel offers one. */
void roi_confine_resources(uint64_t memory, unsigned cpu_seconds);

/* Ends the process at once, without what the parent has registered for its own end. */
_Noreturn void roi_child_exit(int status);

#endif
