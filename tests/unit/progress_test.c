/* Runs that were put away and taken up again, and runs of which parts were computed apart: the same bits as a run in one piece. What
 * was damaged or made up is refused. */
#include "unit/reports.h"

#include "run/simulation.h"
#include "stats/ranker.h"

enum { TRIALS = 70001 };

/* The thread sanitizer makes each run tens of times slower: under it every third arrangement is tried, and what is done by one thread alone
 * is left to the other builds. */
#if defined(__SANITIZE_THREAD__)
enum { ARRANGEMENTS_A_STEP = 3, ONE_THREAD_TOO = 0 };
#else
enum { ARRANGEMENTS_A_STEP = 1, ONE_THREAD_TOO = 1 };
#endif

/* -- A keeper that keeps in memory ------------------------------------------------------------------------------------ */

typedef struct pages { unsigned char *bytes; size_t n, room, at; } pages;

static int put(void *data, const void *bytes, size_t n) {
  pages *p = data;
  if (p->n + n > p->room) {
    p->room = (p->n + n) * 2;
    p->bytes = realloc(p->bytes, p->room);
  }
  memcpy(p->bytes + p->n, bytes, n);
  p->n += n;
  return 0;
}

static int get(void *data, void *bytes, size_t n) {
  pages *p = data;
  if (n > p->n - p->at) return -1;
  memcpy(bytes, p->bytes + p->at, n);
  p->at += n;
  return 0;
}

typedef struct memory_keeper {
  pages now, kept;
  roi_byte_sink to;
  roi_byte_source from;
  roi_keeper keeper;
  int commits, stop_after; /* raises stop at that commit; 0: never */
  int stop;
} memory_keeper;

static roi_status begin_keeping(void *data, const roi_progress *at, roi_error *err) {
  memory_keeper *k = data;
  (void)err;
  assert_true((at->done > 0 || at->pass > 1) && at->done <= at->total && at->pass >= 1);
  k->now.n = 0;
  k->to = (roi_byte_sink){.put = put, .data = &k->now};
  return ROI_OK;
}

static roi_status commit(void *data, roi_error *err) {
  memory_keeper *k = data;
  (void)err;
  assert_int_equal(k->to.failed, 0);
  k->kept.n = 0;
  put(&k->kept, k->now.bytes, k->now.n);
  if (++k->commits == k->stop_after) k->stop = 1;
  return ROI_OK;
}

/* every: so short that each unit is followed by a progress. */
static void keep_with(memory_keeper *k, roi_request *q) {
  k->keeper = (roi_keeper){.begin = begin_keeping, .to = &k->to, .commit = commit, .data = k, .every = 1e-9};
  q->keeper = &k->keeper;
  q->options.stop = &k->stop;
}

static void take_up(memory_keeper *k) {
  k->kept.at = 0;
  k->from = (roi_byte_source){.get = get, .data = &k->kept};
  k->keeper.from = &k->from;
  k->stop = 0;
}

static void forget(memory_keeper *k) {
  free(k->now.bytes);
  free(k->kept.bytes);
  memset(k, 0, sizeof *k);
}

/* -- Put away and taken up --------------------------------------------------------------------------------------------- */

typedef struct arrangement { roi_sampling sampling; int threads; uint64_t memory; int passes; } arrangement;
static const arrangement arrangements[] = {
    {ROI_SAMPLING_MC, 1, 0, 1},        {ROI_SAMPLING_MC, 3, 0, 1},        {ROI_SAMPLING_MC, 1, 1, 2},
    {ROI_SAMPLING_MC, 3, 4 << 20, 2},  {ROI_SAMPLING_LHS, 2, 0, 1},       {ROI_SAMPLING_LHS, 2, 4 << 20, 3},
    {ROI_SAMPLING_SOBOL, 1, 0, 1},     {ROI_SAMPLING_SOBOL, 3, 4 << 20, 3},
};

static roi_request request_for(const r1 *m, const arrangement *a) {
  roi_request q = everything(m, TRIALS);
  q.options.sampling = a->sampling;
  q.options.threads = a->threads;
  q.options.max_memory = a->memory;
  return q;
}

