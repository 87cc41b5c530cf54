"""Writes reference.jsonl: decompositions computed the long way, with numpy, for GaussianPidGoldenTest.

    python3 reference.py > reference.jsonl

Informations come from log-determinants of the covariances as given (no correlations, no regression, no shared factor), the bias
correction from its sums term by term, the Shapley value from all orders of the modalities, and the I_dep unique information from
the covariance in which both sources are independent given the target.
"""
import itertools
import json
import math

import numpy as np

NAMES = ["a", "b", "c", "d", "e", "f"]


def information(cov, source):
    logdet = lambda index: np.linalg.slogdet(cov[np.ix_(index, index)])[1]
    return (logdet([0]) + logdet(source) - logdet([0] + source)) / (2 * math.log(2))


def bias(d, n):
    b = lambda d: 0.5 * sum(math.log2(1 - k / n) for k in range(1, d + 1))
    return b(1) + b(d) - b(1 + d)


def unique_idep(cov, first, second, i1, i2, i12):
    apart = cov.copy()
    block = np.outer(cov[first, 0], cov[0, second]) / cov[0, 0]
    apart[np.ix_(first, second)] = block
    apart[np.ix_(second, first)] = block.T
    return min(i1, i12 - i2, information(apart, first + second) - i2)


def case(rng, kind, sizes, n):
    d = 1 + sum(sizes)
    mixing = rng.normal(size=(d, 2 * d))
    if kind == "weak":
        mixing[0] *= 0.3
        mixing[0, d:] += 1
    if kind == "scaled":
        mixing *= (10.0 ** rng.uniform(-4, 4, size=d))[:, None]
    if kind == "correlated":
        mixing += 3 * rng.normal(size=(1, 2 * d))
    cov = mixing @ mixing.T
    blocks, at = [], 1
    for size in sizes:
        blocks.append(list(range(at, at + size)))
        at += size
    k = len(sizes)
    raw = {}
    for size in range(1, k + 1):
        for subset in itertools.combinations(range(k), size):
            source = [c for m in subset for c in blocks[m]]
            value = information(cov, source)
            if n is not None:
                value = max(0.0, value - bias(len(source), n))
                smaller = [raw[t] for t in itertools.combinations(subset, size - 1) if t]
                value = max([value] + smaller)
            raw[subset] = value
    raw[()] = 0.0
    everything = tuple(range(k))
    orders = list(itertools.permutations(range(k)))
    shapley = [
        math.fsum(
            raw[tuple(sorted(o[: o.index(m) + 1]))] - raw[tuple(sorted(o[: o.index(m)]))] for o in orders
        ) / len(orders)
        for m in range(k)
    ]
    result = {
        "kind": kind, "sizes": sizes, "n": n, "cov": cov.flatten().tolist(),
        "information": {"+".join(NAMES[m] for m in s): v for s, v in raw.items() if s},
        "shapley": shapley, "mmi": [], "idep": [],
    }
    for m in range(k):
        rest = tuple(o for o in range(k) if o != m)
        i1, i2, i12 = raw[(m,)], raw[rest], raw[everything]
        result["mmi"].append([i1 - min(i1, i2), i2 - min(i1, i2), min(i1, i2), i12 - max(i1, i2)])
        if n is None:
            u = unique_idep(cov, blocks[m], [c for o in rest for c in blocks[o]], i1, i2, i12)
            result["idep"].append([u, i2 - i1 + u, i1 - u, i12 - i2 - u])
    return result


def main():
    rng = np.random.default_rng(20260101)
    for kind in ["plain", "weak", "scaled", "correlated"]:
        for sizes, n in [([1, 1], None), ([3, 2], None), ([8, 8], None), ([2, 1, 3], None), ([2, 2, 1, 2], None),
                         ([4, 3], 120.5), ([2, 1, 3], 60.0)]:
            print(json.dumps(case(rng, kind, sizes, n)))
    print(json.dumps(case(rng, "plain", [1, 2, 1, 1, 2, 1], None)))


main()
