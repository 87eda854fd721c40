//! Choices with boxes in the lines below a question: boxes are written as
//! Markdown knows them, and what stands between them is that of the choice above.

use std::ops::Range;

use crate::markdown::flat::Flat;
use crate::source::Span;

use super::body::{File, Line, slice};
use super::looks::source_behind;

/// No question has more choices.
const MAX_CHOICES: usize = 100;

/// Boxes that Markdown does not know as such, `- \[ ]` or `- []`, are written
/// as ones where they are choices: there are several, and one is the right one.
pub fn known(file: File<'_>, lines: &mut [Line]) {
    let mut found: Vec<(usize, Checkbox)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.kept && !line.code && line.mark.is_none() {
            found.extend(read_box(slice(file, line.span)).map(|own| (at, own)));
        }
    }
    if found.len() < 2 || !found.iter().any(|(_, own)| own.checked) {
        return;
    }
    for (at, own) in found.into_iter().filter(|(_, own)| !own.known) {
        if let Some(line) = lines.get_mut(at) {
            let start = line.span.start();
            let mark = if own.checked { "- [x] " } else { "- [ ] " };
            line.mark = Some((mark, Span::new(start, start + own.length)));
            line.span = line.span.starting(start + own.length);
        }
    }
}

/// Whether a list of choices stands in `text`, code apart.
pub fn has_choices(text: &str) -> bool {
    let mut fenced = false;
    let boxes = text.lines().filter(|line| {
        let fence = line.trim_start().starts_with("```");
        fenced = fenced != fence;
        !fenced && !fence && read_box(line).is_some_and(|own| own.known)
    });
    boxes.take(2).count() == 2
}

/// How long the box is that the words of an item begin with: who studies a list
/// of questions ticks them off.
pub fn tick(words: &str) -> usize {
    let inner = words.strip_prefix('[').unwrap_or_default();
    let Some((mark, behind)) = inner.split_once(']') else {
        return 0;
    };
    let text = behind.trim_start_matches([' ', '\t']);
    let is_tick = matches!(mark, " " | "" | "x" | "X") && text.len() < behind.len();
    if is_tick { words.len() - text.len() } else { 0 }
}

/// A list without the boxes of its items.
pub fn unticked(list: &Flat) -> Flat {
    let mut out = Flat::default();
    let mut fenced = false;
    let mut at = 0;
    for line in list.text.split_inclusive('\n') {
        let bare = line.trim_start();
        fenced = fenced != bare.starts_with("```");
        let from = bare.find('[').unwrap_or_default();
        let is_box = !fenced && read_box(bare).is_some_and(|own| own.known);
        let words = bare.get(from..).unwrap_or_default();
        let ticked = if is_box { tick(words) } else { 0 };
        let start = at + line.len() - words.len();
        out.append(&list.cut(at..start));
        out.append(&list.cut(start + ticked..at + line.len()));
        at += line.len();
    }
    out
}

/// Whether a list of choices begins `text`, and one of them is the right one.
pub fn is_choices(text: &str) -> bool {
    let first = read_box(text).is_some_and(|own| own.known);
    let boxes = text.lines().filter_map(read_box);
    first && has_choices(text) && boxes.take(MAX_CHOICES).any(|own| own.checked)
}

/// Whether a line is a choice that is the right one.
pub fn is_checked(line: &str) -> bool {
    read_box(line).is_some_and(|own| own.checked)
}

/// A box at the beginning of a line.
struct Checkbox {
    checked: bool,
    /// Whether Markdown takes it for one.
    known: bool,
    /// Of all before the text.
    length: usize,
}

fn read_box(line: &str) -> Option<Checkbox> {
    let bullet = line.strip_prefix(['-', '*', '+'])?;
    let opening = bullet.trim_start_matches([' ', '\t']);
    let inner = opening.trim_start_matches('\\').strip_prefix('[')?;
    let (inner, behind) = inner.split_once(']')?;
    let written = inner.trim_end_matches('\\');
    let checked = match written.trim() {
        "x" | "X" => true,
        "" => false,
        _ => return None,
    };
    let apart = behind.trim().is_empty() || behind.starts_with([' ', '\t']);
    let escaped = opening.starts_with('\\') || written.len() < inner.len();
    let text = behind.trim_start_matches([' ', '\t']);
    (apart && inner.len() <= 4).then_some(Checkbox {
        checked,
        known: !escaped && inner.len() == 1 && opening.len() < bullet.len(),
        length: line.len() - text.len(),
    })
}

/// Indents what stands between boxes, so that it is the choice's above it and
/// the list goes on: code, a numbered list, and below an empty box whatever is
/// its text. Below the last box, code or such a list is that one's if
/// others have some.
pub fn between(file: File<'_>, lines: &mut [Line]) {
    let is_box = |line: &Line| is_box(file, line);
    let Some(first) = lines.iter().position(is_box) else {
        return;
    };
    bullets_above(file, lines, first);
    let mut at = first;
    let (mut codes, mut lists) = (false, false);
    loop {
        let empty = lines.get(at).is_some_and(|line| is_empty(file, line));
        let mut own = own_block(file, lines, at + 1, empty);
        let begins = lines.get(own.start);
        let is_code = begins.is_some_and(|line| line.code);
        let is_list = begins.is_some_and(|line| is_numbered(slice(file, line.span)));
        let after = |end: usize| {
            let below = lines.get(end..).unwrap_or_default();
            let blank = |line: &&Line| is_blank(file, line);
            end + below.iter().take_while(blank).count()
        };
        let next = after(own.end);
        let goes_on = lines.get(next).is_some_and(is_box);
        let as_others = (is_code && (codes || empty)) || (is_list && lists);
        if !(goes_on || as_others) {
            own = own.start..own.start;
        }
        indent(file, lines, own.clone());
        if empty && !own.is_empty() {
            // An item that begins with two empty lines is over.
            for line in lines.get_mut(at + 1..own.start).unwrap_or_default() {
                line.kept &= !is_blank(file, line);
            }
        }
        if !goes_on {
            bullets_below(file, lines, at + 1);
            return;
        }
        codes |= is_code && !own.is_empty();
        lists |= is_list && !own.is_empty();
        at = next;
    }
}

