//! `doubled-word`: a word that stands twice beside itself.

use std::ops::Range;

use crate::finding::Edit;
use crate::scope::{Scope, stretches};
use crate::verdict::{Asked, Verdict};

/// Words that rightly come twice: "that that is", "had had", "bye bye".
const TWICE: &[&str] = &[
    "bla", "blah", "bye", "can", "do", "far", "had", "ha", "her", "is", "knock", "log", "long",
    "many", "more", "much", "no", "so", "that", "very",
];

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for scope in [Scope::Question, Scope::AnswerProse] {
        for stretch in stretches(scope, asked) {
            let text = stretch.text();
            for (word, range) in doubled(text) {
                let span = stretch.span(range.clone());
                let second = range.end - word.len()..range.end;
                let gap = text
                    .get(range.start + word.len()..second.start)
                    .unwrap_or_default();
                let message = format!("`{word}` stands twice");
                let verdict = asked.verdict(span, message, "remove one of them");
                // Only where nothing but white space is between them in the source.
                let written = asked.source.slice(span);
                let between = written.get(word.len()..written.len().saturating_sub(word.len()));
                let plain =
                    between.is_some_and(|between| between.trim().is_empty() && !gap.is_empty());
                let first = stretch.span(range.start..range.start + word.len());
                let rest = crate::source::Span::new(first.end, span.end);
                verdicts.push(if plain {
                    verdict.unsafely(vec![Edit::new(rest, "")])
                } else {
                    verdict
                });
            }
        }
    }
    verdicts
}

/// Each word that is followed by itself, with the range of both.
fn doubled(text: &str) -> Vec<(&str, Range<usize>)> {
    let mut found = Vec::new();
    let mut last: Option<(&str, usize)> = None;
    let mut at = 0;
    for piece in text.split_inclusive([' ', '\n', '\t']) {
        let word = piece.trim_end_matches([' ', '\n', '\t']);
        // Punctuation between them parts two sentences or a list.
        let bare = word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')']);
        let is_word = !bare.is_empty() && bare.chars().all(char::is_alphabetic);
        if word.is_empty() {
            at += piece.len();
            continue;
        }
        if let Some((before, start)) = last
            && is_word
            && before == bare
            && bare.chars().all(char::is_lowercase)
            && bare.len() > 1
            && !TWICE.contains(&bare)
        {
            found.push((bare, start..at + bare.len()));
        }
        last = (is_word && bare == word).then_some((word, at));
        at += piece.len();
    }
    found
}
