/* error.h - filling the caller's roi_error. Every message names the thing, the value, the rule and the way out. */
#ifndef ROI_BASE_ERROR_H
#define ROI_BASE_ERROR_H

#include "roisim.h"

#if defined(__GNUC__)
#define ROI_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define ROI_PRINTF(f, a)
#endif

/* Fills err (may be NULL) with the status and a formatted line, control characters escaped and cut to size, no place; returns
 * status. */
roi_status roi_fail(roi_error *err, roi_status status, const char *format, ...) ROI_PRINTF(3, 4);

/* The same with a place in the model. file may be NULL. */
roi_status roi_fail_at(roi_error *err, roi_status status, const char *file, int line, const char *format, ...)
    ROI_PRINTF(5, 6);

/* 1 if work was ended early, by a stop or a limit, and not for anything that is wrong with it: what is done by then stands. */
static inline int roi_is_stop(roi_status s) { return s == ROI_ERR_INTERRUPTED || s == ROI_ERR_LIMIT; }

/* "out of memory while WHAT" with status ROI_ERR_MEMORY. */
roi_status roi_fail_memory(roi_error *err, const char *what);

#endif
