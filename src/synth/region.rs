//! Where people live: regions of the reference table, with invented villages, streets and numbers inside them.

use crate::reference::wilayah::{self, Status, Tingkat};

use super::dice::Dice;
use super::numbers::roman;
use super::words::{ALLEYS, ESTATES, STREETS, VILLAGES};

/// A kecamatan.
#[derive(Debug)]
pub(super) struct District {
    /// Six digits.
    pub(super) code: &'static str,
    pub(super) name: String,
}

/// A kabupaten or kota with its districts.
#[derive(Debug)]
pub(super) struct Town {
    /// Four digits.
    pub(super) code: &'static str,
    /// As an identity card has it: `KOTA MEDAN`, `KAB. DELI SERDANG`.
    pub(super) name: String,
    /// The name alone, as a place of birth.
    pub(super) bare: String,
    pub(super) province: String,
    pub(super) districts: Vec<District>,
}

impl Town {
    /// Two digits.
    pub(super) fn province_code(&self) -> &'static str {
        self.code.get(..2).unwrap_or_default()
    }
}

/// The towns around an office.
#[derive(Debug)]
pub(super) struct Regions {
    towns: Vec<Town>,
    /// The office's own town.
    seat: usize,
    /// Towns of the same province.
    near: Vec<usize>,
    /// Retired codes of kabupaten in Papua, still valid in old NIKs, with their names.
    retired: Vec<(&'static str, String)>,
}

impl Regions {
    /// All towns of the reference table, seen from the office in town `seat` (four digits).
    pub(super) fn around(seat: &str) -> Self {
        let mut towns: Vec<Town> = wilayah::kabkota().filter(|w| w.status == Status::Aktif).map(town).collect();
        for district in wilayah::kecamatan().filter(|w| w.status == Status::Aktif) {
            let parent = district.kode.get(..4).unwrap_or_default();
            if let Ok(at) = towns.binary_search_by(|t| t.code.cmp(parent))
                && let Some(town) = towns.get_mut(at)
            {
                town.districts.push(District { code: district.kode, name: district.nama.to_uppercase() });
            }
        }
        towns.retain(|t| !t.districts.is_empty());
        let at = towns.iter().position(|t| t.code == seat).unwrap_or(0);
        let province = seat.get(..2).unwrap_or_default();
        let near = (0..towns.len()).filter(|&i| towns.get(i).is_some_and(|t| t.province_code() == province)).collect();
        Self { towns, seat: at, near, retired: retired() }
    }

    /// The town of a number from [`Self::draw`].
    pub(super) fn town(&self, at: usize) -> &Town {
        #[expect(clippy::indexing_slicing, reason = "numbers come from `draw`, which knows the length")]
        &self.towns[at]
    }

    /// A town to live in: near half of all people in the seat, most others in its province.
    pub(super) fn draw(&self, dice: &mut Dice) -> usize {
        match dice.below(100) {
            0..48 => self.seat,
            48..95 if !self.near.is_empty() => dice.pick(&self.near),
            _ => dice.index(self.towns.len()),
        }
    }

    /// A town elsewhere in the province of the office.
    pub(super) fn draw_near(&self, dice: &mut Dice) -> usize {
        if self.near.is_empty() { self.seat } else { dice.pick(&self.near) }
    }

    /// A retired Papuan code and the name it had.
    pub(super) fn draw_retired(&self, dice: &mut Dice) -> Option<&(&'static str, String)> {
        self.retired.get(dice.index(self.retired.len()))
    }

    /// The office's own town.
    pub(super) fn seat(&self) -> &Town {
        self.town(self.seat)
    }

    /// The number of the office's own town.
    pub(super) fn seat_number(&self) -> usize {
        self.seat
    }

    /// The province of the office, two digits.
    pub(super) fn province(&self) -> &'static str {
        self.seat().province_code()
    }
}

fn town(region: &'static wilayah::Wilayah) -> Town {
    let upper = region.nama.to_uppercase();
    let bare =
        ["KABUPATEN ", "KAB. ", "KOTA ", "ADM. "].iter().fold(upper.as_str(), |n, w| n.strip_prefix(w).unwrap_or(n));
    let bare = bare.to_owned();
    let city = region.kode.as_bytes().get(2).is_some_and(|digit| *digit >= b'7');
    let name = if city { format!("KOTA {bare}") } else { format!("KAB. {bare}") };
    let province = region.kode.get(..2).and_then(wilayah::find).map(|p| p.nama.to_uppercase()).unwrap_or_default();
    Town { code: region.kode, name, bare, province, districts: Vec::new() }
}

