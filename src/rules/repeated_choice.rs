//! `repeated-choice`: a choice that stands among the choices already.

use std::collections::HashMap;

use crate::finding::Related;
use crate::question::Choice;
use crate::verdict::{Asked, Verdict};

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let mut first_of: HashMap<String, &Choice> = HashMap::new();
    let mut verdicts = Vec::new();
    for choice in &asked.question.choices {
        let key = key(asked.source.slice(choice.written(asked.source)));
        if key.is_empty() {
            continue;
        }
        let Some(first) = first_of.get(key.as_str()) else {
            first_of.insert(key, choice);
            continue;
        };
        let (message, help) = if first.correct == choice.correct {
            (
                "this choice stands here twice",
                "change one of the two, or remove it",
            )
        } else {
            (
                "this choice is both correct and wrong",
                "change one of the two, or remove the one that is marked wrongly",
            )
        };
        let mut verdict = asked.verdict(choice.written(asked.source), message, help);
        verdict.related.push(Related {
            source: asked.question.source,
            question: None,
            span: first.written(asked.source),
            message: "the first time".to_string(),
        });
        verdicts.push(verdict);
    }
    verdicts
}

/// A choice as written: letter case, marks and symbols count, and so does
/// every space in code.
fn key(written: &str) -> String {
    if written.contains(['`', '~', '$']) || written.contains("    ") {
        return written.to_string();
    }
    let words: Vec<&str> = written.split_whitespace().collect();
    let words = words.join(" ");
    words.strip_suffix('.').unwrap_or(&words).to_string()
}
