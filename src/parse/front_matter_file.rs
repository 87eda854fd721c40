//! One file a question, with front matter of other keys than prepdeck's, and
//! the question and its answer as sections or as the file's first heading.

use crate::config::SourceSet;
use crate::finding::Problem;
use crate::markdown::flat::{Flat, Origin};
use crate::page::Writing;
use crate::source::{Source, Span};

use super::body::{self, File, Indent};
use super::draft::{Draft, Drafts};
use super::layout::questions;
use super::looks::plain;
use super::outline::{Head, Outline, outline};
use super::records::{Record, Value, take_keys};
use super::yaml::{self, Node};
use super::{Parsed, Part, front_matter};

/// Headings of what is asked and what is answered, in lower case; of several,
/// one in English counts.
pub const QUESTION: &[&str] = &["question en", "question"];
const ANSWER: &[&str] = &["answer en", "answer", "short answer", "solution"];
const FOLLOW_UPS: &[&str] = &["follow ups", "follow up questions", "followups"];
/// Headings of where an answer comes from.
pub const SOURCES: &[&str] = &["references", "sources", "links", "further reading"];
/// Headings of what leads on to other files.
const RELATED: &[&str] = &["related questions", "related", "see also"];

pub fn parse(set: &SourceSet, source: &Source, index: usize, topic: &str) -> Parsed {
    let text = source.text.as_str();
    let place = front_matter::find(text, source.start());
    let outline = outline(text, place.body_start);
    let mut drafts = Drafts::default();
    let mut draft = keys(set, text, &place, topic, &mut drafts.problems);
    let extent = draft.extent;
    let file = File {
        text,
        outline: &outline,
        leave_out: &set.leave_out,
    };
    let named = set
        .keys
        .get("question")
        .and_then(|name| name.strip_prefix('#'));
    let sections = Sections { file, set };
    let asked = match named {
        Some(name) => sections.find(&[plain(name).as_str()]),
        None => sections.find(QUESTION),
    };
    if let Some(head) = asked {
        let below = sections.below(head);
        let (first, rest) = first_paragraph(text, below);
        draft.question = unquoted(text, first);
        let mut more = Draft::default();
        body::take(file, rest, Indent::default(), &mut more);
        draft.prompt = more.answer;
    } else if draft.question.text.is_empty()
        && let Some(head) = outline.heads.first()
    {
        draft.question = exact(text, head.words);
    }
    if draft.question.text.trim().is_empty() {
        let line = outline.heads.first().map_or(place.block, |head| head.words);
        drafts.problems.push(Problem {
            rule: "missing-question",
            span: line,
            message: "no question in this file".to_string(),
            help: "say what names it: `keys = { question = \"# Question\" }` in prepdeck.toml"
                .to_string(),
        });
        drafts
            .parts
            .push(Part::leftover(extent, "no question in this file"));
        return questions(drafts, source, index, set, Writing::Markdown);
    }
    let named = set
        .keys
        .get("answer")
        .and_then(|name| name.strip_prefix('#'));
    let answered = match named {
        Some(name) => sections.find(&[plain(name).as_str()]),
        None => sections.find(ANSWER),
    };
    let below = match (answered, asked) {
        (Some(head), _) => sections.answer(head),
        (None, None) => {
            let first = outline.heads.first();
            let start = first.map_or(place.body_start, |head| head.lines.end());
            Span::new(start.min(text.len()), text.len())
        }
        // What is asked has no answer anywhere.
        (None, Some(_)) => Span::new(text.len(), text.len()),
    };
    let prompt = std::mem::take(&mut draft.prompt);
    let mut answer = Draft::default();
    body::take(file, below, Indent::default(), &mut answer);
    draft.prompt = prompt;
    draft.divided = asked.is_some() || answer.divided;
    if answer.divided {
        draft.prompt.append(&answer.prompt);
    }
    draft.answer = answer.answer;
    if let Some(head) = sections.find(FOLLOW_UPS).filter(|_| answered.is_some()) {
        let mut more = Draft::default();
        body::take(file, sections.below(head), Indent::default(), &mut more);
        draft.follow_ups = more.answer;
    }
    if let Some(head) = sections.find(SOURCES).filter(|_| answered.is_some()) {
        let found = addresses(text, sections.below(head));
        if !found.is_empty() {
            draft.sources.get_or_insert(found);
        }
    }
    drafts.definitions.clone_from(&outline.definitions);
    drafts.found.push(draft);
    questions(drafts, source, index, set, Writing::Markdown)
}

