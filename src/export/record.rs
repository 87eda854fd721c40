//! The record that data exports share: one schema, every key always there.

use std::collections::BTreeMap;
use std::fmt::Write;

use jiff::Timestamp;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Entry, Selection, choices, fragment, heading, prompt};
use crate::config::Config;
use crate::corpus::Corpus;
use crate::history::Times;
use crate::markdown::html::{Rendering, render as html};
use crate::markdown::plain::text as plain;
use crate::question::{At, Status};

/// A question, as prepdeck exports it. Every key is always there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Record", extend("$id" = SCHEMA_ID))]
pub struct Record {
    /// What the question is known by, for ever.
    #[schemars(regex(pattern = "^[a-z0-9-]*[a-z0-9][a-z0-9-]*$"), length(max = 100))]
    pub id: String,
    /// The folder below the corpus's root: `databases`, `http/caching`; may be empty.
    pub topic: String,
    /// One of the corpus's levels.
    pub level: Option<String>,
    pub tags: Vec<String>,
    /// Plain text of the heading.
    pub question: String,
    /// The heading and what belongs to the question below it, without choices.
    pub question_markdown: String,
    pub answer_markdown: String,
    /// Safe HTML; links and images as written.
    pub answer_html: String,
    pub answer_text: String,
    /// Empty where the question is not multiple choice.
    pub choices: Vec<ChoiceRecord>,
    /// Other wordings of the question.
    pub aliases: Vec<String>,
    /// Where the answer comes from.
    pub sources: Vec<String>,
    /// SPDX expression.
    pub license: Option<String>,
    pub authors: Vec<String>,
    pub status: StatusRecord,
    /// The file, from the corpus's root.
    pub path: String,
    /// When the file was made; RFC 3339, UTC.
    #[schemars(extend("format" = "date-time"))]
    pub created: String,
    /// When it was changed last; RFC 3339, UTC.
    #[schemars(extend("format" = "date-time"))]
    pub updated: String,
    /// SHA-256 in hex over the record without this, `created`, `updated` and `path`, as RFC 8785 writes it.
    #[schemars(regex(pattern = "^[0-9a-f]{64}$"))]
    pub content_sha256: String,
}

/// The name of the record's schema. The number is raised when a key is taken
/// away or means something else; a new key does not change it.
pub const SCHEMA_ID: &str = "urn:prepdeck:record:1";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Choice")]
pub struct ChoiceRecord {
    /// Plain text.
    pub text: String,
    /// The same as Markdown.
    pub markdown: String,
    pub correct: bool,
}

/// Whether the question is still in use. Drafts are not exported.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(title = "Status")]
pub enum StatusRecord {
    #[default]
    Active,
    Retired,
}

/// The record's JSON Schema, 2020-12. What may be null is there all the same.
pub fn schema() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<Record>()
}

/// One record a question, in the corpus's order.
pub fn records(selection: &Selection<'_>) -> Vec<Record> {
    selection
        .entries
        .iter()
        .map(|entry| record(&selection.corpus.config, entry))
        .collect()
}

/// The records of a corpus but for its drafts and what has no id, without times,
/// in the corpus's order.
pub fn records_of(corpus: &Corpus) -> Vec<Record> {
    let times = Times {
        created: 0,
        updated: 0,
    };
    let order = corpus.in_order().into_iter();
    let entries = order.filter_map(|index| {
        let question = corpus.questions.get(index)?;
        let entry = Entry {
            id: question.id()?,
            question,
            source: corpus.source_of(question)?,
            times,
        };
        (question.meta.status != Status::Draft).then(|| record(&corpus.config, &entry))
    });
    entries.collect()
}

fn record(config: &Config, entry: &Entry<'_>) -> Record {
    let question = entry.question;
    let answer = answer(entry);
    let as_written = |target: &str| Some(target.to_string());
    let authors = values(&question.meta.rare().authors);
    let mut record = Record {
        id: entry.id.to_string(),
        topic: question.topic.to_string(),
        level: question.level().map(clean),
        tags: values(&question.meta.tags),
        question: plain(&format!("# {}", heading(entry))),
        question_markdown: asked(entry),
        answer_html: html(
            &answer,
            &Rendering {
                link: &as_written,
                image: &as_written,
                card: false,
            },
        ),
        answer_text: plain(&answer),
        answer_markdown: answer,
        choices: choices(entry)
            .into_iter()
            .map(|(markdown, correct)| ChoiceRecord {
                text: plain(&markdown),
                markdown,
                correct,
            })
            .collect(),
        aliases: values(&question.meta.rare().aliases),
        sources: question
            .meta
            .sources
            .given()
            .map(|sources| values(&sources.value))
            .unwrap_or_default(),
        license: question
            .meta
            .rare()
            .license
            .as_ref()
            .map(|license| clean(&license.value))
            .or_else(|| config.license.clone()),
        authors: if authors.is_empty() {
            config.authors.clone()
        } else {
            authors
        },
        status: match question.meta.status {
            Status::Retired => StatusRecord::Retired,
            Status::Active | Status::Draft => StatusRecord::Active,
        },
        path: entry.source.path.to_string(),
        created: timestamp(entry.times.created),
        updated: timestamp(entry.times.updated),
        content_sha256: String::new(),
    };
    record.content_sha256 = content_hash(&record);
    record
}

/// The question's part as Markdown, without its choices.
pub(super) fn asked(entry: &Entry<'_>) -> String {
    let (heading, prompt) = (heading(entry), prompt(entry));
    if prompt.is_empty() {
        heading
    } else {
        format!("{heading}\n\n{prompt}")
    }
}

/// The answer as Markdown, its follow-ups included.
pub(super) fn answer(entry: &Entry<'_>) -> String {
    fragment(entry, &[entry.question.answer])
}

fn values(list: &[At<String>]) -> Vec<String> {
    list.iter().map(|at| clean(&at.value)).collect()
}

fn clean(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// Seconds since 1970 as RFC 3339; a time before year -9999 or after 9999 counts as 1970.
fn timestamp(seconds: i64) -> String {
    Timestamp::from_second(seconds)
        .unwrap_or(Timestamp::UNIX_EPOCH)
        .to_string()
}

/// RFC 8785 sorts keys and writes no space; its numbers do not occur here, and
/// its strings are `serde_json`'s.
fn content_hash(record: &Record) -> String {
    let mut content: BTreeMap<String, serde_json::Value> = match serde_json::to_value(record) {
        Ok(serde_json::Value::Object(map)) => map.into_iter().collect(),
        _ => BTreeMap::new(),
    };
    for key in ["content_sha256", "created", "updated", "path"] {
        content.remove(key);
    }
    // An object's keys may come in the order of the struct; these sort.
    let choices = record.choices.iter().map(|choice| {
        BTreeMap::from([
            ("correct", serde_json::Value::from(choice.correct)),
            (
                "markdown",
                serde_json::Value::from(choice.markdown.as_str()),
            ),
            ("text", serde_json::Value::from(choice.text.as_str())),
        ])
    });
    let choices: Vec<_> = choices.collect();
    content.insert(
        "choices".to_string(),
        serde_json::to_value(choices).unwrap_or_default(),
    );
    let canonical = serde_json::to_string(&content).unwrap_or_default();
    hex(&Sha256::digest(canonical.as_bytes()))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
