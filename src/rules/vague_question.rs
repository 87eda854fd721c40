//! `vague-question`: a question about something that it does not show.

use std::ops::Range;

use crate::markdown::flat::OBJECT;
use crate::verdict::{Asked, Verdict};

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let Some(flat) = asked.heading_text() else {
        return Vec::new();
    };
    let text = flat.text.as_str();
    // What is spelt out behind a colon, or in code, is shown.
    let shows = text.contains(OBJECT) || text.trim_end().trim_end_matches(':').contains(':');
    if shows || !asked.question.prompt.is_empty() {
        return Vec::new();
    }
    let lower = text.to_ascii_lowercase();
    let starts = word_starts(&lower);
    let mut phrases = asked.options.texts("phrases");
    let found = phrases.find_map(|phrase| find(&lower, &starts, phrase));
    let span = match found {
        Some(found) => flat.span(found),
        None if is_one_of(&lower, asked.options.texts("questions")) => {
            asked.question.heading_span()
        }
        None => return Vec::new(),
    };
    let message = "the question does not show what it asks about";
    let help = "write it below the heading, and the answer below `## Answer`";
    vec![asked.verdict(span, message, help)]
}

/// Where a word may begin in `text`: behind what is no letter or digit.
fn word_starts(text: &str) -> Vec<usize> {
    let mut inside = false;
    let starts = text.char_indices().filter(|(_, c)| {
        let begins = !inside;
        inside = c.is_alphanumeric();
        begins
    });
    starts.map(|(at, _)| at).collect()
}

/// `phrase` in `text`, as whole words, of which `starts` are all beginnings.
fn find(text: &str, starts: &[usize], phrase: &str) -> Option<Range<usize>> {
    let (bytes, first) = (text.as_bytes(), phrase.as_bytes().first());
    let mut alike = starts.iter().filter(|&&start| bytes.get(start) == first);
    alike.find_map(|&start| {
        let after = text.get(start..)?.strip_prefix(phrase)?;
        let ends = !after.starts_with(char::is_alphanumeric);
        ends.then(|| start..start + phrase.len())
    })
}

fn is_one_of<'a>(text: &str, mut questions: impl Iterator<Item = &'a str>) -> bool {
    let words = text.replace('’', "'").replace("what's", "what is");
    let words = words.trim_matches(|c: char| !c.is_alphanumeric());
    questions.any(|question| question == words)
}
