//! `bare-url`: an address as plain text, which only some readers make a link of.

use std::cell::LazyCell;
use std::ops::Range;

use memchr::memmem;

use crate::finding::Edit;
use crate::markdown::flat::{Flat, OBJECT};
use crate::markdown::tags::tags;
use crate::source::Span;
use crate::verdict::{Asked, Verdict};

/// Elements in which an address is a link already, or code.
const ELEMENTS: &[&str] = &[
    "a", "code", "kbd", "pre", "samp", "script", "style", "textarea", "tt", "var",
];

/// Hosts that lead nowhere, and stand for others.
const EXAMPLES: &[&str] = &[
    "example.com",
    "example.net",
    "example.org",
    ".example",
    ".test",
    ".invalid",
    ".localhost",
    ".local",
];

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let document = asked.document();
    let taken = LazyCell::new(|| taken(asked));
    let headings = document.headings.iter().map(|heading| &heading.text);
    let mut verdicts = Vec::new();
    for flat in headings.chain([&document.prose]) {
        let mut behind = 0;
        for at in memmem::find_iter(flat.text.as_bytes(), "://") {
            if at < behind {
                continue;
            }
            let Some(start) = start(&flat.text, at) else {
                continue;
            };
            let rest = flat.text.get(start..).unwrap_or_default();
            let whole = rest.get(..rest.find(stops).unwrap_or(rest.len()));
            let whole = whole.unwrap_or_default();
            behind = start + whole.len();
            if let Some(url) = address(whole) {
                let range = start..start + url.len();
                verdicts.extend(judge(asked, flat, range, &taken));
            }
        }
    }
    verdicts
}

fn judge(asked: &Asked<'_>, flat: &Flat, range: Range<usize>, taken: &[Span]) -> Option<Verdict> {
    let span = flat.span(range.clone());
    let before = taken.partition_point(|taken| taken.start() <= span.start());
    let within = before.checked_sub(1).and_then(|at| taken.get(at));
    if within.is_some_and(|taken| span.start() < taken.end()) {
        return None;
    }
    // `https://host/<name>` is a pattern; its name reads as a tag.
    let rest = asked.source.text.get(span.end()..).unwrap_or_default();
    if rest.starts_with('<') && !rest.starts_with("</") && !rest.starts_with("<br") {
        return None;
    }
    let url = flat.text.get(range.clone())?;
    let message = format!("`{url}` stands as plain text");
    let help = "write `<…>` around it, or better, words that link to it";
    let verdict = asked.verdict(span, message, help);
    let as_written = asked.source.slice(span) == url && url.is_ascii();
    // `[text][https://…]` and `text(https://…)` want to be a link with a text.
    let before = flat.text.get(..range.start)?;
    let outside = before.trim_end_matches(['(', '[']);
    let attached = outside.len() < before.len() && !outside.ends_with(char::is_whitespace);
    let in_brackets = before.ends_with('[') || (attached && !outside.is_empty());
    let cut = rest.starts_with(['<', '>', '"']);
    Some(if as_written && !in_brackets && !cut {
        verdict.safely(vec![Edit::new(span, format!("<{url}>"))])
    } else {
        verdict
    })
}

/// Links, images, and the elements in which no address is bare; in order.
fn taken(asked: &Asked<'_>) -> Vec<Span> {
    let document = asked.document();
    let mut taken: Vec<Span> = document.links.iter().map(|link| link.span).collect();
    let mut open: Option<(usize, &str)> = None;
    for tag in tags(&asked.source.text, document) {
        match open {
            None if tag.is(ELEMENTS) && !tag.closing && !tag.empty() => {
                open = Some((tag.span.start(), tag.name));
            }
            Some((start, name)) if tag.closing && tag.name.eq_ignore_ascii_case(name) => {
                taken.push(Span::new(start, tag.span.end()));
                open = None;
            }
            _ => {}
        }
    }
    taken.extend(open.map(|(start, _)| Span::new(start, asked.source.text.len())));
    taken.sort();
    // What lies within another says nothing more.
    let mut end = 0;
    taken.retain(|span| {
        let outer = span.end() > end;
        end = end.max(span.end());
        outer
    });
    taken
}

/// Where the address with `://` at `at` begins; None where it is a part of
/// something else, or no web address.
fn start(text: &str, at: usize) -> Option<usize> {
    let before = text.get(..at)?;
    let start = ["https", "http"].iter().find_map(|scheme| {
        let start = at.checked_sub(scheme.len())?;
        let written = before.get(start..)?;
        written.eq_ignore_ascii_case(scheme).then_some(start)
    })?;
    let before = text.get(..start)?;
    let part = |c: char| c.is_alphanumeric() || "_+=/@.&?#%\\-\"'<`".contains(c);
    let is_part =
        before.ends_with(part) || before.ends_with("](") || before.trim_end().ends_with("]:");
    (!is_part).then_some(start)
}

fn stops(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "<>\"“”„«»「」『』（），。、；：！？".contains(c)
}

/// The address that `whole` begins with; None where it stands for others.
fn address(whole: &str) -> Option<&str> {
    let url = without_end(whole);
    let pattern = |c: char| "{}$*|\\^`…[]".contains(c) || c == OBJECT;
    let host = url.split("//").nth(1)?.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?;
    let is_host = host.contains('.') && host.contains(|c: char| c.is_alphabetic());
    let lower = host.to_ascii_lowercase();
    let stands_for_others = EXAMPLES.iter().any(|example| lower.ends_with(example));
    let literal = !url.contains(pattern) && !whole.contains("...");
    (is_host && literal && !stands_for_others).then_some(url)
}

/// An address without the punctuation of the sentence that it stands in.
fn without_end(url: &str) -> &str {
    let mut url = url;
    // Brackets are counted once, then as they go.
    let count = |c: char| url.matches(c).count();
    let mut unclosed =
        [('(', ')'), ('[', ']')].map(|(open, close)| (close, count(open), count(close)));
    while let Some(last) = url.chars().next_back() {
        let bracket = unclosed.iter_mut().find(|(close, ..)| *close == last);
        match bracket {
            Some((_, open, closed)) if *closed > *open => *closed -= 1,
            None if ".,:;!?'’*_~".contains(last) => {}
            _ => break,
        }
        url = url.get(..url.len() - last.len_utf8()).unwrap_or_default();
    }
    url
}
