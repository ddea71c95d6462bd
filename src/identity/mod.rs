//! Numbers and contacts as people write them: NIK, family card, passport, machine readable zone, phone, email,
//! address.
//!
//! Each file reads one kind of value and lists its faults; none says what a fault is worth, that is a rule's
//! decision. Reading is pure, never panics and never guesses: what cannot be known is absent. Faults are closed lists
//! with labels, declared beside the reader that finds them. Facts come from Indonesian regulation and ICAO Doc 9303
//! and are cited where used.

pub mod alamat;
pub mod email;
pub mod kk;
pub mod lahir;
pub mod mrz;
pub mod nik;
pub mod nomor;
pub mod npwp;
pub mod passport;
pub mod region;
pub mod sixteen;
pub mod telepon;

/// Sex as a number or a form states it; compared for consistency only, never scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kelamin {
    /// Male.
    L,
    /// Female.
    P,
}

impl Kelamin {
    /// The code of `jenis_kelamin`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::L => "L",
            Self::P => "P",
        }
    }

    /// The sex of a code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        [Self::L, Self::P].into_iter().find(|k| k.code() == code)
    }
}
