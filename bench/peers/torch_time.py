#!/usr/bin/env python3
"""Times PyTorch, float32 and eager, on the same model and rows; prints what `run.mjs --json` prints.

    /usr/bin/python3 bench/peers/torch_time.py [--rows 64,8x64] [--runs 5] [--warm-up 2] [--threads 2]

Debian's PyTorch multiplies with whatever libblas.so.3 is: install libopenblas0-pthread, or it is the reference BLAS.
"""
import argparse
import json
import os
import resource
import statistics
import sys
import time

import torch

from deberta import Shape, random_model

HERE = os.path.dirname(os.path.abspath(__file__))


def batch(lengths, vocabulary):
    """The token ids of run.mjs, padded with 0 to the longest, and their mask."""
    width = max(lengths)
    ids = torch.zeros(len(lengths), width, dtype=torch.long)
    mask = torch.zeros_like(ids)
    for row, length in enumerate(lengths):
        ids[row, :length] = 4 + (torch.arange(length) * 7919 + length) % (vocabulary - 4)
        mask[row, :length] = 1
    return ids, mask


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--warm-up", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)

    with open(f"{HERE}/rows.json", encoding="utf-8") as file:
        rows = json.load(file)
    shape = Shape()
    model = random_model(shape)
    report = {"name": f"torch {torch.__version__} fp32", "threads": args.threads, "rows": []}
    for name in args.rows.split(",") if args.rows else rows:
        calls = [batch(lengths, shape.vocab_size) for lengths in rows[name]]
        times, used = [], 0
        for run in range(-args.warm_up, args.runs):
            started, before = time.perf_counter(), time.process_time()
            with torch.inference_mode():
                for call in calls:
                    model(*call)
            if run >= 0:
                times.append((time.perf_counter() - started) * 1000)
                used += (time.process_time() - before) * 1000
        row = {"name": name, "ms": statistics.median(times), "min": min(times), "max": max(times)}
        row["cores"] = used / sum(times)
        report["rows"].append({key: value if key == "name" else round(value, 2) for key, value in row.items()})
        print(f"{name:14}{row['ms']:11.1f}{row['min']:11.1f}{row['max']:11.1f}{row['cores']:11.1f}", file=sys.stderr)
    report["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(report))


if __name__ == "__main__":
    main()
