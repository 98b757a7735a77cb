#!/usr/bin/env python3
"""Softmax and logistic regression in decimal arithmetic of 60 digits.

Writes logistic_regression.csv beside itself: what LogisticRegressionTest compares with. Each line is
a problem's name, lambda, and the weights row by row with the biases behind them.

Independent of the code under test: the raw features, no whitening; the equations "gradient = 0" are
solved by Newton with a Jacobian from central differences of 1e-20, and Gaussian elimination. What a
softmax leaves undetermined is fixed by demanding that the weights, and the biases, of all classes sum
to 0 in place of the last class's equations.
"""
from decimal import Decimal as D, getcontext
from pathlib import Path

getcontext().prec = 60
STEP = D(10) ** -20

X2 = [[0, 1], [1, 3], [2, -1], [3, 2], [4, 0], [5, 1], [1, 0], [3, -2]]
PROBLEMS = {
    "three classes": (X2, [0, 0, 1, 1, 2, 2, 2, 0], 3),
    "two classes": (X2, [0, 1, 1, 0, 1, 1, 0, 0], 2),
    "yes or no": ([[0], [1], [2], [3], [4], [5]], [[0], [0], [1], [0], [1], [1]], 1),
}
LAMBDAS = ["0", "0.25"]


def gradient(flat, x, t, k, lam):
    d, n = len(x[0]), len(x)
    w = [flat[i * k:(i + 1) * k] for i in range(d + 1)]
    g = [[lam * w[i][c] if i < d else D(0) for c in range(k)] for i in range(d + 1)]
    for row, target in zip(x, t):
        ext = [D(v) for v in row] + [D(1)]
        y = [sum(ext[i] * w[i][c] for i in range(d + 1)) for c in range(k)]
        if k == 1:
            diff = [1 / (1 + (-y[0]).exp()) - D(target[0])]
        else:
            e = [v.exp() for v in y]
            diff = [e[c] / sum(e) - (1 if c == target else 0) for c in range(k)]
        for i in range(d + 1):
            for c in range(k):
                g[i][c] += ext[i] * diff[c] / n
    if k > 1:
        for i in range(d + 1):
            g[i][k - 1] = sum(w[i])
    return [v for row in g for v in row]


def solve(matrix, right):
    rows = [row[:] + [r] for row, r in zip(matrix, right)]
    n = len(rows)
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [v / rows[i][i] for v in rows[i]]
        for r in range(n):
            if r != i:
                rows[r] = [a - rows[r][i] * b for a, b in zip(rows[r], rows[i])]
    return [row[n] for row in rows]


def fit(x, t, k, lam):
    flat = [D(0)] * ((len(x[0]) + 1) * k)
    for _ in range(60):
        g = gradient(flat, x, t, k, lam)
        columns = []
        for j in range(len(flat)):
            up, down = flat[:], flat[:]
            up[j] += STEP
            down[j] -= STEP
            columns.append([(a - b) / (2 * STEP) for a, b in zip(
                gradient(up, x, t, k, lam), gradient(down, x, t, k, lam))])
        step = solve([list(row) for row in zip(*columns)], g)
        longest = max(abs(s) for s in step)
        scale = min(D(1), 1 / longest) if longest > 0 else D(1)
        flat = [f - scale * s for f, s in zip(flat, step)]
        if longest < D(10) ** -30:
            return flat
    raise SystemExit("no convergence")


lines = []
for name, (x, t, k) in PROBLEMS.items():
    for lam in LAMBDAS:
        numbers = [repr(float(v)) for v in fit(x, t, k, D(lam))]
        lines.append(",".join([name, lam, *numbers]))
Path(__file__).with_suffix(".csv").write_text("\n".join(lines) + "\n")
