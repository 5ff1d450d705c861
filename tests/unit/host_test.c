#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/sha256.h"
#include "graph/graph.h"
#include "host/child.h"
#include "host/host.h"
#include "math/philox.h"
#include "math/scalar.h"

/* Each test runs in an empty folder of its own. */
static char folder[64];

static int enter(void **state) {
  (void)state;
  strcpy(folder, "/tmp/host_test.XXXXXX");
  return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave(void **state) {
  (void)state;
  char command[100];
  snprintf(command, sizeof command, "rm -rf '%s'", folder);
  return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static void put(const char *path, const char *text) {
  FILE *f = fopen(path, "w");
  assert_non_null(f);
  fputs(text, f);
  fclose(f);
}

static void make_folder(const char *path) { assert_int_equal(mkdir(path, 0755), 0); }

typedef struct built { roi_status status; roi_graph *graph; roi_host *host; roi_error err; } built;

static built build_with(roi_host_options o) {
  built b;
  memset(&b, 0, sizeof b);
  b.status = roi_host_build(&o, &b.graph, &b.host, &b.err);
  if (b.status == ROI_OK) {
    assert_non_null(b.graph);
    assert_non_null(b.host);
  } else {
    assert_null(b.graph);
    assert_null(b.host);
    assert_int_equal(b.err.status, b.status);
  }
  assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* no process is left */
  assert_int_equal(errno, ECHILD);
  return b;
}

static built build(const char *path) { return build_with((roi_host_options){.model_path = path}); }

static void done(built *b) {
  roi_graph_free(b->graph);
  roi_host_free(b->host);
}

/* The model fails with that status, line and text. */
static void fails(const char *path, roi_status status, int line, const char *text) {
  built b = build(path);
  if (b.status != status || b.err.line != line || !strstr(b.err.text, text))
    fail_msg("%s: status %d, %s:%d: %s", path, (int)b.status, b.err.file, b.err.line, b.err.text);
  done(&b);
}

static void script_fails(const char *script, int line, const char *text) {
  put("model.lua", script);
  fails("model.lua", ROI_ERR_MODEL, line, text);
}

/* The value of a constant output. */
static double output(const built *b, const char *name) {
  for (size_t i = 0; i < b->graph->n_outputs; i++) {
    double x;
    if (strcmp(roi_graph_text(b->graph, b->graph->outputs[i].name), name) != 0) continue;
    assert_true(roi_graph_constant(b->graph, b->graph->outputs[i].node, &x));
    return x;
  }
  fail_msg("no output %s", name);
  return 0;
}

#define HEAD "local roi = require 'roisim'\nlocal m = roi.model { name = 'test', horizon = 4 }\n"

/* -- Modules ----------------------------------------------------------------------------------------------------------- */

#define LIBRARY(name) "return { name = '" name "', version = '1." name "' }"

static void modules_come_from_their_folders(void **unused) {
  (void)unused;
  make_folder("project");
  make_folder("project/model");
  make_folder("project/lua_modules");
  make_folder("project/lua_modules/share");
  make_folder("project/lua_modules/share/lua");
  make_folder("project/lua_modules/share/lua/5.4");
  make_folder("project/model/own");
  make_folder("given");
  make_folder("path");
  put("project/model/own/part.lua", LIBRARY("own"));
  put("project/model/own/init.lua", LIBRARY("init"));
  put("given/lib.lua", LIBRARY("given"));
  put("path/lib.lua", LIBRARY("hidden by --lib"));
  put("path/from_path.lua", LIBRARY("path"));
  put("project/lua_modules/share/lua/5.4/rock-1_x.lua", LIBRARY("rock"));
  put("given/roisim.lua", "error('never instead of the library')");
  put("project/model/model.lua",
      HEAD "local seen = {}\n"
           "for i, n in ipairs { 'own.part', 'own', 'lib', 'from_path', 'rock-1_x' } do seen[i] = require(n).name end\n"
           "assert(table.concat(seen, ' ') == 'own init given path rock', table.concat(seen, ' '))\n"
           "assert(require 'own' == require 'own')\n"
           "m.outputs.one = 1\nreturn m\n");
  setenv("ROISIM_PATH", "no/such/folder::path", 1);
  const char *libs[] = {"given"};
  built b = build_with((roi_host_options){.model_path = "project/model/model.lua", .lib_dirs = libs, .n_lib_dirs = 1});
  unsetenv("ROISIM_PATH");
  assert_string_equal(b.err.text, "");
  assert_int_equal(b.status, ROI_OK);
  const roi_graph *g = b.graph;
  const char *names[] = {"own/part.lua", "own/init.lua", "lib.lua", "from_path.lua", "rock-1_x.lua"};
  const char *versions[] = {"1.own", "1.init", "1.given", "1.path", "1.rock"};
  assert_string_equal(roi_graph_text(g, g->files[0].name), "model.lua");
  assert_string_equal(roi_graph_text(g, g->files[1].name), "roisim.lua");
  for (size_t i = 0; i < 5; i++) {
    const roi_file_row *f = &g->files[g->n_files - 5 + i];
    assert_string_equal(roi_graph_text(g, f->name), names[i]);
    assert_string_equal(roi_graph_text(g, f->version), versions[i]);
    assert_int_equal(f->kind, 1);
  }
  /* SHA-256 of the text of given/lib.lua */
  char text[] = LIBRARY("given");
  uint8_t digest[32];
  roi_sha256 h;
  roi_sha256_start(&h);
  roi_sha256_add(&h, text, strlen(text));
  roi_sha256_end(&h, digest);
  assert_memory_equal(g->files[g->n_files - 3].sha256, digest, 32);
  done(&b);
}

static void only_regular_files_of_the_folder_are_read(void **unused) {
  (void)unused;
  put("outside.lua", "return {}");
  make_folder("model");
  assert_int_equal(chdir("model"), 0);
  assert_int_equal(mkfifo("pipe.lua", 0600), 0);
  make_folder("directory.lua");
  assert_int_equal(symlink("/dev/zero", "device.lua"), 0);
  assert_int_equal(symlink("../outside.lua", "link.lua"), 0);
  put("inside.lua", "return {}");
  assert_int_equal(symlink("inside.lua", "fine.lua"), 0);
  put("large.lua", "");
  assert_int_equal(truncate("large.lua", (16 << 20) + 1), 0);
  script_fails("require 'pipe'", 1, "'pipe.lua' is a pipe; only regular files are read");
  script_fails("require 'directory'", 1, "'directory.lua' is a folder");
  script_fails("require 'device'", 1, "'device.lua' is a link that leads out of its folder");
  script_fails("require 'link'", 1, "'link.lua' is a link that leads out of its folder");
  script_fails("\nrequire 'large'", 2, "'large.lua' has 16777217 bytes; at most 16 MB are read");
  script_fails("require 'fine'\nrequire 'absent'", 2, "there is no module 'absent'");
  script_fails("require 'roisym'", 1, "did you mean 'roisim'?");
  assert_int_equal(chdir(".."), 0);
}

static void models_are_regular_files(void **unused) {
  (void)unused;
  fails("absent.lua", ROI_ERR_MODEL, 0, "can't open 'absent.lua': No such file");
  fails("no/model.lua", ROI_ERR_MODEL, 0, "can't open 'no/model.lua': No such file");
  fails(".", ROI_ERR_MODEL, 0, "'.' is a folder");
  fails("/dev/zero", ROI_ERR_MODEL, 0, "'/dev/zero' is a device");
  assert_int_equal(mkfifo("pipe", 0600), 0);
  fails("pipe", ROI_ERR_MODEL, 0, "'pipe' is a pipe");
  const char *libs[] = {"no such"};
  put("model.lua", "");
  built b = build_with((roi_host_options){.model_path = "model.lua", .lib_dirs = libs, .n_lib_dirs = 1});
  assert_int_equal(b.status, ROI_ERR_USAGE);
  assert_string_equal(b.err.text, "--lib 'no such': there is no such folder");
}

static void places_do_not_depend_on_the_working_folder(void **unused) {
  (void)unused;
  make_folder("sub");
  put("sub/lib.lua", "return function(x) return x.y.z end");
  put("sub/model.lua", "local f = require 'lib'\nf {}\n");
  built b = build("sub/model.lua");
  assert_string_equal(b.err.file, "lib.lua");
  assert_int_equal(b.err.line, 1);
  assert_string_equal(b.err.text, "attempt to index a nil value (field 'y')");
  assert_int_equal(chdir("sub"), 0);
  built c = build("model.lua");
  assert_memory_equal(&b.err.file, &c.err.file, strlen(b.err.file) + 1);
  assert_string_equal(b.err.text, c.err.text);
  char name[120];
  memset(name, 'n', sizeof name);
  strcpy(name + 100, ".lua"); /* longer than Lua shows */
  put(name, "\n\nerror('here')");
  b = build(name);
  assert_string_equal(b.err.file, name);
  assert_int_equal(b.err.line, 3);
  assert_string_equal(b.err.text, "here");
  put("syntax.lua", "local x = = 1");
  fails("syntax.lua", ROI_ERR_MODEL, 1, "unexpected symbol near '='");
}

/* -- Data -------------------------------------------------------------------------------------------------------------- */

static void data_lie_beside_the_script(void **unused) {
  (void)unused;
  put("secret.txt", "1\n");
  make_folder("model");
  make_folder("model/data");
  put("model/data/numbers.txt", "1\n2\n4\n");
  assert_int_equal(symlink("../secret.txt", "model/link.txt"), 0);
  put("model/fine.lua", HEAD "m.outputs.n = #roi.data 'data/numbers.txt' + roi.data('data/../data/numbers.txt')[3]\nreturn m\n");
  built b = build("model/fine.lua");
  assert_string_equal(b.err.text, "");
  assert_true(output(&b, "n") == 7);
  const roi_file_row *f = &b.graph->files[b.graph->n_files - 1];
  assert_int_equal(f->kind, 2);
  assert_string_equal(roi_graph_text(b.graph, f->name), "data/numbers.txt");
  done(&b);
  assert_int_equal(chdir("model"), 0);
  script_fails(HEAD "roi.data '../secret.txt'", 3, "data file '../secret.txt' is outside the script's folder");
  script_fails(HEAD "roi.data 'link.txt'", 3, "data file 'link.txt' is outside the script's folder");
  script_fails(HEAD "roi.data '/etc/passwd'", 3, "data file '/etc/passwd': give its name relative to the script's folder");
  script_fails(HEAD "roi.data 'none.txt'", 3, "can't open data file 'none.txt': No such file");
  script_fails(HEAD "roi.data 'data'", 3, "'data' is a folder");
}

/* -- Numbers ----------------------------------------------------------------------------------------------------------- */

static void plain_numbers_use_the_same_functions(void **unused) {
  (void)unused;
  put("model.lua", HEAD "local o, base, e = m.outputs, 1.1, 2.7\n"
                        "o.power = base ^ e\no.folded = 1.1 ^ 2.7\no.exp = math.exp(0.3)\no.log = math.log(0.3)\n"
                        "o.log10 = math.log(0.3, 10)\no.log3 = math.log(0.3, 3)\no.log2 = math.log(8, 2)\no.sin = math.sin(2.3)\n"
                        "o.atan = math.atan(-1, -2)\no.text = '1.1' ^ '2.7'\nreturn m\n");
  built b = build("model.lua");
  assert_string_equal(b.err.text, "");
  double power = roi_pow(1.1, 2.7);
  assert_true(output(&b, "power") == power && output(&b, "folded") == power && output(&b, "text") == power);
  assert_true(output(&b, "exp") == roi_exp(0.3));
  assert_true(output(&b, "log") == roi_log(0.3));
  assert_true(output(&b, "log10") == roi_log10(0.3));
  assert_true(output(&b, "log3") == roi_log(0.3) / roi_log(3));
  assert_true(output(&b, "log2") == 3);
  assert_true(output(&b, "sin") == roi_sin(2.3));
  assert_true(fabs(output(&b, "atan") + 2.677945044588987) < 1e-15); /* Python's math.atan2(-1, -2) */
  done(&b);
}

/* What scripts may rely on of Lua's own tables. */
static void libraries_do_what_the_manual_says(void **unused) {
  (void)unused;
  put("model.lua",
      HEAD "assert(math.floor(2.5) == 2 and math.type(math.floor(2.5)) == 'integer' and math.ceil(-2.5) == -2)\n"
           "assert(math.fmod(-5, 3) == -2 and math.fmod(5, -1) == 0 and math.abs(math.mininteger) == math.mininteger)\n"
           "assert(math.max(1, 3, 2) == 3 and math.min(2, 1) == 1 and math.ult(1, -1) and math.tointeger(3.0) == 3)\n"
           "assert(select('#', math.modf(-3.25)) == 2 and math.modf(-3.25) == -3 and math.atan(0, -1) == math.pi)\n"
           "assert(math.huge > 1e308 and math.type(1) == 'integer' and math.type('1') == nil)\n"
           "local t = { 'c', 'a', 'b' } table.sort(t) assert(table.concat(t) == 'abc')\n"
           "local u = {} for i = 1, 100 do u[i] = { i, i % 3 } end\n"
           "table.sort(u, function(a, b) return a[2] < b[2] end)\n"
           "for i = 2, 100 do assert(u[i - 1][2] < u[i][2] or (u[i - 1][2] == u[i][2] and u[i - 1][1] < u[i][1])) end\n"
           "assert(load('return ...', 'x', 't', {})(5) == 5 and load('return y', 'x', 't', { y = 7 })() == 7)\n"
           "local pieces = { 'return ', '1', nil } local i = 0\n"
           "assert(load(function() i = i + 1 return pieces[i] end)() == 1)\n"
           "assert(not load('x = = 1') and select(2, load('x = = 1', '=(load)')):find('%[string \"'))\n"
           "global = 3 assert(_G.global == 3 and _ENV.global == 3)\n"
           "assert(('%d %s %5.1f %q'):format(3, nil, 2.25, 'x') == '3 nil   2.2 \"x\"')\n"
           "local p = setmetatable({}, { __pairs = function() return function(_, k) if not k then return 1, 2 end end end })\n"
           "for k, v in pairs(p) do assert(k == 1 and v == 2) end\n"
           "local n = 0 for k in pairs(string) do n = n + 1 end assert(n == 16 and next(math) == 'abs')\n"
           "local sum = 0 for k, v in next, { 1, 2, x = 3 } do sum = sum + v end assert(sum == 6)\n"
           "assert(coroutine.wrap(function(...) return select('#', ...) end)(1, 2) == 2 and utf8.char(228) == '\\u{e4}')\n"
           "m.outputs.one = 1\nreturn m\n");
  built b = build("model.lua");
  assert_string_equal(b.err.text, "");
  done(&b);
}

static void settings_are_split_and_used(void **unused) {
  (void)unused;
  put("model.lua", HEAD "m.outputs.p = m:param('p', 1)\nreturn m\n");
  const char *sets[] = {"p=math.max(2, 3) * (1 == 1 and 2 or 0)"};
  built b = build_with((roi_host_options){.model_path = "model.lua", .settings = sets, .n_settings = 1});
  assert_string_equal(b.err.text, "");
  assert_true(output(&b, "p") == 6);
  done(&b);
  const char *bad[][2] = {{"p", "--set 'p': write NAME=EXPRESSION"}, {"=1", "--set '=1': write"}, {"p=", "--set 'p=': write"}};
  for (size_t i = 0; i < 3; i++) {
    b = build_with((roi_host_options){.model_path = "model.lua", .settings = bad[i], .n_settings = 1});
    assert_int_equal(b.status, ROI_ERR_USAGE);
    assert_non_null(strstr(b.err.text, bad[i][1]));
  }
  const char *twice[] = {"p=1", "p=2"};
  b = build_with((roi_host_options){.model_path = "model.lua", .settings = twice, .n_settings = 2});
  assert_int_equal(b.status, ROI_ERR_USAGE);
}

static void a_raised_stop_flag_ends_the_script(void **unused) {
  (void)unused;
  const volatile int stop = 1;
  put("model.lua", "while true do end");
  built b = build_with((roi_host_options){.model_path = "model.lua", .stop = &stop});
  assert_int_equal(b.status, ROI_ERR_INTERRUPTED);
}

/* -- A child that can't be trusted --------------------------------------------------------------------------------------- */

/* What the parent says of a child that sent these bytes and closed the channel. */
static roi_status says(const void *bytes, size_t n, roi_error *err) {
  int ends[2];
  roi_script_file model = {.shown = (char *)(uintptr_t)"model.lua", .request = (char *)(uintptr_t)"model.lua"};
  roi_host h = {.script_memory = 1 << 20, .script_seconds = 5, .files = &model, .n_files = 1};
  roi_search none = {.model_folder = folder};
  h.search = none;
  assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
  roi_child c = {.pid = 0, .fd = ends[0], .started = roi_seconds()};
  assert_int_equal(write(ends[1], bytes, n), (ssize_t)n);
  shutdown(ends[1], SHUT_WR);
  unsigned char *buffer = NULL;
  size_t size = 0;
  memset(err, 0, sizeof *err);
  roi_status status = roi_child_build(&h, &c, &buffer, &size, err);
  roi_free(buffer);
  close(ends[0]);
  close(ends[1]);
  return status;
}

static void nothing_a_child_sends_is_believed(void **unused) {
  (void)unused;
  roi_error err;
  roi_message m = {.type = 99};
  assert_int_equal(says(&m, sizeof m, &err), ROI_ERR_INTERNAL);
  assert_int_equal(says(&m, 3, &err), ROI_ERR_INTERNAL); /* cut short */
  m = (roi_message){.type = ROI_SAY_GRAPH, .size = UINT64_MAX};
  assert_int_equal(says(&m, sizeof m, &err), ROI_ERR_LIMIT);
  m = (roi_message){.type = ROI_SAY_GRAPH, .size = 50 << 20}; /* allowed, but it never comes */
  assert_int_equal(says(&m, sizeof m, &err), ROI_ERR_INTERNAL);
  m = (roi_message){.type = ROI_SAY_PRINT, .size = UINT64_MAX};
  assert_int_equal(says(&m, sizeof m, &err), ROI_ERR_INTERNAL);
  m = (roi_message){.type = ROI_ASK_MODULE, .size = ROI_NAME_LIMIT + 1};
  assert_int_equal(says(&m, sizeof m, &err), ROI_ERR_INTERNAL);
  m = (roi_message){.type = ROI_ASK_DATA, .number = 7, .size = 0}; /* asked by a file that is not there */
  assert_int_equal(says(&m, sizeof m, &err), ROI_ERR_INTERNAL);
  m = (roi_message){.type = ROI_SAY_VERSION, .number = 7, .size = 0};
  assert_int_equal(says(&m, sizeof m, &err), ROI_ERR_INTERNAL);
  unsigned char error[sizeof m + 8];
  m = (roi_message){.type = ROI_SAY_ERROR, .number = 12345, .line = UINT32_MAX, .size = 8};
  memcpy(error, &m, sizeof m);
  memcpy(error + sizeof m, "f\0\33[1m\0x", 8);
  assert_int_equal(says(error, sizeof error, &err), ROI_ERR_MODEL);
  assert_string_equal(err.file, "f");
  assert_int_equal(err.line, 0);
  assert_string_equal(err.text, "\\x1b[1m");
  memset(error + sizeof m, 'x', 8); /* no end to the file's name */
  assert_int_equal(says(error, sizeof error, &err), ROI_ERR_MODEL);
  assert_string_equal(err.file, "xxxxxxxx");
  assert_string_equal(err.text, "the script failed without a message");
}

/* -- Per-trial functions --------------------------------------------------------------------------------------------------- */

#define TRIALS 256

static const char per_trial_model[] =
    HEAD "local d = roi.uniform(10, 20)\n"
         "m.outputs.first = roi.per_trial('first', function(rng) return rng:uniform() end)\n"
         "m.outputs.later = roi.per_trial('later', function(rng, skip, s)\n"
         "  for i = 1, skip do rng:uniform() end\n"
         "  assert(#s == 4 and s[4] == 4 * s[1])\n"
         "  return rng:draw(d) + 100 * s[1]\n"
         "end, roi.uniform(0, 9), roi.uniform(0, 1) * m.time)\n"
         "return m\n";

static void per_trial_functions_have_streams_of_their_own(void **unused) {
  (void)unused;
  put("model.lua", per_trial_model);
  built b = build("model.lua");
  assert_string_equal(b.err.text, "");
  assert_int_equal(roi_host_start_workers(b.host, 3, 3, 11, &b.err), ROI_OK);
  double dst[TRIALS], skip[TRIALS], series[4][TRIALS];
  assert_int_equal(roi_host_external(b.host, 0, 2, 64, TRIALS, NULL, NULL, 0, dst), 0);
  for (uint64_t i = 0; i < TRIALS; i++)
    assert_true(dst[i] == roi_uniform_at(11, roi_name_key("first"), 64 + i, 0));
  for (int i = 0; i < TRIALS; i++) {
    skip[i] = i % 2 ? 3 : i == 10 ? 65536 + 5 : 65535;
    for (int t = 0; t < 4; t++) series[t][i] = (t + 1) * i;
  }
  const double constant = 0;
  const double *args[] = {skip, series[0], series[1], series[2], series[3]};
  const int fixed[] = {0, 0, 0, 0, 0}, all_fixed[] = {0, 1, 1, 1, 1};
  assert_int_equal(roi_host_external(b.host, 1, 0, 0, TRIALS, args, fixed, 5, dst), 0);
  uint64_t key = roi_name_key("later"), second = roi_name_key("later\x1f" "1");
  for (uint64_t i = 0; i < TRIALS; i++) {
    double u = i % 2 ? roi_uniform_at(11, key, i, 3) : i == 10 ? roi_uniform_at(11, second, i, 5) : roi_uniform_at(11, key, i, 65535);
    assert_true(fabs(dst[i] - (10 + 10 * u + 100.0 * (double)i)) < 1e-9);
  }
  const double *shared[] = {skip, &constant, &constant, &constant, &constant};
  double other[TRIALS];
  assert_int_equal(roi_host_external(b.host, 1, 1, 0, TRIALS, shared, all_fixed, 5, other), 0);
  for (int i = 0; i < TRIALS; i++) assert_true(fabs(other[i] - (dst[i] - 100.0 * i)) < 1e-9);
  assert_int_equal(roi_host_error(b.host, &b.err), ROI_OK);
  done(&b);
  assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

/* The function's body fails with the line and text, at the trial of that number. */
static void trial_fails(const char *body, roi_status status, int line, const char *text) {
  char script[2000];
  snprintf(script, sizeof script, HEAD "local kept, n = nil, 0\nm.outputs.x = roi.per_trial('f', function(rng, a)\n%s\nend, roi.uniform(0, 1))\nreturn m\n",
           body);
  put("model.lua", script);
  built b = build_with((roi_host_options){.model_path = "model.lua", .script_seconds = 0.5});
  assert_string_equal(b.err.text, "");
  assert_int_equal(roi_host_start_workers(b.host, 1, 1, 1, &b.err), ROI_OK);
  double a[16], dst[16];
  for (int i = 0; i < 16; i++) a[i] = i;
  const double *args[] = {a};
  const int fixed[] = {0};
  assert_int_equal(roi_host_external(b.host, 0, 0, 0, 16, args, fixed, 1, dst), -1);
  assert_int_equal(roi_host_error(b.host, &b.err), status);
  if (b.err.line != line || !strstr(b.err.text, text)) fail_msg("%s:%d: %s", b.err.file, b.err.line, b.err.text);
  done(&b);
}

static void failing_trials_are_named(void **unused) {
  (void)unused;
  trial_fails("if a == 5 then\nreturn nil + 1 end return 1", ROI_ERR_MODEL, 6,
              "per_trial function 'f', trial 6: attempt to perform arithmetic on a nil value");
  trial_fails("return 'x'", ROI_ERR_MODEL, 4, "per_trial function 'f', trial 1: it must return one number, not a string");
  trial_fails("return 1, 2", ROI_ERR_MODEL, 4, "trial 1: it must return one number, not 2 values");
  trial_fails("n = n + 1 return n", ROI_ERR_MODEL, 4, "trial 16: it gave 16.0 and, run again after other trials, 17.0");
  trial_fails("kept = kept or rng if a == 3 then return 0 end return kept:uniform() + rng:draw(7)", ROI_ERR_MODEL, 5,
              "trial 1: ");
  trial_fails("while a == 2 do end return 1", ROI_ERR_LIMIT, 5,
              "per_trial function 'f', trial 3: script time of 0.5 s used up; raise it with --script-time");
  trial_fails("if a == 2 then (''):rep(1 << 60) end return 1", ROI_ERR_LIMIT, 0,
              "per_trial function 'f', in one trial: script time of 0.5 s used up");
}

static void a_script_that_builds_another_model_is_refused(void **unused) {
  (void)unused;
  put("model.lua", per_trial_model);
  put("lib.lua", "return 1");
  built b = build("model.lua");
  assert_int_equal(b.status, ROI_OK);
  /* Nothing that a script can see differs in a second run, so this is what a defect would look like. */
  roi_error err;
  struct roi_host *h = b.host;
  h->graph_sha256[0] ^= 1;
  assert_int_equal(roi_host_start_workers(h, 1, 1, 1, &err), ROI_ERR_MODEL);
  assert_string_equal(err.text, "the script built another model when it ran again");
  done(&b);
}

/* Memory runs out at every point in the parent, and at many in the child, which inherits the count. */
static void running_out_of_memory_is_an_error(void **unused) {
  (void)unused;
  put("model.lua", per_trial_model);
  roi_status status = ROI_ERR_MEMORY;
  for (long n = 0; status != ROI_OK && n < 1000000; n += n < 60 ? 1 : n / 6) {
    roi_memory_fail_after(n);
    built b;
    roi_host_options o = {.model_path = "model.lua"};
    memset(&b, 0, sizeof b);
    b.status = roi_host_build(&o, &b.graph, &b.host, &b.err);
    status = b.status;
    if (status == ROI_OK) status = roi_host_start_workers(b.host, 1, 1, 1, &b.err);
    roi_memory_fail_after(-1);
    if (status != ROI_OK && status != ROI_ERR_MEMORY && status != ROI_ERR_LIMIT)
      fail_msg("after %ld: status %d, %s", n, (int)status, b.err.text);
    done(&b);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
  }
  assert_int_equal(status, ROI_OK);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(modules_come_from_their_folders, enter, leave),
      cmocka_unit_test_setup_teardown(only_regular_files_of_the_folder_are_read, enter, leave),
      cmocka_unit_test_setup_teardown(models_are_regular_files, enter, leave),
      cmocka_unit_test_setup_teardown(places_do_not_depend_on_the_working_folder, enter, leave),
      cmocka_unit_test_setup_teardown(data_lie_beside_the_script, enter, leave),
      cmocka_unit_test_setup_teardown(plain_numbers_use_the_same_functions, enter, leave),
      cmocka_unit_test_setup_teardown(libraries_do_what_the_manual_says, enter, leave),
      cmocka_unit_test_setup_teardown(settings_are_split_and_used, enter, leave),
      cmocka_unit_test_setup_teardown(a_raised_stop_flag_ends_the_script, enter, leave),
      cmocka_unit_test_setup_teardown(nothing_a_child_sends_is_believed, enter, leave),
      cmocka_unit_test_setup_teardown(per_trial_functions_have_streams_of_their_own, enter, leave),
      cmocka_unit_test_setup_teardown(failing_trials_are_named, enter, leave),
      cmocka_unit_test_setup_teardown(a_script_that_builds_another_model_is_refused, enter, leave),
      cmocka_unit_test_setup_teardown(running_out_of_memory_is_an_error, enter, leave),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
