//! A question read from its page, where a draft was laid out.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::finding::Problem;
use crate::markdown::{self, Block, BlockKind, Document};
use crate::question::{At, Field, Heading, Holds, Question, slug};
use crate::source::{Source, Span};

use super::draft::{BETWEEN, Laid};
use super::question_file::{Parts, choices, missing_question, trim};

/// A slug longer than this, in bytes, is cut at a word's end.
const MAX_SLUG: usize = 60;

/// Reads a question from its stretch of the page, with what is wrong with it.
/// One that asks nothing after all is none.
pub fn question(
    page: &Source,
    index: usize,
    laid: Laid,
    optional: bool,
) -> (Option<Question>, Vec<Problem>) {
    let body = Span::new(laid.heading_start(), laid.span.end());
    let mut document = markdown::read(&page.text, body);
    let mut blocks = document.blocks.iter().enumerate();
    let block = blocks.find(|(_, block)| block.span.start() >= laid.heading);
    let asked = block.and_then(|(at, block)| match block.kind {
        BlockKind::Heading(index) => Some((at, Heading::of(&document, index)?)),
        _ => None,
    });
    let words = asked.and_then(|(_, heading)| document.headings.get(heading.index));
    let words = words.map_or("", |heading| heading.text.text.as_str());
    let (Some((block, heading)), false) = (asked, words.trim().is_empty()) else {
        let place = Span::new(laid.heading, laid.end);
        return (None, vec![missing_question(place, "nothing is asked here")]);
    };
    for comment in &mut document.comments {
        // A comment above a question is about all of it.
        if comment.span.end() <= laid.heading {
            comment.covers = Some(laid.span);
        }
    }
    let parts = divide(&document, block, &laid);
    let mut problems = Vec::new();
    let (choices, choices_list) = choices(&document, &parts, &mut problems);
    let start_of = |block: usize| {
        let block = document.blocks.get(block);
        let start = block.map_or(laid.end, |block| line_start(&page.text, block.span.start()));
        start.min(laid.end)
    };
    // Definitions of targets are no blocks: below the last one of the prompt,
    // they belong to the answer.
    let last_asked = document.blocks.get(parts.prompt.1.saturating_sub(1));
    let asked_end = last_asked.map_or(laid.end, |block| block.span.end().min(laid.end));
    let prompt_end = if laid.divided {
        start_of(parts.prompt.1).min(laid.answer)
    } else {
        asked_end
    };
    let prompt = Span::new(start_of(parts.prompt.0).min(prompt_end), prompt_end);
    let prompt = without_mark(&page.text, trim(&page.text, prompt));
    let answer_start = if laid.divided {
        start_of(parts.answer)
    } else {
        asked_end
    };
    let last = document
        .blocks
        .partition_point(|block| block.span.start() < laid.end);
    let answer = trim(&page.text, Span::new(answer_start, laid.end));
    let follow_ups = laid.follow_ups;
    let follow_ups_body = follow_ups.map(|(_, body)| trim(&page.text, body));
    let mut question = Question {
        source: index,
        span: laid.span,
        topic: laid.topic.into(),
        meta: laid.meta,
        number: laid.number,
        answer_optional: optional,
        heading,
        prompt,
        choices,
        choices_list,
        answer,
        answer_blocks: parts.answer.min(last)..last,
        follow_ups: follow_ups_body,
        follow_ups_section: follow_ups.map(|(start, body)| Span::new(start, body.end())),
        body,
        holds: Holds::of(&document),
        comments: std::mem::take(&mut document.comments),
        definitions: std::mem::take(&mut document.definitions),
    };
    if question.meta.id.given().is_none() {
        derive_id(&mut question, page, &document);
    }
    (Some(question), problems)
}

/// Where the line of `at` begins. The page still grows, so that an index of its
/// lines would be one of a part.
fn line_start(text: &str, at: usize) -> usize {
    let above = text.get(..at).unwrap_or_default();
    above.rfind('\n').map_or(0, |end| end + 1)
}

impl Laid {
    /// Where Markdown begins: below the lines of keys.
    fn heading_start(&self) -> usize {
        if self.meta.span.is_empty() {
            self.span.start()
        } else {
            (self.meta.span.end() + 1).min(self.heading)
        }
    }
}

/// Takes the comment that parts the prompt from the answer off its end.
fn without_mark(text: &str, span: Span) -> Span {
    let written = text.get(span.range()).unwrap_or_default();
    match written.strip_suffix(BETWEEN.trim_end()) {
        Some(prompt) => Span::new(span.start(), span.start() + prompt.trim_end().len()),
        None => span,
    }
}

/// Where prompt and answer begin, as indices of blocks. What is not divided
/// yet ends its prompt behind the first task list that no heading stands above.
fn divide(document: &Document, heading: usize, laid: &Laid) -> Parts {
    let blocks = &document.blocks;
    let first = heading + 1;
    if laid.divided {
        let answer = blocks.partition_point(|block| block.span.start() < laid.answer);
        let answer = answer.max(first);
        return Parts {
            prompt: (first, answer),
            answer,
        };
    }
    let below = blocks.iter().enumerate().skip(first);
    let mut below = below.take_while(|(_, block)| !matches!(block.kind, BlockKind::Heading(_)));
    let list = below.find_map(|(at, block)| match &block.kind {
        BlockKind::TaskList(items) => {
            let boxes = items.iter().filter(|item| item.checked.is_some());
            (boxes.count() > 1).then_some(at)
        }
        _ => None,
    });
    let end = list.map_or(first, |at| at + 1);
    Parts {
        prompt: (first, end),
        answer: end,
    }
}

/// Whether a block is neither code nor choices, which count by themselves.
fn is_words(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Other)
}

/// The id of a question whose file gives none: its words, and six hex digits
/// of a hash over all of the question, so that others do not move it.
fn derive_id(question: &mut Question, page: &Source, document: &Document) {
    let title = question.title(page);
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut slug = slug(&title);
    if slug.len() > MAX_SLUG {
        let cut = slug.get(..MAX_SLUG).unwrap_or_default();
        let cut = cut.rsplit_once('-').map_or(cut, |(words, _)| words);
        slug = cut.to_string();
    }
    let mut hash = Sha256::new();
    hash.update(title.as_bytes());
    // The mark that it lacks may be added at any time.
    if !title.ends_with(['?', '？', '؟', '.', ':', '!', ',', ';', '…', '_', '-']) {
        hash.update(b"?");
    }
    let codes = document.codes.iter();
    for code in codes.filter(|code| question.prompt.contains(code.span.start())) {
        hash.update([0]);
        hash.update(code.text.text.trim_end().as_bytes());
    }
    for block in &document.blocks {
        let own = question.prompt.contains(block.span.start());
        let words = page.slice(block.span);
        if own && is_words(block) {
            hash.update([2]);
            let words = words.split_whitespace().collect::<Vec<_>>();
            hash.update(words.join(" ").as_bytes());
        }
    }
    for choice in &question.choices {
        hash.update([1]);
        let lines = page.slice(choice.written(page)).lines();
        // Spaces at the end of a line may be taken away at any time.
        let lines = lines.map(str::trim_end).collect::<Vec<_>>();
        hash.update(lines.join("\n").as_bytes());
    }
    let digits = hash.finalize();
    let digits = digits.iter().take(3).fold(String::new(), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    let id = if slug.is_empty() {
        format!("q-{digits}")
    } else {
        format!("{slug}-{digits}")
    };
    let span = question.heading_span();
    question.meta.id = Field::Given(At { value: id, span });
    question.meta.id_derived = true;
}
