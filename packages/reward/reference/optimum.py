"""The optimum of LIBLINEAR's solver 7 (dual logistic regression) on a small sparse problem, for src/solver/kernel.test.ts.

    pip install liblinear-official==2.50.0 && python optimum.py > optimum.json

All labels are +1, as the solver's rows are differences that should be positive; a row of label -1 is its negative.
"""

import json
import os
import random
import sys

from liblinear.liblinearutil import train

random.seed(7)
rows, columns = 60, 12
truth = [random.gauss(0, 1) for _ in range(columns)]
table = []
for _ in range(rows):
    # Sixteenths, so that float32 holds the very same numbers.
    x = {j: round(random.gauss(0, 1) * 16) / 16 for j in range(columns) if random.random() < 0.4}
    margin = sum(truth[j] * v for j, v in x.items()) + random.gauss(0, 1)
    table.append({j: v if margin > 0 else -v for j, v in x.items() if v != 0})

# LIBLINEAR wants two classes: every second row is given as its negative with the label -1.
labels = [1 if i % 2 == 0 else -1 for i in range(rows)]
features = [{j + 1: label * v for j, v in x.items()} for label, x in zip(labels, table)]
solutions = []
for penalty in (0.5, 2.0, 20.0):
    # Its chatter goes to standard error.
    output = os.dup(1)
    os.dup2(2, 1)
    model = train(labels, features, f"-s 7 -c {1 / penalty} -e 1e-10 -B -1")
    os.dup2(output, 1)
    weights, _ = model.get_decfun()
    solutions.append({"penalty": penalty, "weights": weights})

json.dump({"rows": [[[j, v] for j, v in x.items()] for x in table], "columns": columns, "solutions": solutions}, sys.stdout)
