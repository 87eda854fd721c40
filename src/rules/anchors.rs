//! The parts of a page that a link can name: its headings, as GitHub names
//! them, and what its HTML names itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::markdown::flat::{Flat, OBJECT, Origin};
use crate::markdown::tags::tags;
use crate::markdown::{Document, read};
use crate::source::{Source, Span};

/// All parts of a page, folded. Where GitHub and others name a heading
/// differently, both names are there.
pub fn anchors(source: &Source) -> BTreeSet<String> {
    // All of the page counts, not only what belongs to a question.
    let document = read(&source.text, Span::new(source.start(), source.text.len()));
    let mut found = BTreeSet::new();
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    let headings = document.headings.iter();
    let written = headings.map(|heading| words(source, &heading.text));
    for text in written.chain(raw_headings(source, &document)) {
        // Several names of one heading count once.
        let variants = [
            slug(&text),
            slug(text.trim()),
            slug(&without_shortcodes(&text)),
            slug(without_attributes(&text)),
        ];
        for name in BTreeSet::from(variants) {
            let number = named.entry(name.clone()).or_default();
            if *number > 0 {
                found.insert(format!("{name}-{number}"));
            }
            *number += 1;
            found.insert(name);
        }
    }
    for tag in tags(&source.text, &document) {
        let own = ["id", "name"].map(|name| tag.attribute(name));
        found.extend(own.into_iter().flatten().map(|own| fold(own.text)));
    }
    let flats = document.headings.iter().map(|heading| &heading.text);
    for flat in flats.chain([&document.prose]) {
        found.extend(attributes(&flat.text));
    }
    found
}

/// A name without what differs between systems: letter case, and the marks
/// that emoji leave behind.
pub fn fold(name: &str) -> String {
    let lower = name.chars().flat_map(char::to_lowercase);
    lower
        .filter(|c| c.is_ascii() || c.is_alphanumeric())
        .collect()
}

/// A heading's name: letters, digits, `_` and `-`, and `-` for each space.
pub fn slug(text: &str) -> String {
    let kept = text
        .chars()
        .filter(|&c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '));
    fold(&kept.collect::<String>().replace(' ', "-"))
}

/// The text of a heading with its code, and without its images.
fn words(source: &Source, flat: &Flat) -> String {
    let mut words = String::new();
    for (piece, text) in flat.pieces(0..flat.text.len()) {
        match piece.origin {
            Origin::Code => words.push_str(source.slice(piece.source).trim_matches('`')),
            _ => words.extend(text.chars().filter(|&c| c != OBJECT)),
        }
    }
    words
}

/// The text of `<h1>` to `<h6>`.
fn raw_headings(source: &Source, document: &Document) -> Vec<String> {
    let mut texts = Vec::new();
    // The text so far, and where it goes on.
    let mut open: Option<(String, usize)> = None;
    for tag in tags(&source.text, document) {
        let is_heading = tag.is(&["h1", "h2", "h3", "h4", "h5", "h6"]);
        if let Some((text, from)) = &mut open {
            text.push_str(source.slice(Span::new(*from, tag.span.start())));
            *from = tag.span.end();
            if is_heading {
                let plain = without_entities(text);
                texts.push(plain.split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
        if is_heading {
            open = (!tag.closing).then_some((String::new(), tag.span.end()));
        }
    }
    texts
}

fn without_entities(text: &str) -> String {
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let end = part.find(';').filter(|&end| end < 10);
        plain.push_str(end.map_or(part, |end| part.get(end + 1..).unwrap_or_default()));
    }
    plain
}

/// `:rocket: Start` without `:rocket:`, for which a picture stands.
fn without_shortcodes(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, from)) = rest.split_once(':') {
        plain.push_str(before);
        let name = |c: char| c.is_ascii_alphanumeric() || "_+-".contains(c);
        match from.split_once(':') {
            Some((code, after)) if !code.is_empty() && code.chars().all(name) => rest = after,
            _ => {
                plain.push(':');
                rest = from;
            }
        }
    }
    plain + rest
}

/// `Start {#begin}` without the attributes that some renderers read.
fn without_attributes(text: &str) -> &str {
    let open = text.find("{#").or_else(|| text.find("{:"));
    text.get(..open.unwrap_or(text.len()))
        .unwrap_or_default()
        .trim_end()
}

/// The names in `{#name}` and `{: #name}`.
fn attributes(text: &str) -> impl Iterator<Item = String> {
    let braces = text
        .split('{')
        .skip(1)
        .filter_map(|from| Some(from.split_once('}')?.0));
    let words = braces.flat_map(|inner| inner.split([' ', ':']));
    words.filter_map(|word| word.strip_prefix('#')).map(fold)
}
