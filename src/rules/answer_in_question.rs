//! `answer-in-question`: a heading that asks, and answers itself.

use std::ops::Range;

use crate::markdown::flat::OBJECT;
use crate::verdict::{Asked, Verdict};

const ARTICLES: &[&str] = &["a ", "an ", "the "];
/// What asks for a definition; its subject follows.
const ASKS: &[&str] = &[
    "what is ",
    "what are ",
    "what's ",
    "what’s ",
    "what does ",
    "what do ",
    "who is ",
    "who was ",
];
/// What may stand between the subject and the question mark.
const TAILS: &[&str] = &[" mean", " stand for", " used for", " do"];
/// What defines the subject before it.
const VERBS: &[&str] = &[
    " is ",
    " are ",
    " was ",
    " means ",
    " stands for ",
    " refers to ",
];
/// The same where the subject is not named again.
const PRONOUNS: &[&str] = &[
    "it is a ",
    "it is an ",
    "it is the ",
    "it's a ",
    "it's an ",
    "it’s a ",
    "it’s an ",
    "it means ",
    "it stands for ",
    "it refers to ",
    "they are the ",
    "they are a ",
];
/// What answers a question of yes or no.
const VERDICTS: &[&str] = &["yes", "no", "true", "false", "correct", "incorrect"];
/// What announces an answer.
const LABELS: &[&str] = &["answer:", "ans:", "solution:", "answer :", "ans :"];

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let Some(flat) = asked.heading_text() else {
        return Vec::new();
    };
    let Some(found) = answer(&flat.text) else {
        return Vec::new();
    };
    let message = "the heading answers its own question";
    let help = "end the heading with the question, and begin the answer with this";
    vec![asked.verdict(flat.span(found), message, help)]
}

/// The answer in a heading's text.
fn answer(text: &str) -> Option<Range<usize>> {
    let mark = question_mark(text)?;
    let (question, rest) = (text.get(..mark)?, text.get(mark + 1..)?);
    let answer = rest
        .trim()
        .trim_start_matches(['-', '–', '—', '=', '>', ' ']);
    let is_answer = labelled(answer) || judges(answer) || defines(question, answer);
    let end = text.trim_end().len();
    is_answer.then_some(end - answer.len()..end)
}

/// The last question mark that ends a sentence, with more behind it.
fn question_mark(text: &str) -> Option<usize> {
    let text = text.trim_end();
    let mark = text.rfind('?')?;
    let before = text.get(..mark)?;
    let ends = !before.is_empty() && !before.ends_with(char::is_whitespace);
    let follows = text.get(mark + 1..)?.starts_with(char::is_whitespace);
    (ends && follows).then_some(mark)
}

/// `Answer: …`, `(ans: …)`
fn labelled(answer: &str) -> bool {
    let inner = answer.trim_start_matches(['(', '[']);
    LABELS.iter().any(|label| after(inner, label).is_some())
}

/// `Yes, …`, `No.`, `(true)`
fn judges(answer: &str) -> bool {
    let bracketed = answer
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    VERDICTS.iter().any(|verdict| match bracketed {
        Some(inner) => inner.eq_ignore_ascii_case(verdict),
        None => after(answer, verdict)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([',', '.', '!', ';', ':'])),
    })
}

/// `What is X? X is …`
fn defines(question: &str, answer: &str) -> bool {
    let ends = ["? ", ". ", "! "].iter();
    let start = ends
        .filter_map(|end| Some(question.rfind(end)? + end.len()))
        .max();
    let sentence = question.get(start.unwrap_or(0)..).unwrap_or_default();
    let Some(subject) = ASKS.iter().find_map(|asks| after(sentence, asks)) else {
        return false;
    };
    let subject = without_article(subject);
    let tail = TAILS.iter().find_map(|tail| subject.strip_suffix(tail));
    let subject = tail.unwrap_or(subject);
    // Of two codes the flat text does not say whether they are the same.
    let named = !subject.is_empty() && !subject.contains(OBJECT);
    let said = after(without_article(answer), subject).filter(|_| named);
    let by_name = said.is_some_and(|said| VERBS.iter().any(|verb| after(said, verb).is_some()));
    by_name
        || PRONOUNS
            .iter()
            .any(|pronoun| after(answer, pronoun).is_some())
}

fn without_article(text: &str) -> &str {
    let article = ARTICLES.iter().find_map(|article| after(text, article));
    article.unwrap_or(text)
}

/// What follows `start` in `text`, in any letter case.
fn after<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(start.len())?;
    head.eq_ignore_ascii_case(start).then_some(rest)
}
