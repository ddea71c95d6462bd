//! The one integration-test binary: what a user can see, topic by topic.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails here should stop"
)]

mod authoring; // fmt, schema, new, rename, handbook, completions
mod backtest; // nights gone through again beside the truth
#[cfg(target_os = "linux")]
mod crash; // runs killed, disks full, two at once
mod determinism; // same inputs, same bytes
mod diagnostics; // fixtures/diagnostics: an analyst's mistake -> what saring says about it
mod editor; // the language server, spoken to
mod faults_fields; // what a cell may hold, and what becomes of it
mod faults_text; // delimited text as it arrives: cut, glued, miscoded, hostile
mod faults_xlsx; // workbooks, Parquet and JSON Lines
mod follow_up; // applications of before that tonight's links put over the line
mod formats; // what `check` finds, for other programs
mod history; // earlier nights: what they add, what a store survives
mod injection; // hostile names in CSV and workbook; the workbook as a file
mod intake; // whole exports: two offices, one result; properties; profiles
mod lab; // changing rules safely: cases, coverage, mutants, comparisons
mod layers; // layers, exceptions, lock, why not
mod lists; // watchlists: what is wrong with one, what is read, what is kept
mod matching; // match: by hand, by file, beside every pair
mod night; // one night end to end: what a result holds
mod pack; // the shipped rules; ways in for protected attributes
mod page; // the groups behind the lists, and the page that shows them
mod privacy; // nobody's name or number where it does not belong
mod recap; // counts by place, month and modus
mod sample; // fixtures/kantor is what its README says
mod tidy; // laws of the code base
mod twins; // groups, networks, narrowing beside obvious twins
mod verbs; // explain, verify, init, exit codes

mod made; // files made for a test
mod support; // golden files, folders
