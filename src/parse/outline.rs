//! What a Markdown file of many questions is made of, from one pass: headings,
//! code, items of lists, and the tags that fold text away.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag, TagEnd};

use crate::markdown::{heading_content, options};
use crate::source::Span;

use super::cuts::{question_in_fence, question_in_html};
use super::lines::{columns, is_closed, line_end, line_start};
use super::looks::label;

/// A fence that never closes, or HTML that goes on over a question, is taken to
/// end at it; beyond so many of them, they are taken as Markdown does.
const MAX_CUTS: usize = 64;

/// The longest tag, in bytes.
const MAX_TAG: usize = 1000;

/// Deeper than any heading.
pub const PARAGRAPH: usize = 7;

#[derive(Debug, Default)]
pub struct Outline {
    pub heads: Vec<Head>,
    /// Where headings begin that only part questions, by place.
    pub repeated: Vec<usize>,
    /// Paragraphs that begin with `Question:`, `Q1.` or the like, as headings of
    /// the level [`PARAGRAPH`].
    pub labelled: Vec<Head>,
    /// Code blocks, whole lines.
    pub codes: Vec<Span>,
    /// Those that are code by their indentation alone.
    pub indented: Vec<Span>,
    /// Items of outermost lists.
    pub items: Vec<Item>,
    /// `<details>`, `<summary>` and what closes them, outside code.
    pub tags: Vec<Tagged>,
    pub comments: Vec<Span>,
    /// Definitions of link targets by label, in lower case.
    pub definitions: HashMap<String, Span>,
}

/// A heading that stands outermost, or first in an item of an outermost list.
#[derive(Debug, Clone, Copy)]
pub struct Head {
    pub level: usize,
    /// From the start of its line to the end of its last.
    pub lines: Span,
    /// Its words as written.
    pub words: Span,
    pub item: Option<InItem>,
}

#[derive(Debug, Clone, Copy)]
pub struct InItem {
    /// Columns before the text of the item.
    pub indent: usize,
    /// Where the item ends.
    pub end: usize,
    /// The digits of its number; empty for a bullet.
    pub number: Span,
}

#[derive(Debug, Clone, Copy)]
pub struct Item {
    /// From its bullet.
    pub span: Span,
    /// Where the first block in it that is no running text begins, or its end.
    pub text_end: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Details,
    Summary,
}

#[derive(Debug, Clone, Copy)]
pub struct Tagged {
    pub span: Span,
    pub kind: Kind,
    pub closing: bool,
}

/// Reads `text` from `start` on.
pub fn outline(text: &str, start: usize) -> Outline {
    let mut outline = Outline::default();
    let mut from = start;
    for round in 0..=MAX_CUTS {
        let mut reader = Reader {
            text,
            from,
            outline: &mut outline,
            open: Vec::new(),
            html: None,
            cuts: round < MAX_CUTS,
        };
        let next = match reader.read() {
            Some(Goes::Html(next)) => next,
            Some(Goes::Fence(fence)) if round < MAX_CUTS => {
                let Some(next) = question_in_fence(text, fence) else {
                    break;
                };
                if let Some(code) = outline.codes.last_mut() {
                    *code = code.ending(next);
                }
                next
            }
            _ => break,
        };
        from = next;
    }
    outline
}

/// What goes on over questions.
enum Goes {
    /// An outermost fence that never closes.
    Fence(Span),
    /// HTML, up to the question that begins there.
    Html(usize),
}

/// A container that is being read.
struct Open {
    is_list: bool,
    is_item: bool,
    span: Span,
    /// Blocks in it so far.
    blocks: usize,
    /// Index of the outermost list's item.
    item: Option<usize>,
}

struct Reader<'a, 'o> {
    text: &'a str,
    from: usize,
    outline: &'o mut Outline,
    open: Vec<Open>,
    /// A block of raw HTML that is being read.
    html: Option<Span>,
    /// Whether HTML ends at a question.
    cuts: bool,
}

impl Reader<'_, '_> {
    /// Fills the outline, up to what goes on over questions.
    fn read(&mut self) -> Option<Goes> {
        let body = self.text.get(self.from..).unwrap_or_default();
        let parser = Parser::new_ext(body, options());
        for (name, definition) in parser.reference_definitions().iter() {
            let span = self.shift(definition.span.clone());
            self.outline.definitions.insert(name.to_lowercase(), span);
        }
        let mut never_closes = None;
        for (event, range) in parser.into_offset_iter() {
            let span = self.shift(range);
            match event {
                Event::Start(tag) => {
                    let code = self.start(&tag, span);
                    never_closes = code.or(never_closes);
                }
                Event::End(TagEnd::HtmlBlock) => {
                    if let Some(next) = self.end_html() {
                        return Some(Goes::Html(next));
                    }
                }
                Event::End(tag) => self.end(tag),
                Event::Html(_) => {
                    let start = self.html.map_or(span.start(), Span::start);
                    self.html = Some(Span::new(start, span.end()));
                }
                Event::InlineHtml(_) => self.tags(span, false),
                Event::Rule => self.block(span),
                _ => {}
            }
        }
        never_closes.map(Goes::Fence)
    }

    fn shift(&self, range: Range<usize>) -> Span {
        Span::new(range.start + self.from, range.end + self.from)
    }

    /// Counts a block in its container. One that is no running text ends that
    /// of the outermost item that it stands in.
    fn block(&mut self, span: Span) {
        let depth = self.open.len();
        if let Some(open) = self.open.last_mut() {
            open.blocks += 1;
            let ends = open.blocks > 1;
            if let Some(index) = open.item.filter(|_| depth == 2 && ends)
                && let Some(item) = self.outline.items.get_mut(index)
            {
                item.text_end = item.text_end.min(span.start());
            }
        }
    }

