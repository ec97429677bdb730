#!/usr/bin/env bash
# Makes models/deberta and models/transformer: vocabulary, pre-training, texts that models/ngram teaches on, two students,
# their average, int8, and the blend with models/ngram.
#
#   models/recipes/transformer/make.sh WORK_FOLDER [SHARED_FOLDER]
#
# SHARED_FOLDER defaults to $PICKET_SHARED, then ../shared. Run it in the repository's root, after `dotnet build -c Release`. Three hours on
# two quiet cores. Killed at any moment, it goes on where it was when it is started again. The guards go to WORK_FOLDER/models, beside a copy
# of models/ngram.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
work=$(realpath -m "${1:?"expected the folder to work in"}")
data=$(realpath "${2:-${PICKET_SHARED:-../shared}}")/data
picket=$root/src/Picket.Cli/bin/Release/net10.0/picket
mkdir -p "$work/models"

[ -e "$work/vocabulary/spm.model" ] || "$here/vocabulary.sh" "$work/vocabulary" "$data/.."

[ -e "$work/encoder/config.json" ] || "$picket" pretrain \
    --data "$data/unlabelled/corpus.jsonl.gz" "$data/dev/train.jsonl.gz" \
    --student "$here/config.json" --tokenizer "$work/vocabulary/spm.model" --out "$work/encoder" \
    --lr 1e-3 --warmup 1000 --masked 0.2 --dropout 0 --held-out 0.002 --eval-every 500 --checkpoint-every 250

# Responses behind other prompts, labels with the responses: else a student judges a response by its prompt. DiaSafety's labels are of the
# pair, so its rows stay as they are.
[ -e "$work/swap.jsonl" ] || {
    gzip -dc "$data/dev/train.jsonl.gz" | grep -v '"source": "diasafety"' > "$work/rows.jsonl"
    "$picket" augment "$work/rows.jsonl" --strategy swap --count 12000 --no-seed-rows --out "$work/swap.jsonl"
}

# What the n-gram guard says of texts without a label: half of them prompts, half of them pairs of texts that do not belong together.
[ -e "$work/transfer.jsonl" ] || {
    python3 "$here/transfer.py" texts "$data/dev/train.jsonl.gz" "$data/unlabelled/corpus.jsonl.gz" "$work/texts.jsonl"
    "$picket" label "$work/texts.jsonl" --guard "$root/models/ngram" --out "$work/taught.jsonl"
    python3 "$here/transfer.py" choose "$work/taught.jsonl" "$work/transfer.jsonl" 25000
}

for seed in 42 43; do
    [ -e "$work/student-$seed/guard.json" ] || "$picket" distil \
        --data "$data/dev/train.jsonl.gz" "$data/dev/bias/madlibs-en.jsonl.gz" "$work/swap.jsonl" "$work/transfer.jsonl" --hard-teacher false \
        --student "$work/encoder" --out "$work/student-$seed" --name picket-deberta --normalise true \
        --max-tokens 512 --batch 32 --chunk 32 --lr 3e-4 --warmup 100 --steps 1500 --seed $seed --held-out 0.05 --eval-every 500
done

[ -e "$work/student/guard.json" ] || "$picket" average "$work"/student-{42,43} \
    --data "$data/dev/train.jsonl.gz" --held-out-only 0.05 --name picket-deberta --out "$work/student"

rm -rf "$work/models/ngram" "$work/models/deberta" "$work/models/transformer"
cp -r "$root/models/ngram" "$work/models/ngram"
"$picket" quantise "$work/student" "$work/models/deberta" --name picket-deberta --calibration "$data/dev/train.jsonl.gz"
"$picket" blend "$work/models/ngram" "$work/models/deberta" --link --name picket-transformer \
    --data "$data/dev/train.jsonl.gz" --held-out-only 0.05 --out "$work/models/transformer"
