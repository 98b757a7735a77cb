"""Trajectories of the optimizers on three problems, from elsewhere.

    python3 trajectories.py > trajectories.csv

It needs Debian's python3-torch (1.13), python3-sklearn (1.2), python3-numpy and python3-mpmath.

The variables are a matrix w of 3 rows and 2 columns, as `[in,out]`, and a vector b of 2: x is w by
rows, then b. The rate follows rate/(1 + (t-1)/20) except where the optimizer wants a constant one.
Each row names its source:

- torch: the optimizer of torch.optim itself, in float64; w is handed over as it is.
- sklearn: the optimizer of sklearn.neural_network itself, in float64.
- formula: from the paper's equations, or from the documentation of Keras 3 and of later versions
  of PyTorch, in 50 digits (class and function names below say which).
- torch-search: the formulas of conjugate gradients here, with the line search of torch.optim.LBFGS.
"""

import numpy as np
import torch
from mpmath import mp, mpf
from sklearn.neural_network._stochastic_optimizers import AdamOptimizer, SGDOptimizer
from torch.optim.lbfgs import _strong_wolfe

mp.dps = 50
SHOWN = [1, 2, 3, 10, 30, 100]
SEARCHES = [1, 2, 3, 5, 10]
sqrt = np.vectorize(mp.sqrt, otypes=[object])
exp = np.vectorize(lambda v: mp.exp(v) if isinstance(v, mpf) else np.exp(v), otypes=[object])
log = np.vectorize(lambda v: mp.log(v) if isinstance(v, mpf) else np.log(v), otypes=[object])
sign = np.vectorize(lambda v: mpf(0) if v == 0 else mpf(1) if v > 0 else mpf(-1), otypes=[object])


def exact(values):
    return np.vectorize(lambda v: mpf(v), otypes=[object])(np.array(values))


# ---------------------------------------------------------------- problems: value and gradient

CURVATURE = [1000, 300, 100, 30, 10, 3, 1, 0.25]
FEATURES = [[1, 0.5, -1], [-2, 1, 0.25], [0.5, -1, 2], [1.5, 2, 0], [-1, -0.5, -0.75], [0, 1, 1], [1, 0.5, -1]]
CLASSES = [0, 1, 1, 0, 1, 0, 1]


def quadratic(x):
    """f = x'Ax/2 - c'x with A = diag(CURVATURE) + 1/8 everywhere, c_i = (-1)^i (i+1)/4."""
    c = np.array([(-1) ** i * (i + 1) / 4 for i in range(8)])
    ax = np.array(CURVATURE) * x + x.sum() / 8
    return (x * (ax / 2 - c)).sum(), ax - c


def rosenbrock(x):
    """f = sum over i of 100 (x_{i+1} - x_i^2)^2 + (1 - x_i)^2."""
    rise = x[1:] - x[:-1] * x[:-1]
    g = x * 0
    g[:-1] += -400 * x[:-1] * rise - 2 * (1 - x[:-1])
    g[1:] += 200 * rise
    return (100 * rise * rise + (1 - x[:-1]) * (1 - x[:-1])).sum(), g


def logistic(x):
    """Mean cross-entropy of the softmax of FEATURES w + b over seven examples in two classes.

    The last is the first in the other class, so that they cannot be told apart entirely."""
    w, b = x[:6].reshape(3, 2), x[6:]
    f, gw, gb = x[0] * 0, w * 0, b * 0
    for row, label in zip(FEATURES, CLASSES):
        row = np.array(row)
        z = row @ w + b
        e = exp(z - z.max())
        p = e / e.sum()
        f = f - log(p[label : label + 1])[0] / 7
        d = p.copy()
        d[label] -= 1
        gw = gw + np.outer(row, d) / 7
        gb = gb + d / 7
    return f, np.concatenate([gw.reshape(6), gb])


START = {
    "quadratic": (quadratic, [0.5, -0.25, 0.75, 1, -1, 0.5, 1.25, -0.5]),
    "rosenbrock": (rosenbrock, [-0.5, 0.25, 0.5, -0.25, 0.75, 0.5, -0.75, 0.25]),
    "logistic": (logistic, [0.5, -0.25, 0.75, 1, -1, 0.5, 0.25, -0.5]),
}


def rate_at(rate, t):
    return rate / (1 + (t - 1) * 0.05)


