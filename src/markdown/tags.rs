//! The tags in a document's raw HTML, each with its place.

use super::Document;
use super::raw_html::tag_length;
use crate::source::Span;

pub struct Tag<'a> {
    pub span: Span,
    /// As written.
    pub name: &'a str,
    /// `</name>`
    pub closing: bool,
    /// What stands between the name and the last `>`.
    attributes: &'a str,
    attributes_start: usize,
}

/// A value as written, without its quotes.
pub struct Value<'a> {
    pub text: &'a str,
    pub span: Span,
}

/// All tags in the raw HTML of `document`, which was read from `text`.
pub fn tags<'a>(text: &'a str, document: &Document) -> Vec<Tag<'a>> {
    let mut tags = Vec::new();
    for &span in &document.html {
        let html = text.get(span.range()).unwrap_or_default();
        let mut at = 0;
        while let Some(found) = html.get(at..).and_then(|rest| rest.find('<')) {
            at += found;
            let from = html.get(at..).unwrap_or_default();
            if from.starts_with("<!--") {
                let Some(end) = from.find("-->") else { break };
                at += end + 3;
                continue;
            }
            let length = tag_length(from).unwrap_or(1);
            tags.extend(tag(
                from.get(..length).unwrap_or_default(),
                span.start() + at,
            ));
            at += length;
        }
    }
    tags
}

fn tag(written: &str, start: usize) -> Option<Tag<'_>> {
    let inner = written.strip_prefix('<')?.strip_suffix('>')?;
    let named = inner.strip_prefix('/').unwrap_or(inner);
    let end = named.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let (name, attributes) = named.split_at(end.unwrap_or(named.len()));
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic());
    is_name.then_some(Tag {
        span: Span::new(start, start + written.len()),
        name,
        closing: inner.starts_with('/'),
        attributes,
        attributes_start: start + written.len() - 1 - attributes.len(),
    })
}

impl<'a> Tag<'a> {
    /// Whether it is of one of the elements `names`, which are in lower case.
    pub fn is(&self, names: &[&str]) -> bool {
        names
            .iter()
            .any(|name| name.eq_ignore_ascii_case(self.name))
    }

    /// `<name/>`
    pub fn empty(&self) -> bool {
        self.attributes.ends_with('/')
    }

    /// The value of the attribute `name`, empty where it stands alone.
    pub fn attribute(&self, name: &str) -> Option<Value<'a>> {
        let whole = self.attributes;
        let space = |c: char| c.is_whitespace() || c == '/';
        let mut rest = whole.trim_start_matches(space);
        while !rest.is_empty() {
            // A name may begin with anything, even with `=`.
            let mut ends = rest.char_indices().skip(1);
            let end = ends.find(|&(_, c)| space(c) || c == '=');
            let (own, after) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
            let (text, after) = match after.trim_start().strip_prefix('=') {
                Some(value) => value_of(value.trim_start()),
                None => ("", after),
            };
            if own.eq_ignore_ascii_case(name) {
                let end = self.attributes_start + whole.len() - after.len();
                let span = Span::new(end - text.len(), end);
                return Some(Value { text, span });
            }
            let after = after.strip_prefix(['"', '\'']).unwrap_or(after);
            rest = after.trim_start_matches(space);
        }
        None
    }
}

/// The value that `rest` begins with, and what follows it: its closing quote first.
fn value_of(rest: &str) -> (&str, &str) {
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let inner = rest.strip_prefix(['"', '\'']).unwrap_or(rest);
    let end = match quote {
        Some(quote) => inner.find(quote),
        None => inner.find(char::is_whitespace),
    };
    inner.split_at(end.unwrap_or(inner.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::read;

    #[test]
    fn an_attribute_is_found_with_its_place() {
        let text = "x <a href = 'b \"c' ID=d e>y</A> <!-- <i> --> <img alt>";
        let document = read(text, Span::new(0, text.len()));
        let tags = tags(text, &document);
        let names: Vec<_> = tags.iter().map(|tag| (tag.name, tag.closing)).collect();
        assert_eq!(names, [("a", false), ("A", true), ("img", false)]);
        let value = |tag: usize, name: &str| {
            let value = tags[tag].attribute(name)?;
            assert_eq!(text.get(value.span.range()), Some(value.text));
            Some(value.text)
        };
        assert_eq!(value(0, "href"), Some("b \"c"));
        assert_eq!(value(0, "id"), Some("d"));
        assert_eq!(value(0, "e"), Some(""));
        assert_eq!(value(0, "c"), None);
        assert_eq!(value(2, "alt"), Some(""));
    }
}
