#include "command/state_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crc64.h"
#include "base/error.h"
#include "base/memory.h"
#include "graph/wire.h"

#define MAGIC "roisim state 01" /* 16 bytes with its NUL; the last before it are the format's version */
#define NAME_BYTES 13
#define MOST_KEY_BYTES (16u << 20)
#define MOST_ITEMS 100000
#define PIECE ((size_t)1 << 18) /* read at a time */

typedef struct head {
  char magic[16];
  uint64_t kind, first, end, pass;
  uint64_t key_size, graph_size; /* of what follows, in this order; the rest is the body */
} head;
typedef struct trailer { uint64_t length, crc; } trailer; /* of all before; of all before and the length */

/* -- Writing -------------------------------------------------------------------------------------------------------------- */

static int put(void *data, const void *bytes, size_t n) {
  roi_state_writer *w = data;
  w->crc = roi_crc64(w->crc, bytes, n);
  return roi_outfile_write(w->file, bytes, n, w->err) == ROI_OK ? 0 : -1;
}

/* "name NUL value NUL ..." */
static size_t key_size(const roi_state_key *key) {
  size_t n = 0;
  for (size_t i = 0; i < key->n; i++) n += strlen(key->item[i].name) + strlen(key->item[i].value) + 2;
  return n;
}

static void put_key(roi_byte_sink *to, const roi_state_key *key) {
  for (size_t i = 0; i < key->n; i++) {
    roi_put_bytes(to, key->item[i].name, strlen(key->item[i].name) + 1);
    roi_put_bytes(to, key->item[i].value, strlen(key->item[i].value) + 1);
  }
}

roi_status roi_state_check_file(const roi_outfile *file, const char *path, roi_state_kind kind, roi_error *err) {
  if (roi_outfile_is_replaced(file)) return ROI_OK;
  return roi_fail(err, ROI_ERR_USAGE, "%s needs a file that can be read again, and %.300s is a standard stream or a device; name another",
                  kind == ROI_STATE_RANGE ? "--state" : "--checkpoint", path);
}

roi_status roi_state_create(roi_state_writer *w, const char *path, const roi_state_about *about, const roi_state_key *key,
                            const roi_graph *graph, roi_error *err) {
  *w = (roi_state_writer){.err = err, .to = {.put = put, .data = w}};
  size_t graph_size = 0;
  void *bytes = graph ? roi_graph_write(graph, &graph_size, err) : NULL;
  if (graph && !bytes) return err->status;
  w->file = roi_outfile_open(path, roi_signals_stop(), roi_signals_temporary(ROI_TEMPORARY_STATE), err);
  roi_status status = w->file ? roi_state_check_file(w->file, path, about->kind, err) : err->status;
  if (!status) {
    head h = {.magic = MAGIC, .kind = about->kind, .first = about->first, .end = about->end, .pass = about->pass,
              .key_size = key_size(key), .graph_size = graph_size};
    roi_put_bytes(&w->to, &h, sizeof h);
    put_key(&w->to, key);
    roi_put_bytes(&w->to, bytes, graph_size);
  }
  roi_free(bytes);
  return status || !w->to.failed ? status : err->status;
}

roi_status roi_state_commit(roi_state_writer *w) {
  trailer t = {.length = w->to.written};
  roi_put_bytes(&w->to, &t.length, sizeof t.length);
  t.crc = w->crc;
  roi_put_bytes(&w->to, &t.crc, sizeof t.crc);
  roi_status status = w->to.failed ? w->err->status : roi_outfile_commit(w->file, w->err);
  roi_state_abandon(w);
  return status;
}

void roi_state_abandon(roi_state_writer *w) {
  roi_outfile_free(w->file);
  w->file = NULL;
}

/* -- Reading -------------------------------------------------------------------------------------------------------------- */

/* 0, or -1: the file ends before, or the system refuses, which is kept as the cause. */
static int read_at(roi_state_reader *r, uint64_t offset, void *bytes, size_t n) {
  char *p = bytes;
  while (n > 0) {
    ssize_t k = pread(r->fd, p, n, (off_t)offset);
    if (k < 0 && errno == EINTR) continue;
    if (k < 0) r->cause = errno;
    if (k <= 0) return -1;
    p += k;
    n -= (size_t)k;
    offset += (uint64_t)k;
  }
  return 0;
}

