//! Sets of fault codes: what a parser found wrong with one value.
//!
//! A parser declares its faults once with `faults!`: an enum for the code and a [`CodeTable`] for everyone else. A
//! value usually has none or one, so a set is a few bits, not a list; it becomes a `list` column by
//! [`FaultSet::write`].

use std::marker::PhantomData;

use super::CodeTable;

/// A closed list of faults. INVARIANT: entry `n` of the table is the variant at place `n`, and the table is sorted by
/// code; `faults!` gives the first, a law test over all derived columns holds the second.
pub trait Fault: Copy {
    /// The codes with their labels.
    const TABLE: &'static CodeTable;

    /// The place of this fault in the table; below 32.
    fn place(self) -> u32;

    /// The code of this fault.
    fn code(self) -> &'static str {
        code_at(Self::TABLE, self.place())
    }
}

fn code_at(table: &CodeTable, place: u32) -> &'static str {
    table.entries().get(place as usize).map_or("", |entry| entry.code)
}

/// The faults of one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FaultSet<F> {
    bits: u32,
    kind: PhantomData<F>,
}

impl<F> Default for FaultSet<F> {
    fn default() -> Self {
        Self { bits: 0, kind: PhantomData }
    }
}

impl<F: Fault> FaultSet<F> {
    /// The set of these faults.
    #[must_use]
    pub fn of(faults: &[F]) -> Self {
        let mut set = Self::default();
        faults.iter().for_each(|&fault| set.add(fault));
        set
    }

    /// Adds a fault.
    pub fn add(&mut self, fault: F) {
        self.bits |= 1 << fault.place();
    }

    /// Adds a fault where a test says so.
    pub fn add_if(&mut self, wrong: bool, fault: F) {
        if wrong {
            self.add(fault);
        }
    }

    /// Whether a fault was found.
    #[must_use]
    pub fn has(self, fault: F) -> bool {
        self.bits & (1 << fault.place()) != 0
    }

    /// Whether any of these faults was found.
    #[must_use]
    pub fn has_any(self, faults: &[F]) -> bool {
        faults.iter().any(|&fault| self.has(fault))
    }

    /// The set without these faults.
    #[must_use]
    pub fn without(self, faults: &[F]) -> Self {
        Self { bits: self.bits & !Self::of(faults).bits, kind: PhantomData }
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// The codes, in the order of the table.
    pub fn codes(self) -> impl Iterator<Item = &'static str> {
        (0..u32::BITS).filter(move |place| self.bits & (1 << place) != 0).map(|place| code_at(F::TABLE, place))
    }

    /// Replaces `out` by the codes joined by `;`, as a list column keeps them.
    pub fn write(self, out: &mut String) {
        out.clear();
        for code in self.codes() {
            if !out.is_empty() {
                out.push(';');
            }
            out.push_str(code);
        }
    }
}

macro_rules! faults {
    ($(#[$about:meta])* $Enum:ident $TABLE:ident $name:literal $meaning:literal {
        $($Variant:ident $code:literal $id:literal / $en:literal;)+
    }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $Enum {
            $(#[doc = concat!("`", $code, "`: ", $en, ".")] $Variant,)+
        }

        crate::schema::table! { $TABLE $name $meaning { $($code $id / $en [])+ } }

        impl crate::schema::Fault for $Enum {
            const TABLE: &'static crate::schema::CodeTable = $TABLE;

            fn place(self) -> u32 {
                self as u32
            }
        }
    };
}
pub(crate) use faults;

#[cfg(test)]
mod tests {
    #![expect(unreachable_pub, reason = "declared as a reader outside would")]

    use super::*;

    faults! {
        /// Invented.
        Wrong WRONG "wrong" "invented faults" {
            Blue "biru" "Biru" / "blue";
            Red "merah" "Merah" / "red";
        }
    }

    #[test]
    fn a_set_is_written_in_the_order_of_the_table_each_once() {
        let mut set = FaultSet::of(&[Wrong::Red, Wrong::Blue]);
        set.add(Wrong::Red);
        let mut text = "earlier".to_owned();
        set.write(&mut text);
        assert_eq!(text, "biru;merah");
        FaultSet::<Wrong>::default().write(&mut text);
        assert_eq!(text, "");
        assert_eq!((Wrong::Red.code(), WRONG.entries()[1].label_id), ("merah", "Merah"));
        assert!(set.without(&[Wrong::Red]).codes().eq(["biru"]));
        assert!(set.has_any(&[Wrong::Blue]) && !FaultSet::of(&[Wrong::Red]).has(Wrong::Blue));
    }
}
