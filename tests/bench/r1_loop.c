/* The reference model (examples/support_desk.lua) written by hand as one fused loop: what a person with a day to spare and one
 * model to run would write, and so the yardstick for the engine. usage: r1_loop [TRIALS]
 *
 * Trials go in blocks of 256. The draws of a block are made column by column; then sixteen trials at a time walk through the 36
 * months with everything in registers. Growth, price and the logistic's exponential are stepped by products. Compiled with all
 * that the engine may not use: contraction, reassociation, the vector functions of the C library, this very processor.
 *
 * The model's numbers stand here as constants and the samples are of the same distributions, from the same generator in another
 * order; they are less exact than the engine's: normal quantiles to 1.2e-9 (REFERENCE Acklam: An algorithm for computing the
 * inverse normal cumulative distribution function, 2003), beta quantiles by cubics through 2,048 equal steps of probability,
 * loose in the last step of each tail. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef __AVX512F__
#include <immintrin.h>
#endif

#define BLOCK 256
#define LANES 16
#define MONTHS 36
#define STEPS 2048

enum { TICKETS, GROWTH, AHT, WAGE, DEFLECT, K, MID, QUALITY, TOKENS, PRICE, DECAY, SETUP, RUN, OCCURS, LOSS, SPARE, DRAWS };

typedef double column[BLOCK];
static _Alignas(64) column draw[DRAWS];

typedef struct cubic { double c0, c1, c2, c3; } cubic;
static cubic aht_table[STEPS], deflect_table[STEPS], quality_table[STEPS], setup_table[STEPS];

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Two uniforms for each trial of a block: Philox 4x32-10 with the trial and the pair's number as counter. Words live in lanes of
 * 64 bits, the upper half of no account, which is what the processor's 32 x 32 -> 64 bit multiplication takes. */
#ifdef __AVX512F__
#define AT_ONCE 8
typedef __m512i words;
#define SET(x) _mm512_set1_epi64((long long)(x))
#define MULTIPLY(a, b) _mm512_mul_epu32(a, b)
#else
#define AT_ONCE 4
typedef uint64_t words __attribute__((vector_size(32)));
#define SET(x) ((words){(x), (x), (x), (x)})
#define MULTIPLY(a, b) (((a) & 0xffffffffu) * (b))
#endif
typedef uint64_t lanes __attribute__((vector_size(8 * AT_ONCE)));
typedef double reals __attribute__((vector_size(8 * AT_ONCE)));

static void uniforms(uint32_t seed, uint64_t first_trial, uint32_t pair, double *restrict u, double *restrict v) {
  const words left_factor = SET(0xD2511F53u), right_factor = SET(0xCD9E8D57u);
  for (int i = 0; i < BLOCK; i += AT_ONCE) {
    lanes a, b, c, d, key0, key1;
    for (int j = 0; j < AT_ONCE; j++) a[j] = first_trial + (uint64_t)(i + j);
    b = a >> 32;
    c = (lanes)SET(pair);
    d = (lanes)SET(0);
    key0 = (lanes)SET(seed);
    key1 = (lanes)SET(0);
#pragma GCC unroll 10
    for (int round = 0; round < 10; round++) {
      lanes left = (lanes)MULTIPLY((words)a, left_factor), right = (lanes)MULTIPLY((words)c, right_factor);
      a = right >> 32 ^ b ^ key0;
      b = right;
      c = left >> 32 ^ d ^ key1;
      d = left;
      key0 += 0x9E3779B9u;
      key1 += 0xBB67AE85u;
    }
    /* 52 random bits below the exponent of 1 give 1 + k / 2^52. */
    lanes x = (b << 32 | (a & 0xffffffffu)) >> 12 | 0x3ff0000000000000u, y = (d << 32 | (c & 0xffffffffu)) >> 12 | 0x3ff0000000000000u;
    *(reals *)(u + i) = (reals)x - (1 - 0x1p-53);
    *(reals *)(v + i) = (reals)y - (1 - 0x1p-53);
  }
}

static void to_uniform(double *x, double low, double high) {
#pragma omp simd
  for (int i = 0; i < BLOCK; i++) x[i] = low + (high - low) * x[i];
}

static void to_triangular(double *x, double low, double mode, double high) {
  double rise = (high - low) * (mode - low), fall = (high - low) * (high - mode), share = (mode - low) / (high - low);
#pragma omp simd
  for (int i = 0; i < BLOCK; i++) {
    int left = x[i] < share;
    double root = sqrt(left ? x[i] * rise : (1 - x[i]) * fall);
    x[i] = left ? low + root : high - root;
  }
}

