//! `missing-id`: a question without an id.

use crate::question::Field;
use crate::rule::{Asked, Verdict};

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let meta = &asked.question.meta;
    if meta.id != Field::Absent {
        return Vec::new();
    }
    let name = asked.source.path.rsplit('/').next().unwrap_or_default();
    let id = crate::question::slug(name.strip_suffix(".md").unwrap_or(name));
    let help = if meta.span.is_empty() {
        format!("begin the file with front matter: a line `---`, `id: {id}`, and a line `---`")
    } else {
        format!("add `id: {id}` to the front matter; it must never change afterwards")
    };
    vec![asked.verdict(
        asked.question.heading_span(),
        "the question has no id",
        help,
    )]
}