# ---------------------------------------------------------------- the optimizers of PyTorch itself


def by_torch(make, rate, constant=False, decay=0.0):
    def run(f, start):
        w = torch.tensor(np.array(start[:6]).reshape(3, 2), dtype=torch.float64, requires_grad=True)
        b = torch.tensor(start[6:], dtype=torch.float64, requires_grad=True)
        groups = [dict(params=[w], weight_decay=decay), dict(params=[b], weight_decay=0.0)]
        optimizer = make([dict(params=[w, b])] if decay is None else groups)
        for t in range(1, 101):
            for group in optimizer.param_groups:
                group["lr"] = rate if constant else rate_at(rate, t)
            x = np.concatenate([w.detach().numpy().reshape(6), b.detach().numpy()])
            g = f(x)[1].astype(float)
            w.grad, b.grad = torch.tensor(g[:6].reshape(3, 2)), torch.tensor(g[6:])
            optimizer.step()
            yield t, np.concatenate([w.detach().numpy().reshape(6), b.detach().numpy()])

    return "torch", run


def by_torch_lbfgs():
    def run(f, start):
        p = torch.tensor(start, dtype=torch.float64, requires_grad=True)
        optimizer = torch.optim.LBFGS(
            [p], lr=1, max_iter=1, max_eval=100, history_size=100, line_search_fn="strong_wolfe"
        )

        def closure():
            value, g = f(p.detach().numpy())
            p.grad = torch.tensor(g.astype(float))
            return torch.tensor(float(value), dtype=torch.float64)

        for t in range(1, 11):
            optimizer.step(closure)
            yield t, p.detach().numpy()

    return "torch", run


def conjugate_gradient():
    """Polak-Ribiere+, the first step 1/|g|_1 if that is less than 1, then by the ratio of slopes."""

    def run(f, start):
        x, before, d, decrease = np.array(start, dtype=float), None, None, None

        def along(at, t, direction):
            value, g = f((at + float(t) * direction).numpy())
            return torch.tensor(float(value), dtype=torch.float64), torch.tensor(g.astype(float))

        for t in range(1, 11):
            value, g = f(x)
            g = g.astype(float)
            if before is None:
                d, first = -g, min(1.0, 1 / np.abs(g).sum())
            else:
                d = -g + max(0.0, g @ (g - before) / (before @ before)) * d
                if g @ d >= 0:
                    d = -g
                first = decrease / (g @ d)
            slope = g @ d
            _, _, length, _ = _strong_wolfe(
                along, torch.tensor(x), first, torch.tensor(d),
                torch.tensor(float(value), dtype=torch.float64), torch.tensor(g),
                torch.tensor(slope), c2=0.1,
            )
            x, before, decrease = x + float(length) * d, g, float(length) * slope
            yield t, x

    return "torch-search", run


# ---------------------------------------------------------------- the optimizers of scikit-learn


def by_sklearn(make, rate):
    def run(f, start):
        params = [np.array(start[:6]).reshape(3, 2), np.array(start[6:])]
        optimizer = make(params)
        for t in range(1, 101):
            optimizer.learning_rate = optimizer.learning_rate_init = rate_at(rate, t)
            g = f(np.concatenate([params[0].reshape(6), params[1]]))[1].astype(float)
            optimizer.update_params(params, [g[:6].reshape(3, 2), g[6:]])
            yield t, np.concatenate([params[0].reshape(6), params[1]])

    return "sklearn", run


# ---------------------------------------------------------------- formulas in 50 digits

WEIGHTS = np.array([1] * 6 + [0] * 2)  # what decays


def by_formula(step, rate, constant=False):
    def run(f, start):
        x, state = exact(start), {}
        for t in range(1, 101):
            eta = mpf(rate) if constant else mpf(rate) / (1 + mpf(t - 1) * mpf("0.05"))
            x = step(mpf(t), x, f(x)[1], eta, state)
            yield t, x

    return "formula", run


def zeros(state, name):
    return state.setdefault(name, exact([0] * 8))


def plain(t, x, g, eta, s):
    return x - eta * g


def momentum_inside(nesterov, mu=mpf("0.9")):
    """Keras 3, SGD; Sutskever et al. (2013), equations 1 and 2, in Nesterov's form at the point
    where the gradient is taken."""

    def step(t, x, g, eta, s):
        s["v"] = v = mu * zeros(s, "v") - eta * g
        return x + (mu * v - eta * g if nesterov else v)

    return step


