#!/usr/bin/env python3
"""Least absolute deviations in exact rational arithmetic, by trying everything.

Writes least_absolute.csv beside itself: what LeastAbsoluteDeviationsTest compares with. Some best
linear function passes through as many rows as it has coefficients (the vertices of the linear
program), so the least objective over all such functions is the optimum. Each line is a problem's
name and that objective, rounded from a fraction.
"""
from fractions import Fraction as F
from itertools import combinations
from pathlib import Path

PROBLEMS = {
    "line": ([[0], [1], [2], [3], [4]], [1, 3, 4, 4, 90]),
    "plane": ([[1, 2], [2, -1], [0, 5], [3, 3], [-4, 1], [2, 2], [7, 0]], [1, 2, 3, 1, 0, -8, 5]),
    "repeated": ([[0], [0], [0], [1], [1], [1], [1]], [1, 2, 9, 4, 4, 8, 0]),
}


def solve(matrix, right):
    rows = [row[:] + [r] for row, r in zip(matrix, right)]
    for i in range(len(rows)):
        pivot = next((r for r in range(i, len(rows)) if rows[r][i] != 0), None)
        if pivot is None:
            return None
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [v / rows[i][i] for v in rows[i]]
        for r in range(len(rows)):
            if r != i:
                rows[r] = [a - rows[r][i] * b for a, b in zip(rows[r], rows[i])]
    return [row[-1] for row in rows]


lines = []
for name, (x, t) in PROBLEMS.items():
    ext = [[F(v) for v in row] + [F(1)] for row in x]
    best = None
    for chosen in combinations(range(len(x)), len(ext[0])):
        w = solve([ext[i] for i in chosen], [F(t[i]) for i in chosen])
        if w is not None:
            value = sum(abs(sum(a * b for a, b in zip(row, w)) - ti) for row, ti in zip(ext, t))
            best = value if best is None else min(best, value)
    lines.append(f"{name},{float(best / len(x))!r}")
Path(__file__).with_suffix(".csv").write_text("\n".join(lines) + "\n")
