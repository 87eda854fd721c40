//! What one large file of many questions costs: it must be linear.
//!
//! `cargo bench --bench banks` prints the table. Figures are of the machine
//! that it runs on; the ratios are what counts.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark that cannot go on has failed"
)]

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use prepdeck::corpus::select;
use prepdeck::lint::lint;
use prepdeck::rules::built_in;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    println!("questions in one file, wall time of reading and judging, best of 3");
    for form in ["headings", "details"] {
        for count in [5_000, 10_000, 20_000] {
            let file = folder.path().join("README.md");
            fs::write(&file, bank(form, count)).unwrap();
            let best = (0..3).map(|_| run(&file, count)).min().unwrap();
            let each = best.as_secs_f64() * 1e6 / count as f64;
            println!("{form:9} {count:>6} {best:>10.1?} {each:>6.1} µs each");
        }
    }
}

fn bank(form: &str, count: usize) -> String {
    let mut text = String::from("# Bank\n");
    for n in 0..count {
        if n % 100 == 0 {
            write!(text, "\n## Section {n}\n\n").unwrap();
        }
        let answer = format!("The part {n} of it waits for the part below, and for what {n} says.");
        match form {
            "headings" => write!(
                text,
                "{}. ### What does part {n} of the system wait for?\n\n    {answer}\n\n    ```js\n    let a = {n};\n    ```\n\n   **[⬆ Back to Top](#bank)**\n\n",
                n + 1
            ),
            _ => write!(
                text,
                "<details>\n<summary>What does part {n} of the system wait for?</summary><br><b>\n\n{answer}\n</b></details>\n\n"
            ),
        }
        .unwrap();
    }
    text
}

fn run(file: &std::path::Path, count: usize) -> Duration {
    let rules = built_in().unwrap();
    let start = Instant::now();
    let read = select(&[PathBuf::from(file)], file.parent().unwrap(), None).unwrap();
    let corpus = &read.first().unwrap().corpus;
    assert_eq!(corpus.questions.len(), count);
    lint(corpus, &rules, &[]);
    start.elapsed()
}
