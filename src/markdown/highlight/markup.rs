//! HTML and XML: tags, attributes, comments, and the scripts and styles in them.

use super::{Kind, Tokens, code, named};

/// More bytes than this are no entity.
const MAX_ENTITY: usize = 32;

pub(super) fn lex(text: &str, tokens: &mut Tokens) {
    let mut at = 0;
    while let Some(found) = rest(text, at).find(['<', '&']) {
        at += found;
        tokens.push(Kind::Plain, at);
        let from = rest(text, at);
        let (kind, length) = if from.starts_with("<!--") {
            (Kind::Comment, length_to(from, "-->"))
        } else if from.starts_with("<![CDATA[") {
            (Kind::String, length_to(from, "]]>"))
        } else if from.starts_with("<!") || from.starts_with("<?") {
            (Kind::Comment, length_to(from, ">"))
        } else if let Some(length) = tag_name(from) {
            tokens.push(Kind::Keyword, at + length);
            let name = from.get(1..length).unwrap_or_default();
            at = attributes(text, at + length, tokens);
            at = embedded(name, text, at, tokens);
            continue;
        } else if let Some(length) = entity(from) {
            (Kind::Number, length)
        } else {
            (Kind::Plain, 1)
        };
        at += length;
        tokens.push(kind, at);
    }
    tokens.push(Kind::Plain, text.len());
}

fn rest(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default()
}

/// Up to the end of `close`, or all.
fn length_to(from: &str, close: &str) -> usize {
    from.find(close).map_or(from.len(), |at| at + close.len())
}

/// The length of `<name` or `</name`.
fn tag_name(from: &str) -> Option<usize> {
    let inner = from.strip_prefix('<')?;
    let name = inner.strip_prefix('/').unwrap_or(inner);
    let end = name.find(|c: char| !is_name(c)).unwrap_or(name.len());
    name.starts_with(|c: char| c.is_alphabetic())
        .then(|| from.len() - name.len() + end)
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || "_-.:@#*".contains(c)
}

/// Reads from `at` to the end of the tag, or to where another one begins.
fn attributes(text: &str, mut at: usize, tokens: &mut Tokens) -> usize {
    while let Some(c) = rest(text, at).chars().next() {
        let from = rest(text, at);
        let (kind, length) = match c {
            '<' => break,
            '>' => (Kind::Keyword, 1),
            '/' => (Kind::Keyword, if from.starts_with("/>") { 2 } else { 1 }),
            '"' | '\'' => {
                let inner = from.get(1..).unwrap_or_default();
                (
                    Kind::String,
                    1 + inner.find(c).map_or(inner.len(), |end| end + 1),
                )
            }
            c if is_name(c) => {
                let end = from.find(|c: char| !is_name(c));
                (Kind::Type, end.unwrap_or(from.len()))
            }
            c => (Kind::Plain, c.len_utf8()),
        };
        at += length;
        tokens.push(kind, at);
        if c == '>' || length == 2 && kind == Kind::Keyword {
            break;
        }
    }
    at
}

/// Reads the script or style that the tag `name` began, to its end tag.
fn embedded(name: &str, text: &str, at: usize, tokens: &mut Tokens) -> usize {
    let language = match name.to_ascii_lowercase().as_str() {
        "script" => "js",
        "style" => "css",
        _ => return at,
    };
    let from = rest(text, at);
    let is_end = |&(end, _): &(usize, &str)| {
        from.get(end + 2..end + 2 + name.len())
            .is_some_and(|own| own.eq_ignore_ascii_case(name))
    };
    let end = from.match_indices("</").find(is_end);
    let length = end.map_or(from.len(), |(end, _)| end);
    if let Some(language) = named(language) {
        code::lex(language, from.get(..length).unwrap_or_default(), at, tokens);
    }
    at + length
}

fn entity(from: &str) -> Option<usize> {
    let inner = from.strip_prefix('&')?;
    let end = inner
        .bytes()
        .take(MAX_ENTITY)
        .position(|byte| byte == b';')?;
    let name = inner.get(..end)?;
    let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#');
    (is_name && !name.is_empty()).then_some(end + 2)
}