static roi_report *run(const roi_request *q) {
  roi_report *report = NULL;
  roi_status s = roi_simulate(g, q, &report, &why);
  if (s != ROI_OK) print_message("%s\n", why.text);
  assert_int_equal(s, ROI_OK);
  assert_true(report->complete);
  assert_int_equal(report->trials, TRIALS);
  return report;
}

/* Interrupts the run at its every eleventh progress and takes it up again, until it ends. */
static void a_run_goes_on_where_it_stood(void **state) {
  (void)state;
  r1 m = build_r1();
  for (size_t i = 1; i <= sizeof arrangements / sizeof *arrangements; i += ARRANGEMENTS_A_STEP) {
    roi_request q = request_for(&m, &arrangements[i - 1]);
    roi_report *whole = run(&q), *report = NULL;
    assert_true(whole->timing.passes >= arrangements[i - 1].passes);
    memory_keeper k = {.stop_after = 11};
    keep_with(&k, &q);
    int times = 0;
    for (roi_status status = ROI_ERR_INTERRUPTED; status != ROI_OK; times++) {
      status = roi_simulate(g, &q, &report, &why);
      if (status == ROI_OK) break;
      assert_int_equal(status, ROI_ERR_INTERRUPTED);
      roi_report_free(report);
      k.stop_after = k.commits + 11;
      take_up(&k);
    }
    assert_true(times >= 1);
    assert_true(report->complete);
    same_reports(whole, report);
    roi_report_free(whole);
    roi_report_free(report);
    forget(&k);
  }
  end();
}

/* Threads and kernels may change on the way. */
static void it_goes_on_on_another_machine(void **state) {
  (void)state;
  r1 m = build_r1();
  for (uint64_t memory = 0; memory < 2; memory++) {
    roi_request q = everything(&m, TRIALS);
    q.options.max_memory = memory;
    roi_report *whole = run(&q), *report = NULL;
    memory_keeper k = {.stop_after = 3};
    keep_with(&k, &q);
    q.options.threads = 3;
    assert_int_equal(roi_simulate(g, &q, &report, &why), ROI_ERR_INTERRUPTED);
    roi_report_free(report);
    take_up(&k);
    q.options.threads = 1;
    q.options.isa = "baseline";
    q.block = 48;
    report = run(&q);
    same_reports(whole, report);
    roi_report_free(whole);
    roi_report_free(report);
    forget(&k);
  }
  end();
}

/* The run is stopped by its keeper. */
static void is_stopped(const roi_request *q) {
  roi_report *report = NULL;
  assert_int_equal(roi_simulate(g, q, &report, &why), ROI_ERR_INTERRUPTED);
  roi_report_free(report);
}

/* As a signal does it, of which the thread sanitizer sees nothing. */
__attribute__((noinline, no_sanitize("thread"))) static void raise_stop(memory_keeper *k) { *(volatile int *)&k->stop = 1; }

/* A function of the script that is stopped at a call and gives no more numbers, as a worker does. */
typedef struct caller { memory_keeper *k; uint64_t calls, stop_at; } caller;

static int stopped_call(void *data, uint32_t index, int worker, uint64_t first, uint32_t n, const double *const *args, const int *constant,
                        uint32_t n_args, double *dst) {
  caller *c = data;
  (void)index, (void)worker, (void)first, (void)constant, (void)n_args;
  if (__atomic_add_fetch(&c->calls, 1, __ATOMIC_SEQ_CST) == c->stop_at) raise_stop(c->k);
  if (__atomic_load_n(&c->k->stop, __ATOMIC_SEQ_CST)) return -1;
  for (uint32_t i = 0; i < n; i++) dst[i] = args[0][i] * args[0][i];
  return 0;
}

/* A stop in the middle of a unit, which is given up with those after it: what was done before is kept, whichever pass that is. Each turn
 * does two units of the nine, or more. */
