//! Closed lists of stable codes, each with the paragraph that `saring explain CODE` prints.
//!
//! A code is written once, beside its doc comment; the enum, the list of all and the explanation come from that. Codes
//! of faults in an analyst's text have more to say (severity, title); they are [`super::Code`].

/// Declares an enum of codes:
///
/// ```text
/// coded! {
///     /// Why a record is set aside.
///     pub enum Fault {
///         /// The record has more or fewer fields than the heading.
///         FieldCount = "FIELD_COUNT",
///     }
/// }
/// ```
macro_rules! coded {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[doc = $text:literal])+ $variant:ident = $code:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name {
            $($(#[doc = $text])+ $variant,)+
        }

        impl $name {
            /// Every code, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The code as printed and stored.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The paragraph for `saring explain CODE`.
            #[must_use]
            pub fn explanation(self) -> String {
                let lines: &[&str] = match self { $(Self::$variant => &[$($text),+],)+ };
                lines.iter().map(|l| l.trim()).collect::<Vec<_>>().join(" ")
            }
        }
    };
}
pub(crate) use coded;
