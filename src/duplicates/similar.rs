//! Questions that ask one thing in other words.

use std::collections::HashMap;

use rayon::prelude::*;

use super::fold::{material_key, question_key};
use super::likeness::{Asking, Comparison, key, same};
use super::wording::{technologies, terms};
use super::{hash, judged_distinct};
use crate::corpus::Corpus;
use crate::markdown::flat::{Flat, Origin};
use crate::question::Question;
use crate::source::Source;
use crate::verdict::Asked;

/// A question is compared with at most so many before it that have its key.
const MAX_COMPARED: usize = 64;

/// Words that give what stands around them a direction.
const DIRECTIONS: &[&str] = &["from", "into", "to"];

/// A question, and those before it in the corpus's order that ask the same.
#[derive(Debug)]
pub struct Alike {
    pub index: usize,
    pub earlier: Vec<(usize, Comparison)>,
}

/// All questions that ask what one before them asks, in other words. Pairs
/// that were judged different, and those that are equal to the letter, are left out.
pub fn similar(corpus: &Corpus) -> Vec<Alike> {
    let wordings: Vec<Vec<Asking>> = (0..corpus.questions.len())
        .into_par_iter()
        .map(|index| wordings(corpus, index))
        .collect();
    let mut by_key: HashMap<u64, Vec<(usize, &Asking)>> = HashMap::new();
    let mut all = Vec::new();
    for (index, own) in wordings.iter().enumerate() {
        let mut earlier: Vec<(usize, Comparison)> = Vec::new();
        for asking in own.iter().filter(|asking| !asking.terms.is_empty()) {
            let group = by_key.entry(hash(&key(asking).join(" "))).or_default();
            for (other, asked) in group.iter().take(MAX_COMPARED) {
                let known = *other == index || earlier.iter().any(|(known, _)| known == other);
                if !known && let Some(comparison) = same(asking, asked) {
                    earlier.push((*other, comparison));
                }
            }
            group.push((index, asking));
        }
        earlier.retain(|(other, _)| {
            !judged_distinct(corpus, index, *other) && !equal(corpus, index, *other)
        });
        if !earlier.is_empty() {
            earlier.sort_by_key(|(other, _)| *other);
            all.push(Alike { index, earlier });
        }
    }
    all
}

fn equal(corpus: &Corpus, one: usize, other: usize) -> bool {
    match (Asked::new(corpus, one), Asked::new(corpus, other)) {
        (Some(one), Some(other)) => question_key(&one) == question_key(&other),
        _ => false,
    }
}

/// The wordings of a question: its heading, and its aliases.
fn wordings(corpus: &Corpus, index: usize) -> Vec<Asking> {
    let Some(asked) = Asked::new(corpus, index) else {
        return Vec::new();
    };
    let Question { meta, topic, .. } = asked.question;
    let places = technologies(topic);
    let material = material_key(&asked);
    let material = if material.is_empty() {
        0
    } else {
        hash(&material)
    };
    let heading = asked
        .question
        .heading_text()
        .map(|flat| asking(asked.source, flat));
    let aliases = meta.aliases.iter().map(|alias| asking_text(&alias.value));
    let all = heading.into_iter().chain(aliases);
    all.map(|asking| Asking {
        places: places.clone(),
        material,
        ..asking
    })
    .collect()
}

fn asking(source: &Source, flat: &Flat) -> Asking {
    let mut words = flat.text.split_whitespace();
    Asking {
        terms: terms(source, flat),
        directed: words.any(|word| DIRECTIONS.contains(&word)),
        ..Asking::default()
    }
}

/// What a plain text asks.
pub fn asking_text(text: &str) -> Asking {
    let flat = Flat::of(text, (0..text.len()).into(), Origin::Exact);
    let source = Source::new(String::new(), String::new(), text.to_string());
    asking(&source, &flat)
}
