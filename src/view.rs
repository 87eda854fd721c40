//! The one line of a source that a message points into, made safe to draw.
//!
//! miette reads columns from what a source code gives it and scans the whole
//! text for each span; a view gives it one line, and says where that line is.

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::source::{Source, Span};
use crate::visible::{push_visible, visible};

/// Characters shown before the span, within it, and behind it.
const BEFORE: usize = 40;
const WITHIN: usize = 80;
const AFTER: usize = 60;

#[derive(Debug)]
pub struct View {
    name: String,
    /// The line, cut around the span.
    text: String,
    /// From 0, in the source.
    line: usize,
    column: usize,
}

impl SourceCode for View {
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let whole = SourceSpan::from((0, self.text.len()));
        let contents = MietteSpanContents::new_named(
            self.name.clone(),
            self.text.as_bytes(),
            whole,
            self.line,
            self.column,
            1,
        );
        Ok(Box::new(contents))
    }
}

/// The line on which `span` begins, and the label that underlines what of the
/// span stands on it.
pub fn view(source: &Source, span: Span, label: Option<String>) -> (View, LabeledSpan) {
    let line = source.line_span(span.start());
    let start = span.start().clamp(line.start(), line.end());
    let end = span.end().clamp(start, line.end());
    let mut text = String::new();

    let before = source.slice(Span::new(line.start(), start));
    let hidden = before.chars().count().saturating_sub(BEFORE);
    if hidden > 0 {
        text.push('…');
    }
    before
        .chars()
        .skip(hidden)
        .for_each(|c| push_visible(&mut text, c));

    let label_start = text.len();
    let whole = push_cut(&mut text, source.slice(Span::new(start, end)), WITHIN);
    let label_end = text.len();
    if whole {
        push_cut(&mut text, source.slice(Span::new(end, line.end())), AFTER);
    }
    let (line, column) = source.position(span.start());
    let view = View {
        name: visible(&source.shown).into_owned(),
        text,
        line: line - 1,
        column: column - 1,
    };
    (
        view,
        LabeledSpan::new_primary_with_span(label, (label_start, label_end - label_start)),
    )
}

/// Appends at most `limit` characters, and `…` where there were more.
fn push_cut(out: &mut String, text: &str, limit: usize) -> bool {
    let mut characters = text.chars();
    characters
        .by_ref()
        .take(limit)
        .for_each(|c| push_visible(out, c));
    let whole = characters.next().is_none();
    if !whole {
        out.push('…');
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_cut_around_the_span() {
        let text = format!("{}HERE{}", "a".repeat(500), "b".repeat(500));
        let source = Source::new("a.md".into(), "a.md".into(), text);
        let (view, label) = view(&source, Span::new(500, 504), None);
        assert_eq!(
            view.text,
            format!("…{}HERE{}…", "a".repeat(40), "b".repeat(60))
        );
        assert_eq!(
            &view.text[label.offset()..label.offset() + label.len()],
            "HERE"
        );
        assert_eq!(view.column, 500);
    }

    #[test]
    fn control_characters_are_drawn_not_obeyed() {
        let source = Source::new("a.md".into(), "a.md".into(), "x\u{1b}[2Jy".into());
        let (view, label) = view(&source, Span::new(1, 2), None);
        assert_eq!(view.text, "x\\u{1b}[2Jy");
        assert_eq!((label.offset(), label.len()), (1, 6));
    }
}
