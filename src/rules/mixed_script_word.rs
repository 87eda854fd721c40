//! `mixed-script-word`: a word with a letter of another script that looks like
//! one of its own.

use crate::finding::Edit;
use crate::source::Span;
use crate::verdict::{Asked, Verdict};

/// Cyrillic and Greek letters that no reader tells from a Latin one, by code point.
const LOOK_ALIKES: &[(char, char)] = &[
    ('Ϳ', 'J'),
    ('Α', 'A'),
    ('Β', 'B'),
    ('Ε', 'E'),
    ('Ζ', 'Z'),
    ('Η', 'H'),
    ('Ι', 'I'),
    ('Κ', 'K'),
    ('Μ', 'M'),
    ('Ν', 'N'),
    ('Ο', 'O'),
    ('Ρ', 'P'),
    ('Τ', 'T'),
    ('Υ', 'Y'),
    ('Χ', 'X'),
    ('ο', 'o'),
    ('ϲ', 'c'),
    ('ϳ', 'j'),
    ('Ϲ', 'C'),
    ('Ѕ', 'S'),
    ('І', 'I'),
    ('Ј', 'J'),
    ('А', 'A'),
    ('В', 'B'),
    ('Е', 'E'),
    ('К', 'K'),
    ('М', 'M'),
    ('Н', 'H'),
    ('О', 'O'),
    ('Р', 'P'),
    ('С', 'C'),
    ('Т', 'T'),
    ('У', 'Y'),
    ('Х', 'X'),
    ('а', 'a'),
    ('е', 'e'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('у', 'y'),
    ('х', 'x'),
    ('ѕ', 's'),
    ('і', 'i'),
    ('ј', 'j'),
    ('һ', 'h'),
    ('Ӏ', 'I'),
    ('ӏ', 'l'),
    ('ԁ', 'd'),
    ('ԛ', 'q'),
    ('Ԛ', 'Q'),
    ('ԝ', 'w'),
    ('Ԝ', 'W'),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
}

fn script(c: char) -> Option<Script> {
    match c {
        'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => {
            Some(Script::Latin)
        }
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Some(Script::Greek),
        '\u{400}'..='\u{52f}' => Some(Script::Cyrillic),
        _ => None,
    }
}

fn look_alike(c: char) -> Option<char> {
    let at = LOOK_ALIKES.binary_search_by_key(&c, |&(own, _)| own).ok()?;
    LOOK_ALIKES.get(at).map(|&(_, latin)| latin)
}

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let span = asked.question.span;
    let text = asked.source.slice(span);
    if text.is_ascii() {
        return Vec::new();
    }
    let mut letters = text.chars().filter(|c| !c.is_ascii());
    if !letters.any(|c| look_alike(c).is_some()) {
        return Vec::new();
    }
    let foreign = |c: char| script(c).is_some_and(|script| script != Script::Latin);
    // In such a text, Latin words take endings of its language: `API` in the dative.
    let inflects = words(text).any(|(_, word)| {
        word.chars().all(foreign) && word.chars().any(|c| look_alike(c).is_none())
    });
    let found = words(text).filter_map(|(at, word)| {
        let at = span.start() + at;
        judge(asked, Span::new(at, at + word.len()), word, inflects)
    });
    found.collect()
}

/// Letters and digits in a row, each with its offset.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let parts = |c: char| script(c).is_none() && !c.is_ascii_digit();
    let pieces = text.split_inclusive(parts).scan(0, move |at, piece| {
        let start = *at;
        *at += piece.len();
        Some((start, piece.trim_end_matches(parts)))
    });
    pieces.filter(|(_, word)| !word.is_empty())
}

/// What is to be said of a word, in a text whose language may inflect Latin words.
fn judge(asked: &Asked<'_>, span: Span, word: &str, inflects: bool) -> Option<Verdict> {
    let of = |wanted| word.chars().filter(move |&c| script(c) == Some(wanted));
    let (name, foreign) = match of(Script::Cyrillic).next() {
        Some(_) => ("Cyrillic", Script::Cyrillic),
        None => ("Greek", Script::Greek),
    };
    let (first, as_latin) = of(foreign).find_map(|c| Some((c, look_alike(c)?)))?;
    let is_own = |c: char| match script(c) {
        Some(Script::Latin) | None => true,
        Some(other) => other == foreign && look_alike(c).is_some(),
    };
    let stem = if inflects {
        word.trim_end_matches(|c| script(c) == Some(foreign))
    } else {
        word
    };
    let mixed = of(Script::Latin).next().is_some() && word.chars().all(is_own);
    if !mixed || !stem.contains(|c| script(c) == Some(foreign)) {
        return None;
    }
    let message = format!(
        "`{word}` has a {name} {first} (U+{:04X}) in it",
        u32::from(first)
    );
    let help = format!("write a Latin {as_latin}");
    let new: String = word.chars().map(|c| look_alike(c).unwrap_or(c)).collect();
    let verdict = asked.verdict(span, message, help);
    let id = asked.question.meta.id.given();
    if id.is_some_and(|id| id.span.contains(span.start())) {
        return Some(verdict);
    }
    Some(verdict.unsafely(vec![Edit::new(span, new)]))
}
