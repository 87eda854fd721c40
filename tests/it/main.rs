//! What prepdeck promises, one door a subject.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot go on has failed"
)]

mod banks;
mod content;
mod everywhere;
mod fixes;
mod imports;
mod likeness;
mod pages;
mod published;
mod round_trip;
mod runner;
mod scopes;
mod tidy;
mod transcripts;