def moments(s, g, b1=mpf("0.9"), b2=mpf("0.999")):
    s["m"] = b1 * zeros(s, "m") + (1 - b1) * g
    s["v"] = b2 * zeros(s, "v") + (1 - b2) * g * g
    return s["m"], s["v"]


B1, B2 = mpf("0.9"), mpf("0.999")


def paper_adam(t, x, g, eta, s):
    """Kingma and Ba (2015), Algorithm 1."""
    m, v = moments(s, g)
    return x - eta * (m / (1 - B1**t)) / (sqrt(v / (1 - B2**t)) + mpf("1e-8"))


def keras_adam_direction(t, g, s):
    m, v = moments(s, g)
    return mp.sqrt(1 - B2**t) / (1 - B1**t) * m / (sqrt(v) + mpf("1e-7"))


def keras_adam(t, x, g, eta, s):
    return x - eta * keras_adam_direction(t, g, s)


def keras_adamw(t, x, g, eta, s):
    x = x - x * WEIGHTS * mpf("0.004") * eta
    return x - eta * keras_adam_direction(t, g, s)


def paper_adamw(t, x, g, eta, s):
    """Loshchilov and Hutter (2019), Algorithm 2, with alpha = eta and the multiplier 1."""
    m, v = moments(s, g)
    update = eta * (m / (1 - B1**t)) / (sqrt(v / (1 - B2**t)) + mpf("1e-8"))
    return x - (update + mpf("1e-5") * WEIGHTS * x)


def amsgrad(keras):
    """Keras 3, Adam(amsgrad=True); Reddi et al. (2018), Algorithm 2, with 1e-8 beside the root."""

    def step(t, x, g, eta, s):
        m, v = moments(s, g)
        s["top"] = top = np.maximum(zeros(s, "top"), v)
        if keras:
            return x - eta * mp.sqrt(1 - B2**t) / (1 - B1**t) * m / (sqrt(top) + mpf("1e-7"))
        return x - eta * m / (sqrt(top) + mpf("1e-8"))

    return step


def nadam(psi, eps, scheduled):
    """Keras 3, Nadam; torch.optim.NAdam by its documentation (that of 1.13 itself multiplies by
    mu(t) twice in the product up to t + 1, which later versions do not); Dozat (2016), Algorithm 2,
    whose mean m is made with mu(t)."""

    def step(t, x, g, eta, s):
        mu = B1 * (1 - mpf("0.5") * mpf("0.96") ** (t * psi))
        after = B1 * (1 - mpf("0.5") * mpf("0.96") ** ((t + 1) * psi))
        s["product"] = product = s.get("product", mpf(1)) * mu
        m, v = moments(s, g, b1=mu if scheduled else B1)
        m_hat = after * m / (1 - product * after) + (1 - mu) * g / (1 - product)
        return x - eta * m_hat / (sqrt(v / (1 - B2**t)) + eps)

    return step


def paper_radam(t, x, g, eta, s):
    """Liu et al. (2020), Algorithm 2, with 1e-8 beside the root."""
    m, v = moments(s, g)
    m_hat = m / (1 - B1**t)
    top = 2 / (1 - B2) - 1
    rho = top - 2 * t * B2**t / (1 - B2**t)
    if rho <= 4:
        return x - eta * m_hat
    r = mp.sqrt((rho - 4) * (rho - 2) * top / ((top - 4) * (top - 2) * rho))
    return x - eta * r * m_hat * mp.sqrt(1 - B2**t) / (sqrt(v) + mpf("1e-8"))


def adamax(eps):
    """Keras 3, Adamax; Kingma and Ba (2015), Algorithm 2, with 1e-8 beside the maximum."""

    def step(t, x, g, eta, s):
        s["m"] = m = B1 * zeros(s, "m") + (1 - B1) * g
        s["u"] = u = np.maximum(B2 * zeros(s, "u"), abs(g))
        return x - eta / (1 - B1**t) * m / (u + eps)

    return step


