//! The lines of a question, for rules about white space: all below its front
//! matter, and what of them no such rule may look into.

use memchr::memchr_iter;

use crate::markdown::flat::{Flat, Origin};
use crate::source::Span;
use crate::verdict::Asked;

/// The lines below the front matter, each without its end.
pub fn lines<'a>(asked: &Asked<'a>) -> impl Iterator<Item = Span> + 'a {
    let question = asked.question;
    let meta = question.meta.span;
    let start = question.span.start().max(meta.end());
    let text = asked.source.slice(Span::new(start, question.span.end()));
    let ends = memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
    // What stands behind the last end is a line, if anything does.
    let last = Some(text.len()).filter(|_| !text.is_empty() && !text.ends_with('\n'));
    let lines = ends.chain(last).scan(0, move |at, end| {
        let line = text.get(*at..end).unwrap_or_default();
        let first = start + *at;
        *at = end;
        let words = line.trim_end_matches(['\n', '\r']).len();
        Some(Span::new(first, first + words))
    });
    // Front matter ends within its last line.
    lines.skip(usize::from(!meta.is_empty()))
}

/// Stretches of a source that keep their white space, in order.
pub struct Kept(Vec<Span>);

impl Kept {
    /// Code, formulas, and raw HTML.
    pub fn of(asked: &Asked<'_>) -> Kept {
        let document = asked.document();
        let headings = document.headings.iter().map(|heading| &heading.text);
        let flats = headings.chain([&document.prose]);
        let mut spans: Vec<Span> = flats.flat_map(codes).collect();
        spans.extend(&document.html);
        // What indents code makes it code.
        let indented = document.codes.iter().filter(|code| code.fence.is_none());
        spans.extend(indented.map(|code| {
            let line = asked.source.line_span(code.span.start());
            Span::new(line.start(), code.span.start())
        }));
        spans.sort();
        Kept(spans)
    }

    pub fn touches(&self, span: Span) -> bool {
        let behind = self.0.partition_point(|kept| kept.end() <= span.start());
        self.0
            .get(behind)
            .is_some_and(|kept| kept.start() < span.end().max(span.start() + 1))
    }
}

fn codes(flat: &Flat) -> impl Iterator<Item = Span> {
    let pieces = flat.pieces(0..flat.text.len());
    pieces
        .filter(|(piece, _)| piece.origin == Origin::Code)
        .map(|(piece, _)| piece.source)
}
