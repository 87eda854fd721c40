//! `missing-question-mark`: a heading that asks and does not end like a question.

use super::asking::{Word, sentences, words};
use crate::finding::Edit;
use crate::markdown::flat::OBJECT;
use crate::source::Span;
use crate::verdict::{Asked, Verdict};

/// Subjects that are no noun.
const PRONOUNS: &[&str] = &[
    "a", "an", "i", "it", "one", "that", "the", "there", "these", "they", "this", "those", "we",
    "you", "your",
];
/// Words after "how" that ask for a measure.
const MEASURES: &[&str] = &[
    "big", "deep", "far", "fast", "large", "long", "many", "much", "often", "old",
];
/// What "what" itself can do.
const VERBS: &[&str] = &[
    "causes",
    "distinguishes",
    "happened",
    "happens",
    "prevents",
    "triggers",
];
/// After "what's", these make a title: "What's new in 3.0".
const NEWS: &[&str] = &["in", "included", "inside", "left", "new", "next", "not"];
const PREPOSITIONS: &[&str] = &["at", "by", "for", "from", "in", "on", "to", "under", "with"];

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let question = asked.question;
    let Some(flat) = asked.heading_text() else {
        return Vec::new();
    };
    if flat.text.contains(['?', '？', '؟']) {
        return Vec::new();
    }
    let words = words(&flat.text);
    let start = words.iter().take_while(|word| is_number(word)).count();
    let sentences = sentences(words.get(start..).unwrap_or_default());
    let [sentence] = sentences.as_slice() else {
        return Vec::new();
    };
    if !asks(sentence) || is_blank(&flat.text) {
        return Vec::new();
    }
    let span = question.heading_span();
    let verdict = |help: &str| asked.verdict(span, "a question without a question mark", help);
    let written = asked.source.slice(span);
    if let Some(words) = written.strip_suffix('.') {
        let stop = Span::new(span.start() + words.len(), span.end());
        let verdict = verdict("end it with `?`, not with a full stop");
        return vec![verdict.unsafely(vec![Edit::new(stop, "?")])];
    }
    let verdict = verdict("end it with `?`");
    if ends_plainly(written, &flat.text) {
        let end = Span::new(span.end(), span.end());
        return vec![verdict.safely(vec![Edit::new(end, "?")])];
    }
    vec![verdict]
}

/// Whether the words ask as they stand. A title such as "How a lock works" or
/// "When to use a lock" does not, and nothing is said of it.
fn asks(sentence: &[Word<'_>]) -> bool {
    if sentence.len() < 3 || sentence.iter().any(|word| word.is(&["vs", "versus"])) {
        return false;
    }
    let Some((first, rest)) = sentence.split_first() else {
        return false;
    };
    // WHERE, WHEN and IS are words of SQL.
    if first.text.chars().skip(1).any(char::is_uppercase) {
        return false;
    }
    let Some((second, after)) = rest.split_first() else {
        return false;
    };
    if first.is_contraction() {
        return !second.is(NEWS);
    }
    if first.is(&["how"]) && second.is(MEASURES) {
        return after.iter().any(Word::is_auxiliary);
    }
    if first.is(&["what", "which"]) && !second.is_auxiliary() {
        return second.is(VERBS) && first.is(&["what"]) || asks_which(first, rest);
    }
    if first.is_interrogative() {
        return second.is_auxiliary() && !after.first().is_some_and(|word| word.is(NEWS));
    }
    if first.is(PREPOSITIONS) && second.is(&["what", "which", "whom"]) {
        return asks_which(second, after);
    }
    if first.is(&[
        "are", "can", "could", "did", "does", "is", "should", "would",
    ]) {
        return after.len() >= 2 && !second.is(&["be", "have", "not", "null"]);
    }
    first.is_auxiliary() && second.is(&["i", "they", "we", "you"])
}

/// `What tools do you use`: behind a noun, a verb before its subject. "What
/// the compiler does" is a title.
fn asks_which(first: &Word<'_>, rest: &[Word<'_>]) -> bool {
    if rest.first().is_none_or(|word| word.is(PRONOUNS)) {
        return false;
    }
    let followed = |pair: &[Word<'_>]| match pair {
        [verb, subject] => verb.is_auxiliary() && (first.is(&["which"]) || subject.is(PRONOUNS)),
        _ => false,
    };
    rest.windows(2).any(followed)
}

/// `12.`, `Q5:`
fn is_number(word: &Word<'_>) -> bool {
    let number = word
        .text
        .trim_start_matches(['Q', 'q'])
        .trim_end_matches(['.', ')', ':']);
    word.text.contains(|c: char| c.is_ascii_digit() || c == 'Q')
        && number.len() < word.text.len()
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether it ends with a blank to fill in.
fn is_blank(text: &str) -> bool {
    let text = text.trim_end();
    text.ends_with("...") || text.ends_with(['…', '_'])
}

/// Whether a question mark can stand behind the words without a change of
/// what they are: no address, no tag, no escape.
fn ends_plainly(written: &str, text: &str) -> bool {
    let mark = |c: char| {
        matches!(
            c,
            ')' | ']' | '"' | '\'' | '”' | '’' | '*' | '`' | '+' | '#' | '$'
        )
    };
    let plain = |c: char| c.is_alphanumeric() || mark(c);
    let last = text.split_whitespace().next_back().unwrap_or_default();
    let address = last.contains("://") || last.starts_with("www.");
    written.ends_with(plain) && text.ends_with(|c: char| plain(c) || c == OBJECT) && !address
}
