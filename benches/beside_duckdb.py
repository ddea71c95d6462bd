"""A night of saring beside DuckDB, both on one export of a million applications.

saring reads the export, accounts for every record, derives every column its rules need, judges every rule and writes the
list. DuckDB reads the same file and counts the rows for which five of the same conditions hold: once straight from the
file, of which it then reads ten of 35 columns, and once with all columns taken into a typed table first. Runs alternate,
each in a process of its own; the median counts.

    cargo bench --bench night                 # makes the export, target/tmp/bench-1000000-1.csv
    cargo build --release
    pip install duckdb
    python3 benches/beside_duckdb.py

`--saring COMMAND` measures another command, with `{csv}` for the export.
"""

import argparse
import os
import pathlib
import shlex
import shutil
import statistics
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
AS_OF = "2025-11-10"

FIVE = """
SELECT count(*),
    count(*) FILTER (WHERE "NEGARA TUJUAN" IN ('KAMBOJA', 'MYANMAR', 'MALAYSIA', 'THAILAND') AND "TUJUAN" = 'WISATA'),
    count(*) FILTER (WHERE try_cast(split_part("LAMA TINGGAL", ' ', 1) AS INT) > 30
        AND "PEKERJAAN" IN ('BELUM/TIDAK BEKERJA', 'MENGURUS RUMAH TANGGA')),
    count(*) FILTER (WHERE try_cast("TINGGI" AS INT) < 150 OR try_cast("TINGGI" AS INT) > 200),
    count(*) FILTER (WHERE (try_cast(substr("NIK", 7, 2) AS INT) > 40) <> ("JK" = 'P')),
    count(*) FILTER (WHERE date_diff('year', try_strptime("TGL LAHIR", '%d-%m-%Y'),
        try_strptime("TGL PERMOHONAN", '%d-%m-%Y')) BETWEEN 17 AND 40)
FROM {source}
"""

DUCKDB = """
import duckdb, sys
db = duckdb.connect()
db.execute("SET threads = {threads}")
for statement in sys.argv[1:]:
    print(db.execute(statement).fetchall()[0])
"""


def office(folder: pathlib.Path, csv: pathlib.Path) -> None:
    """An office whose only export of the night is the file."""
    (folder / "saring.toml").write_text(
        f'[office]\ncode = "MDN"\ntimezone = "WIB"\n[input]\nfiles = ["{csv}"]\n'
        f'profile = "{ROOT}/rules/profiles/simkim.toml"\n[rules]\npaths = ["{ROOT}/rules"]\n'
        f'[screening]\ncapacity = 1000\ncontrol_per_mille = 0\n[output]\npath = "hasil"\n'
    )


def run(command: list[str]) -> tuple[float, float, float]:
    """Wall and CPU seconds and the most memory in MB of one process; its output is not shown."""
    begin = time.perf_counter()
    child = os.fork()
    if child == 0:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.execvp(command[0], command)
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - begin
    # saring ends with 3 where it publishes and a check of the data warns, as of the columns this export lacks.
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        sys.exit(f"failed: {shlex.join(command)}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--csv", type=pathlib.Path, default=ROOT / "target/tmp/bench-1000000-1.csv")
    ask.add_argument("--runs", type=int, default=3)
    ask.add_argument("--threads", type=int, default=os.cpu_count())
    ask.add_argument("--saring", help="instead of `saring screen` on an office made for it")
    args = ask.parse_args()
    csv = args.csv.resolve()
    if not csv.is_file():
        sys.exit(f"{csv} is missing: make it with `cargo bench --bench night`")
    os.environ["RAYON_NUM_THREADS"] = str(args.threads)
    file = f"read_csv('{csv}', header = true"
    # Text as it stands, so that numbers of sixteen digits stay what they are.
    straight = FIVE.format(source=f"{file}, all_varchar = true)")
    table = f"CREATE TABLE export AS FROM {file}, types = {{'NIK': 'VARCHAR', 'TGL LAHIR': 'VARCHAR', 'TGL PERMOHONAN': 'VARCHAR'}})"
    duckdb = [sys.executable, "-c", DUCKDB.format(threads=args.threads)]
    with tempfile.TemporaryDirectory() as folder:
        office(pathlib.Path(folder), csv)
        screen = [str(ROOT / "target/release/saring"), "screen", "--office", folder, "--as-of", AS_OF]
        saring = shlex.split(args.saring.replace("{csv}", str(csv))) if args.saring else screen
        sides = {
            "saring": saring,
            "DuckDB, straight from the file": [*duckdb, straight],
            "DuckDB, all columns into a table": [*duckdb, table, FIVE.format(source="export")],
        }
        taken = {name: [] for name in sides}
        for _ in range(args.runs):
            for name, command in sides.items():
                shutil.rmtree(pathlib.Path(folder) / "hasil", ignore_errors=True)
                taken[name].append(run(command))
    middle = {name: [statistics.median(column) for column in zip(*runs)] for name, runs in taken.items()}
    print(f"{csv.name}, {csv.stat().st_size / 1e6:.0f} MB; {args.threads} threads; median of {args.runs}")
    print(f"{'':34}{'wall s':>8}{'CPU s':>8}{'peak MB':>9}{'saring is':>11}")
    for name, (wall, cpu, peak) in middle.items():
        ratio = "" if name == "saring" else f"{middle['saring'][0] / wall:.2f} x"
        print(f"{name:34}{wall:8.2f}{cpu:8.2f}{peak:9.0f}{ratio:>11}")


if __name__ == "__main__":
    main()
