/* Writes the random numbers of a run as 32-bit words without end, for batteries of tests: `stream all | dieharder -g 200 -a`.
 * usage: stream trials|names|seeds|periods|all [low]
 *
 * What differs from one word to the next is what neighbours differ in: the trial of one draw, the draw's name (draw_0 to draw_63,
 * trial by trial), the seed (0 to 63), the period (0 to 63), or name, seed, period and trial together. A word is the upper 32
 * of the 52 bits of the uniform, or with `low` its lower 32. */
#include <stdio.h>
#include <string.h>

#include "base/sha256.h"
#include "math/philox.h"

#define NEIGHBOURS 64

int main(int argc, char **argv) {
  const char *kinds[] = {"trials", "names", "seeds", "periods", "all"};
  int kind = -1;
  for (int i = 0; i < 5 && argc > 1; i++)
    if (strcmp(argv[1], kinds[i]) == 0) kind = i;
  if (kind < 0) return fputs("usage: stream trials|names|seeds|periods|all [low]\n", stderr), 2;
  int low = argc > 2 && strcmp(argv[2], "low") == 0;

  uint64_t keys[NEIGHBOURS];
  for (int i = 0; i < NEIGHBOURS; i++) {
    char name[32];
    snprintf(name, sizeof name, "draw_%d", i);
    keys[i] = roi_name_key(name);
  }
  static uint32_t words[1 << 14];
  for (uint64_t at = 0;;) {
    for (size_t i = 0; i < sizeof words / sizeof *words; i++, at++) {
      uint64_t trial = kind == 0 ? at : at / NEIGHBOURS, seed = 1, name = 0, period = 0, near = at % NEIGHBOURS;
      if (kind == 1) name = near;
      if (kind == 2) seed = near;
      if (kind == 3) period = near;
      if (kind == 4) seed = near & 3, name = near >> 2 & 3, period = near >> 4;
      uint64_t bits = (uint64_t)(roi_uniform_at(seed, keys[name], trial, (uint32_t)period) * 0x1p52);
      words[i] = (uint32_t)(low ? bits : bits >> 20);
    }
    if (fwrite(words, sizeof words, 1, stdout) != 1) return 0;
  }
}
