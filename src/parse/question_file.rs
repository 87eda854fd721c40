//! One question a file: front matter, a `# ` heading, what belongs to the
//! question, and the answer.

use std::mem;
use std::sync::Arc;

use crate::finding::Problem;
use crate::markdown::{self, Block, BlockKind, Document, Item};
use crate::question::{Choice, Heading, Holds, Question};
use crate::source::{Source, Span};

use super::frames::is_frame;
use super::{Parsed, front_matter};

/// Reads the question in `source`, which stands under `topic`. What is no
/// question file gives no question, and a problem that says why.
pub fn parse(source: &Source, index: usize, topic: &Arc<str>) -> Parsed {
    let text = source.text.as_str();
    let start = source.start();
    if text.get(start..).unwrap_or_default().trim().is_empty() {
        let empty = missing_question(Span::new(start, start), "the file is empty");
        return Parsed::nothing(vec![empty]);
    }
    let mut problems = Vec::new();
    let place = front_matter::find(text, start);
    let meta = front_matter::read(text, &place, &mut problems);
    let body = Span::new(place.body_start, text.len());
    let mut document = markdown::read(text, body);
    let main = main_headings(&document).next();
    let main = main.and_then(|(at, index)| Some((at, Heading::of(&document, index)?)));
    let Some((at, heading)) = main else {
        problems.push(no_heading(source, &document, place.body_start));
        return Parsed::nothing(problems);
    };
    let asked = document.headings.get(heading.index);
    if asked.is_some_and(|heading| heading.text.text.trim().is_empty()) {
        let place = line(source, heading.span.start());
        problems.push(missing_question(place, "the heading asks nothing"));
        return Parsed::nothing(problems);
    }
    // Behind front matter that never closes stands the front matter.
    let above = if place.closed { at } else { 0 };
    problems.extend(strays(source, &document, above));
    let parts = divide(&document, at);
    let (choices, choices_list) = choices(&document, &parts, &mut problems);
    let follow_ups = follow_ups(&document, parts.answer);
    let blocks = &document.blocks;
    // Indentation belongs to a block: it may be what makes it code.
    let start_of = |block: usize| {
        let block = blocks.get(block);
        block.map_or(text.len(), |block| {
            source.line_span(block.span.start()).start()
        })
    };
    let prompt = Span::new(start_of(parts.prompt.0), start_of(parts.prompt.1));
    let question = Question {
        source: index,
        span: Span::new(start, text.len()),
        topic: Arc::clone(topic),
        meta,
        number: None,
        answer_optional: false,
        heading,
        prompt: trim(text, prompt),
        choices,
        choices_list,
        answer: trim(text, Span::new(start_of(parts.answer), text.len())),
        answer_blocks: parts.answer..blocks.len(),
        follow_ups: follow_ups.map(|(body, _)| trim(text, body)),
        follow_ups_section: follow_ups.map(|(_, section)| section),
        body,
        holds: Holds::of(&document),
        comments: mem::take(&mut document.comments),
        definitions: mem::take(&mut document.definitions),
    };
    Parsed {
        // All of the file is the question's.
        parts: Vec::new(),
        questions: vec![question],
        problems,
        page: None,
        document: Some(document),
    }
}

/// The outermost headings `# `: index among the blocks, index among the headings.
fn main_headings(document: &Document) -> impl Iterator<Item = (usize, usize)> {
    let blocks = document.blocks.iter().enumerate();
    blocks.filter_map(|(at, block)| match block.kind {
        BlockKind::Heading(heading) => {
            (document.headings.get(heading)?.level == 1).then_some((at, heading))
        }
        _ => None,
    })
}

/// What a question file does not take: blocks above its heading (the first
/// `above`), a second such heading, and what is nested too deep.
fn strays(source: &Source, document: &Document, above: usize) -> Vec<Problem> {
    let at = |span: Span, message: &str, help: &str| {
        Problem::syntax(line(source, span.start()), message, help)
    };
    let mut problems = Vec::new();
    for block in document.blocks.iter().take(above) {
        if !matches!(block.kind, BlockKind::Comment) {
            let help = "move it below the heading, or remove it";
            problems.push(at(block.span, "text above the question is not read", help));
        }
    }
    for (block, heading) in main_headings(document).skip(1) {
        let heading = document.headings.get(heading);
        // `# Links` asks nothing.
        if heading.is_some_and(|heading| is_frame(&heading.text.text)) {
            continue;
        }
        if let Some(block) = document.blocks.get(block) {
            let message = "a second `# ` heading; a file holds one question";
            let help = "move it to a file of its own, or make it a `## ` section of the answer";
            problems.push(at(block.span, message, help));
        }
    }
    if let Some(span) = document.too_deep {
        let message = format!("nested more than {} deep", markdown::MAX_DEPTH);
        problems.push(at(span, &message, "flatten the lists and quotes here"));
    }
    problems
}

/// Where the parts of a question begin, as indices of blocks.
pub(super) struct Parts {
    /// What belongs to the question below its heading: from, to.
    pub prompt: (usize, usize),
    pub answer: usize,
}

