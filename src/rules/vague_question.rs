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
    let phrases = asked.options.texts("phrases");
    // Mostly none is there, which is known sooner than where one is.
    let mut there = phrases.filter(|phrase| lower.contains(phrase));
    let found = there.find_map(|phrase| find(&lower, phrase));
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

/// `phrase` in `text`, as whole words.
fn find(text: &str, phrase: &str) -> Option<Range<usize>> {
    let mut places = text.match_indices(phrase);
    places.find_map(|(start, _)| {
        let end = start + phrase.len();
        let (before, after) = (text.get(..start)?, text.get(end..)?);
        let apart =
            !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
        apart.then_some(start..end)
    })
}

fn is_one_of<'a>(text: &str, mut questions: impl Iterator<Item = &'a str>) -> bool {
    let words = text.replace('’', "'").replace("what's", "what is");
    let words = words.trim_matches(|c: char| !c.is_alphanumeric());
    questions.any(|question| question == words)
}
