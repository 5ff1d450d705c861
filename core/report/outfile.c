#include "report/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/memory.h"

#define BUFFER_SIZE 65536

struct roi_outfile {
  int fd;
  char *path;        /* as the caller named it, for messages */
  char *target;      /* the file behind symbolic links */
  char *temporary;   /* the name of what is written; NULL: written straight, or unnamed. Its text stays until the end, for a signal handler
                      * may be reading it: */
  roi_temporary_name *named; /* there it finds the name; NULL: nobody asks */
  int unnamed;       /* it gets a temporary name when it is complete */
  int failed;        /* a write failed: nothing is committed */
  int renamed;       /* there is no file of the temporary name any more */
  size_t n;
  char buffer[BUFFER_SIZE];
};

/* A descriptor that somebody else set not to wait, as happens to shared terminals and pipes, is waited for here. */
static int may_be_written_later(int fd) {
  if (errno != EAGAIN && errno != EWOULDBLOCK) return errno == EINTR;
  struct pollfd p = {.fd = fd, .events = POLLOUT};
  return poll(&p, 1, -1) >= 0 || errno == EINTR;
}

roi_status roi_write_all(int fd, const char *name, const void *data, size_t n, roi_error *err) {
  const char *p = data;
  while (n > 0) {
    ssize_t k = write(fd, p, n);
    if (k < 0 && may_be_written_later(fd)) continue;
    if (k == 0) errno = EIO; /* POSIX leaves open what that means; waiting for better times has no end */
    if (k <= 0) return roi_fail(err, ROI_ERR_IO, "%s: %s: not all output could be written", name, strerror(errno));
    p += k;
    n -= (size_t)k;
  }
  return ROI_OK;
}

int roi_open_again(const char *path, int flags, const volatile int *stop) {
  int fd;
  do fd = open(path, flags | O_CLOEXEC, 0666);
  while (fd < 0 && errno == EINTR && !(stop && *stop));
  return fd;
}

int roi_sync(int fd) {
  while (fsync(fd))
    if (errno != EINTR) return errno == EINVAL || errno == ENOSYS ? 0 : -1;
  return 0;
}

int roi_close(int fd) { return close(fd) && errno != EINTR ? -1 : 0; }

/* Of "folder/" in front of a name; 0: there is none. */
static size_t folder_length(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? (size_t)(slash - path) + 1 : 0;
}

/* The standard stream that `st` is, or -1: /dev/stdout redirected to a file must not be replaced by another file. */
static int standard_stream(const struct stat *st) {
  struct stat own;
  for (int fd = 1; fd <= 2; fd++)
    if (!fstat(fd, &own) && own.st_dev == st->st_dev && own.st_ino == st->st_ino) return fd;
  return -1;
}

/* A name beside the target that is not in use, as far as `take` can tell: 0 once it has taken one, or -1. */
static int find_name(roi_outfile *f, int (*take)(roi_outfile *f)) {
  size_t size = strlen(f->target) + 64;
  char *name = f->temporary = roi_alloc(size, 1);
  if (!name) return -1;
  int folder = (int)folder_length(f->target), taken = -1;
  for (unsigned try = 0; try < 100; try++) {
    snprintf(name, size, "%.*s.roisim.%ld-%u.tmp", folder, f->target, (long)getpid(), try);
    taken = take(f);
    if (taken == 0 || errno != EEXIST) break;
  }
  if (taken == 0) {
    if (f->named) *f->named = name;
    return 0;
  }
  int cause = errno;
  roi_free(name);
  f->temporary = NULL;
  errno = cause;
  return -1;
}

static int make_named(roi_outfile *f) {
  f->fd = roi_open_again(f->temporary, O_WRONLY | O_CREAT | O_EXCL, NULL);
  return f->fd < 0 ? -1 : 0;
}

/* Gives a file without a name its temporary one; a name can be given only where there is none, so the target's own can't be. */
static int give_name(roi_outfile *f) {
  char self[64];
  snprintf(self, sizeof self, "/proc/self/fd/%d", f->fd);
  return linkat(AT_FDCWD, self, AT_FDCWD, f->temporary, AT_SYMLINK_FOLLOW);
}

/* A file in the target's folder, with the permissions of the one it replaces. Without a name if the system can do that, so that nothing
 * is left of it whatever ends the process; else under a temporary one. */
static int open_temporary(roi_outfile *f, const struct stat *old) {
  char *folder = roi_copy_string(f->target);
  if (!folder) return -1;
  size_t n = folder_length(folder);
  folder[n] = '\0';
  f->fd = access("/proc/self/fd", X_OK) ? -1 : roi_open_again(n ? folder : ".", O_WRONLY | O_TMPFILE, NULL);
  f->unnamed = f->fd >= 0;
  roi_free(folder);
  if (!f->unnamed && find_name(f, make_named)) return -1;
  /* Failing to keep the permissions is no reason to lose the results. */
  if (old && fchmod(f->fd, old->st_mode & 07777)) errno = 0;
  return 0;
}

