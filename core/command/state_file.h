/* state_file.h - files of a run that is not at its end: the progress of one (--checkpoint), or a range of its trials (--state).
 *
 * A state is whole or it is not there: it is written without its name, synced and then named (report/outfile.h). It says of what run
 * it is, by a key; carries the model's graph where it will be read without the model; and ends with its length and a checksum, which are
 * looked at before anything else is believed. It is read by the version of roisim that wrote it, on a machine of the same byte order. */
#ifndef ROI_COMMAND_STATE_FILE_H
#define ROI_COMMAND_STATE_FILE_H

#include <stdatomic.h>
#include <sys/stat.h>

#include "base/bytes.h"
#include "command/command.h"
#include "report/outfile.h"

typedef enum roi_state_kind { ROI_STATE_PROGRESS = 1, ROI_STATE_RANGE } roi_state_kind;

/* -- Of what run ------------------------------------------------------------------------------------------------------ */

/* All that decides a run's numbers, by name in a fixed order: "roisim" (the version), "SLEEF", files by their SHA-256 ("file ops.lua"),
 * options as they stand on the command line ("--seed"), "graph". */
typedef struct roi_state_item { char *name, *value; } roi_state_item;
typedef struct roi_state_key { roi_state_item *item; size_t n, cap; } roi_state_key;

/* The key of a run of that graph, as the script handed it over. Of progress, memory is part of it: what was kept depends on that. */
roi_status roi_state_key_make(roi_state_key *key, const roi_cli *c, const roi_graph *g, roi_state_kind kind, roi_error *err);
void roi_state_key_free(roi_state_key *key);
roi_status roi_state_key_add(roi_state_key *key, const char *name, const char *value, roi_error *err);
/* ROI_OK if they are the same; else says what differs, and what to do. path: of the file that `there` is from; here: what the other is
 * called. */
roi_status roi_state_key_same(const roi_state_key *there, const roi_state_key *own, const char *path, const char *here,
                              const char *advice, roi_error *err);
/* What was typed for it, fit for a shell: the model's file, and the options that are not as they are without being named. NULL: no
 * memory. */
char *roi_state_key_typed(const roi_state_key *key);

/* -- Writing ---------------------------------------------------------------------------------------------------------- */

typedef struct roi_state_writer {
  roi_outfile *file;
  roi_byte_sink to; /* what the state holds beside its key goes here; a failed write has filled err of roi_state_create */
  uint64_t crc;
  roi_error *err;
} roi_state_writer;

/* What a state is about, for those who look at it. */
typedef struct roi_state_about {
  roi_state_kind kind;
  uint64_t first, end; /* RANGE: trials first .. end-1; PROGRESS: of pass `pass`, trials 0 .. end-1 are done */
  uint64_t pass;
} roi_state_about;

/* Refuses a file that could not be read again: what else is said on a standard stream would stand in it. */
roi_status roi_state_check_file(const roi_outfile *file, const char *path, roi_state_kind kind, roi_error *err);
/* Begins a state at path; the signals know its temporary name. graph: NULL for none. */
roi_status roi_state_create(roi_state_writer *w, const char *path, const roi_state_about *about, const roi_state_key *key,
                            const roi_graph *graph, roi_error *err);
/* Ends it: the file takes its name. */
roi_status roi_state_commit(roi_state_writer *w);
void roi_state_abandon(roi_state_writer *w); /* of no effect after commit */

/* -- Reading ---------------------------------------------------------------------------------------------------------- */

typedef struct roi_state_reader {
  int fd;
  const char *path;       /* the caller's */
  roi_state_kind wanted;
  roi_state_about about;
  roi_state_key key;
  uint64_t graph_at, graph_size, body_at, body_size;
  uint64_t at;            /* of the next byte that `from` gives, within the body */
  unsigned char *piece;   /* read ahead for it: */
  uint64_t piece_at;      /* from there */
  size_t piece_size;
  roi_byte_source from;
  atomic_int cause;       /* errno of a read that the system refused; 0: none */
} roi_state_reader;

/* Opens a state of that kind and checks it whole. ROI_ERR_IO with what is wrong; release in any case. A file that the system does not
 * let be read is not called damaged, here and below. */
roi_status roi_state_open(roi_state_reader *r, const char *path, roi_state_kind kind, roi_error *err);
void roi_state_close(roi_state_reader *r);
/* Reads what a state of that kind is about and its key, from which nothing may follow but whether to replace it: the rest may be damaged
 * or cut off. Release in any case. */
roi_status roi_state_peek(roi_state_reader *r, const char *path, roi_state_kind kind, roi_error *err);
/* Reads n bytes of the body; from several threads. 0, or -1. */
int roi_state_read(roi_state_reader *r, uint64_t offset, void *bytes, size_t n);
/* Fills err if a read failed that the system refused; else leaves it as it is. */
void roi_state_why(const roi_state_reader *r, roi_error *err);
/* The graph that it carries, validated; NULL with the reason. */
roi_graph *roi_state_graph(roi_state_reader *r, roi_error *err);

/* -- Progress (--checkpoint) ------------------------------------------------------------------------------------------ */

typedef struct roi_checkpoint {
  const roi_cli *cli;
  roi_state_key key;
  roi_state_reader reader;
  roi_state_writer writer;
  roi_keeper keeper;
  int is_open;            /* the reader */
  int is_ours;            /* there is a file of this run, */
  struct stat ours;       /* and this one it was when last seen */
  int complained;         /* that the last progress could not be kept, */
  roi_error why;          /* and why not */
} roi_checkpoint;

/* Before the script runs: refuses a file that is in the way, or that of --json (NULL: none), which would be removed with the progress, and
 * opens what --resume goes on from, if it is there. */
roi_status roi_checkpoint_open(roi_checkpoint *k, const roi_cli *c, const roi_outfile *json, roi_error *err);
/* Once the script has handed over its graph, before anything is added to it: makes the keeper, or refuses what is of another run. */
roi_status roi_checkpoint_key(roi_checkpoint *k, const roi_graph *g, roi_error *err);
/* After the run: says where progress is kept, or, with it done (or beyond help), removes the file. */
void roi_checkpoint_end(roi_checkpoint *k, int is_over);
void roi_checkpoint_free(roi_checkpoint *k);

#endif
