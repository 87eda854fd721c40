//! `duplicate-question`: a question that stands in the corpus already, word for word.

use crate::corpus::Corpus;
use crate::duplicates::{Likeness, Pairs, how_to_part, relate, related};
use crate::question::Question;
use crate::verdict::{Asked, Verdict};

pub fn check(corpus: &Corpus, alike: &Likeness) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for Pairs {
        index,
        earlier,
        more,
    } in &alike.equal_questions
    {
        let Some(asked) = Asked::new(corpus, *index) else {
            continue;
        };
        let first = earlier
            .first()
            .and_then(|&other| corpus.questions.get(other));
        let message = match first.and_then(Question::id) {
            Some(id) => format!("the corpus has this question already: `{id}`"),
            None => "the corpus has this question already".to_string(),
        };
        let how = earlier
            .first()
            .and_then(|&other| how_to_part(&asked, other, "duplicate-question"));
        let help = match how {
            Some(how) => format!("improve the other one instead; if they differ, {how}"),
            None => "improve the other one instead".to_string(),
        };
        let verdict = asked.verdict(asked.question.heading_span(), message, help);
        let places = related(corpus, earlier, |question| Some(question.heading_span()));
        verdicts.push(relate(verdict, places, earlier.len() + more));
    }
    verdicts
}
