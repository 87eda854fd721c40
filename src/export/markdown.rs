//! One readable book: contents by topic, then the questions. What a question
//! refers to by a name of its own (link targets, footnotes) is made to hold in
//! the book as a whole, and nothing that it leaves open reaches the next one.

use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};

use super::{Entry, Selection, choices, fragment, prompt};
use crate::files::resolved;
use crate::markdown::html::{escaped, scheme};
use crate::markdown::literal::literal;
use crate::markdown::raw_html::{is_markup, visible_text};
use crate::markdown::{options, plain};

/// The level of a question's heading: below those of the book and of the topic.
const QUESTION: usize = 3;

pub fn render(selection: &Selection<'_>) -> Vec<u8> {
    let mut contents = String::new();
    let mut body = String::new();
    let mut topic = None;
    for entry in &selection.entries {
        let own = &*entry.question.topic;
        // The entries come by topic.
        if topic != Some(own) {
            topic = Some(own);
            let name = literal(if own.is_empty() {
                "Without a topic"
            } else {
                own
            });
            // What a host makes of a heading for an anchor holds no slash.
            let anchor = format!("topic/{own}");
            let _ = writeln!(contents, "- [{name}]({})", target(&format!("#{anchor}")));
            let _ = write!(body, "\n<a id=\"{}\"></a>\n\n## {name}\n", escaped(&anchor));
        }
        let heading = fragment(entry, &[entry.question.heading_span()]);
        let title = literal(&plain::text(&heading));
        let link = target(&format!("#{}", anchor(entry)));
        // Writing to a String cannot fail.
        let _ = writeln!(contents, "  - [{title}]({link})");
        question(entry, &mut body);
    }
    let config = &selection.corpus.config;
    let mut book = format!("# {}\n\n", literal(&selection.corpus.title()));
    if let Some(license) = &config.license {
        let _ = write!(book, "Licence: {}\n\n", literal(license));
    }
    let _ = write!(book, "## Contents\n\n{contents}{body}");
    book.into_bytes()
}

fn question(entry: &Entry<'_>, body: &mut String) {
    let question = entry.question;
    let heading = fragment(entry, &[question.heading_span()]);
    let heading = one_line(&heading);
    let heading = portable(entry, &format!("# {heading}"), QUESTION);
    let _ = write!(
        body,
        "\n<a id=\"{}\"></a>\n\n{heading}\n",
        escaped(&anchor(entry))
    );
    let tags = question.meta.tags.iter().map(|tag| tag.value.as_str());
    let known: Vec<String> = question
        .level()
        .into_iter()
        .chain(tags)
        .map(literal)
        .collect();
    if !known.is_empty() {
        let _ = write!(body, "\n*{}*\n", known.join(" · "));
    }
    let asked = portable(entry, &prompt(entry), QUESTION + 1);
    if !asked.is_empty() {
        let _ = write!(body, "\n{asked}\n");
    }
    let mut right = Vec::new();
    for (number, (text, correct)) in (1..).zip(choices(entry)) {
        let start = format!("{number}. ");
        let text = portable(entry, &text, QUESTION + 1);
        // What stands below the first line of an item is indented.
        let text = text.replace('\n', &format!("\n{}", " ".repeat(start.len())));
        body.push_str(if number == 1 { "\n" } else { "" });
        let _ = writeln!(body, "{start}{text}");
        if correct {
            right.push(number.to_string());
        }
    }
    if !asked.is_empty() || !question.choices.is_empty() {
        body.push_str("\n#### Answer\n");
    }
    if !right.is_empty() {
        let _ = write!(body, "\nRight: {}\n", right.join(", "));
    }
    let answer = portable(entry, &fragment(entry, &[question.answer]), QUESTION + 1);
    if !answer.is_empty() {
        let _ = write!(body, "\n{answer}\n");
    }
    let sources = question.meta.sources.given();
    let sources = sources.map_or(&[][..], |sources| sources.value.as_slice());
    if !sources.is_empty() {
        body.push_str("\nSources:\n\n");
    }
    for source in sources {
        let _ = writeln!(body, "- {}", address(&source.value));
    }
}

