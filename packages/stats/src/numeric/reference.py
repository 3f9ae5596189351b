"""Writes reference.json: tails and quantiles in 40-digit arithmetic, rounded once. Run: python3 reference.py (needs mpmath)."""
import json
import pathlib
from mpmath import mp, mpf, ncdf, gammainc, betainc, loggamma, erfc

mp.dps = 40


def number(x):
    return float(x)


rows = []


def add(function, arguments, *values):
    rows.append([function, arguments, [number(v) for v in values]])


for z in [-37, -20, -8, -3.5, -1.96, -0.6, -0.1, 0, 0.3, 0.7, 1, 2.5, 5.5, 7.9]:
    add("normalCdf", [z], erfc(-mpf(z) / mp.sqrt(2)) / 2)
for x in [1e-6, 0.01, 0.5, 1.5, 3.7, 9.99, 10, 57.3, 1234.5, 1e8]:
    add("logGamma", [x], loggamma(mpf(x)))
for a, x in [(0.5, 0.01), (0.5, 1.9), (0.5, 40), (1, 1), (2.5, 0.1), (2.5, 30), (30, 12), (30, 31), (30, 90), (1000, 900), (1000, 1001), (1000, 1200), (1e5, 1.003e5)]:
    add("gammaTails", [a, x], gammainc(mpf(a), 0, mpf(x), regularized=True), gammainc(mpf(a), mpf(x), mp.inf, regularized=True))
for x, a, b in [(0.3, 0.5, 0.5), (0.01, 2, 5), (0.3, 2.5, 40), (0.9, 12, 3), (0.5, 1000, 1000), (0.52, 1000, 1000), (0.001, 0.5, 1000), (0.75, 0.2, 8), (0.25, 200, 600.5)]:
    add("betaTails", [x, a, b], betainc(a, b, 0, mpf(x), regularized=True), betainc(a, b, mpf(x), 1, regularized=True))
for t, v in [(0.1, 1), (1, 1), (2.5, 3), (12.7, 1), (-40, 3), (2, 5), (1.96, 1e4), (-6, 30.5), (0.001, 7)]:
    x = mpf(v) / (mpf(v) + mpf(t) ** 2)
    far = betainc(mpf(v) / 2, mpf(1) / 2, 0, x, regularized=True) / 2
    add("studentTails", [t, v], *((1 - far, far) if t > 0 else (far, 1 - far)))
for f, m, n in [(0.2, 3, 20), (1, 5, 5), (4.4, 2, 87), (30, 1, 12)]:
    x = mpf(m) * mpf(f) / (mpf(m) * mpf(f) + n)
    add("fisherTails", [f, m, n], betainc(mpf(m) / 2, mpf(n) / 2, 0, x, regularized=True), betainc(mpf(m) / 2, mpf(n) / 2, x, 1, regularized=True))

lines = ",\n  ".join(json.dumps(row) for row in rows)
pathlib.Path(__file__).with_name("reference.json").write_text("[\n  " + lines + "\n]\n")