static void to_normal(double *x, double mean, double sd) {
#pragma omp simd
  for (int i = 0; i < BLOCK; i++) {
    double u = x[i], q = u - 0.5, r = q * q, s = sqrt(-2 * log(q < 0 ? u : 1 - u));
    double middle = ((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.3577518672690) * r -
                     30.66479806614716) * r + 2.506628277459239;
    double middle_by = ((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
                        13.28068155288572) * r + 1;
    double tail = ((((-0.007784894002430293 * s - 0.3223964580411365) * s - 2.400758277161838) * s - 2.549732539343734) * s +
                   4.374664141464968) * s + 2.938163982698783;
    double tail_by = (((0.007784695709041462 * s + 0.3224671290700398) * s + 2.445134137142996) * s + 3.754408661907416) * s + 1;
    int in_middle = fabs(q) <= 0.47575;
    double z = (in_middle ? middle * q : q < 0 ? tail : -tail) / (in_middle ? middle_by : tail_by);
    x[i] = mean + sd * z;
  }
}

static void to_lognormal(double *x, double p5, double p95) {
  to_normal(x, 0.5 * log(p5 * p95), log(p95 / p5) / (2 * 1.6448536269514722));
#pragma omp simd
  for (int i = 0; i < BLOCK; i++) x[i] = exp(x[i]);
}

static void to_table(double *x, const cubic *table) {
#pragma omp simd
  for (int i = 0; i < BLOCK; i++) {
    double at = x[i] * STEPS;
    int step = (int)at;
    double f = at - step;
    const cubic *c = &table[step];
    x[i] = ((c->c3 * f + c->c2) * f + c->c1) * f + c->c0;
  }
}

/* The quantile function of low + (high - low) beta(a, b), a and b above 1: the density is summed by Simpson's rule over many thin
 * cells, each step of probability is found in its cell, and cubics join the steps with the slopes that the density gives,
 * limited so that the function rises. */
static void make_table(cubic *table, double a, double b, double low, double high) {
  enum { CELLS = 1 << 18 };
  static double sum[CELLS + 1], value[STEPS + 1], slope[STEPS + 1];
  double scale = exp(lgamma(a + b) - lgamma(a) - lgamma(b)), width = 1.0 / CELLS;
  for (int i = 0; i < CELLS; i++) {
    double x = i * width, h = width / 2;
    double left = pow(x, a - 1) * pow(1 - x, b - 1), right = pow(x + width, a - 1) * pow(fabs(1 - x - width), b - 1);
    sum[i + 1] = sum[i] + scale * width / 6 * (left + 4 * pow(x + h, a - 1) * pow(1 - x - h, b - 1) + right);
  }
  for (int i = 0, cell = 0; i <= STEPS; i++) {
    double p = sum[CELLS] * i / STEPS;
    while (cell < CELLS - 1 && sum[cell + 1] < p) cell++;
    double x = (cell + (p - sum[cell]) / (sum[cell + 1] - sum[cell])) * width;
    value[i] = low + (high - low) * (i == 0 ? 0 : i == STEPS ? 1 : x);
    slope[i] = (high - low) / STEPS / (scale * pow(x, a - 1) * pow(1 - x, b - 1) + 1e-300);
  }
  for (int i = 0; i < STEPS; i++) {
    double rise = value[i + 1] - value[i], s0 = fmin(slope[i], 3 * rise), s1 = fmin(slope[i + 1], 3 * rise);
    table[i] = (cubic){value[i], s0, 3 * rise - 2 * s0 - s1, s0 + s1 - 2 * rise};
  }
}
static void make_pert_table(cubic *table, double low, double mode, double high) {
  make_table(table, 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low), low, high);
}

static void draw_block(uint32_t seed, uint64_t first_trial) {
  for (uint32_t pair = 0; pair < DRAWS / 2; pair++) uniforms(seed, first_trial, pair, draw[2 * pair], draw[2 * pair + 1]);
  to_triangular(draw[TICKETS], 8000, 10000, 13000);
  to_normal(draw[GROWTH], 1.010, 0.004);
  to_table(draw[AHT], aht_table);
  to_lognormal(draw[WAGE], 18, 30);
  to_table(draw[DEFLECT], deflect_table);
  to_uniform(draw[K], 0.2, 0.6);
  to_triangular(draw[MID], 3, 6, 12);
  to_table(draw[QUALITY], quality_table);
  to_lognormal(draw[TOKENS], 3000, 12000);
  to_uniform(draw[PRICE], 2e-6, 8e-6);
  to_uniform(draw[DECAY], 0.01, 0.04);
  to_table(draw[SETUP], setup_table);
  to_triangular(draw[RUN], 3000, 4000, 7000);
  to_lognormal(draw[LOSS], 20e3, 200e3);
#pragma omp simd
  for (int i = 0; i < BLOCK; i++) {
    draw[LOSS][i] = draw[OCCURS][i] > 0.85 ? draw[LOSS][i] : 0;
    draw[MID][i] = exp(draw[K][i] * draw[MID][i]); /* exp(-k (m - mid)) at m = 0 ... */
    draw[K][i] = exp(-draw[K][i]);                 /* ... and its step */
  }
}

