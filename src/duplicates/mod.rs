//! Likeness of questions and answers, with its reasons.

pub mod answers;
mod fold;
pub mod likeness;
pub mod nearest;
pub mod similar;
mod stem;
mod trace;
mod vocabulary;
pub mod wording;
mod words;

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::mem;

use crate::corpus::Corpus;
use crate::finding::Related;
use crate::question::Question;
use crate::source::Span;
use crate::verdict::{Asked, Verdict};

pub use fold::{answer_key, answer_words, question_key};
pub use trace::{Depth, Trace, trace, traces};

/// More places than this are counted, not named.
pub const MAX_RELATED: usize = 20;

/// What is alike in a corpus, found once for all rules that ask. A pair that
/// was judged different is none, but for answers that were copied in part.
pub struct Likeness {
    pub equal_questions: Vec<Pairs>,
    pub equal_answers: Vec<Pairs>,
    pub questions: Vec<similar::Alike>,
    pub answers: Vec<answers::Copies>,
}

/// `traces` are those of the corpus's questions.
pub fn likeness(corpus: &Corpus, mut traces: Vec<Trace>) -> Likeness {
    let samples = traces.iter_mut().map(|own| mem::take(&mut own.samples));
    let answers = answers::copied(corpus, samples.collect());
    let keys = traces.iter_mut().map(|own| mem::take(&mut own.wordings));
    let questions = similar::similar(corpus, keys.collect());
    let hashes = traces.iter().map(|own| own.question);
    let equal_questions = Pairs::equal(corpus, hashes, question_key);
    let hashes = traces.iter().map(|own| own.answer);
    let equal_answers = Pairs::equal(corpus, hashes, answer_key);
    Likeness {
        equal_questions,
        equal_answers,
        questions,
        answers,
    }
}

/// A question is compared with at most so many before it that have its key.
const MAX_COMPARED: usize = 64;

/// A question, and those before it in the corpus that it repeats.
#[derive(Debug, Clone)]
pub struct Pairs {
    pub index: usize,
    /// Of those before it, the first [`MAX_COMPARED`].
    pub earlier: Vec<usize>,
    /// How many more there are.
    pub more: usize,
}

impl Pairs {
    /// Questions with equal keys, but for those judged different. `hashes` are
    /// those of their keys; 0 is that of an empty key, which equals none.
    fn equal(
        corpus: &Corpus,
        hashes: impl Iterator<Item = u64>,
        key: fn(&Asked<'_>) -> String,
    ) -> Vec<Pairs> {
        let mut by_hash: Vec<(u64, usize)> = hashes.zip(0..).collect();
        by_hash.retain(|&(hash, _)| hash != 0);
        by_hash.sort_unstable();
        let groups = by_hash.chunk_by(|a, b| a.0 == b.0);
        let mut all = Vec::new();
        for same in groups.filter(|same| same.len() > 1) {
            let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for &(_, index) in same {
                let Some(asked) = Asked::new(corpus, index) else {
                    continue;
                };
                let before = by_key.entry(key(&asked)).or_default();
                let more = before.len().saturating_sub(MAX_COMPARED);
                let compared = before.iter().copied().take(MAX_COMPARED);
                let earlier: Vec<usize> = compared
                    .filter(|&other| !judged_distinct(corpus, index, other))
                    .collect();
                before.push(index);
                if !earlier.is_empty() {
                    all.push(Pairs {
                        index,
                        earlier,
                        more,
                    });
                }
            }
        }
        all.sort_by_key(|pairs| pairs.index);
        all
    }
}

pub fn judged_distinct(corpus: &Corpus, one: usize, other: usize) -> bool {
    let (Some(one), Some(other)) = (corpus.questions.get(one), corpus.questions.get(other)) else {
        return false;
    };
    let names = |a: &Question, b: &Question| {
        a.meta
            .rare()
            .distinct_from
            .iter()
            .any(|id| Some(id.value.as_str()) == b.id())
    };
    names(one, other) || names(other, one)
}

pub fn hash(key: &str) -> u64 {
    // Its keys are fixed, so the order of what follows never changes.
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

/// The hash of a key; 0 where it is empty.
pub fn hash_of(key: &str) -> u64 {
    if key.is_empty() { 0 } else { hash(key) }
}

/// The places of `others`, at most [`MAX_RELATED`] of them.
pub fn related(
    corpus: &Corpus,
    others: &[usize],
    place: fn(&Question) -> Option<Span>,
) -> Vec<Related> {
    let others = others.iter().take(MAX_RELATED);
    let places = others.filter_map(|&other| {
        let question = corpus.questions.get(other)?;
        Some(Related {
            source: question.source,
            question: Some(other),
            span: place(question)?,
            message: question.title(corpus.source_of(question)?),
        })
    });
    places.collect()
}

/// Adds `places` to a verdict, and a count of those that are not among them.
pub fn relate(mut verdict: Verdict, places: Vec<Related>, count: usize) -> Verdict {
    if count > places.len() {
        verdict.message = format!(
            "{} (and {} more like it)",
            verdict.message,
            count - places.len()
        );
    }
    verdict.related = places;
    verdict
}

/// Whether two questions are equal, or ask one thing in other words.
pub fn same_question(corpus: &Corpus, alike: &Likeness, later: usize, earlier: usize) -> bool {
    let found = alike
        .questions
        .binary_search_by_key(&later, |pair| pair.index);
    let pair = found.ok().and_then(|at| alike.questions.get(at));
    let similar = pair.is_some_and(|pair| pair.earlier.iter().any(|(other, _)| *other == earlier));
    let key = |index: usize| Asked::new(corpus, index).map(|asked| question_key(&asked));
    similar || key(later) == key(earlier)
}

/// How a finding calls another question.
pub fn name_of(corpus: &Corpus, question: usize) -> String {
    let id = corpus.questions.get(question).and_then(Question::id);
    id.map_or("another question".to_string(), |id| format!("`{id}`"))
}

/// How to say that two questions are different and `rule` is wrong, where the
/// question stands: in its front matter, or above it in a bank of Markdown.
/// None where there is no place for it, or one id for both.
pub fn how_to_part(asked: &Asked<'_>, other: usize, rule: &str) -> Option<String> {
    let corpus = asked.corpus;
    let id = corpus.questions.get(other).and_then(Question::id);
    if id.is_some() && id == asked.question.id() {
        return None;
    }
    if corpus.page(asked.question.source).is_none() {
        return id.map(|id| format!("say `distinct-from: [{id}]`"));
    }
    let format = corpus.files.get(asked.question.source)?.set.format;
    (!format.is_data()).then(|| format!("put `<!-- prepdeck-allow {rule} -->` above it"))
}

/// Where an answer begins: its first line.
pub fn first_line(asked: &Asked<'_>) -> Span {
    let answer = asked.question.answer;
    let line = asked.source.line_span(answer.start());
    Span::new(answer.start(), answer.end().min(line.end()))
}
