//! `missing-id`: a question without an id.

use std::collections::HashMap;

use crate::corpus::Corpus;
use crate::finding::Edit;
use crate::parse::asks;
use crate::question::{Field, Question, slug};
use crate::source::Span;
use crate::verdict::{Asked, Verdict};

pub fn check(corpus: &Corpus) -> Vec<Verdict> {
    let without = |question: &Question| question.meta.id == Field::Absent;
    if !corpus.questions.iter().any(without) {
        return Vec::new();
    }
    let would_be = |question: &Question| {
        let source = corpus.source_of(question).filter(|_| without(question));
        source.map(|source| from_name(&source.path))
    };
    let mut holders: HashMap<String, usize> = HashMap::new();
    for question in &corpus.questions {
        let id = question
            .id()
            .map(str::to_string)
            .or_else(|| would_be(question));
        if let Some(id) = id {
            *holders.entry(id).or_default() += 1;
        }
    }
    let asked = (0..corpus.questions.len()).filter_map(|index| Asked::new(corpus, index));
    let asked = asked.filter(|asked| without(asked.question));
    let verdict = |asked: Asked<'_>| {
        let id = from_name(&asked.source.path);
        let help = if asked.question.meta.span.is_empty() {
            format!("begin the file with front matter: a line `---`, `id: {id}`, and a line `---`")
        } else {
            format!("add `id: {id}` to the front matter; it must never change afterwards")
        };
        let place = asked.question.heading_span();
        let verdict = asked.verdict(place, "the question has no id", help);
        // An id that another question has, or would be given too, is no mending.
        if id.is_empty() || holders.get(&id).is_some_and(|&count| count > 1) {
            return verdict;
        }
        match addition(&asked, &id) {
            // Without any key, what asks nothing may be no question at all.
            Some(edit) if asked.question.meta.span.is_empty() && !asks_something(&asked) => {
                verdict.unsafely(vec![edit])
            }
            Some(edit) => verdict.safely(vec![edit]),
            None => verdict,
        }
    };
    asked.map(verdict).collect()
}

fn asks_something(asked: &Asked<'_>) -> bool {
    let heading = asked.heading_text();
    heading.is_some_and(|heading| asks(&heading.text))
}

fn from_name(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or_default();
    slug(name.strip_suffix(".md").unwrap_or(name))
}

/// None where no line can be added, and where the key stands there with what is
/// no value.
fn addition(asked: &Asked<'_>, id: &str) -> Option<Edit> {
    let meta = &asked.question.meta;
    let end = asked.source.line_end();
    if let Some(key) = meta.id_key {
        let line = asked.source.line_span(key.start());
        let behind = asked.source.slice(Span::new(key.end(), line.end())).trim();
        let empty = behind.is_empty() || behind.starts_with('#');
        return empty.then(|| Edit::new(Span::new(key.end(), key.end()), format!(" {id}")));
    }
    if meta.span.is_empty() {
        let start = Span::new(asked.source.start(), asked.source.start());
        return Some(Edit::new(
            start,
            format!("---{end}id: {id}{end}---{end}{end}"),
        ));
    }
    let first = asked.source.line_span(meta.span.start());
    let below = asked.source.text.get(first.end()..).unwrap_or_default();
    let below = first.end() + below.find('\n').map_or(0, |at| at + 1);
    // All keys of YAML are indented as the first one is.
    let keys = asked.source.slice(Span::new(below, meta.span.end()));
    let key = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let key = keys.lines().find(key).unwrap_or_default();
    // A mapping in braces has its keys on one line.
    if key.trim_start().starts_with('{') {
        return None;
    }
    let indent = key.get(..key.len() - key.trim_start().len())?;
    let line = format!("{indent}id: {id}{end}");
    Some(Edit::new(Span::new(below, below), line))
}
