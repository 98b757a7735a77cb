"""Metrics of drawn predictions by scikit-learn and SciPy.

    python3 metrics.py > metrics.csv

Made with scikit-learn 1.2 and SciPy 1.10 of Debian. Lines are rows of data (`classes,label,z0,…`,
`scores,positive,score`, `numbers,target,prediction,…`) and values (`value,name,x`).
"""

import numpy as np
from scipy import stats
from sklearn import metrics as m

random = np.random.default_rng(5)


def value(name, x):
    print(f"value,{name},{float(x)!r}")


def classes():
    n, k = 300, 5
    # The last class is never the largest output: nothing is ever taken for it.
    labels = random.choice(k, n, p=[0.4, 0.3, 0.15, 0.1, 0.05])
    z = random.normal(size=(n, k)) * 1.5
    z[np.arange(n), labels] += 1.2
    z[:, 4] = z.min(axis=1) - random.random(n)
    z = z.round(6)
    for label, row in zip(labels, z):
        print(f"classes,{label}," + ",".join(repr(float(x)) for x in row))
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    answers = z.argmax(axis=1)
    value("accuracy", m.accuracy_score(labels, answers))
    value("top-2", m.top_k_accuracy_score(labels, z, k=2))
    value("top-3", m.top_k_accuracy_score(labels, z, k=3))
    interval = stats.binomtest(int((labels == answers).sum()), n).proportion_ci(method="wilson")
    value("wilson-low", interval.low)
    value("wilson-high", interval.high)
    for average in (None, "micro", "macro", "weighted"):
        precision, recall, f1, _ = m.precision_recall_fscore_support(
            labels, answers, average=average, zero_division=0)
        for i in range(k) if average is None else [None]:
            at = f"{i}" if average is None else average
            value(f"precision-{at}", precision if i is None else precision[i])
            value(f"recall-{at}", recall if i is None else recall[i])
            value(f"f1-{at}", f1 if i is None else f1[i])
    confusion = m.confusion_matrix(labels, answers)
    for i in range(k):
        for j in range(k):
            value(f"confusion-{i}-{j}", confusion[i, j])
    value("log-loss", m.log_loss(labels, p))
    value("brier", ((p - np.eye(k)[labels]) ** 2).sum(axis=1).mean())
    value("roc-auc", m.roc_auc_score(labels, p, multi_class="ovr", average="macro"))
    value("average-precision", np.mean(
        [m.average_precision_score(labels == i, p[:, i]) for i in range(k)]))
    confidence, right = p.max(axis=1), labels == answers
    bins = np.digitize(confidence, np.linspace(0, 1, 16), right=True)
    gaps = [(np.sum(bins == b), abs(right[bins == b].mean() - confidence[bins == b].mean()))
            for b in np.unique(bins)]
    value("ece", sum(count * gap for count, gap in gaps) / n)
    value("mce", max(gap for _, gap in gaps))


def scores():
    positive = random.random(120) < 0.35
    s = (random.normal(size=120) + positive).round(1)  # with many ties
    for p, x in zip(positive, s):
        print(f"scores,{int(p)},{float(x)!r}")
    value("binary-roc-auc", m.roc_auc_score(positive, s))
    value("binary-average-precision", m.average_precision_score(positive, s))


def numbers():
    t = random.normal(size=(80, 2)) * [1, 5] + [0, 3]
    y = t + random.normal(size=(80, 2)) * [0.5, 2]
    for a, b in zip(t, y):
        print("numbers," + ",".join(repr(float(x)) for x in [*a, *b]))
    value("mse", m.mean_squared_error(t, y))
    value("mae", m.mean_absolute_error(t, y))
    value("r2", m.r2_score(t, y))


def mcnemar():
    for b, c in [(0, 0), (1, 0), (5, 5), (10, 3), (15, 40), (200, 150), (1200, 1000)]:
        exact = stats.binomtest(b, b + c, 0.5).pvalue if b + c else 1.0
        chi2 = max(0, abs(b - c) - 1) ** 2 / (b + c) if b + c else 0.0
        value(f"mcnemar-{b}-{c}-exact", exact)
        value(f"mcnemar-{b}-{c}-chi2", chi2)
        value(f"mcnemar-{b}-{c}-p", stats.chi2.sf(chi2, 1))


if __name__ == "__main__":
    classes()
    scores()
    numbers()
    mcnemar()
