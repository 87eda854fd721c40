//! A question's text as words, and where its sentences end.

use std::borrow::Cow;
use std::ops::Range;

use super::stem::stem;
use crate::markdown::flat::{Flat, Origin};
use crate::source::Source;

/// Behind such a word more of the same question follows, or another one.
const SENTENCE_ENDS: [char; 4] = ['?', '.', '!', ';'];

/// A question in lower case, and where the words stand in that.
pub struct Spoken {
    text: String,
    words: Vec<Place>,
}

struct Place {
    range: Range<usize>,
    name: bool,
    last: bool,
}

pub struct Word<'a> {
    pub lower: &'a str,
    pub stem: Cow<'a, str>,
    /// Code, quoted, or in capitals: a name, whatever else the word may mean.
    pub name: bool,
    /// A sentence ends with it.
    pub last: bool,
}

/// A question's words, with the ends of its sentences.
pub fn spoken(source: &Source, flat: &Flat) -> Spoken {
    let mut spoken = Spoken {
        text: String::with_capacity(flat.text.len()),
        words: Vec::with_capacity(flat.text.len() / 4),
    };
    for (piece, shown) in flat.pieces(0..flat.text.len()) {
        match piece.origin {
            Origin::Code => push_code(&mut spoken, source.slice(piece.source)),
            Origin::Exact | Origin::Whole => push_words(&mut spoken, shown),
            Origin::Gap => spoken.end(),
        }
    }
    spoken
}

impl Spoken {
    pub fn words(&self) -> Vec<Word<'_>> {
        let word = |place: &Place| {
            let lower = self.text.get(place.range.clone()).unwrap_or_default();
            Word {
                lower,
                stem: stem_of(lower),
                name: place.name,
                last: place.last,
            }
        };
        self.words.iter().map(word).collect()
    }

    fn push(&mut self, range: Range<usize>, name: bool) {
        let last = false;
        self.words.push(Place { range, name, last });
    }

    fn end(&mut self) {
        if let Some(word) = self.words.last_mut() {
            word.last = true;
        }
    }
}

fn stem_of(lower: &str) -> Cow<'_, str> {
    match lower {
        // What it is used for, and not the verb.
        "uses" => stem("usecase"),
        _ if lower.chars().all(char::is_alphabetic) => stem(lower),
        _ => lower.into(),
    }
}

fn push_code(spoken: &mut Spoken, code: &str) {
    for part in code.trim_matches('`').split_whitespace() {
        push_parts(spoken, &identifier(part), true);
    }
}

/// A word of code without calls' parentheses, quotes and tags' brackets, so
/// that `map()` and map are one.
fn identifier(part: &str) -> Cow<'_, str> {
    if part.contains('(') && part.contains("()") {
        let called = part.replace("()", "");
        return Cow::Owned(bare_identifier(&called).to_string());
    }
    Cow::Borrowed(bare_identifier(part))
}

fn bare_identifier(part: &str) -> &str {
    let text = part
        .trim_matches(['"', '\'', ',', ';'])
        .trim_end_matches('.');
    let tag = text.strip_prefix('<').and_then(|tag| tag.strip_suffix('>'));
    tag.filter(|tag| !tag.is_empty()).unwrap_or(text)
}

fn push_words(spoken: &mut Spoken, text: &str) {
    let curly = ['’', '‘'];
    let text = if !text.is_ascii() && text.contains(curly) {
        Cow::Owned(text.replace(curly, "'"))
    } else {
        Cow::Borrowed(text)
    };
    let mut quoted = false;
    for part in text.split(|c: char| c.is_whitespace() || matches!(c, '/' | '—' | '–' | '\u{fffc}'))
    {
        // Mostly there is nothing around a word.
        if !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            push_parts(spoken, part, quoted || in_capitals(part));
            continue;
        }
        let end = part
            .trim_end_matches(['"', '\'', ')', ']', '”', '*'])
            .ends_with(SENTENCE_ENDS);
        quoted |= part.starts_with(['"', '“']);
        let ends_quote = part
            .trim_end_matches(['?', '.', ',', ';', ':', '!'])
            .ends_with(['"', '”']);
        // An abbreviation behind its words says them again.
        let capitals = || part.chars().filter(|c| c.is_uppercase()).count();
        let again = part.starts_with('(')
            && part.contains(')')
            && capitals() > 1
            && !spoken.words.is_empty();
        let signs = |c: char| c.is_ascii_punctuation() && !"+#=!*&|<>$@%^~".contains(c);
        let bare = part.trim_matches(|c: char| signs(c) || "“”«»…¿¡".contains(c));
        let bare = bare.trim_end_matches(['.', ',', ';', ':', '!', '?', '"', '\'', ')']);
        let bare = bare.strip_suffix("'s").unwrap_or(bare);
        if !bare.is_empty() && !again {
            push_parts(spoken, &identifier(bare), quoted || in_capitals(bare));
        }
        quoted &= !ends_quote;
        if end {
            spoken.end();
        }
    }
}

fn in_capitals(word: &str) -> bool {
    word.len() > 1 && word.chars().all(char::is_uppercase)
}

/// Compounds with hyphens are their parts: trade-off, trade off.
fn push_parts(spoken: &mut Spoken, text: &str, name: bool) {
    let start = spoken.text.len();
    if text.is_ascii() {
        spoken.text.push_str(text);
        if let Some(new) = spoken.text.get_mut(start..) {
            new.make_ascii_lowercase();
        }
    } else {
        spoken.text.push_str(&text.to_lowercase());
    }
    let text = spoken.text.get(start..).unwrap_or_default();
    if text.ends_with("n't") || text == "cannot" {
        spoken.text.truncate(start);
        spoken.text.push_str("not");
        return spoken.push(start..spoken.text.len(), false);
    }
    let compound = text.contains('-')
        && text
            .split('-')
            .all(|part| !part.is_empty() && part.chars().all(char::is_alphanumeric));
    if compound {
        let parts: Vec<usize> = text.split('-').map(str::len).collect();
        let mut at = start;
        for length in parts {
            spoken.push(at..at + length, name);
            at += length + 1;
        }
    } else if !text.is_empty() {
        spoken.push(start..spoken.text.len(), name);
    }
}