/// What the front matter says of the question.
fn keys(
    set: &SourceSet,
    text: &str,
    place: &front_matter::Place,
    topic: &str,
    problems: &mut Vec<Problem>,
) -> Draft {
    let yaml = text.get(place.yaml.range()).unwrap_or_default();
    let (root, found, _) = yaml::read(yaml, place.yaml.start());
    problems.extend(found);
    let mut fields = Vec::new();
    let mut allow = Vec::new();
    if let Some(Node::Map(entries)) = root.map(|root| root.node) {
        for (key, value) in entries {
            if let Node::Text(name) = key.node {
                if name == "allow" {
                    allow = allowed(text, &value);
                }
                fields.push((name, record_value(text, value)));
            }
        }
    }
    let record = Record {
        extent: Span::new(0, text.len()),
        fields,
        section: String::new(),
    };
    let mut draft = take_keys(&record, set, topic);
    draft.allow = allow;
    if !set.keys.contains_key("status") {
        // Others call drafts what prepdeck would not.
        (draft.unfinished, draft.retired) = (false, false);
    }
    draft
}

/// The rules that may be broken: `[rule]`, or `[{rule: rule, reason: why}]`.
/// What is written otherwise is another key of that name.
fn allowed(text: &str, value: &yaml::Value) -> Vec<(Flat, Option<String>)> {
    let Node::List(items) = &value.node else {
        return Vec::new();
    };
    let rule = |value: &yaml::Value| match record_value(text, value.clone()) {
        Value::Text(rule) => Some(rule),
        _ => None,
    };
    let items = items.iter().filter_map(|item| match &item.node {
        Node::Text(_) => Some((rule(item)?, None)),
        Node::Map(entries) => {
            let named = |name: &str| {
                let mut entries = entries.iter();
                let own =
                    entries.find(|(key, _)| matches!(&key.node, Node::Text(key) if key == name));
                own.map(|(_, value)| value)
            };
            let reason = named("reason").and_then(|reason| match &reason.node {
                Node::Text(reason) => Some(reason.clone()),
                _ => None,
            });
            Some((rule(named("rule")?)?, reason))
        }
        _ => None,
    });
    items.collect()
}

/// A value of the front matter as a record has it.
fn record_value(text: &str, value: yaml::Value) -> Value {
    match value.node {
        Node::Text(shown) => {
            let written = text.get(value.span.range()).unwrap_or_default();
            let inner = written.get(1..written.len().saturating_sub(1));
            if written == shown {
                return Value::Text(Flat::of(&shown, value.span, Origin::Exact));
            }
            if inner == Some(shown.as_str()) {
                let span = Span::new(value.span.start() + 1, value.span.end() - 1);
                return Value::Text(Flat::of(&shown, span, Origin::Exact));
            }
            Value::Text(Flat::of(&shown, value.span, Origin::Whole))
        }
        Node::List(items) => Value::List(
            items
                .into_iter()
                .map(|item| record_value(text, item))
                .collect(),
        ),
        Node::Empty | Node::Map(_) | Node::Refused => Value::Empty,
    }
}

fn exact(text: &str, span: Span) -> Flat {
    let written = text.get(span.range()).unwrap_or_default();
    Flat::of(written, span, Origin::Exact)
}

struct Sections<'a> {
    file: File<'a>,
    set: &'a SourceSet,
}

