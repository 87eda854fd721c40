//! `several-questions`: a heading that asks two things.

use std::ops::Range;

use super::asking::{Word, sentences, words};
use crate::verdict::{Asked, Verdict};

/// How much is asked for: `how many are there`.
const MEASURES: &[&str] = &[
    "far", "fast", "large", "long", "many", "much", "often", "well",
];
/// What a second sentence may begin with, before it asks.
const LINKS: &[&str] = &["also", "and", "but", "or", "so", "then"];
/// A second sentence of nothing but these asks for the reason of an answer.
const REASONS: &[&str] = &[
    "and", "how", "if", "is", "it", "not", "or", "so", "that", "this", "why",
];

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let Some(flat) = asked.heading_text() else {
        return Vec::new();
    };
    let marks = flat.text.matches(['?', '？', '؟']).count();
    let mut threes = flat.text.as_bytes().windows(3);
    // Two sentences ask, or an "and" goes on.
    if marks < 2 && !threes.any(|three| three.eq_ignore_ascii_case(b"and")) {
        return Vec::new();
    }
    let words = words(&flat.text);
    let sentences = sentences(&words);
    let half = || sentences.iter().find_map(|sentence| second_half(sentence));
    let Some(second) = second_sentence(&sentences).or_else(half) else {
        return Vec::new();
    };
    let message = "a second question in one heading";
    let help = "ask one thing; make this a question of its own, or a follow-up";
    vec![asked.verdict(flat.span(second), message, help)]
}

/// `What is X? How does it work?`
fn second_sentence(sentences: &[&[Word<'_>]]) -> Option<Range<usize>> {
    let mut asking = sentences.iter().filter(|sentence| asks(sentence));
    asking.next()?;
    let second = asking.find(|sentence| !sentence.iter().all(|word| word.is(REASONS)))?;
    Some(second.first()?.at..second.last()?.end())
}

/// Whether it is a whole question: `Really?` and `True or false?` are none.
fn asks(sentence: &[Word<'_>]) -> bool {
    let links = sentence.iter().take_while(|word| word.is(LINKS)).count();
    let rest = sentence.get(links..).unwrap_or_default();
    let begins = |word: &Word<'_>| word.is_interrogative() || word.is_contraction();
    let opens = rest
        .first()
        .is_some_and(|word| begins(word) || word.is_auxiliary());
    let clause = |pair: &[Word<'_>]| matches!(pair, [before, word] if before.text.ends_with(',') && begins(word));
    let whole = rest.len() >= 3 && sentence.last().is_some_and(Word::asks);
    whole && (opens || rest.windows(2).any(clause))
}

/// `What is X, and why is it used?`: behind an "and", a verb stands before its
/// subject again. Where another word asks between the two, as in "How do you
/// decide when to lock and when to wait?", they may be parts of one question.
fn second_half(sentence: &[Word<'_>]) -> Option<Range<usize>> {
    let (first, rest) = sentence.split_first()?;
    let inverted = first.is_contraction()
        || (first.is_interrogative() && rest.first().is_some_and(Word::is_auxiliary));
    if !inverted {
        return None;
    }
    let defines = first.is(&["what's"])
        || (first.is(&["what"]) && rest.first().is_some_and(|word| word.is(&["is", "are"])));
    let next = rest.iter().position(Word::is_interrogative)?;
    let before = rest.get(next.checked_sub(1)?)?;
    let (question, after) = rest.get(next..)?.split_first()?;
    let measured = after.first().is_some_and(|word| word.is(MEASURES));
    let after = after.get(usize::from(measured)..)?;
    let (verb, subject) = after.split_first()?;
    // Behind "how do you know", "what is cached" is a clause, not a question.
    let anew = if question.is(&["what", "which", "who"]) || verb.is(&["to"]) {
        defines && (verb.is_auxiliary() || verb.is(&["to"]))
    } else {
        verb.is_auxiliary()
    };
    let negates = subject.first().is_none_or(|word| word.is(&["not"]));
    let is_second = next > 1 && before.is(&["and"]) && anew && !negates;
    is_second.then_some(question.at..sentence.last()?.end())
}
