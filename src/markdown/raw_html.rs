//! Raw HTML within Markdown: a short list of plain tags passes, without their
//! attributes and balanced; comments go; all else is shown as text.

use super::MAX_DEPTH;
use super::html::{Open, escape};

/// Elements that only format text: they pass.
const ALLOWED: &[&str] = &[
    "b",
    "blockquote",
    "caption",
    "code",
    "dd",
    "del",
    "details",
    "dl",
    "dt",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "i",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "var",
];

/// Elements that only arrange or link: their text passes without them.
const DROPPED: &[&str] = &[
    "a",
    "article",
    "aside",
    "big",
    "center",
    "div",
    "figcaption",
    "figure",
    "font",
    "footer",
    "header",
    "main",
    "nav",
    "picture",
    "section",
    "source",
    "span",
    "tt",
];

/// Elements that pass and make blocks: they do not stand in a line of text.
const BLOCKS: &[&str] = &[
    "blockquote",
    "caption",
    "dd",
    "details",
    "dl",
    "dt",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ol",
    "pre",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Whether an element arranges what it holds, and says nothing by itself.
pub(super) fn arranges(name: &str) -> bool {
    DROPPED.contains(&name) || BLOCKS.contains(&name)
}

/// Elements without content.
const VOID: &[&str] = &["br", "hr", "wbr"];

/// A tag longer than this, in bytes, is shown as text: nobody formats with it.
const MAX_TAG: usize = 1024;

/// Whether an element may pass.
pub fn passes(name: &str) -> bool {
    let known = ALLOWED.iter().chain(VOID);
    known.into_iter().any(|own| own.eq_ignore_ascii_case(name))
}

/// Appends what may pass of `html`. `open` holds the elements that are open
/// already; a raw end tag never closes one that Markdown opened.
pub(super) fn write(html: &str, out: &mut String, open: &mut Vec<Open>) {
    let mut rest = html;
    let mut comments = true;
    while let Some(at) = rest.find('<') {
        let (text, from) = rest.split_at(at);
        escape_once(text, out);
        if comments && from.starts_with("<!--") {
            match from.find("-->") {
                Some(end) => {
                    rest = from.get(end + 3..).unwrap_or_default();
                    continue;
                }
                None => comments = false,
            }
        }
        let length = tag_length(from).unwrap_or(1);
        let (tag, after) = from.split_at(length);
        if !write_tag(tag, out, open) {
            escape(tag, out);
        }
        rest = after;
    }
    escape_once(rest, out);
}

pub(super) fn end_tag(name: &str, out: &mut String) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

/// The length of the tag that `from` begins with, quotes respected.
pub(super) fn tag_length(from: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in from.bytes().enumerate().take(MAX_TAG) {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// Writes `tag` if its element may pass; otherwise returns false.
fn write_tag(tag: &str, out: &mut String, open: &mut Vec<Open>) -> bool {
    let Some((name, closing)) = element(tag) else {
        return false;
    };
    if DROPPED.contains(&name.as_str()) {
        return true;
    }
    if name == "img" {
        escape(alternative(tag), out);
        return true;
    }
    if VOID.contains(&name.as_str()) {
        out.push('<');
        out.push_str(&name);
        out.push('>');
        return true;
    }
    let Some(&name) = ALLOWED.iter().find(|&&allowed| allowed == name) else {
        return false;
    };
    if closing {
        close(name, out, open);
    } else if open.len() < MAX_DEPTH {
        out.push('<');
        out.push_str(name);
        out.push('>');
        open.push(Open::Raw(name));
    }
    true
}

/// The name of a tag's element in lower case, and whether the tag ends it;
/// None where it is no tag.
pub(super) fn element(tag: &str) -> Option<(String, bool)> {
    let inner = tag.strip_prefix('<')?.strip_suffix('>')?;
    let (closing, inner) = match inner.strip_prefix('/') {
        Some(inner) => (true, inner),
        None => (false, inner),
    };
    let end = inner
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(inner.len());
    let (name, attributes) = inner.split_at(end);
    let plain = attributes.is_empty() || attributes.starts_with([' ', '\t', '\n', '\r', '/']);
    (plain && !name.is_empty()).then(|| (name.to_ascii_lowercase(), closing))
}

/// Whether a reader sees `tag` as markup and not as text: it is a comment, or
/// of an element that passes or is dropped. `List<Integer>` holds no markup.
pub fn is_markup(tag: &str) -> bool {
    let known = |name: &str| {
        [ALLOWED, DROPPED, VOID, &["img"]]
            .iter()
            .any(|names| names.contains(&name))
    };
    tag.starts_with("<!--") || element(tag).is_some_and(|(name, _)| known(&name))
}

/// Appends what a reader sees of a line of raw HTML: its text without markup.
pub fn visible_text(html: &str, out: &mut String) {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, from) = rest.split_at(at);
        out.push_str(text);
        if from.starts_with("<!--") {
            rest = from.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let (tag, after) = from.split_at(tag_length(from).unwrap_or(1));
        if !is_markup(tag) {
            out.push_str(tag);
        }
        rest = after;
    }
    out.push_str(rest);
    while out.ends_with("\n\n") || out == "\n" {
        out.pop();
    }
}

/// The alternative text of an image's tag.
fn alternative(tag: &str) -> &str {
    let value = tag.split_once("alt=").map_or("", |(_, value)| value);
    let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
        return "";
    };
    value
        .get(1..)
        .and_then(|value| value.split(quote).next())
        .unwrap_or_default()
}

/// Closes the nearest raw `name`, and what was opened within it; an end tag
/// without its start tag is dropped.
fn close(name: &'static str, out: &mut String, open: &mut Vec<Open>) {
    let own = open
        .iter()
        .rposition(|open| matches!(open, Open::Markdown(_)))
        .map_or(0, |at| at + 1);
    let Some(at) = open
        .iter()
        .rposition(|&open| open == Open::Raw(name))
        .filter(|&at| at >= own)
    else {
        return;
    };
    while open.len() > at {
        if let Some(Open::Raw(name)) = open.pop() {
            end_tag(name, out);
        }
    }
}

/// Escapes text in which entities stand already.
fn escape_once(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        escape(before, out);
        let name = from.get(1..).unwrap_or_default();
        let length = name
            .bytes()
            .take(32)
            .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
            .count();
        if length > 0 && name.as_bytes().get(length) == Some(&b';') {
            let (entity, after) = from.split_at(length + 2);
            out.push_str(entity);
            rest = after;
        } else {
            out.push_str("&amp;");
            rest = name;
        }
    }
    escape(rest, out);
}

