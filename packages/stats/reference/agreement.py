"""Reference values for agreement/ from other programs. Run: python agreement.py > agreement.json
(numpy, pandas, scipy, krippendorff, simpledorff, evalica, irrCAC, statsmodels, scikit-learn, pingouin)."""
import json
import warnings
from importlib.metadata import version
import evalica
import krippendorff
import numpy as np
import pandas as pd
import pingouin
import scipy.stats
import simpledorff
from irrCAC.raw import CAC
from irrCAC.table import CAC as TableCAC
from simpledorff.metrics import interval_metric, nominal_metric
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import aggregate_raters, cohens_kappa, fleiss_kappa

warnings.simplefilter("ignore")
random = np.random.default_rng(7)


def panel(items, raters, categories, noise, missing):
    """Raters see an item's quality with noise and cut it into 1..categories; a share of ratings is missing."""
    seen = random.normal(size=(items, 1)) + noise * random.normal(size=(items, raters)) + 0.3 * (np.arange(raters) == 0)
    cuts = scipy.stats.norm.ppf(np.arange(1, categories) / categories) * np.hypot(1, noise)
    table = 1.0 + np.searchsorted(cuts, seen)
    table[random.random(table.shape) < missing] = np.nan
    return table


def alphas(table):
    long = pd.DataFrame([(i, r, v) for i, row in enumerate(table) for r, v in enumerate(row) if not np.isnan(v)], columns=["item", "rater", "value"])
    levels = ["nominal", "ordinal", "interval", "ratio"]
    return {
        "krippendorff": {level: krippendorff.alpha(reliability_data=table.T, level_of_measurement=level) for level in levels},
        "evalica": {level: evalica.alpha(pd.DataFrame(table.T), distance=level).alpha for level in levels},
        "simpledorff": {level: simpledorff.calculate_krippendorffs_alpha_for_df(long, experiment_col="item", annotator_col="rater", class_col="value", metric_fn=metric)
                        for level, metric in [("nominal", nominal_metric), ("interval", interval_metric)]},
    }


def chance_corrected(table):
    """Gwet's own definitions, unrounded, with standard errors over items."""
    out = {}
    categories = sorted(set(table[~np.isnan(table)]))
    for weights in ["identity", "linear", "quadratic", "ordinal"]:
        cac = CAC(pd.DataFrame(table), weights=weights, categories=categories, digits=12)
        for name, method in [("gwet", cac.gwet), ("brennanPrediger", cac.bp), ("fleiss", cac.fleiss)]:
            found = method()["est"]
            out.setdefault(name, {})[weights] = {"estimate": found["coefficient_value"], "se": found["se"], "observed": found["pa"], "expected": found["pe"]}
    return out


def pairs(table):
    """Of the first two raters."""
    both = table[~np.isnan(table[:, :2]).any(axis=1), :2].astype(int)
    size = int(np.nanmax(table))
    counts = np.zeros((size, size))
    np.add.at(counts, (both[:, 0] - 1, both[:, 1] - 1), 1)
    out = {"table": counts.astype(int).tolist(), "cohen": {}}
    for name, weights in {"identity": None, "linear": "linear", "quadratic": "quadratic"}.items():
        fit = cohens_kappa(counts, wt=weights)
        out["cohen"][name] = {
            "scikit-learn": cohen_kappa_score(both[:, 0], both[:, 1], weights=weights, labels=np.arange(1, size + 1)),
            "statsmodels": {"estimate": fit.kappa, "se": fit.std_kappa, "se0": fit.std_kappa0},
        }
    found = TableCAC(pd.DataFrame(counts), digits=12).scott()["est"]
    out["scott"] = {"irrCAC": found["coefficient_value"]}
    return out


def complete(table):
    """Statistics that need every rating."""
    counts, _ = aggregate_raters(table.astype(int))
    long = pd.DataFrame([(i, r, v) for i, row in enumerate(table) for r, v in enumerate(row)], columns=["item", "rater", "value"])
    icc = pingouin.intraclass_corr(long, targets="item", raters="rater", ratings="value")
    forms = ["1 single", "2 single", "3 single", "1 average", "2 average", "3 average"]
    m, n = table.shape[1], table.shape[0]
    ranks = np.apply_along_axis(scipy.stats.rankdata, 0, table)
    return {
        "fleiss": {"statsmodels": fleiss_kappa(counts, "fleiss")},
        "randolph": {"statsmodels": fleiss_kappa(counts, "randolph")},
        "icc": {"pingouin": dict(zip(forms, icc["ICC"]))},
        "kendallW": {"scipy": float(friedman_over_items(table) / (m * (n - 1)))},
        "meanSpearman": {"scipy": float(np.mean([scipy.stats.spearmanr(ranks[:, a], ranks[:, b])[0] for a in range(m) for b in range(a + 1, m)]))},
        "meanTauB": {"scipy": float(np.mean([scipy.stats.kendalltau(table[:, a], table[:, b])[0] for a in range(m) for b in range(a + 1, m)]))},
    }


def friedman_over_items(table):
    """Friedman's statistic of m raters ranking n items, corrected for ties."""
    return scipy.stats.friedmanchisquare(*table).statistic


def nulls(table):
    return [[None if np.isnan(v) else int(v) for v in row] for row in table]


datasets = []
for items, raters, categories, noise, missing in [(12, 4, 5, 0.6, 0.15), (40, 3, 3, 0.8, 0.3), (60, 5, 4, 1.0, 0.0), (25, 2, 5, 0.4, 0.0), (80, 6, 2, 1.2, 0.5)]:
    table = panel(items, raters, categories, noise, missing)
    entry = {"table": nulls(table), "alpha": alphas(table), "chance": {"irrCAC": chance_corrected(table)}, "pair": pairs(table)}
    if missing == 0:
        entry["complete"] = complete(table)
    datasets.append(entry)
programs = ["krippendorff", "simpledorff", "evalica", "irrCAC", "statsmodels", "scikit-learn", "pingouin", "scipy"]
print(json.dumps({"programs": {name: version(name) for name in programs}, "datasets": datasets}, default=float))
