//! The one integration-test binary: what a user can see, topic by topic.

mod diagnostics; // fixtures/diagnostics: an analyst's mistake -> what saring says about it
mod tidy; // laws of the code base

mod support; // golden files, folders
