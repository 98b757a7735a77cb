"""Learning rates by step from PyTorch's own schedulers.

    python3 schedules.py > schedules.csv

Made with PyTorch 1.13 of Debian (python3-torch). Rates are printed to all digits. The schedules
that PyTorch lacks (Noam, inverse time, warm-up by step/steps, triangles that shrink) are lambdas
written from the papers' formulas.
"""

import warnings

import torch
from torch.optim.lr_scheduler import (
    CosineAnnealingLR, CosineAnnealingWarmRestarts, CyclicLR, ExponentialLR, LambdaLR, LinearLR,
    MultiStepLR, OneCycleLR, PolynomialLR, SequentialLR, StepLR)

warnings.simplefilter("ignore")
RATE = 0.5


def rates(make, steps):
    weight = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([weight], lr=RATE)
    scheduler = make(optimizer)
    for step in range(1, steps + 1):
        yield step, optimizer.param_groups[0]["lr"]
        optimizer.step()
        scheduler.step()


def warm_cosine(o):
    up = LambdaLR(o, lambda t: min(1, (t + 1) / 8))
    down = CosineAnnealingLR(o, T_max=24, eta_min=0.01)
    return SequentialLR(o, [up, down], milestones=[8])


SCHEDULES = {
    "linear": (lambda o: LinearLR(o, start_factor=1.0, end_factor=0.25, total_iters=12), 20),
    "polynomial": (lambda o: PolynomialLR(o, total_iters=15, power=2.5), 20),
    "step": (lambda o: StepLR(o, step_size=4, gamma=0.3), 20),
    "multi-step": (lambda o: MultiStepLR(o, milestones=[3, 7, 8], gamma=0.5), 20),
    "exponential": (lambda o: ExponentialLR(o, gamma=0.9), 20),
    "cosine": (lambda o: CosineAnnealingLR(o, T_max=16, eta_min=0.02), 17),
    "restarts-1": (lambda o: CosineAnnealingWarmRestarts(o, T_0=5, T_mult=1, eta_min=0.02), 20),
    "restarts-2": (lambda o: CosineAnnealingWarmRestarts(o, T_0=3, T_mult=2, eta_min=0.02), 40),
    "one-cycle": (lambda o: OneCycleLR(o, max_lr=RATE, total_steps=25), 25),
    "one-cycle-40": (
        lambda o: OneCycleLR(
            o, max_lr=RATE, total_steps=40, pct_start=0.4, div_factor=10, final_div_factor=100),
        40),
    "triangular": (
        lambda o: CyclicLR(
            o, base_lr=0.1, max_lr=RATE, step_size_up=4, step_size_down=6, cycle_momentum=False),
        35),
    "triangular-2": (
        lambda o: CyclicLR(
            o, base_lr=0.1, max_lr=RATE, step_size_up=4, mode="triangular2", cycle_momentum=False),
        35),
    "warmup-cosine": (warm_cosine, 33),
    "noam": (
        lambda o: LambdaLR(o, lambda t: 128**-0.5 * min((t + 1)**-0.5, (t + 1) * 9**-1.5) / RATE),
        30),
    "inverse-time": (lambda o: LambdaLR(o, lambda t: 1 / (1 + 0.25 * t / 5)), 20),
}

if __name__ == "__main__":
    print("schedule,step,rate")
    for name, (make, steps) in SCHEDULES.items():
        for step, rate in rates(make, steps):
            print(f"{name},{step},{float(rate)!r}")
