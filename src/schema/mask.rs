//! How a value is shown where its full form is not needed: on screens, in logs, in dossiers.

/// The way a value is masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mask {
    /// Shown as it is.
    Open,
    /// The first four and the last four of sixteen digits stay; shorter numbers keep their last two.
    Number,
    /// Initials: `SITI AMINAH` becomes `S•••• A•••••`.
    Name,
    /// Country code and last three digits stay.
    Phone,
    /// First letter and domain stay.
    Email,
    /// The year of a date stays: beside a masked NIK the whole birth date would give most of its hidden digits away.
    Year,
    /// Nothing but the length class stays.
    Whole,
    /// A sentence of ours: what stands between `«` and `»` is somebody's and is masked by its look, the rest stays.
    Quoted,
}

const DOT: char = '•';

impl Mask {
    /// Whether a value of a type made from a value so masked has to be masked the same way: a text holds what it was made of,
    /// a date is a date of birth still; a number or a yes or no says little of either.
    #[must_use]
    pub fn hides(self, ty: super::Type) -> bool {
        match self {
            Self::Open => false,
            Self::Year => ty.is_textual() || ty == super::Type::Date,
            Self::Number | Self::Name | Self::Phone | Self::Email | Self::Whole | Self::Quoted => ty.is_textual(),
        }
    }

    /// The masked form of a value.
    #[must_use]
    pub fn apply(self, value: &str) -> String {
        match self {
            Self::Open => value.to_owned(),
            Self::Number => keep_ends(value, 4, 4),
            Self::Phone => keep_ends(value, if value.starts_with('+') { 3 } else { 2 }, 3),
            Self::Name => value
                .split_whitespace()
                .map(|word| {
                    let mut chars = word.chars();
                    chars.next().into_iter().chain(chars.map(|_| DOT)).collect::<String>()
                })
                .collect::<Vec<_>>()
                .join(" "),
            Self::Email => match value.split_once('@') {
                Some((local, domain)) => {
                    let first: String = local.chars().take(1).collect();
                    format!("{first}{}@{domain}", DOT.to_string().repeat(3))
                }
                None => Self::Whole.apply(value),
            },
            Self::Year => {
                let mut runs = value.split(|c: char| !c.is_ascii_digit());
                runs.find(|run| run.len() == 4).map_or_else(|| Self::Whole.apply(value), str::to_owned)
            }
            Self::Whole => DOT.to_string().repeat(value.chars().count().min(8)),
            Self::Quoted => {
                let mut parts = value.split('«');
                let mut text = parts.next().unwrap_or_default().to_owned();
                for part in parts {
                    let (inner, after) = part.split_once('»').unwrap_or((part, ""));
                    text.push_str(&format!("«{}»{after}", by_look(inner)));
                }
                text
            }
        }
    }
}

/// Masks a value of which nobody says what it is: dates keep their year, addresses of mailboxes their domain, what is
/// mostly digits its ends, everything else its initials.
fn by_look(value: &str) -> String {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let bytes = value.as_bytes();
    let is_date = bytes.len() == 10 && bytes.get(4) == Some(&b'-') && bytes.get(7) == Some(&b'-') && digits == 8;
    match () {
        () if is_date => format!("{}-••-••", value.get(..4).unwrap_or_default()),
        () if value.contains('@') => Mask::Email.apply(value),
        () if value.starts_with('+') => Mask::Phone.apply(value),
        () if digits * 2 > value.chars().count() && digits > 4 => Mask::Number.apply(value),
        () => Mask::Name.apply(value),
    }
}

/// Keeps `head` and `tail` characters where that leaves at least as many hidden; otherwise only the last two of longer
/// values, and nothing of short ones.
fn keep_ends(value: &str, head: usize, tail: usize) -> String {
    let chars: Vec<char> = value.chars().collect();
    let (head, tail) = match chars.len() {
        n if n >= 2 * (head + tail) => (head, tail),
        n if n >= 12 => (head.min(3), tail.min(3)),
        n if n >= 6 => (0, 2),
        _ => (0, 0),
    };
    let hidden = chars.len() - head - tail;
    let front = chars.iter().take(head);
    let back = chars.iter().skip(head + hidden);
    front.copied().chain(std::iter::repeat_n(DOT, hidden)).chain(back.copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masked_values_keep_no_more_than_stated() {
        assert_eq!(Mask::Number.apply("1271990101900002"), "1271••••••••0002");
        assert_eq!(Mask::Number.apply("C1234567"), "••••••67");
        assert_eq!(Mask::Number.apply("123"), "•••");
        assert_eq!(Mask::Phone.apply("+6281260000001"), "+62••••••••001");
        assert_eq!(Mask::Name.apply("SITI AMINAH"), "S••• A•••••");
        assert_eq!(Mask::Email.apply("siti.aminah@example.id"), "s•••@example.id");
        assert_eq!(Mask::Year.apply("2003-08-17"), "2003");
        assert_eq!(Mask::Year.apply("17 Agustus 2003"), "2003");
        assert_eq!(Mask::Year.apply("17-08-03"), "••••••••");
        assert_eq!(Mask::Whole.apply("JL. MAWAR 12"), "••••••••");
        let sentence =
            "nama «SITI AMINAH» sama dengan «ST. AMINAH»; NIK «1271990101900002»; lahir «1990-05-17»; «+6281260000001»";
        let masked =
            "nama «S••• A•••••» sama dengan «S•• A•••••»; NIK «1271••••••••0002»; lahir «1990-••-••»; «+62••••••••001»";
        assert_eq!(Mask::Quoted.apply(sentence), masked);
        assert_eq!(Mask::Quoted.apply("x «SITI «AMINAH» y"), "x «S•••»«A•••••» y", "an open quote shows nothing");
        assert_eq!(Mask::Quoted.apply("no value"), "no value");
    }
}
