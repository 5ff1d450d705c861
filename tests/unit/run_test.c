/* Whole runs of the reference model: the same bits however the run is arranged, partial results, what callbacks see,
 * known answers. */
#include "unit/reports.h"

#include "base/cpu.h"
#include "math/irr.h"

/* What a run delivered row by row. */
typedef struct rows {
  double *column[32];
  size_t n_columns, trials, room;
  uint64_t next;      /* the trial that must come */
  uint64_t stop_at;   /* raises stop when so many have come; 0: never */
  int stop;
  roi_status fail;    /* returned at stop_at instead, if not ROI_OK */
} rows;

static roi_status take_rows(void *data, uint64_t first, size_t n, const double *const *columns, size_t n_columns,
                            roi_error *err) {
  rows *r = data;
  (void)err;
  assert_int_equal(first, r->next);
  assert_true(n_columns <= 32 && n <= 4096);
  if (first == 0) {
    r->n_columns = n_columns;
    for (size_t i = 0; i < n_columns; i++) r->column[i] = roi_alloc(r->room, sizeof(double));
  }
  for (size_t i = 0; i < r->n_columns && i < n_columns; i++)
    memcpy(r->column[i] + first, columns[i], n * sizeof(double));
  r->next = first + n;
  r->trials += n;
  if (r->stop_at && r->trials >= r->stop_at) {
    if (r->fail != ROI_OK) return r->fail;
    r->stop = 1;
  }
  return ROI_OK;
}
static void free_rows(rows *r) {
  for (size_t i = 0; i < r->n_columns; i++) roi_free(r->column[i]);
  memset(r, 0, sizeof *r);
}

/* Runs q with its rows collected. */
static roi_report *run_rows(roi_request *q, rows *r) {
  roi_report *report = NULL;
  memset(r, 0, sizeof *r);
  r->room = (size_t)q->options.trials;
  q->rows = take_rows;
  q->rows_data = r;
  roi_status s = roi_simulate(g, q, &report, &why);
  if (s != ROI_OK) print_message("%s\n", why.text);
  assert_int_equal(s, ROI_OK);
  assert_int_equal(r->trials, q->options.trials);
  assert_int_equal(report->trials, q->options.trials);
  assert_true(report->complete);
  return report;
}

static void same_columns(const rows *a, const rows *b, size_t columns, size_t trials) {
  for (size_t i = 0; i < columns; i++) assert_memory_equal(a->column[i], b->column[i], trials * sizeof(double));
}

/* -- The same bits ------------------------------------------------------------------------------------------------- */

static void however_the_run_is_arranged(void **state) {
  (void)state;
  enum { TRIALS = 70001 };
  static const struct { int threads; uint32_t block; const char *isa; uint64_t memory; } cases[] = {
      {2, 0, NULL, 0},    {3, 0, NULL, 0},          {5, 16, NULL, 0},      {1, 48, NULL, 0},      {1, 256, NULL, 0},
      {2, 4096, NULL, 0}, {1, 0, "avx2", 0},        {2, 0, "avx512", 0},   {1, 0, "baseline", 0}, {1, 0, NULL, 1},
      {3, 0, NULL, 1},    {2, 48, "avx2", 5 << 20}, {1, 0, NULL, 8 << 20},
  };
  r1 m = build_r1();
  roi_request q = everything(&m, TRIALS);
  rows wanted, got;
  roi_report *reference = run_rows(&q, &wanted);
  assert_int_equal(reference->outputs[0].n, TRIALS);
  assert_int_equal(reference->inputs[0].n, 20000);
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    roi_error no;
    if (cases[i].isa && !roi_kernels(cases[i].isa, &no)) continue; /* this processor lacks it */
    q = everything(&m, TRIALS);
    q.options.threads = cases[i].threads;
    q.options.isa = cases[i].isa;
    q.options.max_memory = cases[i].memory;
    q.block = cases[i].block;
    roi_report *report = run_rows(&q, &got);
    if (cases[i].memory) assert_true(report->timing.passes > 1);
    same_columns(&wanted, &got, 3, TRIALS);
    same_reports(reference, report);
    roi_report_free(report);
    free_rows(&got);
  }
  roi_report_free(reference);
  free_rows(&wanted);
  end();
}

