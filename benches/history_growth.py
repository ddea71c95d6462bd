"""One night against more and more history: what it takes should grow with the night, not with what lies behind it.

The night of an invented office is screened against its own history, and then against the same history with the years of other
offices besides, whose people have other names and days of birth, live elsewhere and have other numbers. Each run is a process
of its own. With `--beside` the same is measured with another build, as one that has no index of keys.

    cargo build --release
    python3 benches/history_growth.py                        # 1, 3 and 10 M applications of history
    python3 benches/history_growth.py --millions 1 3 --runs 5 --svg growth.svg

Making the stores takes some minutes and 1.8 GB a million; `--folder` keeps them.

Seen on two cores, 522 applications, medians of three: 1 M 1.7 CPU s, 6,639 applications tied and 125 MB; 3 M 2.0 CPU s, 11,696 and
157 MB; 10 M 3.4 CPU s, 32,519 and 260 MB. Most of what grows is ties that have no place: numbered emails of one pattern, and the
families of those who have them.
"""

import argparse
import csv
import pathlib
import re
import shutil
import statistics
import subprocess
import sys

from beside_duckdb import ROOT, run

AS_OF = "2026-11-02"
BEFORE = "2026-11-01"
INDEX = "kunci.indeks"
# Office, code of its regency, the names of both regions.
OTHERS = [
    ("KANIM-AGAM", "1306", "KABUPATEN AGAM", "SUMATERA BARAT"),
    ("KANIM-AMBON", "8171", "KOTA AMBON", "MALUKU"),
    ("KANIM-BALIKPAPAN", "6471", "KOTA BALIKPAPAN", "KALIMANTAN TIMUR"),
    ("KANIM-BATAM", "2171", "KOTA BATAM", "KEPULAUAN RIAU"),
    ("KANIM-BEKASI", "3275", "KOTA BEKASI", "JAWA BARAT"),
    ("KANIM-BENGKULU", "1771", "KOTA BENGKULU", "BENGKULU"),
    ("KANIM-BLITAR", "3572", "KOTA BLITAR", "JAWA TIMUR"),
    ("KANIM-BOGOR", "3271", "KOTA BOGOR", "JAWA BARAT"),
    ("KANIM-CILACAP", "3301", "KABUPATEN CILACAP", "JAWA TENGAH"),
]
SARING = str(ROOT / "target/release/saring")


def saring(*arguments: object) -> str:
    done = subprocess.run([SARING, *map(str, arguments)], check=False, capture_output=True, text=True)
    if done.returncode not in (0, 3):
        raise SystemExit(done.stderr)
    return done.stdout


def synth(folder: pathlib.Path, seed: int) -> None:
    saring("synth", folder, "--applications", 1_000_000, "--history-days", 3650, "--seed", seed, "--as-of", AS_OF)


def strangers(path: pathlib.Path, copy: int, out: pathlib.Path) -> None:
    """An export of another office: its people live elsewhere, and no number is met in two offices."""
    office, code, regency, province = OTHERS[copy % len(OTHERS)]
    numbers = re.compile(r"\d{4}-\d\d-\d\d|\d{4,}")

    def other(met: re.Match) -> str:
        text = met.group()
        if text[4:5] == "-":
            return text
        # A national number begins with the regency.
        front = code + text[4:-2] if len(text) == 16 else text[:-2]
        return f"{front}{(int(text[-2]) + copy) % 10}{text[-1]}"

    with path.open(newline="") as source, out.open("w", newline="") as target:
        rows, written = csv.reader(source), csv.writer(target)
        heading = next(rows)
        written.writerow(heading)
        at = {name: heading.index(name) for name in ("NO PERMOHONAN", "KANIM", "KAB/KOTA", "PROVINSI", "KODE WIL")}
        kept = {heading.index(name) for name in ("TGL PERMOHONAN", "JAM", "NO PERMOHONAN")}
        for row in rows:
            row = [cell if place in kept else numbers.sub(other, cell) for place, cell in enumerate(row)]
            row[at["NO PERMOHONAN"]] = f"{copy:02}{row[at['NO PERMOHONAN']][2:]}"
            row[at["KANIM"]], row[at["KAB/KOTA"]], row[at["PROVINSI"]] = office, regency, province
            row[at["KODE WIL"]] = f"{code[:2]}.{code[2:]}{row[at['KODE WIL']][5:]}"
            written.writerow(row)


