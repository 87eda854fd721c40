//! `answer-too-short`: an answer of a few words where more was asked for.

use super::missing_answer::{self, shown};
use crate::markdown::BlockKind;
use crate::markdown::flat::OBJECT;
use crate::source::Span;
use crate::verdict::{Asked, Verdict};

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let question = asked.question;
    if question.answer_optional {
        return Vec::new();
    }
    let min = asked.options.number("min");
    let end = match question.follow_ups_section {
        Some(section) => section.start(),
        None => question.answer.end(),
    };
    let mut count = 0;
    for block in asked.answer_blocks() {
        if block.span.start() >= end {
            break;
        }
        if let BlockKind::Comment = block.kind {
            continue;
        }
        let text = shown(asked, block);
        count += words(&text).take(min).sum::<usize>();
        if count >= min || text.contains(OBJECT) {
            return Vec::new();
        }
    }
    // Choices are an answer, and what stands below them explains it.
    let brief = !question.choices.is_empty() || !wants_more(asked);
    if brief || !missing_answer::check(asked).is_empty() {
        return Vec::new();
    }
    let line = asked.source.line_span(question.answer.start());
    let span = Span::new(question.answer.start(), line.end().min(end));
    let number = if count == 1 {
        "1 word"
    } else {
        &format!("{count} words")
    };
    let message = format!("an answer of {number}");
    let help = format!("say why, or give an example; {min} words are the least");
    vec![asked.verdict(span, message, help)]
}

/// Whether the heading begins like one that a fact does not answer.
fn wants_more(asked: &Asked<'_>) -> bool {
    let text = asked.heading_text();
    let text = text
        .map_or("", |flat| flat.text.as_str())
        .to_lowercase()
        .replace('’', "'");
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != OBJECT);
    let beginnings = asked.options.list("beginnings");
    let begins = |words: &&str| {
        let rest = text.strip_prefix(words);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    beginnings.is_empty() || beginnings.iter().any(begins)
}

/// The words, each counted as one; in a script without spaces, as its signs.
fn words(text: &str) -> impl Iterator<Item = usize> {
    let words = text.split(|c: char| c.is_whitespace() || c == '\u{1e}');
    let spaceless = |c: char| {
        let code = u32::from(c);
        let scripts = [
            0x0e00..=0x0eff,
            0x1000..=0x109f,
            0x1780..=0x17ff,
            0x2e80..=0x3_ffff,
        ];
        c.is_alphanumeric() && scripts.iter().any(|script| script.contains(&code))
    };
    let counts = words.map(move |word| {
        let signs = word.chars().filter(|&c| spaceless(c)).count();
        signs.max(usize::from(word.contains(char::is_alphanumeric)))
    });
    counts.filter(|&count| count > 0)
}
