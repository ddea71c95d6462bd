//! Writing the machine readable zone of a passport: TD3, two lines of 44 characters, ICAO Doc 9303 part 4.

use chrono::{Datelike, NaiveDate};

use super::person::Sex;

/// What the zone says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Zone<'a> {
    pub(super) name: &'a str,
    pub(super) number: &'a str,
    pub(super) birth: NaiveDate,
    pub(super) sex: Sex,
    pub(super) expiry: NaiveDate,
}

/// Both lines. The last word of the name is the primary identifier; a single word is primary alone.
pub(super) fn lines(zone: &Zone<'_>) -> (String, String) {
    (first(zone.name), second(zone))
}

fn first(name: &str) -> String {
    let clean: String = name.chars().map(|c| if c.is_ascii_uppercase() { c } else { ' ' }).collect();
    let words: Vec<&str> = clean.split_whitespace().collect();
    let line = match words.split_last() {
        Some((last, [])) => format!("P<IDN{last}"),
        Some((last, before)) => format!("P<IDN{last}<<{}", before.join("<")),
        None => "P<IDN".to_owned(),
    };
    let line: String = line.chars().take(44).collect();
    format!("{line:<<44}")
}

fn second(zone: &Zone<'_>) -> String {
    let number = format!("{:<<9}", zone.number);
    let sex = if zone.sex == Sex::Male { 'M' } else { 'F' };
    let (birth, expiry) = (compact(zone.birth), compact(zone.expiry));
    let personal = "<".repeat(14);
    let document = format!("{number}{}", check(&number));
    let born = format!("{birth}{}", check(&birth));
    let rest = format!("{expiry}{}{personal}{}", check(&expiry), check(&personal));
    let whole = check(&format!("{document}{born}{rest}"));
    format!("{document}IDN{born}{sex}{rest}{whole}")
}

fn compact(date: NaiveDate) -> String {
    format!("{:02}{:02}{:02}", date.year() % 100, date.month(), date.day())
}

/// The check digit: weights 7, 3, 1; digits count themselves, letters from A = 10, the filler 0; modulo 10.
pub(super) fn check(text: &str) -> u32 {
    let value = |c: char| c.to_digit(36).unwrap_or(0);
    text.chars().zip([7, 3, 1].into_iter().cycle()).map(|(c, weight)| value(c) * weight).sum::<u32>() % 10
}

/// The second line with one digit of the document number misread, so that its check digit fails.
pub(super) fn misread(line: &str) -> String {
    let wrong = |c: char| match c.to_digit(10) {
        Some(digit) => char::from_digit((digit + 3) % 10, 10).unwrap_or('0'),
        None => '0',
    };
    line.char_indices().map(|(at, c)| if at == 4 { wrong(c) } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    /// The specimen of ICAO Doc 9303 part 4: each of its digits.
    #[test]
    fn check_digits_are_those_of_the_specimen() {
        assert_eq!(check("L898902C3"), 6);
        assert_eq!(check("740812"), 2);
        assert_eq!(check("120415"), 9);
        assert_eq!(check("ZE184226B<<<<<"), 1);
        assert_eq!(check("L898902C3674081221204159ZE184226B<<<<<1"), 0);
    }

    #[test]
    fn a_whole_zone_comes_out_as_worked_out_by_hand() {
        let zone = Zone {
            name: "SITI AMINAH HASIBUAN",
            number: "C1234567",
            birth: date(2003, 8, 17),
            sex: Sex::Female,
            expiry: date(2035, 5, 20),
        };
        let (first, second) = lines(&zone);
        assert_eq!(first, "P<IDNHASIBUAN<<SITI<AMINAH<<<<<<<<<<<<<<<<<<");
        assert_eq!(second, "C1234567<0IDN0308175F3505207<<<<<<<<<<<<<<06");
        assert_eq!(lines(&Zone { name: "SUKARDI", ..zone }).0, format!("P<IDNSUKARDI{}", "<".repeat(32)));
        assert_ne!(check(&misread(&second)[..9]), 0);
        assert_eq!(misread(&second).len(), 44);
    }
}
