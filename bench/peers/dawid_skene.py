"""Dawid–Skene by crowd-kit. Arguments: files of int32 tasks, workers and labels, and how many times to measure."""
import json
import sys
import numpy as np
import pandas as pd
from crowdkit.aggregation import DawidSkene
from measure import best

tasks, workers, labels = (np.fromfile(path, dtype=np.int32) for path in sys.argv[1:4])
answers = pd.DataFrame({"task": tasks, "worker": workers, "label": labels})


def fit():
    model = DawidSkene(n_iter=100, tol=1e-5).fit(answers)
    # Compared by its labels: their sum, and the number of rounds.
    fit.rounds = len(model.loss_history_)
    return model.labels_.sum()


result = best(int(sys.argv[4]), fit)
print(json.dumps({"crowd-kit": {**result, "rounds": fit.rounds}}))
