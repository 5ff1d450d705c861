/* Files of progress and of ranges: written and read back; cut at every length and with each bit flipped they are refused; what is of
 * another run is refused by name. */
#include "unit/model.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crc64.h"
#include "command/state_file.h"

static char path[] = "/tmp/roisim-state-XXXXXX";

static void the_checksum_is_the_published_one(void **state) {
  (void)state;
  assert_true(roi_crc64(0, "123456789", 9) == UINT64_C(0x995dc9bbdf1939fa));
  assert_true(roi_crc64(roi_crc64(0, "1234", 4), "56789", 5) == UINT64_C(0x995dc9bbdf1939fa));
  assert_true(roi_crc64(0, "", 0) == 0);
}

static roi_state_key make_key(const char *seed, const char *prob) {
  roi_state_key key = {0};
  assert_int_equal(roi_state_key_add(&key, "roisim", "0.1.0", &why), ROI_OK);
  assert_int_equal(roi_state_key_add(&key, "file model.lua", "abcdef0123456789", &why), ROI_OK);
  assert_int_equal(roi_state_key_add(&key, "--seed", seed, &why), ROI_OK);
  if (prob) assert_int_equal(roi_state_key_add(&key, "--prob", prob, &why), ROI_OK);
  assert_int_equal(roi_state_key_add(&key, "graph", "0123", &why), ROI_OK);
  return key;
}

static void what_was_typed(void **state) {
  (void)state;
  roi_state_key key = {0};
  static const char *const items[][2] = {{"roisim", "0.1.0"}, {"file it's.lua", "00"}, {"--trials", "9000"}, {"--seed", "1"},
                                         {"--sampling", "lhs"}, {"--set", "a=b"}, {"--prob", "npv > 0"}, {"graph", "0123"}};
  for (size_t i = 0; i < sizeof items / sizeof *items; i++)
    assert_int_equal(roi_state_key_add(&key, items[i][0], items[i][1], &why), ROI_OK);
  char *text = roi_state_key_typed(&key);
  assert_string_equal(text, "'it'\\''s.lua' --trials 9000 --sampling lhs --set a=b --prob 'npv > 0'");
  roi_free(text);
  roi_state_key_free(&key);
}

static const char body[] = "what a run left: forty-two trials and a sum";

static void write_state(const roi_graph *graph) {
  roi_state_key key = make_key("1", "npv > 0");
  roi_state_writer w;
  const roi_state_about about = {.kind = ROI_STATE_RANGE, .first = 5, .end = 47};
  assert_int_equal(roi_state_create(&w, path, &about, &key, graph, &why), ROI_OK);
  roi_put_bytes(&w.to, body, sizeof body);
  assert_int_equal(roi_state_commit(&w), ROI_OK);
  roi_state_key_free(&key);
}

static void what_was_written_is_read(void **state) {
  (void)state;
  roi_state_reader r;
  char back[sizeof body];
  begin(12);
  assert_int_equal(roi_graph_add_output(g, "x", num(3), &why), ROI_OK);
  write_state(g);
  assert_int_equal(roi_state_open(&r, path, ROI_STATE_RANGE, &why), ROI_OK);
  assert_int_equal(r.about.first, 5);
  assert_int_equal(r.about.end, 47);
  roi_state_key key = make_key("1", "npv > 0");
  assert_int_equal(roi_state_key_same(&r.key, &key, path, "this run", "", &why), ROI_OK);
  roi_get_bytes(&r.from, back, sizeof body);
  assert_int_equal(r.from.failed, 0);
  assert_memory_equal(back, body, sizeof body);
  assert_int_equal(roi_state_read(&r, 5, back, 3), 0);
  assert_memory_equal(back, body + 5, 3);
  assert_int_equal(roi_state_read(&r, sizeof body - 2, back, 3), -1);
  assert_int_equal(roi_state_read(&r, UINT64_MAX, back, 3), -1);
  roi_get_bytes(&r.from, back, 1);
  assert_int_equal(r.from.failed, 1);
  roi_graph *again = roi_state_graph(&r, &why);
  assert_non_null(again);
  assert_int_equal(again->n_outputs, 1);
  roi_graph_free(again);
  roi_state_close(&r);
  assert_int_equal(roi_state_open(&r, path, ROI_STATE_PROGRESS, &why), ROI_ERR_USAGE);
  assert_non_null(strstr(why.text, "holds a range of trials (--state), not progress"));
  roi_state_close(&r);
  roi_state_key_free(&key);
  end();
}

