//! What a question is found by among all others: hashes, so that the texts of
//! a large corpus need not be held, nor their documents read again.

use rayon::prelude::*;

use super::fold::{answer_words, whole_answer};
use super::{answers, hash_of, similar};
use crate::corpus::Corpus;
use crate::verdict::Asked;

#[derive(Debug, Default)]
pub struct Trace {
    /// Of the question, its code and its choices; 0 equals none.
    pub question: u64,
    /// Of the answer; 0 equals none.
    pub answer: u64,
    /// Of what it asks, a key for each of its wordings.
    pub wordings: Vec<u64>,
    /// Of the answer's shingles.
    pub samples: Vec<u32>,
}

pub fn trace(asked: &Asked<'_>) -> Trace {
    let wordings = similar::wordings_of(asked);
    let words = answer_words(asked);
    let samples = answers::samples(&words);
    Trace {
        // Each wording knows the question's own.
        question: wordings.first().map_or(0, |first| first.folded),
        answer: hash_of(&whole_answer(asked, words)),
        wordings: similar::keys(&wordings),
        samples,
    }
}

/// The traces of all questions, in the corpus's order.
pub fn traces(corpus: &Corpus) -> Vec<Trace> {
    let indexes = (0..corpus.questions.len()).into_par_iter();
    let traces = indexes.map(|index| Asked::new(corpus, index).map(|asked| trace(&asked)));
    traces.map(Option::unwrap_or_default).collect()
}
