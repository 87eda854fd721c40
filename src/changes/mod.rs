//! What changed between two exports, or two commits. Questions are matched by
//! their ids; what only one side says of a question is no change.

pub mod human;
pub mod markdown;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use clap::ValueEnum;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value as Json;

use crate::export::field::Field;
use crate::export::read::Row;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// A line a change, to read
    #[default]
    Human,
    /// One JSON object, for other programs
    Json,
    /// Lists, for release notes
    Markdown,
}

/// What changed, as `prepdeck diff --format json` says it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(extend("$id" = SCHEMA_ID))]
pub struct Difference {
    /// Raised when a key is taken away or means something else.
    pub version: u8,
    pub old: Side,
    pub new: Side,
    /// In the order of the new side.
    pub added: Vec<Named>,
    /// In the order of the old side.
    pub removed: Vec<Named>,
    /// Questions that are the same under another id.
    pub renamed: Vec<Renamed>,
    /// Questions that are not as they were; those under another id too.
    pub changed: Vec<Changed>,
    pub unchanged: usize,
    /// Fields that only one side has.
    pub not_compared: Vec<String>,
}

/// The name of the schema of [`Difference`].
pub const SCHEMA_ID: &str = "urn:prepdeck:diff:1";

#[derive(Debug, Serialize, JsonSchema)]
pub struct Side {
    /// The file, the folder or the revision.
    pub name: String,
    pub questions: usize,
    /// Ids that stand there more than once; the first question of each counts.
    pub repeated: Vec<String>,
}

/// A question, as far as its side tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Named {
    pub id: String,
    pub topic: Option<String>,
    /// Plain text.
    pub question: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Renamed {
    pub old_id: String,
    #[serde(flatten)]
    pub new: Named,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Changed {
    #[serde(flatten)]
    pub new: Named,
    /// Each once, in this order.
    pub kinds: Vec<Kind>,
    pub fields: Vec<FieldChange>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The question's text, with its code.
    Reworded,
    /// The topic, or the file's path.
    Moved,
    Relicensed,
    /// Any other field.
    Other,
}

/// A field of the record, before and after.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FieldChange {
    pub field: String,
    pub old: Json,
    pub new: Json,
}

/// What is compared: of each row the first field that both sides have, since
/// the others say the same. Times and hashes follow from the rest.
const COMPARED: &[&[Field]] = &[
    &[Field::Question],
    &[Field::QuestionMarkdown],
    &[Field::Choices],
    &[Field::AnswerMarkdown, Field::AnswerText, Field::AnswerHtml],
    &[Field::Topic],
    &[Field::Path],
    &[Field::Level],
    &[Field::Tags],
    &[Field::Aliases],
    &[Field::Sources],
    &[Field::License],
    &[Field::Authors],
    &[Field::Status],
];

impl Field {
    fn kind(self) -> Kind {
        match self {
            Field::Question | Field::QuestionMarkdown => Kind::Reworded,
            Field::Topic | Field::Path => Kind::Moved,
            Field::License => Kind::Relicensed,
            _ => Kind::Other,
        }
    }
}