static size_t read_file(unsigned char *bytes, size_t room) {
  int fd = open(path, O_RDONLY);
  ssize_t n = read(fd, bytes, room);
  close(fd);
  assert_true(n > 0 && (size_t)n < room);
  return (size_t)n;
}

static void put_byte(int fd, size_t at, unsigned char x) { assert_int_equal(pwrite(fd, &x, 1, (off_t)at), 1); }

static roi_status try_to_open(void) {
  roi_state_reader r;
  roi_status status = roi_state_open(&r, path, ROI_STATE_RANGE, &why);
  roi_state_close(&r);
  if (status != ROI_OK) assert_true(strstr(why.text, "is damaged") || strstr(why.text, "is no file of progress"));
  return status;
}

static void damage_is_told(void **state) {
  (void)state;
  static unsigned char bytes[8192];
  begin(12);
  write_state(g);
  end();
  size_t n = read_file(bytes, sizeof bytes);
  int fd = open(path, O_RDWR);
  for (size_t at = 0; at < n; at++)
    for (int bit = 0; bit < 8; bit++) {
      put_byte(fd, at, bytes[at] ^ (unsigned char)(1 << bit));
      assert_int_equal(try_to_open(), ROI_ERR_IO);
      put_byte(fd, at, bytes[at]);
    }
  assert_int_equal(try_to_open(), ROI_OK);
  for (size_t cut = n; cut-- > 0;) {
    assert_int_equal(ftruncate(fd, (off_t)cut), 0);
    assert_int_equal(try_to_open(), ROI_ERR_IO);
  }
  close(fd);
}

/* What has a checksum that fits, but lengths that don't. */
static void made_up_heads_are_refused(void **state) {
  (void)state;
  static const uint64_t lies[] = {0, 1, 8, UINT64_C(1) << 20, UINT64_C(1) << 24, UINT64_C(1) << 62, UINT64_MAX};
  static unsigned char bytes[8192];
  begin(12);
  write_state(g);
  end();
  size_t n = read_file(bytes, sizeof bytes), length = n - 16;
  int fd = open(path, O_RDWR);
  for (size_t at = 16; at < 16 + 6 * 8; at += 8)
    for (size_t k = 0; k < sizeof lies / sizeof *lies; k++) {
      unsigned char made[8192];
      memcpy(made, bytes, n);
      memcpy(made + at, &lies[k], 8);
      uint64_t crc = roi_crc64(0, made, length + 8);
      memcpy(made + length + 8, &crc, 8);
      assert_int_equal(pwrite(fd, made, n, 0), (ssize_t)n);
      roi_state_reader r;
      roi_status status = roi_state_open(&r, path, ROI_STATE_RANGE, &why);
      if (status == ROI_OK) { /* a head that could be: nothing beyond the file may be reached by it */
        char back;
        assert_true(r.body_at <= length && r.body_size <= length - r.body_at);
        assert_int_equal(roi_state_read(&r, r.body_size, &back, 1), -1);
        roi_graph_free(roi_state_graph(&r, &why));
      }
      roi_state_close(&r);
    }
  close(fd);
}

static void expect_difference(const roi_state_key *there, const roi_state_key *own, const char *text) {
  assert_int_equal(roi_state_key_same(there, own, "k", "this run", "name another", &why), ROI_ERR_USAGE);
  if (!strstr(why.text, text)) print_message("'%s' lacks '%s'\n", why.text, text);
  assert_non_null(strstr(why.text, text));
}

static void differences_are_named(void **state) {
  (void)state;
  roi_state_key a = make_key("1", NULL), b = make_key("2", NULL), c = make_key("1", "npv > 0");
  expect_difference(&a, &b, "k is of another run: --seed was 1 there, in this run it is 2");
  expect_difference(&a, &c, "--prob npv > 0 was given in this run, and not there");
  expect_difference(&c, &a, "--prob npv > 0 was given there, and not in this run");
  a.item[0].value[2] = '2';
  expect_difference(&a, &c, "k was written with roisim 0.2.0, in this run it is 0.1.0: other versions, other numbers");
  a.item[0].value[2] = '1';
  a.item[1].value[0] = 'f';
  expect_difference(&a, &c, "k is of another model: model.lua has changed (sha256 fbcdef012345 there, abcdef012345 in this run)");
  a.item[1].value[0] = 'a';
  a.item[3].value[0] = 'f';
  roi_state_key d = make_key("1", NULL);
  expect_difference(&a, &d, "the files are the same, but not what the script made of them");
  for (size_t i = 0; i < 4; i++) roi_state_key_free((roi_state_key *[]){&a, &b, &c, &d}[i]);
}

