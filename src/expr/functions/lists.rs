//! Functions over lists.

use super::{Accepts, Apply, Function, Parameter};

const LIST: Parameter = Parameter { name: "list", accepts: Accepts::List };

pub(super) const HAS: Function = Function {
    name: "has",
    parameters: &[LIST, Parameter { name: "item", accepts: Accepts::Text }],
    meaning: "whether the list has the item",
    examples: &[("has(dokumen_dilampirkan, 'kk')", "true"), ("has(dokumen_dilampirkan, 'tiket')", "false")],
    apply: Apply::TextsToBool(|list, item| {
        list.as_bytes().split(|&byte| byte == b';').any(|part| part == item.as_bytes())
    }),
};

pub(super) const COUNT_ITEMS: Function = Function {
    name: "count_items",
    parameters: &[LIST],
    meaning: "how many items the list has",
    examples: &[("count_items(dokumen_dilampirkan)", "3")],
    apply: Apply::TextToInt(|list| match list {
        // Looked at, and nothing found.
        "" => 0,
        items => i64::try_from(items.split(';').count()).unwrap_or(i64::MAX),
    }),
};

pub(super) const IN_LIST: Function = Function {
    name: "in_list",
    parameters: &[
        Parameter { name: "value", accepts: Accepts::Text },
        Parameter { name: "list", accepts: Accepts::ListName },
    ],
    meaning: "whether a named list of the pack has the value; case does not count",
    examples: &[("in_list(negara_tujuan, 'contoh')", "true")],
    apply: Apply::InList,
};
