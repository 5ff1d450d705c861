/* kernel.h - the instructions of a compiled program and the kernels that run them.
 *
 * A program works on columns: arrays of `lanes` doubles, one lane a trial. An operand >= 0 is a column; an operand <
 * 0 is the constant ~operand, stored ROI_CONST_COPIES times over so that a vector load reads it. Kernels exist once
 * for each instruction set and give the same bits in each. dst may be the same column as an operand. lanes is a
 * multiple of ROI_LANE_UNIT, at most ROI_MAX_LANES; columns and constants are 64-byte aligned. Kernels never allocate
 * and never fail. */
#ifndef ROI_KERNEL_KERNEL_H
#define ROI_KERNEL_KERNEL_H

#include <stdint.h>

#include "dist/dist.h"
#include "dist/qtable.h"

#define ROI_LANE_UNIT 16
#define ROI_MAX_LANES 4096
#define ROI_CONST_COPIES 8
#define ROI_MAX_OPERANDS 4

typedef enum roi_kernel_op {
#define ROI_KERNEL(id, name, args, doc) ROI_K_##id,
#include "kernel/kernel.def"
#undef ROI_KERNEL
  ROI_K_COUNT
} roi_kernel_op;

typedef struct roi_instr {
  uint16_t op;
  int32_t dst;
  int32_t arg[ROI_MAX_OPERANDS];
  double imm;
  const void *aux;
} roi_instr;

/* What a block runs on. One for each thread. */
typedef struct roi_block {
  double *columns;        /* column i at columns + i * stride */
  uint32_t stride;        /* doubles from one column to the next, >= lanes */
  uint32_t lanes;
  const double *constants; /* constant i at constants + i * ROI_CONST_COPIES */
  uint64_t seed;
  uint64_t first_trial;   /* of lane 0; a multiple of ROI_LANE_UNIT */
  uint32_t from, trials;  /* the lanes asked for, before trials: EXTERN, being slow, leaves the others 0 */
  /* By stream, the draw's number among the graph's; each may be NULL as a whole. */
  const double *const *points; /* the uniforms of stream s, lane by lane; NULL: Philox */
  const double *const *marginal; /* in place of what correlation makes of a stream's uniforms; NULL: nothing */
  const uint64_t *seeds;  /* Philox's seed for stream s in place of seed */
  int worker;             /* which worker runs this, from 0: for EXTERN */
  int *failed;            /* an EXTERN's call sets it where its work can't go on; NULL: nobody asks */
  double *scratch;        /* room for roi_kernel_scratch() doubles of the program; NULL if that is 0 */
} roi_block;

typedef struct roi_stream { /* UNIFORM, MARGINAL */
  uint64_t name_key;
  uint32_t period;
  uint32_t index;         /* s, into points, marginal and seeds */
} roi_stream;

typedef struct roi_columns { /* a list of operands, columns or constants */
  uint32_t n;
  const int32_t *arg;
} roi_columns;

typedef struct roi_interp_table { /* INTERP: n >= 1 points, x rising */
  uint32_t n;
  const double *x, *y;
} roi_interp_table;

/* COPULA: the upper tail of the standard normal as polynomials of degree 7 in the distance from the middle of each cell, which are
 * 1 / ROI_TAIL_WIDTH wide from 0 to ROI_TAIL_END; beyond that the tail is below 2^-53. */
#define ROI_TAIL_WIDTH 64
#define ROI_TAIL_END 8.25
typedef struct roi_normal_tail { double coef[528][8]; } roi_normal_tail; /* 64-byte aligned */
void roi_normal_tail_fill(roi_normal_tail *t);

/* Q_DIRECT: a distribution whose parameters are columns. value() gives one lane's draw, NaN if the lane's parameter
 * values are not valid. */
typedef struct roi_direct roi_direct;
struct roi_direct {
  roi_columns params;
  /* par: the lane's parameter values, in params' order */
  double (*value)(const roi_direct *d, const double *par, double u);
  const void *data;
};

typedef struct roi_extern roi_extern;
struct roi_extern {
  roi_columns args;
  /* Fills dst[0..lanes-1]. Returns 0, or -1 when the work can't go on (the caller keeps the reason). */
  int (*call)(const roi_extern *x, const roi_block *b, double *dst);
  void *data;
};

typedef void (*roi_kernel)(const roi_block *block, const roi_instr *instr);

typedef struct roi_kernel_set {
  const char *name; /* "baseline", "avx2", "avx512" */
  roi_kernel kernel[ROI_K_COUNT];
} roi_kernel_set;

/* Rows of kernel.def. */
typedef struct roi_kernel_row {
  const char *name;
  int args;
  const char *doc;
} roi_kernel_row;
extern const roi_kernel_row roi_kernel_rows[ROI_K_COUNT];

/* The doubles of scratch (roi_block) that the widest of these instructions needs. */
size_t roi_kernel_scratch(const roi_instr *code, size_t n);

/* The set of that name, or with NULL the best this processor has (ROISIM_ISA is read by the command, not here). NULL
 * with a message when the name is unknown or the processor can't. */
const roi_kernel_set *roi_kernels(const char *isa, roi_error *err);

/* The table of the standard normal's quantile function, built at first use, for all threads; NULL: out of memory. */
const roi_qtable *roi_normal_table(roi_error *err);

#endif
