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

use std::env;

use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;

/// How often a property is tried: in each run on the same texts, so that no
/// change fails by chance. `PREPDECK_TIMES=100` tries a hundred times as many,
/// others each time.
fn cases(count: u32) -> ProptestConfig {
    let times = env::var("PREPDECK_TIMES");
    let times = times.ok().map(|times| times.parse::<u32>().unwrap());
    ProptestConfig {
        cases: count * times.unwrap_or(1),
        rng_seed: times.map_or(RngSeed::Fixed(1), |_| RngSeed::Random),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}
