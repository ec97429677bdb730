"""Writes reference.json: synthetic rows and their metrics by scikit-learn 1.2.1 and plain numpy.

    python3 make_reference.py > reference.json
"""
import json

import numpy as np
from sklearn import metrics


def ece(labels, scores, bins=15):
    total = 0.0
    for b in range(bins):
        inside = np.minimum(np.floor(scores * bins), bins - 1) == b
        if inside.any():
            total += inside.mean() * abs(labels[inside].mean() - scores[inside].mean())
    return total


def best_f1(labels, scores):
    best, at = -1.0, None
    for threshold in sorted(set(scores.tolist()), reverse=True):
        value = metrics.f1_score(labels, scores >= threshold)
        if value > best + 1e-14:
            best, at = value, threshold
    return best, at


def case(name, labels, scores, threshold):
    labels, scores = np.asarray(labels), np.asarray(scores, dtype=float)
    flagged = scores >= threshold
    tn, fp, fn, tp = metrics.confusion_matrix(labels, flagged, labels=[0, 1]).ravel()
    values = dict.fromkeys(
        "f1 precision recall accuracy false_positive_rate best_f1 best_f1_threshold auprc auroc "
        "recall_at_fpr1 recall_at_fpr5 ece brier".split())
    if labels.all():
        values["recall"] = tp / (tp + fn)
    elif not labels.any():
        values["false_positive_rate"] = fp / (fp + tn)
    else:
        fpr, tpr, _ = metrics.roc_curve(labels, scores, drop_intermediate=False)
        best, at = best_f1(labels, scores)
        values.update(
            f1=metrics.f1_score(labels, flagged),
            precision=metrics.precision_score(labels, flagged) if flagged.any() else None,
            recall=metrics.recall_score(labels, flagged),
            accuracy=metrics.accuracy_score(labels, flagged),
            false_positive_rate=fp / (fp + tn),
            best_f1=best,
            best_f1_threshold=at,
            auprc=metrics.average_precision_score(labels, scores),
            auroc=metrics.roc_auc_score(labels, scores),
            recall_at_fpr1=tpr[fpr <= 0.01].max(),
            recall_at_fpr5=tpr[fpr <= 0.05].max(),
            ece=ece(labels, scores),
            brier=metrics.brier_score_loss(labels, scores))
    return {
        "name": name,
        "threshold": threshold,
        "labels": labels.astype(int).tolist(),
        "scores": scores.tolist(),
        "confusion": [int(tp), int(fp), int(tn), int(fn)],
        "values": {k: None if v is None else float(v) for k, v in values.items()},
    }


rng = np.random.default_rng(20240607)
label = (rng.random(300) < 0.4).astype(int)
score = np.clip(rng.normal(0.35 + 0.3 * label, 0.22), 0, 1)
rare = np.zeros(600, int)
rare[rng.choice(600, 9, replace=False)] = 1
rare_score = np.clip(rng.beta(1, 8, 600) + 0.35 * rare * rng.random(600), 0, 1)
distinct = np.arange(40) / 40
cases = [
    case("plain", label, score, 0.5),
    case("ties", label, np.round(score, 1), 0.5),
    case("bin_edges", label, np.round(score * 15) / 15, 0.4),
    case("imbalance", rare, rare_score, 0.25),
    case("all_equal", label[:50], np.full(50, 0.7), 0.5),
    case("none_flagged", label[:50], score[:50] / 4, 0.9),
    case("tiny", [0, 1], [0.2, 0.9], 0.5),
    case("tiny_tie", [0, 1, 1], [0.5, 0.5, 0.1], 0.5),
    case("perfect", distinct >= 0.5, distinct, 0.5),
    case("inverted", distinct < 0.5, distinct, 0.5),
    case("extremes", [0, 1, 0, 1, 1], [0.0, 1.0, 1.0, 0.0, 1.0], 1.0),
    case("only_safe", np.zeros(30, int), score[:30], 0.5),
    case("only_unsafe", np.ones(30, int), score[:30], 0.5),
]
print(json.dumps({"sklearn": "1.2.1", "cases": cases}))
