/* REFERENCE Morris: Factorial sampling plans for preliminary computational experiments (1991): random trajectories on a grid of p = 4
 *   levels with moves of p / 2 levels. Campolongo, Cariboni, Saltelli: An effective screening design for sensitivity analysis of large
 *   models (2007): trajectories are to lie far apart, measured by the distances between the points of two of them, summed, and the sum
 *   of their squares over all pairs of trajectories. Khare, Munoz-Carpena, Rooney, Martinez: A multi-criteria trajectory-based
 *   parameter sampling strategy for the screening method of elementary effects (2015): the levels of each factor are to be used equally
 *   often, or the effects seen are those at the edges.
 *
 * What was changed: trajectories are made one after the other, each the farthest from those before among a few candidates that draw
 *   their levels from those still due, so that over all trajectories each level of each coordinate starts equally often (but for one).
 *   Farness alone, without the second rule, started at an outer level in 84% of cases (two factors, 2,000 of 8,000 trajectories), and
 *   sigma was too large by a quarter. Distances from point to point are stepped along both trajectories, since a step changes the
 *   coordinates of one factor only. */
#include "sensitivity/trajectories.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sha256.h"
#include "math/philox.h"

#define MOST_CANDIDATES 8 /* for each trajectory */
#define MOST_WORK 2e7     /* distances between points that the choice may take */

void roi_trajectories_free(roi_trajectories *t) {
  roi_free(t->first);
  roi_free(t->from);
  roi_free(t->to);
  roi_free(t->order);
  roi_free(t->step);
  memset(t, 0, sizeof *t);
}

static roi_status allocate(roi_trajectories *t, const roi_study *s, size_t n, roi_error *err) {
  *t = (roi_trajectories){.n = n, .factors = s->n_factors};
  t->first = roi_alloc(s->n_factors + 1, sizeof *t->first);
  if (t->first) {
    for (size_t f = 0; f < s->n_factors; f++) {
      t->first[f] = t->coordinates;
      t->coordinates += s->factors[f].n_draws;
    }
    t->first[s->n_factors] = t->coordinates;
    t->from = roi_alloc((n + 2) * t->coordinates, 1);
    t->to = roi_alloc((n + 2) * t->coordinates, 1);
    t->order = roi_alloc((n + 2) * t->factors, sizeof *t->order);
    t->step = roi_alloc((n + 2) * t->factors, sizeof *t->step);
  }
  if (t->first && t->from && t->to && t->order && t->step) return ROI_OK;
  roi_trajectories_free(t);
  return roi_fail_memory(err, "trajectories");
}

/* Random words, each use its own stretch: word i, from 0. `ready` is to be cleared when the use changes. */
typedef struct words { uint64_t stream; uint32_t key[2], use, block, word[4]; int ready; } words;

static uint32_t word_at(words *w, size_t i) {
  if (!w->ready || w->block != i / 4) {
    uint32_t counter[4] = {(uint32_t)(i / 4), w->use, (uint32_t)w->stream, (uint32_t)(w->stream >> 32)};
    roi_philox(counter, w->key, w->word);
    w->block = (uint32_t)(i / 4);
    w->ready = 1;
  }
  return w->word[i % 4];
}

/* How often each level of each coordinate is still due to start: due[coordinate * ROI_LEVELS + level]. */
static void set_due(const roi_trajectories *t, const roi_study *s, words *w, uint32_t *due) {
  size_t next = 0;
  for (size_t f = 0; f < t->factors; f++) {
    size_t step = s->factors[f].yes_no ? ROI_LEVELS - 1 : 1, levels = (ROI_LEVELS - 1) / step + 1, rest = t->n % levels;
    for (size_t c = t->first[f]; c < t->first[f + 1]; c++) {
      size_t extra = word_at(w, next++) >> 30; /* the rest goes to levels from here on */
      for (size_t i = 0; i < levels; i++)
        due[c * ROI_LEVELS + i * step] = (uint32_t)(t->n / levels + ((i + extra) % levels < rest ? 1 : 0));
    }
  }
}