#[cfg(test)]
mod tests {
    use crate::markdown::html::{Rendering, render};

    fn html(markdown: &str) -> String {
        let keep = |target: &str| Some(target.to_string());
        render(
            markdown,
            &Rendering {
                link: &keep,
                image: &keep,
                card: true,
            },
        )
    }

    #[test]
    fn plain_tags_pass_without_attributes() {
        assert_eq!(html("a <b onclick=\"x()\">b</b>"), "<p>a <b>b</b></p>");
        assert_eq!(html("H<sub>2</sub>O<br/>x"), "<p>H<sub>2</sub>O<br>x</p>");
    }

    #[test]
    fn everything_else_is_text() {
        assert_eq!(
            html("<script>alert(1)</script>"),
            "&lt;script&gt;alert(1)&lt;/script&gt;"
        );
        assert_eq!(
            html("x <img src=x onerror=y alt='a < b'> <div onclick=x>d</div>"),
            "<p>x a &lt; b d</p>"
        );
        assert_eq!(html("<svg/onload=x>"), "<p>&lt;svg/onload=x&gt;</p>");
    }

    #[test]
    fn raw_tags_never_reach_out_of_their_block() {
        assert_eq!(html("a <b>b\n\nc </b>"), "<p>a <b>b</b></p>\n<p>c </p>");
        assert_eq!(
            html("<details>\n<summary>s</summary>\n\n*x*\n\n</details>\n"),
            "<details>\n<summary>s</summary>\n<p><em>x</em></p>\n</details>"
        );
    }

    #[test]
    fn comments_are_gone() {
        assert_eq!(html("<!-- prepdeck-allow x -->\n\na"), "<p>a</p>");
    }

    #[test]
    fn entities_are_not_escaped_twice() {
        assert_eq!(
            html("<b>\n&amp; & &#x3c;</b>\n"),
            "<b>\n&amp; &amp; &#x3c;</b>"
        );
    }

    #[test]
    fn ten_thousand_open_angles_are_text() {
        let out = html(&format!("<div>{}", "<a ".repeat(10_000)));
        assert!(!out.contains('<'));
    }

    #[test]
    fn only_plain_schemes_are_links() {
        assert_eq!(html("[a](javascript:alert(1))"), "<p>a</p>");
        assert_eq!(html("[a](<java\tscript:x>)"), "<p>a</p>");
        assert_eq!(
            html("[a](https://b.example/?q=\"&)"),
            "<p><a href=\"https://b.example/?q=&quot;&amp;\">a</a></p>"
        );
        assert_eq!(html("![alt](data:image/png;base64,AA)"), "<p>alt</p>");
    }
}
