//! One walk over the parser's events, which fills a document.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};

use super::comments::Waiting;
use super::flat::{Flat, OBJECT, Origin};
use super::kinds::{is_block, is_block_end, is_line_break};
use super::maths::is_maths;
use super::raw_html::is_markup;
use super::{
    Block, BlockKind, Code, Document, Heading, Item, Link, MAX_DEPTH, Numbered, level_number,
    marks, options,
};
use crate::source::Span;

/// Reads `text[within]`; spans count in `text`. It takes any input: what is
/// nested too deep is left out and said.
pub fn read(text: &str, within: Span) -> Document {
    let body = text.get(within.range()).unwrap_or_default();
    let mut reader = Reader {
        text,
        ..Reader::default()
    };
    let shift =
        |range: Range<usize>| Span::new(range.start + within.start(), range.end + within.start());
    // Most of a body is prose, so that it need not grow piece by piece.
    reader.document.prose = Flat::with_room(body.len());
    reader.document.blocks.reserve(body.len() / 64);
    let parser = Parser::new_ext(body, options());
    reader.document.definitions.extend(
        parser
            .reference_definitions()
            .iter()
            .map(|(_, definition)| shift(definition.span.clone())),
    );
    reader.document.definitions.sort();
    for (event, range) in parser.into_offset_iter() {
        reader.event(event, shift(range));
    }
    reader.document
}