def adabelief(t, x, g, eta, s):
    """Zhuang et al. (2020), Algorithm 2."""
    eps = mpf("1e-8")
    s["m"] = m = B1 * zeros(s, "m") + (1 - B1) * g
    s["s"] = v = B2 * zeros(s, "s") + (1 - B2) * (g - m) ** 2 + eps
    return x - eta * (m / (1 - B1**t)) / (sqrt(v / (1 - B2**t)) + eps)


def adagrad(initial, eps, inside):
    """Keras 3, Adagrad; Duchi et al. (2011), Figure 1, diagonal, with delta = 1e-10."""

    def step(t, x, g, eta, s):
        s["v"] = v = s.get("v", exact([initial] * 8)) + g * g
        return x - eta * g / (sqrt(v + eps) if inside else sqrt(v) + eps)

    return step


def adadelta(rho, eps):
    """Keras 3, Adadelta; Zeiler (2012), Algorithm 1."""

    def step(t, x, g, eta, s):
        s["v"] = v = rho * zeros(s, "v") + (1 - rho) * g * g
        update = -sqrt(zeros(s, "d") + eps) / sqrt(v + eps) * g
        s["d"] = rho * zeros(s, "d") + (1 - rho) * update * update
        return x + eta * update

    return step


def rmsprop(rho, eps, mu, centred):
    """Keras 3, RMSprop; Graves (2013), equations 38 to 41."""

    def step(t, x, g, eta, s):
        s["v"] = v = rho * zeros(s, "v") + (1 - rho) * g * g
        if centred:
            s["m"] = rho * zeros(s, "m") + (1 - rho) * g
            v = v - s["m"] * s["m"]
        s["b"] = mu * zeros(s, "b") + eta * g / sqrt(v + eps)
        return x - s["b"]

    return step


def paper_rprop(t, x, g, eta, s):
    """Riedmiller and Braun (1993), with the first step eta."""
    before, lengths = zeros(s, "g"), s.setdefault("d", exact([0] * 8) + eta)
    moved = zeros(s, "moved")
    for i in range(8):
        if before[i] * g[i] > 0:
            lengths[i] = min(lengths[i] * mpf("1.2"), mpf(50))
        elif before[i] * g[i] < 0:
            lengths[i] = max(lengths[i] * mpf("0.5"), mpf("1e-6"))
            moved[i], before[i] = -moved[i], mpf(0)
            continue
        moved[i], before[i] = -sign(g[i : i + 1])[0] * lengths[i], g[i]
    return x + moved


def lion(t, x, g, eta, s):
    """Chen et al. (2023), Algorithm 2, and Keras 3, Lion; no decay."""
    m = zeros(s, "m")
    update = sign(mpf("0.9") * m + (1 - mpf("0.9")) * g)
    s["m"] = mpf("0.99") * m + (1 - mpf("0.99")) * g
    return x - eta * update


def lamb(eps, decay):
    """You et al. (2020), Algorithm 2, with phi the identity; Keras 3, Lamb."""

    def step(t, x, g, eta, s):
        m, v = moments(s, g)
        r = (m / (1 - B1**t)) / (sqrt(v / (1 - B2**t)) + eps) + decay * WEIGHTS * x
        x = x.copy()
        for part in (slice(0, 6), slice(6, 8)):
            ratio = mp.sqrt((x[part] ** 2).sum()) / mp.sqrt((r[part] ** 2).sum())
            x[part] = x[part] - eta * ratio * r[part]
        return x

    return step


def adafactor(torch_form):
    """Shazeer and Stern (2018), Algorithms 4 and 5, and Keras 3, Adafactor: 1e-30 is added to the
    squares. torch.optim.Adafactor of PyTorch 2.5 by its documentation: 2^-52 is a floor."""
    floor, added = (mpf(2) ** -52, mpf(0)) if torch_form else (mpf(0), mpf("1e-30"))

    def step(t, x, g, eta, s):
        b = 1 - t ** mpf("-0.8")
        rho = min(eta, 1 / mp.sqrt(t))
        x = x.copy()
        square = g[:6].reshape(3, 2) ** 2 + added
        s["r"] = r = b * s.get("r", exact([0] * 3)) + (1 - b) * square.sum(axis=1) / 2
        s["c"] = c = b * s.get("c", exact([0] * 2)) + (1 - b) * square.sum(axis=0) / 3
        s["v"] = b * s.get("v", exact([0] * 2)) + (1 - b) * (g[6:] ** 2 + added)
        v = np.outer(r, c) / max(r.sum() / 3, floor)
        for part, v in ((slice(0, 6), v.reshape(6)), (slice(6, 8), s["v"])):
            u = g[part] / np.maximum(sqrt(v), floor)
            u = u / max(mpf(1), mp.sqrt((u**2).sum() / len(u)))
            alpha = max(mpf("0.001"), mp.sqrt((x[part] ** 2).sum() / len(u))) * rho
            x[part] = x[part] - alpha * u
        return x

    return step