/// The lines below a choice that are its own though they are not indented; the
/// choice's text begins above line `from`. An empty range where there are none.
fn own_block(file: File<'_>, lines: &[Line], from: usize, empty: bool) -> Range<usize> {
    let text = |line: &Line| slice(file, line.span);
    let indented =
        |line: &&Line| is_blank(file, line) || (!line.code && text(line).starts_with([' ', '\t']));
    let below = lines.get(from..).unwrap_or_default();
    let start = from + below.iter().take_while(indented).count();
    let none = start..start;
    let Some(first) = lines.get(start).filter(|line| !is_box(file, line)) else {
        return none;
    };
    let below = lines.get(start..).unwrap_or_default();
    let written = text(first);
    if first.code {
        let fence = written.starts_with("```") || written.starts_with("~~~");
        let length = below.iter().take_while(|line| line.code).count();
        return if fence { start..start + length } else { none };
    }
    // An empty box that has its text indented needs no other.
    let has_text = lines.get(from..start).unwrap_or_default();
    let has_text = has_text.iter().any(|line| !is_blank(file, line));
    let bullet = written.starts_with(['-', '*', '+', '#']);
    let is_text = empty && !has_text && !bullet;
    if !is_text && !is_numbered(written) {
        return none;
    }
    let own = |line: &&Line| !is_blank(file, line) && !is_box(file, line);
    start..start + below.iter().take_while(own).count()
}

fn is_numbered(text: &str) -> bool {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    digits.len() < text.len() && (digits.starts_with(". ") || digits.starts_with(") "))
}

fn is_box(file: File<'_>, line: &Line) -> bool {
    let marked = line.mark.is_some_and(|(mark, _)| mark.starts_with("- ["));
    let read = || read_box(slice(file, line.span));
    line.kept && !line.code && (marked || read().is_some_and(|own| own.known))
}

/// Whether a box has no text in its line.
fn is_empty(file: File<'_>, line: &Line) -> bool {
    let text = slice(file, line.span);
    if line.mark.is_some() {
        return text.trim().is_empty();
    }
    let behind = read_box(text).and_then(|own| text.get(own.length..));
    behind.is_some_and(|behind| behind.trim().is_empty())
}

fn is_blank(file: File<'_>, line: &Line) -> bool {
    !line.kept || (line.mark.is_none() && slice(file, line.span).trim().is_empty())
}

fn indent(file: File<'_>, lines: &mut [Line], range: Range<usize>) {
    for line in lines.get_mut(range).unwrap_or_default() {
        if !slice(file, line.span).trim().is_empty() {
            line.mark = Some(("  ", Span::new(line.span.start(), line.span.start())));
        }
    }
}

/// Bullets directly above the choices, an empty line between, are a list of
/// their own.
fn bullets_above(file: File<'_>, lines: &mut [Line], first: usize) {
    let Some(bullet) = bullet_of(file, lines.get(first)) else {
        return;
    };
    let above = lines.get_mut(..first).unwrap_or_default();
    let mut apart = false;
    for line in above.iter_mut().rev() {
        if is_blank(file, line) {
            apart = true;
        } else if !apart || !goes_on(file, line, bullet) {
            return;
        } else {
            turn(file, line, bullet);
        }
    }
}

/// As [`bullets_above`], below the last choice, which ends above line `from`.
fn bullets_below(file: File<'_>, lines: &mut [Line], from: usize) {
    let last = from.checked_sub(1).and_then(|last| {
        let above = lines.get(..=last)?;
        above.iter().rfind(|line| is_box(file, line))
    });
    let Some(bullet) = bullet_of(file, last) else {
        return;
    };
    let mut apart = false;
    for line in lines.get_mut(from..).unwrap_or_default() {
        if is_blank(file, line) {
            apart = true;
        } else if !goes_on(file, line, bullet) {
            return;
        } else if apart || is_source(file, line) {
            turn(file, line, bullet);
            apart = true;
        }
    }
}

/// Whether a bullet only names where its list is from.
fn is_source(file: File<'_>, line: &Line) -> bool {
    let words = slice(file, line.span).trim_start_matches(['-', '*', '+', ' ']);
    let words = words.trim_end();
    words.starts_with('[') && source_behind(words).is_some_and(|(end, _)| end == 0)
}

/// What the list of a box has for bullets.
fn bullet_of(file: File<'_>, line: Option<&Line>) -> Option<char> {
    let line = line?;
    match line.mark {
        Some((mark, _)) => mark.chars().next(),
        None => slice(file, line.span).chars().next(),
    }
}

/// Whether a line is one of a list with such bullets.
fn goes_on(file: File<'_>, line: &Line, bullet: char) -> bool {
    let text = slice(file, line.span);
    let item = text.strip_prefix(bullet);
    let item = item.is_some_and(|rest| rest.starts_with([' ', '\t']));
    !is_box(file, line) && ((item && !line.code) || text.starts_with([' ', '\t']))
}

/// Another bullet begins another list.
fn turn(file: File<'_>, line: &mut Line, bullet: char) {
    if line.mark.is_none() && slice(file, line.span).starts_with(bullet) {
        let start = line.span.start();
        let other = if bullet == '*' { "-" } else { "*" };
        line.mark = Some((other, Span::new(start, start + 1)));
        line.span = line.span.starting(start + 1);
    }
}
