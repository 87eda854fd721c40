//! What stands at a place of a question's source: code or prose.

use crate::markdown::Document;
use crate::markdown::flat::{Flat, Origin};
use crate::source::Span;

/// Code spans, code blocks and formulas, by place.
pub fn code(document: &Document) -> Vec<Span> {
    of(document, Origin::Code)
}

/// Running text that is written as it reads, that of headings included, by place.
pub fn prose(document: &Document) -> Vec<Span> {
    of(document, Origin::Exact)
}

fn of(document: &Document, origin: Origin) -> Vec<Span> {
    let headings = document.headings.iter().map(|heading| &heading.text);
    let flats = headings.chain([&document.prose]);
    let mut spans: Vec<Span> = flats.flat_map(|flat| pieces(flat, origin)).collect();
    spans.sort();
    spans
}

fn pieces(flat: &Flat, origin: Origin) -> impl Iterator<Item = Span> {
    let pieces = flat.pieces(0..flat.text.len());
    let pieces = pieces.filter(move |(piece, _)| piece.origin == origin);
    pieces.map(|(piece, _)| piece.source)
}

/// The one of `places`, sorted and apart from each other, that `offset` is in.
pub fn around(places: &[Span], offset: usize) -> Option<Span> {
    let after = places.partition_point(|place| place.start() <= offset);
    let place = places.get(after.checked_sub(1)?)?;
    place.contains(offset).then_some(*place)
}
