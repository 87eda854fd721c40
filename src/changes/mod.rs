//! What changed between two exports, or two commits. Questions are matched by
//! their ids; what only one side says of a question is no change.

pub mod human;
mod lines;
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
    let (old, old_side) = side(old);
    let (new, new_side) = side(new);
    let (had, has) = (fields(&old), fields(&new));
    let both = |field: &&Field| had.contains(field) && has.contains(field);
    let compared: Vec<Field> = COMPARED
        .iter()
        .filter_map(|same| same.iter().find(both).copied())
        .collect();
    let told = |field: &Field| {
        let row = COMPARED.iter().find(|row| row.contains(field));
        row.is_none_or(|row| row.iter().any(|field| compared.contains(field)))
    };
    // Of a side without questions nothing is missed.
    let one_alone = !old.is_empty() && !new.is_empty();
    let not_compared = had
        .symmetric_difference(&has)
        .filter(|field| one_alone && !told(field));
    let not_compared = not_compared.map(|field| field.name()).collect();
    let old_ids: HashMap<&str, &Row> = by_id(&old);
    let new_ids: HashMap<&str, &Row> = by_id(&new);
    let gone = old.iter().filter(|row| !new_ids.contains_key(&*row.id));
    let come = new.iter().filter(|row| !old_ids.contains_key(&*row.id));
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
    for row in new {
        let before = renames.get(row.id.as_str()).copied();
        if let Some(old) = before {
            difference.renamed.push(Renamed {
                old_id: old.id.clone(),
                new: named(row),
            });
        }
        match old_ids.get(row.id.as_str()).copied().or(before) {
            None => difference.added.push(named(row)),
            Some(old) => match changed(old, row, &compared) {
                Some(changed) => difference.changed.push(changed),
                None => difference.unchanged += usize::from(before.is_none()),
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
