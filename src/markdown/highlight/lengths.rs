//! How long a thing is that begins here: a comment, a number, a raw string.

use std::mem;

use super::grammar::Raw;

/// A pattern `/…/` longer than this, in bytes, is read as operators.
const MAX_PATTERN: usize = 300;
/// More bytes than this are no escaped character: `'\u{10ffff}'`.
const MAX_CHARACTER: usize = 12;
/// A raw string with more marks than this around it is read as operators.
const MAX_MARKS: usize = 16;
/// The word that ends a text is no longer.
const MAX_WORD: usize = 32;

pub(super) fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The length of a comment of which `from` bytes are read; `nested` begins one within it.
pub(super) fn block_comment(rest: &str, nested: Option<&str>, from: usize, close: &str) -> usize {
    let mut at = from;
    let mut depth = 1;
    while at < rest.len() {
        let bytes = rest.as_bytes().get(at..).unwrap_or_default();
        if bytes.starts_with(close.as_bytes()) {
            at += close.len();
            depth -= 1;
            if depth == 0 {
                return at;
            }
        } else if let Some(open) = nested.filter(|open| bytes.starts_with(open.as_bytes())) {
            at += open.len();
            depth += 1;
        } else {
            at += 1;
        }
    }
    rest.len()
}

pub(super) fn number(rest: &str) -> Option<usize> {
    let digits = rest.strip_prefix('.').unwrap_or(rest);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let hexadecimal = rest.starts_with("0x") || rest.starts_with("0X");
    let mut last = ' ';
    let end = rest.char_indices().find(|&(at, c)| {
        let goes_on = match c {
            '.' => rest.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit),
            '+' | '-' => matches!(last, 'e' | 'E') && !hexadecimal,
            c => is_letter(c),
        };
        last = c;
        !goes_on
    });
    Some(end.map_or(rest.len(), |(at, _)| at))
}

/// The length of a raw string that `rest` begins with.
pub(super) fn raw_string(raw: Raw, rest: &str) -> Option<usize> {
    let (open, close) = match raw {
        Raw::Character => return character(rest),
        Raw::Rust => {
            let marks = rest.strip_prefix('b').unwrap_or(rest).strip_prefix('r')?;
            hashes(rest.len() - marks.len(), marks)?
        }
        Raw::Swift => hashes(0, rest).filter(|(open, _)| *open > 1)?,
        Raw::Cpp => {
            let inner = rest.strip_prefix("R\"")?;
            let length = inner
                .bytes()
                .take(MAX_MARKS + 1)
                .position(|byte| byte == b'(')?;
            let delimiter = inner.get(..length)?;
            (2 + length + 1, format!("){delimiter}\""))
        }
        Raw::Dollar => {
            let inner = rest.strip_prefix('$')?;
            let length = inner.bytes().take(MAX_WORD).position(|byte| byte == b'$')?;
            let tag = inner.get(..length)?;
            let is_tag =
                tag.chars().all(is_letter) && !tag.starts_with(|c: char| c.is_ascii_digit());
            is_tag.then(|| (length + 2, format!("${tag}$")))?
        }
        Raw::Lua => {
            let inner = rest.strip_prefix('[')?;
            let level = inner
                .bytes()
                .take(MAX_MARKS + 1)
                .position(|byte| byte != b'=')?;
            inner.get(level..)?.strip_prefix('[')?;
            (level + 2, format!("]{}]", "=".repeat(level)))
        }
    };
    let found = rest.get(open..)?.find(&close);
    Some(found.map_or(rest.len(), |at| open + at + close.len()))
}

/// The begin's length and the end of a string in `"`, `#"`, `##"`, with `before` it.
fn hashes(before: usize, marks: &str) -> Option<(usize, String)> {
    let level = marks
        .bytes()
        .take(MAX_MARKS + 1)
        .position(|byte| byte != b'#')?;
    marks.get(level..)?.strip_prefix('"')?;
    Some((before + level + 1, format!("\"{}", "#".repeat(level))))
}

fn character(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('\'')?;
    let first = inner.chars().next()?;
    let length = if first == '\\' {
        let escaped = inner.bytes().take(MAX_CHARACTER).skip(2);
        2 + escaped.clone().position(|byte| byte == b'\'')?
    } else {
        first.len_utf8()
    };
    let closed = first != '\'' && first != '\n' && inner.get(length..)?.starts_with('\'');
    closed.then_some(length + 2)
}

/// The length of `/…/flags`.
pub(super) fn pattern(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('/')?;
    let mut class = false;
    let mut escaped = false;
    let end = inner.bytes().take(MAX_PATTERN).position(|byte| {
        if mem::take(&mut escaped) {
            return false;
        }
        match byte {
            b'\\' => escaped = true,
            b'[' => class = true,
            b']' => class = false,
            b'/' | b'\n' => return !class || byte == b'\n',
            _ => {}
        }
        false
    })?;
    let flags = inner.get(end..)?.strip_prefix('/')?;
    let length = flags
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(flags.len());
    (end > 0).then_some(end + 2 + length)
}

/// The word that ends the text which `rest` announces: in capitals, or in quotes.
pub(super) fn here_word(rest: &str) -> Option<&str> {
    let quoted = rest.strip_prefix(['\'', '"']);
    let inner = quoted.unwrap_or(rest);
    let end = inner
        .bytes()
        .take(MAX_WORD)
        .position(|byte| !byte.is_ascii_alphanumeric() && byte != b'_');
    let word = inner.get(..end.unwrap_or(inner.len().min(MAX_WORD)))?;
    let named = word.starts_with(|c: char| c.is_ascii_uppercase() || c == '_')
        || (quoted.is_some() && !word.is_empty());
    named.then_some(word)
}
