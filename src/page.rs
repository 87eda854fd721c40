//! The questions of a file laid out as questions are read, where they do not
//! stand so in the file; with the place in the file of every byte.
//!
//! All that looks at a question looks at its page. What it says is brought
//! back to the file at the end, where findings are made.

mod pieces;

use crate::finding::Edit;
use crate::markdown::flat::Origin;
use crate::source::{Source, Span};

pub use pieces::Pieces;

/// How the file writes text: an edit has to be written the same way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    Markdown,
    /// Within the quotes of a JSON string.
    Json,
    /// In a cell, with or without quotes around it; what separates cells.
    Cells(char),
}

/// Further into a row than this, in bytes, no edit that needs quotes is made:
/// each looks at the row from its beginning.
const MAX_ROW: usize = 64 * 1024;
/// A longer cell, in bytes, gets no quotes: each edit would hold a copy of it.
const MAX_CELL: usize = 4096;

#[derive(Debug)]
pub struct Page {
    /// Named as the file is; its text is the page.
    pub source: Source,
    pieces: Pieces,
    writing: Writing,
}

impl Page {
    /// The page whose text is that of `source`, with the pieces that it is of.
    pub fn new(mut source: Source, mut pieces: Pieces, writing: Writing) -> Page {
        source.text.shrink_to_fit();
        pieces.shrink_to_fit();
        Page {
            source,
            pieces,
            writing,
        }
    }

    /// The place in the file of a stretch of the page.
    pub fn place(&self, span: Span) -> Span {
        self.pieces.place(span)
    }

    /// Edits of the page as some of the file, which make one change; None where
    /// the file has no such text in one piece, or cannot take it there.
    pub fn edits(&self, file: &str, edits: &[Edit]) -> Option<Vec<Edit>> {
        let placed = edits.iter().map(|edit| self.placed(file, edit));
        let placed = placed.collect::<Option<Vec<Edit>>>()?;
        if let Writing::Cells(separator) = self.writing {
            let row = || self.row(edits.first()?.span.start());
            return in_cells(file, row, placed, separator);
        }
        let written = placed.into_iter().map(|edit| self.written(file, edit));
        written.collect()
    }

    /// An edit of the page at its place in the file, its text as on the page.
    fn placed(&self, file: &str, edit: &Edit) -> Option<Edit> {
        let (start, end) = (edit.span.start(), edit.span.end());
        if start == end {
            return self.insertion(start, &edit.text);
        }
        let touched = self.pieces.over(edit.span);
        if touched.is_empty() || touched.iter().any(|piece| piece.origin == Origin::Gap) {
            return None;
        }
        // Between two pieces, only indentation was left out.
        let whole = touched.windows(2).all(|pair| match pair {
            [one, next] => file
                .get(one.source.end()..next.source.start())
                .is_some_and(|gap| gap.chars().all(|c| c == ' ' || c == '\t')),
            _ => true,
        });
        let span = self.place(edit.span);
        whole.then(|| Edit::new(span, edit.text.clone()))
    }

    fn insertion(&self, at: usize, text: &str) -> Option<Edit> {
        let mut back = self.pieces.back_from(at);
        let own = back.next()?;
        let place = if own.origin == Origin::Exact && at > own.flat {
            own.source.start() + (at - own.flat)
        } else if own.flat == at
            && let Some(before) = back.next()
            && before.origin == Origin::Exact
        {
            before.source.end()
        } else if own.origin == Origin::Exact {
            own.source.start()
        } else {
            return None;
        };
        Some(Edit::new(Span::new(place, place), text))
    }

    /// The edit with its text as the file writes it.
    fn written(&self, file: &str, mut edit: Edit) -> Option<Edit> {
        if self.writing == Writing::Json {
            let quoted = serde_json::to_string(&edit.text).ok()?;
            let inner = quoted.strip_prefix('"')?.strip_suffix('"')?;
            return Some(Edit::new(edit.span, inner));
        }
        // The lines below may need an indentation that is not known here.
        let before = file.get(..edit.span.start())?;
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let indented = before.get(line..)?.starts_with([' ', '\t']);
        if edit.text.is_empty() && parts_lines(file, edit.span) {
            edit.text.push('\n');
            return Some(edit);
        }
        (!indented || !edit.text.contains('\n')).then_some(edit)
    }

