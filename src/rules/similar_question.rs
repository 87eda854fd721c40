//! `similar-question`: a question that the corpus asks already, in other words.

use crate::corpus::Corpus;
use crate::duplicates::{Likeness, how_to_part, name_of, relate, related};
use crate::verdict::{Asked, Verdict};

pub fn check(corpus: &Corpus, alike: &Likeness) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for pair in &alike.questions {
        let Some(asked) = Asked::new(corpus, pair.index) else {
            continue;
        };
        let Some((first, comparison)) = pair.earlier.first() else {
            continue;
        };
        let name = name_of(corpus, *first);
        let message = format!(
            "this asks what {name} asks; {}",
            comparison.words("here", "there")
        );
        let help = match how_to_part(&asked, *first, "similar-question") {
            Some(how) => format!("improve that one; if they differ, {how}"),
            None => "improve that one".to_string(),
        };
        let others: Vec<usize> = pair.earlier.iter().map(|(other, _)| *other).collect();
        let places = related(corpus, &others, |question| Some(question.heading_span()));
        let verdict = asked.verdict(asked.question.heading_span(), message, help);
        verdicts.push(relate(verdict, places, others.len()));
    }
    verdicts
}
