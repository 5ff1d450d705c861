/* Runs a command and says what it took, from exec to exit: seconds, a space, the largest resident set of it or of any process it
 * waited for in kilobytes. usage: measure FILE COMMAND ARGUMENT...; the figures go to FILE, the status is the command's. */
#include <spawn.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

int main(int argc, char **argv) {
  if (argc < 3) return fputs("usage: measure FILE COMMAND ARGUMENT...\n", stderr), 2;
  struct timespec begin, end;
  struct rusage usage;
  pid_t child;
  int status;
  clock_gettime(CLOCK_MONOTONIC, &begin);
  if (posix_spawnp(&child, argv[2], NULL, NULL, argv + 2, environ) != 0) return fprintf(stderr, "measure: cannot run %s\n", argv[2]), 2;
  if (wait4(child, &status, 0, &usage) != child) return 2;
  clock_gettime(CLOCK_MONOTONIC, &end);
  FILE *f = fopen(argv[1], "w");
  if (f == NULL) return fprintf(stderr, "measure: cannot write %s\n", argv[1]), 2;
  fprintf(f, "%.6f %ld\n", (double)(end.tv_sec - begin.tv_sec) + 1e-9 * (double)(end.tv_nsec - begin.tv_nsec), usage.ru_maxrss);
  fclose(f);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
