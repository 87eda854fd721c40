//! The text below a question: its lines without the indentation of the list
//! that they stand in, without links back to the top and other furniture.

use crate::config::Patterns;
use crate::markdown::flat::{Flat, Origin};
use crate::source::Span;

use super::answer::answer;
use super::boxes;
use super::draft::Draft;
use super::lines::columns;
use super::looks::{is_back_link, plain};
use super::outline::Outline;

/// The text, the outline of the file, and what the configuration leaves out.
#[derive(Clone, Copy)]
pub struct File<'a> {
    pub text: &'a str,
    pub outline: &'a Outline,
    pub leave_out: &'a Patterns,
}

/// A line of the file that belongs to a question.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// What of it is kept, its line end included where it is kept.
    pub span: Span,
    /// What stands in place of its beginning: the box of a choice, or the
    /// indentation of what belongs to one.
    pub mark: Option<(&'static str, Span)>,
    pub code: bool,
    pub kept: bool,
}

/// Lines that are indented by `indent` columns up to `end`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Indent {
    pub columns: usize,
    pub end: usize,
}

/// Takes the lines of `span` into the draft: as prompt and answer where the
/// file parts them, and else all as answer.
pub fn take(file: File<'_>, span: Span, indent: Indent, draft: &mut Draft) {
    let mut lines = lines(file, span, indent);
    for line in &mut lines {
        let text = slice(file, line.span);
        // A link back that a list's end has made code of is furniture all the same.
        let code = line.code && !within(&file.outline.indented, line.span.start());
        line.kept = code || !(is_back_link(text) || file.leave_out.match_in(text.trim_end()));
    }
    wrappers(file, &mut lines);
    keys(file, &mut lines, draft);
    let answer = answer(file, &mut lines);
    let prompt = answer.unwrap_or(0);
    draft.divided = answer.is_some();
    boxes::known(file, &mut lines);
    boxes::between(file, &mut lines);
    furniture(file, &mut lines);
    let (above, below) = lines.split_at(prompt.min(lines.len()));
    draft.prompt = flat(file, above);
    draft.answer = flat(file, below);
}

pub fn slice(file: File<'_>, span: Span) -> &str {
    file.text.get(span.range()).unwrap_or_default()
}

/// Whether one of `spans`, by place, holds `offset`.
pub fn within(spans: &[Span], offset: usize) -> bool {
    let next = spans.partition_point(|span| span.end() <= offset);
    spans.get(next).is_some_and(|span| span.contains(offset))
}

fn lines(file: File<'_>, span: Span, indent: Indent) -> Vec<Line> {
    let codes = &file.outline.codes;
    let mut lines = Vec::new();
    let mut at = span.start();
    // What stands behind an item may be indented less than it: taken as it is,
    // it would go on with a list that the item ends with. Behind a fence that
    // never closes, nobody knows what it is.
    let mut behind = indent.columns;
    for text in slice(file, span).split_inclusive('\n') {
        let code = within(codes, at);
        let mut most = indent.columns;
        if at >= indent.end {
            let begins = !code || !lines.last().is_some_and(|line: &Line| line.code);
            if within(&file.outline.indented, at) {
                most = 0;
            } else {
                if begins && !text.trim().is_empty() {
                    let own = text.get(..indentation(text, behind)).unwrap_or_default();
                    behind = columns(own);
                }
                most = behind;
            }
        }
        if at < indent.end && !text.trim().is_empty() {
            behind = if code { 0 } else { indent.columns };
        }
        lines.push(Line {
            span: Span::new(at + indentation(text, most), at + text.len()),
            mark: None,
            code,
            kept: true,
        });
        at += text.len();
    }
    lines
}

/// Bytes of at most `columns` columns of white space that a line begins with.
pub fn indentation(line: &str, columns: usize) -> usize {
    let mut column = 0;
    let mut bytes = 0;
    for byte in line.bytes() {
        column = match byte {
            b' ' => column + 1,
            b'\t' => column + 4 - column % 4,
            _ => break,
        };
        if column > columns {
            break;
        }
        bytes += 1;
    }
    bytes
}

/// How far an item's lines are indented: as its text is, or up to three
/// columns more where all of them are, outside code.
pub fn indent(within: &str, least: usize) -> usize {
    let mut fenced = false;
    let mut most = least + 3;
    for line in within.lines().filter(|line| !line.trim().is_empty()) {
        let bytes = indentation(line, usize::MAX);
        let fence = line.trim_start().starts_with("```");
        // A link back is often indented otherwise than all above it.
        if (!fenced || fence) && !is_back_link(line) {
            let own = columns(line.get(..bytes).unwrap_or_default());
            most = most.min(own);
        }
        fenced = fenced != fence;
    }
    most.max(least)
}

/// Where a question begins, with the comments about it that stand above.
pub fn above(file: File<'_>, start: usize) -> usize {
    let comments = &file.outline.comments;
    let mut at = start;
    let before = comments.partition_point(|comment| comment.end() <= start);
    for comment in comments.get(..before).unwrap_or_default().iter().rev() {
        let between = file.text.get(comment.end()..at).unwrap_or_default();
        let written = file.text.get(comment.range()).unwrap_or_default();
        if !between.trim().is_empty() || !written.contains("prepdeck-") {
            break;
        }
        at = comment.start();
    }
    at
}

