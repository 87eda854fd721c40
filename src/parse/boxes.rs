//! Choices in the lines below a question: lettered ones become a list of boxes,
//! and code that stands between boxes is that of the choice above it.

use std::ops::Range;

use crate::source::Span;

use super::body::{File, Line, indentation, slice};
use super::looks::choice_letter;

/// Lettered choices become a list of boxes, where the right ones are known.
pub fn lettered(file: File<'_>, lines: &mut [Line], right: &[char]) {
    if right.is_empty() {
        return;
    }
    let mut begun = None;
    for line in lines.iter_mut().filter(|line| line.kept && !line.code) {
        let text = slice(file, line.span);
        let Some((letter, length)) = choice_letter(text) else {
            continue;
        };
        // The first is `A` or `1`; what follows may skip a letter or repeat one.
        let indent = indentation(text, usize::MAX);
        if begun.is_none() && matches!(letter, 'a' | '1') {
            begun = Some(indent);
        }
        if begun != Some(indent) {
            continue;
        }
        let mark = if right.contains(&letter) {
            "- [x] "
        } else {
            "- [ ] "
        };
        let start = line.span.start();
        line.mark = Some((mark, Span::new(start, start + length)));
        line.span = line.span.starting(line.span.start() + length);
    }
}

/// Indents code that stands between boxes, so that it is the choice's above it
/// and the list goes on. Below the last box, code is that one's if others have
/// some.
pub fn code(file: File<'_>, lines: &mut [Line]) {
    let is_box = |line: &Line| line.kept && !line.code && begins_box(slice(file, line.span));
    let mut boxes = lines.iter().enumerate();
    let Some(first) = boxes.find(|(_, line)| is_box(line)).map(|(at, _)| at) else {
        return;
    };
    let mut at = first;
    let mut others = false;
    loop {
        let own = own_code(file, lines, at + 1);
        let below = lines.get(own.end..).unwrap_or_default();
        let blank = |line: &&Line| !line.kept || slice(file, line.span).trim().is_empty();
        let gap = below.iter().take_while(blank).count();
        let next = own.end + gap;
        let goes_on = lines.get(next).is_some_and(is_box);
        if goes_on || others {
            indent(file, lines, own.clone());
        }
        if !goes_on {
            return;
        }
        others |= !own.is_empty();
        at = next;
    }
}

/// The lines of code below a choice's text, which begins above line `from`;
/// an empty range where it ends without.
fn own_code(file: File<'_>, lines: &[Line], from: usize) -> Range<usize> {
    let text = |line: &Line| slice(file, line.span);
    let own = |line: &&Line| {
        let text = text(line);
        text.trim().is_empty() || (!line.code && text.starts_with([' ', '\t']))
    };
    let below = lines.get(from..).unwrap_or_default();
    let start = from + below.iter().take_while(own).count();
    let fence = |line: &Line| text(line).starts_with("```") || text(line).starts_with("~~~");
    if !lines
        .get(start)
        .is_some_and(|line| line.code && fence(line))
    {
        return start..start;
    }
    let below = lines.get(start..).unwrap_or_default();
    start..start + below.iter().take_while(|line| line.code).count()
}

fn indent(file: File<'_>, lines: &mut [Line], range: Range<usize>) {
    for line in lines.get_mut(range).unwrap_or_default() {
        if !slice(file, line.span).trim().is_empty() {
            line.mark = Some(("  ", Span::new(line.span.start(), line.span.start())));
        }
    }
}

fn begins_box(line: &str) -> bool {
    let inner = line.strip_prefix(['-', '*', '+']).map(str::trim_start);
    let inner = inner.and_then(|inner| inner.strip_prefix('['));
    inner.is_some_and(|inner| {
        let mark = inner.starts_with([' ', 'x', 'X']);
        mark && inner.get(1..).is_some_and(|rest| rest.starts_with(']'))
    })
}
