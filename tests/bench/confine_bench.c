/* What the process for a script costs at start-up, and what each layer of its confinement adds: forks a process, confines it as scripts'
 * processes are, lets it end, and waits for it. Prints a Markdown table. usage: confine_bench [ROUNDS] */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "host/confine.h"

enum { FORKS = 100, MOST_ROUNDS = 10000 };

typedef struct way { const char *name; int confined, layers; double least; } way;

static way ways[] = {
    {.name = "a process that ends at once"},
    {.name = "that gives up descriptors, signals and terminal", .confined = 1},
    {.name = "... with limits and no privileges", .confined = 1, .layers = ROI_LAYER_LIMITS},
    {.name = "... and Landlock", .confined = 1, .layers = ROI_LAYER_LIMITS | ROI_LAYER_LANDLOCK},
    {.name = "... and the filter of system calls", .confined = 1, .layers = ROI_LAYER_LIMITS | ROI_LAYER_LANDLOCK | ROI_LAYER_FILTER},
};
enum { WAYS = sizeof ways / sizeof *ways };

static double seconds_a_process(const way *w) {
  double start = roi_seconds();
  for (int i = 0; i < FORKS; i++) {
    pid_t parent = getpid(), pid = fork();
    if (pid == 0) {
      if (w->confined) {
        roi_confine_process(ROI_CHILD_FD, parent);
        roi_confine_resources((uint64_t)512 << 20, 12, w->layers);
      }
      _exit(0);
    }
    int status;
    if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0) {
      fprintf(stderr, "confine_bench: a process could not be started or ended badly\n");
      exit(1);
    }
  }
  return (roi_seconds() - start) / FORKS;
}

int main(int argc, char **argv) {
  long rounds = argc > 1 ? strtol(argv[1], NULL, 10) : 20;
  if (rounds < 1 || rounds > MOST_ROUNDS) {
    fprintf(stderr, "usage: confine_bench [ROUNDS], 1 to %d\n", MOST_ROUNDS);
    return 2;
  }
  for (long r = 0; r < rounds; r++)
    for (size_t i = 0; i < WAYS; i++) {
      double seconds = seconds_a_process(&ways[i]);
      if (r == 0 || seconds < ways[i].least) ways[i].least = seconds; /* what else the machine does only adds */
    }
  printf("\nThe process of a script, the least of %ld rounds of %d processes.\n\n| what | microseconds | more |\n| --- | --- | --- |\n", rounds,
         FORKS);
  double before = 0;
  for (size_t i = 0; i < WAYS; i++) {
    double now = ways[i].least * 1e6;
    if (i == 0) printf("| %s | %.0f | |\n", ways[i].name, now);
    else printf("| %s | %.0f | %.0f |\n", ways[i].name, now, now - before);
    before = now;
  }
  return 0;
}