/// Tags that stand around a link back to the top go with it.
fn wrappers(file: File<'_>, lines: &mut [Line]) {
    for at in 0..lines.len() {
        let is_link = |line: &Line| !line.kept && !line.code;
        if !lines.get(at).is_some_and(is_link) {
            continue;
        }
        let alone = |line: Option<&Line>, start: &str| {
            line.is_some_and(|line| {
                let text = slice(file, line.span).trim();
                line.kept
                    && text.starts_with(start)
                    && text.ends_with('>')
                    && plain(text).is_empty()
            })
        };
        let opens = at
            .checked_sub(1)
            .filter(|&before| alone(lines.get(before), "<"));
        if let Some(before) = opens
            && alone(lines.get(at + 1), "</")
        {
            for index in [before, at + 1] {
                if let Some(line) = lines.get_mut(index) {
                    line.kept = false;
                }
            }
        }
    }
}

/// What comments say of the question: `<!-- tags: (a,b) -->`,
/// `<!-- expertise: (1) -->`, `<!-- id: clustered-index -->`.
fn keys(file: File<'_>, lines: &mut [Line], draft: &mut Draft) {
    for line in lines.iter_mut().filter(|line| line.kept && !line.code) {
        let text = slice(file, line.span);
        let inner = text
            .trim()
            .strip_prefix("<!--")
            .and_then(|text| text.strip_suffix("-->"));
        let Some((key, value)) = inner.and_then(|inner| inner.split_once(':')) else {
            continue;
        };
        let values = value.trim().trim_start_matches('(').trim_end_matches(')');
        let first = line.span.start() + text.rfind(values).unwrap_or_default();
        let whole = Span::new(first, first + values.len());
        let whole = Flat::of(values, whole, Origin::Exact);
        let mut values = apart(&whole.text, first).into_iter();
        match key.trim().to_ascii_lowercase().as_str() {
            "tags" => draft.tags = values.collect(),
            "expertise" | "level" | "difficulty" => draft.level = values.next(),
            "status" if whole.text == "retired" => draft.retired = true,
            "status" if whole.text == "draft" => draft.unfinished = true,
            "id" if draft.id.is_none() && !whole.text.is_empty() => draft.id = Some(whole),
            _ => continue,
        }
        line.kept = false;
    }
}

/// Values with commas between; the first begins at `start` of the file.
fn apart(values: &str, start: usize) -> Vec<Flat> {
    let mut at = start;
    let mut flats = Vec::new();
    for value in values.split(',') {
        let from = at + (value.len() - value.trim_start().len());
        at += value.len() + 1;
        let value = value.trim();
        if !value.is_empty() {
            let span = Span::new(from, from + value.len());
            flats.push(Flat::of(value, span, Origin::Exact));
        }
    }
    flats
}

/// Takes off the ends what only parts questions: empty lines, rules, `<br>`,
/// comments.
fn furniture(file: File<'_>, lines: &mut [Line]) {
    let mut rules = true;
    for at in (0..lines.len()).rev() {
        let above = at
            .checked_sub(1)
            .and_then(|above| lines.get(above))
            .copied();
        let Some(line) = lines.get_mut(at) else { break };
        let text = slice(file, line.span).trim();
        let bare = text
            .to_ascii_lowercase()
            .replace(' ', "")
            .replace("/>", ">");
        let is_break = [
            "<br>", "</br>", "<hr>", "<p></p>", "<p>", "&nbsp;", "<br><br>",
        ]
        .contains(&bare.as_str());
        // A rule directly below text would make a heading of it.
        let parted = above.is_none_or(|above| {
            !above.kept || slice(file, above.span).trim().is_empty() || above.code
        });
        let is_rule = rules && parted && is_thematic(&bare);
        if !line.kept || text.is_empty() {
            continue;
        }
        // One that allows something is no furniture.
        let is_comment = text.starts_with("<!--") && text.ends_with("-->");
        let is_comment = is_comment && !text.contains("prepdeck-");
        if line.code || !(is_break || is_rule || is_comment) {
            break;
        }
        rules = true;
        line.kept = false;
    }
}

fn is_thematic(text: &str) -> bool {
    let mark = text.chars().next().unwrap_or('x');
    text.len() >= 3 && "-*_".contains(mark) && text.chars().all(|c| c == mark)
}

/// The lines that are kept, without empty ones at the ends.
fn flat(file: File<'_>, lines: &[Line]) -> Flat {
    let shown = |line: &Line| {
        line.kept && (line.mark.is_some() || !slice(file, line.span).trim().is_empty())
    };
    let first = lines.iter().position(shown);
    let last = lines.iter().rposition(shown);
    let mut flat = Flat::default();
    let (Some(first), Some(last)) = (first, last) else {
        return flat;
    };
    for line in lines.get(first..=last).unwrap_or_default() {
        if !line.kept {
            continue;
        }
        if let Some((mark, span)) = line.mark {
            let origin = if span.is_empty() {
                Origin::Gap
            } else {
                Origin::Whole
            };
            flat.push(mark, span, origin);
        }
        let text = slice(file, line.span);
        flat.push(text, line.span, Origin::Exact);
        if !text.ends_with('\n') {
            let end = Span::new(line.span.end(), line.span.end());
            flat.push("\n", end, Origin::Gap);
        }
    }
    flat
}
