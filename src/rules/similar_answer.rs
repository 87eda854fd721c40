//! `similar-answer`: an answer that was copied from another question, in part
//! or lightly edited.

use crate::corpus::Corpus;
use crate::duplicates::{
    Likeness, answer_key, first_line, how_to_part, judged_distinct, name_of, relate, related,
    same_question,
};
use crate::verdict::{Asked, Verdict};

pub fn check(corpus: &Corpus, alike: &Likeness) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for copies in &alike.answers {
        let Some(asked) = Asked::new(corpus, copies.index) else {
            continue;
        };
        let own = answer_key(&asked);
        // Where the questions or the answers are the same, other rules say so.
        let mut earlier = copies.earlier.clone();
        earlier.retain(|(other, _)| {
            let equal = Asked::new(corpus, *other).is_some_and(|other| answer_key(&other) == own);
            !equal
                && !judged_distinct(corpus, copies.index, *other)
                && !same_question(corpus, alike, copies.index, *other)
        });
        let Some((first, share)) = earlier.first() else {
            continue;
        };
        let name = name_of(corpus, *first);
        let message = format!(
            "{:.0} % of the shorter one of this answer and that of {name} are the same words",
            share * 100.0
        );
        let mut help = "answer each question in its own words, or merge them".to_string();
        if let Some(how) = how_to_part(&asked, *first, "similar-answer") {
            help = format!("{help}; if both are right, {how}");
        }
        let others: Vec<usize> = earlier.iter().map(|(other, _)| *other).collect();
        let places = related(corpus, &others, |question| Some(question.heading_span()));
        verdicts.push(relate(
            asked.verdict(first_line(&asked), message, help),
            places,
            others.len(),
        ));
    }
    verdicts
}
