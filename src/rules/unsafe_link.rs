//! `unsafe-link`: a link or image with a scheme that nobody should follow from a card.

use crate::markdown::html::{is_safe_target, scheme};
use crate::markdown::tags::tags;
use crate::source::Span;
use crate::verdict::{Asked, Verdict};

/// Attributes that a browser follows or loads.
const ATTRIBUTES: &[&str] = &["href", "src", "action", "formaction", "data", "poster"];

/// Names of characters that hide a scheme.
const ENTITIES: &[(&str, char)] = &[("colon", ':'), ("Tab", '\t'), ("NewLine", '\n')];

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let document = asked.document();
    let mut verdicts = Vec::new();
    for link in &document.links {
        let kind = if link.image { "image" } else { "link" };
        verdicts.extend(judge(asked, kind, &link.target, link.target_span));
    }
    for tag in tags(&asked.source.text, document) {
        for value in ATTRIBUTES.iter().filter_map(|name| tag.attribute(name)) {
            let kind = if tag.is(&["img"]) { "image" } else { "link" };
            verdicts.extend(judge(asked, kind, &decoded(value.text), value.span));
        }
    }
    verdicts
}

fn judge(asked: &Asked<'_>, kind: &str, target: &str, span: Span) -> Option<Verdict> {
    if is_safe_target(target) {
        return None;
    }
    let scheme = scheme(target)?;
    // What no browser takes for a scheme is a relative target.
    let takes = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    if !scheme.starts_with(|c: char| c.is_ascii_alphabetic()) || !scheme.chars().all(takes) {
        return None;
    }
    let message = format!("the {kind} has the scheme `{scheme}:`");
    let help = "link with http, https or mailto; write code in back-ticks";
    Some(asked.verdict(span, message, help))
}

/// An attribute's value with those entities read that can hide a scheme.
fn decoded(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, from)) = rest.split_once('&') {
        text.push_str(before);
        let end = from.find(|c: char| !c.is_ascii_alphanumeric() && c != '#');
        let (name, after) = from.split_at(end.unwrap_or(from.len()));
        let named = ENTITIES.iter().find(|(known, _)| *known == name);
        let Some(c) = named.map(|&(_, c)| c).or_else(|| numeric(name)) else {
            text.push('&');
            rest = from;
            continue;
        };
        text.push(c);
        rest = after.strip_prefix(';').unwrap_or(after);
    }
    text.push_str(rest);
    text
}

fn numeric(name: &str) -> Option<char> {
    let number = name.strip_prefix('#')?;
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?)
}