def store(folder: pathlib.Path, millions: int) -> pathlib.Path:
    """The office with that many million applications of history."""
    office, first = folder / f"office-{millions}", folder / "office"
    if not first.is_dir():
        synth(first, 12)
    if office.is_dir():
        return office
    office.mkdir()
    for part in ("rules", "lists", "masuk"):
        (office / part).symlink_to(first / part)
    for file in ("saring.toml", "kunci-kontrol", "kebenaran.csv"):
        shutil.copy(first / file, office)
    # Years that a smaller store has are taken from it.
    smaller = [n for n in range(millions - 1, 0, -1) if (folder / f"office-{n}" / "riwayat" / "isi.json").is_file()]
    if smaller:
        shutil.copytree(folder / f"office-{smaller[0]}" / "riwayat", office / "riwayat")
    else:
        saring("history", "add", "--office", office, "--as-of", BEFORE, *sorted((first / "riwayat-awal").glob("*.csv")))
    for copy in range(smaller[0] if smaller else 1, millions):
        other, shifted = folder / "other", folder / "shifted"
        synth(other, 12 + copy)
        shifted.mkdir()
        for path in sorted((other / "riwayat-awal").glob("*.csv")):
            strangers(path, copy, shifted / path.name)
        shutil.rmtree(other)
        saring("history", "add", "--office", office, "--as-of", BEFORE, *sorted(shifted.glob("*.csv")))
        shutil.rmtree(shifted)
    return office


def night(office: pathlib.Path, build: str = SARING) -> list[str]:
    shutil.rmtree(office / "hasil", ignore_errors=True)
    return [build, "screen", "--office", str(office), "--as-of", AS_OF]


def tied(office: pathlib.Path) -> int:
    """How many applications of history take part in the night."""
    said = subprocess.run(night(office), check=False, capture_output=True, text=True).stdout
    found = re.search(r"^history .* ([\d,.]+) of them tied", said, re.MULTILINE)
    return int(re.sub(r"\D", "", found.group(1))) if found else 0


def svg(lines: list[tuple], kinds: list[str]) -> str:
    """CPU seconds over millions of applications, one line for each kind."""
    width, height, left = 480, 280, 46
    most_x, most_y = max(line[1] for line in lines), max(line[3] for line in lines) * 1.1
    x, y = (lambda n: left + n / most_x * (width - left - 20)), (lambda s: height - 36 - s / most_y * (height - 60))
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
           'font-size="12">', f'<path d="M{left} 20V{height - 36}H{width - 20}" fill="none" stroke="#444"/>',
           f'<text x="{left}" y="14">CPU s of one night</text>',
           f'<text x="{width - 20}" y="{height - 4}" text-anchor="end">million applications of history</text>']
    for n in sorted({line[1] for line in lines}):
        out.append(f'<text x="{x(n):.0f}" y="{height - 20}" text-anchor="middle">{n}</text>')
    for kind, colour in zip(kinds, ("#0b5cad", "#b3541e")):
        points = [(x(line[1]), y(line[3]), line[3]) for line in lines if line[0] == kind]
        out.append(f'<polyline points="{" ".join(f"{a:.0f},{b:.0f}" for a, b, _ in points)}" fill="none" stroke="{colour}"/>')
        out += [f'<text x="{a:.0f}" y="{b - 6:.0f}" text-anchor="end" fill="{colour}">{s:.1f}</text>' for a, b, s in points]
        out.append(f'<text x="{points[-1][0]:.0f}" y="{points[-1][1] + 16:.0f}" text-anchor="end" fill="{colour}">{kind}</text>')
    return "\n".join([*out, "</svg>", ""])


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--millions", type=int, nargs="+", default=[1, 3, 10])
    ask.add_argument("--runs", type=int, default=3)
    ask.add_argument("--folder", type=pathlib.Path, default=ROOT / "target/tmp/growth")
    ask.add_argument("--beside", help="another build of saring that reads the same stores")
    ask.add_argument("--svg", type=pathlib.Path, help="draws CPU seconds over millions")
    args = ask.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    folder = args.folder.resolve()
    builds = {"saring": SARING, **({"beside": args.beside} if args.beside else {})}
    lines = []
    for millions in args.millions:
        office = store(folder, millions)
        # The first night adds itself to history, indexes what is not, and fills the page cache.
        rows = tied(office)
        if not (office / "riwayat" / INDEX).is_file():
            sys.exit(f"{office} has no {INDEX}: is its store too small to be indexed?")
        for kind, build in builds.items():
            taken = [run(night(office, build)) for _ in range(args.runs)]
            wall, cpu, peak = (statistics.median(column) for column in zip(*taken))
            size = sum(path.stat().st_size for path in (office / "riwayat").iterdir()) / 1e6
            lines.append((kind, millions, wall, cpu, peak, rows, size))
    longest = max(line[3] for line in lines)
    print(f"{'':8}{'history':>10}{'wall s':>8}{'CPU s':>8}{'peak MB':>9}{'rows tied':>11}{'store MB':>10}  CPU")
    for kind, millions, wall, cpu, peak, rows, size in lines:
        bar = "#" * round(cpu / longest * 40)
        print(f"{kind:8}{millions:>8} M{wall:8.2f}{cpu:8.2f}{peak:9.0f}{rows:11}{size:10.0f}  {bar}")
    if args.svg:
        args.svg.write_text(svg(lines, list(builds)))


if __name__ == "__main__":
    main()
