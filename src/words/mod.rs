//! Words for officers: Indonesian unless English is asked for. The one catalogue; codes and ids are never translated.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use crate::calendar;
use crate::expr::Value;
use crate::schema::Type;

/// The language of what officers read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Lang {
    /// Indonesian.
    #[default]
    Id,
    /// English.
    En,
}

macro_rules! words {
    ($($(#[doc = $doc:literal])+ $name:ident: $id:literal / $en:literal;)+) => {
        /// A word or sentence of the interface.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Word { $($(#[doc = $doc])+ $name,)+ }

        impl Word {
            /// Every entry, for laws.
            pub const ALL: &[Word] = &[$(Word::$name,)+];
        }

        impl Lang {
            /// The entry in this language.
            #[must_use]
            pub fn word(self, word: Word) -> &'static str {
                match (self, word) { $((Self::Id, Word::$name) => $id, (Self::En, Word::$name) => $en,)+ }
            }
        }
    };
}

words! {
    /// Points cut because a family has reached its cap.
    FamilyCap: "dibatasi: batas rumpun" / "cut: family cap";
    /// Points cut because context alone may not weigh more.
    ContextCap: "dibatasi: batas konteks" / "cut: context cap";
    /// Points cut because a heavier finding rests on the same applications.
    SameSet: "dibatasi: kelompok permohonan yang sama sudah dihitung" / "cut: the same applications count already";
    /// Between the named other applications and how many more there are.
    AndMore: "dan {n} lainnya" / "and {n} more";
    /// Before other applications that are none.
    NoOthers: "tidak ada permohonan lain" / "no other application";
    /// A mitigation that found less to take back than it offers.
    NothingLeft: "dibatasi: tidak ada lagi yang dapat dikurangi" / "cut: nothing left to take back";
    /// A finding counted without points.
    Shadow: "uji coba, tanpa poin" / "on trial, no points";
    /// The whole score.
    Score: "Skor" / "Score";
    /// An entry of a watchlist that does not count on the date of the application.
    ListExpired: "TIDAK BERLAKU pada tanggal permohonan ({from} s.d. {to})" / "NOT VALID on the date of the application ({from} to {to})";
    /// The last day for which an entry of a watchlist counts.
    ListValidUntil: "berlaku sampai {to}" / "valid until {to}";
    /// A hit that somebody looked into and set aside.
    ListSetAside: "DIKESAMPINGKAN sampai {until} oleh {author}: {reason}" / "SET ASIDE until {until} by {author}: {reason}";
    /// The code by which a hit can be set aside.
    ListPair: "kode pasangan {pair}" / "pair {pair}";
    /// The legal basis of an entry of a watchlist.
    ListBasis: "dasar: {basis}" / "basis: {basis}";
    /// How many entries of a list are like a name.
    MatchFound: "{hits} dari {entries} entri" / "{hits} of {entries} entries";
    /// A word of a name without a partner in the other.
    MatchOver: "tanpa pasangan" / "without a partner";
    /// A date of birth that is not the stated one.
    MatchByNik: "dari NIK" / "from the NIK";
    /// All points of a pair together.
    MatchSum: "jumlah" / "sum";
    /// A name of which only the first words are compared.
    MatchCutOff: "nama terlalu panjang: 8 kata pertama dibandingkan" / "name too long: its first 8 words are compared";
    /// The points that are missing for the next level.
    MatchMissing: "kurang {points} untuk {level}" / "{points} short of {level}";
    /// A name and nothing that confirms it.
    MatchAlone: "hanya nama: tidak ada yang menguatkan" / "a name alone: nothing confirms it";
    /// A name and a year.
    MatchOnlyYear: "hanya tahun lahir yang menguatkan: paling tinggi {level}" / "nothing but a year of birth confirms it: {level} at most";
    /// Names that are not alike enough to be shown without anything that confirms them.
    MatchUnlike: "nama serupa {alike}%, untuk {level} perlu {percent}%" / "names {alike}% alike, {level} takes {percent}%";
    /// A pair that is no hit.
    MatchNone: "bukan temuan" / "no hit";
    /// What led to an entry: an equal number.
    TraceNumber: "jalan: nomor atau nama orang tua sama" / "way: an equal number or name of a parent";
    /// What led to an entry: dates of birth.
    TraceBirth: "jalan: {evidence}" / "way: {evidence}";
    /// What led to an entry: the name.
    TraceName: "jalan: kata-kata nama" / "way: the words of the name";
    /// Nothing led to an entry.
    TraceNoWay: "tidak dicari: tidak ada nomor, nama orang tua atau tanggal lahir yang cocok" / "not looked at: no number, no name of a parent and no date of birth agrees";
    /// The bound of the words of a name dropped a pair.
    TraceWords: "disisihkan oleh batas kata: nama bernilai paling banyak {most}, perlu {needed}" / "dropped by the bound of words: the name is worth {most} at most, {needed} is needed";
    /// The bound of everything else dropped a pair.
    TraceRest: "disisihkan oleh batas bukti: semuanya bernilai paling banyak {most}, perlu {needed}" / "dropped by the bound of evidence: everything is worth {most} at most, {needed} is needed";
    /// Too few words can have a partner.
    TraceUnlike: "disisihkan oleh batas kemiripan: kata yang dapat berpasangan tidak cukup untuk serupa {percent}%" / "dropped by the bound of likeness: the words that can have a partner do not make names {percent}% alike";
    /// A pair that no bound dropped.
    TraceWhole: "tidak disisihkan oleh batas: dibandingkan utuh" / "dropped by no bound: compared whole";
    /// What the list is called.
    ListTitle: "Daftar rujukan untuk pendalaman wawancara" / "Referral list for deeper interviews";
    /// The sheet with the list.
    SheetList: "Rujukan" / "Referrals";
    /// The sheet with every finding.
    SheetFindings: "Temuan" / "Findings";
    /// The sheet with linked applications.
    SheetLinks: "Kelompok" / "Groups";
    /// The sheet that explains the list.
    SheetReading: "Cara membaca" / "How to read";
    /// On every printed page.
    Confidential: "RAHASIA" / "CONFIDENTIAL";
    /// Place on the list.
    Rank: "No." / "No.";
    /// How soon.
    Band: "Urutan" / "Order";
    /// Listed whatever the capacity.
    BandMandatory: "wajib" / "mandatory";
    /// The upper half of what capacity allows.
    BandFirst: "pertama" / "first";
    /// The lower half.
    BandSecond: "kedua" / "second";
    /// Whose application it is.
    Applicant: "Pemohon" / "Applicant";
    /// The applicant's number.
    IdentityNumber: "NIK" / "NIK";
    /// The applicant's date of birth.
    BirthDate: "Tanggal lahir" / "Date of birth";
    /// The applicant's phone.
    Phone: "Telepon" / "Phone";
    /// Where and when.
    Service: "Pelayanan" / "Service";
    /// What is applied for.
    Application: "Permohonan" / "Application";
    /// Why and where to.
    Journey: "Perjalanan" / "Journey";
    /// Why an application is listed.
    Reason: "Alasan" / "Reason";
    /// What to ask.
    Question: "Pertanyaan" / "Question";
    /// A rule's id.
    Rule: "Aturan" / "Rule";
    /// A rule's title.
    RuleTitle: "Indikasi" / "Indication";
    /// Honest cases a rule may hit.
    HonestCases: "Kemungkinan wajar" / "Honest explanations";
    /// Legal basis or source.
    Basis: "Dasar" / "Basis";
    /// What the officer decided.
    Decision: "Keputusan" / "Decision";
    /// Why.
    DecisionReason: "Alasan keputusan" / "Decision reason";
    /// Who decided.
    Officer: "Petugas" / "Officer";
    /// The officer's own words.
    Remarks: "Catatan" / "Remarks";
    /// When another word is typed than the list offers.
    ChooseFromList: "Pilih salah satu dari daftar." / "Choose one of the list.";
    /// What became of the records.
    Account: "{read} baris dibaca, {applications} permohonan, {quarantined} disisihkan; {listed} dalam daftar ini." / "{read} records read, {applications} applications, {quarantined} set aside; {listed} on this list.";
    /// How to read the list, first: what it is not.
    ReadingNoVerdict: "Daftar ini menyarankan wawancara yang lebih dalam. Ia bukan bukti dan bukan keputusan; petugas yang memutuskan setelah bertanya." / "This list suggests a deeper interview. It is neither proof nor decision; an officer decides after asking.";
    /// What the order means.
    ReadingOrder: "Baris \"wajib\" selalu didahulukan. Selebihnya diurutkan menurut beban kerja hari ini; urutan bukan peluang bersalah." / "Mandatory lines come first. The rest is ordered for today's workload; the order is no probability.";
    /// What to do with a reason.
    ReadingReasons: "Setiap alasan menunjukkan nilai yang dapat diperiksa pada berkas. Lembar Temuan memuat kemungkinan yang wajar: periksa itu lebih dahulu." / "Every reason shows values that can be checked in the file. The sheet Findings has the honest explanations: check those first.";
    /// Some lines are there for control.
    ReadingControl: "Sebagian permohonan masuk daftar melalui undian agar mutu penyaringan dapat diukur. Perlakukan semua baris sama." / "Some applications are on the list by lot, so that the quality of screening can be measured. Treat all lines alike.";
    /// What never counts.
    ReadingEqual: "Jenis kelamin, agama, suku, dan daerah asal tidak pernah menambah nilai." / "Sex, religion, ethnicity and region of origin never count.";
    /// What the follow-up is.
    ReadingAgain: "Lembar Susulan memuat permohonan sebelumnya yang belum diputus dan baru tampak karena permohonan malam ini. Lembar Kelompok dan laporan.html menunjukkan siapa berbagi apa dengan siapa." / "The sheet Follow-up has earlier undecided applications that show only through tonight's. The sheet Groups and laporan.html show who shares what with whom.";
    /// Where to write.
    ReadingDecision: "Isi Keputusan, Alasan keputusan, Petugas, dan Catatan. Kolom lain terkunci." / "Fill in decision, decision reason, officer and remarks. The other columns are locked.";
    /// Yes.
    Yes: "ya" / "yes";
    /// No.
    No: "tidak" / "no";
    /// A list that was looked at and has nothing in it.
    Empty: "kosong" / "empty";
    /// A value that is not there.
    Missing: "tidak ada" / "none";
    /// The list of applications of before that tonight's links put over the line.
    SheetAgain: "Susulan" / "Follow-up";
    /// What changed since an application of before was judged.
    ChangedSince: "Berubah sejak" / "Changed since";
    /// When it was judged, and that it was not listed then.
    SinceUnlisted: "Dinilai {date}, tidak masuk daftar" / "Judged on {date}, not listed";
    /// When it was listed.
    SinceListed: "Masuk daftar {date}" / "Listed on {date}";
    /// Its points then and now.
    PointsThenNow: "nilai {before} menjadi {now}" / "points {before}, now {now}";
    /// Rules that did not fire then.
    NewlyFiring: "indikasi baru: {rules}" / "new indications: {rules}";
    /// Rules that fired then and weigh more now.
    NowHeavier: "kini lebih berat: {rules}" / "now heavier: {rules}";
    /// The applications that came since and made it so.
    BecauseOf: "karena permohonan yang datang kemudian: {numbers}" / "because of applications that came since: {numbers}";
    /// How many applications of before are listed again.
    AccountAgain: "{listed} permohonan sebelumnya perlu dilihat lagi; lihat lembar Susulan." / "{listed} earlier applications should be looked at again; see the sheet Follow-up.";
    /// Number of a group.
    Group: "Kelompok" / "Group";
    /// The day an application was filed.
    Filed: "Diajukan" / "Filed";
    /// What an application is to a group.
    Role: "Peran" / "Role";
    /// An application of tonight.
    RoleTonight: "malam ini" / "tonight";
    /// An open application of before.
    RoleAgain: "sebelumnya, terbuka" / "of before, open";
    /// An application of history.
    RolePast: "riwayat" / "history";
    /// The stage an application has reached.
    Stage: "Status" / "Status";
    /// The place on a list.
    Listed: "Daftar" / "List";
    /// A place on tonight's list.
    PlaceTonight: "rujukan no. {rank}" / "referral no. {rank}";
    /// A place on the list of those looked at again.
    PlaceAgain: "susulan no. {rank}" / "follow-up no. {rank}";
    /// What the key of a group is.
    SharedKey: "Yang sama" / "What they share";
    /// Its value.
    SharedValue: "Isinya" / "Its value";
    /// The rules that rest on a group.
    Rules: "Aturan" / "Rules";
    /// What the page of groups is called.
    DossierTitle: "Dosir kelompok di balik rujukan" / "Dossier of the groups behind the referrals";
    /// What the page is, and what it is not.
    DossierLead: "Halaman ini menunjukkan siapa berbagi apa dengan siapa di balik daftar rujukan. Ia bukan bukti dan bukan keputusan: keluarga, rombongan umrah, sekolah, dan asrama juga berbagi nomor dan alamat." / "This page shows who shares what with whom behind the referral list. It is neither proof nor decision: families, umrah groups, schools and dormitories share numbers and addresses too.";
    /// Above the explanation of shapes.
    Legend: "Cara membaca gambar" / "How to read the pictures";
    /// A filled shape.
    LegendListed: "terisi: masuk daftar" / "filled: listed";
    /// A hollow shape.
    LegendUnlisted: "kosong: tidak masuk daftar" / "hollow: not listed";
    /// A box.
    LegendKey: "kotak tumpul: yang dipakai bersama" / "rounded box: what they share";
    /// A line.
    LegendLine: "garis: permohonan memakai nilai itu" / "line: the application has that value";
    /// How large a group is.
    GroupSize: "{members} permohonan, {listed} di antaranya masuk daftar, {keys} hal yang sama" / "{members} applications, {listed} of them listed, {keys} things in common";
    /// Which days the applications of a group were filed on.
    GroupSpan: "diajukan {first} sampai {last}" / "filed from {first} to {last}";
    /// What the picture leaves out.
    NotDrawn: "Gambar memuat {drawn} dari {members} permohonan dan {keys} dari {all} hal yang sama; tabel memuat semuanya." / "The picture has {drawn} of {members} applications and {keys} of {all} things in common; the table has all.";
    /// No group at all.
    NoGroups: "Tidak ada kelompok di balik daftar malam ini." / "There is no group behind tonight's lists.";
    /// Groups that the page leaves out.
    MoreGroups: "{more} kelompok lain yang lebih kecil ada pada kelompok.csv dan lembar Kelompok." / "{more} smaller groups are in kelompok.csv and the sheet Groups.";
    /// How many of a group have a value.
    HowMany: "Permohonan" / "Applications";
    /// The picture, for those who cannot see it.
    PictureOf: "Gambar kelompok {number}: permohonan di kiri dan kanan, yang dipakai bersama di tengah" / "Picture of group {number}: applications left and right, what they share between them";
    /// A reason given for a page whose values are masked.
    MaskedHere: "Nama dan nomor disamarkan; isi lengkap ada pada rujukan.xlsx." / "Names and numbers are masked; rujukan.xlsx has them in full.";
    /// A place that is not known.
    UnknownPlace: "tidak diketahui" / "not known";
    /// Which nights a recap is of.
    RecapSpan: "Rekapitulasi indikasi, {nights} malam, {from} sampai {to}" / "Recap of indications, {nights} nights, {from} to {to}";
    /// The sum of a recap.
    RecapAll: "semua" / "all";
    /// What is counted and what is hidden.
    RecapNote: "Dihitung sekali: satu orang untuk satu modus, pada bulan pertama. * disembunyikan: di bawah {least}, atau supaya selisih tidak membukanya. Jangan bandingkan dengan rekapitulasi lain yang rinciannya berbeda." / "Counted once: a person for a modus, in the first month. * hidden: under {least}, or so that no difference gives it back. Do not compare with another recap broken down otherwise.";
    /// Reason given for an application drawn for control: it must not tell that it was drawn.
    GeneralReason: "Pendalaman umum: pastikan tujuan, biaya, dan siapa yang mengajak" / "General interview: confirm purpose, costs and who invited";
    /// Question that goes with it.
    GeneralQuestion: "Apa tujuan perjalanan, siapa yang membiayai, dan siapa yang menunggu di sana?" / "What is the purpose of the journey, who pays, and who is waiting there?";
    /// What the handbook is called.
    HandbookTitle: "Buku aturan" / "Handbook of rules";
    /// What the handbook is for.
    HandbookPurpose: "Setiap aturan menunjuk hal yang patut ditanyakan. Ia bukan bukti dan bukan keputusan; periksa dulu kemungkinan yang wajar, lalu tanyakan." / "Every rule points to something worth asking. It is neither proof nor decision; look at the honest explanations first, then ask.";
    /// Before the counts of rules.
    HandbookCounts: "{rules} aturan dalam {families} rumpun" / "{rules} rules in {families} families";
    /// The search field of the handbook.
    HandbookSearch: "Cari aturan, kata, kolom" / "Search rules, words, columns";
    /// The table of contents.
    HandbookContents: "Isi" / "Contents";
    /// What a finding of class A is.
    ClassA: "A: ketidakcocokan nyata" / "A: hard inconsistency";
    /// What a finding of class B is.
    ClassB: "B: pola atau jaringan" / "B: pattern or network";
    /// What a finding of class C is.
    ClassC: "C: keterangan sekeliling, tidak merujuk sendirian" / "C: context, never refers alone";
    /// What a finding of class Q is.
    ClassQ: "Q: mutu data, untuk operator" / "Q: data quality, for the operator";
    /// What a finding of class M is.
    ClassM: "M: keringanan" / "M: mitigation";
    /// A rule that counts.
    StatusActive: "berlaku" / "active";
    /// A rule that is switched off.
    StatusOff: "dimatikan" / "off";
    /// Points of a rule.
    Points: "poin" / "points";
    /// What a rule means.
    Meaning: "Apa artinya" / "What it means";
    /// When a rule fires.
    FiresWhen: "Menyala bila semua ini benar" / "Fires when all of these hold";
    /// When it does not.
    FiresUnless: "Kecuali salah satu ini benar" / "Unless one of these holds";
    /// Points and reasons of a rule.
    Outcomes: "Poin dan alasan (yang pertama cocok)" / "Points and reasons (the first that fits)";
    /// The outcome of all that is left.
    Otherwise: "selain itu" / "otherwise";
    /// Values that an office may set.
    Tunable: "Angka yang dapat disetel" / "Values an office may set";
    /// Bounds of such a value.
    Bounds: "batas" / "bounds";
    /// Columns a rule looks at.
    ColumnsUsed: "Yang dilihat" / "What it looks at";
    /// Cases of a rule.
    Examples: "Contoh" / "Examples";
    /// For which dates a rule holds.
    InForce: "Berlaku bagi permohonan" / "In force for applications";
    /// Before the first day.
    FromDay: "sejak {date}" / "from {date}";
    /// Before the last day.
    UntilDay: "sampai {date}" / "until {date}";
    /// What a mitigation reaches.
    TakesBackFrom: "Mengurangi" / "Takes back from";
    /// Groups, networks and watchlists.
    GroupsTitle: "Kelompok, jaringan, dan daftar pantau" / "Groups, networks and watchlists";
    /// What the entries of a watchlist are.
    ListOf: "daftar" / "list of";
    /// Entries that are people.
    ListPeople: "orang, dibandingkan menurut nama, kelahiran, nomor, dan orang tua" / "people, compared by name, birth, numbers and parents";
    /// Entries that are contacts.
    ListContacts: "telepon, email, dan alamat, dibandingkan persis" / "phones, email addresses and houses, compared exactly";
    /// Entries that are documents.
    ListDocuments: "nomor dokumen, dibandingkan persis" / "numbers of documents, compared exactly";
    /// Entries that are institutions.
    ListInstitutions: "lembaga dengan izin dan status, dibandingkan menurut nomor dan nama" / "institutions with licence and status, compared by number and name";
    /// Entries that are values of columns.
    ListKeys: "nilai, dibandingkan persis" / "values, compared exactly";
    /// Whom a watchlist is compared with.
    ListRoles: "dibandingkan dengan" / "compared with";
    /// The file of a watchlist.
    ListFile: "berkas" / "file";
    /// Days after which a watchlist is too old.
    ListMaxAge: "paling lama {n} hari" / "at most {n} days old";
    /// The first day of a group's window.
    FirstDay: "Sejak" / "From";
    /// Its last.
    LastDay: "Sampai" / "To";
    /// The window of a group.
    WindowOf: "dalam {span}" / "within {span}";
    /// Which rows count in a group.
    Counting: "yang dihitung" / "counting";
    /// Measures of a group.
    Measures: "ukuran" / "measures";
    /// Lists of values.
    ListsTitle: "Daftar nilai" / "Lists of values";
    /// The application an example starts from.
    StartsFrom: "Dasar" / "Base";
    /// The base applications of examples.
    BasesTitle: "Permohonan dasar contoh" / "Base applications of examples";
    /// One application of an example.
    OneApplication: "satu permohonan" / "one application";
    /// Several applications of an example.
    SeveralApplications: "{n} permohonan" / "{n} applications";
    /// A value that differs from application to application.
    Different: "berbeda-beda" / "each different";
    /// A value that is not there.
    Without: "tanpa" / "without";
    /// An application later than the first.
    Later: "{span} kemudian" / "{span} later";
    /// An application earlier than the first.
    Earlier: "{span} sebelumnya" / "{span} earlier";
    /// A date after the application.
    AfterApplication: "{span} sesudah permohonan" / "{span} after the application";
    /// A date before the application.
    BeforeApplication: "{span} sebelum permohonan" / "{span} before the application";
    /// Days, hours, minutes, seconds.
    Units: "hari jam menit detik" / "days hours minutes seconds";
    /// Nothing differs from the base application.
    Unchanged: "tanpa perubahan" / "nothing changed";
    /// A rule that fires in every application of an example.
    FiresAll: "menyala" / "fires";
    /// A rule that fires in none.
    FiresNone: "diam" / "quiet";
    /// A rule that fires in some.
    FiresIn: "menyala pada permohonan ke-{rows}" / "fires in application {rows}";
    /// A rule that cannot be judged.
    NotJudged: "tidak dapat dinilai" / "cannot be judged";
    /// A part of the reason.
    ReasonSays: "alasan memuat “{part}”" / "the reason says “{part}”";
    /// The other applications in a reason.
    OtherApplications: "permohonan lain" / "other applications";
    /// Nothing was found.
    NothingFound: "Tidak ada yang cocok." / "Nothing matches.";
}

impl Word {
    /// How to read the list, sentence by sentence.
    pub const READING: &[Self] = &[
        Self::ReadingNoVerdict,
        Self::ReadingOrder,
        Self::ReadingReasons,
        Self::ReadingControl,
        Self::ReadingEqual,
        Self::ReadingAgain,
        Self::ReadingDecision,
    ];
}

const MONTHS_ID: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Lang {
    /// The language of a code (`id`, `en`).
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        match code {
            "id" => Some(Self::Id),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The code of the language.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::En => "en",
        }
    }

    /// `3 November 2025`.
    #[must_use]
    pub fn date(self, date: NaiveDate) -> String {
        let months = match self {
            Self::Id => &MONTHS_ID,
            Self::En => &MONTHS_EN,
        };
        let month = months.get(date.month0() as usize).copied().unwrap_or_default();
        format!("{} {month} {}", date.day(), date.year())
    }

    /// `3 November 2025 06.05` (English with a colon).
    #[must_use]
    pub fn time(self, time: NaiveDateTime) -> String {
        let clock = match self {
            Self::Id => time.format("%H.%M"),
            Self::En => time.format("%H:%M"),
        };
        format!("{} {clock}", self.date(time.date()))
    }

    /// `1.234.567` (English with commas). Four digits stay together: most of them are years.
    #[must_use]
    pub fn number(self, n: i64) -> String {
        let separator = match self {
            Self::Id => '.',
            Self::En => ',',
        };
        let digits = n.unsigned_abs().to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 + 1);
        if n < 0 {
            grouped.push('-');
        }
        for (ix, digit) in digits.chars().enumerate() {
            if ix > 0 && digits.len() > 4 && (digits.len() - ix).is_multiple_of(3) {
                grouped.push(separator);
            }
            grouped.push(digit);
        }
        grouped
    }

    /// A value of a column as an officer reads it: codes by their label, dates in words.
    #[must_use]
    pub fn value(self, value: &Value, ty: Type) -> String {
        match value {
            Value::Null => self.word(Word::Missing).to_owned(),
            Value::Bool(b) => self.word(if *b { Word::Yes } else { Word::No }).to_owned(),
            Value::Int(n) => self.number(*n),
            Value::Date(days) => calendar::date(*days).map_or_else(String::new, |d| self.date(d)),
            Value::Time(millis) => calendar::time(*millis).map_or_else(String::new, |t| self.time(t)),
            Value::Text(text) => match ty {
                Type::Code(_) => self.label(text, ty),
                Type::List(_) | Type::Texts if text.is_empty() => self.word(Word::Empty).to_owned(),
                Type::List(_) | Type::Texts => {
                    text.split(';').map(|item| self.label(item, ty)).collect::<Vec<_>>().join(", ")
                }
                Type::Text | Type::Int | Type::Date | Type::Time | Type::Bool => text.clone(),
            },
        }
    }

    /// The label of a code, or the code itself where the list does not know it.
    fn label(self, code: &str, ty: Type) -> String {
        let entry = ty.codes().and_then(|table| table.get(code));
        match (entry, self) {
            (Some(entry), Self::Id) => entry.label_id.to_owned(),
            (Some(entry), Self::En) => entry.label_en.to_owned(),
            (None, _) => code.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::tables;

    #[test]
    fn values_read_as_an_officer_writes_them() {
        let day = Value::Date(calendar::days(NaiveDate::from_ymd_opt(2025, 11, 3).unwrap()));
        assert_eq!(Lang::Id.value(&day, Type::Date), "3 November 2025");
        assert_eq!(Lang::Id.number(-1_234_567), "-1.234.567");
        assert_eq!((Lang::En.number(2_026), Lang::En.number(10_000)), ("2026".to_owned(), "10,000".to_owned()));
        let code = Value::Text("kunjungan_keluarga".to_owned());
        assert_eq!(Lang::Id.value(&code, Type::Code(tables::MAKSUD_PERJALANAN)), "Kunjungan keluarga");
        let list = Value::Text("kk;ktp".to_owned());
        assert_eq!(Lang::En.value(&list, Type::List(tables::DOKUMEN)), "family card, identity card");
        assert_eq!(Lang::Id.value(&Value::Null, Type::Int), "tidak ada");
    }
}
