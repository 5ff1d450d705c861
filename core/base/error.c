#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

ROI_PRINTF(5, 0)
static roi_status fill(roi_error *err, roi_status status, const char *file, int line, const char *format, va_list args) {
  if (!err) return status;
  /* Arguments may point into err itself (an error passed on with more said), so both texts are made aside first. An escaped
   * text is never shorter than its source: what this buffer cuts, the escaping below would have cut. */
  char text[2 * sizeof err->text], place[sizeof err->file];
  if (vsnprintf(text, sizeof text, format, args) < 0) text[0] = '\0';
  roi_escape(place, sizeof place, file ? file : "");
  err->status = status;
  err->line = line;
  memcpy(err->file, place, sizeof place);
  roi_escape(err->text, sizeof err->text, text);
  return status;
}

roi_status roi_fail(roi_error *err, roi_status status, const char *format, ...) {
  va_list args;
  va_start(args, format);
  fill(err, status, NULL, 0, format, args);
  va_end(args);
  return status;
}

roi_status roi_fail_at(roi_error *err, roi_status status, const char *file, int line, const char *format, ...) {
  va_list args;
  va_start(args, format);
  fill(err, status, file, line, format, args);
  va_end(args);
  return status;
}

roi_status roi_fail_memory(roi_error *err, const char *what) {
  return roi_fail(err, ROI_ERR_MEMORY, "out of memory while %s", what);
}
