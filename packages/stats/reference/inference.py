"""Reference values for inference/ from statsmodels and scipy. Run: python inference.py > inference.json (numpy, scipy, statsmodels)."""
import json
import numpy as np
import scipy.stats
import statsmodels.api as sm
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import tt_ind_solve_power
from statsmodels.stats.proportion import proportion_confint

y = [3.0, 1.0, 2.0, 5.0, 4.0, 4.5, 0.5, 2.5, 3.5, 1.5, 2.0, 6.0]
item = [0, 0, 0, 1, 1, 2, 3, 3, 3, 3, 4, 5]
rater = [0, 1, 2, 0, 1, 2, 0, 1, 2, 3, 3, 3]
ones = np.ones(len(y))
one_way = sm.OLS(y, ones).fit(cov_type="cluster", cov_kwds={"groups": item, "use_correction": True})
groups = np.column_stack([item, rater])
fit = sm.OLS(y, ones).fit()
both, first, second = sm.stats.sandwich_covariance.cov_cluster_2groups(fit, groups[:, 0], groups[:, 1], use_correction=True)
p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1.0]
print(json.dumps({
    "y": y, "item": item, "rater": rater,
    "mean": float(np.mean(y)),
    "seCR1": float(one_way.bse[0]),
    "seTwoWay": float(np.sqrt(both[0, 0])),
    "wilson": [[k, n, *map(float, proportion_confint(k, n, method="wilson"))] for k, n in [(81, 263), (15, 148), (0, 20), (1, 29), (29, 29)]],
    "wilsonScipy": [[k, n, *map(float, scipy.stats.binomtest(k, n).proportion_ci(method="wilson"))] for k, n in [(81, 263), (15, 148), (0, 20), (1, 29)]],
    "p": p,
    "adjustedBH": [float(v) for v in multipletests(p, method="fdr_bh")[1]],
    "adjustedBY": [float(v) for v in multipletests(p, method="fdr_by")[1]],
    "clusters": {str(d): float(tt_ind_solve_power(effect_size=d, alpha=0.05, power=0.8)) for d in [0.2, 0.5, 1.0]},
}, indent=1))
