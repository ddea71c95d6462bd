//! The columns of a list, as the catalogue describes them.

use super::prefix;
use crate::columns::{ColumnInfo, Origin};
use crate::lists::{Kind, ListSpec, Role};
use crate::schema::{Mask, Protected, Reveals, Sensitivity, Type, table};

table! { TINGKAT_PANTAU "tingkat_pantau" "how surely an entry of a list speaks of somebody" {
    "none" "Tidak ada" / "no entry" []
    "name_only" "Nama saja" / "name only" []
    "expired" "Di luar masa berlaku" / "outside its validity" []
    "suppressed" "Dikesampingkan" / "set aside" []
    "possible" "Mungkin" / "possible" []
    "strong" "Kuat" / "strong" []
    "exact" "Tepat" / "exact" []
} }

table! { ADA_PADA_DAFTAR "status_lembaga" "status of an institution on an official list" {
    "aktif" "Aktif" / "active" []
    "dicabut" "Dicabut" / "revoked" []
    "sanksi" "Kena sanksi" / "under sanction" []
} }

table! { BANDING_NOMOR "banding_nomor" "how the numbers of a person compare with those of an entry" {
    "same" "Sama" / "the same NIK or passport" []
    "near" "NIK beda satu dua angka" / "a NIK one or two digits apart" []
    "differs" "Beda" / "another NIK" []
    "unknown" "Tidak diketahui" / "not known" []
    "none" "Tidak ada entri" / "no entry" []
} }

table! { BANDING_LAHIR "banding_lahir" "how the birth date of a person compares with that of an entry" {
    "same" "Sama" / "the same day" []
    "fill_in" "Sama, tanggal pengisi" / "the same day, one that is filled in when none is known" []
    "swapped" "Tanggal dan bulan tertukar" / "day and month swapped" []
    "near" "Satu bagian beda" / "one part differs" []
    "partial" "Cocok sejauh diketahui" / "agrees as far as it is known" []
    "differs" "Beda" / "another date" []
    "unknown" "Tidak diketahui" / "not known" []
    "none" "Tidak ada entri" / "no entry" []
} }

/// Names and addresses tell sex, origin and more to whoever takes them apart.
const ANYBODY: Protected = Protected::SEX.and(Protected::REGION).and(Protected::ETHNICITY).and(Protected::RELIGION);

/// What a column of a list is.
struct Made {
    name: &'static str,
    ty: Type,
    mask: Mask,
    reveals: Reveals,
    id: &'static str,
    en: &'static str,
    meaning: &'static str,
    example: &'static str,
}

const fn made(
    name: &'static str,
    ty: Type,
    labels: (&'static str, &'static str),
    meaning: &'static str,
    example: &'static str,
) -> Made {
    Made { name, ty, mask: Mask::Open, reveals: Reveals::Nothing, id: labels.0, en: labels.1, meaning, example }
}

const fn told(name: &'static str, labels: (&'static str, &'static str), meaning: &'static str) -> Made {
    Made {
        name,
        ty: Type::Text,
        mask: Mask::Quoted,
        reveals: Reveals::Contains(ANYBODY),
        id: labels.0,
        en: labels.1,
        meaning,
        example: "NIK «1271990101900002» sama",
    }
}

