//! `missing-id`: a question without an id.

use std::collections::HashMap;

use crate::corpus::Corpus;
use crate::finding::Edit;
use crate::question::{Field, Question, slug};
use crate::source::Span;
use crate::verdict::{Asked, Verdict};

pub fn check(corpus: &Corpus) -> Vec<Verdict> {
    let without = |question: &Question| question.meta.id == Field::Absent;
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
        verdict.safely(vec![addition(&asked, &id)])
    };
    asked.map(verdict).collect()
}

fn from_name(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or_default();
    slug(name.strip_suffix(".md").unwrap_or(name))
}

fn addition(asked: &Asked<'_>, id: &str) -> Edit {
    let meta = &asked.question.meta;
    let end = asked.source.line_end();
    if let Some(key) = meta.id_key {
        // The key stands there, without a value.
        return Edit::new(Span::new(key.end(), key.end()), format!(" {id}"));
    }
    if meta.span.is_empty() {
        let start = Span::new(asked.source.start(), asked.source.start());
        return Edit::new(start, format!("---{end}id: {id}{end}---{end}{end}"));
    }
    let first = asked.source.line_span(meta.span.start());
    let below = asked.source.text.get(first.end()..).unwrap_or_default();
    let below = first.end() + below.find('\n').map_or(0, |at| at + 1);
    Edit::new(Span::new(below, below), format!("id: {id}{end}"))
}
