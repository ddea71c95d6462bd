"""Twenty mixed rules over a Parquet export, beside the same rules written by hand in DuckDB's SQL.

Eight rules over a row, three exact lists, two over documents, six windows and one network over phone, payer and device
(`twenty/aturan.toml`). Both sides read the same file and write every hit as rule and application number; the two sets are
compared rule by rule. Runs alternate, each in a process of its own; the median counts.

    cargo build --release
    pip install duckdb
    python3 benches/twenty_beside_duckdb.py                  # 1 M applications
    python3 benches/twenty_beside_duckdb.py --copies 10      # 10 M: ten offices beside each other

The export is made once (`--folder` keeps it): an invented office of a million applications over ten years, taken from the
store of history, so its columns have their own types.

Seen on two cores, the same hits on both sides: 1 M applications 5.3 CPU s, 3.5 s and 0.56 GB, DuckDB 9.1 CPU s, 5.5 s and
0.36 GB (medians of five); 10 M applications 54 CPU s, 60 s and 3.95 GB, DuckDB 94 CPU s, 98 s and 2.5 GB (one run on a busy
machine).
"""

import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile

from beside_duckdb import ROOT, run

AS_OF = "2026-11-02"
COLUMNS = """tanggal_permohonan waktu_permohonan kode_kanim jenis_permohonan jenis_paspor nama_lengkap tempat_lahir
tanggal_lahir jenis_kelamin pekerjaan tinggi_badan_cm negara_tujuan maksud_perjalanan lama_tinggal_hari
tanggal_rencana_berangkat dokumen_dilampirkan ijazah_tahun""".split()
# What tells people apart gets another number in every copy of the office.
KEYS = "nik nomor_kk telepon telepon_kerabat id_akun_mpaspor rekening_pembayar paspor_lama_nomor".split()

ROWS = [
    "negara_tujuan IN ('KH', 'LA', 'MM') AND maksud_perjalanan = 'wisata'",
    "maksud_perjalanan = 'wisata' AND lama_tinggal_hari > 25",
    "tinggi_badan_cm < 145",
    "pekerjaan = 'BELUM/TIDAK BEKERJA' AND lama_tinggal_hari >= 14",
    "year(tanggal_permohonan) - year(tanggal_lahir) BETWEEN 17 AND 20 AND negara_tujuan = 'MY' AND maksud_perjalanan = 'wisata'",
    "telepon_kerabat IS NULL AND negara_tujuan = 'SG'",
    "month(tanggal_lahir) = 1 AND day(tanggal_lahir) = 1 AND maksud_perjalanan = 'wisata'",
    "date_diff('day', tanggal_permohonan, tanggal_rencana_berangkat) <= 7",
    "nik IN (SELECT value FROM list_nik)",
    "rekening_pembayar IN (SELECT value FROM list_rekening)",
    "paspor_lama_nomor IN (SELECT value FROM list_paspor)",
    "NOT list_contains(string_split(dokumen_dilampirkan, ';'), 'ijazah')",
    "ijazah_tahun - year(tanggal_lahir) < 17",
]
# Key, window, measure, least. A row is hit by any window that reaches the least and contains it.
WINDOWS = [
    ("rekening_pembayar", "7 DAYS", "count(DISTINCT nomor_kk)", 4),
    ("telepon", "90 DAYS", "count(DISTINCT nomor_kk)", 3),
    ("id_akun_mpaspor", "1 DAY", "count(DISTINCT nomor_kk)", 4),
    ("nomor_kk", "365 DAYS", "count(*)", 4),
    ("telepon_kerabat", "180 DAYS", "count(DISTINCT nik)", 4),
]
LISTS = {"nik": "nik", "rekening": "rekening_pembayar", "paspor": "paspor_lama_nomor"}


def sql(export: pathlib.Path, lists: dict[str, list[str]], threads: int, out: pathlib.Path) -> None:
    """The rules in SQL; called in a process of its own."""
    import duckdb

    db = duckdb.connect()
    db.execute(f"SET threads = {threads}")
    db.execute("SET preserve_insertion_order = false")
    for name, values in lists.items():
        db.execute(f"CREATE TABLE list_{name} AS SELECT unnest(?) AS value", [values])
    db.execute("CREATE TABLE hits (aturan VARCHAR, nomor_permohonan VARCHAR)")
    at = "coalesce(waktu_permohonan, tanggal_permohonan::TIMESTAMP)"
    for number, condition in enumerate(ROWS, 1):
        db.execute(f"INSERT INTO hits SELECT 'K{number:02}', nomor_permohonan FROM '{export}' WHERE {condition}")
    for number, (key, window, measure, least) in enumerate(WINDOWS, len(ROWS) + 1):
        db.execute(f"""
            INSERT INTO hits SELECT 'K{number:02}', nomor_permohonan FROM (
                SELECT nomor_permohonan, max(n) OVER (PARTITION BY k ORDER BY t
                    RANGE BETWEEN CURRENT ROW AND INTERVAL {window} FOLLOWING) AS most
                FROM (SELECT nomor_permohonan, {key} AS k, {at} AS t, {measure} OVER (PARTITION BY {key} ORDER BY {at}
                    RANGE BETWEEN INTERVAL {window} PRECEDING AND CURRENT ROW) AS n
                    FROM '{export}' WHERE {key} IS NOT NULL
                    AND {key} IN (SELECT {key} FROM '{export}' GROUP BY 1 HAVING count(*) >= {least})))
            WHERE most >= {least}""")
    db.execute(f"""INSERT INTO hits SELECT 'K19', nomor_permohonan FROM '{export}'
        WHERE nik IN (SELECT nik FROM '{export}' GROUP BY 1 HAVING count(*) >= 2)""")
    network(db, export)
    db.execute(f"COPY hits TO '{out}' (FORMAT parquet)")


