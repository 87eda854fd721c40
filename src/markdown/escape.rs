//! Text as HTML shows it.

use crate::scan::position;

/// Text with the five characters that HTML reads escaped.
pub fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    let is_read = |byte: u8| {
        let quotes = (byte == b'"') | (byte == b'\'');
        quotes | (byte == b'&') | (byte == b'<') | (byte == b'>') | (byte == 0)
    };
    while let Some(at) = position(rest.as_bytes(), is_read) {
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
