//! The fields of a record, by name and in order: what `--fields` chooses from,
//! and what formats without a data model of their own write.

use clap::ValueEnum;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::record::{ChoiceRecord, Record, StatusRecord};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Field {
    Id,
    Topic,
    Level,
    Tags,
    Question,
    QuestionMarkdown,
    AnswerMarkdown,
    AnswerHtml,
    AnswerText,
    Choices,
    Aliases,
    Sources,
    License,
    Authors,
    Status,
    Path,
    Created,
    Updated,
    ContentSha256,
}

/// What a field holds. Its kind is the same in every record.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(untagged)]
pub enum Value<'a> {
    Text(&'a str),
    Maybe(Option<&'a str>),
    List(&'a [String]),
    Choices(&'a [ChoiceRecord]),
}

impl Field {
    /// All fields, in the record's order.
    pub fn all() -> &'static [Field] {
        Field::value_variants()
    }

    /// The field of that name.
    pub fn named(name: &str) -> Option<Field> {
        Field::from_str(name, false).ok()
    }

    pub fn name(self) -> String {
        self.to_possible_value()
            .map_or(String::new(), |value| value.get_name().to_string())
    }

    pub fn of(self, record: &Record) -> Value<'_> {
        match self {
            Field::Id => Value::Text(&record.id),
            Field::Topic => Value::Text(&record.topic),
            Field::Level => Value::Maybe(record.level.as_deref()),
            Field::Tags => Value::List(&record.tags),
            Field::Question => Value::Text(&record.question),
            Field::QuestionMarkdown => Value::Text(&record.question_markdown),
            Field::AnswerMarkdown => Value::Text(&record.answer_markdown),
            Field::AnswerHtml => Value::Text(&record.answer_html),
            Field::AnswerText => Value::Text(&record.answer_text),
            Field::Choices => Value::Choices(&record.choices),
            Field::Aliases => Value::List(&record.aliases),
            Field::Sources => Value::List(&record.sources),
            Field::License => Value::Maybe(record.license.as_deref()),
            Field::Authors => Value::List(&record.authors),
            Field::Status => Value::Text(match record.status {
                StatusRecord::Active => "active",
                StatusRecord::Retired => "retired",
            }),
            Field::Path => Value::Text(&record.path),
            Field::Created => Value::Text(&record.created),
            Field::Updated => Value::Text(&record.updated),
            Field::ContentSha256 => Value::Text(&record.content_sha256),
        }
    }
}

/// Some fields of a record, as an object with these keys in this order.
pub struct Row<'a> {
    pub record: &'a Record,
    pub fields: &'a [Field],
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.fields.len()))?;
        for field in self.fields {
            map.serialize_entry(&field.name(), &field.of(self.record))?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_all_fields_is_the_record() -> serde_json::Result<()> {
        let record = Record {
            id: "a".to_string(),
            choices: vec![ChoiceRecord {
                text: "b".to_string(),
                markdown: "`b`".to_string(),
                correct: true,
            }],
            status: StatusRecord::Retired,
            ..Record::default()
        };
        let row = Row {
            record: &record,
            fields: Field::all(),
        };
        assert_eq!(
            serde_json::to_string(&row)?,
            serde_json::to_string(&record)?
        );
        Ok(())
    }
}
