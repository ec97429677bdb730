#!/usr/bin/env python3
"""Holds deberta.py against reference logits made with Hugging Face's own code, and deberta_training.py, without dropout, against both.

Nothing is worth timing before this passes.

    /usr/bin/python3 bench/peers/check.py [--refs ../shared/refs/deberta]
"""
import argparse
import json
import os
import sys

import torch

from deberta import Shape, load_model, random_model
from deberta_training import Linear, TrainingClassifier

TOLERANCE = 5e-5


def training_difference(model, training, ids, mask):
    """The largest difference of the logits of both networks, linear layers by oneDNN and by BLAS, the mask left out where it may be."""
    worst = 0
    for Linear.convolve in (True, False):
        with torch.no_grad():
            logits = training(ids, None if mask.all() else mask)
            worst = max(worst, (logits - model(ids, mask)).abs().max().item())
    return worst


def check_training():
    """One length per way of reading positions, with and without padding, in the shape whose training is timed."""
    model = random_model(Shape(500, 384, 2, 6, 1536))
    with torch.no_grad():
        for parameter in model.deberta.parameters():
            # Weights of the initial size attend to everything alike, and would hide a wrong position.
            if parameter.dim() > 1:
                parameter.mul_(4)
    training = TrainingClassifier.of(model, 0.0)
    worst = 0
    for length in (1, 5, 64, 128, 129, 300):
        ids = 4 + (torch.arange(3 * length) * 7919 % 496).view(3, length)
        mask = torch.ones_like(ids)
        worst = max(worst, training_difference(model, training, ids, mask))
        mask[1, (length + 1) // 2:] = 0
        worst = max(worst, training_difference(model, training, ids, mask))
    print(f"training, random weights: largest difference {worst:.1e}")
    return worst <= TOLERANCE


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--refs", default=os.environ.get("PICKET_SHARED", "../shared") + "/refs/deberta")
    args = parser.parse_args()

    passed = check_training()
    for name in ("tiny", "head-64"):
        model = load_model(f"{args.refs}/{name}")
        with open(f"{args.refs}/{name}/cases.json", encoding="utf-8") as file:
            cases = json.load(file)["cases"]
        training = TrainingClassifier.of(model, 0.0)
        worst = worst_training = 0
        for case in cases:
            ids, mask = torch.tensor(case["input_ids"]), torch.tensor(case["attention_mask"])
            with torch.no_grad():
                worst = max(worst, (model(ids, mask) - torch.tensor(case["logits"])).abs().max().item())
            worst_training = max(worst_training, training_difference(model, training, ids, mask))
        passed &= max(worst, worst_training) <= TOLERANCE
        print(f"{name}: {len(cases)} cases, largest difference {worst:.1e}, of the training network {worst_training:.1e}")
    sys.exit(0 if passed else f"over {TOLERANCE:.0e}")


if __name__ == "__main__":
    main()
