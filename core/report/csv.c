#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/state.h"
#include "base/text.h"
#include "report/report.h"
#include "report/width.h"

struct roi_csv {
  roi_outfile *file;
  size_t n;
};

/* Blanks, and what shows nothing and is not escaped. */
static int is_passed_over(uint32_t code) {
  return code == ' ' || code == 0xa0 || (code >= 0x2000 && code <= 0x200a) || code == 0x202f || code == 0x205f || code == 0x3000 ||
         code == 0x200c || code == 0x200d || code == 0xfe0e || code == 0xfe0f;
}

/* 1 if a spreadsheet could take what begins here for a formula: one of = + - @, narrow or wide, behind anything that is passed over. */
static int is_formula(const char *s) {
  uint32_t code;
  do s += roi_utf8_next(s, &code);
  while (*s && is_passed_over(code));
  return code == '=' || code == '+' || code == '-' || code == '@' || code == 0xff1d || code == 0xff0b || code == 0xff0d || code == 0xff20;
}

/* One field of the header, quoted where RFC 4180 asks for it, with what must not reach a terminal escaped. What a spreadsheet would
 * take for a formula gets an apostrophe, which makes it a text; one that splits lines at semicolons would see beginnings inside the
 * field too. */
static int add_name(roi_buffer *b, const char *name) {
  size_t room = strlen(name) * 4 + 1; /* each byte as \xHH */
  char *shown = roi_alloc(room, 1);
  if (!shown) return -1;
  roi_escape(shown, room, name);
  int quoted = strpbrk(shown, ",;\"") != NULL;
  if (quoted) roi_buffer_text(b, "\"");
  for (const char *c = shown; *c; c++) {
    int begins = c == shown || strchr(";,\"", c[-1]) != NULL;
    if (begins && is_formula(c)) roi_buffer_text(b, "'");
    roi_buffer_add(b, *c == '"' ? "\"\"" : c, *c == '"' ? 2 : 1);
  }
  if (quoted) roi_buffer_text(b, "\"");
  roi_free(shown);
  return 0;
}

roi_csv *roi_csv_new(roi_outfile *file, const char *const *names, size_t n, roi_error *err) {
  roi_csv *c = roi_alloc(1, sizeof *c);
  roi_buffer header = {0};
  int failed = !c;
  roi_buffer_text(&header, "trial");
  for (size_t i = 0; i < n && !failed; i++) {
    roi_buffer_text(&header, ",");
    failed = add_name(&header, names[i]) != 0;
  }
  roi_buffer_text(&header, "\n");
  roi_status status = failed || header.failed ? roi_fail_memory(err, "writing samples")
                                          : roi_outfile_write(file, header.text, header.n, err);
  roi_buffer_free(&header);
  if (status) {
    roi_free(c);
    return NULL;
  }
  *c = (roi_csv){file, n};
  return c;
}

/* Writes x and returns the length. Whole numbers, which are common, take a short way. */
static size_t write_cell(char *buf, double x) {
  if (isnan(x)) {
    const char *name = roi_state_names[roi_state_of(x)];
    size_t n = strlen(name);
    memcpy(buf, name, n);
    return n;
  }
  if (x == ROI_NEVER) {
    memcpy(buf, "never", 5);
    return 5;
  }
  if (x >= 0 && x < 1e6 && x == (double)(uint32_t)x && !signbit(x)) {
    char digits[16];
    size_t n = 0;
    uint32_t k = (uint32_t)x;
    do digits[n++] = (char)('0' + k % 10);
    while (k /= 10);
    for (size_t i = 0; i < n; i++) buf[i] = digits[n - 1 - i];
    return n;
  }
  return strlen(roi_format_shortest(buf, x));
}

roi_status roi_csv_rows(void *csv, uint64_t first_trial, size_t n, const double *const *columns, size_t n_columns,
                        roi_error *err) {
  roi_csv *c = csv;
  char cell[64];
  for (size_t i = 0; i < n; i++) {
    size_t used = (size_t)snprintf(cell, sizeof cell, "%llu", (unsigned long long)(first_trial + i + 1));
    roi_status status = roi_outfile_write(c->file, cell, used, err);
    for (size_t k = 0; k < n_columns && !status; k++) {
      cell[0] = ',';
      status = roi_outfile_write(c->file, cell, 1 + write_cell(cell + 1, columns[k][i]), err);
    }
    if (!status) status = roi_outfile_write(c->file, "\n", 1, err);
    if (status) return status;
  }
  return ROI_OK;
}

void roi_csv_free(roi_csv *c) { roi_free(c); }
