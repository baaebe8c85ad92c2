"""Writes src/test/resources/cases/independent.json: random inputs with results from code that shares nothing with ours.

Needs numpy, scipy and mpmath; run from the module's folder: python3 src/test/python/independent_cases.py
Where a library has the method it is used (scipy.stats, scipy.spatial, scipy.optimize, numpy.linalg); where none has, the definition is
written down in its most literal form: sums over pairs, orders or grids, exact fractions. The Java tests named after the ids compare.
"""
import itertools
import json
import math
from fractions import Fraction

import numpy as np
from scipy import optimize, special, stats
from scipy.spatial import distance

RNG = np.random.default_rng(20261121)
CASES = []


def case(id, input, expected, tolerance=1e-9):
    CASES.append({"id": id, "input": input, "expected": expected, "tolerance": tolerance})


def plain(x):
    return [plain(v) for v in x] if isinstance(x, (list, tuple, np.ndarray)) else (
        int(x) if isinstance(x, (int, np.integer)) and not isinstance(x, bool) else float(x))


def rounded(x, digits=4):
    return np.round(np.asarray(x, dtype=float), digits)


# ---------------------------------------------------------------- intervals
rows = []
for x, n, level in [(0, 1, .9), (1, 1, .95), (3, 7, .99), (499, 500, .95), (1, 100000, .95), (57, 203, .8)]:
    test = stats.binomtest(x, n)
    w = test.proportion_ci(level, "wilson")
    e = test.proportion_ci(level, "exact")
    rows.append({"x": x, "n": n, "level": level, "wilson": [w.low, w.high], "exact": [e.low, e.high]})
case("binomial-intervals-scipy", {}, rows, 1e-9)


def wilson(p, n, z):
    """The two roots of (p - t)^2 = z^2 t (1-t) / n."""
    if n == 0:
        return 0.0, 1.0
    roots = np.roots([1 + z * z / n, -(2 * p + z * z / n), p * p])
    return float(min(roots.real)), float(max(roots.real))


Z = float(stats.norm.ppf(.975))


def mover(parts):
    """parts: (a, t, l, u)."""
    theta = sum(a * t for a, t, _, _ in parts)
    low = theta - math.sqrt(sum((a * t - min(a * l, a * u)) ** 2 for a, t, l, u in parts))
    high = theta + math.sqrt(sum((max(a * l, a * u) - a * t) ** 2 for a, t, l, u in parts))
    return theta, low, high


parts = []
for _ in range(4):
    n = int(RNG.integers(8, 60))
    x = int(RNG.integers(1, n))
    parts.append((float(rounded(RNG.normal(), 3)), x, n))
case("mover-four-parts", {"parts": plain(parts)},
     plain(mover([(a, x / n, *wilson(x / n, n, Z)) for a, x, n in parts])), 1e-9)

# ---------------------------------------------------------------- sampling
n = 25
pi = rounded(RNG.uniform(.05, 1, n), 3)
pi[[3, 9]] = 1
y = rounded(RNG.lognormal(0, 1, n), 4)
cluster = RNG.integers(0, 9, n)
ht = float(np.sum(y / pi))
ht_var = float(np.sum(y ** 2 * (1 - pi) / pi ** 2))
nhat = np.sum(1 / pi)
hajek = ht / nhat


def hajek_var(fpc):
    return float(np.sum(((y - hajek) / pi) ** 2 * ((1 - pi) if fpc else 1)) / nhat ** 2)


e = np.array([np.sum(((y - hajek) / pi)[cluster == c]) for c in np.unique(cluster)])
cl_var = len(e) / (len(e) - 1) * np.sum((e - e.mean()) ** 2) / nhat ** 2
w = 1 / pi
case("poisson-sample-numpy", {"y": plain(y), "pi": plain(pi), "cluster": plain(cluster)},
     {"ht": ht, "ht_se": math.sqrt(ht_var), "hajek": float(hajek), "hajek_se_period": math.sqrt(hajek_var(True)),
      "hajek_se_process": math.sqrt(hajek_var(False)), "clustered_se": math.sqrt(cl_var),
      "kish": float(w.sum() ** 2 / (w ** 2).sum())}, 1e-10)

strata = []
for _ in range(4):
    N = int(RNG.integers(50, 400))
    nh = int(RNG.integers(5, 20))
    v = rounded(RNG.normal(5, 2, nh), 3)
    strata.append((N, v))
N = sum(s[0] for s in strata)
m = sum(Nh / N * v.mean() for Nh, v in strata)
vp = sum((Nh / N) ** 2 * (1 - len(v) / Nh) * v.var(ddof=1) / len(v) for Nh, v in strata)
vq = sum((Nh / N) ** 2 * v.var(ddof=1) / len(v) for Nh, v in strata)
case("stratified-mean-numpy", {"strata": [{"N": Nh, "values": plain(v)} for Nh, v in strata]},
     {"mean": float(m), "se_period": math.sqrt(vp), "se_process": math.sqrt(vq), "total": float(m * N)}, 1e-10)

