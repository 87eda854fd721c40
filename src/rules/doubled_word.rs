//! `doubled-word`: the same word twice in a row.

use std::ops::Range;

use crate::finding::Edit;
use crate::markdown::flat::Flat;
use crate::source::Span;
use crate::verdict::{Asked, Verdict};
use crate::word::places;

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
    let text = flat.text.as_str();
    let mut verdicts = Vec::new();
    let mut pieces = places(text).peekable();
    let mut first = 0..0;
    while let Some(second) = pieces.next() {
        let alike = !differ(text, &first, &second);
        let found = alike
            .then(|| doubled(text, first, second.clone()))
            .flatten();
        first = second;
        let Some((one, two)) = found else { continue };
        let word = text.get(two.clone()).unwrap_or_default();
        let third = pieces.peek().and_then(|third| text.get(third.clone()));
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

/// Whether two pieces are seen to be different by the letters they begin with.
fn differ(text: &str, first: &Range<usize>, second: &Range<usize>) -> bool {
    let begins = |piece: &Range<usize>| text.as_bytes().get(piece.start).copied();
    let (Some(one), Some(two)) = (begins(first), begins(second)) else {
        return false;
    };
    one.is_ascii_alphanumeric() && !one.eq_ignore_ascii_case(&two)
}

/// The words in two pieces, without the marks around both, if they are the
/// same. Where the second has a capital it is a name, or begins a sentence.
fn doubled(
    text: &str,
    first: Range<usize>,
    second: Range<usize>,
) -> Option<(Range<usize>, Range<usize>)> {
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
