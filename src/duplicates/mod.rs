//! Likeness of questions and answers, with its reasons.

pub mod answers;
mod fold;
pub mod likeness;
pub mod nearest;
pub mod similar;
mod stem;
mod vocabulary;
pub mod wording;
mod words;

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::finding::Related;
use crate::question::Question;
use crate::source::Span;
use crate::verdict::{Asked, Verdict};

pub use fold::{answer_key, answer_words, question_key};

/// More places than this are counted, not named.
const MAX_RELATED: usize = 20;

/// What is alike in a corpus, found once for all rules that ask.
pub struct Likeness {
    pub questions: Vec<similar::Alike>,
    pub answers: Vec<answers::Copies>,
}

pub fn likeness(corpus: &Corpus) -> Likeness {
    let (questions, answers) = rayon::join(|| similar::similar(corpus), || answers::copied(corpus));
    Likeness { questions, answers }
}

/// A question is compared with at most so many before it that have its key.
const MAX_COMPARED: usize = 64;

/// A question, and those before it in the corpus's order that it repeats.
pub struct Pairs {
    pub index: usize,
    /// Of those before it, the first [`MAX_COMPARED`].
    pub earlier: Vec<usize>,
    /// How many more there are.
    pub more: usize,
}

impl Pairs {
    /// Questions with equal keys, but for those judged different. An empty key equals none.
    pub fn equal(corpus: &Corpus, key: fn(&Asked<'_>) -> String) -> Vec<Pairs> {
        let key_of = |index: usize| {
            Asked::new(corpus, index)
                .map(|asked| key(&asked))
                .unwrap_or_default()
        };
        // Hashes first: keys of a large corpus need not be held all at once.
        let hashes: Vec<Option<u64>> = (0..corpus.questions.len())
            .into_par_iter()
            .map(|index| {
                Some(key_of(index))
                    .filter(|key| !key.is_empty())
                    .map(|key| hash(&key))
            })
            .collect();
        let mut by_hash: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for (index, hash) in hashes
            .into_iter()
            .enumerate()
            .filter_map(|(index, hash)| Some((index, hash?)))
        {
            by_hash.entry(hash).or_default().push(index);
        }
        let mut all = Vec::new();
        for same in by_hash.into_values().filter(|same| same.len() > 1) {
            let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for index in same {
                let before = by_key.entry(key_of(index)).or_default();
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

/// The places of `others`, at most [`MAX_RELATED`] of them.
pub fn related(
    corpus: &Corpus,
    others: &[usize],
    place: fn(&Question) -> Option<Span>,
) -> Vec<Related> {
    let questions = others
        .iter()
        .take(MAX_RELATED)
        .filter_map(|&other| corpus.questions.get(other));
    questions
        .filter_map(|question| {
            let span = place(question)?;
            let title = question.title(corpus.source_of(question)?);
            Some(Related {
                source: question.source,
                span,
                message: title,
            })
        })
        .collect()
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
    let line = asked.source.line_span(answer.start);
    Span::new(answer.start, answer.end.min(line.end))
}
