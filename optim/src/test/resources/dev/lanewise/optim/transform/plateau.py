"""The learning rate beside the metric by PyTorch's ReduceLROnPlateau.

    python3 plateau.py > plateau.csv

Made with PyTorch 1.13 of Debian (python3-torch). The rate of a line is that of the epoch *after*
its metric was seen.
"""

import random

import torch
from torch.optim.lr_scheduler import ReduceLROnPlateau

CASES = {
    "min-rel": dict(mode="min", factor=0.5, patience=2, threshold=0.05, threshold_mode="rel"),
    "max-abs": dict(mode="max", factor=0.1, patience=0, threshold=0.02, threshold_mode="abs"),
    "cooldown": dict(mode="min", factor=0.3, patience=1, threshold=0.0, cooldown=3),
    "least": dict(mode="min", factor=0.2, patience=1, min_lr=0.03),
}

if __name__ == "__main__":
    print("case,metric,rate")
    draws = random.Random(7)
    for name, settings in CASES.items():
        optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
        scheduler = ReduceLROnPlateau(optimizer, eps=0.0, **settings)
        for epoch in range(60):
            trend = 1 + 1 / (1 + epoch / 4)
            metric = round((trend if settings["mode"] == "min" else -trend + 3)
                           + draws.uniform(-0.05, 0.05), 2)
            scheduler.step(metric)
            print(f"{name},{metric!r},{optimizer.param_groups[0]['lr']!r}")
