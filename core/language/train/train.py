#!/usr/bin/env python3
"""Trains the model that tells what a sentence wants, and writes it where the crate embeds it.

usage: train.py INTENTS.tsv [OUT_FOLDER]

INTENTS.tsv has lines `intent TAB source TAB text` (see ATTRIBUTION.md for where they come from; they are not in this repository).
Our own sentences (own.py) are added. Written are OUT_FOLDER/weights.bin (signed bytes, one row of LABELS per bucket) and
OUT_FOLDER/weights.rs (what the bytes are multiplied with, and how sure a score is). Needs numpy, scipy and scikit-learn; the same input gives
the same output. The features must stay those of core/language/src/intent/features.rs: a test there compares hashes with `--hashes`.
"""
import os, random, sys
from collections import Counter

BUCKETS = 1 << 14
WORDS_MAX = 48
LABELS = ["create_task", "list_tasks", "update_task", "complete_task", "delete_task", "set_reminder", "snooze", "create_recurring", "undo",
          "help", "none", "todo"]
MASK = 0xFFFFFFFF
MARKS = b"#+@!?:/"
OPEN, CLOSE = b"^", b"$"


def words(text):
    """Lower-case words without apostrophes, runs of digits as one word "0", and a few marks."""
    raw, out, word, digits = text.encode(), [], bytearray(), False

    def end():
        if word:
            out.append(bytes(word))
            word.clear()
    i = 0
    while i < len(raw):
        c = raw[i]
        if raw[i:i + 3] == "’".encode():
            i += 3
            continue
        if c == 0x27:
            i += 1
            continue
        letter = 65 <= c <= 90 or 97 <= c <= 122 or c >= 0x80
        digit = 48 <= c <= 57
        if letter or digit:
            if word and digits != digit:
                end()
            if digit:
                if not word:
                    word.append(48)
            else:
                word.append(c + 32 if 65 <= c <= 90 else c)
            digits = digit
        else:
            end()
            if c in MARKS:
                out.append(bytes([c]))
        i += 1
    end()
    return out[:WORDS_MAX]


def fnv(data):
    h = 0x811C9DC5
    for b in data:
        h = ((h ^ b) * 0x01000193) & MASK
    return h


def bucket(kind, a, b=0):
    h = (a * 0x9E3779B1 & MASK) ^ ((b << 16 | b >> 16) & MASK) * 0x85EBCA6B & MASK ^ kind * 0xC2B2AE35 & MASK
    h ^= h >> 15
    h = h * 0x2C1B3C6D & MASK
    h ^= h >> 12
    return h & (BUCKETS - 1)


def features(text):
    """Buckets of words, pairs, pairs with a gap, and runs of four letters; a bucket may come more than once."""
    found = words(text)
    hashes = [fnv(OPEN)] + [fnv(w) for w in found] + [fnv(CLOSE)]
    out = [bucket(1, h) for h in hashes[1:-1]]
    out += [bucket(2, a, b) for a, b in zip(hashes, hashes[1:])]
    out += [bucket(3, a, b) for a, b in zip(hashes, hashes[2:])]
    for w in found:
        if len(w) > 3:
            edged = b"<" + w[:32] + b">"
            out += [bucket(4, int.from_bytes(edged[i:i + 4], "little")) for i in range(len(edged) - 3)]
    return out


def matrix(texts):
    import numpy as np
    from scipy.sparse import csr_matrix
    rows, cols, values = [], [], []
    for row, text in enumerate(texts):
        counts = Counter(features(text))
        norm = sum(counts.values()) ** -0.5
        for col, count in counts.items():
            rows.append(row)
            cols.append(col)
            values.append(count * norm)
    return csr_matrix((np.array(values, dtype=np.float64), (rows, cols)), shape=(len(texts), BUCKETS))


# Weight of one line: the spoken set is closer to what people type, and our own are templates that repeat themselves.
WEIGHT = {"slurp-intent": 3.0, "clinc-intent": 1.0, "own": 0.5}
BALANCE = 0.5  # 0 leaves rare intents rare, 1 makes all as frequent
STRENGTH = 5.0  # inverse of the regularisation
NONE_FACTOR = 1.25  # doing nothing is the lesser mistake


