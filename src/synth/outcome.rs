//! What became of an application by tonight: still open, issued, refused, postponed, and why.
//!
//! Shares follow what offices report: about one in a hundred is refused, most of them for duplicate identities or
//! incomplete files; a few honest people are wrongly taken for non-procedural workers.

use chrono::NaiveDate;

use super::application::Application;
use super::days::{between, is_workday, plus};
use super::dice::{Dice, Subject};
use super::papers;
use super::world::World;

/// How an application ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Issued,
    /// Refused for a reason.
    Refused(&'static str),
    /// Put off for a reason.
    Postponed(&'static str),
    /// Not completed in time or stopped by the system.
    Cancelled(&'static str),
    Withdrawn,
}

/// How an honest application ends.
pub(super) fn honest(seed: u64, body: u64, round: u64) -> Ending {
    let mut dice = Dice::new(seed, Subject::Outcome, 4 * body + round);
    dice.weighted(&[
        (Ending::Issued, 98_160),
        (Ending::Refused("duplikasi"), 300),
        (Ending::Cancelled("berkas_tidak_lengkap"), 640),
        (Ending::Cancelled("salah_jenis_permohonan"), 150),
        (Ending::Cancelled("salah_jenis_paspor"), 50),
        (Ending::Refused("keterangan_tidak_benar"), 90),
        (Ending::Refused("pmi_np"), 90),
        (Ending::Postponed("pmi_np"), 90),
        (Ending::Postponed("berkas_tidak_lengkap"), 110),
        (Ending::Postponed("lain"), 40),
        (Ending::Refused("lain"), 80),
        (Ending::Withdrawn, 200),
    ])
}

/// Writes the ending into an application, as far as it has come by tonight.
pub(super) fn settle(world: &World, app: &mut Application, ending: Ending, body: u64, generation: u64) {
    let mut dice = Dice::new(world.seed, Subject::Progress, app.number);
    let waited = between(app.date, world.as_of);
    let decided = decided_on(world, body, generation, app.date, ending);
    app.officer = (waited > 0).then(|| 1 + dice.below(24));
    if decided > world.as_of {
        app.status = open(&mut dice, waited, ending);
        return;
    }
    app.decided = Some(decided);
    app.note = dice.chance(140).then(|| dice.pick(NOTES));
    match ending {
        Ending::Issued => {
            let issued = papers::issue(world, app, body, generation + 1, decided);
            let handed_over = between(decided, world.as_of) > dice.between(1..=25);
            app.status = if handed_over { "diserahkan" } else { "terbit" };
            app.issued = Some(issued);
        }
        Ending::Refused(reason) => (app.status, app.reason) = ("ditolak", Some(reason)),
        Ending::Postponed(reason) => (app.status, app.reason) = ("ditangguhkan", Some(reason)),
        Ending::Cancelled(reason) => (app.status, app.reason) = ("dibatalkan", Some(reason)),
        Ending::Withdrawn => app.status = "ditarik",
    }
}

/// The working day of the decision on what a body filed on a day.
pub(super) fn decided_on(world: &World, body: u64, generation: u64, from: NaiveDate, ending: Ending) -> NaiveDate {
    let mut dice = Dice::new(world.seed, Subject::Decision, 4 * body + generation);
    let days = match ending {
        Ending::Issued => dice.between(3..=6),
        Ending::Refused(_) | Ending::Postponed(_) => dice.between(1..=9),
        Ending::Cancelled(_) => dice.between(14..=30),
        Ending::Withdrawn => dice.between(1..=20),
    };
    let mut day = plus(from, days);
    while !is_workday(day) {
        day = plus(day, 1);
    }
    day
}

fn open(dice: &mut Dice, waited: i64, ending: Ending) -> &'static str {
    match (waited, ending) {
        (0, _) => dice.weighted(&[("baru_masuk", 620), ("wawancara", 380)]),
        (_, Ending::Cancelled("berkas_tidak_lengkap")) => "menunggu_berkas",
        (1..=2, _) => "wawancara",
        _ => "adjudikasi",
    }
}

const NOTES: &[&str] = &[
    "TUJUAN JELAS",
    "DIDAMPINGI KELUARGA",
    "BERKAS ASLI SUDAH DILIHAT",
    "JAWABAN SINGKAT",
    "PERNAH KE LUAR NEGERI",
    "TIKET BELUM ADA",
    "PERLU PENDALAMAN",
    "HOTEL BELUM DIPESAN",
    "KETERANGAN SESUAI",
    "AKAN DILENGKAPI",
];
