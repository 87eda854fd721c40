//! A heading a question, at a set or found level, and its answer below it:
//! `### What is X?`, `12. ### What is X?` in a list, `#### Q5. …`.

use crate::config::{Answers, SourceSet, TopicFrom};
use crate::finding::Problem;
use crate::markdown::flat::{Flat, Origin};
use crate::page::Writing;
use crate::question::slug;
use crate::source::{Source, Span};

use super::body::{self, File, Indent};
use super::draft::{Draft, Drafts, below};
use super::heading_form::{
    Form, code_of, form, holds_place, shows_question, take_paragraphs, unmarked, words,
};
use super::heading_roles::{Role, roles};
use super::layout::questions;
use super::looks::{source_behind, without_targets};
use super::outline::{Head, PARAGRAPH, outline};
use super::repeated::{self, is_repeated};
use super::summary::one_line;
use super::{Parsed, Part, front_matter};

pub fn parse(set: &SourceSet, source: &Source, index: usize, topic: &str) -> Parsed {
    let start = front_matter::find(&source.text, source.start()).body_start;
    let mut outline = outline(&source.text, start);
    repeated::find(&source.text, &mut outline);
    take_paragraphs(&source.text, &mut outline, set);
    let Some(form) = form(&source.text, &outline, set) else {
        return Parsed {
            parts: vec![Part::frame(Span::new(0, source.text.len()))],
            ..Parsed::default()
        };
    };
    let file = File {
        text: &source.text,
        outline: &outline,
        leave_out: &set.leave_out,
    };
    let mut drafts = Drafts::default();
    Walk {
        file,
        form,
        folder: topic,
        sections: set.topic == TopicFrom::Section,
        drafts: &mut drafts,
    }
    .read();
    drafts.definitions = outline.definitions;
    // Paragraphs that ask and nothing below them: a list of questions alone.
    let answered = |draft: &Draft| !draft.answer.text.trim().is_empty();
    if form.level == PARAGRAPH && !drafts.found.iter().any(answered) {
        let set = SourceSet {
            answers: set.answers.or(Some(Answers::Optional)),
            ..set.clone()
        };
        return questions(drafts, source, index, &set, Writing::Markdown);
    }
    questions(drafts, source, index, set, Writing::Markdown)
}

/// The running text that `span` begins with; empty where it begins otherwise.
fn paragraph(file: File<'_>, span: Span) -> Span {
    let written = file.text.get(span.range()).unwrap_or_default();
    let start = span.start() + (written.len() - written.trim_start().len());
    let rest = file.text.get(start..span.end()).unwrap_or_default();
    let other = ['#', '-', '*', '+', '>', '|', '<', '`', '~', '!', '['];
    let next = file
        .outline
        .codes
        .partition_point(|code| code.end() <= start);
    let code = file.outline.codes.get(next);
    if rest.starts_with(other) || code.is_some_and(|code| code.contains(start)) {
        return Span::new(span.start(), span.start());
    }
    let lines = rest.split_inclusive('\n').enumerate();
    let own = lines.take_while(|(number, line)| {
        let line = line.trim();
        *number == 0 || !(line.is_empty() || line.starts_with(other))
    });
    let length: usize = own.map(|(_, line)| line.len()).sum();
    Span::new(start, start + length)
}

struct Walk<'a> {
    file: File<'a>,
    form: Form,
    folder: &'a str,
    sections: bool,
    drafts: &'a mut Drafts,
}

