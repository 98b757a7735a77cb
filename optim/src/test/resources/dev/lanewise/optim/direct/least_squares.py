#!/usr/bin/env python3
"""Least squares and ridge regression in exact rational arithmetic.

Writes least_squares.csv beside itself: what LeastSquaresTest compares with. Each line is a problem's
name, lambda, and the weights row by row with the biases behind them, rounded from fractions.
The normal equations of the objective (1/n) sum ½|xW + b - t|² + ½ lambda |W|² are solved by
Gauss-Jordan elimination on fractions; no factorisation is shared with the code under test.
"""
from fractions import Fraction as F
from pathlib import Path

# Rows: features | targets. "scales": features of very different size, far from zero.
PROBLEMS = {
    "line": ([[0], [1], [2], [3]], [[1], [3], [4], [4]]),
    "two outputs": ([[1, 2], [2, -1], [0, 5], [3, 3], [-4, 1]], [[1, 0], [2, 5], [3, -1], [1, 1], [0, 7]]),
    "scales": (
        [[1000001, F(1, 1024), 3], [1000003, F(5, 1024), -2], [1000002, F(-7, 1024), 8],
         [1000009, F(2, 1024), 1], [999998, F(9, 1024), 0], [1000000, F(4, 1024), 5]],
        [[1], [-2], [8], [3], [0], [5]]),
    "exact": ([[1, 0], [0, 1], [1, 1], [2, 3]], [[3], [4], [6], [13]]),
}
LAMBDAS = [F(0), F(1, 8), F(10)]


def solve(matrix, right):
    rows = [row[:] + rhs[:] for row, rhs in zip(matrix, right)]
    n = len(rows)
    for i in range(n):
        pivot = next(r for r in range(i, n) if rows[r][i] != 0)
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [v / rows[i][i] for v in rows[i]]
        for r in range(n):
            if r != i:
                rows[r] = [a - rows[r][i] * b for a, b in zip(rows[r], rows[i])]
    return [row[n:] for row in rows]


def ridge(x, t, lam):
    n, d = len(x), len(x[0])
    ext = [[F(v) for v in row] + [F(1)] for row in x]
    matrix = [[sum(r[i] * r[j] for r in ext) / n + (lam if i == j and i < d else 0)
               for j in range(d + 1)] for i in range(d + 1)]
    right = [[sum(r[i] * F(tr[k]) for r, tr in zip(ext, t)) / n for k in range(len(t[0]))]
             for i in range(d + 1)]
    return solve(matrix, right)


lines = []
for name, (x, t) in PROBLEMS.items():
    for lam in LAMBDAS:
        numbers = [repr(float(v)) for row in ridge(x, t, lam) for v in row]
        lines.append(",".join([name, repr(float(lam)), *numbers]))
Path(__file__).with_suffix(".csv").write_text("\n".join(lines) + "\n")
