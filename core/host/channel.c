#include "base/clock.h"
#include "host/channel.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* A signal can raise the stop flag just before a wait begins, so no single wait is longer than this. */
#define LONGEST_WAIT_SECONDS 0.1
/* Who looks at the clock after so much longer was stopped meanwhile (Ctrl-Z, a frozen container), which is not the script's fault. */
#define STOPPED_SECONDS 1.0

/* Waits a while for the descriptor. DONE: try again; *ready says whether it is. */
static roi_wait wait_for(int fd, short events, roi_patience *patience, int *ready) {
  if (patience->stop && *patience->stop) return ROI_WAIT_STOPPED;
  double now = roi_seconds(), away = patience->looked > 0 ? now - patience->looked - LONGEST_WAIT_SECONDS : 0;
  if (away > STOPPED_SECONDS) patience->deadline += away;
  patience->looked = now;
  double left = patience->deadline - now;
  if (left <= 0) return ROI_WAIT_DEADLINE;
  if (left > LONGEST_WAIT_SECONDS) left = LONGEST_WAIT_SECONDS;
  struct pollfd p = {.fd = fd, .events = events};
  *ready = poll(&p, 1, (int)(left * 1000) + 1) > 0;
  return ROI_WAIT_DONE;
}

roi_wait roi_channel_wait(int fd, roi_patience *patience) {
  for (int ready = 0; !ready;) {
    roi_wait w = wait_for(fd, POLLIN, patience, &ready);
    if (w != ROI_WAIT_DONE) return w;
  }
  return ROI_WAIT_DONE;
}

static int would_block(void) { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

roi_wait roi_channel_read(int fd, void *buffer, size_t n, roi_patience *patience) {
  char *p = buffer;
  int ready;
  while (n > 0) {
    /* Asked each time round: a child that floods the channel must not outrun its deadline. */
    roi_wait w = wait_for(fd, POLLIN, patience, &ready);
    if (w != ROI_WAIT_DONE) return w;
    ssize_t got = recv(fd, p, n, MSG_DONTWAIT);
    if (got == 0 || (got < 0 && !would_block())) return ROI_WAIT_CLOSED;
    if (got > 0) {
      p += got;
      n -= (size_t)got;
    }
  }
  return ROI_WAIT_DONE;
}

roi_wait roi_channel_write(int fd, const void *buffer, size_t n, roi_patience *patience) {
  const char *p = buffer;
  int ready;
  while (n > 0) {
    ssize_t put = send(fd, p, n, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (put < 0 && !would_block()) return ROI_WAIT_CLOSED;
    if (put > 0) {
      p += put;
      n -= (size_t)put;
    } else {
      roi_wait w = wait_for(fd, POLLOUT, patience, &ready);
      if (w != ROI_WAIT_DONE) return w;
    }
  }
  return ROI_WAIT_DONE;
}

int roi_child_read(int fd, void *buffer, size_t n) {
  char *p = buffer;
  while (n > 0) {
    ssize_t got = read(fd, p, n);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return -1;
    p += got;
    n -= (size_t)got;
  }
  return 0;
}

int roi_child_write(int fd, const void *buffer, size_t n) {
  const char *p = buffer;
  while (n > 0) {
    ssize_t put = write(fd, p, n);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return -1;
    p += put;
    n -= (size_t)put;
  }
  return 0;
}

int roi_child_send(int fd, const roi_message *message, const void *body) {
  if (roi_child_write(fd, message, sizeof *message) != 0) return -1;
  return roi_child_write(fd, body, (size_t)message->size);
}
