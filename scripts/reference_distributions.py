#!/usr/bin/env python3
"""Writes the known answers of tests/data/special.txt and tests/data/distributions.txt with mpmath at 45 digits (SciPy only
offers starting points). Usage: scripts/reference_distributions.py [FOLDER=tests/data]"""
import os
import sys

import mpmath as mp
import numpy
import scipy
from scipy import stats

mp.mp.dps = 45
TAILS = ["1e-12", "1e-9", "1e-6", "1e-4", "0.01", "0.1", "0.3", "0.5"]


def num(x):
    return repr(float(x))


# -- Special functions, by series of positive terms or mpmath's own -----------------------------------------------------------
def low_beta(a, b, x, y, most):
    term = total = mp.mpf(1)
    n = 0
    while term > total * mp.mpf(10) ** -45 or (a + b + n) * x >= a + 1 + n:
        term *= (a + b + n) * x / (a + 1 + n)
        total += term
        n += 1
        if n > most:
            raise ArithmeticError("too slow a series")
    log = a * mp.log(x) + b * mp.log(y) - mp.loggamma(a) - mp.loggamma(b) + mp.loggamma(a + b)
    return mp.exp(log) / a * total


def beta_pq(a, b, x, y, most=8000):
    if x * (a + b) < a:
        p = low_beta(a, b, x, y, most)
        return p, 1 - p
    q = low_beta(b, a, y, x, most)
    return 1 - q, q


def gamma_pq(a, x):
    if x < a + 40:
        term = total = mp.mpf(1)
        n = 1
        while term > total * mp.mpf(10) ** -50:
            term *= x / (a + n)
            total += term
            n += 1
        p = mp.exp(a * mp.log(x) - x - mp.loggamma(a + 1)) * total
        if p < 1 - mp.mpf(10) ** -25:
            return p, 1 - p
    # Legendre's continued fraction, from far enough back that more terms change nothing.
    f = mp.mpf(0)
    for n in range(3000, 0, -1):
        f = n * (n - a) / (x + 2 * n + 1 - a - f)
    q = mp.exp(a * mp.log(x) - x - mp.loggamma(a)) / (x + 1 - a - f)
    return 1 - q, q


def student_pq(df, t):
    x, y = df / (df + t * t), t * t / (df + t * t)
    tail = (beta_pq(df / 2, mp.mpf(1) / 2, x, y)[0] if y else mp.mpf(1)) / 2
    return (tail, 1 - tail) if t < 0 else (1 - tail, tail)


def normal_pq(z):
    return mp.erfc(-z / mp.sqrt(2)) / 2, mp.erfc(z / mp.sqrt(2)) / 2


# -- Families: parameters as mpf, distribution function (p, q) -----------------------------------------------------------------
def log_pq(log_q):
    return -mp.expm1(log_q), mp.exp(log_q)


CDF = {
    "normal": lambda v, x: normal_pq((x - v[0]) / v[1]),
    "lognormal": lambda v, x: normal_pq((mp.log(x) - v[0]) / v[1]),
    "uniform": lambda v, x: ((x - v[0]) / (v[1] - v[0]), (v[1] - x) / (v[1] - v[0])),
    "triangular": lambda v, x: triangular(v, x),
    "pert": lambda v, x: pert(v, x),
    "beta": lambda v, x: beta_pq(v[0], v[1], x, 1 - x),
    "gamma": lambda v, x: gamma_pq(v[0], x / v[1]),
    "exponential": lambda v, x: log_pq(-x * v[0]),
    "weibull": lambda v, x: log_pq(-((x / v[1]) ** v[0])),
    "logistic": lambda v, x: (1 / (1 + mp.exp(-(x - v[0]) / v[1])), 1 / (1 + mp.exp((x - v[0]) / v[1]))),
    "gumbel": lambda v, x: tuple(reversed(log_pq(-mp.exp(-(x - v[0]) / v[1])))),
    "pareto": lambda v, x: log_pq(v[0] * mp.log(v[1] / x)),
    "student_t": lambda v, x: student_pq(v[0], (x - v[1]) / v[2]),
}


def triangular(v, x):
    if x < v[1]:
        p = (x - v[0]) ** 2 / ((v[1] - v[0]) * (v[2] - v[0]))
        return p, 1 - p
    q = (v[2] - x) ** 2 / ((v[2] - v[1]) * (v[2] - v[0]))
    return 1 - q, q


def pert(v, x):
    w = v[2] - v[0]
    a, b = 1 + v[3] * (v[1] - v[0]) / w, 1 + v[3] * (v[2] - v[1]) / w
    return beta_pq(a, b, (x - v[0]) / w, (v[2] - x) / w)


