//! `<details><summary>question</summary> answer</details>`.

use crate::config::{SourceSet, TopicFrom};
use crate::finding::Problem;
use crate::markdown::flat::{Flat, Origin};
use crate::page::Writing;
use crate::question::slug;
use crate::source::{Source, Span};

use super::body::{self, File, Indent};
use super::draft::{Draft, Drafts, below};
use super::folds::{Fold, Role, asking, folds};
use super::frames::is_frame;
use super::layout::questions;
use super::lines::{columns, line_start};
use super::looks::without_targets;
use super::outline::{Head, outline};
use super::summary::{first_paragraph, inner, one_line, without_number};
use super::{Parsed, Part, front_matter};

pub fn parse(set: &SourceSet, source: &Source, index: usize, topic: &str) -> Parsed {
    let text = source.text.as_str();
    let start = front_matter::find(text, source.start()).body_start;
    let outline = outline(text, start);
    let folds = folds(text, &outline);
    let asking = asking(text, &folds);
    let mut drafts = Drafts::default();
    let file = File {
        text,
        outline: &outline,
        leave_out: &set.leave_out,
    };
    let first = folds.first().map_or(text.len(), |fold| fold.span.start());
    let inner = answered(&folds, &asking);
    let heads: Vec<Head> = outline
        .heads
        .iter()
        .filter(|head| {
            let next = inner.partition_point(|fold| fold.end() <= head.lines.start());
            let fold = inner.get(next);
            !fold.is_some_and(|fold| fold.contains(head.lines.start()))
        })
        .copied()
        .collect();
    // A title has no other heading of its level beside it.
    let title = heads.first().filter(|title| {
        let mut others = heads.iter().skip(1);
        others.all(|head| head.level > title.level)
    });
    let title = title.map(|title| title.lines.start());
    let title = title.filter(|&title| title < first);
    let mut at = 0;
    for (fold, asks) in folds.iter().zip(asking) {
        if !fold.closed && asks != Role::Inner {
            drafts.problems.push(Problem::syntax(
                tag_line(text, fold.span),
                "a `<details>` that never closes",
                "write `</details>` where its answer ends",
            ));
        }
        if fold.span.start() < at {
            continue;
        }
        let start = body::above(file, fold.span.start()).max(at);
        match asks {
            Role::Inner => continue,
            Role::Section => {
                drafts
                    .parts
                    .push(Part::frame(Span::new(at, fold.body.start())));
                at = fold.body.start();
                continue;
            }
            Role::Nameless => {
                drafts.problems.push(Problem {
                    rule: "missing-question",
                    span: tag_line(text, fold.span),
                    message: "a `<details>` without a question in its summary".to_string(),
                    help: "write the question between `<summary>` and `</summary>`".to_string(),
                });
                drafts
                    .parts
                    .push(Part::frame(Span::new(at, fold.span.start())));
                let why = "a `<details>` without a summary";
                drafts.parts.push(Part::leftover(fold.span, why));
                at = fold.span.end();
                continue;
            }
            Role::Question => {}
        }
        drafts.parts.push(Part::frame(Span::new(at, start)));
        at = fold.span.end();
        let section = match set.topic {
            TopicFrom::Section => section(text, &heads, fold.span.start(), title),
            TopicFrom::Path => String::new(),
        };
        let topic = below(topic, &section);
        let extent = Span::new(start, fold.span.end());
        drafts.found.push(question(file, fold, extent, topic));
    }
    drafts.parts.push(Part::frame(Span::new(at, text.len())));
    drafts.parts.retain(|part| !part.span.is_empty());
    drafts.definitions = outline.definitions;
    questions(drafts, source, index, set, Writing::Markdown)
}

/// The folds that are questions, by place: a heading in one is of its answer.
fn answered(folds: &[Fold], roles: &[Role]) -> Vec<Span> {
    let both = folds.iter().zip(roles);
    let questions = both.filter(|(_, role)| **role == Role::Question);
    questions.map(|(fold, _)| fold.span).collect()
}

fn tag_line(text: &str, span: Span) -> Span {
    let line = text.get(span.range()).unwrap_or_default();
    let line = line.lines().next().unwrap_or_default();
    Span::new(span.start(), span.start() + line.len())
}

/// The nearest heading above that is not the file's title, as a topic.
fn section(text: &str, heads: &[Head], start: usize, title: Option<usize>) -> String {
    let before = heads.partition_point(|head| head.lines.start() < start);
    let head = before.checked_sub(1).and_then(|at| heads.get(at));
    let Some(head) = head.filter(|head| Some(head.lines.start()) != title) else {
        return String::new();
    };
    let words = text.get(head.words.range()).unwrap_or_default();
    if is_frame(words) {
        return String::new();
    }
    slug(&without_targets(words))
}

fn question(file: File<'_>, fold: &Fold, extent: Span, topic: String) -> Draft {
    let text = file.text;
    let mut draft = Draft {
        extent,
        topic,
        above: exact(text, Span::new(extent.start(), fold.span.start())),
        ..Draft::default()
    };
    let start = line_start(text, fold.span.start());
    let before = text.get(start..fold.span.start()).unwrap_or_default();
    let blank = before.trim().is_empty();
    let indent = Indent {
        columns: if blank { columns(before) } else { 0 },
        end: fold.span.end(),
    };
    let body = inner(text, fold.body);
    let beside = if indent.columns == 0 {
        beside(text, body)
    } else {
        indent
    };
    body::take(file, body, beside, &mut draft);
    let (first, rest) = first_paragraph(text, fold.summary);
    draft.question = one_line(text, without_number(text, first));
    if !rest.is_empty() {
        // What the summary goes on with belongs to the question.
        let mut more = Draft::default();
        body::take(file, rest, indent, &mut more);
        if draft.divided {
            more.answer.append(&draft.prompt);
        }
        draft.prompt = more.answer;
        draft.divided = true;
    }
    draft
}

/// Text directly below a summary is still HTML, so that it is no code however
/// far it is indented.
fn beside(text: &str, body: Span) -> Indent {
    let written = text.get(body.range()).unwrap_or_default();
    let blank = written.len() - written.trim_start().len();
    let above = written.get(..blank).unwrap_or_default();
    if above.matches('\n').count() != 1 {
        return Indent::default();
    }
    let line = above.rfind('\n').map_or(0, |end| end + 1);
    let lines = written.get(line..).unwrap_or_default();
    let lines = lines.split_inclusive('\n');
    let end: usize = lines
        .take_while(|line| !line.trim().is_empty())
        .map(str::len)
        .sum();
    Indent {
        columns: columns(above.get(line..).unwrap_or_default()),
        end: body.start() + line + end,
    }
}

fn exact(text: &str, span: Span) -> Flat {
    let written = text.get(span.range()).unwrap_or_default();
    Flat::of(written, span, Origin::Exact)
}
