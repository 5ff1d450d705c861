/* set_columns.h - the trials of any set of use cases: columns of the components, evaluated with the switches set, and their sums.
 *
 * All sets are made of the same trials, for a switch is a draw like any other and leaves the others alone. What the components of a set
 * add up to does not depend on threads, blocks, or on which other sets were asked for. */
#ifndef ROI_PORTFOLIO_SET_COLUMNS_H
#define ROI_PORTFOLIO_SET_COLUMNS_H

#include "portfolio/components.h"
#include "run/run.h"

/* The columns of a component: one for each way to take what it rests on. */
typedef struct roi_component_columns {
  uint64_t *taken; size_t n;  /* rising: which of its mask are taken */
  double *y;                  /* n columns, each a stride after the other */
  uint64_t stride;
  int kept;                   /* all ways are there */
} roi_component_columns;

typedef struct roi_set_columns {
  const roi_graph *g;
  const roi_request *request;
  const roi_components *components;
  roi_component_columns *of;  /* by component */
  uint64_t trials;
  uint64_t evaluations;       /* of the model, for one trial */
} roi_set_columns;

/* The request says trials, seed, threads and the memory limit; all that is pointed to must last. Release with roi_set_columns_free, also
 * after an error. */
roi_status roi_set_columns_begin(roi_set_columns *c, const roi_graph *g, const roi_request *request, const roi_components *components,
                                 roi_error *err);
void roi_set_columns_free(roi_set_columns *c);

/* Components with at most this many ways are evaluated for all of them once, whatever sets are asked for. */
#define ROI_KEPT_WAYS 64

/* Evaluates what these sets need; columns of components with more ways than ROI_KEPT_WAYS that none of them needs are forgotten.
 * ROI_ERR_LIMIT, with how many trials would do, where they don't fit the memory; ROI_ERR_RUN where something is not a number. */
roi_status roi_set_columns_prepare(roi_set_columns *c, const uint64_t *sets, size_t n, roi_error *err);
/* How many sets can be prepared at once within the memory limit, at least 1. */
size_t roi_set_columns_most(const roi_set_columns *c);

/* Values of a quantity of a prepared set for trials first .. first + n - 1. Of the empty set all but ceilings are 0. */
void roi_set_values(const roi_set_columns *c, size_t quantity, uint64_t set, uint64_t first, size_t n, double *out);
/* 1 and the value, if it is the same in all trials. */
int roi_set_constant(const roi_set_columns *c, size_t quantity, uint64_t set, double *value);

#endif