static void whatever_else_is_asked(void **state) {
  (void)state;
  enum { TRIALS = 9000 };
  r1 m = build_r1();
  roi_request all = everything(&m, TRIALS), few = request_of(&m, TRIALS);
  rows a, b;
  roi_report *wanted = run_rows(&all, &a), *got = run_rows(&few, &b);
  same_columns(&a, &b, 3, TRIALS);
  for (int i = 0; i < 3; i++) same_summary(&wanted->outputs[i], &got->outputs[i]);
  roi_report_free(got);
  free_rows(&b);
  for (size_t i = 0; i < 3; i++) { /* each output alone */
    few.outputs = &m.out[i];
    few.n_outputs = 1;
    got = run_rows(&few, &b);
    assert_memory_equal(a.column[i], b.column[0], TRIALS * sizeof(double));
    roi_report_free(got);
    free_rows(&b);
  }
  /* an input and an output added to the model */
  roi_node late = uniform("late", 0, 1);
  roi_target more[5] = {{"extra", op2(ROI_MUL, late, m.out[0].node)}, m.out[0], m.out[1], m.out[2], {"late", late}};
  few.outputs = more;
  few.n_outputs = 5;
  got = run_rows(&few, &b);
  for (size_t i = 0; i < 3; i++) assert_memory_equal(a.column[i], b.column[i + 1], TRIALS * sizeof(double));
  roi_report_free(got);
  roi_report_free(wanted);
  free_rows(&a);
  free_rows(&b);
  end();
}

static void more_trials_keep_the_first(void **state) {
  (void)state;
  static const uint64_t counts[] = {1, 2, 15, 16, 17, 4095, 4096, 4097, 8193};
  r1 m = build_r1();
  roi_request q = everything(&m, 12289);
  rows a, b;
  q.input_trials = UINT64_MAX;
  roi_report_free(run_rows(&q, &a));
  assert_int_equal(a.n_columns, 18);
  for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
    for (int threads = 1; threads <= 2; threads++) {
      q = everything(&m, counts[i]);
      q.input_trials = UINT64_MAX;
      q.options.threads = threads;
      roi_report *report = run_rows(&q, &b);
      same_columns(&a, &b, 18, (size_t)counts[i]);
      for (int k = 0; k < 3; k++) {
        const roi_summary *x = &report->outputs[k];
        assert_int_equal(x->trials, counts[i]);
        assert_int_equal(x->n + x->never + x->undefined, counts[i]);
        assert_true(counts[i] > 1 || isnan(x->sd));
      }
      roi_report_free(report);
      free_rows(&b);
    }
  free_rows(&a);
  end();
}

static void seeds_differ(void **state) {
  (void)state;
  static const uint64_t seeds[] = {0, 1, UINT64_C(1) << 32, UINT64_MAX};
  rows r[4];
  r1 m = build_r1();
  for (int i = 0; i < 4; i++) {
    roi_request q = request_of(&m, 5000);
    q.options.seed = seeds[i];
    roi_report_free(run_rows(&q, &r[i]));
    for (int k = 0; k < i; k++) {
      size_t equal = 0;
      for (size_t t = 0; t < 5000; t++) equal += r[i].column[0][t] == r[k].column[0][t];
      assert_int_equal(equal, 0);
    }
  }
  for (int i = 0; i < 4; i++) free_rows(&r[i]);
  end();
}

static void replay_and_points_agree_with_the_run(void **state) {
  (void)state;
  enum { TRIALS = 300 };
  r1 m = build_r1();
  roi_request q = everything(&m, TRIALS);
  rows a;
  roi_report_free(run_rows(&q, &a));
  roi_node nodes[18];
  size_t offsets[18];
  for (size_t i = 0; i < 18; i++) nodes[i] = i < 3 ? m.out[i].node : m.in[i - 3].node, offsets[i] = i;
  for (uint64_t trial = 0; trial < TRIALS; trial += 23) {
    double values[18];
    assert_int_equal(roi_replay(g, &q, trial, nodes, offsets, 18, values, &why), ROI_OK);
    for (size_t i = 0; i < 18; i++) assert_true(bits_of(values[i]) == bits_of(a.column[i][trial]));
  }
  /* the run's uniforms given as points */
  double *u = roi_alloc(TRIALS * 15, sizeof *u), *values = roi_alloc(TRIALS * 3, sizeof *values);
  for (size_t t = 0; t < TRIALS; t++)
    for (size_t d = 0; d < 15; d++) u[t * 15 + d] = roi_uniform_at(1, roi_name_key(m.in[d].name), t, 0);
  for (uint32_t block = 16; block <= 64; block += 48) {
    q.block = block;
    assert_int_equal(roi_evaluate_at(g, &q, m.out, 3, u, TRIALS, values, &why), ROI_OK);
    for (size_t i = 0; i < 3; i++) assert_memory_equal(values + i * TRIALS, a.column[i], TRIALS * sizeof *values);
  }
  roi_free(u);
  roi_free(values);
  free_rows(&a);
  end();
}

