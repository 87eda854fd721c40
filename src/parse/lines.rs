//! Lines of a text: where they begin and end, and how far they are indented.

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