def muon(torch_form):
    """torch.optim.Muon of PyTorch 2.9 by its documentation, and Jordan's original, both without
    bfloat16; b by Adam with 0.9, 0.95 and 1e-10. Their weights are [out,in]: w is transposed."""
    mu, a, b, c = mpf("0.95"), mpf("3.4445"), mpf("-4.775"), mpf("2.0315")

    def step(t, x, g, eta, s):
        gradient = g[:6].reshape(3, 2).T
        old = s.get("b", gradient * 0)
        s["b"] = old + (1 - mu) * (gradient - old) if torch_form else mu * old + gradient
        if torch_form:
            y = gradient + mu * (s["b"] - gradient)
        else:
            y = gradient + mu * s["b"]
        norm = mp.sqrt((y**2).sum())
        y = y / (max(norm, mpf("1e-7")) if torch_form else norm + mpf("1e-7"))
        for _ in range(5):
            gram = y @ y.T
            y = a * y + (b * gram + c * gram @ gram) @ y
        w = x[:6].reshape(3, 2).T
        if torch_form:
            w = w * (1 - eta * mpf("0.1"))
        w = w - eta * mp.sqrt(max(mpf(1), mpf(2) / 3)) * y
        s["m"] = B1 * s.get("m", g[6:] * 0) + (1 - B1) * g[6:]
        s["v"] = mpf("0.95") * s.get("v", g[6:] * 0) + (1 - mpf("0.95")) * g[6:] ** 2
        v_hat = s["v"] / (1 - mpf("0.95") ** t)
        bias = x[6:] - eta * s["m"] / (1 - B1**t) / (sqrt(v_hat) + mpf("1e-10"))
        return np.concatenate([w.T.reshape(6), bias])

    return step


