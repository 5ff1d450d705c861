#include "dist/inverter.h"

#include <math.h>

#include "math/scalar.h"

/* The largest double below x. */
static double before(double x) { return nextafter(x, -(double)INFINITY); }

void roi_truncation_set(roi_truncation *t, const roi_distribution *d) {
  roi_dist_cdf(d->part[0], before(d->lo), &t->p_lo, &t->q_lo); /* an atom at lo stays in */
  roi_dist_cdf(d->part[0], d->hi, &t->p_hi, &t->q_hi);
  t->mass = t->q_lo < 0.5 ? t->q_lo - t->q_hi : t->p_hi - t->p_lo;
}

void roi_inverter_set(roi_inverter *v, const roi_distribution *d) {
  v->layers = 0;
  for (; d->kind == ROI_DIST_TRUNCATE || d->kind == ROI_DIST_CLAMP; d = d->part[0]) {
    if (d->kind == ROI_DIST_TRUNCATE) roi_truncation_set(&v->truncation[v->layers], d);
    v->layer[v->layers++] = d;
  }
  v->core = d;
  v->last.side = 0;
  if (d->kind != ROI_DIST_FAMILY) return;
  const double *par = d->par;
  switch (d->family) {
    case ROI_FAMILY_BETA:
      roi_beta_shape_set(&v->shape.beta, par[0], par[1]);
      roi_walk_beta(&v->walk, &v->shape.beta);
      break;
    case ROI_FAMILY_PERT: {
      double lambda = d->n_par > 3 ? par[3] : 4.0, width = par[2] - par[0];
      if (width == 0.0) break;
      roi_beta_shape_set(&v->shape.beta, 1.0 + lambda * ((par[1] - par[0]) / width),
                         1.0 + lambda * ((par[2] - par[1]) / width));
      roi_walk_beta(&v->walk, &v->shape.beta);
      break;
    }
    case ROI_FAMILY_STUDENT_T:
      roi_beta_shape_set(&v->shape.beta, 0.5 * par[0], 0.5);
      roi_walk_beta(&v->walk, &v->shape.beta);
      break;
    case ROI_FAMILY_GAMMA:
      roi_gamma_shape_set(&v->shape.gamma, par[0]);
      roi_walk_gamma(&v->walk, &v->shape.gamma);
      break;
    case ROI_FAMILY_METALOG:
      v->metalog_terms = roi_metalog_fit(par, d->n_par, v->shape.metalog);
      break;
    default: break;
  }
}

static double family_at(roi_inverter *v, double p, double q) {
  const roi_distribution *d = v->core;
  const double *par = d->par;
  switch (d->family) {
    case ROI_FAMILY_BETA: return roi_sigmoid(roi_walk_to(&v->walk, p, q));
    case ROI_FAMILY_PERT: {
      double width = par[2] - par[0];
      if (width == 0.0) return par[0];
      double z = roi_walk_to(&v->walk, p, q), part = width * roi_sigmoid(-fabs(z));
      return z < 0.0 ? par[0] + part : par[2] - part;
    }
    case ROI_FAMILY_STUDENT_T: {
      double at = d->n_par > 1 ? par[1] : 0.0, scale = d->n_par > 2 ? par[2] : 1.0;
      if (p == q) return at;
      double z = roi_walk_to(&v->walk, 2.0 * (p < q ? p : q), fabs(q - p));
      return at + scale * copysign(sqrt(par[0] * roi_exp(-z)), p - q);
    }
    case ROI_FAMILY_GAMMA: return par[1] * roi_exp(roi_walk_to(&v->walk, p, q));
    case ROI_FAMILY_METALOG: return roi_metalog_value(par, v->shape.metalog, v->metalog_terms, p, q);
    default: return roi_family_get(d->family)->quantile(par, d->n_par, p, q);
  }
}

typedef struct target {
  const roi_distribution *d;
  double p, q;
} target;

/* log of the mixture's tail over the target, in the smaller tail, rising in x; 0 where they agree to the last digits. */
static double beyond(const void *context, double x) {
  const target *t = context;
  double p, q, ratio;
  roi_dist_cdf(t->d, x, &p, &q);
  ratio = t->p <= t->q ? p / t->p : t->q / q;
  if (!(ratio > 1e-300)) return -700.0;
  if (fabs(ratio - 1.0) < 4e-16) return 0.0;
  return ratio < 1e300 ? roi_log(ratio) : 700.0;
}

/* From the last point by secant steps; NaN when that does not settle. The last step is not checked: its error is the product
 * of the distances before it. */
static double mixture_near(roi_inverter *v, const target *t, double log_tail, int side) {
  double x0 = v->last.x, g0 = side * (v->last.log_tail - log_tail), slope = v->last.slope;
  for (int i = 0; i < 6; i++) {
    double x = x0 - g0 * slope, g = beyond(t, x);
    if (!(fabs(g) < 0.5)) break;
    if (g != g0 && x != x0) slope = (x - x0) / (g - g0);
    if (fabs(g) < 1e-14 || fabs(g * (g - g0)) < 1e-15) {
      v->last.x = x;
      v->last.log_tail = log_tail + side * g;
      v->last.slope = slope;
      return fabs(g) < 1e-14 ? x : x - g * slope;
    }
    x0 = x;
    g0 = g;
  }
  return (double)NAN;
}