/* Files may be called as options and versions are. */
static void files_are_not_taken_for_options(void **state) {
  (void)state;
  static const char *const names[] = {"--seed", "graph", "roisim"};
  for (size_t i = 0; i < 3; i++) {
    char text[128];
    roi_state_key a = {0}, b = {0};
    begin(12);
    uint8_t digest[32] = {0};
    g->n_files = 0;
    assert_int_equal(roi_graph_add_file(g, names[i], 0, "", digest, &why), ROI_OK);
    assert_int_equal(roi_state_key_make(&a, &(roi_cli){.seed = 1}, g, ROI_STATE_RANGE, &why), ROI_OK);
    g->files[0].sha256[0] = 0xab;
    assert_int_equal(roi_state_key_make(&b, &(roi_cli){.seed = 1}, g, ROI_STATE_RANGE, &why), ROI_OK);
    snprintf(text, sizeof text, "k is of another model: %s has changed (sha256 000000000000 there, ab0000000000 in this run)", names[i]);
    expect_difference(&a, &b, text);
    roi_state_key_free(&a);
    roi_state_key_free(&b);
    end();
  }
}

/* What a peek says of the file; the key must be the one that was written wherever it succeeds. */
static roi_status peek(roi_state_kind kind, uint64_t *end_trial) {
  roi_state_reader r;
  roi_state_key key = make_key("1", "npv > 0");
  roi_status status = roi_state_peek(&r, path, kind, &why);
  *end_trial = r.about.end;
  if (!status) assert_int_equal(roi_state_key_same(&r.key, &key, path, "here", "", &why), ROI_OK);
  roi_state_key_free(&key);
  roi_state_close(&r);
  return status;
}

static void a_peek_tells_which_trials(void **state) {
  (void)state;
  uint64_t end_trial;
  begin(12);
  write_state(g);
  end();
  assert_int_equal(peek(ROI_STATE_RANGE, &end_trial), ROI_OK);
  assert_int_equal(end_trial, 47);
  assert_int_equal(peek(ROI_STATE_PROGRESS, &end_trial), ROI_ERR_USAGE);
  int fd = open(path, O_RDWR);
  off_t size = lseek(fd, 0, SEEK_END);
  put_byte(fd, (size_t)size - 30, 'x');
  assert_int_equal(try_to_open(), ROI_ERR_IO);
  assert_int_equal(peek(ROI_STATE_RANGE, &end_trial), ROI_OK);
  assert_int_equal(ftruncate(fd, size - 40), 0); /* cut off behind the key */
  assert_int_equal(peek(ROI_STATE_RANGE, &end_trial), ROI_OK);
  assert_int_equal(end_trial, 47);
  put_byte(fd, 13, '7');
  assert_int_equal(peek(ROI_STATE_RANGE, &end_trial), ROI_ERR_USAGE);
  assert_non_null(strstr(why.text, "another version of roisim"));
  put_byte(fd, 13, '0');
  assert_int_equal(ftruncate(fd, 90), 0);
  assert_int_equal(peek(ROI_STATE_RANGE, &end_trial), ROI_ERR_IO);
  assert_non_null(strstr(why.text, "is damaged"));
  close(fd);
}

static int make_path(void **state) {
  (void)state;
  int fd = mkstemp(path);
  return fd < 0 ? -1 : close(fd);
}
static int remove_path(void **state) {
  (void)state;
  return unlink(path);
}

/* Without memory to read ahead a file is read all the same: it is not damaged. */
static void a_file_is_read_without_memory(void **state) {
  (void)state;
  roi_state_reader r;
  char back[sizeof body];
  begin(12);
  write_state(NULL);
  end();
  assert_int_equal(roi_state_open(&r, path, ROI_STATE_RANGE, &why), ROI_OK);
  roi_memory_fail_after(0);
  for (size_t i = 0; i < sizeof body; i++) roi_get_bytes(&r.from, back + i, 1);
  roi_memory_fail_after(-1);
  assert_int_equal(r.from.failed, 0);
  assert_memory_equal(back, body, sizeof body);
  roi_state_close(&r);
}