fn retired() -> Vec<(&'static str, String)> {
    wilayah::kabkota()
        .filter(|w| w.status == Status::Pensiun && w.tingkat == Tingkat::KabupatenKota)
        .map(|w| (w.kode, town(w).bare))
        .collect()
}

/// A house.
#[derive(Debug, Clone)]
pub(super) struct Home {
    /// Number of the town in [`Regions`].
    pub(super) town: usize,
    /// Number of the district in the town.
    pub(super) district: usize,
    /// Street, number, complex.
    pub(super) street: String,
    pub(super) rt: Option<u32>,
    pub(super) rw: Option<u32>,
    pub(super) neighbourhood: Option<&'static str>,
    pub(super) village: &'static str,
}

/// A house in a town.
pub(super) fn home(dice: &mut Dice, regions: &Regions, town: usize) -> Home {
    let district = dice.index(regions.town(town).districts.len());
    let number = dice.between(1..=260);
    let letter = if dice.chance(130) { dice.pick(&[" A", " B", " C", "A", "B"]) } else { "" };
    let street = match dice.below(100) {
        0..52 => format!("JL. {} NO. {number}{letter}", dice.pick(STREETS)),
        52..72 => format!("JL. {} GG. {} NO. {number}{letter}", dice.pick(STREETS), dice.pick(ALLEYS)),
        72..84 => {
            let block = dice.pick(&["A", "B", "C", "D", "E", "F", "G", "H"]);
            format!("{} {} BLOK {block} NO. {}", dice.pick(ESTATES), dice.pick(STREETS), dice.between(1..=60))
        }
        84..95 => format!("DUSUN {} {} NO. {number}", roman(dice.below(9)), dice.pick(VILLAGES)),
        _ => format!("JL. {} KM {} NO. {number}", dice.pick(STREETS), dice.between(2..=30)),
    };
    let units = dice.chance(640);
    let village = dice.pick(VILLAGES);
    let rt = units.then(|| small(dice, 18));
    let rw = units.then(|| small(dice, 14));
    let neighbourhood = (!units || dice.chance(120)).then(|| roman(dice.below(12)));
    Home { town, district, street, rt, rw, neighbourhood, village }
}

/// The same house as another clerk writes it: same words, other abbreviations.
pub(super) fn rewrite(dice: &mut Dice, street: &str) -> String {
    let road = dice.pick(&["JL. ", "JL ", "JLN ", "JALAN "]);
    let number = dice.pick(&[" NO. ", " NO ", " NO.", " NOMOR "]);
    let alley = dice.pick(&[" GG. ", " GG ", " GANG "]);
    street.replacen("JL. ", road, 1).replacen(" NO. ", number, 1).replacen(" GG. ", alley, 1)
}

fn small(dice: &mut Dice, most: i64) -> u32 {
    u32::try_from(dice.between(1..=most)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::super::dice::Subject;
    use super::*;

    #[test]
    fn most_people_live_in_the_seat_or_its_province() {
        let regions = Regions::around("1271");
        let mut dice = Dice::new(1, Subject::Household, 0);
        let drawn: Vec<usize> = (0..2_000).map(|_| regions.draw(&mut dice)).collect();
        let seat = drawn.iter().filter(|&&t| regions.town(t).code == "1271").count();
        let province = drawn.iter().filter(|&&t| regions.town(t).province_code() == "12").count();
        assert!((850..1_100).contains(&seat) && (1_750..2_000).contains(&province), "{seat} {province}");
        assert_eq!(regions.province(), "12");
        assert_eq!(regions.seat().name, "KOTA MEDAN");
        assert_eq!(regions.seat().province, "SUMATERA UTARA");
        assert!(regions.draw_retired(&mut dice).is_some());
    }

    #[test]
    fn rewriting_an_address_keeps_its_words() {
        let mut dice = Dice::new(1, Subject::Household, 1);
        for _ in 0..20 {
            let other = rewrite(&mut dice, "JL. MAWAR GG. AMAN NO. 12 A");
            let words: Vec<_> = other.split([' ', '.']).filter(|w| !w.is_empty()).collect();
            assert!(words.contains(&"MAWAR") && words.contains(&"AMAN") && words.ends_with(&["12", "A"]), "{other}");
        }
    }
}