impl Walk<'_> {
    fn read(&mut self) {
        let text = self.file.text;
        let roles = roles(self.file, self.form);
        let mut bounds: Vec<(usize, Head, Role)> = Vec::new();
        for (head, role) in self.file.outline.heads.iter().zip(&roles) {
            if *role != Role::Inner {
                bounds.push((body::above(self.file, head.lines.start()), *head, *role));
            }
        }
        let title = self.title();
        let mut section = String::new();
        let mut at = 0;
        for (number, (start, head, role)) in bounds.iter().enumerate() {
            if *start > at {
                self.drafts.parts.push(Part::frame(Span::new(at, *start)));
            }
            let next = bounds.get(number + 1);
            let end = next.map_or(text.len(), |next| next.0);
            at = end;
            let extent = Span::new(*start, end);
            if *role == Role::Question {
                let named = if self.sections { section.as_str() } else { "" };
                let topic = below(self.folder, named);
                self.question(head, extent, topic);
                continue;
            }
            let words = words(text, head);
            if Some(head.lines.start()) != title
                && !is_repeated(self.file.outline, head)
                && head.level <= self.form.level
                && !words.is_note()
            {
                section = if words.is_frame() {
                    String::new()
                } else {
                    slug(&without_targets(
                        text.get(words.rest.range()).unwrap_or_default(),
                    ))
                };
            }
            self.drafts.parts.push(Part::frame(extent));
        }
        if at < text.len() {
            self.drafts
                .parts
                .push(Part::frame(Span::new(at, text.len())));
        }
    }

    /// The heading that names the whole file: the first, if no other is as high.
    fn title(&self) -> Option<usize> {
        let outermost = || {
            self.file
                .outline
                .heads
                .iter()
                .filter(|head| head.item.is_none())
        };
        let first = outermost().next()?;
        let alone = outermost().skip(1).all(|head| head.level > first.level);
        alone.then_some(first.lines.start())
    }

    fn question(&mut self, head: &Head, extent: Span, topic: String) {
        let text = self.file.text;
        let words = words(text, head);
        let exact = |span: Span| {
            let written = text.get(span.range()).unwrap_or_default();
            Flat::of(written, span, Origin::Exact)
        };
        let mut rest = unmarked(text, words.rest);
        let source = source_behind(text.get(rest.range()).unwrap_or_default());
        let source = source.map(|(end, target)| {
            let start = rest.start();
            rest = rest.ending(start + end);
            vec![exact(Span::new(
                start + target.start(),
                start + target.end(),
            ))]
        });
        let mut below = Span::new(head.lines.end().min(extent.end()), extent.end());
        let mut question = exact(rest);
        let mut is_number = false;
        if question.text.trim().is_empty() && words.labelled {
            // Its number stands alone above it.
            let asked = paragraph(self.file, below);
            question = one_line(text, asked);
            below = below.starting(asked.end());
            if question.text.trim().is_empty() && shows_question(self.file, below) {
                let number = text.get(head.words.range()).unwrap_or_default();
                let shown = number.trim_end_matches(['.', ':', ')', ' ']).len();
                question = exact(Span::new(head.words.start(), head.words.start() + shown));
                is_number = true;
            }
        }
        if holds_place(&question.text) {
            let line = Span::new(head.lines.start(), head.words.end().max(head.lines.start()));
            self.drafts.problems.push(Problem {
                rule: "missing-question",
                span: line,
                message: "the heading asks nothing".to_string(),
                help: "write the question behind its marks".to_string(),
            });
            self.drafts
                .parts
                .push(Part::leftover(extent, "the heading asks nothing"));
            return;
        }
        let mut marks = Flat::default();
        let line = text
            .get(head.lines.start()..head.words.start())
            .unwrap_or_default();
        let hashes = line.trim_end();
        let count = hashes.len() - hashes.trim_end_matches('#').len();
        if count > 0 {
            let end = head.lines.start() + hashes.len();
            marks = exact(Span::new(end - count, end));
            marks.push(" ", Span::new(end, end), Origin::Gap);
        }
        let mut draft = Draft {
            extent,
            topic,
            number: words.number.map(exact),
            sources: source,
            above: exact(Span::new(extent.start(), head.lines.start())),
            marks,
            question,
            ..Draft::default()
        };
        let indent = head.item.map_or(Indent::default(), |item| {
            let end = item.end.min(below.end());
            let within = text.get(below.start().min(end)..end);
            let columns = body::indent(within.unwrap_or_default(), item.indent);
            Indent { columns, end }
        });
        let asked = if is_number { "" } else { &draft.question.text };
        let code = code_of(self.file, head, asked, below);
        let below = below.starting(code.end());
        body::take(self.file, below, indent, &mut draft);
        if !code.is_empty() {
            let mut asked = Draft::default();
            body::take(self.file, code, indent, &mut asked);
            asked.answer.append(&draft.prompt);
            draft.prompt = asked.answer;
            draft.divided = true;
        }
        self.drafts.found.push(draft);
    }
}
