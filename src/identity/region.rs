//! Comparing region codes of different years.
//!
//! A NIK keeps the region of its first day, a family card that of its issue, an address that of today. Before two are
//! compared, a retired code is replaced by its successor, so that the split of a regency is nobody's contradiction.

use crate::reference::wilayah::{self, Status};

/// The regency or city of today (four digits) for a code of four or six digits. `None` where no table knows it, or it
/// was retired without a known successor: then nothing can be compared.
#[must_use]
pub fn regency_today(code: &str) -> Option<&'static str> {
    let district = if code.len() == 6 { wilayah::find(code) } else { None };
    let regency = || code.get(..4).and_then(wilayah::find);
    district.and_then(today).or_else(|| regency().and_then(today)).and_then(|code| code.get(..4))
}

fn today(region: &'static wilayah::Wilayah) -> Option<&'static str> {
    match region.status {
        Status::Aktif => Some(region.kode),
        Status::Pensiun => region.penerus,
    }
}

/// Whether two codes name different regencies; `None` where one of them is not known.
#[must_use]
pub fn differ(a: &str, b: &str) -> Option<bool> {
    Some(regency_today(a)? != regency_today(b)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retired_codes_are_those_of_today() {
        // Merauke was 91.01 until the province Papua Selatan (93) came to be.
        assert_eq!(regency_today("9101"), Some("9301"));
        assert_eq!(regency_today("910101"), regency_today("9301"));
        assert_eq!(regency_today("127106"), Some("1271"));
        assert_eq!(regency_today("127199"), Some("1271"));
        assert_eq!(differ("9101", "9301"), Some(false));
        assert_eq!(differ("1271", "1207"), Some(true));
        for unknown in ["", "12", "5401", "0000", "12é", "1268"] {
            assert_eq!((regency_today(unknown), differ(unknown, "1271")), (None, None), "{unknown}");
        }
    }
}