int roi_state_read(roi_state_reader *r, uint64_t offset, void *bytes, size_t n) {
  if (offset > r->body_size || n > r->body_size - offset) return -1;
  return read_at(r, r->body_at + offset, bytes, n);
}

/* Small reads come from a piece that was read ahead: progress may hold millions of numbers that are read one by one. Without memory for
 * it each is read by itself: that is no sign of damage. */
static int get(void *data, void *bytes, size_t n) {
  roi_state_reader *r = data;
  if (!r->piece) r->piece = roi_alloc(PIECE, 1);
  int is_ahead = r->piece && r->at >= r->piece_at && r->at - r->piece_at <= r->piece_size;
  int is_there = is_ahead && n <= r->piece_size - (size_t)(r->at - r->piece_at);
  if (!is_there && r->piece && n < PIECE && r->at <= r->body_size) {
    uint64_t left = r->body_size - r->at;
    r->piece_at = r->at;
    r->piece_size = left < PIECE ? (size_t)left : PIECE;
    if (roi_state_read(r, r->at, r->piece, r->piece_size)) return -1;
    is_there = n <= r->piece_size;
  }
  if (is_there) memcpy(bytes, r->piece + (r->at - r->piece_at), n);
  else if (roi_state_read(r, r->at, bytes, n)) return -1;
  r->at += n;
  return 0;
}

void roi_state_why(const roi_state_reader *r, roi_error *err) {
  if (r->cause) roi_fail(err, ROI_ERR_IO, "cannot read %.300s: %s", r->path, strerror(r->cause));
}

/* Of a read that failed, or of what was read. Where the system refused, nothing is known of the file, which may be whole. */
static roi_status damaged(const roi_state_reader *r, roi_error *err) {
  if (r->cause) return roi_state_why(r, err), ROI_ERR_IO;
  return roi_fail(err, ROI_ERR_IO, "%.300s is damaged: it is not what was written. It is left as it is; %s", r->path,
                  r->wanted == ROI_STATE_RANGE ? "remove it and compute its range again" : "remove it, and the run begins anew");
}

/* The checksum of the file's first n bytes, and its last before them. */
static roi_status check_sum(roi_state_reader *r, uint64_t n, uint64_t expected, roi_error *err) {
  char *piece = roi_alloc(PIECE, 1);
  uint64_t crc = 0, at = 0;
  if (!piece) return roi_fail_memory(err, "checking a file");
  roi_status status = ROI_OK;
  for (; at < n && !status; at += PIECE) {
    size_t now = n - at < PIECE ? (size_t)(n - at) : PIECE;
    if (read_at(r, at, piece, now)) status = damaged(r, err);
    else crc = roi_crc64(crc, piece, now);
    if (*roi_signals_stop()) status = roi_fail(err, ROI_ERR_INTERRUPTED, "interrupted while %.300s was being checked", r->path);
  }
  roi_free(piece);
  return status ? status : crc == expected ? ROI_OK : damaged(r, err);
}

static roi_status read_key(roi_state_reader *r, uint64_t at, size_t n, roi_error *err) {
  char *text = roi_alloc(n + 1, 1);
  if (!text) return roi_fail_memory(err, "reading a file");
  roi_status status = read_at(r, at, text, n) ? damaged(r, err) : ROI_OK;
  text[n] = '\0';
  for (size_t i = 0; i < n && !status;) {
    const char *name = text + i, *value = name + strlen(name) + 1;
    if (value >= text + n || r->key.n >= MOST_ITEMS) status = damaged(r, err);
    else status = roi_state_key_add(&r->key, name, value, err);
    if (!status) i += strlen(name) + strlen(value) + 2;
  }
  roi_free(text);
  return status;
}

/* The head of a file of that many bytes before its trailer, believed only as far as it fits. */
static roi_status read_head(roi_state_reader *r, uint64_t length, roi_error *err) {
  static const char *const names[] = {"", "progress (--checkpoint)", "a range of trials (--state)"};
  head h;
  if (read_at(r, 0, &h, sizeof h)) return damaged(r, err);
  uint64_t left = length - sizeof h;
  if (h.kind < ROI_STATE_PROGRESS || h.kind > ROI_STATE_RANGE || h.key_size > MOST_KEY_BYTES || h.key_size > left ||
      h.graph_size > left - h.key_size || h.first > h.end || h.end > UINT64_MAX / 2)
    return damaged(r, err);
  if (h.kind != (uint64_t)r->wanted)
    return roi_fail(err, ROI_ERR_USAGE, "%.300s holds %s, not %s", r->path, names[h.kind], names[r->wanted]);
  r->about = (roi_state_about){(roi_state_kind)h.kind, h.first, h.end, h.pass};
  r->graph_at = sizeof h + h.key_size;
  r->graph_size = h.graph_size;
  r->body_at = r->graph_at + h.graph_size;
  r->body_size = length - r->body_at;
  return ROI_OK;
}

