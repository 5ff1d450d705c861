/* Fuzzes the parent's side of the channel (host/child.h): a child that sends any messages, any pieces of them, and asks for any files, leaves
 * the parent with a valid graph or an error that can be shown.
 *
 * The input is a row of messages: type, number and two bytes of size (0xffff: all that is left), then as much of the body as there is. Where
 * less is left than the size says, the child ends in the middle. Answers to what it asks are read to their end. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "host/channel.h"
#include "host/host.h"
#include "inprocess.h"

static const uint8_t *input;
static size_t left;

/* Reads an answer: its header and all of its body. 0, or -1 when the parent is gone. */
static int read_answer(int fd) {
  char piece[4096];
  roi_message m;
  if (roi_child_read(fd, &m, sizeof m) != 0) return -1;
  for (uint64_t n = m.size; n > 0;) {
    size_t now = n < sizeof piece ? (size_t)n : sizeof piece;
    if (roi_child_read(fd, piece, now) != 0) return -1;
    n -= now;
  }
  return 0;
}

static void play(int fd) {
  while (left >= 4) {
    uint64_t size = (uint64_t)(input[2] | input[3] << 8);
    roi_message m = {.type = input[0], .number = input[1], .line = input[1], .size = size == 0xffff ? left - 4 : size};
    input += 4;
    left -= 4;
    size_t there = m.size < left ? (size_t)m.size : left;
    if (roi_child_write(fd, &m, sizeof m) != 0 || roi_child_write(fd, input, there) != 0 || there < m.size) return;
    input += there;
    left -= there;
    if ((m.type == ROI_ASK_MODULE || m.type == ROI_ASK_DATA) && read_answer(fd) != 0) return;
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  const roi_host_options options = {.model_path = "tests/lua/data/adoption.lua", .script_memory = UINT64_C(48) << 20, .script_seconds = 3};
  roi_graph *g = NULL;
  roi_host *host = NULL;
  roi_error err = {0};
  input = bytes;
  left = size;
  fuzz_child_plays = play;
  if (roi_host_build(&options, &g, &host, &err) == ROI_OK) {
    fuzz_check(g && host, "there is a graph");
  } else {
    fuzz_check(!g && !host && err.text[0], "an error says what is wrong");
    fuzz_check_text(err.text, strlen(err.text), "an error is text");
  }
  roi_host_free(host);
  roi_graph_free(g);
  return 0;
}
