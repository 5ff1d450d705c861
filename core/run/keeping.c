/* When a run's progress is kept, and which: what keeping costs must stay a small share of the run.
 *
 * Where columns are not kept, progress is small, and the latest is kept as often as the share allows. Columns in memory belong to progress,
 * all that there are; a fast model makes them faster than they can be written. So the sums are remembered at several places of the
 * run, and the furthest place is kept whose columns the share has room for: of a slow model the latest, of a fast one an early place, which
 * is worth little there, for computing is as fast as reading. */
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/memory.h"
#include "run/simulation.h"

/* Half of what is promised, since what a progress will cost is a guess. */
#define COST_SHARE 0.005
/* Where there is room for so many like it, a progress is kept although it is little further than the last. */
#define PLENTY 4.0
/* One that took longer than this and PLENTY times what was expected counts as that: the process, or the disk, may have stood still
 * meanwhile. A disk that is so slow is learnt of in a few steps. */
#define LONG 1.0
/* The first guess: 0.01 s, and 300 MB/s. */
#define COST_AT_LEAST 0.01
#define COST_A_BYTE (1 / 300e6)
/* Smaller ones tell what any progress costs, larger ones what their bytes do. */
#define LARGE 4e6
/* Seconds between two places: at first few, then a share of the time so far. */
#define SHORTEST_STRETCH 0.002
#define LONGEST_STRETCH 1.0
#define STRETCH_SHARE 0.25

void roi_keeping_begin(simulation *s) {
  s->keeping = (keeping){.begin = roi_seconds(), .each = COST_AT_LEAST, .a_byte = COST_A_BYTE};
  s->keeping.kept_at = s->keeping.begin;
}

void roi_keeping_free(simulation *s) {
  for (size_t i = 0; i < s->keeping.n; i++) roi_free(s->keeping.place[i].sums);
  s->keeping.n = 0;
}

static double cost(const simulation *s, uint64_t reached) {
  return s->keeping.each + s->keeping.a_byte * roi_progress_size(s, reached);
}

/* Seconds that may be spent now. */
static double affordable(const simulation *s) { return COST_SHARE * (roi_seconds() - s->keeping.begin) - s->keeping.spent; }

/* When the latest is to be kept again, where columns are not. By the time since the last, so that a process which stood still for an hour
 * does not catch up on what it did not keep. */
static double due(const simulation *s) {
  double every = s->q->keeper->every;
  return s->keeping.kept_at + (every > 0.0 ? every : cost(s, s->reached) / COST_SHARE);
}

double roi_keeping_pause(const simulation *s) {
  const keeping *k = &s->keeping;
  if (s->q->keeper->every > 0.0) return due(s);
  double now = roi_seconds(), stretch = s->streaming ? due(s) - now : STRETCH_SHARE * (now - k->begin);
  if (!s->streaming && stretch > LONGEST_STRETCH) stretch = LONGEST_STRETCH;
  return now + (stretch > SHORTEST_STRETCH ? stretch : SHORTEST_STRETCH);
}

/* Remembers the sums at the place reached. Of too many places every second is forgotten; without memory this one is. */
static void remember(simulation *s) {
  keeping *k = &s->keeping;
  if (k->n == ROI_PLACES) {
    for (size_t i = 0; i < ROI_PLACES; i++)
      if (i % 2 == 0) roi_free(k->place[i].sums);
      else k->place[i / 2] = k->place[i];
    k->n = ROI_PLACES / 2;
  }
  void *copy = roi_alloc(1, roi_sums_size(s));
  if (!copy) return;
  memcpy(copy, s->sums.moments, roi_sums_size(s));
  k->place[k->n++] = (place){s->reached, copy};
}

static roi_status keep(simulation *s, uint64_t reached, const void *added) {
  const roi_keeper *keeper = s->q->keeper;
  keeping *k = &s->keeping;
  double begin = roi_seconds(), size = roi_progress_size(s, reached), expected = cost(s, reached);
  roi_progress at = {.done = reached, .total = s->trials, .pass = s->pass, .seconds = begin - s->begin};
  roi_status status = keeper->begin(keeper->data, &at, s->err);
  if (status == ROI_OK) roi_progress_save(s, reached, added, keeper->to);
  if (status == ROI_OK) status = keeper->commit(keeper->data, s->err);
  k->kept_at = roi_seconds();
  k->kept = reached;
  double took = k->kept_at - begin, most = PLENTY * expected > LONG ? PLENTY * expected : LONG;
  s->report->timing.kept += !keeper->to->failed;
  s->report->timing.keeping += took;
  if (took > most) took = most;
  k->spent += took;
  if (size < LARGE) k->each = took;
  else if (took > k->each) k->a_byte = (took - k->each) / size;
  return status;
}

static roi_status keep_latest(simulation *s) { return keep(s, s->reached, s->sums.moments); }

/* The furthest place that can be afforded, if it is worth it: the pass's end is, for what follows may fail. */
static roi_status keep_affordable(simulation *s, uint64_t trials) {
  keeping *k = &s->keeping;
  double room = affordable(s);
  for (size_t i = k->n; i-- > 0;) {
    uint64_t reached = k->place[i].reached;
    double costs = cost(s, reached);
    if (costs > room) continue;
    int is_worth_it = reached > k->kept + k->kept / 8 || reached == trials || PLENTY * costs <= room;
    return is_worth_it && reached > k->kept ? keep(s, reached, k->place[i].sums) : ROI_OK;
  }
  return ROI_OK;
}

roi_status roi_keeping_after(simulation *s, const roi_pass *p, roi_status ended) {
  int stopped = roi_is_stop(ended), is_begun = s->reached > 0 || s->phase != PHASE_TRIALS; /* what earlier passes found is much */
  if (!is_begun || (ended != ROI_OK && !stopped)) return ROI_OK;
  if (stopped) return keep_latest(s);
  if (s->streaming || s->q->keeper->every > 0.0) return roi_seconds() >= due(s) ? keep_latest(s) : ROI_OK;
  remember(s);
  return keep_affordable(s, p->trials);
}