# SciPy's distribution, for starting points.
START = {
    "normal": lambda v: stats.norm(v[0], v[1]), "lognormal": lambda v: stats.lognorm(v[1], scale=numpy.exp(v[0])),
    "uniform": lambda v: stats.uniform(v[0], v[1] - v[0]),
    "triangular": lambda v: stats.triang((v[1] - v[0]) / (v[2] - v[0]), v[0], v[2] - v[0]),
    "pert": lambda v: stats.beta(1 + v[3] * (v[1] - v[0]) / (v[2] - v[0]), 1 + v[3] * (v[2] - v[1]) / (v[2] - v[0]),
                                 v[0], v[2] - v[0]),
    "beta": lambda v: stats.beta(v[0], v[1]), "gamma": lambda v: stats.gamma(v[0], scale=v[1]),
    "exponential": lambda v: stats.expon(scale=1 / v[0]), "weibull": lambda v: stats.weibull_min(v[0], scale=v[1]),
    "logistic": lambda v: stats.logistic(v[0], v[1]), "gumbel": lambda v: stats.gumbel_r(v[0], v[1]),
    "pareto": lambda v: stats.pareto(v[0], scale=v[1]), "student_t": lambda v: stats.t(v[0], v[1], v[2]),
}


def quantile(name, par, tail, upper):
    """The x whose lower (upper) tail is `tail`, by the secant method on the logarithm of the tail; None if SciPy's start is
    too far off or at the end of the support."""
    v = [mp.mpf(x) for x in par]
    frozen = START[name](par)
    x = mp.mpf(float(frozen.isf(float(tail)) if upper else frozen.ppf(float(tail))))
    low, high = (mp.mpf(float(end)) for end in frozen.support())
    if not low < x < high:
        return None

    def miss(x):
        return mp.log(CDF[name](v, x)[1 if upper else 0] / tail)

    before, step = x, min(abs(x) + (x == 0), x - low, high - x) * mp.mpf(10) ** -9
    miss_before = miss(before)
    x = before + step
    for _ in range(12):
        now = miss(x)
        if now == miss_before:
            break
        step = -now * (x - before) / (now - miss_before)
        before, miss_before = x, now
        x += step
        if not low < x < high:
            return None
        if abs(step) <= abs(x) * mp.mpf(10) ** -24:
            return x
    return x if abs(miss_before) < mp.mpf(10) ** -20 else None


CONTINUOUS = [
    ("normal", [0, 1]), ("normal", [1e6, 0.5]), ("lognormal", [0, 1]), ("lognormal", [3.1, 0.155]), ("lognormal", [-2, 6]),
    ("uniform", [2, 5]), ("triangular", [0, 0, 1]), ("triangular", [8000, 10000, 13000]), ("triangular", [-1, 2, 2]),
    ("pert", [6, 9, 15, 4]), ("pert", [0, 0, 1, 4]), ("pert", [0, 1, 1, 4]), ("pert", [-3, 1, 2, 0.3]),
    ("beta", [0.5, 0.5]), ("beta", [200, 3]), ("beta", [8, 12]), ("beta", [20, 3]), ("beta", [0.05, 8]), ("beta", [1, 1]),
    ("beta", [2.5, 0.8]), ("beta", [5000, 7000]), ("gamma", [0.1, 1]), ("gamma", [1, 2]), ("gamma", [2.5, 3]), ("gamma", [150, 0.1]),
    ("gamma", [0.02, 10]), ("gamma", [4000, 1]), ("exponential", [0.25]), ("weibull", [0.3, 2]), ("weibull", [5, 1]),
    ("logistic", [2, 0.5]), ("gumbel", [1, 3]), ("pareto", [0.5, 1]), ("pareto", [3, 20]), ("student_t", [2.5, 0, 1]),
    ("student_t", [0.3, 0, 1]), ("student_t", [30, 5, 2]), ("student_t", [20000, 0, 1]),
]

DISCRETE = [
    ("bernoulli", [0.15], stats.bernoulli(0.15)), ("binomial", [40, 0.3], stats.binom(40, 0.3)),
    ("binomial", [1000, 0.001], stats.binom(1000, 0.001)), ("binomial", [20000, 0.5], stats.binom(20000, 0.5)),
    ("poisson", [0.7], stats.poisson(0.7)), ("poisson", [250], stats.poisson(250)), ("poisson", [4000], stats.poisson(4000)),
    ("geometric", [0.2], stats.geom(0.2)), ("geometric", [1e-4], stats.geom(1e-4)),
    ("negative_binomial", [3.5, 0.2], stats.nbinom(3.5, 0.2)), ("negative_binomial", [40, 0.9], stats.nbinom(40, 0.9)),
]


def discrete_pq(name, v, k):
    k = mp.floor(k)
    if name == "bernoulli":
        return (1 - v[0], v[0]) if k < 1 else (mp.mpf(1), mp.mpf(0))
    if name == "binomial":
        return beta_pq(v[0] - k, k + 1, 1 - v[1], v[1], 500000) if k < v[0] else (mp.mpf(1), mp.mpf(0))
    if name == "poisson":
        return tuple(reversed(gamma_pq(k + 1, v[0])))
    if name == "geometric":
        return log_pq(k * mp.log1p(-v[0]))
    return beta_pq(v[0], k + 1, v[1], 1 - v[1], 500000)


