//! Questions that ask one thing in other words.

use std::hash::BuildHasher;

use foldhash::quality::FixedState;
use rayon::prelude::*;

use super::fold::{material_key, question_key, whole_question};
use super::likeness::{Asking, Comparison, key, same};
use super::wording::{technologies, terms, things};
use super::words::spoken;
use super::{hash_of, judged_distinct};
use crate::corpus::Corpus;
use crate::markdown::flat::{Flat, Origin};
use crate::source::Source;
use crate::verdict::Asked;

/// A question is compared with at most so many before it that have its key.
const MAX_COMPARED: usize = 64;

/// Words that give what stands around them a direction.
const DIRECTIONS: &[&str] = &["from", "into", "to"];

/// A question, and those before it in the corpus that ask the same.
#[derive(Debug, PartialEq, Eq)]
pub struct Alike {
    pub index: usize,
    pub earlier: Vec<(usize, Comparison)>,
}

/// All questions that ask what one before them asks, in other words. Pairs
/// that were judged different, and those that are equal to the letter, are left out.
/// `keys` are those of each question's wordings ([`keys`]).
pub fn similar(corpus: &Corpus, keys: Vec<Vec<u64>>) -> Vec<Alike> {
    let mut all = alike(keys, |index| wordings(corpus, index));
    for Alike { index, earlier } in &mut all {
        earlier.retain(|(other, _)| !judged_distinct(corpus, *index, *other));
    }
    all.retain(|alike| !alike.earlier.is_empty());
    all
}

/// What wordings are found by among others: a hash of the key of each.
pub fn keys(wordings: &[Asking]) -> Vec<u64> {
    let told = wordings.iter().map(Asking::stems);
    told.filter_map(|stems| key_hash(&stems)).collect()
}

fn key_hash(stems: &[&str]) -> Option<u64> {
    // What is found by it is compared.
    (!stems.is_empty()).then(|| FixedState::default().hash_one(key(stems)))
}

/// What a question is found by: a hash of it, folded, and the [`keys`] of its wordings.
pub(super) fn traced(asked: &Asked<'_>) -> (u64, Vec<u64>) {
    let Some(flat) = asked.heading_text() else {
        return (0, Vec::new());
    };
    let spoken = spoken(asked.source, flat);
    let words = spoken.words();
    let things = things(&words);
    let stems: Vec<&str> = things.iter().map(|thing| thing.stem).collect();
    let aliases = aliases(asked).collect::<Vec<_>>();
    let keys = key_hash(&stems).into_iter().chain(keys(&aliases));
    (hash_of(&question_key(asked)), keys.collect())
}

/// Of questions, each with the keys of its wordings, those that ask what one
/// before them asks; equal ones ([`Asking::folded`]) are left out. The wordings
/// themselves are asked for only where keys are equal.
pub fn alike(keys: Vec<Vec<u64>>, wordings: impl Fn(usize) -> Vec<Asking> + Sync) -> Vec<Alike> {
    // A corpus of more than four billion questions has other troubles.
    let of = |(keys, index): (Vec<u64>, u32)| keys.into_iter().map(move |key| (key, index));
    let mut by_key: Vec<(u64, u32)> = keys.into_iter().zip(0..).flat_map(of).collect();
    by_key.par_sort_unstable();
    by_key.dedup();
    let groups: Vec<&[(u64, u32)]> = by_key
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|group| group.len() > 1)
        .collect();
    let found = groups.into_par_iter().flat_map_iter(|group| {
        let members = group.iter().map(|&(_, index)| index as usize);
        pairs(
            &members
                .map(|index| (index, wordings(index)))
                .collect::<Vec<_>>(),
        )
    });
    let mut found: Vec<(usize, usize, Comparison)> = found.collect();
    // Stable: of two wordings that are alike, the one with the smaller key is told.
    found.sort_by_key(|&(later, earlier, _)| (later, earlier));
    found.dedup_by_key(|&mut (later, earlier, _)| (later, earlier));
    let mut all: Vec<Alike> = Vec::new();
    for (index, other, comparison) in found {
        match all.last_mut() {
            Some(last) if last.index == index => last.earlier.push((other, comparison)),
            _ => all.push(Alike {
                index,
                earlier: vec![(other, comparison)],
            }),
        }
    }
    all
}

/// The pairs of one group that ask the same, the later question first.
fn pairs(group: &[(usize, Vec<Asking>)]) -> Vec<(usize, usize, Comparison)> {
    let mut pairs = Vec::new();
    for (at, (later, own)) in group.iter().enumerate() {
        for (earlier, others) in group.iter().take(at.min(MAX_COMPARED)) {
            let told = own.iter().find_map(|one| {
                others.iter().find_map(|other| {
                    let equal = one.folded != 0 && one.folded == other.folded;
                    if equal { None } else { same(one, other) }
                })
            });
            pairs.extend(told.map(|comparison| (*later, *earlier, comparison)));
        }
    }
    pairs
}

/// The wordings of a question: its heading, and its aliases.
pub fn wordings(corpus: &Corpus, index: usize) -> Vec<Asking> {
    let Some(asked) = Asked::new(corpus, index) else {
        return Vec::new();
    };
    let places = technologies(&asked.question.topic);
    let material = material_key(&asked);
    let folded = hash_of(&whole_question(&asked, &material));
    let material = hash_of(&material);
    let heading = asked.heading_text().map(|flat| asking(asked.source, flat));
    let all = heading.into_iter().chain(aliases(&asked));
    all.map(|asking| Asking {
        places: places.clone(),
        material,
        folded,
        ..asking
    })
    .collect()
}

fn aliases(asked: &Asked<'_>) -> impl Iterator<Item = Asking> {
    let aliases = asked.question.meta.rare().aliases.iter();
    aliases.map(|alias| asking_text(&alias.value))
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
    let source = Source::new("".into(), "".into(), text.to_string());
    asking(&source, &flat)
}
