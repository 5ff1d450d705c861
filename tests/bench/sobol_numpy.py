"""Sobol' indices of the reference model's npv in NumPy, as the yardstick for `roisim sensitivity --method sobol`.

usage: sobol_numpy.py run BASE RESAMPLES > RESULT.json
       sobol_numpy.py compare RESULT.json ROISIM.json

The model (examples/support_desk.lua) is written for NumPy by hand, and well: only what npv needs, powers and exponentials stepped by
products, blocks that stay in the cache, no temporaries; inputs common to several of Saltelli's matrices are transformed once. Points are
SciPy's scrambled Sobol' points, quantiles SciPy's special functions (those behind scipy.stats' ppf, without its checks). First-order
indices after Saltelli et al. (2010), total ones after Jansen (1999), percentile intervals of a bootstrap over 128 stretches of base
points, by one matrix product. Seconds are counted after the imports.
"""
import json
import sys
import time

import numpy as np
from scipy import special
from scipy.stats import qmc

MONTHS, BLOCK, STRETCHES, SEED = 36, 2048, 128, 1
Z95 = special.ndtri(0.95)


def triangular(low, mode, high):
    cut = (mode - low) / (high - low)

    def quantile(u):
        rising = low + np.sqrt(u * (high - low) * (mode - low))
        falling = high - np.sqrt((1 - u) * (high - low) * (high - mode))
        return np.where(u < cut, rising, falling)
    return quantile


def pert(low, mode, high):
    a, b = 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)
    return lambda u: low + (high - low) * special.betaincinv(a, b, u)


def lognormal(p5, p95):
    mu, sigma = (np.log(p5) + np.log(p95)) / 2, (np.log(p95) - np.log(p5)) / 2 / Z95
    return lambda u: np.exp(mu + sigma * special.ndtri(u))


def normal(mean, sd):
    return lambda u: mean + sd * special.ndtri(u)


def beta(a, b):
    return lambda u: special.betaincinv(a, b, u)


def uniform(low, high):
    return lambda u: low + (high - low) * u


INPUTS = {
    "tickets": triangular(8000, 10000, 13000), "growth": normal(0.010, 0.004), "aht": pert(6, 9, 15),
    "wage": lognormal(18, 30), "deflect": beta(8, 12), "k": uniform(0.2, 0.6), "mid": triangular(3, 6, 12),
    "quality": beta(20, 3), "tokens": lognormal(3000, 12000), "price": uniform(2e-6, 8e-6), "decay": uniform(0.01, 0.04),
    "setup": pert(40000, 60000, 120000), "run": triangular(3000, 4000, 7000),
    "incident.occurs": lambda u: (u > 0.85).astype(float), "incident.loss": lognormal(20e3, 200e3),
}
DISCOUNT = 1.10 ** (-np.arange(MONTHS + 1) / 12)


def npv(x, out):
    """npv of one block; x: the inputs in order, out: where it goes."""
    tickets, growth, aht, wage, deflect, k, mid, quality, tokens, price, decay, setup, run, occurs, loss = x
    up, down, step = 1 + growth, 1 - decay, np.exp(-k)
    volume, cheaper, e = tickets.copy(), tokens * price, np.exp(k * mid)
    served, spent, part = np.zeros_like(out), np.zeros_like(out), np.empty_like(out)
    for month in range(1, MONTHS + 1):
        volume *= up
        cheaper *= down
        e *= step
        np.add(e, 1, out=part)
        np.divide(volume, part, out=part)
        part *= DISCOUNT[month]
        served += part
        part *= cheaper
        spent += part
    np.multiply(served, deflect * quality * aht * wage / 60, out=out)
    out -= spent
    out -= run * DISCOUNT[1:].sum() + occurs * loss * DISCOUNT[12] + setup


def evaluate(a, b, swapped):
    """npv of the matrix A with the column `swapped` of B (None: A itself)."""
    n = a.shape[1]
    y = np.empty(n)
    for at in range(0, n, BLOCK):
        rows = slice(at, at + BLOCK)
        npv([(b if i == swapped else a)[i, rows] for i in range(len(INPUTS))], y[rows])
    return y


def indices(sums, k, n):
    """First and total indices from sums over base points: f(A), f(B), their squares, then k products, then k squared differences."""
    mean = (sums[..., 0] + sums[..., 1]) / (2 * n)
    variance = ((sums[..., 2] + sums[..., 3]) / (2 * n) - mean ** 2)[..., None]
    return sums[..., 4:4 + k] / n / variance, sums[..., 4 + k:] / (2 * n) / variance


def study(base, resamples):
    k, times = len(INPUTS), [time.perf_counter()]
    points = np.ascontiguousarray(qmc.Sobol(2 * k, scramble=True, seed=SEED).random(base).T)
    np.maximum(points, 2.0 ** -33, out=points)
    times.append(time.perf_counter())
    a = np.stack([q(u) for q, u in zip(INPUTS.values(), points[:k])])
    b = np.stack([q(u) for q, u in zip(INPUTS.values(), points[k:])])
    times.append(time.perf_counter())
    fa, fb = evaluate(a, b, None), evaluate(b, a, None)
    fab = np.stack([evaluate(a, b, i) for i in range(k)])
    times.append(time.perf_counter())
    shift = fa.mean()  # about the mean, the products lose fewer digits
    fa, fb, fab = fa - shift, fb - shift, fab - shift
    terms = np.concatenate([[fa, fb, fa * fa, fb * fb], fb * (fab - fa), (fa - fab) ** 2])
    stretches = min(base, STRETCHES)
    sums = terms.reshape(len(terms), stretches, -1).sum(axis=2).T
    first, total = indices(sums.sum(axis=0), k, base)
    counts = np.random.default_rng(SEED).multinomial(stretches, np.full(stretches, 1 / stretches), size=resamples).astype(float)
    again = indices(counts @ sums, k, base)
    intervals = [np.quantile(each, [0.025, 0.975], axis=0).T for each in again]
    times.append(time.perf_counter())
    seconds = dict(zip(["points", "quantiles", "model", "indices"], np.diff(times)), all=times[-1] - times[0])
    return {
        "seconds": seconds, "evaluations": base * (k + 2),
        "inputs": {name: {"first": first[i], "first_ci": list(intervals[0][i]), "total": total[i], "total_ci": list(intervals[1][i])}
                   for i, name in enumerate(INPUTS)},
    }


def compare(mine, theirs):
    """Each index of one within four standard errors of the other's, as the intervals tell them; returns the complaints."""
    wrong = []
    for name, one in mine["inputs"].items():
        other = theirs["inputs"].get(name)
        for index in "first", "total":
            if other is None:
                wrong.append(f"{name}: missing")
                break
            widths = [each[index + "_ci"][1] - each[index + "_ci"][0] for each in (one, other)]
            allowed = 4 * np.hypot(*widths) / 3.92 + 1e-6
            if not abs(one[index] - other[index]) <= allowed:
                wrong.append(f"{name}: {index} {one[index]:.5f} here, {other[index]:.5f} there, {allowed:.5f} apart at most")
    return wrong


if __name__ == "__main__":
    if sys.argv[1] == "run":
        json.dump(study(int(sys.argv[2]), int(sys.argv[3])), sys.stdout, indent=1)
    else:
        with open(sys.argv[2]) as one, open(sys.argv[3]) as other:
            complaints = compare(json.load(one), json.load(other))
        print("\n".join(complaints) or "agree")
        sys.exit(bool(complaints))
