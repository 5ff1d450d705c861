/* The annotations for editors are those of the library as it is: tests/unit/annotations.lua, run with the library of the command. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "with_library.h"

static void annotations_are_those_of_the_library(void **state) {
  (void)state;
  assert_library_passes("tests/unit/annotations.lua");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(annotations_are_those_of_the_library)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
