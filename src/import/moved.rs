//! What is written otherwise in a file of its own: the levels of headings, the
//! way that relative links lead, and where the targets of links are defined.

use std::collections::{BTreeMap, BTreeSet};

use crate::markdown::Document;
use crate::markdown::html::scheme;
use crate::question::Question;
use crate::source::{Source, Span};

/// What is written otherwise in a file of its own: headings of the answer one
/// level below the question's, and relative links from the new place.
pub fn edits(
    question: &Question,
    document: &Document,
    source: &Source,
    way: &Way<'_>,
) -> Vec<(Span, String)> {
    let mut edits = Vec::new();
    let own = document
        .headings
        .get(question.heading.index)
        .map_or(1, |own| own.level);
    // On pages of formats without headings, the question has the deepest.
    let own = if own == 6 { 1 } else { own };
    for (index, heading) in document.headings.iter().enumerate() {
        let written = source.slice(heading.span);
        let marks = written.bytes().take_while(|&byte| byte == b'#').count();
        let level = heading.level.saturating_sub(own.saturating_sub(1)).max(2);
        if index != question.heading.index && marks > 0 && level != heading.level {
            let span = Span::new(heading.span.start(), heading.span.start() + marks);
            edits.push((span, "#".repeat(usize::from(level))));
        }
    }
    for link in &document.links {
        let written = source.slice(link.target_span) == link.target;
        if let Some(path) = way.to(&link.target).filter(|_| written) {
            edits.push((link.target_span, path));
        }
    }
    for definition in own_lines(question, document, source) {
        edits.push((definition.lines, String::new()));
    }
    edits.sort_by_key(|(span, _)| *span);
    edits
}

/// The way from a question's file to what its origin links to.
pub struct Way<'a> {
    /// From the file's folder to where the paths of the origin begin.
    pub back: Option<&'a str>,
    /// The path of the file that the links stood in.
    pub from: &'a str,
}

impl Way<'_> {
    /// A target from the new place; None where it stays as it is.
    fn to(&self, target: &str) -> Option<String> {
        let back = self.back?;
        if scheme(target).is_some() || target.starts_with('/') || target.is_empty() {
            return None;
        }
        let (path, behind) = target.split_at(target.find(['#', '?']).unwrap_or(target.len()));
        let (folder, name) = self.from.rsplit_once('/').unwrap_or(("", self.from));
        let path = if path.is_empty() { name } else { path };
        let mut steps: Vec<&str> = Vec::new();
        for step in back
            .split('/')
            .chain(folder.split('/'))
            .chain(path.split('/'))
        {
            match (step, steps.last()) {
                ("" | ".", _) => {}
                ("..", Some(&last)) if last != ".." => drop(steps.pop()),
                _ => steps.push(step),
            }
        }
        let end = if path.ends_with('/') { "/" } else { "" };
        Some(format!("{}{end}{behind}", steps.join("/")))
    }
}

/// A definition of a link's target that stands on lines of its own.
struct Definition {
    lines: Span,
    written: Span,
}

/// Markdown knows the first of each name. Records have it with each part that
/// uses it, so a line that says the same again is one, too.
fn own_lines(question: &Question, document: &Document, source: &Source) -> Vec<Definition> {
    let text = source.text.as_str();
    let known: BTreeSet<&str> = question
        .definitions
        .iter()
        .map(|span| source.slice(*span).trim())
        .collect();
    let mut found = question.definitions.clone();
    for part in [question.prompt, question.answer] {
        let mut at = part.start();
        for line in source.slice(part).split_inclusive('\n') {
            let said = line.trim();
            let start = at + (line.len() - line.trim_start().len());
            let in_code = || {
                let next = document
                    .codes
                    .partition_point(|own| own.span.start() <= start);
                let code = next.checked_sub(1).and_then(|at| document.codes.get(at));
                code.is_some_and(|code| code.span.contains(start))
            };
            if known.contains(said) && !in_code() {
                found.push(Span::new(start, start + said.len()));
            }
            at += line.len();
        }
    }
    found.sort();
    found.dedup_by_key(|span| span.start());
    let lines = found.into_iter().filter_map(|span| own_line(text, span));
    lines.collect()
}

