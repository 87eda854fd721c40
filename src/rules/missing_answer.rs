//! `missing-answer`: no answer, or only a placeholder for one.

use std::borrow::Cow;

use crate::markdown::flat::OBJECT;
use crate::markdown::{Block, BlockKind};
use crate::parse::SOURCES;
use crate::source::Span;
use crate::verdict::{Asked, Verdict};

/// What stands where an answer should, in lower case and without marks at its ends.
const PLACEHOLDERS: &[&str] = &[
    "a",
    "add an answer",
    "add answer",
    "add answer here",
    "add your answer here",
    "ans",
    "answer",
    "answer goes here",
    "answer here",
    "answer pending",
    "answer to be added",
    "answer to come",
    "coming soon",
    "comming soon",
    "fill in",
    "fill me in",
    "fixme",
    "in progress",
    "insert answer here",
    "lorem ipsum",
    "n/a",
    "needs an answer",
    "needs answer",
    "no answer",
    "no answer yet",
    "not answered",
    "not answered yet",
    "not yet",
    "not yet answered",
    "pending",
    "placeholder",
    "solution",
    "soon",
    "tba",
    "tbc",
    "tbd",
    "to be added",
    "to be answered",
    "to be completed",
    "to be continued",
    "to be done",
    "to be written",
    "to do",
    "to-do",
    "todo",
    "todo later",
    "under construction",
    "wip",
    "work in progress",
    "write answer here",
    "write your answer here",
    "xxx",
    "your answer",
    "your answer here",
];

/// Those that name the answer.
const NAMES: &[&str] = &["ans", "answer", "solution"];

/// A note to oneself longer than this, in bytes, may be an answer that begins so.
const MAX_NOTE: usize = 80;

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let question = asked.question;
    // A right choice is an answer, if a short one.
    let chosen = question.choices.iter().any(|choice| choice.correct);
    if chosen || question.answer_optional {
        return Vec::new();
    }
    let section = question.follow_ups_section;
    let end = section.map_or(question.answer.end(), Span::start);
    let prose = &asked.document().prose;
    let mut text = String::new();
    let mut place = None;
    for block in asked.answer_blocks() {
        if block.span.start() >= end {
            break;
        }
        // What stands below is no answer, whatever holds the place of one above.
        if place.is_some() && is_about_sources(asked, block) {
            break;
        }
        if let BlockKind::Heading(_) | BlockKind::Comment = block.kind {
            continue;
        }
        let shown = shown(asked, block);
        if is_empty_code(asked, block) {
            continue;
        }
        if shown.contains(OBJECT) {
            return Vec::new();
        }
        if place.is_none() && !shown.trim().is_empty() {
            let prose = prose.span(block.prose.clone());
            place = Some(if prose.is_empty() { block.span } else { prose });
        }
        text.push_str(&shown);
        text.push(' ');
    }
    let written = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mark = |c: char| c.is_ascii_punctuation() || c == '…' || c == '\u{1e}' || c == ' ';
    let words = written.trim_matches(mark).to_lowercase();
    let words = words
        .strip_prefix("answer: ")
        .unwrap_or(&words)
        .trim_matches(mark);
    // Signs alone may be an answer, as `?` is; these hold the place of one.
    let dots = ['.', '…', '-', '_', '?'];
    let marks = written.trim_matches(['\u{1e}', ' ']);
    let is_gap = marks.chars().all(|c| dots.contains(&c)) && marks != "?";
    let help = if asked.corpus.page(question.source).is_none() {
        "write the answer below the question; until it stands, `status: draft` keeps it out of exports"
    } else {
        "write the answer; where questions alone are meant, say `answers = \"optional\"` in prepdeck.toml"
    };
    let notes = ["todo:", "todo(", "tbd:", "fixme:"];
    let is_note = words.len() <= MAX_NOTE && notes.iter().any(|note| words.starts_with(note));
    match place {
        // A link that is called so leads to it.
        Some(_) if NAMES.contains(&words) && leads_on(asked) => Vec::new(),
        Some(place) if is_note || PLACEHOLDERS.contains(&words) => {
            let message = format!(
                "`{}` holds the place of an answer",
                written.trim_end_matches(['\u{1e}', ' '])
            );
            vec![asked.verdict(place, message, help)]
        }
        _ if is_gap => {
            let message = "the question has no answer";
            vec![asked.verdict(place.unwrap_or(question.heading_span()), message, help)]
        }
        _ => Vec::new(),
    }
}

/// Whether a block is a heading of where an answer comes from.
fn is_about_sources(asked: &Asked<'_>, block: &Block) -> bool {
    let BlockKind::Heading(index) = block.kind else {
        return false;
    };
    let heading = asked.document().headings.get(index);
    let words = heading.map_or("", |heading| heading.text.text.trim());
    let words = words.trim_end_matches(':').to_lowercase();
    SOURCES.contains(&words.as_str())
}

/// Whether a block is code without a line of it.
fn is_empty_code(asked: &Asked<'_>, block: &Block) -> bool {
    let mut codes = asked.document().codes.iter();
    let own = codes.find(|code| block.span.contains(code.span.start()));
    matches!(block.kind, BlockKind::Code)
        && own.is_some_and(|code| code.text.text.trim().is_empty())
}

/// Whether a link stands in the answer that leads out of the page.
fn leads_on(asked: &Asked<'_>) -> bool {
    let answer = asked.question.answer;
    let links = asked.document().links.iter();
    let mut own = links.filter(|link| answer.contains(link.span.start()));
    own.any(|link| !link.image && !link.target.is_empty() && !link.target.starts_with('#'))
}

/// What a reader sees of a block. In raw HTML that is the text between its
/// tags; a picture counts as an object.
pub(super) fn shown<'a>(asked: &'a Asked<'_>, block: &Block) -> Cow<'a, str> {
    let prose = &asked.document().prose;
    let shown = prose.text.get(block.prose.clone()).unwrap_or_default();
    let html = asked.source.slice(block.span);
    if !shown.trim().is_empty() || !html.trim_start().starts_with('<') {
        return shown.into();
    }
    let mut text = String::new();
    for (number, piece) in html.split('<').enumerate() {
        let (tag, after) = piece.split_once('>').unwrap_or((piece, ""));
        let between = if number == 0 { piece } else { after };
        if number > 0
            && ["img", "svg", "video"]
                .iter()
                .any(|picture| tag.starts_with(picture))
        {
            text.push(OBJECT);
        }
        text.push_str(between);
        text.push(' ');
    }
    text.into()
}