/* -- Results of a run ---------------------------------------------------------------------------------------------- */

static void shares_means_and_ratios(void **state) {
  (void)state;
  enum { TRIALS = 10000 };
  r1 m = build_r1();
  roi_request q = everything(&m, TRIALS);
  rows a;
  roi_target cost[2] = {m.out[0], {"cost", m.ratio.y}};
  q.outputs = cost;
  q.n_outputs = 2;
  roi_report *report = run_rows(&q, &a);
  long double npv = 0, spent = 0;
  uint64_t below = 0;
  for (size_t t = 0; t < TRIALS; t++) npv += a.column[0][t], spent += a.column[1][t], below += a.column[0][t] < 0;
  assert_int_equal(report->shares[0].k, below);
  assert_int_equal(report->shares[0].n, TRIALS);
  assert_true(fabs(report->shares[0].p - (double)below / TRIALS) < 1e-15);
  assert_true(report->shares[0].low < report->shares[0].p && report->shares[0].p < report->shares[0].high);
  assert_true(fabs(report->means[0].mean - (double)(npv / TRIALS)) < 1e-9 * fabs(report->means[0].mean));
  assert_true(report->means[0].mean == report->outputs[0].mean && report->means[0].se == report->outputs[0].mean_se);
  assert_true(fabs(report->ratios[0].ratio - (double)(npv / spent)) < 1e-12);
  assert_true(report->ratios[0].se > 0 && report->ratios[0].se < 0.05);
  roi_report_free(report);
  free_rows(&a);
  end();
}

/* Rates of return over the run are those of each trial's flow. */
static void rates_of_return(void **state) {
  (void)state;
  enum { TRIALS = 3000 };
  r1 m = build_r1();
  roi_target irr = {"irr", m.irr};
  roi_request q = request_of(&m, TRIALS);
  q.outputs = &irr;
  q.n_outputs = 1;
  rows a;
  roi_report *report = run_rows(&q, &a);
  const roi_summary *x = &report->outputs[0];
  uint64_t n = 0, none = 0, many = 0;
  for (size_t t = 0; t < TRIALS; t++) {
    double v = a.column[0][t];
    n += isfinite(v) ? 1 : 0;
    none += roi_state_of(v) == ROI_STATE_NO_IRR;
    many += roi_state_of(v) == ROI_STATE_MANY_IRR;
  }
  assert_int_equal(n + none + many, TRIALS);
  assert_int_equal(x->n, n);
  assert_int_equal(x->no_irr, none);
  assert_int_equal(x->many_irr, many);
  assert_true(n > TRIALS / 2);
  size_t offset = 0, scratch_size = roi_irr_scratch(37);
  double flow[37], *scratch = roi_alloc(scratch_size, sizeof *scratch);
  for (uint64_t t = 0; t < TRIALS; t += 37) {
    assert_int_equal(roi_replay(g, &q, t, &m.flow, &offset, 1, flow, &why), ROI_OK);
    double rate = roi_irr(flow, 37, scratch);
    assert_true(bits_of(rate) == bits_of(a.column[0][t]));
    if (!isfinite(rate)) continue;
    double value = 0, size = 0;
    for (int p = 0; p <= 36; p++)
      value += flow[p] * roi_pow(1 + rate, -p), size += fabs(flow[p]) * roi_pow(1 + rate, -p);
    assert_true(fabs(value) < 1e-10 * size);
  }
  roi_free(scratch);
  roi_report_free(report);
  free_rows(&a);
  end();
}

/* SHA-256 of the columns npv, roi, payback of 10,000 trials, seed 1, with SLEEF 3.5.1 (little-endian doubles, one
 * column after the other; a NaN's sign bit cleared). Another SLEEF may round its functions otherwise: then the bits
 * differ, and no number here is wrong; the version belongs to the result. */