/* Opens what may be a state of some version; *length: of its bytes before the trailer, which there is room for. */
static roi_status open_file(roi_state_reader *r, const char *path, roi_state_kind kind, char *magic, uint64_t *length, roi_error *err) {
  struct stat st;
  *r = (roi_state_reader){.path = path, .wanted = kind, .from = {.get = get, .data = r}};
  r->fd = roi_open_again(path, O_RDONLY | O_NONBLOCK | O_NOCTTY, NULL); /* a pipe must not be waited for */
  if (r->fd < 0 || fstat(r->fd, &st))
    return roi_fail(err, ROI_ERR_IO, "cannot read %.300s: %s%s", path, strerror(errno),
                    errno == EMFILE ? "; a limit that ulimit -Hn shows and the system sets" : "");
  uint64_t size = (uint64_t)st.st_size;
  if (!S_ISREG(st.st_mode))
    return roi_fail(err, ROI_ERR_IO, "%.300s is %s; name a file", path, S_ISDIR(st.st_mode) ? "a folder" : "a pipe or a device");
  int is_read = size >= sizeof MAGIC && !read_at(r, 0, magic, sizeof MAGIC);
  if (r->cause) return damaged(r, err);
  if (!is_read || memcmp(magic, MAGIC, NAME_BYTES) != 0)
    return roi_fail(err, ROI_ERR_IO, "%.300s is no file of progress or of trials: it is left as it is; name another", path);
  if (size < sizeof(head) + sizeof(trailer)) return damaged(r, err);
  *length = size - sizeof(trailer);
  return ROI_OK;
}

static roi_status check_version(const roi_state_reader *r, const char *magic, roi_error *err) {
  if (memcmp(magic, MAGIC, sizeof MAGIC) == 0) return ROI_OK;
  return roi_fail(err, ROI_ERR_USAGE,
                  "%.300s was written by another version of roisim, which alone can read it; use that, or name another file", r->path);
}

roi_status roi_state_open(roi_state_reader *r, const char *path, roi_state_kind kind, roi_error *err) {
  char magic[sizeof MAGIC];
  uint64_t length;
  trailer t;
  roi_status status = open_file(r, path, kind, magic, &length, err);
  if (status) return status;
  if (read_at(r, length, &t, sizeof t) || t.length != length) return damaged(r, err);
  status = check_sum(r, length + sizeof t.length, t.crc, err);
  if (!status) status = check_version(r, magic, err);
  if (!status) status = read_head(r, length, err);
  return status ? status : read_key(r, sizeof(head), (size_t)(r->graph_at - sizeof(head)), err);
}

roi_status roi_state_peek(roi_state_reader *r, const char *path, roi_state_kind kind, roi_error *err) {
  char magic[sizeof MAGIC];
  uint64_t length;
  roi_status status = open_file(r, path, kind, magic, &length, err);
  if (!status) status = check_version(r, magic, err);
  if (!status) status = read_head(r, UINT64_MAX / 2, err); /* whatever is left of what stands behind the key */
  return status ? status : read_key(r, sizeof(head), (size_t)(r->graph_at - sizeof(head)), err);
}

void roi_state_close(roi_state_reader *r) {
  if (r->fd > 2) close(r->fd);
  roi_state_key_free(&r->key);
  roi_free(r->piece);
  r->piece = NULL;
  r->fd = -1;
}

roi_graph *roi_state_graph(roi_state_reader *r, roi_error *err) {
  roi_error why;
  void *bytes = r->graph_size <= ROI_WIRE_MAX ? roi_alloc((size_t)r->graph_size, 1) : NULL;
  if (!bytes) {
    roi_fail_memory(err, "reading a model");
    return NULL;
  }
  roi_graph *g = read_at(r, r->graph_at, bytes, (size_t)r->graph_size) ? NULL : roi_graph_read(bytes, (size_t)r->graph_size, &why);
  roi_free(bytes);
  if (!g) roi_fail(err, ROI_ERR_IO, "%.300s holds no valid model", r->path);
  roi_state_why(r, err);
  return g;
}
