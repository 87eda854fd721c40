//! The record that data exports share: design of one row, every key always there.

use std::collections::BTreeMap;
use std::fmt::Write;

use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Entry, Selection, choices, fragment, heading, prompt};
use crate::markdown::html::{Rendering, render as html};
use crate::markdown::plain::text as plain;
use crate::question::{At, Status};

#[derive(Debug, Serialize)]
pub struct Record {
    pub id: String,
    pub topic: String,
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
    pub choices: Vec<ChoiceRecord>,
    pub aliases: Vec<String>,
    pub sources: Vec<String>,
    pub license: Option<String>,
    pub authors: Vec<String>,
    pub status: Status,
    /// From the corpus's root.
    pub path: String,
    /// RFC 3339, UTC.
    pub created: String,
    pub updated: String,
    /// SHA-256 in hex over the record without this, `created`, `updated` and `path`, as RFC 8785 writes it.
    pub content_sha256: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct ChoiceRecord {
    pub text: String,
    pub correct: bool,
}

/// One record a question, in the corpus's order.
pub fn records(selection: &Selection<'_>) -> Vec<Record> {
    selection
        .entries
        .iter()
        .map(|entry| record(selection, entry))
        .collect()
}

fn record(selection: &Selection<'_>, entry: &Entry<'_>) -> Record {
    let question = entry.question;
    let config = &selection.corpus.config;
    let heading = heading(entry);
    let prompt = prompt(entry);
    let answer = fragment(entry, &[question.answer]);
    let as_written = |target: &str| Some(target.to_string());
    let authors = values(&question.meta.authors);
    let mut record = Record {
        id: entry.id.to_string(),
        topic: question.topic.clone(),
        level: question.level().map(clean),
        tags: values(&question.meta.tags),
        question: plain(&format!("# {heading}")),
        question_markdown: if prompt.is_empty() {
            heading
        } else {
            format!("{heading}\n\n{prompt}")
        },
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
            .map(|(text, correct)| ChoiceRecord {
                text: plain(&text),
                correct,
            })
            .collect(),
        aliases: values(&question.meta.aliases),
        sources: question
            .meta
            .sources
            .given()
            .map(|sources| values(&sources.value))
            .unwrap_or_default(),
        license: question
            .meta
            .license
            .as_ref()
            .map(|license| clean(&license.value))
            .or_else(|| config.license.clone()),
        authors: if authors.is_empty() {
            config.authors.clone()
        } else {
            authors
        },
        status: question.meta.status,
        path: entry.source.path.clone(),
        created: timestamp(entry.times.created),
        updated: timestamp(entry.times.updated),
        content_sha256: String::new(),
    };
    record.content_sha256 = content_hash(&record);
    record
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
