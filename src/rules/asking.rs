//! How English asks: the words that questions begin with, and a heading's
//! text in words and sentences.

use std::borrow::Cow;

/// Words that ask.
const INTERROGATIVES: &[&str] = &[
    "how", "what", "when", "where", "which", "who", "whom", "whose", "why",
];
/// Verbs that stand before the subject of a question.
const AUXILIARIES: &[&str] = &[
    "are", "can", "could", "did", "do", "does", "had", "has", "have", "is", "may", "might", "must",
    "should", "was", "were", "will", "would",
];

/// A word of a text, and where it begins there.
#[derive(Debug, Clone, Copy)]
pub struct Word<'a> {
    pub at: usize,
    pub text: &'a str,
}

impl Word<'_> {
    pub fn end(&self) -> usize {
        self.at + self.text.len()
    }

    /// Without the signs around it, in lower case.
    pub fn bare(&self) -> Cow<'_, str> {
        let outside =
            |c: char| c.is_ascii_punctuation() || matches!(c, '“' | '”' | '‘' | '’' | '…');
        let text = self.text.trim_matches(outside);
        let plain = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
        if text.bytes().all(plain) {
            return Cow::Borrowed(text);
        }
        Cow::Owned(text.to_lowercase().replace('’', "'"))
    }

    pub fn is(&self, words: &[&str]) -> bool {
        words.contains(&&*self.bare())
    }

    /// `why`, and `How/why`.
    pub fn is_interrogative(&self) -> bool {
        let bare = self.bare();
        bare.split('/').all(|word| INTERROGATIVES.contains(&word))
    }

    pub fn is_auxiliary(&self) -> bool {
        let bare = self.bare();
        let positive = bare.strip_suffix("n't").unwrap_or(&bare);
        AUXILIARIES.contains(&positive) || bare == "can't" || bare == "won't"
    }

    /// `what's`: both at once.
    pub fn is_contraction(&self) -> bool {
        let bare = self.bare();
        bare.strip_suffix("'s")
            .is_some_and(|word| INTERROGATIVES.contains(&word))
    }

    /// Whether it ends a sentence with a question mark that belongs to a word:
    /// not an operator, `a ?? b`.
    pub fn asks(&self) -> bool {
        let text = self.text.trim_end_matches(CLOSERS);
        let word = text.trim_end_matches(['?', '!', '？', '؟']);
        let marks = text.get(word.len()..).unwrap_or_default();
        marks.contains(['?', '？', '؟']) && word.chars().any(|c| !c.is_ascii_punctuation())
    }

    /// Whether it ends a sentence otherwise.
    pub fn tells(&self) -> bool {
        self.text
            .trim_end_matches(CLOSERS)
            .ends_with(['.', '!', ';', ':'])
    }
}

const CLOSERS: &[char] = &['"', '\'', ')', ']', '”', '’', '»', '*', '_'];

/// The words of `text`.
pub fn words(text: &str) -> Vec<Word<'_>> {
    let mut at = 0;
    let mut words = Vec::new();
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        if !word.is_empty() {
            words.push(Word { at, text: word });
        }
        at += piece.len();
    }
    words
}

/// The sentences that `words` are.
pub fn sentences<'a, 'w>(words: &'w [Word<'a>]) -> Vec<&'w [Word<'a>]> {
    let capital = |word: &Word<'_>| {
        let first = word.text.chars().find(|c| !c.is_ascii_punctuation());
        first.is_some_and(|c| !c.is_lowercase())
    };
    let mut sentences = Vec::new();
    let mut rest = words;
    for (number, word) in words.iter().enumerate() {
        let ends = word.asks() || (word.tells() && words.get(number + 1).is_none_or(capital));
        if ends {
            let length = number + 1 - (words.len() - rest.len());
            let (sentence, after) = rest.split_at(length.min(rest.len()));
            sentences.push(sentence);
            rest = after;
        }
    }
    if !rest.is_empty() {
        sentences.push(rest);
    }
    sentences
}
