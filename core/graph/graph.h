/* graph.h - the graph as data: what scripts build, what crosses from the child process, what the plan reads.
 *
 * Nodes are in one array, named by index; arguments come before the node that uses them. Strings, argument lists and numbers
 * are in arrays of their own and named by offset, so that the whole is a few flat pieces without pointers (graph/wire.h).
 * A graph built by roi_graph_new() and the constructors of roisim.h is always valid; one that was read is validated first. */
#ifndef ROI_GRAPH_GRAPH_H
#define ROI_GRAPH_GRAPH_H

#include "roisim.h"

typedef enum roi_shape { ROI_SCALAR, ROI_SERIES_SHAPE, ROI_DIST_SHAPE } roi_shape;
typedef enum roi_class { ROI_LEAF, ROI_MAP, ROI_SHAPE, ROI_SCAN, ROI_REDUCE, ROI_DIST_CLASS } roi_class;

enum { /* roi_node_row.flags */
  ROI_EACH_PERIOD = 1, /* DRAW: anew each period */
  ROI_MAY_NEVER = 2,   /* the value may be never: FIRST, PAYBACK and what is computed from them; derived, checked when read */
  ROI_CONDITION = 4,   /* the value is always 1 or 0; derived likewise */
  ROI_FIXED = 8,       /* depends on no draw and no per-trial function; derived likewise */
  ROI_BY_PERIOD = 16   /* a distribution with a parameter that is a series; derived likewise */
};

#define ROI_MAX_HORIZON 65535
#define ROI_MAX_NODES 4000000u
#define ROI_MAX_OUTPUTS 20000u  /* each is looked up among the others, by name */

typedef struct roi_node_row {
  uint16_t op;       /* roi_opcode */
  uint8_t shape;     /* roi_shape */
  uint8_t flags;
  uint8_t start;     /* series: 0 or 1 */
  uint8_t family;    /* DIST: roi_family */
  uint8_t form;      /* DIST: roi_form */
  uint8_t unused;    /* 0 */
  uint32_t first_arg, n_args;   /* in args */
  uint32_t first_data, n_data;  /* INTERP: xs then ys (n_data = 2 n); empirical DIST: the sorted values */
  uint32_t name;     /* DRAW, EXTERN: the stream's name; a named value: its label; else 0 (the empty string) */
  uint32_t file;     /* string: the script's file, as shown in messages */
  uint32_t line;     /* in that file; 0 unknown */
  int32_t imm;       /* by the op; of a distribution its size, derived: roi_dist_depth, roi_dist_parts */
  double value;      /* CONST */
} roi_node_row;

/* How deep a distribution is nested, and of how many families, truncations, clamps and mixtures it is built. */
#define ROI_DIST_MAX_PARTS 256
static inline int roi_dist_depth(const roi_node_row *dist) { return dist->imm & 0xff; }
static inline int roi_dist_parts(const roi_node_row *dist) { return dist->imm >> 8; }

typedef struct roi_input_row {
  uint32_t name, unit, doc, source, file; /* strings, 0 is empty */
  uint32_t line;
  roi_node node;     /* a scalar or series; a draw or an expression */
} roi_input_row;

typedef struct roi_output_row {
  uint32_t name, file, line;
  roi_node node;     /* a scalar */
  uint32_t standard; /* 1: one of the standard outputs (npv, roi, ...); 0: named in model.outputs */
} roi_output_row;

typedef enum roi_component_kind { ROI_BENEFIT, ROI_COST, ROI_RISK, ROI_COMPONENT_KINDS } roi_component_kind;
typedef struct roi_component_row {
  uint32_t name, kind;
  roi_node pv;       /* scalar: present value, positive for benefits and for costs alike */
} roi_component_row;

