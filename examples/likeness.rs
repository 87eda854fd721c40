//! How well duplicates are told from look-alikes, on pairs labelled by hand.
//!
//! `cargo run --release --example likeness -- pairs.tsv …`, each file with a
//! head line and lines of label (1 or 0), question and question. Prints
//! precision and recall, and every pair that is judged otherwise than labelled.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a measurement, run by hand"
)]

use std::collections::{HashMap, HashSet};
use std::fs;

use prepdeck::duplicates::likeness::{Asking, same};
use prepdeck::duplicates::wording::terms;
use prepdeck::markdown;
use prepdeck::source::{Source, Span};

fn asking(question: &str) -> Asking {
    let text = format!("# {question}");
    let document = markdown::read(&text, Span::new(0, text.len()));
    let source = Source::new("".into(), "".into(), text);
    let terms = document
        .headings
        .first()
        .map(|heading| terms(&source, &heading.text))
        .unwrap_or_default();
    Asking {
        terms,
        ..Asking::default()
    }
}

fn main() {
    for file in std::env::args().skip(1) {
        let text = fs::read_to_string(&file).unwrap();
        let pairs: Vec<Vec<&str>> = text
            .lines()
            .skip(1)
            .map(|line| line.split('\t').collect())
            .collect();
        let (mut right, mut false_alarms, mut missed) = (0, Vec::new(), Vec::new());
        for pair in &pairs {
            let found = same(&asking(pair[1]), &asking(pair[2])).is_some();
            match (found, pair[0] == "1") {
                (true, true) => right += 1,
                (true, false) => false_alarms.push(pair),
                (false, true) => missed.push(pair),
                (false, false) => {}
            }
        }
        println!("{file}: {} pairs", pairs.len());
        report("prepdeck", right, false_alarms.len(), missed.len());
        for (name, list) in [("false alarm", false_alarms), ("missed", missed)] {
            for pair in list {
                let shown = |question: &str| {
                    asking(question)
                        .terms
                        .into_iter()
                        .map(|term| term.stem)
                        .collect::<Vec<_>>()
                        .join(" ")
                };
                println!(
                    "  {name}: {}\n    {}\n    [{}] [{}]",
                    pair[1],
                    pair[2],
                    shown(pair[1]),
                    shown(pair[2])
                );
            }
        }
        plain(&pairs);
    }
}

fn report(name: &str, right: usize, wrong: usize, missed: usize) {
    let ratio = |part: usize, whole: usize| {
        f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(whole.max(1)).unwrap())
    };
    println!(
        "  {name:24} precision {:.3}  recall {:.3}",
        ratio(right, right + wrong),
        ratio(right, right + missed)
    );
}

/// What plain Jaccard reaches over words, by number or by weight: at the
/// threshold with the best recall at precision 0.95.
fn plain(pairs: &[Vec<&str>]) {
    let words = |text: &str| {
        let lower = text.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric());
        words
            .filter(|word| !word.is_empty())
            .map(str::to_string)
            .collect::<HashSet<_>>()
    };
    let texts: HashSet<&str> = pairs.iter().flat_map(|pair| [pair[1], pair[2]]).collect();
    let mut holders: HashMap<String, u32> = HashMap::new();
    for word in texts.iter().flat_map(|text| words(text)) {
        *holders.entry(word).or_default() += 1;
    }
    let number = f64::from(u32::try_from(texts.len()).unwrap());
    let idf = |word: &String| (number / f64::from(holders[word])).ln();
    let score = |pair: &[&str], weight: &dyn Fn(&String) -> f64| {
        let (a, b) = (words(pair[1]), words(pair[2]));
        let sum = |words: Vec<&String>| words.into_iter().map(weight).sum::<f64>();
        sum(a.intersection(&b).collect()) / sum(a.union(&b).collect())
    };
    best("idf-Jaccard", pairs, |pair| score(pair, &idf));
    best("token Jaccard", pairs, |pair| score(pair, &|_| 1.0));
}

fn best(name: &str, pairs: &[Vec<&str>], score: impl Fn(&[&str]) -> f64) {
    let mut scored: Vec<(f64, bool)> = pairs
        .iter()
        .map(|pair| (score(pair), pair[0] == "1"))
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let positives = scored.iter().filter(|pair| pair.1).count();
    let mut best = (0, 0);
    let mut right = 0;
    for (taken, pair) in scored.iter().enumerate() {
        right += usize::from(pair.1);
        if right * 100 >= (taken + 1) * 95 {
            best = (right, taken + 1 - right);
        }
    }
    report(name, best.0, best.1, positives - best.0);
}
