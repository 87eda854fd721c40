//! `fake-list`: lines that begin like those of a list, with a mark that makes none.

use super::lines::{Kept, lines};
use crate::finding::Edit;
use crate::source::Span;
use crate::verdict::{Asked, Verdict};

/// What may stand before a mark.
const INDENT: [char; 3] = [' ', '\t', '>'];

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let first = |line: Span| {
        let text = asked.source.slice(line);
        text.trim_start_matches(INDENT).bytes().next()
    };
    // Most lines begin with ASCII, and marks do not.
    let all = ["bullets", "dashes"].map(|name| asked.options.texts(name));
    let mut all = all.into_iter().flatten();
    let beyond = || lines(asked).any(|line| first(line).is_some_and(|byte| !byte.is_ascii()));
    let beyond = !asked.source.slice(asked.question.body).is_ascii() && beyond();
    if !beyond && !all.any(|mark| mark.starts_with(|c: char| c.is_ascii())) {
        return Vec::new();
    }
    let bullets = asked.options.list("bullets");
    let dashes = asked.options.list("dashes");
    let marked = |line: Span| {
        let words = asked.source.slice(line).trim_start_matches(INDENT);
        mark(words, &bullets).or(mark(words, &dashes)).is_some()
    };
    if !lines(asked).any(marked) {
        return Vec::new();
    }
    let kept = Kept::of(asked);
    let mut verdicts = Vec::new();
    // The marks of the lines that stand together, each with the space behind it.
    let mut run = Vec::new();
    // Whether a list may begin here, whether an empty line is above, and
    // whether the last mark was a bullet.
    let (mut open, mut blank, mut bulleted) = (true, true, false);
    for line in lines(asked) {
        let text = asked.source.slice(line);
        let words = text.trim_start_matches(INDENT);
        let start = line.end() - words.len();
        if words.trim().is_empty() {
            (open, blank) = (true, true);
            continue;
        }
        if kept.touches(Span::new(start, start)) || is_item(words) {
            verdicts.extend(finish(asked, &mut run));
            (open, blank) = (true, false);
            continue;
        }
        let bullet = mark(words, &bullets);
        let dash = mark(words, &dashes);
        let found = bullet.or(dash).filter(|_| open || !run.is_empty());
        match found {
            Some(length) => {
                // Dialogue is set with dashes, a paragraph a speaker.
                if blank && !(bulleted && bullet.is_some()) {
                    verdicts.extend(finish(asked, &mut run));
                }
                bulleted = bullet.is_some();
                run.push(Span::new(start, start + length));
            }
            // A line without a mark goes on with the item above it.
            None if blank => verdicts.extend(finish(asked, &mut run)),
            None => {}
        }
        let leads = words.trim_end().ends_with([':', '.', '?', '!']) || text.ends_with("  ");
        open = leads || words.starts_with('#');
        blank = false;
    }
    verdicts.extend(finish(asked, &mut run));
    verdicts
}

/// The length of a mark that `words` begin with, and of the space behind it.
/// A mark that stands within the line too separates words there.
fn mark(words: &str, marks: &[&str]) -> Option<usize> {
    let (mark, rest) = marks
        .iter()
        .find_map(|mark| Some((mark, words.strip_prefix(mark)?)))?;
    let item = rest.trim_start();
    let space = rest.len() - item.len();
    let separates = item.contains(&format!(" {mark}")) || item.contains(" | ");
    (space > 0 && !item.is_empty() && !separates).then_some(mark.len() + space)
}

/// Whether `words` begin an item of a list that is one.
fn is_item(words: &str) -> bool {
    let rest = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = rest.len() < words.len() && rest.starts_with(['.', ')']);
    (numbered || words.starts_with(['-', '*', '+']))
        && rest
            .get(1..)
            .is_some_and(|rest| rest.starts_with([' ', '\t']))
}

fn finish(asked: &Asked<'_>, run: &mut Vec<Span>) -> Option<Verdict> {
    let marks = std::mem::take(run);
    // One mark alone is no list: a sentence goes on, or somebody is quoted.
    let first = *marks.first().filter(|_| marks.len() > 1)?;
    let mark = asked.source.slice(first).trim_end();
    let place = Span::new(first.start(), first.start() + mark.len());
    let message = format!("lines that begin with `{mark}` make no list");
    let verdict = asked.verdict(place, message, "begin each item with `- `");
    let edits = marks.into_iter().map(|mark| Edit::new(mark, "- "));
    Some(verdict.unsafely(edits.collect()))
}
