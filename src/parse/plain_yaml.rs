//! The YAML that most front matter is: a line `key: text`, `key: [text, text]`,
//! or `key:` above lines `  - text`. Reading it so takes a sixth of the steps
//! that a parser of all YAML takes. What is written otherwise is left to that.

use super::yaml::{Node, Value};
use crate::source::Span;

/// A key may be longer, and a map larger, but then a parser reads them.
const MAX_KEY: usize = 64;
const MAX_KEYS: usize = 32;
const ITEM: &str = "  - ";

/// The map that `text` is, which begins at `base` of its source; None where
/// some of it is no such line, or a key stands twice.
pub fn read(text: &str, base: usize) -> Option<Value> {
    let mut entries: Vec<(Value, Value)> = Vec::with_capacity(8);
    let mut lines = text.split_inclusive('\n').peekable();
    let mut at = 0;
    while let Some(line) = lines.next() {
        let start = at;
        at += line.len();
        let (key, rest) = line.trim_end_matches('\n').split_once(':')?;
        if !is_key(key) || entries.len() == MAX_KEYS {
            return None;
        }
        let behind = start + key.len() + 1;
        let value = if rest.is_empty() {
            let mut items = Vec::new();
            while let Some(item) = lines.peek().and_then(|line| line.strip_prefix(ITEM)) {
                let text = item.trim_end_matches('\n');
                items.push(scalar(text, base + at + ITEM.len())?);
                at += ITEM.len() + item.len();
                lines.next();
            }
            let first = base + behind + "\n  ".len();
            let span = Span::new(first, items.last()?.span.end());
            let node = Node::List(items);
            Value { node, span }
        } else {
            let text = rest.strip_prefix(' ')?;
            match text.strip_prefix('[') {
                Some(list) => flow(list.strip_suffix(']')?, base + behind + 1)?,
                None => scalar(text, base + behind + 1)?,
            }
        };
        let node = Node::Text(key.to_string());
        if entries.iter().any(|(known, _)| known.node == node) {
            return None;
        }
        let span = Span::new(base + start, base + start + key.len());
        entries.push((Value { node, span }, value));
    }
    let end = entries.last()?.1.span.end();
    let node = Node::Map(entries);
    let span = Span::new(base, end);
    Some(Value { node, span })
}

fn is_key(text: &str) -> bool {
    let rest = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
    text.len() <= MAX_KEY
        && text != "null"
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(rest)
}

/// A list in brackets, of which `items` is what stands between those; `start`
/// is where the first bracket stands in the source.
fn flow(items: &str, start: usize) -> Option<Value> {
    let mut at = start + 1;
    let span = Span::new(start, at + items.len() + 1);
    let word = |item: &str| !item.contains(['[', ']', '{', '}', ':', '#']);
    let items = items.split(", ").map(|item| {
        let value = scalar(item, at).filter(|_| word(item) && !item.contains(','));
        at += item.len() + ", ".len();
        value
    });
    let node = Node::List(items.collect::<Option<_>>()?);
    Some(Value { node, span })
}

/// Text as it stands, or in quotes in which nothing is escaped.
fn scalar(text: &str, start: usize) -> Option<Value> {
    let span = Span::new(start, start + text.len());
    let within = |mark: char| text.strip_prefix(mark)?.strip_suffix(mark);
    let quoted = within('"').or_else(|| within('\''));
    let text = match quoted {
        Some(inner) => Some(inner).filter(|inner| !inner.contains(['"', '\'', '\\'])),
        None => Some(text).filter(|text| is_plain(text)),
    }?;
    let shown = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    let node = Node::Text(text.to_string());
    shown.then_some(Value { node, span })
}

/// Whether a text without quotes is no more than that.
fn is_plain(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !matches!(text, "null" | "Null" | "NULL")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::yaml;
    use super::*;

    fn same(text: &str) -> bool {
        read(text, 7).is_none_or(|own| yaml::read(text, 7) == (Some(own), Vec::new(), true))
    }

    /// Lines most of which are read here, with all signs that mean something to YAML.
    const LINE: &str = "([a-e]|[a-e]-[a-e]|null|true|y): (\
        [a0][a0:#'\" ,?\\[\\]{}&*!|>%@`~\\-]{0,4}[a0'\":#?]?\
        |\\[[a0'\"?-]{1,2}(, [a0][a0'\" :#?{}-]{0,2}){0,2}\\]\
        |\"[a0:#', \\[]{0,4}\"|'[a0:#\", \\[]{0,4}'\
        |null|~|true|https://a\\.b/c#d\
        )|[a-e]:(\n  - ([a0][a0:#'\" ,?\\[\\]{}&-]{0,4}|\"[a0:# ]{0,4}\")){1,3}\
        |[a-e]:| *[a0\\-:]{0,3}";

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn what_is_read_is_what_yaml_says(
            lines in prop::collection::vec(LINE, 1..4),
            end in "\n?",
        ) {
            let text = lines.join("\n") + &end;
            prop_assert!(same(&text), "{:?} {:?}", read(&text, 7), yaml::read(&text, 7));
        }
    }

    #[test]
    fn front_matter_as_it_mostly_is_needs_no_parser() {
        let plain =
            "id: a\nlevel: mid\ntags: [a, b-c]\nsources:\n  - https://a.b/c#d\n  - \"x # y\"\n";
        assert!(read(plain, 7).is_some() && same(plain));
        let others = [
            "id: a\nid: b\n",
            "id: &a b\n",
            "null: a\n",
            "id: a\r\n",
            "tags: [a, [b]]\n",
            "",
        ];
        for other in others {
            assert_eq!(read(other, 0), None, "{other}");
        }
    }
}
