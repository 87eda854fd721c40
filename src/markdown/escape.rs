//! Text as HTML shows it.

use crate::scan::{one_of, position};

/// Text with the five characters that HTML reads escaped.
pub fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = position(rest.as_bytes(), |byte| one_of(byte, b"&<>\"'\0")) {
        let (plain, from) = rest.split_at(at);
        out.push_str(plain);
        let mut chars = from.chars();
        out.push_str(match chars.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            Some('"') => "&quot;",
            Some('\'') => "&#39;",
            _ => "\u{fffd}",
        });
        rest = chars.as_str();
    }
    out.push_str(rest);
}

pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, &mut out);
    out
}