/* -- What is said of progress ------------------------------------------------------------------------------------------ */

static int own_error = -1;
static FILE *said_to;

static void listen(void) {
  said_to = tmpfile();
  fflush(stderr);
  own_error = dup(STDERR_FILENO);
  dup2(fileno(said_to), STDERR_FILENO);
}

static const char *heard(void) {
  static char text[2048];
  fflush(stderr);
  dup2(own_error, STDERR_FILENO);
  close(own_error);
  rewind(said_to);
  text[fread(text, 1, sizeof text - 1, said_to)] = '\0';
  fclose(said_to);
  return text;
}

/* A file with a checksum that fits, which is no progress of the run: nobody is told to go on from it. */
static void damaged_progress_is_not_recommended(void **state) {
  (void)state;
  const roi_cli cli = {.seed = 1, .checkpoint = path, .resume = 1, .trials = 100};
  const roi_state_about about = {.kind = ROI_STATE_PROGRESS, .end = 50, .pass = 1};
  roi_state_key key;
  roi_state_writer w;
  roi_checkpoint k = {0};
  begin(12);
  roi_target x = {"x", uniform("x", 0, 1)};
  assert_int_equal(roi_state_key_make(&key, &cli, g, ROI_STATE_PROGRESS, &why), ROI_OK);
  assert_int_equal(roi_state_create(&w, path, &about, &key, NULL, &why), ROI_OK);
  roi_put_bytes(&w.to, body, sizeof body);
  assert_int_equal(roi_state_commit(&w), ROI_OK);
  roi_state_key_free(&key);
  assert_int_equal(roi_checkpoint_open(&k, &cli, NULL, &why), ROI_OK);
  assert_int_equal(roi_checkpoint_key(&k, g, &why), ROI_OK);
  roi_request q = {.options = {.trials = 100, .seed = 1, .threads = 1}, .outputs = &x, .n_outputs = 1, .keeper = &k.keeper};
  roi_report *report;
  assert_int_equal(roi_simulate(g, &q, &report, &why), ROI_ERR_IO);
  listen();
  roi_checkpoint_end(&k, 0);
  const char *text = heard();
  assert_non_null(strstr(text, "is damaged, and left as it is: remove it, and the run begins anew"));
  assert_null(strstr(text, "go on"));
  assert_int_equal(access(path, F_OK), 0);
  roi_checkpoint_free(&k);
  end();
}

/* What a run could not put into its progress for want of memory is missed, and said to be. */
static void progress_without_memory_is_told(void **state) {
  (void)state;
  const roi_cli cli = {.seed = 1, .checkpoint = path, .trials = 100};
  const roi_progress at = {.done = 50, .total = 100, .pass = 1};
  roi_checkpoint k = {0};
  unlink(path);
  begin(12);
  assert_int_equal(roi_checkpoint_open(&k, &cli, NULL, &why), ROI_OK);
  assert_int_equal(roi_checkpoint_key(&k, g, &why), ROI_OK);
  listen();
  assert_int_equal(k.keeper.begin(k.keeper.data, &at, &why), ROI_OK);
  k.keeper.to->failed = 1;
  assert_int_equal(k.keeper.commit(k.keeper.data, &why), ROI_OK);
  const char *text = heard();
  assert_non_null(strstr(text, "progress is not kept any more: "));
  assert_non_null(strstr(text, "memory"));
  assert_int_equal(access(path, F_OK), -1);
  roi_checkpoint_free(&k);
  end();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_checksum_is_the_published_one), cmocka_unit_test(what_was_written_is_read), cmocka_unit_test(damage_is_told),
      cmocka_unit_test(made_up_heads_are_refused),         cmocka_unit_test(differences_are_named),
      cmocka_unit_test(files_are_not_taken_for_options),
      cmocka_unit_test(a_peek_tells_which_trials),
      cmocka_unit_test(what_was_typed),
      cmocka_unit_test(a_file_is_read_without_memory),
      cmocka_unit_test(progress_without_memory_is_told),
      cmocka_unit_test(damaged_progress_is_not_recommended),
  };
  return cmocka_run_group_tests(tests, make_path, remove_path);
}