/// The question's part ends at `## Answer`; without that heading, behind the
/// first task list if it stands directly below the question or below one code
/// block there; else at once.
fn divide(document: &Document, heading: usize) -> Parts {
    let first = heading + 1;
    let blocks = &document.blocks;
    if let Some(at) = (first..blocks.len()).find(|&at| is_section(document, at, &["answer"])) {
        return Parts {
            prompt: (first, at),
            answer: at + 1,
        };
    }
    let mut below = (first..blocks.len()).filter(|&at| {
        !blocks
            .get(at)
            .is_some_and(|block| matches!(block.kind, BlockKind::Comment))
    });
    let is_list = |at: Option<usize>| {
        at.and_then(|at| blocks.get(at))
            .is_some_and(|block| matches!(block.kind, BlockKind::TaskList(_)))
    };
    let is_code = |at: Option<usize>| {
        at.and_then(|at| blocks.get(at))
            .is_some_and(|block| matches!(block.kind, BlockKind::Code))
    };
    let mut list = below.next();
    if is_code(list) {
        list = below.next();
    }
    match list {
        Some(at) if is_list(list) => Parts {
            prompt: (first, at + 1),
            answer: at + 1,
        },
        _ => Parts {
            prompt: (first, first),
            answer: first,
        },
    }
}

fn is_section(document: &Document, block: usize, names: &[&str]) -> bool {
    let Some(Block {
        kind: BlockKind::Heading(heading),
        ..
    }) = document.blocks.get(block)
    else {
        return false;
    };
    document.headings.get(*heading).is_some_and(|heading| {
        let text = heading
            .text
            .text
            .trim()
            .trim_end_matches(':')
            .to_lowercase();
        heading.level == 2 && names.contains(&text.as_str())
    })
}

/// The choices of the question's part, and the list that they stand in.
pub(super) fn choices(
    document: &Document,
    parts: &Parts,
    problems: &mut Vec<Problem>,
) -> (Vec<Choice>, Option<Span>) {
    let blocks = document
        .blocks
        .get(parts.prompt.0..parts.prompt.1)
        .unwrap_or_default();
    let list = blocks.iter().find_map(|block| match &block.kind {
        BlockKind::TaskList(items) => Some((items, block.span)),
        _ => None,
    });
    let Some((items, list)) = list else {
        return (Vec::new(), None);
    };
    let mut choices = Vec::new();
    for Item {
        span,
        content,
        checked,
        prose,
    } in items
    {
        if let Some(correct) = checked {
            choices.push(Choice {
                correct: *correct,
                span: *content,
                prose: prose.clone(),
            });
        } else {
            let help = "write `- [ ] ` before a wrong choice and `- [x] ` before a right one";
            problems.push(Problem::syntax(*span, "a choice without a box", help));
        }
    }
    (choices, Some(list))
}

/// The section `## Follow-ups` of the answer: its body, and with its heading.
fn follow_ups(document: &Document, answer: usize) -> Option<(Span, Span)> {
    let blocks = &document.blocks;
    let names = [
        "follow-ups",
        "follow ups",
        "followups",
        "follow-up",
        "follow-up questions",
    ];
    let at = (answer..blocks.len()).find(|&at| is_section(document, at, &names))?;
    let next =
        (at + 1..blocks.len()).find(|&next| match blocks.get(next).map(|block| &block.kind) {
            Some(BlockKind::Heading(heading)) => document
                .headings
                .get(*heading)
                .is_some_and(|heading| heading.level <= 2),
            _ => false,
        });
    let heading = blocks.get(at)?.span;
    let end = match next {
        Some(next) => blocks.get(next)?.span.start(),
        None => blocks.last()?.span.end(),
    };
    Some((
        Span::new(heading.end().min(end), end),
        Span::new(heading.start(), end),
    ))
}

pub(super) fn trim(text: &str, span: Span) -> Span {
    let Some(inner) = text.get(span.range()) else {
        return Span::new(span.start(), span.start());
    };
    // Indentation of a first line is part of it: code may begin so.
    let blank = inner.len() - inner.trim_start().len();
    let start = inner
        .get(..blank)
        .and_then(|blank| blank.rfind('\n'))
        .map_or(0, |at| at + 1);
    Span::new(
        span.start() + start,
        span.start() + inner.trim_end().len().max(start),
    )
}

fn line(source: &Source, offset: usize) -> Span {
    let line = source.line_span(offset);
    Span::new(offset.clamp(line.start(), line.end()), line.end())
}

pub(super) fn missing_question(span: Span, message: &str) -> Problem {
    let help = "write the question as a heading: `# What is …?`".to_string();
    Problem {
        rule: "missing-question",
        span,
        message: message.to_string(),
        help,
    }
}

/// What stands in place of the heading, if anything is meant for one.
fn no_heading(source: &Source, document: &Document, body: usize) -> Problem {
    if let Some(heading) = document.headings.first() {
        let message = format!(
            "the question needs a `# ` heading, and this is one of level {}",
            heading.level
        );
        return missing_question(line(source, heading.span.start()), &message);
    }
    let text = source.text.get(body..).unwrap_or_default();
    let first = body + (text.len() - text.trim_start().len());
    let message = if source.slice(line(source, first)).starts_with('#') {
        "a heading needs a space behind its `#`"
    } else {
        "no `# ` heading, so no question"
    };
    missing_question(line(source, first), message)
}
