#!/usr/bin/env python3
"""Writes the texts that the vocabulary is trained on, one sentence a line, to standard output.

    python3 sentences.py SHARED_FOLDER [--all unlabelled|dev-prompts|dev-responses]

Without --all: every prompt and response of data/dev/ (train, train-weak, bias, extra), and of the unlabelled texts every second one,
but every eighth of model-written-evals, most of which are one line of one pattern. Picked by place in the file, so that the same files
give the same lines. With --all: every text of one kind, one text a line, to count tokens on.
"""
import argparse
import gzip
import json
import re
import signal
import sys

# spm_train leaves out lines above 4,192 bytes; shorter ones also keep its sample of lines from being a sample of long documents.
LONGEST = 2000
SENTENCE_END = re.compile(r"(?<=[.!?][\"')\]\s])\s*(?=\S)|\n+")
LABELLED = ("train", "train-weak", "bias/madlibs-en", "extra/prompt-injection")


def rows(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def unlabelled(folder, every):
    seen = {}
    for row in rows(f"{folder}/data/unlabelled/corpus.jsonl.gz"):
        kind = "one-liners" if row["source"] == "model-written-evals" else "documents"
        seen[kind] = seen.get(kind, -1) + 1
        if seen[kind] % every[kind] == 0:
            yield row["text"]


def labelled(folder, names, fields):
    for name in names:
        for row in rows(f"{folder}/data/dev/{name}.jsonl.gz"):
            for field in fields:
                if row.get(field):
                    yield row[field]


def sentences(text):
    """The text cut at the ends of sentences and lines, white space joined, nothing above LONGEST bytes."""
    for part in SENTENCE_END.split(text):
        line = b""
        for word in part.split():
            # No alphabet needs more than four bytes a character.
            for piece in (word[at:at + LONGEST // 4].encode() for at in range(0, len(word), LONGEST // 4)):
                if line and len(line) + 1 + len(piece) > LONGEST:
                    yield line
                    line = b""
                line = line + b" " + piece if line else piece
        if line:
            yield line


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared")
    parser.add_argument("--all", choices=("unlabelled", "dev-prompts", "dev-responses"))
    args = parser.parse_args()
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    output = sys.stdout.buffer
    if args.all:
        texts = (unlabelled(args.shared, {"one-liners": 1, "documents": 1}) if args.all == "unlabelled"
                 else labelled(args.shared, ("train",), ("prompt",) if args.all == "dev-prompts" else ("response",)))
        for text in texts:
            output.write(" ".join(text.split()).encode() + b"\n")
        return
    for text in labelled(args.shared, LABELLED, ("prompt", "response")):
        output.writelines(line + b"\n" for line in sentences(text))
    for text in unlabelled(args.shared, {"one-liners": 8, "documents": 2}):
        output.writelines(line + b"\n" for line in sentences(text))


if __name__ == "__main__":
    main()