#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    document: Document,
    depth: usize,
    in_heading: bool,
    in_code: bool,
    /// Images whose text is being read: it is no prose.
    images: usize,
    /// Links being read: index, and the end of the last child.
    open_links: Vec<(usize, usize)>,
    /// Lists being read: index of those that are numbered.
    open_lists: Vec<Option<usize>>,
    waiting: Waiting,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        let is_start = matches!(event, Event::Start(_));
        match event {
            Event::Start(tag) => {
                self.depth += 1;
                if self.depth <= MAX_DEPTH {
                    self.start(tag, span);
                } else {
                    self.document.too_deep.get_or_insert(span);
                }
            }
            Event::End(tag) => {
                if self.depth <= MAX_DEPTH {
                    self.end(tag, span);
                }
                self.depth = self.depth.saturating_sub(1);
                self.waiting.leave(self.depth);
            }
            _ if self.depth > MAX_DEPTH => {}
            Event::Text(text) => self.text(&text, span),
            Event::InlineMath(_) if !is_maths(self.text, span.end()) => self.lines(span),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.prose(OBJECT, span, Origin::Code);
            }
            Event::SoftBreak => self.prose(' ', span, Origin::Whole),
            Event::HardBreak => {
                self.document.breaks.push(span);
                self.prose(' ', span, Origin::Whole);
            }
            Event::InlineHtml(html) => {
                self.document.html.push(span);
                if is_line_break(&html) {
                    self.prose(' ', span, Origin::Whole);
                } else if !is_markup(&html) {
                    self.text(&html, span);
                }
            }
            Event::TaskListMarker(checked) => self.task_marker(checked, span),
            Event::Rule => self.rule(span),
            Event::Html(_) | Event::FootnoteReference(_) => {}
        }
        if let Some((_, last_child)) = self.open_links.last_mut().filter(|_| !is_start) {
            *last_child = (*last_child).max(span.end());
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        if is_block(&tag) {
            self.cover(self.depth, span);
            self.document.prose.separate(span.start());
            if self.depth == 1 {
                self.open_block(BlockKind::Other, span);
            }
        }
        match tag {
            Tag::Heading { level, .. } => {
                self.in_heading = true;
                if self.depth == 1 {
                    let index = self.document.headings.len();
                    self.set_block(BlockKind::Heading(index));
                }
                self.document.headings.push(Heading {
                    level: level_number(level),
                    span,
                    content: marks::heading_content(self.text, span),
                    text: Flat::default(),
                });
            }
            Tag::CodeBlock(kind) => {
                self.prose(OBJECT, span, Origin::Code);
                self.in_code = true;
                if self.depth == 1 {
                    self.set_block(BlockKind::Code);
                }
                let fence = matches!(kind, CodeBlockKind::Fenced(_))
                    .then(|| marks::open_fence(self.text, span));
                self.document.codes.push(Code {
                    span,
                    fence,
                    content: Span::default(),
                    text: Flat::default(),
                });
            }
            Tag::List(first) => self.open_list(first.is_some()),
            Tag::Item => self.open_item(span),
            Tag::Link {
                dest_url,
                link_type,
                ..
            } => self.open_link(false, &dest_url, link_type, span),
            Tag::Image {
                dest_url,
                link_type,
                ..
            } => {
                self.prose(OBJECT, span, Origin::Whole);
                self.images += 1;
                self.open_link(true, &dest_url, link_type, span);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Heading(_) => self.in_heading = false,
            TagEnd::CodeBlock => {
                self.in_code = false;
                if let Some(code) = self.document.codes.last_mut() {
                    if code.content.is_empty() {
                        let line = self
                            .text
                            .get(span.range())
                            .unwrap_or_default()
                            .lines()
                            .next();
                        let at = (span.start() + line.map_or(0, str::len)).min(span.end());
                        code.content = Span::new(at, at);
                    }
                    marks::close_fence(self.text, code);
                }
            }
            TagEnd::Item if self.depth == 2 => {
                let end = self.document.prose.text.len();
                if let Some(item) = self.last_item() {
                    item.prose.end = end;
                }
            }
            TagEnd::List(_) => {
                self.open_lists.pop();
            }
            TagEnd::HtmlBlock => {
                self.document.html.push(span);
                self.comment(span);
            }
            TagEnd::Link | TagEnd::Image => self.close_link(tag == TagEnd::Image, span),
            _ => {}
        }
        if is_block_end(tag) {
            self.document.prose.separate(span.end());
            if self.depth == 1
                && let Some(block) = self.document.blocks.last_mut()
            {
                block.prose.end = self.document.prose.text.len();
                if matches!(&block.kind, BlockKind::TaskList(items) if items.iter().all(|item| item.checked.is_none()))
                {
                    block.kind = BlockKind::Other;
                }
            }
        }
    }

    fn text(&mut self, text: &str, span: Span) {
        let exact = self.text.get(span.range()) == Some(text);
        let origin = if exact { Origin::Exact } else { Origin::Whole };
        if !self.in_code {
            self.append(text, span, origin);
        } else if let Some(code) = self.document.codes.last_mut() {
            if code.content.is_empty() {
                code.content = span;
            }
            code.content = code.content.ending(span.end());
            code.text.push(text, span, origin);
        }
    }

    /// Text as written, which may go over several lines.
    fn lines(&mut self, span: Span) {
        let mut at = span.start();
        let written = self.text.get(span.range()).unwrap_or_default();
        for line in written.split_inclusive('\n') {
            let words = line.trim_end_matches([' ', '\r', '\n']);
            let end = Span::new(at + words.len(), at + line.len());
            self.text(words, Span::new(at, end.start()));
            if line.ends_with('\n') {
                if line
                    .get(words.len()..)
                    .is_some_and(|end| end.starts_with("  "))
                {
                    self.document.breaks.push(end);
                }
                self.prose(' ', end, Origin::Whole);
            }
            at = end.end();
        }
    }

    fn prose(&mut self, c: char, span: Span, origin: Origin) {
        self.append(c.encode_utf8(&mut [0; 4]), span, origin);
    }

    fn append(&mut self, text: &str, span: Span, origin: Origin) {
        for &(link, _) in &self.open_links {
            if let Some(link) = self.document.links.get_mut(link) {
                link.text.push(text, span, origin);
            }
        }
        if self.images > 0 {
            return;
        }
        match self.document.headings.last_mut() {
            Some(heading) if self.in_heading => heading.text.push(text, span, origin),
            _ => self.document.prose.push(text, span, origin),
        }
    }

    fn open_list(&mut self, numbered: bool) {
        let lists = &mut self.document.numbered;
        self.open_lists.push(numbered.then_some(lists.len()));
        if numbered {
            lists.push(Numbered {
                outermost: self.depth == 1,
                numbers: Vec::new(),
            });
        }
    }

    fn open_item(&mut self, span: Span) {
        let list = self.open_lists.last().copied().flatten();
        if let Some(list) = list.and_then(|list| self.document.numbered.get_mut(list)) {
            list.numbers.push(marks::number(self.text, span));
        }
        if self.depth != 2 {
            return;
        }
        let prose = self.document.prose.text.len();
        let item = Item {
            span,
            content: span,
            checked: None,
            prose: prose..prose,
        };
        match self.document.blocks.last_mut().map(|block| &mut block.kind) {
            Some(BlockKind::TaskList(items)) => items.push(item),
            Some(kind) => *kind = BlockKind::TaskList(vec![item]),
            None => {}
        }
    }

    fn task_marker(&mut self, checked: bool, span: Span) {
        if let Some(item) = self
            .last_item()
            .filter(|item| item.span.contains(span.start()))
            && item.checked.is_none()
        {
            item.checked = Some(checked);
            item.content = item.content.starting(span.end().min(item.span.end()));
        }
    }

    fn last_item(&mut self) -> Option<&mut Item> {
        match &mut self.document.blocks.last_mut()?.kind {
            BlockKind::TaskList(items) => items.last_mut(),
            _ => None,
        }
    }

    fn rule(&mut self, span: Span) {
        self.cover(self.depth + 1, span);
        if self.depth == 0 {
            self.open_block(BlockKind::Other, span);
        }
    }

    fn open_block(&mut self, kind: BlockKind, span: Span) {
        let prose = self.document.prose.text.len();
        self.document.blocks.push(Block {
            kind,
            span,
            prose: prose..prose,
        });
    }

    fn set_block(&mut self, kind: BlockKind) {
        if let Some(block) = self.document.blocks.last_mut() {
            block.kind = kind;
        }
    }

    fn cover(&mut self, depth: usize, span: Span) {
        self.waiting.cover(&mut self.document.comments, depth, span);
    }

    fn comment(&mut self, span: Span) {
        let html = self.text.get(span.range()).unwrap_or_default().trim();
        if !html.starts_with("<!--") || !html.ends_with("-->") {
            return;
        }
        if self.depth == 1 {
            self.set_block(BlockKind::Comment);
        }
        let comments = &mut self.document.comments;
        self.waiting.add(comments, self.depth, span);
    }

    fn open_link(&mut self, image: bool, target: &str, link_type: LinkType, span: Span) {
        let target_span = match link_type {
            LinkType::Autolink | LinkType::Email => {
                Span::new(span.start() + 1, span.end().saturating_sub(1))
            }
            _ => span,
        };
        self.open_links.push((
            self.document.links.len(),
            span.start() + if image { 2 } else { 1 },
        ));
        self.document.links.push(Link {
            image,
            span,
            // `<a@example.org>` leaves the scheme out.
            target: if link_type == LinkType::Email {
                format!("mailto:{target}")
            } else {
                target.to_string()
            },
            target_span,
            text: Flat::default(),
        });
    }

    fn close_link(&mut self, image: bool, span: Span) {
        if image {
            self.images = self.images.saturating_sub(1);
        }
        let Some((index, last_child)) = self.open_links.pop() else {
            return;
        };
        if let Some(link) = self.document.links.get_mut(index)
            && let Some(target) = marks::link_target(self.text, last_child, span.end())
            && link.target_span == link.span
        {
            link.target_span = target;
        }
    }
}
