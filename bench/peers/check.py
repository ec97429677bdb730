#!/usr/bin/env python3
"""Holds deberta.py against reference logits made with Hugging Face's own code; nothing is worth timing before this passes.

    /usr/bin/python3 bench/peers/check.py [--refs ../shared/refs/deberta]
"""
import argparse
import json
import os
import sys

import torch

from deberta import load_model

TOLERANCE = 5e-5


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--refs", default=os.environ.get("PICKET_SHARED", "../shared") + "/refs/deberta")
    args = parser.parse_args()

    passed = True
    for name in ("tiny", "head-64"):
        model = load_model(f"{args.refs}/{name}")
        with open(f"{args.refs}/{name}/cases.json", encoding="utf-8") as file:
            cases = json.load(file)["cases"]
        worst = 0
        for case in cases:
            with torch.no_grad():
                logits = model(torch.tensor(case["input_ids"]), torch.tensor(case["attention_mask"]))
            worst = max(worst, (logits - torch.tensor(case["logits"])).abs().max().item())
        passed &= worst <= TOLERANCE
        print(f"{name}: {len(cases)} cases, largest difference {worst:.1e}")
    sys.exit(0 if passed else f"over {TOLERANCE:.0e}")


if __name__ == "__main__":
    main()
