"""Writes reference-vector.jsonl: decompositions of targets of several dimensions, for VectorTargetTest.

    python3 reference_vector.py > reference-vector.jsonl

Nothing here is shared with the code under test. Informations come from log-determinants of the covariances as given, the bias correction
from its sums term by term. The union information of two sources is searched for: the joint information of the sources is minimised over the
correlation of their noises, a contraction, by spectral projected gradient (Birgin, Martinez & Raydan 2000), without reducing the sources to
the dimensions of the target first. For finite samples, where there is no problem to search, the rule is evaluated from generalised
eigenvalues. The joint information of I_dep is that of the covariance in which the sources are independent given the target.
"""
import itertools
import json
import math

import numpy as np

NAMES = ["a", "b", "c"]


def logdet(a):
    return np.linalg.slogdet(a)[1] / (2 * math.log(2))


def block(cov, index):
    return cov[np.ix_(index, index)]


def information(cov, target, source):
    return logdet(block(cov, target)) + logdet(block(cov, source)) - logdet(block(cov, target + source))


def given(cov, target, source):
    cross = cov[np.ix_(target, source)]
    return block(cov, target) - cross @ np.linalg.solve(block(cov, source), cross.T)


def bias(t, d, n):
    b = lambda d: 0.5 * sum(math.log2(1 - k / n) for k in range(1, d + 1))
    return b(t) + b(d) - b(t + d)


def gain(cov, target, source):
    """H of source = H target + noise, with target and noise white."""
    root = np.linalg.cholesky(block(cov, target))
    map_ = np.linalg.solve(block(cov, target), cov[np.ix_(target, source)]).T
    noise = block(cov, source) - map_ @ cov[np.ix_(target, source)]
    return np.linalg.solve(np.linalg.cholesky(noise), map_ @ root)


def union_information(cov, target, first, second):
    hx, hy = gain(cov, target, first), gain(cov, target, second)
    eye = np.eye(len(target))

    def value(s):
        b = hx - s @ hy
        inverse = np.linalg.solve(np.eye(len(first)) - s @ s.T, b)
        total = eye + hy.T @ hy + b.T @ inverse
        return logdet(total), inverse @ np.linalg.solve(total, inverse.T @ s - hy.T)

    def project(s):
        u, w, vt = np.linalg.svd(s, full_matrices=False)
        return u @ np.diag(np.minimum(w, 1 - 1e-12)) @ vt

    s = project(0.9 * hx @ np.linalg.pinv(hy))
    f, g = value(s)
    step, recent = 1.0, [f]
    for _ in range(20000):
        if np.linalg.norm(project(s - g) - s) < 1e-11:
            break
        direction = project(s - step * g) - s
        slope, length = np.sum(g * direction), 1.0
        while value(s + length * direction)[0] > max(recent[-10:]) + 1e-4 * length * slope / math.log(2) and length > 1e-12:
            length /= 2
        next_s = s + length * direction
        next_f, next_g = value(next_s)
        ds, dg = next_s - s, next_g - g
        curvature = np.sum(ds * dg)
        step = min(max(np.sum(ds * ds) / curvature, 1e-10), 1e10) if curvature > 0 else 1e10
        s, f, g = next_s, next_f, next_g
        recent.append(f)
    return min(recent), float(np.linalg.norm(project(s - g) - s))


def uniques(cov, target, first, second, raw, corrected):
    """Uniques of finite samples: covariances of the target given a source, scaled to the corrected informations."""
    t = len(target)
    c1 = given(cov, target, first) * 2 ** (2 * (raw[0] - corrected[0]) / t)
    c2 = given(cov, target, second) * 2 ** (2 * (raw[1] - corrected[1]) / t)
    ratio = np.log2(np.linalg.eigvals(np.linalg.solve(c1, c2)).real) / 2
    return float(np.sum(np.maximum(ratio, 0))), float(np.sum(np.maximum(-ratio, 0)))


def apart(cov, target, first, second):
    changed = cov.copy()
    between = cov[np.ix_(first, target)] @ np.linalg.solve(block(cov, target), cov[np.ix_(target, second)])
    changed[np.ix_(first, second)] = between
    changed[np.ix_(second, first)] = between.T
    return information(changed, target, first + second)


def case(rng, kind, t, sizes, n):
    d = t + sum(sizes)
    mixing = rng.normal(size=(d, 2 * d))
    if kind == "weak":
        mixing[:t] *= 0.3
        mixing[:t, d:] += rng.normal(size=(t, d))
    if kind == "scaled":
        mixing *= (10.0 ** rng.uniform(-4, 4, size=d))[:, None]
    if kind == "apart":
        # Every modality hears one dimension of the target much better than the others.
        mixing = np.eye(d)
        at = t
        for m, size in enumerate(sizes):
            mixing[at : at + size, :t] = 0.2 * rng.normal(size=(size, t))
            mixing[at : at + size, m % t] += 1.5
            at += size
        mixing[:t, :t] += 0.3 * rng.normal(size=(t, t))
    cov = mixing @ mixing.T
    target, blocks, at = list(range(t)), [], t
    for size in sizes:
        blocks.append(list(range(at, at + size)))
        at += size
    k = len(sizes)
    raw, value = {}, {}
    for size in range(1, k + 1):
        for subset in itertools.combinations(range(k), size):
            source = [c for m in subset for c in blocks[m]]
            raw[subset] = information(cov, target, source)
            value[subset] = raw[subset]
            if n is not None:
                smaller = [value[s] for s in itertools.combinations(subset, size - 1) if s]
                value[subset] = max([0.0, raw[subset] - bias(t, len(source), n)] + smaller)
    result = {
        "kind": kind, "targets": t, "sizes": sizes, "n": n, "cov": cov.flatten().tolist(),
        "information": {"+".join(NAMES[m] for m in s): v for s, v in value.items()}, "pairs": {},
    }
    for i, j in itertools.combinations(range(k), 2):
        first, second, both = value[(i,)], value[(j,)], value[(i, j)]
        pair = {}
        if n is None:
            union, gradient = union_information(cov, target, blocks[i], blocks[j])
            pair["mmi"] = [union - second, union - first, first + second - union, both - union]
            pair["projectedGradient"] = gradient
            redundant = max(0.0, first + second - min(both, apart(cov, target, blocks[i], blocks[j])))
            pair["idep"] = [first - redundant, second - redundant, redundant, both - first - second + redundant]
        else:
            unique = uniques(cov, target, blocks[i], blocks[j], (raw[(i,)], raw[(j,)]), (first, second))
            redundant = min(max(first - unique[0], 0.0, first + second - both), first, second)
            pair["mmi"] = [first - redundant, second - redundant, redundant, both - first - second + redundant]
        result["pairs"]["%s+%s" % (NAMES[i], NAMES[j])] = pair
    return result


def main():
    rng = np.random.default_rng(20260102)
    for kind in ["plain", "weak", "scaled", "apart"]:
        for t, sizes, n in [(2, [2, 2], None), (2, [1, 4], None), (3, [3, 5], None), (4, [4, 4], None), (3, [2, 2, 3], None),
                            (5, [2, 2], None), (2, [3, 3], 80.5), (3, [2, 3, 2], 60.0)]:
            print(json.dumps(case(rng, kind, t, sizes, n)))


main()
