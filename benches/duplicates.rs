//! How long it takes to find duplicates among many questions, or answers.
//!
//! `cargo bench --bench duplicates` prints the time a question at three sizes.
//! `python3 benches/duplicates.py` runs it beside rensa and datasketch, for
//! which it is asked: `write questions|answers NUMBER FILE`, lines of text, tab
//! and the line (from 0) that it repeats, if any; and `find questions|answers
//! FILE`, which prints pairs of such lines.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    reason = "a benchmark that cannot go on has failed"
)]

use std::fmt::Write;
use std::fs;
use std::time::Instant;

use prepdeck::duplicates::answers::{samples, shared, word_hashes};
use prepdeck::duplicates::similar::{alike, asking_text, keys};
use rayon::prelude::*;

/// One thing asked in several ways, each list the ways to ask one sort of question.
const WAYS: &[&[&str]] = &[
    &[
        "What is {}?",
        "Explain {}.",
        "Can you describe what {} is?",
        "What do you know about {}?",
    ],
    &[
        "How does {} work?",
        "Can you explain how {} works?",
        "Explain how {} works.",
    ],
    &["Why is {} slow?", "Explain why {} is slow."],
    &[
        "What are the advantages of {}?",
        "List the advantages of {}.",
        "Name the advantages of {}.",
    ],
    &[
        "How do you test {}?",
        "How would you test {}?",
        "Explain how to test {}.",
    ],
    &[
        "When would you use {}?",
        "When should {} be used?",
        "When is {} used?",
    ],
    &[
        "What is the difference between {} and its `{}2`?",
        "{} vs its `{}2`",
    ],
];

const PLACES: &[&str] = &[
    "",
    "",
    "",
    "",
    "",
    " in Go",
    " in Rust",
    " in Python",
    " in SQL",
    " in React",
];

struct Random(u64);

impl Random {
    /// Below `limit`. Xorshift: the same texts at each run.
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    /// A word by its rank; low ranks come more often, as in real text.
    fn word(&mut self, words: usize) -> String {
        let limit = self.below(words) + 1;
        name(self.below(limit))
    }
}

/// A pronounceable name for a number.
fn name(mut number: usize) -> String {
    const SYLLABLES: &[&str] = &[
        "ba", "co", "di", "fu", "ga", "ho", "ji", "ku", "la", "mo", "ni", "po", "qua", "ro", "si",
        "tu", "va", "xo", "zi",
    ];
    let mut name = String::new();
    while name.len() < 4 || number > 0 {
        name.push_str(SYLLABLES[number % SYLLABLES.len()]);
        number /= SYLLABLES.len();
    }
    name + "r"
}

/// A text, and the index of the one before it that it repeats.
type Planted = (String, Option<usize>);

/// Questions, one of ten asked before in another way.
fn questions(number: usize) -> Vec<Planted> {
    let mut random = Random(1);
    let mut asked: Vec<(usize, String, &str)> = Vec::new();
    let mut all = Vec::with_capacity(number);
    for at in 0..number {
        let again = (at > 10 && random.below(10) == 0).then(|| random.below(at));
        let (way, subject, place) = if let Some(of) = again {
            asked[of].clone()
        } else {
            // A thing of its own, often with common words before it.
            let own = name(random.below(2 * number + 1000));
            let common = (0..random.below(3)).map(|_| random.word(20_000));
            let subject = common.chain([own]).collect::<Vec<_>>().join(" ");
            (
                random.below(WAYS.len()),
                subject,
                PLACES[random.below(PLACES.len())],
            )
        };
        let forms = WAYS[way];
        let text = forms[random.below(forms.len())].replace("{}", &subject);
        let (text, end) = text.split_at(text.len() - usize::from(text.ends_with(['?', '.'])));
        all.push((format!("{text}{place}{end}"), again));
        asked.push((way, subject, place));
    }
    all
}

/// Answers of a hundred words, one of twenty a copy with every tenth word changed.
fn answers(number: usize) -> Vec<Planted> {
    let mut random = Random(1);
    let mut all: Vec<Planted> = Vec::with_capacity(number);
    for at in 0..number {
        let again = (at > 10 && random.below(20) == 0).then(|| random.below(at));
        let mut words: Vec<String> = match again {
            Some(of) => all[of].0.split(' ').map(str::to_string).collect(),
            None => (0..100).map(|_| random.word(30_000)).collect(),
        };
        if again.is_some() {
            for at in (random.below(10)..words.len()).step_by(10) {
                words[at] = random.word(30_000);
            }
        }
        all.push((words.join(" "), again));
    }
    all
}

fn texts(what: &str, number: usize) -> Vec<Planted> {
    if what == "questions" {
        questions(number)
    } else {
        answers(number)
    }
}

/// Pairs of indexes that are alike, the later first.
fn find(what: &str, texts: &[&str]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    if what == "questions" {
        let asking = |index: usize| vec![asking_text(texts[index])];
        let indexes = (0..texts.len()).into_par_iter();
        for found in alike(indexes.map(|index| keys(&asking(index))).collect(), asking) {
            pairs.extend(found.earlier.iter().map(|(other, _)| (found.index, *other)));
        }
    } else {
        let found = texts
            .par_iter()
            .map(|text| samples(&word_hashes(text)))
            .collect();
        for found in shared(found, |index| texts[index].to_string()) {
            pairs.extend(found.earlier.iter().map(|(other, _)| (found.index, *other)));
        }
    }
    pairs
}

fn main() {
    let arguments = std::env::args().skip(1).filter(|one| one != "--bench");
    let arguments: Vec<String> = arguments.collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["write", what, number, file] => {
            let mut lines = String::new();
            for (text, of) in texts(what, number.parse().unwrap()) {
                let of = of.map_or(String::new(), |of| of.to_string());
                writeln!(lines, "{text}\t{of}").unwrap();
            }
            fs::write(file, lines).unwrap();
        }
        ["find", what, file] => {
            let text = fs::read_to_string(file).unwrap();
            let texts = text.lines().map(|line| line.split_once('\t').unwrap().0);
            for (one, other) in find(what, &texts.collect::<Vec<_>>()) {
                println!("{one}\t{other}");
            }
        }
        _ => {
            for what in ["questions", "answers"] {
                for number in [10_000, 100_000, 1_000_000] {
                    let texts = texts(what, number);
                    let texts: Vec<&str> = texts.iter().map(|(text, _)| text.as_str()).collect();
                    let start = Instant::now();
                    let found = find(what, &texts).len();
                    let all = start.elapsed();
                    let each = all / u32::try_from(number).unwrap();
                    println!(
                        "{number:>9} {what:9} {all:>8.2?}  {each:>8.2?} each  {found:>8} pairs"
                    );
                }
            }
        }
    }
}
