//! The questions of a corpus that are most like a text.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::likeness::{Asking, Comparison, parts, same};
use super::similar::wordings;
use super::wording::{Kind, Term, kind};
use crate::corpus::Corpus;

/// Below this many questions, how rare a word is in them says little, and all
/// words count as much as in a corpus of this size.
const FEW: usize = 200;

/// A question that is like a text.
#[derive(Debug)]
pub struct Near {
    /// Index in the corpus.
    pub index: usize,
    /// From 0, nothing in common, to 1; weighed by how rare words are.
    pub score: f64,
    /// Whether it asks the same.
    pub same: bool,
    pub comparison: Comparison,
}

/// A corpus's questions, ready to be compared with texts.
pub struct Index {
    wordings: Vec<Vec<Asking>>,
    weights: Weights,
}

pub fn index(corpus: &Corpus) -> Index {
    let wordings: Vec<Vec<Asking>> = (0..corpus.questions.len())
        .into_par_iter()
        .map(|index| wordings(corpus, index))
        .collect();
    let weights = weights(&wordings);
    Index { wordings, weights }
}

/// The questions that have something in common with one of the `wordings` of
/// another, the most alike first: those that ask the same, then by score, then
/// in the corpus's order.
pub fn nearest(index: &Index, wordings: &[Asking]) -> Vec<Near> {
    let nearest = |(number, own): (usize, &Vec<Asking>)| {
        let pairs = wordings
            .iter()
            .flat_map(|asked| own.iter().map(move |own| (asked, own)));
        let near = pairs.map(|(asked, own)| compare(number, asked, own, &index.weights));
        near.max_by(|a, b| a.same.cmp(&b.same).then(a.score.total_cmp(&b.score)))
    };
    let near = index.wordings.par_iter().enumerate().filter_map(nearest);
    let mut near: Vec<Near> = near.filter(|near| near.score > 0.0).collect();
    near.sort_by(|a, b| b.same.cmp(&a.same).then(b.score.total_cmp(&a.score)));
    near
}

/// How much each term says: the logarithm of how few questions hold it.
struct Weights {
    questions: usize,
    holders: HashMap<String, usize>,
}

impl Weights {
    fn of(&self, stem: &str) -> f64 {
        let exact = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
        let holders = self.holders.get(stem).copied().unwrap_or(0);
        let rare = exact(self.questions.max(FEW) + 1) / exact(holders + 1);
        // A place or a class names no subject, and a turn none by itself.
        let kind = match kind(stem) {
            Kind::Subject => 1.0,
            Kind::Turn => 0.7,
            Kind::Place | Kind::Class => 0.4,
        };
        rare.ln() * kind
    }
}

fn weights(all: &[Vec<Asking>]) -> Weights {
    let mut holders: HashMap<String, usize> = HashMap::new();
    for wordings in all {
        let stems: HashSet<&str> = wordings
            .iter()
            .flat_map(|asking| &asking.terms)
            .map(|term| term.stem.as_str())
            .collect();
        for stem in stems {
            match holders.get_mut(stem) {
                Some(number) => *number += 1,
                None => {
                    holders.insert(stem.to_string(), 1);
                }
            }
        }
    }
    Weights {
        questions: all.len(),
        holders,
    }
}

fn compare(index: usize, asked: &Asking, own: &Asking, weights: &Weights) -> Near {
    let parts = parts(asked, own);
    let weigh = |terms: &[&Term]| terms.iter().map(|term| weights.of(&term.stem)).sum::<f64>();
    let common = weigh(&parts.shared);
    let all = common + weigh(&parts.only_first) + weigh(&parts.only_second);
    Near {
        index,
        score: if all > 0.0 { common / all } else { 0.0 },
        same: same(asked, own).is_some(),
        comparison: parts.shown(),
    }
}
