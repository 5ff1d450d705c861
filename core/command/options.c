/* The command's arguments, read from one table that also makes the help text. */
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "command/command.h"
#include "math/philox.h"
#include "sensitivity/sensitivity.h"

typedef enum kind { COUNT, SEED, SAMPLING, THREADS, LIST, TEXT, FLAG, SIZE, SECONDS, SHARE, RANGE, HELP, VERSION } kind;

enum {
  IN_RUN = 1, IN_EXPLAIN = 2, IN_SENSITIVITY = 4, IN_COMPARE = 8, IN_TEST = 16, IN_INIT = 32, IN_CHECK = 64, IN_PORTFOLIO = 128,
  IN_MERGE = 256,
  DESIGNED = 15,                  /* what takes any sampling */
  STUDY = DESIGNED | IN_PORTFOLIO, /* what draws numbers from one model */
  ANYWHERE = 511
};

typedef struct option_row {
  const char *name, *value; /* "--trials", "N"; value NULL: none follows */
  kind kind;
  size_t offset;            /* of the field in roi_cli */
  int commands;
  const char *doc;
} option_row;

#define FIELD(f) offsetof(roi_cli, f)
static const option_row options[] = {
    {"--trials", "N", COUNT, FIELD(trials), STUDY | IN_TEST, "how many trials: 5000, 10k, 1e6, 2M (10000)"},
    {"--sampling", "mc|lhs|sobol", SAMPLING, FIELD(sampling), DESIGNED,
     "independent trials, Latin hypercubes or Sobol' points (mc)"},
    {"--seed", "S", SEED, FIELD(seed), STUDY | IN_TEST, "the seed of all draws, any whole number from 0 (1)"},
    {"--threads", "N", THREADS, FIELD(threads), STUDY | IN_TEST | IN_MERGE, "how many threads (all processors); changes no number"},
    {"--set", "'NAME=EXPR'", LIST, FIELD(set), STUDY | IN_CHECK, "replace a parameter or input; EXPR is Lua; may be repeated"},
    {"--scenario", "NAME", TEXT, FIELD(scenario), IN_RUN | IN_EXPLAIN | IN_SENSITIVITY | IN_PORTFOLIO | IN_CHECK,
     "the model under one of the scenarios that it describes"},
    {"--prob", "'CONDITION'", LIST, FIELD(prob), IN_RUN | IN_COMPARE,
     "report how likely it is: 'payback <= 12 and npv > 0'; may be repeated"},
    {"--outputs", "A,B|all", TEXT, FIELD(outputs), IN_RUN | IN_EXPLAIN,
     "report these outputs instead of npv, roi, payback and the model's"},
    {"--json", "FILE|-", TEXT, FIELD(json), IN_RUN | IN_SENSITIVITY | IN_COMPARE | IN_PORTFOLIO | IN_TEST | IN_CHECK | IN_MERGE,
     "write everything as JSON to a file, or alone to standard output"},
    {"--samples", "FILE.csv", TEXT, FIELD(samples), IN_RUN, "write every trial's outputs and inputs"},
    {"--until", "'WHAT ERROR'", LIST, FIELD(until), IN_RUN,
     "run until errors are so small: 'roi.mean 0.5%', 'P(npv < 0) 0.2%'; may be repeated"},
    {"--checkpoint", "FILE", TEXT, FIELD(checkpoint), IN_RUN, "keep the run's progress there, at under a hundredth of its time"},
    {"--resume", NULL, FLAG, FIELD(resume), IN_RUN, "go on from the file of --checkpoint"},
    {"--checkpoint-every", "SEC", SECONDS, FIELD(checkpoint_every), IN_RUN, "keep it so often, whatever that costs"},
    {"--trials-range", "A:B", RANGE, FIELD(range), IN_RUN, "compute trials A to B alone, for roisim merge"},
    {"--state", "FILE", TEXT, FIELD(state), IN_RUN, "where these go"},
    {"--stress", NULL, FLAG, FIELD(stress), IN_RUN,
     "what correlating the inputs that move npv most would do to it: two runs more"},
    {"--quiet", NULL, FLAG, FIELD(quiet), STUDY | IN_TEST | IN_CHECK | IN_MERGE,
     "no report and no progress on the terminal; warnings and errors stay"},
    {"--strict", NULL, FLAG, FIELD(strict), STUDY | IN_CHECK, "correlations that can't hold together are an error, not repaired"},
    {"--trial", "K", COUNT, FIELD(trial), IN_EXPLAIN, "replay trial K, counted from 1, and print its values"},
    {"--output", "NAME", TEXT, FIELD(outputs), IN_EXPLAIN | IN_SENSITIVITY | IN_COMPARE,
     "explain only what this output depends on; sensitivity: what moves it; compare: what is compared (npv)"},
    {"--baseline", "NAME", TEXT, FIELD(baseline), IN_COMPARE, "the scenario that the others are set against ('as written')"},
    {"--budget", "NAME", TEXT, FIELD(budget), IN_PORTFOLIO, "the budget that the choice must keep to (the model's only one)"},
    {"--confidence", "SHARE", SHARE, FIELD(confidence), IN_PORTFOLIO, "in which share of trials it must, 0 to 1 (0.8)"},
    {"--method", "NAME", TEXT, FIELD(method), IN_SENSITIVITY, "one of those below, instead of the quick answer"},
    {"--group", "'NAME=A,B'", LIST, FIELD(group), IN_SENSITIVITY, "take these draws as one input; may be repeated"},
    {"--base", "N", COUNT, FIELD(base), IN_SENSITIVITY, "how many base points (sobol) or trajectories (morris)"},
    {"--second", NULL, FLAG, FIELD(second), IN_SENSITIVITY, "what pairs of inputs do together (sobol)"},
    {"--bootstrap", "N", COUNT, FIELD(bootstrap), IN_SENSITIVITY, "how many resamples the intervals rest on, 100 at least"},
    {"--library", NULL, FLAG, FIELD(library), IN_INIT, "make a library instead of a model"},
    {"--lib", "DIR", LIST, FIELD(lib), STUDY | IN_TEST | IN_CHECK, "a folder to look for modules in; may be repeated"},
    {"--max-memory", "SIZE", SIZE, FIELD(max_memory), STUDY | IN_TEST | IN_MERGE, "memory for results: 512M, 2G (half of the machine's)"},
    {"--time-limit", "SECONDS", SECONDS, FIELD(time_limit), STUDY | IN_TEST | IN_CHECK | IN_MERGE,
     "stop after this time with what is done (no limit)"},
    {"--script-memory", "SIZE", SIZE, FIELD(script_memory), STUDY | IN_TEST | IN_CHECK, "memory for the model's script (512M)"},
    {"--script-time", "SECONDS", SECONDS, FIELD(script_time), STUDY | IN_TEST | IN_CHECK, "processor time for the model's script (10)"},
    {"--help", NULL, HELP, 0, ANYWHERE, "print this"},
    {"--version", NULL, VERSION, 0, ANYWHERE, "print the versions of roisim and of what it is built from, and what confines scripts"},
};
#define N_OPTIONS (sizeof options / sizeof *options)

