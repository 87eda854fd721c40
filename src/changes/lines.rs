//! Changes in words, for whoever reads them.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::{Difference, FieldChange, Kind, Named};
use crate::export::field::Field;
use crate::report::count;

/// A change as people read it.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub what: &'static str,
    pub new: &'a Named,
    /// How it was, or what is other; empty where the question says it all.
    pub more: String,
}

/// More of these are only counted.
pub(super) const MAX_LINES: usize = 1000;

/// All changes, those of one kind together; as they are, not made visible.
pub(super) fn lines(difference: &Difference) -> Vec<Line<'_>> {
    let plain = |what| {
        move |new| Line {
            what,
            new,
            more: String::new(),
        }
    };
    let mut lines: Vec<Line<'_>> = Vec::new();
    lines.extend(difference.added.iter().map(plain("added")));
    lines.extend(difference.removed.iter().map(plain("removed")));
    lines.extend(difference.renamed.iter().map(|renamed| Line {
        what: "new id",
        new: &renamed.new,
        more: format!("was {}", renamed.old_id),
    }));
    for (kind, what) in [
        (Kind::Reworded, "reworded"),
        (Kind::Moved, "moved"),
        (Kind::Relicensed, "relicensed"),
        (Kind::Other, "changed"),
    ] {
        let of_kind = difference.changed.iter().filter_map(|changed| {
            let fields = changed.fields.iter();
            let mut fields = fields.filter(|change| {
                Field::named(&change.field).is_some_and(|field| field.kind() == kind)
            });
            // The question's text says more than its Markdown, the topic more than the path.
            let more = match kind {
                Kind::Other => fields.map(said).collect::<Vec<_>>().join(", "),
                _ => said(fields.next()?),
            };
            (!more.is_empty()).then_some(Line {
                what,
                new: &changed.new,
                more,
            })
        });
        lines.extend(of_kind);
    }
    lines
}

/// A field's change in a few words.
fn said(change: &FieldChange) -> String {
    let text = |value: &Json| match value {
        Json::String(text) if text.is_empty() => "none".to_string(),
        Json::String(text) => text.clone(),
        _ => "none".to_string(),
    };
    let (old, new) = (text(&change.old), text(&change.new));
    match Field::named(&change.field) {
        Some(Field::Question) => format!("was: {old}"),
        Some(Field::QuestionMarkdown) => "its code or emphasis".to_string(),
        Some(Field::Topic | Field::Path | Field::License) => format!("{old} → {new}"),
        Some(field @ (Field::Level | Field::Status)) => format!("{} {old} → {new}", field.name()),
        Some(field @ (Field::Tags | Field::Aliases | Field::Sources | Field::Authors)) => {
            let (old, new) = (items(&change.old), items(&change.new));
            let (had, has): (BTreeSet<_>, BTreeSet<_>) =
                (old.iter().collect(), new.iter().collect());
            let more = new.iter().filter(|item| !had.contains(item));
            let fewer = old.iter().filter(|item| !has.contains(item));
            let more = more.map(|item| format!("+{item}"));
            let fewer = fewer.map(|item| format!("-{item}"));
            // Where nothing came or went, the order is another.
            let words: Vec<String> = [field.name()]
                .into_iter()
                .chain(more)
                .chain(fewer)
                .collect();
            words.join(" ")
        }
        Some(Field::AnswerMarkdown | Field::AnswerText | Field::AnswerHtml) => "answer".to_string(),
        _ => change.field.clone(),
    }
}

fn items(list: &Json) -> Vec<&str> {
    let items = list.as_array().map_or(&[][..], Vec::as_slice);
    items.iter().filter_map(Json::as_str).collect()
}

/// `3 questions before, 4 now: 1 added`.
pub fn summary(difference: &Difference) -> String {
    let Difference {
        old, new, changed, ..
    } = difference;
    let of_kind = |kind| {
        changed
            .iter()
            .filter(|one| one.kinds.contains(&kind))
            .count()
    };
    let counts = [
        (difference.added.len(), "added"),
        (difference.removed.len(), "removed"),
        (difference.renamed.len(), "under another id"),
        (of_kind(Kind::Reworded), "reworded"),
        (of_kind(Kind::Moved), "moved"),
        (of_kind(Kind::Relicensed), "relicensed"),
        (of_kind(Kind::Other), "changed otherwise"),
    ];
    let counts = counts.iter().filter(|(number, _)| *number > 0);
    let counts: Vec<String> = counts
        .map(|(number, what)| format!("{number} {what}"))
        .collect();
    let counts = if counts.is_empty() {
        "no difference".to_string()
    } else {
        counts.join(", ")
    };
    format!(
        "{} before, {} now: {counts}",
        count(old.questions, "question"),
        new.questions
    )
}