typedef struct roi_warning_row { /* what is likely a mistake; `roisim check` lists them all */
  uint32_t file, line, text;
  uint32_t rule, why;           /* strings: the rule's name, "share-range"; its reason and the way out, which only a check asks for */
  uint32_t level;               /* 0: shown in every run; 1: by a check alone */
  roi_node when;                /* a scalar: it holds only if this is not 0 with every input at its median; ROI_NONE: it holds */
} roi_warning_row;
typedef struct roi_file_row {   /* a source that took part: the model first, then libraries, then data files */
  uint32_t name;                /* as shown */
  uint32_t kind;                /* 0 model, 1 library, 2 data */
  uint32_t version;             /* string, may be empty */
  uint32_t library, license;    /* strings: what the manifest that lists a library says of it; empty: there is none */
  uint8_t sha256[32];
} roi_file_row;
typedef struct roi_setting_row { uint32_t name, text; } roi_setting_row; /* a --set that took effect */
typedef struct roi_label_row {
  uint32_t name;
  roi_node node;
  uint32_t file, line;
  uint32_t given;               /* 1: by the script's :name(); 0: a quantity of the model's own, whose name means that one */
} roi_label_row;
typedef struct roi_scenario_row { uint32_t name, file, line; } roi_scenario_row; /* model:scenario */

/* What a test script expects (roisim test), in the order of the script. */
typedef enum roi_expectation_kind {
  ROI_EXPECT_PLAIN,             /* decided in the script, on plain numbers */
  ROI_EXPECT_MEAN, ROI_EXPECT_SD, ROI_EXPECT_QUANTILE,
  ROI_EXPECT_PROBABILITY,       /* of a condition */
  ROI_EXPECT_BOUNDS,            /* of every trial */
  ROI_EXPECTATION_KINDS
} roi_expectation_kind;
typedef struct roi_expectation_row {
  uint32_t name, file, line;
  uint32_t kind;                /* roi_expectation_kind */
  roi_node node;                /* a scalar; of a PLAIN one ROI_NONE */
  uint32_t level;               /* QUANTILE: in roi_quantile_levels */
  uint32_t failed, text;        /* PLAIN: 1 if it failed, and the string that says how */
  double expected, within;      /* within 0: as far as the trials can tell; BOUNDS: the lowest and the highest, infinite where open */
} roi_expectation_row;

/* Draws that depend on each other: a Gaussian copula. Groups follow each other in the lists of members and scores. */
#define ROI_MAX_GROUP 300u      /* members of one group */
typedef struct roi_group_row {
  uint32_t first_member, n_members; /* in members: DRAW nodes, rising */
  uint32_t first_score;         /* in scores: correlations of the normal scores below the diagonal, row by row: n (n - 1) / 2 */
  uint32_t note;                /* string: what was repaired of the matrix that was asked for; 0: nothing */
  uint32_t file, line;          /* where it was asked for: of the pair that the repair changed most */
} roi_group_row;
typedef struct roi_correlation_row { /* a pair as it was asked for; both in the same group */
  roi_node a, b;                /* DRAW nodes, a before b */
  uint32_t kind;                /* roi_correlation */
  uint32_t file, line;
  uint32_t unused;              /* 0 */
  double asked;                 /* in [-1, 1] */
} roi_correlation_row;

/* Sheets: tables of figures to estimate and report (graph/sheets.h). They follow each other in the lists of columns and cells. */
#define ROI_MAX_SHEETS 1000
#define ROI_MAX_COLUMNS 64      /* of one sheet */
#define ROI_MAX_CELLS 100000    /* of all sheets together */
#define ROI_MAX_KEY 64          /* letters */
typedef enum roi_cell_stat {    /* see sheet.def */
#define ROI_CELL(id, name, nodes, doc) ROI_CELL_##id,
#include "graph/sheet.def"
#undef ROI_CELL
  ROI_CELL_COUNT
} roi_cell_stat;
typedef enum roi_column_kind {
  ROI_COLUMN_TEXT, ROI_COLUMN_NUMBER, ROI_COLUMN_MONEY, ROI_COLUMN_SHARE, ROI_COLUMN_PERIODS, ROI_COLUMN_CONDITION, ROI_COLUMN_KINDS
} roi_column_kind;
enum { ROI_COLUMN_SHOWN = 1 };  /* roi_column_row.flags; without it the column is in JSON alone */
typedef struct roi_sheet_row {
  uint32_t key, title, note;    /* strings; note: printed below the table, may be empty */
  uint32_t first_column, n_columns;
  uint32_t first_cell, n_rows;  /* row by row: n_rows * n_columns cells */
} roi_sheet_row;
typedef struct roi_column_row { uint32_t key, title, kind, flags; } roi_column_row;
typedef struct roi_cell_row {
  uint32_t stat;                /* roi_cell_stat */
  uint32_t text;                /* TEXT: a string; else 0 */
  roi_node a, b;                /* scalars, as many as the stat rests on; else ROI_NONE */
  double level;                 /* QUANTILE: one of roi_quantile_levels; VALUE: the number itself; else 0 */
} roi_cell_row;

