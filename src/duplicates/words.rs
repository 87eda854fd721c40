//! A question's text as words, and where its sentences end.

use std::borrow::Cow;

use super::stem::stem;
use crate::markdown::flat::{Flat, Origin};
use crate::source::Source;

/// Behind such a word more of the same question follows, or another one.
const SENTENCE_ENDS: [char; 4] = ['?', '.', '!', ';'];

/// The words of a question, with the ends of its sentences.
pub fn words(source: &Source, flat: &Flat) -> Vec<Word> {
    let mut words = Vec::new();
    for (piece, shown) in flat.pieces(0..flat.text.len()) {
        match piece.origin {
            Origin::Code => push_code(&mut words, source.slice(piece.source)),
            Origin::Exact | Origin::Whole => push_words(&mut words, shown),
            Origin::Gap => words.push(Word::End),
        }
    }
    words
}

pub enum Word {
    Text(Text),
    /// A sentence ends.
    End,
}

pub struct Text {
    pub lower: String,
    pub stem: String,
    /// Code, quoted, or in capitals: a name, whatever else the word may mean.
    pub name: bool,
}

fn push_code(words: &mut Vec<Word>, code: &str) {
    for part in code.trim_matches('`').split_whitespace() {
        push_parts(words, &identifier(part), true);
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

fn push_words(words: &mut Vec<Word>, text: &str) {
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
            push_parts(words, part, quoted || in_capitals(part));
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
        let again =
            part.starts_with('(') && part.contains(')') && capitals() > 1 && !words.is_empty();
        let signs = |c: char| c.is_ascii_punctuation() && !"+#=!*&|<>$@%^~".contains(c);
        let bare = part.trim_matches(|c: char| signs(c) || "“”«»…¿¡".contains(c));
        let bare = bare.trim_end_matches(['.', ',', ';', ':', '!', '?', '"', '\'', ')']);
        let bare = bare.strip_suffix("'s").unwrap_or(bare);
        if !bare.is_empty() && !again {
            push_parts(words, &identifier(bare), quoted || in_capitals(bare));
        }
        quoted &= !ends_quote;
        if end {
            words.push(Word::End);
        }
    }
}

fn in_capitals(word: &str) -> bool {
    word.len() > 1 && word.chars().all(char::is_uppercase)
}

/// Compounds with hyphens are their parts: trade-off, trade off.
fn push_parts(words: &mut Vec<Word>, text: &str, name: bool) {
    let text = if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        text.to_lowercase()
    };
    if text.ends_with("n't") || text == "cannot" {
        return push(words, "not".to_string(), false);
    }
    let compound = text.contains('-')
        && text
            .split('-')
            .all(|part| !part.is_empty() && part.chars().all(char::is_alphanumeric));
    if compound {
        text.split('-')
            .for_each(|part| push(words, part.to_string(), name));
    } else if !text.is_empty() {
        push(words, text, name);
    }
}

fn push(words: &mut Vec<Word>, text: String, name: bool) {
    let plain = text.chars().all(char::is_alphabetic);
    let stem = match text.as_str() {
        // What it is used for, and not the verb.
        "uses" => stem("usecase"),
        _ if plain => stem(&text),
        _ => text.clone(),
    };
    words.push(Word::Text(Text {
        lower: text,
        stem,
        name,
    }));
}