/// Compares two sides, each a name and its records.
pub fn between(old: (&str, &[Row]), new: (&str, &[Row])) -> Difference {
    let (before, old_side) = side(old);
    let (after, new_side) = side(new);
    let (had, has) = (fields(&before), fields(&after));
    let both = |field: &&Field| had.contains(field) && has.contains(field);
    let compared: Vec<Field> = COMPARED
        .iter()
        .filter_map(|same| same.iter().find(both).copied())
        .collect();
    let told = |field: &Field| {
        let row = COMPARED.iter().find(|row| row.contains(field));
        row.is_none_or(|row| row.iter().any(|field| compared.contains(field)))
    };
    let not_compared = had.symmetric_difference(&has).filter(|field| !told(field));
    let not_compared = not_compared.map(|field| field.name()).collect();
    let old_ids: HashMap<&str, &Row> = by_id(&before);
    let new_ids: HashMap<&str, &Row> = by_id(&after);
    let gone = before.iter().filter(|row| !new_ids.contains_key(&*row.id));
    let come = after.iter().filter(|row| !old_ids.contains_key(&*row.id));
    let (gone, come): (Vec<&Row>, Vec<&Row>) = (gone.copied().collect(), come.copied().collect());
    let renames = renames(&gone, &come, &compared);
    let left: BTreeSet<&str> = renames.values().map(|row| row.id.as_str()).collect();
    let mut difference = Difference {
        version: 1,
        old: old_side,
        new: new_side,
        added: Vec::new(),
        removed: gone
            .iter()
            .filter(|row| !left.contains(&*row.id))
            .map(|row| named(row))
            .collect(),
        renamed: Vec::new(),
        changed: Vec::new(),
        unchanged: 0,
        not_compared,
    };
    for row in after {
        let renamed = renames.get(row.id.as_str()).copied();
        if let Some(old) = renamed {
            difference.renamed.push(Renamed {
                old_id: old.id.clone(),
                new: named(row),
            });
        }
        match old_ids.get(row.id.as_str()).copied().or(renamed) {
            None => difference.added.push(named(row)),
            Some(old) => match changed(old, row, &compared) {
                Some(changed) => difference.changed.push(changed),
                None => difference.unchanged += usize::from(renamed.is_none()),
            },
        }
    }
    difference
}

/// The rows with their ids once each, and what is to be said of the side.
fn side<'a>((name, rows): (&str, &'a [Row])) -> (Vec<&'a Row>, Side) {
    let mut seen = BTreeSet::new();
    let mut repeated = BTreeSet::new();
    let mut once = Vec::new();
    for row in rows {
        if seen.insert(&row.id) {
            once.push(row);
        } else {
            repeated.insert(row.id.clone());
        }
    }
    let side = Side {
        name: name.to_string(),
        questions: once.len(),
        repeated: repeated.into_iter().collect(),
    };
    (once, side)
}

fn fields(rows: &[&Row]) -> BTreeSet<Field> {
    let fields = rows.iter().flat_map(|row| row.cells.keys());
    fields.copied().collect()
}

fn by_id<'a>(rows: &[&'a Row]) -> HashMap<&'a str, &'a Row> {
    rows.iter().map(|row| (row.id.as_str(), *row)).collect()
}

/// By the new id, the question that went and came back with the same text:
/// first those with the same answer, then those without another of their text.
fn renames<'a>(
    gone: &[&'a Row],
    come: &[&'a Row],
    compared: &[Field],
) -> BTreeMap<&'a str, &'a Row> {
    let mut renames: BTreeMap<&str, &Row> = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for exact in [true, false] {
        let part = |field: &&Field| match field {
            Field::Question | Field::QuestionMarkdown | Field::Choices => true,
            Field::AnswerMarkdown | Field::AnswerText | Field::AnswerHtml => exact,
            _ => false,
        };
        let parts: Vec<&Field> = compared.iter().filter(part).collect();
        let key = |row: &Row| {
            let text = |field: &&Field| Some(row.cells.get(field)?.as_str()?.to_string());
            let asked = parts.first().and_then(text);
            asked.filter(|text| !text.is_empty())?;
            let cells = parts.iter().map(|field| row.cells.get(field));
            Some(cells.map(|cell| cell.map(Json::to_string)).collect())
        };
        let left = gone.iter().filter(|row| !taken.contains(&*row.id));
        let old: BTreeMap<Vec<_>, &Row> = alone(left.copied(), key);
        let left = come.iter().filter(|row| !renames.contains_key(&*row.id));
        let found: Vec<(&Row, &Row)> = alone(left.copied(), key)
            .into_iter()
            .filter_map(|(key, new)| Some((new, *old.get(&key)?)))
            .collect();
        for (new, old) in found {
            taken.insert(old.id.as_str());
            renames.insert(&new.id, old);
        }
    }
    renames
}

/// The rows that have a key which no other one has.
fn alone<'a, K: Ord>(
    rows: impl Iterator<Item = &'a Row>,
    key: impl Fn(&Row) -> Option<K>,
) -> BTreeMap<K, &'a Row> {
    let mut found: BTreeMap<K, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        if let Some(key) = key(row) {
            found.entry(key).or_default().push(row);
        }
    }
    let alone = found.into_iter().filter(|(_, rows)| rows.len() == 1);
    alone
        .filter_map(|(key, rows)| Some((key, rows.into_iter().next()?)))
        .collect()
}