static const struct { const char *name; roi_command command; int bit; } commands[] = {
    {"run", ROI_COMMAND_RUN, IN_RUN}, {"explain", ROI_COMMAND_EXPLAIN, IN_EXPLAIN},
    {"sensitivity", ROI_COMMAND_SENSITIVITY, IN_SENSITIVITY}, {"compare", ROI_COMMAND_COMPARE, IN_COMPARE},
    {"portfolio", ROI_COMMAND_PORTFOLIO, IN_PORTFOLIO},
    {"test", ROI_COMMAND_TEST, IN_TEST}, {"init", ROI_COMMAND_INIT, IN_INIT}, {"check", ROI_COMMAND_CHECK, IN_CHECK},
    {"merge", ROI_COMMAND_MERGE, IN_MERGE},
    {"help", ROI_COMMAND_HELP, 0}};
#define N_COMMANDS (sizeof commands / sizeof *commands)

/* The name of the one command of that bit; NULL if it is none or several. */
static const char *command_name(int bit) {
  for (size_t i = 0; i < N_COMMANDS; i++)
    if (bit && commands[i].bit == bit) return commands[i].name;
  return NULL;
}

#define HELP_WIDTH 80

/* A description beside what stands in front of it, in lines of its own column. */
static void help_row(roi_buffer *out, int column, const char *left, const char *before, const char *doc) {
  char text[400];
  snprintf(text, sizeof text, "%s%s", before, doc);
  roi_buffer_print(out, "  %-*s", column - 2, left);
  const char *word = text;
  for (size_t used = (size_t)column; *word;) {
    const char *quoted = *word == '\'' ? strchr(word + 1, '\'') : NULL; /* stays in one piece */
    size_t n = (quoted ? (size_t)(quoted - word) : 0) + strcspn(quoted ? quoted : word, " ");
    if (used + n + (word > text) > HELP_WIDTH) {
      roi_buffer_print(out, "\n%*s", column, "");
      used = (size_t)column;
    } else if (word > text) {
      roi_buffer_text(out, " ");
      used++;
    }
    roi_buffer_print(out, "%.*s", (int)n, word);
    used += n;
    word += n + (word[n] == ' ');
  }
  roi_buffer_text(out, "\n");
}

