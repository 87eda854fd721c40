//! `json`: an array of objects, or objects that hold such arrays; `jsonl`: an
//! object a line. Each object is a question.
//!
//! It is read by hand: the place of each value is needed, and what follows a
//! fault is still read.

use crate::config::SourceSet;
use crate::finding::Problem;
use crate::page::Writing;
use crate::question::slug;
use crate::source::{MAX_FILE, Source, Span};

use super::csv::too_large;
use super::draft::{Drafts, below};
use super::json_value::{Reader, Stop};
use super::layout::Layout;
use super::records::{Record, Value, has_question, take};
use super::{Parsed, Part};

/// Keys that hold the questions and name no topic.
const PLAIN: &[&str] = &[
    "questions",
    "data",
    "items",
    "records",
    "results",
    "cards",
    "quiz",
    "quizzes",
    "rows",
    "sections",
    "categories",
    "topics",
    "chapters",
];

/// Keys of an object around questions that name their topic; the first counts.
const NAMED: &[&str] = &["topic", "category", "subject", "section", "deck"];

/// Keys that do so within an array. Those of the outermost object name the file.
const TITLES: &[&str] = &["title", "name"];

/// Keys of a record and of no object around some.
const OF_RECORDS: &[&str] = &["answer", "answers", "choices", "options", "solution"];

/// Arrays and objects around records are no deeper.
const MAX_DEPTH: usize = 8;

pub fn parse(set: &SourceSet, source: &Source, index: usize, topic: &str) -> Parsed {
    let mut drafts = Drafts::default();
    let mut reader = Reader::new(&source.text, source.start());
    let mut file = File {
        set,
        topic,
        section: String::new(),
        layout: Layout::new(source, index, set),
    };
    match reader.peek() {
        Some('[') => file.array(&mut reader, &mut drafts, 0),
        Some('{') => file.object(&mut reader, &mut drafts, 0),
        _ => drafts.problems.push(Problem::syntax(
            first_line(&source.text, source.start()),
            "no array and no object",
            "write an array of objects: [{\"question\": …, \"answer\": …}]",
        )),
    }
    drafts.problems.append(&mut reader.problems);
    file.finish(drafts)
}

pub fn parse_lines(set: &SourceSet, source: &Source, index: usize, topic: &str) -> Parsed {
    let mut drafts = Drafts::default();
    let mut file = File {
        set,
        topic,
        section: String::new(),
        layout: Layout::new(source, index, set),
    };
    let mut at = source.start();
    for line in source
        .text
        .get(at..)
        .unwrap_or_default()
        .split_inclusive('\n')
    {
        let start = at;
        at += line.len();
        if line.trim().is_empty() {
            continue;
        }
        let end = start + line.trim_end().len();
        let mut reader = Reader::new(source.text.get(..end).unwrap_or_default(), start);
        if reader.peek() == Some('{') {
            file.record(&mut reader, &mut drafts);
            reader.nothing_more();
        } else {
            let line = first_line(&source.text, start);
            let help = "write one object a line: {\"question\": …, \"answer\": …}";
            drafts
                .problems
                .push(Problem::syntax(line, "no object", help));
            let span = Span::new(start, at);
            drafts
                .parts
                .push(Part::leftover(span, "a line that is no object"));
        }
        drafts.problems.append(&mut reader.problems);
    }
    file.finish(drafts)
}

fn first_line(text: &str, start: usize) -> Span {
    let line = text.get(start..).unwrap_or_default();
    let line = line.lines().next().unwrap_or_default();
    Span::new(start, start + line.len())
}

/// What stands between the records is frame.
fn frames(drafts: &mut Drafts, end: usize) {
    let mut taken: Vec<Span> = drafts.parts.iter().map(|part| part.span).collect();
    taken.sort();
    let mut at = 0;
    for span in taken {
        if span.start() > at {
            drafts.parts.push(Part::frame(Span::new(at, span.start())));
        }
        at = at.max(span.end());
    }
    if at < end {
        drafts.parts.push(Part::frame(Span::new(at, end)));
    }
}

/// Passes over what may hold records, and says so.
fn too_deep(reader: &mut Reader<'_>, drafts: &mut Drafts) {
    let start = reader.at;
    let help = "write an array of objects: [{\"question\": …, \"answer\": …}]";
    reader.fault("nested too deep to be read", help);
    reader.skip_value();
    let span = Span::new(start, reader.at.max(start));
    let why = "nested too deep to be read";
    drafts.parts.push(Part::leftover(span, why));
}

/// The keys of the object that begins here, which is still to be read.
fn keys(reader: &mut Reader<'_>) -> Vec<String> {
    let start = reader.at;
    let keys = reader.keys();
    reader.at = start;
    keys
}

/// What an object that holds questions calls itself, as a topic, by one of
/// `titles` too; empty where it does not. It is still to be read.
fn group_name(reader: &mut Reader<'_>, titles: &[&str]) -> String {
    let start = reader.at;
    let named = reader.text_at(&[NAMED, titles].concat());
    reader.at = start;
    named.map_or(String::new(), |name| slug(&name))
}

