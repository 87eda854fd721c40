//! What a question is found by among all others: hashes, so that the texts of
//! a large corpus need not be held, nor their documents read again.

use std::hash::BuildHasher;

use foldhash::quality::FixedState;
use rayon::prelude::*;

use super::answers::{samples, word_hashes};
use super::fold::{answer_material, answer_text, question_key};
use super::{hash_of, similar};
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
    (trace.question, trace.wordings) = similar::traced(asked);
    if depth < Depth::EqualAnswers {
        return trace;
    }
    let words = word_hashes(&answer_text(asked));
    trace.answer = answer_hash(asked, &words);
    if depth >= Depth::CopiedAnswers {
        trace.samples = samples(&words);
    }
    trace
}

/// Of the answer proper, given the hashes of its words; 0 where it is empty.
fn answer_hash(asked: &Asked<'_>, words: &[u64]) -> u64 {
    let material = answer_material(asked).filter(|part| !part.is_empty());
    let material: Vec<&str> = material.collect();
    if words.is_empty() && material.is_empty() {
        return 0;
    }
    FixedState::default().hash_one((words, material))
}

/// The traces of all questions, in their order and as deep as can be.
pub fn traces(corpus: &Corpus) -> Vec<Trace> {
    let indexes = (0..corpus.questions.len()).into_par_iter();
    let traces = indexes
        .map(|index| Asked::new(corpus, index).map(|asked| trace(&asked, Depth::CopiedAnswers)));
    traces.map(Option::unwrap_or_default).collect()
}
