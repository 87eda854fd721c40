//! A table a file, for GitHub's step summary, which takes 1 MiB at most.
//! GitHub links mentions, addresses and references in all that is not code:
//! <https://github.github.com/gfm/#autolinks-extension->.

use std::fmt::Write;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::{Judged, hosted, in_address, placed, summary};
use crate::source::Source;
use crate::visible::visible;

/// Bytes of tables; the rest of the mebibyte is for the words around them.
const MAX_BYTES: usize = 1_000_000;

/// What would end the target of a link, or a cell.
const NO_TARGET: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'(')
    .add(b')')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'|')
    .add(b'`');

pub fn render(judged: &[Judged<'_>]) -> String {
    let counts = summary(judged);
    let mut out = format!("# prepdeck\n\n{}: {}\n", counts.asked(), counts.found());
    let mut file = String::new();
    let mut left = 0;
    for (one, finding, source) in placed(judged) {
        let path = hosted(one, source);
        let address = address(one, source);
        let mut row = String::new();
        if file != path {
            let mut name = String::new();
            code(&visible(&path), &mut name);
            // Writing to a String cannot fail.
            let _ = write!(
                row,
                "\n## {}\n\n| Line | Rule | What is wrong | What to do |\n| ---: | --- | --- | --- |\n",
                link(&name, address.as_deref())
            );
        }
        let line = source.position(finding.span.start()).0;
        // Rendered, a Markdown file has no lines to link to.
        let there = address.map(|address| format!("{address}?plain=1#L{line}"));
        let _ = writeln!(
            row,
            "| {} | {} {} | {} | {} |",
            link(&line.to_string(), there.as_deref()),
            finding.severity,
            cell(&finding.rule),
            cell(&finding.message),
            cell(&finding.help)
        );
        if left > 0 || out.len() + row.len() > MAX_BYTES {
            left += 1;
            continue;
        }
        file = path;
        out.push_str(&row);
    }
    if left > 0 {
        let _ = write!(out, "\n{left} more: `prepdeck check` shows them all\n");
    }
    out
}

/// The file on the web, where the corpus says where it is.
fn address(one: &Judged<'_>, source: &Source) -> Option<String> {
    let url = one.corpus.config.url.as_deref()?;
    let url = utf8_percent_encode(url.trim_end_matches('/'), NO_TARGET);
    Some(format!("{url}/{}", in_address(&source.path)))
}

fn link(text: &str, address: Option<&str>) -> String {
    address.map_or_else(
        || text.to_string(),
        |address| format!("[{text}]({address})"),
    )
}

/// Text for a table: a bar would end its cell, in code too.
fn cell(text: &str) -> String {
    as_text(text).replace('|', "\\|")
}

/// Text that is shown as it is: what a message quotes, and each word that might
/// be a mark, a tag, a mention, an address or a reference, is code.
pub fn as_text(text: &str) -> String {
    let text = visible(text);
    let parts: Vec<&str> = text.split('`').collect();
    let paired = parts.len() % 2 == 1;
    let mut out = String::with_capacity(text.len());
    for (index, part) in parts.iter().enumerate() {
        let last = index + 1 == parts.len();
        if index % 2 == 1 && (paired || !last) {
            code(part, &mut out);
            continue;
        }
        if index % 2 == 1 {
            code("`", &mut out);
        }
        for (index, word) in part.split(' ').enumerate() {
            if index > 0 {
                out.push(' ');
            }
            if is_plain(word) {
                out.push_str(word);
            } else {
                code(word, &mut out);
            }
        }
    }
    out
}

/// Appends a code span, with more backticks around it than it has in a row.
fn code(text: &str, out: &mut String) {
    let runs = text.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0) + 1);
    let pad = if text.is_empty() || text.contains('`') {
        " "
    } else {
        ""
    };
    // Backticks of two spans that touch would be one fence.
    let apart = if out.ends_with('`') { " " } else { "" };
    let _ = write!(out, "{apart}{fence}{pad}{text}{pad}{fence}");
}

/// Whether GitHub makes nothing of a word but its letters.
fn is_plain(word: &str) -> bool {
    let spoken = |c: char| !c.is_ascii() || c.is_alphanumeric() || "',.;:?!()/-%\"=+".contains(c);
    let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
    let lower = inner.to_lowercase();
    let issue = lower.starts_with("gh-");
    let commit = inner.len() >= 7
        && inner.bytes().all(|byte| byte.is_ascii_hexdigit())
        && inner.bytes().any(|byte| byte.is_ascii_digit());
    // A colon within may be an address, or a picture's name as in `:smile:`.
    let colon = word
        .trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/')
        .contains(':');
    word.chars().all(spoken) && !lower.contains("www.") && !issue && !commit && !colon
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_github_would_make_something_of_is_code() {
        for (text, shown) in [
            ("the question has no answer", "the question has no answer"),
            ("`TODO` holds the place", "`TODO` holds the place"),
            ("ask @all about #1 now", "ask `@all` about `#1` now"),
            ("see www.example.org, ok", "see `www.example.org,` ok"),
            (
                "see https://a.b and :smile:",
                "see `https://a.b` and `:smile:`",
            ),
            ("a|b <b>x</b> a\\|b", "`a\\|b` `<b>x</b>` `a\\\\|b`"),
            ("GH-1 deadbeef1 of 1234", "`GH-1` `deadbeef1` of 1234"),
            ("`a`b` and", "`a`b`` ` `` and"),
            ("`a`#1 ``", "`a` `#1` `  `"),
            ("\u{202e}x", "`\\u{202e}x`"),
        ] {
            assert_eq!(cell(text), shown, "{text}");
        }
    }

    #[test]
    fn a_name_with_backticks_stays_one_code_span() {
        let mut out = String::new();
        code("`a``b", &mut out);
        assert_eq!(out, "``` `a``b ```");
    }
}
