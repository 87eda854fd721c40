//! Questions that no heading asks, with their answers below: first in items of
//! a list, or in bold. They are taken for headings of the level [`PARAGRAPH`].

use crate::source::Span;

use super::boxes::tick;
use super::lines::{columns, line_end, line_start};
use super::looks::{asks, asks_by_word, is_back_link, label, plain, surely_asks};
use super::outline::{Head, InItem, Item, Outline, PARAGRAPH};

/// The questions of a file, by place. None where most of them stand without an
/// answer, or do not ask beyond doubt: those are lists.
pub fn answered(text: &str, outline: &Outline) -> Vec<Head> {
    let mut heads = candidates(text, outline);
    heads.retain(|head| !in_answer(text, outline, head));
    let mut answers = 0;
    let mut sure = 0;
    for (at, head) in heads.iter().enumerate() {
        let next = heads.get(at + 1);
        let next = next.map_or(text.len(), |next| next.lines.start());
        answers += usize::from(has_answer(text, outline, head.lines.end(), next));
        let words = text.get(head.words.range()).unwrap_or_default();
        sure += usize::from(surely_asks(words));
    }
    if answers * 2 < heads.len() || sure * 2 < heads.len() {
        heads.clear();
    }
    heads
}

/// Whether a heading above asks, so that all below it is its answer.
fn in_answer(text: &str, outline: &Outline, head: &Head) -> bool {
    let heads = &outline.heads;
    let above = heads.partition_point(|other| other.lines.start() <= head.lines.start());
    let above = above.checked_sub(1).and_then(|at| heads.get(at));
    let words = above.and_then(|above| text.get(above.words.range()));
    let asks = |words| surely_asks(words) || asks_by_word(words);
    words.is_some_and(|words| asks(words) || label(words, 0).is_some_and(|own| own.says_q))
}

fn candidates(text: &str, outline: &Outline) -> Vec<Head> {
    let mut heads: Vec<Head> = Vec::new();
    let mut number = None;
    for item in &outline.items {
        let (head, own) = item_head(text, item, number);
        number = own.or(number);
        heads.extend(head);
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with("**") {
            heads.extend(paragraph_head(text, outline, at, line));
        }
        at += line.len();
    }
    heads.sort_by_key(|head| head.lines.start());
    heads
}

/// The question that an item begins with, and its number. What is in bold asks
/// too where its number is that behind `last`.
fn item_head(text: &str, item: &Item, last: Option<u64>) -> (Option<Head>, Option<u64>) {
    let end = item.text_end.min(item.span.end());
    let written = text.get(item.span.start()..end).unwrap_or_default();
    let bullet = written.len() - written.trim_start().len();
    let digits = written.get(bullet..).unwrap_or_default();
    let digits = digits.bytes().take_while(u8::is_ascii_digit).count();
    let behind = written.get(bullet + digits + 1..).unwrap_or_default();
    let behind = behind.trim_start_matches([' ', '\t']);
    let behind = behind.get(tick(behind)..).unwrap_or_default();
    let line = behind.lines().next().unwrap_or_default().trim_end();
    let start = item.span.start() + (written.len() - behind.len());
    let number = Span::new(
        item.span.start() + bullet,
        item.span.start() + bullet + digits,
    );
    let counted = text.get(number.range()).unwrap_or_default().parse().ok();
    let goes_on = last.and_then(|last: u64| last.checked_add(1)) == counted && counted.is_some();
    let asks_in_bold = |length: &usize| goes_on || asks(line.get(..*length).unwrap_or_default());
    let in_bold = bold(line);
    // A question may go on in the next line; its mark ends it.
    let plainly = in_bold.is_none() && digits > 0 && ends_asking(line, behind);
    let asked = in_bold.filter(asks_in_bold);
    let Some(asked) = asked.or(plainly.then_some(line.len())) else {
        return (None, None);
    };
    let line_start = line_start(text, item.span.start());
    let before = text.get(line_start..start).unwrap_or_default();
    let head = Head {
        level: PARAGRAPH,
        lines: Span::new(line_start, below(text, start + asked)),
        words: Span::new(start, start + asked),
        item: Some(InItem {
            indent: columns(before),
            end: item.span.end(),
            number,
        }),
    };
    (Some(head), counted)
}

