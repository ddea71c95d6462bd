//! Why a single record cannot be used.

use crate::diag::coded;

coded! {
    /// What is wrong with the form of a record, before anybody asks what its cells mean.
    pub enum Fault {
        /// The record has more or fewer fields than the heading: an unquoted separator in a name or address, a lost
        /// field. It is never padded or cut, since every cell after the fault would land in the wrong column.
        FieldCount = "FIELD_COUNT",
        /// The last record has too few fields and the file ends without a line end: the file was cut off.
        ShortRow = "SHORT_ROW",
        /// A byte of the record does not belong to the file's encoding. The place is that of the first such byte;
        /// where many records have it, the file is probably Windows-1252 and the profile should say so.
        EncodingInvalid = "ENC_INVALID",
        /// The record holds a NUL or another control character that no export writes on purpose.
        ControlCharacter = "CTRL_CHAR",
        /// A field is longer than 64 KiB, or a record longer than the cap for records.
        FieldTooLong = "FIELD_TOO_LONG",
        /// Text follows a closing quote (`"SITI" AMINAH`), so it is not sure where the field ends. Quotes inside a
        /// quoted field are doubled.
        QuoteStray = "QUOTE_STRAY",
        /// The line is not one JSON object of plain values with each key once.
        JsonInvalid = "JSON_INVALID",
    }
}
