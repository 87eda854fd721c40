//! The YAML that front matter is written in: maps, lists and text, with spans.
//! Anchors, aliases, tags and merge keys are refused, since what they stand
//! for cannot be seen where they stand.

use std::collections::HashSet;

use granit_parser::{Event, Options, Parser, ScalarStyle, options};

use crate::finding::Problem;
use crate::source::Span;

/// Flow collections (`[…]`, `{…}`) and block collections each nest this deep.
const MAX_NESTING: usize = 8;

#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    pub node: Node,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// Nothing, or `~` or `null`.
    Empty,
    Text(String),
    List(Vec<Value>),
    /// Each key once, as text.
    Map(Vec<(Value, Value)>),
    /// Something refused, about which a problem stands already.
    Refused,
}

/// A collection that is being read.
struct Frame {
    start: usize,
    items: Vec<Value>,
    /// Keys and values by turns.
    is_map: bool,
}

/// Reads `text`, which begins at `base` of its source. Returns the first
/// document's value, as far as it could be read, and what was refused.
/// The flag says whether everything was read.
pub fn read(text: &str, base: usize) -> (Option<Value>, Vec<Problem>, bool) {
    let mut reader = Reader {
        text,
        base,
        frames: Vec::new(),
        root: None,
        problems: Vec::new(),
    };
    let mut whole = true;
    for event in Parser::new_from_str_with_options(text, limits()) {
        match event {
            Ok((event, span)) => {
                let range = span.byte_range().unwrap_or_default();
                if !reader.event(event, range.start, range.end) {
                    whole = false;
                    break;
                }
            }
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(text.len());
                reader.problem(
                    at,
                    at,
                    error.info(),
                    "mend the YAML here; what follows was not read",
                );
                whole = false;
                break;
            }
        }
    }
    reader.finish(whole)
}

fn limits() -> Options {
    options! {
        disallow_directives: true,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        flow_nesting_limit: MAX_NESTING,
        block_nesting_limit: MAX_NESTING,
    }
}

struct Reader<'a> {
    text: &'a str,
    base: usize,
    frames: Vec<Frame>,
    root: Option<Value>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    /// False where reading must stop.
    fn event(&mut self, event: Event<'_>, start: usize, end: usize) -> bool {
        if event.tag().is_some() {
            self.problem(start, end, "a YAML tag", "write the value without a tag");
        }
        match event {
            Event::Scalar(text, style, _, _) => {
                let plain = style == ScalarStyle::Plain;
                let empty = plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                let node = if empty {
                    Node::Empty
                } else {
                    Node::Text(text.into_owned())
                };
                self.value(node, start, self.trimmed_end(start, end));
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.problem(start, end, "a YAML alias", "write the value out");
                self.value(Node::Refused, start, end);
            }
            Event::Anchor(..) => self.problem(
                start,
                end,
                "a YAML anchor",
                "remove it, and write values out where they stand",
            ),
            Event::SequenceStart(..) => self.frames.push(Frame {
                start,
                items: Vec::new(),
                is_map: false,
            }),
            Event::MappingStart(..) => self.frames.push(Frame {
                start,
                items: Vec::new(),
                is_map: true,
            }),
            Event::SequenceEnd | Event::MappingEnd => self.close(end),
            Event::DocumentStart(..) if self.root.is_some() => {
                self.problem(
                    start,
                    end,
                    "a second YAML document",
                    "keep one document in the front matter",
                );
                return false;
            }
            _ => {}
        }
        self.frames.len() <= 2 * MAX_NESTING
    }

    fn close(&mut self, end: usize) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        let end = self.trimmed_end(frame.start, end);
        let node = if frame.is_map {
            self.map(frame.items)
        } else {
            Node::List(frame.items)
        };
        self.value(node, frame.start, end);
    }

    fn map(&mut self, items: Vec<Value>) -> Node {
        let mut seen = HashSet::new();
        let mut entries = Vec::with_capacity(items.len() / 2);
        let mut items = items.into_iter();
        while let (Some(key), value) = (items.next(), items.next()) {
            let value = value.unwrap_or(Value {
                node: Node::Empty,
                span: Span::new(key.span.end(), key.span.end()),
            });
            match &key.node {
                Node::Text(name) if name == "<<" => {
                    self.problems.push(Problem::syntax(
                        key.span,
                        "a YAML merge key",
                        "write the values out",
                    ));
                }
                Node::Text(name) if !seen.insert(name.clone()) => {
                    let message = format!("`{name}` stands here a second time");
                    self.problems
                        .push(Problem::syntax(key.span, message, "keep one of them"));
                }
                Node::Text(_) => entries.push((key, value)),
                Node::Refused => {}
                Node::Empty | Node::List(_) | Node::Map(_) => {
                    self.problems.push(Problem::syntax(
                        key.span,
                        "a key that is not text",
                        "write `key: value`",
                    ));
                }
            }
        }
        Node::Map(entries)
    }

    fn value(&mut self, node: Node, start: usize, end: usize) {
        let value = Value {
            node,
            span: Span::new(self.base + start, self.base + end),
        };
        match self.frames.last_mut() {
            Some(frame) => frame.items.push(value),
            None => self.root = Some(value),
        }
    }

    /// Block scalars and collections end where the next token begins; a reader sees them end earlier.
    fn trimmed_end(&self, start: usize, end: usize) -> usize {
        self.text
            .get(start..end)
            .map_or(end, |text| start + text.trim_end().len())
    }

    fn problem(&mut self, start: usize, end: usize, message: impl Into<String>, help: &str) {
        let span = Span::new(self.base + start, self.base + end.max(start));
        self.problems.push(Problem::syntax(span, message, help));
    }

    fn finish(mut self, whole: bool) -> (Option<Value>, Vec<Problem>, bool) {
        if !whole {
            if self.problems.is_empty() {
                self.problem(
                    0,
                    0,
                    "front matter nested too deep",
                    "front matter needs maps and lists only a level or two deep",
                );
            }
            // What was open when reading stopped is not known; what surrounds it is.
            while let Some(frame) = self.frames.pop() {
                let outermost = self.frames.is_empty();
                let node = if outermost && frame.is_map {
                    self.map(frame.items)
                } else {
                    Node::Refused
                };
                self.value(node, frame.start, self.text.len());
            }
        }
        (self.root, self.problems, whole)
    }
}
