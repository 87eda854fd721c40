//! `duplicate-id`: two questions with one id, which Anki would take for one note.

use std::collections::BTreeMap;

use crate::corpus::Corpus;
use crate::duplicates::{relate, related};
use crate::verdict::{Asked, Verdict};

pub fn check(corpus: &Corpus) -> Vec<Verdict> {
    let mut holders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, question) in corpus.questions.iter().enumerate() {
        if let Some(id) = question.id() {
            holders.entry(id).or_default().push(index);
        }
    }
    let mut verdicts = Vec::new();
    for (id, holders) in holders {
        for (position, &index) in holders.iter().enumerate().skip(1) {
            let earlier = holders.get(..position).unwrap_or_default();
            let Some(asked) = Asked::new(corpus, index) else {
                continue;
            };
            let Some(at) = asked.question.meta.id.given() else {
                continue;
            };
            let message = format!("the id `{id}` is taken");
            let help = "give the newer question an id of its own; the older one keeps its id";
            let verdict = asked.verdict(at.span, message, help);
            let places = related(corpus, earlier, |question| {
                question.meta.id.given().map(|id| id.span)
            });
            verdicts.push(relate(verdict, places, earlier.len()));
        }
    }
    verdicts
}
