"""Reference values for consensus/ from crowd-kit and peerannot. Run: python consensus.py > consensus.json (crowd-kit, peerannot)."""
import contextlib
import importlib
import importlib.util
import io
import json
import pathlib
import sys
import types
import warnings
from importlib.metadata import version
import numpy as np
import pandas as pd
from crowdkit.aggregation import GLAD, MACE, DawidSkene, MajorityVote, OneCoinDawidSkene

warnings.simplefilter("ignore")
# peerannot imports its deep models, hence torch, and the package sparse at once; its dense Dawid–Skene needs none of them.
sys.modules["sparse"] = types.ModuleType("sparse")
folder = pathlib.Path(importlib.util.find_spec("peerannot").origin).parent
for name, path in [("peerannot.models", folder / "models"), ("peerannot.models.aggregation", folder / "models/aggregation")]:
    module = types.ModuleType(name)
    module.__path__ = [str(path)]
    sys.modules[name] = module
PeerannotDawidSkene = importlib.import_module("peerannot.models.aggregation.dawid_skene").DawidSkene

random = np.random.default_rng(5)
ITEMS, RATERS, CLASSES = 150, 9, 3
truth = random.choice(CLASSES, size=ITEMS, p=[0.5, 0.3, 0.2])
confusion = np.array([np.eye(CLASSES) * (0.35 + 0.06 * r) + random.dirichlet(np.ones(CLASSES), CLASSES) * (0.65 - 0.06 * r) for r in range(RATERS)])
# The last one always says the same.
confusion[-1] = np.tile([0.0, 1.0, 0.0], (CLASSES, 1)) * 0.9 + 0.1 / CLASSES
rows = [(i, r, int(random.choice(CLASSES, p=confusion[r, truth[i]] / confusion[r, truth[i]].sum())))
        for i in range(ITEMS) for r in range(RATERS) if random.random() < 0.75]
answers = pd.DataFrame(rows, columns=["task", "worker", "label"])


def posteriors(model):
    return model.probas_.reindex(range(ITEMS))[range(CLASSES)].to_numpy().tolist()


dawid_skene = DawidSkene(n_iter=2000, tol=1e-12).fit(answers)
one_coin = OneCoinDawidSkene(n_iter=2000, tol=1e-12).fit(answers)
glad = GLAD(n_iter=200, tol=1e-8).fit(answers)
mace = MACE(n_restarts=10, n_iter=200, method="em", smoothing=0.1, random_state=0)
mace.fit(answers)
by_task = {i: {r: v for t, r, v in rows if t == i} for i in range(ITEMS)}
peer = PeerannotDawidSkene(by_task, RATERS, CLASSES)
with contextlib.redirect_stderr(io.StringIO()):
    peer.run(epsilon=1e-300, maxiter=1000)
print(json.dumps({
    "programs": {name: version(name) for name in ["crowd-kit", "peerannot"]},
    "rows": rows,
    "dawidSkene": {
        "crowd-kit": {"posteriors": posteriors(dawid_skene), "prior": dawid_skene.priors_.reindex(range(CLASSES)).tolist()},
        "peerannot": {"posteriors": peer.T.tolist(), "prior": peer.rho.tolist(), "confusion": peer.pi.tolist()},
    },
    "oneCoin": {"crowd-kit": {"posteriors": posteriors(one_coin), "skills": one_coin.skills_.reindex(range(RATERS)).tolist()}},
    "glad": {"crowd-kit": {"labels": glad.labels_.reindex(range(ITEMS)).tolist(), "abilities": glad.alphas_.reindex(range(RATERS)).tolist()}},
    "mace": {"crowd-kit": {"labels": mace.labels_.reindex(range(ITEMS)).tolist(), "competence": np.asarray(mace.spamming_)[:, 1].tolist()}},
    "majority": {"crowd-kit": MajorityVote().fit_predict(answers).reindex(range(ITEMS)).tolist()},
}))
