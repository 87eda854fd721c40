//! `unexplained-acronym`: an acronym that an answer uses and never expands.

use std::collections::HashSet;

use crate::verdict::{Asked, Verdict};

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let question = asked.question;
    let prose = &question.document.prose;
    let range = question.answer_prose();
    let text = prose.text.get(range.clone()).unwrap_or_default();
    let known: HashSet<&str> = asked.options.list("known").into_iter().collect();
    let mut seen = HashSet::new();
    let mut verdicts = Vec::new();
    for (at, word) in words(text) {
        let acronym = word.strip_suffix('s').unwrap_or(word);
        let capitals = acronym.chars().all(|c| c.is_ascii_uppercase());
        let fits = (2..=6).contains(&acronym.len()) && capitals;
        if !fits || known.contains(acronym) || !seen.insert(acronym) || is_explained(text, at, word)
        {
            continue;
        }
        let span = prose.span(range.start + at..range.start + at + word.len());
        let message = format!("`{acronym}` is not explained");
        let help = format!("write it out at its first use: … ({acronym})");
        verdicts.push(asked.verdict(span, message, help));
    }
    verdicts
}

/// Letters and digits in a row, with their offsets.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let apart = |c: char| !c.is_alphanumeric();
    let mut at = 0;
    let pieces = text.split_inclusive(apart).map(move |piece| {
        let start = at;
        at += piece.len();
        (start, piece.trim_end_matches(apart))
    });
    pieces.filter(|(_, word)| !word.is_empty())
}

/// Whether the word stands in parentheses behind its words, has them in
/// parentheses behind itself, or is said to stand for them.
fn is_explained(text: &str, at: usize, word: &str) -> bool {
    let before = text
        .get(..at)
        .unwrap_or_default()
        .trim_end_matches(['"', '*']);
    let after = text.get(at + word.len()..).unwrap_or_default();
    let says = [
        "stands for",
        "is short for",
        "means",
        "is the abbreviation",
        "is an acronym",
    ];
    before.ends_with('(')
        || after.starts_with(" (")
        || says.iter().any(|say| after.trim_start().starts_with(say))
}