static void a_stop_in_a_per_trial_function_keeps_what_is_done(void **state) {
  (void)state;
  enum { TRIALS_OF_CALLS = 9 * ROI_UNIT - 100, BLOCK = 1024 };
  begin(1);
  roi_node a = uniform("a", 0, 1), f = roi_extern_node(g, "f", &a, 1, &why);
  roi_target out[] = {{"f", f}, {"a", a}};
  for (uint64_t memory = 0; memory < 2; memory++)
    for (int threads = 1; threads <= 3; threads += 2) {
      memory_keeper k = {0};
      caller c = {.k = &k};
      roi_request q = {.options = {.trials = TRIALS_OF_CALLS, .seed = 1, .threads = threads, .max_memory = memory,
                                   .sampling = ROI_SAMPLING_LHS},
                       .block = BLOCK, .outputs = out, .n_outputs = 2, .external = stopped_call, .external_data = &c};
      roi_report *whole = NULL, *report = NULL;
      assert_int_equal(roi_simulate(g, &q, &whole, &why), ROI_OK);
      keep_with(&k, &q);
      k.keeper.every = 1000; /* stops alone keep anything */
      int times = 0;
      for (roi_status status = ROI_ERR_INTERRUPTED; status != ROI_OK; times++) {
        c.calls = 0;
        c.stop_at = 3 + (uint64_t)threads * 2 * ROI_UNIT / BLOCK;
        if (memory && !k.commits) c.stop_at += (TRIALS_OF_CALLS + BLOCK - 1) / BLOCK; /* the run's first trials, which steer the search */
        status = roi_simulate(g, &q, &report, &why);
        if (status == ROI_OK) break;
        assert_int_equal(status, ROI_ERR_INTERRUPTED);
        assert_true(threads > 1 || k.commits == times + 1); /* of several threads the one with the first unit may have been last */
        roi_report_free(report);
        k.stop = 0;
        if (k.commits) take_up(&k);
      }
      assert_true(k.commits >= 1);
      same_reports(whole, report);
      roi_report_free(whole);
      roi_report_free(report);
      forget(&k);
    }
  end();
}

/* What becomes of a run that takes up these bytes. */
static roi_status go_on(memory_keeper *k, roi_request *q) {
  roi_report *report = NULL;
  take_up(k);
  k->keeper.every = 1000;
  roi_status status = roi_simulate(g, q, &report, &why);
  assert_true((report != NULL) == (status == ROI_OK));
  roi_report_free(report);
  return status;
}

/* Progress cut anywhere is refused; with a bit changed it is refused or is another progress: nothing crashes. */
static void made_up_progress_is_refused(void **state) {
  (void)state;
  r1 m = build_r1();
  for (uint64_t memory = 0; ONE_THREAD_TOO && memory < 2; memory++)
    for (int stop = 2; stop < 6; stop += 3) { /* in the first pass of three units; where there is a second, in that too */
      roi_request q = everything(&m, 9000);
      roi_report *report = NULL;
      roi_tables *tables = q.tables = roi_tables_new(g, NULL);
      q.options.max_memory = memory;
      q.options.threads = 1;
      memory_keeper k = {.stop_after = stop};
      keep_with(&k, &q);
      roi_status status = roi_simulate(g, &q, &report, &why);
      roi_report_free(report);
      size_t n = status == ROI_OK ? 0 : k.kept.n, step = n / 60 + 1;
      for (size_t cut = 0; cut < n; cut += step) {
        k.kept.n = cut;
        assert_int_equal(go_on(&k, &q), ROI_ERR_IO);
      }
      k.kept.n = n;
      for (size_t at = 0; at < n; at += at < 120 ? 5 : step + 1) {
        k.kept.bytes[at] ^= at % 2 ? 1 : 128;
        status = go_on(&k, &q);
        assert_true(status == ROI_OK || status == ROI_ERR_IO);
        k.kept.bytes[at] ^= at % 2 ? 1 : 128;
      }
      if (n) assert_int_equal(go_on(&k, &q), ROI_OK);
      roi_tables_free(tables);
      forget(&k);
    }
  end();
}