# priority sampling, done with exact fractions
weights = [Fraction(int(v), 100) for v in RNG.integers(1, 101, 12)]
rv = [int(v) for v in RNG.integers(0, 2 ** 56, 12)]
u = [Fraction(2 ** 56 - r, 2 ** 56) for r in rv]
q = [a / b for a, b in zip(weights, u)]
k = 4
tau_pure = sorted(q, reverse=True)[k]
tau = max(Fraction(1), tau_pure)
case("priority-sampling-fractions",
     {"weights": plain(weights), "rv": ["%014x" % r for r in rv], "k": k},
     {"pure": {"tau": float(tau_pure), "kept": [a > tau_pure for a in q],
               "pi": [float(min(Fraction(1), a / tau_pure)) for a in weights]},
      "floored": {"tau": float(tau), "kept": [a >= 1 and a > tau_pure for a in q],
                  "pi": [float(min(Fraction(1), a / tau)) for a in weights],
                  "baseline": [Fraction(5, 1000) / b > tau for b in u]}}, 1e-12)

# ---------------------------------------------------------------- calibration
classes = []
for _ in range(3):
    judged = int(RNG.integers(200, 900))
    passed = int(RNG.integers(judged // 2, judged - 20))
    n0, n1 = int(RNG.integers(8, 40)), int(RNG.integers(8, 60))
    classes.append({"population": int(RNG.integers(1000, 20000)), "judged": judged, "passed": passed,
                    "census": False, "n0": n0, "x0": int(RNG.integers(1, n0)), "n1": n1, "x1": int(RNG.integers(n1 // 2, n1 + 1))})
classes[1]["census"] = True
classes[1]["population"] = classes[1]["judged"]
tot = sum(c["population"] for c in classes)
mparts, theta, var = [], 0, 0
for c in classes:
    W, p = c["population"] / tot, c["passed"] / c["judged"]
    m0, m1 = c["x0"] / c["n0"], c["x1"] / c["n1"]
    theta += W * ((1 - p) * m0 + p * m1)
    mparts += [(W * (1 - p), m0, *wilson(m0, c["n0"], Z)), (W * p, m1, *wilson(m1, c["n1"], Z))]
    var += W * W * ((1 - p) ** 2 * m0 * (1 - m0) / c["n0"] + p * p * m1 * (1 - m1) / c["n1"])
    if not c["census"]:
        mparts.append((W * (m1 - m0), p, *wilson(p, c["judged"], Z)))
        var += W * W * (m1 - m0) ** 2 * p * (1 - p) / c["judged"]
_, lo, hi = mover(mparts)
centre = sum(a * t for a, t, _, _ in mparts)
case("post-stratified-ppi-three-classes", {"classes": classes},
     {"theta": theta, "se": math.sqrt(var), "lo": theta - (centre - lo), "hi": theta + (hi - centre)}, 1e-9)

n, N = 24, 90
f_all = rounded(RNG.beta(4, 2, n + N), 3)
truth = np.clip(rounded(f_all[:n] + RNG.normal(0, .15, n), 3), 0, 1)
fl, fu = f_all[:n], f_all[n:]
lam = np.cov(truth, fl)[0, 1] / ((1 + n / N) * np.var(f_all, ddof=1))
lam = min(2, max(0, lam))
theta = lam * fu.mean() + np.mean(truth - lam * fl)
V = lam ** 2 * fu.var(ddof=1) / N + np.var(truth - lam * fl, ddof=1) / n
neff = min(n + N, max(n / 2, theta * (1 - theta) / V))
case("ppi-plus-plus-numpy", {"truth": plain(truth), "f": plain(fl), "unlabelled": plain(fu)},
     {"lambda": float(lam), "theta": float(theta), "se": float(math.sqrt(V)), "wilson_neff": plain(wilson(theta, neff, Z))}, 1e-9)

J = 3
noise = RNG.normal(0, .2, (J, n + N))
F = np.clip(rounded(np.concatenate([truth, RNG.beta(4, 2, N)])[None, :] + noise, 3), 0, 1)
S = np.cov(F)
S = S + np.eye(J) * 1e-3 * np.trace(S) / J
s = np.array([np.cov(F[j, :n], truth)[0, 1] for j in range(J)])
beta = np.linalg.solve(S, s) / (1 + n / N)
g = beta @ F
theta = g[n:].mean() + np.mean(truth - g[:n])
V = g[n:].var(ddof=1) / N + np.var(truth - g[:n], ddof=1) / n
case("judge-panel-numpy", {"truth": plain(truth), "f": plain(F[:, :n]), "unlabelled": plain(F[:, n:])},
     {"beta": plain(beta), "theta": float(theta), "se": float(math.sqrt(V)), "correlations": plain(np.corrcoef(F))}, 1e-9)

n = 30
p1 = rounded(RNG.choice([.1, .3, 1], n), 2)
p2 = rounded(RNG.choice([.25, .5, .9], n), 2)
f = rounded(RNG.beta(4, 2, n), 3)
t = (RNG.uniform(size=n) < f).astype(float)
H = (RNG.uniform(size=n) < p2).astype(float)
sess = RNG.integers(0, 14, n)
Nh = np.sum(1 / p1)


def phi(lam):
    return (lam * f + H / p2 * (t - lam * f)) / p1


def tp_var(lam, at):
    r = phi(lam) - at / p1
    e = np.array([r[sess == c].sum() for c in np.unique(sess)])
    return len(e) / (len(e) - 1) * np.sum((e - e.mean()) ** 2) / Nh ** 2


start = phi(1).sum() / Nh
judge = f * (H / p2 - 1) / p1
human = H * t / p2 / p1 - start / p1
lam = min(2, max(0, np.cov(judge, human)[0, 1] / np.var(judge, ddof=1)))
theta = phi(lam).sum() / Nh
case("two-phase-numpy", {"f": plain(f), "truth": plain(t), "labelled": plain(H), "p1": plain(p1), "p2": plain(p2), "session": plain(sess)},
     {"theta": float(theta), "se": float(math.sqrt(tp_var(lam, theta)))}, 1e-9)

n = 40
tokens = rounded(RNG.lognormal(5, .7, n), 0)
tr = (RNG.uniform(size=n) < .7).astype(float)
sc = np.clip(rounded(.3 * tr + .04 * np.log2(tokens) + RNG.normal(0, .05, n), 4), 0, 1)
pr = rounded(RNG.uniform(.1, 1, n), 3)
X = np.column_stack([np.log(tokens), np.ones(n), tr])
Wt = np.diag(1 / pr)
A = np.linalg.inv(X.T @ Wt @ X)
b = A @ X.T @ Wt @ (sc - tr)
res = sc - tr - X @ b
B = X.T @ np.diag((1 / pr) ** 2 * res ** 2) @ X
cov = n / (n - 3) * A @ B @ A
case("verbosity-wls-hc1-numpy", {"score": plain(sc), "truth": plain(tr), "tokens": plain(tokens), "probability": plain(pr)},
     {"slope": float(b[0] * math.log(2)), "se": float(math.sqrt(cov[0, 0]) * math.log(2))}, 1e-8)

rows = []
for p, n, sp, m0, se, m1 in [(.83, 412, .77, 61, .93, 118), (.2, 90, .9, 40, .8, 33), (.55, 2000, .6, 500, .85, 800)]:
    z2 = Z * Z
    pt, spt, set_ = (n * p + z2 / 2) / (n + z2), (m0 * sp + 1) / (m0 + 2), (m1 * se + 1) / (m1 + 2)
    th = (pt + spt - 1) / (set_ + spt - 1)
    d = 2 * z2 * (-(1 - th) * spt * (1 - spt) / (m0 + 2) + th * set_ * (1 - set_) / (m1 + 2))
    s = math.sqrt(pt * (1 - pt) / (n + z2) + (1 - th) ** 2 * spt * (1 - spt) / (m0 + 2)
                  + th ** 2 * set_ * (1 - set_) / (m1 + 2)) / (set_ + spt - 1)
    rows.append({"p": p, "n": n, "sp": sp, "m0": m0, "se": se, "m1": m1,
                 "theta": min(1, max(0, (p + sp - 1) / (se + sp - 1))), "lo": max(0, th + d - Z * s), "hi": min(1, th + d + Z * s)})
case("rogan-gladen-three", {}, rows, 1e-9)

rows = []
for b, c in [(0, 5), (12, 4), (100, 131), (7, 7)]:
    rows.append({"b": b, "c": c, "p": float(stats.binomtest(b, b + c, .5).pvalue)})
case("mcnemar-scipy", {}, rows, 1e-10)

# ---------------------------------------------------------------- agreement
table = RNG.integers(0, 12, (4, 4)) + np.diag([9, 6, 12, 4])
P = table / table.sum()
r, c = P.sum(1), P.sum(0)
out = {}
for name, W4 in [("identity", np.eye(4)), ("linear", 1 - np.abs(np.subtract.outer(range(4), range(4))) / 3),
                 ("quadratic", 1 - np.subtract.outer(range(4), range(4)) ** 2 / 9)]:
    po, pe = (W4 * P).sum(), (W4 * np.outer(r, c)).sum()
    kk = (po - pe) / (1 - pe)
    # delta method with a numerical gradient: nothing of Fleiss, Cohen, Everitt in it

    def kappa(p):
        p = p.reshape(4, 4) / p.sum()
        a = (W4 * p).sum()
        x = (W4 * np.outer(p.sum(1), p.sum(0))).sum()
        return (a - x) / (1 - x)

    grad = optimize.approx_fprime(P.ravel(), kappa, 1e-7)
    sig = (np.diag(P.ravel()) - np.outer(P.ravel(), P.ravel())) / table.sum()
    out[name] = {"kappa": float(kk), "se": float(math.sqrt(grad @ sig @ grad))}
case("kappa-delta-method", {"table": plain(table)}, out, 1e-6)

units, raters = 14, 4
R = RNG.integers(1, 5, (raters, units)).astype(float)
R[:, :8] = R[0, :8] + (RNG.uniform(size=(raters, 8)) < .2)
R[RNG.uniform(size=R.shape) < .2] = np.nan
vals = R[~np.isnan(R)]
pairable = [R[~np.isnan(R[:, i]), i] for i in range(units)]
pairable = [v for v in pairable if len(v) > 1]
allv = np.concatenate(pairable)
cnt = {v: int((allv == v).sum()) for v in np.unique(allv)}


def delta(kind, a, b):
    if kind == "nominal":
        return float(a != b)
    if kind == "interval":
        return (a - b) ** 2
    if kind == "ratio":
        return ((a - b) / (a + b)) ** 2
    lo, hi = min(a, b), max(a, b)
    return (sum(v for g, v in cnt.items() if lo <= g <= hi) - (cnt[a] + cnt[b]) / 2) ** 2


alphas = {}
for kind in ["nominal", "ordinal", "interval", "ratio"]:
    # over pairs of ratings, never over coincidences
    do = sum(sum(delta(kind, a, b) for a, b in itertools.permutations(v, 2)) / (len(v) - 1) for v in pairable) / len(allv)
    de = sum(delta(kind, a, b) for a, b in itertools.permutations(allv, 2)) / (len(allv) * (len(allv) - 1))
    alphas[kind] = float(1 - do / de)
rows = [[None if math.isnan(v) else v for v in row] for row in R.tolist()]
case("alpha-over-pairs", {"ratings": rows}, alphas, 1e-10)

cats = np.unique(vals)
K = len(cats)
gw = {}
for name, Wg in [("ac1", np.eye(K)), ("ac2", 1 - ((cats[:, None] - cats[None, :]) / (cats.max() - cats.min())) ** 2)]:
    rated = [R[~np.isnan(R[:, i]), i] for i in range(units)]
    rated = [v for v in rated if len(v) > 0]

    def share(v):
        return np.array([(v == k).mean() for k in cats])

    pk = np.mean([share(v) for v in rated], axis=0)
    pe = Wg.sum() * np.sum(pk * (1 - pk)) / (K * (K - 1))
    idx = {v: i for i, v in enumerate(cats)}
    pas = [np.mean([Wg[idx[a], idx[b]] for a, b in itertools.permutations(v, 2)]) if len(v) > 1 else None for v in rated]
    pa = np.mean([x for x in pas if x is not None])
    ac = (pa - pe) / (1 - pe)
    nn, n2 = len(rated), sum(x is not None for x in pas)
    infl = []
    for v, x in zip(rated, pas):
        pei = Wg.sum() / (K * (K - 1)) * np.sum(share(v) * (1 - pk))
        own = 0 if x is None else nn / n2 * (x - pe) / (1 - pe)
        infl.append(own - 2 * (1 - ac) * (pei - pe) / (1 - pe))
    se = math.sqrt(np.sum((np.array(infl) - ac) ** 2) / (nn * (nn - 1)))
    tq = stats.t.ppf(.975, nn - 1)
    gw[name] = {"pa": float(pa), "pe": float(pe), "ac": float(ac), "se": se, "lo": ac - tq * se, "hi": min(1, ac + tq * se)}
case("gwet-over-pairs", {"ratings": rows}, gw, 1e-9)

# ---------------------------------------------------------------- drift
t1 = RNG.integers(0, 40, (2, 7))
x2 = stats.chi2_contingency(t1, correction=False)
g2 = stats.chi2_contingency(t1, correction=False, lambda_="log-likelihood")
N, rs, cs = t1.sum(), t1.sum(1), t1.sum(0)
q = 1 + (N * np.sum(1 / rs) - 1) * (N * np.sum(1 / cs) - 1) / (6 * N * (len(rs) - 1) * (len(cs) - 1))
js = distance.jensenshannon(t1[0] / rs[0], t1[1] / rs[1], base=2)
pp, qq = (t1 + .5) / (rs[:, None] + .5 * 7)
case("contingency-scipy", {"table": plain(t1)},
     {"x2": float(x2.statistic), "p": float(x2.pvalue), "g": float(g2.statistic), "p_g": float(g2.pvalue), "q": float(q),
      "p_williams_deff_1_7": float(stats.chi2.sf(g2.statistic / q / 1.7, 6)), "js_distance": float(js),
      "psi": float(np.sum((qq - pp) * np.log(qq / pp)))}, 1e-9)

a, b = rounded(RNG.normal(0, 1, 17), 1), rounded(RNG.normal(.6, 1.2, 23), 1)
ks = stats.ks_2samp(a, b, method="exact")
a1, b1 = rounded(RNG.normal(0, 1, 11), 9), rounded(RNG.normal(1, 1.2, 14), 9)
untied = stats.ks_2samp(a1, b1, method="exact")
# exact with ties: all splits would be too many, so count lattice paths with tied steps taken together
pool = np.sort(np.concatenate([a, b]))


def ks_exact(m, n, d):
    values, counts = np.unique(pool, return_counts=True)
    paths = {(0, 0): 1}
    for cnt_ in counts:
        nxt = {}
        for (i, j), ways in paths.items():
            for s in range(0, cnt_ + 1):
                ii, jj = i + s, j + cnt_ - s
                if ii <= m and jj <= n and abs(Fraction(ii, m) - Fraction(jj, n)) < d:
                    nxt[(ii, jj)] = nxt.get((ii, jj), 0) + ways * math.comb(int(cnt_), s)
        paths = nxt
    return 1 - Fraction(paths.get((m, n), 0), math.comb(m + n, m))


D = max(abs(Fraction(int((a <= v).sum()), 17) - Fraction(int((b <= v).sum()), 23)) for v in pool)
case("ks-exact-scipy", {"one": plain(a1), "other": plain(b1)}, {"d": float(untied.statistic), "p": float(untied.pvalue)}, 1e-9)
# scipy, like commons-statistics, counts the paths of values without ties: an upper bound of the p-value given the ties
case("ks-ties-lattice-paths", {"one": plain(a), "other": plain(b)},
     {"d": float(D), "p": float(ks.pvalue), "p_given_ties": float(ks_exact(17, 23, D))}, 1e-9)
assert abs(float(D) - ks.statistic) < 1e-12

# ---------------------------------------------------------------- monitoring
x = rounded(RNG.beta(5, 2, 120), 3)
alpha = .05


def hedged(xs):
    grid = np.arange(1001) / 1000
    up, down = np.zeros(1001), np.zeros(1001)
    s, v = 0.0, 0.0
    with np.errstate(divide="ignore"):
        for t, xi in enumerate(xs, 1):
            s2 = .25 if t == 1 else (.25 + v) / t
            lam = math.sqrt(2 * math.log(2 / alpha) / (t * math.log(1 + t) * s2))
            up += np.log(1 + np.minimum(lam, .5 / grid) * (xi - grid))
            down += np.log(1 - np.minimum(lam, .5 / (1 - grid)) * (xi - grid))
            s += xi
            v += (xi - (.5 + s) / (t + 1)) ** 2
    ok = np.nonzero(np.maximum(up, down) - math.log(2) <= math.log(1 / alpha))[0]
    return [max(0, ok[0] - 1) / 1000, min(1000, ok[-1] + 1) / 1000]


def bernstein(xs):
    low = []
    for ys in (xs, 1 - xs):
        s, v, num, den = 0.0, 0.0, 0.0, 0.0
        for t, yi in enumerate(ys, 1):
            s2 = .25 if t == 1 else (.25 + v) / t
            lam = min(.5, math.sqrt(2 * math.log(2 / alpha) / (t * math.log(1 + t) * s2)))
            before = 0 if t == 1 else s / (t - 1)
            num += lam * yi - (yi - before) ** 2 * (-math.log(1 - lam) - lam)
            den += lam
            s += yi
            v += (yi - (.5 + s) / (t + 1)) ** 2
        low.append(max(0, (num - math.log(2 / alpha)) / den))
    return [low[0], 1 - low[1]]


case("sequences-numpy", {"x": plain(x)},
     {str(t): {"hedged": hedged(x[:t]), "bernstein": bernstein(x[:t])} for t in (1, 7, 40, 120)}, 1e-9)

rows = []
for k, n, t_opt in [(3, 40, 100), (0, 25, 50), (990, 1000, 200), (50000, 100000, 1000), (7, 7, 10)]:
    nats = math.log(1 / .05)
    # tuned at variance 1/4 scaling: weight = t_opt / (2 nats + ln(1 + 2 nats)) - 1
    weight = max(t_opt / (2 * nats + math.log1p(2 * nats)) - 1, 1e-3)

    def logm(p):
        return (special.betaln(weight * p + k, weight * (1 - p) + n - k) - special.betaln(weight * p, weight * (1 - p))
                - special.xlogy(k, p) - special.xlog1py(n - k, -p) - nats)

    eps = 1e-12
    lo = 0.0 if k == 0 else optimize.brentq(logm, eps, k / n if k < n else 1 - 1e-9, xtol=1e-14)
    hi = 1.0 if k == n else optimize.brentq(logm, k / n if k > 0 else 1e-9, 1 - eps, xtol=1e-14)
    rows.append({"k": k, "n": n, "t_opt": t_opt, "lo": lo, "hi": hi})
case("rate-sequence-brentq", {}, rows, 1e-8)

m, v = .86, .05
deltas = [.02, .03, .05, .1, .2]
lam = [min(d / (v + d * d), .9 / (1 - m)) for d in deltas]
units = rounded(RNG.beta(6, 1.2, 60), 3)
M = [0.0] * 5
for xi in units:
    M = [(a + 1) * (1 + l * (m - xi)) for a, l in zip(M, lam)]
hours = np.split(units, [5, 5, 17, 40])
C = [0.0] * 5
for hour in hours:
    C = [a + 1 / 24 for a in C]
    for xi in hour:
        C = [a * (1 + l * (m - xi)) for a, l in zip(C, lam)]
lam_up = [min(d / (v + d * d), .9 / m) for d in deltas]
U = [0.0] * 5
for xi in units:
    U = [(a + 1) * (1 + l * (xi - m)) for a, l in zip(U, lam_up)]
case("e-sr-by-hand", {"m": m, "v": v, "units": plain(units), "hours": [plain(h) for h in hours]},
     {"observation": sum(M) / 5, "components": M, "calendar": sum(C) / 5, "rise": sum(U) / 5}, 1e-10)

p = rounded(RNG.beta(.4, 2, 15), 6)
ev = rounded(RNG.lognormal(1, 2.5, 20), 4)
best = max([k for k in range(1, 21) if sum(e >= 20 / (.1 * k) for e in ev) >= k], default=0)
case("multiplicity-scipy", {"p": plain(p), "e": plain(ev), "alpha": .1},
     {"bh": plain(stats.false_discovery_control(p, method="bh")), "by": plain(stats.false_discovery_control(p, method="by")),
      "ebh": sorted(int(i) for i in np.argsort(-ev)[:best])}, 1e-10)

sc = (RNG.uniform(size=90) < np.where(np.arange(90) < 60, .9, .6)).astype(float)
ll = []
for k in range(0, 90 - 10 + 1):
    after = sc[k:]
    ph = after.mean()
    ll.append(float(np.sum(stats.bernoulli.logpmf(after, ph) - stats.bernoulli.logpmf(after, .9))))
ok = [i for i, l in enumerate(ll) if l >= max(ll) - 3]
case("change-time-brute-force", {"scores": plain(sc), "baseline": .9},
     {"first": ok[0], "best": int(np.argmax(ll)), "last": ok[-1], "strength": max(ll)}, 1e-9)

# CUSUM by a Markov chain with 2000 states (Brook and Evans), extrapolated: another method than the integral equation
def cusum_arl(k, h, mu, size):
    width = 2 * h / (2 * size - 1)
    i = np.arange(size)
    upper = stats.norm.cdf((i[None, :] - i[:, None] + .5) * width + k - mu)
    lower = stats.norm.cdf((i[None, :] - i[:, None] - .5) * width + k - mu)
    Q = upper - lower
    Q[:, 0] = upper[:, 0]
    return np.linalg.solve(np.eye(size) - Q, np.ones(size))[0]


def both(k, h, mu):
    def one(m_):
        a, b = cusum_arl(k, h, m_, 200), cusum_arl(k, h, m_, 400)
        return (4 * b - a) / 3
    return float(1 / (1 / one(mu) + 1 / one(-mu)))


case("cusum-markov-chain", {}, [{"k": k, "h": h, "mu": mu, "arl": both(k, h, mu)}
                                for k, h, mu in [(.25, 8.01, 0), (.5, 4.77, .75), (.75, 3.34, 1.5)]], 1e-4)

# ---------------------------------------------------------------- quantiles
rows = []
for s in ["1e-9", "0.37", "1", "2.5", "999999", "33701495443", "6.02e23"]:
    from decimal import Decimal, getcontext
    getcontext().prec = 60
    gamma = Decimal(101) / Decimal(99)
    i = int((Decimal(s).ln() / gamma.ln()).to_integral_value(rounding="ROUND_FLOOR"))
    rows.append({"value": float(s), "index": i, "representative": float(gamma ** i * Decimal("1.01"))})
case("log-buckets-decimal", {}, rows, 1e-12)

v, w = rounded(RNG.lognormal(3, 1, 30), 2), rounded(1 / RNG.uniform(.05, 1, 30), 3)
wf = [Fraction(str(x)) for x in w]
out = {}
for qq in ["0", "0.1", "0.5", "0.9", "0.99", "1"]:
    for value in np.sort(v):
        if sum(b for a, b in zip(v, wf) if a <= value) >= Fraction(qq) * sum(wf):
            out[qq] = float(value)
            break
case("weighted-quantile-fractions", {"values": plain(v), "weights": plain(w)}, out, 0)

# ---------------------------------------------------------------- slo
rows = [{"bad": b, "n": n, "slo": s, "p": float(stats.binom.sf(b - 1, n, float(1 - Fraction(s))))}
        for b, n, s in [(1, 10, "0.999"), (2, 10, "0.999"), (3, 120, "0.999"), (40, 10000, "0.9975"), (7, 400, "0.99"), (900, 1000, "0.5")]]
case("binomial-evidence-scipy", {}, rows, 1e-10)

# ---------------------------------------------------------------- forecast
yv = rounded(100 + np.arange(35) * .7 + np.tile([0, 5, 9, 4, 1, -12, -15], 5) + RNG.normal(0, 3, 35), 2)
al, be, ga, ph = .35, .15, .25, .95
l, bb = yv[:7].mean(), (yv[7:14].mean() - yv[:7].mean()) / 7
season = list(yv[:7] - l)
states = []
errors = {h: [] for h in (1, 3, 9)}


def ahead(l, b, season, h):
    return l + sum(ph ** i for i in range(1, h + 1)) * b + season[-7 + (h - 1) % 7]


for tix, yt in enumerate(yv):
    err = yt - (l + ph * bb + season[-7])
    l, bb = l + ph * bb + al * err, ph * bb + al * be * err
    season.append(season[-7] + ga * err)
    for h in errors:
        if tix + 1 >= 14 and tix + h < len(yv):
            errors[h].append(float(yv[tix + h] - ahead(l, bb, season, h)))
case("ets-by-hand", {"y": plain(yv), "alpha": al, "beta": be, "gamma": ga, "phi": ph},
     {"forecast": [float(ahead(l, bb, season, h)) for h in range(1, 16)], "residuals": {str(h): e for h, e in errors.items()}}, 1e-9)

# ---------------------------------------------------------------- attribution
peaks = [int(v) for v in RNG.integers(1, 40, 6)]
total = [Fraction(0)] * 6
orders = list(itertools.permutations(range(6)))
for order in orders:
    best = 0
    for j in order:
        total[j] += max(best, peaks[j]) - best
        best = max(best, peaks[j])
case("airport-over-orders", {"peaks": peaks}, [str(t / len(orders)) for t in total], 0)

periods = []
for _ in range(2):
    period = {}
    for item in ["chat/a", "chat/b", "search/a"]:
        period[item] = {"requests": int(RNG.integers(100, 2000)),
                        "types": {tt: {"count": int(RNG.integers(1000, 900000)), "price": str(Fraction(int(RNG.integers(10, 900)), 10 ** 8))}
                                  for tt in ["input", "output"]}}
    periods.append(period)


def factors(period):
    Q = sum(i["requests"] for i in period.values())
    return {"Q": Fraction(Q), "s": {k: Fraction(i["requests"], Q) for k, i in period.items()},
            "k": {k: {a: Fraction(b["count"], i["requests"]) for a, b in i["types"].items()} for k, i in period.items()},
            "p": {k: {a: Fraction(b["price"]) for a, b in i["types"].items()} for k, i in period.items()}}


f0, f1 = factors(periods[0]), factors(periods[1])


def cost(pick):
    F4 = {name: (f1 if name in pick else f0)[name] for name in "Qskp"}
    return sum(F4["Q"] * F4["s"][i] * F4["k"][i][a] * F4["p"][i][a] for i in F4["s"] for a in F4["k"][i])


effects = {name: Fraction(0) for name in "Qskp"}
for order in itertools.permutations("Qskp"):
    have = set()
    for name in order:
        before = cost(have)
        have.add(name)
        effects[name] += cost(have) - before
effects = {name: e / 24 for name, e in effects.items()}
lm = {name: 0.0 for name in "Qskp"}
for i in f0["s"]:
    for a in f0["k"][i]:
        c0 = float(f0["Q"] * f0["s"][i] * f0["k"][i][a] * f0["p"][i][a])
        c1 = float(f1["Q"] * f1["s"][i] * f1["k"][i][a] * f1["p"][i][a])
        wgt = (c1 - c0) / math.log(c1 / c0)
        lm["Q"] += wgt * math.log(float(f1["Q"] / f0["Q"]))
        lm["s"] += wgt * math.log(float(f1["s"][i] / f0["s"][i]))
        lm["k"] += wgt * math.log(float(f1["k"][i][a] / f0["k"][i][a]))
        lm["p"] += wgt * math.log(float(f1["p"][i][a] / f0["p"][i][a]))
for period in periods:
    for item in period.values():
        for t_ in item["types"].values():
            t_["price"] = "%.8f" % float(Fraction(t_["price"]))
case("cost-change-over-orders", {"before": periods[0], "after": periods[1]},
     {"before": float(cost(set())), "after": float(cost(set("Qskp"))),
      "shapley": {k: float(e) for k, e in effects.items()}, "lmdi": lm}, 2e-9)

weights = [int(v) for v in RNG.integers(0, 30, 9)]
amount = 1234567
exact = [Fraction(amount * w_, sum(weights)) for w_ in weights]
floors = [math.floor(e_) for e_ in exact]
order = sorted(range(9), key=lambda i: (-(exact[i] - floors[i]), i))
for i in order[:amount - sum(floors)]:
    floors[i] += 1
case("largest-remainder-fractions", {"cents": amount, "weights": weights}, floors, 0)

# ---------------------------------------------------------------- errors and effective sizes of rates
n = 40
pi = rounded(RNG.uniform(.1, 1, n), 3)
y = rounded(RNG.beta(5, 2, n), 3)
cluster = RNG.integers(0, 15, n)
group = cluster % 2
clusters_known = {0: 20, 1: None}
nhat = np.sum(1 / pi)
m = np.sum(y / pi) / nhat
var = 0
for g_ in (0, 1):
    e = np.array([np.sum(((y - m) / pi)[(cluster == c) & (group == g_)]) for c in np.unique(cluster[group == g_])])
    f_ = 0 if clusters_known[g_] is None else len(e) / clusters_known[g_]
    var += (1 - f_) * len(e) * e.var(ddof=1)
var /= nhat ** 2
case("clustered-rate-numpy", {"y": plain(y), "pi": plain(pi), "cluster": plain(cluster), "known": 20},
     {"rate": float(m), "se": float(math.sqrt(var)), "effective": float(min(n, m * (1 - m) / var)),
      "wilson": plain(wilson(m, min(n, m * (1 - m) / var), Z))}, 1e-10)

rs = [(1000, 60, 51), (400, 30, 12), (50, 1, 1), (80, 80, 70)]
N = sum(r_[0] for r_ in rs)
rate = sum(a / N * c / b for a, b, c in rs)
v = {}
for scope in ("period", "process"):
    v[scope] = 0
    for a, b, c in rs:
        chance = 1 - b / a if scope == "period" else 1
        p_ = c / b
        v[scope] += (a / N) ** 2 * chance * (p_ * (1 - p_) / (b - 1) if b > 1 else .25)
wts = np.concatenate([np.full(b, a / b) for a, b, c in rs])
case("post-stratified-rate-numpy", {"strata": rs},
     {"rate": rate, "se_period": math.sqrt(v["period"]), "se_process": math.sqrt(v["process"]),
      "effective_process": rate * (1 - rate) / v["process"], "kish": float(wts.sum() ** 2 / (wts ** 2).sum())}, 1e-12)

vc = [("a", 3.0, 80, 100, 70, 90), ("b", 1.5, 10, 30, 20, 40), ("c", .5, 9, 10, 0, 0)]
used = [r_ for r_ in vc if r_[3] and r_[5]]
tw = sum(r_[1] for r_ in used)
diff, var = 0, 0
for _, w_, a, b, c, d_ in used:
    diff += w_ / tw * (c / d_ - a / b)
    var += (w_ / tw) ** 2 * (a / b * (1 - a / b) / b + c / d_ * (1 - c / d_) / d_)
case("version-contrast-numpy", {"strata": [list(r_) for r_ in vc]},
     {"difference": diff, "se": math.sqrt(var), "n": sum(r_[3] + r_[5] for r_ in used)}, 1e-12)

# difference of paired rates: the variance of the mean of d in {-1, 0, 1}; interval: Newcombe 1998, method 10
a_, b_, c_, d_ = 43, 5, 11, 16
n_ = a_ + b_ + c_ + d_
dd = np.repeat([0, -1, 1, 0], [a_, b_, c_, d_])
p1_, p2_ = (a_ + b_) / n_, (a_ + c_) / n_
l1_, u1_ = wilson(p1_, n_, Z)
l2_, u2_ = wilson(p2_, n_, Z)
prod = (a_ + b_) * (c_ + d_) * (a_ + c_) * (b_ + d_)
phi_ = max(0, a_ * d_ - b_ * c_ - n_ / 2) / math.sqrt(prod)
lo = (p2_ - p1_) - math.sqrt((p2_ - l2_) ** 2 - 2 * phi_ * (p2_ - l2_) * (u1_ - p1_) + (u1_ - p1_) ** 2)
hi = (p2_ - p1_) + math.sqrt((u2_ - p2_) ** 2 - 2 * phi_ * (u2_ - p2_) * (p1_ - l1_) + (p1_ - l1_) ** 2)
case("paired-difference-numpy", {"both": a_, "onlyFirst": b_, "onlySecond": c_, "neither": d_},
     {"difference": float(dd.mean()), "se": float(dd.std() / math.sqrt(n_)), "lo": lo, "hi": hi}, 1e-12)

# ---------------------------------------------------------------- tails far beyond what doubles hold
import mpmath

mpmath.mp.dps = 60
rows = []
for a, x in [(1000, 1), (500.5, 20), (3, 1e-200)]:
    rows.append({"f": "gammaP", "a": a, "x": x, "log": float(mpmath.log(mpmath.gammainc(a, 0, mpmath.mpf(x), regularized=True)))})
for a, x in [(2, 2000), (.5, 900), (40.25, 1500)]:
    rows.append({"f": "gammaQ", "a": a, "x": x, "log": float(mpmath.log(mpmath.gammainc(a, mpmath.mpf(x), mpmath.inf, regularized=True)))})
for a, b, x in [(500, 3, .001), (800.5, 40.25, .2), (2000, 1000, .3), (300, .5, .01)]:
    rows.append({"f": "beta", "a": a, "b": b, "x": x, "log": float(mpmath.log(mpmath.betainc(a, b, 0, mpmath.mpf(str(x)))))})
for z_ in (-200, -38.6, -5, -.1, 0, 3, 9):
    rows.append({"f": "normal", "a": z_, "log": float(mpmath.log(mpmath.erfc(-mpmath.mpf(z_) / mpmath.sqrt(2)) / 2))})
case("log-tails-mpmath", {}, rows, 1e-11)

# ---------------------------------------------------------------- bootstrap and forecast details
resid = rounded(RNG.normal(0, 1, 120), 3)
case("percentile-interval-numpy", {"values": plain(resid)},
     plain(np.quantile(resid, [.025, .975])) + [float(resid.std(ddof=1))], 1e-12)

shares = rounded(RNG.uniform(.3, .5, 6), 3)
spent = 123.4
proj = spent / shares.mean()
var = proj ** 2 * shares.var(ddof=1) / shares.mean() ** 2
prior, pv = 250.0, 900.0
case("intraday-precision-numpy", {"shares": plain(shares), "spent": spent, "prior": prior, "prior_variance": pv},
     {"projection": float(proj), "variance": float(var), "combined": float((proj / var + prior / pv) / (1 / var + 1 / pv))}, 1e-9)

usual = 1.13
blocks = [(120, 100), (95, 90), (0, 0), (300, 160), (70, 70)]
M = {1.5: 0.0, 2: 0.0, 4: 0.0}
for att, req in blocks:
    mu_ = 1.2 * usual * req
    M = {r_: (v_ + 1) * math.exp(att * math.log(r_) - (r_ - 1) * mu_) for r_, v_ in M.items()}
case("retry-storm-by-hand", {"usual": usual, "blocks": blocks}, {"level": sum(M.values()) / 3}, 1e-9)

hx = rounded(RNG.beta(3, 2, 50), 3)
num = den = pen = 0.0
for t, xi in enumerate(hx, 1):
    l_ = min(1, math.sqrt(8 * math.log(2 / .05) / (t * math.log(t + 1))))
    num, den, pen = num + l_ * xi, den + l_, pen + l_ * l_ / 8
half = (math.log(2 / .05) + pen) / den
rho2 = (-2 * math.log(.05) + math.log(1 - 2 * math.log(.05)))
batches = [(.91, .02), (.88, .03), (.93, .015)]
V_ = sum(s_ * s_ for _, s_ in batches)
r2 = rho2 / sum(s_ * s_ for _, s_ in batches[:2])
w_ = math.sqrt(2 * (V_ * r2 + 1) / (9 * r2) * math.log(math.sqrt(V_ * r2 + 1) / .05))
case("hoeffding-and-asymptotic-by-hand", {"x": plain(hx), "batches": batches, "tightest": 2},
     {"hoeffding": [max(0, num / den - half), min(1, num / den + half)], "mean": float(hx.mean()),
      "asymptotic": [sum(b_[0] for b_ in batches) / 3 - w_, sum(b_[0] for b_ in batches) / 3 + w_], "asymptotic_se": math.sqrt(V_) / 3}, 1e-10)

with open("src/test/resources/cases/independent.json", "w") as out_file:
    json.dump({"area": "independent", "cases": CASES}, out_file, indent=1)
    out_file.write("\n")
print(len(CASES), "cases")