impl Sections<'_> {
    fn outline(&self) -> &Outline {
        self.file.outline
    }

    /// The heading of that name; the language that is read comes first.
    fn find(&self, names: &[&str]) -> Option<&Head> {
        let language = self.set.language.as_deref().unwrap_or("en");
        let heads = &self.outline().heads;
        for name in names {
            let own = name.replace(" en", &format!(" {language}"));
            if let Some(head) = heads.iter().find(|head| self.words(head) == own) {
                return Some(head);
            }
        }
        None
    }

    /// From below a heading to the next one as high.
    fn below(&self, head: &Head) -> Span {
        let heads = self.outline().heads.iter();
        let mut after = heads.filter(|next| next.lines.start() >= head.lines.end());
        let next = after.find(|next| next.level <= head.level || self.is_named(next));
        let end = next.map_or(self.file.text.len(), |next| next.lines.start());
        Span::new(head.lines.end().min(end), end)
    }

    /// From below the heading of an answer to what is no part of it: a higher
    /// heading, or one that names another part. Other sections are its own.
    fn answer(&self, head: &Head) -> Span {
        let heads = self.outline().heads.iter();
        let mut after = heads.filter(|next| next.lines.start() >= head.lines.end());
        // Whether most of its letters are Latin.
        let script = |head: &Head| {
            let words = self.words(head);
            let letters = words.chars().filter(|c| c.is_alphabetic());
            letters.clone().filter(char::is_ascii).count() * 2 >= letters.count()
        };
        let own = script(head);
        let next = after.find(|next| {
            next.level < head.level
                || self.is_one_of(next, &[FOLLOW_UPS])
                || (next.level == head.level
                    && (self.is_named(next)
                        || self.is_one_of(next, &[SOURCES, RELATED])
                        // A part in another language.
                        || script(next) != own))
        });
        let end = next.map_or(self.file.text.len(), |next| next.lines.start());
        Span::new(head.lines.end().min(end), end)
    }

    fn words(&self, head: &Head) -> String {
        plain(self.file.text.get(head.words.range()).unwrap_or_default())
    }

    fn is_one_of(&self, head: &Head, names: &[&[&str]]) -> bool {
        let words = self.words(head);
        names.iter().any(|names| names.contains(&words.as_str()))
    }

    /// Whether a heading names a part of the file, however high it is.
    fn is_named(&self, head: &Head) -> bool {
        let words = self.words(head);
        // `(RU)`: a part in another language.
        let code = words.rsplit(' ').next().filter(|code| code.len() == 2);
        let written = self.file.text.get(head.words.range()).unwrap_or_default();
        let in_language = code.is_some() && written.trim_end().ends_with(')');
        in_language || self.is_one_of(head, &[QUESTION, ANSWER, FOLLOW_UPS])
    }
}

/// The addresses that stand in `span`.
fn addresses(text: &str, span: Span) -> Vec<Flat> {
    let written = text.get(span.range()).unwrap_or_default();
    let mut found: Vec<Flat> = Vec::new();
    let mut at = 0;
    while let Some(next) = written.get(at..).and_then(|rest| rest.find("http")) {
        let start = at + next;
        let rest = written.get(start..).unwrap_or_default();
        let end = rest.find(|c: char| c.is_whitespace() || "()<>[]\"'`".contains(c));
        let address = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        let address = address.trim_end_matches(['.', ',', ';', ':', '*']);
        at = start + "http".len();
        if address.starts_with("http://") || address.starts_with("https://") {
            at = start + address.len();
            let place = Span::new(span.start() + start, span.start() + at);
            found.push(exact(text, place));
        }
    }
    found.dedup_by(|one, other| one.text == other.text);
    found
}

/// The first paragraph, and what stands below it.
fn first_paragraph(text: &str, span: Span) -> (Span, Span) {
    let mut at = span.start();
    let mut first = None;
    for line in text
        .get(span.range())
        .unwrap_or_default()
        .split_inclusive('\n')
    {
        let blank = line.trim().trim_start_matches('>').trim().is_empty();
        match (first, blank) {
            (None, false) => first = Some(at),
            (Some(first), true) => return (Span::new(first, at), Span::new(at, span.end())),
            _ => {}
        }
        at += line.len();
    }
    let first = first.unwrap_or(span.end());
    (
        Span::new(first, span.end()),
        Span::new(span.end(), span.end()),
    )
}

/// A paragraph as one line, without the marks of a quotation around it.
fn unquoted(text: &str, span: Span) -> Flat {
    let mut flat = Flat::default();
    let mut at = span.start();
    for (number, line) in text
        .get(span.range())
        .unwrap_or_default()
        .split_inclusive('\n')
        .enumerate()
    {
        let shown = line.trim_start_matches([' ', '\t', '>']);
        let start = at + (line.len() - shown.len());
        let shown = shown.trim_end();
        if number > 0 {
            flat.push(" ", Span::new(at, start), Origin::Whole);
        }
        flat.push(shown, Span::new(start, start + shown.len()), Origin::Exact);
        at += line.len();
    }
    flat
}
