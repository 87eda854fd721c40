//! What prepdeck promises, one door a subject.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot go on has failed"
)]

mod banks;
mod book;
mod content;
mod everywhere;
mod fixes;
mod full_disk;
mod imports;
mod likeness;
mod pages;
mod published;
mod round_trip;
mod runner;
mod scopes;
mod tidy;
mod transcripts;
