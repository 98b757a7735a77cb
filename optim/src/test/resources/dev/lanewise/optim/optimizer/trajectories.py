"""Trajectories of the optimizers on a quadratic, from the published formulas in 50 digits.

    python3 trajectories.py > trajectories.csv

The objective is f(x) = x'Ax/2 - c'x over x = (w0, w1, b); weight decay applies to w0 and w1 only.
Formulas: momentum and Nesterov as in the documentation of torch.optim.SGD, Adam as in Algorithm 1
of Kingma and Ba (2015), decoupled decay as in Algorithm 2 of Loshchilov and Hutter (2019) with a
decay scaled by the rate, as torch.optim.AdamW has it.
"""

from decimal import Decimal as D
from decimal import getcontext

getcontext().prec = 50
A = [[D("2"), D("0.5"), D("0.25")], [D("0.5"), D("1"), D("0")], [D("0.25"), D("0"), D("0.125")]]
C = [D("1"), D("-2"), D("0.5")]
START = [D("1.5"), D("0.5"), D("-1")]
DECAYS = [D(1), D(1), D(0)]
SHOWN = {1, 2, 3, 4, 5, 10, 20, 50, 100}
AXES = range(3)


def gradient(x, l2):
    return [sum(A[i][j] * x[j] for j in AXES) - C[i] + l2 * DECAYS[i] * x[i] for i in AXES]


def sgd(rate, l2=D(0)):
    def step(t, x, state):
        g = gradient(x, l2)
        return [x[i] - rate * g[i] for i in AXES]

    return step


def momentum(rate, mu, nesterov):
    def step(t, x, state):
        g = gradient(x, D(0))
        v = state.get("v", [D(0)] * 3)
        state["v"] = v = [mu * v[i] + g[i] for i in AXES]
        direction = [g[i] + mu * v[i] for i in AXES] if nesterov else v
        return [x[i] - rate * direction[i] for i in AXES]

    return step


def adam(rate, l2=D(0), decoupled=D(0)):
    beta1, beta2, epsilon = D("0.9"), D("0.999"), D("1e-8")

    def step(t, x, state):
        g = gradient(x, l2)
        m = state.get("m", [D(0)] * 3)
        v = state.get("v", [D(0)] * 3)
        state["m"] = m = [beta1 * m[i] + (1 - beta1) * g[i] for i in AXES]
        state["v"] = v = [beta2 * v[i] + (1 - beta2) * g[i] ** 2 for i in AXES]
        x = [x[i] * (1 - rate * decoupled * DECAYS[i]) for i in AXES]
        m_hat = [m[i] / (1 - beta1**t) for i in AXES]
        v_hat = [v[i] / (1 - beta2**t) for i in AXES]
        return [x[i] - rate * m_hat[i] / (v_hat[i].sqrt() + epsilon) for i in AXES]

    return step


OPTIMIZERS = {
    "sgd": sgd(D("0.25")),
    "sgd-l2": sgd(D("0.25"), D("0.5")),
    "momentum": momentum(D("0.125"), D("0.875"), False),
    "nesterov": momentum(D("0.125"), D("0.875"), True),
    "adam": adam(D("0.0625")),
    "adam-l2": adam(D("0.0625"), l2=D("0.5")),
    "adamw": adam(D("0.0625"), decoupled=D("0.5")),
}

print("optimizer,step,w0,w1,b")
for name, step in OPTIMIZERS.items():
    x, state = START, {}
    for t in range(1, 101):
        x = step(t, x, state)
        if t in SHOWN:
            print(",".join([name, str(t)] + [f"{value:.20e}" for value in x]))