O = torch.optim
ROWS = [
    ("sgd", "torch", by_torch(lambda p: O.SGD(p, lr=1), 2e-4)),
    ("sgd", "keras", by_formula(plain, 2e-4)),
    ("sgd", "paper", by_formula(plain, 2e-4)),
    ("sgd", "sklearn", by_sklearn(lambda p: SGDOptimizer(p, momentum=0, nesterov=False), 2e-4)),
    ("momentum", "torch", by_torch(lambda p: O.SGD(p, lr=1, momentum=0.9), 1e-4)),
    ("momentum", "keras", by_formula(momentum_inside(False), 1e-4)),
    ("momentum", "paper", by_formula(momentum_inside(False), 1e-4)),
    ("momentum", "sklearn", by_sklearn(lambda p: SGDOptimizer(p, nesterov=False), 1e-4)),
    ("nesterov", "torch", by_torch(lambda p: O.SGD(p, lr=1, momentum=0.9, nesterov=True), 1e-4)),
    ("nesterov", "keras", by_formula(momentum_inside(True), 1e-4)),
    ("nesterov", "paper", by_formula(momentum_inside(True), 1e-4)),
    ("nesterov", "sklearn", by_sklearn(lambda p: SGDOptimizer(p, nesterov=True), 1e-4)),
    ("adam", "torch", by_torch(lambda p: O.Adam(p), 1e-2)),
    ("adam", "keras", by_formula(keras_adam, 1e-2)),
    ("adam", "paper", by_formula(paper_adam, 1e-2)),
    ("adam", "sklearn", by_sklearn(lambda p: AdamOptimizer(p), 1e-2)),
    ("sgd-l2", "torch", by_torch(lambda p: O.SGD(p, lr=1), 2e-4, decay=0.5)),
    ("adam-l2", "torch", by_torch(lambda p: O.Adam(p), 1e-2, decay=0.5)),
    ("amsgrad", "torch", by_torch(lambda p: O.Adam(p, amsgrad=True), 1e-2)),
    ("amsgrad", "keras", by_formula(amsgrad(True), 1e-2)),
    ("amsgrad", "paper", by_formula(amsgrad(False), 1e-2)),
    ("adamw", "torch", by_torch(lambda p: O.AdamW(p), 1e-2, decay=1e-2)),
    ("adamw", "keras", by_formula(keras_adamw, 1e-2)),
    ("adamw", "paper", by_formula(paper_adamw, 1e-2)),
    ("nadam", "torch", by_formula(nadam(mpf("0.004"), mpf("1e-8"), False), 1e-2)),
    ("nadam", "keras", by_formula(nadam(mpf(1), mpf("1e-7"), False), 1e-2)),
    ("nadam", "paper", by_formula(nadam(mpf("0.004"), mpf("1e-8"), True), 1e-2)),
    ("radam", "torch", by_torch(lambda p: O.RAdam(p), 1e-3)),
    ("radam", "paper", by_formula(paper_radam, 1e-3)),
    ("adamax", "torch", by_torch(lambda p: O.Adamax(p), 1e-2)),
    ("adamax", "keras", by_formula(adamax(mpf("1e-7")), 1e-2)),
    ("adamax", "paper", by_formula(adamax(mpf("1e-8")), 1e-2)),
    ("adabelief", "paper", by_formula(adabelief, 1e-2)),
    ("adagrad", "torch", by_torch(lambda p: O.Adagrad(p), 1e-1)),
    ("adagrad", "keras", by_formula(adagrad(0.1, mpf("1e-7"), True), 1e-1)),
    ("adagrad", "paper", by_formula(adagrad(0, mpf("1e-10"), False), 1e-1)),
    ("adadelta", "torch", by_torch(lambda p: O.Adadelta(p), 1)),
    ("adadelta", "keras", by_formula(adadelta(mpf("0.95"), mpf("1e-7")), 1)),
    ("adadelta", "paper", by_formula(adadelta(mpf("0.95"), mpf("1e-6")), 1)),
    ("rmsprop", "torch", by_torch(lambda p: O.RMSprop(p), 1e-2)),
    ("rmsprop", "keras", by_formula(rmsprop(mpf("0.9"), mpf("1e-7"), 0, False), 1e-3)),
    ("rmsprop", "paper", by_formula(rmsprop(mpf("0.95"), mpf("1e-4"), mpf("0.9"), True), 1e-3)),
    (
        "rmsprop-centred",
        "torch",
        by_torch(lambda p: O.RMSprop(p, momentum=0.9, centered=True), 1e-3),
    ),
    (
        "rmsprop-centred",
        "keras",
        by_formula(rmsprop(mpf("0.9"), mpf("1e-7"), mpf("0.9"), True), 1e-3),
    ),
    ("rprop", "torch", by_torch(lambda p: O.Rprop(p, lr=1e-2), 1e-2, constant=True, decay=None)),
    ("rprop", "paper", by_formula(paper_rprop, 1e-2, constant=True)),
    ("lion", "paper", by_formula(lion, 1e-2)),
    ("lion", "keras", by_formula(lion, 1e-2)),
    ("lamb", "paper", by_formula(lamb(mpf("1e-6"), mpf("0.01")), 1e-2)),
    ("lamb", "keras", by_formula(lamb(mpf("1e-7"), 0), 1e-2)),
    ("adafactor", "torch", by_formula(adafactor(True), 1e-2)),
    ("adafactor", "keras", by_formula(adafactor(False), 1e-2)),
    ("adafactor", "paper", by_formula(adafactor(False), 1e-2)),
    ("muon", "torch", by_formula(muon(True), 1e-2)),
    ("muon", "paper", by_formula(muon(False), 1e-2)),
    ("lbfgs", "torch", by_torch_lbfgs()),
    ("cg", "paper", conjugate_gradient()),
]

print("optimizer,convention,problem,source,step,x0,x1,x2,x3,x4,x5,x6,x7")
for name, convention, (source, run) in ROWS:
    for problem, (f, start) in START.items():
        for t, x in run(f, start):
            if t in (SEARCHES if name in ("lbfgs", "cg") else SHOWN):
                numbers = [mp.nstr(mpf(v), 14) for v in x]
                print(",".join([name, convention, problem, source, str(t)] + numbers), flush=True)