const LEVEL: Made = made(
    "level",
    Type::Code(TINGKAT_PANTAU),
    ("tingkat", "level"),
    "how surely an entry speaks of them: exact, strong, possible count; name_only, expired and suppressed are shown and give \
     no points; none where no entry does",
    "strong",
);
const COMMON: &[Made] = &[
    made("entry", Type::Text, ("entri", "entry"), "id of that entry; none where there is none", "SOI-2025-0012"),
    made("list", Type::Text, ("daftar", "list"), "the list it stands on and who entered it", "SOI (KANIM-BATAM)"),
    made(
        "until",
        Type::Date,
        ("berlaku sampai", "valid until"),
        "last application date for which the entry counts",
        "2026-01-14",
    ),
    made(
        "pair",
        Type::Text,
        ("pasangan", "pair"),
        "code of this application's values and this entry, to set the pair aside with; another as soon as either changes",
        "3f2a9c1b0d4e",
    ),
    told("evidence", ("bukti", "evidence"), "what agrees and what does not, in Indonesian"),
    told("evidence_en", ("bukti (Inggris)", "evidence in English"), "what agrees and what does not, in English"),
];
const PEOPLE: &[Made] = &[
    LEVEL,
    made(
        "score",
        Type::Int,
        ("poin", "score"),
        "points of the comparison with the entry that says most, in bits; 0 unless it counts",
        "31",
    ),
    made(
        "number",
        Type::Code(BANDING_NOMOR),
        ("nomor", "number"),
        "how NIK and passport compare with those of the entry; none unless an entry counts",
        "same",
    ),
    made(
        "name",
        Type::Int,
        ("kemiripan nama", "likeness of names"),
        "how alike the names are, 0 to 100; 0 unless an entry counts or has the name alone",
        "96",
    ),
    made(
        "born",
        Type::Code(BANDING_LAHIR),
        ("tanggal lahir", "birth date"),
        "how the birth dates compare; none unless an entry counts",
        "same",
    ),
];
const EXACT: &[Made] = &[
    LEVEL,
    made(
        "hit",
        Type::Bool,
        ("ada pada daftar", "on the list"),
        "one of their values is on the list, and the entry counts on the date of the application",
        "true",
    ),
];
const INSTITUTIONS: &[Made] = &[
    LEVEL,
    made(
        "hit",
        Type::Bool,
        ("ada pada daftar", "on the list"),
        "the institution is on the list by number or by name, and the entry counts on the date of the application",
        "true",
    ),
    made(
        "status",
        Type::Code(ADA_PADA_DAFTAR),
        ("status", "status"),
        "status of the institution; aktif where the list gives none",
        "aktif",
    ),
    made("name", Type::Int, ("kemiripan nama", "likeness of names"), "how alike the names are, 0 to 100", "94"),
];

/// The columns that a kind of list has for each role: name and type.
pub(super) fn of_kind(kind: Kind) -> impl Iterator<Item = (&'static str, Type)> {
    tables(kind).map(|made| (made.name, made.ty))
}

fn tables(kind: Kind) -> impl Iterator<Item = &'static Made> {
    let own = match kind {
        Kind::People => PEOPLE,
        Kind::Contacts | Kind::Documents | Kind::Keys => EXACT,
        Kind::Institutions => INSTITUTIONS,
    };
    own.iter().chain(COMMON)
}

/// The columns of a list, for the catalogue.
#[must_use]
pub fn columns(spec: &ListSpec) -> Vec<ColumnInfo> {
    spec.roles.iter().flat_map(|role| of_role(spec, *role)).collect()
}

fn of_role(spec: &ListSpec, role: Role) -> impl Iterator<Item = ColumnInfo> {
    let (id, en) = match role {
        Role::Pemohon => (String::new(), String::new()),
        other => (format!(" {}", other.name()), format!(", {}", other.english())),
    };
    tables(spec.kind).map(move |made| ColumnInfo {
        name: format!("{}.{}", prefix(&spec.name, role), made.name),
        ty: made.ty,
        limits: match made.name {
            "name" => Some((0, 100)),
            "score" => Some((0, i64::MAX)),
            _ => None,
        },
        mask: made.mask,
        sensitivity: if made.mask == Mask::Open { Sensitivity::Plain } else { Sensitivity::Personal },
        reveals: made.reveals,
        label_id: format!("{}{id}: {}", spec.title, made.id),
        label_en: format!("{}{en}: {}", spec.title_en, made.en),
        meaning: format!("{}; list `{}`, {}", made.meaning, spec.name, role.english()),
        example: made.example.to_owned(),
        origin: Origin::Watchlist,
        whole: false,
    })
}
