//! What a question is found by among all others: hashes, so that the texts of
//! a large corpus need not be held, nor their documents read again.

use rayon::prelude::*;

use super::fold::{answer_words, question_key, whole_answer};
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

/// How deep likeness is looked for; each level has those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    EqualQuestions,
    SimilarQuestions,
    EqualAnswers,
    CopiedAnswers,
}

pub fn trace(asked: &Asked<'_>, depth: Depth) -> Trace {
    let mut trace = Trace::default();
    if depth < Depth::SimilarQuestions {
        trace.question = hash_of(&question_key(asked));
        return trace;
    }
    let wordings = similar::wordings_of(asked);
    // Each wording knows the question's own.
    trace.question = wordings.first().map_or(0, |first| first.folded);
    trace.wordings = similar::keys(&wordings);
    if depth < Depth::EqualAnswers {
        return trace;
    }
    let words = answer_words(asked);
    if depth >= Depth::CopiedAnswers {
        trace.samples = answers::samples(&words);
    }
    trace.answer = hash_of(&whole_answer(asked, words));
    trace
}

/// The traces of all questions, in the corpus's order and as deep as can be.
pub fn traces(corpus: &Corpus) -> Vec<Trace> {
    let indexes = (0..corpus.questions.len()).into_par_iter();
    let traces = indexes
        .map(|index| Asked::new(corpus, index).map(|asked| trace(&asked, Depth::CopiedAnswers)));
    traces.map(Option::unwrap_or_default).collect()
}
