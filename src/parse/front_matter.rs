//! A question file's front matter: found, read, and taken key by key, so that
//! one bad key hides no other.

use crate::finding::{Problem, did_you_mean};
use crate::question::{Allow, At, Field, Meta, Status};
use crate::source::Span;

use super::plain_yaml;
use super::yaml::{self, Node, Value};

/// The largest front matter, in bytes.
const MAX_LENGTH: usize = 64 * 1024;

pub const KEYS: &[&str] = &[
    "id",
    "level",
    "tags",
    "sources",
    "aliases",
    "distinct-from",
    "license",
    "authors",
    "status",
    "allow",
    "origin",
];

/// Where the front matter stands in a text that begins at `start`.
pub struct Place {
    /// With both `---` lines; empty where there is none.
    pub block: Span,
    /// Between them.
    pub yaml: Span,
    pub body_start: usize,
    pub closed: bool,
    /// Whether empty lines stand above it.
    pub late: bool,
}

/// Finds the front matter: a first line `---`, up to the next such line. One
/// that never closes is taken as ending at once, so that the question is found.
pub fn find(text: &str, start: usize) -> Place {
    let rest = text.get(start..).unwrap_or_default();
    let blank = rest.len() - rest.trim_start().len();
    let above = rest.get(..blank).unwrap_or_default();
    let late = above.contains('\n');
    let begin = start + above.rfind('\n').map_or(0, |at| at + 1);
    let is_mark = |line: &str| line.trim_end() == "---";
    let mut lines = text.get(begin..).unwrap_or_default().split_inclusive('\n');
    let none = Place {
        block: Span::new(start, start),
        yaml: Span::new(start, start),
        body_start: start,
        closed: true,
        late: false,
    };
    let Some(first) = lines.next().filter(|line| is_mark(line)) else {
        return none;
    };
    let from = begin + first.len();
    let mut at = from;
    for line in lines {
        if is_mark(line) {
            return Place {
                block: Span::new(begin, at + line.trim_end().len()),
                yaml: Span::new(from, at),
                body_start: at + line.len(),
                closed: true,
                late,
            };
        }
        at += line.len();
    }
    if late {
        // A rule of three dashes, with nothing below that would close it.
        return none;
    }
    Place {
        block: Span::new(begin, begin + 3),
        yaml: Span::new(from, from),
        body_start: from,
        closed: false,
        late,
    }
}

/// Takes what the front matter says. Keys that could not be read because of an
/// earlier fault are `Malformed`, so that nobody is told to add what stands there.
pub fn read(text: &str, place: &Place, problems: &mut Vec<Problem>) -> Meta {
    let unread = Meta {
        span: place.block,
        id: Field::Malformed,
        level: Field::Malformed,
        sources: Field::Malformed,
        ..Meta::default()
    };
    if !place.closed {
        let help = "close the front matter with a line `---` below its last key";
        problems.push(Problem::syntax(
            place.block,
            "front matter that never closes",
            help,
        ));
        return unread;
    }
    if place.late {
        let help = "remove the empty lines above it";
        let first = first_line(text, place.block);
        problems.push(Problem::syntax(
            first,
            "front matter that is not on the first line",
            help,
        ));
    }
    let yaml = text.get(place.yaml.range()).unwrap_or_default();
    if yaml.len() > MAX_LENGTH {
        let message = format!(
            "front matter of {} KiB; at most {} are read",
            yaml.len() / 1024,
            MAX_LENGTH / 1024
        );
        problems.push(Problem::syntax(
            first_line(text, place.block),
            message,
            "move text into the answer",
        ));
        return unread;
    }
    let base = place.yaml.start();
    let (root, mut found, whole) = match plain_yaml::read(yaml, base) {
        Some(root) => (Some(root), Vec::new(), true),
        None => yaml::read(yaml, base),
    };
    problems.append(&mut found);
    let mut meta = if whole {
        Meta {
            span: place.block,
            ..Meta::default()
        }
    } else {
        unread
    };
    match root.map(|root| (root.node, root.span)) {
        None | Some((Node::Empty, _)) => {}
        Some((Node::Map(entries), _)) => {
            for (key, value) in entries {
                if let Node::Text(name) = &key.node {
                    take(&mut meta, name, key.span, value, problems);
                }
            }
        }
        Some((Node::Refused, _)) => {
            return Meta {
                id: Field::Malformed,
                level: Field::Malformed,
                sources: Field::Malformed,
                ..meta
            };
        }
        Some((_, span)) => {
            let span = first_line(text, span);
            problems.push(Problem::syntax(
                span,
                "front matter that is no map",
                "write a line `key: value` for each key",
            ));
            meta = Meta {
                id: Field::Malformed,
                level: Field::Malformed,
                sources: Field::Malformed,
                ..meta
            };
        }
    }
    if !whole && meta.id_key.take().is_some() {
        // Something stands behind the colon, and was not read.
        meta.id = Field::Malformed;
    }
    meta
}

