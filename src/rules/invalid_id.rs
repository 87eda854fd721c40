//! `invalid-id`: an id of other characters than `a-z`, `0-9` and `-`.

use crate::question::slug;
use crate::verdict::{Asked, Verdict};

/// Longer ids fit neither a file's name nor a tag.
const MAX_LENGTH: usize = 100;

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let Some(id) = asked.question.meta.id.given() else {
        return Vec::new();
    };
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.value.len() > MAX_LENGTH {
        let message = format!(
            "an id of {} characters; at most {MAX_LENGTH} fit",
            id.value.chars().count()
        );
        return vec![asked.verdict(id.span, message, "name the subject in a few words")];
    }
    if id.value.chars().all(allowed) && id.value.contains(|c: char| c != '-') {
        return Vec::new();
    }
    let other = id.value.chars().find(|&c| !allowed(c));
    let message = match other {
        Some(c) => format!("an id may not hold `{c}`"),
        None => "an id needs a letter or a digit".to_string(),
    };
    let slug = slug(&id.value);
    let help = if slug.is_empty() {
        "write it in a-z, 0-9 and -".to_string()
    } else {
        format!("write it in a-z, 0-9 and -, such as `{slug}`")
    };
    vec![asked.verdict(id.span, message, help)]
}