def network(db, export: pathlib.Path) -> None:
    """Networks by handing the smallest number on over shared keys until nothing changes."""
    db.execute(f"""CREATE TABLE app AS SELECT row_number() OVER () AS id, nomor_permohonan, nomor_kk, telepon,
        rekening_pembayar, id_akun_mpaspor FROM '{export}'""")
    keys = ["telepon", "rekening_pembayar", "id_akun_mpaspor"]
    parts = " UNION ALL ".join(f"SELECT hash('{key}', {key}) AS key, id FROM app WHERE {key} IS NOT NULL" for key in keys)
    db.execute(f"""CREATE TABLE tie AS SELECT key, id FROM ({parts})
        WHERE key IN (SELECT key FROM ({parts}) GROUP BY 1 HAVING count(*) BETWEEN 2 AND 60)""")
    db.execute("CREATE TABLE label AS SELECT DISTINCT id, id AS root FROM tie")
    before = None
    while True:
        db.execute("""CREATE OR REPLACE TABLE label AS
            WITH least AS (SELECT key, min(root) AS root FROM tie JOIN label USING (id) GROUP BY 1)
            SELECT id, min(least.root) AS root FROM tie JOIN least USING (key) GROUP BY 1""")
        # Roots point further down meanwhile: one jump each round saves many rounds.
        db.execute("""CREATE OR REPLACE TABLE label AS
            SELECT one.id, least(one.root, other.root) AS root FROM label one JOIN label other ON other.id = one.root""")
        now = db.execute("SELECT sum(root) FROM label").fetchone()[0]
        if now == before:
            break
        before = now
    db.execute("""INSERT INTO hits SELECT 'K20', nomor_permohonan FROM app LEFT JOIN label USING (id)
        WHERE coalesce(root, id) IN (SELECT coalesce(root, id) FROM app LEFT JOIN label USING (id) GROUP BY 1
            HAVING count(DISTINCT nomor_kk) >= 4)""")


def export(folder: pathlib.Path, copies: int) -> pathlib.Path:
    """The export, made once."""
    import duckdb

    path = folder / f"export-{copies}.parquet"
    office = folder / "office"
    if path.is_file():
        return path
    saring = str(ROOT / "target/release/saring")
    if not (office / "riwayat").is_dir():
        plan = ["--applications", "1000000", "--history-days", "3650", "--seed", "12", "--as-of", AS_OF]
        subprocess.run([saring, "synth", *plan, office], check=True, stdout=subprocess.DEVNULL)
        past = sorted((office / "riwayat-awal").glob("*.csv")) + sorted((office / "masuk").glob("*.csv"))
        add = [saring, "history", "add", "--office", office, "--as-of", AS_OF, *past]
        subprocess.run(add, check=True, stdout=subprocess.DEVNULL)
    plain = ", ".join(COLUMNS)
    keyed = ", ".join(f"{key} || suffix AS {key}" for key in KEYS if key not in ("nik", "nomor_kk"))
    # Sixteen digits stay sixteen digits: a copy takes another of the places that no region has.
    sixteen = ", ".join(
        f"substr({key}, 1, 4) || (99 - copy)::VARCHAR || substr({key}, 7) AS {key}" for key in ("nik", "nomor_kk")
    )
    number = "lpad(copy::VARCHAR, 2, '0') || substr(nomor_permohonan, 3) AS nomor_permohonan"
    source = f"read_parquet('{office}/riwayat/*.parquet')"
    db = duckdb.connect()
    db.execute("SET preserve_insertion_order = false")
    db.execute("SET memory_limit = '4GB'")
    db.execute(f"SET temp_directory = '{folder}'")
    db.execute(f"""COPY (SELECT {number}, {sixteen}, {keyed}, {plain} FROM {source},
        (SELECT range AS copy, CASE range WHEN 0 THEN '' ELSE range::VARCHAR END AS suffix FROM range({copies})))
        TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 100000)""")
    return path


