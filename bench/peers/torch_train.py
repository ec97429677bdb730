#!/usr/bin/env python3
"""Times a step of training in PyTorch, float32 and eager: forward, backward, clipping and AdamW. Prints what torch_time.py prints.

    /usr/bin/python3 bench/peers/torch_train.py [--steps 10] [--warm-up 3] [--batch 32] [--length 64] [--layers 6] [--hidden 384] ...

It starts itself again with the environment that its libraries read before their first call; what is set already stays. Chosen by the
least of seven steps in turns, two rounds, on two Zen 4 cores (the machine was shared: relations, not results):
  OPENBLAS_CORETYPE=SkylakeX   1.0: 0.3.21 knows Zen 4, and 256-bit units give every choice the same; for processors younger than it
  ATEN_CPU_CAPABILITY=avx512   1.13 has these kernels and does not choose them by itself: 0.93 and 1.02 of the time with AVX2
  OMP_WAIT_POLICY=passive      active: 1.0 of the time where the cores were idle, 1.07 where not, 1.1 and 1.2 of the processor time
  MALLOC_...                   freed memory is kept and not given back at each step: 0.98 (huge pages, glibc.malloc.hugetlb=1: 1.0)
Not environment, but chosen the same way: linear layers through oneDNN (--products blas, which is OpenBLAS: 1.0 of the time, 1.02 of the
processor time), AdamW one tensor at a time (foreach=True: 7 ms more; 1.13 has no fused one for the processor), dropout by 16 bits an
element (F.dropout: 1.08), products of attention by bmm (as grouped convolutions forward and backward take 1.4 to 1.9 times as long).
"""
import argparse
import json
import os
import resource
import statistics
import sys
import time

MARK = "PICKET_PEER_ENVIRONMENT"


def environment(threads):
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        has_avx512 = " avx512bw " in file.read()
    wanted = {"OMP_NUM_THREADS": str(threads), "OMP_WAIT_POLICY": "passive", "MALLOC_MMAP_MAX_": "0", "MALLOC_TOP_PAD_": str(1 << 29),
              "MALLOC_TRIM_THRESHOLD_": str(1 << 40)}
    if has_avx512:
        wanted.update(OPENBLAS_CORETYPE="SkylakeX", ATEN_CPU_CAPABILITY="avx512")
    return {**wanted, **os.environ, MARK: "1"}


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, value in (("steps", 10), ("warm-up", 3), ("threads", 2), ("batch", 32), ("length", 64), ("layers", 6), ("hidden", 384),
                        ("heads", 6), ("intermediate", 1536), ("vocab", 16_000), ("buckets", 256), ("positions", 512)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--products", choices=("onednn", "blas"), default="onednn")
    return parser.parse_args()


def main():
    args = parse()
    if MARK not in os.environ:
        sys.stdout.flush()
        os.execve(sys.executable, [sys.executable, *sys.argv], environment(args.threads))

    import torch
    from deberta import Shape, random_model
    from deberta_training import Linear, TrainingClassifier

    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    Linear.convolve = args.products == "onednn"
    shape = Shape(args.vocab, args.hidden, args.layers, args.heads, args.intermediate, args.positions, args.buckets)
    model = TrainingClassifier.of(random_model(shape), args.dropout)
    parameters = list(model.parameters())
    decayed = [parameter for parameter in parameters if parameter.dim() > 1]
    plain = [parameter for parameter in parameters if parameter.dim() == 1]
    groups = [{"params": decayed, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=1e-4, foreach=False)

    # As many batches as steps, so that no step finds the rows of the embedding that the last one left in the cache.
    generator = torch.Generator().manual_seed(1)
    count = args.warm_up + args.steps
    ids = torch.randint(4, args.vocab, (count, args.batch, args.length), generator=generator)
    labels = torch.randint(0, 2, (count, args.batch), generator=generator)
    times, used = [], 0
    for step in range(count):
        started, before = time.perf_counter(), time.process_time()
        optimizer.zero_grad(set_to_none=True)
        loss = torch.nn.functional.cross_entropy(model(ids[step]), labels[step])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        if step >= args.warm_up:
            times.append((time.perf_counter() - started) * 1000)
            used += (time.process_time() - before) * 1000
    if not torch.isfinite(loss):
        sys.exit("the loss is not finite")

    ms = statistics.median(times)
    row = {"ms": ms, "min": min(times), "max": max(times), "tokens_per_s": args.batch * args.length * 1000 / ms, "cores": used / sum(times)}
    row = {"name": "train", **{key: round(value, 2) for key, value in row.items()}}
    print(f"{args.batch} x {args.length} tokens, {sum(parameter.numel() for parameter in parameters):,} parameters: "
          f"{row['ms']:.1f} ms ({row['min']:.1f}-{row['max']:.1f}), {row['tokens_per_s']:.0f} tokens/s, {row['cores']:.1f} cores", file=sys.stderr)
    print(json.dumps({"name": f"torch {torch.__version__} fp32 training", "threads": args.threads, "rows": [row],
                      "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))


if __name__ == "__main__":
    main()
