/* Plain data read from text, manifests of libraries, and which library a module is found to belong to. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "host/library.h"
#include "host/manifest.h"

/* -- Data -------------------------------------------------------------------------------------------------------------- */

static roi_literal *read_all(const char *text) {
  roi_error err;
  roi_literal *l = roi_literal_read(text, strlen(text), &err);
  if (!l) fail_msg("line %d: %s", err.line, err.text);
  return l;
}

static const char *text_of(const roi_literal *l, const char *name) { return roi_literal_text(l, roi_literal_field(l, 0, name)); }

static void data_mean_what_they_mean_in_lua(void **unused) {
  (void)unused;
  roi_literal *l = read_all("#!/usr/bin/env lua\n-- a comment\nlocal v = '1.2'\nversion = v .. \"-\" .. [[1]] --[==[ long\n ]] ]==]\n"
                            "escapes = 'a\\tb\\65\\x42\\u{e9}\\z   c\\\\\\'\\\n'; long = [=[\nx]]y]=]\n"
                            "t = { 1, -2.5, 0x10; n = nil, [\"odd key\"] = true, { 'deep' }, version = version, }\nversion = 'last'");
  assert_string_equal(text_of(l, "version"), "last");
  assert_string_equal(text_of(l, "escapes"), "a\tbAB\xC3\xA9" "c\\'\n");
  assert_string_equal(text_of(l, "long"), "x]]y");
  roi_literal_value t = roi_literal_field(l, 0, "t");
  assert_string_equal(roi_literal_text(l, roi_literal_field(l, t, "version")), "1.2-1");
  assert_int_equal(roi_literal_kind_of(l, roi_literal_field(l, t, "odd key")), ROI_LITERAL_BOOLEAN);
  assert_int_equal(roi_literal_kind_of(l, roi_literal_field(l, t, "n")), ROI_LITERAL_NIL);
  assert_int_equal(roi_literal_field(l, t, "nothing"), ROI_LITERAL_NONE);
  int fields = 0;
  for (int f = roi_literal_first(l, t); f >= 0; f = roi_literal_next(l, f)) fields++;
  assert_int_equal(fields, 7);
  roi_literal_free(l);
  l = read_all("\xEF\xBB\xBFreturn { a = { b = 'c' } };");
  assert_string_equal(roi_literal_text(l, roi_literal_field(l, roi_literal_field(l, 0, "a"), "b")), "c");
  roi_literal_free(l);
  l = read_all("");
  assert_int_equal(roi_literal_first(l, 0), -1);
  roi_literal_free(l);
}

static void refused(const char *text, int line, const char *what) {
  roi_error err;
  roi_literal *l = roi_literal_read(text, strlen(text), &err);
  if (l) fail_msg("accepted: %s", text);
  if (!strstr(err.text, what) || err.line != line) fail_msg("%s: line %d: %s", text, err.line, err.text);
}

static void what_is_no_data_is_refused_with_its_line(void **unused) {
  (void)unused;
  refused("x = 1\ny = os.time()", 2, "'os' is not plain data");
  refused("return function() end", 1, "'function' is not plain data");
  refused("x = {\n a = 1\n b = 2 }", 3, "separated by commas");
  refused("x = {\n\n1, 2", 1, "not closed");
  refused("x = 'a\nb'", 1, "not closed");
  refused("x = [[a\nb", 2, "not closed");
  refused("--[[ never", 1, "not closed");
  refused("x = '\\q'", 1, "an escape that Lua does not know");
  refused("x = '\\300'", 1, "escape");
  refused("x = '\\0'", 1, "escape");
  refused("x = 1e999", 1, "number");
  refused("x = 0x", 1, "number");
  refused("x = 1 .. 2", 1, "only texts are joined");
  refused("x = 'a' ..", 1, "a value is missing");
  refused("x = 1 + 1", 1, "neither NAME = VALUE");
  refused("print('x')", 1, "not calls");
  refused("local", 1, "a name is missing");
  refused("return {}\nx = 1", 2, "something follows");
  refused("x = { [{}] = 1 }", 1, "a key must be");
  refused("x = { ['a' = 1 }", 1, "[\"key\"] = value");
  refused("a.b = 1", 1, "not calls");
  refused("x = y", 1, "'y' is not plain data");
}

