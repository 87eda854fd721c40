//! The questions of a file laid out as questions are read, where they do not
//! stand so in the file; with the place in the file of every byte.
//!
//! All that looks at a question looks at its page. What it says is brought
//! back to the file at the end, where findings are made.

use crate::finding::Edit;
use crate::markdown::flat::{Flat, Origin, Piece};
use crate::source::{Source, Span};

/// How the file writes text: an edit has to be written the same way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    Markdown,
    /// Within the quotes of a JSON string.
    Json,
    /// Within or without the quotes of a cell; what separates cells.
    Cells(char),
}

#[derive(Debug)]
pub struct Page {
    /// Named as the file is; its text is the page.
    pub source: Source,
    pieces: Pieces,
    writing: Writing,
}

/// Where the text of a page came from, at half of the size of [`Piece`]: a file
/// may have many millions. What lies beyond 4 GiB is as if at the end.
#[derive(Debug, Default)]
pub struct Pieces(Vec<Packed>);

#[derive(Debug, Clone, Copy)]
struct Packed {
    flat: u32,
    start: u32,
    end: u32,
    origin: Origin,
}

impl Pieces {
    /// Takes the pieces out of a text that is being written.
    pub fn take(&mut self, flat: &mut Flat) {
        let pack = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.0.extend(flat.take_pieces().map(|piece| Packed {
            flat: pack(piece.flat),
            start: pack(piece.source.start),
            end: pack(piece.source.end),
            origin: piece.origin,
        }));
    }

    /// The place in the file of a stretch of the page.
    pub fn place(&self, span: Span) -> Span {
        let first = self.up_to(span.start).saturating_sub(1);
        let last = self.before(span.end).max(first + 1);
        Flat::place(&self.window(first, last), span.range())
    }

    /// How many begin at or before `at`.
    fn up_to(&self, at: usize) -> usize {
        self.0.partition_point(|piece| piece.flat as usize <= at)
    }

    /// How many begin before `at`.
    fn before(&self, at: usize) -> usize {
        self.0.partition_point(|piece| (piece.flat as usize) < at)
    }

    fn window(&self, first: usize, last: usize) -> Vec<Piece> {
        let window = self.0.get(first..last).unwrap_or_default();
        let unpacked = window.iter().map(|piece| Piece {
            flat: piece.flat as usize,
            source: Span::new(piece.start as usize, piece.end as usize),
            origin: piece.origin,
        });
        unpacked.collect()
    }
}

impl Page {
    /// The page whose text is that of `source`, with the pieces that it is of.
    pub fn new(mut source: Source, mut pieces: Pieces, writing: Writing) -> Page {
        source.text.shrink_to_fit();
        pieces.0.shrink_to_fit();
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

    /// An edit of the page as one of the file; None where the file has no such
    /// text in one piece, or cannot take it there.
    pub fn edit(&self, file: &str, edit: &Edit) -> Option<Edit> {
        let Span { start, end } = edit.span;
        if start == end {
            return self.insertion(file, start, &edit.text);
        }
        let first = self.pieces.up_to(start).checked_sub(1)?;
        let touched = self.pieces.window(first, self.pieces.before(end));
        if touched.iter().any(|piece| piece.origin == Origin::Gap) {
            return None;
        }
        // Between two pieces, only indentation was left out.
        let whole = touched.windows(2).all(|pair| match pair {
            [one, next] => file
                .get(one.source.end..next.source.start)
                .is_some_and(|gap| gap.chars().all(|c| c == ' ' || c == '\t')),
            _ => true,
        });
        let span = self.place(edit.span);
        let mut text = self.written(file, span, &edit.text)?;
        if self.writing == Writing::Markdown && text.is_empty() && parts_lines(file, span) {
            text.push('\n');
        }
        whole.then(|| Edit::new(span, text))
    }

    fn insertion(&self, file: &str, at: usize, text: &str) -> Option<Edit> {
        let after = self.pieces.up_to(at);
        let piece = |index: usize| self.pieces.window(index, index + 1).pop();
        let own = after.checked_sub(1).and_then(piece)?;
        let place = if own.origin == Origin::Exact && at > own.flat {
            own.source.start + (at - own.flat)
        } else if own.flat == at
            && let Some(before) = after.checked_sub(2).and_then(piece)
            && before.origin == Origin::Exact
        {
            before.source.end
        } else if own.origin == Origin::Exact {
            own.source.start
        } else {
            return None;
        };
        let span = Span::new(place, place);
        Some(Edit::new(span, self.written(file, span, text)?))
    }

    /// `text` as the file writes it at `span`.
    fn written(&self, file: &str, span: Span, text: &str) -> Option<String> {
        match self.writing {
            // The lines below may need an indentation that is not known here.
            Writing::Markdown => {
                let before = file.get(..span.start)?;
                let line = before.rfind('\n').map_or(0, |at| at + 1);
                let indented = before.get(line..)?.starts_with([' ', '\t']);
                (!indented || !text.contains('\n')).then(|| text.to_string())
            }
            Writing::Json => {
                let quoted = serde_json::to_string(text).ok()?;
                let inner = quoted.strip_prefix('"')?.strip_suffix('"')?;
                Some(inner.to_string())
            }
            // Whether quotes stand around the cell is not known here.
            Writing::Cells(separator) => {
                let plain = !text.contains(['"', '\n', '\r', separator]);
                plain.then(|| text.to_string())
            }
        }
    }
}

/// Whether `span` is whole lines between two that are not empty: on the page,
/// other lines may stand there, and those of the file must not become one block.
fn parts_lines(file: &str, span: Span) -> bool {
    let before = file.get(..span.start).unwrap_or_default();
    let lines = file.get(span.range()).unwrap_or_default();
    let after = file.get(span.end..).unwrap_or_default();
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
            let edit = page.edit(&file.text, &Edit::new(Span::new(start, end), text))?;
            Some((edit.span.start, edit.span.end, edit.text))
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
}
