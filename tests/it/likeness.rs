//! Questions are grouped before they are compared, and answers sampled; nothing
//! may get lost by it, and nothing may hang on order or threads.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use prepdeck::corpus::around;
use prepdeck::duplicates::answers::{samples, shared, word_hashes};
use prepdeck::duplicates::likeness::{Asking, key, same};
use prepdeck::duplicates::similar::{alike, asking_text, keys, wordings as wordings_of};
use prepdeck::duplicates::traces;
use proptest::prelude::*;

use crate::cases;

/// Words of each kind: subjects, places, classes, turns and framing.
const WORDS: &[&str] = &[
    "closure",
    "index",
    "REST",
    "let",
    "`==`",
    "Java",
    "SQL",
    "MySQL",
    "database",
    "architecture",
    "method",
    "keyword",
    "pattern",
    "difference",
    "vs",
    "when",
    "why",
    "not",
    "types",
    "advantages",
    "2",
    "what is",
    "explain",
    "to",
    "use",
    "it",
    "in",
    "and",
    "?",
];

fn question() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS), 1..7).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(cases(20_000))]

    #[test]
    fn what_asks_the_same_has_one_key_and_is_found_from_both_sides(one in question(), other in question()) {
        let (first, second) = (asking_text(&one), asking_text(&other));
        let found = same(&first, &second).is_some();
        prop_assert_eq!(found, same(&second, &first).is_some());
        if found {
            prop_assert_eq!(key(&first.stems()), key(&second.stems()));
        }
    }
}

#[test]
fn a_question_is_found_by_the_keys_of_its_wordings() {
    let corpus = around(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    for (index, trace) in traces(&corpus).into_iter().enumerate() {
        assert_eq!(trace.wordings, keys(&wordings_of(&corpus, index)));
        assert!(!trace.wordings.is_empty());
    }
}

/// A corpus of wordings; a question has one or two.
fn corpus() -> impl Strategy<Value = Vec<Vec<String>>> {
    prop::collection::vec(prop::collection::vec(question(), 1..3), 0..40)
}

fn wordings(corpus: &[Vec<String>]) -> Vec<Vec<Asking>> {
    let ask = |wordings: &Vec<String>| wordings.iter().map(|text| asking_text(text)).collect();
    corpus.iter().map(ask).collect()
}

/// All pairs that are told of a corpus, the later first.
fn told(corpus: &[Vec<Asking>]) -> BTreeSet<(usize, usize)> {
    let found = alike(corpus.iter().map(|own| keys(own)).collect(), |index| {
        corpus[index].clone()
    })
    .into_iter();
    let pairs = found.flat_map(|one| {
        one.earlier
            .into_iter()
            .map(move |(other, _)| (one.index, other))
    });
    pairs.collect()
}

fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap()
        .install(work)
}

/// An answer of 40 to 160 words, and the places where a copy has other words,
/// at most one of ten.
fn answer_and_edits() -> impl Strategy<Value = (Vec<u32>, Vec<usize>)> {
    prop::collection::vec(0_u32..5000, 40..160).prop_flat_map(|words| {
        let edits = words.len() / 10;
        let places = prop::collection::vec(0..words.len(), 0..=edits);
        (Just(words), places)
    })
}

fn text(words: &[u32]) -> String {
    words
        .iter()
        .map(|word| format!("w{word}"))
        .collect::<Vec<_>>()
        .join(" ")
}

/// How much of the shorter text's runs of four words stand in the other.
fn containment(one: &str, other: &str) -> f64 {
    let shingles = |text: &str| {
        let words: Vec<&str> = text.split(' ').collect();
        words
            .windows(4)
            .map(|words| words.join(" "))
            .collect::<HashSet<_>>()
    };
    let (one, other) = (shingles(one), shingles(other));
    let exact = |number: usize| f64::from(u32::try_from(number).unwrap());
    exact(one.intersection(&other).count()) / exact(one.len().min(other.len()))
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn what_is_told_of_a_corpus_is_what_comparing_all_with_all_finds(corpus in corpus()) {
        let corpus = wordings(&corpus);
        let mut all = BTreeSet::new();
        for (later, own) in corpus.iter().enumerate() {
            for (earlier, others) in corpus.iter().enumerate().take(later) {
                if own.iter().any(|one| others.iter().any(|other| same(one, other).is_some())) {
                    all.insert((later, earlier));
                }
            }
        }
        prop_assert_eq!(told(&corpus), all);
    }

    #[test]
    fn neither_order_nor_threads_change_what_is_told(corpus in corpus(), seed in any::<u64>()) {
        let corpus = wordings(&corpus);
        let expected = with_threads(1, || told(&corpus));
        prop_assert_eq!(&with_threads(4, || told(&corpus)), &expected);
        let mut order: Vec<usize> = (0..corpus.len()).collect();
        order.sort_by_key(|&index| (index as u64 + 1).wrapping_mul(seed | 1));
        let shuffled: Vec<Vec<Asking>> = order.iter().map(|&index| corpus[index].clone()).collect();
        let back = told(&shuffled).into_iter().map(|(one, other)| {
            let (one, other) = (order[one], order[other]);
            (one.max(other), one.min(other))
        });
        prop_assert_eq!(back.collect::<BTreeSet<_>>(), expected);
    }

    #[test]
    fn a_copy_with_a_tenth_of_its_words_changed_is_found_and_nothing_else((words, edits) in answer_and_edits(), others in prop::collection::vec(prop::collection::vec(0_u32..5000, 40..80), 0..5)) {
        let mut copy = words.clone();
        for at in edits {
            copy[at] = 9999;
        }
        let mut answers = vec![text(&words)];
        answers.extend(others.iter().map(|words| text(words)));
        answers.push(text(&copy));
        let found = shared(answers.iter().map(|own| samples(&word_hashes(own))).collect(), |index| answers[index].clone());
        let threaded = with_threads(3, || shared(answers.iter().map(|own| samples(&word_hashes(own))).collect(), |index| answers[index].clone()));
        prop_assert_eq!(&found, &threaded);
        let pairs: Vec<(usize, usize, f64)> = found.into_iter()
            .flat_map(|one| one.earlier.into_iter().map(move |(other, share)| (one.index, other, share)))
            .collect();
        prop_assert!(pairs.iter().any(|pair| (pair.0, pair.1) == (answers.len() - 1, 0)));
        for (one, other, share) in pairs {
            prop_assert!((containment(&answers[one], &answers[other]) - share).abs() < 0.01);
        }
    }
}
