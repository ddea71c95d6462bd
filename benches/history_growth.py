"""One night against more and more history: what it takes should grow with the night, not with what lies behind it.

The night of an invented office is screened against its own history, and then against the same history with further years of
strangers: copies of it whose numbers, names of keys and days are others. Each run is a process of its own.

    cargo build --release
    python3 benches/history_growth.py                        # 1, 3 and 10 M applications of history
    python3 benches/history_growth.py --millions 1 3 --runs 5

Making the stores takes a few minutes and about 1.3 GB a million; `--folder` keeps them.
"""

import argparse
import csv
import pathlib
import re
import shutil
import statistics
import subprocess

from beside_duckdb import ROOT, run

AS_OF = "2025-11-03"
SARING = str(ROOT / "target/release/saring")


def saring(*arguments: object) -> str:
    done = subprocess.run([SARING, *map(str, arguments)], check=False, capture_output=True, text=True)
    if done.returncode not in (0, 3):
        raise SystemExit(done.stderr)
    return done.stdout


def strangers(path: pathlib.Path, copy: int, out: pathlib.Path) -> None:
    """The applications of an export as those of other people: every number and every name of a key is another."""
    with path.open(newline="") as source, out.open("w", newline="") as target:
        reader, writer = csv.reader(source), csv.writer(target)
        heading = next(reader)
        writer.writerow(heading)
        day = [at for at, name in enumerate(heading) if name.startswith("TGL PERMOHONAN")]
        digits = re.compile(r"\d{4,}")
        shift = str(copy % 10)
        for row in reader:
            # Runs of digits end otherwise; days of filing stay, and so do months.
            made = [cell if at in day else digits.sub(lambda m: m.group()[:-2] + shift + m.group()[-1], cell)
                    if not re.match(r"\d{4}-\d\d-\d\d", cell) else cell for at, cell in enumerate(row)]
            made[0] = f"{copy:02}" + row[0][2:]
            writer.writerow(made)


def store(folder: pathlib.Path, millions: int) -> pathlib.Path:
    """The office with that many million applications of history."""
    office = folder / f"office-{millions}"
    first = folder / "office"
    if not first.is_dir():
        saring("synth", first, "--applications", 1_000_000, "--history-days", 3650, "--seed", 12, "--as-of", AS_OF)
    if office.is_dir():
        return office
    office.mkdir()
    for part in ("rules", "lists", "masuk", "riwayat-awal"):
        (office / part).symlink_to(first / part)
    for file in ("saring.toml", "kunci-kontrol", "kebenaran.csv"):
        if (first / file).exists():
            shutil.copy(first / file, office)
    past = sorted((first / "riwayat-awal").glob("*.csv"))
    saring("history", "add", "--office", office, "--as-of", "2025-11-02", *past)
    for copy in range(1, millions):
        others = folder / "strangers"
        others.mkdir()
        for path in past:
            strangers(path, copy, others / path.name)
        saring("history", "add", "--office", office, "--as-of", "2025-11-02", *sorted(others.glob("*.csv")))
        shutil.rmtree(others)
    return office


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--millions", type=int, nargs="+", default=[1, 3, 10])
    ask.add_argument("--runs", type=int, default=3)
    ask.add_argument("--folder", type=pathlib.Path, default=ROOT / "target/tmp/growth")
    args = ask.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    folder = args.folder.resolve()
    lines = []
    for millions in args.millions:
        office = store(folder, millions)
        taken = []
        for _ in range(args.runs + 1):
            shutil.rmtree(office / "hasil", ignore_errors=True)
            taken.append(run([SARING, "screen", "--office", str(office), "--as-of", AS_OF]))
        # The first run adds the night to history and fills the page cache.
        wall, cpu, peak = (statistics.median(column) for column in zip(*taken[1:]))
        size = sum(path.stat().st_size for path in (office / "riwayat").iterdir()) / 1e6
        lines.append((millions, wall, cpu, peak, size))
    longest = max(cpu for _, _, cpu, _, _ in lines)
    print(f"{'history':>10}{'wall s':>8}{'CPU s':>8}{'peak MB':>9}{'store MB':>10}  CPU")
    for millions, wall, cpu, peak, size in lines:
        print(f"{millions:>8} M{wall:8.2f}{cpu:8.2f}{peak:9.0f}{size:10.0f}  {'#' * round(cpu / longest * 40)}")


if __name__ == "__main__":
    main()