fn take(meta: &mut Meta, name: &str, key: Span, value: Value, problems: &mut Vec<Problem>) {
    let mut taker = Taker { name, problems };
    match name {
        "id" => {
            let colon = Span::new(key.start(), key.end() + 1);
            meta.id_key = (value.node == Node::Empty && value.span.is_empty()).then_some(colon);
            meta.id = taker.field(value);
        }
        "level" => meta.level = taker.field(value),
        "sources" => {
            meta.sources = if value.node == Node::Empty {
                Field::Absent
            } else {
                let span = value.span;
                taker.list(value).map_or(Field::Malformed, |list| {
                    Field::Given(At { value: list, span })
                })
            }
        }
        "tags" => meta.tags = taker.list(value).unwrap_or_default(),
        "aliases" => meta.rare_mut().aliases = taker.list(value).unwrap_or_default(),
        "distinct-from" => meta.rare_mut().distinct_from = taker.list(value).unwrap_or_default(),
        "authors" => meta.rare_mut().authors = taker.list(value).unwrap_or_default(),
        "license" => meta.rare_mut().license = taker.text(value),
        "origin" => meta.rare_mut().origin = taker.text(value),
        "status" => meta.status = taker.status(value),
        "allow" => {
            meta.rare_mut().allow_span = Span::new(key.start(), value.span.end());
            meta.rare_mut().allow = taker.allow(value);
        }
        _ => {
            let help = match did_you_mean(name, KEYS.iter().copied()) {
                Some(known) => format!("did you mean `{known}`?"),
                None => format!("the keys are {}", KEYS.join(", ")),
            };
            let message = format!("`{name}` is no key of a question");
            problems.push(Problem {
                rule: "unknown-key",
                span: key,
                message,
                help,
            });
        }
    }
}

/// Takes the value of one key.
struct Taker<'a> {
    name: &'a str,
    problems: &'a mut Vec<Problem>,
}

impl Taker<'_> {
    fn wrong(&mut self, span: Span, wanted: &str, example: &str) {
        let message = format!("`{}` must be {wanted}", self.name);
        self.problems.push(Problem::syntax(
            span,
            message,
            format!("write `{}: {example}`", self.name),
        ));
    }

    fn field(&mut self, value: Value) -> Field<String> {
        if value.node == Node::Empty {
            return Field::Absent;
        }
        self.text(value).map_or(Field::Malformed, Field::Given)
    }

    fn text(&mut self, value: Value) -> Option<At<String>> {
        match value.node {
            Node::Text(text) => Some(At {
                value: text,
                span: value.span,
            }),
            Node::Empty | Node::Refused => None,
            Node::List(_) | Node::Map(_) => {
                self.wrong(value.span, "text", "…");
                None
            }
        }
    }

    /// None where it is no list; items that are no text are said and left out.
    fn list(&mut self, value: Value) -> Option<Vec<At<String>>> {
        let items = match value.node {
            Node::List(items) => items,
            Node::Empty => return Some(Vec::new()),
            Node::Refused => return None,
            Node::Text(text) => {
                self.wrong(value.span, "a list", &format!("[{text}]"));
                return None;
            }
            Node::Map(_) => {
                self.wrong(value.span, "a list", "[…]");
                return None;
            }
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            match item.node {
                Node::Text(text) => texts.push(At {
                    value: text,
                    span: item.span,
                }),
                Node::Refused => {}
                Node::Map(_) => {
                    let message = format!("`{}` must be a list of text", self.name);
                    let help = "write it in quotes: it holds a colon, which begins a map";
                    self.problems
                        .push(Problem::syntax(item.span, message, help));
                }
                _ => self.wrong(item.span, "a list of text", "[…, …]"),
            }
        }
        Some(texts)
    }

    fn status(&mut self, value: Value) -> Status {
        let span = value.span;
        match self.text(value).as_ref().map(|at| at.value.as_str()) {
            None => Status::Active,
            Some("draft") => Status::Draft,
            Some("retired") => Status::Retired,
            Some(other) => {
                let message = format!("`{other}` is no status");
                let help = "write `draft` or `retired`, or leave `status` out";
                self.problems.push(Problem::syntax(span, message, help));
                Status::Active
            }
        }
    }

    fn allow(&mut self, value: Value) -> Vec<Allow> {
        let items = match value.node {
            Node::List(items) => items,
            Node::Empty | Node::Refused => return Vec::new(),
            Node::Text(_) | Node::Map(_) => {
                self.wrong(value.span, "a list of rules", "[rule-name]");
                return Vec::new();
            }
        };
        items
            .into_iter()
            .filter_map(|item| self.one_allow(item))
            .collect()
    }

    fn one_allow(&mut self, item: Value) -> Option<Allow> {
        let entries = match item.node {
            Node::Text(rule) => {
                return Some(Allow {
                    rule: At {
                        value: rule,
                        span: item.span,
                    },
                    reason: None,
                });
            }
            Node::Map(entries) => entries,
            _ => {
                self.wrong(item.span, "a list of rules", "[rule-name]");
                return None;
            }
        };
        let mut rule = None;
        let mut reason = None;
        for (key, value) in entries {
            match (&key.node, value.node) {
                (Node::Text(name), Node::Text(text)) if name == "rule" => {
                    rule = Some(At {
                        value: text,
                        span: value.span,
                    });
                }
                (Node::Text(name), Node::Text(text)) if name == "reason" => reason = Some(text),
                _ => self.wrong(
                    key.span,
                    "a list of rules",
                    "[{rule: rule-name, reason: why}]",
                ),
            }
        }
        if rule.is_none() {
            self.wrong(
                item.span,
                "a list of rules",
                "[{rule: rule-name, reason: why}]",
            );
        }
        rule.map(|rule| Allow { rule, reason })
    }
}

fn first_line(text: &str, span: Span) -> Span {
    let line = text
        .get(span.range())
        .unwrap_or_default()
        .lines()
        .next()
        .unwrap_or_default();
    Span::new(span.start(), span.start() + line.len())
}
