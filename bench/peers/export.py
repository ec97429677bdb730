#!/usr/bin/env python3
"""Writes fp32.onnx, int8.onnx and sample.json for the peers: random weights of the real size, or a reference model.

    /usr/bin/python3 bench/peers/export.py --out /tmp/picket-peers [--per-channel] [--model FOLDER]

Needs Debian's python3-torch and python3-onnx. int8.onnx is what quantize_dynamic of ONNX Runtime makes of fp32.onnx by default:
symmetric int8 weights (one scale a tensor), uint8 activations scaled anew each run, int8 embeddings; quantised by quantize.py.
"""
import argparse
import json
import os
import time
import warnings

import torch

from deberta import Shape, load_model, random_model
from quantize import quantize, rehearse

NAMES = ["input_ids", "attention_mask"]


def sample_of(vocabulary):
    """Two padded rows of token ids, and their mask."""
    torch.manual_seed(2)
    ids = torch.randint(4, vocabulary, (2, 48))
    mask = torch.ones_like(ids)
    ids[1, 29:] = mask[1, 29:] = 0
    return ids, mask


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", default="/tmp/picket-peers")
    parser.add_argument("--model", help="a folder with config.json and a float32 model.safetensors")
    parser.add_argument("--per-channel", action="store_true")
    parser.add_argument("--opset", type=int, default=14)
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)

    shape = Shape.read(f"{args.model}/config.json") if args.model else Shape()
    model = load_model(args.model) if args.model else random_model(shape)
    ids, mask = sample_of(shape.vocab_size)

    started = time.time()
    axes = {0: "batch", 1: "sequence"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # constants that the trace records: the head size and the scale
        torch.onnx.export(
            model,
            (ids, mask),
            f"{args.out}/fp32.onnx",
            input_names=NAMES,
            output_names=["logits"],
            dynamic_axes={**{name: axes for name in NAMES}, "logits": {0: "batch"}},
            opset_version=args.opset,
            do_constant_folding=True,
        )
    logits = {}
    with torch.no_grad():
        logits["fp32"] = model(ids, mask).tolist()
        rehearse(model, args.per_channel)
        logits["int8"] = model(ids, mask).tolist()
    del model
    # run.mjs checks every session against these logits.
    with open(f"{args.out}/sample.json", "w", encoding="utf-8") as file:
        sample = {"input_ids": ids.tolist(), "attention_mask": mask.tolist(), "logits": logits}
        json.dump({"vocab_size": shape.vocab_size, **sample}, file)
    counts = quantize(f"{args.out}/fp32.onnx", f"{args.out}/int8.onnx", args.per_channel)
    print(f"wrote {args.out} in {time.time() - started:.0f} s; int8: {counts}")


if __name__ == "__main__":
    main()