/* Kept columns with moments that are not theirs, of all trials or of a replicate's. */
static void progress_that_contradicts_its_columns_is_refused(void **state) {
  (void)state;
  r1 m = build_r1();
  roi_request q = everything(&m, 9000);
  q.options.sampling = ROI_SAMPLING_LHS;
  memory_keeper k = {.stop_after = 1};
  keep_with(&k, &q);
  is_stopped(&q);
  size_t in_group = q.n_outputs + q.n_means + q.n_inputs + q.n_shares;
  for (size_t group = 0; group <= ROI_REPLICATES; group += 8) {
    unsigned char *at = k.kept.bytes + 10 * sizeof(uint64_t) + group * in_group * sizeof(roi_moments) + offsetof(roi_moments, max);
    double max, less;
    memcpy(&max, at, sizeof max);
    less = max - fabs(max) / 4;
    memcpy(at, &less, sizeof less);
    assert_int_equal(go_on(&k, &q), ROI_ERR_IO);
    memcpy(at, &max, sizeof max);
  }
  assert_int_equal(go_on(&k, &q), ROI_OK);
  forget(&k);
  end();
}

/* Order statistics that were found before are believed as far as they can be a column's. */
static void found_ranks_must_be_possible(void **state) {
  (void)state;
  r1 m = build_r1();
  roi_request q = everything(&m, 9000);
  q.options.sampling = ROI_SAMPLING_LHS;
  q.options.max_memory = 1;
  q.options.threads = 1;
  memory_keeper k = {.stop_after = 1};
  keep_with(&k, &q);
  do { /* to the last pass, in which all ranks are known */
    is_stopped(&q);
    k.stop_after = k.commits + 1;
    take_up(&k);
  } while (k.kept.bytes[0] != PHASE_COUNTS);
  size_t groups = 1 + ROI_REPLICATES, moments = q.n_outputs + q.n_means + q.n_inputs + q.n_shares;
  size_t added = groups * (moments * sizeof(roi_moments) + q.n_ratios * sizeof(roi_comoments) + q.n_shares * sizeof(uint64_t));
  unsigned char *value = k.kept.bytes + 10 * sizeof(uint64_t) + added + 4 * sizeof(uint64_t);
  unsigned char *counts = value + ROI_MOST_RANKS * sizeof(double) + 2 * 68 * sizeof(uint64_t);
  double x[2];
  uint64_t n[2];
  memcpy(x, value, sizeof x);
  memcpy(n, counts, sizeof n);
  assert_true(x[0] < x[1]);
  const double wrong[][2] = {{x[1], x[0]}, {-1e300, x[1]}, {x[0], 1e300}, {(double)NAN, x[1]}};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    memcpy(value, wrong[i], sizeof x);
    assert_int_equal(go_on(&k, &q), ROI_ERR_IO);
  }
  memcpy(value, x, sizeof x);
  const uint64_t half = UINT64_C(1) << 63, miscounted[][2] = {{n[0] + 1, n[1]}, {n[0] + half, n[1] + half}};
  for (size_t i = 0; i < sizeof miscounted / sizeof *miscounted; i++) {
    memcpy(counts, miscounted[i], sizeof n);
    assert_int_equal(go_on(&k, &q), ROI_ERR_IO);
  }
  memcpy(counts, n, sizeof n);
  assert_int_equal(go_on(&k, &q), ROI_OK);
  forget(&k);
  end();
}

/* -- In ranges --------------------------------------------------------------------------------------------------------- */

typedef struct shelf { pages page[8]; roi_range range[8]; size_t n; } shelf;

static int read_shelf(void *data, size_t i, uint64_t offset, void *bytes, size_t n) {
  const shelf *s = data;
  if (offset > s->page[i].n || n > s->page[i].n - offset) return -1;
  memcpy(bytes, s->page[i].bytes + offset, n);
  return 0;
}

static void compute_range(shelf *s, const roi_request *q, uint64_t first, uint64_t last) {
  roi_byte_sink to = {.put = put, .data = &s->page[s->n]};
  s->range[s->n] = (roi_range){first, last};
  assert_int_equal(roi_run_range(g, q, s->range[s->n], &to, &why), ROI_OK);
  s->n++;
}

static roi_stored stored_of(shelf *s) { return (roi_stored){.range = s->range, .n = s->n, .read = read_shelf, .data = s}; }