static void help_rows(roi_buffer *out, int of_sensitivity) {
  for (size_t i = 0; i < N_OPTIONS; i++) {
    char left[40];
    const option_row *o = &options[i];
    if ((o->commands == IN_SENSITIVITY) != of_sensitivity) continue;
    snprintf(left, sizeof left, "%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
    const char *only = o->commands == IN_RUN ? NULL : command_name(o->commands);
    char before[20] = "";
    if (only && !of_sensitivity) snprintf(before, sizeof before, "%s: ", only);
    help_row(out, 26, left, before, o->doc);
  }
}

void roi_cli_help(roi_buffer *out) {
  roi_buffer_text(out,
                  "usage: roisim [run] MODEL.lua [OPTION]...         simulate a model and report\n"
                  "       roisim compare MODEL.lua [OPTION]...       set its scenarios side by side\n"
                  "       roisim portfolio MODEL.lua [OPTION]...     say which use cases to take\n"
                  "       roisim sensitivity MODEL.lua [OPTION]...   say which uncertainty matters\n"
                  "       roisim explain MODEL.lua [OPTION]...       print what a model computes,\n"
                  "                                                  or replay one trial\n"
                  "       roisim merge FILE... [OPTION]...           report on trials that were\n"
                  "                                                  computed in ranges\n"
                  "       roisim check MODEL.lua [OPTION]...         look for the usual mistakes\n"
                  "       roisim test [FILE|DIR]... [OPTION]...      run tests: *_test.lua, and\n"
                  "                                                  those of the folder tests\n"
                  "       roisim init [--library] NAME               make a model, or a library,\n"
                  "                                                  in a folder of its own\n\n");
  help_rows(out, 0);
  roi_buffer_text(out, "\nOptions of roisim sensitivity alone\n");
  help_rows(out, 1);
  roi_buffer_text(out, "\nMethods of roisim sensitivity\n");
  for (size_t i = 0; i < ROI_METHOD_COUNT; i++) help_row(out, 14, roi_methods[i].name, "", roi_methods[i].doc);
  roi_buffer_text(out,
                  "\nIn the environment: ROISIM_ISA=baseline|avx2|avx512 forces a kernel set,\n"
                  "ROISIM_PATH lists folders of modules, NO_COLOR turns attributes off.\n"
                  "Status: 0 done; 1 the model or the run failed, or check found what every run\n"
                  "warns of; 2 wrong usage; 3 a limit stopped it; 128 + N signal N (Ctrl-C: 130).\n");
}

static roi_status add_item(roi_list *list, const char *item, roi_error *err) {
  if (roi_grow((void **)&list->item, list->n, &list->cap, sizeof *list->item))
    return roi_fail_memory(err, "reading options");
  list->item[list->n++] = item;
  return ROI_OK;
}

static roi_status bad_value(const option_row *o, const char *value, const char *rule, roi_error *err) {
  return roi_fail(err, ROI_ERR_USAGE, "%s '%.200s': %s", o->name, value, rule);
}

static int parse_seed(const char *text, uint64_t *value) {
  if (!*text || strspn(text, "0123456789") != strlen(text)) return -1;
  errno = 0;
  *value = strtoull(text, NULL, 10);
  return errno ? -1 : 0;
}

static roi_status read_sampling(const option_row *o, const char *value, roi_sampling *sampling, roi_error *err) {
  for (int i = 0; i < ROI_SAMPLING_COUNT; i++) {
    if (strcmp(value, roi_sampling_names[i]) != 0) continue;
    *sampling = (roi_sampling)i;
    return ROI_OK;
  }
  char rule[80];
  const char *near = roi_nearest(value, roi_sampling_names, ROI_SAMPLING_COUNT);
  snprintf(rule, sizeof rule, near ? "did you mean %s?" : "it is mc, lhs or sobol", near);
  return bad_value(o, value, rule, err);
}

/* A count that parses as none: separators between thousands are the likely slip. */
static roi_status bad_count(const option_row *o, const char *value, roi_error *err) {
  char digits[40], rule[120] = "a whole number from 1 to 562949953421312 (2^49) is needed, such as 5000, 10k, 1e6 or 2M";
  size_t n = 0, group = 4; /* digits since the last mark */
  for (const char *s = value; *s && n < 20; s++) {
    int digit = isdigit((unsigned char)*s);
    if (digit) digits[n++] = *s;
    if (digit) group++;
    else if (!strchr(".,'_ ", *s) || (group != 3 && n != group - 4) || n == 0) return bad_value(o, value, rule, err);
    else group = 0;
  }
  digits[n] = '\0';
  if (group != 3 || n >= 20) return bad_value(o, value, rule, err);
  if (!strcmp(digits + n - 3, "000"))
    snprintf(rule, sizeof rule, "write %s or %.*sk, without marks between thousands", digits, (int)n - 3, digits);
  else
    snprintf(rule, sizeof rule, "write %s, without marks between thousands", digits);
  return bad_value(o, value, rule, err);
}

/* The shell splits at blanks, so 'margin = 3' comes in pieces where it had no quotes. */
static roi_status check_set(const char *item, const char *next, roi_error *err) {
  const char *equals = strchr(item, '=');
  int broken = equals && (equals == item || equals[-1] == ' ' || !equals[1]);
  if (equals && !broken) return ROI_OK;
  if (broken || (next && next[0] == '='))
    return roi_fail(err, ROI_ERR_USAGE,
                    "--set '%.200s': NAME=EXPR is one word without blanks around =; where EXPR holds blanks quote it all, "
                    "as in --set 'price=4e-6 * 2'", item);
  return roi_fail(err, ROI_ERR_USAGE, "--set '%.200s': write NAME=EXPR, as in --set price=4e-6", item);
}

/* "A:B", trials counted from 1, both included. 0 stands for 1, so that ranges which share an end, 0:500 and 500:1000, are what they seem:
 * what two ranges both hold counts once. */
static roi_status read_range(const option_row *o, const char *value, roi_range *range, roi_error *err) {
  static const char rule[] = "two trials from 1 to 562949953421312 (2^49) are needed, such as 1:5000 or 5001:10k";
  char first[40];
  const char *colon = strchr(value, ':');
  uint64_t a, b;
  if (!colon || (size_t)(colon - value) >= sizeof first) return bad_value(o, value, rule, err);
  snprintf(first, sizeof first, "%.*s", (int)(colon - value), value);
  int from_zero = !strcmp(first, "0");
  if (from_zero) a = 1;
  else if (roi_parse_count(first, &a)) return bad_value(o, value, rule, err);
  if (roi_parse_count(colon + 1, &b) || b > ROI_MAX_TRIALS) return bad_value(o, value, rule, err);
  if (a > b) return bad_value(o, value, "the first trial comes after the last", err);
  *range = (roi_range){a - 1, b};
  return ROI_OK;
}

/* next: the argument after the value, or NULL. */
static roi_status store(roi_cli *c, const option_row *o, const char *value, const char *next, roi_error *err) {
  if (o->offset == FIELD(set) && o->kind == LIST && check_set(value, next, err)) return ROI_ERR_USAGE;
  void *field = (char *)c + o->offset;
  uint64_t whole;
  switch (o->kind) {
    case COUNT:
      if (roi_parse_count(value, &whole))
        return bad_count(o, value, err);
      if (whole > ROI_MAX_TRIALS) return bad_value(o, value, "there are at most 562949953421312 (2^49) trials", err);
      *(uint64_t *)field = whole;
      return ROI_OK;
    case SEED:
      if (!parse_seed(value, field)) return ROI_OK;
      return bad_value(o, value, "a whole number from 0 to 18446744073709551615 is needed", err);
    case SAMPLING: return read_sampling(o, value, field, err);
    case THREADS:
      if (roi_parse_count(value, &whole) || whole > 1024)
        return bad_value(o, value, "a whole number from 1 to 1024 is needed", err);
      *(int *)field = (int)whole;
      return ROI_OK;
    case SIZE:
      if (!roi_parse_size(value, field) && *(uint64_t *)field > 0) return ROI_OK;
      return bad_value(o, value, "a size in bytes, below 2^64, is needed, such as 512M or 2G", err);
    case SECONDS:
      if (!roi_parse_number(value, field) && *(double *)field > 0 && *(double *)field <= 1e8) return ROI_OK;
      return bad_value(o, value, "a number of seconds above 0, at most 1e8, is needed, such as 0.5 or 60", err);
    case SHARE:
      if (!roi_parse_number(value, field) && *(double *)field >= 0 && *(double *)field <= 1) return ROI_OK;
      return bad_value(o, value, "a share from 0 to 1 is needed, such as 0.8 for 80%", err);
    case RANGE: return read_range(o, value, field, err);
    case LIST: return add_item(field, value, err);
    case TEXT:
      if (!*value) return bad_value(o, value, "it may not be empty", err);
      *(const char **)field = value;
      return ROI_OK;
    case FLAG: *(int *)field = 1; return ROI_OK;
    case HELP: c->command = ROI_COMMAND_HELP; return ROI_OK;
    case VERSION: c->command = ROI_COMMAND_VERSION; return ROI_OK;
  }
  return ROI_OK;
}

static roi_status unknown_option(const char *name, size_t n, roi_error *err) {
  const char *known[N_OPTIONS];
  char text[64];
  for (size_t i = 0; i < N_OPTIONS; i++) known[i] = options[i].name;
  snprintf(text, sizeof text, "%.*s", (int)(n < 60 ? n : 60), name);
  const char *near = roi_nearest(text, known, N_OPTIONS);
  if (near) return roi_fail(err, ROI_ERR_USAGE, "unknown option %s; did you mean %s?", text, near);
  return roi_fail(err, ROI_ERR_USAGE, "unknown option %s; roisim --help lists them", text);
}

/* The row of an option as typed, with or without =VALUE; NULL if there is none. */
static const option_row *find_option(const char *arg) {
  size_t n = strcspn(arg, "=");
  for (size_t k = 0; k < N_OPTIONS; k++)
    if (strlen(options[k].name) == n && !strncmp(options[k].name, arg, n)) return &options[k];
  return NULL;
}

/* Whether a word after an option's value is a piece of that value, which the shell cut at a blank: it names no file, and is a number, a
 * percentage, a comparison or a word between conditions, or what stands before it asks for more. */
static int is_cut_off(const char *value, const char *word) {
  double number;
  size_t n = strlen(value);
  if (access(word, F_OK) == 0) return 0;
  return strpbrk(word, "%<>=~") || !roi_parse_number(word, &number) || !strcmp(word, "and") || !strcmp(word, "or") ||
         (n > 0 && strchr(",<>=~+-*(", value[n - 1]));
}

/* A word where a model or nothing was to come. arg: what it was of which the value was read right before, as typed, or NULL; word: in
 * argv, which ends in NULL. */
static roi_status check_quotes(const char *arg, const char *value, char *const *word, roi_error *err) {
  const option_row *o = arg ? find_option(arg) : NULL;
  int has_words = o && (*o->value == '\'' || o->kind == COUNT || o->offset == FIELD(outputs));
  if (!has_words || !is_cut_off(value, *word)) return ROI_OK;
  const char *option = o->name;
  char whole[300];
  const char *equals = strchr(*word, '=');
  if (equals && equals > *word && isalpha((unsigned char)**word) && strchr(value, '='))
    return roi_fail(err, ROI_ERR_USAGE, "%s takes one value: repeat it, as in %s '%.200s' %s '%.200s'", option, option, value, option,
                    *word);
  size_t n = (size_t)snprintf(whole, sizeof whole, "%.200s", value);
  for (char *const *w = word; *w && n < sizeof whole && (w == word || (strncmp(*w, "--", 2) && !strstr(*w, ".lua"))); w++)
    n += (size_t)snprintf(whole + n, sizeof whole - n, " %s", *w);
  if (o->kind == COUNT) return bad_count(o, whole, err);
  return roi_fail(err, ROI_ERR_USAGE, "%s '%.200s': '%.200s' after it looks like more of the same value: quote the whole, %s '%s'",
                  option, value, *word, option, whole);
}

/* One option at argv[*i]; takes its value from the next argument if it has one that is not joined by =. */
static roi_status read_option(roi_cli *c, int argc, char **argv, int *i, int *seen, roi_error *err) {
  const char *arg = argv[*i], *equals = strchr(arg, '=');
  size_t n = equals ? (size_t)(equals - arg) : strlen(arg);
  if (!strcmp(arg, "-h")) { c->command = ROI_COMMAND_HELP; return ROI_OK; }
  for (size_t k = 0; k < N_OPTIONS; k++) {
    const option_row *o = &options[k];
    if (strlen(o->name) != n || strncmp(o->name, arg, n) != 0) continue;
    seen[k] = 1;
    if (!o->value) {
      if (equals) return roi_fail(err, ROI_ERR_USAGE, "%s takes no value; '%.200s' was given", o->name, equals + 1);
      return store(c, o, NULL, NULL, err);
    }
    if (equals) return store(c, o, equals + 1, argv[*i + 1], err); /* argv ends in NULL */
    if (*i + 1 >= argc || find_option(argv[*i + 1])) /* a file of such a name can be given by = or as ./--name */
      return roi_fail(err, ROI_ERR_USAGE, "%s needs a value: %s %s", o->name, o->name, o->value);
    ++*i;
    return store(c, o, argv[*i], argv[*i + 1], err);
  }
  return unknown_option(arg, n, err);
}

/* The command's name at its place, or the model. */
static roi_status read_word(roi_cli *c, const char *word, int *named, roi_error *err) {
  if (!*named && !c->model) {
    for (size_t i = 0; i < N_COMMANDS; i++) {
      if (strcmp(word, commands[i].name) != 0) continue;
      if (c->command == ROI_COMMAND_RUN) c->command = commands[i].command;
      *named = 1;
      return ROI_OK;
    }
  }
  if (c->command == ROI_COMMAND_TEST || c->command == ROI_COMMAND_MERGE) return add_item(&c->files, word, err);
  if (!c->model) {
    c->model = word;
    return ROI_OK;
  }
  if (c->command == ROI_COMMAND_INIT)
    return roi_fail(err, ROI_ERR_USAGE, "two names were given, '%.200s' and '%.200s'; make one at a time", c->model, word);
  const char *known[N_COMMANDS];
  for (size_t i = 0; i < N_COMMANDS; i++) known[i] = commands[i].name;
  for (size_t i = 0; !*named && i < N_COMMANDS; i++)
    if (!strcmp(word, known[i]))
      return roi_fail(err, ROI_ERR_USAGE, "the command comes first: roisim %s %.200s", word, c->model);
  const char *near = *named ? NULL : roi_nearest(c->model, known, N_COMMANDS);
  if (near) return roi_fail(err, ROI_ERR_USAGE, "unknown command '%.200s'; did you mean %s?", c->model, near);
  return roi_fail(err, ROI_ERR_USAGE, "two models were named, '%.200s' and '%.200s'; run one at a time", c->model,
                  word);
}

static int is_standard_output(const char *file) {
  return file && (!strcmp(file, "-") || !strcmp(file, "/dev/stdout") || !strcmp(file, "/dev/fd/1"));
}

static roi_status misplaced(const option_row *o, int here, roi_error *err) {
  if (here == IN_CHECK && (o->commands & STUDY) == STUDY)
    return roi_fail(err, ROI_ERR_USAGE, "%s does not belong to roisim check, which simulates nothing", o->name);
  if ((here == IN_SENSITIVITY && (o->offset == FIELD(prob) || o->offset == FIELD(outputs))) ||
      (here == IN_COMPARE && o->offset == FIELD(outputs)))
    return roi_fail(err, ROI_ERR_USAGE, "%s does not belong to roisim %s: an output%s is named by --output, as in --output '%s'", o->name,
                    command_name(here), here == IN_COMPARE ? "" : " or a condition", here == IN_COMPARE ? "npv" : "npv < 0");
  if (here == IN_COMPARE && o->offset == FIELD(scenario))
    return roi_fail(err, ROI_ERR_USAGE, "%s does not belong to roisim compare, which takes all of them; --baseline says what they are set against",
                    o->name);
  if (o->commands != IN_RUN && command_name(o->commands))
    return roi_fail(err, ROI_ERR_USAGE, "%s belongs to roisim %s", o->name, command_name(o->commands));
  if (here == IN_RUN)
    return roi_fail(err, ROI_ERR_USAGE, "%s belongs to roisim explain, sensitivity and compare; a run takes --outputs", o->name);
  return roi_fail(err, ROI_ERR_USAGE, "%s does not belong to roisim %s", o->name, command_name(here));
}

static int bit_of(roi_command command) {
  for (size_t i = 0; i < N_COMMANDS; i++)
    if (commands[i].command == command) return commands[i].bit;
  return 0;
}

/* What belongs to runs that are done in parts, one after another or side by side. */
static roi_status check_in_parts(const roi_cli *c, roi_error *err) {
  const struct { int given; const char *name; } others[] = {
      {c->samples != NULL, "--samples"}, {c->until.n > 0, "--until"}, {c->range.end && c->json, "--json"},
      {c->range.end && c->stress, "--stress"}, {c->range.end && c->checkpoint, "--checkpoint"}};
  const char *part = c->range.end ? "--trials-range" : c->checkpoint ? "--checkpoint" : NULL;
  for (size_t i = 0; part && i < sizeof others / sizeof *others; i++)
    if (others[i].given)
      return roi_fail(err, ROI_ERR_USAGE, "%s and %s don't go together%s", part, others[i].name,
                      c->range.end ? ": a range has no result of its own, roisim merge reports on all of them" : "");
  const char *const files[] = {c->checkpoint, c->state};
  for (size_t i = 0; i < 2; i++)
    if (files[i] && !strcmp(files[i], "-"))
      return roi_fail(err, ROI_ERR_USAGE, "%s needs a file that can be read again, not standard output; for a file of that name write ./-",
                      i ? "--state" : "--checkpoint");
  if ((c->resume || c->checkpoint_every > 0) && !c->checkpoint)
    return roi_fail(err, ROI_ERR_USAGE, "%s needs to know the file: --checkpoint FILE", c->resume ? "--resume" : "--checkpoint-every");
  if (c->range.end && !c->state) return roi_fail(err, ROI_ERR_USAGE, "--trials-range needs a file for what it computes: --state FILE");
  if (c->state && !c->range.end) return roi_fail(err, ROI_ERR_USAGE, "--state needs the trials that it is to hold: --trials-range A:B");
  if (c->range.end && c->trials_given && c->range.end > c->trials)
    return roi_fail(err, ROI_ERR_USAGE, "--trials-range ends with trial %llu, and there are %llu (--trials)",
                    (unsigned long long)c->range.end, (unsigned long long)c->trials);
  if (c->range.end && !c->trials_given && c->sampling != ROI_SAMPLING_MC)
    return roi_fail(err, ROI_ERR_USAGE, "--trials-range with --sampling %s needs --trials: points depend on how many there are in all",
                    roi_sampling_names[c->sampling]);
  return ROI_OK;
}

static roi_status check_whole(const roi_cli *c, const int *seen, roi_error *err) {
  if (c->command == ROI_COMMAND_HELP || c->command == ROI_COMMAND_VERSION) return ROI_OK;
  int here = bit_of(c->command);
  for (size_t k = 0; k < N_OPTIONS; k++)
    if (seen[k] && !(options[k].commands & here)) return misplaced(&options[k], here, err);
  for (size_t k = 0; k < N_OPTIONS; k++)
    if (seen[k] && options[k].offset == FIELD(trials) && c->command == ROI_COMMAND_EXPLAIN && !c->trial)
      return roi_fail(err, ROI_ERR_USAGE, "%s does not belong to roisim explain without --trial", options[k].name);
  if (!c->model && here == IN_INIT)
    return roi_fail(err, ROI_ERR_USAGE, "no name was given; usage: roisim init NAME, or roisim init --library NAME");
  if (here == IN_MERGE && c->files.n == 0)
    return roi_fail(err, ROI_ERR_USAGE, "no file was named; usage: roisim merge FILE..., files of roisim run --trials-range A:B --state FILE");
  if (!c->model && here != IN_TEST && here != IN_MERGE)
    return roi_fail(err, ROI_ERR_USAGE, "no model was named; usage: roisim %s%sMODEL.lua [OPTION]..., see roisim --help",
                    here == IN_RUN ? "" : command_name(here), here == IN_RUN ? "" : " ");
  if (c->samples && !strcmp(c->samples, "-"))
    return roi_fail(err, ROI_ERR_USAGE, "--samples needs a file name; for standard output write --samples /dev/stdout");
  roi_status status = check_in_parts(c, err);
  if (status) return status;
  if (is_standard_output(c->json) && is_standard_output(c->samples))
    return roi_fail(err, ROI_ERR_USAGE,
                    "--json and --samples would both go to standard output; name a file for one of them");
  return ROI_OK;
}

roi_status roi_cli_read(roi_cli *c, int argc, char **argv, roi_error *err) {
  int seen[N_OPTIONS] = {0}, named = 0, only_words = 0;
  *c = (roi_cli){.seed = 1, .script_memory = UINT64_C(512) << 20, .script_time = 10, .confidence = 0.8};
  c->isa = getenv("ROISIM_ISA");
  if (c->isa && !*c->isa) c->isa = NULL;
  const char *option = NULL, *value = NULL; /* what was read last, if it was that */
  for (int i = 1; i < argc; i++) {
    roi_status status = ROI_OK;
    const char *arg = argv[i];
    if (!only_words && !strcmp(arg, "--")) only_words = 1;
    else if (!only_words && arg[0] == '-' && arg[1]) {
      status = read_option(c, argc, argv, &i, seen, err);
      value = argv[i] != arg ? argv[i] : strchr(arg, '=') ? strchr(arg, '=') + 1 : NULL;
      option = value ? arg : NULL;
    } else {
      status = check_quotes(option, value, argv + i, err);
      if (!status) status = read_word(c, arg, &named, err);
      option = NULL;
    }
    if (status) return status;
  }
  c->trials_given = c->trials != 0;
  if (!c->trials_given) c->trials = 10000;
  return check_whole(c, seen, err);
}

void roi_cli_free(roi_cli *c) {
  roi_free(c->set.item);
  roi_free(c->prob.item);
  roi_free(c->until.item);
  roi_free(c->lib.item);
  roi_free(c->files.item);
  roi_free(c->group.item);
}