static void what_a_text_can_ask_for_is_bounded(void **unused) {
  (void)unused;
  char *text = roi_alloc(3 << 20, 1);
  assert_non_null(text);
  strcpy(text, "x=");
  memset(text + 2, '{', 1000);
  text[1002] = '\0';
  refused(text, 1, "nested too deeply");
  size_t n = (size_t)sprintf(text, "a='0123456789'\n");
  for (int i = 0; i < 30; i++) n += (size_t)sprintf(text + n, "a=a..a\n"); /* 10 GB */
  refused(text, 17, "too long");
  n = 0;
  for (int i = 0; i < 1001; i++) n += (size_t)sprintf(text + n, "a=1 ");
  refused(text, 1, "too many assignments");
  n = (size_t)sprintf(text, "x={");
  while (n < 900000) n += (size_t)sprintf(text + n, "1,");
  refused(text, 1, "too many values");
  memset(text, ' ', (1 << 20) + 1);
  text[(1 << 20) + 1] = '\0';
  refused(text, 0, "at most 1 MB");
  roi_free(text);
  roi_error err;
  assert_null(roi_literal_read("x='a\0b'", 7, &err));
  assert_non_null(strstr(err.text, "zero byte"));
  assert_null(roi_literal_read("x=[[a\0b]]", 9, &err));
}

/* -- Manifests --------------------------------------------------------------------------------------------------------- */

static void both_forms_say_the_same(void **unused) {
  (void)unused;
  static const char library[] = "return { name = 'pricing', version = '1.2.0', license = 'MIT', modules = { 'pricing', 'pricing.tiers' } }";
  static const char rockspec[] = "package = 'pricing'\nversion = '1.2.0'\nsource = { url = 'git://x' }\ndescription = { license = 'MIT' }\n"
                                 "build = { type = 'builtin', modules = { pricing = 'src/pricing.lua', clib = { 'a.c' } },\n"
                                 "  install = { lua = { ['pricing.tiers'] = 'tiers.lua' } } }";
  for (int is_rockspec = 0; is_rockspec < 2; is_rockspec++) {
    roi_manifest m;
    roi_error err;
    const char *text = is_rockspec ? rockspec : library, *path = "?";
    assert_int_equal(roi_manifest_read(&m, text, strlen(text), is_rockspec, &err), ROI_OK);
    assert_string_equal(m.name, "pricing");
    assert_string_equal(m.version, "1.2.0");
    assert_string_equal(m.license, "MIT");
    assert_int_equal(roi_manifest_lists(&m, "pricing", &path), 1);
    if (is_rockspec) assert_string_equal(path, "src/pricing.lua");
    else assert_null(path);
    assert_int_equal(roi_manifest_lists(&m, "pricing.tiers", NULL), 1);
    assert_int_equal(roi_manifest_lists(&m, "pricing.other", NULL), 0);
    assert_int_equal(roi_manifest_has_modules(&m), 1);
    roi_manifest_release(&m);
  }
}

static void damaged(const char *text, int is_rockspec, const char *what) {
  roi_manifest m;
  roi_error err;
  if (roi_manifest_read(&m, text, strlen(text), is_rockspec, &err) == ROI_OK) fail_msg("accepted: %s", text);
  if (!strstr(err.text, what)) fail_msg("%s: %s", text, err.text);
  roi_manifest_release(&m);
}

static void damaged_manifests_are_refused(void **unused) {
  (void)unused;
  damaged("return 1", 0, "it must return a table");
  damaged("return { version = '1' }", 0, "name is missing");
  damaged("return { name = 'a', modules = { } }", 0, "version is missing");
  damaged("return { name = 'a', version = 1.2, modules = { } }", 0, "version must be a text");
  damaged("return { name = 'a', version = '1' }", 0, "modules is missing");
  damaged("return { name = 'a', version = '1', modules = 'a' }", 0, "must be a table");
  damaged("return { name = 'a', version = '1', modules = { 1 } }", 0, "must be a text");
  damaged("package = 'a'", 1, "version is missing");
  damaged("package = 'a' version = '1' description = { license = {} }", 1, "description.license must be a text");
  damaged("package = 'a' version = '1' build = { modules = 1 }", 1, "build.modules must be a table");
  char text[400];
  snprintf(text, sizeof text, "return { name = '%0200d', version = '1', modules = { } }", 1);
  damaged(text, 0, "more than 100 characters");
}