static const char golden_sleef[] = "3.5.1",
                  golden[] = "4a68872d0db60243151b4007c9a9066c370bffc2baea4cbe1ffa35766a9a33f7";

static void golden_hash(void **state) {
  (void)state;
  enum { TRIALS = 10000 };
  r1 m = build_r1();
  roi_request q = request_of(&m, TRIALS);
  rows a;
  roi_report_free(run_rows(&q, &a));
  roi_sha256 sha;
  uint8_t digest[32];
  char text[65];
  roi_sha256_start(&sha);
  for (size_t i = 0; i < 3; i++)
    for (size_t t = 0; t < TRIALS; t++) {
      uint64_t bits = bits_of(a.column[i][t]);
      uint8_t bytes[8];
      if (isnan(a.column[i][t])) bits &= ~(UINT64_C(1) << 63);
      for (int k = 0; k < 8; k++) bytes[k] = (uint8_t)(bits >> 8 * k);
      roi_sha256_add(&sha, bytes, 8);
    }
  roi_sha256_end(&sha, digest);
  for (int i = 0; i < 32; i++) snprintf(text + 2 * i, 3, "%02x", digest[i]);
  if (strcmp(text, golden) != 0) {
    print_message("the reference model's bits have the hash\n  %s, not\n  %s\n", text, golden);
    if (strcmp(roi_sleef_version(), golden_sleef) != 0)
      print_message(
          "The installed SLEEF is %s; the stored hash is of %s. Bits are promised for one version of SLEEF.\n",
          roi_sleef_version(), golden_sleef);
    else
      print_message("SLEEF is the same, %s: a change of this project's changed the numbers.\n", golden_sleef);
    fail();
  }
  free_rows(&a);
  end();
}

/* Source: a hand-written loop (tests/bench/r1_loop.c) over 4,000,000 trials with another arrangement of the random
 * numbers. Their Monte Carlo errors and those of this run's 400,000 trials, five times over. */
static void known_statistics(void **state) {
  (void)state;
  r1 m = build_r1();
  roi_request q = everything(&m, 400000);
  roi_report *report = NULL;
  q.options.threads = 2;
  assert_int_equal(roi_simulate(g, &q, &report, &why), ROI_OK);
  const double both = sqrt(1.0 + 0.1);
  const roi_summary *npv = &report->outputs[0], *roi = &report->outputs[1];
  assert_true(fabs(npv->mean - 179816) < 5 * both * npv->mean_se);
  assert_true(fabs(npv->sd - 170798) < 5 * both * npv->sd_se);
  assert_true(fabs(roi->mean - 0.8416) < 5 * both * roi->mean_se + 5e-5);
  assert_true(fabs(report->shares[0].p - 0.1225) < 5 * both * report->shares[0].se + 5e-5);
  assert_true(fabs(report->shares[1].p - 0.1408) < 5 * both * report->shares[1].se + 5e-5);
  assert_true(npv->mean_se < 300 && report->shares[0].se < 6e-4); /* the errors are not wide for want of anything */
  roi_report_free(report);
  end();
}

/* -- Ends before the end ------------------------------------------------------------------------------------------- */

static void stopped(int threads, uint64_t memory) {
  r1 m = build_r1();
  roi_request q = everything(&m, 200000);
  rows r = {.room = 200000, .stop_at = 9000};
  roi_report *report = NULL, *whole = NULL;
  q.rows = take_rows;
  q.rows_data = &r;
  q.options.stop = &r.stop;
  q.options.threads = threads;
  q.options.max_memory = memory;
  assert_int_equal(roi_simulate(g, &q, &report, &why), ROI_ERR_INTERRUPTED);
  assert_non_null(report);
  assert_false(report->complete);
  assert_int_equal(report->trials, r.trials);
  assert_true(r.trials >= 9000 && r.trials <= 9000 + 4096 * (uint64_t)(1 + 3 * threads));
  assert_int_equal(why.status, ROI_ERR_INTERRUPTED);
  q = everything(&m, r.trials); /* what was done is what a run of so many trials gives */
  assert_int_equal(roi_simulate(g, &q, &whole, &why), ROI_OK);
  if (memory == 0) same_reports(whole, report);
  for (int i = 0; i < 3; i++) {
    assert_true(report->outputs[i].mean == whole->outputs[i].mean && report->outputs[i].sd == whole->outputs[i].sd);
    assert_int_equal(report->outputs[i].trials, r.trials);
    if (memory) assert_true(isnan(report->outputs[i].quantile[4])); /* columns were not kept */
  }
  assert_memory_equal(report->shares, whole->shares, 2 * sizeof *report->shares);
  roi_report_free(report);
  roi_report_free(whole);
  free_rows(&r);
  end();
}

