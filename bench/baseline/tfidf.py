#!/usr/bin/env python3
"""The baseline that the embedded guard is held against: TF-IDF over words and characters, logistic regression.

Trained on dev/train.jsonl.gz alone, reported on dev-eval/. Needs Debian's python3-sklearn:

    /usr/bin/python3 bench/baseline/tfidf.py [--shared ../shared] [--c 4] [--out tfidf.json]

A pair is the prompt and the response joined by a line break, as a classifier without fields sees it.
"""
import argparse
import glob
import gzip
import json
import os
import sys
import time

import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score


def read(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    texts = [r["prompt"] + ("\n" + r["response"] if r.get("response") else "") for r in rows]
    return texts, np.array([r["unsafe"] for r in rows])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", default=os.environ.get("PICKET_SHARED", "../shared"))
    parser.add_argument("--c", type=float, default=4.0)
    parser.add_argument("--out")
    args = parser.parse_args()

    texts, labels = read(f"{args.shared}/data/dev/train.jsonl.gz")
    started = time.time()
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, max_features=300_000)
    chars = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=3, sublinear_tf=True, max_features=300_000)
    features = hstack([words.fit_transform(texts), chars.fit_transform(texts)]).tocsr()
    model = LogisticRegression(C=args.c, max_iter=400, class_weight="balanced", solver="liblinear")
    model.fit(features, labels)
    print(f"trained on {len(texts)} rows in {time.time() - started:.0f} s", file=sys.stderr)

    report = {}
    print(f"{'set':28} {'n':>5} {'unsafe':>6} {'AUPRC':>7} {'F1':>7} {'FPR':>7}")
    for path in sorted(glob.glob(f"{args.shared}/data/dev-eval/*.jsonl.gz")):
        name = os.path.basename(path)[: -len(".jsonl.gz")]
        texts, labels = read(path)
        p = model.predict_proba(hstack([words.transform(texts), chars.transform(texts)]).tocsr())[:, 1]
        flagged = p >= 0.5
        safe = labels == 0
        report[name] = {
            "n": len(labels),
            "unsafe": int(labels.sum()),
            "auprc": float(average_precision_score(labels, p)),
            "f1": float(f1_score(labels, flagged)),
            "fpr": float(flagged[safe].mean()) if safe.any() else None,
        }
        r = report[name]
        fpr = "-" if r["fpr"] is None else f"{r['fpr']:.4f}"
        print(f"{name:28} {r['n']:5} {r['unsafe']:6} {r['auprc']:7.4f} {r['f1']:7.4f} {fpr:>7}")
    bars = ["openai-moderation", "wildguardtest-prompt", "xstest", "harmbench-val-response", "wildguardtest-response"]
    print(f"mean AUPRC over {', '.join(bars)}: {np.mean([report[b]['auprc'] for b in bars]):.4f}")
    if args.out:
        with open(args.out, "w") as out:
            json.dump(report, out, indent=2)


if __name__ == "__main__":
    main()
