#!/usr/bin/env bash
# Trains the transformer guard's vocabulary: a SentencePiece Unigram model that reads as DeBERTa-v3's spm.model does.
#
#   models/recipes/transformer/vocabulary.sh OUTPUT_FOLDER [SHARED_FOLDER]
#
# SHARED_FOLDER defaults to $PICKET_SHARED, then ../shared. PIECES (16000) and RULE (nmt_nfkc_cf) in the environment change the
# vocabulary. OUTPUT_FOLDER gets spm.model, spm.vocab, the lines it was trained on (sentences.txt) and spm_train's own log (spm_train.log).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
output=${1:?"expected the folder that spm.model goes to"}
shared=${2:-${PICKET_SHARED:-../shared}}
command -v spm_train > /dev/null || { echo "spm_train is missing: apt-get install sentencepiece" >&2; exit 1; }
[ -r "$shared/data/dev/train.jsonl.gz" ] || { echo "$shared: expected data/dev/train.jsonl.gz in it, found none" >&2; exit 1; }
mkdir -p "$output"
work=$(mktemp -d "$output/.vocabulary-XXXXXX")
trap 'rm -rf "$work"' EXIT

python3 "$here/sentences.py" "$shared" > "$work/sentences.txt"

# The ids of DeBERTa-v3: [PAD] 0, [CLS] 1, [SEP] 2, [UNK] 3, then the pieces; [MASK] is no piece, every reader adds it behind the last one.
# Two threads, because the sums of the training depend in their last bits on how many there are; no sampling of lines, hence no seed.
# Run inside the folder, because spm.model records both paths as they are given.
(cd "$work" && LC_ALL=C spm_train \
    --input=sentences.txt \
    --model_prefix=spm \
    --model_type=unigram \
    --vocab_size="${PIECES:-16000}" \
    --normalization_rule_name="${RULE:-nmt_nfkc_cf}" \
    --character_coverage=0.9995 \
    --byte_fallback=false \
    --split_digits=true \
    --pad_id=0 --pad_piece='[PAD]' \
    --bos_id=1 --bos_piece='[CLS]' \
    --eos_id=2 --eos_piece='[SEP]' \
    --unk_id=3 --unk_piece='[UNK]' \
    --input_sentence_size=0 \
    --max_sentence_length=4192 \
    --num_threads=2 2> spm_train.log) || { tail -n 5 "$work/spm_train.log" >&2; exit 1; }

mv "$work"/sentences.txt "$work"/spm.vocab "$work"/spm_train.log "$output"/
mv "$work"/spm.model "$output"/
sha256sum "$output/spm.model"