static void stops_leave_partial_results(void **state) {
  (void)state;
  stopped(1, 0);
  stopped(3, 0);
  stopped(2, 1);
}

static void a_stop_at_once(void **state) {
  (void)state;
  const volatile int stop = 1;
  for (uint64_t memory = 0; memory <= 1; memory++) {
    r1 m = build_r1();
    roi_request q = everything(&m, 100000);
    roi_report *report = NULL;
    q.options.stop = &stop;
    q.options.max_memory = memory;
    assert_int_equal(roi_simulate(g, &q, &report, &why), ROI_ERR_INTERRUPTED);
    assert_null(report); /* R1 has distributions to prepare */
    end();
  }
}

/* Columns that memory does not hold have a pilot before the first trial counts. */
static void a_stop_before_the_first_trial(void **state) {
  (void)state;
  const volatile int stop = 1;
  for (uint64_t memory = 0; memory <= 1; memory++) {
    begin(12);
    const roi_target out = {.name = "saving", .node = uniform("saving", 1.0, 3.0)};
    roi_request q = {.outputs = &out, .n_outputs = 1, .options = {.trials = 100000, .seed = 1, .stop = &stop, .max_memory = memory}};
    roi_report *report = NULL;
    assert_int_equal(roi_simulate(g, &q, &report, &why), ROI_ERR_INTERRUPTED);
    assert_non_null(report);
    assert_false(report->complete);
    assert_int_equal(report->trials, 0);
    assert_int_equal(report->outputs[0].trials, 0);
    roi_report_free(report);
    end();
  }
}

static void a_deadline_leaves_partial_results(void **state) {
  (void)state;
  r1 m = build_r1();
  roi_request q = everything(&m, UINT64_C(4000000000));
  roi_report *report = NULL;
  q.options.max_memory = 64 << 20;
  /* A machine may be too slow to get to the first trial in so short a time: then there is no result, and it gets more. */
  for (q.deadline = 0.2; (!report || !report->trials) && q.deadline < 100; q.deadline *= 8) {
    roi_report_free(report);
    assert_int_equal(roi_simulate(g, &q, &report, &why), ROI_ERR_LIMIT);
  }
  assert_non_null(report);
  assert_false(report->complete);
  assert_true(report->trials > 0 && report->trials < UINT64_C(4000000000));
  assert_non_null(strstr(why.text, "the time limit of "));
  roi_report_free(report);
  end();
}

static void a_callback_that_fails_ends_the_run(void **state) {
  (void)state;
  r1 m = build_r1();
  roi_request q = everything(&m, 50000);
  rows r = {.room = 50000, .stop_at = 8192, .fail = ROI_ERR_IO};
  roi_report *report = NULL;
  q.rows = take_rows;
  q.rows_data = &r;
  q.options.threads = 3;
  assert_int_equal(roi_simulate(g, &q, &report, &why), ROI_ERR_IO);
  assert_null(report);
  assert_int_equal(r.trials, 8192);
  free_rows(&r);
  end();
}

