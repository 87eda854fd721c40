//! Lines of a text: where they begin and end, how far they are indented, and
//! whether the last one closes a fence.

use crate::source::Span;

/// The start of the line that `offset` is on.
pub fn line_start(text: &str, offset: usize) -> usize {
    let before = text.get(..offset).unwrap_or_default();
    before.rfind('\n').map_or(0, |at| at + 1)
}

/// The end of the line that `offset` is on, its line end included.
pub fn line_end(text: &str, offset: usize) -> usize {
    let rest = text.get(offset..).unwrap_or_default();
    rest.find('\n').map_or(text.len(), |at| offset + at + 1)
}

/// Columns that `text` takes; a tab goes to the next multiple of four.
pub fn columns(text: &str) -> usize {
    text.chars().fold(0, |columns, c| match c {
        '\t' => columns + 4 - columns % 4,
        _ => columns + 1,
    })
}

/// Whether the last line of a fence closes it.
pub fn is_closed(text: &str, fence: Span) -> bool {
    let written = text.get(fence.range()).unwrap_or_default().trim_end();
    let first = written.trim_start();
    let mark = first.chars().next().unwrap_or('`');
    let width = first.chars().take_while(|&c| c == mark).count();
    let last = written
        .rsplit_once('\n')
        .map_or("", |(_, last)| last)
        .trim();
    last.chars().count() >= width && last.chars().all(|c| c == mark)
}
