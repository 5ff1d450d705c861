/* Each field and argument of the library refuses what it can't be, by name: tests/unit/wrong_fields.lua. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "with_library.h"

static void wrong_values_are_refused_by_name(void **state) {
  (void)state;
  assert_library_passes("tests/unit/wrong_fields.lua");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(wrong_values_are_refused_by_name)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
