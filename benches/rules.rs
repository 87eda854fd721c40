//! What declarative rules cost: 300 of them beside one, over 10,000 files.
//!
//! `cargo bench --bench rules` prints the table. Figures are of the machine
//! that it runs on; the ratio is what counts.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot go on has failed"
)]

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use prepdeck::corpus;
use prepdeck::lint::lint;
use prepdeck::rules::with_own;

const FILES: usize = 10_000;
/// Words that the texts are made of; rules look for pairs of them, few of which occur.
const WORDS: &[&str] = &[
    "index", "lock", "query", "table", "page", "cache", "thread", "queue", "key", "value", "node",
    "leader", "commit", "log", "row", "column", "read", "write", "block", "tree", "hash", "order",
    "merge", "split", "scan", "plan", "cost", "time", "space", "disk",
];

fn main() {
    let folder = tempfile::tempdir().unwrap();
    write_files(folder.path());
    let one = run(folder.path(), 1);
    let many = run(folder.path(), 300);
    println!("{FILES} files of 2 KB, wall time of judging alone, best of 5");
    println!("  1 rule      {one:>10.1?}");
    println!(
        "300 rules     {many:>10.1?}  {:.2} times",
        many.as_secs_f64() / one.as_secs_f64()
    );
}

fn write_files(folder: &Path) {
    let mut state = 1_u64;
    let mut word = || {
        // Xorshift: the same texts at each run.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        WORDS[usize::try_from(state % WORDS.len() as u64).unwrap()]
    };
    for number in 0..FILES {
        let topic = folder.join("questions").join((number % 40).to_string());
        fs::create_dir_all(&topic).unwrap();
        let mut text = format!(
            "---\nid: q{number}\nlevel: mid\nsources: []\n---\n\n# What is {} {number}?\n\n",
            word()
        );
        for at in 0..320 {
            let gap = if at % 60 == 59 { "\n\n" } else { " " };
            write!(text, "{}{gap}", word()).unwrap();
        }
        fs::write(topic.join(format!("q{number}.md")), text).unwrap();
    }
}

fn run(folder: &Path, rules: usize) -> Duration {
    let pages = folder.join("pages");
    fs::create_dir_all(&pages).unwrap();
    let mut names = Vec::new();
    for number in 0..rules {
        let name = format!("own-{number}");
        let pair = format!(
            "{}-{} {number}",
            WORDS[number % WORDS.len()],
            WORDS[number / WORDS.len()]
        );
        let page = format!(
            "name = \"{name}\"\nsummary = \"s\"\nseverity = \"warning\"\nwhy = \"w\"\n[match]\nkind = \"forbid\"\n\
             in = [\"answer.prose\"]\nwords = [\"{pair}\"]\nmessage = \"m\"\nhelp = \"h\"\n"
        );
        fs::write(pages.join(format!("{name}.toml")), page).unwrap();
        names.push(name);
    }
    fs::write(folder.join("prepdeck.toml"), "rule-pages = \"pages\"\n").unwrap();
    let corpus = corpus::around(folder).unwrap();
    let rules = with_own(&corpus.root, &corpus.config, "pages").unwrap();
    let time = || {
        let start = Instant::now();
        assert!(lint(&corpus, &rules, &names).is_empty());
        start.elapsed()
    };
    (0..5).map(|_| time()).min().unwrap()
}