static void empty(shelf *s) {
  for (size_t i = 0; i < s->n; i++) free(s->page[i].bytes);
  memset(s, 0, sizeof *s);
}

static void ranges_give_the_same_bits(void **state) {
  (void)state;
  static const uint64_t ends[][6] = {
      {TRIALS}, {4096, TRIALS}, {1, 2, 4095, 4097, TRIALS}, {8192, 20000, 20001, 65536, TRIALS}, {5, 70000, TRIALS}, {65537, 69632, TRIALS}};
  r1 m = build_r1();
  for (size_t i = 1; i <= sizeof arrangements / sizeof *arrangements; i += ARRANGEMENTS_A_STEP) {
    roi_request q = request_for(&m, &arrangements[i - 1]);
    roi_report *whole = run(&q);
    for (size_t k = i % 2; k < sizeof ends / sizeof *ends; k += 2) {
      shelf s = {0};
      uint64_t first = 0;
      for (size_t r = 0; first < TRIALS; first = ends[k][r++]) compute_range(&s, &q, first, ends[k][r]);
      roi_stored stored = stored_of(&s);
      q.stored = &stored;
      roi_report *report = run(&q);
      same_reports(whole, report);
      roi_report_free(report);
      q.stored = NULL;
      empty(&s);
    }
    roi_report_free(whole);
  }
  end();
}

/* A range may be computed before it is known how many trials there will be, and ranges may overlap. */
static void ranges_of_an_open_run(void **state) {
  (void)state;
  r1 m = build_r1();
  roi_request q = everything(&m, TRIALS);
  roi_report *whole = run(&q);
  shelf s = {0};
  q.options.trials = ROI_MAX_TRIALS;
  compute_range(&s, &q, 0, 30001);
  compute_range(&s, &q, 30000, 50000);
  compute_range(&s, &q, 40000, TRIALS);
  roi_stored stored = stored_of(&s);
  q.options.trials = TRIALS;
  q.stored = &stored;
  roi_report *report = run(&q);
  same_reports(whole, report);
  roi_report_free(report);
  roi_report_free(whole);
  empty(&s);
  end();
}

static void stored_ranges_that_do_not_hold_are_refused(void **state) {
  (void)state;
  r1 m = build_r1();
  roi_request q = everything(&m, 10000);
  roi_report *report = NULL;
  shelf s = {0};
  compute_range(&s, &q, 0, 5000);
  compute_range(&s, &q, 5000, 10000);
  roi_stored stored = stored_of(&s);
  q.stored = &stored;
  assert_int_equal(roi_simulate(g, &q, &report, &why), ROI_OK);
  roi_report_free(report);
  for (size_t i = 0; i < 2; i++) { /* cut */
    size_t n = s.page[i].n;
    s.page[i].n = n - 1;
    assert_int_equal(roi_simulate(g, &q, &report, &why), ROI_ERR_IO);
    assert_true(why.text[0]);
    s.page[i].n = n;
  }
  stored.n = 1; /* a part is missing */
  assert_int_equal(roi_simulate(g, &q, &report, &why), ROI_ERR_IO);
  stored.n = 2;
  q.options.trials = 9000; /* the last unit would be written beyond its end */
  assert_int_equal(roi_simulate(g, &q, &report, &why), ROI_ERR_IO);
  q.options.trials = 10000;
  s.range[0].end = 0;
  assert_int_equal(roi_simulate(g, &q, &report, &why), ROI_ERR_IO);
  s.range[0].end = 5000;
  s.page[0].bytes[0] ^= 1; /* a whole unit's count */
  assert_int_equal(roi_simulate(g, &q, &report, &why), ROI_ERR_IO);
  empty(&s);
  end();
}

/* Puts a number in the place of one of those at `at`, which the run must notice, and puts that back. */
static void refuses(const roi_request *q, unsigned char *at, const void *number, size_t size) {
  unsigned char was[8];
  roi_report *report = NULL;
  memcpy(was, at, size);
  memcpy(at, number, size);
  assert_int_equal(roi_simulate(g, q, &report, &why), ROI_ERR_IO);
  assert_non_null(strstr(why.text, "does not hold together"));
  assert_null(report);
  memcpy(at, was, size);
}

