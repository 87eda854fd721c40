//! Flat text: what a reader sees, with a map back to the bytes it came from.

use std::ops::Range;

use crate::source::Span;

/// Stands for code, maths and images, which no pattern may look into.
pub const OBJECT: char = '\u{fffc}';
/// Stands between blocks, so that no pattern crosses from one to the next.
pub const SEPARATOR: &str = "\n\u{1e}\n";

/// Where a piece of flat text came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The source's bytes are the text: an offset within carries over.
    Exact,
    /// Something that reads otherwise than it is written (an entity, a soft
    /// break): it maps as a whole.
    Whole,
    /// A code span, formula or code block, written as [`OBJECT`].
    Code,
    /// Nothing: the gap between blocks.
    Gap,
}

#[derive(Debug, Clone, Copy)]
pub struct Piece {
    /// Offset in the flat text.
    pub flat: usize,
    pub source: Span,
    pub origin: Origin,
}

#[derive(Debug, Clone, Default)]
pub struct Flat {
    pub text: String,
    /// Sorted by `flat`; a piece ends where the next begins.
    pieces: Vec<Piece>,
}

impl Flat {
    /// An empty one with room for what so many bytes of Markdown mostly show.
    pub fn with_room(bytes: usize) -> Flat {
        Flat {
            text: String::with_capacity(bytes),
            pieces: Vec::with_capacity(bytes / 32),
        }
    }

    /// One stretch of text that stands for `source`.
    pub fn of(text: &str, source: Span, origin: Origin) -> Flat {
        let mut flat = Flat::default();
        flat.push(text, source, origin);
        flat
    }

    /// Appends `text`, which stands for `source`; `Exact` only where the bytes are the same.
    pub fn push(&mut self, text: &str, source: Span, origin: Origin) {
        if text.is_empty() {
            return;
        }
        let joins = self.pieces.last().is_some_and(|last| {
            origin == Origin::Exact
                && last.origin == Origin::Exact
                && last.source.end() == source.start()
        });
        match self.pieces.last_mut() {
            Some(last) if joins => last.source = last.source.ending(source.end()),
            _ => self.pieces.push(Piece {
                flat: self.text.len(),
                source,
                origin,
            }),
        }
        self.text.push_str(text);
    }

    /// Ends a block at `offset` of the source.
    pub fn separate(&mut self, offset: usize) {
        if !self.text.is_empty() && !self.text.ends_with(SEPARATOR) {
            self.push(SEPARATOR, Span::new(offset, offset), Origin::Gap);
        }
    }

    /// The source bytes behind a stretch of the flat text.
    pub fn span(&self, range: Range<usize>) -> Span {
        Flat::place(&self.pieces, range)
    }

    /// The source bytes behind a stretch of the text that `pieces` are of.
    pub fn place(pieces: &[Piece], range: Range<usize>) -> Span {
        let after = pieces.partition_point(|piece| piece.flat <= range.start);
        let begin = after.saturating_sub(1);
        let Some(first) = pieces.get(begin).filter(|_| after > 0) else {
            return Span::default();
        };
        let start = match first.origin {
            Origin::Exact => first.source.start() + (range.start - first.flat),
            _ => first.source.start(),
        };
        if range.end <= range.start {
            return Span::new(start, start);
        }
        // A gap at the end is no part of what was found.
        let count = pieces.partition_point(|piece| piece.flat < range.end);
        let found = pieces.get(begin..count).unwrap_or_default();
        let last = found.iter().rfind(|piece| piece.origin != Origin::Gap);
        let end = last.map_or(start, |last| match last.origin {
            Origin::Exact => (last.source.start() + (range.end - last.flat)).min(last.source.end()),
            _ => last.source.end(),
        });
        Span::new(start, end.max(start))
    }

    /// Takes where its text came from, which goes on to grow.
    pub fn take_pieces(&mut self) -> impl Iterator<Item = Piece> + '_ {
        self.pieces.drain(..)
    }

    /// A stretch of it, which begins and ends on character boundaries.
    #[must_use]
    pub fn cut(&self, range: Range<usize>) -> Flat {
        let mut cut = Flat::default();
        let before = self
            .pieces
            .partition_point(|piece| piece.flat <= range.start);
        let first = before.saturating_sub(1);
        for (index, piece) in self.pieces.iter().enumerate().skip(first) {
            if piece.flat >= range.end {
                break;
            }
            let next = self.pieces.get(index + 1);
            let end = next.map_or(self.text.len(), |next| next.flat);
            let (from, to) = (piece.flat.max(range.start), end.min(range.end));
            let source = match piece.origin {
                Origin::Exact => Span::new(
                    piece.source.start() + (from - piece.flat),
                    piece.source.start() + (to - piece.flat),
                ),
                _ => piece.source,
            };
            let text = self.text.get(from..to).unwrap_or_default();
            cut.push(text, source, piece.origin);
        }
        cut
    }

    /// Without white space at its ends.
    #[must_use]
    pub fn trimmed(&self) -> Flat {
        let start = self.text.len() - self.text.trim_start().len();
        self.cut(start..start + self.text.trim().len())
    }

    /// Appends another flat text.
    pub fn append(&mut self, other: &Flat) {
        for (piece, text) in other.pieces(0..other.text.len()) {
            self.push(text, piece.source, piece.origin);
        }
    }

    /// The pieces in `range` of the flat text, each with its text there.
    pub fn pieces(&self, range: Range<usize>) -> impl Iterator<Item = (Piece, &str)> {
        let first = self
            .pieces
            .partition_point(|piece| piece.flat < range.start);
        let rest = self.pieces.get(first..).unwrap_or_default();
        rest.iter()
            .enumerate()
            .take_while(move |(_, piece)| piece.flat < range.end)
            .map(move |(i, &piece)| {
                let end = rest.get(i + 1).map_or(self.text.len(), |next| next.flat);
                (piece, self.text.get(piece.flat..end).unwrap_or_default())
            })
    }
}