/* Sixteen trials from lane `at` of the block's draws. */
static void walk(int at, double discount, double *restrict npv, double *restrict roi, double *restrict payback) {
  double volume[LANES], growth[LANES], each[LANES], tokens[LANES], fall[LANES], late[LANES], step[LANES];
  double benefit[LANES], cost[LANES], balance[LANES], month[LANES];
#pragma omp simd
  for (int j = 0; j < LANES; j++) {
    int i = at + j;
    volume[j] = draw[TICKETS][i];
    growth[j] = draw[GROWTH][i];
    each[j] = draw[DEFLECT][i] * draw[QUALITY][i] * draw[AHT][i] * (1.0 / 60) * draw[WAGE][i];
    tokens[j] = draw[TOKENS][i] * draw[PRICE][i];
    fall[j] = 1 - draw[DECAY][i];
    late[j] = draw[MID][i];
    step[j] = draw[K][i];
    benefit[j] = 0;
    cost[j] = draw[SETUP][i];
    balance[j] = -draw[SETUP][i];
    month[j] = MONTHS + 1;
  }
  double factor = 1;
  for (int m = 1; m <= MONTHS; m++) {
    factor *= discount;
    double incident = m == 12;
#pragma omp simd
    for (int j = 0; j < LANES; j++) {
      volume[j] *= growth[j];
      tokens[j] *= fall[j];
      late[j] *= step[j];
      double active = volume[j] / (1 + late[j]);
      double gain = active * each[j], loss = draw[RUN][at + j] + active * tokens[j] + incident * draw[LOSS][at + j];
      benefit[j] += gain * factor;
      cost[j] += loss * factor;
      balance[j] += gain - loss;
      month[j] = balance[j] >= 0 && month[j] > m ? m : month[j];
    }
  }
#pragma omp simd
  for (int j = 0; j < LANES; j++) {
    npv[j] = benefit[j] - cost[j];
    roi[j] = (benefit[j] - cost[j]) / cost[j];
    payback[j] = month[j];
  }
}

int main(int argc, char **argv) {
  size_t trials = argc > 1 ? (size_t)strtod(argv[1], NULL) : 4000000;
  trials = trials < BLOCK ? BLOCK : trials / BLOCK * BLOCK;
  double *npv = malloc(trials * sizeof *npv), *roi = malloc(trials * sizeof *roi), *payback = malloc(trials * sizeof *payback);
  if (npv == NULL || roi == NULL || payback == NULL) return fputs("r1_loop: out of memory\n", stderr), 1;
  /* Touch the pages first, so that the loop is timed and not the system. */
  memset(npv, 1, trials * sizeof *npv);
  memset(roi, 1, trials * sizeof *roi);
  memset(payback, 1, trials * sizeof *payback);
  make_pert_table(aht_table, 6, 9, 15);
  make_pert_table(setup_table, 40000, 60000, 120000);
  make_table(deflect_table, 8, 12, 0, 1);
  make_table(quality_table, 20, 3, 0, 1);

  double start = seconds(), discount = pow(1.10, -1.0 / 12);
  for (size_t t = 0; t < trials; t += BLOCK) {
    draw_block(1, t);
    for (int i = 0; i < BLOCK; i += LANES) walk(i, discount, npv + t + i, roi + t + i, payback + t + i);
  }
  double took = seconds() - start;

  double sum = 0, squares = 0, roi_sum = 0, losses = 0, early = 0, n = (double)trials;
  for (size_t t = 0; t < trials; t++) {
    sum += npv[t];
    squares += npv[t] * npv[t];
    roi_sum += roi[t];
    losses += npv[t] < 0;
    early += payback[t] <= 12;
  }
  double mean = sum / n;
  printf("trials %zu seconds %.6f rate %.0f npv_mean %.0f npv_sd %.0f roi_mean %.4f p_loss %.4f p_payback_12 %.4f\n", trials, took,
         n / took, mean, sqrt(squares / n - mean * mean), roi_sum / n, losses / n, early / n);
  return 0;
}
