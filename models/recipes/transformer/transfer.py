"""Texts for the n-gram guard to teach on, and a choice of those it taught.

transfer.py texts ROWS CORPUS OUT    prompts of the corpus, and pairs of texts of both files, none with a label
transfer.py choose LABELLED OUT N    N prompts and N pairs, as many of each fifth of the teacher's probability as there are

The output holds harmful texts and stays in the output folder. The same files give the same output.
"""
import gzip
import json
import random
import sys

LONGEST = 1500
PROMPTS, PAIRS = 60_000, 40_000


def rows(path):
    with gzip.open(path, "rt") if path.endswith(".gz") else open(path) as file:
        yield from map(json.loads, file)


def texts(rows_path, corpus_path, out):
    draw = random.Random(7)
    labelled = list(rows(rows_path))
    prompts = [row["prompt"] for row in labelled if len(row["prompt"]) < LONGEST]
    responses = [row["response"] for row in labelled if row.get("response")]
    corpus = [row["text"] for row in rows(corpus_path)]
    corpus = [text if len(text) < LONGEST else text[:text.rfind(" ", 0, draw.randint(200, LONGEST))] for text in corpus]
    pairs = [(text, None) for text in draw.sample(corpus, PROMPTS)]
    for _ in range(PAIRS):
        prompt = draw.choice(prompts if draw.random() < 0.7 else corpus)
        pairs.append((prompt, draw.choice(draw.choice([responses, prompts, corpus]))))
    with open(out, "w") as file:
        for number, (prompt, response) in enumerate(pairs):
            print(json.dumps({"id": f"transfer-{number}", "source": "transfer", "prompt": prompt, "response": response}), file=file)


def choose(labelled, out, count):
    draw = random.Random(3)
    kept = []
    taught = list(rows(labelled))
    for pairs in (False, True):
        fifths = [[] for _ in range(5)]
        for row in taught:
            if (row.get("response") is not None) == pairs:
                fifths[min(4, int(row["unsafe_probability"] * 5))].append(row)
        for fifth in fifths:
            draw.shuffle(fifth)
        rest = [row for fifth in fifths for row in fifth[count // 5:]]
        draw.shuffle(rest)
        first = [row for fifth in fifths for row in fifth[:count // 5]]
        kept += first + rest[:count - len(first)]
    with open(out, "w") as file:
        for row in kept:
            # The teacher's probability is what is learned, not its verdict.
            row.pop("unsafe")
            print(json.dumps(row), file=file)


if __name__ == "__main__":
    if sys.argv[1:2] == ["texts"]:
        texts(*sys.argv[2:5])
    elif sys.argv[1:2] == ["choose"]:
        choose(*sys.argv[2:4], int(sys.argv[4]))
    else:
        sys.exit(__doc__)