    /// An outermost fence that never closes is returned.
    fn start(&mut self, tag: &Tag<'_>, span: Span) -> Option<Span> {
        let mut never_closes = None;
        match tag {
            Tag::Paragraph => {
                self.block(span);
                self.paragraph(span);
            }
            Tag::Heading { level, .. } => {
                self.block(span);
                self.heading(*level, span);
            }
            Tag::HtmlBlock => {
                self.block(span);
                self.html = Some(Span::new(span.start(), span.start()));
            }
            Tag::CodeBlock(kind) => {
                self.end_text(span);
                self.block(span);
                let fenced = matches!(kind, CodeBlockKind::Fenced(_));
                if fenced && self.open.is_empty() && !is_closed(self.text, span) {
                    never_closes = Some(span);
                }
                let lines = Span::new(line_start(self.text, span.start()), span.end());
                self.outline.codes.push(lines);
                if !fenced {
                    self.outline.indented.push(lines);
                }
            }
            Tag::List(_)
            | Tag::Item
            | Tag::BlockQuote(_)
            | Tag::Table(_)
            | Tag::FootnoteDefinition(_) => {
                let is_item = matches!(tag, Tag::Item);
                if !is_item {
                    self.end_text(span);
                    self.block(span);
                }
                let outermost = is_item && self.open.len() == 1;
                let item = outermost.then_some(self.outline.items.len());
                if outermost {
                    let text_end = span.end();
                    self.outline.items.push(Item { span, text_end });
                }
                self.open.push(Open {
                    is_list: matches!(tag, Tag::List(_)),
                    is_item,
                    span,
                    blocks: 0,
                    item,
                });
            }
            _ => {}
        }
        never_closes
    }

    /// A block that is no paragraph: the text of its item ends before it.
    fn end_text(&mut self, span: Span) {
        if let [
            _,
            Open {
                item: Some(item), ..
            },
        ] = self.open.as_slice()
            && let Some(item) = self.outline.items.get_mut(*item)
        {
            item.text_end = item.text_end.min(span.start());
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::BlockQuote(_)
            | TagEnd::Table
            | TagEnd::FootnoteDefinition => {
                self.open.pop();
            }
            _ => {}
        }
    }

    /// Ends a block of HTML. Returns where a question begins that it goes on over.
    fn end_html(&mut self) -> Option<usize> {
        let html = self.html.take()?;
        let outermost = self.cuts && self.open.is_empty();
        let next = outermost.then(|| question_in_html(self.text, html));
        let next = next.flatten();
        self.tags(next.map_or(html, |next| html.ending(next)), true);
        next
    }

    fn paragraph(&mut self, span: Span) {
        let line = Span::new(
            span.start(),
            line_end(self.text, span.start()).min(span.end()),
        );
        let written = self.text.get(line.range()).unwrap_or_default().trim_end();
        let asks = label(written, line.start()).is_some_and(|label| label.says_q);
        if asks && self.open.is_empty() {
            self.outline.labelled.push(Head {
                level: PARAGRAPH,
                lines: Span::new(line_start(self.text, line.start()), line.end()),
                words: Span::new(line.start(), line.start() + written.len()),
                item: None,
            });
        }
    }

    fn heading(&mut self, level: HeadingLevel, span: Span) {
        let item = match self.open.as_slice() {
            [] => None,
            [list, item] if list.is_list && item.is_item && item.blocks == 1 => {
                let start = line_start(self.text, item.span.start());
                let before = self.text.get(start..span.start()).unwrap_or_default();
                let written = self
                    .text
                    .get(item.span.start()..span.start())
                    .unwrap_or_default();
                let digits = written.bytes().take_while(u8::is_ascii_digit).count();
                Some(InItem {
                    indent: columns(before),
                    end: item.span.end(),
                    number: Span::new(item.span.start(), item.span.start() + digits),
                })
            }
            _ => return,
        };
        let written = self.text.get(span.range()).unwrap_or_default();
        let end = span.start() + written.trim_end().len();
        let lines = Span::new(
            line_start(self.text, span.start()),
            line_end(self.text, end),
        );
        self.outline.heads.push(Head {
            level: level as usize,
            lines,
            words: heading_content(self.text, span),
            item,
        });
    }

    /// The tags in raw HTML. In a block, a line of back-ticks hides what
    /// follows, as its author meant.
    fn tags(&mut self, span: Span, is_block: bool) {
        let html = self.text.get(span.range()).unwrap_or_default();
        if is_block && html.trim_start().starts_with("<!--") {
            self.outline.comments.push(span);
        }
        let mut at = span.start();
        let mut fenced = false;
        for line in html.split_inclusive('\n') {
            if is_block && line.trim_start().starts_with("```") {
                fenced = !fenced;
            } else if !fenced {
                self.tags_in(line, at);
            }
            at += line.len();
        }
    }

    fn tags_in(&mut self, line: &str, start: usize) {
        for (at, _) in line.match_indices('<') {
            let rest = line.get(at + 1..).unwrap_or_default();
            let closing = rest.starts_with('/');
            let name = rest.trim_start_matches('/');
            let length = name.bytes().take_while(u8::is_ascii_alphabetic).count();
            let kind = match name
                .get(..length)
                .unwrap_or_default()
                .to_ascii_lowercase()
                .as_str()
            {
                "details" => Kind::Details,
                "summary" => Kind::Summary,
                _ => continue,
            };
            let end = rest.bytes().take(MAX_TAG).position(|byte| byte == b'>');
            let end = end.map_or(at + 1 + rest.len() - name.len() + length, |end| {
                at + end + 2
            });
            let span = Span::new(start + at, start + end.max(at + 1));
            self.outline.tags.push(Tagged {
                span,
                kind,
                closing,
            });
        }
    }
}