struct File<'a> {
    set: &'a SourceSet,
    topic: &'a str,
    /// The key that the records stand under, as a topic.
    section: String,
    layout: Layout<'a>,
}

impl File<'_> {
    fn finish(mut self, mut drafts: Drafts) -> Parsed {
        self.layout.take(&mut drafts);
        frames(&mut drafts, self.layout.source.text.len());
        self.layout.finish(drafts, Writing::Json)
    }

    /// An array of records, or of such arrays.
    fn array(&mut self, reader: &mut Reader<'_>, drafts: &mut Drafts, depth: usize) {
        reader.bump();
        loop {
            match reader.peek() {
                None => {
                    reader.fault("an array that never closes", "write `]` at its end");
                    return;
                }
                Some(']') => {
                    reader.bump();
                    return;
                }
                Some('{') if depth < MAX_DEPTH && self.is_group(reader) => {
                    self.object(reader, drafts, depth + 1);
                }
                Some('{') => self.record(reader, drafts),
                Some('[') if depth < MAX_DEPTH => self.array(reader, drafts, depth + 1),
                Some('[') => too_deep(reader, drafts),
                Some(_) => {
                    let start = reader.at;
                    reader.skip_value();
                    let span = Span::new(start, reader.at.max(start));
                    drafts
                        .parts
                        .push(Part::leftover(span, "a value that is no object"));
                }
            }
            if !reader.comma(']') {
                return;
            }
        }
    }

    /// An object: a record, or one that holds records or arrays of them.
    fn object(&mut self, reader: &mut Reader<'_>, drafts: &mut Drafts, depth: usize) {
        if self.is_record(reader) {
            self.record(reader, drafts);
            return;
        }
        let titles = if depth == 0 { &[] } else { TITLES };
        let inner = below(&self.section, &group_name(reader, titles));
        let above = std::mem::replace(&mut self.section, inner);
        self.members(reader, drafts, depth);
        self.section = above;
    }

    fn members(&mut self, reader: &mut Reader<'_>, drafts: &mut Drafts, depth: usize) {
        reader.bump();
        loop {
            match reader.peek() {
                Some('"') => {}
                Some('}') => {
                    reader.bump();
                    return;
                }
                _ => {
                    reader.fault("a key was expected here", "write `\"key\": value`");
                    return;
                }
            }
            let Some(key) = reader.key() else { return };
            match reader.peek() {
                Some('[' | '{') if depth >= MAX_DEPTH => too_deep(reader, drafts),
                Some('{') if self.is_record(reader) => self.record(reader, drafts),
                Some(open @ ('[' | '{')) => {
                    let plain = PLAIN.contains(&key.to_lowercase().as_str());
                    let own = if plain { String::new() } else { slug(&key) };
                    let inner = below(&self.section, &own);
                    let above = std::mem::replace(&mut self.section, inner);
                    if open == '[' {
                        self.array(reader, drafts, depth + 1);
                    } else {
                        self.object(reader, drafts, depth + 1);
                    }
                    self.section = above;
                }
                _ => reader.skip_value(),
            }
            if !reader.comma('}') {
                return;
            }
        }
    }

    /// Whether the object that begins here asks something.
    fn is_record(&self, reader: &mut Reader<'_>) -> bool {
        has_question(&keys(reader), self.set) && !self.is_group(reader)
    }

    /// Whether the object that begins here holds questions by the list.
    fn is_group(&self, reader: &mut Reader<'_>) -> bool {
        let keys = keys(reader).into_iter().map(|key| key.to_lowercase());
        // A title may be that of a group, too.
        let (_, keys): (Vec<String>, Vec<String>) =
            keys.partition(|key| TITLES.contains(&key.as_str()));
        let has = |names: &[&str]| keys.iter().any(|key| names.contains(&key.as_str()));
        has(PLAIN) && !has(OF_RECORDS) && !has_question(&keys, self.set)
    }

    fn record(&mut self, reader: &mut Reader<'_>, drafts: &mut Drafts) {
        let start = reader.at;
        let fields = match reader.value() {
            Ok(Value::Map(fields)) => Some(fields),
            Ok(_) => None,
            Err(Stop) => {
                reader.at = start;
                reader.skip_value();
                None
            }
        };
        let extent = Span::new(start, reader.at);
        if extent.end() - extent.start() > usize::try_from(MAX_FILE).unwrap_or(usize::MAX) {
            too_large(drafts, extent);
            return;
        }
        let Some(fields) = fields else {
            drafts
                .parts
                .push(Part::leftover(extent, "a record that could not be read"));
            return;
        };
        let record = Record {
            extent,
            fields,
            section: self.section.clone(),
        };
        take(&record, self.set, self.topic, drafts);
        self.layout.take_some(drafts);
    }
}