fn named(row: &Row) -> Named {
    let text = |field| Some(row.cells.get(&field)?.as_str()?.to_string());
    Named {
        id: row.id.clone(),
        topic: text(Field::Topic),
        question: text(Field::Question).or_else(|| text(Field::QuestionMarkdown)),
    }
}

/// What differs between two questions, if anything does.
fn changed(old: &Row, new: &Row, compared: &[Field]) -> Option<Changed> {
    let mut kinds = BTreeSet::new();
    let mut fields = Vec::new();
    for &field in compared {
        let (Some(was), Some(is)) = (old.cells.get(&field), new.cells.get(&field)) else {
            continue;
        };
        if was != is {
            kinds.insert(field.kind());
            fields.push(FieldChange {
                field: field.name(),
                old: was.clone(),
                new: is.clone(),
            });
        }
    }
    (!fields.is_empty()).then(|| Changed {
        new: named(new),
        kinds: kinds.into_iter().collect(),
        fields,
    })
}

/// A change as people read it.
#[derive(Debug)]
struct Line<'a> {
    what: &'static str,
    new: &'a Named,
    /// How it was, or what is other; empty where the question says it all.
    more: String,
}

/// More of these are only counted.
const MAX_LINES: usize = 1000;

/// All changes, those of one kind together; as they are, not made visible.
fn lines(difference: &Difference) -> Vec<Line<'_>> {
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
            let signed = |sign, one: &[&str], other: &[&str]| {
                let only = one.iter().filter(|item| !other.contains(item));
                only.map(|item| format!(" {sign}{item}"))
                    .collect::<String>()
            };
            let (more, fewer) = (signed('+', &new, &old), signed('-', &old, &new));
            // Where nothing came or went, the order is another.
            format!("{}{more}{fewer}", field.name())
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
        crate::report::count(old.questions, "question"),
        new.questions
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, question: &str, answer: &str) -> Row {
        let text = |text: &str| Json::from(text);
        let cells = BTreeMap::from([
            (Field::Id, text(id)),
            (Field::Question, text(question)),
            (Field::AnswerText, text(answer)),
        ]);
        let id = id.to_string();
        Row { id, cells }
    }

    fn renamed(old: &[Row], new: &[Row]) -> Vec<(String, String)> {
        let renamed = between(("a", old), ("b", new)).renamed.into_iter();
        renamed.map(|one| (one.old_id, one.new.id)).collect()
    }

    #[test]
    fn a_question_under_another_id_is_known_by_its_text() {
        let pair = |old: &str, new: &str| (old.to_string(), new.to_string());
        let old = [row("a", "What?", "This."), row("b", "What?", "That.")];
        let new = [row("c", "What?", "That."), row("d", "What?", "This.")];
        assert_eq!(renamed(&old, &new), [pair("b", "c"), pair("a", "d")]);
        // With another answer too, where nothing else has that text.
        let new = [row("c", "What?", "Neither.")];
        assert_eq!(renamed(&old[..1], &new), [pair("a", "c")]);
        assert_eq!(renamed(&old, &new), []);
        assert_eq!(renamed(&[row("a", "", "")], &[row("b", "", "")]), []);
    }

    #[test]
    fn a_field_that_one_record_alone_lacks_is_no_change() {
        let mut short = row("a", "What?", "");
        short.cells.remove(&Field::AnswerText);
        let old = [short, row("b", "Why?", "So.")];
        let new = [row("a", "What?", "This."), row("b", "Why?", "So.")];
        let difference = between(("a", &old), ("b", &new));
        assert_eq!(difference.unchanged, 2);
        assert!(difference.not_compared.is_empty());
    }
}
