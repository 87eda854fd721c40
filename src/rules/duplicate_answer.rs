//! `duplicate-answer`: one answer under two questions.

use crate::corpus::Corpus;
use crate::duplicates::{Likeness, Pairs, answer_key, first_line, question_key, relate, related};
use crate::verdict::{Asked, Verdict};

/// Shorter answers may rightly be the same: `true` answers many questions.
const MIN_WORDS: usize = 8;

pub fn check(corpus: &Corpus, alike: &Likeness) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for Pairs { index, earlier, .. } in &alike.equal_answers {
        let Some(asked) = Asked::new(corpus, *index) else {
            continue;
        };
        if answer_key(&asked).split_whitespace().count() < MIN_WORDS {
            continue;
        }
        // Where the questions are equal too, `duplicate-question` says so.
        let own = question_key(&asked);
        let mut earlier = earlier.clone();
        earlier.retain(|&other| {
            Asked::new(corpus, other).is_some_and(|other| question_key(&other) != own)
        });
        if earlier.is_empty() {
            continue;
        }
        let span = first_line(&asked);
        let help = "one of the two questions is not answered; write its own answer, or merge them";
        let verdict = asked.verdict(span, "this answer stands under another question too", help);
        let places = related(corpus, &earlier, |question| Some(question.heading_span()));
        verdicts.push(relate(verdict, places, earlier.len()));
    }
    verdicts
}
