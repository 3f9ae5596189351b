"""Reference values for sampling/ from ppi_py, statsmodels and scipy. Run: python sampling.py > sampling.json (ppi-python, statsmodels)."""
import json
import numpy as np
import scipy.stats
import statsmodels.api as sm
from ppi_py import ppi_mean_ci, ppi_mean_pointestimate

rng = np.random.default_rng(1)
n, traffic = 60, 400
latent = rng.normal(size=n)
y = (latent + rng.normal(size=n) * 0.5).round(3)
f = (0.8 * latent + rng.normal(size=n) * 0.3 + 0.4).round(3)
u = (0.8 * rng.normal(size=traffic) + 0.4 + rng.normal(size=traffic) * 0.3).round(3)
number = lambda value: float(np.ravel(value)[0])
ppi = {
    str(lam): [number(ppi_mean_pointestimate(y, f, u, lam=lam)), *map(number, ppi_mean_ci(y, f, u, lam=lam, alpha=0.05))]
    for lam in (0.0, 0.5, 1.0, None)
}
probability = np.array([0.1, 0.5, 0.9])[rng.integers(3, size=n)]
item = rng.integers(15, size=n)
hajek = sm.WLS(y, np.ones(n), weights=1 / probability).fit(cov_type="cluster", cov_kwds={"groups": item, "use_correction": True})
queue, expected = [30, 14, 6], [0.5, 0.3, 0.2]
print(json.dumps({
    "y": y.tolist(), "f": f.tolist(),
    "traffic": {"estimate": float(u.mean()), "se": float(u.std(ddof=1) / np.sqrt(traffic)), "n": traffic},
    "ppi": ppi,
    "probability": probability.tolist(), "item": item.tolist(),
    "hajek": [float(hajek.params[0]), float(hajek.bse[0])],
    "chiSquare": [float(v) for v in scipy.stats.chisquare(queue, np.array(expected) * sum(queue))],
}))
