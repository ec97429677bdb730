#!/usr/bin/env python3
"""Writes learn.jsonl, calibrate.jsonl and test.jsonl beside itself: more rows of the policy of samples/training, none of whose prompts is there.

    python3 samples/routing/make.py
"""
import importlib.util
import json
import os
import random

HERE = os.path.dirname(os.path.abspath(__file__))
TRAINING = os.path.join(HERE, "..", "training")
PARTS = (("learn", 400), ("calibrate", 300), ("test", 200))


def main():
    spec = importlib.util.spec_from_file_location("training", os.path.join(TRAINING, "make.py"))
    training = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(training)
    known = set()
    for name in ("train", "test"):
        with open(os.path.join(TRAINING, f"{name}.jsonl"), encoding="utf-8") as file:
            known.update(json.loads(line)["prompt"] for line in file)
    random_ = random.Random(6)
    by_prompt = {}
    while sum(map(len, by_prompt.values())) < sum(count for _, count in PARTS):
        for row in training.rows(random_):
            prompt = row[2][0]
            if prompt not in known and row not in by_prompt.setdefault(prompt, []):
                by_prompt[prompt].append(row)
    prompts = sorted(prompt for prompt in by_prompt if by_prompt[prompt])
    random_.shuffle(prompts)
    for name, count in PARTS:
        part = []
        while len(part) < count:
            part.extend(by_prompt[prompts.pop()])
        with open(os.path.join(HERE, f"{name}.jsonl"), "w", encoding="utf-8", newline="\n") as file:
            for number, (unsafe, category, texts) in enumerate(part[:count]):
                row = {"id": f"willow-end-{name}-{number:03}", "prompt": texts[0]}
                if len(texts) == 2:
                    row["response"] = texts[1]
                row.update(unsafe=unsafe, category=category, source="willow-end")
                file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