static roi_status cannot_write(const char *path, roi_error *err) {
  int cause = errno;
  const char *advice = cause == ENOENT || cause == ENOTDIR ? ": make its folder first" : "";
  return roi_fail(err, ROI_ERR_IO, "cannot write %s: %s%s", path, strerror(cause), advice);
}

/* The same where a new file was to be made beside the old one. */
static roi_status cannot_make(const char *path, roi_error *err) {
  int cause = errno;
  if (cause == EEXIST)
    return roi_fail(err, ROI_ERR_IO, "cannot write %s: its folder is full of files .roisim.*.tmp, which killed runs leave; remove them",
                    path);
  if (cause == EACCES || cause == EPERM || cause == EROFS)
    return roi_fail(err, ROI_ERR_IO, "cannot write %s: %s: it is written beside its place first, so its folder must be writable",
                    path, strerror(cause));
  return cannot_write(path, err);
}

/* The path without links, so that two names of one file are seen to be one; the folder's, where there is no file yet. NULL with
 * errno. */
static char *real_target(const char *path, int exists) {
  const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
  char *folder = exists ? NULL : roi_copy_string(slash ? path : ".");
  if (folder && slash) folder[slash == path ? 1 : slash - path] = '\0';
  char *real = exists ? realpath(path, NULL) : folder ? realpath(folder, NULL) : NULL, *target = NULL;
  int cause = folder || exists ? errno : ENOMEM;
  roi_free(folder);
  if (real) {
    size_t size = strlen(real) + strlen(name) + 2;
    target = roi_alloc(size, 1);
    if (target && exists) strcpy(target, real);
    else if (target) snprintf(target, size, "%s/%s", real[1] ? real : "", name);
    free(real);
    cause = ENOMEM;
  }
  if (!target) errno = cause;
  return target;
}

/* Opens a pipe when it has a reader. Asked again and again, for a signal may come just before a call that waits. */
static int open_pipe(const char *path, const volatile int *stop) {
  int fd;
  while ((fd = roi_open_again(path, O_WRONLY | O_NONBLOCK | O_NOCTTY, stop)) < 0 && errno == ENXIO) {
    if (stop && *stop) return errno = EINTR, -1;
    poll(NULL, 0, 20);
  }
  int flags = fd < 0 ? -1 : fcntl(fd, F_GETFL);
  if (flags < 0 || fcntl(fd, F_SETFL, flags & ~O_NONBLOCK) == 0) return fd;
  close(fd);
  return -1;
}

/* Opens a device or a pipe, which is written to as it stands. */
static roi_status open_special(roi_outfile *f, const struct stat *st, const volatile int *stop, roi_error *err) {
  f->fd = S_ISFIFO(st->st_mode) ? open_pipe(f->path, stop) : roi_open_again(f->path, O_WRONLY | O_NOCTTY, stop);
  if (f->fd >= 0) return ROI_OK;
  if (stop && *stop) return roi_fail(err, ROI_ERR_INTERRUPTED, "interrupted while waiting for a reader of %s", f->path);
  return cannot_write(f->path, err);
}

/* A link whose file is missing would be replaced, and not the file that it stands for. */
static roi_status refuse_dangling(const roi_outfile *f, roi_error *err) {
  struct stat st;
  if (lstat(f->path, &st) || !S_ISLNK(st.st_mode)) return ROI_OK;
  return roi_fail(err, ROI_ERR_IO, "cannot write %s: it is a link to a file that is not there; remove the link, or make the file",
                  f->path);
}

/* Whether the file is mounted by itself, as containers have it: nothing can be renamed to its place. 0 where the system doesn't tell. */
static int is_mount_point(const char *path) {
#ifdef STATX_ATTR_MOUNT_ROOT
  struct statx st;
  return !statx(AT_FDCWD, path, 0, 0, &st) && (st.stx_attributes_mask & st.stx_attributes & STATX_ATTR_MOUNT_ROOT);
#else
  (void)path;
  return 0;
#endif
}

