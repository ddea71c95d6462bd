//! `saring man`: manual pages.

use std::path::PathBuf;

use super::output::Out;
use super::shared::put;
use super::{Exit, description};
use crate::{Error, Result, private};

/// Write the manual pages, one a verb, into a folder.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder, as in `/usr/local/share/man/man1`.
    folder: PathBuf,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit> {
    private::folder(&args.folder)?;
    let mut whole = description();
    whole.build();
    let mut open = vec![&whole];
    let mut written = 0;
    while let Some(command) = open.pop() {
        open.extend(command.get_subcommands().filter(|c| !c.is_hide_set()));
        let name = command.get_display_name().unwrap_or_else(|| command.get_name());
        let mut page = Vec::new();
        let rendered = clap_mangen::Man::new(command.clone()).render(&mut page);
        rendered.map_err(|_| Error::internal("a manual page could not be made"))?;
        let page = String::from_utf8(page).map_err(|_| Error::internal("a manual page that is no text"))?;
        put(&args.folder.join(format!("{name}.1")), &page)?;
        written += 1;
    }
    out.message(&format!("{written} pages in {}\n", args.folder.display()));
    Ok(Exit::Done)
}