def fit(lines):
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    labels = np.array([LABELS.index(label) for label, _, _ in lines])
    weights = np.array([WEIGHT[source] for _, source, _ in lines])
    totals = np.bincount(labels, weights, len(LABELS))
    weights = weights * ((totals[LABELS.index("none")] / totals) ** BALANCE)[labels]
    model = LogisticRegression(C=STRENGTH, max_iter=300, tol=1e-3)
    model.fit(matrix([text for _, _, text in lines]), labels, sample_weight=weights)
    bias = model.intercept_.copy()
    bias[LABELS.index("none")] += np.log(NONE_FACTOR)
    return model.coef_, bias


def probabilities(coef, bias, texts):
    import numpy as np
    scores = matrix(texts) @ coef.T + bias
    scores = np.exp(scores - scores.max(1, keepdims=True))
    p = scores / scores.sum(1, keepdims=True)
    p[:, 0] += p[:, -1]  # a plain to-do line is a task to create
    return p[:, :-1]


STEPS = [0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.96, 0.99, 1.0]


def calibration(public, own):
    """How often the first guess is right, per score, on lines held out of training: points of a line that never falls."""
    import numpy as np
    order = list(range(len(public)))
    random.Random(3).shuffle(order)
    scored = []
    for fold in range(4):
        held = set(order[fold::4])
        model = fit([line for i, line in enumerate(public) if i not in held] + own)
        lines = [public[i] for i in sorted(held)]
        p = probabilities(*model, [text for _, _, text in lines])
        for (label, source, _), row in zip(lines, p):
            best = int(row.argmax())
            # The public lines are nine tenths small talk; sentences typed at a task manager are not.
            scored.append((row[best], LABELS[best] == label, 1.0 if label == "none" else 8.0))
    scored = np.array(scored)
    points = []
    for low, high in zip(STEPS, STEPS[1:]):
        part = scored[(scored[:, 0] >= low) & (scored[:, 0] <= high)]
        if len(part) > 20:
            points.append((float(np.average(part[:, 0], weights=part[:, 2])), float(np.average(part[:, 1], weights=part[:, 2]))))
    smooth = [points[0]]
    for score, right in points[1:]:
        smooth.append((score, max(right, smooth[-1][1])))
    right, task = scored[:, 1], scored[:, 2] > 1
    print(f"held out: {100 * right[task].mean():.1f} % of task sentences, {100 * right[~task].mean():.1f} % of others", file=sys.stderr)
    return smooth


def main():
    if sys.argv[1:2] == ["--hashes"]:
        print(features(sys.argv[2]))
        return
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    import numpy as np
    import own as ours
    out = sys.argv[2] if len(sys.argv) > 2 else os.path.join(os.path.dirname(__file__), "..", "src", "intent", "model")
    with open(sys.argv[1], encoding="utf-8") as file:
        public = [tuple(line.rstrip("\n").split("\t")) for line in file]
    own = [(label, "own", text) for label, text in ours.lines(random.Random(7))]
    points = calibration(public, own)
    coef, bias = fit(public + own)
    scale = float(np.abs(coef).max() / 127)
    table = np.rint(coef.T / scale).astype(np.int8)
    os.makedirs(out, exist_ok=True)
    with open(os.path.join(out, "weights.bin"), "wb") as file:
        file.write(table.tobytes())
    with open(os.path.join(out, "weights.rs"), "w") as file:
        file.write("// Written by core/language/train/train.py; do not edit.\n\n")
        file.write("/// What one step of a weight is worth.\n")
        file.write(f"pub(super) const SCALE: f32 = {scale:.4};\n")
        file.write("/// What each label has without any words.\n")
        file.write("pub(super) const BIAS: [f32; super::LABELS] = [" + ", ".join(f"{b:.4}" for b in bias) + "];\n")
        file.write("/// How often the first guess was right on sentences held out of training, by its score.\n")
        file.write(f"pub(super) const CALIBRATION: [(f32, f32); {len(points)}] = [" + ", ".join(f"({a:.3}, {b:.3})" for a, b in points) + "];\n")


if __name__ == "__main__":
    main()
