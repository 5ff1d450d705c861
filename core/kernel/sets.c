#include "kernel/sets.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/cpu.h"
#include "base/error.h"
#include "base/memory.h"
#include "math/irr.h"

const roi_kernel_row roi_kernel_rows[ROI_K_COUNT] = {
#define ROI_KERNEL(id, name, args, doc) [ROI_K_##id] = {name, args, doc},
#include "kernel/kernel.def"
#undef ROI_KERNEL
};

static int always(void) { return 1; }

/* From best to last. */
static const struct {
  const roi_kernel_set *set;
  int (*runs_here)(void);
  const char *needs;
} sets[] = {
#if defined(__x86_64__)
    {&roi_kernels_avx512, roi_cpu_has_avx512, "AVX-512 (F, DQ, CD, BW and VL)"},
    {&roi_kernels_avx2, roi_cpu_has_avx2, "AVX2 and FMA"},
#endif
    {&roi_kernels_baseline, always, ""},
};

const roi_kernel_set *roi_kernels(const char *isa, roi_error *err) {
  for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
    if (isa && strcmp(isa, sets[i].set->name) != 0) continue;
    if (sets[i].runs_here()) return sets[i].set;
    if (!isa) continue;
    roi_fail(err, ROI_ERR_USAGE, "instruction set '%s': this processor has no %s; "
             "leave the choice to roisim or take 'baseline'", isa, sets[i].needs);
    return NULL;
  }
  roi_fail(err, ROI_ERR_USAGE, "instruction set '%s' is not one of baseline, avx2, avx512, or not built here",
           isa);
  return NULL;
}

size_t roi_kernel_scratch(const roi_instr *code, size_t n) {
  size_t most = 0;
  for (size_t i = 0; i < n; i++) {
    size_t need = 0;
    if (code[i].op == ROI_K_IRR) {
      const roi_columns *flows = code[i].aux;
      need = flows->n + roi_irr_scratch(flows->n);
    } else if (code[i].op == ROI_K_Q_DIRECT) {
      const roi_direct *direct = code[i].aux;
      need = direct->params.n;
    }
    if (need > most) most = need;
  }
  return most;
}

const roi_qtable *roi_normal_table(roi_error *err) {
  /* The one table that every program shares; built under a lock, and again at the next call where memory was out. */
  static const double standard[2] = {0.0, 1.0};
  static const roi_distribution normal = {
      .kind = ROI_DIST_FAMILY, .family = ROI_FAMILY_NORMAL, .par = standard, .n_par = 2};
  static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  static roi_qtable table;
  static _Atomic(const roi_qtable *) ready;

  const roi_qtable *found = atomic_load_explicit(&ready, memory_order_acquire);
  if (found) return found;
  pthread_mutex_lock(&lock);
  found = atomic_load_explicit(&ready, memory_order_relaxed);
  if (!found && roi_qtable_build(&table, &normal, err) == ROI_OK) {
    found = &table;
    atomic_store_explicit(&ready, found, memory_order_release);
  }
  pthread_mutex_unlock(&lock);
  return found;
}
