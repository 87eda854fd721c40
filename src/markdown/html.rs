//! Markdown to HTML that is safe to show: no script, no attribute and no
//! scheme from the source but those listed here.

use std::borrow::Cow;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Parser, Tag, TagEnd};

pub use super::escape::{escape, escaped};
use super::fence::language;
use super::highlight;
use super::kinds::alert_name;
use super::maths::{acts, is_maths};
use super::mention::Mentions;
use super::raw_html;
use super::{MAX_DEPTH, level_number, options};

/// Where links and images lead in what is rendered, and how code looks.
pub struct Rendering<'a> {
    /// A target as written to the address to link; None makes it plain text.
    pub link: &'a dyn Fn(&str) -> Option<String>,
    /// An image's target as written to the one to show; None shows its
    /// alternative text instead.
    pub image: &'a dyn Fn(&str) -> Option<String>,
    /// Whether it is for Anki's card: code has colours, by classes that the
    /// card's style knows, and no text begins a formula.
    pub card: bool,
}

/// Renders `markdown`. Elements nested deeper than [`MAX_DEPTH`] keep their text only.
pub fn render(markdown: &str, rendering: &Rendering<'_>) -> String {
    // Most questions have no prompt and no follow-ups, and a parser has its price.
    if markdown.trim().is_empty() {
        return String::new();
    }
    let mut renderer = Renderer {
        rendering,
        out: String::with_capacity(markdown.len() * 3 / 2),
        open: Vec::new(),
        depth: 0,
        html_block: None,
        code: None,
        image: None,
        in_table_head: false,
        alignments: Vec::new(),
        cell: 0,
    };
    let mut mentions = Mentions::new(markdown);
    for (event, range) in Parser::new_ext(markdown, options()).into_offset_iter() {
        match event {
            Event::InlineMath(formula) if !is_maths(markdown, range.end) || acts(&formula) => {
                renderer.text(markdown.get(range).unwrap_or_default());
            }
            Event::DisplayMath(formula) if acts(&formula) => {
                renderer.text(markdown.get(range).unwrap_or_default());
            }
            Event::InlineHtml(tag) if mentions.holds(&range) => renderer.text(&tag),
            event => renderer.event(event),
        }
    }
    renderer.close_to(0);
    trimmed(renderer.out)
}

/// `text` without white space around it, where it stands.
fn trimmed(mut text: String) -> String {
    text.truncate(text.trim_end().len());
    let before = text.len() - text.trim_start().len();
    text.drain(..before);
    text
}

/// Whether a browser may follow `target`: http, https, mailto, or no scheme at all.
pub fn is_safe_target(target: &str) -> bool {
    match scheme(target) {
        None => true,
        Some(scheme) => ["http", "https", "mailto"].contains(&&*scheme),
    }
}

/// The scheme as a browser reads it: white space and control characters are no part of it.
pub fn scheme(target: &str) -> Option<Cow<'_, str>> {
    let end = target.find([':', '/', '?', '#', '\\'])?;
    let written = target.get(..end)?;
    if !target.get(end..)?.starts_with(':') {
        return None;
    }
    if written.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Some(written.into());
    }
    let read = written
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control());
    Some(read.map(|c| c.to_ascii_lowercase()).collect())
}

/// An element that waits to be closed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    /// From Markdown, with its end tag.
    Markdown(&'static str),
    /// From raw HTML, with its name.
    Raw(&'static str),
}

struct Image {
    target: String,
    alt: String,
    /// Images within the alternative text.
    nested: usize,
}

struct CodeBlock {
    language: Option<String>,
    text: String,
}

struct Renderer<'a> {
    rendering: &'a Rendering<'a>,
    out: String,
    open: Vec<Open>,
    depth: usize,
    /// The raw HTML of the block being read.
    html_block: Option<String>,
    /// The code block being read.
    code: Option<CodeBlock>,
    image: Option<Image>,
    in_table_head: bool,
    alignments: Vec<Alignment>,
    cell: usize,
}