static roi_status open_target(roi_outfile *f, const volatile int *stop, roi_error *err) {
  struct stat st;
  int exists = stat(f->path, &st) == 0;
  if (!exists && errno != ENOENT) return cannot_write(f->path, err);
  if (!exists && refuse_dangling(f, err)) return err->status;
  if (exists && S_ISDIR(st.st_mode))
    return roi_fail(err, ROI_ERR_IO, "cannot write %s: it is a folder; name a file in it", f->path);
  int stream = exists && !S_ISCHR(st.st_mode) ? standard_stream(&st) : -1;
  if (stream >= 0) {
    f->fd = fcntl(stream, F_DUPFD_CLOEXEC, 3);
    return f->fd < 0 ? cannot_write(f->path, err) : ROI_OK;
  }
  if (exists && !S_ISREG(st.st_mode)) return open_special(f, &st, stop, err);
  if (exists && access(f->path, W_OK)) return cannot_write(f->path, err);
  if (exists && is_mount_point(f->path))
    return roi_fail(err, ROI_ERR_IO,
                    "cannot write %s: it is mounted by itself, and results take the place of the old file; mount its folder", f->path);
  f->target = real_target(f->path, exists);
  if (!f->target && errno == ENOMEM) return roi_fail_memory(err, "opening an output file");
  if (!f->target) return cannot_write(f->path, err);
  size_t n = strlen(f->target);
  if (n == 0 || f->target[n - 1] == '/')
    return roi_fail(err, ROI_ERR_IO, "cannot write '%s': it does not name a file", f->path);
  return open_temporary(f, exists ? &st : NULL) ? cannot_make(f->path, err) : ROI_OK;
}

roi_outfile *roi_outfile_open(const char *path, const volatile int *stop, roi_temporary_name *named, roi_error *err) {
  roi_outfile *f = roi_alloc_zero(1, sizeof *f);
  if (f) {
    f->fd = -1;
    f->named = named;
    f->path = roi_copy_string(path);
  }
  if (!f || !f->path) {
    roi_outfile_free(f);
    roi_fail_memory(err, "opening an output file");
    return NULL;
  }
  if (open_target(f, stop, err)) {
    roi_outfile_free(f);
    return NULL;
  }
  return f;
}

int roi_outfile_same(const roi_outfile *a, const roi_outfile *b) {
  if (!a->target || !b->target) return 0;
  if (!strcmp(a->target, b->target)) return 1;
  struct stat x, y;
  return !stat(a->target, &x) && !stat(b->target, &y) && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

int roi_outfile_is(const roi_outfile *f, const char *path) {
  struct stat x, y;
  return f->target && !stat(f->target, &x) && !stat(path, &y) && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

int roi_outfile_is_replaced(const roi_outfile *f) { return f->target != NULL; }

int roi_outfile_stat(const roi_outfile *f, struct stat *st) { return fstat(f->fd, st); }

static roi_status flush(roi_outfile *f, roi_error *err) {
  size_t n = f->n;
  f->n = 0;
  roi_status status = roi_write_all(f->fd, f->path, f->buffer, n, err);
  if (status) f->failed = 1;
  return status;
}

roi_status roi_outfile_write(roi_outfile *f, const void *data, size_t n, roi_error *err) {
  const char *p = data;
  while (n > 0) {
    if (f->n == BUFFER_SIZE) {
      roi_status status = flush(f, err);
      if (status) return status;
    }
    size_t k = BUFFER_SIZE - f->n < n ? BUFFER_SIZE - f->n : n;
    memcpy(f->buffer + f->n, p, k);
    f->n += k;
    p += k;
    n -= k;
  }
  return ROI_OK;
}

/* Makes the new name itself last: some file systems keep the folder's entry in memory until then. */
static void sync_folder(const char *target) {
  char *folder = roi_copy_string(target);
  if (!folder) return;
  char *slash = strrchr(folder, '/');
  if (slash) slash[slash == folder ? 1 : 0] = '\0';
  int fd = roi_open_again(slash ? folder : ".", O_RDONLY | O_DIRECTORY, NULL);
  if (fd >= 0) {
    (void)fsync(fd); /* folders that can't be synced are no error: the file itself is complete */
    close(fd);
  }
  roi_free(folder);
}

roi_status roi_outfile_commit(roi_outfile *f, roi_error *err) {
  roi_status status = flush(f, err);
  if (status) return status;
  if (f->failed) return roi_fail(err, ROI_ERR_IO, "%s: an earlier write failed", f->path);
  if ((f->temporary || f->unnamed) && roi_sync(f->fd)) return cannot_write(f->path, err);
  if (f->unnamed && find_name(f, give_name)) return cannot_make(f->path, err);
  int fd = f->fd;
  f->fd = -1;
  if (roi_close(fd)) return cannot_write(f->path, err);
  if (!f->temporary) return ROI_OK;
  if (rename(f->temporary, f->target)) return cannot_write(f->path, err);
  f->renamed = 1;
  if (f->named) *f->named = NULL; /* somebody else may take it */
  sync_folder(f->target);
  return ROI_OK;
}

void roi_outfile_free(roi_outfile *f) {
  if (!f) return;
  if (f->fd >= 0) close(f->fd);
  if (f->temporary && !f->renamed) unlink(f->temporary);
  if (f->named) *f->named = NULL; /* the name is of no use any more, and its memory goes next */
  roi_free(f->temporary);
  roi_free(f->target);
  roi_free(f->path);
  roi_free(f);
}
