//! Plain text as Markdown that a reader sees as it is.

use crate::visible::visible;

/// One line, with a backslash before whatever Markdown or a table would take
/// for a mark (`CommonMark` 2.4), and control characters shown.
pub fn literal(text: &str) -> String {
    let mut out = String::new();
    for c in visible(text).chars() {
        if r"\`*_{}[]<>()#+-.!|~&$:^=@".contains(c) && !is_plain(c, &out) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A mark that means something only where a line or a word begins.
fn is_plain(c: char, before: &str) -> bool {
    "-.:+=@()".contains(c) && before.ends_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::plain;

    #[test]
    fn a_reader_sees_the_text() {
        for text in [
            "a|b",
            "*a* _b_ `c` <b> [d](e) &amp;",
            "# a",
            "- a",
            "1. a",
            "---",
            "~~a~~ $x$",
            "https://a.b/c_d",
            "C++",
            "\\",
        ] {
            assert_eq!(plain::text(&literal(text)), text);
        }
    }
}
