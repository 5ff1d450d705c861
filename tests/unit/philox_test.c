/* The generator against the Random123 known answers, and the layout of the streams. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "math/philox.h"

/* Salmon et al., Random123 1.14, tests/kat_vectors: philox4x32 10. */
static void known_answers(void **state) {
  (void)state;
  static const struct {
    uint32_t counter[4], key[2], out[4];
  } cases[] = {
      {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
      {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
       {0xffffffff, 0xffffffff},
       {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
      {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
       {0xa4093822, 0x299f31d0},
       {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    uint32_t out[4];
    roi_philox(cases[i].counter, cases[i].key, out);
    assert_memory_equal(out, cases[i].out, sizeof out);
  }
}

/* The digits-of-pi case laid out as a stream: its counter as trials, period and name, its key as the seed. */
static void layout(void **state) {
  (void)state;
  uint64_t seed = UINT64_C(0x299f31d0a4093822), name = UINT64_C(0x0370734413198a2e);
  uint64_t pair = UINT64_C(0x08d3) << 32 | 0x243f6a88;
  double even = (double)(UINT64_C(0x94fdccebd16cfe09) >> 12), odd = (double)(UINT64_C(0x24126ea15001e420) >> 12);
  assert_true(roi_uniform_at(seed, name, 2 * pair, 0x85a3) == (even + 0.5) / 0x1p52);
  assert_true(roi_uniform_at(seed, name, 2 * pair + 1, 0x85a3) == (odd + 0.5) / 0x1p52);
}

static void uniforms_are_inside(void **state) {
  (void)state;
  double sum = 0.0;
  for (uint64_t trial = 0; trial < 4096; trial++) {
    double u = roi_uniform_at(1, 2, trial, 0);
    assert_true(u >= 0x1p-53 && u <= 1.0 - 0x1p-53);
    assert_true(1.0 - (1.0 - u) == u);
    sum += u;
  }
  assert_true(sum / 4096 > 0.5 - 0.02 && sum / 4096 < 0.5 + 0.02); /* 4.4 standard errors */
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(known_answers),
      cmocka_unit_test(layout),
      cmocka_unit_test(uniforms_are_inside),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
