//! The text of a `<details>`: its summary as a question, its body without the
//! tags that only set it apart.

use crate::markdown::flat::{Flat, Origin};
use crate::source::Span;

use super::looks::label;

/// Without the tags that only set the answer apart from its summary.
pub fn inner(text: &str, span: Span) -> Span {
    let mut span = span;
    let opening = [
        "<br>", "<br/>", "<br />", "</br>", "<b>", "<p>", "<div>", "<strong>", "<ul>", "<hr>",
    ];
    let closing = [
        "</b>",
        "</p>",
        "</div>",
        "</strong>",
        "<br>",
        "<br/>",
        "</br>",
        "</ul>",
    ];
    let starts = |written: &str, tags: &[&str]| {
        let found = tags.iter().find(|tag| {
            written
                .get(..tag.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(tag))
        });
        found.map(|tag| tag.len())
    };
    loop {
        let written = text.get(span.range()).unwrap_or_default();
        let trimmed = written.trim_start();
        let Some(length) = starts(trimmed, &opening) else {
            break;
        };
        // A list in HTML is one, not a frame.
        if trimmed
            .get(..3)
            .is_some_and(|tag| tag.eq_ignore_ascii_case("<ul"))
            && trimmed.contains("<li")
        {
            break;
        }
        span = span.starting(span.start() + written.len() - trimmed.len() + length);
    }
    loop {
        let written = text.get(span.range()).unwrap_or_default().trim_end();
        let found = closing.iter().find(|tag| {
            let at = written.len().checked_sub(tag.len());
            at.and_then(|at| written.get(at..))
                .is_some_and(|end| end.eq_ignore_ascii_case(tag))
        });
        let Some(tag) = found else { break };
        if tag.eq_ignore_ascii_case("</ul>") && written.contains("<li") {
            break;
        }
        span = span.ending(span.start() + written.len() - tag.len());
    }
    span
}

/// The first paragraph of a summary, and what stands below it.
pub fn first_paragraph(text: &str, span: Span) -> (Span, Span) {
    let written = text.get(span.range()).unwrap_or_default();
    let start = span.start() + (written.len() - written.trim_start().len());
    let end = span.start() + written.trim_end().len().max(start - span.start());
    let mut at = start;
    for (number, line) in text
        .get(start..end)
        .unwrap_or_default()
        .split_inclusive('\n')
        .enumerate()
    {
        let bare = line.trim();
        let blocks = ["```", "~~~", "<pre", "<img", "!["];
        let begins = blocks.iter().any(|block| bare.starts_with(block));
        let item = bare.starts_with(['-', '*', '+']) && bare.get(1..2) == Some(" ");
        let digits = bare.trim_start_matches(|c: char| c.is_ascii_digit());
        let numbered =
            digits.len() < bare.len() && (digits.starts_with(". ") || digits.starts_with(") "));
        if number > 0 && (bare.is_empty() || begins || item || numbered) {
            return (Span::new(start, at), Span::new(at, end));
        }
        at += line.len();
    }
    (Span::new(start, end), Span::new(end, end))
}

/// A summary behind its number, and behind the tags before that.
pub fn without_number(text: &str, span: Span) -> Span {
    let written = text.get(span.range()).unwrap_or_default();
    let mut rest = written;
    while let Some((length, "")) = rest.starts_with('<').then(|| tag_shown(rest)).flatten() {
        rest = rest.get(length..).unwrap_or_default().trim_start();
    }
    let label = label(rest, span.start() + written.len() - rest.len());
    let behind = label.map(|label| label.rest);
    behind.filter(|rest| !rest.is_empty()).unwrap_or(span)
}

/// A summary as the words of a heading: in one line, its code as Markdown
/// writes it, without tags that only set it in bold.
pub fn one_line(text: &str, span: Span) -> Flat {
    let written = text.get(span.range()).unwrap_or_default();
    let mut flat = Flat::default();
    let (mut at, mut done) = (0, 0);
    let count = |tag: &str| written.matches(tag).count();
    // Back-ticks of which one is missing would hide the rest.
    let balanced = count("<code>") == count("</code>") && count("<kbd>") == count("</kbd>");
    let to_file = |from: usize, to: usize| Span::new(span.start() + from, span.start() + to);
    let push = |flat: &mut Flat, from: usize, to: usize| {
        let text = written.get(from..to).unwrap_or_default();
        flat.push(text, to_file(from, to), Origin::Exact);
    };
    while let Some(found) = written
        .get(at..)
        .and_then(|rest| rest.find(['<', '\n', '\r']))
    {
        let from = at + found;
        let rest = written.get(from..).unwrap_or_default();
        let (length, shown) = if rest.starts_with('<') {
            match tag_shown(rest) {
                Some((length, "`")) if !balanced => (length, ""),
                Some(tag) => tag,
                None => {
                    at = from + 1;
                    continue;
                }
            }
        } else {
            let space = rest.len() - rest.trim_start().len();
            (space, if space == rest.len() { "" } else { " " })
        };
        push(&mut flat, done, from);
        flat.push(shown, to_file(from, from + length), Origin::Whole);
        at = from + length;
        done = at;
    }
    push(&mut flat, done, written.len());
    flat
}

/// A tag's length, and what a heading has in its place.
fn tag_shown(rest: &str) -> Option<(usize, &'static str)> {
    let end = rest.bytes().take(200).position(|byte| byte == b'>')? + 1;
    let inner = rest.get(1..end - 1)?.trim_matches('/').trim();
    let name = inner.split_whitespace().next()?.to_ascii_lowercase();
    Some(match name.as_str() {
        "code" | "kbd" => (end, "`"),
        "br" => (end, " "),
        "b" | "strong" | "i" | "em" | "u" | "p" | "span" | "h1" | "h2" | "h3" | "h4" | "h5"
        | "h6" | "font" | "big" | "small" | "div" => (end, ""),
        _ => return None,
    })
}
