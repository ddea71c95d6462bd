//! A fault of our own: one sentence with its place, never the values that led to it.

use std::sync::{Arc, Mutex, PoisonError};

use crate::Error;

/// Where the first panic of this process happened.
pub(super) type Place = Arc<Mutex<Option<String>>>;

/// Keeps the text of a panic, which may quote an application, off the terminal and remembers its place.
pub(super) fn watch() -> Place {
    let place = Place::default();
    let seen = Arc::clone(&place);
    std::panic::set_hook(Box::new(move |info| {
        let mut first = seen.lock().unwrap_or_else(PoisonError::into_inner);
        if first.is_none() {
            *first = info.location().map(|at| format!("{}:{}", at.file(), at.line()));
        }
    }));
    place
}

/// What to say of it.
pub(super) fn error(place: &Place) -> Error {
    let place = place.lock().unwrap_or_else(PoisonError::into_inner);
    let at = place.as_deref().unwrap_or("an unknown place");
    Error::internal(format!("saring stopped at {at}"))
        .help("nothing was published; please report this line, without any data")
}
