"""`saring match` beside RapidFuzz's Jaro-Winkler and token_sort_ratio over every pair, on the same files in the same run.

    cargo build --release
    pip install rapidfuzz numpy
    python3 benches/match_beside_rapidfuzz.py --entries 100000 --applicants 20000

RapidFuzz compares a slice of the applicants with the whole list on all cores; its time is scaled to all of them. Recall is that
of the slice's people who are on the list, with evidence by hand: an equal birth date adds .25, a near or partly known one takes
.02, an unknown one .20, another one drops the pair; an equal NIK adds .50, another takes .20; place .12 either way; the other
sex takes .30. The budget counts pairs of other people among the slice's applicants, as saring's benchmark does.
"""

import argparse
import csv
import os
import pathlib
import resource
import subprocess
import tempfile
import time

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

ROOT = pathlib.Path(__file__).resolve().parent.parent


def cpu_of_children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def read(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def evidence(a, b):
    """What birth date, NIK, place and sex add to the likeness of two names; None drops the pair."""
    points = 0.0
    x, y = a["tanggal_lahir"], b["tanggal_lahir"]
    if not y:
        points -= 0.20
    elif x == y:
        points += 0.25
    elif len(y) < 10:
        if not x.startswith(y):
            return None
        points -= 0.02
    else:
        (i, j, k), (p, q, r) = x.split("-"), y.split("-")
        if not ((i, k, j) == (p, q, r) or (i == p) + (j == q) + (k == r) == 2):
            return None
        points -= 0.02
    if a["nik"] and b["nik"]:
        points += 0.50 if a["nik"] == b["nik"] else -0.20
    if a["tempat_lahir"] and b["tempat_lahir"]:
        points += 0.12 if a["tempat_lahir"] == b["tempat_lahir"] else -0.12
    if a["jenis_kelamin"] and b["jenis_kelamin"] and a["jenis_kelamin"] != b["jenis_kelamin"]:
        points -= 0.30
    return points


def recall(pairs, truth, asked):
    """Share of the people on the list found at 1 and at 20 false alerts in 100 applicants, and at all."""
    false = sorted((score for a, e, score in pairs if truth.get(a) != e), reverse=True)
    found = {a: score for a, e, score in pairs if truth.get(a) == e}
    people = [a for a in asked if a in truth]
    shares = []
    for budget in (1, 20):
        allowed = len(asked) * budget // 100
        least = false[allowed] if allowed < len(false) else float("-inf")
        shares.append(sum(found.get(a, float("-inf")) > least for a in people) / max(len(people), 1))
    return shares + [len(found) / max(len(people), 1)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--saring", default=str(ROOT / "target/release/saring"))
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--applicants", type=int, default=20_000)
    parser.add_argument("--slice", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=101)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = [args.saring, "match", "--benchmark", str(args.entries), "--applicants", str(args.applicants), "--seed", str(args.seed)]
        subprocess.run(made + ["--write", folder], check=True)
        files = [f"{folder}/pemohon.csv", "--list", f"{folder}/daftar.csv", "--out", f"{folder}/hasil.csv"]
        wall, cpu = time.monotonic(), cpu_of_children()
        subprocess.run([args.saring, "match", *files], check=True)
        ours = (time.monotonic() - wall, cpu_of_children() - cpu)
        print(f"saring: {ours[0]:.2f} s wall, {ours[1]:.2f} CPU s, {args.applicants} x {args.entries}, CSV in, hits out", flush=True)
        asked, listed = read(f"{folder}/pemohon.csv"), read(f"{folder}/daftar.csv")
        truth = {row["pemohon"]: row["entri"] for row in read(f"{folder}/kebenaran.csv")}
        step = max(len(asked) // args.slice, 1)
        # Every tenth applicant is on the list; an odd step would miss them, so applicants are taken in runs of ten.
        some = [row for at, row in enumerate(asked) if at // 10 % step == 0][: args.slice]
        names = [(at, name) for at, row in enumerate(listed) for name in [row["nama"], *row["alias"].split("|")] if name]
        queries, choices = [row["nama"] for row in some], [name for _, name in names]
        for word, scorer, cutoff, scale in (("Jaro-Winkler", JaroWinkler.similarity, 0.85, 1.0), ("token_sort_ratio", fuzz.token_sort_ratio, 85, 100.0)):
            wall, cpu, pairs = time.monotonic(), time.process_time(), []
            for start in range(0, len(queries), 50):
                block = process.cdist(queries[start : start + 50], choices, scorer=scorer, score_cutoff=cutoff, dtype=np.float32, workers=-1)
                for row, column in zip(*np.nonzero(block)):
                    a, b = some[start + row], listed[names[column][0]]
                    more = evidence(a, b)
                    if more is not None:
                        pairs.append((a["id"], b["id"], block[row, column] / scale + more))
            share = len(asked) / len(some)
            theirs = ((time.monotonic() - wall) * share, (time.process_time() - cpu) * share)
            best = {}
            for a, e, score in pairs:
                best[a, e] = max(score, best.get((a, e), -9.0))
            one, twenty, given = recall([(a, e, s) for (a, e), s in best.items()], truth, [row["id"] for row in some])
            print(
                f"{word}: {theirs[0]:.0f} s wall, {theirs[1]:.0f} CPU s scaled from {len(some)}: {theirs[1] / ours[1]:.0f} times saring's CPU; "
                f"found {one:.3f} at 1 and {twenty:.3f} at 20 false alerts in 100, {given:.3f} at all",
                flush=True,
            )
        subprocess.run([*made, *(["--format", "human"])], check=True)
    print(f"cores: {os.cpu_count()}")


if __name__ == "__main__":
    main()