/* -- Where they are found ---------------------------------------------------------------------------------------------- */

static char folder[64];

static int enter(void **state) {
  (void)state;
  strcpy(folder, "/tmp/manifest_test.XXXXXX");
  return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave(void **state) {
  (void)state;
  char command[100];
  snprintf(command, sizeof command, "rm -rf '%s'", folder);
  return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static void put(const char *path, const char *text) {
  char command[300];
  snprintf(command, sizeof command, "mkdir -p \"$(dirname '%s')\"", path);
  assert_int_equal(system(command), 0);
  FILE *f = fopen(path, "w");
  assert_non_null(f);
  fputs(text, f);
  fclose(f);
}

/* "LIBRARY VERSION FILE" of a module that a model in m/ requires, or "! NOTE" or the error. */
static const char *found(const char *module) {
  static char text[1500];
  const char *lib = "lib";
  roi_search s = {0};
  roi_script_file model = {0}, f = {0};
  roi_error err = {0};
  roi_status status = roi_search_begin(&s, "m/model.lua", &lib, 1, &model, &err);
  assert_int_equal(status, ROI_OK);
  status = roi_find_module(&s, module, &f, &err);
  if (status) snprintf(text, sizeof text, "%s", err.text);
  else if (f.note) snprintf(text, sizeof text, "! %s:%u: %s", f.note_file, f.note_line, f.note);
  else snprintf(text, sizeof text, "%s %s %s", f.library ? f.library : "-", f.version ? f.version : "-", f.shown);
  roi_script_file_release(&f);
  roi_script_file_release(&model);
  roi_search_end(&s);
  return text;
}

static void put_model(void) {
  put("m/model.lua", "");
  put("lib/none.lua", "");
}

static void a_manifest_stands_beside_or_above_its_modules(void **unused) {
  (void)unused;
  put_model();
  assert_string_equal(found("none"), "- - none.lua");
  put("lib/library.lua", "return { name = 'a', version = '1', modules = { 'a', 'a.deep' } }");
  put("lib/a/init.lua", "");
  put("lib/a/deep.lua", "");
  assert_string_equal(found("a"), "a 1 a/init.lua");
  assert_string_equal(found("a.deep"), "a 1 a/deep.lua");
  put("lib/a/a-2-1.rockspec", "package = 'inner' version = '2-1' build = { modules = { ['a.deep'] = 'deep.lua' } }");
  assert_string_equal(found("a.deep"), "inner 2-1 a/deep.lua");
  assert_non_null(strstr(found("none"), "! :0: library.lua of 'a' 1 does not list module 'none'"));
  assert_int_equal(unlink("lib/library.lua"), 0);
  put("above-1.0-1.rockspec", "package = 'above' version = '1.0-1' build = { modules = { none = 'lib/none.lua' } }");
  assert_string_equal(found("none"), "above 1.0-1 none.lua");
  assert_int_equal(system("chmod 777 ."), 0);
  assert_string_equal(found("none"), "- - none.lua");
}

static void the_highest_version_counts(void **unused) {
  (void)unused;
  put_model();
  static const char *const versions[] = {"1.9-1", "1.10-1", "scm-1", "1.2-3"};
  for (size_t i = 0; i < 4; i++) {
    char name[100], text[200];
    snprintf(name, sizeof name, "lib/none-%s.rockspec", versions[i]);
    snprintf(text, sizeof text, "package = 'none' version = '%s' build = { modules = { none = 'none.lua' } }", versions[i]);
    put(name, text);
  }
  assert_string_equal(found("none"), "none 1.10-1 none.lua");
}

static void a_manifest_says_where_a_module_lies(void **unused) {
  (void)unused;
  put_model();
  put("lib/src/b.lua", "");
  put("lib/b-1-1.rockspec", "package = 'b' version = '1-1' build = { modules = { b = 'src/b.lua', c = 'src/c.c', up = '../m/model.lua',\n"
                            "missing = 'src/missing.lua', link = 'src/link.lua' } }");
  assert_string_equal(found("b"), "b 1-1 src/b.lua");
  assert_non_null(strstr(found("c"), "only Lua text below"));
  assert_non_null(strstr(found("up"), "only Lua text below"));
  assert_non_null(strstr(found("missing"), "there is no module 'missing'"));
  assert_int_equal(symlink("../../m/model.lua", "lib/src/link.lua"), 0);
  assert_non_null(strstr(found("link"), "leads out of its folder"));
  put("lib/library.lua", "return {\n name = }");
  assert_non_null(strstr(found("missing"), "library.lua:2: a value is missing"));
  put("lib/b.lua", "");
  assert_non_null(strstr(found("b"), "! library.lua:2: this manifest can't be read: a value is missing"));
  assert_int_equal(unlink("lib/library.lua"), 0);
  assert_non_null(strstr(found("b"), "b-1-1.rockspec of 'b' 1-1 has module 'b' in src/b.lua, and b.lua is what was found: make them one"));
  assert_int_equal(unlink("lib/b.lua"), 0);
  assert_int_equal(symlink("src/b.lua", "lib/b.lua"), 0);
  assert_string_equal(found("b"), "b 1-1 b.lua");
}

static void rocks_of_a_tree_have_their_manifests(void **unused) {
  (void)unused;
  put_model();
  put("m/lua_modules/share/lua/5.4/r.lua", "");
  put("m/lua_modules/share/lua/5.4/q/deep.lua", "");
  put("m/lua_modules/share/lua/5.4/q/init.lua", "");
  put("m/lua_modules/lib/luarocks/rocks-5.4/r/0.9-1/r-0.9-1.rockspec", "package = 'r' version = '0.9-1' build = { modules = { r = 'r.lua' } }");
  put("m/lua_modules/lib/luarocks/rocks-5.4/q/3-1/q-3-1.rockspec", "package = 'q' version = '3-1' description = { license = 'MIT' }");
  put("m/lua_modules/lib/luarocks/rocks-5.4/q/3-1/rock_manifest",
      "rock_manifest = { lua = { q = { ['deep.lua'] = '00', ['init.lua'] = '01' } }, ['q-3-1.rockspec'] = '02' }");
  put("m/lua_modules/lib/luarocks/rocks-5.4/x/1-1/x-1-1.rockspec", "os.exit()");
  assert_string_equal(found("r"), "r 0.9-1 r.lua");
  assert_string_equal(found("q.deep"), "q 3-1 q/deep.lua");
  assert_string_equal(found("q"), "q 3-1 q/init.lua");
}

static void memory_that_runs_out_is_an_error(void **unused) {
  (void)unused;
  put_model();
  put("lib/library.lua", "local v = '1' return { name = 'none', version = v .. '.0', modules = { 'none' } }");
  for (long n = 0;; n++) {
    const char *lib = "lib";
    roi_search s = {0};
    roi_script_file model = {0}, f = {0};
    roi_error err = {0};
    assert_true(n < 1000);
    roi_memory_fail_after(n);
    roi_status status = roi_search_begin(&s, "m/model.lua", &lib, 1, &model, &err);
    if (status == ROI_OK) status = roi_find_module(&s, "none", &f, &err);
    roi_memory_fail_after(-1);
    if (status == ROI_OK) assert_string_equal(f.version, "1.0");
    else if (err.status != ROI_ERR_MEMORY) fail_msg("allocation %ld: %s", n, err.text);
    roi_script_file_release(&f);
    roi_script_file_release(&model);
    roi_search_end(&s);
    if (status == ROI_OK) return;
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(data_mean_what_they_mean_in_lua),
      cmocka_unit_test(what_is_no_data_is_refused_with_its_line),
      cmocka_unit_test(what_a_text_can_ask_for_is_bounded),
      cmocka_unit_test(both_forms_say_the_same),
      cmocka_unit_test(damaged_manifests_are_refused),
      cmocka_unit_test_setup_teardown(a_manifest_stands_beside_or_above_its_modules, enter, leave),
      cmocka_unit_test_setup_teardown(the_highest_version_counts, enter, leave),
      cmocka_unit_test_setup_teardown(a_manifest_says_where_a_module_lies, enter, leave),
      cmocka_unit_test_setup_teardown(rocks_of_a_tree_have_their_manifests, enter, leave),
      cmocka_unit_test_setup_teardown(memory_that_runs_out_is_an_error, enter, leave),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
