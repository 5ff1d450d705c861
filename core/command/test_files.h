/* test_files.h - which test scripts `roisim test` runs. */
#ifndef ROI_COMMAND_TEST_FILES_H
#define ROI_COMMAND_TEST_FILES_H

#include <stddef.h>

#include "command/command.h"

typedef struct roi_test_files { char **path; size_t n, cap; } roi_test_files;

/* A named file is taken as it is; of a folder (the working one, if nothing is named) the scripts *_test.lua in it and all scripts of
 * its folder tests, in order of their names; of a folder called tests all its scripts. ROI_ERR_USAGE where that is none, ROI_ERR_MODEL
 * where one found so is a link out of the folder (for those in tests: the folder above). Release with roi_test_files_free, also after
 * an error. */
roi_status roi_test_files_find(roi_test_files *f, const roi_list *named, roi_error *err);
void roi_test_files_free(roi_test_files *f);

/* The folder above a script's own if that is called tests: there lies what it tests. "" if it is not; in `buf`. */
const char *roi_test_files_above(const char *path, char *buf, size_t size);

#endif