    /// Where the record begins in the file that stands at `at` on the page: the
    /// marks of its heading have that place.
    fn row(&self, at: usize) -> Option<usize> {
        let heading = self.pieces.back_from(at).take(MAX_ROW / 2).find(|piece| {
            let text = self.source.text.get(piece.flat..);
            piece.origin == Origin::Gap && text.is_some_and(|text| text.starts_with("###### "))
        });
        heading.map(|piece| piece.source.start())
    }
}

/// Edits as the cells of a table take them: in quotes, quotes are written
/// twice; a cell without any gets them where the new text needs them.
fn in_cells(
    file: &str,
    row: impl Fn() -> Option<usize>,
    edits: Vec<Edit>,
    separator: char,
) -> Option<Vec<Edit>> {
    let needs_quotes = |edit: &Edit| {
        let after = file.get(edit.span.end()..).unwrap_or_default();
        // What is cut off before a quote would make it one that opens.
        let opens = edit.text.is_empty() && after.starts_with('"');
        opens || edit.text.contains(['"', '\n', '\r', separator])
    };
    if !edits.iter().any(needs_quotes) {
        return Some(edits);
    }
    let row = row()?;
    let doubled = |text: &str| text.replace('"', "\"\"");
    let cells = edits
        .iter()
        .map(|edit| cell(file, row, edit.span, separator));
    let cells = cells.collect::<Option<Vec<Cell>>>()?;
    let mut own: Vec<(Edit, Cell)> = edits.into_iter().zip(cells).collect();
    let mut written = Vec::with_capacity(own.len());
    for group in own.chunk_by_mut(|(_, one), (_, next)| one.span == next.span) {
        let cell = group.first()?.1;
        for (edit, _) in group.iter_mut() {
            edit.text = doubled(&edit.text);
        }
        if cell.quoted {
            written.extend(group.iter().map(|(edit, _)| edit.clone()));
            continue;
        }
        if cell.span.end() - cell.span.start() > MAX_CELL {
            return None;
        }
        // The whole cell is written anew, with all edits in it.
        let mut text = "\"".to_string();
        let mut from = cell.span.start();
        for (edit, _) in group.iter() {
            text.push_str(&doubled(file.get(from..edit.span.start())?));
            text.push_str(&edit.text);
            from = edit.span.end();
        }
        text.push_str(&doubled(file.get(from..cell.span.end())?));
        text.push('"');
        written.push(Edit::new(cell.span, text));
    }
    Some(written)
}

/// A cell of a table: what stands between its separators.
#[derive(Debug, Clone, Copy)]
struct Cell {
    span: Span,
    quoted: bool,
}

/// The cell that `span` is of, in the row that begins at `row`. None where it is
/// of none, or of one whose quotes are broken.
fn cell(file: &str, row: usize, span: Span, separator: char) -> Option<Cell> {
    if span.end().checked_sub(row)? > MAX_ROW {
        return None;
    }
    let mut start = row;
    loop {
        let rest = file.get(start..)?;
        let quoted = rest.starts_with('"');
        // Behind every second quote, the text is outside of them.
        let mut inside = false;
        let mut near = rest.char_indices().take_while(|(at, _)| *at <= MAX_ROW);
        let end = near.find(|&(_, c)| {
            inside ^= quoted && c == '"';
            !inside && (c == separator || c == '\n' || c == '\r')
        });
        let end = match end {
            Some((at, _)) => start + at,
            None if rest.len() <= MAX_ROW => file.len(),
            None => return None,
        };
        if span.end() <= end {
            let own = Span::new(start, end);
            let closed = file.get(own.range())?.strip_suffix('"');
            let within = span.start() > start && span.end() < end;
            let sound = !quoted || (closed.is_some() && within && !inside);
            return sound.then_some(Cell { span: own, quoted });
        }
        if !file.get(end..)?.starts_with(separator) {
            return None;
        }
        start = end + separator.len_utf8();
    }
}