def header(f):
    f.write("# Written by scripts/reference_distributions.py: mpmath %s, 45 digits (SciPy %s, NumPy %s for starting points).\n"
            % (mp.__version__, scipy.__version__, numpy.__version__))


def write_special(f):
    header(f)
    f.write("# lgamma x value | gamma a x p q | beta a b x y p q\n")
    for x in [1e-20, 1e-3, 0.3, 0.5, 0.999999, 1.0000001, 1.5, 1.9999, 2.00001, 3.7, 9.99, 10, 55.5, 1e4, 1e10]:
        f.write("lgamma %s %s\n" % (num(x), num(mp.loggamma(mp.mpf(x)))))
    for a in [0.001, 0.1, 0.29, 0.5, 1, 3.3, 12, 170.5, 900, 1500, 30000]:
        for r in [1e-30, 1e-3, 0.4, 0.8, 0.98, 1, 1.01, 1.3, 2, 8, 60]:
            p, q = gamma_pq(mp.mpf(a), mp.mpf(float(a * r)))
            if min(p, q) > 1e-290:
                f.write("gamma %s %s %s %s\n" % (num(a), num(a * r), num(p), num(q)))
    for a in [0.02, 0.5, 1, 4.5, 80, 700, 4000, 20000]:
        for b in [0.02, 0.5, 3, 30, 500, 5000]:
            for s in [-12, -5, -2, -0.5, 0, 0.7, 3, 9]:
                sd = mp.sqrt(mp.mpf(1) / a + mp.mpf(1) / b)
                x = float(1 / (1 + mp.mpf(b) / a * mp.exp(-s * sd)))
                if not 1e-12 < x < 1 - 1e-12:
                    continue
                x = round(x * 2 ** 50) / 2 ** 50  # so that 1 - x is exact
                try:
                    p, q = beta_pq(mp.mpf(a), mp.mpf(b), mp.mpf(x), 1 - mp.mpf(x))
                except ArithmeticError:
                    continue
                if min(p, q) > 1e-290:
                    f.write("beta %s %s %s %s %s %s\n" % (num(a), num(b), num(x), num(1 - x), num(p), num(q)))


def write_distributions(f):
    header(f)
    f.write("# quantile family n parameters p q x | cdf family n parameters x p q\n")
    for name, par in CONTINUOUS:
        v = [mp.mpf(x) for x in par]
        label = "%s %d %s" % (name, len(par), " ".join(num(x) for x in par))
        for tail in TAILS:
            for upper in (False, True):
                t = mp.mpf(float(tail))
                try:
                    x = quantile(name, par, t, upper)
                except ArithmeticError:
                    continue
                if name in ("normal", "student_t", "logistic") and tail == "0.5":
                    continue  # the median is the location, exactly
                if x is None or not 1e-290 < abs(x) < 1e290:
                    continue
                p, q = (1 - t, t) if upper else (t, 1 - t)
                f.write("quantile %s %s %s %s\n" % (label, num(p), num(q), num(x)))
                p, q = CDF[name](v, mp.mpf(float(x))) if v[0] != float(x) or name not in BOUNDED_LOW else (0, 1)
                if min(p, q) > 0:
                    f.write("cdf %s %s %s %s\n" % (label, num(x), num(p), num(q)))
    for name, par, frozen in DISCRETE:
        v = [mp.mpf(x) for x in par]
        label = "%s %d %s" % (name, len(par), " ".join(num(x) for x in par))
        for tail in TAILS:
            for upper in (False, True):
                t = float(tail)
                k = mp.mpf(float(frozen.isf(t) if upper else frozen.ppf(t)))
                low = 1 if name == "geometric" else 0

                def reached(k):
                    if k < low:
                        return False
                    p, q = discrete_pq(name, v, k)
                    return q <= mp.mpf(t) if upper else p >= mp.mpf(t)
                while not reached(k):
                    k += 1
                while reached(k - 1):
                    k -= 1
                p, q = (1 - t, t) if upper else (t, 1 - t)
                f.write("quantile %s %s %s %s\n" % (label, num(p), num(q), num(k)))
                p, q = discrete_pq(name, v, k)
                if min(p, q) > 0:
                    f.write("cdf %s %s %s %s\n" % (label, num(k), num(p), num(q)))


BOUNDED_LOW = ("uniform", "triangular", "pert", "pareto")

if __name__ == "__main__":
    folder = sys.argv[1] if len(sys.argv) > 1 else "tests/data"
    for file, write in (("special.txt", write_special), ("distributions.txt", write_distributions)):
        with open(os.path.join(folder, file), "w") as out:
            write(out)
