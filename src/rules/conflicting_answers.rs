//! `conflicting-answers`: one question, and two answers that have little in common.

use std::collections::HashSet;

use crate::corpus::Corpus;
use crate::duplicates::answers::MIN_WORDS;
use crate::duplicates::{Likeness, answer_words, first_line, name_of, relate, related};
use crate::verdict::{Asked, Verdict};

/// Answers to one question share at least so many of their words, in percent.
const MIN_SHARED: usize = 8;

pub fn check(corpus: &Corpus, alike: &Likeness) -> Vec<Verdict> {
    let mut pairs: Vec<(usize, Vec<usize>)> = alike
        .equal_questions
        .iter()
        .map(|pairs| (pairs.index, pairs.earlier.clone()))
        .collect();
    pairs.extend(alike.questions.iter().map(|pair| {
        (
            pair.index,
            pair.earlier.iter().map(|(other, _)| *other).collect(),
        )
    }));
    pairs.sort();
    let mut verdicts = Vec::new();
    for (index, mut others) in pairs {
        let Some(asked) = Asked::new(corpus, index) else {
            continue;
        };
        let text = answer_words(&asked);
        let words = telling(&text);
        others.retain(|&other| {
            Asked::new(corpus, other).is_some_and(|other| conflict(&asked, words.as_ref(), &other))
        });
        let Some(&first) = others.first() else {
            continue;
        };
        let name = name_of(corpus, first);
        let message = format!("this answers otherwise than {name}, which asks the same");
        let help = "find out which answer is right, and keep that one";
        let places = related(corpus, &others, |question| Some(question.heading_span()));
        verdicts.push(relate(
            asked.verdict(first_line(&asked), message, help),
            places,
            others.len(),
        ));
    }
    verdicts
}

/// Whether two answers to one question cannot both be right: other choices are
/// correct, or hardly a word is the same. `words` are those of the first
/// ([`telling`]), which is compared with many.
fn conflict(one: &Asked<'_>, words: Option<&HashSet<&str>>, other: &Asked<'_>) -> bool {
    let correct = |asked: &Asked<'_>| {
        let document = asked.document();
        let right = asked
            .question
            .choices
            .iter()
            .filter(|choice| choice.correct);
        let text = |range: std::ops::Range<usize>| {
            document
                .prose
                .text
                .get(range)
                .unwrap_or_default()
                .trim()
                .to_string()
        };
        right
            .map(|choice| text(choice.prose.clone()))
            .collect::<HashSet<_>>()
    };
    if !one.question.choices.is_empty() && !other.question.choices.is_empty() {
        return correct(one) != correct(other);
    }
    let text = answer_words(other);
    let (Some(one), Some(other)) = (words, telling(&text)) else {
        return false;
    };
    let shared = one.intersection(&other).count();
    shared * 100 < MIN_SHARED * (one.len() + other.len() - shared)
}

/// The words of an answer that may tell it from another; None where it is too
/// short to be compared.
fn telling(text: &str) -> Option<HashSet<&str>> {
    if text.split_whitespace().count() < MIN_WORDS {
        return None;
    }
    // Short words are in every answer.
    let long = text.split_whitespace().filter(|word| word.len() > 3);
    Some(long.collect())
}