/// Whether the first line of an item's text asks and ends there.
fn ends_asking(line: &str, behind: &str) -> bool {
    let ends = line.ends_with(['?', '？', '؟']);
    ends || (surely_asks(line) && behind.trim_end().len() == line.len())
}

/// A paragraph in bold that asks: `**1. What is X?**`.
fn paragraph_head(text: &str, outline: &Outline, at: usize, line: &str) -> Option<Head> {
    let line = line.trim_end();
    let length = bold(line)?;
    let words = line.get(..length)?;
    let own = label(words, at);
    let asked = own
        .as_ref()
        .map_or(words, |own| text.get(own.rest.range()).unwrap_or_default());
    let within = |spans: &[Span]| {
        let next = spans.partition_point(|span| span.end() <= at);
        spans.get(next).is_some_and(|span| span.contains(at))
    };
    let items = &outline.items;
    let next = items.partition_point(|item| item.span.end() <= at);
    let in_item = items.get(next).is_some_and(|item| item.span.contains(at));
    let above = text.get(..at)?.trim_end_matches([' ', '\t', '\r']);
    let above = above.strip_suffix('\n').unwrap_or(above);
    let begins = above.is_empty() || above.ends_with('\n') || above.ends_with("\n\r");
    let numbered = own.is_some_and(|own| !own.number.is_empty() && asks(asked));
    if in_item || within(&outline.codes) || !begins || !(numbered || surely_asks(asked)) {
        return None;
    }
    Some(Head {
        level: PARAGRAPH,
        lines: Span::new(at, below(text, at + length)),
        words: Span::new(at, at + length),
        item: None,
    })
}

/// How long the words in bold are that a line begins with.
fn bold(line: &str) -> Option<usize> {
    let inner = line.strip_prefix("**")?;
    let end = inner.find("**")?;
    // `**What is `**`?**` is no less in bold.
    let whole = inner.strip_suffix("**").filter(|words| words.contains('`'));
    let end = whole.map_or(end, str::len);
    let words = inner.get(..end)?;
    let begins = !words.starts_with(char::is_whitespace) && !words.is_empty();
    begins.then_some(end + 4)
}

/// Where the answer begins: behind the line, if nothing more stands in it.
fn below(text: &str, end: usize) -> usize {
    let line = line_end(text, end);
    let rest = text.get(end..line).unwrap_or_default();
    let blank = ["", "<br>", "<br/>", "<br />", "\\"].contains(&rest.trim());
    if blank { line } else { end }
}

/// Whether running text stands between two questions, above any heading.
fn has_answer(text: &str, outline: &Outline, start: usize, end: usize) -> bool {
    let heads = &outline.heads;
    let next = heads.partition_point(|head| head.lines.start() < start);
    let end = heads
        .get(next)
        .map_or(end, |head| head.lines.start().min(end));
    let mut at = start;
    for line in text
        .get(start..end)
        .unwrap_or_default()
        .split_inclusive('\n')
    {
        let codes = &outline.codes;
        let next = codes.partition_point(|code| code.end() <= at);
        let code = codes.get(next).is_some_and(|code| code.contains(at));
        let bare = line.trim();
        let item = bare.starts_with(['-', '*', '+', '|']) && !bare.starts_with("**");
        let digits = bare.trim_start_matches(|c: char| c.is_ascii_digit());
        let item = item || (digits.len() < bare.len() && digits.starts_with(['.', ')']));
        if !code && !item && !plain(bare).is_empty() && !is_back_link(bare) {
            return true;
        }
        at += line.len();
    }
    false
}