impl Renderer<'_> {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => {
                self.depth += 1;
                if self.depth <= MAX_DEPTH {
                    self.start(tag);
                }
            }
            Event::End(tag) => {
                if self.depth <= MAX_DEPTH {
                    self.end(tag);
                }
                self.depth = self.depth.saturating_sub(1);
            }
            Event::Html(html) if self.html_block.is_some() => {
                if let Some(block) = &mut self.html_block {
                    block.push_str(&html);
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                if self.image.is_none() {
                    raw_html::write(&html, &mut self.out, &mut self.open);
                }
            }
            Event::Text(text) => self.text(&text),
            Event::Code(code) => self.wrapped("<code>", &code, "</code>"),
            Event::InlineMath(formula) => self.wrapped("\\(", &formula, "\\)"),
            Event::DisplayMath(formula) => self.wrapped("\\[", &formula, "\\]"),
            Event::SoftBreak => self.text("\n"),
            Event::HardBreak => self.wrapped("<br>", "\n", ""),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::TaskListMarker(checked) => {
                self.out.push_str(if checked { "☑ " } else { "☐ " });
            }
            Event::FootnoteReference(label) => self.wrapped("<sup>", &label, "</sup>"),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        if let Some(image) = &mut self.image {
            if matches!(tag, Tag::Image { .. }) {
                image.nested += 1;
            }
            return;
        }
        match tag {
            Tag::Paragraph => self.element("<p>", "</p>\n"),
            Tag::Heading { level, .. } => {
                let (start, end) = match level_number(level) {
                    1 => ("<h1>", "</h1>\n"),
                    2 => ("<h2>", "</h2>\n"),
                    3 => ("<h3>", "</h3>\n"),
                    4 => ("<h4>", "</h4>\n"),
                    5 => ("<h5>", "</h5>\n"),
                    _ => ("<h6>", "</h6>\n"),
                };
                self.element(start, end);
            }
            Tag::BlockQuote(kind) => self.quote(kind),
            Tag::CodeBlock(kind) => self.code_block(&kind),
            Tag::HtmlBlock => self.html_block = Some(String::new()),
            Tag::List(Some(1)) => self.element("<ol>\n", "</ol>\n"),
            Tag::List(Some(first)) => {
                self.element("<ol start=\"", "</ol>\n");
                self.out.push_str(&first.to_string());
                self.out.push_str("\">\n");
            }
            Tag::List(None) => self.element("<ul>\n", "</ul>\n"),
            Tag::Item => self.element("<li>", "</li>\n"),
            Tag::FootnoteDefinition(label) => {
                self.element("<div class=\"footnote\"><sup>", "</div>\n");
                escape(&label, &mut self.out);
                self.out.push_str("</sup> ");
            }
            Tag::Table(alignments) => {
                self.alignments = alignments;
                self.element("<table>\n", "</table>\n");
            }
            Tag::TableHead => {
                self.in_table_head = true;
                self.cell = 0;
                self.element("<thead><tr>", "</tr></thead>\n");
            }
            Tag::TableRow => {
                self.cell = 0;
                self.element("<tr>", "</tr>\n");
            }
            Tag::TableCell => self.table_cell(),
            Tag::Emphasis => self.element("<em>", "</em>"),
            Tag::Strong => self.element("<strong>", "</strong>"),
            Tag::Strikethrough => self.element("<s>", "</s>"),
            Tag::Link { dest_url, .. } => self.link(&dest_url),
            Tag::Image { dest_url, .. } => {
                self.image = Some(Image {
                    target: dest_url.to_string(),
                    alt: String::new(),
                    nested: 0,
                });
            }
            Tag::Superscript
            | Tag::Subscript
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => self.element("", ""),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Image => self.end_image(),
            _ if self.image.is_some() => {}
            TagEnd::HtmlBlock => {
                let html = self.html_block.take().unwrap_or_default();
                let start = self.out.len();
                raw_html::write(&html, &mut self.out, &mut self.open);
                self.part_formulas(start);
            }
            _ => {
                if let Some(code) = self.code.take() {
                    let language = code.language.as_deref().filter(|_| self.rendering.card);
                    highlight::write(language, &code.text, &mut self.out);
                }
                if tag == TagEnd::TableHead {
                    self.in_table_head = false;
                }
                // Raw elements that were opened within it and never closed end here too.
                if let Some(at) = self
                    .open
                    .iter()
                    .rposition(|open| matches!(open, Open::Markdown(_)))
                {
                    self.close_to(at);
                }
            }
        }
    }

    fn element(&mut self, start: &str, end: &'static str) {
        self.out.push_str(start);
        self.open.push(Open::Markdown(end));
    }

    fn close_to(&mut self, length: usize) {
        while self.open.len() > length {
            match self.open.pop() {
                Some(Open::Markdown(end)) => self.out.push_str(end),
                Some(Open::Raw(name)) => raw_html::end_tag(name, &mut self.out),
                None => {}
            }
        }
    }

    fn text(&mut self, text: &str) {
        match (&mut self.image, &mut self.code) {
            (Some(image), _) => image.alt.push_str(text),
            (None, Some(code)) => code.text.push_str(text),
            (None, None) => {
                let start = self.out.len();
                escape(text, &mut self.out);
                self.part_formulas(start);
            }
        }
    }

    /// `MathJax` takes `\(` for a formula's begin, but not over the bounds of elements.
    fn part_formulas(&mut self, start: usize) {
        if self.rendering.card && self.out.get(start..).is_some_and(|new| new.contains('\\')) {
            let text = self.out.split_off(start);
            self.out.push_str(&text.replace('\\', "<span>\\</span>"));
        }
    }

    fn wrapped(&mut self, start: &str, text: &str, end: &str) {
        if self.image.is_some() {
            return self.text(text);
        }
        self.out.push_str(start);
        escape(text, &mut self.out);
        self.out.push_str(end);
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => language(info).map(str::to_string),
            CodeBlockKind::Indented => None,
        };
        self.element("<pre><code", "</code></pre>\n");
        if let Some(language) = &language {
            self.out.push_str(" class=\"language-");
            escape(language, &mut self.out);
            self.out.push('"');
        }
        self.out.push('>');
        self.code = Some(CodeBlock {
            language,
            text: String::new(),
        });
    }

    /// A quote, or an alert with its name.
    fn quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.element("<blockquote>\n", "</blockquote>\n");
        if let Some(name) = kind.map(alert_name) {
            self.out.push_str("<p><strong>");
            self.out.push_str(name);
            self.out.push_str("</strong></p>\n");
        }
    }

    fn table_cell(&mut self) {
        let (start, end) = if self.in_table_head {
            ("<th", "</th>")
        } else {
            ("<td", "</td>")
        };
        self.element(start, end);
        self.out.push_str(match self.alignments.get(self.cell) {
            Some(Alignment::Left) => " style=\"text-align: left\">",
            Some(Alignment::Center) => " style=\"text-align: center\">",
            Some(Alignment::Right) => " style=\"text-align: right\">",
            Some(Alignment::None) | None => ">",
        });
        self.cell += 1;
    }

    fn link(&mut self, target: &str) {
        match (self.rendering.link)(target).filter(|target| is_safe_target(target)) {
            Some(target) => {
                self.element("<a href=\"", "</a>");
                escape(&target, &mut self.out);
                self.out.push_str("\">");
            }
            None => self.element("", ""),
        }
    }

    fn end_image(&mut self) {
        if let Some(image) = &mut self.image
            && image.nested > 0
        {
            image.nested -= 1;
            return;
        }
        let Some(Image { target, alt, .. }) = self.image.take() else {
            return;
        };
        if let Some(target) =
            (self.rendering.image)(&target).filter(|target| is_safe_target(target))
        {
            self.out.push_str("<img src=\"");
            escape(&target, &mut self.out);
            self.out.push_str("\" alt=\"");
            escape(&alt, &mut self.out);
            self.out.push_str("\">");
        } else {
            self.link(&target);
            escape(&alt, &mut self.out);
            self.close_to(self.open.len().saturating_sub(1));
        }
    }
}
