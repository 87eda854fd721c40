//! `fake-list`: lines that begin like those of a list, with a mark that makes none.

use super::lines::{Kept, lines};
use crate::finding::Edit;
use crate::source::Span;
use crate::verdict::{Asked, Verdict};

/// Lines that stand together and begin with such a mark.
#[derive(Default)]
struct Run {
    /// The marks, each with the space behind it.
    marks: Vec<Span>,
    /// Whether a mark of them is a bullet, which makes nothing but lists.
    bullet: bool,
}

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let bullets = asked.options.list("bullets");
    let dashes = asked.options.list("dashes");
    let kept = Kept::of(asked);
    let mut verdicts = Vec::new();
    let mut run = Run::default();
    // Whether a list may begin here, and whether an empty line is above.
    let (mut open, mut blank) = (true, true);
    for line in lines(asked) {
        let text = asked.source.slice(line);
        let words = text.trim_start_matches([' ', '\t', '>']);
        let start = line.end - words.len();
        if words.trim().is_empty() {
            (open, blank) = (true, true);
            continue;
        }
        if kept.touches(Span::new(start, start)) {
            verdicts.extend(finish(asked, &mut run));
            (open, blank) = (true, false);
            continue;
        }
        let bullet = mark(words, &bullets);
        let dash = mark(words, &dashes);
        let found = bullet.or(dash).filter(|_| open || !run.marks.is_empty());
        match found {
            Some(length) => {
                // Dialogue is set with dashes, a paragraph a speaker.
                if blank && bullet.is_none() {
                    verdicts.extend(finish(asked, &mut run));
                }
                run.bullet |= bullet.is_some();
                run.marks.push(Span::new(start, start + length));
            }
            // A line without a mark goes on with the item above it.
            None if blank => verdicts.extend(finish(asked, &mut run)),
            None => {}
        }
        let leads = words.trim_end().ends_with(':') || text.ends_with("  ");
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

fn finish(asked: &Asked<'_>, run: &mut Run) -> Option<Verdict> {
    let Run { marks, bullet } = std::mem::take(run);
    let first = *marks.first()?;
    // One dash alone goes on with a sentence, or names who is quoted.
    if !bullet && marks.len() < 2 {
        return None;
    }
    let mark = asked.source.slice(first).trim_end();
    let place = Span::new(first.start, first.start + mark.len());
    let message = format!("`{mark}` makes no list: the lines run together into one paragraph");
    let verdict = asked.verdict(place, message, "begin each item with `- `");
    let edits = marks.iter().map(|&mark| Edit::new(mark, "- "));
    Some(verdict.unsafely(edits.collect()))
}
