//! Which split of a data set a question falls into, and what is left out so
//! that no split holds what another one asks.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::config::Splits;
use crate::corpus::Corpus;
use crate::duplicates::{Pairs, answer_key, likeness, question_key};
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
    let mut left_out = BTreeMap::new();
    for (one, other) in alike(corpus) {
        let id = |index: usize| corpus.questions.get(index).and_then(Question::id);
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

/// Pairs of questions that ask the same, or whose answers were copied. Who
/// judged two questions different did not make their answers so.
fn alike(corpus: &Corpus) -> Vec<(usize, usize)> {
    let long = |index: usize| {
        Asked::new(corpus, index)
            .is_some_and(|asked| answer_key(&asked).split_whitespace().count() >= MIN_WORDS)
    };
    let mut equal = Pairs::equal(corpus, question_key);
    let answers = Pairs::equal(corpus, answer_key).into_iter();
    equal.extend(answers.filter(|pairs| long(pairs.index)));
    let mut alike = Vec::new();
    for Pairs { index, earlier, .. } in equal {
        alike.extend(earlier.into_iter().map(|other| (index, other)));
    }
    let found = likeness(corpus);
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
