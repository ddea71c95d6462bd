//! Applications of the past held in memory, narrowed as a store is.

use chrono::NaiveDate;

use super::keys::{self, KEYS};
use super::narrow;
use super::sheet::Sheet;
use crate::Result;
use crate::columns::Link;
use crate::frame::Frame;
use crate::schema::columns::TANGGAL_PERMOHONAN;

/// Applications of the past in memory.
#[derive(Debug)]
pub struct Archive<'a> {
    frame: &'a Frame,
    sheet: Sheet,
}

impl<'a> Archive<'a> {
    /// Makes the hashes of applications with the columns of the dictionary.
    pub fn new(frame: &'a Frame) -> Result<Self> {
        let mut hashes = frame.select([TANGGAL_PERMOHONAN]);
        for column in keys::columns(frame)? {
            hashes.add(column)?;
        }
        Ok(Self { frame, sheet: Sheet::of(&hashes, KEYS)? })
    }

    /// The applications filed until a day that tonight's are tied to, as [`Store::narrow`](super::Store::narrow) finds
    /// them, with all their columns.
    pub fn narrow(&self, tonight: &Frame, links: &[Link], until: NaiveDate) -> Result<Frame> {
        let rows = narrow::tied(std::slice::from_ref(&self.sheet), tonight, links, until)?;
        self.frame.take(rows.first().map_or(&[], Vec::as_slice))
    }
}