static void wrong_requests(void **state) {
  (void)state;
  r1 m = build_r1();
  roi_report *report = NULL;
  static const struct { uint64_t trials; int threads; uint32_t block; const char *isa, *says; } cases[] = {
      {0, 1, 0, NULL, "trials"},      {UINT64_MAX, 1, 0, NULL, "trials"},  {10, -1, 0, NULL, "threads"},
      {10, 5000, 0, NULL, "threads"}, {10, 1, 17, NULL, "multiple of 16"}, {10, 1, 8192, NULL, "at most 4096"},
      {10, 1, 0, "sse9", "sse9"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    roi_request q = request_of(&m, cases[i].trials);
    q.options.threads = cases[i].threads;
    q.block = cases[i].block;
    q.options.isa = cases[i].isa;
    assert_int_equal(roi_simulate(g, &q, &report, &why), ROI_ERR_USAGE);
    assert_null(report);
    assert_non_null(strstr(why.text, cases[i].says));
  }
  end();
}

/* -- Functions of the script --------------------------------------------------------------------------------------- */

typedef struct calls { int busy[8]; uint64_t trials; int fail_from; } calls;

/* 2 a + the sum over the periods of b + c + the trial. Clears its results first, as a careless one may. */
static int function(void *data, uint32_t index, int worker, uint64_t first, uint32_t n, const double *const *args,
                    const int *constant, uint32_t n_args, double *dst) {
  calls *c = data;
  assert_int_equal(index, 1);
  assert_int_equal(n_args, 2 + 5);
  assert_true(worker >= 0 && worker < 8 && n >= 1);
  assert_false(__atomic_exchange_n(&c->busy[worker], 1, __ATOMIC_SEQ_CST)); /* no worker is asked from two threads */
  assert_true(constant[6] && !constant[0]);
  for (uint32_t i = 0; i < n; i++) dst[i] = NAN;
  for (uint32_t i = 0; i < n; i++) {
    double sum = 2 * args[0][i] + args[6][0] + (double)(first + i);
    for (int p = 0; p < 5; p++) sum += args[1 + p][constant[1 + p] ? 0 : i];
    dst[i] = sum;
  }
  if (c->fail_from && first >= (uint64_t)c->fail_from) dst[0] = NAN;
  __atomic_fetch_add(&c->trials, n, __ATOMIC_SEQ_CST);
  __atomic_store_n(&c->busy[worker], 0, __ATOMIC_SEQ_CST);
  return 0;
}

static void functions_of_the_script(void **state) {
  (void)state;
  enum { TRIALS = 10001 };
  begin(5);
  roi_node a = uniform("a", 0, 1), s = op2(ROI_MUL, a, per(1));
  roi_extern_node(g, "unused", NULL, 0, &why);
  roi_node f = roi_extern_node(g, "f", (roi_node[]){a, s, num(100)}, 3, &why);
  roi_target out[2] = {{"f", f}, {"a", a}};
  for (int threads = 1; threads <= 5; threads += 2)
    for (uint32_t block = 0; block <= 48; block += 48) {
      calls c = {.trials = 0};
      rows r;
      roi_request q = {.options = {.trials = TRIALS, .seed = 1, .threads = threads},
                       .block = block,
                       .outputs = out,
                       .n_outputs = 2,
                       .external = function,
                       .external_data = &c};
      roi_report *report = run_rows(&q, &r);
      for (size_t t = 0; t < TRIALS; t++) {
        double x = r.column[1][t], want = 2 * x + 100 + (double)t;
        for (int p = 1; p <= 5; p++) want += x * p;
        assert_true(r.column[0][t] == want);
      }
      assert_int_equal(c.trials, TRIALS); /* each trial once */
      double again;
      size_t offset = 0;
      assert_int_equal(roi_replay(g, &q, 777, &f, &offset, 1, &again, &why), ROI_OK);
      assert_true(again == r.column[0][777]);
      roi_report_free(report);
      free_rows(&r);
    }
  /* one that gives no number, while others are at work */
  calls c = {.fail_from = 20000};
  roi_request q = {.options = {.trials = 200000, .seed = 1, .threads = 5},
                   .outputs = out,
                   .n_outputs = 2,
                   .external = function,
                   .external_data = &c};
  roi_report *report = NULL;
  assert_int_equal(roi_simulate(g, &q, &report, &why), ROI_ERR_RUN);
  assert_non_null(strstr(why.text, "the per-trial function \"f\""));
  end();
}

/* A worker that is gone: from its nth call on nothing comes back. */
typedef struct lost { uint64_t calls, last; } lost;

static int may_be_lost(void *data, uint32_t index, int worker, uint64_t first, uint32_t n, const double *const *args, const int *constant,
                       uint32_t n_args, double *dst) {
  lost *x = data;
  (void)index, (void)worker, (void)first, (void)constant, (void)n_args;
  if (__atomic_fetch_add(&x->calls, 1, __ATOMIC_SEQ_CST) >= x->last) return -1;
  memcpy(dst, args[0], n * sizeof *dst);
  return 0;
}

/* In any pass: the pilot, the trials, ranks, the errors of quantiles; and at chosen points. */
static void a_call_that_fails_ends_the_run(void **state) {
  (void)state;
  enum { TRIALS = 30000, BLOCK = 1024 };
  begin(1);
  roi_node a = uniform("a", 0, 1), f = roi_extern_node(g, "f", &a, 1, &why);
  roi_target out = {"f", f};
  for (uint64_t memory = 0; memory < 2; memory++)
    for (int threads = 1; threads <= 3; threads += 2) {
      lost x = {.last = UINT64_MAX};
      roi_request q = {.options = {.trials = TRIALS, .seed = 1, .threads = threads, .max_memory = memory, .sampling = ROI_SAMPLING_LHS},
                       .block = BLOCK, .outputs = &out, .n_outputs = 1, .external = may_be_lost, .external_data = &x};
      roi_report *report = NULL;
      assert_int_equal(roi_simulate(g, &q, &report, &why), ROI_OK);
      roi_report_free(report);
      uint64_t all = x.calls, step = all / 11 + 1;
      assert_true(memory ? all > 3 * TRIALS / BLOCK : all >= TRIALS / BLOCK);
      for (uint64_t last = 0; last < all; last = last + 1 < all && last + step >= all ? all - 1 : last + step) {
        x = (lost){.last = last};
        assert_int_equal(roi_simulate(g, &q, &report, &why), ROI_ERR_RUN);
        assert_null(report);
        assert_int_equal(why.status, ROI_ERR_RUN);
      }
      double *column = roi_alloc(TRIALS, sizeof *column);
      x = (lost){.last = 5};
      assert_int_equal(roi_evaluate(g, &q, NULL, &out, 1, TRIALS, &column, &why), ROI_ERR_RUN);
      roi_free(column);
    }
  end();
}

/* -- The public interface ------------------------------------------------------------------------------------------ */

static void embedded(void **state) {
  (void)state;
  begin(12);
  roi_result *result = NULL;
  roi_options options = {.trials = 5000, .seed = 4, .threads = 2};
  assert_int_equal(roi_run(g, &options, &result, &why), ROI_ERR_USAGE);
  assert_null(result);
  roi_node x = uniform("x", 2, 4);
  assert_int_equal(roi_graph_add_output(g, "x", x, &why), ROI_OK);
  assert_int_equal(roi_graph_add_output(g, "x times t", op1(ROI_SUM, op2(ROI_MUL, x, per(1))), &why), ROI_OK);
  assert_int_equal(roi_run(g, &options, &result, &why), ROI_OK);
  end(); /* the result does not need the graph */
  assert_null(roi_result_output(result, "y"));
  const roi_summary *s = roi_result_output(result, "x"), *t = roi_result_output(result, "x times t");
  assert_string_equal(s->name, "x");
  assert_true(fabs(s->mean - 3) < 5 * s->mean_se && s->min >= 2 && s->max <= 4);
  assert_true(fabs(t->mean - 78 * s->mean) < 1e-9);
  roi_result_free(result);
  roi_result_free(NULL);
}

static void versions(void **state) {
  (void)state;
  const char *text = roi_version_text();
  assert_non_null(strstr(text, ROISIM_VERSION));
  assert_non_null(strstr(text, roi_sleef_version()));
  assert_non_null(strstr(text, roi_kernels(NULL, NULL)->name));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(however_the_run_is_arranged),
      cmocka_unit_test(whatever_else_is_asked),
      cmocka_unit_test(more_trials_keep_the_first),
      cmocka_unit_test(seeds_differ),
      cmocka_unit_test(replay_and_points_agree_with_the_run),
      cmocka_unit_test(shares_means_and_ratios),
      cmocka_unit_test(rates_of_return),
      cmocka_unit_test(golden_hash),
      cmocka_unit_test(known_statistics),
      cmocka_unit_test(stops_leave_partial_results),
      cmocka_unit_test(a_stop_at_once),
      cmocka_unit_test(a_stop_before_the_first_trial),
      cmocka_unit_test(a_deadline_leaves_partial_results),
      cmocka_unit_test(a_callback_that_fails_ends_the_run),
      cmocka_unit_test(wrong_requests),
      cmocka_unit_test(functions_of_the_script),
      cmocka_unit_test(a_call_that_fails_ends_the_run),
      cmocka_unit_test(embedded),
      cmocka_unit_test(versions),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