/* Fills the place of a trajectory: a start for each coordinate, any of the `left` that are due; where it moves; a random order. */
static void make_one(roi_trajectories *t, const roi_study *s, size_t place, size_t left, const uint32_t *due, words *w) {
  size_t next = 0;
  uint32_t *order = t->order + place * t->factors, *step = t->step + place * t->factors;
  for (size_t f = 0; f < t->factors; f++) {
    for (size_t c = t->first[f]; c < t->first[f + 1]; c++) {
      uint64_t ticket = (uint64_t)word_at(w, next++) * left >> 32;
      int level = 0;
      while (ticket >= due[c * ROI_LEVELS + (size_t)level]) ticket -= due[c * ROI_LEVELS + (size_t)level++];
      int to = level < ROI_LEVEL_MOVE ? level + ROI_LEVEL_MOVE : level - ROI_LEVEL_MOVE;
      if (s->factors[f].yes_no) to = ROI_LEVELS - 1 - level;
      t->from[place * t->coordinates + c] = (int8_t)level;
      t->to[place * t->coordinates + c] = (int8_t)to;
    }
  }
  for (size_t f = 0; f < t->factors; f++) { /* Fisher and Yates, from the front */
    size_t k = (size_t)((uint64_t)word_at(w, next++) * (f + 1) >> 32);
    order[f] = order[k];
    order[k] = (uint32_t)f;
  }
  for (size_t j = 0; j < t->factors; j++) step[order[j]] = (uint32_t)j;
}

/* By how much the square of the distance to another trajectory's point changes when factor f of trajectory a moves. */
static int change(const roi_trajectories *t, size_t a, size_t f, size_t b, size_t point_of_b) {
  int sum = 0;
  for (size_t c = t->first[f]; c < t->first[f + 1]; c++) {
    int other = roi_level_at(t, b, point_of_b, f, c);
    int before = t->from[a * t->coordinates + c] - other, after = t->to[a * t->coordinates + c] - other;
    sum += after * after - before * before;
  }
  return sum;
}

/* The distances between points of two trajectories, summed over all pairs of points. */
static double distance(const roi_trajectories *t, size_t a, size_t b) {
  int64_t row = 0;
  double sum = 0;
  for (size_t c = 0; c < t->coordinates; c++) {
    int d = t->from[a * t->coordinates + c] - t->from[b * t->coordinates + c];
    row += d * d;
  }
  for (size_t i = 0; i <= t->factors; i++) {
    int64_t square = row;
    for (size_t j = 0; j <= t->factors; j++) {
      sum += sqrt((double)square);
      if (j < t->factors) square += change(t, b, t->order[b * t->factors + j], a, i);
    }
    if (i < t->factors) row += change(t, a, t->order[a * t->factors + i], b, 0);
  }
  return sum;
}

static void copy_one(roi_trajectories *t, size_t to, size_t from) {
  memmove(t->from + to * t->coordinates, t->from + from * t->coordinates, t->coordinates);
  memmove(t->to + to * t->coordinates, t->to + from * t->coordinates, t->coordinates);
  memmove(t->order + to * t->factors, t->order + from * t->factors, t->factors * sizeof *t->order);
  memmove(t->step + to * t->factors, t->step + from * t->factors, t->factors * sizeof *t->step);
}

/* How many candidates for each: with many factors or trajectories distances cost too much to look at more than one. */
static size_t candidates_of(size_t n, size_t factors) {
  double pairs = (double)n * (double)n / 2, affordable = MOST_WORK / (pairs * (double)(factors + 1) * (double)(factors + 1));
  return affordable >= MOST_CANDIDATES ? MOST_CANDIDATES : affordable > 1 ? (size_t)affordable : 1;
}

/* Candidates are made in the two places after the last: the best so far, and the newest. */
static void make_all(roi_trajectories *t, const roi_study *s, words *w, uint32_t *due) {
  size_t best = t->n, newest = t->n + 1;
  for (size_t i = 0; i < t->n; i++) {
    double farthest = -1;
    for (size_t k = 0; k < t->candidates; k++) {
      w->use = (uint32_t)(i * MOST_CANDIDATES + k + 1);
      w->ready = 0;
      make_one(t, s, newest, t->n - i, due, w);
      double spread = 0;
      for (size_t b = 0; b < i && t->candidates > 1; b++) {
        double d = distance(t, newest, b);
        spread += d * d;
      }
      if (spread <= farthest) continue;
      farthest = spread;
      copy_one(t, best, newest);
    }
    copy_one(t, i, best);
    for (size_t c = 0; c < t->coordinates; c++) due[c * ROI_LEVELS + (size_t)t->from[i * t->coordinates + c]]--;
  }
}

roi_status roi_trajectories_new(roi_trajectories *t, const roi_study *s, size_t n, roi_error *err) {
  roi_status status = allocate(t, s, n, err);
  if (status) return status;
  uint32_t *due = roi_alloc_zero(t->coordinates * ROI_LEVELS + 1, sizeof *due);
  if (!due) {
    roi_trajectories_free(t);
    return roi_fail_memory(err, "trajectories");
  }
  uint64_t seed = s->request->options.seed;
  words w = {.key = {(uint32_t)seed, (uint32_t)(seed >> 32)}, .stream = roi_name_key("roisim:morris")};
  t->candidates = candidates_of(n, s->n_factors);
  set_due(t, s, &w, due);
  make_all(t, s, &w, due);
  roi_free(due);
  return ROI_OK;
}
