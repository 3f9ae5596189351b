"""Bradley–Terry by evalica: the fit alone, and with its bootstrap of single comparisons. Arguments: files of int32 left, right and outcome, times, resamples."""
import json
import sys
import numpy as np
import pandas as pd
import evalica
from measure import best

left, right, outcome = (np.fromfile(path, dtype=np.int32) for path in sys.argv[1:4])
times, resamples = int(sys.argv[4]), int(sys.argv[5])
names = [f"s{i}" for i in range(int(max(left.max(), right.max())) + 1)]
xs, ys = [names[i] for i in left], [names[i] for i in right]
winners = [[evalica.Winner.X, evalica.Winner.Y, evalica.Winner.Draw][o] for o in outcome]


def strength(scores):
    """Log-odds of s0 against the mean."""
    logs = np.log(scores)
    return logs["s0"] - logs.mean()


print(json.dumps({
    "evalica": best(times, lambda: strength(evalica.bradley_terry(xs, ys, winners, tolerance=1e-8).scores)),
    "evalica bootstrap": best(1, lambda: strength(evalica.bootstrap(
        evalica.bradley_terry, xs, ys, winners, n_resamples=resamples, bootstrap_method="percentile", random_state=1).result.scores)),
}))