fn own_line(text: &str, written: Span) -> Option<Definition> {
    let line = text
        .get(..written.start())?
        .rfind('\n')
        .map_or(0, |at| at + 1);
    let indented = text.get(line..written.start())?;
    let shown = text.get(written.range())?.trim_end();
    let written = Span::new(written.start(), written.start() + shown.len());
    let behind = text.get(written.end()..)?;
    let mut end = behind.find('\n').map_or(behind.len(), |at| at + 1);
    let alone = indented.trim().is_empty() && behind.get(..end)?.trim().is_empty();
    let above = text.get(..line)?.trim_end_matches([' ', '\t', '\r', '\n']);
    if text.get(above.len()..line)?.matches('\n').count() > 1 {
        // Of the empty lines around it, those above are enough.
        let blank = behind.len() - behind.trim_start().len();
        let lines = behind.get(..blank)?.rfind('\n').map_or(0, |at| at + 1);
        end = end.max(lines);
    }
    alone.then(|| Definition {
        lines: Span::new(line, written.end() + end),
        written,
    })
}

/// The definitions of a question, which stand at the end of its file, so that
/// it does not matter where they stood: the first of each name, by that in
/// lower case.
pub fn definitions(
    question: &Question,
    document: &Document,
    source: &Source,
    way: &Way<'_>,
) -> BTreeMap<String, String> {
    let mut named = BTreeMap::new();
    for definition in own_lines(question, document, source) {
        let written = source.slice(definition.written);
        let Some((label, behind)) = written.split_once("]:") else {
            continue;
        };
        let behind = behind.trim_start();
        let end = behind.find(char::is_whitespace).unwrap_or(behind.len());
        let (target, title) = behind.split_at(end);
        let target = way.to(target).unwrap_or_else(|| target.to_string());
        named
            .entry(label.trim_start_matches('[').to_lowercase())
            .or_insert_with(|| format!("{label}]: {target}{}", title.trim_end()));
    }
    named
}

/// The text of `span` with the edits that fall into it.
pub fn edited(source: &Source, span: Span, edits: &[(Span, String)]) -> String {
    let mut text = String::new();
    let mut at = span.start();
    let first = edits.partition_point(|(edit, _)| edit.start() < span.start());
    for (edit, new) in edits.get(first..).unwrap_or_default() {
        // What is left out may go on below.
        if (edit.end() > span.end() && !new.is_empty())
            || edit.start() < at
            || edit.start() >= span.end()
        {
            continue;
        }
        text.push_str(source.slice(Span::new(at, edit.start())));
        text.push_str(new);
        at = edit.end().min(span.end());
    }
    text.push_str(source.slice(Span::new(at, span.end())));
    text
}

/// `text`, which is that of `span`, with the end of a fence that never closes:
/// in a file of its own something may follow.
pub fn closed(document: &Document, source: &Source, span: Span, text: String) -> String {
    let codes = &document.codes;
    let next = codes.partition_point(|code| code.span.start() < span.end());
    let last = next.checked_sub(1).and_then(|at| codes.get(at));
    let fence = last.filter(|code| span.contains(code.span.start()));
    let fence = fence.and_then(|code| code.fence.as_ref());
    // Within a list or a quotation it ends with that.
    let open = fence.filter(|fence| !fence.closed && starts_line(source, fence.mark.start()));
    match open {
        Some(fence) => format!("{}\n{}\n", text.trim_end(), source.slice(fence.mark)),
        None => text,
    }
}

fn starts_line(source: &Source, at: usize) -> bool {
    source.line_span(at).start() == at
}