/* The atom of d that lies nearest below `most`, which is a few units in the last place above a jump of the mixture's; NaN if d
 * has none there. */
static double atom_near(const roi_distribution *d, double x, double most) {
  if (roi_dist_discrete(d)) {
    double p, q;
    roi_dist_cdf(d, most, &p, &q);
    return p > 0.0 ? roi_dist_quantile(d, p, q) : (double)NAN;
  }
  double slack = most - x;
  if (d->kind == ROI_DIST_CLAMP && fabs(d->lo - x) <= slack) return d->lo;
  if (d->kind == ROI_DIST_CLAMP && fabs(d->hi - x) <= slack) return d->hi;
  for (size_t i = 0; i < d->n_part; i++) {
    double atom = atom_near(d->part[i], x, most);
    if (fabs(atom - x) <= slack) return atom;
  }
  return (double)NAN;
}

/* A jump is found to within a few units in the last place, on either side; this gives the value that has the probability. */
static double at_atom(const roi_distribution *d, const target *t, double x) {
  double most = x + 8.0 * (nextafter(fabs(x), (double)INFINITY) - fabs(x));
  for (size_t i = 0; i < d->n_part; i++) {
    if (!(d->weight[i] > 0.0)) continue;
    double atom = atom_near(d->part[i], x, most);
    if ((atom < x || (atom > x && beyond(t, x) < 0.0)) && beyond(t, atom) >= 0.0) x = atom;
  }
  return x;
}

/* A mixture's quantile lies between the smallest and the largest of its components' quantiles. */
static double mixture_at(roi_inverter *v, double p, double q) {
  const roi_distribution *d = v->core;
  target t = {d, p, q};
  int side = p <= q ? 1 : -1;
  double log_tail = roi_log(side > 0 ? p : q);
  if (v->last.side == side && v->last.slope > 0.0 && fabs(v->last.log_tail - log_tail) < 0.2) {
    double x = mixture_near(v, &t, log_tail, side);
    if (!isnan(x)) return x;
  }
  double low = (double)INFINITY, high = -(double)INFINITY;
  for (size_t i = 0; i < d->n_part; i++) {
    if (!(d->weight[i] > 0.0)) continue;
    double x = roi_dist_quantile(d->part[i], p, q);
    if (x < low) low = x;
    if (x > high) high = x;
  }
  double x = low == high ? low : roi_rising_root(beyond, &t, low, high);
  x = at_atom(d, &t, x);
  double moved = side * (log_tail - v->last.log_tail);
  v->last.slope = v->last.side == side && moved != 0.0 ? (x - v->last.x) / moved : 0.0;
  v->last.side = side;
  v->last.x = x;
  v->last.log_tail = log_tail;
  return x;
}

static double below_layer(roi_inverter *v, int i, double p, double q);

/* Close to an end of a truncation the part's own probability is a large number plus a tiny one. There the distance from the
 * end is followed back from two probabilities that are far enough to be exact, along the parabola through the end itself. */
static double near_end(roi_inverter *v, int i, double extra, int upper, double plain) {
  const roi_truncation *t = &v->truncation[i];
  double p = upper ? t->p_hi : t->p_lo, q = upper ? t->q_hi : t->q_lo, edge = upper ? v->layer[i]->hi : v->layer[i]->lo;
  double base = p < q ? p : q, step = 1e-5 * base;
  if (!(extra < 1e-6 * base) || !(4.0 * step < t->mass)) return plain;
  double s = upper ? -step : step;
  double w1 = below_layer(v, i + 1, p + s, q - s) - edge, w2 = below_layer(v, i + 1, p + 2.0 * s, q - 2.0 * s) - edge;
  double bend = w2 - 2.0 * w1;
  if (!(fabs(w1) > 0.0) || !(fabs(bend) < 1e-3 * fabs(w1))) return plain; /* an atom, a gap or a kink */
  double f = extra / step;
  return edge + f * (w1 + 0.5 * (f - 1.0) * bend);
}

static double below_layer(roi_inverter *v, int i, double p, double q) {
  if (i == v->layers) return v->core->kind == ROI_DIST_FAMILY ? family_at(v, p, q) : mixture_at(v, p, q);
  const roi_distribution *d = v->layer[i];
  double x;
  if (d->kind == ROI_DIST_TRUNCATE) {
    const roi_truncation *t = &v->truncation[i];
    x = below_layer(v, i + 1, t->p_lo + p * t->mass, t->q_hi + q * t->mass);
    if (p < 1e-5) x = near_end(v, i, p * t->mass, 0, x);
    if (q < 1e-5) x = near_end(v, i, q * t->mass, 1, x);
  } else {
    x = below_layer(v, i + 1, p, q);
  }
  return x < d->lo ? d->lo : x > d->hi ? d->hi : x;
}

double roi_inverter_at(roi_inverter *v, double p, double q) { return below_layer(v, 0, p, q); }

double roi_dist_quantile(const roi_distribution *d, double p, double q) {
  roi_inverter v;
  roi_inverter_set(&v, d);
  return roi_inverter_at(&v, p, q);
}
