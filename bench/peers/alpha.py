"""Krippendorff's alpha of a matrix of raters × units by `krippendorff`, and by evalica. Argument: the file of int32 ratings, raters × units × level × times."""
import json
import sys
import numpy as np
import pandas as pd
import evalica
import krippendorff
from measure import best

path, raters, level, times = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
ratings = np.fromfile(path, dtype=np.int32).reshape(raters, -1).astype(np.float64)
print(json.dumps({
    "krippendorff": best(times, lambda: krippendorff.alpha(reliability_data=ratings, level_of_measurement=level)),
    "evalica": best(1, lambda: evalica.alpha(pd.DataFrame(ratings), distance=level).alpha),
}))
