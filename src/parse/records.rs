//! Records, each a question: rows of a table, objects of JSON. Keys are taken
//! by name, by that of the configuration or else by a usual one.

use crate::config::SourceSet;
use crate::finding::Problem;
use crate::markdown::flat::{Flat, Origin};
use crate::question::slug;
use crate::source::Span;

use super::Part;
use super::cell_list::list;
use super::draft::{Draft, Drafts, below};
use super::question_file::trim;

/// prepdeck's keys, each with what it is called where nothing else is said.
/// Of several that a record has, the first counts.
const NAMES: &[(&str, &[&str])] = &[
    ("id", &["id", "guid", "uuid"]),
    (
        "question",
        &[
            "question_markdown",
            "question",
            "front",
            "prompt",
            "q",
            "title",
            "name",
        ],
    ),
    (
        "answer",
        &[
            "answer_markdown",
            "answer",
            "back",
            "response",
            "solution",
            "a",
            "explanation",
        ],
    ),
    ("code", &["code", "snippet"]),
    ("choices", &["choices", "options", "answers"]),
    (
        "correct",
        &[
            "correct",
            "correct_answer",
            "correctanswer",
            "correct_option",
        ],
    ),
    (
        "topic",
        &["topic", "category", "deck", "subject", "section"],
    ),
    ("level", &["level", "difficulty", "expertise", "seniority"]),
    ("tags", &["tags", "labels", "keywords"]),
    (
        "sources",
        &["sources", "source", "references", "links", "url", "link"],
    ),
    ("aliases", &["aliases"]),
    ("authors", &["authors", "author"]),
    ("license", &["license", "licence"]),
    ("status", &["status"]),
];

/// A value of a record with its place.
#[derive(Debug, Clone)]
pub enum Value {
    Empty,
    /// Text, or a number or truth value as written.
    Text(Flat),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

impl Value {
    fn text(&self) -> Option<&Flat> {
        match self {
            Value::Text(text) if !text.text.trim().is_empty() => Some(text),
            _ => None,
        }
    }

    /// A list of text; one text with `separator` between its parts is one too,
    /// and so is a list as JSON in a text.
    fn texts(&self, separators: &[char]) -> Vec<Flat> {
        match self {
            Value::Text(text) => {
                if let Some(list) = list(text) {
                    return list.texts(separators);
                }
                let mut parts = Vec::new();
                let mut at = 0;
                for part in text.text.split(separators) {
                    let cut = text.cut(at..at + part.len()).trimmed();
                    if !cut.text.is_empty() {
                        parts.push(cut);
                    }
                    // All separators are one byte long.
                    at += part.len() + 1;
                }
                parts
            }
            Value::List(items) => items
                .iter()
                .filter_map(Value::text)
                .map(Flat::trimmed)
                .collect(),
            Value::Empty | Value::Map(_) => Vec::new(),
        }
    }
}

/// A record as read: all of it in the file, and what it holds.
pub struct Record {
    pub extent: Span,
    pub fields: Vec<(String, Value)>,
    /// The topic that it stands under, beside its own.
    pub section: String,
}

/// Adds the question of a record, or says that it has none.
pub fn take(record: &Record, set: &SourceSet, folder: &str, drafts: &mut Drafts) {
    let value = |key: &str| find(&record.fields, set, key);
    let Some(question) = value("question").and_then(Value::text) else {
        drafts.problems.push(Problem {
            rule: "missing-question",
            span: Span::new(record.extent.start(), record.extent.start()),
            message: "a record without a question".to_string(),
            help: "say what the key is called: `keys = { question = \"…\" }` in prepdeck.toml"
                .to_string(),
        });
        let why = "a record without a question";
        drafts.parts.push(Part::leftover(record.extent, why));
        return;
    };
    let (question, prompt) = first_line(question);
    let mut draft = Draft {
        question,
        prompt,
        ..take_keys(record, set, folder)
    };
    if let Some(code) = value("code").and_then(Value::text) {
        let at = Span::new(record.extent.start(), record.extent.start());
        draft.prompt.push("\n\n```\n", at, Origin::Gap);
        draft.prompt.append(code);
        draft.prompt.push("\n```\n", at, Origin::Gap);
    }
    let answer = value("answer").and_then(Value::text);
    if let Some(answer) = answer {
        draft.answer = answer.clone();
    }
    if let Some(no_list) = choices(record, set, &mut draft) {
        drafts.problems.push(Problem::syntax(
            no_list,
            "choices that are no list",
            "write them as JSON, `[\"…\", \"…\"]`, or a line each",
        ));
    }
    draft.divided = true;
    drafts.found.push(draft);
}

/// What a record says beside question and answer.
pub fn take_keys(record: &Record, set: &SourceSet, folder: &str) -> Draft {
    let value = |key: &str| find(&record.fields, set, key);
    let text = |key: &str| value(key).and_then(Value::text).map(Flat::trimmed);
    let status = text("status").map_or(String::new(), |status| status.text.to_lowercase());
    Draft {
        extent: record.extent,
        topic: topic(record, set, folder),
        id: text("id"),
        level: text("level"),
        tags: value("tags").map_or(Vec::new(), |tags| tags.texts(&[',', ';'])),
        // An export writes an empty list for those that name none.
        sources: value("sources")
            .map(|sources| sources.texts(&['\n']))
            .filter(|sources| !sources.is_empty()),
        aliases: value("aliases").map_or(Vec::new(), |aliases| aliases.texts(&['\n'])),
        authors: value("authors").map_or(Vec::new(), |authors| authors.texts(&[','])),
        license: text("license"),
        path: path(record),
        retired: status == "retired",
        unfinished: status == "draft",
        ..Draft::default()
    }
}

/// The file that a record of ours was exported from. Others call other things a path.
fn path(record: &Record) -> Option<String> {
    let of = |name: &str| record.fields.iter().find(|(own, _)| own == name);
    of("content_sha256")?;
    let (_, path) = of("path")?;
    let path = path.text()?.text.clone();
    // Ours leads nowhere but down.
    let down = |part: &str| !part.is_empty() && part != "." && part != "..";
    path.split('/').all(down).then_some(path)
}

/// The value of one of prepdeck's keys.
fn find<'a>(fields: &'a [(String, Value)], set: &SourceSet, key: &str) -> Option<&'a Value> {
    let of = |name: &str| {
        let named = fields
            .iter()
            .find(|(own, _)| own.trim().eq_ignore_ascii_case(name));
        named
            .map(|(_, value)| value)
            .filter(|value| !matches!(value, Value::Empty))
    };
    if let Some(name) = set.keys.get(key) {
        return of(name);
    }
    let (_, names) = NAMES.iter().find(|(own, _)| *own == key)?;
    names.iter().find_map(|name| of(name))
}

