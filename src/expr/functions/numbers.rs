//! Functions over whole numbers.

use super::{Accepts, Apply, Function, Parameter};

pub(super) const ABS: Function = Function {
    name: "abs",
    parameters: &[Parameter { name: "number", accepts: Accepts::Int }],
    meaning: "the number without its sign",
    examples: &[("abs(-3)", "3")],
    apply: Apply::NumberToInt(i64::saturating_abs),
};