def lists(path: pathlib.Path) -> dict[str, list[str]]:
    """A thousand values of the export and a thousand of nobody for each list."""
    import duckdb

    found = {}
    for name, column in LISTS.items():
        query = f"SELECT min({column}) FROM '{path}' WHERE {column} IS NOT NULL GROUP BY hash({column}) % 1000 ORDER BY 1"
        there = [value for (value,) in duckdb.execute(query).fetchall()]
        found[name] = there + [f"X{n:015}" for n in range(1000)]
    return found


def office(folder: pathlib.Path, path: pathlib.Path, found: dict[str, list[str]]) -> None:
    """An office whose export of the night is the file."""
    rules = folder / "rules"
    rules.mkdir()
    shutil.copy(ROOT / "benches/twenty/aturan.toml", rules)
    text = ""
    for name, values in found.items():
        quoted = ", ".join(f'"{value}"' for value in values)
        text += f'[list.{name}]\nvalues = [{quoted}]\nmeaning = "ukur"\nsource = "ukur"\nas_of = {AS_OF}\n'
    (rules / "daftar.toml").write_text('[pack]\nname = "daftar"\nfamily = "W"\n' + text)
    shutil.copy(ROOT / "rules/scoring.toml", rules)
    (folder / "saring.toml").write_text(
        f'[office]\ncode = "MDN"\ntimezone = "WIB"\n[input]\nfiles = ["{path}"]\n'
        f'profile = "{ROOT}/benches/twenty/profil.toml"\n[rules]\npaths = ["rules"]\n'
        f'[screening]\ncapacity = 1000\ncontrol_per_mille = 0\n[output]\npath = "hasil"\n'
    )


def compare(ours: pathlib.Path, theirs: pathlib.Path) -> bool:
    """Prints hits by rule and where the sets differ."""
    import duckdb

    rows = duckdb.execute(f"""
        SELECT aturan, count(a), count(b), count(a) FILTER (b IS NULL), count(b) FILTER (a IS NULL) FROM
            (SELECT aturan, nomor_permohonan, 1 AS a FROM '{ours}') FULL JOIN
            (SELECT DISTINCT aturan, nomor_permohonan, 1 AS b FROM '{theirs}') USING (aturan, nomor_permohonan)
        GROUP BY 1 ORDER BY 1""").fetchall()
    print(f"{'rule':6}{'saring':>10}{'DuckDB':>10}{'only saring':>13}{'only DuckDB':>13}")
    for rule, one, other, first, second in rows:
        print(f"{rule:6}{one:10}{other:10}{first:13}{second:13}")
    return all(first == second == 0 for _, _, _, first, second in rows)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--copies", type=int, default=1, choices=range(1, 21), metavar="N", help="million applications")
    ask.add_argument("--folder", type=pathlib.Path, default=ROOT / "target/tmp/twenty")
    ask.add_argument("--runs", type=int, default=3)
    ask.add_argument("--threads", type=int, default=2)
    ask.add_argument("--saring", default=str(ROOT / "target/release/saring"))
    ask.add_argument("--sql", nargs=2, help=argparse.SUPPRESS)
    args = ask.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    path = export(args.folder.resolve(), args.copies)
    found = lists(path)
    if args.sql:
        sql(path, found, args.threads, pathlib.Path(args.sql[1]))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        office(folder, path, found)
        screen = [args.saring, "screen", "--office", name, "--as-of", AS_OF, "--threads", str(args.threads)]
        again = [sys.executable, __file__, "--copies", str(args.copies), "--folder", str(args.folder), "--threads"]
        sides = {"saring": screen, "DuckDB": [*again, str(args.threads), "--sql", "to", f"{name}/hits.parquet"]}
        taken = {side: [] for side in sides}
        for _ in range(args.runs):
            for side, command in sides.items():
                shutil.rmtree(folder / "hasil", ignore_errors=True)
                if side == "saring":
                    taken[side].append(run(command))
                    shutil.copy(folder / "hasil/terbaru/temuan.parquet", folder / "ours.parquet")
                else:
                    taken[side].append(run(command))
        same = compare(folder / "ours.parquet", folder / "hits.parquet")
    print(f"\n{path.name}, {path.stat().st_size / 1e6:.0f} MB; {args.threads} threads; median of {args.runs}")
    print(f"{'':10}{'wall s':>8}{'CPU s':>8}{'peak MB':>9}")
    for side, runs in taken.items():
        wall, cpu, peak = (sorted(column)[len(runs) // 2] for column in zip(*runs))
        print(f"{side:10}{wall:8.2f}{cpu:8.2f}{peak:9.0f}")
    print("the same hits" if same else "the hits differ")
    sys.exit(0 if same else 1)


if __name__ == "__main__":
    main()