typedef struct roi_decision_row { /* a gate, decided by a condition */
  uint32_t name, file, line;
  roi_node condition;           /* scalar */
  roi_node pass, stop;          /* scalars: what its part is worth where the condition holds in every trial, and where in none */
} roi_decision_row;

/* What a choice among use cases rests on; only where the script was run for that (graph/candidates.h). */
#define ROI_MAX_CANDIDATES 64
typedef struct roi_candidate_row { /* a use case that may be taken or left */
  uint32_t name, file, line;
  roi_node taken;                  /* a DRAW, 1 where it is taken, which nothing else uses */
} roi_candidate_row;
typedef struct roi_ceiling_row {   /* what may be spent in one span of a budget */
  uint32_t budget;                 /* its name */
  roi_node node;                   /* scalar */
} roi_ceiling_row;
typedef struct roi_term_row {      /* a part of a sum over what is taken */
  uint32_t candidate;              /* whose flows: its number; n_candidates: the model's own, which count if anything is taken */
  uint32_t span;                   /* 0: npv; k: what is spent under ceiling k - 1 */
  roi_node node;                   /* scalar, 0 where its candidate is not taken */
} roi_term_row;

struct roi_graph {
  /* the model */
  uint32_t name, currency;      /* strings */
  uint32_t horizon;
  uint32_t period;              /* roi_period */
  roi_node discount_rate;       /* effective annual rate; ROI_NONE: none given (0) */
  uint32_t defaults;            /* bits: 1 horizon, 2 discount rate, 4 currency were not given; 8 a tax rate, 16 a terminal value was */
  uint32_t has_flows;           /* 1: there are benefits, costs or risks, so the standard outputs exist */
  uint32_t scenario;            /* string: the scenario that this is the model under; 0: the model as written */

  roi_node_row *nodes;          size_t n_nodes, cap_nodes;
  roi_node *args;               size_t n_args, cap_args;
  double *data;                 size_t n_data, cap_data;
  char *strings;                size_t n_strings, cap_strings; /* NUL-terminated, one after the other; offset 0 is "" */
  roi_input_row *inputs;        size_t n_inputs, cap_inputs;
  roi_output_row *outputs;      size_t n_outputs, cap_outputs;
  roi_component_row *components; size_t n_components, cap_components;
  roi_warning_row *warnings;    size_t n_warnings, cap_warnings;
  roi_file_row *files;          size_t n_files, cap_files;
  roi_setting_row *settings;    size_t n_settings, cap_settings;
  roi_label_row *labels;        size_t n_labels, cap_labels;
  roi_scenario_row *scenarios;  size_t n_scenarios, cap_scenarios; /* that the script describes, in its order */
  roi_group_row *groups;        size_t n_groups, cap_groups;
  roi_node *members;            size_t n_members, cap_members;
  double *scores;               size_t n_scores, cap_scores;
  roi_correlation_row *correlations; size_t n_correlations, cap_correlations;
  roi_expectation_row *expectations; size_t n_expectations, cap_expectations;
  roi_sheet_row *sheets;        size_t n_sheets, cap_sheets;
  roi_column_row *columns;      size_t n_columns, cap_columns;
  roi_cell_row *cells;          size_t n_cells, cap_cells;
  roi_decision_row *decisions;  size_t n_decisions, cap_decisions;
  roi_candidate_row *candidates; size_t n_candidates, cap_candidates;
  roi_ceiling_row *ceilings;    size_t n_ceilings, cap_ceilings;
  roi_term_row *terms;          size_t n_terms, cap_terms;

  /* while building */
  uint32_t here_file, here_line;    /* the place new nodes are given */
  uint32_t *hash; size_t hash_size; /* equal expressions are one node: open addressing over node indices + 1 */
  uint32_t *names; size_t names_size, n_names; /* names of draws in use, likewise */
  double **fixed; size_t n_fixed;   /* values of FIXED series, filled when a reduction of one folds */
};

