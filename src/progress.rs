//! How far a run has come. Whoever works adds to a count; what is drawn for a
//! waiting person is all that looks at them.

use std::sync::atomic::{AtomicUsize, Ordering};

pub static FILES_READ: AtomicUsize = AtomicUsize::new(0);
/// Once for each time: fixes judge again.
pub static QUESTIONS_JUDGED: AtomicUsize = AtomicUsize::new(0);
pub static VERSIONS_READ: AtomicUsize = AtomicUsize::new(0);
pub static NOTES_MADE: AtomicUsize = AtomicUsize::new(0);

pub fn one_more(count: &AtomicUsize) {
    count.fetch_add(1, Ordering::Relaxed);
}

/// `files read: 120, questions judged: 80`; empty where nothing was done yet.
pub fn words() -> String {
    let counts = [
        ("files read", &FILES_READ),
        ("questions judged", &QUESTIONS_JUDGED),
        ("versions of files read", &VERSIONS_READ),
        ("notes made", &NOTES_MADE),
    ];
    let said = counts.iter().filter_map(|(what, count)| {
        let number = count.load(Ordering::Relaxed);
        (number > 0).then(|| format!("{what}: {number}"))
    });
    said.collect::<Vec<_>>().join(", ")
}