/// Whether `span` is whole lines between two that are not empty: on the page,
/// other lines may stand there, and those of the file must not become one block.
fn parts_lines(file: &str, span: Span) -> bool {
    let before = file.get(..span.start()).unwrap_or_default();
    let lines = file.get(span.range()).unwrap_or_default();
    let after = file.get(span.end()..).unwrap_or_default();
    let above = before.trim_end_matches([' ', '\t', '\r']);
    let above = above
        .strip_suffix('\n')
        .map(|above| !above.ends_with(['\n', '\r']));
    let below = after.trim_start_matches([' ', '\t']);
    above == Some(true)
        && lines.ends_with('\n')
        && !below.is_empty()
        && !below.starts_with(['\n', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::flat::Flat;

    /// A page that drops the indentation of its second line.
    fn page(file: &Source) -> Page {
        let mut laid = Flat::default();
        laid.push("### ", Span::new(0, 0), Origin::Gap);
        laid.push("What\n", Span::new(0, 5), Origin::Exact);
        laid.push("body\n", Span::new(9, 14), Origin::Exact);
        let mut pieces = Pieces::default();
        pieces.take(&mut laid);
        let source = Source::new(file.path.clone(), file.shown.clone(), laid.text);
        Page::new(source, pieces, Writing::Markdown)
    }

    #[test]
    fn an_edit_lands_where_the_file_has_the_text() {
        let file = Source::new("a".into(), "a".into(), "What\n    body\n".into());
        let page = page(&file);
        let edit = |start, end, text: &str| {
            let edits = [Edit::new(Span::new(start, end), text)];
            let edit = page.edits(&file.text, &edits)?.pop()?;
            Some((edit.span.start(), edit.span.end(), edit.text))
        };
        assert_eq!(edit(8, 8, "?"), Some((4, 4, "?".to_string())));
        assert_eq!(edit(9, 13, "text"), Some((9, 13, "text".to_string())));
        assert_eq!(edit(8, 10, ""), Some((4, 10, String::new())));
        assert_eq!(edit(0, 5, "x"), None, "the marks stand on the page alone");
        assert_eq!(
            edit(11, 11, "a\nb"),
            None,
            "the new line would need indentation"
        );
        assert_eq!(page.place(Span::new(4, 13)), Span::new(0, 13));
    }

    #[test]
    fn an_edit_of_a_cell_is_quoted_as_the_cell_needs_it() {
        // What `old` in the row becomes, where `new` is to stand for it.
        let edited = |row: &str, old: &str, new: &str| {
            let file = Source::new("a".into(), "a".into(), format!("q,a\n{row}\n"));
            let start = file.text.rfind(old)?;
            let mut laid = Flat::default();
            laid.push("###### ", Span::new(4, 4), Origin::Gap);
            let span = Span::new(start, start + old.len());
            laid.push(old, span, Origin::Exact);
            let mut pieces = Pieces::default();
            pieces.take(&mut laid);
            let source = Source::new("a".into(), "a".into(), laid.text);
            let page = Page::new(source, pieces, Writing::Cells(','));
            let own = Edit::new(Span::new(7, 7 + old.len()), new);
            let edit = page.edits(&file.text, &[own])?.pop()?;
            let mut text = file.text.clone();
            text.replace_range(edit.span.range(), &edit.text);
            Some(text.trim_start_matches("q,a\n").trim_end().to_string())
        };
        let is = |text: &str| Some(text.to_string());
        assert_eq!(edited("x,old", "old", "new"), is("x,new"));
        assert_eq!(edited("x,an old", "old", "a,b"), is("x,\"an a,b\""));
        assert_eq!(
            edited("x,5\" old", "old", "\"b\""),
            is("x,\"5\"\" \"\"b\"\"\"")
        );
        assert_eq!(
            edited("\"x,\"\"\",\"an old\"", "old", "\"b\""),
            is("\"x,\"\"\",\"an \"\"b\"\"\"")
        );
        assert_eq!(edited("x,old\"b\"", "old", ""), is("x,\"\"\"b\"\"\""));
        assert_eq!(
            edited("x,\"an old", "old", "a,b"),
            None,
            "its quote never closes"
        );
    }
}