/* Rows of op.def. */
typedef struct roi_op_row { const char *name; int min_args, max_args; roi_class cls; const char *doc; } roi_op_row;
extern const roi_op_row roi_op_rows[ROI_OP_COUNT];
/* By name, e.g. "where"; -1 if there is none. */
int roi_op_find(const char *name);

extern const char *const roi_period_names[ROI_PERIOD_COUNT]; /* "week", "month", "quarter", "year" */
extern const double roi_periods_per_year[ROI_PERIOD_COUNT];

/* The place (a string offset from roi_graph_string, and a line) that nodes made from now on are given. */
void roi_graph_here(roi_graph *g, uint32_t file, uint32_t line);
/* Sets what describes the model. Allowed while the graph holds no series, since they rest on the horizon (and no draw made anew
 * each period): otherwise ROI_ERR_MODEL. name and currency may be NULL; defaults as in struct roi_graph. */
roi_status roi_graph_set_model(roi_graph *g, const char *name, const char *currency, int horizon, roi_period period,
                               uint32_t defaults, roi_error *err);
/* Adds a string (shared if the last one added is equal) and returns its offset; 0 for NULL or ""; UINT32_MAX: no memory. */
uint32_t roi_graph_string(roi_graph *g, const char *s);
static inline const char *roi_graph_text(const roi_graph *g, uint32_t offset) { return g->strings + offset; }

/* How many DRAW nodes there are. */
size_t roi_graph_draws(const roi_graph *g);
/* How many numbers a node's arguments hand it in a trial: one of a scalar, one a period, from period 1 on, of a series. */
uint64_t roi_graph_given(const roi_graph *g, const roi_node_row *row);
/* The first node that calls a per-trial function, or ROI_NONE. */
roi_node roi_graph_per_trial(const roi_graph *g);
/* Writes, by node, the number of each DRAW node among the draws and of each EXTERN node among its kind (0 for others); room for n_nodes.
 * Draws of one name are one stream and have the number of the first of them. 0, or -1: no memory. */
int roi_graph_ordinals(const roi_graph *g, uint32_t *ordinal);
/* The draw of that number; of several of one name the last, which is the one that a scenario's model uses. */
roi_node roi_graph_draw_of(const roi_graph *g, uint32_t number);
/* 1 if a scenario has something else in the place of this draw of the plain model: an input of its name that is not it. */
int roi_graph_is_replaced(const roi_graph *g, roi_node draw);
/* The string of the draws (or the per-trial function) of that name; 0: there are none. Of a graph that was built, not read. */
uint32_t roi_graph_stream(const roi_graph *g, const char *name);
/* A draw that reads the stream of the draw of that name, if there is one already, and else begins it: what a draw would be with another
 * distribution, in a graph that holds two versions of a model. */
roi_node roi_draw_beside(roi_graph *g, roi_node dist, const char *name, int each_period, roi_error *err);

/* Takes back the nodes from n on: all that were added since the graph had n. Nothing else of the graph may name them. */
void roi_graph_shrink(roi_graph *g, size_t n);

/* Appends a row to one of the tables; the rows are as above. */
roi_status roi_graph_add_component(roi_graph *g, const char *name, roi_component_kind kind, roi_node pv, roi_error *err);
/* A warning of every run under the rule "model". */
roi_status roi_graph_add_warning(roi_graph *g, uint32_t file, uint32_t line, const char *text, roi_error *err);
typedef struct roi_finding { /* roi_warning_row with its strings; why may be NULL */
  uint32_t file, line;
  const char *rule, *text, *why;
  uint32_t level;
  roi_node when;
} roi_finding;
/* Of more findings than these the last says that there are more: nobody reads them, and what looks at them may take its time for each. */
#define ROI_MOST_FINDINGS 5000
roi_status roi_graph_add_finding(roi_graph *g, const roi_finding *finding, roi_error *err);
/* Gives the rule's reason to all warnings under it that have none. */
roi_status roi_graph_explain_rule(roi_graph *g, const char *rule, const char *why, roi_error *err);
roi_status roi_graph_add_file(roi_graph *g, const char *name, int kind, const char *version, const uint8_t sha256[32],
                              roi_error *err);
