//! `doubled-word`: the same word twice in a row.

use std::iter;
use std::ops::Range;

use crate::finding::Edit;
use crate::markdown::flat::Flat;
use crate::source::Span;
use crate::verdict::{Asked, Verdict};

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let right = asked.options.list("right");
    let document = asked.document();
    let headings = document.headings.iter().map(|heading| &heading.text);
    let flats = headings.chain([&document.prose]);
    flats
        .flat_map(|flat| doubles(asked, flat, &right))
        .collect()
}

fn doubles(asked: &Asked<'_>, flat: &Flat, right: &[&str]) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    let mut pieces = pieces(&flat.text).peekable();
    let mut first = 0..0;
    while let Some(second) = pieces.next() {
        let found = doubled(&flat.text, first, second.clone());
        first = second;
        let Some((one, two)) = found else { continue };
        let word = flat.text.get(two.clone()).unwrap_or_default();
        let third = pieces.peek().and_then(|third| flat.text.get(third.clone()));
        // Three times is no slip.
        let thrice = third.is_some_and(|third| third.starts_with(word));
        if thrice || right.contains(&word) {
            // Nor are the second and the third one a pair.
            first = 0..0;
            continue;
        }
        verdicts.push(verdict(asked, word, flat.span(one), flat.span(two)));
    }
    verdicts
}

/// What stands between white space.
fn pieces(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    iter::from_fn(move || {
        let rest = text.get(start..)?.trim_start();
        start = text.len() - rest.len();
        let end = start + end_of(rest);
        let piece = start..end;
        start = end;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Where the piece ends that `text` begins with.
fn end_of(text: &str) -> usize {
    // Nearly all white space is ASCII's, and found by its bytes.
    let apart = |byte: u8| byte <= b' ' || !byte.is_ascii();
    let end = text.bytes().position(apart).unwrap_or(text.len());
    let rest = text.get(end..).unwrap_or_default();
    end + rest.find(char::is_whitespace).unwrap_or(rest.len())
}

/// The words in two pieces, without the marks around both, if they are the
/// same. Where the second has a capital it is a name, or begins a sentence.
fn doubled(
    text: &str,
    first: Range<usize>,
    second: Range<usize>,
) -> Option<(Range<usize>, Range<usize>)> {
    let begins = |piece: &Range<usize>| {
        let byte = text.as_bytes().get(piece.start);
        byte.map(u8::to_ascii_lowercase)
    };
    // Of most words that is all that there is to see.
    let (one, two) = (begins(&first), begins(&second));
    if one != two && one.is_some_and(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let close = [')', '.', ',', ';', ':', '!', '?', '…', '—', '–'];
    let one = text.get(first.clone())?.trim_start_matches(['(', '—', '–']);
    let two = text.get(second.clone())?;
    if !two.get(..one.len())?.eq_ignore_ascii_case(one) {
        return None;
    }
    let two = two.trim_end_matches(close);
    let letters = !two.is_empty() && two.bytes().all(|byte| byte.is_ascii_lowercase());
    // Other single letters are names of something.
    let plain = letters && (two.len() > 1 || two == "a");
    let same = plain && one.eq_ignore_ascii_case(two);
    same.then(|| {
        (
            first.end - one.len()..first.end,
            second.start..second.start + two.len(),
        )
    })
}

fn verdict(asked: &Asked<'_>, word: &str, first: Span, second: Span) -> Verdict {
    let message = format!("`{word}` stands here twice");
    let verdict = asked.verdict(second, message, "leave one of them out");
    let gap = asked.source.slice(Span::new(first.end(), second.start()));
    // Emphasis that begins or ends between them would lose its other half.
    let plain = gap.chars().all(|c| c.is_whitespace() || c == '>');
    if gap.is_empty() || !plain {
        return verdict;
    }
    verdict.unsafely(vec![Edit::new(Span::new(first.end(), second.end()), "")])
}
