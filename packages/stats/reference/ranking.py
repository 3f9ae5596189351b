"""Reference values for ranking/ from evalica, choix and statsmodels. Run: python ranking.py > ranking.json (evalica, choix, statsmodels)."""
import json
import warnings
from importlib.metadata import version
import choix
import evalica
import numpy as np
import statsmodels.api as sm

warnings.simplefilter("ignore")
random = np.random.default_rng(9)
SYSTEMS, ITEMS, RATERS, VOTES = 5, 60, 12, 6
strengths = np.array([0.9, 0.4, 0.0, -0.4, -0.9])
rows = []
for item in range(ITEMS):
    favour = 0.8 * random.normal(size=SYSTEMS)
    for _ in range(VOTES):
        left, right = random.choice(SYSTEMS, size=2, replace=False)
        lead = strengths[left] + favour[left] - strengths[right] - favour[right] + 0.25
        outcome = 2 if random.random() < 0.15 else int(random.random() >= 1 / (1 + np.exp(-lead)))
        rows.append((int(left), int(right), outcome, item, int(random.integers(RATERS)), round(float(random.normal()), 3)))
left, right, outcome, item, rater, control = map(np.array, zip(*rows))
decided = outcome != 2


def centred(values):
    return (np.asarray(values) - np.mean(values)).tolist()


def design(keep):
    """Strengths against their mean: the last column is minus the sum of the others."""
    x = np.zeros((keep.sum(), SYSTEMS))
    x[np.arange(keep.sum()), left[keep]] += 1
    x[np.arange(keep.sum()), right[keep]] -= 1
    return x[:, :-1] - x[:, -1:]


def strengths_of(fit):
    """All strengths with standard errors, from those of all but the last."""
    free = SYSTEMS - 1
    contrast = np.vstack([np.eye(free), -np.ones(free)])
    covariance = np.asarray(fit.cov_params())[:free, :free]
    return {"estimate": (contrast @ np.asarray(fit.params)[:free]).tolist(), "se": np.sqrt(np.diag(contrast @ covariance @ contrast.T)).tolist()}


def logit(keep, x, groups):
    # statsmodels scales by G/(G−1) · (N−1)/(N−p): only the first factor is ours.
    fit = sm.GLM(outcome[keep] == 0, x, family=sm.families.Binomial()).fit(tol=1e-14, cov_type="cluster", cov_kwds={"groups": groups[keep], "use_correction": False})
    factor = np.sqrt(len(set(groups[keep])) / (len(set(groups[keep])) - 1))
    found = strengths_of(fit)
    extra = [[float(fit.params[k]), float(fit.bse[k] * factor)] for k in range(SYSTEMS - 1, x.shape[1])]
    return {"estimate": found["estimate"], "se": [value * factor for value in found["se"]], "extra": extra}


def davidson():
    """Davidson's model as a log-linear one: counts of left, right and tie of each ordered pair, with a term for each pair."""
    cells = [(a, b) for a in range(SYSTEMS) for b in range(SYSTEMS) if a != b and ((left == a) & (right == b)).any()]
    x, y = [], []
    for k, (a, b) in enumerate(cells):
        for o in range(3):
            row = np.zeros(SYSTEMS + 1 + len(cells))
            row[a], row[b] = (0.5, -0.5) if o == 0 else (-0.5, 0.5) if o == 1 else (0, 0)
            row[SYSTEMS], row[SYSTEMS + 1 + k] = o == 2, 1
            x.append(row)
            y.append(((left == a) & (right == b) & (outcome == o)).sum())
    x = np.array(x)
    x = np.delete(x[:, :] - np.where(np.arange(x.shape[1]) < SYSTEMS, x[:, [SYSTEMS - 1]], 0), SYSTEMS - 1, axis=1)
    fit = sm.GLM(np.array(y), x, family=sm.families.Poisson()).fit(tol=1e-14, maxiter=200)
    found = strengths_of(fit)
    return {"estimate": found["estimate"], "tie": float(np.exp(fit.params[SYSTEMS - 1]))}


names = [str(k) for k in range(SYSTEMS)]
scores = evalica.bradley_terry([names[k] for k in left], [names[k] for k in right], [[evalica.Winner.X, evalica.Winner.Y, evalica.Winner.Draw][o] for o in outcome],
                               tolerance=1e-14, limit=100000).scores
wins = [(int(l), int(r)) if o == 0 else (int(r), int(l)) for l, r, o in zip(left, right, outcome) if o != 2]
ones = np.ones((decided.sum(), 1))
scaled = (control / np.sqrt(np.mean(control[decided] ** 2)))[decided][:, None]
alone = np.arange(len(left))
print(json.dumps({
    "programs": {name: version(name) for name in ["evalica", "choix", "statsmodels"]},
    "rows": rows,
    "half": {"evalica": centred(np.log(scores.reindex(names)))},
    "decided": {
        "choix": centred(choix.opt_pairwise(SYSTEMS, wins, alpha=0, method="Newton-CG", tol=1e-14)),
        "choix ilsr": centred(choix.ilsr_pairwise(SYSTEMS, wins, tol=1e-12, max_iter=10000)),
        "statsmodels by item": logit(decided, design(decided), item),
        "statsmodels by rater": logit(decided, design(decided), rater),
        "statsmodels": logit(decided, design(decided), alone),
    },
    "position": {"statsmodels by item": logit(decided, np.hstack([design(decided), ones]), item)},
    "control": {"statsmodels by item": logit(decided, np.hstack([design(decided), scaled]), item)},
    "davidson": {"statsmodels": davidson()},
}))
