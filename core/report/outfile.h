/* outfile.h - output files, whole or not at all.
 *
 * A regular file is written in its own folder, without a name where the system can do that (O_TMPFILE), else under a
 * temporary one, synced and renamed over the old one when it is complete; until then the old file stays as it was. A
 * process that is killed may leave its temporary file, .roisim.PROCESS-COUNT.tmp, which no other writes to or removes.
 * Devices, pipes and the standard streams are written to as they stand. Every write is checked. */
#ifndef ROI_REPORT_OUTFILE_H
#define ROI_REPORT_OUTFILE_H

#include <stddef.h>
#include <sys/stat.h>

#include "roisim.h"

typedef struct roi_outfile roi_outfile;

/* For a signal handler to remove it if the process ends at once: the temporary name of what is being written, or NULL. */
typedef const char *volatile roi_temporary_name;

/* Opens what will become `path`. Fails at once where the folder is missing or may not be written, or path is a
 * folder, a file that may not be written or one that is mounted by itself; ROI_ERR_INTERRUPTED when stop (may be NULL) is
 * raised while a pipe has no reader. *named (named may be NULL) holds the temporary name while there is a file of it, and
 * never one that is another's. Release with roi_outfile_free. */
roi_outfile *roi_outfile_open(const char *path, const volatile int *stop, roi_temporary_name *named, roi_error *err);
/* 1 if both would become the same file. */
int roi_outfile_same(const roi_outfile *a, const roi_outfile *b);
/* 1 if it would replace the file that `path` is. */
int roi_outfile_is(const roi_outfile *f, const char *path);
/* 1 if it is a regular file that is replaced; 0 if it is written to as it stands: a device, a pipe or a standard stream. */
int roi_outfile_is_replaced(const roi_outfile *f);
roi_status roi_outfile_write(roi_outfile *f, const void *data, size_t n, roi_error *err);
/* What the system says of the file being written, which has no name of its own yet. 0, or -1 with errno. */
int roi_outfile_stat(const roi_outfile *f, struct stat *st);
/* Everything is written: the file takes its name. */
roi_status roi_outfile_commit(roi_outfile *f, roi_error *err);
/* What was not committed is removed. f may be NULL. */
void roi_outfile_free(roi_outfile *f);

/* Calls that a signal may break off, done again; each gives -1 with errno when it failed. */
int roi_open_again(const char *path, int flags, const volatile int *stop); /* stop, if raised, ends it; may be NULL */
int roi_sync(int fd);  /* what can't be synced at all, as on some file systems, is no failure: there, nothing more is to be had */
int roi_close(int fd); /* broken off, it has closed all the same, and the calls before said whether all was written */
/* Writes all of it to an open descriptor called `name` in the message. */
roi_status roi_write_all(int fd, const char *name, const void *data, size_t n, roi_error *err);

#endif