/* A stored value that is no number, where the model gives one, is not the model's fault. */
static void a_bad_stored_value_is_not_blamed_on_the_model(void **state) {
  (void)state;
  r1 m = build_r1();
  roi_request q = everything(&m, 9000);
  roi_report *report = NULL;
  shelf s = {0};
  compute_range(&s, &q, 0, 5000); /* a whole unit, and of the next the columns of all targets */
  compute_range(&s, &q, 5000, 9000);
  roi_stored stored = stored_of(&s);
  q.stored = &stored;
  size_t columns = q.n_outputs + q.n_means + q.n_inputs + q.n_shares + 2 * q.n_ratios, part = (5000 - ROI_UNIT) * columns * sizeof(double);
  refuses(&q, s.page[0].bytes + s.page[0].n - part + 4 * sizeof(double), &(double){(double)NAN}, sizeof(double));
  assert_non_null(strstr(why.text, "trial 4101"));
  assert_int_equal(roi_simulate(g, &q, &report, &why), ROI_OK);
  roi_report_free(report);
  empty(&s);
  end();
}

/* What can't be computed again from the columns of a whole unit: counts of conditions, the second of which is an output, and means. */
static void stored_counts_and_means_must_be_possible(void **state) {
  (void)state;
  r1 m = build_r1();
  for (int design = 0; design < 2; design++) {
    roi_request q = everything(&m, ROI_UNIT);
    roi_target outputs[16];
    assert_true(q.n_outputs < 16);
    memcpy(outputs, q.outputs, q.n_outputs * sizeof *outputs);
    outputs[q.n_outputs++] = q.shares[1];
    q.outputs = outputs;
    if (design) q.options.sampling = ROI_SAMPLING_SOBOL;
    roi_report *report = NULL;
    shelf s = {0};
    compute_range(&s, &q, 0, ROI_UNIT);
    roi_stored stored = stored_of(&s);
    q.stored = &stored;
    size_t n_moments = q.n_outputs + q.n_means + q.n_inputs + q.n_shares, groups = design ? 1 + ROI_REPLICATES : 1;
    unsigned char *moments = s.page[0].bytes, *shares = moments + groups * (n_moments * sizeof(roi_moments) + sizeof(roi_comoments));
    for (size_t group = 0; group < groups; group += 7) {
      unsigned char *at = shares + group * 2 * sizeof(uint64_t), *mean = moments + (group * n_moments + q.n_outputs) * sizeof(roi_moments);
      uint64_t count, most = group ? ROI_UNIT / ROI_REPLICATES : ROI_UNIT;
      refuses(&q, at, &(uint64_t){most + 1}, sizeof most);
      memcpy(&count, at + sizeof count, sizeof count);
      refuses(&q, at + sizeof count, &(uint64_t){count ? count - 1 : 1}, sizeof count);
      refuses(&q, mean + offsetof(roi_moments, mean), &(double){1e12}, sizeof(double));
      refuses(&q, mean + offsetof(roi_moments, mean), &(double){(double)NAN}, sizeof(double));
    }
    assert_int_equal(roi_simulate(g, &q, &report, &why), ROI_OK);
    roi_report_free(report);
    empty(&s);
  }
  end();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_run_goes_on_where_it_stood),  cmocka_unit_test(it_goes_on_on_another_machine),
      cmocka_unit_test(progress_that_contradicts_its_columns_is_refused),
      cmocka_unit_test(a_stop_in_a_per_trial_function_keeps_what_is_done),
      cmocka_unit_test(made_up_progress_is_refused),   cmocka_unit_test(ranges_give_the_same_bits),
      cmocka_unit_test(found_ranks_must_be_possible),
      cmocka_unit_test(a_bad_stored_value_is_not_blamed_on_the_model),
      cmocka_unit_test(stored_counts_and_means_must_be_possible),
      cmocka_unit_test(ranges_of_an_open_run),         cmocka_unit_test(stored_ranges_that_do_not_hold_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
