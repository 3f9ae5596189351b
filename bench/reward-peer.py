"""LIBLINEAR on the rows that bench/reward.ts wrote: CPU seconds of training alone, and the objective reached, for several stopping tolerances.

    pip install liblinear-official==2.50.0 scipy numpy
"""

import json
import sys
import time

import numpy as np
import scipy.sparse as sp
from liblinear.liblinear import parameter, problem
from liblinear.liblinearutil import train

folder, penalty = sys.argv[1], float(sys.argv[2])
start = np.fromfile(f"{folder}/start", np.int32)
column = np.fromfile(f"{folder}/column", np.int32)
value = np.fromfile(f"{folder}/value", np.float32)
rows = len(start) - 1
dense = np.fromfile(f"{folder}/dense", np.float32).reshape(rows, -1)
words = sp.csr_matrix((value, column, start), shape=(rows, column.max() + 1))
x = sp.hstack([words, sp.csr_matrix(dense)]).tocsr().astype(np.float64)
# LIBLINEAR wants two classes: every second row is given as its negative with the label -1.
label = np.where(np.arange(rows) % 2 == 0, 1.0, -1.0)
x = (sp.diags(label) @ x).tocsr()
# Its own form of the rows is made here and not timed.
rows_of_liblinear = problem(label, x)
for tolerance in (5, 3, 1):
    wall, cpu = time.perf_counter(), time.process_time()
    model = train(rows_of_liblinear, parameter(f"-s 7 -c {1 / penalty} -e {tolerance} -q"))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    weights = np.array(model.get_decfun()[0])
    objective = np.logaddexp(0, -label * (x @ weights)).sum() + penalty / 2 * (weights @ weights)
    print(json.dumps({"tolerance": tolerance, "wallS": wall, "cpuS": cpu, "objective": objective}), flush=True)
