//! `unexplained-acronym`: capitals that an answer uses and never spells out.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::verdict::{Asked, Verdict};

/// Shorter ones are letters, and longer ones words that are shouted.
const LENGTH: std::ops::RangeInclusive<usize> = 2..=6;

/// How far behind an acronym its words are looked for, in characters.
const REACH: usize = 160;

/// What stands behind an acronym that is spelt out in words.
const STANDS_FOR: &[&str] = &[
    "stands for",
    "is short for",
    "short for",
    "is an acronym",
    "is an abbreviation",
    "is the acronym",
    "is the abbreviation",
    "abbreviates",
    "means",
];

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let known = asked.options.list("known");
    let known: BTreeSet<&str> = known.into_iter().collect();
    let flat = &asked.document().prose;
    let range = asked.answer_prose();
    let text = flat.text.get(range.clone()).unwrap_or_default();
    let title = asked.heading_text();
    let mut explained = explained(title.map_or("", |title| &title.text));
    explained.extend(self::explained(text));
    let mut seen = BTreeSet::new();
    let first = acronyms(text).filter(|(_, acronym)| {
        !known.contains(acronym) && !explained.contains(acronym) && seen.insert(*acronym)
    });
    let verdict = |(at, acronym): (Range<usize>, &str)| {
        let span = flat.span(range.start + at.start..range.start + at.end);
        let message = format!("`{acronym}` is not spelt out");
        let help = format!("write at its first use what it stands for: Foo Bar Baz ({acronym})");
        asked.verdict(span, message, help)
    };
    first.map(verdict).collect()
}

/// The acronyms that a text spells out.
fn explained(text: &str) -> BTreeSet<&str> {
    let explained = acronyms(text).filter(|(at, acronym)| is_explained(text, at, acronym));
    explained.map(|(_, acronym)| acronym).collect()
}

/// Words of capitals, a plural's `s` left out, each with its place. What is a
/// part of a longer name is none, nor is a word among others that are shouted.
fn acronyms(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let words = words(text);
    let before = [None].into_iter().chain(words.clone().map(Some));
    let behind = words.clone().skip(1).map(Some).chain([None]);
    let with_neighbours = before.zip(words).zip(behind);
    with_neighbours.filter_map(move |((before, (at, word)), behind)| {
        let shouted = |word: Option<(usize, &str)>| word.is_some_and(|(_, word)| is_capitals(word));
        let end = at + word.len();
        let marks = ['-', '/', '_', '.', '@', '#'];
        let joined = text.get(..at).is_some_and(|text| text.ends_with(marks)) || {
            let rest = text.get(end..).unwrap_or_default();
            let name = rest.strip_prefix(['-', '/', '_', '@']);
            name.is_some_and(|name| name.starts_with(char::is_alphanumeric))
        };
        let word = word.strip_suffix('s').unwrap_or(word);
        let found = is_capitals(word) && LENGTH.contains(&word.len()) && !joined;
        (found && !(shouted(before) && shouted(behind))).then(|| (at..at + word.len(), word))
    })
}

fn is_capitals(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Letters and digits in a row, each with its offset.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> + Clone {
    let parts = |c: char| !c.is_alphanumeric() && c != '_';
    let pieces = text.split_inclusive(parts).scan(0, move |at, piece| {
        let start = *at;
        *at += piece.len();
        Some((start, piece.trim_end_matches(parts)))
    });
    pieces.filter(|(_, word)| !word.is_empty())
}

/// Whether an acronym is spelt out where it stands: "Foo Bar Baz (FBB)",
/// "FBB (Foo Bar Baz)", "FBB stands for".
fn is_explained(text: &str, at: &Range<usize>, acronym: &str) -> bool {
    let before = text.get(..at.start).unwrap_or_default();
    let behind = text.get(at.end..).unwrap_or_default();
    let end = behind.char_indices().nth(REACH);
    let behind = end.map_or(behind, |(end, _)| behind.get(..end).unwrap_or_default());
    let behind = behind.strip_prefix('s').unwrap_or(behind).trim_start();
    if before.ends_with('(') && !before.trim_end_matches('(').trim().is_empty() {
        return true;
    }
    if let Some(inner) = behind.strip_prefix('(') {
        return spells(inner.split(')').next().unwrap_or_default(), acronym);
    }
    let apart = [',', ':', ';', '–', '—', '-', '=', '"', '”', '’', ' '];
    let words = behind.trim_start_matches(apart);
    let said = words.strip_prefix("which ").unwrap_or(words);
    STANDS_FOR.iter().any(|phrase| said.starts_with(phrase))
        || words.len() < behind.len()
            && spells(
                words.split(['.', ';', '\n']).next().unwrap_or_default(),
                acronym,
            )
}

/// Whether words have the letters of `acronym`, one after the other, and begin
/// with the first, unless that is an X.
fn spells(words: &str, acronym: &str) -> bool {
    let words = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut wanted = acronym.chars().map(|c| c.to_ascii_lowercase()).peekable();
    let mut letters = words.chars().flat_map(char::to_lowercase);
    let first = letters.next();
    let begins = wanted.next_if(|&c| Some(c) == first || c == 'x').is_some();
    if !begins || !words.trim_end().contains([' ', '-']) {
        return false;
    }
    for c in letters {
        wanted.next_if_eq(&c);
    }
    wanted.peek().is_none()
}
