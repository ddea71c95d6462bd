//! Countries.
use crate::schema::CodeEntry;
/// codes
pub fn code_entries() -> &'static [CodeEntry] {
    &[CodeEntry { code: "MY", label_id: "Malaysia", label_en: "Malaysia", aliases: &[] }]
}
