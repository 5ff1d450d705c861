#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/sha256.h"
#include "base/state.h"
#include "base/text.h"

/* FIPS 180-4 examples (NIST CSRC), and Python's hashlib for the lengths around a block. */
static void sha256_known_answers(void **unused) {
  (void)unused;
  char hex[65];
  roi_sha256_hex("", 0, hex);
  assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  roi_sha256_hex("abc", 3, hex);
  assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  const char *two = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
  roi_sha256_hex(two, strlen(two), hex);
  assert_string_equal(hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  char *million = roi_alloc(1000000, 1);
  assert_non_null(million);
  memset(million, 'a', 1000000);
  roi_sha256_hex(million, 1000000, hex);
  assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  static const struct { size_t n; const char *hex; } around[] = {
      {55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"},
      {56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"},
      {63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"},
      {64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"},
      {119, "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb"}};
  for (size_t i = 0; i < sizeof around / sizeof *around; i++) {
    roi_sha256_hex(million, around[i].n, hex);
    assert_string_equal(hex, around[i].hex);
  }
  roi_free(million);
  assert_int_equal(roi_name_key("abc"), UINT64_C(0xba7816bf8f01cfea));
}

static void sha256_in_pieces(void **unused) {
  (void)unused;
  uint8_t data[300], whole[32], pieces[32];
  for (size_t i = 0; i < sizeof data; i++) data[i] = (uint8_t)(i * 7);
  roi_sha256 h;
  roi_sha256_start(&h);
  roi_sha256_add(&h, data, sizeof data);
  roi_sha256_end(&h, whole);
  for (size_t step = 1; step < 130; step++) {
    roi_sha256_start(&h);
    for (size_t at = 0; at < sizeof data; at += step)
      roi_sha256_add(&h, data + at, sizeof data - at < step ? sizeof data - at : step);
    roi_sha256_end(&h, pieces);
    assert_memory_equal(whole, pieces, 32);
  }
}

static void errors_are_filled(void **unused) {
  (void)unused;
  roi_error err;
  assert_int_equal(roi_fail(&err, ROI_ERR_USAGE, "unknown field '%s'\n\x1b[31m", "a\tb"), ROI_ERR_USAGE);
  assert_int_equal(err.status, ROI_ERR_USAGE);
  assert_string_equal(err.text, "unknown field 'a\\tb'\\n\\x1b[31m");
  assert_string_equal(err.file, "");
  assert_int_equal(err.line, 0);
  roi_fail_at(&err, ROI_ERR_MODEL, "m.lua", 12, "mode %d", 20);
  assert_string_equal(err.file, "m.lua");
  assert_int_equal(err.line, 12);
  roi_fail_at(&err, ROI_ERR_MODEL, err.file, err.line, "%s: more", err.text); /* from itself */
  assert_string_equal(err.file, "m.lua");
  assert_string_equal(err.text, "mode 20: more");
  assert_int_equal(roi_fail(NULL, ROI_ERR_IO, "nobody listens"), ROI_ERR_IO);
  assert_int_equal(roi_fail_memory(&err, "reading the model"), ROI_ERR_MEMORY);
  assert_string_equal(err.text, "out of memory while reading the model");
  char *big = roi_alloc(100001, 1);
  assert_non_null(big);
  memset(big, 'x', 100000);
  big[100000] = '\0';
  roi_fail_at(&err, ROI_ERR_MODEL, big, 1, "%s", big);
  assert_int_equal(strlen(err.text), sizeof err.text - 1);
  assert_int_equal(strlen(err.file), sizeof err.file - 1);
  assert_string_equal(err.text + sizeof err.text - 5, "x...");
  roi_free(big);
}

static void memory_edges(void **unused) {
  (void)unused;
  assert_null(roi_alloc(SIZE_MAX / 2, 4));
  assert_null(roi_alloc_zero((size_t)1 << 40, (size_t)1 << 40));
  assert_null(roi_alloc_aligned(SIZE_MAX, 1));
  void *p = roi_alloc(0, 8);
  assert_non_null(p);
  assert_null(roi_resize(p, SIZE_MAX, 2));
  p = roi_resize(p, 10, 8);
  assert_non_null(p);
  roi_free(p);
  roi_free(NULL);
  char *aligned = roi_alloc_aligned(3, 5);
  assert_int_equal((uintptr_t)aligned % 64, 0);
  roi_free(aligned);
  unsigned char *zero = roi_alloc_zero(100, 3);
  for (int i = 0; i < 300; i++) assert_int_equal(zero[i], 0);
  roi_free(zero);
  int *items = NULL;
  size_t capacity = 0;
  for (size_t n = 0; n < 1000; n++) {
    assert_int_equal(roi_grow((void **)&items, n, &capacity, sizeof *items), 0);
    assert_true(capacity > n);
    items[n] = (int)n;
  }
  for (size_t n = 0; n < 1000; n++) assert_int_equal(items[n], n);
  roi_memory_fail_after(0);
  assert_int_equal(roi_grow((void **)&items, capacity, &capacity, sizeof *items), -1);
  assert_null(roi_copy_string("a"));
  roi_memory_fail_after(2);
  void *one = roi_alloc(1, 1), *two = roi_alloc_aligned(1, 1);
  assert_true(one && two);
  assert_null(roi_alloc(1, 1));
  assert_null(roi_alloc_zero(1, 1));
  roi_memory_fail_after(-1);
  assert_int_equal(items[999], 999);
  roi_free(one);
  roi_free(two);
  roi_free(items);
}

static void states(void **unused) {
  (void)unused;
  for (int s = 1; s < ROI_STATE_COUNT; s++) {
    double x = roi_state_value((roi_state)s);
    assert_true(isnan(x));
    assert_int_equal(roi_state_of(x), s);
    assert_int_equal(roi_state_of(-x), s);
    assert_int_equal(roi_state_of(x + 1.0), s);
  }
  assert_int_equal(roi_state_of(NAN), ROI_STATE_NONE);
  assert_int_equal(roi_state_of(1.0), ROI_STATE_NONE);
  assert_int_equal(roi_state_of(ROI_NEVER), ROI_STATE_NONE);
}

static void nearest_names(void **unused) {
  (void)unused;
  const char *names[] = {"triangular", "normal", "lognormal", "beta", "at", "discount_rate", "x"};
  size_t n = sizeof names / sizeof *names;
  assert_string_equal(roi_nearest("traingular", names, n), "triangular");
  assert_string_equal(roi_nearest("NORMAL", names, n), "normal");
  assert_string_equal(roi_nearest("nromal", names, n), "normal");
  assert_string_equal(roi_nearest("bta", names, n), "beta");
  assert_string_equal(roi_nearest("disountrate", names, n), "discount_rate");
  assert_null(roi_nearest("bt", names, 4));
  assert_null(roi_nearest("y", names, n));
  assert_null(roi_nearest("gamma", names, n));
  assert_null(roi_nearest("", names, n));
  char longest[200];
  memset(longest, 'n', sizeof longest - 1);
  longest[sizeof longest - 1] = '\0';
  assert_null(roi_nearest(longest, names, n));
}

static void escaping(void **unused) {
  (void)unused;
  char out[16];
  assert_string_equal(roi_escape(out, sizeof out, "a\nb\tc\r"), "a\\nb\\tc\\x0d");
  assert_string_equal(roi_escape(out, sizeof out, "\x7f\xc2\x9b"), "\\x7f\\xc2\\x9b");
  assert_string_equal(roi_escape(out, sizeof out, "gr\xc3\xbc\xc3\x9f\xe2\x82\xac"), "gr\xc3\xbc\xc3\x9f\xe2\x82\xac");
  assert_string_equal(roi_escape(out, sizeof out, "\xe2\x80\xae\xe2\x81\xa9\xe2\x80\xa7"), "\\u202e\\u2069\xe2\x80\xa7");
  assert_string_equal(roi_escape(out, sizeof out, "\xc0\x80"), "\\xc0\\x80");     /* overlong */
  assert_string_equal(roi_escape(out, sizeof out, "\xed\xa0\x80"), "\\xed\\xa0\\x80"); /* surrogate */
  assert_string_equal(roi_escape(out, sizeof out, "a\xe2\x82"), "a\\xe2\\x82");   /* cut short */
  /* what shows nothing: zero-width space, word joiner, byte order mark, tags; joiners are needed by scripts and emoji */
  assert_string_equal(roi_escape(out, sizeof out, "\xe2\x80\x8b\xe2\x81\xa0"), "\\u200b\\u2060");
  assert_string_equal(roi_escape(out, sizeof out, "\xef\xbb\xbf"), "\\ufeff");
  assert_string_equal(roi_escape(out, sizeof out, "\xf3\xa0\x81\x81"), "\\U000e0041");
  assert_string_equal(roi_escape(out, sizeof out, "a\xe2\x80\x8c" "b\xe2\x80\x8d" "c"), "a\xe2\x80\x8c" "b\xe2\x80\x8d" "c");
  assert_string_equal(roi_escape(out, sizeof out, "\xc2\xad\xcd\x8f"), "\\xc2\\xad\\u034f"); /* soft hyphen, grapheme joiner */
  assert_string_equal(roi_escape(out, sizeof out, "\xe2\x9d\xa4\xef\xb8\x8f"), "\xe2\x9d\xa4\xef\xb8\x8f"); /* a heart as emoji */
  assert_string_equal(roi_escape(out, sizeof out, "a\xe2\x80\xae" "b"), "a\\u202eb");    /* would turn what follows around */
  assert_string_equal(roi_escape(out, sizeof out, "\xd8\x9c\xe2\x80\xa8"), "\\u061c\\u2028");
  assert_string_equal(roi_escape(out, sizeof out, "123456789\xe2\x80\xae" "1"), "123456789...");
  assert_string_equal(roi_escape(out, sizeof out, "123456789012345"), "123456789012345");
  assert_string_equal(roi_escape(out, sizeof out, "1234567890123456"), "123456789012...");
  assert_string_equal(roi_escape(out, sizeof out, "12345678901\xe2\x82\xac" "56"), "12345678901...");
  for (size_t size = 1; size <= sizeof out; size++) {
    memset(out, '#', sizeof out);
    roi_escape(out, size, "\xe2\x82\xac\n\xff\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac");
    assert_true(strlen(out) < size);
    for (size_t i = size; i < sizeof out; i++) assert_int_equal(out[i], '#');
  }
  out[0] = '#';
  roi_escape(out, 0, "x");
  assert_int_equal(out[0], '#');
}

/* The first and the last of each range, and their neighbours. */
static void unsafe_characters(void **unused) {
  (void)unused;
  static const uint32_t ranges[][2] = {
      {0x0, 0x1f}, {0x7f, 0x9f}, {0xad, 0xad}, {0x34f, 0x34f}, {0x61c, 0x61c}, {0x115f, 0x1160}, {0x17b4, 0x17b5}, {0x180b, 0x180f},
      {0x200b, 0x200b}, {0x200e, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f}, {0x3164, 0x3164}, {0xfe00, 0xfe0d}, {0xfeff, 0xfeff},
      {0xffa0, 0xffa0}, {0xfff0, 0xfffb}, {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff}};
  for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
    uint32_t first = ranges[i][0], last = ranges[i][1];
    if (!roi_is_unsafe_character(first) || !roi_is_unsafe_character(last)) fail_msg("U+%04X to U+%04X", (unsigned)first, (unsigned)last);
    if ((first && roi_is_unsafe_character(first - 1)) || roi_is_unsafe_character(last + 1))
      fail_msg("beside U+%04X to U+%04X", (unsigned)first, (unsigned)last);
  }
  assert_false(roi_is_unsafe_character(0x10ffff));
}

/* Python's repr() is the shortest text that reads back; the exponent form is %g's. */
static void shortest_numbers(void **unused) {
  (void)unused;
  static const struct { double x; const char *text; } known[] = {
      {0.0, "0"}, {-0.0, "-0"}, {0.1, "0.1"}, {1e300, "1e+300"}, {0.1 + 0.2, "0.30000000000000004"},
      {1.0 / 3, "0.3333333333333333"}, {5e-324, "5e-324"}, {2.2250738585072014e-308, "2.2250738585072014e-308"},
      {1.7976931348623157e308, "1.7976931348623157e+308"}, {123456, "123456"}, {1e15, "1e+15"}, {-12.5, "-12.5"},
      {2e-310, "2e-310"}, {INFINITY, "inf"}, {-INFINITY, "-inf"}, {NAN, "nan"}};
  char buf[32];
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    assert_string_equal(roi_format_shortest(buf, known[i].x), known[i].text);
  uint64_t bits = 88172645463325252u;
  for (int i = 0; i < 20000; i++) {
    bits ^= bits << 13, bits ^= bits >> 7, bits ^= bits << 17;
    double x, back;
    memcpy(&x, &bits, sizeof x);
    if (!isfinite(x)) continue;
    assert_int_equal(roi_parse_number(roi_format_shortest(buf, x), &back), 0);
    assert_memory_equal(&x, &back, sizeof x);
  }
}

/* Everyday sizes take a way of their own: it gives what the library's correctly rounded conversions give. */
static void common_numbers(void **unused) {
  (void)unused;
  static const double edges[] = {1e-4, 0.001, 0.5, 1, 2, 4, 10, 99.5, 1024, 999999999999999.0, 999999999999999.9,
                                 562949953421312.0, 0.0009999999999999998, 9007199254740.5, 0.1, 0.3, 2.5, 1e14, 123456789012345.6};
  uint64_t bits = 88172645463325252u;
  int quick = 0;
  for (int i = 0; i < 60000; i++) {
    bits ^= bits << 13, bits ^= bits >> 7, bits ^= bits << 17;
    double x = ldexp((double)(bits >> 11), (int)(bits % 66) - 68); /* 2^-68 to 2^50 */
    if (i % 3 == 0) x = rint(x * 1000) / 1000;
    size_t n_edges = sizeof edges / sizeof *edges;
    if ((size_t)i < 3 * n_edges) x = nextafter(edges[i / 3], i % 3 == 0 ? 0 : i % 3 == 1 ? edges[i / 3] : INFINITY);
    if (bits & 1024) x = -x;
    char expected[40], buf[32];
    for (int digits = 15; digits <= 17; digits++) {
      snprintf(expected, sizeof expected, "%.*g", digits, x);
      if (strtod(expected, NULL) == x) break;
    }
    if (!roi_shortest_common(buf, x)) continue;
    quick++;
    assert_string_equal(buf, expected);
  }
  assert_true(quick > 40000);
  assert_null(roi_shortest_common((char[32]){0}, 0));
  assert_null(roi_shortest_common((char[32]){0}, 1e15));
  assert_null(roi_shortest_common((char[32]){0}, NAN));
}

static void parsing(void **unused) {
  (void)unused;
  double x;
  static const struct { const char *text; double x; } good[] = {
      {"1", 1}, {"-2.5", -2.5}, {"+.5", 0.5}, {"5.", 5}, {"4e-6", 4e-6}, {"1E+3", 1000}, {"0e-999", 0}, {"000.000", 0}};
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
    assert_int_equal(roi_parse_number(good[i].text, &x), 0);
    assert_true(x == good[i].x);
  }
  const char *bad[] = {"", " 1", "1 ", "0x10", "inf", "nan", "1e", "1e+", ".", "-", "1_000", "1,5", "1e400", "1e-400", "--1", "1.2.3"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_int_equal(roi_parse_number(bad[i], &x), -1);

  uint64_t v;
  static const struct { const char *text; uint64_t v; } counts[] = {
      {"1", 1}, {"10000", 10000}, {"1e6", 1000000}, {"1E+6", 1000000}, {"10k", 10000}, {"2M", 2000000}, {"1G", 1000000000},
      {"1.5M", 1500000}, {"1.50k", 1500}, {"0.001k", 1}, {"2.0e0", 2}, {"18446744073709551615", UINT64_MAX}, {"1e19", UINT64_C(10000000000000000000)}};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
    assert_int_equal(roi_parse_count(counts[i].text, &v), 0);
    assert_int_equal(v, counts[i].v);
  }
  const char *not_counts[] = {"", "0", "0k", "-1", "+1", "1.5", "2.0", "10.000", "1_000", "1 000", "1e20", "18446744073709551616", "1kk", "1T", "1.0005k",
                              "k", "1e-1", "1e99999999999", "0x10", "1m"};
  for (size_t i = 0; i < sizeof not_counts / sizeof *not_counts; i++) assert_int_equal(roi_parse_count(not_counts[i], &v), -1);
  static const struct { const char *text; uint64_t v; } sizes[] = {
      {"512M", UINT64_C(512) << 20}, {"1k", 1024}, {"0", 0}, {"3G", UINT64_C(3) << 30}, {"2T", UINT64_C(2) << 40}, {"77", 77}};
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    assert_int_equal(roi_parse_size(sizes[i].text, &v), 0);
    assert_int_equal(v, sizes[i].v);
  }
  const char *not_sizes[] = {"", "M", "1.5G", "-1", "1MB", "99999999999999999999", "16777216T", "1e3"};
  for (size_t i = 0; i < sizeof not_sizes / sizeof *not_sizes; i++) assert_int_equal(roi_parse_size(not_sizes[i], &v), -1);
}

static void counts_for_people(void **state) {
  (void)state;
  char b[32];
  assert_string_equal(roi_format_count(b, 0), "0");
  assert_string_equal(roi_format_count(b, 999), "999");
  assert_string_equal(roi_format_count(b, 1000), "1,000");
  assert_string_equal(roi_format_count(b, 123456), "123,456");
  assert_string_equal(roi_format_count(b, UINT64_MAX), "18,446,744,073,709,551,615");
}

static void count_piece(void *data, size_t i) { atomic_fetch_add((atomic_size_t *)data, i); }

static void a_stop_ends_parallel_work(void **unused) {
  (void)unused;
  atomic_size_t sum;
  atomic_init(&sum, 0);
  volatile int stop = 0;
  roi_parallel(3, 1000, &stop, count_piece, &sum);
  assert_int_equal(atomic_load(&sum), 999 * 1000 / 2); /* each piece once */
  roi_parallel(3, 1000, NULL, count_piece, &sum);
  assert_int_equal(atomic_load(&sum), 999 * 1000);
  stop = 1;
  roi_parallel(3, 1000, &stop, count_piece, &sum);
  assert_int_equal(atomic_load(&sum), 999 * 1000); /* no piece is begun */
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_stop_ends_parallel_work),
      cmocka_unit_test(sha256_known_answers), cmocka_unit_test(sha256_in_pieces), cmocka_unit_test(errors_are_filled),
      cmocka_unit_test(memory_edges),         cmocka_unit_test(states),           cmocka_unit_test(nearest_names),
      cmocka_unit_test(escaping), cmocka_unit_test(unsafe_characters),             cmocka_unit_test(shortest_numbers),
      cmocka_unit_test(common_numbers),       cmocka_unit_test(parsing),
      cmocka_unit_test(counts_for_people)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
