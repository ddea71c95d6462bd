//! One application with a typed value for every column, before a clerk's typing turns it into cells.

use chrono::NaiveDate;

use super::person::Sex;
use super::truth::Mark;

/// Why somebody applies; the codes of `jenis_permohonan`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Request {
    #[default]
    New,
    Expired,
    Full,
    Lost,
    Damaged,
    DataChange,
}

impl Request {
    /// The code of the dictionary.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::New => "baru",
            Self::Expired => "ganti_habis_berlaku",
            Self::Full => "ganti_penuh",
            Self::Lost => "ganti_hilang",
            Self::Damaged => "ganti_rusak",
            Self::DataChange => "perubahan_data",
        }
    }
}

/// What a journey is for; the codes of `maksud_perjalanan`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Purpose {
    #[default]
    Tourism,
    Family,
    Umrah,
    Hajj,
    Pilgrimage,
    Medical,
    Study,
    Trainee,
    SchoolExchange,
    MigrantWork,
    FormalWork,
    Business,
    Official,
    NoPlan,
    Other,
}

impl Purpose {
    /// The code of the dictionary.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Tourism => "wisata",
            Self::Family => "kunjungan_keluarga",
            Self::Umrah => "umrah",
            Self::Hajj => "haji",
            Self::Pilgrimage => "ziarah",
            Self::Medical => "berobat",
            Self::Study => "studi",
            Self::Trainee => "magang",
            Self::SchoolExchange => "bkk",
            Self::MigrantWork => "kerja_pmi",
            Self::FormalWork => "kerja_formal",
            Self::Business => "bisnis",
            Self::Official => "dinas",
            Self::NoPlan => "belum_ada",
            Self::Other => "lain",
        }
    }
}

/// Who stands for a journey.
#[derive(Debug, Clone, Default)]
pub(super) struct Sponsor {
    /// Code of `penjamin_jenis`.
    pub(super) kind: &'static str,
    pub(super) name: String,
    pub(super) id: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) address: Option<String>,
}

/// A letter of recommendation.
#[derive(Debug, Clone)]
pub(super) struct Letter {
    pub(super) number: String,
    pub(super) date: NaiveDate,
    pub(super) body: String,
}

/// Somebody who comes along or collects.
#[derive(Debug, Clone)]
pub(super) struct Helper {
    pub(super) name: String,
    pub(super) nik: String,
    pub(super) phone: Option<String>,
}

/// A passport.
#[derive(Debug, Clone)]
pub(super) struct Booklet {
    pub(super) number: String,
    pub(super) issued: NaiveDate,
    pub(super) expires: NaiveDate,
    /// The office that issued it.
    pub(super) office: &'static str,
}

/// An application. Empty texts and `None` are empty cells.
#[derive(Debug, Clone, Default)]
pub(super) struct Application {
    pub(super) number: u64,
    pub(super) date: NaiveDate,
    /// Minute of the day.
    pub(super) minute: u32,
    pub(super) office: &'static str,
    pub(super) counter: &'static str,
    pub(super) slot: Option<(NaiveDate, u32)>,
    pub(super) request: Request,
    pub(super) booklet: &'static str,
    pub(super) validity: u32,
    pub(super) express: bool,
    pub(super) status: &'static str,
    pub(super) fee: u32,
    pub(super) billing: Option<String>,

    pub(super) name: String,
    pub(super) alias: Option<String>,
    pub(super) nik: String,
    pub(super) kk: Option<String>,
    pub(super) birth_place: String,
    pub(super) birth: NaiveDate,
    pub(super) sex: Option<Sex>,
    pub(super) marital: &'static str,
    pub(super) occupation: &'static str,
    pub(super) education: &'static str,
    pub(super) height: i64,

    pub(super) street: String,
    pub(super) rt: Option<u32>,
    pub(super) rw: Option<u32>,
    pub(super) neighbourhood: Option<&'static str>,
    pub(super) village: &'static str,
    pub(super) district: String,
    pub(super) town: String,
    pub(super) province: String,
    pub(super) region_code: &'static str,
    pub(super) ktp_issued: Option<NaiveDate>,
    pub(super) kk_printed: Option<NaiveDate>,

    pub(super) father: String,
    pub(super) mother: String,
    pub(super) father_birth: Option<NaiveDate>,
    pub(super) mother_birth: Option<NaiveDate>,
    pub(super) spouse: Option<String>,

    pub(super) phone: Option<String>,
    pub(super) relative_phone: Option<String>,
    pub(super) email: Option<String>,
    pub(super) login: Option<String>,
    pub(super) payer: Option<String>,
    pub(super) payer_account: Option<String>,

    pub(super) country: &'static str,
    pub(super) purpose: Purpose,
    pub(super) text: Option<String>,
    pub(super) stay_address: Option<String>,
    pub(super) stay_days: Option<i64>,
    pub(super) departure: Option<NaiveDate>,

    pub(super) sponsor: Option<Sponsor>,
    pub(super) letter: Option<Letter>,
    pub(super) cpmi: Option<String>,
    pub(super) companion: Option<Helper>,
    pub(super) proxy: Option<Helper>,

    pub(super) documents: Vec<&'static str>,
    pub(super) akta: Option<String>,
    pub(super) ijazah: Option<String>,
    pub(super) ijazah_year: Option<i32>,
    pub(super) buku_nikah: Option<String>,
    pub(super) old: Option<Booklet>,
    pub(super) mrz: Option<(String, String)>,
    pub(super) issued: Option<Booklet>,
    pub(super) officer: Option<u64>,
    pub(super) note: Option<&'static str>,
    pub(super) reason: Option<&'static str>,
    pub(super) decided: Option<NaiveDate>,

    /// Columns that a story relies on: a clerk may write them another way but neither drops nor misspells them.
    pub(super) kept: Vec<&'static str>,
    /// What is true of it; never exported.
    pub(super) marks: Vec<Mark>,
}

impl Application {
    /// Adds a document once.
    pub(super) fn attach(&mut self, document: &'static str) {
        if !self.documents.contains(&document) {
            self.documents.push(document);
        }
    }

    /// Takes a document out.
    pub(super) fn detach(&mut self, document: &str) {
        self.documents.retain(|d| *d != document);
    }

    /// Holds columns against typing slips.
    pub(super) fn keep(&mut self, columns: &[&'static str]) {
        self.kept.extend_from_slice(columns);
    }
}
