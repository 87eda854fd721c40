//! `doubled-word`: the same word twice in a row.

use std::ops::Range;

use crate::finding::Edit;
use crate::markdown::flat::Flat;
use crate::source::Span;
use crate::verdict::{Asked, Verdict};
use crate::word::places;

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let document = asked.document();
    let headings = document.headings.iter().map(|heading| &heading.text);
    let flats = headings.chain([&document.prose]);
    flats.flat_map(|flat| doubles(asked, flat)).collect()
}

fn doubles(asked: &Asked<'_>, flat: &Flat) -> Vec<Verdict> {
    let text = flat.text.as_str();
    let mut verdicts = Vec::new();
    let mut first = 0..0;
    // The letter that the first piece begins with; 0 where it is none.
    let mut letter = 0;
    for second in places(text) {
        let begins = letter_at(text, second.start);
        // Mostly two pieces are seen to be different by these.
        let found = if letter == begins || letter == 0 {
            doubled(text, first, second.clone())
        } else {
            None
        };
        (first, letter) = (second.clone(), begins);
        let Some((one, two)) = found else { continue };
        let word = text.get(two.clone()).unwrap_or_default();
        let rest = text.get(second.end..).unwrap_or_default();
        // Three times is no slip.
        let thrice = rest
            .split_whitespace()
            .next()
            .is_some_and(|third| third.starts_with(word));
        if thrice || asked.options.texts("right").any(|right| right == word) {
            // Nor are the second and the third one a pair.
            first = 0..0;
            continue;
        }
        verdicts.push(verdict(asked, word, flat.span(one), flat.span(two)));
    }
    verdicts
}

/// The ASCII letter or digit at a place of `text`, in lower case; 0 where there
/// is another character.
fn letter_at(text: &str, at: usize) -> u8 {
    let byte = text.as_bytes().get(at).copied().unwrap_or_default();
    if byte.is_ascii_alphanumeric() {
        byte | 0x20
    } else {
        0
    }
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