/// Whether a record of these keys may be a question.
pub fn has_question(keys: &[String], set: &SourceSet) -> bool {
    let has = |name: &str| keys.iter().any(|key| key.trim().eq_ignore_ascii_case(name));
    if let Some(name) = set.keys.get("question") {
        return has(name);
    }
    let names = NAMES.iter().find(|(key, _)| *key == "question");
    names.is_some_and(|(_, names)| names.iter().any(|name| has(name)))
}

/// A topic is no deeper: each folder is a deck, named by all those above it.
const MAX_FOLDERS: usize = 100;

fn topic(record: &Record, set: &SourceSet, folder: &str) -> String {
    let own = find(&record.fields, set, "topic").and_then(Value::text);
    let own = own.map(|topic| {
        // Anki writes `::` between decks.
        let parts = topic.text.replace("::", "/");
        let parts = parts.split('/').map(slug).filter(|part| !part.is_empty());
        parts.take(MAX_FOLDERS).collect::<Vec<_>>().join("/")
    });
    below(folder, own.as_deref().unwrap_or(&record.section))
}

/// The first line, which becomes the heading, and what follows it.
fn first_line(text: &Flat) -> (Flat, Flat) {
    let text = text.trimmed();
    let end = text.text.find(['\n', '\r']).unwrap_or(text.text.len());
    // Indentation of its first line is part of it: code may begin so.
    let rest = trim(&text.text, Span::new(end, text.text.len()));
    let rest = text.cut(rest.range());
    (text.cut(0..end), rest)
}

/// Adds the choices of a record. Returns the place of what should be some and
/// is no list.
fn choices(record: &Record, set: &SourceSet, draft: &mut Draft) -> Option<Span> {
    let unpacked = |key: &str| match find(&record.fields, set, key) {
        Some(Value::Text(text)) => Some(list(text).unwrap_or_else(|| Value::Text(text.clone()))),
        value => value.cloned(),
    };
    let items = match unpacked("choices")? {
        Value::List(items) => items,
        Value::Text(text) => {
            let parts = Value::Text(text.clone()).texts(&['\n', '|', ';']);
            if parts.len() == 1 || text.text.trim_start().starts_with('[') {
                return Some(text.span(0..text.text.len()));
            }
            parts.into_iter().map(Value::Text).collect()
        }
        Value::Empty | Value::Map(_) => return None,
    };
    let right: Vec<String> = match unpacked("correct") {
        Some(Value::Text(text)) => vec![text.text.trim().to_string()],
        Some(Value::List(items)) => {
            let texts = items.iter().filter_map(Value::text);
            texts.map(|text| text.text.trim().to_string()).collect()
        }
        _ => Vec::new(),
    };
    let answer = draft.answer.text.trim().to_string();
    for (number, item) in items.iter().enumerate() {
        let (text, marked) = match item {
            Value::Text(text) => (Some(text), None),
            Value::Map(fields) => {
                let of = |names: &[&str]| {
                    let found = fields.iter().find(|(key, _)| names.contains(&key.as_str()));
                    found.and_then(|(_, value)| value.text())
                };
                let right = of(&["correct", "isCorrect", "is_correct", "right"]);
                let right = right.map(|right| right.text == "true");
                let text = of(&["markdown"]);
                (
                    text.or_else(|| of(&["text", "choice", "option", "answer", "value"])),
                    right,
                )
            }
            _ => (None, None),
        };
        let Some(text) = text.map(Flat::trimmed) else {
            continue;
        };
        let letter = u8::try_from(number)
            .ok()
            .map(|number| char::from(b'a' + number.min(25)));
        let letter = letter.map_or(String::new(), String::from);
        let named = |name: &String| {
            *name == text.text || name.to_lowercase() == letter || *name == number.to_string()
        };
        let is_right = marked.unwrap_or_else(|| {
            right.iter().any(named) || (right.is_empty() && answer == text.text)
        });
        draft.choices.push((is_right, indented(&text)));
    }
    None
}

/// A choice of several lines stands below its box.
fn indented(text: &Flat) -> Flat {
    let mut out = Flat::default();
    let mut at = 0;
    for line in text.text.split_inclusive('\n') {
        let cut = text.cut(at..at + line.len());
        if at > 0 && !line.trim().is_empty() {
            let span = text.span(at..at);
            out.push("  ", Span::new(span.start(), span.start()), Origin::Gap);
        }
        out.append(&cut);
        at += line.len();
    }
    out
}
