//! Watchlists: what a list says about the people, contacts, documents and institutions of an application, as columns.
//!
//! A list is compared with one or several people of an application ([`Role`]); those of the applicant stand under the
//! list's name (`soi.level`), those of others under the role (`soi.penjamin.level`). The entry that says most and counts on
//! the date of the application speaks. One that does not count then, or that somebody set aside, gives no points and says
//! why. A list that the office does not have leaves its columns without value and known as absent, so that rules over it
//! cannot be judged; it never looks like a list on which nobody stands.

mod catalogue;
mod exact;
mod grade;
mod institutions;
mod loaded;
mod people;
mod source;
mod tell;

pub use catalogue::{ADA_PADA_DAFTAR, BANDING_LAHIR, BANDING_NOMOR, TINGKAT_PANTAU, columns};
pub use loaded::{Lists, Loaded, Search};
pub use people::{of_entry as people_of_entry, settings};
pub use source::WatchlistSource;

use crate::lists::{ListSpec, Role};

/// The columns that say how surely an entry of a list speaks of each role.
#[must_use]
pub fn levels(spec: &ListSpec) -> Vec<(Role, String)> {
    spec.roles.iter().map(|role| (*role, format!("{}.level", prefix(&spec.name, *role)))).collect()
}

/// The beginning of the columns of a role.
fn prefix(list: &str, role: Role) -> String {
    match role {
        Role::Pemohon => list.to_owned(),
        other => format!("{list}.{}", other.name()),
    }
}
