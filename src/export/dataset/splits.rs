//! Which split of a data set a question falls into, and what is left out so
//! that no split holds what another one asks.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::config::Splits;
use crate::corpus::Corpus;
use crate::duplicates::{Pairs, answer_key, likeness, traces};
use crate::export::Entry;
use crate::question::Question;
use crate::verdict::Asked;

/// Equal answers of fewer words are no sign of one question: `true` answers many.
const MIN_WORDS: usize = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    Train,
    Validation,
    Test,
}

impl Split {
    pub const ALL: [Split; 3] = [Split::Train, Split::Validation, Split::Test];

    pub fn name(self) -> &'static str {
        match self {
            Split::Train => "train",
            Split::Validation => "validation",
            Split::Test => "test",
        }
    }
}

/// A question that is in no split.
pub struct LeftOut {
    pub split: Split,
    /// A question that is alike, in another split.
    pub other: String,
}

/// The split of the question called `id`. It hangs on nothing else, so no other
/// question can move it. Test lies at one end and validation at the other, so
/// that a change of one fraction moves questions from or to train alone.
pub fn split(id: &str, splits: &Splits) -> Split {
    let hash = Sha256::digest(format!("{}\0{id}", splits.salt));
    let number = hash.first_chunk().copied().map_or(0, u32::from_be_bytes);
    // From 0 up to 1.
    let place = f64::from(number) / (f64::from(u32::MAX) + 1.0);
    if place < splits.test {
        Split::Test
    } else if place >= 1.0 - splits.validation {
        Split::Validation
    } else {
        Split::Train
    }
}

/// The validation and test questions that are alike to one in another split.
pub fn left_out(corpus: &Corpus, entries: &[Entry<'_>]) -> BTreeMap<String, LeftOut> {
    let splits = &corpus.config.splits;
    let split_of: BTreeMap<&str, Split> = entries
        .iter()
        .map(|entry| (entry.id, split(entry.id, splits)))
        .collect();
    let id = |index: usize| corpus.questions.get(index).and_then(Question::id);
    let mut pairs = alike(corpus);
    for answered in one_answer(corpus) {
        for split in Split::ALL {
            let is_there =
                |&&index: &&usize| id(index).and_then(|id| split_of.get(id)) == Some(&split);
            // One of a split stands for all of it.
            if let Some(&there) = answered.iter().find(is_there) {
                pairs.extend(answered.iter().map(|&index| (index, there)));
            }
        }
    }
    let mut left_out = BTreeMap::new();
    for (one, other) in pairs {
        let (Some(one), Some(other)) = (id(one), id(other)) else {
            continue;
        };
        for (own, other) in [(one, other), (other, one)] {
            if let (Some(&split), Some(&others)) = (split_of.get(own), split_of.get(other))
                && split != others
                && split != Split::Train
            {
                let other = other.to_string();
                left_out
                    .entry(own.to_string())
                    .or_insert(LeftOut { split, other });
            }
        }
    }
    left_out
}

/// Pairs of questions that ask the same, unless they were judged different, or
/// whose answers were copied.
fn alike(corpus: &Corpus) -> Vec<(usize, usize)> {
    let found = likeness(corpus, traces(corpus));
    let mut alike = Vec::new();
    for Pairs { index, earlier, .. } in found.equal_questions {
        alike.extend(earlier.into_iter().map(|other| (index, other)));
    }
    for pair in found.questions {
        alike.extend(pair.earlier.iter().map(|(other, _)| (pair.index, *other)));
    }
    for copies in found.answers {
        alike.extend(
            copies
                .earlier
                .iter()
                .map(|(other, _)| (copies.index, *other)),
        );
    }
    alike
}

/// The questions that share an answer, an answer after the other. Who judged two
/// questions different (`distinct-from`) did not make their answers so: what a
/// model has seen under one question would be tested under the other.
fn one_answer(corpus: &Corpus) -> Vec<Vec<usize>> {
    let mut by_answer: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for index in 0..corpus.questions.len() {
        let answer = Asked::new(corpus, index).map(|asked| answer_key(&asked));
        let answer = answer.filter(|answer| answer.split_whitespace().count() >= MIN_WORDS);
        if let Some(answer) = answer {
            by_answer.entry(answer).or_default().push(index);
        }
    }
    let shared = by_answer.into_values();
    shared.filter(|questions| questions.len() > 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn splits(salt: &str, validation: f64, test: f64) -> Splits {
        let salt = salt.to_string();
        Splits {
            salt,
            validation,
            test,
        }
    }

    fn ids() -> impl Iterator<Item = String> {
        (0..2000).map(|number| format!("question-{number}"))
    }

    #[test]
    fn what_is_published_stays_where_it_is() {
        let splits = splits("", 0.1, 0.1);
        let of = |id| split(id, &splits).name();
        assert_eq!(
            ["etag", "deadlock", "q-0", "q-9", "q-13"].map(of),
            ["train", "test", "train", "train", "train"]
        );
    }

    #[test]
    fn fractions_are_kept_and_a_salt_deals_anew() {
        let (one, other) = (splits("", 0.2, 0.1), splits("x", 0.2, 0.1));
        let count = |wanted| ids().filter(|id| split(id, &one) == wanted).count();
        assert!((340..460).contains(&count(Split::Validation)));
        assert!((150..250).contains(&count(Split::Test)));
        assert!(ids().any(|id| split(&id, &one) != split(&id, &other)));
    }

    #[test]
    fn a_larger_test_split_takes_from_train_alone() {
        let (before, after) = (splits("", 0.2, 0.1), splits("", 0.2, 0.3));
        for id in ids() {
            let (before, after) = (split(&id, &before), split(&id, &after));
            assert!(before == after || (before, after) == (Split::Train, Split::Test));
        }
    }
}