/* Says to which library the file added last belongs. */
roi_status roi_graph_name_library(roi_graph *g, const char *library, const char *license, roi_error *err);
roi_status roi_graph_add_setting(roi_graph *g, const char *name, const char *text, roi_error *err);
roi_status roi_graph_add_label(roi_graph *g, const char *name, roi_node node, roi_error *err);
/* The row's name and text are set from the strings, its place is here; the rest must be in order, or it is refused as the validator
 * would. */
roi_status roi_graph_add_expectation(roi_graph *g, const char *name, const char *text, roi_expectation_row row, roi_error *err);
/* Checks one row of the table: what is wrong with it, or NULL. */
const char *roi_graph_check_expectation(const roi_graph *g, const roi_expectation_row *row);
roi_status roi_graph_add_scenario(roi_graph *g, const char *name, uint32_t file, uint32_t line, roi_error *err);
roi_status roi_graph_annotate_input(roi_graph *g, size_t input, const char *unit, const char *doc, const char *source,
                                    uint32_t file, uint32_t line, roi_error *err);

/* The place is the graph's own (roi_graph_here). */
roi_status roi_graph_add_decision(roi_graph *g, const char *name, roi_node condition, roi_node pass, roi_node stop, roi_error *err);

/* Correlates draws pair by pair: n rows, each draw in no group yet. Pairs that hang together become a group, whose other
 * pairs are not correlated; a group that can't be is repaired, which leaves a note and a warning. The rows' places are named
 * in errors: a pair given twice, a draw with itself, draws made each period with others, too many in one group. */
roi_status roi_graph_correlate_pairs(roi_graph *g, const roi_correlation_row *rows, size_t n, roi_error *err);
/* Adds a group as it stands in another graph: n draws of this one, in the order of the scores. */
roi_status roi_graph_add_group(roi_graph *g, const roi_node *members, size_t n, const double *scores, roi_error *err);
/* The group of a draw, or NULL. */
const roi_group_row *roi_graph_group_of(const roi_graph *g, roi_node draw);
/* What is used of a pair, in its own kind: what was asked for, or what the repair made of it. */
double roi_graph_correlation_used(const roi_graph *g, const roi_correlation_row *pair);
/* Writes a group's triangular factor: n_members * n_members numbers, row by row. 0, or -1: not positive semi-definite. */
int roi_graph_group_factor(const roi_graph *g, const roi_group_row *group, double *factor);

/* An EXTERN node: the caller's function of the arguments (scalars or series), named like a draw. */
roi_node roi_extern_node(roi_graph *g, const char *name, const roi_node *args, size_t n, roi_error *err);
/* The same of a name that is taken already: the function of another version of the model. */
roi_node roi_extern_beside(roi_graph *g, const char *name, const roi_node *args, size_t n, roi_error *err);

/* Derives shape, start and flags of a row from its op and arguments, and checks the rules of the op; used by the constructors
 * and the validator alike. The row's args must be in range and come before it. */
roi_status roi_node_derive(const roi_graph *g, roi_node_row *row, roi_error *err);

/* A PROMISE node: a value that stays open while the graph is built and is settled by roi_graph_settle (graph/copy.h). A graph that
 * still holds one is not valid. shape: its imm; name: what it is, for messages, or NULL. */
enum { ROI_PROMISE_SCALAR, ROI_PROMISE_FROM_0, ROI_PROMISE_FROM_1, ROI_PROMISE_PERIOD /* a scalar that may be never */ };
roi_node roi_promise(roi_graph *g, int shape, const char *name, roi_error *err);

/* 1 and the value if the node is a scalar constant. */
int roi_graph_constant(const roi_graph *g, roi_node n, double *value);

/* What an operation of class MAP gives for plain numbers: the semantics that constant folding, the kernels and Lua's plain
 * numbers share. n is the operation's number of arguments (INTERP excepted, which needs its node's table). */
double roi_op_value(roi_opcode op, const double *a, size_t n);

/* Checks a graph that came from elsewhere, every field: sizes, offsets, order, shapes, starts, flags, rules of each op.
 * ROI_ERR_INTERNAL-free: a bad graph is ROI_ERR_MODEL with the first broken rule. */
roi_status roi_graph_validate(const roi_graph *g, roi_error *err);

#endif
