#!/usr/bin/env python3
"""Writes unicode-tables.bin.gz, the tables that UnicodeTables.cs reads.

Needs Debian's unicode-data (UnicodeData.txt, DerivedNormalizationProps.txt) and python3-icu (the UTS #39 confusables data);
both must hold the same Unicode version. Run: /usr/bin/python3 make-tables.py

Format, little-endian, gzip: one uint32, then arrays, each a uint32 count and its elements.
  uint32    last "quiet" record: characters with a record up to it are in NFKC by themselves
  uint16[]  normalisation: index of 128-character blocks
  uint16[]  normalisation: blocks of record numbers (0 = no record)
  uint16[]  records: canonical combining class
  uint16[]  records: where the full compatibility decomposition starts in the pool
  uint16[]  records: its length in UTF-16 units
  uint16[]  pool of decompositions, UTF-16
  uint32[]  composition pairs: first, second, composite, sorted by (first, second)
  uint16[]  look-alikes: index of 128-character blocks
  uint16[]  look-alikes: blocks of values: the ASCII letter, plus 0x80 for an exact look-alike (0 = none)
"""
import gzip
import pathlib
import re
import struct

import icu

UCD = pathlib.Path("/usr/share/unicode")
BLOCK = 128
LIMIT = 0x30000  # The first code point above every entry.


def load_unicode_data():
    names, categories, bidi, ccc, decompositions = {}, {}, {}, {}, {}
    for line in (UCD / "UnicodeData.txt").read_text(encoding="utf-8").splitlines():
        field = line.split(";")
        code = int(field[0], 16)
        names[code], categories[code], bidi[code] = field[1], field[2], field[4]
        ccc[code] = int(field[3])
        if field[5]:
            parts = field[5].split()
            compatibility = parts[0].startswith("<")
            decompositions[code] = (compatibility, [int(p, 16) for p in parts[1 if compatibility else 0:]])
    return names, categories, bidi, ccc, decompositions


def load_property(pattern):
    found = set()
    for line in (UCD / "DerivedNormalizationProps.txt").read_text(encoding="utf-8").splitlines():
        match = re.match(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*" + pattern, line)
        if match:
            found.update(range(int(match[1], 16), int(match[2] or match[1], 16) + 1))
    return found


def in_hangul_syllables(code):
    return 0xAC00 <= code <= 0xD7A3


def expand(code, decompositions, ccc):
    """The full compatibility decomposition, in canonical order."""
    if code not in decompositions:
        return [code]
    out = [c for part in decompositions[code][1] for c in expand(part, decompositions, ccc)]
    for end in range(1, len(out)):
        at = end
        while at > 0 and 0 < ccc.get(out[at], 0) < ccc.get(out[at - 1], 0):
            out[at - 1], out[at] = out[at], out[at - 1]
            at -= 1
    return out


def utf16(codes):
    data = "".join(map(chr, codes)).encode("utf-16-le")
    return struct.unpack(f"<{len(data) // 2}H", data)


def trie(values):
    index, blocks, seen = [], [], {}
    for start in range(0, LIMIT, BLOCK):
        block = tuple(values.get(code, 0) for code in range(start, start + BLOCK))
        if block not in seen:
            seen[block] = len(seen)
            blocks.extend(block)
        index.append(seen[block])
    return index, blocks


def normalisation(ccc, decompositions):
    not_quiet = load_property(r"NFKC_QC\s*;\s*[NM]")
    pool, pooled, records = [], {}, {}
    for code in sorted(set(decompositions) | {c for c in ccc if ccc[c]} | not_quiet):
        if in_hangul_syllables(code):
            continue
        units = utf16(expand(code, decompositions, ccc)) if code in decompositions else ()
        if units not in pooled:
            pooled[units] = len(pool)
            pool.extend(units)
        records[code] = (code in not_quiet or ccc[code] > 0, ccc.get(code, 0), pooled[units], len(units))
    ordered = [(False, 0, 0, 0)] + sorted(set(records.values()))
    number = {record: at for at, record in enumerate(ordered)}
    last_quiet = sum(1 for record in ordered if not record[0]) - 1
    index, blocks = trie({code: number[record] for code, record in records.items()})
    return last_quiet, index, blocks, ordered, pool


def composition(decompositions):
    excluded = load_property("Full_Composition_Exclusion")
    return sorted(
        (parts[0], parts[1], code)
        for code, (compatibility, parts) in decompositions.items()
        if not compatibility and len(parts) == 2 and code not in excluded)


# Latin letters that writing systems use, and scripts whose letters resemble Latin ones by accident (right-to-left, Han, Kana, Hangul).
def may_fold(code, categories, bidi, names, decompositions):
    if code < 0x250 or code in decompositions or not categories[code].startswith("L") or bidi[code] in ("R", "AL"):
        return False
    return not re.match("CJK|HIRAGANA|KATAKANA|HANGUL|<", names[code])


# Letters that UTS #39 keeps apart from ASCII although a reader takes them for it.
NEAR = {"ĸ": "k", "ʍ": "m", "ß": "b", "rn": "m"}

# Regional indicators are left out: in running text they are flags.
LETTER_NAME = re.compile(
    r"(?:LATIN LETTER SMALL CAPITAL|NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL LETTER) ([A-Z])$")


def look_alikes(names, categories, bidi, decompositions):
    checker = icu.SpoofChecker()
    by_name = {}
    for code, name in names.items():
        match = LETTER_NAME.match(name)
        if match and code not in decompositions:
            by_name[code] = match[1].lower()
    values = {code: ord(letter) | 0x80 for code, letter in by_name.items()}
    for code in names:
        if code in values or not may_fold(code, categories, bidi, names, decompositions):
            continue
        skeleton = str(checker.getSkeleton(0, chr(code)))
        exact = len(skeleton) == 1 and skeleton.isascii() and skeleton.isalpha()
        letter = skeleton if exact else NEAR.get(skeleton) or (by_name.get(ord(skeleton)) if len(skeleton) == 1 else None)
        if letter:
            # UTS #39 takes capital I and small l for one; the case of the source tells which was meant.
            letter = "I" if letter == "l" and categories[code] == "Lu" else letter
            values[code] = ord(letter) | (0x80 if exact else 0)
    return values


def array(kind, items):
    items = list(items)
    return struct.pack(f"<I{len(items)}{kind}", len(items), *items)


def main():
    version = (UCD / "DerivedNormalizationProps.txt").read_text(encoding="utf-8").split("\n", 1)[0]
    assert f"-{icu.UNICODE_VERSION}." in version, (icu.UNICODE_VERSION, version)
    names, categories, bidi, ccc, decompositions = load_unicode_data()
    last_quiet, index, blocks, records, pool = normalisation(ccc, decompositions)
    pairs = composition(decompositions)
    folds = look_alikes(names, categories, bidi, decompositions)
    fold_index, fold_blocks = trie(folds)
    data = b"".join([
        struct.pack("<I", last_quiet), array("H", index), array("H", blocks),
        array("H", (r[1] for r in records)), array("H", (r[2] for r in records)), array("H", (r[3] for r in records)),
        array("H", pool), array("I", (p for pair in pairs for p in pair)),
        array("H", fold_index), array("H", fold_blocks)])
    target = pathlib.Path(__file__).with_name("unicode-tables.bin.gz")
    target.write_bytes(gzip.compress(data, 9, mtime=0))
    print(f"{version}: {len(records)} records, {len(pairs)} pairs, {len(folds)} look-alikes, "
          f"{len(data)} bytes, {target.stat().st_size} compressed")


if __name__ == "__main__":
    main()
