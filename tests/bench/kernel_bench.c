/* Time of each kernel a lane, in nanoseconds, for every set this processor runs: blocks of 256 lanes, the columns in
 * the first caches, the least of several measurements. And of a uniform of each design of points. */
#include <stdio.h>
#include <time.h>

#include "base/memory.h"
#include "dist/dist.h"
#include "kernel/kernel.h"
#include "math/philox.h"
#include "sample/design.h"

enum { LANES = 256, COLUMNS = 24, PROGRAM = 100, TURNS = 100 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Nanoseconds a lane of a program of one kernel, whose operands and results move over the columns. */
static double measure(const roi_kernel_set *set, const roi_block *block, roi_instr in) {
  roi_instr program[PROGRAM];
  for (int i = 0; i < PROGRAM; i++) {
    program[i] = in;
    for (int k = 0; k < ROI_MAX_OPERANDS; k++) program[i].arg[k] = (i + 5 * k) % (COLUMNS - 4);
    program[i].dst = COLUMNS - 4 + i % 4;
  }
  double least = 1e9;
  for (int turn = 0; turn < TURNS; turn++) {
    double start = now();
    for (int i = 0; i < PROGRAM; i++) set->kernel[program[i].op](block, &program[i]);
    double each = (now() - start) * 1e9 / (PROGRAM * (double)LANES);
    if (each < least) least = each;
  }
  return least;
}

/* Nanoseconds a uniform of a design of so many trials; the number of trials decides the shape of a Latin hypercube's permutations. */
static double measure_design(roi_sampling sampling, uint64_t trials, const double *plain, double *u) {
  enum { DIMENSIONS = 15, BLOCKS = 30 };
  roi_design *d = roi_design_new(sampling, trials, DIMENSIONS, 1, NULL);
  double least = 1e9;
  for (int turn = 0; d && turn < TURNS; turn++) {
    double start = now();
    for (size_t i = 0; i < BLOCKS; i++)
      for (size_t k = 0; k < DIMENSIONS; k++) roi_design_fill(d, k, i * LANES, LANES, plain, u);
    double each = (now() - start) * 1e9 / (BLOCKS * DIMENSIONS * (double)LANES);
    if (each < least) least = each;
  }
  roi_design_free(d);
  return least;
}

int main(void) {
  roi_error err;
  static double interp_x[16], interp_y[16];
  const roi_qtable *table = roi_normal_table(&err);
  double *columns = roi_alloc_aligned(COLUMNS * LANES, sizeof *columns);
  double *constants = roi_alloc_aligned(ROI_CONST_COPIES, sizeof *constants);
  if (!table || !columns || !constants) return fprintf(stderr, "kernel_bench: out of memory\n"), 1;
  for (uint64_t i = 0; i < COLUMNS * LANES; i++) columns[i] = roi_uniform_at(1, 1, i, 0);
  for (int i = 0; i < ROI_CONST_COPIES; i++) constants[i] = 0.5;
  for (int i = 0; i < 16; i++) interp_x[i] = i / 16.0, interp_y[i] = i % 3;

  const roi_interp_table interp = {16, interp_x, interp_y};
  const roi_stream stream = {12345, 0, 0};
  const double rates[] = {4.0};
  const roi_distribution poisson = {.kind = ROI_DIST_FAMILY, .family = ROI_FAMILY_POISSON, .par = rates, .n_par = 1};
  const roi_distribution data = {.kind = ROI_DIST_FAMILY, .family = ROI_FAMILY_EMPIRICAL, .par = interp_x, .n_par = 16};
  roi_steps steps;
  if (roi_steps_build(&steps, &poisson, &err) != ROI_OK) return fprintf(stderr, "kernel_bench: %s\n", err.text), 1;

  static const char *const names[] = {"baseline", "avx2", "avx512"};
  const roi_kernel_set *sets[3];
  for (int s = 0; s < 3; s++) sets[s] = roi_kernels(names[s], NULL);
  printf("%-18s %10s %10s %10s   ns a lane\n", "kernel", names[0], names[1], names[2]);
  for (int k = 0; k < ROI_K_COUNT; k++) {
    if (k == ROI_K_IRR || k == ROI_K_EXTERN || k == ROI_K_Q_DIRECT) continue; /* the time of what they call */
    const void *aux = k == ROI_K_INTERP    ? (const void *)&interp
                      : k == ROI_K_UNIFORM ? (const void *)&stream
                      : k == ROI_K_Q_TABLE ? (const void *)table
                      : k == ROI_K_Q_STEPS ? (const void *)&steps
                                           : (const void *)&data;
    printf("%-18s", roi_kernel_rows[k].name);
    for (int s = 0; s < 3; s++) {
      roi_block block = {.columns = columns, .stride = LANES, .lanes = LANES, .constants = constants, .seed = 1};
      if (sets[s]) printf(" %10.3f", measure(sets[s], &block, (roi_instr){.op = (uint16_t)k, .imm = 12.0, .aux = aux}));
      else printf(" %10s", "-");
    }
    printf("\n");
  }
  static const uint64_t trials[] = {10000, 1000000, 16777216};
  for (size_t i = 0; i < sizeof trials / sizeof *trials; i++)
    printf("design of %8llu trials: lhs %6.2f, sobol %6.2f\n", (unsigned long long)trials[i],
           measure_design(ROI_SAMPLING_LHS, trials[i], columns, columns + LANES),
           measure_design(ROI_SAMPLING_SOBOL, trials[i], columns, columns + LANES));
  roi_steps_free(&steps);
  roi_free(columns);
  roi_free(constants);
  return 0;
}
