/* Which folder a test's links may not lead out of, where the folder that was named is a link that changes meanwhile. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command/test_files.h"

static int asked;

/* In place of the C library's: first the root, from then on a folder of tests. */
char *realpath(const char *restrict path, char *restrict real) {
  (void)path;
  return strcpy(real, asked++ ? "/some/tests" : "/");
}

static void a_folder_is_resolved_once(void **state) {
  (void)state;
  char folder[] = "/tmp/roisim_test_files_XXXXXX";
  roi_test_files files = {0};
  roi_error err = {0};
  assert_non_null(mkdtemp(folder));
  const char *name = folder;
  roi_list named = {.item = &name, .n = 1};
  assert_int_equal(roi_test_files_find(&files, &named, &err), ROI_ERR_USAGE); /* it is empty */
  assert_int_equal(asked, 1);
  roi_test_files_free(&files);
  rmdir(folder);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_folder_is_resolved_once)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
