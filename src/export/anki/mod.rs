//! An Anki package: notes from questions, decks from topics, one frozen note type.

mod collection;
pub mod contents;
mod decks;
pub mod difference;
mod note;
pub mod note_type;
mod open;
mod package;
mod protobuf;
mod schema11;
mod schema18;

use std::fs::File;

use super::Selection;
pub use decks::{Decks, one_deck};
pub use note::{guid, note};
pub use open::kept;
pub use package::Package;

/// The package, of the kind that was asked for, in a file without a name: it may
/// be larger than memory should hold.
///
/// # Errors
/// Where SQLite or the archive cannot go on, as when memory ends.
pub fn render(selection: &Selection<'_>) -> miette::Result<File> {
    match selection.options.package.unwrap_or_default() {
        Package::Legacy => package::legacy(selection),
        Package::Latest => package::latest(selection),
    }
}