fn anchor(entry: &Entry<'_>) -> String {
    format!("question/{}", entry.id)
}

/// A source as a link, where it is an address.
fn address(source: &str) -> String {
    let breaks = |c: char| c.is_whitespace() || c.is_control() || "<>".contains(c);
    match scheme(source) {
        Some(_) if !source.contains(breaks) => format!("<{source}>"),
        _ => literal(source),
    }
}

/// A heading of several lines, in one; what follows after an empty line stays.
fn one_line(heading: &str) -> String {
    match heading.split_once("\n\n") {
        Some((words, rest)) => format!("{}\n\n{rest}", words.replace('\n', " ")),
        None => heading.replace('\n', " "),
    }
}

/// Where a link leads, as Markdown's brackets hold it.
fn target(address: &str) -> String {
    if !address.is_empty()
        && address
            .chars()
            .all(|c| c.is_alphanumeric() || "-_./:#?=&%,~+".contains(c))
    {
        return address.to_string();
    }
    let mut out = "<".to_string();
    for c in address.chars() {
        match c {
            '<' | '>' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out + ">"
}

/// A question's Markdown as it can stand among others: headings at the level
/// `highest` or below it, targets within the links, from the corpus's root,
/// footnotes under the question's name, no raw HTML, no fence left open.
fn portable(entry: &Entry<'_>, markdown: &str, highest: usize) -> String {
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let mut links: Vec<(String, bool, usize)> = Vec::new();
    let mut end = String::new();
    let mut depth = 0_usize;
    let mut block = None;
    let mut judged = 0;
    let parser = Parser::new_ext(markdown, options());
    let definitions = parser.reference_definitions().iter();
    let definitions = definitions.map(|(_, definition)| {
        let line_end = markdown.get(definition.span.end..).unwrap_or_default();
        let line_end = usize::from(line_end.starts_with('\n'));
        (
            definition.span.start..definition.span.end + line_end,
            String::new(),
        )
    });
    edits.extend(definitions);
    for (event, range) in parser.into_offset_iter() {
        let slice = markdown.get(range.clone()).unwrap_or_default();
        match event {
            Event::Start(tag) => {
                match tag {
                    Tag::Heading { level, .. } => {
                        // Below a question's own, sections begin with the second level.
                        let level = (level as usize + 2).clamp(highest, 6);
                        lower(slice, range.start, level, &mut edits);
                    }
                    Tag::Link {
                        link_type,
                        dest_url,
                        ..
                    }
                    | Tag::Image {
                        link_type,
                        dest_url,
                        ..
                    } => {
                        let own = matches!(link_type, LinkType::Autolink | LinkType::Email);
                        let path = (scheme(&dest_url).is_none()
                            && !dest_url.starts_with(['#', '/']))
                        .then(|| resolved(entry.links_from(), &dest_url))
                        .flatten();
                        let moved = path.is_some() || link_type != LinkType::Inline;
                        let leads = path.unwrap_or_else(|| dest_url.to_string());
                        links.push((leads, moved && !own, range.start + 1));
                    }
                    Tag::FootnoteDefinition(_) => name(entry, range.start, &mut edits),
                    Tag::CodeBlock(CodeBlockKind::Fenced(_)) if depth == 0 => {
                        end = missing_fence(slice);
                    }
                    Tag::HtmlBlock => block = Some((range, String::new())),
                    _ => {}
                }
                depth += 1;
                continue;
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                match tag {
                    TagEnd::Link | TagEnd::Image => {
                        if let Some((leads, true, inner)) = links.pop() {
                            let tail = markdown.get(inner..range.end).unwrap_or_default();
                            let tail = tail.find(']').map_or(range.end, |at| inner + at);
                            edits.push((tail..range.end, format!("]({})", target(&leads))));
                        }
                    }
                    TagEnd::HtmlBlock => {
                        if let Some((range, html)) = block.take() {
                            let mut text = String::new();
                            visible_text(&html, &mut text);
                            let shown = text.lines().map(|line| literal(line.trim()));
                            edits.push((range, shown.collect::<Vec<_>>().join(" ") + "\n"));
                        }
                    }
                    _ => {}
                }
            }
            Event::FootnoteReference(_) => name(entry, range.start, &mut edits),
            Event::Html(html) => {
                if let Some((_, block)) = &mut block {
                    block.push_str(&html);
                }
            }
            Event::InlineHtml(html) if is_markup(&html) => {
                // Once a line, which may hold very many.
                let mut own = range.clone();
                if range.start >= judged {
                    let whole = lines_of(markdown, &range);
                    judged = whole.end;
                    own = without_tags(markdown, whole).unwrap_or(own);
                }
                edits.push((own, String::new()));
            }
            Event::InlineHtml(_) => edits.push((range.start..range.start, "\\".to_string())),
            _ => {}
        }
        if let Some((_, _, inner)) = links.last_mut() {
            *inner = (*inner).max(range.end);
        }
    }
    edited(markdown, edits) + &end
}

/// The lines that `range` stands on, without the last one's end.
fn lines_of(markdown: &str, range: &Range<usize>) -> Range<usize> {
    let before = markdown.get(..range.start).unwrap_or_default();
    let behind = markdown.get(range.end..).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    start..range.end + behind.find('\n').unwrap_or(behind.len())
}

/// Lines with their end, where they hold nothing but tags: without these they
/// would be empty, and part what they stand in.
fn without_tags(markdown: &str, lines: Range<usize>) -> Option<Range<usize>> {
    let written = markdown.get(lines.clone())?;
    let mut rest = written.trim_start_matches([' ', '\t', '>']).trim_end();
    while !rest.is_empty() {
        let (tag, behind) = rest.split_at(rest.find('>')? + 1);
        if !is_markup(tag) {
            return None;
        }
        rest = behind.trim_start();
    }
    Some(lines.start..(lines.end + 1).min(markdown.len()))
}

/// Moves a heading to a level; one that is underlined becomes one with `#`.
fn lower(slice: &str, start: usize, level: usize, edits: &mut Vec<(Range<usize>, String)>) {
    let marks = slice.len() - slice.trim_start_matches('#').len();
    let hashes = "#".repeat(level);
    if marks > 0 {
        edits.push((start..start + marks, hashes));
        return;
    }
    let lines = slice.trim_end();
    let underline = lines.rfind('\n').unwrap_or(lines.len());
    edits.push((start..start, hashes + " "));
    let breaks = slice.match_indices('\n').map(|(at, _)| at);
    let breaks = breaks.take_while(|at| *at < underline);
    edits.extend(breaks.map(|at| (start + at..start + at + 1, " ".to_string())));
    edits.push((start + underline..start + lines.len(), String::new()));
}

/// A footnote's name, with the question's before it.
fn name(entry: &Entry<'_>, start: usize, edits: &mut Vec<(Range<usize>, String)>) {
    let name = crate::question::slug(entry.id);
    edits.push((start + 2..start + 2, format!("{name}-")));
}

/// What closes a fence that is left open; empty where it is closed.
fn missing_fence(block: &str) -> String {
    let mark = block.trim_start().chars().next().unwrap_or('`');
    let length = block
        .trim_start()
        .chars()
        .take_while(|c| *c == mark)
        .count();
    let last = block
        .trim_end()
        .lines()
        .skip(1)
        .last()
        .unwrap_or_default()
        .trim();
    let closed = last.chars().all(|c| c == mark) && last.len() >= length;
    if closed {
        String::new()
    } else {
        format!("\n{}", mark.to_string().repeat(length))
    }
}

/// The text with its edits; of two that overlap the first stays.
fn edited(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::new();
    let mut at = 0;
    for (range, new) in edits {
        if range.start >= at {
            out.push_str(text.get(at..range.start).unwrap_or_default());
            out.push_str(&new);
            at = range.end;
        }
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out.trim().to_string()
}
